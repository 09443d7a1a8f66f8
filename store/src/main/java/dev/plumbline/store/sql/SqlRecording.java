package dev.plumbline.store.sql;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.MeasurementDigest;
import dev.plumbline.core.model.RunDigest;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.store.PreparedMeasurement;
import dev.plumbline.store.Recorded;
import dev.plumbline.store.Recording;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.MeasurementWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measurements go to the end of their table as they come; the points, which belong all over their table, are put in at
 * the end, sorted by the database. Both in one transaction, which the first measurement begins.
 */
final class SqlRecording implements Recording {
    private final Database database;
    private final OpenWriting writing;
    private final Preparation preparation = new Preparation();
    private final List<OpenRun> all = new ArrayList<>();
    private final Map<RunHeader, OpenRun> runs = new HashMap<>();
    private final RunDigest emptyDigest = new RunDigest();
    private List<Integer> places = List.of();
    private OpenRun latest;
    private boolean leavesCopiesOut;
    private boolean isOfSeveralFiles;

    /** A run that is being written, or what one file has of it. */
    static final class OpenRun {
        private final RunHeader header;
        private final RunDigest digest;
        private final MeasurementWriter.RunRow row;
        private long measurements;
        private OpenRun whole; // null where this is one

        OpenRun(RunHeader header, RunDigest digest, MeasurementWriter.RunRow row) {
            this.header = header;
            this.digest = digest;
            this.row = row;
        }

        RunHeader header() {
            return header;
        }

        MeasurementWriter.RunRow row() {
            return row;
        }

        long measurements() {
            return measurements;
        }

        void add(MeasurementDigest measurement) {
            digest.add(measurement);
            measurements++;
        }

        /** Counts the measurements of another part as its own. */
        void add(OpenRun part) {
            digest.add(part.digest);
            measurements += part.measurements;
        }

        String contentId() {
            return digest.contentId();
        }

        String id(String contentId) {
            return id(contentId, header);
        }

        /** The id with another header. */
        String id(String contentId, RunHeader other) {
            return digest.runId(contentId, other);
        }

        /** It is a part of another run from now on. */
        void isPartOf(OpenRun run) {
            whole = run;
        }

        private OpenRun whole() {
            OpenRun run = this;
            while (run.whole != null) {
                run = run.whole;
            }
            return run;
        }
    }

    SqlRecording(Database database) {
        this.database = database;
        writing = new OpenWriting(database, "recording");
    }

    @Override
    public void accept(RunHeader header, Measurement measurement) {
        writing.checkOpen();
        accept(header, preparation.prepare(measurement));
    }

    @Override
    public void accept(RunHeader header, PreparedMeasurement measurement) {
        writing.checkOpen();
        OpenWriting.checkFinite(measurement);
        writing.attempt(() -> {
            OpenRun run = openRun(header);
            writing.writer().write(run.row(), run.measurements(), measurement);
            run.add(measurement.digest());
            return null;
        });
    }

    private OpenRun openRun(RunHeader header) throws SQLException {
        if (latest == null || latest.header() != header) {
            latest = runs.get(header);
            if (latest == null) {
                latest = new OpenRun(
                        header, emptyDigest.another(), writing.writer().open(header));
                runs.put(header, latest);
                all.add(latest);
            }
        }
        return latest;
    }

    @Override
    public void nextFile() {
        writing.checkOpen();
        isOfSeveralFiles |= !all.isEmpty();
        runs.clear();
        latest = null;
    }

    @Override
    public void leaveOutCopies() {
        writing.checkOpen();
        leavesCopiesOut = true;
    }

    @Override
    public List<Recorded> commit() {
        writing.checkOpen();
        writing.end();
        if (!writing.isBegun()) {
            return List.of();
        }
        return writing.attempt(() -> {
            MeasurementWriter writer = writing.writer();
            writer.flush();
            List<Recorded> recorded = new ArrayList<>();
            try (KnownRuns known = new KnownRuns(database, all.get(0).row().number())) {
                List<OpenRun> whole =
                        isOfSeveralFiles ? new FileParts(database, writer, known, leavesCopiesOut).joined(all) : all;
                places = places(whole);
                for (int from = 0; from < whole.size(); from += KnownRuns.AT_ONCE) {
                    settle(
                            whole.subList(from, Math.min(whole.size(), from + KnownRuns.AT_ONCE)),
                            writer,
                            known,
                            recorded);
                }
            }
            if (recorded.stream().anyMatch(Recorded::isNew)) {
                writer.addPoints();
                writing.commit();
            }
            return List.copyOf(recorded);
        });
    }

    private List<Integer> places(List<OpenRun> whole) {
        IdentityHashMap<OpenRun, Integer> known = new IdentityHashMap<>();
        whole.forEach(run -> known.put(run, known.size()));
        return all.stream().map(part -> known.get(part.whole())).toList();
    }

    @Override
    public List<Integer> places() {
        return places;
    }

    /** Gives runs the ids that their contents make; what the history has already is taken back. */
    private void settle(List<OpenRun> open, MeasurementWriter writer, KnownRuns known, List<Recorded> recorded)
            throws SQLException {
        List<String> ids = new ArrayList<>(open.size());
        List<String> contentIds = new ArrayList<>(open.size());
        for (OpenRun run : open) {
            String contentId = run.contentId();
            contentIds.add(contentId);
            ids.add(run.id(contentId));
        }
        known.lookUpIds(ids);
        known.lookUpContents(contentIds);
        known.lookUpCommits(
                open.stream().map(run -> run.header().revision().commit()).toList());
        for (int i = 0; i < open.size(); i++) {
            OpenRun run = open.get(i);
            String contentId = contentIds.get(i);
            Optional<RunInfo> before = known.withId(ids.get(i))
                    .or(() -> known.rewritten(contentId, other -> run.id(contentId, other), run.id(contentId)))
                    .or(() -> leavesCopiesOut ? known.copyOf(contentId, run.header()) : Optional.empty());
            if (before.isEmpty()) {
                before = known.wholeOf(run.row().number(), run.header());
            }
            if (before.isPresent()) {
                writer.forget(run.row());
                recorded.add(new Recorded(before.get(), false, Optional.empty(), run.measurements()));
                continue;
            }
            RunInfo info = new RunInfo(ids.get(i), run.header());
            Optional<RunInfo> sameContent =
                    known.withContent(contentIds.get(i), run.header().revision().commit());
            known.add(contentIds.get(i), info);
            writer.finish(run.row(), ids.get(i), contentIds.get(i), run.measurements());
            recorded.add(new Recorded(info, true, sameContent, run.measurements()));
        }
        writer.flush();
    }

    @Override
    public void close() {
        writing.close();
    }
}
