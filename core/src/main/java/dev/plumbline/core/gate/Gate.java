package dev.plumbline.core.gate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Check;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GatePolicy.Effect;
import dev.plumbline.core.gate.GateReason.Kind;
import dev.plumbline.core.gate.GateRule.Weight;
import dev.plumbline.core.judge.SeriesTrial;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Percent;
import dev.plumbline.core.model.SeriesKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Turns findings into pass or fail. Two-sided and fail-safe: what is missing or too good closes it too. */
public final class Gate {
    /** The check that asks for more history before anything is judged. */
    private static final String ENOUGH_HISTORY = "enough-history";

    /** The one that tells of it. */
    private static final String HISTORY = "history";

    /** What settles a suspect of a run that was judged against a history. */
    private static final String RUN_AGAIN = "Rerun this commit, or give --confirm 'COMMAND'";

    private final GatePolicy policy;
    private final String remedy;

    /** A gate for runs that are judged against a history. */
    public Gate(GatePolicy policy) {
        this(policy, RUN_AGAIN);
    }

    /**
     * A gate for what is judged otherwise.
     *
     * @param remedy what a person does to settle a suspect, as a sentence without its full stop
     */
    public Gate(GatePolicy policy, String remedy) {
        this.policy = requireNonNull(policy, "policy");
        this.remedy = requireNonNull(remedy, "remedy");
    }

    /**
     * Decides for a whole run.
     *
     * @param findings of every series that the run extends
     * @param missing what earlier runs measured and this one did not
     */
    public GateDecision decide(List<Finding> findings, List<SeriesKey> missing) {
        return decide(findings, missing, Set.of());
    }

    /**
     * Decides for a whole run.
     *
     * @param findings of every series that the run extends
     * @param missing what earlier runs measured and this one did not
     * @param accepted the ids of findings that a person accepted; they do not count, but budgets hold for them too
     */
    public GateDecision decide(List<Finding> findings, List<SeriesKey> missing, Set<String> accepted) {
        List<Weighed> weighed = new ArrayList<>();
        if (findings.isEmpty()) {
            weighed.add(new Weighed(
                    new GateReason(Effect.CLOSE, Kind.NOTHING, "", "", "nothing was measured"), Severity.NONE, 0));
        }
        for (Finding finding : findings) {
            Weight weight = policy.weightOf(finding.key());
            if (weight != Weight.MUTED) {
                Stream<Found> found = accepted.contains(finding.id())
                        ? budgets(finding)
                        : Stream.concat(verdict(finding, weight).stream(), budgets(finding));
                found.forEach(one -> weighed.add(weighed(one, finding, weight)));
            }
        }
        missing.forEach(key -> missing(key).ifPresent(weighed::add));
        weighed.sort(Weighed.WORST_FIRST);
        List<GateReason> ladder = weighed.stream().map(Weighed::reason).toList();
        return new GateDecision(state(ladder), ladder);
    }

    private static GateDecision.State state(List<GateReason> ladder) {
        Effect worst = ladder.stream().map(GateReason::effect).reduce(Effect.PASS, Effect::or);
        return switch (worst) {
            case PASS -> GateDecision.State.OPEN;
            case HOLD -> GateDecision.State.UNDECIDED;
            case CLOSE -> GateDecision.State.CLOSED;
        };
    }

    /** Something found of a series, before its weight and its grace count. */
    private record Found(Effect effect, Kind kind, String words) {}

    /** @param size of the change, to tell the worse of two regressions; 0 where there is none */
    private record Weighed(GateReason reason, Severity severity, double size) {
        /** Reasons that are equally bad stay in the order of their findings. */
        static final Comparator<Weighed> WORST_FIRST = Comparator.comparing(
                        (Weighed one) -> one.reason.effect(), Comparator.reverseOrder())
                .thenComparing(one -> one.reason.kind())
                .thenComparing(Weighed::severity, Comparator.reverseOrder())
                .thenComparing(Weighed::size, Comparator.reverseOrder());
    }

