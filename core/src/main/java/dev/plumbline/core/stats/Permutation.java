package dev.plumbline.core.stats;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.distribution.Alternative;
import dev.plumbline.core.stats.distribution.Require;
import dev.plumbline.core.stats.sample.Location;
import java.util.SplittableRandom;

/**
 * The permutation test of a difference of means, in units of its own error (Janssen 1997): exact when the two samples
 * are exchangeable, and asymptotically valid even if the variances of the sides differ.
 *
 * <p>All ways to deal the values to the two sides are visited when there are at most 200,000, else 9,999 drawn with a
 * fixed seed. The order of the values in a sample does not matter to the complete enumeration.
 */
public final class Permutation {
    /** Visiting a deal is this much cheaper than drawing one. */
    private static final int VISITED_FOR_ONE_DRAWN = 20;

    /** Statistics this close are equal: they differ by the order of additions only. */
    private static final double TIE = 1e-10;

    private static final Permutation DEFAULT = new Permutation(Alternative.TWO_SIDED, 20_170_512L, 9_999);

    private final Alternative alternative;
    private final long seed;
    private final int draws;

    private Permutation(Alternative alternative, long seed, int draws) {
        this.alternative = alternative;
        this.seed = seed;
        this.draws = draws;
    }

    public static Permutation withDefaults() {
        return DEFAULT;
    }

    public Permutation with(Alternative newAlternative) {
        return new Permutation(requireNonNull(newAlternative, "alternative"), seed, draws);
    }

    public Permutation withSeed(long newSeed) {
        return new Permutation(alternative, newSeed, draws);
    }

    /**
     * The number of deals to draw where there are too many to visit, which is more than twenty times as many. At least
     * 99; the least p-value is one in one more.
     */
    public Permutation withDraws(int newDraws) {
        if (newDraws < 99 || newDraws > 10_000_000) {
            throw new IllegalArgumentException("draws must be from 99 to 10,000,000: " + newDraws);
        }
        return new Permutation(alternative, seed, newDraws);
    }

    /**
     * @param pValue the share of deals at least as extreme as the observed one, which is itself counted; never zero
     * @param exact whether all deals were visited
     * @param deals how many were
     */
    public record Result(double pValue, boolean exact, long deals) {}

    /**
     * Tests the candidate against the base.
     *
     * @param base at least one finite value
     * @param candidate at least one finite value; with one value a side, or all values equal, p is 1 for two sides
     */
    public Result test(double[] base, double[] candidate) {
        Require.finite(base, 1, "base");
        Require.finite(candidate, 1, "candidate");
        double[] pooled = new double[base.length + candidate.length];
        System.arraycopy(candidate, 0, pooled, 0, candidate.length);
        System.arraycopy(base, 0, pooled, candidate.length, base.length);
        standardise(pooled);
        long most = VISITED_FOR_ONE_DRAWN * (draws + 1L);
        long deals = choose(pooled.length, candidate.length, most);
        if (deals <= most) {
            return enumerate(pooled, candidate.length, deals);
        }
        return draw(pooled, candidate.length);
    }

    private Result enumerate(double[] pooled, int k, long deals) {
        int n = pooled.length;
        Deal deal = new Deal(pooled, k, alternative);
        int[] chosen = new int[k];
        for (int i = 0; i < k; i++) {
            chosen[i] = i;
        }
        long extreme = 0;
        // lexicographic order; the sums of each prefix are kept, so that most steps touch the last place only
        double[] sums = new double[k + 1];
        double[] prefixSquares = new double[k + 1];
        fill(pooled, chosen, sums, prefixSquares, 0);
        while (true) {
            if (deal.isExtreme(sums[k], prefixSquares[k])) {
                extreme++;
            }
            int place = k - 1;
            while (place >= 0 && chosen[place] == n - k + place) {
                place--;
            }
            if (place < 0) {
                break;
            }
            chosen[place]++;
            for (int i = place + 1; i < k; i++) {
                chosen[i] = chosen[i - 1] + 1;
            }
            fill(pooled, chosen, sums, prefixSquares, place);
        }
        return new Result((double) extreme / deals, true, deals);
    }

    private static void fill(double[] pooled, int[] chosen, double[] sums, double[] squares, int from) {
        for (int i = from; i < chosen.length; i++) {
            double value = pooled[chosen[i]];
            sums[i + 1] = sums[i] + value;
            squares[i + 1] = squares[i] + value * value;
        }
    }

