package dev.plumbline.core.judge.trial;

import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Rung;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.history.BorrowedNoise;
import dev.plumbline.core.history.CalledStretch;
import dev.plumbline.core.history.Expectation;
import dev.plumbline.core.history.KnownSteps;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.PackedPoints;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.steps.FreshStep;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.Steps;
import dev.plumbline.core.stats.suite.SuiteEvidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The judgement of one series, from its points to its finding: the part before the suite is considered, and the part
 * after.
 */
public final class SeriesTrial {
    /** The number of runs of a level that determine its noise by themselves. */
    private static final int ENOUGH_OF_ACCEPTED = 20;

    /** The fewest values that make a level. */
    private static final int LEAST_OF_LEVEL = 3;

    /** From this number on the level is theirs wherever it began; a step that was a drift would cost its past. */
    private static final int MOST_OF_LEVEL = 20;

    /** The newest runs still show a change where they lie beyond this share of it. */
    public static final double STILL_THERE = 0.5;

    /** The number of earlier values in a sparkline. */
    public static final int SPARK = 40;

    private final Policy policy;
    private final Series series;
    private final PackedPoints base;

    /** The noise of the levels before an accepted one, where that is too young for its own. */
    private final Optional<BorrowedNoise> borrowed;

    /** The number of values before those of the base in the scanned values. */
    private final int lent;

    private final List<Point> candidate;
    private final Optional<Early> early;
    private final Optional<Expectation> expected;

    /** The steps in the base; empty where they were not looked for, or only together with other values. */
    private final Optional<Steps> steps;

    /** The step that the candidate of a replay completes; in other trials it is searched for on first use. */
    private final Optional<FreshStep> replayed;

    private final boolean isReplay;
    private final List<Point> earlier;
    private final List<Point> held;
    private final Set<String> off;

    /** The first of the points that were held back where those are judged with the candidate. */
    private final Optional<Point> began;

    /** A verdict that needs no suite, and the check that decided it. */
    private record Early(Verdict verdict, Rung rung) {}

    /**
     * The evidence about a loss that lasted, without the suite.
     *
     * @param probability that any series of a healthy suite looks like this
     * @param detectable the smallest detectable change of the run that was judged
     */
    private record Lasting(double probability, OptionalDouble detectable) {}

    public SeriesTrial(Trial trial, Policy policy) {
        this.policy = policy;
        series = trial.history();
        base = PackedPoints.of(series.points()).notJudgedBad();
        earlier = trial.earlier().stream().filter(point -> !point.judgedBad()).toList();
        borrowed = borrowed(policy);
        candidate = trial.candidate();
        held = trial.held();
        off = trial.off();
        began = Optional.empty();
        isReplay = false;
        replayed = Optional.empty();
        early = tooEarly(trial, policy);
        if (early.isPresent()) {
            expected = Optional.empty();
            steps = Optional.empty();
            lent = 0;
            return;
        }
        double[] values = knownValues();
        Steps found = SegmentedSeries.steps(values, policy.margin());
        steps = borrowed.isPresent() ? Optional.empty() : Optional.of(found);
        Expectation together = Expectation.of(values, found);
        expected = Optional.of(borrowed.map(noise -> noise.on(together)).orElse(together));
        lent = values.length - base.size();
    }

    /**
     * A replayed trial, whose history was scanned before. Its finding lacks the minimum detectable change: it is not
     * needed, and takes longer than the verdict.
     *
     * @param trial with enough history
     * @param expected of that history
     * @param before what a scan of the history found
     * @param after the same, with the candidate
     */
    public SeriesTrial(Trial trial, Policy policy, Expectation expected, Steps before, Steps after) {
        this.policy = policy;
        series = trial.history();
        base = PackedPoints.of(series.points());
        earlier = List.of();
        held = List.of();
        off = trial.off();
        began = Optional.empty();
        borrowed = Optional.empty();
        lent = 0;
        candidate = trial.candidate();
        isReplay = true;
        early = Optional.empty();
        this.expected = Optional.of(expected);
        steps = Optional.empty();
        replayed = FreshStep.of(before, after, base.values(), values(candidate));
    }

