package dev.plumbline.core.compare;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.ProcessEvidence;
import dev.plumbline.core.finding.Reason;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.stats.Adjustment;
import dev.plumbline.core.stats.CliffsDelta;
import dev.plumbline.core.stats.Flag;
import dev.plumbline.core.stats.ModeratedT;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.sample.Arms;
import dev.plumbline.core.stats.sample.ForkValue;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import dev.plumbline.core.threshold.WorkCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Compares two sets of results, benchmark by benchmark, with the fork as the unit of replication.
 *
 * <p>Iterations inside one process resemble each other more than those of two processes do, so a test that takes them
 * for independent calls noise a change in every second comparison. Here a fork counts once ({@link ModeratedT}), its
 * scatter is steadied by that of the rest of the suite, and p-values are adjusted for the suite by Benjamini and
 * Hochberg (1995), which is valid for the positive dependence that metrics of one benchmark have (Benjamini and
 * Yekutieli 2001).
 */
public final class Comparison {
    /** The seed of all chance in a comparison: of the permutations, where there are too many to visit. */
    public static final long SEED = 1;

    private static final int FEWEST_FORKS = 3;

    /** Fewer values of one process do not show their scatter. */
    private static final int FEWEST_VALUES = 5;

    private final Policies policies;

    /** @param policies what each series is judged with; one {@link Policy} for all is one */
    public Comparison(Policies policies) {
        this.policies = requireNonNull(policies, "policies");
    }

