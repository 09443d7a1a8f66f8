package dev.plumbline.core.history;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.PackedPoints;
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
 * The seasonality of a series: daily, weekly, or both. What comes at the same hour or on the same day of the week is
 * no change.
 *
 * @param seasons what it consists of; at least one
 */
public record Swing(List<Seasonality> seasons) {
    /** Fewer values do not contain three periods with at least four phases. */
    private static final int LEAST = 12;

    /** The number of good points before one that determine its expected value. */
    private static final int BEFORE = 14;

    private static final int LEAST_BEFORE = 5;

    /** In deviations: a value nearer to its level is no change. */
    private static final double FAR = 3;

    /** The ratio of normal values' deviation to their median distance from the median. */
    private static final double NORMAL = 1.4826;

    /** The number of points on either side that show the level of one. */
    private static final int NEIGHBOURS = 7;

    /** With three points in a phase, the fewest that one is estimated from. */
    private static final double MOST_SHARE = 1.0 / 3;

    public Swing {
        seasons = List.copyOf(seasons);
        if (seasons.isEmpty()) {
            throw new IllegalArgumentException("a swing has a period");
        }
    }

    /**
     * The seasonality of a history.
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

    /** Whether seasonality is searched for: a history with enough values, all of them positive, may have one. */
    public static boolean isLookedFor(Series history) {
        double[] values = history.values();
        return values.length >= LEAST && Arrays.stream(values).noneMatch(value -> value <= 0);
    }

    /** The points without it; those without a time are unchanged. */
    public List<Point> without(List<Point> points) {
        return points.stream().map(this::without).toList();
    }

    private Point without(Point point) {
        return without(point, factor(point));
    }

    private static Point without(Point point, double factor) {
        return new Point(
                point.run(), point.value() / factor, point.groupCount(), point.groupDeviation(), point.judgedBad());
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
     * The series as it would have been judged had the seasonality been known: points that were judged bad count as good
     * if, without the seasonality, they are at the level of the good ones before them.
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

    /** Whether a point that was judged bad is worse only by the seasonality and chance. */
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

    /**
     * The series with points explained by its seasonality, as {@link #explained(Series, double)}; itself where it has
     * none.
     */
    public static Series explainedIn(Series series, double margin) {
        return !PackedPoints.haveJudgedBad(series.points())
                ? series
                : of(series, margin)
                        .map(swing -> swing.explained(series, margin))
                        .orElse(series);
    }

    /**
     * A series without it. The seasonality of each point is that estimated from the other points: an estimate that
     * includes the point leaves a residual that is too small by its share in its phase (its leverage), and a new value,
     * which is not included, would look like an outlier in comparison. Outliers have no weight in the estimate and are
     * moved no further than usual points.
     */
    public Series takenOut(Series series) {
        List<Point> points = series.points();
        double[] logs = new double[points.size()];
        double[] factors = new double[logs.length];
        for (int i = 0; i < logs.length; i++) {
            factors[i] = factor(points.get(i));
            logs[i] = StrictMath.log(points.get(i).value() / factors[i]);
        }
        double[] rests = rests(logs);
        double most = FAR * NORMAL * Spread.medianAbsoluteDeviation(rests);
        double[] shares = shares(points);
        List<Point> without = new ArrayList<>();
        for (int i = 0; i < logs.length; i++) {
            double more = shares[i] / (1 - shares[i]) * Math.max(-most, Math.min(most, rests[i]));
            without.add(without(points.get(i), factors[i] * StrictMath.exp(-more)));
        }
        return series.withPoints(without);
    }

    /** The share that each point has in the estimated effects of its phases; 0 for one without a time. */
    private double[] shares(List<Point> points) {
        double[] shares = new double[points.size()];
        for (Seasonality season : seasons) {
            int[] counts = new int[season.phases().size()];
            int[] phases = points.stream()
                    .mapToDouble(point -> SeriesAnalysis.day(point.run()))
                    .mapToInt(day -> Double.isNaN(day) ? -1 : season.period().phase(day, counts.length))
                    .toArray();
            Arrays.stream(phases).filter(phase -> phase >= 0).forEach(phase -> counts[phase]++);
            for (int i = 0; i < shares.length; i++) {
                shares[i] += phases[i] < 0 ? 0 : 1.0 / counts[phases[i]];
            }
        }
        return Arrays.stream(shares).map(share -> Math.min(MOST_SHARE, share)).toArray();
    }

    /** The distance of each value from the nearer of the levels right before and right after it; 0 of a lone value. */
    private static double[] rests(double... values) {
        double[] rests = new double[values.length];
        for (int i = 0; i < values.length && values.length > 1; i++) {
            double before = values[i] - median(values, i - NEIGHBOURS, i);
            double after = values[i] - median(values, i + 1, i + 1 + NEIGHBOURS);
            rests[i] = Double.isNaN(after) || Math.abs(before) < Math.abs(after) ? before : after;
        }
        return rests;
    }

    private static double median(double[] values, int from, int to) {
        int first = Math.max(0, from);
        int end = Math.min(values.length, to);
        return first < end ? Location.median(Arrays.copyOfRange(values, first, end)) : Double.NaN;
    }

    /** A series without it, whose points are judged as if it had always been known. */
    public Series takenOut(Series series, double margin) {
        return takenOut(explained(series, margin));
    }

    /** The series without its own seasonality; itself where it has none. */
    public static Series without(Series series, double margin) {
        return of(series, margin).map(swing -> swing.takenOut(series, margin)).orElse(series);
    }
}
