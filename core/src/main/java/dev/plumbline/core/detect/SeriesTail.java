package dev.plumbline.core.detect;

import java.util.Arrays;

/**
 * How often the runs of one series surprise: at each of some sizes, how likely each rate is.
 *
 * <p>Several runs are not as rare as one of them to their number: that all of them surprise is likeliest in a series
 * that often does, so every question is asked of each rate and the answers are weighted.
 */
final class SeriesTail {
    private static final double BEYOND_EXPONENT = 4;

    private static final int HALVINGS = 50;

    /** A surprise found by halving is known to this share of itself. */
    private static final double EXACT = 1e-6;

    private final double[] levels;
    private final double[][] rates;
    private final double[][] posterior;
    private final int total;
    private final double autocorrelation;
    /** One exceedance more among everything that was seen of series like this one. */
    private final double rarest;
    /** The level up to which a series like this one has surprised. */
    private final double known;

    /**
     * @param levels ascending, at least one
     * @param posterior of each level, the weights of the rates; they add to 1, and all rest on the rate 0 at the last
     *     level unless nothing is known
     * @param total values of all series together
     * @param rarest how often it surprises more than it was ever seen to
     * @param autocorrelation that is believed of the series, 0 to below 1
     */
    SeriesTail(
            double[] levels, double[][] rates, double[][] posterior, int total, double rarest, double autocorrelation) {
        this.levels = levels;
        this.rates = rates;
        this.posterior = posterior;
        this.total = total;
        this.autocorrelation = autocorrelation;
        this.rarest = rarest;
        int last = levels.length - 1;
        while (last > 0 && mean(last) < rarest) {
            last--;
        }
        known = levels[last];
    }

    /** How many values the past of the whole suite has. */
    int size() {
        return total;
    }

    /** The first-order autocorrelation that is believed of the series. */
    double autocorrelation() {
        return autocorrelation;
    }

    /**
     * How many independent runs so many neighbours are worth in a tail: of Gaussian values with this autocorrelation
     * the probability that all exceed a limit falls as that of so many independent ones does, for a limit far out
     * (the quadratic form 1'R⁻¹1 of a first-order autoregression).
     */
    private double independent(int runs) {
        return (runs - (runs - 2) * autocorrelation) / (1 + autocorrelation);
    }

    private double mean(int level) {
        double mean = 0;
        for (int i = 0; i < rates[level].length; i++) {
            mean += posterior[level][i] * rates[level][i];
        }
        return mean;
    }

    /**
     * The probability that a run surprises at least as much; 1 where nothing is known, 0 only for an
     * infinite surprise.
     */
    double probability(double surprise) {
        return atLeast(1, 1, surprise);
    }

    /**
     * The probability that some runs surprise as these do: that nearly all of them are as far out, one in four
     * excepted, or that they lie as close together so far out. Spikes are far out, but each elsewhere; a new level is
     * one place. Every question asked is paid for (Bonferroni). 1 for no runs, {@link #probability} for a single one.
     *
     * @param surprises how far each lies in the direction in question, in deviations; 0 for the other direction
     */
    double probabilityOfAll(double[] surprises) {
        double[] ascending = surprises.clone();
        Arrays.sort(ascending);
        int count = ascending.length;
        if (count == 0) {
            return 1;
        }
        if (count == 1) {
            return probability(ascending[0]);
        }
        int excepted = count - fewest(count);
        double least = 1;
        for (int left = 0; left <= excepted; left++) {
            least = Math.min(least, atLeast(count - left, count, ascending[left]));
        }
        // two questions are asked: are they all so far out, and do they lie so close together there
        return Math.min(1, 2 * Math.min(least * (1 + excepted), together(ascending)));
    }

    /**
     * The probability that runs surprise so much and lie so close together: that the least of them is so far out, times
     * that the others, which are beyond it, are within this range, and then the probability of so small a product of
     * two independent probabilities (Fisher 1932).
     */
    private double together(double[] ascending) {
        int count = ascending.length;
        if (!(ascending[0] > 0)) {
            return 1;
        }
        double beyond = probability(ascending[0]);
        if (beyond == 0) {
            return 0;
        }
        double inside = Math.min(beyond, beyond - probability(Math.nextUp(ascending[count - 1])) + rarest);
        double product = atLeast(count, count, ascending[0]) * Math.pow(inside / beyond, independent(count) - 1);
        return product == 0 ? 0 : product * (1 - Math.log(product));
    }

    /** The probability that of {@code count} runs {@code hits} or more surprise as much. */
    private double atLeast(int hits, int count, double surprise) {
        if (!(surprise > levels[0])) {
            return 1;
        }
        int last = levels.length - 1;
        double unseen = rarest * Math.pow(Math.min(1, known / surprise), BEYOND_EXPONENT);
        if (surprise >= levels[last]) {
            return atLeast(hits, count, last, unseen);
        }
        int above = 1;
        while (levels[above] < surprise) {
            above++;
        }
        double below = atLeast(hits, count, above - 1, unseen);
        double over = atLeast(hits, count, above, unseen);
        // of normal noise the logarithm falls with the square
        double share = (surprise * surprise - levels[above - 1] * levels[above - 1])
                / (levels[above] * levels[above] - levels[above - 1] * levels[above - 1]);
        return Math.exp((1 - share) * Math.log(below) + share * Math.log(over));
    }

    private double atLeast(int hits, int count, int level, double unseen) {
        double sum = 0;
        double share = independent(hits) / hits;
        for (int i = 0; i < rates[level].length; i++) {
            if (posterior[level][i] > 0) {
                double rate = Math.min(1, rates[level][i] + unseen);
                sum += posterior[level][i] * binomial(hits, count, share == 1 ? rate : Math.pow(rate, share));
            }
        }
        return sum;
    }

    /** The probability of {@code hits} or more of {@code count} independent trials. */
    static double binomial(int hits, int count, double probability) {
        double sum = 0;
        double ways = 1; // to choose the misses
        for (int misses = 0; misses <= count - hits; misses++) {
            sum += ways * Math.pow(probability, count - misses) * Math.pow(1 - probability, misses);
            ways = ways * (count - misses) / (misses + 1);
        }
        return Math.min(1, sum);
    }

    /**
     * How far out {@code hits} of {@code count} runs must lie for {@link #probabilityOfAll} to be at most the given
     * probability by their distance alone; infinite where nothing is known.
     *
     * @param probability above 0, at most 1
     * @param hits at least {@link #fewest} of {@code count}
     */
    double surpriseAt(double probability, int hits, int count) {
        double asked = count == 1 ? probability : probability / (2.0 * (1 + count - fewest(count)));
        if (atLeast(hits, count, Double.MAX_VALUE) > asked) {
            return Double.POSITIVE_INFINITY;
        }
        double low = 0;
        double high = levels[0];
        while (atLeast(hits, count, high) > asked) {
            low = high;
            high *= 2;
        }
        for (int i = 0; i < HALVINGS && high - low > EXACT * high; i++) {
            double middle = 0.5 * (low + high);
            if (atLeast(hits, count, middle) > asked) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** How many of {@code count} runs have to be far out: one in four is excepted. */
    static int fewest(int count) {
        return count - count / 4;
    }
}
