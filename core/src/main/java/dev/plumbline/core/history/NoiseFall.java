package dev.plumbline.core.history;

import dev.plumbline.core.stats.sample.Selection;
import dev.plumbline.core.stats.sample.SpreadSort;
import dev.plumbline.core.stats.steps.Regime;
import java.util.Arrays;
import java.util.Optional;

/**
 * Looks for the place since which residuals scatter much less than before.
 *
 * <p>Method: the inner order statistics of the newest residuals span a range; of values that are all alike the share of
 * the older ones inside it follows a beta distribution, whatever the noise (tolerance limits, Wilks 1941), so too few
 * older ones inside show that the noise fell. A lower mode that stayed away for a while is no fall: most older values
 * lie inside its range too. Autocorrelated values count for fewer.
 */
final class NoiseFall {
    /** The fewest values from which a noise of their own is estimated. */
    static final int FEWEST = 10;

    /** The probability that one of the tested places has as few values inside by chance. */
    private static final double LEVEL = 1e-4;

    /** The smallest fall of noise that is worth a shorter memory. */
    private static final double SMALLEST_RATIO = 2;

    /** The number of newest residuals that must not be loud again. */
    private static final int NEWEST = 5;

    /** The most deviations that their median distance may have; one in 500 is that large. */
    private static final double LOUD = 1.8;

    /** The factor between tested lengths. */
    private static final double GROWTH = 1.2;

    /** One residual in this number may be an outlier on each side. */
    private static final int WILD = 10;

    /** The most by which an outlier may favour the loud noise over the quiet one, as a logarithm. */
    private static final double WILD_COST = 2;

    /** In deviations: a value farther from the middle of the quiet ones counts as one that far from it (Huber 1964). */
    private static final double FAR = 2.5;

    /** The number of values that the louder past counts for in the scatter of the newest ones, as a geometric mean. */
    private static final double LOUD_WORTH = 4;

    /**
     * The place where the noise fell.
     *
     * @param newest how many of the newest values have the smaller noise
     * @param caution how much larger their noise is taken than it looks: the place was chosen for how quiet they are,
     *     and a second mode or a tail may have kept away
     */
    record Found(int newest, double caution) {}

    private NoiseFall() {}

    /**
     * Finds the place.
     *
     * @param residuals of the series in time order, each from the level of its own regime
     * @param phi first-order autocorrelation, 0 to below 1
     */
    static Optional<Found> find(double[] residuals, double phi) {
        int n = residuals.length;
        if (n < 2 * FEWEST) {
            return Optional.empty();
        }
        double[] all = residuals.clone();
        SpreadSort.sort(all, all.length);
        double whole = Winsorised.deviation(all, n);
        if (!(deviation(residuals, n - FEWEST, n) < whole)) {
            return Optional.empty();
        }
        int best = -1;
        double least = LEVEL;
        for (int length = FEWEST; n - length >= FEWEST; length = (int) Math.ceil(length * GROWTH)) {
            double p = probability(residuals, n - length, phi, least);
            if (p < least) {
                least = p;
                best = n - length;
            }
        }
        if (best < 0) {
            return Optional.empty();
        }
        best = place(residuals, best);
        double now = deviation(residuals, best, n);
        double before = deviation(residuals, 0, best);
        boolean fell = now > 0 && before >= SMALLEST_RATIO * now;
        if (!fell || isLoud(residuals, now)) {
            return Optional.empty();
        }
        return Optional.of(new Found(n - best, Math.pow(before / now, LOUD_WORTH / (LOUD_WORTH + n - best))));
    }

    /**
     * The exact place: loud values among the quiet ones would surprise for ever. The likeliest place near the one that
     * was found, for normal noise, with a low weight for outliers.
     */
    private static int place(double[] residuals, int near) {
        int n = residuals.length;
        int reach = 1 + (n - near) / 3;
        double quiet = deviation(residuals, near + Math.min(reach, n - near - FEWEST), n);
        double loud = deviation(residuals, 0, Math.max(FEWEST, near - reach));
        if (!(loud > quiet && quiet > 0)) {
            return near;
        }
        double[] newer = Arrays.copyOfRange(residuals, near, n);
        SpreadSort.sort(newer, newer.length);
        double middle = Winsorised.median(newer, newer.length);
        double gain = Math.log(loud / quiet);
        double sum = 0;
        double most = Double.NEGATIVE_INFINITY;
        int place = near;
        for (int i = Math.min(n - FEWEST, near + reach); i >= Math.max(FEWEST, near - reach); i--) {
            double distance = residuals[i] - middle;
            double lost = distance * distance / 2 * (1 / (quiet * quiet) - 1 / (loud * loud));
            sum += gain - Math.min(lost, 2 * gain + WILD_COST);
            if (sum > most) {
                most = sum;
                place = i;
            }
        }
        return place;
    }