    /** The same trial of some points that were held back, and of its own. */
    private SeriesTrial(SeriesTrial one, List<Point> together, Point began) {
        this.began = Optional.of(began);
        policy = one.policy;
        series = one.series;
        base = one.base;
        borrowed = one.borrowed;
        lent = one.lent;
        candidate = together;
        held = List.of();
        off = one.off;
        early = one.early;
        expected = one.expected;
        steps = one.steps;
        replayed = one.replayed;
        isReplay = one.isReplay;
        earlier = one.earlier;
    }

    /** The same with the newest of the points that were held back; empty where its own are not where those are. */
    public Optional<SeriesTrial> withHeld() {
        if (!joinsHeld()) {
            return Optional.empty();
        }
        List<Point> all = Stream.concat(held.stream(), candidate.stream()).toList();
        int count = SuiteEvidence.longestWindow(all.size());
        return count <= candidate.size()
                ? Optional.empty()
                : Optional.of(new SeriesTrial(this, all.subList(all.size() - count, all.size()), held.get(0)));
    }

    /**
     * The finding of all points that were held back together with its own, where they are plainly another level.
     *
     * @param suite how many series are judged together
     */
    public Optional<Finding> lasting(Optional<JudgedSuite.Shift> shift, int suite) {
        if (!joinsHeld()) {
            return Optional.empty();
        }
        Regime regime = expected.get().regime();
        List<Point> all = Stream.concat(held.stream(), candidate.stream()).toList();
        double[] values = knownValues();
        OptionalDouble probability = LastingLoss.probability(
                Arrays.stream(values, regime.start(), values.length)
                        .map(regime.scale()::score)
                        .toArray(),
                scores(regime, all),
                series.better() == Better.LOWER ? 1 : -1);
        if (probability.isEmpty()) {
            return Optional.empty();
        }
        Lasting lasting =
                new Lasting(Math.min(1, suite * probability.getAsDouble()), detectable(shift, suite, candidate.size()));
        return Optional.of(
                new SeriesTrial(this, all, held.get(0)).finding(Optional.empty(), suite, Optional.of(lasting)));
    }

    /** Whether points were held back, and its own are where those are. */
    private boolean joinsHeld() {
        return expected.isPresent() && !held.isEmpty() && !isElsewhere() && isWhereHeldAre();
    }

    /** Whether the candidate is nearer to the points that were held back than to the level before them. */
    private boolean isWhereHeldAre() {
        Regime regime = expected.orElseThrow().regime();
        double there = mean(scores(regime, held)) - regime.centre();
        double here = mean(scores(regime, candidate)) - regime.centre();
        return here / there > STILL_THERE;
    }

    private static double[] scores(Regime regime, List<Point> points) {
        return points.stream()
                .mapToDouble(point -> regime.scale().score(point.value()))
                .toArray();
    }

    /** The values before the candidate, those of the levels before an accepted one among them where it is young. */
    private double[] knownValues() {
        return borrowed.map(BorrowedNoise::values).orElseGet(base::values);
    }

    private Optional<BorrowedNoise> borrowed(Policy policy) {
        return base.isEmpty() || base.size() >= ENOUGH_OF_ACCEPTED || earlier.size() < policy.minimumRuns()
                ? Optional.empty()
                : BorrowedNoise.of(values(earlier), base.values(), policy.margin());
    }

    private static double[] values(List<Point> points) {
        return points.stream().mapToDouble(Point::value).toArray();
    }

    private Optional<Early> tooEarly(Trial trial, Policy policy) {
        if (base.isEmpty() && !trial.elsewhere().isEmpty()) {
            HistoryEvidence.OtherEnvironment why =
                    new HistoryEvidence.OtherEnvironment(series.key().environment(), trial.elsewhere());
            return Optional.of(new Early(new Verdict.NotComparable(why), Rung.decided(why)));
        }
        int needed = policy.minimumRuns();
        int missing = needed - base.size();
        // one run of an accepted level determines it, if the earlier levels determine its noise
        if (missing <= 0 || borrowed.isPresent()) {
            return Optional.empty();
        }
        HistoryEvidence.TooFewRuns why = new HistoryEvidence.TooFewRuns(base.size(), needed, candidate.size());
        return Optional.of(new Early(
                new Verdict.Inconclusive(why, false, OptionalInt.of(missing), seenSoFar(policy.confidence())),
                Rung.decided(why)));
    }

