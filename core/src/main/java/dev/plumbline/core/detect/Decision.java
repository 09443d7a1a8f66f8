package dev.plumbline.core.detect;

import static dev.plumbline.core.detect.Ladder.finite;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Percent;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.Interval;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** From the evidence of one series, and what its suite makes of it, to the verdict. For one use. */
final class Decision {
    /** Below this unadjusted probability a relevant change is a suspect. */
    private static final double SUSPECT = 0.01;

    /**
     * The same for a critical change whose interval is clear of the margin: it is worth another run, and all the more
     * where nothing was ever as far off.
     */
    private static final double CRITICAL_SUSPECT = 0.05;

    /** Of the interval that shows a change to be none: two one-sided tests of 5 % each (Schuirmann 1987). */
    private static final double EQUIVALENCE_CONFIDENCE = 0.90;

    private final Policy policy;
    private final Series series;
    private final Departure departure;
    private final Evidence evidence;
    private final double adjusted;
    private final SeriesTail tail;
    private final SuiteTail suite;
    private final Ladder ladder;
    private final Expectation expected;
    private final Effect effect;

    /**
     * @param adjusted the probability of the evidence, for the whole suite
     * @param ladder to which the rungs of this decision are added
     */
    Decision(
            Policy policy,
            Series series,
            Departure departure,
            Evidence evidence,
            double adjusted,
            SeriesTail tail,
            SuiteTail suite,
            Ladder ladder) {
        this.policy = policy;
        this.series = series;
        this.departure = departure;
        this.evidence = evidence;
        this.adjusted = adjusted;
        this.tail = tail;
        this.suite = suite;
        this.ladder = ladder;
        expected = departure.expected();
        Effect seen = departure.effect(tail, policy.confidence());
        effect = new Effect(
                seen.before(), seen.after(), seen.relativeChange(), possible(seen.interval(), seen.before()));
    }

    /** What is never negative loses all of itself at most; of zero nothing is a share. */
    private Interval possible(Interval interval, double before) {
        boolean isPossible = interval.low() >= -1
                || before <= 0
                || departure.isAnyNegative()
                || series.points().stream().anyMatch(point -> point.value() < 0);
        return isPossible ? interval : Effect.ofUnsigned(interval);
    }

    /** What the runs at hand could show at all; empty where that is no size, and in a replay, which nobody asks. */
    OptionalDouble detectable() {
        return ladder.isSilent()
                ? OptionalDouble.empty()
                : departure.detectable(policy, series, suite.series(), tail, departure.runs());
    }

    Severity severity(Verdict verdict) {
        return verdict instanceof Verdict.Regressed
                ? policy.severities().of(Math.abs(effect.relativeChange()))
                : Severity.NONE;
    }

    Verdict verdict() {
        boolean relevant = policy.isRelevant(effect);
        boolean certain = adjusted <= policy.suiteErrorRate();
        if (certain && relevant) {
            ladder.decided("suite", this::certainWords, suiteNumbers());
            return isWorse() ? new Verdict.Regressed(effect) : new Verdict.Improved(effect);
        }
        ladder.passed("suite", this::certainWords, suiteNumbers());
        if (certain && policy.reachesMargin(effect.relativeChange())) {
            ladder.decided(
                    "floor",
                    () -> "the change is certain, and smaller than the smallest one that matters",
                    Map.of("change", effect.after() - effect.before(), "floor", policy.floor()));
            return new Verdict.Unchanged(effect);
        }
        boolean clear = relevant && isClearOfMargin();
        boolean critical = clear && isCriticalSuspect();
        if (relevant && evidence.probability() <= SUSPECT || critical) {
            return suspect(critical ? CRITICAL_SUSPECT : SUSPECT);
        }
        return clear ? doubtful() : unchangedOrHidden(certain);
    }

    private boolean isWorse() {
        return series.better().isWorse(effect.relativeChange());
    }

    private boolean isClearOfMargin() {
        return effect.interval().low() > policy.margin() || effect.interval().high() < -policy.margin();
    }

    private boolean isCriticalSuspect() {
        return policy.severities().of(Math.abs(effect.relativeChange())) == Severity.CRITICAL
                && (evidence.probability() <= CRITICAL_SUSPECT || suite.asFar(departure.leastSurprise()) == 0);
    }

    private Verdict suspect(double limit) {
        String reason = (isWorse() ? "may have become worse; " : "may have become better; ")
                + doubtWords("one odd run is not enough to be sure among " + suite.series() + " series");
        ladder.decided("suspect", () -> reason, Map.of("pValue", evidence.probability(), "limit", limit));
        return new Verdict.Inconclusive(reason, isWorse(), OptionalInt.of(1), Optional.of(effect));
    }

