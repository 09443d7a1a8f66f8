package dev.plumbline.core.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.steps.EarlyStep;
import java.util.Arrays;
import java.util.Optional;

/**
 * A possible loss of a young series after its first few runs, which are too few to confirm it; the later runs are the
 * reference of new runs. It fails no gate, and is reported while the series is young and the level is not accepted.
 *
 * @param key of the series
 * @param unit of the levels
 * @param before how many runs are on the first level
 * @param after how many came since
 * @param first the level of those before
 * @param later the level of those since
 * @param since the first run behind it
 */
public record EarlyLoss(SeriesKey key, Unit unit, int before, int after, double first, double later, RunInfo since) {
    /** In a longer series the later level is the normal one, and was reported often enough. */
    private static final int YOUNG = 36;

    /** The number of runs that show whether it is still there. */
    private static final int NEWEST = 5;

    public EarlyLoss {
        requireNonNull(key, "key");
        requireNonNull(unit, "unit");
        requireNonNull(since, "since");
    }

    /**
     * Looks for one.
     *
     * @param series whole, from its first run on
     * @param margin the smallest relative change that matters
     */
    static Optional<EarlyLoss> of(Series series, double margin) {
        double[] values = series.values();
        if (values.length > YOUNG || values.length < EarlyStep.LEAST) {
            return Optional.empty();
        }
        return EarlyStep.of(values)
                .filter(step -> series.better().isWorse(step.relativeChange())
                        && Math.abs(step.relativeChange()) >= margin
                        && isStillThere(step, values))
                .map(step -> new EarlyLoss(
                        series.key(),
                        series.unit(),
                        step.index(),
                        values.length - step.index(),
                        Location.median(Arrays.copyOf(values, step.index())),
                        Location.median(Arrays.copyOfRange(values, step.index(), values.length)),
                        series.points().get(step.index()).run()));
    }

    private static boolean isStillThere(EarlyStep step, double... values) {
        double newest = Location.median(
                Arrays.copyOfRange(values, Math.max(step.index(), values.length - NEWEST), values.length));
        return Math.abs(newest - step.after()) < Math.abs(newest - step.before());
    }

    /** The size relative to the level before. */
    public double relativeChange() {
        return Effect.relativeChange(first, later);
    }
}
