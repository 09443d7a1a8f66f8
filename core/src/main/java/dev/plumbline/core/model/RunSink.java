package dev.plumbline.core.model;

/**
 * Receives measurements one by one as they are read, so that a file of any size needs little memory.
 *
 * <p>Measurements with equal headers belong to one run, in any order.
 */
public interface RunSink {
    void accept(RunHeader header, Measurement measurement);

    /**
     * Announces that a file contains a whole series in sequence: the measurements up to the next announcement, or to
     * the end of the file, are its values, and the position in each header counts from 1. Positions without a
     * measurement are missing because the file has no finite or possible number there.
     *
     * @param places the number of values of the series, including missing ones
     */
    default void beginSeries(SeriesKey key, Unit unit, Better better, int places) {
        // receivers of measurements alone lose nothing
    }

    /** Receives a record that could not be used; reading continues. */
    void problem(Problem problem);
}
