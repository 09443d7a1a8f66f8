package dev.plumbline.core.history;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.shape.SeriesShape;
import dev.plumbline.core.shape.feature.Seasonality;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The seasonal swing of a series: daily, weekly, or both. What comes at the same hour or on the same day of the week is
 * no change.
 *
 * @param seasons what it consists of; at least one
 */
public record Swing(List<Seasonality> seasons) {
    /** Fewer values show no swing three times in at least four parts of it. */
    private static final int LEAST = 12;

    /** The number of good points before one that determine its expected value. */
    private static final int BEFORE = 14;

    private static final int LEAST_BEFORE = 5;

    /** In deviations: a value nearer to its level is no change. */
    private static final double FAR = 3;

    /** The ratio of normal values' deviation to their median distance from the median. */
    private static final double NORMAL = 1.4826;

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
     * @return empty where it has none, where a value is not positive, or where it is too short
     */
    public static Optional<Swing> of(Series history, double margin) {
        if (!isLookedFor(history)) {
            return Optional.empty();
        }
        double[] values = history.values();
        List<Seasonality> seasons = SeriesShape.seasons(values, SeriesAnalysis.days(history), margin);
        return seasons.isEmpty() ? Optional.empty() : Optional.of(new Swing(seasons));
    }

    /** Whether a swing is looked for: a history with enough values, all of them positive, may have one. */
    public static boolean isLookedFor(Series history) {
        double[] values = history.values();
        return values.length >= LEAST && Arrays.stream(values).noneMatch(value -> value <= 0);
    }

    /** The points without it; those without a time are unchanged. */
    public List<Point> without(List<Point> points) {
        return points.stream().map(this::without).toList();
    }

    private Point without(Point point) {
        return new Point(
                point.run(),
                point.value() / factor(point),
                point.groupCount(),
                point.groupDeviation(),
                point.judgedBad());
    }

    private double factor(Point point) {
        double day = SeriesAnalysis.day(point.run());
        double factor = 1;
        for (Seasonality season : seasons) {
            factor *= Double.isNaN(day) ? 1 : 1 + season.at(day);
        }
        return factor;
    }

    /**
     * The series as it would have been judged had the swing been known: points are good that were judged bad and that
     * lie, without the swing, where the good ones before them do.
     *
     * @param margin the smallest relative change that matters
     */
    public Series explained(Series series, double margin) {
        List<Point> points = series.points();
        List<Point> explained = new ArrayList<>();
        Deque<Double> before = new ArrayDeque<>();
        boolean isAny = false;
        for (Point point : points) {
            double without = point.value() / factor(point);
            boolean isExplained = point.judgedBad() && isExplained(point, without, before, series.better(), margin);
            isAny |= isExplained;
            explained.add(isExplained ? point.asJudgedGood() : point);
            if (!point.judgedBad() || isExplained) {
                before.addLast(without);
                if (before.size() > BEFORE) {
                    before.removeFirst();
                }
            }
        }
        return isAny ? series.withPoints(explained) : series;
    }

    /** Whether a point that was judged bad is worse by the swing, and by no more than that and chance. */
    private static boolean isExplained(
            Point point, double without, Deque<Double> before, Better better, double margin) {
        if (before.size() < LEAST_BEFORE) {
            return false;
        }
        double[] values = before.stream().mapToDouble(Double::doubleValue).toArray();
        double level = Location.median(values);
        double rest = Effect.relativeChange(level, without);
        double noise = NORMAL * Spread.medianAbsoluteDeviation(values) / level;
        return better.isWorse(Effect.relativeChange(without, point.value()))
                && (!better.isWorse(rest) || Math.abs(rest) <= Math.max(margin, FAR * noise));
    }

    /** The series with what its swing explains, as {@link #explained(Series, double)}; itself where it has none. */
    public static Series explainedIn(Series series, double margin) {
        return series.points().stream().noneMatch(Point::judgedBad)
                ? series
                : of(series, margin)
                        .map(swing -> swing.explained(series, margin))
                        .orElse(series);
    }

    /** A series without it. */
    public Series takenOut(Series series) {
        return series.withPoints(without(series.points()));
    }

    /** A series without it, whose points are judged as if it had always been known. */
    public Series takenOut(Series series, double margin) {
        return takenOut(explained(series, margin));
    }

    /** The series without its own swing; itself where it has none. */
    public static Series without(Series series, double margin) {
        return of(series, margin).map(swing -> swing.takenOut(series, margin)).orElse(series);
    }
}
