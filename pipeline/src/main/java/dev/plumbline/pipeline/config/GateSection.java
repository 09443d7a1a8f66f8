package dev.plumbline.pipeline.config;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.gate.Budget;
import dev.plumbline.core.gate.FixedRule;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.name.NamePattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What closes the gate: the section {@code gate}. */
public record GateSection(
        Setting<Severity> blockAt,
        Setting<OnSuspect> onSuspect,
        Setting<GatePolicy.Effect> onInconclusive,
        Setting<GatePolicy.Effect> onNew,
        Setting<GatePolicy.Effect> onIncomparable,
        Setting<GatePolicy.Effect> onCopied,
        Setting<GatePolicy.Effect> onMissing,
        Setting<GatePolicy.Effect> onTooGood,
        Setting<Double> tooGood,
        Setting<Integer> grace,
        Deciding deciding,
        Confirming confirming,
        List<GateRule> rules,
        List<Budget> budgets) {
    /** What decides whether a change closes the gate. */
    public enum Rule {
        /** The judge, by its error rates. */
        JUDGED,
        /** A fixed limit. */
        FIXED
    }

    /**
     * What decides, and a fixed limit's numbers.
     *
     * @param change of the mean, as a share; empty where the limit is one of deviations
     * @param deviations that the limit is wide, where no share is given
     * @param runs that the mean stands on
     */
    public record Deciding(
            Setting<Rule> rule, Setting<Optional<Double>> change, Setting<Double> deviations, Setting<Integer> runs) {
        /** The fixed limit; empty where the judge decides. */
        public Optional<FixedRule> fixed() {
            return rule.value() == Rule.JUDGED
                    ? Optional.empty()
                    : Optional.of(change.value()
                            .map(share -> new FixedRule(FixedRule.Kind.SHARE, share, runs.value()))
                            .orElseGet(
                                    () -> new FixedRule(FixedRule.Kind.DEVIATIONS, deviations.value(), runs.value())));
        }
    }

    /** What suspects do. */
    public enum OnSuspect {
        /** A critical one holds, a smaller one passes. */
        BY_SIZE,
        /** All of them pass. */
        PASS,
        /** All of them hold. */
        HOLD,
        /** All of them close the gate. */
        CLOSE;

        static OnSuspect of(GatePolicy.Effect effect) {
            return switch (effect) {
                case PASS -> PASS;
                case HOLD -> HOLD;
                case CLOSE -> CLOSE;
            };
        }

        private GatePolicy.OnSuspect by(Policies policies) {
            return switch (this) {
                case BY_SIZE -> GatePolicy.OnSuspect.bySize(policies);
                case PASS -> GatePolicy.OnSuspect.always(GatePolicy.Effect.PASS);
                case HOLD -> GatePolicy.OnSuspect.always(GatePolicy.Effect.HOLD);
                case CLOSE -> GatePolicy.OnSuspect.always(GatePolicy.Effect.CLOSE);
            };
        }
    }

    /** The text that stands for no command. */
    private static final String NONE = "none";

    /**
     * How suspects are measured again.
     *
     * @param command for the shell; {@code none} is none
     * @param runs at most
     * @param timeout for all of them together
     */
    public record Confirming(Setting<Optional<String>> command, Setting<Integer> runs, Setting<Duration> timeout) {
        /** The command, if there is one. */
        public Optional<String> line() {
            return command.value().filter(line -> !line.equals(NONE));
        }
    }

    /** Severities by name, and {@code any} for every regression. */
    public static final Kind<Severity> SEVERITY = severity();

    private static final int MOST_RUNS = 100_000;
    private static final double FIXED_DEVIATIONS = 3;
    private static final int FIXED_RUNS = 20;
    private static final int CONFIRMING_RUNS = 4;
    private static final int MOST_CONFIRMING_RUNS = 100;
    private static final Duration CONFIRMING_TIME = Duration.ofMinutes(5);
    private static final Kind<GatePolicy.Effect> EFFECT = effect();
    private static final Kind<OnSuspect> ON_SUSPECT = onSuspectWords();
    private static final Kind<Optional<Double>> CHANGE = Kind.parsed(
            text -> text.equals(NONE)
                    ? Optional.empty()
                    : Optional.of(Kind.share().read(text)),
            share -> share.map(Kind.share()::write).orElse(NONE));
    private static final Kind<Rule> RULE = Kind.choice(Map.of("judged", Rule.JUDGED, "fixed", Rule.FIXED));
    private static final Kind<GateRule.Weight> WEIGHT = weight();
    private static final Kind<NamePattern> PATTERN = Kind.parsed(NamePattern::new, NamePattern::text);
    private static final Kind<Budget.Amount> AMOUNT = Kind.parsed(Budget.Amount::parse, Budget.Amount::toString);

    /**
     * What options say.
     *
     * @param rules follow those of the file, so that they win
     */
    public record Said(
            Optional<Severity> blockAt,
            Optional<GatePolicy.Effect> onSuspect,
            Optional<GatePolicy.Effect> onInconclusive,
            Optional<GatePolicy.Effect> onNew,
            Optional<GatePolicy.Effect> onIncomparable,
            Optional<GatePolicy.Effect> onCopied,
            Optional<GatePolicy.Effect> onMissing,
            Optional<GatePolicy.Effect> onTooGood,
            Optional<Integer> grace,
            List<GateRule> rules) {
        private static final Said NOTHING = new Said(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());

        public Said {
            rules = List.copyOf(rules);
        }
    }

    public GateSection {
        rules = List.copyOf(rules);
        budgets = List.copyOf(budgets);
    }

    private static Kind<Severity> severity() {
        Map<String, Severity> words = new LinkedHashMap<>();
        words.put("any", Severity.NONE);
        words.put("minor", Severity.MINOR);
        words.put("major", Severity.MAJOR);
        words.put("critical", Severity.CRITICAL);
        return Kind.choice(words);
    }

    private static Kind<OnSuspect> onSuspectWords() {
        Map<String, OnSuspect> words = new LinkedHashMap<>();
        for (OnSuspect one : OnSuspect.values()) {
            words.put(one.name().toLowerCase(Locale.ROOT).replace('_', '-'), one);
        }
        return Kind.choice(words);
    }

    private static Kind<GatePolicy.Effect> effect() {
        Map<String, GatePolicy.Effect> words = new LinkedHashMap<>();
        for (GatePolicy.Effect effect : GatePolicy.Effect.values()) {
            words.put(effect.name().toLowerCase(Locale.ROOT), effect);
        }
        return Kind.choice(words);
    }

    private static Kind<GateRule.Weight> weight() {
        Map<String, GateRule.Weight> words = new LinkedHashMap<>();
        for (GateRule.Weight weight : GateRule.Weight.values()) {
            words.put(weight.name().toLowerCase(Locale.ROOT), weight);
        }
        return Kind.choice(words);
    }

    static GateSection read(Section section) {
        GatePolicy gate = GatePolicy.DEFAULT;
        GateSection read = new GateSection(
                section.setting("block-at", SEVERITY, gate.blockAt()),
                section.setting("on-suspect", ON_SUSPECT, OnSuspect.BY_SIZE),
                section.setting("on-inconclusive", EFFECT, gate.onInconclusive()),
                section.setting("on-new", EFFECT, gate.onNew()),
                section.setting("on-incomparable", EFFECT, gate.onIncomparable()),
                section.setting("on-copied", EFFECT, gate.onCopied()),
                section.setting("on-missing", EFFECT, gate.onMissing()),
                section.setting("on-too-good", EFFECT, gate.onTooGood()),
                section.setting("too-good", Kind.numberAbove(1), gate.tooGood()),
                section.setting("grace", Kind.wholeNumber(0, MOST_RUNS), gate.grace()),
                new Deciding(
                        section.setting("rule", RULE, Rule.JUDGED),
                        section.setting("fixed-change", CHANGE, Optional.empty()),
                        section.setting("fixed-deviations", Kind.numberAbove(0), FIXED_DEVIATIONS),
                        section.setting("fixed-runs", Kind.wholeNumber(FixedRule.FEWEST, MOST_RUNS), FIXED_RUNS)),
                new Confirming(
                        section.setting("confirm", Kind.optional(Kind.text(), NONE), Optional.empty()),
                        section.setting("confirm-runs", Kind.wholeNumber(1, MOST_CONFIRMING_RUNS), CONFIRMING_RUNS),
                        section.setting("confirm-timeout", Kind.duration(), CONFIRMING_TIME)),
                rules(section),
                budgets(section));
        section.done();
        return read;
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
        return unless(Said.NOTHING, tuned);
    }

    /** What options say, where they say something. */
    public GateSection unless(Said said) {
        return unless(said, List.of());
    }

    private GateSection unless(Said said, List<GateRule> tuned) {
        return new GateSection(
                blockAt.unless(said.blockAt, "--block-at"),
                onSuspect.unless(said.onSuspect.map(OnSuspect::of), "--on-suspect"),
                onInconclusive.unless(said.onInconclusive, "--on-inconclusive"),
                onNew.unless(said.onNew, "--on-new"),
                onIncomparable.unless(said.onIncomparable, "--on-incomparable"),
                onCopied.unless(said.onCopied, "--on-copied"),
                onMissing.unless(said.onMissing, "--on-missing"),
                onTooGood.unless(said.onTooGood, "--on-too-good"),
                tooGood,
                grace.unless(said.grace, "--grace"),
                deciding,
                confirming,
                Stream.of(tuned, rules, said.rules).flatMap(List::stream).toList(),
                budgets);
    }

    /** How suspects are measured again, with what an option says of it. */
    public Confirming confirming(Optional<String> command) {
        return new Confirming(
                confirming.command.unless(Optional.of(command).filter(Optional::isPresent), "--confirm"),
                confirming.runs,
                confirming.timeout);
    }

    /**
     * The policy that the settings make.
     *
     * @param policies decide which suspects are critical, where no setting does
     */
    public GatePolicy policy(Policies policies) {
        return new GatePolicy(
                blockAt.value(),
                onSuspect.value().by(policies),
                onInconclusive.value(),
                onNew.value(),
                onIncomparable.value(),
                onMissing.value(),
                onTooGood.value(),
                tooGood.value(),
                grace.value(),
                rules,
                budgets,
                policies.roles(),
                deciding.fixed(),
                onCopied.value());
    }

    List<Setting<?>> settings() {
        return List.of(
                blockAt,
                onSuspect,
                onInconclusive,
                onNew,
                onIncomparable,
                onCopied,
                onMissing,
                onTooGood,
                tooGood,
                grace,
                deciding.rule,
                deciding.change,
                deciding.deviations,
                deciding.runs,
                confirming.command,
                confirming.runs,
                confirming.timeout);
    }
}
