package dev.plumbline.store;

/**
 * Replaces the measurements of a run, all or none, after its file was read again by a better reader.
 *
 * <p>The run keeps its id, revision, environment and time, and its points keep their marks, triage and acceptances. A
 * point with any of these stays, even if it is no longer measured.
 */
public interface Rewriting extends AutoCloseable {
    /**
     * Takes one measurement; they stream through.
     *
     * @throws IllegalArgumentException if the sample's location overflows a double; the measurement is left out
     * @throws StoreException if it cannot be written; then only {@link #close} is left
     */
    void accept(PreparedMeasurement measurement);

    /**
     * Ends it.
     *
     * @param forReal false for a dry run, after which the history is as before
     * @throws IllegalArgumentException if nothing was accepted: a run measures something
     */
    Rewritten finish(boolean forReal);

    /** Closes it; without having been finished, it leaves the history as before. */
    @Override
    void close();
}
