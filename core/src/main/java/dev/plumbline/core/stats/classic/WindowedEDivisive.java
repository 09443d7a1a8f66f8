package dev.plumbline.core.stats.classic;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * E-divisive in overlapping windows with Student's t test (Fleming, Kolaczkowski, Kumar, Das, McCarthy, Pattabhiraman
 * and Ingo 2023, "Hunter"), decided as the published tool decides.
 *
 * <p>Split: each window is bisected while the best candidate's t test gives at most the relaxed significance, ten
 * times the wanted one below 0.05; the candidate maximises the energy statistic over the split and over the end of
 * the right part. The next window begins half a window later, or at the last change found in this one if that is
 * further. Merge: the t tests are repeated between neighbouring changes; while one is not below the significance, the
 * weakest is removed; when all are, the smallest is removed while its relative change is not above the minimum.
 *
 * <p>As in the tool, the t test takes the standard deviations with divisor n where Student's has n - 1, which makes p
 * too small for short sides, and p is not corrected for the choice of the best split: the significance is not an error
 * rate. Other than in the tool, equal means have p 1 even where neither side scatters, where it has NaN; different
 * means without any scatter have p 0 in both. When a change is removed, the tests of both neighbours are repeated, as
 * in the paper; {@link Retest#FOLLOWING_TWO} does what the tool does. There is no incremental mode, whose answers in
 * the tool differ from those for the whole series. Rounding is also our own: splits with the same statistic may be
 * chosen otherwise. Deterministic.
 */
public final class WindowedEDivisive {
    private WindowedEDivisive() {}

    /**
     * The thresholds of a change.
     *
     * @param window values in a window, at least 2
     * @param significance p-value below which a change is kept
     * @param minimumMagnitude relative change, in the larger of the two directions, that a change must exceed
     * @param retest whose tests are repeated when a change is removed
     */
    public record Settings(int window, double significance, double minimumMagnitude, Retest retest) {
        /** Windows of 50, p below 0.001, any magnitude above zero, neighbours tested again. */
        public static final Settings DEFAULT = new Settings(50, 0.001, 0, Retest.NEIGHBOURS);

        /** Checks the ranges. */
        public Settings {
            requireNonNull(retest, "retest");
            if (window < 2) {
                throw new IllegalArgumentException("a window has at least two values, not " + window);
            }
            if (!(significance > 0 && significance < 1)) {
                throw new IllegalArgumentException("significance must lie between 0 and 1: " + significance);
            }
            if (!(minimumMagnitude >= 0 && minimumMagnitude < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "minimum magnitude must be zero or more and finite: " + minimumMagnitude);
            }
        }

        private double relaxedSignificance() {
            if (significance < 0.05) {
                return significance * 10;
            }
            return significance < 0.5 ? significance * 2 : significance;
        }
    }

    /** The tests that are repeated when a change is removed. */
    public enum Retest {
        /** The change before and the change after: the two whose segments grew. */
        NEIGHBOURS,
        /** The two changes after, as in the tool; the change before keeps a p-value that is out of date. */
        FOLLOWING_TWO
    }

    /** The changes of a series with the default settings. */
    public static Changes analyze(double[] values) {
        return analyze(values, Settings.DEFAULT);
    }

    /**
     * The changes of a series, each with the p-value of the t test between its neighbours. Fewer than three values
     * have none.
     *
     * @throws IllegalArgumentException naming the index of a value that is NaN or infinite
     */
    public static Changes analyze(double[] values, Settings settings) {
        requireNonNull(settings, "settings");
        Scaled scaled = Scaled.of(values);
        List<Compared> changes =
                merge(compareAll(scaled.values(), weak(scaled.values(), settings)), scaled.values(), settings);
        List<ChangePoint> points = new ArrayList<>();
        for (Compared change : changes) {
            points.add(new ChangePoint(
                    change.index(),
                    scaled.original(change.split.statistic),
                    change.pValue,
                    scaled.original(change.before),
                    scaled.original(change.after)));
        }
        return new Changes(values.length, points);
    }

    private static List<Split> weak(double[] values, Settings settings) {
        List<Split> weak = new ArrayList<>();
        int start = 0;
        while (start < values.length) {
            int end = (int) Math.min((long) start + settings.window, values.length);
            int last = 0;
            for (Split split : bisect(values, start, end, settings.relaxedSignificance())) {
                last = split.index;
                if (weak.stream().noneMatch(other -> other.index == split.index)) {
                    weak.add(split);
                }
            }
            start = Math.max(last, start + settings.window / 2);
        }
        weak.sort((a, b) -> Integer.compare(a.index, b.index));
        return weak;
    }

    /** The significant splits of one window, ascending. */
    private static List<Split> bisect(double[] values, int start, int end, double significance) {
        List<Split> found = new ArrayList<>();
        List<Split> candidates = new ArrayList<>();
        addCandidate(candidates, values, start, end);
        while (!candidates.isEmpty()) {
            Split best = candidates.get(0);
            for (Split candidate : candidates) {
                if (candidate.statistic > best.statistic) {
                    best = candidate;
                }
            }
            if (compare(values, best, best.from, best.to).pValue > significance) {
                break;
            }
            found.add(best);
            int place = candidates.indexOf(best);
            candidates.remove(place);
            List<Split> parts = new ArrayList<>();
            addCandidate(parts, values, best.from, best.index);
            addCandidate(parts, values, best.index, best.to);
            candidates.addAll(place, parts);
        }
        found.sort((a, b) -> Integer.compare(a.index, b.index));
        return found;
    }

    private static void addCandidate(List<Split> candidates, double[] values, int from, int to) {
        if (to - from >= 2) {
            candidates.add(largest(values, from, to));
        }
    }

    /**
     * A split of the values from {@code from} to before {@code to}.
     *
     * @param statistic the largest over all ends of the right part
     */
    private record Split(int index, double statistic, int from, int to) {}

    /** The split with the largest statistic over split and end; of equals the earliest split. */
    static int largestSplit(double[] values, int from, int to) {
        return largest(values, from, to).index;
    }

    private static Split largest(double[] values, int from, int to) {
        int n = to - from;
        // inLeft[t]: distances inside the first t + 1 values; inRight[t]: inside those from t on, up to the current end
        double[] inLeft = new double[n];
        double[] inRight = new double[n];
        int best = 1;
        double statistic = Double.NEGATIVE_INFINITY;
        for (int last = 1; last < n; last++) {
            double distances = 0;
            for (int t = last - 1; t >= 0; t--) {
                distances += Math.abs(values[from + t] - values[from + last]);
                inRight[t] += distances;
            }
            inLeft[last] = inLeft[last - 1] + distances;
            double all = inLeft[last];
            double count = last + 1.0;
            for (int l = 1; l <= last; l++) {
                double r = count - l;
                double between = all - inLeft[l - 1] - inRight[l];
                double q = 2 / count * between;
                if (l > 1) {
                    q -= 2 * r / (count * (l - 1)) * inLeft[l - 1];
                }
                if (r > 1) {
                    q -= 2 * l / (count * (r - 1)) * inRight[l];
                }
                if (q > statistic || (q == statistic && l < best)) {
                    statistic = q;
                    best = l;
                }
            }
        }
        return new Split(from + best, statistic, from, to);
    }

    /** A split with the t test between its neighbours. */
    private record Compared(Split split, double pValue, double before, double after) {
        int index() {
            return split.index;
        }

        /** The relative change in the larger direction; a mean of zero gives no change in its own direction. */
        double magnitude() {
            double forward = before == 0 ? 0 : after / before - 1;
            double backward = after == 0 ? 0 : before / after - 1;
            return Math.max(Math.abs(forward), Math.abs(backward));
        }
    }

    private static Compared compare(double[] values, Split split, int from, int to) {
        double[] left = Arrays.copyOfRange(values, from, split.index);
        double[] right = Arrays.copyOfRange(values, split.index, to);
        double before = Location.mean(left);
        double after = Location.mean(right);
        return new Compared(split, pValue(left, before, right, after), before, after);
    }

    private static double pValue(double[] left, double before, double[] right, double after) {
        int degrees = left.length + right.length - 2;
        if (degrees == 0 || before == after) {
            return 1;
        }
        double variance =
                ((left.length - 1) * variance(left, before) + (right.length - 1) * variance(right, after)) / degrees;
        double error = Math.sqrt(variance * (1.0 / left.length + 1.0 / right.length));
        return Math.min(1, 2 * StudentT.survival(Math.abs(before - after) / error, degrees));
    }

    /** The mean square deviation, with divisor n. */
    private static double variance(double[] values, double mean) {
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / values.length;
    }

    private static List<Compared> compareAll(double[] values, List<Split> splits) {
        List<Compared> compared = new ArrayList<>();
        for (int i = 0; i < splits.size(); i++) {
            int from = i == 0 ? 0 : splits.get(i - 1).index;
            int to = i + 1 == splits.size() ? values.length : splits.get(i + 1).index;
            compared.add(compare(values, splits.get(i), from, to));
        }
        return compared;
    }

    private static List<Compared> merge(List<Compared> changes, double[] values, Settings settings) {
        while (!changes.isEmpty()) {
            int weakest = 0;
            for (int i = 1; i < changes.size(); i++) {
                if (changes.get(i).pValue > changes.get(weakest).pValue) {
                    weakest = i;
                }
            }
            if (changes.get(weakest).pValue < settings.significance) {
                weakest = 0;
                for (int i = 1; i < changes.size(); i++) {
                    if (changes.get(i).magnitude() < changes.get(weakest).magnitude()) {
                        weakest = i;
                    }
                }
                if (changes.get(weakest).magnitude() > settings.minimumMagnitude) {
                    break;
                }
            }
            changes.remove(weakest);
            recompare(changes, weakest, values);
            recompare(
                    changes,
                    switch (settings.retest) {
                        case NEIGHBOURS -> weakest - 1;
                        case FOLLOWING_TWO -> weakest + 1;
                    },
                    values);
        }
        return changes;
    }

    /** Repeats one change's test, after a neighbour went. */
    private static void recompare(List<Compared> changes, int place, double[] values) {
        if (place >= 0 && place < changes.size()) {
            int from = place == 0 ? 0 : changes.get(place - 1).index();
            int to = place + 1 == changes.size()
                    ? values.length
                    : changes.get(place + 1).index();
            changes.set(place, compare(values, changes.get(place).split, from, to));
        }
    }
}
