package dev.plumbline.store.sql;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.store.sql.dialect.Database;
import dev.plumbline.store.sql.dialect.StoredText;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The runs of a history that have the id or the content of a run that is being recorded, those of the same recording
 * among them. Looked up for many runs at once, because each question costs more than its answer.
 */
final class KnownRuns implements AutoCloseable {
    /** The number of runs for each query. */
    static final int AT_ONCE = 200;

    private final RunTable.Query withIds;
    private final RunTable.Query withContents;
    private final RunTable.Query withCommits;
    private final PreparedStatement notInOther;
    private final Map<String, RunInfo> byId = new HashMap<>();

    /** All runs by their contents, in the order in which they came. */
    private final Map<String, List<RunInfo>> byContent = new HashMap<>();

    /** The runs that were there before by their commits, in the order in which they came. */
    private final Map<String, List<RunTable.Row>> byCommit = new HashMap<>();

    /** @param firstNew the number of the first run that is being recorded */
    KnownRuns(Database database, long firstNew) throws SQLException {
        String places = "?" + ", ?".repeat(AT_ONCE - 1);
        RunTable table = new RunTable(database);
        withIds = table.query("run.id IN (" + places + ")");
        withContents = table.query("content_id IN (" + places + ")");
        withCommits = table.query("run_id < " + firstNew + " AND commit_id IN (" + places + ")");
        String measured = "SELECT series_id, metric_id, value, sample FROM measurement WHERE run_id = ?";
        notInOther = database.prepare(measured + " EXCEPT " + measured + " LIMIT 1");
    }

    /** Looks up at most {@link #AT_ONCE} runs. */
    void lookUpIds(List<String> ids) throws SQLException {
        Set<String> unknown = new LinkedHashSet<>(ids);
        unknown.removeAll(byId.keySet());
        for (RunTable.Row row : rows(withIds, unknown)) {
            byId.put(row.run().id(), row.run());
        }
    }

    /** Looks up at most {@link #AT_ONCE} contents. */
    void lookUpContents(List<String> contentIds) throws SQLException {
        Set<String> unknown = new LinkedHashSet<>(contentIds);
        unknown.removeAll(byContent.keySet());
        for (RunTable.Row row : rows(withContents, unknown)) {
            add(row.contentId(), row.run());
        }
        unknown.forEach(contentId -> byContent.computeIfAbsent(contentId, id -> new ArrayList<>()));
    }

    /** Looks up at most {@link #AT_ONCE} commits; the unknown one has no runs. */
    void lookUpCommits(List<String> commits) throws SQLException {
        Set<String> unknown = new LinkedHashSet<>(commits);
        unknown.removeAll(byCommit.keySet());
        unknown.remove("");
        Set<String> stored = new LinkedHashSet<>();
        unknown.forEach(commit -> stored.add(StoredText.encode(commit)));
        for (RunTable.Row row : rows(withCommits, stored)) {
            byCommit.computeIfAbsent(commitOf(row.run()), commit -> new ArrayList<>())
                    .add(row);
        }
        unknown.forEach(commit -> byCommit.computeIfAbsent(commit, none -> new ArrayList<>()));
    }

    private static List<RunTable.Row> rows(RunTable.Query query, Set<String> keys) throws SQLException {
        if (keys.isEmpty()) {
            return List.of();
        }
        Object[] parameters = new Object[AT_ONCE]; // NULL is equal to nothing
        int count = 0;
        for (String key : new HashSet<>(keys)) {
            parameters[count++] = key;
        }
        return query.rows(parameters);
    }

    /** The run with an id that was looked up. */
    Optional<RunInfo> withId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The first run with a content that was looked up, for another commit than this. */
    Optional<RunInfo> withContent(String contentId, String commit) {
        return byContent.getOrDefault(contentId, List.of()).stream()
                .filter(run -> !commitOf(run).equals(commit))
                .findFirst();
    }

    /**
     * The run that has a content that was looked up since its file was read again: its id was made from what was read
     * of it at first.
     *
     * @param idOf makes the id of a run of this content
     */
    Optional<RunInfo> rewritten(String contentId, Function<RunHeader, String> idOf, String id) {
        return byContent.getOrDefault(contentId, List.of()).stream()
                .filter(run -> idOf.apply(run.header()).equals(id))
                .findFirst();
    }

    /** The first run with a content that was looked up, which is the one with this header in other words. */
    Optional<RunInfo> copyOf(String contentId, RunHeader header) {
        return byContent.getOrDefault(contentId, List.of()).stream()
                .filter(run -> isCopy(run.header(), header))
                .findFirst();
    }

    /**
     * The first run of a commit that was looked up, which has all that this one measured, on the same branch, in the
     * same environment and at the same time: this is one file of several that were recorded as one run.
     *
     * @param number of the run that is being recorded, whose measurements the database has
     */
    Optional<RunInfo> wholeOf(long number, RunHeader header) throws SQLException {
        for (RunTable.Row row : byCommit.getOrDefault(header.revision().commit(), List.of())) {
            if (isOfSameTime(row.run().header(), header) && hasAllOf(number, row.number())) {
                return Optional.of(row.run());
            }
        }
        return Optional.empty();
    }

    private static boolean isOfSameTime(RunHeader one, RunHeader other) {
        return one.revision().branch().equals(other.revision().branch())
                && one.environment().key().equals(other.environment().key())
                && one.measuredAt().equals(other.measuredAt());
    }

    private boolean hasAllOf(long part, long whole) throws SQLException {
        notInOther.setLong(1, part);
        notInOther.setLong(2, whole);
        try (ResultSet rows = notInOther.executeQuery()) {
            return !rows.next();
        }
    }

    /** A size or a count may be the same in many runs: commit and time have to agree, and one of them to be known. */
    private static boolean isCopy(RunHeader one, RunHeader other) {
        boolean oneCommit = one.revision().commit().equals(other.revision().commit());
        boolean oneTime = one.measuredAt().equals(other.measuredAt());
        boolean fewerCommits =
                one.revision().commit().isEmpty() || other.revision().commit().isEmpty();
        boolean fewerTimes = one.measuredAt().isEmpty() || other.measuredAt().isEmpty();
        return one.revision().branch().equals(other.revision().branch())
                && one.environment().key().equals(other.environment().key())
                && (oneCommit && !one.revision().commit().isEmpty() && (oneTime || fewerTimes)
                        || oneTime && one.measuredAt().isPresent() && (oneCommit || fewerCommits));
    }

    /** A run that is part of the history from now on. */
    void add(String contentId, RunInfo run) {
        byId.putIfAbsent(run.id(), run);
        byContent.computeIfAbsent(contentId, id -> new ArrayList<>()).add(run);
    }

    private static String commitOf(RunInfo run) {
        return run.header().revision().commit();
    }

    @Override
    public void close() throws SQLException {
        withIds.close();
        withContents.close();
        withCommits.close();
        notInOther.close();
    }
}
