package dev.plumbline.core.judge;

import static dev.plumbline.core.finding.Ladder.finite;
import static dev.plumbline.core.finding.Ladder.share;

import dev.plumbline.core.finding.Check;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Ladder;
import dev.plumbline.core.finding.PValue;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.history.Expectation;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Percent;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.Interval;
import dev.plumbline.core.threshold.Policy;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** From what the suite says of one series to the verdict. For one use. */
public final class Decision {
    /** A relevant change is a suspect up to this multiple of the suite's error rate. */
    private static final double SUSPECT = 2;

    /** Of the interval that shows a change to be none: two one-sided tests of 5 % each (Schuirmann 1987). */
    private static final double EQUIVALENCE_CONFIDENCE = 0.90;

    /** So much of the error rate is spent on the whole suite having moved. */
    private static final double WHOLE_SHARE = 0.1;

    /** A series that moved by less than this share of what the whole suite did has not moved with it. */
    private static final double WITH_SUITE = 0.5;

    /** The newest runs still show a change where they lie beyond this share of it. */
    private static final double STILL_THERE = 0.5;

    private final Policy policy;
    private final Series series;
    private final Departure departure;
    private final Optional<Suite.Shift> shift;
    private final Optional<Standing> standing;
    private final int suite;
    private final Ladder ladder;
    private final Expectation expected;
    private final Effect own;

    private double probability = 1;
    private int together;

    /**
     * @param shift what the suite says; empty for a series that never moved
     * @param standing a change that was called before and that nobody accepted
     * @param suite how many series are judged together
     * @param ladder to which the rungs of this decision are added
     */
    Decision(
            Policy policy,
            Series series,
            Departure departure,
            Optional<Suite.Shift> shift,
            Optional<Standing> standing,
            int suite,
            Ladder ladder) {
        this.policy = policy;
        this.series = series;
        this.departure = departure;
        this.shift = shift;
        this.standing = standing;
        this.suite = suite;
        this.ladder = ladder;
        expected = departure.expected();
        together = departure.runs();
        own = possible(departure.effect(policy.confidence()));
    }

    private Effect possible(Effect effect) {
        return new Effect(
                effect.before(), effect.after(), effect.relativeChange(), possible(effect.interval(), effect.before()));
    }

    /** What is never negative loses all of itself at most; of zero nothing is a share. */
    private Interval possible(Interval interval, double before) {
        boolean isPossible = interval.low() >= -1
                || before <= 0
                || departure.isAnyNegative()
                || series.points().stream().anyMatch(point -> point.value() < 0);
        return isPossible ? interval : Effect.ofUnsigned(interval);
    }

    /** The smallest detectable change with this number of runs; empty where there is none, and in a replay. */
    OptionalDouble detectable(int runs) {
        if (ladder.isSilent()) {
            return OptionalDouble.empty();
        }
        if (expected.constant()) {
            return suite * movedProbability() <= policy.suiteErrorRate()
                    ? OptionalDouble.of(policy.margin())
                    : OptionalDouble.empty();
        }
        return shift.map(known -> Detectable.change(known, policy, series.better(), runs))
                .orElse(OptionalDouble.empty());
    }

    Severity severity(Verdict verdict) {
        return verdict instanceof Verdict.Regressed
                ? policy.severities().of(Math.abs(verdict.effect().orElse(own).relativeChange()))
                : Severity.NONE;
    }

    /** How rarely any series of a healthy run shows as much; known after the verdict. */
    double probability() {
        return probability;
    }

    /** How many runs show the change; known after the verdict. */
    int together() {
        return together;
    }

