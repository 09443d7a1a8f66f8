package dev.plumbline.core.stats.sample;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The sources of a benchmark's noise: the scatter of runs beyond their forks, of forks beyond their iterations, and of
 * the iterations of a fork; relative to the level, as standard deviations of logarithms.
 *
 * <p>The components of a nested design (Kalibera and Jones, Rigorous benchmarking in reasonable time, 2013, section 4),
 * each from its mean square less what the level below it explains.
 *
 * @param run from 0; what no number of forks takes away
 * @param fork from 0
 * @param iteration from 0
 */
public record RunNoise(double run, double fork, double iteration) {
    public RunNoise {
        if (!(run >= 0 && fork >= 0 && iteration >= 0 && run + fork + iteration < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("noise of " + run + ", " + fork + ", " + iteration);
        }
    }

    /**
     * The noise of some runs. Where every run has one fork, runs and forks cannot be distinguished, and all noise
     * counts as that of forks.
     *
     * @param runs the iterations of each fork of each run
     * @param runToRun standard deviation of the runs' values relative to the level, from 0
     * @return empty where there are no runs, or a value is not above zero: it has no relative noise
     */
    public static Optional<RunNoise> of(List<List<double[]>> runs, double runToRun) {
        boolean isPositive = runs.stream()
                .allMatch(forks -> !forks.isEmpty()
                        && forks.stream()
                                .allMatch(values -> values.length > 0
                                        && Arrays.stream(values)
                                                .allMatch(value -> value > 0 && value < Double.POSITIVE_INFINITY)));
        if (runs.isEmpty() || !isPositive) {
            return Optional.empty();
        }
        Pooled within = new Pooled();
        Pooled between = new Pooled();
        double inverseForks = 0;
        double inverseIterations = 0;
        double inverseValues = 0;
        int forkCount = 0;
        for (List<double[]> forks : runs) {
            double[] means = new double[forks.size()];
            double inverse = 0;
            for (int i = 0; i < means.length; i++) {
                double[] logs = Arrays.stream(forks.get(i)).map(Math::log).toArray();
                means[i] = Location.mean(logs);
                within.add(logs);
                inverse += 1.0 / logs.length;
            }
            between.add(means);
            forkCount += means.length;
            inverseIterations += inverse;
            inverseForks += 1.0 / means.length / runs.size();
            inverseValues += inverse / means.length / means.length / runs.size();
        }
        double iteration = within.variance();
        double ofRuns = runToRun * runToRun;
        boolean areForksKnown = between.degrees > 0;
        double fork = areForksKnown
                ? Math.max(0, between.variance() - iteration * inverseIterations / forkCount)
                : Math.max(0, ofRuns - iteration * inverseValues) / inverseForks;
        double run = areForksKnown ? Math.max(0, ofRuns - fork * inverseForks - iteration * inverseValues) : 0;
        return Optional.of(new RunNoise(Math.sqrt(run), Math.sqrt(fork), Math.sqrt(iteration)));
    }

    /** The standard deviation of the values of runs, by their number of forks and of iterations in a fork. */
    public double deviation(double forks, double iterations) {
        if (!(forks > 0 && iterations > 0)) {
            throw new IllegalArgumentException(forks + " forks of " + iterations + " iterations");
        }
        return Math.sqrt(run * run + fork * fork / forks + iteration * iteration / forks / iterations);
    }

    /** Squares about their own means. */
    private static final class Pooled {
        private double squares;
        private int degrees;

        void add(double[] values) {
            double mean = Location.mean(values);
            for (double value : values) {
                squares += (value - mean) * (value - mean);
            }
            degrees += values.length - 1;
        }

        double variance() {
            return degrees == 0 ? 0 : squares / degrees;
        }
    }
}
