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
import dev.plumbline.core.finding.TailEvidence;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.Adjustment;
import dev.plumbline.core.stats.Flag;
import dev.plumbline.core.stats.ModeratedT;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.sample.Arms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/**
 * Compares the tails of two sets of results: the median and the 90th, 99th and 99.9th percentile of single executions,
 * where those are known, each as a separate finding.
 *
 * <p>The unit of replication is the process, as in {@link Comparison}: each gives one quantile, and those of the two
 * sides are compared ({@link Arms#ofQuantiles}, {@link ModeratedT}). Executions inside one process share its luck,
 * so that an interval from all of them together would be far too short. A quantile that fewer than {@value
 * TailQuantiles#BEYOND} executions of a process lie beyond is not known well enough, and the answer is inconclusive;
 * one within a single step of the recorder cannot be distinguished. P-values are adjusted over all tails of the
 * suite (Benjamini and Hochberg 1995), apart from the comparisons of levels.
 */
public final class TailComparison {
    private static final int FEWEST_FORKS = 3;

    private final Policies policies;

    /** @param policies what each series is judged with; one {@link Policy} for all is one */
    public TailComparison(Policies policies) {
        this.policies = requireNonNull(policies, "policies");
    }

    /**
     * Compares the tails of a suite.
     *
     * @return for each pair, in their order, its findings from the median outwards; none where single executions are
     *     not known. Their metric is the pair's with {@code p50}, {@code p90}, {@code p99} or {@code p99.9} behind
     */
    public List<List<Finding>> compare(List<Pair> suite) {
        List<Tail> all = new ArrayList<>();
        for (int i = 0; i < suite.size(); i++) {
            Pair pair = suite.get(i);
            for (TailQuantiles quantiles : TailQuantiles.of(pair)) {
                all.add(new Tail(i, pair, quantiles));
            }
        }
        for (Percentile percentile : Percentile.values()) {
            // each percentile borrows from its own kind: a 99th scatters otherwise than a median
            List<Tail> alike = all.stream()
                    .filter(tail -> tail.quantiles.percentile() == percentile && tail.quantiles.isEnough())
                    .toList();
            List<ModeratedT.Result> results = ModeratedT.withDefaults()
                    .withLevel(1 - policies.general().confidence())
                    .withMargin(policies.general().testedMargin())
                    .test(alike.stream().map(tail -> tail.quantiles.arms()).toList());
            for (int k = 0; k < alike.size(); k++) {
                alike.get(k).result = Optional.of(results.get(k));
            }
        }
        adjust(all);
        List<List<Finding>> findings = new ArrayList<>();
        suite.forEach(pair -> findings.add(new ArrayList<>()));
        all.forEach(tail -> findings.get(tail.place).add(tail.finding(policies)));
        return findings.stream().map(List::copyOf).toList();
    }

    /** Rises and falls are two families, as in the comparison of levels. */
    private static void adjust(List<Tail> all) {
        List<Tail> judged = all.stream().filter(tail -> tail.result.isPresent()).toList();
        double[] rises = adjusted(judged, ModeratedT.Result::pValueGreater);
        double[] falls = adjusted(judged, ModeratedT.Result::pValueLess);
        for (int i = 0; i < judged.size(); i++) {
            judged.get(i).adjusted = judged.get(i).result.orElseThrow().difference() > 0 ? rises[i] : falls[i];
            judged.get(i).suiteSize = judged.size();
        }
    }

    private static double[] adjusted(List<Tail> judged, ToDoubleFunction<ModeratedT.Result> pValue) {
        return Adjustment.BENJAMINI_HOCHBERG.adjust(judged.stream()
                .mapToDouble(tail -> pValue.applyAsDouble(tail.result.orElseThrow()))
                .toArray());
    }

    /** One percentile of one pair, while the suite is judged. */
    private static final class Tail {
        private final int place;
        private final Pair pair;
        private final TailQuantiles quantiles;
        private final List<Rung> trace = new ArrayList<>();
        private Optional<ModeratedT.Result> result = Optional.empty();
        private double adjusted = 1;
        private int suiteSize = 1;

        Tail(int place, Pair pair, TailQuantiles quantiles) {
            this.place = place;
            this.pair = pair;
            this.quantiles = quantiles;
        }

        Finding finding(Policies policies) {
            SeriesKey key = new SeriesKey(
                    pair.key().benchmark(),
                    pair.key().metric() + " " + quantiles.percentile().label(),
                    pair.key().environment(),
                    pair.key().branch());
            Policy asked = policies.of(key, pair.metric().unit());
            tellProcesses();
            double level = mean(quantiles.base());
            Policy policy = asked.at(level);
            policy.largeFloor(asked, level, pair.metric().unit())
                    .map(Rung::noted)
                    .ifPresent(trace::add);
            Verdict verdict = result.map(judged -> verdict(judged, policy)).orElseGet(this::tooFew);
            double detectable =
                    result.map(ModeratedT.Result::detectableChange99).orElse(Double.NaN);
            return new Finding(
                    key,
                    pair.metric().unit(),
                    pair.metric().better(),
                    policy,
                    verdict,
                    verdict instanceof Verdict.Regressed regressed
                            ? policy.severities().of(Math.abs(regressed.change().relativeChange()))
                            : Severity.NONE,
                    OptionalDouble.of(mean(quantiles.candidate())),
                    Optional.empty(),
                    result.isPresent() ? OptionalDouble.of(adjusted) : OptionalDouble.empty(),
                    Double.isFinite(detectable) ? OptionalDouble.of(detectable) : OptionalDouble.empty(),
                    "",
                    trace,
                    warnings(),
                    List.of(),
                    Optional.empty());
        }

