package dev.plumbline.core.shape;

import dev.plumbline.core.stats.Interval;
import dev.plumbline.core.stats.Location;
import dev.plumbline.core.stats.MannKendall;
import dev.plumbline.core.stats.Normal;
import dev.plumbline.core.stats.Spread;
import dev.plumbline.core.stats.TheilSen;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Finds the shape of one series.
 *
 * <p>In turn: seasons are taken out; the judge's steps cut what is left; steps in one direction become a slope where a
 * line or a ramp describes them better, by the information criterion of Schwarz (1978); levels become slopes where the
 * signs of pairs say so; steps that are rather a change of noise or a new mode are taken back, by the same criterion;
 * what is left over is searched for changed noise, modes and single odd points.
 */
final class ShapeSearch {
    /** Fewer values have no shape. */
    static final int LEAST = 10;

    private static final int TREND_LEAST = 20;
    private static final double TREND_LEVEL = 0.003;
    private static final double CLIMB_LEVEL = 0.05;
    private static final double NOISE_LEVEL = 0.005;
    private static final double NOISE_RATIO = 1.5;
    private static final double DRIFT_LEVEL = 0.0005;
    private static final double SUSPECT_LEVEL = 0.01;
    private static final int[] DRIFT_LENGTHS = {7, 30, 90};
    private static final int DRIFT_COUNT = 5;
    /** A spike stands so many times farther off than what stands behind it. */
    private static final double GAP = 3;

    private static final double CLEAR = 6;
    /** A step costs three parameters: its level, and its place, which is worth two (Zhang and Siegmund 2007). */
    private static final int STEP_COST = 3;

    private static final int SHORTEST_AWAY = 5;
    /** That level and noise change at one place is rarer than a new mode, by e². */
    private static final double BOTH_AT_ONCE = 4;

    private static final double ROBUST_PAIRS = 200;

    private final double[] values;
    private final double margin;
    private final Scores scores;
    private final double[] days;
    private final double floor;

    ShapeSearch(double[] values, double[] days, double margin) {
        this.values = values;
        this.margin = margin;
        scores = Scores.of(values);
        this.days = usable(days);
        floor = scores.size() == 0 ? 0 : scores.floor();
    }

