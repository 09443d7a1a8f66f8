package dev.plumbline.core.stats;

import dev.plumbline.core.stats.distribution.Require;
import dev.plumbline.core.stats.sample.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Searches for the commit at which a level changed with noisy measurements: the probability of each commit, and the
 * commit to measure next.
 *
 * <p>The commits are at positions 1 to K after a good one at position 0; the last is bad. For each culprit c the
 * runs before c have one unknown mean, those from c on another, and all share one unknown deviation. With the reference
 * prior (flat means, logarithmically flat deviation) these are integrated out, which leaves
 *
 * <pre>L(c) ∝ prior(c) · (n₀ n₁)^(-1/2) · S(c)^(-(N-2)/2)</pre>
 *
 * with n₀ and n₁ runs on the two sides and S(c) the squares about their two means: a Bayesian change point in normal
 * noise (Smith 1975). That the levels are known from few runs is so part of the answer. The next run goes to the commit
 * that is bad with a probability next to one half (Waeber, Frazier and Henderson 2013).
 */
public final class NoisyBisection {
    private static final NoisyBisection DEFAULT = new NoisyBisection(0.99, 0.95);

    /** The share of the best commit's uncertainty from which an already built commit is measured instead. */
    private static final double NEARLY = 0.95;

    /** Smaller steps, in deviations, get several runs at a time: builds cost more than they add. */
    private static final double CLEAR = 0.7;

    private static final int MOST_REPEATS = 25;

    private final double confidence;
    private final double credibility;

    private NoisyBisection(double confidence, double credibility) {
        this.confidence = confidence;
        this.credibility = credibility;
    }

    /** Ends at a posterior of 0.99, and reports the 95 % credible set. */
    public static NoisyBisection withDefaults() {
        return DEFAULT;
    }

    /** @param newConfidence the posterior at which the search ends, above 0.5 and below 1 */
    public NoisyBisection withConfidence(double newConfidence) {
        if (newConfidence > 0.5 && newConfidence < 1) {
            return new NoisyBisection(newConfidence, credibility);
        }
        throw new IllegalArgumentException("a confidence lies between 0.5 and 1, not at " + newConfidence);
    }

    /**
     * The state of one position.
     *
     * @param values the runs so far, as logarithms where the measured values are positive; finite
     * @param state whether it can be measured
     */
    public record Position(double[] values, State state) {
        public Position {
            values = Require.finite(values, 0, "values").clone();
        }

        @Override
        public double[] values() {
            return values.clone();
        }
    }

    /** Whether a commit can be measured. */
    public enum State {
        /** It is built, or was measured. */
        READY,
        /** Not tried yet. */
        UNTRIED,
        /** It does not build or cannot be run. */
        UNMEASURABLE
    }

    /**
     * The result of the runs so far.
     *
     * @param posterior of each position being the culprit; 0 at position 0
     * @param bad the probability of each position being bad: 0 at position 0, 1 at the last
     * @param culprits the positions that are the answer, in order: several where those between cannot be measured;
     *     empty while the posterior is too low
     * @param credible the fewest positions that together have the credibility, the most probable first
     * @param next the position to measure; empty when there is an answer, or no run could add to what is known
     * @param repeats how many runs of it to take at once
     * @param before the level before the change, averaged over the posterior
     * @param after the level after it
     * @param deviation of single runs
     */
    public record Look(
            double[] posterior,
            double[] bad,
            List<Integer> culprits,
            List<Integer> credible,
            OptionalInt next,
            int repeats,
            double before,
            double after,
            double deviation) {}

    /**
     * Evaluates the runs so far, with equal prior probabilities for all commits.
     *
     * @param positions from the good one to the bad one; both have runs, and there are at least three in all
     */
    public Look look(List<Position> positions) {
        double[] equal = new double[positions.size()];
        Arrays.fill(equal, 1);
        return look(positions, equal);
    }

    /**
     * Evaluates the runs so far.
     *
     * @param prior a positive weight for each position; that of position 0 is not used
     * @throws IllegalArgumentException if there are fewer than two positions, the first or last has no runs, there are
     *     fewer than three runs, or a weight is not positive
     */
    public Look look(List<Position> positions, double[] prior) {
        check(positions, prior);
        Sums sums = new Sums(positions);
        int last = positions.size() - 1;
        double[] logs = new double[last + 1];
        logs[0] = Double.NEGATIVE_INFINITY;
        for (int culprit = 1; culprit <= last; culprit++) {
            logs[culprit] = Math.log(prior[culprit]) + sums.logLikelihood(culprit);
        }
        double[] posterior = normalised(logs);
        double[] bad = new double[last + 1];
        double before = 0;
        double after = 0;
        double deviation = 0;
        for (int culprit = 1; culprit <= last; culprit++) {
            bad[culprit] = Math.min(1, bad[culprit - 1] + posterior[culprit]);
            before += posterior[culprit] * sums.mean(0, culprit);
            after += posterior[culprit] * sums.mean(culprit, last + 1);
            deviation += posterior[culprit] * sums.deviation(culprit);
        }
        bad[last] = 1;
        List<Integer> culprits = culprits(positions, posterior);
        return new Look(
                posterior,
                bad,
                culprits,
                credible(posterior),
                culprits.isEmpty() ? next(positions, bad) : OptionalInt.empty(),
                repeats(before, after, deviation),
                before,
                after,
                deviation);
    }

