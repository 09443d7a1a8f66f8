package dev.plumbline.core.gate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Roles;
import java.util.List;
import java.util.Optional;

/**
 * The rules that fail the gate.
 *
 * @param blockAt the lowest severity that fails it; {@link Severity#NONE} means every regression does
 * @param onSuspect what a suspected but unconfirmed regression does
 * @param onInconclusive what an inconclusive benchmark does, new ones aside
 * @param onNew what a benchmark does whose history is too short to judge it
 * @param onIncomparable what happens if nothing can be compared with its history, or a series has another unit
 * @param onMissing what a benchmark does that earlier runs had and this one has not
 * @param onTooGood what a result does that is too good to be true
 * @param tooGood how much better is too good: the factor between old and new level, for example 5
 * @param grace a benchmark with fewer earlier runs is reported but never fails the gate; 0 for no grace
 * @param rules how much some series weigh; the last one that covers a series counts
 * @param budgets absolute limits
 * @param roles of the metrics: a secondary one is advisory where no rule sets its weight
 * @param fixed the limit that decides in the place of the judge; empty where the judge does
 * @param onCopied what results do that are the numbers of an earlier run of another commit
 */
public record GatePolicy(
        Severity blockAt,
        OnSuspect onSuspect,
        Effect onInconclusive,
        Effect onNew,
        Effect onIncomparable,
        Effect onMissing,
        Effect onTooGood,
        double tooGood,
        int grace,
        List<GateRule> rules,
        List<Budget> budgets,
        Roles roles,
        Optional<FixedRule> fixed,
        Effect onCopied) {
    /** The effects of one kind of result on the gate. */
    public enum Effect {
        /** No effect. */
        PASS,
        /** Holds it: exit code 3, unless something else fails it. */
        HOLD,
        /** Closes it. */
        CLOSE;

        /** The stricter of the two. */
        Effect or(Effect other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /**
     * The effects of suspects, by the size of the change.
     *
     * @param smaller what one does whose change seems smaller than a critical one, or is not known
     * @param critical what one does whose change seems critical
     * @param policies set where critical changes of each series begin
     */
    public record OnSuspect(Effect smaller, Effect critical, Policies policies) {
        public OnSuspect {
            requireNonNull(smaller, "smaller");
            requireNonNull(critical, "critical");
            requireNonNull(policies, "policies");
        }

        /** The same for all suspects, whatever their size. */
        public static OnSuspect always(Effect effect) {
            return new OnSuspect(effect, effect, Policy.DEFAULT);
        }

        /**
         * The default: a critical suspect leaves the gate undecided, because one that is real costs more than the
         * question, and the others pass.
         */
        public static OnSuspect bySize(Policies policies) {
            return new OnSuspect(Effect.PASS, Effect.HOLD, policies);
        }

        /** The effect of this suspect; a change from zero is critical. */
        Effect of(Finding finding) {
            double size = finding.verdict()
                    .effect()
                    .map(change -> Math.abs(change.relativeChange()))
                    .orElse(0.0);
            Severity severity =
                    policies.of(finding.key(), finding.unit()).severities().of(size);
            return severity == Severity.CRITICAL ? critical : smaller;
        }
    }

    /**
     * Blocks at MAJOR, on missing benchmarks and on results five times better; holds on critical suspects and on copied
     * results; smaller suspects, inconclusive and new results pass.
     */
    public static final GatePolicy DEFAULT = new GatePolicy(
            Severity.MAJOR,
            OnSuspect.bySize(Policy.DEFAULT),
            Effect.PASS,
            Effect.PASS,
            Effect.HOLD,
            Effect.CLOSE,
            Effect.CLOSE,
            5,
            0,
            List.of(),
            List.of(),
            Roles.ALL_PRIMARY,
            Optional.empty());

    public GatePolicy {
        requireNonNull(blockAt, "blockAt");
        requireNonNull(onSuspect, "onSuspect");
        requireNonNull(onInconclusive, "onInconclusive");
        requireNonNull(onNew, "onNew");
        requireNonNull(onIncomparable, "onIncomparable");
        requireNonNull(onMissing, "onMissing");
        requireNonNull(onTooGood, "onTooGood");
        if (!(tooGood > 1)) {
            throw new IllegalArgumentException("too good is a factor above 1, not " + tooGood);
        }
        if (grace < 0) {
            throw new IllegalArgumentException("grace is a number of runs, not " + grace);
        }
        rules = List.copyOf(rules);
        budgets = List.copyOf(budgets);
        requireNonNull(roles, "roles");
        requireNonNull(fixed, "fixed");
        requireNonNull(onCopied, "onCopied");
    }

    /** A policy that holds what is copied from another commit. */
    public GatePolicy(
            Severity blockAt,
            OnSuspect onSuspect,
            Effect onInconclusive,
            Effect onNew,
            Effect onIncomparable,
            Effect onMissing,
            Effect onTooGood,
            double tooGood,
            int grace,
            List<GateRule> rules,
            List<Budget> budgets,
            Roles roles,
            Optional<FixedRule> fixed) {
        this(
                blockAt,
                onSuspect,
                onInconclusive,
                onNew,
                onIncomparable,
                onMissing,
                onTooGood,
                tooGood,
                grace,
                rules,
                budgets,
                roles,
                fixed,
                Effect.HOLD);
    }

    /** The same policy with other weights. */
    public GatePolicy withRules(List<GateRule> others) {
        return with(others, roles, fixed);
    }

    /** The same policy for metrics of other roles. */
    public GatePolicy withRoles(Roles others) {
        return with(rules, others, fixed);
    }

    /** The same policy with a fixed limit in the place of the judge; with none, the judge decides. */
    public GatePolicy withFixed(Optional<FixedRule> rule) {
        return with(rules, roles, rule);
    }

    private GatePolicy with(List<GateRule> weights, Roles known, Optional<FixedRule> limit) {
        return new GatePolicy(
                blockAt,
                onSuspect,
                onInconclusive,
                onNew,
                onIncomparable,
                onMissing,
                onTooGood,
                tooGood,
                grace,
                weights,
                budgets,
                known,
                limit,
                onCopied);
    }

    /** A policy that treats all suspects alike, and all metrics, and holds what cannot be compared. */
    public GatePolicy(
            Severity blockAt,
            Effect onSuspect,
            Effect onInconclusive,
            Effect onNew,
            Effect onMissing,
            Effect onTooGood,
            double tooGood,
            int grace,
            List<GateRule> rules,
            List<Budget> budgets) {
        this(
                blockAt,
                OnSuspect.always(onSuspect),
                onInconclusive,
                onNew,
                Effect.HOLD,
                onMissing,
                onTooGood,
                tooGood,
                grace,
                rules,
                budgets,
                Roles.ALL_PRIMARY,
                Optional.empty());
    }

    /** A policy without grace, rules and budgets, in which all suspects are alike and new benchmarks pass. */
    public GatePolicy(
            Severity blockAt,
            Effect onSuspect,
            Effect onInconclusive,
            Effect onMissing,
            Effect onTooGood,
            double tooGood) {
        this(blockAt, onSuspect, onInconclusive, Effect.PASS, onMissing, onTooGood, tooGood, 0, List.of(), List.of());
    }

    /** The weight of a series that is primary or has a rule of its own. */
    public GateRule.Weight weightOf(SeriesKey key) {
        return rule(key).map(GateRule::weight).orElse(GateRule.Weight.NORMAL);
    }

    /** The rule that sets the weight of a series. */
    Optional<GateRule> rule(SeriesKey key) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (rules.get(i).covers(key)) {
                return Optional.of(rules.get(i));
            }
        }
        return Optional.empty();
    }
}
