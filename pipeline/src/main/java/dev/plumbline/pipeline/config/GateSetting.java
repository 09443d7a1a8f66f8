package dev.plumbline.pipeline.config;

import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.gate.FixedRule;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.pipeline.config.GateSection.OnSuspect;
import dev.plumbline.pipeline.config.GateSection.Rule;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A setting of the gate: the configuration file, the options and their help all take it from here.
 *
 * @param key in the section {@code gate}; an option that overrides it has the same name
 * @param kind the values that it takes
 * @param fallback the default value
 * @param placeholder of a value in the help of the option; empty text where no option overrides the setting
 * @param help one sentence or two for the option, without the default; empty text where there is no option
 */
public record GateSetting<T>(String key, Kind<T> kind, T fallback, String placeholder, String help) {
    /** The text for no command and no share. */
    static final String NONE = "none";

    private static final int MOST_RUNS = 100_000;
    private static final GatePolicy GATE = GatePolicy.DEFAULT;

    /** The former word for failing the gate, which is still read. */
    private static final String CLOSE = "close";

    static final GateSetting<Severity> BLOCK_AT = new GateSetting<>(
            "block-at",
            severity(),
            GATE.blockAt(),
            "SEVERITY",
            "Lowest severity that fails the gate: any, minor (2 %), major (5 %) or critical (10 %).");
    static final GateSetting<OnSuspect> ON_SUSPECT = new GateSetting<>(
            "on-suspect",
            Kind.choice(failing(words(OnSuspect.values())), Map.of(CLOSE, OnSuspect.CLOSE)),
            OnSuspect.BY_SIZE,
            "EFFECT",
            "Gate effect of possible, unconfirmed regressions: pass, hold (exit code 3), fail or by-size (hold if"
                    + " one seems critical, else pass).");
    static final GateSetting<GatePolicy.Effect> ON_INCONCLUSIVE =
            effect("on-inconclusive", GATE.onInconclusive(), "of inconclusive benchmarks");
    static final GateSetting<GatePolicy.Effect> ON_NEW =
            effect("on-new", GATE.onNew(), "of benchmarks with too little history");
    static final GateSetting<GatePolicy.Effect> ON_INCOMPARABLE = effect(
            "on-incomparable",
            GATE.onIncomparable(),
            "when nothing is comparable with the history, or a benchmark changed its unit or direction");
    static final GateSetting<GatePolicy.Effect> ON_COPIED = effect(
            "on-copied", GATE.onCopied(), "of results whose numbers are all those of an earlier run of another commit");
    static final GateSetting<GatePolicy.Effect> ON_MISSING =
            effect("on-missing", GATE.onMissing(), "of benchmarks missing from this run");
    static final GateSetting<GatePolicy.Effect> ON_TOO_GOOD =
            effect("on-too-good", GATE.onTooGood(), "of results that are too good to be true");
    static final GateSetting<Double> TOO_GOOD = inFile("too-good", Kind.numberAbove(1), GATE.tooGood());
    static final GateSetting<Integer> GRACE = new GateSetting<>(
            "grace",
            Kind.wholeNumber(0, MOST_RUNS),
            GATE.grace(),
            "N",
            "Benchmarks with fewer earlier runs are reported but never fail the gate.");
    static final GateSetting<Rule> RULE = inFile("rule", Kind.choice(words(Rule.values())), Rule.JUDGED);
    static final GateSetting<Optional<Double>> FIXED_CHANGE = inFile(
            "fixed-change",
            Kind.parsed(
                    text -> text.equals(NONE)
                            ? Optional.empty()
                            : Optional.of(Kind.shareBetween(0, 1).read(text)),
                    share -> share.map(Kind.share()::write).orElse(NONE)),
            Optional.empty());
    static final GateSetting<Double> FIXED_DEVIATIONS = inFile("fixed-deviations", Kind.numberAbove(0), 3.0);
    static final GateSetting<Integer> FIXED_RUNS =
            inFile("fixed-runs", Kind.wholeNumber(FixedRule.FEWEST, MOST_RUNS), 20);
    static final GateSetting<Optional<String>> CONFIRM =
            inFile("confirm", Kind.optional(Kind.text(), NONE), Optional.empty());
    static final GateSetting<Integer> CONFIRM_RUNS = inFile("confirm-runs", Kind.wholeNumber(1, 100), 4);
    static final GateSetting<Duration> CONFIRM_TIMEOUT =
            inFile("confirm-timeout", Kind.duration(), Duration.ofMinutes(5));

    /** All settings, in the order in which they are shown. */
    static final List<GateSetting<?>> ALL = List.of(
            BLOCK_AT,
            ON_SUSPECT,
            ON_INCONCLUSIVE,
            ON_NEW,
            ON_INCOMPARABLE,
            ON_COPIED,
            ON_MISSING,
            ON_TOO_GOOD,
            TOO_GOOD,
            GRACE,
            RULE,
            FIXED_CHANGE,
            FIXED_DEVIATIONS,
            FIXED_RUNS,
            CONFIRM,
            CONFIRM_RUNS,
            CONFIRM_TIMEOUT);

    /** The settings that options override. */
    public static final List<GateSetting<?>> OPTIONS =
            ALL.stream().filter(one -> !one.help.isEmpty()).toList();

    private static GateSetting<GatePolicy.Effect> effect(String key, GatePolicy.Effect fallback, String of) {
        return new GateSetting<>(
                key,
                Kind.choice(failing(words(GatePolicy.Effect.values())), Map.of(CLOSE, GatePolicy.Effect.CLOSE)),
                fallback,
                "EFFECT",
                "Gate effect " + of + ": pass, hold or fail.");
    }

    private static <T> GateSetting<T> inFile(String key, Kind<T> kind, T fallback) {
        return new GateSetting<>(key, kind, fallback, "", "");
    }

    private static Kind<Severity> severity() {
        Map<String, Severity> words = new LinkedHashMap<>();
        words.put("any", Severity.NONE);
        words.put("minor", Severity.MINOR);
        words.put("major", Severity.MAJOR);
        words.put("critical", Severity.CRITICAL);
        return Kind.choice(words);
    }

    /** The constants by their names in small letters, {@code by-size}. */
    static <E extends Enum<E>> Map<String, E> words(E[] constants) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E one : constants) {
            words.put(one.name().toLowerCase(Locale.ROOT).replace('_', '-'), one);
        }
        return words;
    }

    /** The same with {@code fail} in place of the former {@code close}. */
    private static <E> Map<String, E> failing(Map<String, E> words) {
        Map<String, E> failing = new LinkedHashMap<>();
        words.forEach((word, effect) -> failing.put(word.equals(CLOSE) ? "fail" : word, effect));
        return failing;
    }

    /** The option that overrides it, {@code --block-at}. */
    public String option() {
        return "--" + key;
    }

    /** The help of the option, with the default. */
    public String description() {
        return help + " Default: " + kind.write(fallback);
    }

    Setting<T> read(Section section) {
        return section.setting(key, kind, fallback);
    }
}
