package dev.plumbline.core.shape;

import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the levels and slopes of a series: the levels are those between steps; two of them become a stretch away,
 * several a ramp, and one a line, where that describes the series better by the criterion of {@link Schwarz}.
 */
final class CourseSearch {
    private static final double TREND_LEVEL = 0.003;
    private static final double CLIMB_LEVEL = 0.05;
    /** A step costs three parameters: its level, and its place, which is worth two (Zhang and Siegmund 2007). */
    private static final int STEP_COST = 3;

    private static final int SHORTEST_AWAY = 5;

    /** Two steps at least are a part of a group that may be a ramp by itself. */
    private static final int LEAST_OF_GROUP = 3;

    /** The most pieces that are tried as a part of a larger group. */
    private static final int MOST_TRIED = 12;

    private final Observations series;
    private final double[] clean;
    private final Ramps ramps;

    /** @param clean the scores without seasons and spikes */
    CourseSearch(Observations series, double[] clean) {
        this.series = series;
        this.clean = clean;
        ramps = new Ramps(clean, Location.median(clean));
    }

    FittedCourse find(Steps steps) {
        return new FittedCourse(sloped(straightened(returned(levels(steps)))));
    }

    /** All of it as one level. */
    FittedCourse level() {
        return new FittedCourse(List.of(piece(0, clean.length)));
    }

    private Piece piece(int from, int to) {
        double level = ramps.level(from, to);
        return new Piece(from, to, level, level);
    }

    private List<Piece> levels(Steps steps) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (Step step : steps.confirmed()) {
            int cut = series.index(step.index());
            if (cut > from && cut < clean.length) {
                pieces.add(piece(from, cut));
                from = cut;
            }
        }
        pieces.add(piece(from, clean.length));
        return pieces;
    }

    private double criterion(double squares, int count, double independence, int parameters) {
        return Schwarz.criterion(squares, count, independence, parameters, series.floor());
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
        double independence = Schwarz.independence(around(List.of(before, after)));
        double stepped = ramps.around(from, before.to()) + ramps.around(after.from(), to);
        return criterion(away.residual(), to - from, independence, 2 * STEP_COST)
                        < criterion(stepped, to - from, independence, 1 + STEP_COST)
                ? Optional.of(
                        List.of(piece(from, away.first()), piece(away.first(), away.end()), piece(away.end(), to)))
                : Optional.empty();
    }

    /** The residuals of the scores around neighbouring pieces. */
    private double[] around(List<Piece> pieces) {
        int from = pieces.get(0).from();
        double[] around = new double[pieces.get(pieces.size() - 1).to() - from];
        for (Piece piece : pieces) {
            for (int i = piece.from(); i < piece.to(); i++) {
                around[i - from] = clean[i] - piece.at(i);
            }
        }
        return around;
    }

    /** Steps in one direction that a ramp describes better become one. */
    private List<Piece> straightened(List<Piece> pieces) {
        List<Piece> straight = new ArrayList<>();
        Returns returns = new Returns(pieces, new FittedCourse(pieces).residuals(clean), series.floor());
        int i = 0;
        while (i < pieces.size()) {
            int back = i + 2 < pieces.size() ? returns.back(i) : -1;
            if (back > 0) {
                // what goes and comes back is no slope
                straight.addAll(pieces.subList(i, back));
                i = back;
                continue;
            }
            int last = lastOfDirection(pieces, i);
            Optional<List<Piece>> ramp = last > i ? sloping(pieces.subList(i, last + 1)) : Optional.empty();
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

    /** The last of the pieces that go on from the given one in the direction of its first step. */
    private static int lastOfDirection(List<Piece> pieces, int first) {
        int last = first;
        while (last + 1 < pieces.size() && (last == first || isUp(pieces, last) == isUp(pieces, first))) {
            last++;
        }
        return last;
    }

    private static boolean isUp(List<Piece> pieces, int index) {
        return pieces.get(index + 1).start() > pieces.get(index).start();
    }

    /** A group as a ramp; else the most neighbours of it that are one, of which a step before or behind is none. */
    private Optional<List<Piece>> sloping(List<Piece> group) {
        int whole = group.size();
        for (int size = whole; size == whole || size >= LEAST_OF_GROUP; size = Math.min(size - 1, MOST_TRIED)) {
            int from = -1;
            Optional<Straight> best = Optional.empty();
            for (int i = 0; i + size <= group.size(); i++) {
                Optional<Straight> straight = ramp(group.subList(i, i + size));
                if (straight.isPresent() && (best.isEmpty() || straight.get().gain > best.get().gain)) {
                    best = straight;
                    from = i;
                }
            }
            if (best.isPresent()) {
                List<Piece> pieces = new ArrayList<>(group.subList(0, from));
                pieces.addAll(best.get().pieces);
                pieces.addAll(group.subList(from + size, group.size()));
                return Optional.of(pieces);
            }
        }
        return Optional.empty();
    }

    /** @param gain by which its criterion is less than that of steps */
    private record Straight(List<Piece> pieces, double gain) {}

    private Optional<Straight> ramp(List<Piece> group) {
        int from = group.get(0).from();
        int to = group.get(group.size() - 1).to();
        int count = to - from;
        if (count < Trends.LEAST) {
            return Optional.empty();
        }
        double squares = 0;
        for (Piece piece : group) {
            squares += ramps.around(piece.from(), piece.to());
        }
        Ramps.Ramp best = ramps.best(from, to, Ramps.SHORTEST);
        Ramps.Ramp line = ramps.line(from, to);
        // residuals of a description that does not fit are autocorrelated regardless of the noise: use the better one
        double independence =
                Math.max(Schwarz.independence(around(group)), Schwarz.independence(around(best.pieces(from, to))));
        double steps = criterion(squares, count, independence, STEP_COST * group.size() - 2);
        double sloped = criterion(best.residual(), count, independence, 2 * STEP_COST);
        double straight = criterion(line.residual(), count, independence, 2);
        if (Math.min(sloped, straight) >= steps
                // a short climb between long levels does not show in the ranks of the whole series
                || !climbs(from, to) && (straight <= sloped || !climbs(best.bottom(), best.top() + 1))) {
            return Optional.empty();
        }
        return Optional.of(
                new Straight((straight <= sloped ? line : best).pieces(from, to), steps - Math.min(sloped, straight)));
    }

    /** Whether the ranks rise or fall all along; a slope that chance explains is no reason to doubt a step. */
    private boolean climbs(int from, int to) {
        return Trends.climb(Arrays.copyOfRange(clean, from, to), CLIMB_LEVEL);
    }

    /** Levels that climb all along become slopes. */
    private List<Piece> sloped(List<Piece> pieces) {
        List<Piece> sloped = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.isLevel() && piece.length() >= Trends.LEAST && isTrend(piece)) {
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
                || Math.abs(series.relative(line.after() - line.before(), line.before())) < series.margin()) {
            return false;
        }
        double[] part = Arrays.copyOfRange(clean, from, to);
        if (!Trends.climb(part, TREND_LEVEL)) {
            return false;
        }
        int cut = ramps.cut(from, to, 3);
        double stepped = cut < 0 ? Double.POSITIVE_INFINITY : ramps.around(from, cut) + ramps.around(cut, to);
        double[] around = new double[piece.length()];
        Arrays.setAll(
                around, i -> part[i] - (line.before() + (line.after() - line.before()) * i / (piece.length() - 1.0)));
        double independence = Schwarz.independence(around);
        return criterion(line.residual(), piece.length(), independence, 2)
                < criterion(stepped, piece.length(), independence, 1 + STEP_COST);
    }
}
