package dev.plumbline.store;

import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.store.naming.KnownRenaming;
import dev.plumbline.store.naming.Renaming;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The history of all runs.
 *
 * <p>Facts are only ever added: runs, and what a check concluded about a point. Every answer is a consistent picture of
 * one moment, whatever other processes add meanwhile. A store is for one thread at a time; several stores may be open
 * on the same history, in one process or in many.
 *
 * <p>Every method throws a {@link StoreException} that says what to do when the history cannot be read or written,
 * and an {@link IllegalStateException} when it is called while a recording of this store is under way.
 */
public interface RunStore extends AutoCloseable {
    /**
     * Begins to add runs. Other writers wait, from the first measurement on, until the recording is closed; readers
     * do not.
     */
    Recording begin();

    /** Adds one run that is whole in memory; it has to have a measurement. */
    default Recorded record(Run run) {
        return record(List.of(run)).get(0);
    }

    /**
     * Adds runs that are whole in memory, all or none, each as a file of its own ({@link Recording#nextFile}); runs
     * without measurements are none. The answer has their order.
     */
    default List<Recorded> record(Collection<Run> runs) {
        try (Recording recording = begin()) {
            for (Run run : runs) {
                recording.nextFile();
                run.measurements().forEach(measurement -> recording.accept(run.header(), measurement));
            }
            return recording.commit();
        }
    }

    /**
     * The keys of all series that the query finds, under the names in force or the stored ones, in their natural
     * order, whether or not {@code since} leaves them a point.
     */
    List<SeriesKey> keys(SeriesQuery query);

    /**
     * Hands over the series that the query finds one by one, in the order of their keys, each whole; one series is in
     * memory at a time. A series that has no point left after {@code since} is not handed over.
     *
     * @param consumer may read from this store but not record to it
     */
    void forEachSeries(SeriesQuery query, Consumer<Series> consumer);

    /** All series that the query finds, in the order of their keys. */
    default List<Series> series(SeriesQuery query) {
        List<Series> all = new ArrayList<>();
        forEachSeries(query, all::add);
        return all;
    }

    /**
     * Hands over the series with these keys one by one, in the order of their keys, each whole; one is in memory at a
     * time. Of many series it is far cheaper than to ask for each of them.
     *
     * @param keys under the names in force or the stored ones; those that the history does not have are passed over
     * @param consumer may read from this store but not record to it
     */
    void forEachSeries(Collection<SeriesKey> keys, Consumer<Series> consumer);

    /** The series with this key; empty when there is none. */
    Optional<Series> series(SeriesKey key);

    /**
     * The first run that was recorded before this one with exactly the same numbers, for another commit; both commits
     * are known.
     *
     * @return empty where there is none, also where the run is not in the history
     */
    Optional<RunInfo> copiedFrom(String runId);

    /**
     * Every series that the runs extend, each whole, the runs' own points included, in the order of their keys.
     *
     * @throws StoreException if a run is not in the history
     */
    List<Series> seriesOf(Collection<String> runIds);

    /**
     * The keys of every series that the run extends, in their natural order.
     *
     * @throws StoreException if the run is not in the history
     */
    default List<SeriesKey> keysOf(String runId) {
        return keysOf(List.of(runId)).get(runId);
    }

    /**
     * The same of several runs, by their ids. Runs that measured the same have the same list.
     *
     * @throws StoreException if a run is not in the history
     */
    Map<String, List<SeriesKey>> keysOf(Collection<String> runIds);

    /**
     * A run with its full samples, in the order in which they were recorded, under the names in force.
     *
     * @throws StoreException if the run is not in the history
     */
    Run run(String id);

    /** The runs that the query finds, in revision order, the newest last. */
    List<RunInfo> runs(RunQuery query);

    /** Whether there is a run of a branch, in any environment. */
    boolean hasBranch(String name);

