package dev.plumbline.report.content;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.history.SeasonallyAdjusted;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * A stored series with its steps; stretches and times are computed once, because a page uses them often.
 *
 * <p>Levels follow every confirmed step, including those below the margin: a series that fell by 1.6 % is 1.6 % lower,
 * although with a margin of 2 % the step is not reported.
 */
public final class SeriesCourse {
    private static final double CONFIDENCE = 0.95;

    /** The fewest degrees of freedom with which a scan estimates noise. */
    private static final int LEAST_DEGREES = 4;

    private final Series series;
    private final Steps steps;
    private final boolean seasonal;
    private final IntPredicate isPartOfSlope;
    private final List<Step> boundaries;
    private final List<Stretch> stretches;
    private final List<Instant> times;

    /** The same with the steps that matter only; itself where there are no others. */
    private final SeriesCourse coarse;

    /** The last computed result: every page asks for the same period. */
    private volatile Known known;

    private record Known(Instant since, double margin, Moved moved) {}

    /**
     * @param series with all its points
     * @param steps what a scan of exactly these points found
     */
    public SeriesCourse(Series series, Steps steps) {
        this(series, steps, false, index -> false);
    }

    /**
     * @param series with all its points
     * @param steps the result of a scan of these points, or of their values without seasonality
     * @param adjusted whether such seasonality was removed, and which steps are parts of a slope
     */
    public SeriesCourse(Series series, Steps steps, SeasonallyAdjusted adjusted) {
        this(series, steps, adjusted.isSeasonal(), adjusted::isPartOfSlope);
    }

    private SeriesCourse(Series series, Steps steps, boolean seasonal, IntPredicate isPartOfSlope) {
        this.series = requireNonNull(series, "series");
        this.steps = requireNonNull(steps, "steps");
        this.seasonal = seasonal;
        this.isPartOfSlope = isPartOfSlope;
        this.boundaries = steps.confirmed();
        if (steps.size() != series.points().size()) {
            throw new IllegalArgumentException("steps of " + steps.size() + " values for "
                    + series.points().size() + " points");
        }
        this.stretches = List.copyOf(stretches(series, steps));
        this.times = OrderedTimes.of(
                series.points().stream().map(point -> point.run().time()).toList());
        this.coarse = steps.negligible().isEmpty() ? this : new SeriesCourse(this);
    }

    private SeriesCourse(SeriesCourse fine) {
        this.series = fine.series;
        this.steps = fine.steps;
        this.seasonal = fine.seasonal;
        this.isPartOfSlope = fine.isPartOfSlope;
        this.boundaries = fine.steps.steps();
        this.stretches = List.copyOf(joined(fine.stretches, boundaries));
        this.times = fine.times;
        this.coarse = this;
    }

    /** The stretches between some of the steps, each on the mean level of those that it is made of. */
    private static List<Stretch> joined(List<Stretch> stretches, List<Step> boundaries) {
        List<Stretch> joined = new ArrayList<>();
        Set<Integer> ends = boundaries.stream().map(Step::index).collect(Collectors.toSet());
        int last = stretches.isEmpty() ? 0 : stretches.get(stretches.size() - 1).to();
        int from = 0;
        double sum = 0;
        for (Stretch stretch : stretches) {
            sum += stretch.level() * (stretch.to() - stretch.from());
            if (ends.contains(stretch.to()) || stretch.to() == last) {
                joined.add(new Stretch(from, stretch.to(), sum / (stretch.to() - from)));
                from = stretch.to();
                sum = 0;
            }
        }
        return joined;
    }

    /**
     * The same with no level between two steps that matter but one, the mean: a line is cut into small steps, and
     * moves around this level.
     */
    SeriesCourse coarse() {
        return coarse;
    }

    /** The series, with all its points. */
    public Series series() {
        return series;
    }

    /** The steps from a scan of exactly these points, without the seasonality of a series that has one. */
    public Steps steps() {
        return steps;
    }

    /** Whether the series has a seasonal pattern, which its levels and noise exclude. */
    public boolean isSeasonal() {
        return seasonal;
    }

