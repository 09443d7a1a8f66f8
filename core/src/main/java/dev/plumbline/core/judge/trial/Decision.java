package dev.plumbline.core.judge.trial;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.history.CalledStretch;
import dev.plumbline.core.history.Expectation;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.suite.ShiftEvidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Turns the evidence of the suite about one series into the verdict. For one use. */
final class Decision {
    /** A relevant change is a suspect up to this multiple of the suite's error rate. */
    private static final double SUSPECT = 2.5;

    /**
     * The confidence of the interval that shows a change to be none: two one-sided tests of 5 % each (Schuirmann 1987).
     */
    private static final double EQUIVALENCE_CONFIDENCE = 0.90;

    /** The share of the error rate for a change of the whole suite. */
    private static final double WHOLE_SHARE = 0.15;

    /** The part of the error rate for shares of trials that counting alone shows to be others. */
    private static final double SHARE_OF_COUNTS = 0.2;

    /** A series that moved by less than this share of what the whole suite did has not moved with it. */
    private static final double WITH_SUITE = 0.5;

    /**
     * The number of standard errors from the detected runs from which new runs lie on another level: a further loss, or
     * a climb.
     */
    private static final double ELSEWHERE = 2;

    private final Policy policy;
    private final Series series;
    private final Deviation departure;
    private final Optional<JudgedSuite.Shift> shift;
    private final Optional<Standing> standing;
    private final int suite;
    private final boolean isReplay;
    private final Optional<Double> known;
    private final int sinceOff;
    private final Supplier<Optional<UnusualForks>> forks;
    private final Optional<ShareEvidence> share;
    private final List<Rung> trace = new ArrayList<>();
    private final Expectation expected;
    private final Effect own;

    private double probability = 1;
    private int together;

    /** The number of runs of the reported change. */
    private int shown;

    /**
     * @param shift the evidence of the suite; empty for a series that never moved
     * @param standing a change that was detected before and is not accepted
     * @param suite how many series are judged together
     * @param isReplay whether the minimum detectable change is not needed, which takes longer than the verdict
     * @param known how likely the change is without a cause, where the suite is not asked
     * @param sinceOff how many of the newest runs of the history may show a change together with the new ones
     * @param forks whether the processes of the new runs lie farther apart than usual; asked of certain changes
     * @param share what counting says, of a share whose trials are known
     */
    Decision(
            Policy policy,
            Series series,
            Deviation departure,
            Optional<JudgedSuite.Shift> shift,
            Optional<Standing> standing,
            int suite,
            boolean isReplay,
            Optional<Double> known,
            int sinceOff,
            Supplier<Optional<UnusualForks>> forks,
            Optional<ShareEvidence> share) {
        this.forks = forks;
        this.share = share;
        this.known = known;
        this.sinceOff = sinceOff;
        this.policy = policy;
        this.series = series;
        this.departure = departure;
        this.shift = shift;
        this.standing = standing;
        this.suite = suite;
        this.isReplay = isReplay;
        expected = departure.expected();
        together = departure.runs();
        shown = together;
        own = possible(departure.effect(policy.confidence()));
    }

    private Effect possible(Effect effect) {
        return new Effect(
                effect.before(), effect.after(), effect.relativeChange(), possible(effect.interval(), effect.before()));
    }

    /** The interval limited to possible changes: a value that is never negative cannot lose more than itself. */
    private Interval possible(Interval interval, double before) {
        boolean isPossible = interval.low() >= -1
                || before <= 0
                || departure.isAnyNegative()
                || series.points().stream().anyMatch(point -> point.value() < 0);
        return isPossible ? interval : Effect.ofUnsigned(interval);
    }

    /** The smallest detectable change with this number of runs; empty where there is none, and in a replay. */
    OptionalDouble detectable(int runs) {
        return isReplay ? OptionalDouble.empty() : Detectable.change(expected, policy, series, shift, suite, runs);
    }

    Severity severity(Verdict verdict) {
        return verdict instanceof Verdict.Regressed
                ? policy.severities().of(Math.abs(verdict.effect().orElse(own).relativeChange()))
                : Severity.NONE;
    }

    /** The probability that any series of a healthy run shows as much; known after the verdict. */
    double probability() {
        return probability;
    }

    /** The number of runs that show the change; known after the verdict. */
    int together() {
        return together;
    }

