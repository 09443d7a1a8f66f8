package dev.plumbline.core.stats.steps;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A step that is detected only with the new runs.
 *
 * @param step as the scan with the new runs has it
 * @param since the values on its newer side, the new ones among them
 */
public record FreshStep(Step step, double[] since) {
    /** A step that ends longer before the new runs is a relocation of the past, not news. */
    private static final int LONGEST = 20;

    /** The newest step is the same as an earlier one that lies so near. */
    private static final int SAME = 2;

    /**
     * The newest step, if the new runs complete it.
     *
     * @param before what a scan of the history found
     * @param after the same with the new runs
     * @param base the values of the history
     * @param added the values of the new runs
     */
    public static Optional<FreshStep> of(Steps before, Steps after, double[] base, double[] added) {
        if (after.steps().isEmpty()) {
            return Optional.empty();
        }
        Step newest = after.steps().get(after.steps().size() - 1);
        boolean known = before.steps().stream().anyMatch(step -> Math.abs(step.index() - newest.index()) <= SAME);
        if (known || newest.index() < base.length - LONGEST) {
            return Optional.empty();
        }
        double[] since = DoubleStream.concat(Arrays.stream(base), Arrays.stream(added))
                .skip(newest.index())
                .toArray();
        return Optional.of(new FreshStep(newest, since));
    }
}
