package dev.plumbline.core.judge.level;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The history of a series with an accepted regression on top of one that is not accepted. The earlier one is open as
 * long as the values stay: what was before the accepted change is moved by the size of that, so that later runs are
 * held against the level before the open one times what was accepted. Where the newest values are back at the open
 * level, nothing accepted is left, and they are held against the level before it as it is.
 *
 * @param history from the newest accepted level on that did not come on an open one; the points at the level that is
 *     open are judged bad in it, whatever they are in the store
 * @param place index in the history of the point with which the series took the newest accepted level
 * @param moved by how much the level before the open regression was moved, relative; 0 where the values are back at it
 */
public record OpenBelowAccepted(Series history, int place, double moved) {
    /** The most values that determine a level: comparisons with it are as certain as these values. */
    private static final int MOST = 20;

    /** The number of values of the accepted level that determine which later values stay there. */
    private static final int FIRST = 10;

    /** Standard errors beyond which a single value has left the accepted level; a nearer one may be noise. */
    private static final double LEFT = 3;

    /** Standard errors by which values have to be nearer to the open level than to the one that is left without it. */
    private static final double NEARER = 2;

    /**
     * @param newest the values of the runs that are judged, which the history does not have
     * @param margin the smallest relative change that matters
     * @return nothing where the newest accepted level did not come on an open regression, or no level is known
     */
    public static Optional<OpenBelowAccepted> of(
            Series rolling, double[] newest, Annotations annotations, double margin) {
        List<Integer> places = annotations.acceptedPlaces(rolling);
        List<Integer> onOpen = places.isEmpty() ? List.of() : annotations.acceptedOnOpen(rolling);
        if (onOpen.isEmpty()) {
            return Optional.empty();
        }
        Moved moved = new Moved(rolling);
        boolean isOnOpen = false;
        for (int i = 0; i < places.size(); i++) {
            int end =
                    i + 1 < places.size() ? places.get(i + 1) : rolling.points().size();
            isOnOpen = (onOpen.contains(places.get(i)) || moved.isStillOpen) && moved.move(places.get(i), end, margin);
            if (!isOnOpen) {
                moved = new Moved(rolling, places.get(i));
            }
        }
        if (!isOnOpen) {
            return Optional.empty();
        }
        int newestPlace = places.get(places.size() - 1);
        Optional<Series> back = moved.back(newestPlace, newest);
        double by = back.isPresent() ? 0 : moved.factor - 1;
        return Optional.of(new OpenBelowAccepted(back.orElseGet(moved::series), newestPlace - moved.first, by));
    }

    /** Whether a change that began with a commit is the open one, and not one that came on the accepted level. */
    public boolean isOpen(String since) {
        return !since.isEmpty()
                && history.points().subList(0, place).stream()
                        .anyMatch(point ->
                                point.run().header().revision().commit().equals(since));
    }

    /** The values and what is bad of them, from one point on. */
    private static final class Moved {
        private final Series rolling;
        private final Better better;
        private final int first;
        private final double[] values;
        private final boolean[] bad;
        private boolean isStillOpen;
        private double factor = 1;
        private int moves;
        private double openLevel;
        private double levelBefore;
        private double deviation; // of one value
        private int openCount;

        Moved(Series rolling) {
            this(rolling, 0);
        }

        Moved(Series rolling, int first) {
            this.rolling = rolling;
            this.first = first;
            better = rolling.better();
            values = rolling.values().clone();
            bad = new boolean[values.length];
            for (int i = 0; i < bad.length; i++) {
                bad[i] = rolling.points().get(i).judgedBad();
            }
        }

        /** Moves all that was before an accepted level to it; no where the levels are unknown. */
        boolean move(int place, int end, double margin) {
            int begin = place;
            while (begin > first && bad[begin - 1]) {
                begin--;
            }
            double before = middle(goodBefore(begin));
            double open = middle(Arrays.copyOfRange(values, Math.max(begin, place - MOST), place));
            int of = place;
            while (of < Math.min(end, place + FIRST) && !bad[of]) {
                of++;
            }
            double first = middle(Arrays.copyOfRange(values, place, of));
            if (!(before > 0 && open > 0 && first > 0)
                    || !isWorse(Effect.relativeChange(before, open), margin)
                    || !isWorse(Effect.relativeChange(open, first), margin)) {
                return false;
            }
            List<Double> accepted = new ArrayList<>();
            int stays = place;
            // of the difference between one value and the mean of the first ones
            deviation = noise(begin);
            openCount = place - begin;
            double error = deviation * Math.sqrt(1 + 1.0 / (of - place));
            while (stays < end
                    && (bad[stays]
                            || isThere(values[stays], first, before * first / open)
                            || isOdd(stays, end, first, before * first / open, error))) {
                if (!bad[stays] && accepted.size() < MOST) {
                    accepted.add(values[stays]);
                }
                bad[stays] = true;
                stays++;
            }
            double size = middle(accepted) / open;
            for (int i = this.first; i < place; i++) {
                values[i] *= size;
            }
            factor *= size;
            moves++;
            openLevel = open;
            levelBefore = before;
            isStillOpen = stays == end;
            return true;
        }