    private Verdict doubtful() {
        String reason = doubtWords("by the noise of this series among " + suite.series() + " the change may be chance");
        ladder.decided(
                "doubt",
                () -> reason,
                Map.of("pValue", evidence.probability(), "adjusted", adjusted, "limit", policy.suiteErrorRate()));
        OptionalInt needed = ladder.isSilent()
                ? OptionalInt.empty()
                : departure.runsToCall(policy.suiteErrorRate(), suite.series(), tail);
        return new Verdict.Inconclusive(reason, false, needed, Optional.of(effect));
    }

    /** @param certain whether there is a change, however large */
    private Verdict unchangedOrHidden(boolean certain) {
        Interval interval = expected.constant()
                ? effect.interval()
                : possible(departure.interval(tail, EQUIVALENCE_CONFIDENCE), effect.before());
        if (interval.isInside(-policy.margin(), policy.margin()) || interval.low() == 0 && interval.high() == 0) {
            ladder.decided(
                    "equivalence",
                    () -> "the 90 % interval of the change, from " + Percent.of(interval.low()) + " to "
                            + Percent.of(interval.high()) + ", lies inside the margin of "
                            + Percent.of(policy.margin()),
                    Map.of("low", interval.low(), "high", interval.high(), "margin", policy.margin()));
            return new Verdict.Unchanged(effect);
        }
        OptionalInt needed = ladder.isSilent() ? OptionalInt.empty() : departure.runsToFit(policy.margin(), tail);
        String reason = hidden(certain, series.better(), effect, policy.margin())
                + (needed.isPresent()
                        ? ""
                        : ", however often this revision is run: its history is too short or too noisy");
        ladder.decided(
                "equivalence",
                () -> hiddenWords(interval),
                Map.of("low", finite(interval.low()), "high", finite(interval.high())));
        return new Verdict.Inconclusive(reason, false, needed, Optional.of(effect));
    }

    /**
     * Why nothing is sure of a change that may lie inside the margin.
     *
     * @param certain whether there is a change, however large
     */
    static String hidden(boolean certain, Better better, Effect effect, double margin) {
        return certain
                ? "it got " + (better.isWorse(effect.relativeChange()) ? "worse" : "better")
                        + " for certain; whether by the margin of " + Percent.of(margin) + " is open"
                : "the noise hides a change of " + Percent.of(margin);
    }

    private String hiddenWords(Interval interval) {
        if (expected.level() == 0) {
            return "the level is zero, and no change of that lies inside a margin";
        }
        return String.format(
                Locale.ROOT,
                "run-to-run noise is %.1f %%, and the 90 %% interval of the change, from %s to %s, reaches"
                        + " beyond the margin of %.1f %%",
                100 * expected.regime().relativeNoise(),
                Percent.signed(interval.low(), 1),
                Percent.signed(interval.high(), 1),
                100 * policy.margin());
    }

    private Map<String, Double> suiteNumbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("pValue", evidence.probability());
        numbers.put("adjusted", adjusted);
        numbers.put("suiteSize", (double) suite.series());
        numbers.put("suiteHistory", (double) tail.size());
        numbers.put("limit", policy.suiteErrorRate());
        return numbers;
    }

    private String certainWords() {
        return suite.series() == 1
                ? PValue.words(adjusted)
                : PValue.words(adjusted) + " after adjusting for " + suite.series() + " series";
    }

    /** Why a change that stands clear of the margin is not certain. */
    private String doubtWords(String byNoise) {
        return switch (evidence.ground()) {
            case NOISE -> byNoise;
            case PAST -> {
                int times = suite.asFar(departure.leastSurprise());
                yield times == 0
                        ? "none of the " + suite.size()
                                + " earlier values of this suite was as far off, too few to be sure"
                        : "this suite has been as far off before without a lasting change, in " + times + " of its "
                                + suite.size() + " earlier values";
            }
            case YOUNG_LEVEL ->
                "its current level began only " + expected.runs()
                        + " runs ago, and from the level before it so large a change is not certain";
        };
    }

    /** Adds what a judgement like this shows at all, and what it would take to show a major change. */
    void tellSensitivity(OptionalDouble detectable) {
        double asked = policy.severities().major();
        boolean enough = detectable.orElse(Double.POSITIVE_INFINITY) <= asked;
        OptionalInt needed =
                enough ? OptionalInt.empty() : departure.runsToDetect(policy, series, suite.series(), tail);
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("runs", (double) departure.runs());
        detectable.ifPresent(change -> numbers.put("detectable", change));
        if (!enough) {
            numbers.put("asked", asked);
            needed.ifPresent(runs -> numbers.put("needed", (double) runs));
        }
        String words = new Detectable(detectable, departure.runs(), asked, needed, policy.margin()).sentence();
        ladder.addBelowDecision(new Check(Check.SENSITIVITY, Check.Outcome.NOTED, words, numbers));
    }
}
