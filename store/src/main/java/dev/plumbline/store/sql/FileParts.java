package dev.plumbline.store.sql;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.store.RunsOfFiles;
import dev.plumbline.store.sql.SqlRecording.OpenRun;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.MeasurementWriter;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Joins the parts of several files of the same revision, environment and time into runs, as {@link RunsOfFiles}
 * decides. All of it is written already, a run for each file: what a file measures is known at its end.
 *
 * <p>Parts that the history has as runs of their own stay apart, for they are recorded already. Parts of one and the
 * same run of the history are one.
 */
final class FileParts {
    private final Database database;
    private final MeasurementWriter writer;
    private final KnownRuns known;
    private final boolean leavesCopiesOut;
    private final Map<Long, Integer> seriesNumbers = new HashMap<>();

    FileParts(Database database, MeasurementWriter writer, KnownRuns known, boolean leavesCopiesOut) {
        this.database = database;
        this.writer = writer;
        this.known = known;
        this.leavesCopiesOut = leavesCopiesOut;
    }

    /**
     * Joins parts.
     *
     * @param all the runs of all files, whose measurements the database has
     * @return the runs that they are, in the order in which the first parts came
     */
    List<OpenRun> joined(List<OpenRun> all) throws SQLException {
        Map<RunHeader, List<OpenRun>> byHeader = new LinkedHashMap<>();
        for (OpenRun part : all) {
            byHeader.computeIfAbsent(part.header(), none -> new ArrayList<>(1)).add(part);
        }
        Set<OpenRun> gone = new HashSet<>();
        for (List<OpenRun> parts : byHeader.values()) {
            if (parts.size() > 1) {
                gone.addAll(join(parts));
            }
        }
        return all.stream().filter(part -> !gone.contains(part)).toList();
    }

    /** Joins parts with one header; what is part of another one from now on. */
    private List<OpenRun> join(List<OpenRun> parts) throws SQLException {
        Map<String, OpenRun> byContent = new LinkedHashMap<>();
        List<OpenRun> repeated = new ArrayList<>();
        Map<OpenRun, OpenRun> first = new HashMap<>();
        for (OpenRun part : parts) {
            OpenRun same = byContent.putIfAbsent(part.contentId(), part);
            if (same != null) {
                repeated.add(part);
                first.put(part, same);
            }
        }
        List<OpenRun> gone = new ArrayList<>();
        RunsOfFiles files = new RunsOfFiles();
        List<List<OpenRun>> runs = new ArrayList<>();
        for (OpenRun part : unknown(byContent, gone)) {
            int run = files.place(measured(part));
            if (run == runs.size()) {
                runs.add(new ArrayList<>());
            }
            runs.get(run).add(part);
        }
        Set<OpenRun> joined = new HashSet<>();
        for (List<OpenRun> run : runs) {
            OpenRun whole = run.get(0);
            for (OpenRun part : run.subList(1, run.size())) {
                move(part, whole);
                joined.add(whole);
                joined.add(part);
                gone.add(part);
            }
        }
        for (OpenRun part : repeated) {
            if (joined.contains(first.get(part))) {
                writer.forget(part.row());
                part.isPartOf(first.get(part));
                gone.add(part);
            }
        }
        return gone;
    }

    /**
     * The open runs that the history lacks.
     *
     * @param gone receives those that the history has in a run of which another part was seen
     */
    private List<OpenRun> unknown(Map<String, OpenRun> byContent, List<OpenRun> gone) throws SQLException {
        Map<String, OpenRun> ofKnown = new HashMap<>();
        List<String> contentIds = new ArrayList<>(byContent.keySet());
        List<OpenRun> unknown = new ArrayList<>();
        for (int from = 0; from < contentIds.size(); from += KnownRuns.AT_ONCE) {
            List<String> some = contentIds.subList(from, Math.min(contentIds.size(), from + KnownRuns.AT_ONCE));
            known.lookUpIds(some.stream().map(id -> byContent.get(id).id(id)).toList());
            known.lookUpContents(some);
            known.lookUpCommits(some.stream()
                    .map(id -> byContent.get(id).header().revision().commit())
                    .toList());
            for (String id : some) {
                OpenRun part = byContent.get(id);
                if (known.withId(part.id(id)).isEmpty()
                        && known.rewritten(id, other -> part.id(id, other), part.id(id))
                                .isEmpty()
                        && (!leavesCopiesOut || known.copyOf(id, part.header()).isEmpty())) {
                    Optional<RunInfo> whole = known.wholeOf(part.row().number(), part.header());
                    OpenRun before = whole.map(run -> ofKnown.putIfAbsent(run.id(), part))
                            .orElse(null);
                    if (whole.isEmpty()) {
                        unknown.add(part);
                    } else if (before != null) {
                        writer.forget(part.row());
                        part.isPartOf(before);
                        gone.add(part);
                    }
                }
            }
        }
        return unknown;
    }

    private BitSet measured(OpenRun part) throws SQLException {
        BitSet measured = new BitSet();
        try (PreparedStatement select =
                database.prepare("SELECT DISTINCT series_id FROM measurement WHERE run_id = ?")) {
            select.setLong(1, part.row().number());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    measured.set(seriesNumbers.computeIfAbsent(rows.getLong(1), none -> seriesNumbers.size()));
                }
            }
        }
        return measured;
    }

    private void move(OpenRun part, OpenRun whole) throws SQLException {
        database.execute("UPDATE measurement SET run_id = " + whole.row().number() + ", ordinal = ordinal + "
                + whole.measurements() + " WHERE run_id = " + part.row().number());
        writer.forget(part.row());
        part.isPartOf(whole);
        whole.add(part);
    }
}
