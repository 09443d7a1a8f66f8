package dev.plumbline.core.shape;

import dev.plumbline.core.shape.feature.Anomaly;
import dev.plumbline.core.shape.feature.DriftWindow;
import dev.plumbline.core.shape.feature.Excursion;
import dev.plumbline.core.shape.feature.Modes;
import dev.plumbline.core.shape.feature.Seasonality;
import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.stats.steps.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds the shape of one series.
 *
 * <p>In turn: seasons are removed ({@link SeasonSearch}); the judge's steps cut what is left, and levels become
 * slopes where those describe them better ({@link CourseSearch}); what is rather a change of noise or a new mode is
 * taken back ({@link OneLevelSearch}); what is left over is searched for modes, drift and odd points.
 */
final class ShapeSearch {
    /** Fewer values have no shape, unless they have a step. */
    static final int LEAST = 10;

    private static final double SUSPECT_LEVEL = 0.01;

    private final Observations series;

    ShapeSearch(double[] values, double[] days, double margin) {
        series = Observations.of(values, days, margin);
    }

    boolean isSeasonal() {
        return !found().isEmpty();
    }

    List<Seasonality> seasons() {
        return found().stream()
                .map(season -> season.reported(series.scores().x(), series))
                .toList();
    }

    private List<SeasonSearch.Found> found() {
        return series.size() >= LEAST && !series.isConstant() && series.hasDays()
                ? new SeasonSearch(series.scores().x(), series.days()).find()
                : List.of();
    }

    private boolean isShapeless(Steps steps) {
        return series.size() < LEAST && steps.steps().isEmpty() || series.isConstant();
    }

    /** Whether anything slopes before it is asked whether a noise or a mode explains the values as well. */
    boolean maySlope(Steps steps) {
        if (isShapeless(steps)) {
            return false;
        }
        double[] x = series.scores().x();
        double[] clean = series.scores().with(x).withoutSpikes();
        return new CourseSearch(series, clean)
                .find(steps).segments(x, series).stream().anyMatch(segment -> !segment.isLevel());
    }

    /** @param maySwing whether seasons are searched for */
    SeriesShape shape(Steps steps, boolean maySwing) {
        int n = series.size();
        if (isShapeless(steps)) {
            Shape shape = n >= 2 && series.isConstant() ? new Shape.Constant() : new Shape.Unknown(n, LEAST);
            List<Segment> segments = n == 0 ? List.of() : List.of(series.whole());
            return new SeriesShape(
                    steps.size(), n, segments, List.of(shape), Optional.empty(), List.of(), List.of(), List.of());
        }
        double[] x = series.scores().x();
        if (maySwing && series.hasDays()) {
            SeasonSearch search = new SeasonSearch(x, series.days());
            List<SeasonSearch.Found> seasons = search.find();
            if (!seasons.isEmpty()) {
                double[] without = search.remainder();
                return shape(without, seasons, series.stepsOf(without));
            }
        }
        return shape(x, List.of(), steps);
    }

