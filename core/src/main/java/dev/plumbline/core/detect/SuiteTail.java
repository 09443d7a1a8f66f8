package dev.plumbline.core.detect;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How often runs surprise, by what every series of the suite has shown and by what the suite has shown together.
 *
 * <p>A Student t tail believes that noise is well behaved; on shared machines it is not: one point in twelve is a
 * spike. One history alone is too short to tell how rare a surprise is that would be rare among three hundred series,
 * and the histories put together make every series as wild as the wildest. So the rates are learned from all series
 * and each has its own: at every size of a surprise the suite's rates are a distribution over series (its nonparametric
 * maximum likelihood estimate, Kiefer and Wolfowitz 1956, by expectation and maximisation over a grid), and a series'
 * rate is what that distribution and its own count leave possible (empirical Bayes, Robbins 1956). Where the counts do
 * not show that series differ there is one rate for all, the share of the whole suite's past, as in a conformal p-value
 * (Vovk, Gammerman and Shafer 2005, section 2.2).
 *
 * <p>One exceedance more than was seen is always believed in; beyond the largest surprise that is to be expected of a
 * series it falls with the fourth power, slower than any noise that has a variance worth the name.
 */
final class SuiteTail {
    /** Levels at which rates are estimated: so many for each doubling of the surprise. */
    private static final int LEVELS_PER_DOUBLING = 4;

    private static final int HALF_DOUBLING = LEVELS_PER_DOUBLING / 2;

    /** Rates that fall by less in half a doubling are those of spikes. */
    private static final double LEVEL_RATE = 0.5;

    private static final double LOWEST = 0.5;

    /** Larger surprises are as large as this. */
    private static final double HIGHEST = 1e6;

    private static final int RATES = 24;
    private static final int ITERATIONS = 150;

    /** Series differ when that raises the log-likelihood by more than this: two further parameters at 5 %. */
    private static final double DIFFERENT = 3;

    private final double[] levels;
    private final Mixture[] mixtures;
    /** At each level, how many values of the suite surprised as much. */
    private final int[] hits;

    private final List<double[]> sorted;
    private final int total;
    private final SuiteNeighbours neighbours;

    private SuiteTail(
            double[] levels, Mixture[] mixtures, List<double[]> sorted, int total, SuiteNeighbours neighbours) {
        this.levels = levels;
        this.mixtures = mixtures;
        hits = Arrays.stream(levels)
                .mapToInt(level ->
                        sorted.stream().mapToInt(own -> atLeast(own, level)).sum())
                .toArray();
        this.sorted = sorted;
        this.total = total;
        this.neighbours = neighbours;
    }

    /** The rates at one level, and how likely each is among the series of the suite. */
    private record Mixture(double[] rates, double[] weights) {
        static Mixture one(double rate) {
            return new Mixture(new double[] {rate}, new double[] {1});
        }

        double[] given(int hits, int count) {
            double[] posterior = new double[rates.length];
            double sum = 0;
            for (int i = 0; i < rates.length; i++) {
                posterior[i] = weights[i] == 0 ? 0 : weights[i] * Math.exp(logLikelihood(rates[i], hits, count));
                sum += posterior[i];
            }
            for (int i = 0; i < rates.length; i++) {
                posterior[i] = sum > 0 ? posterior[i] / sum : weights[i];
            }
            return posterior;
        }
    }

    /** Learns from what was expected of each series; empty where nothing was. */
    static SuiteTail ofExpectations(List<Optional<Expectation>> suite) {
        return of(
                suite.stream()
                        .map(one -> one.map(Expectation::surprises).orElse(new double[0]))
                        .toList(),
                suite.stream()
                        .map(one -> one.map(Expectation::neighbours).orElse(Neighbours.NONE))
                        .toList());
    }

