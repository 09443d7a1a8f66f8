package dev.plumbline.core.gate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Reason;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GatePolicy.Effect;
import dev.plumbline.core.gate.GateReason.Kind;
import dev.plumbline.core.gate.GateRule.Weight;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.Roles;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.RelativeChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns findings into pass or fail. Two-sided and fail-safe: missing benchmarks and results that are too good fail it
 * too.
 */
public final class Gate {
    /**
     * The fewest earlier runs from which a result can be too good; a comparison, which has none, uses its interval
     * alone.
     */
    private static final int LEAST_RUNS = 5;

    /**
     * As many earlier runs as good prove that a result is real: one or two may be those that the gate has stopped, and
     * from three on the history takes a level for one.
     */
    private static final int CONFIRMING = 3;

    private final GatePolicy policy;
    private final Cause.Remedy remedy;

    /** A gate for runs that are judged against a history. */
    public Gate(GatePolicy policy) {
        this(policy, Cause.Remedy.RUN_AGAIN);
    }

    /**
     * A gate for what is judged otherwise.
     *
     * @param remedy what a person does to settle a suspect
     */
    public Gate(GatePolicy policy, Cause.Remedy remedy) {
        this.policy = requireNonNull(policy, "policy");
        this.remedy = requireNonNull(remedy, "remedy");
    }

    /**
     * Decides for a whole run.
     *
     * @param findings of every series that the run extends
     * @param missing what earlier runs measured and this one did not
     */
    public GateDecision decide(List<Finding> findings, List<Missing> missing) {
        return decide(findings, missing, Set.of());
    }

    /**
     * Decides for a whole run.
     *
     * @param findings of every series that the run extends
     * @param missing what earlier runs measured and this one did not
     * @param accepted the ids of findings that a person accepted; they do not count, but budgets hold for them too
     */
    public GateDecision decide(List<Finding> findings, List<Missing> missing, Set<String> accepted) {
        return decide(findings, missing, accepted, List.of());
    }

    /**
     * Decides for a whole run.
     *
     * @param findings of every series that the run extends
     * @param missing what earlier runs measured and this one did not
     * @param accepted the ids of findings that a person accepted; they do not count, but budgets hold for them too
     * @param context what was measured and is not judged; it never fails the gate, but a gate without anything else
     *     does not pass
     */
    public GateDecision decide(
            List<Finding> findings, List<Missing> missing, Set<String> accepted, List<SeriesKey> context) {
        List<Weighed> weighed = new ArrayList<>();
        if (findings.isEmpty()) {
            Cause nothing = context.isEmpty() ? new Cause.NothingMeasured() : new Cause.OnlyContext(context);
            weighed.add(new Weighed(new GateReason(Effect.CLOSE, Kind.NOTHING, "", "", nothing), Severity.NONE, 0));
        }
        Map<SeriesKey, Roles.Decision> roles = policy.roles()
                .among(Stream.concat(
                                findings.stream().map(Finding::key),
                                missing.stream().map(Missing::key))
                        .toList());
        for (Finding finding : findings) {
            SeriesWeight seriesWeight = weightOf(finding.key(), roles);
            Weight weight = seriesWeight.weight;
            if (weight == Weight.MUTED) {
                mutedRegression(finding, seriesWeight).ifPresent(weighed::add);
            } else {
                Stream<Found> found = !accepted.isEmpty() && accepted.contains(finding.id())
                        ? budgets(finding)
                        : Stream.concat(verdict(finding, seriesWeight).stream(), budgets(finding));
                found.forEach(one -> weighed.add(weighed(one, finding, seriesWeight)));
            }
        }
        weighed.addAll(incomparable(findings, roles));
        boolean isOtherWorkload = isOtherWorkload(findings, missing);
        Set<String> measured =
                findings.stream().map(finding -> finding.key().metric()).collect(Collectors.toSet());
        missing.forEach(one -> missing(
                        one,
                        together(one, missing),
                        weightOf(one.key(), roles),
                        isOtherWorkload
                                || !one.isBenchmark()
                                        && !measured.contains(one.key().metric()))
                .ifPresent(weighed::add));
        weighed.sort(Weighed.WORST_FIRST);
        List<GateReason> trace = weighed.stream().map(Weighed::reason).toList();
        return new GateDecision(state(trace), trace, Roles.secondary(roles));
    }

