package dev.plumbline.core.model;

/**
 * Takes measurements as they are read, one after the other, so that a file of any size needs little memory.
 *
 * <p>Measurements with equal headers belong to one run, in whatever order they come.
 */
public interface RunSink {
    void accept(RunHeader header, Measurement measurement);

    /**
     * Takes note that a file holds a whole series in one piece: the measurements up to the next such note, or to the
     * end of the file, are its values, and each header's position counts their places from 1. Places without a
     * measurement were left out: no finite number stood there, or an impossible one.
     *
     * @param places how many values the series has, those left out among them
     */
    default void beginSeries(SeriesKey key, Unit unit, Better better, int places) {
        // receivers of measurements alone lose nothing
    }

    /** Takes note of a record that could not be used; reading goes on. */
    void problem(Problem problem);
}
