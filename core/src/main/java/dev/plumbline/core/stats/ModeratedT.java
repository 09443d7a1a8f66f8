package dev.plumbline.core.stats;

import dev.plumbline.core.stats.distribution.Alternative;
import dev.plumbline.core.stats.distribution.FisherF;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.Require;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Arms;
import dev.plumbline.core.stats.sample.HodgesLehmann;
import dev.plumbline.core.stats.sample.Moments;
import dev.plumbline.core.stats.sample.Scale;
import dev.plumbline.core.stats.sample.Spread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Compares the two sides of every benchmark of a suite by their forks, where each benchmark borrows strength from the
 * variances of the others.
 *
 * <p>With few forks a variance is hardly known, and the t test has to allow for that. But benchmarks of one suite are
 * alike: weighing the variance of each against that of all others buys degrees of freedom, and with them power, without
 * more false alarms (the moderated t statistic of Smyth 2004). The benchmark's own history counts in the same way. With
 * fewer than {@value VariancePrior#LEAST_VARIANCES} benchmarks that scatter nothing is borrowed, and the test is
 * Student's.
 *
 * <p>From eight forks a side, outliers are searched for, and if they make the means imprecise, the comparison uses
 * ranks.
 */
public final class ModeratedT {
    private static final double NOISE_CHANGED_AT = 1e-3;
    private static final double DEGREES_AT_MOST = 500;
    private static final int SHAPE_DRAWS = 999;
    private static final int FORKS_FOR_RANKS = 8;
    private static final double RANKS_WHEN_SHORTER = 0.7;
    private static final double ALIKE_WITHIN = 2.5;
    private static final int FORKS_AT_MOST = 100_000;

    private static final ModeratedT DEFAULT = new ModeratedT(0.05, 0.02, 1);

    private final double level;
    private final double margin;
    private final long seed;

    private ModeratedT(double level, double margin, long seed) {
        this.level = level;
        this.margin = margin;
        this.seed = seed;
    }

    /** A level of 5 % for the suite and a margin of 2 %. */
    public static ModeratedT withDefaults() {
        return DEFAULT;
    }

    /**
     * The level of the whole suite: intervals have confidence one less the level, that for equivalence one less twice
     * the level; minimal detectable changes and forks needed allow for the size of the suite.
     */
    public ModeratedT withLevel(double newLevel) {
        if (!(newLevel > 0 && newLevel < 0.5)) {
            throw new IllegalArgumentException("level must lie between 0 and 0.5: " + newLevel);
        }
        return new ModeratedT(newLevel, margin, seed);
    }

    /** The least relative change that matters (0.02 is 2 %). */
    public ModeratedT withMargin(double newMargin) {
        return new ModeratedT(level, Require.fraction(newMargin, "margin"), seed);
    }

    /** The seed of the permutation that checks the shape where there are too many deals to visit. */
    public ModeratedT withSeed(long newSeed) {
        return new ModeratedT(level, margin, newSeed);
    }

    /** The prior that a suite gives: what its benchmarks' variances have in common. */
    public VariancePrior prior(List<Arms> suite) {
        double[] variances = new double[suite.size()];
        double[] degrees = new double[suite.size()];
        double[] within = new double[suite.size()];
        for (int i = 0; i < variances.length; i++) {
            Scatter own = Scatter.of(suite.get(i)).withHistory(suite.get(i));
            // the noise of a comparison without ratio is in units of its own
            if (suite.get(i).scale() != Scale.ABSOLUTE) {
                variances[i] = own.variance;
                degrees[i] = own.degrees;
                within[i] = suite.get(i).withinVariance();
            }
        }
        return VariancePrior.fit(variances, degrees, within);
    }

    /** Compares every benchmark of a suite; the results have the order of the arguments. */
    public List<Result> test(List<Arms> suite) {
        VariancePrior prior = prior(suite);
        List<Result> results = new ArrayList<>(suite.size());
        for (Arms arms : suite) {
            results.add(test(arms, prior, suite.size()));
        }
        return Collections.unmodifiableList(results);
    }

    /** Compares one benchmark by itself. */
    public Result test(Arms arms) {
        return test(arms, VariancePrior.NONE, 1);
    }

    /**
     * Compares one benchmark of a suite.
     *
     * @param prior of the variances, from the suite, this one or an earlier one
     * @param suiteSize how many benchmarks are compared at once, at least 1
     */
    public Result test(Arms arms, VariancePrior prior, int suiteSize) {
        if (suiteSize < 1) {
            throw new IllegalArgumentException("a suite has at least one benchmark: " + suiteSize);
        }
        EnumSet<Flag> flags = EnumSet.noneOf(Flag.class);
        Scale scale = arms.scale();
        switch (scale) {
            case LOG -> {}
            case RELATIVE -> flags.add(Flag.NOT_LOGARITHMIC);
            case ABSOLUTE -> {
                flags.add(Flag.NOT_LOGARITHMIC);
                flags.add(Flag.NO_RATIO);
            }
        }
        if (Math.min(arms.baseForks(), arms.candidateForks()) < 3) {
            flags.add(Flag.FEW_FORKS);
        }
        VariancePrior ownPrior = scale == Scale.ABSOLUTE ? VariancePrior.NONE : prior.at(arms.withinVariance());
        Noise noise = noise(arms, ownPrior, flags);
        double oneOfSuite = level / suiteSize;
        Result byMeans = byMeans(arms, noise, oneOfSuite, flags);
        return byRanks(arms, byMeans, oneOfSuite, flags).orElse(byMeans);
    }

    private Result byMeans(Arms arms, Noise noise, double oneOfSuite, EnumSet<Flag> flags) {
        Scale scale = arms.scale();
        double difference = Scatter.of(arms).difference;
        double error = noise.error(arms);
        double degrees = noise.degrees;
        double statistic = Welch.statistic(difference, error);
        double pValue = degrees == 0 ? 1 : StudentT.pValue(statistic, degrees, Alternative.TWO_SIDED);
        double marginOnScale = scale.difference(margin);
        EnumSet<Flag> allFlags = EnumSet.copyOf(flags);
        if (noise.isOrdinary
                && !arms.isInterleaved()
                && Math.min(arms.baseForks(), arms.candidateForks()) >= 6
                && pValue < 0.01
                && Permutation.withDefaults()
                                .withSeed(seed)
                                .withDraws(SHAPE_DRAWS)
                                .test(arms.base(), arms.candidate())
                                .pValue()
                        > 0.05) {
            allFlags.add(Flag.SHAPE);
        }
        return new Result(
                scale,
                difference,
                error,
                degrees,
                statistic,
                pValue,
                oneSided(statistic, degrees, Alternative.GREATER),
                oneSided(statistic, degrees, Alternative.LESS),
                interval(difference, error, degrees, 1 - level),
                interval(difference, error, degrees, 1 - 2 * level),
                scale == Scale.ABSOLUTE
                        ? (difference == 0 && error == 0 ? 0 : 1)
                        : Tost.within(marginOnScale).pValue(difference, error, degrees),
                detectable(error, degrees, oneOfSuite, 0.80),
                detectable(error, degrees, oneOfSuite, 0.99),
                noise.forkDeviation(),
                forksNeeded(noise, arms, oneOfSuite, marginOnScale),
                Collections.unmodifiableSet(allFlags));
    }

    /**
     * The comparison by ranks, where that is much more precise than by means: with a few outlying forks, the interval
     * of the Hodges–Lehmann shift is several times narrower. Normal forks hardly ever shorten it that much
     * for, so that choosing by the widths costs nothing of the level.
     */
    private Optional<Result> byRanks(Arms arms, Result byMeans, double oneOfSuite, EnumSet<Flag> flags) {
        int m = arms.baseForks();
        int n = arms.candidateForks();
        if (arms.isInterleaved() || arms.runDeviation() > 0 || Math.min(m, n) < FORKS_FOR_RANKS) {
            return Optional.empty();
        }
        double[] base = arms.base();
        double[] candidate = arms.candidate();
        if (!scattersAlike(base, candidate)) {
            return Optional.empty();
        }
        HodgesLehmann.Result shift = HodgesLehmann.of(base, candidate, 1 - level);
        double width = shift.interval().width();
        double degrees = m + n - 2.0;
        Scatter own = Scatter.of(arms);
        // a benchmark quieter than its suite has no outliers, so its own variance counts too
        double ownWidth =
                2 * StudentT.upperQuantile(level / 2, degrees) * Math.sqrt(own.variance * (1.0 / m + 1.0 / n));
        double narrower = Math.min(ownWidth, byMeans.interval().width());
        if (!(width > 0 && width < RANKS_WHEN_SHORTER * narrower)) {
            return Optional.empty();
        }
        Scale scale = arms.scale();
        double marginOnScale = scale.difference(margin);
        double error = width / 2 / StudentT.upperQuantile(level / 2, degrees);
        Noise noise = new Noise(error * error / (1.0 / m + 1.0 / n), 0, degrees, degrees, true);
        EnumSet<Flag> allFlags = EnumSet.copyOf(flags);
        // an outlying fork on one side looks like a change of noise
        allFlags.remove(Flag.NOISE_CHANGED);
        allFlags.add(Flag.WILD_FORKS);
        RankSum test = RankSum.withDefaults();
        double equivalence = scale == Scale.ABSOLUTE
                ? 1
                : Math.max(
                        test.with(Alternative.GREATER)
                                .test(base, plus(candidate, marginOnScale))
                                .pValue(),
                        test.with(Alternative.LESS)
                                .test(base, plus(candidate, -marginOnScale))
                                .pValue());
        return Optional.of(new Result(
                scale,
                shift.shift(),
                error,
                degrees,
                shift.shift() / error,
                test.test(base, candidate).pValue(),
                test.with(Alternative.GREATER).test(base, candidate).pValue(),
                test.with(Alternative.LESS).test(base, candidate).pValue(),
                shift.interval(),
                HodgesLehmann.of(base, candidate, 1 - 2 * level).interval(),
                equivalence,
                detectable(error, degrees, oneOfSuite, 0.80),
                detectable(error, degrees, oneOfSuite, 0.99),
                noise.forkDeviation(),
                forksNeeded(noise, arms, oneOfSuite, marginOnScale),
                Collections.unmodifiableSet(allFlags)));
    }

    /** Whether the variances of both sides are similar apart from outliers, as the rank-sum test requires. */
    private static boolean scattersAlike(double[] base, double[] candidate) {
        double ofBase = Spread.winsorisedDeviation(base);
        double ofCandidate = Spread.winsorisedDeviation(candidate);
        return Math.max(ofBase, ofCandidate) <= ALIKE_WITHIN * Math.min(ofBase, ofCandidate);
    }

    private static double[] plus(double[] values, double difference) {
        double[] result = values.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] += difference;
        }
        return result;
    }

    private Noise noise(Arms arms, VariancePrior prior, EnumSet<Flag> flags) {
        Scatter own = Scatter.of(arms);
        Scatter seen = own.withHistory(arms);
        if (seen.degrees == 0) {
            return singleForkNoise(arms, prior, flags);
        }
        if (seen.variance == 0) {
            flags.add(Flag.DETERMINISTIC);
            return new Noise(0, 0, seen.degrees, 0, false);
        }
        if (!arms.isInterleaved() && own.noiseChanged()) {
            flags.add(Flag.NOISE_CHANGED);
            double baseVariance = own.base.variance() / own.base.count();
            double candidateVariance = own.candidate.variance() / own.candidate.count();
            double degrees = Welch.satterthwaite(
                    baseVariance, own.base.count() - 1.0, candidateVariance, own.candidate.count() - 1.0);
            double factor = 1.0 / own.base.count() + 1.0 / own.candidate.count();
            double variance = (baseVariance + candidateVariance) / factor;
            return new Noise(variance, 0, degrees, degrees, false);
        }
        double variance = prior.moderate(seen.variance, seen.degrees);
        double known = prior.degreesOfFreedom() + seen.degrees;
        double borrowed = Math.min(known, DEGREES_AT_MOST) - own.degrees;
        return new Noise(variance, Math.max(0, borrowed), Math.min(known, DEGREES_AT_MOST), own.degrees, true);
    }

    private static Noise singleForkNoise(Arms arms, VariancePrior prior, EnumSet<Flag> flags) {
        if (prior.degreesOfFreedom() > 0) {
            flags.add(Flag.BORROWED_ONLY);
            double degrees = Math.min(prior.degreesOfFreedom(), DEGREES_AT_MOST);
            return new Noise(prior.variance(), degrees, degrees, 0, true);
        }
        if (arms.within().isEmpty()) {
            flags.add(Flag.NO_VARIANCE);
            return new Noise(Double.POSITIVE_INFINITY, 0, 0, 0, false);
        }
        Arms.KnownVariance within = arms.within().get();
        if (within.variance() == 0) {
            flags.add(Flag.DETERMINISTIC);
            return new Noise(0, 0, within.degreesOfFreedom(), 0, false);
        }
        flags.add(Flag.WITHIN_FORK_ONLY);
        return new Noise(within.variance(), within.degreesOfFreedom(), within.degreesOfFreedom(), 0, false);
    }

    private static double oneSided(double statistic, double degrees, Alternative alternative) {
        return degrees == 0 ? 1 : StudentT.pValue(statistic, degrees, alternative);
    }

    private static Interval interval(double difference, double error, double degrees, double confidence) {
        if (error == Double.POSITIVE_INFINITY) {
            return Interval.unbounded(confidence);
        }
        double half = error == 0 ? 0 : StudentT.upperQuantile((1 - confidence) / 2, degrees) * error;
        return new Interval(difference - half, difference + half, confidence);
    }

    /** The difference that a two-sided test at the level finds with the given power. */
    private static double detectable(double error, double degrees, double alpha, double power) {
        if (error == 0) {
            return 0;
        }
        if (degrees == 0) {
            return Double.POSITIVE_INFINITY;
        }
        return error * (StudentT.upperQuantile(alpha / 2, degrees) + StudentT.upperQuantile(1 - power, degrees));
    }

    /** The least number of forks a side that finds a difference of the margin with 99 % power. */
    private static OptionalInt forksNeeded(Noise noise, Arms arms, double alpha, double margin) {
        if (noise.variance == 0) {
            return OptionalInt.of(1);
        }
        if (noise.variance == Double.POSITIVE_INFINITY
                || arms.scale() == Scale.ABSOLUTE
                || !isEnough(noise, arms, alpha, margin, FORKS_AT_MOST)) {
            return OptionalInt.empty();
        }
        int low = 2;
        int high = FORKS_AT_MOST;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isEnough(noise, arms, alpha, margin, middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return OptionalInt.of(low);
    }

    private static boolean isEnough(Noise noise, Arms arms, double alpha, double margin, int forks) {
        double own = arms.isInterleaved() ? forks - 1.0 : 2.0 * forks - 2;
        double degrees = Math.min(noise.borrowedDegrees + own, DEGREES_AT_MOST);
        double run = arms.isInterleaved() ? 0 : 2 * arms.runDeviation() * arms.runDeviation();
        double error = Math.sqrt(2 * noise.variance / forks + run);
        // the normal quantiles are a lower bound, and cheap
        return detectable(error, Double.POSITIVE_INFINITY, alpha, 0.99) <= margin
                && detectable(error, degrees, alpha, 0.99) <= margin;
    }

    /** The variance of one fork's value, and how well it is known. */
    private record Noise(
            double variance, double borrowedDegrees, double degrees, double ownDegrees, boolean isOrdinary) {
        double error(Arms arms) {
            if (variance == Double.POSITIVE_INFINITY) {
                return Double.POSITIVE_INFINITY;
            }
            double run = arms.isInterleaved() ? 0 : 2 * arms.runDeviation() * arms.runDeviation();
            return Math.sqrt(variance * (1.0 / arms.baseForks() + 1.0 / arms.candidateForks()) + run);
        }

        double forkDeviation() {
            return Math.sqrt(variance);
        }
    }

    /** The evidence of the arms' forks alone: their difference, and the variance of one fork's value. */
    private static final class Scatter {
        private final Moments base;
        private final Moments candidate;
        private final double difference;
        private final double variance;
        private final double degrees;

        private Scatter(Moments base, Moments candidate, double difference, double variance, double degrees) {
            this.base = base;
            this.candidate = candidate;
            this.difference = difference;
            this.variance = variance;
            this.degrees = degrees;
        }

        static Scatter of(Arms arms) {
            double[] first = arms.base();
            double[] second = arms.candidate();
            Moments base = Moments.of(first);
            Moments candidate = Moments.of(second);
            double difference = base.to(candidate);
            if (!arms.isInterleaved()) {
                double degrees = base.count() + candidate.count() - 2.0;
                double variance = degrees == 0 ? 0 : (base.squares() + candidate.squares()) / degrees;
                return new Scatter(base, candidate, difference, variance, degrees);
            }
            double[] differences = new double[first.length];
            for (int i = 0; i < first.length; i++) {
                differences[i] = second[i] - first[i];
            }
            boolean still = base.squares() == 0 && candidate.squares() == 0;
            double variance = still ? 0 : Moments.of(differences).variance() / 2;
            return new Scatter(base, candidate, difference, variance, first.length - 1.0);
        }

        Scatter withHistory(Arms arms) {
            if (arms.history().isEmpty()) {
                return this;
            }
            Arms.KnownVariance history = arms.history().get();
            double total = degrees + history.degreesOfFreedom();
            double pooled = (degrees * variance + history.degreesOfFreedom() * history.variance()) / total;
            return new Scatter(base, candidate, difference, pooled, total);
        }

        boolean noiseChanged() {
            int degreesBase = base.count() - 1;
            int degreesCandidate = candidate.count() - 1;
            if (degreesBase < 1 || degreesCandidate < 1) {
                return false;
            }
            double varianceBase = base.variance();
            double varianceCandidate = candidate.variance();
            if (varianceBase == 0 || varianceCandidate == 0) {
                return varianceBase != varianceCandidate;
            }
            return varianceBase > varianceCandidate
                    ? FisherF.survival(varianceBase / varianceCandidate, degreesBase, degreesCandidate)
                            < NOISE_CHANGED_AT / 2
                    : FisherF.survival(varianceCandidate / varianceBase, degreesCandidate, degreesBase)
                            < NOISE_CHANGED_AT / 2;
        }
    }

    /**
     * The result of comparing one benchmark.
     *
     * <p>All numbers are on the scale, where zero is no difference; the methods turn them into ratios and relative
     * changes. None is NaN. With {@link Flag#WILD_FORKS} the p-values are those of the rank-sum test, and the error,
     * statistic and what follows from them are read off the interval of the Hodges–Lehmann shift.
     *
     * @param scale of all differences
     * @param difference candidate minus base
     * @param standardError of the difference; infinite when nothing is known of the scatter, zero when nothing scatters
     * @param degreesOfFreedom of the error, those borrowed included; zero only with an infinite error
     * @param statistic the difference in units of its error; infinite for a difference where nothing scatters
     * @param pValue of the two-sided test
     * @param pValueGreater of the test that the candidate is above
     * @param pValueLess of the test that the candidate is below
     * @param interval of the difference, with confidence one less the level
     * @param equivalenceInterval with confidence one less twice the level: inside the margin means no relevant change
     * @param equivalencePValue of the two one-sided tests against the margin; 1 where there is no ratio to judge by
     * @param detectable80 the difference found with 80 % power at the level shared by the suite
     * @param detectable99 the same with 99 % power
     * @param forkDeviation the standard deviation of one fork's value; infinite when unknown
     * @param forksNeeded a side, to find a difference of the margin with 99 % power; empty where no number of forks is
     *     enough, nothing is known of the scatter, or a margin has nothing to be relative to
     * @param flags what to doubt
     */
    public record Result(
            Scale scale,
            double difference,
            double standardError,
            double degreesOfFreedom,
            double statistic,
            double pValue,
            double pValueGreater,
            double pValueLess,
            Interval interval,
            Interval equivalenceInterval,
            double equivalencePValue,
            double detectable80,
            double detectable99,
            double forkDeviation,
            OptionalInt forksNeeded,
            Set<Flag> flags) {
        /** Candidate over base. */
        public double ratio() {
            return scale.ratio(difference);
        }

        /** Candidate over base, less one (0.12 is 12 %). */
        public double relativeChange() {
            return scale.relativeChange(difference);
        }

        /** The interval of {@link #ratio()}. */
        public Interval ratioInterval() {
            return scale.ratio(interval);
        }

        /** The interval of {@link #ratio()} that shows equivalence when it lies inside the margin. */
        public Interval equivalenceRatioInterval() {
            return scale.ratio(equivalenceInterval);
        }

        /** {@link #detectable80} as a relative rise. */
        public double detectableChange80() {
            return scale.relativeChange(detectable80);
        }

        /** {@link #detectable99} as a relative rise. */
        public double detectableChange99() {
            return scale.relativeChange(detectable99);
        }
    }
}
