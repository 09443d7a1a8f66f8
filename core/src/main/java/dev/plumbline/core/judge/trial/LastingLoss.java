package dev.plumbline.core.judge.trial;

import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Whether values that were kept out of a level, the newest among them, lie on another one: a change that no single run
 * shows, since it is hardly larger than the noise, and that is plain once enough runs lie there.
 *
 * <p>A two-sample <em>t</em> test of winsorised means (Yuen 1974, Biometrika 61) with the scale of both sides, its
 * degrees of freedom and its standard error those of as many independent values as an AR(1) series of these is worth
 * (Zwiers and von Storch 1995, J. Climate 8). The border was chosen as the one from which on the values were worse, so
 * that the probability is multiplied by the number of borders there are.
 */
final class LastingLoss {
    /** The fewest values on a side; with fewer, the windows of the suite are more powerful. */
    private static final int LEAST = 4;

    private static final int LEAST_HELD = 6;

    private LastingLoss() {}

    /**
     * The probability that values without a change lie that far on the worse side, whatever border was chosen.
     *
     * @param level scores of the level, oldest first
     * @param held scores of what was kept out of it
     * @param sign 1 where larger scores are worse, -1 where smaller ones are
     * @return at most 1; empty where a side has too few values, or no value ever differs
     */
    static OptionalDouble probability(double[] level, double[] held, int sign) {
        int count = level.length + held.length;
        if (level.length < LEAST || held.length < LEAST_HELD) {
            return OptionalDouble.empty();
        }
        double before = Location.median(level);
        double after = Location.median(held);
        double[] residuals = new double[count];
        for (int i = 0; i < count; i++) {
            residuals[i] = i < level.length ? level[i] - before : held[i - level.length] - after;
        }
        double limit = Spread.CLIPPED_AT
                * Location.median(Arrays.stream(residuals).map(Math::abs).toArray());
        if (!(limit > 0)) {
            return OptionalDouble.empty();
        }
        double squares = 0;
        double products = 0;
        double last = 0;
        double sumBefore = 0;
        double sumAfter = 0;
        for (int i = 0; i < count; i++) {
            double kept = Math.max(-limit, Math.min(limit, residuals[i]));
            squares += kept * kept;
            products += i == 0 || i == level.length ? 0 : kept * last;
            last = kept;
            if (i < level.length) {
                sumBefore += kept;
            } else {
                sumAfter += kept;
            }
        }
        double difference = after + sumAfter / held.length - before - sumBefore / level.length;
        double correlation = correlation(products / squares, count);
        double worth = (1 - correlation) / (1 + correlation);
        double degrees = Math.max(1, worth * count - 2);
        double scale = Math.sqrt(squares / (count - 2)) / Spread.CLIPPED_DEVIATION;
        double error = scale * Math.sqrt((1.0 / level.length + 1.0 / held.length) / worth);
        double tail = StudentT.survival(sign * difference / error, degrees);
        return OptionalDouble.of(Math.min(1, (count - 1) * tail));
    }

    /** The autocorrelation with its bias removed (Marriott and Pope 1954, Biometrika 41), at least zero. */
    private static double correlation(double estimate, int count) {
        double positive = Math.max(0, estimate);
        return Math.min(0.9, positive + (1 + 3 * positive) / count);
    }
}
