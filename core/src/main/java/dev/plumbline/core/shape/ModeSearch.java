package dev.plumbline.core.shape;

import dev.plumbline.core.shape.feature.Modes;
import dev.plumbline.core.shape.mixture.Groups;
import dev.plumbline.core.shape.mixture.Mixture;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.SpreadSort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Finds the modes of residuals, and what became of them: whether the level of one moved, while the others stayed, or
 * else their shares.
 */
final class ModeSearch {
    private static final int LEAST = 30;
    private static final int MOST = 1000;
    private static final double GAIN = 6;
    /** The number of values from which they are looked at in groups first. */
    private static final int MANY = 200;
    /** Far more than groups change of a likelihood, a distance in deviations or a share. */
    private static final double SLACK = 0.5;

    private static final double SHARE_SLACK = 0.02;

    private static final double APART = 2.5;
    private static final double SMALLEST_WEIGHT = 0.08;
    /** A level on which more values were before did not come up. */
    private static final double NEW_SHARE = 0.05;

    private static final double BIMODAL = 0.4;
    private static final double LEVEL = 0.005;
    private static final int FEWEST = 6;
    /** Values of two modes scatter more than this many deviations of one. */
    private static final double ONE_HUMP = 1.25;
    /** A mode that is no more errors off stayed. */
    private static final double STAYED = 2.5;

    private final double[] residuals;
    private final double floor;
    private final double least;

    /**
     * @param residuals oldest first
     * @param floor the lower limit of the deviation
     * @param least the smallest move of a mode's level that matters; infinite where the residuals are of several
     *     levels, so that all modes moved with them
     */
    ModeSearch(double[] residuals, double floor, double least) {
        this.residuals = residuals;
        this.floor = floor;
        this.least = least;
    }

    /**
     * A mode in the residuals.
     *
     * @param centre now
     * @param before the same before the change
     * @param weight now
     * @param weightBefore before the change
     */
    record Mode(double centre, double before, double weight, double weightBefore) {}

    /**
     * The modes found.
     *
     * @param modes the lowest first
     * @param cut index of the first residual after the change; 0 without one
     */
    record Found(List<Mode> modes, Modes.Change change, int cut) {}

