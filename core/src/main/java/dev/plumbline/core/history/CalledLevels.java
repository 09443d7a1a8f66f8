package dev.plumbline.core.history;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import dev.plumbline.core.stats.steps.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The levels of the newest points of a series that were all judged bad: the place where the regression detected by
 * checks began, and the places of further losses on top of it. Whoever asks which change one of these points belongs to
 * asks here.
 */
public final class CalledLevels {
    /** The number of points before a further loss that it is compared with. */
    private static final int BEFORE = 20;

    /**
     * The number of points of a loss from which its own noise is used; with fewer, that of the level before the loss is
     * used.
     */
    private static final int LEAST = 6;

    /** The fewest points before the loss from which noise is estimated. */
    private static final int LEAST_BEFORE = 4;

    /** The number of points that determine the beginning and the newest value of a level. */
    private static final int NEAREST = 5;

    /** The number of points that distinguish a step from a slope; with more, the next step may be among them. */
    private static final int FIRST = 3;

    /** The number of points among which one may be at the level before. */
    private static final int ODD = 4;

    /** A step of the whole history has at least this number of points on either side, and is not the onset itself. */
    private static final int LONG = 6;

    /** The probability that chance makes the newest points of a loss look like a further one. */
    private static final double CHANCE = 0.001;

    /** The same of few points, and of those before a further loss: they are asked again with each run. */
    private static final double CHANCE_OF_FEW = 1e-4;

    /** The same for a further loss that was there already at an earlier run. */
    private static final double CHANCE_OF_SEEN = 0.05;

    /** The number of last runs at which a further loss may have been there. */
    private static final int REMEMBERED = 12;

    /** The rounding error of two equal sums. */
    private static final double TIE = 1e-9;

    private final double[] values;
    private final double[] good;
    private final int sign;
    private final double margin;

    private CalledLevels(double[] values, double[] good, int sign, double margin) {
        this.values = values;
        this.good = good;
        this.margin = margin;
        this.sign = sign;
    }

    /**
     * The indices at which levels begin.
     *
     * @param points of a series, those to be judged among them
     * @param begin index of the first of the newest points at which checks detected it; those behind them count with
     *     them
     * @param margin the smallest relative change that matters
     * @return the onset first, then each further loss of at least the margin, ascending; empty where none was called
     */
    public static List<Integer> of(List<Point> points, int begin, Better better, double margin) {
        if (begin >= points.size()) {
            return List.of();
        }
        int onset = CalledStretch.onset(points, begin, better);
        double[] good = points.subList(0, begin).stream()
                .filter(point -> !point.judgedBad())
                .mapToDouble(Point::value)
                .toArray();
        CalledLevels levels = new CalledLevels(
                points.stream().mapToDouble(Point::value).toArray(),
                Arrays.copyOfRange(good, Math.max(0, good.length - BEFORE), good.length),
                better.isWorse(1) ? 1 : -1,
                margin);
        TreeSet<Integer> found = new TreeSet<>();
        levels.split(onset, points.size(), found);
        if (found.isEmpty()) {
            levels.steps(onset, found);
        }
        if (found.isEmpty()) {
            levels.seen(onset).ifPresent(found::add);
        }
        found.add(onset);
        return List.copyOf(found);
    }

    /** The same for the newest points, all of which were judged. */
    public static List<Integer> of(List<Point> points, Better better, double margin) {
        return of(points, CalledStretch.begin(points), better, margin);
    }

    /**
     * The newest further loss that was there at one of the last runs, and that the points since do not rule out. So a
     * loss that is small compared with the noise does not come and go with each run.
     */
    private OptionalInt seen(int onset) {
        if (!isAnyPlausible(onset)) {
            return OptionalInt.empty(); // as nearly always, and for no more than a look
        }
        for (int end = values.length - 1; end > onset + 1 && end >= values.length - REMEMBERED; end--) {
            CalledLevels then = new CalledLevels(Arrays.copyOf(values, end), good, sign, margin);
            OptionalInt further = then.further(onset, end);
            if (further.isPresent() && further.getAsInt() - onset >= FIRST && isPlausible(onset, further.getAsInt())) {
                return further;
            }
        }
        return OptionalInt.empty();
    }