    Verdict verdict() {
        commonMode();
        Effect effect = weigh();
        boolean relevant = policy.isRelevant(effect);
        boolean certain = probability <= policy.suiteErrorRate();
        boolean stands = standing.isPresent()
                && relevant
                && isWorse(effect)
                && standing.get().isStillThere();
        if (stands) {
            together = standing.get().runs() + departure.runs();
        }
        boolean whole = isWholeSuite();
        if (certain && relevant && !(whole && isLittleBesideWhole(effect))) {
            ladder.decided("suite", () -> words(effect), suiteNumbers());
            return verdict(effect);
        }
        if (whole) {
            Effect all = possible(departure.whole(policy.confidence()));
            probability = wholeProbability();
            ladder.decided(
                    "whole-suite",
                    this::wholeWords,
                    Map.of("shift", shift.orElseThrow().wholeShift()));
            return verdict(all);
        }
        if (stands) {
            ladder.decided(
                    "standing",
                    () -> "called before and not accepted; " + standing.get().runs()
                            + (standing.get().runs() == 1 ? " earlier run lies" : " earlier runs lie")
                            + " on this level too, and this one has not come back",
                    Map.of("runs", (double) standing.get().runs()));
            return new Verdict.Regressed(effect);
        }
        ladder.passed("suite", () -> words(effect), suiteNumbers());
        if (certain && policy.reachesMargin(effect.relativeChange())) {
            ladder.decided(
                    "floor",
                    () -> "the change is certain, and smaller than the smallest one that matters",
                    Map.of("change", effect.after() - effect.before(), "floor", policy.floor()));
            return new Verdict.Unchanged(effect);
        }
        boolean clear = relevant && isClearOfMargin();
        if (relevant && probability <= SUSPECT * policy.suiteErrorRate()) {
            return suspect();
        }
        return clear ? doubtful() : unchangedOrHidden(certain);
    }

    private Verdict verdict(Effect effect) {
        return isWorse(effect) ? new Verdict.Regressed(effect) : new Verdict.Improved(effect);
    }

    private boolean isWorse(Effect effect) {
        return series.better().isWorse(effect.relativeChange());
    }

    /** What the run did to all series is taken out of the change, and told where it matters. */
    private void commonMode() {
        if (departure.shared() == 0) {
            return;
        }
        double part = Expectation.relative(expected.regime(), departure.shared());
        ladder.passed(
                "common-mode",
                () -> Percent.signed(part, 1) + " of the change is shared by the other benchmarks of this run and taken"
                        + " out",
                Map.of("shared", finite(part)));
    }

    /** The change that is most unlikely, with its probability. */
    private Effect weigh() {
        if (expected.constant()) {
            probability = departure.isAllAt(expected.level()) ? 1 : Math.min(1, suite * movedProbability());
            return own;
        }
        Effect effect = own;
        if (shift.isPresent()) {
            boolean worse = isWorse(own);
            int window = (worse ? shift.get().worse() : shift.get().better()).window();
            double seen = worse ? shift.get().probabilityOfWorse() : shift.get().probabilityOfBetter();
            if (window > departure.runs() && seen < 1) {
                double[] distances = shift.get().newest(window);
                double mean = mean(distances);
                if (departure.shift() / mean > STILL_THERE) {
                    probability = seen;
                    if (!isJump(distances)) {
                        effect = possible(departure.effect(mean, distances.length, policy.confidence()));
                        together = distances.length;
                    }
                }
            } else {
                probability = seen;
            }
        }
        return effect;
    }

    /** Whether the run before the judged ones lies so much lower that these have jumped by themselves. */
    private boolean isJump(double... distances) {
        double before = distances[distances.length - departure.runs() - 1];
        return before / departure.shift() < STILL_THERE && policy.isRelevant(own);
    }