    /** The modes; empty where one hump explains as much, or of fewer than thirty residuals or of ticks. */
    Optional<Found> find() {
        int n = residuals.length;
        if (n < LEAST) {
            return Optional.empty();
        }
        int each = (int) Math.ceil((double) n / MOST);
        double[] sorted = new double[n / each];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = residuals[n - 1 - i * each];
        }
        SpreadSort.sort(sorted, sorted.length);
        if (bimodality(sorted) < BIMODAL || Scores.distinct(sorted) * 3 <= sorted.length) {
            return Optional.empty();
        }
        double one = Mixture.oneHump(sorted, floor);
        Groups groups = Groups.equal(sorted);
        Groups alike = n < MANY ? groups : Groups.joined(sorted);
        Mixture aboutTwo = Mixture.of(alike, 2, floor);
        // three humps may be no two
        if (isPossible(Mixture.of(alike, 3, floor), Math.max(aboutTwo.logLikelihood(), one + GAIN))) {
            Mixture two = Mixture.of(groups, 2, floor);
            Mixture three = Mixture.of(groups, 3, floor);
            if (believable(three, Math.max(two.logLikelihood(), one + GAIN))) {
                return Optional.of(described(three)).filter(ModeSearch::areTogether);
            }
        }
        if (!isPossible(aboutTwo, one)) {
            return Optional.empty();
        }
        Mixture two = Mixture.of(groups, 2, floor);
        return believable(two, one) ? Optional.of(described(two)).filter(ModeSearch::areTogether) : Optional.empty();
    }

    /** Whether two of them were there at one time: where all left one and went to another, the level changed. */
    private static boolean areTogether(Found found) {
        return isShared(found, Mode::weight) || isShared(found, Mode::weightBefore);
    }

    private static boolean isShared(Found found, ToDoubleFunction<Mode> weight) {
        return found.modes().stream()
                        .mapToDouble(weight)
                        .filter(share -> share > NEW_SHARE)
                        .count()
                > 1;
    }

    private Found described(Mixture mixture) {
        return moved(mixture).orElseGet(() -> weighed(mixture));
    }

    private static boolean believable(Mixture mixture, double otherwise) {
        return believable(mixture, otherwise, 0, 0);
    }

    /** Whether one that is fitted to groups may be believable. */
    private static boolean isPossible(Mixture about, double otherwise) {
        return believable(about, otherwise, SLACK, SHARE_SLACK);
    }

    private static boolean believable(Mixture mixture, double otherwise, double slack, double shareSlack) {
        return mixture.logLikelihood() - otherwise > GAIN - slack
                && mixture.separation() > APART - slack
                && mixture.smallestWeight() > SMALLEST_WEIGHT - shareSlack;
    }

    /** The coefficient of bimodality: a third for a normal, above a half for two clear humps. */
    private static double bimodality(double[] sorted) {
        double mean = Arrays.stream(sorted).sum() / sorted.length;
        double second = 0;
        double third = 0;
        double fourth = 0;
        for (double value : sorted) {
            double square = (value - mean) * (value - mean);
            second += square / sorted.length;
            third += square * (value - mean) / sorted.length;
            fourth += square * square / sorted.length;
        }
        return second > 0 ? (third * third / (second * second * second) + 1) * second * second / fourth : 0;
    }

    /** The borders between modes, with the ends of the line. */
    private static double[] borders(Mixture mixture) {
        double[] means = mixture.means();
        double[] borders = new double[means.length + 1];
        borders[0] = Double.NEGATIVE_INFINITY;
        borders[means.length] = Double.POSITIVE_INFINITY;
        for (int k = 1; k < means.length; k++) {
            borders[k] = (means[k - 1] + means[k]) / 2;
        }
        return borders;
    }

    /**
     * The modes when the level of one of them moved. Two neighbouring modes of which one ends where the other begins
     * are one that moved; else the values of every mode are searched for the place where their mean moved most.
     */
    private Optional<Found> moved(Mixture mixture) {
        double[] borders = borders(mixture);
        int count = mixture.means().length;
        for (int k = 0; count > 2 && k + 1 < count; k++) {
            double[] merged = new double[borders.length - 1];
            System.arraycopy(borders, 0, merged, 0, k + 1);
            System.arraycopy(borders, k + 2, merged, k + 1, borders.length - k - 2);
            Optional<Found> one = move(merged[k], merged[k + 1])
                    .filter(move -> move.pValue() < LEVEL && move.deviation() < ONE_HUMP * mixture.deviation())
                    .flatMap(alone(merged, k));
            if (one.isPresent()) {
                return one;
            }
        }
        Optional<Found> best = Optional.empty();
        double smallest = LEVEL / count;
        for (int k = 0; k < count; k++) {
            Optional<LevelMove> move = move(borders[k], borders[k + 1]);
            if (move.isPresent() && move.get().pValue() < smallest) {
                smallest = move.get().pValue();
                best = move.flatMap(alone(borders, k));
            }
        }
        return best;
    }

    private record LevelMove(int cut, double before, double after, double deviation, double pValue) {}

    /** The modes with the one that moved, unless another moved with it: then all did, which is no matter of modes. */
    private Function<LevelMove, Optional<Found>> alone(double[] borders, int moved) {
        return move -> {
            for (int k = 0; k + 1 < borders.length; k++) {
                double[] early = within(0, move.cut(), borders[k], borders[k + 1]);
                double[] late = within(move.cut(), residuals.length, borders[k], borders[k + 1]);
                if (k != moved && early.length > 0 && late.length > 0) {
                    double error = move.deviation() * Math.sqrt(1.0 / early.length + 1.0 / late.length);
                    if (Math.abs(Location.mean(late) - Location.mean(early)) > STAYED * error) {
                        return Optional.empty();
                    }
                }
            }
            return Optional.of(at(borders, moved, move));
        };
    }

    private double[] within(int from, int to, double low, double high) {
        return Arrays.stream(residuals, from, to)
                .filter(value -> value >= low && value < high)
                .toArray();
    }

    /**
     * The place where the mean of the values between two bounds moved most, in errors of their own scatter on both
     * sides.
     */
    private Optional<LevelMove> move(double low, double high) {
        int[] places = new int[residuals.length];
        int count = 0;
        for (int i = 0; i < residuals.length; i++) {
            if (residuals[i] >= low && residuals[i] < high) {
                places[count++] = i;
            }
        }
        int edge = Math.max(FEWEST, count / 10);
        if (count < 2 * edge) {
            return Optional.empty();
        }
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = residuals[places[i]];
        }
        Ramps sums = new Ramps(values, Location.median(values));
        int cut = sums.cut(0, count, edge);
        double before = sums.level(0, cut);
        double after = sums.level(cut, count);
        double squares = (sums.around(0, cut) + sums.around(cut, count)) / (count - 2);
        double deviation = Math.max(floor, Math.sqrt(squares));
        double statistic = Math.abs(after - before) / (deviation * Math.sqrt(1.0 / cut + 1.0 / (count - cut)));
        return Math.abs(after - before) < least || statistic < STAYED
                ? Optional.empty()
                : Optional.of(new LevelMove(
                        places[cut],
                        before,
                        after,
                        deviation,
                        NoiseScan.probability(statistic, (double) edge / count)));
    }

    private Found at(double[] borders, int moved, LevelMove move) {
        List<Mode> modes = new ArrayList<>();
        for (int k = 0; k + 1 < borders.length; k++) {
            double low = borders[k];
            double high = borders[k + 1];
            double centre = Location.mean(within(0, residuals.length, low, high));
            modes.add(new Mode(
                    k == moved ? move.after() : centre,
                    k == moved ? move.before() : centre,
                    share(move.cut(), residuals.length, low, high),
                    share(0, move.cut(), low, high)));
        }
        return new Found(modes, Modes.Change.LEVEL_MOVED, move.cut());
    }

    /** The modes, and whether the share of the lowest one changed somewhere. */
    private Found weighed(Mixture mixture) {
        double[] borders = borders(mixture);
        double[] means = mixture.means();
        boolean[] lowest = new boolean[residuals.length];
        for (int i = 0; i < lowest.length; i++) {
            lowest[i] = residuals[i] < borders[1];
        }
        Optional<NoiseScan.Found> moved = NoiseScan.share(lowest).filter(found -> found.pValue() < LEVEL);
        List<Mode> modes = new ArrayList<>();
        for (int k = 0; k < means.length; k++) {
            double weight = Math.max(0, Math.min(1, mixture.weights()[k]));
            double now = weight;
            double before = weight;
            if (moved.isPresent()) {
                int cut = moved.get().index();
                now = share(cut, residuals.length, borders[k], borders[k + 1]);
                before = share(0, cut, borders[k], borders[k + 1]);
            }
            modes.add(new Mode(means[k], means[k], now, before));
        }
        if (moved.isEmpty()) {
            return new Found(modes, Modes.Change.NONE, 0);
        }
        boolean appeared = modes.stream().anyMatch(one -> one.weightBefore() <= NEW_SHARE);
        return new Found(
                modes,
                appeared ? Modes.Change.APPEARED : Modes.Change.WEIGHT_MOVED,
                moved.get().index());
    }

    private double share(int from, int to, double low, double high) {
        return (double) within(from, to, low, high).length / (to - from);
    }
}
