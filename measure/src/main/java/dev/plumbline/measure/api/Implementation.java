package dev.plumbline.measure.api;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * One way to do what a benchmark is about: an inference, a training step, a sort. Several implementations of one
 * benchmark are compared with each other; each is measured in processes of its own, in turn.
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
     * Makes ready what the operation needs; not measured.
     *
     * @param parameters what was asked for with {@code -P}, one value each; empty when nothing was
     */
    default void setUp(Map<String, String> parameters) throws Exception {}

    /**
     * The measured operation, once. It should take at least some microseconds; a batch of them is timed together.
     *
     * @return something that depends on all of the work, so that the compiler cannot leave any out; may be null
     */
    Object run() throws Exception;

    /**
     * The loss of accuracy of the results, from 0 on, in a unit that the benchmark defines; requested once, after the
     * measured operations. Empty when that is no question here.
     */
    default OptionalDouble accuracyLoss() {
        return OptionalDouble.empty();
    }

    /** Gives back what {@link #setUp} took; not measured. */
    default void tearDown() throws Exception {}
}
