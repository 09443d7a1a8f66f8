package dev.plumbline.core.stats.sample;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Warm-up that reaches into the measured iterations: the first values of a process are worse than its later ones, in
 * every process. They show how fast a program becomes fast, which differs from run to run, and not how fast it is
 * (Barrett et al., Virtual machine warmup blows hot and cold, OOPSLA 2017; Traini et al., Towards effective assessment
 * of steady state performance in Java software, Empirical Software Engineering 28, 2023).
 *
 * <p>The distance of a place is that of the process which shows it least, as a logarithm. Up to 5 % a value counts in
 * full, from 15 % on it is left out, and between the two it is drawn to the later ones by degrees, so that the location
 * of a sample does not jump where a distance is near a limit. The last third of the iterations always counts. A single
 * process shows no warm-up: what is odd there may be chance.
 */
public final class WarmUp {
    private static final int LEAST_FORKS = 2;
    private static final int LEAST_ITERATIONS = 3;

    /** The share of iterations that always counts is one of this. */
    private static final int KEPT = 3;

    /** The distance up to which a value counts in full, as a logarithm. */
    private static final double COUNTED = 0.05;

    /** The distance from which it does not count. */
    private static final double IGNORED = 0.15;

    private WarmUp() {}

    /**
     * The values without warm-up.
     *
     * @param forks the values of each process in the order in which they were measured
     * @param isLargerWorse whether they are times; of rates the smaller are worse
     * @return each of them without its first values where these are left out; the given arrays where all values count
     */
    public static List<double[]> without(List<double[]> forks, boolean isLargerWorse) {
        if (!isAble(forks)) {
            return forks;
        }
        double[] shares = shares(forks, isLargerWorse);
        return shares.length == 0
                ? forks
                : forks.stream().map(values -> steady(values, shares)).toList();
    }

    /** The weights of the first values, 0 to 1; a value behind one that counts in full is no warm-up. */
    private static double[] shares(List<double[]> forks, boolean isLargerWorse) {
        double[] shares = new double[lookedAt(forks)];
        int length = 0;
        double most = 0;
        while (length < shares.length && most < 1) {
            double distance = Math.abs(distance(forks, length, isLargerWorse));
            most = Math.max(most, Math.min(1, (IGNORED - distance) / (IGNORED - COUNTED)));
            if (most < 1) {
                shares[length++] = most;
            }
        }
        return Arrays.copyOf(shares, length);
    }

    private static double[] steady(double[] values, double... shares) {
        double[] steady = values.clone();
        int first = 0;
        for (int at = 0; at < shares.length; at++) {
            double later = later(values, at);
            steady[at] = later * Math.pow(values[at] / later, shares[at]);
            first = shares[at] == 0 ? at + 1 : first;
        }
        return Arrays.copyOfRange(steady, first, steady.length);
    }

    /**
     * The distance of the first values from the later ones, relative to these, where the first do not count: 1.2 is
     * 120 % more, -0.3 is 30 % less. Empty where they count, in full or by a share.
     */
    public static OptionalDouble ofFirst(List<double[]> forks, boolean isLargerWorse) {
        if (!isAble(forks)) {
            return OptionalDouble.empty();
        }
        double distance = distance(forks, 0, isLargerWorse);
        return Math.abs(distance) >= IGNORED ? OptionalDouble.of(Math.expm1(distance)) : OptionalDouble.empty();
    }

    private static boolean isAble(List<double[]> forks) {
        return forks.size() >= LEAST_FORKS
                && forks.stream()
                        .allMatch(values -> values.length >= LEAST_ITERATIONS
                                && Arrays.stream(values).allMatch(value -> value > 0));
    }

    private static int lookedAt(List<double[]> forks) {
        return forks.stream().mapToInt(values -> values.length).min().orElseThrow() * 2 / KEPT;
    }

    /** The least distance of the forks, with its sign; 0 where one of them is no worse. */
    private static double distance(List<double[]> forks, int at, boolean isLargerWorse) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double[] values : forks) {
            double distance = Math.log(values[at] / later(values, at));
            least = Math.min(least, distance);
            greatest = Math.max(greatest, distance);
        }
        return isLargerWorse ? Math.max(0, least) : Math.min(0, greatest);
    }

    private static double later(double[] values, int at) {
        return Location.median(Arrays.copyOfRange(values, at + 1, values.length));
    }
}