    /** Both levels, uncertain: too few runs do not show the noise, so the interval is the whole line. */
    private Optional<Effect> seenSoFar(double confidence) {
        if (base.isEmpty()) {
            return Optional.empty();
        }
        double old = mean(base.values());
        double now = mean(values(candidate));
        return Optional.of(new Effect(old, now, Effect.relativeChange(old, now), Interval.unbounded(confidence)));
    }

    private static double mean(double[] values) {
        return Sample.Values.of(Sample.Center.MEAN, values).location();
    }

    private HistoryEvidence.History history(Expectation expected, int together) {
        Regime regime = expected.regime();
        return new HistoryEvidence.History(
                lent + base.size(),
                series.points().size() - base.size(),
                expected.runs(),
                expected.quiet(),
                expected.level(),
                regime.relativeNoise(),
                regime.autocorrelation(),
                expected.constant(),
                together);
    }

    /** The prediction of its history; empty where that is too short. */
    public Optional<Expectation> expectation() {
        return expected;
    }

    /** The steps in what it is held against, as far as that was scanned for them. */
    public KnownSteps knownSteps() {
        return steps.map(found -> new KnownSteps(base.values(), policy.margin(), found))
                .orElse(KnownSteps.NONE);
    }

    /** Its policy. */
    public Policy policy() {
        return policy;
    }

    /** The number of points of its reference level, without those judged bad. */
    public int runs() {
        return base.size();
    }

