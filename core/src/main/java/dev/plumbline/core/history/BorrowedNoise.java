package dev.plumbline.core.history;

import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.StepScan;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * The noise of the levels before an accepted level with few values yet: these determine the level, but not its noise.
 *
 * @param values those before, taken to the accepted level, and then those of it
 * @param earlier how many of them lie before it
 * @param centre the accepted level as a score
 */
public record BorrowedNoise(double[] values, int earlier, double centre) {
    /** In deviations: a value farther from the middle of few counts as one that far from it (Huber 1964). */
    private static final double FAR = 2.5;

    /**
     * @param before values of the levels before, all finite, at least one
     * @param since values of the accepted level, all finite, at least one
     * @param margin the smallest relative change that matters
     * @return empty where noise is not relative to a level, for not all values are positive, and where the level before
     *     never moved
     */
    public static Optional<BorrowedNoise> of(double[] before, double[] since, double margin) {
        boolean positive =
                DoubleStream.concat(Arrays.stream(before), Arrays.stream(since)).allMatch(value -> value > 0);
        if (!positive) {
            return Optional.empty();
        }
        Expectation expected = Expectation.of(before, StepScan.analyze(before, new StepScan.Settings(margin)));
        if (expected.constant()) {
            return Optional.empty();
        }
        Regime regime = expected.regime();
        double centre = centre(Arrays.stream(since).map(regime.scale()::score).toArray(), regime.deviation());
        double factor = Math.exp(centre - regime.centre());
        double[] all = DoubleStream.concat(Arrays.stream(before).map(value -> value * factor), Arrays.stream(since))
                .toArray();
        return Optional.of(new BorrowedNoise(all, before.length, centre));
    }

    private static double centre(double[] scores, double deviation) {
        double[] ascending = scores.clone();
        Arrays.sort(ascending);
        double middle = Winsorised.median(ascending, ascending.length);
        double bound = FAR * deviation;
        return Location.mean(Arrays.stream(scores)
                .map(score -> Math.max(middle - bound, Math.min(middle + bound, score)))
                .toArray());
    }

    /** The expectation at the accepted level, or at a later one if the values have left it since. */
    public Expectation on(Expectation together) {
        int own = values.length - earlier;
        return together.runs() < own ? together : together.onLevel(centre, own);
    }
}
