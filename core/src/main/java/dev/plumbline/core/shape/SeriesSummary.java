package dev.plumbline.core.shape;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.shape.feature.Advice;
import dev.plumbline.core.shape.feature.Anomaly;
import dev.plumbline.core.shape.feature.Health;
import dev.plumbline.core.shape.feature.Modes;
import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A series in a few numbers.
 *
 * @param mean of the finite values; not a number without one
 * @param median of them
 * @param variation their standard deviation over the size of their mean, steps and all; absent with fewer than two
 *     values or a mean of zero
 * @param noise the robust standard deviation around the newest stretch's line, relative to it; absent with fewer than
 *     ten values
 * @param stability from 0 to 100: 100 / (1 + d / 10 %), where d² is the square of the noise and of the scatter of the
 *     levels around their mean together. A series that differs by 1 % scores 91, by 10 % 50
 * @param reliability from 0 to 100, how far a verdict about it can be trusted: the product of four shares: values of
 *     the newest stretch over 20, places with a value, values that are no anomaly, and the root of the margin over the
 *     detectable change; none counts more than 1
 * @param detectable the smallest relative change that one more run detects with 99 % probability: by the judge for a
 *     series in its suite, absent if it has none; without a judge, by a t test at a two-sided error of 1 %, absent with
 *     fewer than ten values
 * @param health the worst that an advice implies, or that something uncertain deserves
 * @param advice what should be done, the worst first; none when all is well
 */
