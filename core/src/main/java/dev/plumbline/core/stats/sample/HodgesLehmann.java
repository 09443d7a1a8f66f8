package dev.plumbline.core.stats.sample;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Normal;
import dev.plumbline.core.stats.distribution.Require;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The shift between two samples, as the median of pairwise differences (Hodges and Lehmann 1963), with the interval of
 * shifts that the rank-sum test does not reject.
 *
 * <p>A single outlier hardly moves it. For ratios, give logarithms.
 */
public final class HodgesLehmann {
    private static final int EXACT_PAIRS = 2_500;
    private static final int SLOTS = 256;
    private static final AtomicReferenceArray<Ways> LATELY = new AtomicReferenceArray<>(SLOTS);

    private HodgesLehmann() {}

    /**
     * @param shift the median of candidate minus base over all pairs
     * @param interval its confidence is the attained one: at least what was asked where that is possible, else that of
     *     the range of all differences; approximate for more than 2,500 pairs
     * @param exact whether the confidence was counted rather than approximated; ties make the counted one cautious
     */
    public record Result(double shift, Interval interval, boolean exact) {}

    /**
     * The shift from the base to the candidate, without an interval.
     *
     * @param base at least one finite value
     * @param candidate at least one finite value; the greatest difference must be finite too
     */
    public static double shift(double[] base, double[] candidate) {
        Differences differences = new Differences(base, candidate);
        return differences.median();
    }

    /** The shift with an interval of at least the given confidence. */
    public static Result of(double[] base, double[] candidate, double confidence) {
        Require.fraction(confidence, "confidence");
        Differences differences = new Differences(base, candidate);
        int m = base.length;
        int n = candidate.length;
        long pairs = (long) m * n;
        double tail = (1 - confidence) / 2;
        boolean exact = pairs <= EXACT_PAIRS;
        // the interval runs from the rank-th least to the rank-th greatest difference
        long rank;
        double attained;
        if (exact) {
            double[] cumulative = ways(Math.min(m, n), Math.max(m, n)).cumulative;
            int below = -1;
            while (below + 1 < (pairs + 1) / 2 && cumulative[below + 1] <= tail) {
                below++;
            }
            rank = Math.max(0, below) + 1L;
            attained = 1 - 2 * cumulative[Math.max(0, below)];
        } else {
            double sigma = Math.sqrt(pairs / 12.0 * (m + n + 1));
            rank = Math.max(1, (long) Math.floor(pairs / 2.0 - Normal.upperQuantile(tail) * sigma));
            attained = confidence;
        }
        Interval interval = new Interval(
                differences.select(rank - 1), differences.select(pairs - rank), Math.max(0, Math.min(1, attained)));
        return new Result(differences.median(), interval, exact);
    }

    private record Ways(int m, int n, double[] cumulative) {}

    /** The distribution function of the rank-sum statistic without ties, at 0, 1, … up to all pairs. */
    private static Ways ways(int m, int n) {
        int slot = (m * 31 + n) % SLOTS;
        Ways lately = LATELY.get(slot);
        if (lately != null && lately.m == m && lately.n == n) {
            return lately;
        }
        Ways fresh = new Ways(m, n, cumulative(m, n));
        LATELY.set(slot, fresh);
        return fresh;
    }

    /** From the generating function, the product over i of (1 − q^(n+i)) / (1 − q^i), scaled to probabilities. */
    public static double[] cumulative(int m, int n) {
        int pairs = m * n;
        double[] probability = new double[pairs + 1];
        probability[0] = 1;
        for (int i = 1; i <= m; i++) {
            for (int s = pairs; s >= n + i; s--) {
                probability[s] -= probability[s - n - i];
            }
            for (int s = i; s <= pairs; s++) {
                probability[s] += probability[s - i];
            }
            double scale = i / (double) (n + i);
            for (int s = 0; s <= pairs; s++) {
                probability[s] *= scale;
            }
        }
        double[] cumulative = new double[pairs + 1];
        double sum = 0;
        // the subtractions lose digits far out, so only the lower half is added up and the rest mirrored
        for (int s = 0; 2 * s <= pairs; s++) {
            sum += Math.max(0, probability[s]);
            cumulative[s] = Math.min(1, sum);
        }
        for (int s = pairs / 2 + 1; s < pairs; s++) {
            cumulative[s] = 1 - cumulative[pairs - s - 1];
        }
        cumulative[pairs] = 1;
        return cumulative;
    }

    /** All differences of candidate and base in ascending order, found without being listed. */
    private static final class Differences {
        private final double[] base;
        private final double[] candidate;

        Differences(double[] base, double[] candidate) {
            this.base = Location.sorted(Require.finite(base, 1, "base"));
            this.candidate = Location.sorted(Require.finite(candidate, 1, "candidate"));
            double least = this.candidate[0] - this.base[base.length - 1];
            double greatest = this.candidate[candidate.length - 1] - this.base[0];
            if (!(Double.isFinite(least) && Double.isFinite(greatest))) {
                throw new IllegalArgumentException("the differences overflow: from " + least + " to " + greatest);
            }
        }

        double median() {
            long pairs = (long) base.length * candidate.length;
            double upper = select(pairs / 2);
            if (pairs % 2 == 1) {
                return upper;
            }
            double lower = select(pairs / 2 - 1);
            return lower == upper ? lower : lower / 2 + upper / 2;
        }

        /**
         * The difference of the given rank, counted from 0.
         *
         * <p>Halves the range of doubles itself, through their order-preserving bit patterns: at most 64 counts of the
         * differences at or below a bound, each one walk along both sorted sides, and the answer is exact.
         */
        double select(long rank) {
            long low = ordered(candidate[0] - base[base.length - 1]);
            long high = ordered(candidate[candidate.length - 1] - base[0]);
            while (low < high) {
                long middle = (low & high) + ((low ^ high) >> 1);
                if (countUpTo(value(middle)) > rank) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            return value(low) + 0.0;
        }

        private long countUpTo(double bound) {
            long count = 0;
            int j = 0;
            for (double from : base) {
                while (j < candidate.length && candidate[j] - from <= bound) {
                    j++;
                }
                count += j;
            }
            return count;
        }

        private static long ordered(double value) {
            long bits = Double.doubleToLongBits(value + 0.0);
            return bits ^ (bits >> 63 & Long.MAX_VALUE);
        }

        private static double value(long ordered) {
            return Double.longBitsToDouble(ordered ^ (ordered >> 63 & Long.MAX_VALUE));
        }
    }
}