    private Weighed weighed(Found found, Finding finding, Weight weight) {
        Effect effect = found.effect;
        String words = label(finding.key()) + found.words;
        if (effect != Effect.PASS && weight == Weight.ADVISORY) {
            effect = Effect.PASS;
            words += "; it is advisory";
        } else if (effect != Effect.PASS
                && (weight == Weight.NORMAL || weight == Weight.CONFIRMED)
                && earlierRuns(finding) < policy.grace()) {
            effect = Effect.PASS;
            words += "; it is new and in its grace, " + earlierRuns(finding) + " of " + policy.grace() + " runs";
        }
        double size = found.kind == Kind.REGRESSION
                ? finding.verdict()
                        .effect()
                        .map(change -> Math.abs(change.relativeChange()))
                        .orElse(0.0)
                : 0;
        return new Weighed(
                new GateReason(effect, found.kind, finding.key().id(), finding.id(), words),
                found.kind == Kind.REGRESSION ? finding.severity() : Severity.NONE,
                size);
    }

    private Optional<Weighed> missing(SeriesKey key) {
        Weight weight = policy.weightOf(key);
        Effect effect =
                switch (weight) {
                    case CRITICAL -> Effect.CLOSE;
                    case NORMAL, CONFIRMED -> policy.onMissing();
                    case ADVISORY, MUTED -> Effect.PASS;
                };
        String words = label(key) + " is missing from this run"
                + (weight == Weight.ADVISORY && policy.onMissing() != Effect.PASS ? "; it is advisory" : "");
        return weight == Weight.MUTED
                ? Optional.empty()
                : Optional.of(
                        new Weighed(new GateReason(effect, Kind.MISSING, key.id(), key.id(), words), Severity.NONE, 0));
    }

    /** What the verdict has against a change; of what passes in any case, only what a reader would ask about. */
    private Optional<Found> verdict(Finding finding, Weight weight) {
        Verdict verdict = finding.verdict();
        if (verdict instanceof Verdict.Regressed regressed) {
            Severity blockAt = weight == Weight.CRITICAL ? Severity.NONE : policy.blockAt();
            boolean blocks = finding.severity().isAtLeast(blockAt);
            if (waits(finding)) {
                return Optional.of(new Found(
                        policy.onSuspect().of(finding),
                        Kind.REGRESSION,
                        " regressed by " + percent(regressed.change().relativeChange()) + " ("
                                + word(finding.severity()) + ") in one run; a second one that shows it closes the"
                                + " gate"));
            }
            return Optional.of(new Found(
                    blocks ? Effect.CLOSE : Effect.PASS,
                    Kind.REGRESSION,
                    " regressed by " + percent(regressed.change().relativeChange()) + " ("
                            + word(finding.severity()) + (weight == Weight.CRITICAL ? ", a critical benchmark" : "")
                            + ")" + (blocks ? "" : "; the gate closes at " + word(blockAt))));
        }
        if (isTooGood(finding)) {
            return Optional.of(new Found(
                    policy.onTooGood(),
                    Kind.TOO_GOOD,
                    " is more than " + number(policy.tooGood())
                            + " times better than before: too good to be true, was anything measured?"));
        }
        if (finding.isSuspect()) {
            Effect effect = policy.onSuspect().of(finding);
            return Optional.of(new Found(
                            weight == Weight.CRITICAL ? effect.or(Effect.HOLD) : effect,
                            Kind.SUSPECT,
                            " may be " + worse(finding) + "; one more run would tell. " + remedy))
                    .filter(Gate::matters);
        }
        if (verdict instanceof Verdict.Inconclusive inconclusive) {
            boolean isNew = isNew(finding);
            return Optional.of(new Found(
                            isNew ? policy.onNew() : policy.onInconclusive(),
                            isNew ? Kind.NEW : Kind.UNKNOWN,
                            ": " + inconclusive.reason()))
                    .filter(Gate::matters);
        }
        if (verdict instanceof Verdict.NotComparable notComparable) {
            return Optional.of(new Found(policy.onInconclusive(), Kind.UNKNOWN, ": " + notComparable.reason()))
                    .filter(Gate::matters);
        }
        return Optional.empty();
    }

