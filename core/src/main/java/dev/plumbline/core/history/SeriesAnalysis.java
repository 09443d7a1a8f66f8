package dev.plumbline.core.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.PackedValues;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.shape.SeriesShape;
import dev.plumbline.core.shape.SeriesSummary;
import dev.plumbline.core.shape.feature.Anomaly;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.stats.steps.KnownLevels;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import dev.plumbline.core.stats.steps.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * The analysis of a whole series from its beginning to its end.
 *
 * @param key which series
 * @param unit of the values
 * @param better which way is better
 * @param values every value at its place, oldest first; NaN where there is none
 * @param revisions what was measured at each place; empty text where it is unknown
 * @param method how the changes were looked for
 * @param changes the confirmed ones in order, and after them a suspected one, if there is one
 * @param current the current level; empty without a value
 * @param few whether there are too few values to find any change
 * @param warnings what a reader should know about the answer
 * @param shape the course of the series, whatever method looked for changes
 * @param summary the series in a few numbers
 * @param called regressions that checks detected in its newest values and these changes do not hold, the oldest first;
 *     stored series only
 * @param stated what people recorded about changes, by their places
 * @param authors who wrote the revisions with which it changed, as far as is known; by revision, text from outside
 */
public record SeriesAnalysis(
        SeriesKey key,
        Unit unit,
        Better better,
        List<Double> values,
        List<String> revisions,
        ChangeMethod method,
        List<SeriesChange> changes,
        Optional<Current> current,
        boolean few,
        List<AnalysisWarning> warnings,
        SeriesShape shape,
        SeriesSummary summary,
        List<CalledRegression> called,
        Map<Integer, Annotated> stated,
        Map<String, String> authors) {
    private static final double SECONDS_A_DAY = 86_400;

    /** The course may have the end of a change a few places beside the run that a check passed. */
    private static final int NEARBY = 3;

    /** Copies the lists and checks that they fit together. */
    public SeriesAnalysis {
        requireNonNull(key, "key");
        requireNonNull(unit, "unit");
        requireNonNull(better, "better");
        requireNonNull(method, "method");
        requireNonNull(current, "current");
        values = PackedValues.of(values);
        revisions = List.copyOf(revisions);
        changes = List.copyOf(changes);
        warnings = List.copyOf(warnings);
        requireNonNull(summary, "summary");
        called = List.copyOf(called);
        stated = Map.copyOf(stated);
        authors = Map.copyOf(authors);
        if (shape.size() != values.size()) {
            throw new IllegalArgumentException(values.size() + " values with a shape of " + shape.size());
        }
        if (revisions.size() != values.size()) {
            throw new IllegalArgumentException(values.size() + " values with " + revisions.size() + " revisions");
        }
        for (SeriesChange change : changes) {
            if (change.index() >= values.size()) {
                throw new IllegalArgumentException(
                        "a change at " + change.index() + " in a series of " + values.size());
            }
        }
    }

    /**
     * The level and noise since the newest confirmed change.
     *
     * @param start place of its first value
     * @param level in the series' unit
     * @param relativeNoise standard deviation over the level's magnitude; infinite at a level of zero; absent where the
     *     method needs none
     * @param autocorrelation of neighbours; absent where the method supposes none
     */
    public record Current(int start, double level, OptionalDouble relativeNoise, OptionalDouble autocorrelation) {
        public Current {
            requireNonNull(relativeNoise, "relativeNoise");
            requireNonNull(autocorrelation, "autocorrelation");
        }
    }

    /**
     * Looks for the changes and the shape of a series.
     *
     * @param values oldest first; NaN where there is none
     * @param revisions as many; empty text where one is unknown
     * @param days when each was measured, in days since the epoch; empty where that is not known
     */
    public static SeriesAnalysis of(
            SeriesKey key,
            Unit unit,
            Better better,
            List<Double> values,
            List<String> revisions,
            double[] days,
            ChangeMethod method) {
        return of(key, unit, better, values, revisions, days, method, FirstLook.NONE);
    }

    /**
     * The facts about a series before it is analyzed.
     *
     * @param steps in its values, or in what is left of them without their seasonality
     * @param hasNoSwing whether seasonality was searched for in these values and not found
     */
    public record FirstLook(KnownSteps steps, boolean hasNoSwing) {
        /** No facts. */
        public static final FirstLook NONE = new FirstLook(KnownSteps.NONE, false);

        public FirstLook {
            requireNonNull(steps, "steps");
        }
    }

    /** The same where some of it is known already. */
    public static SeriesAnalysis of(
            SeriesKey key,
            Unit unit,
            Better better,
            List<Double> values,
            List<String> revisions,
            double[] days,
            ChangeMethod method,
            FirstLook first) {
        return of(key, unit, better, values, revisions, days, method, KnownLevels.NONE, first);
    }

    private static SeriesAnalysis of(
            SeriesKey key,
            Unit unit,
            Better better,
            List<Double> values,
            List<String> revisions,
            double[] days,
            ChangeMethod method,
            KnownLevels known,
            FirstLook first) {
        double[] numbers = PackedValues.of(values).toDoubles();
        double margin = margin(method);
        ChangeSearch found = ChangeSearch.in(numbers, method, known, first.steps);
        Steps steps = found.steps().orElseGet(() -> SegmentedSeries.steps(numbers, margin));
        Steps reported = found.steps().isPresent() && known.called().isPresent() ? steps.withSuspect() : steps;
        SeriesShape shape = first.hasNoSwing
                ? SeriesShape.withoutSwing(numbers, days, reported, margin)
                : SeriesShape.of(numbers, days, reported, margin);
        if (method instanceof ChangeMethod.BySteps by
                && shape.find(Shape.Seasonal.class).isPresent()) {
            double[] without = shape.withoutSeasons(numbers, days);
            Steps left = first.steps.in(without, by.scan(), known);
            found = ChangeSearch.of(without, SeasonallyAdjusted.steps(shape, left))
                    .with(new AnalysisWarning.WithoutSwing());
        }
        return new SeriesAnalysis(
                key,
                unit,
                better,
                values,
                revisions,
                method,
                found.changes(),
                found.current(),
                found.few(),
                found.warnings(),
                shape,
                SeriesSummary.of(shape, numbers, better, margin),
                List.of(),
                Map.of(),
                Map.of());
    }

    /** The same for a stored series, with the times at which its runs were measured, or else committed. */
    public static SeriesAnalysis of(Series series, ChangeMethod method) {
        return of(series, method, KnownLevels.NONE);
    }

    /** The same with levels that are known to be apart. */
    public static SeriesAnalysis of(Series series, ChangeMethod method, KnownLevels known) {
        List<Point> points = series.points();
        SeriesAnalysis analysis = of(
                series.key(),
                series.unit(),
                series.better(),
                PackedValues.of(series.values()),
                points.stream()
                        .map(point -> point.run().header().revision().commit())
                        // used for an unknown one
                        .map(commit -> commit.startsWith("#") ? "" : commit)
                        .toList(),
                days(series),
                method,
                known,
                FirstLook.NONE);
        List<RecoveredRegression> recovered = RecoveredRegression.of(series, series.values(), known.accepted());
        return RecoveredRegression.newest(recovered, series.values())
                .filter(one -> known.accepted().stream().noneMatch(index -> index > one.index() - NEARBY))
                .or(() -> RecoveredRegression.ofAccepted(series, known))
                .map(one -> analysis.backFrom(one, days(series), known))
                .orElse(analysis)
                .reverted(series)
                .detected(series);
    }

    /**
     * The same where checks detected the newest values, the history confirms the step to them, and the course of the
     * values does not show it.
     */
    private SeriesAnalysis detected(Series series) {
        List<Point> points = series.points();
        if (points.isEmpty() || !points.get(points.size() - 1).judgedBad()) {
            return this;
        }
        return confirmed().stream()
                .reduce((earlier, later) -> later)
                .filter(change -> better.isWorse(change.relativeChange())
                        && Math.abs(change.relativeChange()) >= margin()
                        && !shape.hasNewLevelNear(change.index(), NEARBY))
                .map(change -> with(
                        shape.withStep(PackedValues.of(values).toDoubles(), days(series), change.index(), margin())))
                .orElse(this);
    }

    /** The same where a detected change that the next commit reverted is a change that ended, and not an anomaly. */
    private SeriesAnalysis reverted(Series series) {
        SeriesShape reported = shape;
        for (Anomaly odd : shape.anomalies()) {
            Optional<RecoveredRegression> one = RecoveredRegression.of(series, odd);
            if (one.isPresent()) {
                reported = reported.with(one.get().excursion(), odd);
            }
        }
        return reported == shape ? this : with(reported);
    }

    private SeriesAnalysis with(SeriesShape other) {
        double[] numbers = PackedValues.of(values).toDoubles();
        return shown(other, SeriesSummary.of(other, numbers, better, margin()), called, stated);
    }

    /**
     * The same where the newest runs have recovered from a detected regression, or from an accepted level, and the
     * course of the values does not show it: its runs are neither part of the level nor anomalies.
     */
    private SeriesAnalysis backFrom(RecoveredRegression one, double[] days, KnownLevels known) {
        boolean isKnown =
                shape.excursions().stream().anyMatch(excursion -> Math.abs(excursion.end() - one.end()) <= NEARBY);
        if (isKnown) {
            return this;
        }
        double[] numbers = PackedValues.of(values).toDoubles();
        double[] without = numbers.clone();
        Arrays.fill(without, one.index(), one.end(), Double.NaN);
        List<Integer> accepted =
                known.accepted().stream().filter(index -> index < one.index()).toList();
        KnownLevels levels = new KnownLevels(accepted, OptionalInt.empty()).without(known.off());
        Steps steps = KnownSteps.NONE.in(without, new StepScan.Settings(margin()), levels);
        SeriesShape around = SeriesShape.of(without, days, steps, margin());
        if (around.main().word() == Shape.Word.UNKNOWN) {
            return this;
        }
        return with(around.withExcursion(one.excursion(), shape.finite()));
    }

    /**
     * The same where the first few values may be of another level: they are no part of the level since, nor odd ones.
     *
     * @param days when each value was measured, as for {@link #days}
     */
    public SeriesAnalysis with(EarlyLoss loss, double[] days) {
        double[] without = PackedValues.of(values).toDoubles();
        Arrays.fill(without, 0, loss.before(), Double.NaN);
        Steps steps = KnownSteps.NONE.in(without, new StepScan.Settings(margin()), KnownLevels.NONE);
        SeriesShape since = SeriesShape.of(without, days, steps, margin());
        List<AnalysisWarning> more = new ArrayList<>(warnings.stream()
                .filter(warning -> !(warning instanceof AnalysisWarning.TooFewToShow))
                .toList());
        more.add(new AnalysisWarning.Early(loss));
        return with(since.withFirstLevel(
                        new Shape.SuspectedEarly(loss.before(), loss.first(), loss.later()), shape.finite()))
                .found(changes, more);
    }

    /** Whether its first values may be of another level. */
    public Optional<EarlyLoss> early() {
        return warnings.stream()
                .filter(AnalysisWarning.Early.class::isInstance)
                .map(warning -> ((AnalysisWarning.Early) warning).loss())
                .findFirst();
    }

    /** The same with one more thing that a reader should know. */
    public SeriesAnalysis with(AnalysisWarning warning) {
        List<AnalysisWarning> more = new ArrayList<>(warnings);
        more.add(warning);
        return found(changes, more);
    }

    /** The same with other findings of the method. */
    private SeriesAnalysis found(List<SeriesChange> found, List<AnalysisWarning> raised) {
        return new SeriesAnalysis(
                key, unit, better, values, revisions, method, found, current, few, raised, shape, summary, called,
                stated, authors);
    }

    /** The same with changes as another series has them, in which they began: they keep their places. */
    public SeriesAnalysis sized(UnaryOperator<SeriesChange> size) {
        return found(changes.stream().map(size).toList(), warnings);
    }

    /** The same with another course, and what the history knows of it. */
    private SeriesAnalysis shown(
            SeriesShape course,
            SeriesSummary inShort,
            List<CalledRegression> known,
            Map<Integer, Annotated> statements) {
        return new SeriesAnalysis(
                key,
                unit,
                better,
                values,
                revisions,
                method,
                changes,
                current,
                few,
                warnings,
                course,
                inShort,
                known,
                statements,
                authors);
    }

    /** When each run of a stored series was measured, or else committed, in days since the epoch; NaN if unknown. */
    public static double[] days(Series series) {
        List<Point> points = series.points();
        double[] days = new double[points.size()];
        for (int i = 0; i < days.length; i++) {
            days[i] = day(points.get(i).run());
        }
        return days;
    }

    /** When a run was measured, or else committed, in days since the epoch; NaN where it is unknown. */
    static double day(RunInfo run) {
        RunHeader header = run.header();
        Optional<Instant> time = header.measuredAt();
        if (time.isEmpty()) {
            time = header.revision().commitTime();
        }
        return time.isPresent() ? time.get().getEpochSecond() / SECONDS_A_DAY : Double.NaN;
    }

    /**
     * The same with what the history knows beyond the values.
     *
     * @param detectable the minimum detectable change in the series, in its suite: the smallest relative change that
     *     one run finds; empty where no size is known to be
     * @param known regressions that checks detected in its newest values and its changes do not hold
     * @param statements what people recorded about its changes, by their places; the levels before one that is
     *     accepted, or none, are no better ones
     * @param alarms false alarms of checks in it
     */
    public SeriesAnalysis with(
            OptionalDouble detectable,
            List<CalledRegression> known,
            Map<Integer, Annotated> statements,
            RefutedRegressions alarms) {
        int given = statements.entrySet().stream()
                .filter(one -> one.getValue()
                        .holding()
                        .filter(stated -> stated.kind() == Annotation.Kind.ACCEPTED
                                || stated.kind() == Annotation.Kind.FALSE_ALARM)
                        .isPresent())
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElse(0);
        // whether the first few were on a better level is not known yet
        int from = Math.max(given, early().map(EarlyLoss::before).orElse(0));
        double[] numbers = PackedValues.of(values).toDoubles();
        SeriesShape shown = known.stream()
                .filter(one -> !one.isFalseAlarm())
                .map(CalledRegression::index)
                .findFirst()
                .or(() -> warnings.stream()
                        .filter(AnalysisWarning.Improved.class::isInstance)
                        .map(warning -> ((AnalysisWarning.Improved) warning).index())
                        .findFirst())
                .or(() -> warnings.stream()
                        .filter(AnalysisWarning.Possible.class::isInstance)
                        .map(warning -> ((AnalysisWarning.Possible) warning).index())
                        .findFirst())
                .map(shape::withLevelFrom)
                .orElse(shape);
        SeriesSummary reported = SeriesSummary.of(shown, numbers, better, margin(), detectable, from)
                .withFalseAlarms(alarms.count(), alarms.largest(), margin());
        for (CalledRegression one : known) {
            reported =
                    one.isOpen() ? reported.withCalled(one.relativeChange(), one.index(), one.findingId()) : reported;
        }
        boolean isUncertain = early().isPresent()
                || warnings.stream().anyMatch(AnalysisWarning.Possible.class::isInstance)
                || shape.find(Shape.Suspected.class)
                        .filter(one -> better.isWorse(one.after() - one.before()))
                        .isPresent();
        return shown(shown, isUncertain ? reported.watched() : reported, known, statements)
                .found(changes.stream().map(change -> asCalled(change, known)).toList(), warnings);
    }

    /** A suspected change with the numbers of the check that detected it. */
    private static SeriesChange asCalled(SeriesChange change, List<CalledRegression> known) {
        return known.stream()
                .filter(one -> one.index() == change.index() && change.tier() == Tier.SUSPECT)
                .findFirst()
                .map(one -> change.with(one.before(), one.after()))
                .orElse(change);
    }

    /** The same with who wrote revisions with which it changed, by revision. */
    public SeriesAnalysis by(Map<String, String> known) {
        return new SeriesAnalysis(
                key, unit, better, values, revisions, method, changes, current, few, warnings, shape, summary, called,
                stated, known);
    }

    /** The same for a series without annotations, with what the next run detects in its suite. */
    public SeriesAnalysis with(OptionalDouble detectable) {
        return with(detectable, List.of(), Map.of(), RefutedRegressions.NONE);
    }

    /** The annotation of a change. */
    public Annotated saidOf(SeriesChange change) {
        return stated.getOrDefault(change.index(), Annotated.NONE);
    }

    /** The smallest relative change that matters. */
    public double margin() {
        return margin(method);
    }

    private static double margin(ChangeMethod method) {
        return method instanceof ChangeMethod.BySteps steps
                ? steps.scan().smallestChange()
                : StepScan.Settings.DEFAULT.smallestChange();
    }

    /**
     * Only the certain changes, without a shape and a summary.
     *
     * @param values oldest first; NaN where there is none
     */
    public static List<SeriesChange> confirmed(double[] values, ChangeMethod method) {
        return confirmed(values, method, KnownLevels.NONE);
    }

    /** The same where levels are known to be apart. */
    public static List<SeriesChange> confirmed(double[] values, ChangeMethod method, KnownLevels known) {
        return ChangeSearch.in(values, method, known).changes().stream()
                .filter(change -> change.tier() == Tier.CONFIRMED)
                .toList();
    }

    /** The changes that are certain by the method's own measure. */
    public List<SeriesChange> confirmed() {
        return changes.stream()
                .filter(change -> change.tier() == Tier.CONFIRMED)
                .toList();
    }

    /** The change that is not certain yet. */
    public Optional<SeriesChange> suspect() {
        return changes.stream().filter(change -> change.tier() == Tier.SUSPECT).findFirst();
    }

    /** Whether a change made things worse. */
    public boolean isWorse(SeriesChange change) {
        return better.isWorse(change.relativeChange());
    }

    /**
     * The verdict of the series: its newest confirmed change made it worse or better, or there never was one, or the
     * newest one left the level unchanged. A regression that checks have detected and that the newest run still shows
     * is one before the values alone confirm it. Inconclusive when a newer change is suspected that may have undone the
     * newest one, or when there are too few values to find any.
     */
    public Verdict.Kind verdict() {
        if (!called.isEmpty()) {
            return Verdict.Kind.REGRESSED;
        }
        List<SeriesChange> moved =
                confirmed().stream().filter(SeriesAnalysis::moved).toList();
        Optional<SeriesChange> newest = moved.isEmpty() ? Optional.empty() : Optional.of(moved.get(moved.size() - 1));
        if (suspect().isPresent()
                && newest.filter(change -> stays(change, suspect().get())).isEmpty()) {
            return Verdict.Kind.INCONCLUSIVE;
        }
        if (newest.isPresent() && newest.get().relativeChange() != 0) {
            return isWorse(newest.get()) ? Verdict.Kind.REGRESSED : Verdict.Kind.IMPROVED;
        }
        return few ? Verdict.Kind.INCONCLUSIVE : Verdict.Kind.UNCHANGED;
    }

    /** Whether a part of a change is left whatever a later one may be within its interval. */
    private static boolean stays(SeriesChange change, SeriesChange later) {
        double sign = Math.signum(change.relativeChange());
        double back = later.confidenceInterval()
                .map(interval -> sign > 0 ? interval.low() : interval.high())
                .orElse(later.relativeChange());
        double left = later.before() + Math.abs(later.before()) * back - change.before();
        return sign != 0 && sign * left > 0;
    }

    /** Whether a change certainly moved the level, as far as is known. */
    private static boolean moved(SeriesChange change) {
        return change.confidenceInterval()
                .filter(interval -> Double.isFinite(interval.width()))
                .map(interval -> !interval.contains(0))
                .orElse(true);
    }
}