    /** A reason for each environment in which no primary metric can be compared; one where that is so in all. */
    private List<Weighed> incomparable(List<Finding> findings, Map<SeriesKey, Roles.Decision> roles) {
        Map<String, List<Finding>> counting = findings.stream()
                .filter(finding -> roles.get(finding.key()).role() == Role.PRIMARY)
                .filter(finding -> policy.weightOf(finding.key()) != Weight.MUTED)
                .collect(Collectors.groupingBy(
                        finding -> finding.key().environment(), LinkedHashMap::new, Collectors.toUnmodifiableList()));
        List<List<Finding>> none = counting.values().stream()
                .filter(some -> some.stream().allMatch(Gate::isIncomparable))
                .toList();
        boolean isEverywhere = none.size() == counting.size();
        return none.stream()
                .limit(isEverywhere ? 1 : none.size())
                .map(some -> some.get(0))
                .map(first -> new Cause.Incomparable(
                        ((Verdict.NotComparable) first.verdict()).reason(),
                        isEverywhere
                                ? Optional.empty()
                                : Optional.of(first.key().environment())))
                .map(cause -> new Weighed(
                        new GateReason(policy.onIncomparable(), Kind.NOTHING, "", "", cause), Severity.NONE, 0))
                .toList();
    }

    /** Whether it was measured elsewhere, or as something else, than its history. */
    private static boolean isIncomparable(Finding finding) {
        return finding.verdict() instanceof Verdict.NotComparable verdict
                && (verdict.reason() instanceof HistoryEvidence.OtherEnvironment || isAnotherMetric(verdict.reason()));
    }

    /** Whether the values are of another unit, or of another direction. */
    private static boolean isAnotherMetric(Reason reason) {
        return reason instanceof Evidence.ForeignUnit || reason instanceof Evidence.OtherDirection;
    }

    private static GateDecision.State state(List<GateReason> trace) {
        Effect worst = trace.stream().map(GateReason::effect).reduce(Effect.PASS, Effect::or);
        return switch (worst) {
            case PASS -> GateDecision.State.OPEN;
            case HOLD -> GateDecision.State.UNDECIDED;
            case CLOSE -> GateDecision.State.CLOSED;
        };
    }

    /** Something found of a series, before its weight and its grace count. */
    private record Found(Effect effect, Kind kind, Cause.Fact fact) {}

    /** @param size of the change, to find the worse of two regressions; 0 where there is none */
    private record Weighed(GateReason reason, Severity severity, double size) {
        /** Reasons that are equally bad stay in the order of their findings. */
        static final Comparator<Weighed> WORST_FIRST = Comparator.comparing(
                        (Weighed one) -> one.reason.effect(), Comparator.reverseOrder())
                .thenComparing(one -> one.reason.kind())
                .thenComparing(Weighed::severity, Comparator.reverseOrder())
                .thenComparing(Weighed::size, Comparator.reverseOrder());
    }

    /** The weight of a series, and why it is advisory, if it is. */
    private record SeriesWeight(Weight weight, Optional<Cause.Lenience> lenience) {
        boolean isSecondary() {
            return lenience.filter(Cause.Secondary.class::isInstance).isPresent();
        }
    }

    private SeriesWeight weightOf(SeriesKey key, Map<SeriesKey, Roles.Decision> roles) {
        Optional<GateRule> rule = policy.rule(key);
        Weight stated = rule.map(GateRule::weight).orElse(Weight.NORMAL);
        // a rule that names only benchmarks holds for their primary metrics
        boolean isSecondary = roles.get(key).role() != Role.PRIMARY
                && stated != Weight.MUTED
                && rule.flatMap(GateRule::metric).isEmpty();
        Weight weight = isSecondary ? Weight.ADVISORY : stated;
        return new SeriesWeight(
                weight,
                weight == Weight.ADVISORY
                        ? Optional.of(isSecondary ? new Cause.Secondary() : new Cause.Advisory())
                        : weight == Weight.MUTED ? Optional.of(new Cause.Muted()) : Optional.empty());
    }

    /** A regression that would fail the gate if its benchmark were not muted: a reader asks why it passes. */
    private Optional<Weighed> mutedRegression(Finding finding, SeriesWeight seriesWeight) {
        return verdict(finding, seriesWeight)
                .filter(found -> found.kind == Kind.REGRESSION && found.effect == Effect.CLOSE)
                .map(found -> weighed(found, finding, seriesWeight));
    }

