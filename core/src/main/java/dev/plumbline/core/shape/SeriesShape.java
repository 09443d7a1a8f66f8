package dev.plumbline.core.shape;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.shape.feature.Anomaly;
import dev.plumbline.core.shape.feature.DriftWindow;
import dev.plumbline.core.shape.feature.Excursion;
import dev.plumbline.core.shape.feature.Seasonality;
import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.shape.feature.Trend;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The shape of a series: its segments, the words for it, and the numbers behind the words.
 *
 * <p>Places count all values from 0, missing ones included.
 *
 * @param size how many values there are, missing ones included
 * @param finite how many are finite
 * @param segments the stretches, oldest first, without gaps between them; none for a series without a finite value
 * @param shapes its features, the most important first; never empty
 * @param trend of the newest segment, whether or not it is one that matters; absent with fewer than 20 values
 * @param drift the newest stretches against those before them, where each has five values
 * @param excursions changes that went away
 * @param anomalies short stretches that do not belong, oldest first
 */
public record SeriesShape(
        int size,
        int finite,
        List<Segment> segments,
        List<Shape> shapes,
        Optional<Trend> trend,
        List<DriftWindow> drift,
        List<Excursion> excursions,
        List<Anomaly> anomalies) {
    /** No times are known. */
    public static final double[] NO_DAYS = {};

    public SeriesShape {
        segments = List.copyOf(segments);
        shapes = List.copyOf(shapes);
        requireNonNull(trend, "trend");
        drift = List.copyOf(drift);
        excursions = List.copyOf(excursions);
        anomalies = List.copyOf(anomalies);
        if (shapes.isEmpty()) {
            throw new IllegalArgumentException("a series without a shape");
        }
        int end = 0;
        for (Segment segment : segments) {
            if (segment.first() < end || segment.end() > size) {
                throw new IllegalArgumentException("segments " + segments + " in a series of " + size);
            }
            end = segment.end();
        }
    }

    /**
     * The shape of a series, with the steps that the judge finds.
     *
     * @param values oldest first; NaN and infinite ones keep their place and are left out
     * @param days when each was measured, in days since the epoch; empty where times are not known. A place without a
     *     time is NaN: then none are used
     * @param margin the smallest relative change that matters: 0.02 is 2 %
     */
    public static SeriesShape of(double[] values, double[] days, double margin) {
        return of(values, days, StepScan.analyze(values, new StepScan.Settings(margin)), margin);
    }

    /**
     * The same for one whose steps are known already.
     *
     * @param steps of exactly these values
     */
    public static SeriesShape of(double[] values, double[] days, Steps steps, double margin) {
        return of(values, days, steps, margin, true);
    }

    /** The same for one that is known to have no seasonality. */
    public static SeriesShape withoutSwing(double[] values, double[] days, Steps steps, double margin) {
        return of(values, days, steps, margin, false);
    }

    /**
     * Whether the {@linkplain #segments segments} of such a shape may have a slope: no where nothing slopes even before
     * changes of noise and new modes are searched for, which take slopes away and cost far more.
     *
     * @param values without seasonality
     * @param steps of exactly these values
     */
    public static boolean maySlope(double[] values, double[] days, Steps steps, double margin) {
        return new ShapeSearch(values, days, margin).maySlope(steps);
    }

    private static SeriesShape of(double[] values, double[] days, Steps steps, double margin, boolean maySwing) {
        if (steps.size() != values.length) {
            throw new IllegalArgumentException("steps of " + steps.size() + " values for " + values.length);
        }
        if (days.length != 0 && days.length != values.length) {
            throw new IllegalArgumentException(days.length + " times for " + values.length + " values");
        }
        if (!(margin >= 0 && margin < 1)) {
            throw new IllegalArgumentException("margin " + margin + " is not in [0, 1)");
        }
        SeriesShape whole = new ShapeSearch(values, days, margin).shape(steps, maySwing);
        return whole.find(Shape.Suspected.class)
                .map(suspected -> suspecting(suspected, whole, values, days, margin, maySwing))
                .orElse(whole);
    }

    /**
     * The shape where the newest values may be on a new level: they are no part of the one before, and neither stretch
     * is an odd one of a level between the two.
     */
    private static SeriesShape suspecting(
            Shape.Suspected suspected,
            SeriesShape whole,
            double[] values,
            double[] days,
            double margin,
            boolean maySwing) {
        double[] before = values.clone();
        Arrays.fill(before, suspected.index(), before.length, Double.NaN);
        Steps steps = StepScan.analyze(before, new StepScan.Settings(margin));
        SeriesShape rest = new ShapeSearch(before, days, margin).shape(steps, maySwing);
        return rest.find(Shape.Trending.class).isPresent() ? whole : rest.with(suspected, whole.finite);
    }

    /**
     * The same of a series whose newest level is known to be apart, where the course of the values does not show it:
     * few values of it look like another mode or like noise that has grown. The rest is the shape of the values before.
     *
     * @param values those of the series
     * @param index place of the first value of the newest level
     */
    public SeriesShape withStep(double[] values, double[] days, int index, double margin) {
        double[] before = values.clone();
        Arrays.fill(before, index, before.length, Double.NaN);
        Steps steps = StepScan.analyze(before, new StepScan.Settings(margin));
        SeriesShape rest = new ShapeSearch(before, days, margin).shape(steps, true);
        double[] newest = Arrays.stream(values, index, values.length)
                .filter(Double::isFinite)
                .toArray();
        if (newest.length == 0 || rest.segments.isEmpty() || rest.main().word() == Shape.Word.TRENDING) {
            return this;
        }
        List<Segment> parts = new ArrayList<>();
        for (Segment part : rest.segments) {
            if (part.first() < index) {
                parts.add(new Segment(
                        part.first(), Math.min(part.end(), index), part.startLevel(), part.endLevel(), part.noise()));
            }
        }
        double level = Location.median(newest);
        parts.add(new Segment(
                index,
                values.length,
                level,
                level,
                newest.length < 2 ? 0 : Spread.standardDeviation(newest) / Math.abs(level)));
        int earlier = rest.find(Shape.Stepped.class).map(Shape.Stepped::steps).orElse(0);
        List<Shape> reported = new ArrayList<>(List.of(new Shape.Stepped(earlier + 1, index)));
        rest.shapes.stream()
                .filter(shape ->
                        shape.word() != Shape.Word.STEPPED && shape.word().compareTo(Shape.Word.STABLE) < 0)
                .forEach(reported::add);
        return new SeriesShape(size, finite, parts, reported, Optional.empty(), drift, rest.excursions, rest.anomalies);
    }

    /**
     * Whether the values have a seasonality, without the rest of a shape.
     *
     * @param values oldest first; NaN where there is none
     * @param days as for {@link #of(double[], double[], double)}
     */
    public static boolean isSeasonal(double[] values, double[] days, double margin) {
        return new ShapeSearch(values, days, margin).isSeasonal();
    }

    /**
     * The seasonality alone; those that the shape has.
     *
     * @param values oldest first; NaN where there is none
     * @param days as for {@link #of(double[], double[], double)}
     */
    public static List<Seasonality> seasons(double[] values, double[] days, double margin) {
        return new ShapeSearch(values, days, margin).seasons();
    }

    /** The main shape of the series. */
    public Shape main() {
        return shapes.get(0);
    }

    /** The same where what begins at a place, or behind it, is known to be a level and no odd stretch. */
    public SeriesShape withLevelFrom(int index) {
        return withAnomalies(
                anomalies.stream().filter(anomaly -> anomaly.first() < index).toList());
    }

    /** The same where an odd stretch is known to be a change that went away. */
    public SeriesShape with(Excursion excursion, Anomaly odd) {
        return withAnomalies(anomalies.stream().filter(one -> !one.equals(odd)).toList())
                .withExcursion(excursion, finite);
    }

    private SeriesShape withAnomalies(List<Anomaly> odd) {
        Optional<Anomaly> worst = odd.stream().max(Comparator.comparingDouble(one -> Math.abs(one.deviations())));
        List<Shape> reported = shapes.stream()
                .filter(shape -> !(shape instanceof Shape.Spiked) || worst.isPresent())
                .map(shape -> shape instanceof Shape.Spiked ? new Shape.Spiked(odd.size(), worst.orElseThrow()) : shape)
                .toList();
        return new SeriesShape(
                size,
                finite,
                segments,
                reported.isEmpty() ? List.of(new Shape.Stable()) : reported,
                trend,
                drift,
                excursions,
                odd);
    }

    /**
     * The same of a series whose values of a stretch were left out, because they are known to be of a change that went
     * away.
     *
     * @param values how many are finite, those of the stretch among them
     */
    public SeriesShape withExcursion(Excursion excursion, int values) {
        List<Shape> reported = new ArrayList<>(shapes.stream()
                .filter(shape -> shape.word() != Shape.Word.RECOVERED
                        && shape.word() != Shape.Word.STABLE
                        && shape.word() != Shape.Word.CONSTANT)
                .toList());
        int place = 0;
        while (place < reported.size() && reported.get(place).word().compareTo(Shape.Word.RECOVERED) < 0) {
            place++;
        }
        reported.add(place, new Shape.Recovered(excursion));
        List<Excursion> all = new ArrayList<>(excursions);
        all.add(excursion);
        return new SeriesShape(size, values, around(excursion), reported, trend, drift, all, anomalies);
    }

    /**
     * Describes a series without its first values, which may be at another level: the shape is that of the remaining
     * values, with a note that the first ones differ.
     *
     * @param values how many are finite, the first ones among them
     */
    public SeriesShape withFirstLevel(Shape.SuspectedEarly early, int values) {
        List<Segment> parts = new ArrayList<>();
        Segment rest = segments.get(0);
        parts.add(new Segment(0, early.index(), early.before(), early.before(), rest.noise()));
        parts.add(new Segment(early.index(), rest.end(), rest.startLevel(), rest.endLevel(), rest.noise()));
        parts.addAll(segments.subList(1, segments.size()));
        return new SeriesShape(size, values, parts, with(early), trend, drift, excursions, anomalies);
    }

    /** @param values how many are finite, those of the new level among them */
    private SeriesShape with(Shape.Suspected suspected, int values) {
        return new SeriesShape(size, values, segments, with(suspected), trend, drift, excursions, anomalies);
    }

    /** The shapes with a suspicion, without those of one level. */
    private List<Shape> with(Shape suspicion) {
        List<Shape> reported = new ArrayList<>(shapes.stream()
                .filter(shape -> shape.word().compareTo(Shape.Word.STABLE) < 0 && shape.word() != Shape.Word.SUSPECTED)
                .toList());
        int place = 0;
        while (place < reported.size() && reported.get(place).word().compareTo(Shape.Word.SUSPECTED) < 0) {
            place++;
        }
        reported.add(place, suspicion);
        return reported;
    }

    /** The segments with one more for an excursion, where that lies in a level. */
    private List<Segment> around(Excursion excursion) {
        List<Segment> parts = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.isLevel() && segment.first() < excursion.first() && excursion.end() < segment.end()) {
                double level = segment.startLevel();
                parts.add(new Segment(segment.first(), excursion.first(), level, level, segment.noise()));
                parts.add(new Segment(
                        excursion.first(), excursion.end(), excursion.during(), excursion.during(), segment.noise()));
                parts.add(new Segment(excursion.end(), segment.end(), level, level, segment.noise()));
            } else {
                parts.add(segment);
            }
        }
        return parts;
    }

    /** Whether a stretch begins near a place on another level than the one before it ended on. */
    public boolean hasNewLevelNear(int index, int distance) {
        for (int i = 1; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (Math.abs(segment.first() - index) <= distance
                    && segment.startLevel() != segments.get(i - 1).endLevel()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Values without the seasons that the series has; the same where one of them is not positive.
     *
     * @param values those of the series
     * @param days when each was measured, in days since the epoch
     */
    public double[] withoutSeasons(double[] values, double[] days) {
        double[] without = values.clone();
        boolean positive = Arrays.stream(values).noneMatch(value -> value <= 0);
        for (Shape shape : shapes) {
            if (positive && shape instanceof Shape.Seasonal seasonal) {
                for (int i = 0; i < without.length; i++) {
                    without[i] /= 1 + seasonal.seasonality().at(days[i]);
                }
            }
        }
        return without;
    }

    /** The shape of a kind, if the series has it. */
    public <T extends Shape> Optional<T> find(Class<T> kind) {
        return shapes.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