    /**
     * Learns the rates of a suite.
     *
     * @param surprises of each series, none negative; series without any have the rates of the suite
     * @param neighbours of each series
     */
    static SuiteTail of(List<double[]> surprises, List<Neighbours> neighbours) {
        List<double[]> sorted = surprises.stream().map(SuiteTail::ascending).toList();
        int total = sorted.stream().mapToInt(one -> one.length).sum();
        double largest = sorted.stream()
                .filter(one -> one.length > 0)
                .mapToDouble(one -> one[one.length - 1])
                .max()
                .orElse(0);
        double[] levels = levels(Math.min(HIGHEST, largest));
        Mixture[] mixtures = new Mixture[levels.length];
        for (int level = 0; level < levels.length; level++) {
            mixtures[level] = new Counts(sorted, levels[level]).mixture(total);
        }
        return new SuiteTail(levels, mixtures, sorted, total, SuiteNeighbours.of(neighbours));
    }

    private static double[] ascending(double[] values) {
        double[] ascending = values.clone();
        Arrays.sort(ascending);
        return ascending;
    }

    /** Up to the first level above everything that was seen. */
    private static double[] levels(double largest) {
        double ratio = Math.pow(2, 1.0 / LEVELS_PER_DOUBLING);
        int count = 1;
        for (double level = LOWEST; level <= largest; level *= ratio) {
            count++;
        }
        double[] levels = new double[count];
        double level = LOWEST;
        for (int i = 0; i < count; i++) {
            levels[i] = level;
            level *= ratio;
        }
        return levels;
    }

    /** How many series the suite has. */
    int series() {
        return sorted.size();
    }

    /** How many values the past of the whole suite has. */
    int size() {
        return total;
    }

    /** How many values of the whole suite's past surprised at least as much. */
    int asFar(double surprise) {
        return sorted.stream().mapToInt(own -> atLeast(own, surprise)).sum();
    }

    /** What is known of one series, by its place in the list of surprises. */
    SeriesTail of(int series) {
        double[] own = sorted.get(series);
        double[][] rates = new double[levels.length][];
        double[][] posterior = new double[levels.length][];
        double[] means = new double[levels.length];
        double rarest = 1.0 / (1 + total);
        for (int level = 0; level < levels.length; level++) {
            rates[level] = mixtures[level].rates;
            posterior[level] = mixtures[level].given(atLeast(own, levels[level]), own.length);
            means[level] = mean(rates[level], posterior[level]);
            // the next one is to be expected in a series that often surprised as much as the largest of the suite
            rarest = Math.max(rarest, means[level] / (1 + hits[level]));
        }
        double least = 1;
        double[][] bounded = new double[levels.length][];
        double[][] weights = new double[levels.length][];
        for (int level = 0; level < levels.length; level++) {
            bounded[level] = rates[level];
            weights[level] = posterior[level];
            double mean = means[level];
            double share = share(means, level);
            if (means[Math.max(0, level - HALF_DOUBLING)] * share > mean) {
                mean = means[level - HALF_DOUBLING] * share;
                bounded[level] = Arrays.stream(rates[level - HALF_DOUBLING])
                        .map(rate -> rate * share)
                        .toArray();
                weights[level] = posterior[level - HALF_DOUBLING];
            }
            // a larger surprise is never the likelier one: what smaller ones say of a series bounds it
            if (level > 0 && mean > least) {
                bounded[level] = bounded[level - 1];
                weights[level] = weights[level - 1];
            }
            least = Math.min(least, mean);
        }
        return new SeriesTail(levels, bounded, weights, total, rarest, neighbours.of(series));
    }

    /**
     * How many of the values that surprise half a doubling less surprise as much. Too few are as large as the largest
     * to tell series apart by them, so a series of which smaller ones tell that it is spiky has its part of them: one
     * whose rate hardly fell by half a doubling before, as only that of spikes does. 0 for every other.
     */
    private double share(double[] means, int level) {
        int lower = level - HALF_DOUBLING;
        int lowest = lower - HALF_DOUBLING;
        return lowest < 0 || hits[level] == 0 || means[lower] < LEVEL_RATE * means[lowest]
                ? 0
                : (double) hits[level] / hits[lower];
    }

    private static double mean(double[] rates, double[] weights) {
        double mean = 0;
        for (int i = 0; i < rates.length; i++) {
            mean += weights[i] * rates[i];
        }
        return mean;
    }