    /**
     * The last recorded ones of the selected runs: those that came in one recording, in the order in which they came.
     */
    List<RunInfo> recordedLast(Predicate<RunInfo> isMeant);

    /** The newest run, in revision order, of an environment on a branch. */
    default Optional<RunInfo> latestRun(String environment, String branch) {
        return runs(RunQuery.all().inEnvironment(environment).onBranch(branch).newest(1)).stream()
                .findFirst();
    }

    /**
     * Notes that a check reported these points as regressions: no baseline will use them. Points that are marked
     * already stay as they are.
     *
     * @param reason for people
     * @param at when this was found
     * @throws StoreException if a point is not in the history; then none is marked
     */
    void markBad(Collection<PointKey> points, String reason, Instant at);

    /**
     * Revokes the marks of these points, for example because a person accepted the change; unmarked points stay as they
     * are.
     */
    void clearBad(Collection<PointKey> points, String reason, Instant at);

    /**
     * Notes that these points are no evidence about their series: their run was slow as a whole, and a later one is
     * back. They are no regressions, whether they were marked or not.
     *
     * @throws StoreException if a point is not in the history; then none is noted
     */
    void markOff(Collection<PointKey> points, Instant at);

    /** The ids of the runs with points {@linkplain #markOff marked} so. */
    Set<String> offRuns();

    /**
     * Every mark of points of these runs, the oldest first; a run that is not in the history has
     * none.
     */
    List<Mark> marks(Collection<String> runIds);

    /**
     * Notes that a check has judged these runs.
     *
     * @throws StoreException if one of them is not in the history; then none is noted
     */
    void markChecked(Collection<String> runIds);

    /** The ids of all runs that checks have judged. */
    Set<String> checkedRuns();

    /**
     * States that one name has become another: whatever was or will be stored under the old name is read under the new
     * one, as one series. Nothing stored changes. Runs, marks, baselines and acceptances follow.
     *
     * @param by who states it
     * @param reason why; may be empty
     * @return the number under which it can be undone
     * @throws StoreException if the old name has become another one already, or the new one leads back to the old one
     */
    long rename(Renaming renaming, String by, String reason, Instant at);

    /**
     * Lets a renaming hold no longer; the series are as they were before it.
     *
     * @return what was undone
     * @throws StoreException if no such renaming is in force
     */
    KnownRenaming undoRenaming(long number, String by, String reason, Instant at);

    /** The renamings in force, the oldest first. */
    List<KnownRenaming> renamings();

    /** The ids of the runs that were recorded after all of these, whatever their revisions; none without any. */
    Set<String> recordedAfter(Collection<String> runIds);

    /** The treatment of several runs of one commit by the series of this store. */
    Reruns reruns();

    /** Established baselines and acceptances of this history; it is closed with this store. */
    BaselineStore baselines();

    /** The triages of incidents and findings of this history; closed with this store. */
    TriageStore triage();

    /**
     * Deletes old runs with their measurements, and frees their space.
     *
     * <p>This, {@link #remove} and {@link #rewrite} alone take facts away. A run that a baseline of any version, a mark
     * or an acceptance refers to stays.
     *
     * @param forReal false for a dry run, which changes nothing
     */
    Pruned prune(RetentionPolicy policy, boolean forReal);

    /**
     * Removes runs that should not have been recorded, with all they measured and what checks marked in them. A run
     * that a baseline of any version or an acceptance refers to stays. The file keeps its size: later runs use the
     * room.
     *
     * @param runIds unknown ones are ignored
     * @param forReal false for a dry run, which changes nothing
     */
    Pruned remove(Collection<String> runIds, boolean forReal);

    /**
     * Begins to put other measurements in the place of those of a run; other writers wait, from the first measurement
     * on, until it is closed. Recording the same measurements again afterwards finds the run.
     *
     * @throws StoreException with the first measurement, if the run is not in the history
     */
    Rewriting rewrite(String runId);

    @Override
    void close();
}