    Verdict verdict() {
        commonMode();
        Effect effect = counted(weigh());
        boolean relevant = policy.isRelevant(effect);
        boolean certain = probability <= policy.suiteErrorRate();
        boolean stands = standing.isPresent()
                && relevant
                && isWorse(effect)
                && standing.get().isStillThere();
        boolean standsWithSuite = !stands && standsWithSuite();
        if (stands || standsWithSuite) {
            effect = standing(effect, standing.get());
        }
        boolean whole = isWholeSuite();
        Optional<UnusualForks> unsure = certain && relevant && !stands ? unsure(effect) : Optional.empty();
        if (certain && relevant && unsure.isEmpty() && !(whole && isLittleBesideWhole(effect))) {
            trace.add(Rung.decided(inSuite(effect)));
            return verdict(effect);
        }
        if (whole) {
            Effect all = possible(departure.whole(policy.confidence()));
            probability = wholeProbability();
            if (!stands && !standsWithSuite) {
                // what all series have in common began with one run, whatever each of them did by chance before
                together = departure.runs() + Math.min(shift.orElseThrow().wholeLasting(), sinceOff);
                shown = departure.runs();
            }
            trace.add(Rung.decided(
                    new HistoryEvidence.WholeSuite(shift.orElseThrow().wholeShift(), probability)));
            return verdict(all);
        }
        if (stands || standsWithSuite && policy.isRelevant(effect)) {
            trace.add(Rung.decided(new HistoryEvidence.Standing(standing.get().runs())));
            return new Verdict.Regressed(effect);
        }
        trace.add(Rung.passed(inSuite(effect)));
        if (unsure.isPresent()) {
            return between(unsure.get());
        }
        if (certain && policy.reachesMargin(effect.relativeChange())) {
            trace.add(Rung.decided(new HistoryEvidence.BelowFloor(effect.after() - effect.before(), policy.floor())));
            return new Verdict.Unchanged(effect);
        }
        boolean clear = relevant && isClearOfMargin();
        if (relevant && probability <= SUSPECT * policy.suiteErrorRate()) {
            return suspect();
        }
        return clear ? doubtful() : unchangedOrHidden(certain);
    }

    /**
     * Whether a regression that was detected lasts with its whole suite: that is worse still, and these runs of one
     * series, which may be near its level by chance, do not show clearly that it is back.
     */
    private boolean standsWithSuite() {
        return standing.isPresent()
                && standing.get().isPerhapsThere()
                && shift.isPresent()
                && departure.shared() == 0
                && shift.get().wholeShift() >= StrictMath.log1p(policy.margin())
                && wholeProbability() <= WHOLE_SHARE * policy.suiteErrorRate();
    }

    /** The joint change of the detected runs and the new ones; where the new ones lie elsewhere, theirs alone. */
    private Effect standing(Effect effect, Standing called) {
        int newRuns = departure.runs();
        together = called.runs() + newRuns;
        double apart = Math.abs(departure.shift() - called.mean());
        if (apart > ELSEWHERE * departure.standardError(newRuns)) {
            shown = newRuns;
            return effect;
        }
        shown = together;
        double mean = (called.runs() * called.mean() + newRuns * departure.shift()) / together;
        return possible(departure.effect(mean, together, policy.confidence()));
    }

    private Verdict verdict(Effect effect) {
        return isWorse(effect) ? new Verdict.Regressed(effect) : new Verdict.Improved(effect);
    }

    private boolean isWorse(Effect effect) {
        return series.better().isWorse(effect.relativeChange());
    }

    /** Removes the common change of the run from the change, and reports it where it matters. */
    private void commonMode() {
        if (departure.shared() == 0) {
            return;
        }
        trace.add(Rung.passed(
                new HistoryEvidence.CommonMode(Expectation.relative(expected.regime(), departure.shared()))));
    }

    /** The change that is most unlikely, with its probability. */
    private Effect weigh() {
        if (known.isPresent()) {
            probability = known.get();
            return own;
        }
        if (expected.constant()) {
            probability = departure.isAllAt(expected.level()) ? 1 : Math.min(1, suite * movedProbability());
            return own;
        }
        Effect effect = own;
        if (shift.isPresent()) {
            boolean worse = isWorse(own);
            int best = (worse ? shift.get().worse() : shift.get().better()).window();
            int window = Math.min(best, departure.runs() + sinceOff);
            double seen = window < best ? probability(worse, window) : probability(worse);
            if (window > departure.runs() && seen < 1) {
                double[] distances = shift.get().newest(window);
                double mean = mean(distances);
                if (departure.shift() / mean > SeriesTrial.STILL_THERE) {
                    probability = seen;
                    double[] since = since(distances);
                    if (since.length > departure.runs()) {
                        effect = possible(departure.effect(mean(since), since.length, policy.confidence()));
                        together = since.length;
                        shown = together;
                    }
                } else {
                    // a spike in the previous run makes the two together look like a change, and is no evidence about
                    // this run
                    probability = probability(worse, departure.runs());
                }
            } else {
                probability = seen;
            }
        }
        return effect;
    }

