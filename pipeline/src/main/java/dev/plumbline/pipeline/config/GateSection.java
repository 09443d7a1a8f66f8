package dev.plumbline.pipeline.config;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.Budget;
import dev.plumbline.core.gate.FixedRule;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.name.NamePattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules that fail the gate: the section {@code gate}.
 *
 * @param settings one for each of {@link GateSetting#ALL}, in that order
 */
public record GateSection(List<Setting<?>> settings, List<GateRule> rules, List<Budget> budgets) {
    /** The rule that decides whether a change fails the gate. */
    public enum Rule {
        /** The judge, by its error rates. */
        JUDGED,
        /** A fixed limit. */
        FIXED
    }

    /** The effect of suspects. */
    public enum OnSuspect {
        /** A critical one holds, a smaller one passes. */
        BY_SIZE,
        /** All of them pass. */
        PASS,
        /** All of them hold. */
        HOLD,
        /** All of them fail the gate. */
        CLOSE;

        private GatePolicy.OnSuspect by(Policies policies) {
            return switch (this) {
                case BY_SIZE -> GatePolicy.OnSuspect.bySize(policies);
                case PASS -> GatePolicy.OnSuspect.always(GatePolicy.Effect.PASS);
                case HOLD -> GatePolicy.OnSuspect.always(GatePolicy.Effect.HOLD);
                case CLOSE -> GatePolicy.OnSuspect.always(GatePolicy.Effect.CLOSE);
            };
        }
    }

    /**
     * The settings for measuring suspects again.
     *
     * @param command for the shell; {@code none} is none
     * @param runs at most
     * @param timeout for all of them together
     */
    public record Confirming(Setting<Optional<String>> command, Setting<Integer> runs, Setting<Duration> timeout) {
        /** The command, if there is one. */
        public Optional<String> line() {
            return command.value().filter(line -> !line.equals(GateSetting.NONE));
        }
    }

    private static final Kind<GateRule.Weight> WEIGHT = Kind.choice(GateSetting.words(GateRule.Weight.values()));
    private static final Kind<NamePattern> PATTERN = Kind.parsed(NamePattern::new, NamePattern::text);
    private static final Kind<Budget.Amount> AMOUNT = Kind.parsed(Budget.Amount::parse, Budget.Amount::toString);

    public GateSection {
        settings = List.copyOf(settings);
        rules = List.copyOf(rules);
        budgets = List.copyOf(budgets);
    }

    static GateSection read(Section section) {
        List<Setting<?>> settings = new ArrayList<>();
        GateSetting.ALL.forEach(one -> settings.add(one.read(section)));
        GateSection read = new GateSection(settings, rules(section), budgets(section));
        section.done();
        return read;
    }

    /** The setting in force. */
    @SuppressWarnings("unchecked") // it was made from the same description, of the same type
    <T> Setting<T> of(GateSetting<T> which) {
        // by identity: comparing records part by part would cost every start a few milliseconds
        for (int i = 0; i < settings.size(); i++) {
            if (GateSetting.ALL.get(i) == which) {
                return (Setting<T>) settings.get(i);
            }
        }
        throw new IllegalArgumentException("not a setting of the gate: " + which);
    }

    private <T> T value(GateSetting<T> which) {
        return of(which).value();
    }

    /** The list of the file that {@code plumb threshold tune} writes. */
    static List<GateRule> tuned(Section section) {
        List<GateRule> rules = rules(section);
        section.done();
        return rules;
    }

    private static List<GateRule> rules(Section gate) {
        List<GateRule> rules = new ArrayList<>();
        for (Section section : gate.listed("rules")) {
            Optional<NamePattern> benchmark = section.value("benchmark", PATTERN);
            Optional<NamePattern> metric = section.value("metric", PATTERN);
            Optional<NamePattern> environment = section.value("environment", PATTERN);
            Optional<NamePattern> branch = section.value("branch", PATTERN);
            Optional<GateRule.Weight> weight = section.required("weight", WEIGHT);
            section.done();
            if (!section.has("benchmark") && !section.has("metric")) {
                section.mistake(section.path() + " needs the key \"benchmark\" or \"metric\"; \"*\" means all");
            }
            String name = section.position().toString();
            weight.ifPresent(known -> rules.add(new GateRule(name, benchmark, metric, environment, branch, known)));
        }
        return rules;
    }

    private static List<Budget> budgets(Section gate) {
        List<Budget> budgets = new ArrayList<>();
        for (Section section : gate.listed("budgets")) {
            Optional<NamePattern> benchmark = section.value("benchmark", PATTERN);
            Optional<NamePattern> metric = section.value("metric", PATTERN);
            Optional<Budget.Amount> most = section.value("at-most", AMOUNT);
            Optional<Budget.Amount> least = section.value("at-least", AMOUNT);
            section.done();
            if (!section.has("at-most") && !section.has("at-least")) {
                section.mistake(section.path() + " needs the key \"at-most\" or \"at-least\"");
            }
            if (most.isPresent() && least.isPresent() && isAbove(least.get(), most.get())) {
                section.mistakeAt(
                        "at-least",
                        section.path() + ": no value is at least " + least.get() + " and at most " + most.get());
            }
            String name = section.position().toString();
            most.ifPresent(amount -> budgets.add(budget(name, benchmark, metric, Budget.Side.AT_MOST, amount)));
            least.ifPresent(amount -> budgets.add(budget(name, benchmark, metric, Budget.Side.AT_LEAST, amount)));
        }
        return budgets;
    }

    private static boolean isAbove(Budget.Amount one, Budget.Amount other) {
        return one.unit().isComparableWith(other.unit())
                && one.number() * one.unit().factor()
                        > other.number() * other.unit().factor();
    }

    private static Budget budget(
            String name,
            Optional<NamePattern> benchmark,
            Optional<NamePattern> metric,
            Budget.Side side,
            Budget.Amount amount) {
        return new Budget(name, benchmark, metric, side, amount.number(), amount.unit());
    }

    /** The same with rules that its own ones win over. */
    GateSection above(List<GateRule> tuned) {
        return new GateSection(
                settings, Stream.concat(tuned.stream(), rules.stream()).toList(), budgets);
    }

    /**
     * The same, overridden by options.
     *
     * @param options the texts of those that were given, by their names: {@code --block-at}
     * @param weights follow the rules of the file, so that they win
     * @throws IllegalArgumentException if a text is no value of its setting
     */
    public GateSection unless(Map<String, String> options, List<GateRule> weights) {
        List<Setting<?>> others = new ArrayList<>();
        for (GateSetting<?> one : GateSetting.ALL) {
            others.add(overridden(one, Optional.ofNullable(options.get(one.option()))));
        }
        return new GateSection(
                others, Stream.concat(rules.stream(), weights.stream()).toList(), budgets);
    }

    private <T> Setting<T> overridden(GateSetting<T> which, Optional<String> text) {
        return of(which).unless(text.map(which.kind()::read), which.option());
    }

    /** The settings for measuring suspects again. */
    public Confirming confirming() {
        return new Confirming(of(GateSetting.CONFIRM), of(GateSetting.CONFIRM_RUNS), of(GateSetting.CONFIRM_TIMEOUT));
    }

    /** The settings for measuring suspects again, with the command of an option where one is given. */
    public Confirming confirming(Optional<String> command) {
        Confirming configured = confirming();
        return new Confirming(
                configured.command.unless(Optional.of(command).filter(Optional::isPresent), "--confirm"),
                configured.runs,
                configured.timeout);
    }

    /** The fixed limit; empty where the judge decides. */
    private Optional<FixedRule> fixed() {
        if (value(GateSetting.RULE) == Rule.JUDGED) {
            return Optional.empty();
        }
        int runs = value(GateSetting.FIXED_RUNS);
        return Optional.of(value(GateSetting.FIXED_CHANGE)
                .map(share -> new FixedRule(FixedRule.Kind.SHARE, share, runs))
                .orElseGet(() -> new FixedRule(FixedRule.Kind.DEVIATIONS, value(GateSetting.FIXED_DEVIATIONS), runs)));
    }

    /**
     * The policy that the settings make.
     *
     * @param policies decide which suspects are critical, where no setting does
     */
    public GatePolicy policy(Policies policies) {
        return new GatePolicy(
                value(GateSetting.BLOCK_AT),
                value(GateSetting.ON_SUSPECT).by(policies),
                value(GateSetting.ON_INCONCLUSIVE),
                value(GateSetting.ON_NEW),
                value(GateSetting.ON_INCOMPARABLE),
                value(GateSetting.ON_MISSING),
                value(GateSetting.ON_TOO_GOOD),
                value(GateSetting.TOO_GOOD),
                value(GateSetting.GRACE),
                rules,
                budgets,
                policies.roles(),
                fixed(),
                value(GateSetting.ON_COPIED));
    }
}
