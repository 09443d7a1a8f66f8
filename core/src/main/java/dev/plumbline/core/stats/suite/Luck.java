package dev.plumbline.core.stats.suite;

import dev.plumbline.core.stats.distribution.StudentT;

/**
 * The distance by which a run may be better than its level by chance: that much of a change is hidden.
 *
 * <p>A value is a draw of Student's distribution, or rarely an excursion to the better side with a Pareto tail. How
 * often and how far is counted in the latest values, in addition to a prior number for every series: Student's
 * distribution alone has no good days of a series.
 */
final class Luck {
    /** Three in a row are a level and no luck. */
    private static final int LEVEL = 3;

    private static final double PRIOR_VALUES = 20;
    private static final double PRIOR_RATE = 0.005;
    private static final double PRIOR_COUNT = 3;
    private static final double PRIOR_EXPONENT = 3;

    /**
     * The largest logarithm of an excursion: one value beyond all bounds is no stronger evidence about the next ones.
     */
    private static final double MOST_LOG = 2;

    private static final double DIGITS = 0.01;

    private final Noise noise;
    private final double rate;
    private final double exponent;

    private Luck(Noise noise, double rate, double exponent) {
        this.noise = noise;
        this.rate = rate;
        this.exponent = exponent;
    }

    /**
     * @param values distances from the level, larger is worse; NaN where there is none
     * @param end of the values that count: the newest of them count, as many as the noise rests on
     */
    static Luck of(double[] values, int end, Noise noise) {
        double limit = Noise.BEYOND * noise.scale();
        int known = 0;
        int count = 0;
        double logs = 0;
        int row = 0;
        double rowLogs = 0;
        for (int i = end - 1; i >= -1; i--) {
            if (i >= 0 && Double.isNaN(values[i])) {
                continue;
            }
            boolean isTold = i >= 0 && known < noise.values();
            if (isTold && values[i] < -limit) {
                row++;
                rowLogs += Math.min(MOST_LOG, StrictMath.log(-values[i] / limit));
            } else {
                count += row < LEVEL ? row : 0;
                logs += row < LEVEL ? rowLogs : 0;
                row = 0;
                rowLogs = 0;
            }
            if (!isTold) {
                break;
            }
            known++;
        }
        return new Luck(
                noise,
                (count + PRIOR_RATE * PRIOR_VALUES) / (known + PRIOR_VALUES),
                (count + PRIOR_COUNT) / (logs + PRIOR_COUNT / PRIOR_EXPONENT));
    }

    /**
     * The distance by which the mean of some runs is better than their level with a probability.
     *
     * @param runs at least one
     * @param deviation of their mean
     * @param probability below 0.5
     */
    double of(int runs, double deviation, double probability) {
        double low = core(deviation, probability);
        double high = Math.max(core(deviation, probability / 2), excursion(runs, probability / 2));
        while (high - low > DIGITS * high) {
            double middle = 0.5 * (low + high);
            if (probability(middle, runs, deviation) > probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private double core(double deviation, double probability) {
        return StudentT.upperQuantile(probability, noise.degrees()) * deviation;
    }

    /** The distance by which an excursion of one of the runs moves the mean with a probability. */
    private double excursion(int runs, double probability) {
        double far = StrictMath.exp(StrictMath.log(runs * rate / probability) / exponent);
        return Noise.BEYOND * noise.scale() * far / runs;
    }

    private double probability(double better, int runs, double deviation) {
        double far = Math.max(1, runs * better / (Noise.BEYOND * noise.scale()));
        double excursion = Math.min(1, runs * rate * StrictMath.exp(-exponent * StrictMath.log(far)));
        return (1 - excursion) * StudentT.survival(better / deviation, noise.degrees()) + excursion;
    }
}