    /** Whether a step is none of its own, but a piece of a line along which the series moved little by little. */
    public boolean isPartOfSlope(Step step) {
        return isPartOfSlope.test(step.index());
    }

    /**
     * A stretch on one level.
     *
     * @param from index of its first point
     * @param to index behind its last point
     * @param level in the unit of the series
     */
    public record Stretch(int from, int to, double level) {}

    /** The stretches between the steps, oldest first; none for a series without points. */
    public List<Stretch> stretches() {
        return stretches;
    }

    private static List<Stretch> stretches(Series series, Steps steps) {
        List<Stretch> stretches = new ArrayList<>();
        int from = 0;
        List<Step> all = steps.confirmed();
        for (Step step : all) {
            stretches.add(new Stretch(from, step.index(), step.before()));
            from = step.index();
        }
        if (from < series.points().size()) {
            double level = steps.regime()
                    .map(Regime::level)
                    .orElseGet(() -> all.isEmpty()
                            ? series.points().get(0).value()
                            : all.get(all.size() - 1).after());
            stretches.add(new Stretch(from, series.points().size(), level));
        }
        return stretches;
    }

    /** The points of the period that begins at {@code since}; an index, the number of points when there is none. */
    public int firstSince(Instant since) {
        int first = times.size();
        while (first > 0 && !times.get(first - 1).isBefore(since)) {
            first--;
        }
        return first;
    }

    /** The level at a point; a point outside the series has the level of the nearest one. */
    double levelAt(int index) {
        for (Stretch stretch : stretches) {
            if (index < stretch.to()) {
                return stretch.level();
            }
        }
        return stretches.get(stretches.size() - 1).level();
    }

    /** The relative change of the level since the period began; 0 for a series without points. */
    public double changeSince(Instant since) {
        if (series.points().isEmpty()) {
            return 0;
        }
        return Effect.relativeChange(
                levelAt(firstSince(since)), levelAt(series.points().size() - 1));
    }

    /**
     * The 95 % interval of that change; empty where no step lies in the period, since the level is then the same.
     *
     * <p>The intervals of several steps are combined on the logarithmic scale as if they were independent. Two
     * steps share the level between them, whose error is in both with opposite signs; the interval is therefore rather
     * too wide than too narrow.
     */
    public Optional<Interval> changeInterval(Instant since) {
        return changeInterval(firstSince(since), changeSince(since), 1);
    }

    /**
     * The interval of a change from the level at a point to that of today; empty where no step lies between.
     *
     * @param stretch how many times as wide as one of 95 %
     */
    private Optional<Interval> changeInterval(int first, double change, double stretch) {
        List<Step> after =
                boundaries.stream().filter(step -> step.index() > first).toList();
        if (after.isEmpty()) {
            return Optional.empty();
        }
        if (after.size() == 1) {
            // the level of today is that of the newest regime, which a long stretch may have left a little
            Step step = after.get(0);
            double middle = step.relativeChange();
            double low = middle - stretch * (middle - step.low());
            double high = middle + stretch * (step.high() - middle);
            return Double.isFinite(low) && Double.isFinite(high)
                    ? Optional.of(new Interval(Math.min(low, change), Math.max(high, change), CONFIDENCE))
                    : Optional.empty();
        }
        double squares = 0;
        for (Step step : after) {
            double half = (Math.log1p(step.high()) - Math.log1p(step.low())) / 2;
            squares += half * half;
        }
        double middle = Math.log1p(change);
        double half = stretch * Math.sqrt(squares);
        return Double.isFinite(middle) && Double.isFinite(half)
                ? Optional.of(new Interval(Math.expm1(middle - half), Math.expm1(middle + half), CONFIDENCE))
                : Optional.empty();
    }

    /** The line along which values moved around the levels between steps that matter; empty where there is none. */
    Optional<Slope> slopeSince(Instant since) {
        double[] residuals = coarse.residuals();
        return isTooShort() ? Optional.empty() : Slope.of(finite(residuals, firstSince(since), residuals.length));
    }

    /** The change of the series since a time; see {@link Moved#of}. */
    public Moved moved(Instant since, double margin) {
        Known last = known;
        if (last == null || last.margin != margin || !last.since.equals(since)) {
            last = new Known(since, margin, Moved.of(this, since, margin));
            known = last;
        }
        return last.moved;
    }

