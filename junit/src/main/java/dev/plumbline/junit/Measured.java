package dev.plumbline.junit;

import org.junit.jupiter.api.function.ThrowingSupplier;

/**
 * Receives the measured operation of a {@link PerformanceTest}: exactly one of the two methods must be invoked, once.
 */
public interface Measured {
    /**
     * Measures an operation whose result is kept, so that the compiler cannot remove the work behind it.
     *
     * @param operation the measured operation, invoked many times; an exception fails the test
     */
    void run(ThrowingSupplier<?> operation);

    /**
     * Measures an operation with a side effect. Without one, the compiler may remove it: return a result instead.
     *
     * @param operation the measured operation, invoked many times; an exception fails the test
     */
    void run(Runnable operation);
}
