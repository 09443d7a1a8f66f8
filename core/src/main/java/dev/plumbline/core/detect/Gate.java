package dev.plumbline.core.detect;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Turns findings into pass or fail. Two-sided and fail-safe: what is missing or too good closes it too. */
public final class Gate {
    private final GatePolicy policy;

    public Gate(GatePolicy policy) {
        this.policy = policy;
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
     * @param accepted the ids of findings that a person accepted; they do not count
     */
    public GateDecision decide(List<Finding> findings, List<SeriesKey> missing, Set<String> accepted) {
        List<Reason> reasons = new ArrayList<>();
        if (findings.isEmpty()) {
            reasons.add(Reason.of(GatePolicy.Effect.CLOSE, Kind.NOTHING, "nothing was measured"));
        }
        for (Finding finding : findings) {
            if (!accepted.contains(finding.id())) {
                reason(finding).ifPresent(reasons::add);
            }
        }
        for (SeriesKey key : missing) {
            reasons.add(Reason.of(policy.onMissing(), Kind.MISSING, label(key) + " is missing from this run"));
        }
        reasons.sort(Reason.WORST_FIRST);
        List<String> closed = words(reasons, GatePolicy.Effect.CLOSE);
        List<String> held = words(reasons, GatePolicy.Effect.HOLD);
        if (!closed.isEmpty()) {
            return new GateDecision(GateDecision.State.CLOSED, closed);
        }
        return held.isEmpty()
                ? new GateDecision(GateDecision.State.OPEN, List.of())
                : new GateDecision(GateDecision.State.UNDECIDED, held);
    }

    /** What a reason speaks of, worst first. */
    private enum Kind {
        NOTHING,
        REGRESSION,
        MISSING,
        TOO_GOOD,
        SUSPECT,
        UNKNOWN
    }

    /** @param size of the change, to tell the worse of two regressions; 0 where there is none */
    private record Reason(GatePolicy.Effect effect, Kind kind, Severity severity, double size, String words) {
        /** Reasons that are equally bad stay in the order of their findings. */
        static final Comparator<Reason> WORST_FIRST = Comparator.comparing(Reason::kind)
                .thenComparing(Reason::severity, Comparator.reverseOrder())
                .thenComparing(Reason::size, Comparator.reverseOrder());

        static Reason of(GatePolicy.Effect effect, Kind kind, String words) {
            return new Reason(effect, kind, Severity.NONE, 0, words);
        }
    }

    private static List<String> words(List<Reason> reasons, GatePolicy.Effect effect) {
        return reasons.stream()
                .filter(reason -> reason.effect == effect)
                .map(Reason::words)
                .toList();
    }

    private Optional<Reason> reason(Finding finding) {
        String label = label(finding.key());
        Verdict verdict = finding.verdict();
        if (verdict instanceof Verdict.Regressed regressed && finding.severity().isAtLeast(policy.blockAt())) {
            return Optional.of(new Reason(
                    GatePolicy.Effect.CLOSE,
                    Kind.REGRESSION,
                    finding.severity(),
                    Math.abs(regressed.change().relativeChange()),
                    label + " regressed by " + percent(regressed.change().relativeChange()) + " ("
                            + finding.severity().name().toLowerCase(Locale.ROOT) + ")"));
        }
        if (isTooGood(finding)) {
            return Optional.of(Reason.of(
                    policy.onTooGood(),
                    Kind.TOO_GOOD,
                    label + " is more than " + number(policy.tooGood())
                            + " times better than before: too good to be true, was anything measured?"));
        }
        if (finding.isSuspect()) {
            return Optional.of(Reason.of(
                    policy.onSuspect(), Kind.SUSPECT, label + " may have regressed; a second run would tell"));
        }
        if (verdict instanceof Verdict.Inconclusive inconclusive) {
            return Optional.of(Reason.of(policy.onInconclusive(), Kind.UNKNOWN, label + ": " + inconclusive.reason()));
        }
        if (verdict instanceof Verdict.NotComparable notComparable) {
            return Optional.of(Reason.of(policy.onInconclusive(), Kind.UNKNOWN, label + ": " + notComparable.reason()));
        }
        return Optional.empty();
    }

    /** Speeds only: memory and counters do drop to almost nothing when somebody takes care of them. */
    private boolean isTooGood(Finding finding) {
        return finding.unit().isSpeed()
                && finding.verdict()
                        .effect()
                        .filter(change -> !finding.better().isWorse(change.relativeChange()))
                        .map(change -> finding.better() == Better.LOWER
                                ? change.before() > 0 && change.after() * policy.tooGood() < change.before()
                                : change.before() > 0 && change.after() > change.before() * policy.tooGood())
                        .orElse(false);
    }

    private static String label(SeriesKey key) {
        return key.benchmark().label() + " " + key.metric();
    }

    private static String percent(double relativeChange) {
        if (Double.isInfinite(relativeChange)) {
            return "any factor, from zero";
        }
        return String.format(Locale.ROOT, "%+.1f %%", 100 * relativeChange);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