    /** Values in relation to the level of their stretch. */
    public double[] residuals() {
        double[] residuals = series.values();
        for (Stretch stretch : stretches) {
            for (int i = stretch.from(); i < stretch.to(); i++) {
                residuals[i] = residuals[i] / stretch.level() - 1;
            }
        }
        return residuals;
    }

    /** The residuals that are numbers. */
    public static double[] finite(double[] residuals, int from, int to) {
        return Arrays.stream(residuals, from, to).filter(Double::isFinite).toArray();
    }

    /** The 95 % interval of a level, with the noise of today; unbounded where that is not known. */
    public Interval interval(Stretch stretch) {
        return steps.regime()
                .filter(Regime::enough)
                .map(regime -> regime.levelInterval(stretch.level(), stretch.to() - stretch.from(), CONFIDENCE))
                .orElseGet(() -> Interval.unbounded(CONFIDENCE));
    }

    /** The relative loss of the level against the best one of the period; 0 when it is the best. */
    public double debtSince(Instant since) {
        if (series.points().isEmpty()) {
            return 0;
        }
        int first = firstSince(since);
        double now = levelAt(series.points().size() - 1);
        double debt = 0;
        for (Stretch stretch : stretches) {
            double change = Effect.relativeChange(stretch.level(), now);
            if (stretch.to() > first && series.better().isWorse(change)) {
                debt = Math.max(debt, Math.abs(change));
            }
        }
        return debt;
    }

    /**
     * The 95 % interval of how much worse the level is now than the best one of the period; empty where that has no
     * other level, and where a step has no bounds.
     *
     * <p>Which level was the best is not certain either, and the one that looks best is so partly by luck. The
     * intervals of the changes from each level to today's are therefore widened so that all hold at once (Bonferroni,
     * Student's t), and the largest loss lies between the largest of their lower ends and that of their upper ends.
     */
    Optional<Interval> debtInterval(Instant since) {
        int first = firstSince(since);
        List<Stretch> earlier = stretches.stream()
                .limit(Math.max(0, stretches.size() - 1))
                .filter(stretch -> stretch.to() > first)
                .toList();
        if (earlier.isEmpty()) {
            return Optional.empty();
        }
        double widening = widening(earlier.size());
        double low = 0;
        double high = 0;
        double now = levelAt(series.points().size() - 1);
        for (Stretch stretch : earlier) {
            double change = Effect.relativeChange(stretch.level(), now);
            Optional<Interval> interval = changeInterval(stretch.to() - 1, change, widening);
            if (interval.isEmpty()) {
                return Optional.empty();
            }
            boolean risesAreWorse = series.better().isWorse(1);
            low = Math.max(
                    low, risesAreWorse ? interval.get().low() : -interval.get().high());
            high = Math.max(
                    high,
                    risesAreWorse ? interval.get().high() : -interval.get().low());
        }
        return Optional.of(new Interval(low, high, CONFIDENCE));
    }

    /** The ratio of an interval's width that holds together with others to that of one alone. */
    private double widening(int intervals) {
        double degrees = steps.regime().map(Regime::degrees).orElse(LEAST_DEGREES);
        double tail = (1 - CONFIDENCE) / 2;
        return StudentT.upperQuantile(tail / intervals, degrees) / StudentT.upperQuantile(tail, degrees);
    }

    /** Whether there are too few values to distinguish a step from noise. */
    public boolean isTooShort() {
        return steps.warnings().contains(Steps.Warning.FEW_VALUES)
                || steps.regime().isEmpty();
    }

    /** Run-to-run noise relative to the current level; not a number where it is not known. */
    public double noise() {
        return isTooShort()
                ? Double.NaN
                : steps.regime()
                        .map(Regime::relativeNoise)
                        .filter(Double::isFinite)
                        .orElse(Double.NaN);
    }

    /** The 95 % interval of that noise; empty where it is not known. */
    public Optional<Interval> noiseInterval() {
        return Double.isNaN(noise())
                ? Optional.empty()
                : steps.regime().map(regime -> regime.noiseInterval(CONFIDENCE));
    }
}
