package dev.plumbline.store.api;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.Series;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import dev.plumbline.store.sqlite.SqliteRunStore;
import java.nio.file.Path;
import java.util.List;

/**
 * A history of runs in a file, the same that the command line keeps in {@code .plumbline/history.db}.
 *
 * <pre>{@code
 * try (History history = History.open(Path.of(".plumbline/history.db"))) {
 *     history.add(run);
 *     for (Series series : history.series("Sort.*")) { ... }
 * }
 * }</pre>
 *
 * <p>For one thread at a time; a file may be open several times, in one process or in several. Every method throws a
 * {@link dev.plumbline.store.StoreException} whose message describes the problem with the file and a remedy.
 */
public final class History implements AutoCloseable {
    private final RunStore store;

    private History(RunStore store) {
        this.store = store;
    }

    /**
     * Opens a history; creates the file and its folder if they are missing.
     *
     * @throws dev.plumbline.store.StoreException if the file is not a history, is damaged, or was written by a later
     *     version; it is left unchanged
     */
    public static History open(Path file) {
        return new History(SqliteRunStore.open(requireNonNull(file, "file")));
    }

    /**
     * Adds a run.
     *
     * @param run with at least one measurement
     * @return false if the history already has the run and nothing changed
     */
    public boolean add(Run run) {
        return store.record(run).isNew();
    }

    /** All series, in the order of their keys; the points of each in the order of their revisions. */
    public List<Series> series() {
        return store.series(SeriesQuery.all());
    }

    /**
     * The series of some benchmarks.
     *
     * @param benchmark a name, or a pattern with {@code *}; the end of a name is enough, as on the command line
     * @return an empty list if nothing matches
     */
    public List<Series> series(String benchmark) {
        return store.series(SeriesQuery.all().ofBenchmark(new BenchmarkPattern(benchmark)));
    }

    /**
     * The newest points of every series, for judging without the whole past.
     *
     * @param points at least 1
     */
    public List<Series> newest(int points) {
        return store.series(SeriesQuery.all().newest(points));
    }

    /** Closes the file. */
    @Override
    public void close() {
        store.close();
    }
}