    /** The reference points, preceded by those that lend a young level their noise. */
    public Series known() {
        if (lent == 0) {
            return series.withPoints(base);
        }
        double[] values = borrowed.orElseThrow().values();
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < lent; i++) {
            Point point = earlier.get(i);
            points.add(new Point(point.run(), values[i], point.groupCount(), point.groupDeviation(), false));
        }
        points.addAll(base);
        return series.withPoints(points);
    }

    /**
     * The smallest relative change for the worse that a number of runs detects; empty where none is known, and where
     * the history is too short.
     *
     * @param shift the evidence of the suite; empty where it was not asked
     * @param suite how many series are judged together
     */
    public OptionalDouble detectable(Optional<JudgedSuite.Shift> shift, int suite, int runs) {
        if (expected.isEmpty()) {
            return OptionalDouble.empty();
        }
        Expectation held = Deviation.of(expected.get(), candidate, shift).expected();
        return Detectable.change(held, policy.at(held.level()), series, shift, suite, runs);
    }

    /** The suite's entry of this series; empty where its history is too short, or never moved. */
    public Optional<JudgedSuite.Entry> entry() {
        return expected.filter(one -> !one.constant()).map(one -> {
            Regime regime = one.regime();
            double[] values = knownValues();
            int known = Math.min(values.length, SuiteRows.MOST);
            double[] scores = DoubleStream.concat(
                            Arrays.stream(values).skip(values.length - known), Arrays.stream(values(candidate)))
                    .map(regime.scale()::score)
                    .toArray();
            List<RunInfo> runs = lent == 0
                    ? base.runs()
                    : Stream.concat(earlier.stream().map(Point::run), base.runs().stream())
                            .toList();
            int since = values.length - regime.start();
            int start = since >= LEAST_OF_LEVEL && since < MOST_OF_LEVEL ? regime.start() : 0;
            return new JudgedSuite.Entry(
                    scores,
                    runs,
                    candidate.size(),
                    Math.max(0, Math.max(lent, start) - (values.length - known)),
                    regime,
                    series.better(),
                    policy.at(one.level()).margin(),
                    isElsewhere(),
                    series.key().environment());
        });
    }

    /** Whether the candidate was measured on another branch than its history. */
    private boolean isElsewhere() {
        String branch = candidate.get(0).run().header().revision().branch();
        return !branch.isEmpty()
                && !base.isEmpty()
                && !branch.equals(
                        base.get(base.size() - 1).run().header().revision().branch());
    }

    /**
     * The finding, now that the suite is known.
     *
     * @param shift the evidence of the suite; empty where it was not asked
     * @param suite how many series are judged together
     */
    public Finding finding(Optional<JudgedSuite.Shift> shift, int suite) {
        return finding(shift, suite, Optional.empty());
    }

    private Finding finding(Optional<JudgedSuite.Shift> shift, int suite, Optional<Lasting> lasting) {
        if (early.isPresent()) {
            return finding(
                    early.get().verdict(),
                    Severity.NONE,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    List.of(early.get().rung()),
                    "",
                    Optional.empty());
        }
        Deviation departure = Deviation.of(expected.orElseThrow(), candidate, shift);
        Policy at = policy.at(departure.expected().level());
        Optional<Standing> standing = Standing.of(series.points(), series.better(), departure, this::isOff);
        Decision decision = new Decision(
                at,
                series,
                departure,
                shift,
                standing,
                suite,
                isReplay,
                lasting.map(Lasting::probability),
                sinceOff(),
                () -> UnusualForks.of(base, candidate),
                ShareEvidence.of(series.unit(), ofLevel(departure.expected()), candidate));
        OptionalDouble detectable =
                lasting.map(Lasting::detectable).orElseGet(() -> decision.detectable(candidate.size()));
        Verdict verdict = decision.verdict();
        if (verdict instanceof Verdict.Inconclusive && !isReplay) {
            decision.tellSensitivity(detectable);
        }
        Expectation level = level(departure.expected(), decision.earlier());
        List<Rung> trace = new ArrayList<>();
        trace.add(Rung.passed(history(level, decision.together())));
        at.largeFloor(policy, departure.expected().level(), series.unit())
                .map(Rung::noted)
                .ifPresent(trace::add);
        trace.addAll(decision.trace());
        return finding(
                verdict,
                decision.severity(verdict),
                OptionalDouble.of(decision.probability()),
                detectable,
                trace,
                verdict instanceof Verdict.Regressed || verdict instanceof Verdict.Improved
                        ? since(decision.earlier())
                        : "",
                isReplay ? Optional.empty() : Optional.of(level.baseline(known(level, decision.earlier()))));
    }

    /** The points of the current level. */
    private List<Point> ofLevel(Expectation held) {
        return base.subList(Math.max(0, base.size() - held.runs()), base.size());
    }

    /**
     * The expectation whose level is reported. Where the newest runs of the history are those that show the change, and
     * a regime of their own, it is that of the runs before them.
     *
     * @param earlier how many runs of the history show the change
     */
    private Expectation level(Expectation held, int earlier) {
        if (isReplay || earlier < held.runs() || lent > 0 || base.size() - earlier < LEAST_OF_LEVEL) {
            return held;
        }
        double[] values = Arrays.copyOf(base.values(), base.size() - earlier);
        return Expectation.of(values, SegmentedSeries.steps(values, policy.margin()))
                .at(held.regime().centre());
    }

    /** The runs that an expectation was made of. */
    private List<Point> known(Expectation level, int earlier) {
        return level == expected.orElseThrow()
                        || lent > 0
                        || earlier < expected.orElseThrow().runs()
                ? base
                : base.subList(0, Math.max(1, base.size() - earlier));
    }

    private Finding finding(
            Verdict verdict,
            Severity severity,
            OptionalDouble pValue,
            OptionalDouble detectable,
            List<Rung> trace,
            String since,
            Optional<Baseline> baseline) {
        return new Finding(
                series.key(),
                series.unit(),
                series.better(),
                policy,
                verdict,
                severity,
                OptionalDouble.of(mean(values(candidate))),
                baseline,
                pValue,
                detectable,
                since,
                trace,
                series.warnings().stream()
                        .filter(warning -> warning.isOf(run -> candidate.stream()
                                .anyMatch(point -> point.run().id().equals(run.id()))))
                        .<Warning>map(Warning.OfSeries::new)
                        .toList(),
                base.subList(Math.max(0, base.size() - SPARK), base.size()).stream()
                        .map(Point::value)
                        .toList(),
                Optional.empty());
    }

    /**
     * The commit with which the change began: the first of the points judged bad that lead to the candidate; else the
     * step that the candidate completes; else the first of the runs that show it.
     *
     * @param earlier how many runs before the candidate show the change
     */
    private String since(int earlier) {
        List<Point> points = series.points();
        int bad = CalledStretch.begin(points);
        Point first = began.orElse(candidate.get(0));
        if (bad < points.size()) {
            List<Point> all = new ArrayList<>(points);
            all.addAll(candidate);
            first = all.get(CalledStretch.onset(all, bad, series.better()));
        } else {
            OptionalInt step = freshStep();
            if (step.isPresent()) {
                first = base.get(step.getAsInt());
            } else if (earlier > 0) {
                first = base.get(Math.max(0, base.size() - earlier));
            }
            first = behindCalled(behindOff(first));
        }
        return first.run().header().revision().commit();
    }

    /** The number of points behind the newest run that was slow as a whole; all where none was. */
    private int sinceOff() {
        int place = base.size();
        while (!off.isEmpty() && place > 0 && !isOff(base.get(place - 1))) {
            place--;
        }
        return off.isEmpty() ? base.size() : base.size() - place;
    }

    private boolean isOff(Point point) {
        return off.contains(point.run().id());
    }

    /** The first point from one on that is not of such a run. */
    private Point behindOff(Point first) {
        return isOff(first)
                ? base.stream()
                        .dropWhile(point -> !point.run().id().equals(first.run().id()))
                        .filter(point -> !isOff(point))
                        .findFirst()
                        .orElse(candidate.get(0))
                : first;
    }

    /**
     * The first run that a check has detected of the same change, where unjudged runs follow on it: these count as good
     * until they are judged, and the change stays the same.
     */
    private Point behindCalled(Point first) {
        List<Point> points = series.points();
        int place = points.size();
        for (int i = points.size() - 1; i >= 0 && place == points.size(); i--) {
            place = points.get(i).run().id().equals(first.run().id()) ? i : place;
        }
        List<Point> before = points.subList(0, place);
        int begin = CalledStretch.begin(before);
        if (begin == place || base.isEmpty()) {
            return first;
        }
        List<Point> called = before.subList(CalledStretch.onset(before, begin, series.better()), place);
        double level = mean(values(called));
        double good = expected.orElseThrow().level();
        return Math.abs(level - mean(values(candidate))) < Math.abs(level - good) ? called.get(0) : first;
    }

    /** The index in the base of the step that the candidate completes; scanned for only where a change is detected. */
    private OptionalInt freshStep() {
        return (isReplay ? replayed : scanned())
                .stream()
                        .mapToInt(fresh -> fresh.step().index() - lent)
                        .map(index -> isReplay ? index : behindOldLevel(index))
                        .filter(index -> (lent == 0 || index > 0) && index < base.size())
                        .findFirst();
    }

    /** A step has three values at least: with fewer new ones, the values before them that are no part of it. */
    private int behindOldLevel(int index) {
        double good = expected.orElseThrow().level();
        double level = mean(values(candidate));
        int first = index;
        while (first >= 0
                && first < base.size()
                && Math.abs(base.get(first).value() - good)
                        < Math.abs(base.get(first).value() - level)) {
            first++;
        }
        return first;
    }

    private Optional<FreshStep> scanned() {
        double[] values = knownValues();
        double[] added = values(candidate);
        double[] all =
                DoubleStream.concat(Arrays.stream(values), Arrays.stream(added)).toArray();
        return FreshStep.of(
                steps.orElseGet(() -> SegmentedSeries.steps(values, policy.margin())),
                SegmentedSeries.steps(all, policy.margin()),
                values,
                added);
    }
}
