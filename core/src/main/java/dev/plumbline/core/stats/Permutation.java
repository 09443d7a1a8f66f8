package dev.plumbline.core.stats;

import static java.util.Objects.requireNonNull;

import java.util.SplittableRandom;

/**
 * The permutation test of a difference of means, in units of its own error (Janssen 1997): exact when the two samples are
 * exchangeable, and right for large samples even when the sides scatter differently.
 *
 * <p>All ways to deal the values to the two sides are visited when there are at most 200,000, else 9,999 drawn with a
 * fixed seed. The order of the values in a sample does not matter to the complete enumeration.
 */
public final class Permutation {
    private static final long ENUMERATED_AT_MOST = 200_000;
    private static final int DRAWS = 9_999;

    /** Statistics this close are equal: they differ by the order of additions only. */
    private static final double TIE = 1e-10;

    private static final Permutation DEFAULT = new Permutation(Alternative.TWO_SIDED, 20_170_512L);

    private final Alternative alternative;
    private final long seed;

    private Permutation(Alternative alternative, long seed) {
        this.alternative = alternative;
        this.seed = seed;
    }

    public static Permutation withDefaults() {
        return DEFAULT;
    }

    public Permutation with(Alternative newAlternative) {
        return new Permutation(requireNonNull(newAlternative, "alternative"), seed);
    }

    public Permutation withSeed(long newSeed) {
        return new Permutation(alternative, newSeed);
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
        long deals = choose(pooled.length, candidate.length);
        if (deals <= ENUMERATED_AT_MOST) {
            return enumerate(pooled, candidate.length, deals);
        }
        return draw(pooled, candidate.length);
    }

    private Result enumerate(double[] pooled, int k, long deals) {
        int n = pooled.length;
        Deal deal = new Deal(pooled, k, alternative);
        int[] chosen = new int[k];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < k; i++) {
            chosen[i] = i;
            sum += pooled[i];
            squares += pooled[i] * pooled[i];
        }
        double limit = deal.statistic(sum, squares);
        limit -= TIE * Math.max(1, Math.abs(limit));
        long extreme = 0;
        // lexicographic order; the sums of each prefix are kept, so that most steps touch the last place only
        double[] sums = new double[k + 1];
        double[] prefixSquares = new double[k + 1];
        fill(pooled, chosen, sums, prefixSquares, 0);
        while (true) {
            if (deal.statistic(sums[k], prefixSquares[k]) >= limit) {
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
        double[] sums = sumsOfFirst(pooled, k);
        double limit = deal.statistic(sums[0], sums[1]);
        limit -= TIE * Math.max(1, Math.abs(limit));
        SplittableRandom random = new SplittableRandom(seed);
        double[] shuffled = pooled.clone();
        int n = shuffled.length;
        // dealing the smaller side is enough
        int dealt = Math.min(k, n - k);
        long extreme = 0;
        for (int i = 0; i < DRAWS; i++) {
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
            double statistic =
                    dealt == k ? deal.statistic(sum, squares) : deal.statistic(deal.sum - sum, deal.squares - squares);
            if (statistic >= limit) {
                extreme++;
            }
        }
        return new Result((1.0 + extreme) / (1.0 + DRAWS), false, DRAWS);
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

    /** The number of ways to choose, or {@link Long#MAX_VALUE} when there are more than can be enumerated. */
    private static long choose(int n, int k) {
        long ways = 1;
        for (int i = 1; i <= Math.min(k, n - k); i++) {
            ways = ways * (n - i + 1) / i;
            if (ways > ENUMERATED_AT_MOST) {
                return Long.MAX_VALUE;
            }
        }
        return ways;
    }

    /** The statistic of one deal from the sum and sum of squares of the candidate's side. */
    private static final class Deal {
        private final double sum;
        private final double squares;
        private final int k;
        private final int rest;
        private final double degreesK;
        private final double degreesRest;
        private final Alternative alternative;

        Deal(double[] pooled, int k, Alternative alternative) {
            double[] total = sumsOfFirst(pooled, pooled.length);
            this.sum = total[0];
            this.squares = total[1];
            this.k = k;
            this.rest = pooled.length - k;
            // a side of one value has no scatter of its own; the difference is then measured by the other's
            this.degreesK = (double) k * Math.max(1, k - 1);
            this.degreesRest = (double) rest * Math.max(1, rest - 1);
            this.alternative = alternative;
        }

        double statistic(double sumK, double squaresK) {
            double sumRest = sum - sumK;
            double difference = sumK / k - sumRest / rest;
            double scatterK = Math.max(0, squaresK - sumK * sumK / k);
            double scatterRest = Math.max(0, squares - squaresK - sumRest * sumRest / rest);
            double variance = scatterK / degreesK + scatterRest / degreesRest;
            double signed;
            if (Math.abs(difference) < 1e-13) {
                signed = 0;
            } else if (variance < 1e-26) {
                signed = Math.copySign(Double.MAX_VALUE, difference);
            } else {
                signed = difference / Math.sqrt(variance);
            }
            return switch (alternative) {
                case TWO_SIDED -> Math.abs(signed);
                case GREATER -> signed;
                case LESS -> -signed;
            };
        }
    }
}