    private static void check(List<Position> positions, double[] prior) {
        int runs =
                positions.stream().mapToInt(position -> position.values.length).sum();
        if (positions.size() < 2
                || positions.get(0).values.length == 0
                || positions.get(positions.size() - 1).values.length == 0
                || runs < 3) {
            throw new IllegalArgumentException("a bisection needs a good and a bad commit with runs, three in all; not "
                    + positions.size() + " positions with " + runs);
        }
        if (prior.length != positions.size() || Arrays.stream(prior).anyMatch(weight -> !(weight > 0))) {
            throw new IllegalArgumentException("every position has a positive weight");
        }
    }

    private static double[] normalised(double[] logs) {
        double greatest = Arrays.stream(logs).max().orElseThrow();
        double[] shares =
                Arrays.stream(logs).map(log -> Math.exp(log - greatest)).toArray();
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }

    /**
     * The possible culprits: one and the commit behind it are indistinguishable where the former cannot be measured.
     */
    private List<Integer> culprits(List<Position> positions, double[] posterior) {
        List<Integer> together = new ArrayList<>();
        double sum = 0;
        for (int i = 1; i < posterior.length; i++) {
            together.add(i);
            sum += posterior[i];
            if (positions.get(i).state != State.UNMEASURABLE) {
                if (sum >= confidence) {
                    return List.copyOf(together);
                }
                together.clear();
                sum = 0;
            }
        }
        return List.of();
    }

    private List<Integer> credible(double[] posterior) {
        List<Integer> byProbability = IntStream.range(1, posterior.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -posterior[i]))
                .toList();
        double sum = 0;
        int count = 0;
        while (sum < credibility && count < byProbability.size()) {
            sum += posterior[byProbability.get(count)];
            count++;
        }
        return byProbability.subList(0, count);
    }

    /** The index with the least certain outcome; one that is built already, if it is hardly less informative. */
    private static OptionalInt next(List<Position> positions, double[] bad) {
        OptionalInt best = mostOpen(positions, bad, state -> state != State.UNMEASURABLE);
        OptionalInt ready = mostOpen(positions, bad, state -> state == State.READY);
        return ready.isPresent() && open(bad[ready.getAsInt()]) >= NEARLY * open(bad[best.getAsInt()]) ? ready : best;
    }

    private static OptionalInt mostOpen(List<Position> positions, double[] bad, Predicate<State> wanted) {
        return IntStream.range(1, bad.length - 1)
                .filter(i -> wanted.test(positions.get(i).state))
                .reduce((one, other) -> open(bad[other]) > open(bad[one]) ? other : one);
    }

    /** The variance of an outcome: largest at one half. */
    private static double open(double probability) {
        return probability * (1 - probability);
    }

    private static int repeats(double before, double after, double deviation) {
        double step = Math.abs(after - before) / deviation;
        if (step >= CLEAR || deviation == 0) {
            return 1;
        }
        return (int) Math.min(MOST_REPEATS, Math.ceil(2 / (step * step)));
    }

    /** Counts, sums and squares of the runs before each position, about their common mean. */
    private static final class Sums {
        private final double origin;
        private final double[] count;
        private final double[] sum;
        private final double[] squares;
        private final double least;

        Sums(List<Position> positions) {
            int size = positions.size();
            double[] all = positions.stream()
                    .flatMapToDouble(position -> Arrays.stream(position.values))
                    .toArray();
            origin = Location.mean(all);
            count = new double[size + 1];
            sum = new double[size + 1];
            squares = new double[size + 1];
            for (int i = 0; i < size; i++) {
                count[i + 1] = count[i];
                sum[i + 1] = sum[i];
                squares[i + 1] = squares[i];
                for (double value : positions.get(i).values) {
                    count[i + 1]++;
                    sum[i + 1] += value - origin;
                    squares[i + 1] += (value - origin) * (value - origin);
                }
            }
            // runs that do not differ at all would make the deviation zero and every posterior infinite
            least = Math.max(squares[size] * 1e-12, Double.MIN_NORMAL);
        }

        private int end() {
            return count.length - 1;
        }

        double mean(int from, int to) {
            return origin + (sum[to] - sum[from]) / (count[to] - count[from]);
        }

        private double squaresAboutMean(int from, int to) {
            double total = sum[to] - sum[from];
            return squares[to] - squares[from] - total * total / (count[to] - count[from]);
        }

        private double squares(int culprit) {
            return Math.max(least, squaresAboutMean(0, culprit) + squaresAboutMean(culprit, end()));
        }

        double logLikelihood(int culprit) {
            double before = count[culprit];
            double after = count[end()] - before;
            return -0.5 * Math.log(before * after) - (count[end()] - 2) / 2 * Math.log(squares(culprit));
        }

        double deviation(int culprit) {
            return Math.sqrt(squares(culprit) / Math.max(1, count[end()] - 2));
        }
    }
}
