package dev.plumbline.core.history;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.shape.SeriesShape;
import dev.plumbline.core.shape.feature.Excursion;
import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.stats.LineOrStep;
import dev.plumbline.core.stats.MannKendall;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.steps.KnownLevels;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A stored series without its seasonality, and the steps in the rest: otherwise every evening and every weekend would
 * be a step. Incidents and summaries of a period report these steps and no others.
 */
public final class SeasonallyAdjusted {
    /** A shape has its own idea of where a change lies. */
    private static final int NEAR = 3;

    /** The fewest runs of a slope; a faster change is a step that took a few runs. */
    private static final int LEAST_SLOPE = 8;

    /** The fewest values that are tested for climbing as a whole. */
    private static final int LEAST_CLIMB = 20;

    /** Means of neighbours, at most this number, show as well whether values climb, and in less time. */
    private static final int MOST_MEANS = 100;

    private static final double CHANCE = 0.001;

    private final Series series;
    private final Steps steps;
    private final boolean isCalled;
    private final double margin;

    /** The values without the seasonality; empty where there is none, for the series has its values already. */
    private final Optional<double[]> without;

    // Computes only the steps without the shape, which costs more; most slopes are ruled out without it.
    // Each is computed on first use.

    private volatile Optional<SeriesShape> shape;
    private volatile Optional<List<Segment>> slopes = Optional.empty();

    private SeasonallyAdjusted(
            Series series,
            Steps steps,
            boolean isCalled,
            double margin,
            Optional<double[]> without,
            Optional<SeriesShape> shape) {
        this.series = series;
        this.steps = steps;
        this.isCalled = isCalled;
        this.margin = margin;
        this.without = without;
        this.shape = shape;
    }

    /**
     * Adjusts.
     *
     * @param margin the smallest relative change that matters
     * @param known levels that are known to be apart
     */
    public static SeasonallyAdjusted of(Series series, double margin, KnownLevels known) {
        return of(series, margin, known, false);
    }

    /** @param hasNoSwing whether seasonality was searched for in these values and not found */
    static SeasonallyAdjusted of(Series series, double margin, KnownLevels known, boolean hasNoSwing) {
        StepScan.Settings settings = new StepScan.Settings(margin);
        double[] values = series.values();
        boolean isCalled = known.called().isPresent();
        Steps steps = StepScan.analyze(values, settings, known);
        double[] days = hasNoSwing ? new double[0] : SeriesAnalysis.days(series);
        if (hasNoSwing || !SeriesShape.isSeasonal(values, days, margin)) {
            return new SeasonallyAdjusted(series, steps, isCalled, margin, Optional.empty(), Optional.empty());
        }
        SeriesShape shape = SeriesShape.of(values, days, suspected(steps, isCalled), margin);
        double[] without = shape.withoutSeasons(values, days);
        return new SeasonallyAdjusted(
                series,
                steps(shape, StepScan.analyze(without, settings, known)),
                isCalled,
                margin,
                Optional.of(without),
                Optional.of(shape));
    }

    private static Steps suspected(Steps steps, boolean isCalled) {
        return isCalled ? steps.withSuspect() : steps;
    }

    /** The shape of a series with a step, a swing or a trend. */
    private Optional<SeriesShape> shape() {
        if (shape.isEmpty() && moves()) {
            shape = Optional.of(SeriesShape.withoutSwing(
                    series.values(), SeriesAnalysis.days(series), suspected(steps, isCalled), margin));
        }
        return shape;
    }

    private boolean moves() {
        return isSeasonal() || !steps.steps().isEmpty() || climbs(series.values());
    }

    private boolean maySlope() {
        return isSeasonal()
                || moves()
                        && SeriesShape.maySlope(
                                series.values(), SeriesAnalysis.days(series), suspected(steps, isCalled), margin);
    }

    private List<Segment> slopesOf(SeriesShape found) {
        double[] values = values();
        return found.segments().stream()
                .filter(segment -> !segment.isLevel() && segment.end() - segment.first() >= LEAST_SLOPE)
                .filter(slope -> Math.abs(Effect.relativeChange(slope.startLevel(), slope.endLevel())) >= margin)
                .filter(slope -> LineOrStep.isLine(
                        Arrays.copyOfRange(values, slope.first(), slope.end()), slope.startLevel(), slope.endLevel()))
                .toList();
    }

    /** The steps in values without the seasonality of their shape that are a level in that shape, too. */
    static Steps steps(SeriesShape shape, Steps without) {
        return without.where(step -> shape.hasNewLevelNear(step.index(), NEAR));
    }

    /** Whether later values are higher, or lower, than chance makes them once in a thousand series. */
    private static boolean climbs(double[] values) {
        return values.length >= LEAST_CLIMB && MannKendall.leastPValue(Location.means(values, MOST_MEANS)) < CHANCE;
    }

    /** The values without the seasonality; those of the series where it has none. */
    public double[] values() {
        return without.map(double[]::clone).orElseGet(series::values);
    }

    /** The steps in these values. */
    public Steps steps() {
        return steps;
    }

    /** The confirmed steps as changes. */
    public List<SeriesChange> changes() {
        return ChangeSearch.confirmed(steps);
    }

    /** Changes that went away; looked for only where there is a step. */
    public List<Excursion> excursions() {
        return shape().map(SeriesShape::excursions).orElse(List.of());
    }

    /** The stretches that a sloping line describes, of many runs and a change of at least the margin. */
    public List<Segment> slopes() {
        if (slopes.isEmpty()) {
            slopes = Optional.of(maySlope() ? slopesOf(shape().orElseThrow()) : List.of());
        }
        return slopes.get();
    }

    /** Whether the step at an index is a part of one of the slopes, and no new level in it. */
    public boolean isPartOfSlope(int index) {
        return slopes().stream().anyMatch(slope -> slope.first() < index && index < slope.end())
                && !shape().orElseThrow().hasNewLevelNear(index, NEAR);
    }

    /** Whether seasonality was removed. */
    public boolean isSeasonal() {
        return without.isPresent();
    }
}