        private static double mean(double[] values) {
            double sum = 0;
            for (double value : values) {
                sum += value / values.length;
            }
            return sum;
        }

        private void tellProcesses() {
            trace.add(Rung.passed(new TailEvidence.Processes(
                    quantiles.percentile().share(),
                    quantiles.base().length,
                    quantiles.candidate().length,
                    quantiles.fewestExecutions())));
        }

        private Verdict tooFew() {
            Percentile percentile = quantiles.percentile();
            return open(
                    new TailEvidence.TooFewExecutions(percentile.share(), percentile.executionsNeeded()),
                    false,
                    OptionalInt.empty(),
                    Optional.empty());
        }

        private <E extends Evidence & Reason> Verdict open(
                E why, boolean suspect, OptionalInt more, Optional<Effect> effect) {
            trace.add(Rung.decided(why));
            return new Verdict.Inconclusive(why, suspect, more, effect);
        }

        private Verdict verdict(ModeratedT.Result judged, Policy policy) {
            Effect effect = effect(judged);
            boolean worse = pair.metric().better().isWorse(effect.relativeChange());
            boolean single = judged.flags().contains(Flag.WITHIN_FORK_ONLY)
                    || judged.flags().contains(Flag.NO_VARIANCE);
            boolean relevant = policy.isRelevant(effect);
            boolean certain = adjusted <= policy.suiteErrorRate();
            TailEvidence.Difference difference = new TailEvidence.Difference(
                    effect.relativeChange(), judged.pValue(), adjusted, suiteSize, policy.suiteErrorRate());
            boolean apart = isApart(judged, effect);
            boolean decides = certain && relevant && apart && !single;
            trace.add(decides ? Rung.decided(difference) : Rung.passed(difference));
            if (decides) {
                return worse ? new Verdict.Regressed(effect) : new Verdict.Improved(effect);
            }
            if (single) {
                return open(
                        new TailEvidence.SingleProcess(FEWEST_FORKS),
                        certain && relevant && worse,
                        OptionalInt.of(FEWEST_FORKS - 1),
                        Optional.of(effect));
            }
            return certain && relevant ? unresolved(effect, policy) : equivalence(judged, effect, policy);
        }

        private Verdict equivalence(ModeratedT.Result judged, Effect effect, Policy policy) {
            Interval interval = relative(judged.equivalenceRatioInterval());
            boolean inside = interval.isInside(-policy.testedMargin(), policy.testedMargin());
            if (inside && !(quantiles.resolution() < policy.testedMargin())) {
                return unresolved(effect, policy);
            }
            if (inside) {
                trace.add(Rung.decided(new ProcessEvidence.Equivalence(interval, policy.margin())));
                return new Verdict.Unchanged(effect);
            }
            OptionalInt needed = judged.forksNeeded();
            return open(
                    new ProcessEvidence.Hidden(
                            false,
                            pair.metric().better().isWorse(effect.relativeChange()),
                            policy.margin(),
                            needed,
                            false,
                            pair.isOneRunEach()),
                    false,
                    needed.isPresent()
                            ? OptionalInt.of(Math.max(1, needed.getAsInt() - quantiles.candidate().length))
                            : OptionalInt.empty(),
                    Optional.of(effect));
        }

        /** Whether the two sides are further apart than a step of the recorder, or than rounding could put them. */
        private boolean isApart(ModeratedT.Result judged, Effect effect) {
            boolean rounded =
                    quantiles.fewestExecutions().isEmpty() && judged.flags().contains(Flag.DETERMINISTIC);
            return !rounded && Math.abs(effect.relativeChange()) > quantiles.resolution();
        }

        private Verdict unresolved(Effect effect, Policy policy) {
            return open(
                    new TailEvidence.Unresolved(quantiles.resolution(), policy.margin()),
                    false,
                    OptionalInt.empty(),
                    Optional.of(effect));
        }

        private Effect effect(ModeratedT.Result judged) {
            double before = mean(quantiles.base());
            double after = mean(quantiles.candidate());
            double change = judged.flags().contains(Flag.NO_RATIO)
                    ? Effect.relativeChange(before, after)
                    : judged.relativeChange();
            return new Effect(before, after, change, relative(judged.ratioInterval()));
        }

        private static Interval relative(Interval ratio) {
            return new Interval(ratio.low() - 1, ratio.high() - 1, ratio.confidence());
        }

        private List<Warning> warnings() {
            List<Warning> warnings = new ArrayList<>();
            if (quantiles.fewestExecutions().isEmpty()) {
                warnings.add(new Warning.StatedPercentiles());
            }
            result.ifPresent(judged -> {
                if (judged.flags().contains(Flag.NOISE_CHANGED)) {
                    warnings.add(new Warning.Flagged(Flag.NOISE_CHANGED));
                }
                if (judged.flags().contains(Flag.FEW_FORKS)) {
                    warnings.add(new Warning.Flagged(Flag.FEW_FORKS));
                }
            });
            return warnings;
        }
    }
}