public record SeriesSummary(
        double mean,
        double median,
        OptionalDouble variation,
        OptionalDouble noise,
        double stability,
        double reliability,
        OptionalDouble detectable,
        Health health,
        List<Advice> advice) {
    /** More runs of one revision are not recommended. */
    static final int MOST_RUNS = 30;

    private static final double HALF_STABLE = 0.1;
    private static final int ENOUGH = 20;
    private static final double ERROR = 0.01;
    private static final double MISSED = 0.01;
    private static final double MAJOR = 0.05;
    /** A margin as wide would hide critical changes. */
    private static final double CRITICAL = 0.10;
    /** The number of values that determine the course of a series. */
    public static final int LEAST = ShapeSearch.LEAST;

    /** Margins are recommended to a tenth of a per cent. */
    private static final double GRAIN = 0.001;

    private static final double BADLY = 0.15;
    private static final double HARDLY = 0.40;
    private static final double OFTEN_ODD = 0.05;
    private static final int HELD = 5;

    /** The fewest values that determine a level's noise. */
    private static final int LEAST_OF_LEVEL = 3;

    public SeriesSummary {
        requireNonNull(variation, "variation");
        requireNonNull(noise, "noise");
        requireNonNull(detectable, "detectable");
        requireNonNull(health, "health");
        advice = List.copyOf(advice);
        if (!(stability >= 0 && stability <= 100 && reliability >= 0 && reliability <= 100)) {
            throw new IllegalArgumentException("stability " + stability + ", reliability " + reliability);
        }
    }

    /**
     * Sums a series up.
     *
     * @param values as many as the shape was made of
     * @param margin the smallest relative change that matters
     */
    public static SeriesSummary of(SeriesShape shape, double[] values, Better better, double margin) {
        return of(shape, values, better, margin, SeriesSummary::estimated, 0);
    }

    /**
     * The same where the judge's own number of what one run finds is known, of the series in its suite.
     *
     * @param detectable relative; empty where no size is known to be found
     * @param from the place from which levels count: those before were given up
     */
    public static SeriesSummary of(
            SeriesShape shape, double[] values, Better better, double margin, OptionalDouble detectable, int from) {
        return of(shape, values, better, margin, (noise, count) -> detectable, from);
    }

    private static SeriesSummary of(
            SeriesShape shape, double[] values, Better better, double margin, DetectableChange rule, int from) {
        requireNonNull(better, "better");
        if (values.length != shape.size()) {
            throw new IllegalArgumentException(values.length + " values for a shape of " + shape.size());
        }
        double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
        if (finite.length == 0) {
            return new SeriesSummary(
                    Double.NaN,
                    Double.NaN,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    0,
                    0,
                    OptionalDouble.empty(),
                    Health.GOOD,
                    List.of(new Advice.MeasureMore(0, ShapeSearch.LEAST)));
        }
        double mean = Location.mean(finite);
        OptionalDouble variation = finite.length < 2 || mean == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Spread.standardDeviation(finite) / Math.abs(mean));
        boolean few = finite.length < ShapeSearch.LEAST;
        Segment newest = shape.segments().get(shape.segments().size() - 1);
        OptionalDouble noise = few ? OptionalDouble.empty() : OptionalDouble.of(newest.noise());
        int current = finite(values, newest);
        OptionalDouble detectable = rule.of(few ? Double.NaN : newest.noise(), current);
        List<Advice> advice = few
                ? List.of(new Advice.MeasureMore(finite.length, ShapeSearch.LEAST))
                : advice(shape, values, better, margin, detectable, from);
        Health health = Health.GOOD;
        for (Advice one : advice) {
            health = health.or(one.health());
        }
        return new SeriesSummary(
                mean,
                Location.median(finite),
                variation,
                noise,
                stability(shape, newest),
                few ? 0 : reliability(shape, current, detectable, margin),
                detectable,
                health,
                advice);
    }

    /** The same with a detected regression without a triage: its size, its first place, its id. */
    public SeriesSummary withCalled(double change, int index, String id) {
        // what lies there is the same change, and a margin that fits the values would hide it
        List<Advice> more = new ArrayList<>(advice.stream()
                .filter(other -> !(other instanceof Advice.WidenMargin)
                        && !(other instanceof Advice.RepeatRuns)
                        && !(other instanceof Advice.LookInto look && Math.abs(look.index() - index) <= HELD))
                .toList());
        Advice one = new Advice.Called(severity(Math.abs(change)), change, index, id);
        more.add(0, one);
        more.sort(Comparator.comparing(Advice::health).reversed());
        return new SeriesSummary(
                mean, median, variation, noise, stability, reliability, detectable, health.or(one.health()), more);
    }

    /**
     * The same where checks reported false regressions: the margin that would have passed them, unless it would hide
     * critical changes.
     *
     * @param alarms how many
     * @param largest of them, relative
     * @param margin the one in force
     */
    public SeriesSummary withFalseAlarms(int alarms, double largest, double margin) {
        double wide = (Math.floor(largest / GRAIN) + 1) * GRAIN;
        if (alarms == 0 || wide <= margin || wide >= CRITICAL) {
            return this;
        }
        List<Advice> more = new ArrayList<>(advice);
        more.add(new Advice.WidenMargin(alarms, largest, margin, wide));
        return new SeriesSummary(mean, median, variation, noise, stability, reliability, detectable, health, more);
    }

    /** The same where something that is not certain should be watched. */
    public SeriesSummary watched() {
        return new SeriesSummary(
                mean, median, variation, noise, stability, reliability, detectable, health.or(Health.WATCH), advice);
    }

    /** The minimum detectable change of one run, from the noise of the newest stretch and its values. */
    private interface DetectableChange {
        OptionalDouble of(double noise, int count);
    }

    private static int finite(double[] values, Segment segment) {
        int count = 0;
        for (int i = segment.first(); i < segment.end(); i++) {
            count += Double.isFinite(values[i]) ? 1 : 0;
        }
        return count;
    }

    /** From a normal test of one value against a stretch, with its own scatter unknown. */
    private static OptionalDouble estimated(double noise, int count) {
        if (count < LEAST_OF_LEVEL || !Double.isFinite(noise)) {
            return OptionalDouble.empty();
        }
        double degrees = count - 1.0;
        double reach = StudentT.upperQuantile(ERROR / 2, degrees) + StudentT.upperQuantile(MISSED, degrees);
        return OptionalDouble.of(StrictMath.expm1(Math.min(700, reach * noise * Math.sqrt(1 + 1.0 / count))));
    }

    private static double stability(SeriesShape shape, Segment newest) {
        double weights = 0;
        double mean = 0;
        for (Segment segment : shape.segments()) {
            double weight = segment.end() - segment.first();
            mean += weight * level(segment);
            weights += weight;
        }
        mean /= weights;
        double squares = 0;
        for (Segment segment : shape.segments()) {
            double weight = segment.end() - segment.first();
            squares += weight * (sq(segment.startLevel() - mean) + sq(segment.endLevel() - mean)) / 2 / weights;
        }
        double wander = squares == 0 ? 0 : Math.sqrt(squares) / Math.abs(mean);
        double differing = Math.hypot(newest.noise(), wander);
        return Double.isFinite(differing) ? 100 / (1 + differing / HALF_STABLE) : 0;
    }

    private static double level(Segment segment) {
        return segment.startLevel() / 2 + segment.endLevel() / 2;
    }

    private static double sq(double value) {
        return value * value;
    }

    private static double reliability(SeriesShape shape, int current, OptionalDouble detectable, double margin) {
        double data = Math.min(1, (double) current / ENOUGH);
        double measured = (double) shape.finite() / shape.size();
        double resolution = detectable.isEmpty()
                ? 0
                : detectable.getAsDouble() <= margin ? 1 : Math.sqrt(margin / detectable.getAsDouble());
        return 100 * data * measured * (1 - oddShare(shape)) * resolution;
    }

    private static double oddShare(SeriesShape shape) {
        int odd = 0;
        for (Anomaly anomaly : shape.anomalies()) {
            odd += anomaly.end() - anomaly.first();
        }
        return shape.finite() == 0 ? 0 : Math.min(1, (double) odd / shape.finite());
    }

    private static List<Advice> advice(
            SeriesShape shape, double[] values, Better better, double margin, OptionalDouble detectable, int from) {
        List<Advice> advice = new ArrayList<>();
        Optional<Advice.StopSlope> slope = slope(shape, better, margin, from);
        behind(shape, values, better, margin, from)
                .filter(look -> slope.filter(one -> isAll(shape, one, look)).isEmpty())
                .ifPresent(advice::add);
        slope.ifPresent(advice::add);
        shape.find(Shape.Volatile.class)
                .map(Shape.Volatile::change)
                .filter(change -> change.ratio() > 1)
                .ifPresent(change -> advice.add(new Advice.CalmNoise(change.ratio(), change.index())));
        detectable.ifPresent(size -> {
            if (size > Math.max(margin, MAJOR)) {
                Health health = size > HARDLY ? Health.POOR : size > BADLY ? Health.WATCH : Health.GOOD;
                advice.add(new Advice.RepeatRuns(health, size, margin, runs(shape, size, margin, better)));
            }
        });
        if (oddShare(shape) > OFTEN_ODD) {
            advice.add(new Advice.FindDisturbance(shape.anomalies().size(), oddShare(shape)));
        }
        shape.find(Shape.Multimodal.class).map(Shape.Multimodal::modes).ifPresent(modes -> {
            List<Modes.Mode> all = modes.modes();
            double lowest = all.get(0).level();
            double distance = (all.get(all.size() - 1).level() - lowest) / Math.abs(lowest);
            if (distance >= margin) {
                advice.add(new Advice.MoreForks(all.size(), distance));
            }
        });
        for (Shape one : shape.shapes()) {
            if (one instanceof Shape.Seasonal seasonal && seasonal.seasonality().amplitude() >= margin) {
                advice.add(new Advice.FixHour(
                        seasonal.seasonality().period(), seasonal.seasonality().amplitude()));
            }
        }
        advice.sort(Comparator.comparing(Advice::health).reversed());
        return advice;
    }

    /** The number of runs of one revision that detect a change of the margin; the error falls with their root. */
    private static int runs(SeriesShape shape, double detectable, double margin, Better better) {
        if (margin == 0) {
            return 0;
        }
        Segment newest = shape.segments().get(shape.segments().size() - 1);
        double count = newest.end() - newest.first();
        double share = better == Better.LOWER
                ? StrictMath.log1p(margin) / StrictMath.log1p(detectable)
                : StrictMath.log1p(-margin) / StrictMath.log1p(-Math.min(1, detectable));
        // one run has the error √(1 + 1/n), k have √(1/k + 1/n)
        double left = share * share * (1 + 1 / count) - 1 / count;
        double runs = Math.ceil(1 / left);
        return left > 0 && runs <= MOST_RUNS ? (int) runs : 0;
    }

    /** Whether nothing came at the place but a slope, which goes on from the level before and to the end. */
    private static boolean isAll(SeriesShape shape, Advice.StopSlope slope, Advice.LookInto look) {
        Segment newest = shape.segments().get(shape.segments().size() - 1);
        return slope.index() == look.index() && newest.first() == look.index() && newest.startLevel() == look.best();
    }

    /** The level now against the best that held for a while. */
    private static Optional<Advice.LookInto> behind(
            SeriesShape shape, double[] values, Better better, double margin, int from) {
        List<Segment> segments = shape.segments();
        double now = segments.get(segments.size() - 1).endLevel();
        int best = -1;
        for (int i = 0; i + 1 < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.isLevel()
                    && segment.end() - from >= HELD
                    && finite(values, segment) >= HELD
                    && (best < 0 || better.isWorse(segments.get(best).endLevel() - segment.endLevel()))) {
                best = i;
            }
        }
        if (best < 0) {
            return Optional.empty();
        }
        double level = segments.get(best).endLevel();
        double change = level == 0 ? 0 : (now - level) / Math.abs(level);
        return better.isWorse(change) && Math.abs(change) >= margin
                ? Optional.of(new Advice.LookInto(
                        severity(Math.abs(change)),
                        Math.abs(change),
                        level,
                        now,
                        segments.get(best + 1).first()))
                : Optional.empty();
    }

    private static Health severity(double size) {
        return size >= CRITICAL ? Health.CRITICAL : size >= MAJOR ? Health.POOR : Health.WATCH;
    }

    private static Optional<Advice.StopSlope> slope(SeriesShape shape, Better better, double margin, int from) {
        return shape.find(Shape.Trending.class)
                .map(Shape.Trending::trend)
                .filter(trend ->
                        trend.end() > from && better.isWorse(trend.total()) && Math.abs(trend.total()) >= margin)
                .map(trend -> new Advice.StopSlope(severity(Math.abs(trend.total())), trend.total(), trend.first()));
    }
}
