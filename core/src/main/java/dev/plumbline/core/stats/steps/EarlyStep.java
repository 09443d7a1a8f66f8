package dev.plumbline.core.stats.steps;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A possible step after the first few values of a series, too few for the tests of {@link StepScan}: three to five
 * values, and three or more that are clearly apart from them. Nothing is judged by it; a person should see it, for the
 * later values become the normal ones otherwise.
 *
 * <p>Of the three places the one with the largest t statistic is asked, by limits that were simulated: AR(1) noise of
 * 0.5 exceeds them in 0.05 % of series of each length. The gap between the two groups has to be most of the step, the
 * step has to come at once, and a straight line must not explain the values half as well. The first values that show
 * it decide, {@value #MOST} at the most, so that the answer does not change with what comes later.
 *
 * @param index of the first value behind it
 * @param values how many of the series show it
 * @param before the level of the values before it
 * @param after the level of those behind it that were asked
 */
public record EarlyStep(int index, int values, double before, double after) {
    /** The most values that are tested, the first ones. */
    public static final int MOST = 16;

    /** The fewest values that show one. */
    public static final int LEAST = 6;

    private static final int FIRST = 3;
    private static final int LAST = 5;
    private static final int AFTER = 3;

    /** The limits of t for {@value #LEAST} values and more. */
    private static final double[] LIMITS = {12.3, 11.5, 10.8, 9.9, 9.2, 8.6};

    /** From the farthest of the values before to the nearest behind, as a share of the step. */
    private static final double GAP = 0.6;

    /** From the last value before to the first one behind, as a share of the step. */
    private static final double ABRUPT = 0.6;

    /** The factor by which the squares around a line have to exceed those around two levels. */
    private static final double LINE = 2;

    /** The step in the first values of a series; empty where a value is not positive, or not finite. */
    public static Optional<EarlyStep> of(double... all) {
        double[] values = Arrays.copyOf(all, Math.min(MOST, all.length));
        if (values.length < LEAST || !Arrays.stream(values).allMatch(value -> value > 0 && Double.isFinite(value))) {
            return Optional.empty();
        }
        double[] x = Arrays.stream(values).map(StrictMath::log).toArray();
        return IntStream.rangeClosed(LEAST, x.length)
                .mapToObj(length -> likeliest(Arrays.copyOf(x, length)))
                .filter(Split::isClear)
                .findFirst()
                .map(split -> new EarlyStep(
                        split.at, split.x.length, StrictMath.exp(split.before), StrictMath.exp(split.after)));
    }

    private static Split likeliest(double[] x) {
        return IntStream.rangeClosed(FIRST, Math.min(LAST, x.length - AFTER))
                .mapToObj(at -> Split.of(x, at))
                .max(Comparator.comparingDouble(Split::statistic))
                .orElseThrow();
    }

    /** The size relative to the level before. */
    public double relativeChange() {
        return after / before - 1;
    }

    /**
     * Two levels of logarithms.
     *
     * @param squares around them
     */
    private record Split(double[] x, int at, double before, double after, double squares) {
        static Split of(double[] x, int at) {
            double before = mean(x, 0, at);
            double after = mean(x, at, x.length);
            double least = StepScan.SMALLEST_NOISE * StepScan.SMALLEST_NOISE * (x.length - 2);
            return new Split(
                    x, at, before, after, Math.max(least, squares(x, 0, at, before) + squares(x, at, x.length, after)));
        }

        double statistic() {
            double variance = squares / (x.length - 2) * (1.0 / at + 1.0 / (x.length - at));
            return Math.abs(after - before) / Math.sqrt(variance);
        }

        boolean isClear() {
            double shift = Math.abs(after - before);
            int sign = after > before ? 1 : -1;
            double farthest =
                    Arrays.stream(x, 0, at).map(value -> sign * value).max().orElseThrow();
            double nearest = Arrays.stream(x, at, x.length)
                    .map(value -> sign * value)
                    .min()
                    .orElseThrow();
            return statistic() >= LIMITS[Math.min(x.length - LEAST, LIMITS.length - 1)]
                    && nearest - farthest >= GAP * shift
                    && sign * (x[at] - x[at - 1]) >= ABRUPT * shift
                    && lineSquares() >= LINE * squares;
        }

        private double lineSquares() {
            double mean = mean(x, 0, x.length);
            double centre = (x.length - 1) / 2.0;
            double products = 0;
            double spread = 0;
            for (int i = 0; i < x.length; i++) {
                products += (i - centre) * (x[i] - mean);
                spread += (i - centre) * (i - centre);
            }
            return squares(x, 0, x.length, mean) - products * products / spread;
        }

        private static double mean(double[] x, int from, int to) {
            return Arrays.stream(x, from, to).sum() / (to - from);
        }

        private static double squares(double[] x, int from, int to, double middle) {
            return Arrays.stream(x, from, to)
                    .map(value -> (value - middle) * (value - middle))
                    .sum();
        }
    }
}