    private SeriesShape shape(double[] x, List<SeasonSearch.Found> seasons, Steps steps) {
        double[] clean = series.scores().with(x).withoutSpikes();
        CourseSearch search = new CourseSearch(series, clean);
        Optional<Shape> quantised = series.quantised();
        OneLevelSearch.Reading reading =
                new OneLevelSearch(series, x, clean, search.level(), quantised.isPresent()).read(search.find(steps));
        FittedCourse course = reading.course();
        double[] residuals = course.residuals(x);
        double deviation = Scores.deviation(residuals, series.floor());
        OddPoints odd = new OddPoints(series, x, course, residuals, deviation, reading.noise());
        List<Anomaly> anomalies = odd.anomalies();
        List<Excursion> excursions = new Returns(course.pieces(), residuals, series.floor()).excursions(series);
        Optional<Modes> modes = modes(residuals, reading);
        Trends trends = new Trends(series, x);
        DriftSearch drifts = new DriftSearch(series, x);
        List<DriftWindow> drift = drifts.find(course, residuals, deviation);

        List<Shape> shapes = new ArrayList<>();
        stepped(course, excursions, steps).ifPresent(shapes::add);
        Optional<Shape> trending = trends.trending(course);
        trending.ifPresent(shapes::add);
        modes.map(Shape.Multimodal::new).ifPresent(shapes::add);
        reading.noise().map(Shape.Volatile::new).ifPresent(shapes::add);
        seasons.forEach(season -> shapes.add(new Shape.Seasonal(season.reported(x, series))));
        if (!excursions.isEmpty()) {
            shapes.add(new Shape.Recovered(excursions.get(excursions.size() - 1)));
        }
        if (modes.isEmpty()) {
            odd.spiked(anomalies).ifPresent(shapes::add);
        }
        if (trending.isEmpty()) {
            suspected(steps).ifPresent(shapes::add);
            drifts.drifting(drift).ifPresent(shapes::add);
        }
        quantised.ifPresent(shapes::add);
        if (shapes.isEmpty()) {
            shapes.add(new Shape.Stable());
        }
        return new SeriesShape(
                steps.size(),
                x.length,
                course.segments(x, series),
                shapes,
                trends.newest(course),
                drift,
                excursions,
                anomalies);
    }

    /** The remaining steps: no slope, no change that went away, and none that is certainly too small to matter. */
    private Optional<Shape> stepped(FittedCourse course, List<Excursion> excursions, Steps steps) {
        int standing = 0;
        int newest = -1;
        List<Piece> pieces = course.pieces();
        for (int i = 1; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            int place = series.place(piece.from());
            boolean went =
                    excursions.stream().anyMatch(excursion -> excursion.first() <= place && place <= excursion.end());
            boolean isSlight = steps.negligible().stream().anyMatch(step -> step.index() == place);
            if (pieces.get(i - 1).end() != piece.start() && !went && !isSlight) {
                standing++;
                newest = place;
            }
        }
        return standing == 0 ? Optional.empty() : Optional.of(new Shape.Stepped(standing, newest));
    }

    private static Optional<Shape> suspected(Steps steps) {
        return steps.suspect()
                .filter(step -> step.pValue() < SUSPECT_LEVEL)
                .map(step -> new Shape.Suspected(step.index(), step.before(), step.after(), step.pValue()));
    }

    /** The modes around the course; empty where noise changed, since a scatter of levels looks the same. */
    private Optional<Modes> modes(double[] residuals, OneLevelSearch.Reading reading) {
        if (reading.noise().isPresent()) {
            return Optional.empty();
        }
        Optional<Modes> known = modes(residuals, reading.course());
        return known.filter(modes -> modes.change() != Modes.Change.NONE
                        || reading.standing()
                        || reading.mode().isEmpty())
                .or(() -> reading.mode().map(this::modes));
    }

    private Modes modes(NewMode mode) {
        double stays = series.value(mode.old());
        double comes = series.value(mode.other());
        Modes.Mode old = new Modes.Mode(stays, stays, 1 - mode.weight(), 1);
        Modes.Mode other = new Modes.Mode(comes, comes, mode.weight(), 0);
        return new Modes(
                mode.old() < mode.other() ? List.of(old, other) : List.of(other, old),
                Modes.Change.APPEARED,
                OptionalInt.of(series.place(mode.cut())));
    }

    private Optional<Modes> modes(double[] residuals, FittedCourse course) {
        double level = course.newest().end();
        double least = course.pieces().size() == 1 ? series.relevant(level) : Double.POSITIVE_INFINITY;
        return new ModeSearch(residuals, series.floor(), least).find().map(found -> {
            List<Modes.Mode> modes = found.modes().stream()
                    .map(mode -> new Modes.Mode(
                            series.value(level + mode.centre()),
                            series.value(level + mode.before()),
                            mode.weight(),
                            mode.weightBefore()))
                    .toList();
            return new Modes(
                    modes,
                    found.change(),
                    found.change() == Modes.Change.NONE
                            ? OptionalInt.empty()
                            : OptionalInt.of(series.place(found.cut())));
        });
    }
}