    /**
     * The same as counting has it, where the new runs are weighed by themselves: what lies beyond every earlier share
     * and no chance explains is a change, with a part of the error rate of its own; what chance explains is none.
     */
    private Effect counted(Effect effect) {
        if (share.isEmpty() || known.isPresent() || together != departure.runs()) {
            return effect;
        }
        double chance = Math.min(1, suite * share.get().probability());
        double spent = Math.min(1, chance / SHARE_OF_COUNTS);
        trace.add(Rung.passed(share.get().evidence()));
        boolean isFound = share.get().isBeyond() && spent < probability && spent <= policy.suiteErrorRate();
        // a share that never moved, mostly none at all, is no counter that is exact
        probability = Math.max(expected.constant() ? spent : chance, isFound ? spent : probability);
        return isFound ? share.get().effect(policy.confidence()).orElse(effect) : effect;
    }

    private double probability(boolean worse) {
        JudgedSuite.Shift asked = shift.orElseThrow();
        return worse ? asked.probabilityOfWorse() : asked.probabilityOfBetter();
    }

    /** The same of this number of newest runs. */
    private double probability(boolean worse, int window) {
        JudgedSuite.Shift asked = shift.orElseThrow();
        return worse ? asked.probabilityOfWorse(window) : asked.probabilityOfBetter(window);
    }

    /**
     * The distances from the run on with which a common change begins: behind the first ones where all of these lie
     * nearer to the level before than to the rest. A commit whose run was a little slow by chance is not the one to
     * look at. The judged runs alone remain only where they are relevant by themselves.
     */
    private double[] since(double... distances) {
        int judged = distances.length - departure.runs();
        int begin = 0;
        double farthest = Double.NEGATIVE_INFINITY;
        for (int i = 1; i <= judged; i++) {
            farthest = Math.max(farthest, distances[i - 1] / departure.shift());
            double rest = mean(Arrays.copyOfRange(distances, i, distances.length)) / departure.shift();
            boolean isBefore = farthest < SeriesTrial.STILL_THERE * Math.min(1, rest);
            begin = isBefore && (i < judged || policy.isRelevant(own)) ? i : begin;
        }
        int called = begin + onsetOfCalled(distances.length - begin);
        return Arrays.copyOfRange(
                distances, called < judged || policy.isRelevant(own) ? called : begin, distances.length);
    }