    private boolean isAnyPlausible(int onset) {
        return IntStream.range(onset + 1, values.length).anyMatch(at -> isPlausible(onset, at));
    }

    /**
     * Whether the points from an index on are worse than those before by the margin, and hardly by chance, and none of
     * them is back on that level.
     */
    private boolean isPlausible(int onset, int at) {
        double[] level = Arrays.copyOfRange(values, Math.max(onset, at - BEFORE), at);
        double middle = Location.median(level);
        if (IntStream.range(at, values.length).anyMatch(i -> sign * (values[i] - middle) <= 0)) {
            return false;
        }
        double after = median(at, values.length);
        Scatter scatter = scatter(level, middle);
        double error = scatter.deviation * Math.sqrt(1.0 / level.length + 1.0 / (values.length - at));
        return sign * Effect.relativeChange(middle, after) >= margin
                && scatter.degrees > 0
                && (error == 0 || StudentT.survival(sign * (after - middle) / error, scatter.degrees) < CHANCE_OF_SEEN);
    }

    private void split(int from, int to, TreeSet<Integer> found) {
        further(from, to).ifPresent(index -> {
            found.add(index);
            split(from, index, found);
            split(index, to, found);
        });
    }

    /**
     * The index where a further loss begins among the points up to an index, on top of the level that began at another:
     * all points that are worse than every one before them there, by the margin at least and by more than chance
     * explains; where two levels are nearest to the points.
     */
    private OptionalInt further(int from, int to) {
        double least = Double.POSITIVE_INFINITY;
        int index = -1;
        for (int at = to - 1; at > from; at--) {
            double[] level = Arrays.copyOfRange(values, Math.max(from, at - BEFORE), at);
            double middle = Location.median(level);
            double first = median(at, Math.min(to, at + NEAREST));
            double newest = median(Math.max(at, to - NEAREST), to);
            double nearer = sign * first < sign * newest ? first : newest;
            if (sign * Effect.relativeChange(middle, nearer) >= margin
                    && isStep(level, middle, sign * (nearer - middle) / 2)
                    && Math.min(sign * values[at], mildest(at, to)) > worst(level)
                    && !isSlope(at - level.length, at, Math.min(to, at + FIRST))) {
                double squares = isSure(level, middle, at, to)
                        ? squares(from, at, 0) + squares(at, to, 0)
                        : Double.POSITIVE_INFINITY;
                index = squares < least ? at : index;
                least = Math.min(squares, least);
            }
        }
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** Whether a loss is more than chance makes, by Student's t; no where the noise is unknown. */
    private boolean isSure(double[] level, double middle, int at, int to) {
        Scatter scatter = scatter(level, middle);
        double error = scatter.deviation * Math.sqrt(1.0 / level.length + 1.0 / (to - at));
        if (scatter.degrees <= 0) {
            return false;
        }
        double t = sign * (median(at, to) - middle) / error;
        double chance = level.length < LEAST || to < values.length ? CHANCE_OF_FEW : CHANCE;
        return error == 0 || StudentT.survival(t, scatter.degrees) < chance;
    }

    /** Whether the level before lies on the near side of half the way; on a slope its newest points do not. */
    private boolean isStep(double[] level, double middle, double half) {
        return Arrays.stream(level).allMatch(value -> sign * (value - middle) < half);
    }

    /** Whether a straight line is nearer to the points around an index than two levels are. */
    private boolean isSlope(int from, int at, int to) {
        double steps = squares(from, at, 0) + squares(at, to, 0);
        double x = 0;
        double xy = 0;
        double centre = (from + to - 1) / 2.0;
        double mean = Location.mean(Arrays.copyOfRange(values, from, to));
        for (int i = from; i < to; i++) {
            x += (i - centre) * (i - centre);
            xy += (i - centre) * (values[i] - mean);
        }
        return squares(from, to, xy / x) < steps * (1 - TIE);
    }

    /** The sum of squared distances from a line through the middle of some points. */
    private double squares(int from, int to, double slope) {
        double centre = (from + to - 1) / 2.0;
        double mean = Location.mean(Arrays.copyOfRange(values, from, to));
        double squares = 0;
        for (int i = from; i < to; i++) {
            double distance = values[i] - mean - slope * (i - centre);
            squares += distance * distance;
        }
        return squares;
    }

    private double worst(double[] level) {
        return Arrays.stream(level).map(value -> sign * value).max().orElseThrow();
    }

    /** The mildest of some points, one in four of which may be odd, though not the first. */
    private double mildest(int from, int to) {
        double[] ascending = IntStream.range(from, to)
                .mapToDouble(i -> sign * values[i])
                .sorted()
                .toArray();
        return ascending[ascending.length / ODD];
    }

    /**
     * The scatter of points around their level.
     *
     * @param deviation standard
     * @param degrees of freedom; 0 where they are unknown
     */
    private record Scatter(double deviation, double degrees) {}

    private Scatter scatter(double[] level, double middle) {
        if (level.length >= LEAST) {
            return new Scatter(Spread.standardDeviation(level), level.length - 1.0);
        }
        if (good.length < LEAST_BEFORE) {
            return new Scatter(0, 0);
        }
        double before = Location.median(good);
        double share = before > 0 && middle > 0 ? middle / before : 1;
        double squares = 0;
        for (double value : good) {
            squares += share * share * (value - before) * (value - before);
        }
        for (double value : level) {
            squares += (value - middle) * (value - middle);
        }
        double degrees = good.length + level.length - 2.0;
        return new Scatter(Math.sqrt(squares / degrees), degrees);
    }

    /** Adds the steps that a scan of the whole history confirms, where a long loss overlaps with the one before. */
    private void steps(int onset, TreeSet<Integer> found) {
        if (values.length - onset < 2 * LONG) {
            return;
        }
        List<Integer> bounds = new ArrayList<>(List.of(onset));
        SegmentedSeries.steps(values, margin).confirmed().stream()
                .filter(step -> sign * step.relativeChange() >= margin)
                .map(Step::index)
                .filter(index -> index >= onset + LONG)
                .forEach(bounds::add);
        bounds.add(values.length);
        for (int i = 1; i + 1 < bounds.size(); i++) {
            if (!isSlope(bounds.get(i - 1), bounds.get(i), bounds.get(i + 1))) {
                found.add(bounds.get(i));
            }
        }
    }

    private double median(int from, int to) {
        return Location.median(Arrays.copyOfRange(values, from, to));
    }

    /**
     * The relative distance of each level from the one before it; of the first one from the good points.
     *
     * @param levels their beginnings, as {@link #of} returns them
     * @return as many; the first is 0 where there is no good point
     */
    public static List<Double> changes(List<Point> points, List<Integer> levels) {
        List<Double> changes = new ArrayList<>();
        double[] good = points.subList(0, levels.get(0)).stream()
                .filter(point -> !point.judgedBad())
                .mapToDouble(Point::value)
                .toArray();
        double before = good.length == 0
                ? Double.NaN
                : Location.median(Arrays.copyOfRange(good, Math.max(0, good.length - BEFORE / 2), good.length));
        for (int i = 0; i < levels.size(); i++) {
            int end = i + 1 < levels.size() ? levels.get(i + 1) : points.size();
            double after = Location.median(points.subList(levels.get(i), end).stream()
                    .mapToDouble(Point::value)
                    .toArray());
            changes.add(Double.isNaN(before) ? 0 : Effect.relativeChange(before, after));
            before = after;
        }
        return changes;
    }
}
