package dev.plumbline.measure.api;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * One implementation of a benchmark, such as an inference, a training step or a sort. Several implementations of one
 * benchmark are compared with each other; each is measured in separate processes, in turn.
 *
 * <p>Implementations are found by {@link java.util.ServiceLoader}: their class names are in {@code
 * META-INF/services/dev.plumbline.measure.api.Implementation}, and they have a public constructor without parameters.
 * All methods are called from one thread.
 */
public interface Implementation {
    /** The benchmark that this implements: {@code inference}. Not blank. */
    String benchmark();

    /** The name that distinguishes this from other implementations of the benchmark: {@code naive}. Not blank. */
    String name();

    /**
     * Prepares the operation; not measured.
     *
     * @param parameters the parameters given with {@code -P}, one value each; empty if there are none
     */
    default void setUp(Map<String, String> parameters) throws Exception {}

    /**
     * Runs the measured operation once. It should take at least some microseconds; a batch of them is timed together.
     *
     * @return a value that depends on all of the work, so that the compiler cannot remove any of it; may be null
     */
    Object run() throws Exception;

    /**
     * The loss of accuracy of the results, from 0 on, in a unit that the benchmark defines; requested once, after the
     * measured operations. Empty if not applicable.
     */
    default OptionalDouble accuracyLoss() {
        return OptionalDouble.empty();
    }

    /** Releases the resources of {@link #setUp}; not measured. */
    default void tearDown() throws Exception {}
}