        /**
         * The series without the accepted level, where the newest values are clearly back at the open one that it came
         * on, and not at the level before that times what was accepted, which a fix of the open one leaves. Between two
         * losses of one size no value shows which of them is gone: then it is the open one.
         */
        Optional<Series> back(int place, double... newest) {
            if (moves > 1) {
                return Optional.empty(); // the newest accepted level came on another accepted one
            }
            double[] own = rolling.values();
            double[] since = Arrays.copyOfRange(own, place, own.length + newest.length);
            System.arraycopy(newest, 0, since, own.length - place, newest.length);
            int begin = since.length;
            while (begin > 1 && isBack(since[begin - 1], since[0])) {
                begin--;
            }
            double now = middle(Arrays.copyOfRange(since, begin, since.length));
            double fixed = levelBefore * middle(Arrays.copyOf(since, begin)) / openLevel;
            double error =
                    deviation * Math.sqrt(1.0 / (since.length - begin) + 1.0 / begin + 1.0 / Math.min(MOST, openCount));
            boolean isOpen = distance(now, openLevel) + NEARER * error <= distance(now, fixed);
            if (begin == since.length || !isOpen) {
                return Optional.empty();
            }
            List<Point> points = new ArrayList<>();
            for (int i = first; i < own.length; i++) {
                if (i < place || i >= place + begin) {
                    points.add(point(i, own[i], i >= place || bad[i]));
                }
            }
            return Optional.of(rolling.withPoints(points));
        }

        private boolean isBack(double value, double accepted) {
            return distance(value, openLevel) < distance(value, accepted)
                    && distance(value, accepted) > LEFT * Math.sqrt(2) * deviation;
        }

        private static double distance(double value, double level) {
            return Math.abs(Math.log(value / level));
        }

        private boolean isWorse(double change, double margin) {
            return better.isWorse(change) && Math.abs(change) >= margin;
        }

        private boolean isThere(double value, double accepted, double before) {
            return Math.abs(value - accepted) <= Math.abs(value - before)
                    || better.isWorse(Effect.relativeChange(accepted, value));
        }

        /** Whether a value nearer to the level before may be noise, and the next one does not lie there too. */
        private boolean isOdd(int at, int end, double accepted, double before, double error) {
            boolean isNear = distance(values[at], accepted) <= LEFT * error;
            return isNear && (at + 1 == end || isThere(values[at + 1], accepted, before));
        }

        /** The standard deviation of the logarithms before the open level; 0 with fewer than two values. */
        private double noise(int begin) {
            double[] logarithms = goodBefore(begin).stream()
                    .filter(value -> value > 0)
                    .mapToDouble(Math::log)
                    .toArray();
            return logarithms.length < 2 ? 0 : Spread.standardDeviation(logarithms);
        }

        private List<Double> goodBefore(int begin) {
            List<Double> good = new ArrayList<>();
            for (int i = begin - 1; i >= first && good.size() < MOST; i--) {
                if (!bad[i]) {
                    good.add(values[i]);
                }
            }
            return good;
        }

        private static double middle(List<Double> some) {
            return middle(some.stream().mapToDouble(Double::doubleValue).toArray());
        }

        private static double middle(double[] some) {
            return some.length == 0 ? Double.NaN : Location.pseudomedian(some);
        }

        Series series() {
            List<Point> points = new ArrayList<>();
            for (int i = first; i < values.length; i++) {
                points.add(point(i, values[i], bad[i]));
            }
            return rolling.withPoints(points);
        }

        private Point point(int index, double value, boolean isBad) {
            Point point = rolling.points().get(index);
            return new Point(point.run(), value, point.groupCount(), point.groupDeviation(), isBad);
        }
    }
}