    private Result draw(double[] pooled, int k) {
        Deal deal = new Deal(pooled, k, alternative);
        SplittableRandom random = new SplittableRandom(seed);
        double[] shuffled = pooled.clone();
        int n = shuffled.length;
        // dealing the smaller side is enough
        int dealt = Math.min(k, n - k);
        long extreme = 0;
        for (int i = 0; i < draws; i++) {
            double sum = 0;
            double squares = 0;
            for (int j = 0; j < dealt; j++) {
                int other = j + random.nextInt(n - j);
                double value = shuffled[other];
                shuffled[other] = shuffled[j];
                shuffled[j] = value;
                sum += value;
                squares += value * value;
            }
            if (dealt == k ? deal.isExtreme(sum, squares) : deal.isExtreme(deal.sum - sum, deal.squares - squares)) {
                extreme++;
            }
        }
        return new Result((1.0 + extreme) / (1.0 + draws), false, draws);
    }

    private static double[] sumsOfFirst(double[] values, int k) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < k; i++) {
            sum += values[i];
            squares += values[i] * values[i];
        }
        return new double[] {sum, squares};
    }

    /** Centres the values and divides by the largest, so that no square overflows and sums keep their digits. */
    private static void standardise(double[] values) {
        double mean = Location.mean(values);
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] -= mean;
            largest = Math.max(largest, Math.abs(values[i]));
        }
        if (largest > 0) {
            for (int i = 0; i < values.length; i++) {
                values[i] /= largest;
            }
        }
    }

    /** The number of ways to choose, or {@link Long#MAX_VALUE} when there are more than {@code most}. */
    private static long choose(int n, int k, long most) {
        long ways = 1;
        for (int i = 1; i <= Math.min(k, n - k); i++) {
            ways = ways * (n - i + 1) / i;
            if (ways > most) {
                return Long.MAX_VALUE;
            }
        }
        return ways;
    }

    /**
     * Compares deals with the observed one by the sum and sum of squares of the candidate's side.
     *
     * <p>The statistic is a difference over an error; squares are compared, without the root and the division.
     */
    private static final class Deal {
        /** The values are at most 1 in size; a smaller difference or variance is the rounding of none. */
        private static final double NO_DIFFERENCE = 1e-13;

        private static final double NO_VARIANCE = 1e-26;

        private final double sum;
        private final double squares;
        private final double perK;
        private final double perRest;
        private final double perDegreeK;
        private final double perDegreeRest;
        private final Alternative alternative;
        private final double limit;

        Deal(double[] pooled, int k, Alternative alternative) {
            double[] total = sumsOfFirst(pooled, pooled.length);
            this.sum = total[0];
            this.squares = total[1];
            int rest = pooled.length - k;
            this.perK = 1.0 / k;
            this.perRest = 1.0 / rest;
            // a side of one value has no scatter of its own; the difference is then measured by the other's
            this.perDegreeK = 1.0 / ((double) k * Math.max(1, k - 1));
            this.perDegreeRest = 1.0 / ((double) rest * Math.max(1, rest - 1));
            this.alternative = alternative;
            double[] observed = sumsOfFirst(pooled, k);
            double difference = difference(observed[0]);
            double variance = variance(observed[0], observed[1]);
            double statistic = difference == 0
                    ? 0
                    : variance < NO_VARIANCE
                            ? Math.copySign(Double.MAX_VALUE, difference)
                            : difference / Math.sqrt(variance);
            this.limit = statistic - TIE * Math.max(1, Math.abs(statistic));
        }

        /**
         * Whether the statistic of the deal is at least the observed one, on the side that the alternative looks at.
         */
        boolean isExtreme(double sumK, double squaresK) {
            double difference = difference(sumK);
            double variance = variance(sumK, squaresK);
            double bound = limit * limit * variance;
            if (limit > 0) {
                return difference > 0 && (variance < NO_VARIANCE || difference * difference >= bound);
            }
            if (variance < NO_VARIANCE) {
                return difference >= 0 || limit <= -Double.MAX_VALUE;
            }
            return difference >= 0 || difference * difference <= bound;
        }

        private double difference(double sumK) {
            double difference = sumK * perK - (sum - sumK) * perRest;
            if (Math.abs(difference) < NO_DIFFERENCE) {
                return 0;
            }
            return switch (alternative) {
                case TWO_SIDED -> Math.abs(difference);
                case GREATER -> difference;
                case LESS -> -difference;
            };
        }

        private double variance(double sumK, double squaresK) {
            double sumRest = sum - sumK;
            double scatterK = Math.max(0, squaresK - sumK * sumK * perK);
            double scatterRest = Math.max(0, squares - squaresK - sumRest * sumRest * perRest);
            return scatterK * perDegreeK + scatterRest * perDegreeRest;
        }
    }
}
