package dev.plumbline.store;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.RunHeader;
import java.util.List;

/**
 * Adds runs to a history: completely, or not at all.
 *
 * <p>Measurements stream through; those of a file with equal headers make one run, in whatever order they come.
 * Recorded data is invisible to others before {@link #commit}, and is on the disk when that returns.
 */
public interface Recording extends AutoCloseable {
    /**
     * Takes one measurement.
     *
     * @throws IllegalArgumentException if the sample's location overflows a double; the measurement is left out and the
     *     recording goes on
     * @throws StoreException if it cannot be written; then the recording has failed and only {@link #close} is left
     */
    void accept(RunHeader header, Measurement measurement);

    /** The same for a measurement that was prepared before, perhaps on another thread. */
    void accept(RunHeader header, PreparedMeasurement measurement);

    /**
     * From now on measurements come from another file. Where its headers are equal to those of earlier files, it
     * belongs to the run of the first of them that measured none of its series ({@link RunsOfFiles}), and else to a
     * further run. A part that the history has as a run of its own counts as that run.
     */
    void nextFile();

    /**
     * From now on runs are left out that the history has already in other words: with the same measurements, branch and
     * environment, where both have one commit and at most one of them has a time, or where both have one time and
     * at most one of them a commit. They count as those that were there. A second measurement of the commit has a time
     * of its own and is none.
     */
    void leaveOutCopies();

    /**
     * Makes everything accepted part of the history, once. Runs that the history has already are left as they are:
     * those with the same measurements, commit, branch, environment and time, and those of a known commit that measured
     * a part of these, as one file of several that were recorded as one run.
     *
     * @return one element for each run, in the order in which the runs first appeared
     */
    List<Recorded> commit();

    /**
     * To which run each part belongs, what one file has of one header, in the order in which the parts came.
     *
     * @return the places among what {@link #commit} answered; nothing before that
     */
    List<Integer> places();

    /** Ends the recording; when it was not committed, the history is as before. */
    @Override
    void close();
}