    /** The times of the finite values; none where one is missing or they do not ascend. */
    private double[] usable(double[] all) {
        if (all.length == 0 || scores.size() < 2) {
            return SeriesShape.NO_DAYS;
        }
        double[] taken = new double[scores.size()];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = all[scores.places()[i]];
            if (!Double.isFinite(taken[i]) || i > 0 && taken[i] < taken[i - 1]) {
                return SeriesShape.NO_DAYS;
            }
        }
        return taken[taken.length - 1] > taken[0] ? taken : SeriesShape.NO_DAYS;
    }

    SeriesShape shape(Steps steps) {
        int n = scores.size();
        if (n < LEAST || isConstant()) {
            Shape shape = n >= 2 && isConstant() ? new Shape.Constant() : new Shape.Unknown(n, LEAST);
            List<Segment> segments = n == 0 ? List.of() : List.of(whole());
            return new SeriesShape(
                    values.length, n, segments, List.of(shape), Optional.empty(), List.of(), List.of(), List.of());
        }
        List<SeasonSearch.Found> seasons = List.of();
        double[] x = scores.x();
        Steps taken = steps;
        if (days.length > 0) {
            SeasonSearch search = new SeasonSearch(x, days);
            seasons = search.find();
            if (!seasons.isEmpty()) {
                x = search.remainder();
                taken = rescanned(x);
            }
        }
        return new Course(x, seasons).shape(taken);
    }

    private boolean isConstant() {
        double first = scores.size() == 0 ? 0 : scores.x()[0];
        return Arrays.stream(scores.x()).allMatch(score -> score == first);
    }

    private Segment whole() {
        double level = Location.median(Arrays.stream(scores.places())
                .mapToDouble(place -> values[place])
                .toArray());
        double noise = scores.size() < 2 ? 0 : relativeNoise(Spread.winsorisedDeviation(scores.x()), level);
        return new Segment(0, values.length, level, level, noise);
    }

    private double relativeNoise(double deviation, double level) {
        return scores.logarithmic() || deviation == 0 ? deviation : deviation * scores.unit() / Math.abs(level);
    }

    /** The steps of what is left without the seasons, at the places of the series. */
    private Steps rescanned(double[] x) {
        double[] without = values.clone();
        for (int i = 0; i < x.length; i++) {
            without[scores.places()[i]] = scores.value(x[i]);
        }
        return StepScan.analyze(without, new StepScan.Settings(margin));
    }

    /** The course of the scores without seasons. */
    private final class Course {
        private final double[] x;
        private final double[] clean;
        private final List<SeasonSearch.Found> seasons;
        private final int n;
        private final Ramps ramps;

        Course(double[] x, List<SeasonSearch.Found> seasons) {
            this.x = x;
            this.seasons = seasons;
            n = x.length;
            clean = new Scores(x, scores.places(), scores.logarithmic(), scores.unit()).withoutSpikes();
            ramps = new Ramps(clean, Location.median(clean));
        }

        SeriesShape shape(Steps steps) {
            List<Piece> pieces = sloped(straightened(returned(levels(steps))));
            Optional<NewMode> mode = Optional.empty();
            Optional<NoiseChange> noise = Optional.empty();
            Optional<NoiseScan.Found> around = NoiseScan.find(residuals(x, List.of(piece(0, n))));
            boolean moved = pieces.size() > 1 || !pieces.get(0).isLevel();
            if (moved || around.isPresent() && around.get().pValue() < 0.5) {
                mode = newMode(pieces);
            }
            if (mode.isPresent()) {
                pieces = List.of(piece(0, n));
            } else {
                if (moved && around.isPresent() && onlyNoise(pieces, around.get())) {
                    pieces = List.of(piece(0, n));
                }
                noise = noiseChange(pieces);
            }
            double[] residuals = residuals(x, pieces);
            double[] deviations = deviations(residuals, noise);
            List<Anomaly> anomalies = anomalies(pieces, deviations);
            List<Excursion> excursions = excursions(pieces);
            boolean fresh = mode.isPresent();
            Optional<Modes> modes = noise.isPresent()
                    ? Optional.empty()
                    : modes(residuals, pieces).filter(known -> !fresh || known.change() != Modes.Change.NONE);
            if (modes.isEmpty()) {
                modes = mode.map(this::modes);
            }
            Optional<Trend> trend = trend(pieces);
            List<DriftWindow> drift = drift(pieces);

            List<Shape> shapes = new ArrayList<>();
            stepped(pieces, excursions).ifPresent(shapes::add);
            climbing(pieces).ifPresent(shapes::add);
            modes.map(Shape.Multimodal::new).ifPresent(shapes::add);
            noise.map(Shape.Volatile::new).ifPresent(shapes::add);
            seasons.forEach(season -> shapes.add(new Shape.Seasonal(seasonality(season))));
            if (!excursions.isEmpty()) {
                shapes.add(new Shape.Recovered(excursions.get(excursions.size() - 1)));
            }
            if (modes.isEmpty()) {
                spiked(deviations, anomalies).ifPresent(shapes::add);
            }
            if (shapes.stream().noneMatch(shape -> shape instanceof Shape.Trending)) {
                steps.suspect()
                        .filter(step -> step.pValue() < SUSPECT_LEVEL)
                        .map(step -> new Shape.Suspected(step.index(), step.before(), step.after(), step.pValue()))
                        .ifPresent(shapes::add);
                drift.stream()
                        .filter(window -> window.pValue() < DRIFT_LEVEL && Math.abs(window.relativeChange()) >= margin)
                        .max(Comparator.comparingInt(DriftWindow::length))
                        .map(Shape.Drifting::new)
                        .ifPresent(shapes::add);
            }
            quantised().ifPresent(shapes::add);
            if (shapes.isEmpty()) {
                shapes.add(new Shape.Stable());
            }
            return new SeriesShape(values.length, n, segments(pieces), shapes, trend, drift, excursions, anomalies);
        }

        private Piece piece(int from, int to) {
            double level = ramps.level(from, to);
            return new Piece(from, to, level, level);
        }

        private List<Piece> levels(Steps steps) {
            List<Piece> pieces = new ArrayList<>();
            int from = 0;
            for (Step step : steps.steps()) {
                int cut = Arrays.binarySearch(scores.places(), step.index());
                cut = cut < 0 ? -cut - 1 : cut;
                if (cut > from && cut < n) {
                    pieces.add(piece(from, cut));
                    from = cut;
                }
            }
            pieces.add(piece(from, n));
            return pieces;
        }

        private double[] residuals(double[] of, List<Piece> pieces) {
            double[] residuals = new double[n];
            for (Piece piece : pieces) {
                for (int i = piece.from(); i < piece.to(); i++) {
                    residuals[i] = of[i] - piece.at(i);
                }
            }
            return residuals;
        }

        /** How much less neighbours tell because they are alike: 1 when they are not. */
        private double independence(double[] residuals) {
            double phi = MannKendall.autocorrelation(residuals);
            return (1 - phi) / (1 + phi);
        }

        private double criterion(double squares, int count, double independence, int parameters) {
            return independence * count * StrictMath.log(Math.max(squares / count, floor * floor))
                    + parameters * StrictMath.log(count);
        }

        /** A single step between two levels becomes a stretch away where that describes both better. */
        private List<Piece> returned(List<Piece> pieces) {
            List<Piece> returned = new ArrayList<>();
            for (int i = 0; i < pieces.size(); i++) {
                Optional<List<Piece>> away =
                        i + 1 < pieces.size() ? away(pieces.get(i), pieces.get(i + 1)) : Optional.empty();
                if (away.isPresent()) {
                    returned.addAll(away.get());
                    i++;
                } else {
                    returned.add(pieces.get(i));
                }
            }
            return returned;
        }

        private Optional<List<Piece>> away(Piece before, Piece after) {
            int from = before.from();
            int to = after.to();
            Ramps.Away away = ramps.away(from, to, SHORTEST_AWAY);
            if (away.first() < 0) {
                return Optional.empty();
            }
            double[] around = new double[to - from];
            for (int i = from; i < to; i++) {
                around[i - from] = clean[i] - (i < before.to() ? before.start() : after.start());
            }
            double independence = independence(around);
            double stepped = ramps.around(from, before.to()) + ramps.around(after.from(), to);
            return criterion(away.residual(), to - from, independence, 2 * STEP_COST)
                            < criterion(stepped, to - from, independence, 1 + STEP_COST)
                    ? Optional.of(
                            List.of(piece(from, away.first()), piece(away.first(), away.end()), piece(away.end(), to)))
                    : Optional.empty();
        }

        /** Steps in one direction that a ramp describes better become one. */
        private List<Piece> straightened(List<Piece> pieces) {
            List<Piece> straight = new ArrayList<>();
            double[] residuals = residuals(clean, pieces);
            double unit = Scores.deviation(residuals, floor);
            double independence = independence(residuals);
            int i = 0;
            while (i < pieces.size()) {
                int back = i + 2 < pieces.size() ? back(pieces, i, unit, independence) : -1;
                if (back > 0) {
                    // what goes and comes back is no slope
                    straight.addAll(pieces.subList(i, back));
                    i = back;
                    continue;
                }
                int last = i;
                while (last + 1 < pieces.size()
                        && (last == i
                                || pieces.get(last + 1).start()
                                                > pieces.get(last).start()
                                        == pieces.get(i + 1).start()
                                                > pieces.get(i).start())) {
                    last++;
                }
                List<Piece> group = pieces.subList(i, last + 1);
                Optional<List<Piece>> ramp = last > i ? ramp(group) : Optional.empty();
                if (ramp.isPresent()) {
                    straight.addAll(ramp.get());
                    i = last + 1;
                } else {
                    // the last level of a group may be the first of the next one
                    straight.addAll(pieces.subList(i, Math.max(i + 1, last)));
                    i = Math.max(i + 1, last);
                }
            }
            return straight;
        }

        private Optional<List<Piece>> ramp(List<Piece> group) {
            int from = group.get(0).from();
            int to = group.get(group.size() - 1).to();
            double squares = 0;
            for (Piece piece : group) {
                squares += ramps.around(piece.from(), piece.to());
            }
            if (to - from < TREND_LEAST) {
                return Optional.empty();
            }
            Ramps.Ramp best = ramps.best(from, to, Ramps.SHORTEST);
            Ramps.Ramp line = ramps.line(from, to);
            double[] around = new double[to - from];
            for (Piece piece : group) {
                for (int i = piece.from(); i < piece.to(); i++) {
                    around[i - from] = clean[i] - piece.start();
                }
            }
            double independence = independence(around);
            int count = to - from;
            double steps = criterion(squares, count, independence, STEP_COST * group.size() - 2);
            double sloped = criterion(best.residual(), count, independence, 2 * STEP_COST);
            double straight = criterion(line.residual(), count, independence, 2);
            if (Math.min(sloped, straight) >= steps || !climbs(from, to)) {
                return Optional.empty();
            }
            return Optional.of((straight <= sloped ? line : best).pieces(from, to));
        }

        /** Whether the ranks rise or fall all along; a slope that chance explains is no reason to doubt a step. */
        private boolean climbs(int from, int to) {
            return MannKendall.test(thinned(Arrays.copyOfRange(clean, from, to)))
                            .pValue()
                    < CLIMB_LEVEL;
        }

        /** Levels that climb all along become slopes. */
        private List<Piece> sloped(List<Piece> pieces) {
            List<Piece> sloped = new ArrayList<>();
            for (Piece piece : pieces) {
                if (piece.isLevel() && piece.length() >= TREND_LEAST && isTrend(piece)) {
                    Ramps.Ramp line = ramps.line(piece.from(), piece.to());
                    sloped.addAll(line.pieces(piece.from(), piece.to()));
                } else {
                    sloped.add(piece);
                }
            }
            return sloped;
        }

        private boolean isTrend(Piece piece) {
            int from = piece.from();
            int to = piece.to();
            Ramps.Ramp line = ramps.line(from, to);
            double level = ramps.around(from, to);
            // a cheap look first: the line has to explain something
            if (level - line.residual() < 4 * level / piece.length()
                    || Math.abs(scores.relative(line.after() - line.before(), line.before())) < margin) {
                return false;
            }
            double[] part = Arrays.copyOfRange(clean, from, to);
            if (MannKendall.test(thinned(part)).pValue() >= TREND_LEVEL) {
                return false;
            }
            int cut = ramps.cut(from, to, 3);
            double stepped = cut < 0 ? Double.POSITIVE_INFINITY : ramps.around(from, cut) + ramps.around(cut, to);
            double[] around = new double[piece.length()];
            Arrays.setAll(
                    around,
                    i -> part[i] - (line.before() + (line.after() - line.before()) * i / (piece.length() - 1.0)));
            double independence = independence(around);
            return criterion(line.residual(), piece.length(), independence, 2)
                    < criterion(stepped, piece.length(), independence, 1 + STEP_COST);
        }

        /** Means of neighbours where there are many, as the pairs of all would take long. */
        private double[] thinned(double[] part) {
            int each = (int) Math.ceil(part.length / ROBUST_PAIRS);
            if (each < 2) {
                return part;
            }
            double[] means = new double[part.length / each];
            for (int i = 0; i < means.length; i++) {
                for (int j = 0; j < each; j++) {
                    means[i] += part[i * each + j] / each;
                }
            }
            return means;
        }

        private Optional<Shape> stepped(List<Piece> pieces, List<Excursion> excursions) {
            int standing = 0;
            int newest = -1;
            for (int i = 1; i < pieces.size(); i++) {
                Piece piece = pieces.get(i);
                int place = place(piece.from());
                if (pieces.get(i - 1).end() == piece.start()
                        || excursions.stream()
                                .anyMatch(excursion -> excursion.first() <= place && place <= excursion.end())) {
                    continue;
                }
                standing++;
                newest = place;
            }
            return standing == 0 ? Optional.empty() : Optional.of(new Shape.Stepped(standing, newest));
        }

        private Optional<Shape> climbing(List<Piece> pieces) {
            for (int i = pieces.size() - 1; i >= 0; i--) {
                Piece piece = pieces.get(i);
                if (!piece.isLevel()) {
                    return Optional.of(new Shape.Trending(trend(piece)));
                }
            }
            return Optional.empty();
        }

        private Optional<Trend> trend(List<Piece> pieces) {
            Piece newest = pieces.get(pieces.size() - 1);
            return newest.length() >= TREND_LEAST ? Optional.of(trend(newest)) : Optional.empty();
        }

        private Trend trend(Piece piece) {
            int from = piece.from();
            int to = piece.to();
            double[] part = Arrays.copyOfRange(x, from, to);
            double[] thin = thinned(part);
            double each = (double) part.length / thin.length;
            MannKendall.Result signs = MannKendall.test(thin);
            TheilSen.Result robust = TheilSen.of(thin, 0.95, signs.autocorrelation());
            Ramps plain = new Ramps(part, Location.median(part));
            Ramps.Ramp line = plain.line(0, part.length);
            double around = plain.around(0, part.length);
            double length = part.length - 1.0;
            double level = (line.before() + line.after()) / 2;
            double total = thin.length - 1.0;
            return new Trend(
                    place(from),
                    place(to - 1) + 1,
                    scores.relative((line.after() - line.before()) / length, level),
                    perDay(part, from, level),
                    scores.relative(robust.slope() / each, level),
                    scores.relative(robust.slope() * total, level),
                    new Interval(
                            scores.relative(robust.interval().low() * total, level),
                            scores.relative(robust.interval().high() * total, level),
                            0.95),
                    around > 0 ? Math.max(0, 1 - line.residual() / around) : 0,
                    signs.pValue(),
                    signs.autocorrelation());
        }

        private OptionalDouble perDay(double[] part, int from, double level) {
            if (days.length == 0) {
                return OptionalDouble.empty();
            }
            double day = 0;
            double score = 0;
            for (int i = 0; i < part.length; i++) {
                day += (days[from + i] - days[from]) / part.length;
                score += part[i] / part.length;
            }
            double product = 0;
            double squares = 0;
            for (int i = 0; i < part.length; i++) {
                double since = days[from + i] - days[from] - day;
                product += since * (part[i] - score);
                squares += since * since;
            }
            return squares > 0 ? OptionalDouble.of(scores.relative(product / squares, level)) : OptionalDouble.empty();
        }

        /** Whether one level with a change of noise describes the series better than levels and slopes do. */
        private boolean onlyNoise(List<Piece> pieces, NoiseScan.Found change) {
            if (change.pValue() >= NOISE_LEVEL) {
                return false;
            }
            double[] level = residuals(clean, List.of(piece(0, n)));
            double[] moved = residuals(clean, pieces);
            double independence = independence(moved);
            int parameters = 0;
            for (Piece piece : pieces) {
                parameters += piece.isLevel() ? 2 : 3;
            }
            double noise = twoNoises(level, change.index(), independence) + 3 * StrictMath.log(n);
            double constant = criterion(squares(moved, 0, n), n, independence, parameters - 1);
            Optional<NoiseScan.Found> within = NoiseScan.find(moved);
            double both = within.isEmpty()
                    ? Double.POSITIVE_INFINITY
                    : twoNoises(moved, within.get().index(), independence) + (parameters + 1) * StrictMath.log(n);
            return noise < Math.min(constant, both);
        }

        private double twoNoises(double[] residuals, int cut, double independence) {
            return criterion(squares(residuals, 0, cut), cut, independence, 0)
                    + criterion(squares(residuals, cut, n), n - cut, independence, 0);
        }

        private static double squares(double[] residuals, int from, int to) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += residuals[i] * residuals[i];
            }
            return sum;
        }

        private Optional<NoiseChange> noiseChange(List<Piece> pieces) {
            double[] residuals = residuals(x, pieces);
            return NoiseScan.find(residuals)
                    .filter(found -> found.pValue() < NOISE_LEVEL)
                    .map(found -> {
                        Piece piece = at(pieces, found.index());
                        double level = scores.value(piece.at(found.index()));
                        return new NoiseChange(
                                place(found.index()),
                                relativeNoise(
                                        Spread.winsorisedDeviation(Arrays.copyOf(residuals, found.index())), level),
                                relativeNoise(
                                        Spread.winsorisedDeviation(Arrays.copyOfRange(residuals, found.index(), n)),
                                        level),
                                found.pValue());
                    })
                    .filter(change -> change.ratio() >= NOISE_RATIO || change.ratio() <= 1 / NOISE_RATIO);
        }

        private Piece at(List<Piece> pieces, int index) {
            for (Piece piece : pieces) {
                if (index < piece.to()) {
                    return piece;
                }
            }
            return pieces.get(pieces.size() - 1);
        }

        /** A new mode that describes the series better than levels, slopes and noises do. */
        private Optional<NewMode> newMode(List<Piece> pieces) {
            double[] moved = residuals(x, pieces);
            double independence = independence(moved);
            if (independence < 0.3) {
                return Optional.empty();
            }
            int parameters = 0;
            for (Piece piece : pieces) {
                parameters += piece.isLevel() ? 2 : 3;
            }
            double constant = -likelihood(moved, 0, n) * 2 + parameters * StrictMath.log(n);
            double cut = pieces.size() > 1 ? pieces.get(1).from() : -1;
            Optional<NewMode> found = NewMode.find(x, floor);
            if (cut >= 12 && cut <= n - 12) {
                Optional<NewMode> there = NewMode.at(x, (int) cut, floor);
                if (there.isPresent()
                        && (found.isEmpty()
                                || there.get().logLikelihood() > found.get().logLikelihood())) {
                    found = there;
                }
            }
            return found.filter(mode -> {
                double criterion = -2 * mode.logLikelihood() + 5 * StrictMath.log(n);
                double normal = -2 * mode.plain() + 5 * StrictMath.log(n);
                double[] around = residuals(x, List.of(piece(0, n)));
                double level = -2 * likelihood(around, 0, n) + 2 * StrictMath.log(n);
                double noises = -2 * (likelihood(around, 0, mode.cut()) + likelihood(around, mode.cut(), n))
                        + 4 * StrictMath.log(n);
                return criterion < constant
                        && criterion < Math.min(normal + BOTH_AT_ONCE, noises - 2)
                        && criterion < level - 1;
            });
        }

        private double likelihood(double[] residuals, int from, int to) {
            double variance = Math.max(floor * floor, squares(residuals, from, to) / (to - from));
            return -(to - from) * (StrictMath.log(variance) + 1) / 2;
        }

        private Modes modes(NewMode mode) {
            double stays = scores.value(mode.old());
            double comes = scores.value(mode.other());
            Modes.Mode old = new Modes.Mode(stays, stays, 1 - mode.weight(), 1);
            Modes.Mode other = new Modes.Mode(comes, comes, mode.weight(), 0);
            return new Modes(
                    mode.old() < mode.other() ? List.of(old, other) : List.of(other, old),
                    Modes.Change.APPEARED,
                    OptionalInt.of(place(mode.cut())));
        }

        private Optional<Modes> modes(double[] residuals, List<Piece> pieces) {
            double level = pieces.get(pieces.size() - 1).end();
            double relevant = scores.logarithmic() ? StrictMath.log1p(margin) : margin * Math.abs(level);
            double least = pieces.size() == 1 ? relevant : Double.POSITIVE_INFINITY;
            return new ModeSearch(residuals, floor, least).find().map(found -> {
                List<Modes.Mode> modes = found.modes().stream()
                        .map(mode -> new Modes.Mode(
                                scores.value(level + mode.centre()),
                                scores.value(level + mode.before()),
                                mode.weight(),
                                mode.weightBefore()))
                        .toList();
                return new Modes(
                        modes,
                        found.change(),
                        found.change() == Modes.Change.NONE ? OptionalInt.empty() : OptionalInt.of(place(found.cut())));
            });
        }

        /** Residuals in deviations of the noise where they are. */
        private double[] deviations(double[] residuals, Optional<NoiseChange> noise) {
            double[] deviations = new double[n];
            int cut = noise.map(change -> Arrays.binarySearch(scores.places(), change.index()))
                    .orElse(n);
            scale(residuals, 0, cut, deviations);
            scale(residuals, cut, n, deviations);
            return deviations;
        }

        private void scale(double[] residuals, int from, int to, double[] deviations) {
            if (to > from) {
                double unit = Scores.deviation(Arrays.copyOfRange(residuals, from, to), floor);
                for (int i = from; i < to; i++) {
                    deviations[i] = residuals[i] / unit;
                }
            }
        }

        private List<Anomaly> anomalies(List<Piece> pieces, double[] deviations) {
            List<Anomaly> anomalies = new ArrayList<>();
            for (AnomalySearch.Found found : AnomalySearch.find(deviations)) {
                int peak = found.peak();
                double season = scores.x()[peak] - x[peak];
                anomalies.add(new Anomaly(
                        found.kind(),
                        place(found.from()),
                        place(found.to() - 1) + 1,
                        values[place(peak)],
                        scores.value(at(pieces, peak).at(peak) + season),
                        deviations[peak],
                        found.severity()));
            }
            return anomalies;
        }

        /** Only where the odd ones stand clear of the rest: a heavy tail is no spike. */
        private Optional<Shape> spiked(double[] deviations, List<Anomaly> anomalies) {
            if (anomalies.isEmpty()) {
                return Optional.empty();
            }
            double[] sorted = Arrays.stream(deviations).map(Math::abs).sorted().toArray();
            int fewest = n - Math.max(1, n / 10);
            for (int i = n - 1; i >= fewest; i--) {
                if (sorted[i] > CLEAR && sorted[i] > GAP * sorted[i - 1]) {
                    Anomaly worst = anomalies.stream()
                            .max(Comparator.comparingDouble(anomaly -> Math.abs(anomaly.deviations())))
                            .orElseThrow();
                    return Optional.of(new Shape.Spiked(anomalies.size(), worst));
                }
            }
            return Optional.empty();
        }

        /** Stretches between two opposite steps after which the old level is back. */
        private List<Excursion> excursions(List<Piece> pieces) {
            List<Excursion> excursions = new ArrayList<>();
            double[] residuals = residuals(x, pieces);
            double unit = Scores.deviation(residuals, floor);
            double independence = independence(residuals);
            int i = 0;
            while (i + 2 < pieces.size()) {
                int back = back(pieces, i, unit, independence);
                if (back < 0) {
                    i++;
                    continue;
                }
                Piece before = pieces.get(i);
                Piece after = pieces.get(back);
                Piece during = farthest(pieces, i, back);
                excursions.add(new Excursion(
                        place(pieces.get(i + 1).from()),
                        place(after.from()),
                        scores.value(before.end()),
                        scores.value(during.start()),
                        scores.value(after.start()),
                        scores.relative(during.start() - before.end(), before.end())));
                i = back;
            }
            return excursions;
        }

        /** The first stretch after the given one that has its level again, all between lying on one side; or -1. */
        private int back(List<Piece> pieces, int start, double unit, double independence) {
            Piece before = pieces.get(start);
            if (!before.isLevel()) {
                return -1;
            }
            boolean up = pieces.get(start + 1).start() > before.end();
            double largest = 0;
            for (int i = start + 1; i < pieces.size(); i++) {
                Piece piece = pieces.get(i);
                double off = piece.start() - before.end();
                if (i > start + 1 && piece.isLevel()) {
                    double error = unit * Math.sqrt((1.0 / piece.length() + 1.0 / before.length()) / independence);
                    if (Math.abs(off) <= Math.max(2.5 * error, 0.2 * largest) && Math.abs(off) < 0.5 * largest) {
                        return i;
                    }
                }
                if (off > 0 != up || !piece.isLevel()) {
                    return -1;
                }
                largest = Math.max(largest, Math.abs(off));
            }
            return -1;
        }

        private Piece farthest(List<Piece> pieces, int before, int after) {
            Piece farthest = pieces.get(before + 1);
            for (Piece piece : pieces.subList(before + 1, after)) {
                if (Math.abs(piece.start() - pieces.get(before).end())
                        > Math.abs(farthest.start() - pieces.get(before).end())) {
                    farthest = piece;
                }
            }
            return farthest;
        }

        private List<DriftWindow> drift(List<Piece> pieces) {
            List<DriftWindow> windows = new ArrayList<>();
            // what a step explains is no drift: only the newest stretch counts
            int first = pieces.get(pieces.size() - 1).from();
            double[] residuals = residuals(x, pieces);
            double unit = Scores.deviation(residuals, floor);
            double independence = independence(residuals);
            for (int length : DRIFT_LENGTHS) {
                int late = start(length, n);
                int early = start(2 * length, n);
                if (early < first || n - late < DRIFT_COUNT || late - early < DRIFT_COUNT) {
                    continue;
                }
                double before = Location.median(Arrays.copyOfRange(x, early, late));
                double now = Location.median(Arrays.copyOfRange(x, late, n));
                // the variance of a median of normal values is π/2 that of their mean
                double error = unit * Math.sqrt(Math.PI / 2 * (1.0 / (late - early) + 1.0 / (n - late)) / independence);
                windows.add(new DriftWindow(
                        length,
                        days.length > 0,
                        scores.value(before),
                        scores.value(now),
                        late - early,
                        n - late,
                        scores.relative(now - before, before),
                        2 * Normal.survival(Math.abs(now - before) / error)));
            }
            return windows;
        }

        /** The first of the newest values, of so many days or so many runs; -1 where the series is shorter. */
        private int start(int length, int end) {
            if (days.length == 0) {
                return end - length;
            }
            double since = days[end - 1] - length;
            if (since < days[0]) {
                return -1;
            }
            int start = Arrays.binarySearch(days, since);
            start = start < 0 ? -start - 1 : start;
            while (start < end && days[start] <= since) {
                start++;
            }
            return start;
        }

        private Seasonality seasonality(SeasonSearch.Found season) {
            double level = Location.median(x);
            return new Seasonality(
                    season.period(),
                    season.strength(),
                    Math.abs(scores.relative(season.amplitude(), level)),
                    season.pValue(),
                    Arrays.stream(season.effects())
                            .map(effect -> scores.relative(effect, level))
                            .boxed()
                            .toList());
        }

        private Optional<Shape> quantised() {
            double[] sorted = Arrays.stream(scores.places())
                    .mapToDouble(place -> values[place])
                    .sorted()
                    .toArray();
            int distinct = Scores.distinct(sorted);
            if (distinct < 2 || distinct * 3 > n) {
                return Optional.empty();
            }
            double tick = Double.POSITIVE_INFINITY;
            for (int i = 1; i < n; i++) {
                if (sorted[i] > sorted[i - 1]) {
                    tick = Math.min(tick, sorted[i] - sorted[i - 1]);
                }
            }
            return Optional.of(new Shape.Quantised(distinct, Math.min(tick, Double.MAX_VALUE)));
        }

        private List<Segment> segments(List<Piece> pieces) {
            List<Segment> segments = new ArrayList<>();
            double[] residuals = residuals(x, pieces);
            int first = 0;
            for (int i = 0; i < pieces.size(); i++) {
                Piece piece = pieces.get(i);
                int end = i + 1 < pieces.size() ? place(pieces.get(i + 1).from()) : values.length;
                double[] around = Arrays.copyOfRange(residuals, piece.from(), piece.to());
                double start = scores.value(piece.start());
                double deviation = around.length < 2 ? 0 : Spread.winsorisedDeviation(around);
                segments.add(new Segment(
                        first,
                        end,
                        start,
                        piece.isLevel() ? start : scores.value(piece.end()),
                        relativeNoise(deviation, start)));
                first = end;
            }
            return segments;
        }

        private int place(int index) {
            return scores.places()[index];
        }
    }
}