    private Weighed weighed(Found found, Finding finding, SeriesWeight seriesWeight) {
        Effect effect = found.effect;
        Weight weight = seriesWeight.weight;
        Optional<Cause.Lenience> lenience = Optional.empty();
        if (effect != Effect.PASS
                && seriesWeight.lenience.isPresent()
                && !(found.kind == Kind.BUDGET && seriesWeight.lenience.get() instanceof Cause.Secondary)) {
            lenience = seriesWeight.lenience;
        } else if (effect != Effect.PASS
                && (weight == Weight.NORMAL || weight == Weight.CONFIRMED)
                && earlierRuns(finding) < policy.grace()) {
            lenience = Optional.of(new Cause.Grace(earlierRuns(finding), policy.grace()));
        }
        double size = found.kind == Kind.REGRESSION
                ? finding.verdict()
                        .effect()
                        .map(change -> Math.abs(change.relativeChange()))
                        .orElse(0.0)
                : 0;
        return new Weighed(
                new GateReason(
                        lenience.isPresent() ? Effect.PASS : effect,
                        found.kind,
                        finding.key().id(),
                        finding.id(),
                        new Cause.OfSeries(finding.key(), found.fact, lenience)),
                found.kind == Kind.REGRESSION ? finding.severity() : Severity.NONE,
                size);
    }

    /** The number of benchmarks with the same reason. */
    private static int together(Missing one, List<Missing> missing) {
        return one.isBenchmark() && one.renamed().isEmpty() || one.unit().isPresent()
                ? 1
                : (int) missing.stream().filter(one::isLike).count();
    }

    /**
     * Whether every benchmark that is missing was measured with other parameters, and nothing else was measured: the
     * same benchmarks do other work now, so that nothing is gone and nothing can be compared.
     */
    private static boolean isOtherWorkload(List<Finding> findings, List<Missing> missing) {
        Set<String> measured = findings.stream()
                .map(finding -> finding.key().benchmark().name())
                .collect(Collectors.toSet());
        return !missing.isEmpty()
                && missing.stream().allMatch(Missing::isBenchmark)
                && findings.stream().allMatch(finding -> finding.isDecidedBy(HistoryEvidence.TooFewRuns.class))
                && measured.equals(missing.stream()
                        .map(one -> one.key().benchmark().name())
                        .collect(Collectors.toSet()));
    }

    /**
     * @param isOtherwise whether everything was measured in another way: with other parameters, or without this metric,
     *     as if an option of the tool was forgotten
     */
    private Optional<Weighed> missing(Missing missing, int together, SeriesWeight seriesWeight, boolean isOtherwise) {
        SeriesKey key = missing.key();
        Weight weight = seriesWeight.weight;
        // measured in another unit, under whatever name, it is there and cannot be compared
        boolean isInUnit = missing.unit().isPresent();
        boolean isThere = isInUnit || isOtherwise;
        Effect usual = isThere ? policy.onIncomparable() : policy.onMissing();
        Effect effect =
                switch (weight) {
                    case CRITICAL -> isThere ? usual : Effect.CLOSE;
                    case NORMAL, CONFIRMED -> usual;
                    case ADVISORY, MUTED -> Effect.PASS;
                };
        Optional<Cause.Lenience> lenience = usual == Effect.PASS ? Optional.empty() : seriesWeight.lenience;
        if (effect == Effect.CLOSE && !missing.isSure()) {
            effect = Effect.HOLD;
            lenience = Optional.of(new Cause.UnknownFork());
        }
        Cause cause = new Cause.OfSeries(
                key, new Cause.Missing(missing.isBenchmark(), missing.renamed(), missing.unit(), together), lenience);
        return weight == Weight.MUTED
                ? Optional.empty()
                : Optional.of(
                        new Weighed(new GateReason(effect, Kind.MISSING, key.id(), key.id(), cause), Severity.NONE, 0));
    }