    /**
     * Compares a suite.
     *
     * @return one finding for each pair, in their order
     */
    public List<Finding> compare(List<Pair> suite) {
        List<Arms> arms = suite.stream().map(Comparison::arms).toList();
        Map<Double, List<ModeratedT.Result>> byMargin = new HashMap<>();
        List<ModeratedT.Result> results =
                byMargin.computeIfAbsent(policies.general().testedMargin(), margin -> test(arms, margin));
        double[] rises = adjusted(results, ModeratedT.Result::pValueGreater);
        double[] falls = adjusted(results, ModeratedT.Result::pValueLess);
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < suite.size(); i++) {
            double adjusted = results.get(i).difference() > 0 ? rises[i] : falls[i];
            Pair pair = suite.get(i);
            Policy policy = policies.of(pair.key(), pair.metric().unit());
            // the margin moves nothing but how many forks it takes to see it
            ModeratedT.Result result = byMargin.computeIfAbsent(policy.testedMargin(), margin -> test(arms, margin))
                    .get(i);
            findings.add(new Verdicts(policy, pair, arms.get(i), result, adjusted, suite.size()).finding());
        }
        return findings;
    }

    private List<ModeratedT.Result> test(List<Arms> arms, double margin) {
        return ModeratedT.withDefaults()
                .withSeed(SEED)
                .withLevel(1 - policies.general().confidence())
                .withMargin(margin)
                .test(arms);
    }

    /** Rises and falls are two families: only one of them fails the gate, and it is not corrected for the other. */
    private static double[] adjusted(List<ModeratedT.Result> results, ToDoubleFunction<ModeratedT.Result> pValue) {
        return Adjustment.BENJAMINI_HOCHBERG.adjust(
                results.stream().mapToDouble(pValue).toArray());
    }

    private static Arms arms(Pair pair) {
        double factor = pair.baseUnit().factor() / pair.metric().unit().factor();
        List<Sample> base = pair.base();
        List<Sample> candidate = pair.candidate();
        if (isRaw(base) && isRaw(candidate)) {
            ForkValue value = pair.metric().unit().isSpeed() ? ForkValue.WINSORISED_MEAN : ForkValue.MEAN;
            Better better = pair.metric().better();
            return Arms.ofIterations(iterations(base, factor, better), iterations(candidate, 1, better), value);
        }
        Arms arms = Arms.ofForks(locations(base, factor), locations(candidate, 1));
        return statedVariance(base, candidate)
                .or(() -> varianceOfMedians(base, candidate))
                .map(arms::withWithin)
                .orElse(arms);
    }

    /**
     * The variance of the logarithm of a process's median, estimated from one process on each side: that of normal
     * values, which outliers only widen. The scatter between several processes shows more.
     */
    private static Optional<Arms.KnownVariance> varianceOfMedians(List<Sample> base, List<Sample> candidate) {
        double sum = 0;
        double degrees = 0;
        for (List<Sample> side : List.of(base, candidate)) {
            if (side.size() != 1
                    || !(side.get(0) instanceof Sample.Values values)
                    || values.groupCount() != 1
                    || values.size() < FEWEST_VALUES
                    || values.groupLocations()[0] <= 0) {
                return Optional.empty();
            }
            double relative = Spread.standardDeviation(values.group(0)) / values.groupLocations()[0];
            sum += Math.PI / 2 * relative * relative / values.size();
            degrees += values.size() - 1.0;
        }
        return sum > 0 ? Optional.of(new Arms.KnownVariance(sum / 2, degrees)) : Optional.empty();
    }

    private static boolean isRaw(List<Sample> samples) {
        return samples.stream()
                .allMatch(sample -> sample instanceof Sample.Values values && values.center() != Sample.Center.MEDIAN);
    }

    private static double[][] iterations(List<Sample> samples, double factor, Better better) {
        List<double[]> forks = new ArrayList<>();
        for (Sample sample : samples) {
            Sample.Values values = ((Sample.Values) sample).steady(better);
            for (int i = 0; i < values.groupCount(); i++) {
                forks.add(scaled(values.group(i), factor));
            }
        }
        return forks.toArray(new double[0][]);
    }

    private static double[] locations(List<Sample> samples, double factor) {
        return scaled(
                samples.stream()
                        .flatMapToDouble(sample -> Arrays.stream(sample.groupLocations()))
                        .toArray(),
                factor);
    }

    private static double[] scaled(double[] values, double factor) {
        if (factor == 1) {
            return values; // not multiplied, so that counters stay exact
        }
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return values;
    }

    /** The variance of the logarithm of one summary, as the summaries state it. */
    private static Optional<Arms.KnownVariance> statedVariance(List<Sample> base, List<Sample> candidate) {
        double sum = 0;
        double degrees = 0;
        int stated = 0;
        for (List<Sample> side : List.of(base, candidate)) {
            for (Sample sample : side) {
                if (sample instanceof Sample.Summary summary
                        && summary.standardDeviation().isPresent()
                        && summary.count() > 1
                        && summary.location() > 0) {
                    double relative = summary.standardDeviation().getAsDouble() / summary.location();
                    sum += relative * relative / summary.count();
                    degrees += summary.count() - 1.0;
                    stated++;
                }
            }
        }
        return stated == base.size() + candidate.size() && sum > 0
                ? Optional.of(new Arms.KnownVariance(sum / stated, degrees))
                : Optional.empty();
    }

    /** The verdict of one pair. */
    private static final class Verdicts {
        private Policy policy;
        private final Pair pair;
        private final Arms arms;
        private final ModeratedT.Result result;
        private final double adjusted;
        private final int suiteSize;
        private final List<Rung> trace = new ArrayList<>();

        Verdicts(Policy policy, Pair pair, Arms arms, ModeratedT.Result result, double adjusted, int suiteSize) {
            this.policy = policy;
            this.pair = pair;
            this.arms = arms;
            this.result = result;
            this.adjusted = adjusted;
            this.suiteSize = suiteSize;
        }

        Finding finding() {
            double[] base = locations(
                    pair.base(), pair.baseUnit().factor() / pair.metric().unit().factor());
            double[] candidate = locations(pair.candidate(), 1);
            double before = Location.mean(base);
            double after = Location.mean(candidate);
            tellForks(base, candidate);
            Policy unfloored = policy;
            policy = policy.at(before);
            policy.largeFloor(unfloored, before, pair.metric().unit())
                    .map(Rung::noted)
                    .ifPresent(trace::add);
            Verdict verdict = verdict(before, after);
            Severity severity = verdict instanceof Verdict.Regressed regressed
                    ? policy.severities().of(Math.abs(regressed.change().relativeChange()))
                    : Severity.NONE;
            double detectable = result.detectableChange99();
            return new Finding(
                    pair.key(),
                    pair.metric().unit(),
                    pair.metric().better(),
                    policy,
                    verdict,
                    severity,
                    OptionalDouble.of(after),
                    Optional.empty(),
                    isCounted() ? OptionalDouble.empty() : OptionalDouble.of(adjusted),
                    Double.isFinite(detectable) ? OptionalDouble.of(detectable) : OptionalDouble.empty(),
                    "",
                    trace,
                    warnings(),
                    List.of(),
                    Optional.empty());
        }

        /** Whether no test decided. */
        private boolean isCounted() {
            return trace.stream().anyMatch(rung -> rung.evidence() instanceof ProcessEvidence.Counted);
        }

        private void tellForks(double[] base, double[] candidate) {
            trace.add(Rung.passed(new ProcessEvidence.Forks(
                    base.length,
                    candidate.length,
                    known(result.forkDeviation()),
                    known(result.degreesOfFreedom()),
                    known(CliffsDelta.of(base, candidate, policy.confidence()).delta()))));
            tellSummaries();
        }

        /** Adds warnings about summaries that replace raw values. */
        private void tellSummaries() {
            List<Sample> samples = new ArrayList<>(pair.base());
            samples.addAll(pair.candidate());
            List<Sample.Summary> summaries = samples.stream()
                    .filter(Sample.Summary.class::isInstance)
                    .map(Sample.Summary.class::cast)
                    .toList();
            if (summaries.isEmpty()) {
                return;
            }
            long deviations = summaries.stream()
                    .filter(summary -> summary.standardDeviation().isPresent() && summary.count() > 1)
                    .count();
            long quantiles = summaries.stream()
                    .filter(summary -> !summary.quantiles().isEmpty())
                    .count();
            trace.add(
                    Rung.noted(new ProcessEvidence.Summaries(samples.size(), summaries.size(), deviations, quantiles)));
        }

        private Verdict verdict(double before, double after) {
            Optional<Verdict> counted = counted(before, after);
            if (counted.isPresent()) {
                return counted.get();
            }
            Set<Flag> flags = result.flags();
            if (flags.contains(Flag.NO_VARIANCE)) {
                Interval any = Interval.unbounded(policy.confidence());
                Effect seen = new Effect(
                        before,
                        after,
                        Effect.relativeChange(before, after),
                        isNegative() ? any : Effect.ofUnsigned(any));
                return undecided(new ProcessEvidence.SingleValues(FEWEST_FORKS), false, seen);
            }
            Effect effect = effect(before, after);
            boolean worse = pair.metric().better().isWorse(effect.relativeChange());
            boolean relevant = policy.isRelevant(effect);
            boolean certain = adjusted <= policy.suiteErrorRate();
            ProcessEvidence.Difference difference = new ProcessEvidence.Difference(
                    effect.relativeChange(), known(result.pValue()), adjusted, suiteSize, policy.suiteErrorRate());
            boolean optimistic = flags.contains(Flag.WITHIN_FORK_ONLY);
            if (certain && relevant && !optimistic) {
                trace.add(Rung.decided(difference));
                return worse ? new Verdict.Regressed(effect) : new Verdict.Improved(effect);
            }
            trace.add(Rung.passed(difference));
            if (certain && Math.abs(effect.relativeChange()) >= policy.margin() && policy.isBelowFloor(effect)) {
                trace.add(Rung.decided(new ProcessEvidence.BelowFloor(after - before, policy.floor())));
                return new Verdict.Unchanged(effect);
            }
            if (certain && relevant) {
                return undecided(new ProcessEvidence.SingleProcesses(FEWEST_FORKS), worse, effect);
            }
            Interval equivalence = relativeInterval(result.equivalenceRatioInterval());
            if (equivalence.isInside(-policy.testedMargin(), policy.testedMargin()) && !optimistic) {
                trace.add(Rung.decided(new ProcessEvidence.Equivalence(equivalence, policy.margin())));
                return new Verdict.Unchanged(effect);
            }
            return noisy(effect, certain && !optimistic);
        }

        /** The verdict where the counts agree on either side; empty where they do not, or leave it open. */
        private Optional<Verdict> counted(double before, double after) {
            boolean agree = WorkCounts.isOne(pair.metric())
                    && WorkCounts.agree(locations(pair.candidate(), 1))
                    && WorkCounts.agree(locations(pair.base(), 1));
            if (!agree || before == 0) {
                return Optional.empty();
            }
            double change = Effect.relativeChange(before, after);
            Effect effect = new Effect(
                    before,
                    after,
                    change,
                    new Interval(change - WorkCounts.NOISE, change + WorkCounts.NOISE, policy.confidence()));
            Rung decided = Rung.decided(new ProcessEvidence.Counted(change, WorkCounts.NOISE, policy.margin()));
            if (policy.isRelevant(effect) && !effect.interval().contains(0)) {
                trace.add(decided);
                boolean worse = pair.metric().better().isWorse(change);
                return Optional.of(worse ? new Verdict.Regressed(effect) : new Verdict.Improved(effect));
            }
            if (effect.interval().isInside(-policy.testedMargin(), policy.testedMargin())) {
                trace.add(decided);
                return Optional.of(new Verdict.Unchanged(effect));
            }
            return Optional.empty();
        }

        /** @param certain whether there is a change, however large */
        private Verdict noisy(Effect effect, boolean certain) {
            if (result.flags().contains(Flag.NO_RATIO)) {
                return open(new ProcessEvidence.ZeroBase(), false, OptionalInt.empty(), effect);
            }
            OptionalInt needed = result.forksNeeded();
            if (needed.isPresent() && result.flags().contains(Flag.WITHIN_FORK_ONLY)) {
                // the noise within one process is no estimate of the noise between processes
                needed = OptionalInt.of(Math.max(FEWEST_FORKS, needed.getAsInt()));
            }
            ProcessEvidence.Hidden why = new ProcessEvidence.Hidden(
                    certain,
                    pair.metric().better().isWorse(effect.relativeChange()),
                    policy.margin(),
                    needed,
                    result.flags().contains(Flag.WITHIN_FORK_ONLY),
                    pair.isOneRunEach());
            OptionalInt more = needed.isPresent()
                    ? OptionalInt.of(Math.max(1, needed.getAsInt() - arms.candidateForks()))
                    : OptionalInt.empty();
            return open(why, false, more, effect);
        }

        /** Too few processes to decide. */
        private <E extends Evidence & Reason> Verdict undecided(E why, boolean suspect, Effect effect) {
            return open(why, suspect, OptionalInt.of(FEWEST_FORKS - 1), effect);
        }

        private <E extends Evidence & Reason> Verdict open(E why, boolean suspect, OptionalInt more, Effect effect) {
            trace.add(Rung.decided(why));
            return new Verdict.Inconclusive(why, suspect, more, Optional.of(effect));
        }

        private Effect effect(double before, double after) {
            double change = result.flags().contains(Flag.NO_RATIO)
                    ? Effect.relativeChange(before, after)
                    : result.relativeChange();
            Interval interval = relativeInterval(result.ratioInterval());
            return new Effect(before, after, change, isNegative() ? interval : Effect.ofUnsigned(interval));
        }

        private boolean isNegative() {
            return DoubleStream.concat(
                            Arrays.stream(locations(pair.base(), 1)), Arrays.stream(locations(pair.candidate(), 1)))
                    .anyMatch(value -> value < 0);
        }

        private static Interval relativeInterval(Interval ratio) {
            return new Interval(ratio.low() - 1, ratio.high() - 1, ratio.confidence());
        }

        private List<Warning> warnings() {
            List<Warning> warnings = new ArrayList<>();
            Set<Flag> flags = result.flags();
            for (Flag flag : flags) {
                if (isDoubt(flag, flags)) {
                    warnings.add(new Warning.Flagged(flag));
                }
            }
            boolean summaries = pair.base().stream().anyMatch(Sample.Summary.class::isInstance)
                    || pair.candidate().stream().anyMatch(Sample.Summary.class::isInstance);
            if (summaries) {
                warnings.add(new Warning.SummariesOnly());
            }
            return warnings;
        }

        private boolean isDoubt(Flag flag, Set<Flag> flags) {
            return switch (flag) {
                case NOISE_CHANGED, SHAPE, WITHIN_FORK_ONLY, BORROWED_ONLY, WILD_FORKS -> true;
                // a single process is reported by the evidence used in place of the others
                case FEW_FORKS -> arms.baseForks() != 1 || arms.candidateForks() != 1;
                // where the base is zero nothing is relative, and two zeros are no difference
                case NOT_LOGARITHMIC -> !flags.contains(Flag.NO_RATIO);
                case NO_RATIO -> result.difference() != 0;
                case DETERMINISTIC, NO_VARIANCE -> false; // the decision trace reports these
            };
        }

        private static OptionalDouble known(double value) {
            return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
    }
}
