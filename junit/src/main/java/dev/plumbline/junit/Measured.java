package dev.plumbline.junit;

import org.junit.jupiter.api.function.ThrowingSupplier;

/**
 * The receiver of the measured operation of a {@link PerformanceTest}: one of the two methods has to be invoked, once.
 */
public interface Measured {
    /**
     * Measures an operation whose result is kept, so that the compiler cannot leave out what leads to it.
     *
     * @param operation what is measured, called many times; what it throws fails the test
     */
    void run(ThrowingSupplier<?> operation);

    /**
     * Measures an operation for its effect. Where it has none the compiler may leave it out: return a result instead.
     *
     * @param operation what is measured, called many times; what it throws fails the test
     */
    void run(Runnable operation);
}