    /**
     * The gate's reason against a change, from its verdict; of changes that pass in any case, only those that need a
     * look.
     */
    private Optional<Found> verdict(Finding finding, SeriesWeight seriesWeight) {
        Weight weight = seriesWeight.weight;
        Verdict verdict = finding.verdict();
        if (policy.fixed().isPresent()) {
            OptionalDouble beyond = policy.fixed().get().beyond(finding);
            if (beyond.isPresent()) {
                return Optional.of(new Found(
                        Effect.CLOSE,
                        Kind.REGRESSION,
                        new Cause.BeyondFixed(
                                beyond.getAsDouble(), policy.fixed().get())));
            }
            if (verdict instanceof Verdict.Regressed || finding.isSuspect()) {
                return Optional.empty(); // the report shows the verdict, but the limit decides
            }
        }
        if (finding.isDisputed()) {
            return disagreement(finding, weight);
        }
        if (verdict instanceof Verdict.Regressed regressed) {
            Severity blockAt = weight == Weight.CRITICAL ? Severity.NONE : policy.blockAt();
            boolean blocks = finding.severity().isAtLeast(blockAt);
            double change = leastChange(finding, regressed);
            if (waits(finding)) {
                return Optional.of(new Found(
                        policy.onSuspect().of(finding),
                        Kind.REGRESSION,
                        new Cause.RegressedOnce(change, finding.severity())));
            }
            return Optional.of(new Found(
                    blocks ? Effect.CLOSE : Effect.PASS,
                    Kind.REGRESSION,
                    new Cause.Regressed(
                            change,
                            finding.severity(),
                            weight == Weight.CRITICAL,
                            blocks ? Optional.empty() : Optional.of(blockAt))));
        }
        if (!seriesWeight.isSecondary() && isTooGood(finding)) {
            return Optional.of(new Found(policy.onTooGood(), Kind.TOO_GOOD, new Cause.TooGood(policy.tooGood())));
        }
        if (finding.isSuspect()) {
            Effect effect = policy.onSuspect().of(finding);
            return Optional.of(new Found(
                            weight == Weight.CRITICAL ? effect.or(Effect.HOLD) : effect,
                            Kind.SUSPECT,
                            new Cause.Suspected(
                                    changeOf(finding), finding.unit().isSpeed(), remedy)))
                    .filter(Gate::matters);
        }
        if (verdict instanceof Verdict.Inconclusive inconclusive) {
            boolean isNew = finding.isDecidedBy(HistoryEvidence.TooFewRuns.class);
            return undecided(
                    isNew ? policy.onNew() : policy.onInconclusive(),
                    isNew ? Kind.NEW : Kind.UNKNOWN,
                    inconclusive.reason());
        }
        if (verdict instanceof Verdict.NotComparable notComparable) {
            return undecided(
                    isAnotherMetric(notComparable.reason()) ? policy.onIncomparable() : policy.onInconclusive(),
                    Kind.UNKNOWN,
                    notComparable.reason());
        }
        return Optional.empty();
    }

    /**
     * Runs of one commit that split evenly over whether there is a change hold the gate if the change is as large as
     * one that fails it, regardless of the effect of suspects: also a change for the better, because it is unknown
     * which run is disturbed.
     */
    private Optional<Found> disagreement(Finding finding, Weight weight) {
        HistoryEvidence.Disagreement why =
                finding.evidence(HistoryEvidence.Disagreement.class).findFirst().orElseThrow();
        double size = why.showing() == 0
                ? Math.abs(why.apart())
                : Math.abs(changeOf(finding).orElse(Double.POSITIVE_INFINITY));
        boolean blocks = weight == Weight.CRITICAL
                || finding.policy().severities().of(size).isAtLeast(policy.blockAt());
        Effect effect = why.worse() ? policy.onSuspect().of(finding) : policy.onInconclusive();
        return Optional.of(new Found(
                        blocks ? effect.or(Effect.HOLD) : effect,
                        why.worse() ? Kind.SUSPECT : Kind.UNKNOWN,
                        new Cause.Undecided(why)))
                .filter(Gate::matters);
    }

    /** The change, or where runs lie far apart that of the run that changed least: no run measured one between them. */
    private static double leastChange(Finding finding, Verdict.Regressed regressed) {
        return finding.runsApart().stream()
                .flatMap(apart -> apart.values().stream())
                .map(value -> RelativeChange.of(regressed.change().before(), value))
                .min(Comparator.comparing(Math::abs))
                .orElse(regressed.change().relativeChange());
    }

    private static Optional<Found> undecided(Effect effect, Kind kind, Reason why) {
        return Optional.of(new Found(effect, kind, new Cause.Undecided(why))).filter(Gate::matters);
    }

    /** The relative change that a suspect shows; empty where it has no size. */
    private static OptionalDouble changeOf(Finding finding) {
        return finding.verdict().effect().stream()
                .mapToDouble(change -> change.relativeChange())
                .filter(change -> !Double.isInfinite(change))
                .findFirst();
    }

    private static boolean matters(Found found) {
        return found.effect != Effect.PASS;
    }