    /** The number of first runs that are not part of a loss, according to the history once it is detected. */
    private int onsetOfCalled(int runs) {
        if (!isWorse(own)) {
            return 0;
        }
        List<Point> history = series.points();
        List<Point> all =
                Stream.concat(history.stream(), departure.candidate().stream()).toList();
        int begin = all.size() - runs;
        boolean isFirst = history.subList(begin, history.size()).stream().noneMatch(Point::judgedBad);
        int onset = begin;
        for (int next = CalledStretch.onset(all, onset, series.better()); isFirst && next > onset; ) {
            onset = next;
            next = CalledStretch.onset(all, onset, series.better());
        }
        return onset - begin;
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
        JudgedSuite.Shift known = shift.orElseThrow();
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
     * Whether the rest of a series that moved with its suite may only be an error in its predicted share, or its own
     * noise where nothing shared was removed.
     */
    private boolean isLittleBesideWhole(Effect effect) {
        double all = shift.orElseThrow().wholeShift();
        double moved = (isWorse(effect) ? 1 : -1) * Math.abs(effect.relativeChange());
        double rest = departure.shared() == 0 ? moved - all : moved;
        return Math.abs(rest) < WITH_SUITE * Math.abs(all);
    }

    private boolean isClearOfMargin() {
        return own.interval().low() > policy.margin() || own.interval().high() < -policy.margin();
    }

    private Verdict suspect() {
        boolean worse = isWorse(own);
        HistoryEvidence.Suspect why = new HistoryEvidence.Suspect(
                worse, probability, policy.suiteErrorRate(), SUSPECT * policy.suiteErrorRate());
        trace.add(Rung.decided(why));
        return new Verdict.Inconclusive(why, worse, OptionalInt.of(1), Optional.of(own));
    }

    /** Where the processes of the new runs lie unusually far apart, and by that alone may show the change. */
    private Optional<UnusualForks> unsure(Effect effect) {
        return effect.interval().contains(0) ? forks.get() : Optional.empty();
    }

    private Verdict between(UnusualForks unusual) {
        boolean worse = isWorse(own);
        HistoryEvidence.ForksApart why = new HistoryEvidence.ForksApart(worse, unusual.deviation(), unusual.usual());
        trace.add(Rung.decided(why));
        return new Verdict.Inconclusive(why, worse, OptionalInt.of(1), Optional.of(own));
    }

    private Verdict doubtful() {
        HistoryEvidence.Doubt why = new HistoryEvidence.Doubt(probability, policy.suiteErrorRate());
        trace.add(Rung.decided(why));
        OptionalInt needed = OptionalInt.empty();
        if (!isReplay && shift.isPresent()) {
            OptionalInt all = shift.get().runsToShow(policy.suiteErrorRate(), Detectable.MOST_RUNS);
            needed = all.isPresent() && all.getAsInt() > departure.runs()
                    ? OptionalInt.of(all.getAsInt() - departure.runs())
                    : OptionalInt.empty();
        }
        return new Verdict.Inconclusive(why, false, needed, Optional.of(own));
    }

    /** @param certain whether there is a change, however large */
    private Verdict unchangedOrHidden(boolean certain) {
        Interval interval = expected.constant()
                ? own.interval()
                : possible(departure.interval(EQUIVALENCE_CONFIDENCE), own.before());
        if (interval.isInside(-policy.margin(), policy.margin()) || interval.low() == 0 && interval.high() == 0) {
            trace.add(Rung.decided(new HistoryEvidence.Equivalence(interval, policy.margin())));
            return new Verdict.Unchanged(own);
        }
        OptionalInt needed = isReplay ? OptionalInt.empty() : departure.runsToFit(policy.margin());
        HistoryEvidence.Hidden why = new HistoryEvidence.Hidden(
                certain,
                isWorse(own),
                interval,
                expected.level() == 0
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(expected.regime().relativeNoise()),
                policy.margin(),
                needed.isPresent());
        trace.add(Rung.decided(why));
        return new Verdict.Inconclusive(why, false, needed, Optional.of(own));
    }

    private HistoryEvidence.Suite inSuite(Effect effect) {
        Optional<JudgedSuite.Shift> asked = shift.filter(known -> !expected.constant());
        return new HistoryEvidence.Suite(
                expected.level() == 0 ? OptionalDouble.empty() : OptionalDouble.of(effect.relativeChange()),
                probability,
                policy.suiteErrorRate(),
                suite,
                shown,
                expected.constant(),
                asked.map(known -> isWorse(own) ? known.worse() : known.better())
                        .filter(ShiftEvidence::isKnown)
                        .map(known -> OptionalDouble.of(known.logRatio()))
                        .orElse(OptionalDouble.empty()),
                asked.map(JudgedSuite.Shift::scale).orElse(OptionalDouble.empty()));
    }

    /** Adds what a judgement like this shows at all, and what it would take to show a major change. */
    void tellSensitivity(OptionalDouble detectable) {
        double asked = policy.severities().major();
        boolean enough = detectable.orElse(Double.POSITIVE_INFINITY) <= asked;
        OptionalInt needed = enough || shift.isEmpty()
                ? OptionalInt.empty()
                : Detectable.runsFor(asked, shift.get(), policy, series.better(), departure.runs() + 1);
        HistoryEvidence.Sensitivity reported = new HistoryEvidence.Sensitivity(
                detectable, departure.runs(), asked, needed, Detectable.MOST_RUNS, policy.margin());
        trace.add(trace.size() - 1, Rung.noted(reported)); // the check that decided stays the last
    }

    /** The checks of this decision; known after the verdict. */
    List<Rung> trace() {
        return List.copyOf(trace);
    }

    /** The number of runs before the judged ones that show the change; known after the verdict. */
    int earlier() {
        return together - departure.runs();
    }
}
