package dev.plumbline.core.model;

/**
 * Takes measurements as they are read, one after the other, so that a file of any size needs little memory.
 *
 * <p>Measurements with equal headers belong to one run, in whatever order they come.
 */
public interface RunSink {
    void accept(RunHeader header, Measurement measurement);

    /** Takes note of a record that could not be used; reading goes on. */
    void problem(Problem problem);
}
