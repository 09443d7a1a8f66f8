package dev.plumbline.core.stats.steps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One full analysis of a window of values: proposals, pruning, the newest points, locations. */
final class Analysis {
    static final int LEAST = 10;
    private static final int HOLD = 12;
    private static final StudentQuantile CRITICAL = new StudentQuantile(1e-4);
    private static final StudentQuantile SUSPICION = new StudentQuantile(1e-3);
    private static final Check.Kind[] ORDER = {
        Check.Kind.STATISTIC,
        Check.Kind.LOCAL_NOISE,
        Check.Kind.PERSISTENCE,
        Check.Kind.SCATTER,
        Check.Kind.COUNT,
        Check.Kind.RANKS
    };

    private final double[] x;
    private final int m;
    private final double floor;
    private final LevelTest test;
    private int[] changes;
    private int count;

    Analysis(double[] x, int m, double floor) {
        this.x = x;
        this.m = m;
        this.floor = floor;
        this.test = new LevelTest(m);
    }

    /** Finds the changes; a window of fewer than ten values has none. */
    void run() {
        if (m < LEAST) {
            changes = new int[0];
            return;
        }
        int[] proposed = Segmentation.propose(x, m, floor);
        changes = Arrays.copyOf(proposed, proposed.length + 8);
        count = proposed.length;
        if (count > 0) {
            prune(noise());
            relocate(noise());
            prune(noise());
        }
        while (tail()) {
            relocate(noise());
        }
    }

    int count() {
        return count;
    }

    int change(int i) {
        return changes[i];
    }

    int start(int i) {
        return i == 0 ? 0 : changes[i - 1];
    }

    int end(int i) {
        return i + 1 < count ? changes[i + 1] : m;
    }

    NoiseModel noise() {
        int last = count == 0 ? 0 : changes[count - 1];
        int end = m - Math.min(HOLD, (m - last) / 2);
        return NoiseModel.of(x, end, NoiseModel.startsOf(changes, count), count + 1, floor);
    }

    /** Drops the least certain proposal until every one that is left passes all tests. */
    private void prune(NoiseModel noise) {
        double[] strength = new double[count];
        for (int i = 0; i < count; i++) {
            strength[i] = strength(i, noise);
        }
        while (count > 0) {
            int weakest = 0;
            for (int i = 1; i < count; i++) {
                if (strength[i] < strength[weakest]) {
                    weakest = i;
                }
            }
            if (strength[weakest] >= 1) {
                return;
            }
            System.arraycopy(changes, weakest + 1, changes, weakest, count - weakest - 1);
            System.arraycopy(strength, weakest + 1, strength, weakest, count - weakest - 1);
            count--;
            if (weakest < count) {
                strength[weakest] = strength(weakest, noise);
            }
            if (weakest > 0) {
                strength[weakest - 1] = strength(weakest - 1, noise);
            }
        }
    }

    /** At least 1 when the change passes all tests; otherwise how near the first failed one came. */
    private double strength(int i, NoiseModel noise) {
        int a = start(i);
        int c = changes[i];
        int b = end(i);
        if (c - a < 2 || b - c < 2 || Math.max(c - a, b - c) < 4) {
            return 0;
        }
        test.sides(x, a, c, b, noise, c - a >= b - c);
        return strength(b == m);
    }

    private double strength(boolean newest) {
        double ratio = test.measure(Check.Kind.STATISTIC, CRITICAL) / test.limit(Check.Kind.STATISTIC, CRITICAL);
        if (ratio < 1) {
            return Math.max(0, ratio);
        }
        for (Check.Kind kind : ORDER) {
            if ((newest || kind != Check.Kind.PERSISTENCE) && !test.passes(kind, CRITICAL)) {
                return 0.99 - 0.01 * kind.ordinal();
            }
        }
        return ratio;
    }

    /** Every check of the change {@code i} with its number, whether or not an earlier one failed. */
    List<Check> checks(int i, NoiseModel noise) {
        int a = start(i);
        int b = end(i);
        test.sides(x, a, changes[i], b, noise, changes[i] - a >= b - changes[i]);
        List<Check> checks = new ArrayList<>();
        for (Check.Kind kind : ORDER) {
            if (b == m || kind != Check.Kind.PERSISTENCE) {
                checks.add(test.check(kind, CRITICAL));
            }
        }
        return checks;
    }