    /** {@code 14.2 % slower}; without a number where none is known. */
    private static String worse(Finding finding) {
        String how = finding.unit().isSpeed() ? "slower" : "worse";
        return finding.verdict()
                .effect()
                .map(change -> change.relativeChange())
                .filter(change -> !change.isInfinite())
                .map(change -> Percent.of(Math.abs(change)) + " " + how)
                .orElse(how);
    }

    private static boolean matters(Found found) {
        return found.effect != Effect.PASS;
    }

    private Stream<Found> budgets(Finding finding) {
        return finding.candidate().isEmpty()
                ? Stream.empty()
                : policy.budgets().stream()
                        .filter(budget -> budget.isFor(finding.key(), finding.unit()))
                        .flatMap(budget -> budget.complaint(finding.candidate().getAsDouble(), finding.unit()).stream())
                        .map(complaint -> new Found(Effect.CLOSE, Kind.BUDGET, " " + complaint));
    }

    private static boolean isNew(Finding finding) {
        return finding.ladder().stream()
                .anyMatch(check ->
                        check.outcome() == Check.Outcome.DECIDED && check.name().equals(ENOUGH_HISTORY));
    }

    /** Whether a second run that shows the same regression closes the gate where this one does not. */
    public boolean waits(Finding finding) {
        return finding.verdict() instanceof Verdict.Regressed
                && finding.severity().isAtLeast(policy.blockAt())
                && policy.weightOf(finding.key()) == Weight.CONFIRMED
                && isOfOneRun(finding);
    }

    /** Whether nothing but one run shows the change; where the ladder does not tell of a history, more than one may. */
    private static boolean isOfOneRun(Finding finding) {
        return finding.ladder().stream()
                .filter(check -> check.name().equals(HISTORY))
                .anyMatch(check -> !check.numbers().containsKey(SeriesTrial.TOGETHER));
    }

    /** As the ladder tells them; as many as can be where it does not, so that grace is never given by mistake. */
    private static int earlierRuns(Finding finding) {
        return finding.ladder().stream()
                .filter(check -> check.name().equals(HISTORY) || check.name().equals(ENOUGH_HISTORY))
                .filter(check -> check.numbers().containsKey("runs"))
                .map(check -> check.numbers().get("runs") + check.numbers().getOrDefault("leftOut", 0.0))
                .findFirst()
                .orElse((double) Integer.MAX_VALUE)
                .intValue();
    }

    /**
     * Whether a result is so good that one must ask whether anything was measured. Speeds only: memory and counters do
     * drop to almost nothing when somebody takes care of them. A series that has been as good before is not asked.
     */
    public boolean isTooGood(Finding finding) {
        return finding.unit().isSpeed()
                && finding.verdict()
                        .effect()
                        .filter(change -> !finding.better().isWorse(change.relativeChange()))
                        .map(change -> isTooGood(finding.better(), change.before(), change.after())
                                && finding.history().stream()
                                        .noneMatch(value -> isTooGood(finding.better(), change.before(), value)))
                        .orElse(false);
    }

    private boolean isTooGood(Better better, double before, double after) {
        return before > 0
                && (better == Better.LOWER ? after * policy.tooGood() < before : after > before * policy.tooGood());
    }

    private static String label(SeriesKey key) {
        return key.benchmark().label() + " " + key.metric();
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    private static String percent(double relativeChange) {
        if (Double.isInfinite(relativeChange)) {
            return "any factor, from zero";
        }
        return Percent.change(relativeChange);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