    private Stream<Found> budgets(Finding finding) {
        return finding.candidate().isEmpty()
                ? Stream.empty()
                : policy.budgets().stream()
                        .filter(budget -> budget.isFor(finding.key(), finding.unit()))
                        .flatMap(budget -> budget.exceeding(finding.candidate().getAsDouble(), finding.unit()).stream()
                                .mapToObj(value -> new Cause.OverBudget(budget, value)))
                        .map(over -> new Found(Effect.CLOSE, Kind.BUDGET, over));
    }

    /** Whether a second run that shows the same regression fails the gate where this one does not. */
    public boolean waits(Finding finding) {
        return finding.verdict() instanceof Verdict.Regressed
                && finding.severity().isAtLeast(policy.blockAt())
                && policy.weightOf(finding.key()) == Weight.CONFIRMED
                && isOfOneRun(finding);
    }

    /** Whether only one run shows the change; where the trace has no history, more than one may. */
    private static boolean isOfOneRun(Finding finding) {
        return finding.evidence(HistoryEvidence.History.class).anyMatch(HistoryEvidence.History::isOfOneRun);
    }

    /**
     * The number in the decision trace; the largest possible one without it, so that grace is never given by mistake.
     */
    private static int earlierRuns(Finding finding) {
        return Stream.concat(
                        finding.evidence(HistoryEvidence.History.class)
                                .map(history -> history.runs() + history.leftOut()),
                        finding.evidence(HistoryEvidence.TooFewRuns.class).map(HistoryEvidence.TooFewRuns::runs))
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    /**
     * Whether a result is so good that one must ask whether anything was measured. Speeds only: memory and counters can
     * drop to almost nothing after an optimisation. The whole interval of the change has to lie beyond the factor. A
     * series is not asked that has been as good in {@value #CONFIRMING} earlier runs, or that is held against fewer
     * than {@value #LEAST_RUNS}.
     */
    private boolean isTooGood(Finding finding) {
        return finding.unit().isSpeed()
                && earlierRuns(finding) >= LEAST_RUNS
                && finding.verdict()
                        .effect()
                        .filter(change -> !finding.better().isWorse(change.relativeChange()))
                        .map(change -> isTooGood(finding.better(), change.before(), change.after())
                                && isTooGood(finding.better(), 1, 1 + least(finding.better(), change.interval()))
                                && finding.history().stream()
                                                .filter(value -> isTooGood(finding.better(), change.before(), value))
                                                .count()
                                        < CONFIRMING)
                        .orElse(false);
    }

    /** Whether a result of a run is too good to be true; secondary metrics are not asked. */
    public boolean isAnyTooGood(List<Finding> findings) {
        Map<SeriesKey, Roles.Decision> roles =
                policy.roles().among(findings.stream().map(Finding::key).toList());
        return findings.stream().filter(this::isTooGood).anyMatch(finding -> !weightOf(finding.key(), roles)
                .isSecondary());
    }

    /**
     * The findings of primary metrics that the gate passes from this run on, because the last {@value #CONFIRMING} runs
     * before it were as good: it stopped each of these as too good to be true.
     */
    public List<Finding> confirmedAsGood(List<Finding> findings) {
        if (policy.onTooGood() == Effect.PASS) {
            return List.of();
        }
        Map<SeriesKey, Roles.Decision> roles =
                policy.roles().among(findings.stream().map(Finding::key).toList());
        return findings.stream()
                .filter(finding -> isConfirmedAsGood(finding)
                        && !weightOf(finding.key(), roles).isSecondary())
                .toList();
    }

    private boolean isConfirmedAsGood(Finding finding) {
        List<Double> values = finding.history();
        int begin = values.size() - CONFIRMING;
        if (!finding.unit().isSpeed()
                || begin < LEAST_RUNS
                || finding.candidate().isEmpty()) {
            return false;
        }
        double before = Location.median(values.subList(begin - LEAST_RUNS, begin).stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
        return isTooGood(finding.better(), before, finding.candidate().getAsDouble())
                && !isTooGood(finding.better(), before, values.get(begin - 1)) // else it was confirmed before
                && values.subList(begin, values.size()).stream()
                        .allMatch(value -> isTooGood(finding.better(), before, value));
    }

    /** The end of the interval at which least got better. */
    private static double least(Better better, Interval relative) {
        return better == Better.LOWER ? relative.high() : relative.low();
    }

    private boolean isTooGood(Better better, double before, double after) {
        return before > 0
                && (better == Better.LOWER ? after * policy.tooGood() < before : after > before * policy.tooGood());
    }
}