    /** Looks for a change among the newest points of the last regime. */
    private boolean tail() {
        int s = count == 0 ? 0 : changes[count - 1];
        s = Math.max(s, m - LevelTest.REACH);
        int length = m - s;
        NoiseModel noise = noise();
        int least = noise.count() - length < 20 ? 8 : 4;
        if (length < least + 2) {
            return false;
        }
        int baseEnd = m - Math.min(HOLD, length / 2);
        double centre = Robust.median(x, s, baseEnd);
        double scale = noise.scale();
        double low = -noise.clip(false) * scale;
        double high = noise.clip(true) * scale;
        double phi = noise.phi();
        double[] d = new double[length];
        double[] before = new double[length + 1];
        for (int i = 0; i < length; i++) {
            d[i] = Robust.clip(x[s + i] - centre, low, high);
            before[i + 1] = before[i] + d[i];
        }
        double critical = CRITICAL.at(noise.degrees());
        double rest = 0;
        double best = 0;
        int bestAt = -1;
        int farthest = -1;
        for (int t = length - 1; t >= least; t--) {
            double first = d[t] - phi * d[t - 1];
            int k = length - t;
            double statistic = Math.abs(LevelTest.gls(first, rest, before[t] / t, t, k, scale, noise, critical));
            if (k >= 2 && statistic > critical) {
                farthest = t;
                if (statistic > best) {
                    best = statistic;
                    bestAt = t;
                }
            }
            rest += first;
        }
        if (bestAt < 0) {
            return false;
        }
        if (accept(s, s + bestAt, noise)) {
            return true;
        }
        return farthest != bestAt && accept(s, s + farthest, noise);
    }

    private boolean accept(int s, int c, NoiseModel noise) {
        test.sides(x, s, c, m, noise, true);
        if (strength(true) < 1) {
            return false;
        }
        if (count == changes.length) {
            changes = Arrays.copyOf(changes, 2 * count + 4);
        }
        changes[count++] = c;
        return true;
    }

    /** Moves every change to where two levels explain its neighbourhood best. */
    private void relocate(NoiseModel noise) {
        for (int i = 0; i < count; i++) {
            changes[i] = Location.around(x, start(i), changes[i], end(i), noise).best();
        }
    }

    /** The checks of a step among the newest values. */
    List<Check> suspectChecks(int c, NoiseModel noise) {
        test.sides(x, count == 0 ? 0 : changes[count - 1], c, m, noise, true);
        List<Check> checks = new ArrayList<>();
        for (Check.Kind kind : ORDER) {
            checks.add(test.check(kind, CRITICAL));
        }
        return checks;
    }

    /**
     * The first index of a step among the newest values that is beyond the noise without being confirmed; -1 without one.
     */
    int suspect(NoiseModel noise) {
        int s = Math.max(count == 0 ? 0 : changes[count - 1], m - LevelTest.REACH);
        int length = m - s;
        if (noise.count() < 30 || length < 6) {
            return -1;
        }
        int baseEnd = m - Math.min(HOLD, length / 2);
        double centre = Robust.median(x, s, baseEnd);
        double critical = SUSPICION.at(noise.degrees());
        double[] before = new double[length + 1];
        double[] d = new double[length];
        double limit = noise.scale();
        for (int i = 0; i < length; i++) {
            d[i] = Robust.clip(x[s + i] - centre, -noise.clip(false) * limit, noise.clip(true) * limit);
            before[i + 1] = before[i] + d[i];
        }
        double rest = 0;
        double best = critical;
        int bestAt = -1;
        boolean up = true;
        for (int t = length - 1; t >= 4; t--) {
            double first = d[t] - noise.phi() * d[t - 1];
            double statistic = LevelTest.gls(first, rest, before[t] / t, t, length - t, noise.scale(), noise, critical);
            if (Math.abs(statistic) > best) {
                best = Math.abs(statistic);
                bestAt = t;
                up = statistic > 0;
            }
            rest += first;
        }
        if (bestAt < 0) {
            return -1;
        }
        int k = length - bestAt;
        double shift = Robust.median(x, s + bestAt, m) - centre;
        double newest = Robust.median(x, m - Math.min(3, k), m) - centre;
        if (shift == 0 || newest / shift < 0.5) {
            return -1;
        }
        if (k <= 2) { // against the side's own history of extremes
            double extreme = up ? noise.highest() : noise.lowest();
            double usual = 1.15 * Math.sqrt(2 * Math.log(noise.count()));
            double caution = Math.pow(Math.max(1, Math.max(extreme / usual, noise.ratio() / 1.3)), 1.6 / k);
            if (Math.abs(shift) / noise.scale() * Math.sqrt(k) < critical * caution) {
                return -1;
            }
        }
        return s + bestAt;
    }
}