    private static double mean(double... values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private double movedProbability() {
        return expected.movedProbability(series.unit());
    }

    private double wholeProbability() {
        Suite.Shift known = shift.orElseThrow();
        return known.wholeShift() > 0 ? known.probabilityOfWholeWorse() : known.probabilityOfWholeBetter();
    }

    /** Whether all series of the run moved together, and this one with them. */
    private boolean isWholeSuite() {
        if (shift.isEmpty() || expected.constant() || shift.get().wholeShift() == 0) {
            return false;
        }
        double all = shift.get().wholeShift();
        Effect raw = departure.whole(policy.confidence());
        boolean isWith = (isWorse(raw) ? 1 : -1) * Math.abs(raw.relativeChange()) / all > WITH_SUITE;
        return wholeProbability() <= WHOLE_SHARE * policy.suiteErrorRate()
                && Math.abs(all) >= StrictMath.log1p(policy.margin())
                && isWith
                && policy.isRelevant(raw);
    }

    /**
     * What is left of a series that moved with its suite may be nothing but a share foretold too large or too small.
     */
    private boolean isLittleBesideWhole(Effect effect) {
        return Math.abs(effect.relativeChange())
                < WITH_SUITE * Math.abs(shift.orElseThrow().wholeShift());
    }

    private String wholeWords() {
        double all = Math.expm1(shift.orElseThrow().wholeShift());
        return "all benchmarks of this run are " + Percent.of(Math.abs(all)) + (all > 0 ? " worse" : " better")
                + " together, which so happens in " + share(wholeProbability())
                + " of healthy runs: the machine, or a change that touches all";
    }

    private boolean isClearOfMargin() {
        return own.interval().low() > policy.margin() || own.interval().high() < -policy.margin();
    }

    private Verdict suspect() {
        boolean worse = isWorse(own);
        String reason = (worse ? "may have become worse; " : "may have become better; ") + oftenWords();
        ladder.decided(
                "suspect", () -> reason, Map.of("pValue", probability, "limit", SUSPECT * policy.suiteErrorRate()));
        return new Verdict.Inconclusive(reason, worse, OptionalInt.of(1), Optional.of(own));
    }

    private Verdict doubtful() {
        String reason = oftenWords();
        ladder.decided("doubt", () -> reason, Map.of("pValue", probability, "limit", policy.suiteErrorRate()));
        OptionalInt needed = OptionalInt.empty();
        if (!ladder.isSilent() && shift.isPresent()) {
            OptionalInt all = shift.get().runsToShow(policy.suiteErrorRate(), Detectable.MOST_RUNS);
            needed = all.isPresent() && all.getAsInt() > departure.runs()
                    ? OptionalInt.of(all.getAsInt() - departure.runs())
                    : OptionalInt.empty();
        }
        return new Verdict.Inconclusive(reason, false, needed, Optional.of(own));
    }

    private String oftenWords() {
        return "as large a change somewhere in this suite is seen in " + share(probability) + " of healthy runs (limit "
                + share(policy.suiteErrorRate()) + ")";
    }

    /** @param certain whether there is a change, however large */
    private Verdict unchangedOrHidden(boolean certain) {
        Interval interval = expected.constant()
                ? own.interval()
                : possible(departure.interval(EQUIVALENCE_CONFIDENCE), own.before());
        if (interval.isInside(-policy.margin(), policy.margin()) || interval.low() == 0 && interval.high() == 0) {
            ladder.decided(
                    "equivalence",
                    () -> "the 90 % interval of the change, from " + Percent.of(interval.low()) + " to "
                            + Percent.of(interval.high()) + ", lies inside the margin of "
                            + Percent.of(policy.margin()),
                    Map.of("low", interval.low(), "high", interval.high(), "margin", policy.margin()));
            return new Verdict.Unchanged(own);
        }
        OptionalInt needed = ladder.isSilent() ? OptionalInt.empty() : departure.runsToFit(policy.margin());
        String reason = hidden(certain, series.better(), own, policy.margin())
                + (needed.isPresent()
                        ? ""
                        : ", however often this revision is run: its history is too short or too noisy");
        ladder.decided(
                "equivalence",
                () -> hiddenWords(interval),
                Map.of("low", finite(interval.low()), "high", finite(interval.high())));
        return new Verdict.Inconclusive(reason, false, needed, Optional.of(own));
    }

    /**
     * Why nothing is sure of a change that may lie inside the margin.
     *
     * @param certain whether there is a change, however large
     */
    public static String hidden(boolean certain, Better better, Effect effect, double margin) {
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
        numbers.put("pValue", probability);
        numbers.put("limit", policy.suiteErrorRate());
        numbers.put("suiteSize", (double) suite);
        numbers.put("runs", (double) together);
        shift.filter(known -> !expected.constant()).ifPresent(known -> {
            numbers.put("evidence", finite((isWorse(own) ? known.worse() : known.better()).evidence()));
            known.scale().ifPresent(scale -> numbers.put("noise", finite(scale)));
        });
        return numbers;
    }

    private String words(Effect effect) {
        String what = expected.level() == 0
                ? "the change"
                : Percent.change(effect.relativeChange()) + (together > 1 ? " over " + together + " runs" : "");
        if (expected.constant()) {
            return what + " from a value that never moved: " + PValue.words(probability) + " among " + suite
                    + " series";
        }
        return what + ": as much evidence somewhere in this suite in " + share(probability) + " of healthy runs (limit "
                + share(policy.suiteErrorRate()) + ")";
    }

    /** Adds what a judgement like this shows at all, and what it would take to show a major change. */
    void tellSensitivity(OptionalDouble detectable) {
        double asked = policy.severities().major();
        boolean enough = detectable.orElse(Double.POSITIVE_INFINITY) <= asked;
        OptionalInt needed = enough || shift.isEmpty()
                ? OptionalInt.empty()
                : Detectable.runsFor(asked, shift.get(), policy, series.better(), departure.runs() + 1);
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

    /** How many runs before the judged ones show the change; known after the verdict. */
    int earlier() {
        return together - departure.runs();
    }
}
