package dev.plumbline.core.stats.sample;

import dev.plumbline.core.stats.distribution.Require;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The two sides of one comparison, each reduced to one number a fork on a common {@link Scale}, together with what is
 * known of the noise from elsewhere.
 *
 * <p>Forks (processes) are what repeats independently; iterations inside one share its luck.
 */
public final class Arms {
    private final Scale scale;
    private final double[] base;
    private final double[] candidate;
    private final boolean interleaved;
    private final Optional<KnownVariance> history;
    private final Optional<KnownVariance> within;
    private final double runDeviation;

    /**
     * A variance of fork values known from elsewhere.
     *
     * @param variance on the scale of the arms, zero or more
     * @param degreesOfFreedom above zero
     */
    public record KnownVariance(double variance, double degreesOfFreedom) {
        public KnownVariance {
            Require.nonNegative(variance, "variance");
            if (!(degreesOfFreedom > 0 && degreesOfFreedom < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "degrees of freedom must be above zero and finite: " + degreesOfFreedom);
            }
        }
    }

    private Arms(
            Scale scale,
            double[] base,
            double[] candidate,
            boolean interleaved,
            Optional<KnownVariance> history,
            Optional<KnownVariance> within,
            double runDeviation) {
        this.scale = scale;
        this.base = base;
        this.candidate = candidate;
        this.interleaved = interleaved;
        this.history = history;
        this.within = within;
        this.runDeviation = runDeviation;
    }

    /** Arms from the iterations of each fork, a fork counting by the mean of its iterations. */
    public static Arms ofIterations(double[][] base, double[][] candidate) {
        return ofIterations(base, candidate, ForkValue.MEAN);
    }

    /**
     * Arms from the iterations of each fork.
     *
     * <p>The scale is logarithmic unless a fork's value is zero or negative. Forks may have different numbers of
     * iterations. The scatter inside the forks is kept: it is all there is to go by when each side has a single fork.
     *
     * @param base at least one fork of at least one finite value
     * @param candidate the same for the candidate
     * @param value how a fork's iterations become one value
     * @throws IllegalArgumentException if a side or fork is empty, or a value is not finite; the message names it
     */
    public static Arms ofIterations(double[][] base, double[][] candidate, ForkValue value) {
        List<double[][]> counted = value.counted(finite(base, "base"), finite(candidate, "candidate"));
        double[][] baseCounted = counted.get(0);
        double[][] candidateCounted = counted.get(1);
        double[] baseValues = values(baseCounted, value);
        double[] candidateValues = values(candidateCounted, value);
        Arms arms = ofForks(baseValues, candidateValues);
        Within inside = new Within(arms.scale, Location.mean(baseValues));
        inside.add(baseCounted, baseValues);
        inside.add(candidateCounted, candidateValues);
        return inside.known().map(arms::withWithin).orElse(arms);
    }

