package dev.plumbline.core.detect;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import java.util.ArrayList;
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
        List<String> closed = new ArrayList<>();
        List<String> held = new ArrayList<>();
        if (findings.isEmpty()) {
            closed.add("nothing was measured");
        }
        for (Finding finding : findings) {
            if (!accepted.contains(finding.id())) {
                reason(finding).ifPresent(reason -> note(reason, closed, held));
            }
        }
        for (SeriesKey key : missing) {
            note(new Reason(policy.onMissing(), label(key) + " is missing from this run"), closed, held);
        }
        if (!closed.isEmpty()) {
            return new GateDecision(GateDecision.State.CLOSED, closed);
        }
        return held.isEmpty()
                ? new GateDecision(GateDecision.State.OPEN, List.of())
                : new GateDecision(GateDecision.State.UNDECIDED, held);
    }

    private record Reason(GatePolicy.Effect effect, String words) {}

    private static void note(Reason reason, List<String> closed, List<String> held) {
        switch (reason.effect) {
            case CLOSE -> closed.add(reason.words);
            case HOLD -> held.add(reason.words);
            case PASS -> {
                // nothing to say
            }
        }
    }

    private Optional<Reason> reason(Finding finding) {
        String label = label(finding.key());
        Verdict verdict = finding.verdict();
        if (verdict instanceof Verdict.Regressed regressed && finding.severity().isAtLeast(policy.blockAt())) {
            return Optional.of(new Reason(
                    GatePolicy.Effect.CLOSE,
                    label + " regressed by " + percent(regressed.change().relativeChange()) + " ("
                            + finding.severity().name().toLowerCase(Locale.ROOT) + ")"));
        }
        if (isTooGood(finding)) {
            return Optional.of(new Reason(
                    policy.onTooGood(),
                    label + " is more than " + number(policy.tooGood())
                            + " times better than before: too good to be true, was anything measured?"));
        }
        if (finding.isSuspect()) {
            return Optional.of(new Reason(policy.onSuspect(), label + " may have regressed; a second run would tell"));
        }
        if (verdict instanceof Verdict.Inconclusive inconclusive) {
            return Optional.of(new Reason(policy.onInconclusive(), label + ": " + inconclusive.reason()));
        }
        if (verdict instanceof Verdict.NotComparable notComparable) {
            return Optional.of(new Reason(policy.onInconclusive(), label + ": " + notComparable.reason()));
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
