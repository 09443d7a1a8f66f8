package dev.plumbline.core.history;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.shape.Seasonality;
import dev.plumbline.core.shape.SeriesShape;
import dev.plumbline.core.shape.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The swing of a series with the clock: daily, weekly, or both. What comes at the same hour or on the same day of the
 * week is no change.
 *
 * @param seasons what it consists of; at least one
 */
public record Swing(List<Seasonality> seasons) {
    /** Fewer values show no swing three times in at least four parts of it. */
    private static final int LEAST = 12;

    public Swing {
        seasons = List.copyOf(seasons);
        if (seasons.isEmpty()) {
            throw new IllegalArgumentException("a swing has a period");
        }
    }

    /**
     * The swing of a history.
     *
     * @param margin the smallest relative change that matters
     * @return empty where it has none, where a value is not positive, or where it is too short to tell
     */
    public static Optional<Swing> of(Series history, double margin) {
        double[] values = history.values();
        if (values.length < LEAST || Arrays.stream(values).anyMatch(value -> value <= 0)) {
            return Optional.empty();
        }
        double[] days = SeriesAnalysis.days(history);
        if (!SeriesShape.isSeasonal(values, days, margin)) {
            return Optional.empty();
        }
        List<Seasonality> seasons = SeriesShape.of(values, days, margin).shapes().stream()
                .filter(Shape.Seasonal.class::isInstance)
                .map(shape -> ((Shape.Seasonal) shape).seasonality())
                .toList();
        return seasons.isEmpty() ? Optional.empty() : Optional.of(new Swing(seasons));
    }

    /** The points without it; those of which no time is known stay as they are. */
    public List<Point> without(List<Point> points) {
        return points.stream().map(this::without).toList();
    }

    private Point without(Point point) {
        double day = SeriesAnalysis.day(point.run());
        double factor = 1;
        for (Seasonality season : seasons) {
            factor *= Double.isNaN(day) ? 1 : 1 + season.at(day);
        }
        return new Point(
                point.run(), point.value() / factor, point.groupCount(), point.groupDeviation(), point.judgedBad());
    }

    /** The series without its swing; itself where it has none. */
    public static Series takenOut(Series series, double margin) {
        return of(series, margin)
                .map(swing -> series.withPoints(swing.without(series.points())))
                .orElse(series);
    }
}