    private static boolean isLoud(double[] residuals, double deviation) {
        double[] newest = new double[NEWEST];
        for (int i = 0; i < NEWEST; i++) {
            newest[i] = Math.abs(residuals[residuals.length - NEWEST + i]);
        }
        Arrays.sort(newest);
        return Winsorised.median(newest, NEWEST) > LOUD * deviation;
    }

    private static double deviation(double[] residuals, int from, int to) {
        double[] part = Arrays.copyOfRange(residuals, from, to);
        SpreadSort.sort(part, part.length);
        return Winsorised.deviation(part, part.length);
    }

    /**
     * The probability that as few older residuals lie inside the range of the newer ones.
     *
     * @param rare a probability that is not below this may be returned as 1
     */
    private static double probability(double[] residuals, int from, double phi, double rare) {
        double[] newer = Arrays.copyOfRange(residuals, from, residuals.length);
        int last = newer.length - 1;
        int quarter = newer.length / 4;
        if (Selection.select(newer, 0, last, quarter) == Selection.select(newer, quarter, last, last - quarter)) {
            return 1; // values that stopped moving have no scatter to measure by
        }
        // fewer lie outside than a quarter on each side, so the ends are enough to look at
        int outside = 1 + newer.length / WILD;
        double low = Selection.select(newer, 0, quarter - 1, outside - 1);
        double high = Selection.select(newer, last - quarter + 1, last, newer.length - outside);
        int inside = 0;
        for (int i = 0; i < from; i++) {
            inside += residuals[i] >= low && residuals[i] <= high ? 1 : 0;
        }
        double worth = (1 - phi) / (1 + phi);
        double tail = Math.max(1, 2 * outside * worth);
        double a = Math.max(1, newer.length * worth + 1 - tail);
        return isUsual(inside, from, a, tail, rare) ? 1 : atMost(inside, from, a, tail);
    }

    /**
     * Whether at most this many hits are certainly more probable than a given probability, by Cantelli's inequality
     * (1928) for the beta-binomial distribution; false where the bound decides nothing.
     */
    private static boolean isUsual(int hits, int count, double a, double b, double probability) {
        double mean = count * a / (a + b);
        double variance = mean * b * (a + b + count) / ((a + b) * (a + b + 1));
        double beyond = hits + 1 - mean;
        return beyond > 0 && beyond * beyond > 2 * probability * (variance + beyond * beyond);
    }

    /** The distribution function of the beta-binomial distribution. */
    static double atMost(int hits, int count, double a, double b) {
        double probability = 1;
        for (int i = 0; i < count; i++) {
            probability *= (b + i) / (a + b + i);
        }
        double sum = probability;
        for (int i = 0; i < hits; i++) {
            probability *= (count - i) / (i + 1.0) * ((a + i) / (b + count - i - 1));
            sum += probability;
        }
        return Math.min(1, sum);
    }

    /**
     * The regime as its newest values show it.
     *
     * @param scores of the regime's newest values on its own scale, at least {@link #FEWEST}
     * @param start index of the first of them in the series
     * @param caution how much larger the noise is taken than it looks
     */
    static Regime quiet(Regime regime, double[] scores, int start, double caution) {
        double[] ascending = scores.clone();
        Arrays.sort(ascending);
        double median = Winsorised.median(ascending, ascending.length);
        double deviation = Winsorised.deviation(ascending, ascending.length);
        double bound = FAR * deviation;
        double sum = 0;
        for (double score : ascending) {
            sum += Math.max(-bound, Math.min(bound, score - median));
        }
        double centre = median + sum / ascending.length;
        double level = regime.scale().value(centre);
        return with(regime, start, scores.length, centre, level, deviation, caution, scores.length);
    }

    /** The regime with the noise of a number of values, some of them from before it. */
    static Regime quieter(Regime regime, double deviation, double caution, int values) {
        return with(
                regime, regime.start(), regime.count(), regime.centre(), regime.level(), deviation, caution, values);
    }

    private static Regime with(
            Regime regime,
            int start,
            int count,
            double centre,
            double level,
            double deviation,
            double caution,
            int values) {
        double phi = regime.autocorrelation();
        double noise = regime.scale() instanceof Regime.Linear linear
                ? deviation * linear.unit() / Math.abs(level)
                : deviation;
        return new Regime(
                start,
                count,
                level,
                noise,
                phi,
                (int) Math.max(4, 0.9 * values * (1 - phi * phi) / (1 + phi * phi)),
                regime.scale(),
                centre,
                deviation * caution,
                centre);
    }
}