    /**
     * Arms from one value a fork, in the unit measured: a mean, a median or a quantile of the fork's iterations.
     *
     * <p>The scale is logarithmic unless a value is zero or negative.
     *
     * @param base at least one finite value
     * @param candidate at least one finite value
     */
    public static Arms ofForks(double[] base, double[] candidate) {
        Scale scale = Scale.finest(base, candidate);
        double origin = Location.mean(base);
        return new Arms(
                scale,
                scale.of(base, origin),
                scale.of(candidate, origin),
                false,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /**
     * Arms from a quantile of each fork, for comparing tails: one histogram a fork.
     *
     * <p>The scatter of the quantile inside a fork is kept, as if the values were independent: it is all there is to go
     * by when each side has a single fork. Of a quantile beyond what the number of values can show (the 0.999 of 100
     * values) that scatter is understated.
     *
     * @param base at least one fork
     * @param candidate at least one fork
     * <p>Where forks saw different numbers of values, quantiles are interpolated.
     *
     * @param probability of the quantile, between 0 and 1 (0.99 for the value that 1 % exceed)
     */
    public static Arms ofQuantiles(List<Histogram> base, List<Histogram> candidate, double probability) {
        Require.fraction(probability, "probability");
        present(base, "base");
        present(candidate, "candidate");
        List<double[]> values = Histogram.comparableQuantiles(base, candidate, probability);
        double[] baseValues = values.get(0);
        double[] candidateValues = values.get(1);
        Arms arms = ofForks(baseValues, candidateValues);
        double origin = Location.mean(baseValues);
        double variance = 0;
        double degrees = 0;
        for (List<Histogram> side : List.of(base, candidate)) {
            for (Histogram fork : side) {
                double own = Math.max(0, fork.total() - 1);
                double error = arms.scale == Scale.LOG && !(fork.quantile(0) > 0)
                        ? fork.quantileError(probability, Scale.RELATIVE, fork.quantile(probability))
                        : fork.quantileError(probability, arms.scale, origin);
                variance += own * error * error;
                degrees += own;
            }
        }
        return degrees > 0 ? arms.withWithin(new KnownVariance(variance / degrees, degrees)) : arms;
    }

    private static void present(List<Histogram> forks, String name) {
        if (forks.isEmpty()) {
            throw new IllegalArgumentException(name + " has no forks");
        }
    }

    /** Arms from one logarithm a fork. */
    public static Arms ofLogs(double[] base, double[] candidate) {
        return new Arms(
                Scale.LOG,
                Require.finite(base, 1, "base").clone(),
                Require.finite(candidate, 1, "candidate").clone(),
                false,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    /**
     * The same arms, known to have been measured in turn: the i-th fork of one side next to the i-th of the other, so
     * that whatever the host did to one it did to both.
     *
     * @throws IllegalArgumentException if the sides have different numbers of forks
     */
    public Arms interleaved() {
        if (base.length != candidate.length) {
            throw new IllegalArgumentException(
                    "interleaved forks come in pairs, but there are " + base.length + " and " + candidate.length);
        }
        return new Arms(scale, base, candidate, true, history, within, runDeviation);
    }

    /** The same arms with the variance that fork values had inside earlier runs of the same benchmark. */
    public Arms withHistory(KnownVariance newHistory) {
        return new Arms(scale, base, candidate, interleaved, Optional.of(newHistory), within, runDeviation);
    }

    /** The same arms with the variance of one fork's value that the scatter of its iterations alone explains. */
    public Arms withWithin(KnownVariance newWithin) {
        return new Arms(scale, base, candidate, interleaved, history, Optional.of(newWithin), runDeviation);
    }

    /**
     * The same arms with the standard deviation of whole runs around each other, beyond that of their forks, on the
     * scale of the arms. It widens every interval unless the arms are interleaved.
     */
    public Arms withRunDeviation(double newRunDeviation) {
        return new Arms(
                scale,
                base,
                candidate,
                interleaved,
                history,
                within,
                Require.nonNegative(newRunDeviation, "runDeviation"));
    }

    public Scale scale() {
        return scale;
    }

    public boolean isInterleaved() {
        return interleaved;
    }

    public Optional<KnownVariance> history() {
        return history;
    }

    public Optional<KnownVariance> within() {
        return within;
    }

    /** The variance inside forks, zero where unknown. */
    public double withinVariance() {
        return within.map(KnownVariance::variance).orElse(0.0);
    }

    public double runDeviation() {
        return runDeviation;
    }

    public int baseForks() {
        return base.length;
    }

    public int candidateForks() {
        return candidate.length;
    }

    /** A copy of the base's fork values on the scale. */
    public double[] base() {
        return base.clone();
    }

    /** A copy of the candidate's fork values on the scale. */
    public double[] candidate() {
        return candidate.clone();
    }

    private static double[][] finite(double[][] forks, String name) {
        if (forks.length == 0) {
            throw new IllegalArgumentException(name + " has no forks");
        }
        for (int i = 0; i < forks.length; i++) {
            Require.finite(forks[i], 1, name + "[" + i + "]");
        }
        return forks;
    }

    private static double[] values(double[][] counted, ForkValue value) {
        double[] values = new double[counted.length];
        Arrays.setAll(values, i -> value.of(counted[i]));
        return values;
    }

    /** Pools the scatter of iterations around their fork's mean, as the variance of such a mean. */
    private static final class Within {
        private final Scale scale;
        private final double origin;
        private double weighted;
        private double degrees;

        Within(Scale scale, double origin) {
            this.scale = scale;
            this.origin = origin;
        }

        void add(double[][] forks, double[] values) {
            for (int i = 0; i < forks.length; i++) {
                int n = forks[i].length;
                if (n > 1) {
                    double deviation = Spread.standardDeviation(forks[i]);
                    double unit =
                            switch (scale) {
                                case LOG -> values[i];
                                case RELATIVE -> Math.abs(origin);
                                case ABSOLUTE -> 1;
                            };
                    double relative = Scale.bounded(deviation / unit);
                    weighted += (n - 1) * relative * relative / n;
                    degrees += n - 1;
                }
            }
        }

        Optional<KnownVariance> known() {
            return degrees > 0 ? Optional.of(new KnownVariance(weighted / degrees, degrees)) : Optional.empty();
        }
    }
}
