package dev.plumbline.core.detect;

import dev.plumbline.core.model.Series;
import dev.plumbline.core.shape.Excursion;
import dev.plumbline.core.shape.Segment;
import dev.plumbline.core.shape.SeriesShape;
import dev.plumbline.core.shape.Shape;
import dev.plumbline.core.stats.steps.KnownLevels;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import java.util.List;

/**
 * A stored series without its swing with the clock, and the steps in what is left: every evening and every weekend
 * would be a step otherwise. Incidents and summaries of a period tell these steps and no others.
 */
public final class SeasonallyAdjusted {
    /** A shape has its own idea of where a change lies. */
    private static final int NEAR = 3;

    /** What came within fewer runs is a step whose place is not certain: a commit among few did it. */
    private static final int LEAST_SLOPE = 20;

    private final double[] values;
    private final Steps steps;
    private final List<Excursion> excursions;
    private final List<Segment> slopes;
    private final boolean seasonal;

    private SeasonallyAdjusted(
            double[] values, Steps steps, List<Excursion> excursions, List<Segment> slopes, boolean seasonal) {
        this.values = values;
        this.steps = steps;
        this.excursions = List.copyOf(excursions);
        this.slopes = List.copyOf(slopes);
        this.seasonal = seasonal;
    }

    /**
     * Adjusts. The shape of the series, which costs more than its steps do, is worked out only where there is a step
     * that the swing may explain.
     *
     * @param margin the smallest relative change that matters
     * @param known levels that are known to be apart
     */
    public static SeasonallyAdjusted of(Series series, double margin, KnownLevels known) {
        StepScan.Settings settings = new StepScan.Settings(margin);
        double[] values = series.values();
        Steps steps = StepScan.analyze(values, settings, known);
        if (steps.steps().isEmpty()) {
            return new SeasonallyAdjusted(values, steps, List.of(), List.of(), false);
        }
        double[] days = SeriesAnalysis.days(series);
        SeriesShape shape =
                SeriesShape.of(values, days, known.called().isPresent() ? steps.withSuspect() : steps, margin);
        if (shape.find(Shape.Seasonal.class).isEmpty()) {
            return new SeasonallyAdjusted(values, steps, shape.excursions(), slopes(shape, steps, margin), false);
        }
        double[] without = shape.withoutSeasons(values, days);
        Steps left = StepScan.analyze(without, settings, known).where(step -> shape.hasNewLevelNear(step.index(), NEAR));
        return new SeasonallyAdjusted(without, left, shape.excursions(), slopes(shape, left, margin), true);
    }

    /** Those that came to the margin or more and would else be told as steps. */
    private static List<Segment> slopes(SeriesShape shape, Steps steps, double margin) {
        return shape.segments().stream()
                .filter(slope -> !slope.isLevel() && slope.end() - slope.first() >= LEAST_SLOPE)
                .filter(slope -> Math.abs(Effect.relativeChange(slope.startLevel(), slope.endLevel())) >= margin)
                .filter(slope -> steps.steps().stream()
                        .anyMatch(step -> isWithin(slope, step.index()) && !shape.hasNewLevelNear(step.index(), NEAR)))
                .toList();
    }

    private static boolean isWithin(Segment slope, int index) {
        return slope.first() < index && index < slope.end();
    }

    /** The values without the swing; those of the series where it has none. */
    public double[] values() {
        return values.clone();
    }

    /** The steps in these values. */
    public Steps steps() {
        return steps;
    }

    /** The confirmed ones as changes. */
    public List<Change> changes() {
        return ChangeSearch.confirmed(steps);
    }

    /** Changes that went away; looked for only where there is a step. */
    public List<Excursion> excursions() {
        return excursions;
    }

    /** The stretches that a sloping line describes, and that steps were found in. */
    public List<Segment> slopes() {
        return slopes;
    }

    /** Whether the step at an index is a part of one of the slopes. */
    public boolean isPartOfSlope(int index) {
        return slopes.stream().anyMatch(slope -> isWithin(slope, index));
    }

    /** Whether a swing was taken out. */
    public boolean isSeasonal() {
        return seasonal;
    }
}