    /** Counted from the largest possible, so that nothing underflows that matters. */
    private static double logLikelihood(double rate, int hits, int count) {
        int misses = count - hits;
        double sum = 0;
        if (hits > 0) {
            sum += hits * (Math.log(rate) - Math.log((double) hits / count));
        }
        if (misses > 0) {
            sum += misses * (Math.log1p(-rate) - Math.log((double) misses / count));
        }
        return sum;
    }

    private static int atLeast(double[] ascending, double level) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < level) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return ascending.length - low;
    }

    /** How many series had so many hits among so many values; series alike are counted together. */
    private static final class Counts {
        private static final int FINE = 5;

        private final long[] kinds;
        private double hits;
        private double values;

        Counts(List<double[]> sorted, double level) {
            kinds = sorted.stream()
                    .filter(one -> one.length > 0)
                    .mapToLong(one -> kind(atLeast(one, level), one.length))
                    .sorted()
                    .toArray();
            for (long kind : kinds) {
                hits += hits(kind);
                values += values(kind);
            }
        }

        /** Lengths are rounded down to some leading digits: a few values more change no rate. */
        private static long kind(int hits, int count) {
            int digits = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(count) - FINE);
            int rounded = count >> digits << digits;
            return (long) Math.min(hits, rounded) << Integer.SIZE | rounded;
        }

        private static int hits(long kind) {
            return (int) (kind >> Integer.SIZE);
        }

        private static int values(long kind) {
            return (int) kind;
        }

        /** The likeliest distribution of rates among the series; one rate where it is not evidently several. */
        Mixture mixture(int total) {
            if (kinds.length == 0) {
                return Mixture.one(1);
            }
            Mixture same = Mixture.one(hits / values);
            if (hits == 0 || hits == values) {
                return same;
            }
            long[] different = Arrays.stream(kinds).distinct().toArray();
            double[] shares = new double[different.length];
            double[][] likelihoods = new double[different.length][RATES];
            double[] rates = rates(total);
            int counted = 0;
            double gain = 0;
            for (int kind = 0; kind < different.length; kind++) {
                for (int i = 0; i < RATES; i++) {
                    likelihoods[kind][i] =
                            Math.exp(logLikelihood(rates[i], hits(different[kind]), values(different[kind])));
                }
                for (; counted < kinds.length && kinds[counted] == different[kind]; counted++) {
                    shares[kind]++;
                }
                gain -= shares[kind] * logLikelihood(hits / values, hits(different[kind]), values(different[kind]));
            }
            if (gain <= DIFFERENT) {
                return same; // no distribution could be likelier by more
            }
            double[] weights = new double[RATES];
            Arrays.fill(weights, 0.5 / (RATES - 1));
            weights[0] = 0.5;
            for (int iteration = 0; iteration < ITERATIONS; iteration++) {
                weights = improved(weights, likelihoods, shares);
            }
            for (int kind = 0; kind < different.length; kind++) {
                gain += shares[kind] * Math.log(evidence(weights, likelihoods[kind]));
            }
            return gain > DIFFERENT ? new Mixture(rates, weights) : same;
        }

        /** Never, and from one in twice the suite's past up to always, in equal ratios. */
        private static double[] rates(int total) {
            double[] rates = new double[RATES];
            double least = 1 / (2.0 * total);
            for (int i = 1; i < RATES; i++) {
                rates[i] = Math.pow(least, (double) (RATES - 1 - i) / (RATES - 2));
            }
            return rates;
        }

        private double[] improved(double[] weights, double[][] likelihoods, double[] shares) {
            double[] next = new double[weights.length];
            for (int kind = 0; kind < shares.length; kind++) {
                double share = shares[kind] / kinds.length / evidence(weights, likelihoods[kind]);
                for (int i = 0; i < weights.length; i++) {
                    next[i] += share * weights[i] * likelihoods[kind][i];
                }
            }
            return next;
        }

        private static double evidence(double[] weights, double[] likelihoods) {
            double evidence = 0;
            for (int i = 0; i < weights.length; i++) {
                evidence += weights[i] * likelihoods[i];
            }
            return evidence;
        }
    }
}
