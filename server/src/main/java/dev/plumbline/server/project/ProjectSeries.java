package dev.plumbline.server.project;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.server.people.Project;
import dev.plumbline.store.SeriesQuery;
import dev.plumbline.store.sql.SqlRunStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The series of projects, in memory while their histories stay as they are: reading the keys of ten thousand series
 * from a database for each list and each search takes tens of milliseconds.
 *
 * <p>For use by many threads.
 */
public final class ProjectSeries {
    /** The most series that are remembered of all projects together. */
    private static final int MOST_SERIES = 200_000;

    /** Measurements that are read again add no row that the state of a history counts. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Clock clock;
    private final int most;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true);

    public ProjectSeries(Clock clock) {
        this(clock, MOST_SERIES);
    }

    ProjectSeries(Clock clock, int most) {
        this.clock = requireNonNull(clock, "clock");
        this.most = most;
    }

    /**
     * The series of a project.
     *
     * @param state of the history when it was read
     * @param areRenamed whether a series answers to former names as well, which only the history knows
     * @param keys all, in their natural order
     */
    private record Known(
            String state, Instant at, boolean areRenamed, List<SeriesKey> keys, Map<String, SeriesKey> byId) {}

    /** The series that a query finds, in their natural order, as {@link SqlRunStore#keys} gives them. */
    public List<SeriesKey> of(Project project, SqlRunStore store, SeriesQuery query) {
        Known current = current(project, store);
        if (query.equals(SeriesQuery.all())) {
            return current.keys;
        }
        return current.areRenamed
                ? store.keys(query)
                : current.keys.stream().filter(key -> isWanted(key, query)).toList();
    }

    /** The series of an id; empty where the history has none of it. */
    public Optional<SeriesKey> find(Project project, SqlRunStore store, String id) {
        synchronized (known) {
            // an id is a digest of its series, so what was found once stays right
            Known last = known.get(project.id());
            SeriesKey key = last == null ? null : last.byId.get(id);
            if (key != null) {
                return Optional.of(key);
            }
        }
        return Optional.ofNullable(current(project, store).byId.get(id));
    }

    /** Measurements of the project were replaced: what is known of it is old. */
    public void forget(Project project) {
        synchronized (known) {
            known.remove(project.id());
        }
    }

    private static boolean isWanted(SeriesKey key, SeriesQuery query) {
        return query.metric().map(key.metric()::equals).orElse(true)
                && query.environment().map(key.environment()::equals).orElse(true)
                && query.branch().map(key.branch()::equals).orElse(true)
                && query.benchmark().map(pattern -> pattern.matches(key)).orElse(true);
    }

    private Known current(Project project, SqlRunStore store) {
        // the state comes first: what is added while the keys are read is searched for again
        String state = store.state();
        Instant now = clock.instant();
        synchronized (known) {
            Known last = known.get(project.id());
            if (last != null
                    && last.state.equals(state)
                    && Duration.between(last.at, now).compareTo(LONGEST) < 0) {
                return last;
            }
        }
        List<SeriesKey> keys = List.copyOf(store.keys(SeriesQuery.all()));
        Map<String, SeriesKey> byId =
                keys.stream().collect(Collectors.toMap(SeriesKey::id, Function.identity(), (one, other) -> one));
        Known read = new Known(state, now, !store.renamings().isEmpty(), keys, byId);
        synchronized (known) {
            known.put(project.id(), read);
            forgetLongUnused();
        }
        return read;
    }

    /** The projects that were asked about last stay; a project that is too large alone is read each time. */
    private void forgetLongUnused() {
        int all = known.values().stream().mapToInt(one -> one.keys.size()).sum();
        var oldest = known.values().iterator();
        while (all > most && oldest.hasNext()) {
            all -= oldest.next().keys.size();
            oldest.remove();
        }
    }
}
