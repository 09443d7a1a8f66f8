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
import java.util.Optional;

/**
 * A stored series without its swing with the clock, and the steps in what is left: every evening and every weekend
 * would be a step otherwise. Incidents and summaries of a period tell these steps and no others.
 */
public final class SeasonallyAdjusted {
    /** A shape has its own idea of where a change lies. */
    private static final int NEAR = 3;

    private final double[] values;
    private final Steps steps;
    private final Optional<SeriesShape> shape;
    private final boolean seasonal;

    private SeasonallyAdjusted(double[] values, Steps steps, Optional<SeriesShape> shape, boolean seasonal) {
        this.values = values;
        this.steps = steps;
        this.shape = shape;
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
            return new SeasonallyAdjusted(values, steps, Optional.empty(), false);
        }
        double[] days = SeriesAnalysis.days(series);
        SeriesShape shape =
                SeriesShape.of(values, days, known.called().isPresent() ? steps.withSuspect() : steps, margin);
        if (shape.find(Shape.Seasonal.class).isEmpty()) {
            return new SeasonallyAdjusted(values, steps, Optional.of(shape), false);
        }
        double[] without = shape.withoutSeasons(values, days);
        return new SeasonallyAdjusted(
                without,
                StepScan.analyze(without, settings, known).where(step -> shape.hasNewLevelNear(step.index(), NEAR)),
                Optional.of(shape),
                true);
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
        return shape.map(SeriesShape::excursions).orElse(List.of());
    }

    /** The stretches of the series that a sloping line describes; looked for only where there is a step. */
    public List<Segment> slopes() {
        return shape.map(SeriesShape::segments).orElse(List.of()).stream()
                .filter(segment -> !segment.isLevel())
                .toList();
    }

    /** Whether the shape of the series has a new level where a step is, so that the step is none of a slope. */
    public boolean isNewLevel(int index) {
        return shape.map(known -> known.hasNewLevelNear(index, NEAR)).orElse(true);
    }

    /** Whether a swing was taken out. */
    public boolean isSeasonal() {
        return seasonal;
    }
}
