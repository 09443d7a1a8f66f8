package dev.plumbline.core.stats.steps;

import dev.plumbline.core.stats.steps.noise.NoiseModel;
import dev.plumbline.core.stats.steps.noise.Robust;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The levels of a window of scores: proposals, pruning, the newest values, locations. */
final class Analysis {
    /** Fewer values have no steps. */
    static final int LEAST = 10;

    /** The newest values of a regime are kept out of its noise: a step may have begun. */
    private static final int HOLD = 12;

    private static final int BASE = 8;
    /** A regime that follows others can be shorter before its own next step is searched for. */
    private static final int YOUNG_BASE = 4;

    private static final int OTHERS = 20;

    private final double[] x;
    private final int m;
    private final double floor;
    private final Robust robust;
    private final Levels levels;
    private final LevelTest test;
    private StepSegment[] segments;
    private int count;
    private NoiseModel noise;
    /** The checks of the steps, as long as {@link #noise} is {@link #checksNoise}. */
    private List<List<Check>> checks = List.of();

    private NoiseModel checksNoise;
    private int suspect = -1;
    /** Estimates besides the levels that the residuals are taken from. */
    private int lost;

    /** Analyses {@code x[0, m)}, at least one value. */
    Analysis(double[] x, int m, double floor, Levels levels) {
        this.x = x;
        this.m = m;
        this.floor = floor;
        this.levels = levels;
        robust = new Robust(x.length);
        test = new LevelTest(x, x.length, robust, levels);
        segments = new StepSegment[] {new StepSegment(0, m)};
        count = 1;
        if (m < LEAST) {
            noise = estimateNoise();
            return;
        }
        int[] proposed = Segmentation.propose(x, m, floor);
        if (proposed.length > 0) {
            segments = new StepSegment[proposed.length + 1];
            count = segments.length;
            for (int i = 0; i < count; i++) {
                segments[i] = new StepSegment(i == 0 ? 0 : proposed[i - 1], i + 1 < count ? proposed[i] : m);
            }
            noise = estimateNoise();
            prune(true);
            relocate(1);
            noise = estimateNoise();
            prune(false);
        } else {
            noise = estimateNoise();
        }
        while (newest()) {
            relocate(count - 1);
            checksNoise = null;
            noise = estimateNoise();
        }
    }

    /** The same values, or some more of them, with these levels and the noise of the others. */
    private Analysis(Analysis other, int m, StepSegment[] segments) {
        x = other.x;
        this.m = m;
        floor = other.floor;
        robust = other.robust;
        levels = other.levels;
        test = other.test;
        noise = other.noise;
        this.segments = segments;
        count = segments.length;
    }

    private Analysis(double[] x, int m, double floor, Levels levels, StepSegment[] segments) {
        this.x = x;
        this.m = m;
        this.floor = floor;
        this.levels = levels;
        robust = new Robust(m);
        test = new LevelTest(x, m, robust, levels);
        this.segments = segments;
        count = segments.length;
    }

    /** The analysis of {@code x[0, end)} that keeps everything found so far; the new values may have begun a level. */
    Analysis extended(int end) {
        StepSegment[] longer = Arrays.copyOf(segments, count);
        longer[count - 1] = new StepSegment(longer[count - 1].from, end);
        Analysis extended = new Analysis(this, end, longer);
        if (end >= LEAST) {
            extended.lookForNewest();
        }
        return extended;
    }

    private void lookForNewest() {
        if (count > 1) {
            relocate(count - 1);
        }
        while (newest()) {
            relocate(count - 1);
        }
    }

    /** The analysis of the same values in which levels also begin at these places, ascending, whatever the values. */
    Analysis split(int[] places) {
        return with(IntStream.concat(IntStream.range(1, count).map(i -> segments[i].from), IntStream.of(places))
                .sorted()
                .distinct()
                .toArray());
    }

    /** The analysis of the same values in which levels begin at the first value and at these places, ascending. */
    Analysis with(int[] places) {
        int[] starts = IntStream.concat(IntStream.of(0), IntStream.of(places)).toArray();
        StepSegment[] more = new StepSegment[starts.length];
        for (int i = 0; i < starts.length; i++) {
            more[i] = new StepSegment(starts[i], i + 1 < starts.length ? starts[i + 1] : m);
        }
        Analysis split = new Analysis(this, m, more);
        split.noise = split.estimateNoise();
        // what is newer than the last of them is judged by its level
        split.suspect = places[places.length - 1] >= suspect ? -1 : suspect;
        return split;
    }

    /** The same levels of the scores without seasonality: for detecting steps and their noise. */
    Analysis without(Cycle swing) {
        Analysis without = new Analysis(
                swing.without(x, m),
                m,
                floor,
                levels,
                Arrays.stream(segments())
                        .map(level -> new StepSegment(level.from, level.to))
                        .toArray(StepSegment[]::new));
        without.lost = swing.estimates();
        without.noise = without.estimateNoise();
        return without;
    }

    /** Number of segments, at least one. */
    int count() {
        return count;
    }

    /** The segments, in time order. */
    StepSegment[] segments() {
        return Arrays.copyOf(segments, count);
    }

    /** The segment {@code i}, in time order. */
    StepSegment segment(int i) {
        return segments[i];
    }

    NoiseModel noise() {
        return noise;
    }

    Robust robust() {
        return robust;
    }

    double[] scores() {
        return x;
    }

    int length() {
        return m;
    }

    /** The first index of a step among the newest values that is beyond the noise without being confirmed, or -1. */
    int suspect() {
        return suspect;
    }

    /** The checks of the step between segment {@code i} and the next. */
    List<Check> checks(int i) {
        if (checksNoise == noise && i < checks.size()) {
            return checks.get(i);
        }
        set(i);
        return test.checks();
    }

    /** The checks of a step at {@code c} in the last segment. */
    List<Check> suspectChecks(int c) {
        StepSegment last = segments[count - 1];
        StepSegment before = new StepSegment(last.from, c);
        StepSegment after = new StepSegment(c, m);
        test.set(before.tail(x, robust), after.head(x, robust), noise, StepRole.of(true, m - c), true);
        return test.checks();
    }

    private void set(int i) {
        test.set(segments[i].tail(x, robust), segments[i + 1].head(x, robust), noise, role(i), i + 2 == count);
    }

    private StepRole role(int i) {
        return StepRole.of(i + 2 == count, segments[i + 1].length());
    }

    private NoiseModel estimateNoise() {
        StepSegment last = segments[count - 1];
        int end = m - Math.min(HOLD, last.length() / 2);
        int from = count - 1;
        while (from > 0 && end - segments[from].from < NoiseModel.POOL) {
            from--;
        }
        double[] residuals = new double[NoiseModel.POOL];
        boolean[] first = new boolean[NoiseModel.POOL];
        int n = 0;
        int levels = 0;
        for (int s = from; s < count; s++) {
            int b = s == count - 1 ? end : segments[s].to;
            int a = segments[s].from;
            if (b - a < 4) {
                continue;
            }
            double centre = s == count - 1
                    ? robust.median(x, Math.max(a, b - Flank.REACH), b)
                    : segments[s].tail(x, robust).centre;
            int skipped = Math.max(a, end - NoiseModel.POOL);
            for (int i = skipped; i < b; i++) {
                first[n] = i == skipped;
                residuals[n++] = x[i] - centre;
            }
            levels++;
        }
        return n == 0
                ? NoiseModel.unknown(floor)
                : NoiseModel.of(residuals, first, n, levels + lost, floor, robust, new double[NoiseModel.POOL]);
    }

    /**
     * Drops the least certain step until every one that is left passes all tests.
     *
     * @param rough looks at the statistic only
     */
    private void prune(boolean rough) {
        double[] strength = new double[count];
        checks = new ArrayList<>(Collections.nCopies(count, List.of()));
        for (int i = 0; i + 1 < count; i++) {
            strength[i] = strength(i, rough);
        }
        int before = count;
        while (count > 1) {
            int weakest = 0;
            for (int i = 1; i + 1 < count; i++) {
                if (strength[i] < strength[weakest]) {
                    weakest = i;
                }
            }
            if (strength[weakest] >= 1) {
                break;
            }
            segments[weakest] = new StepSegment(segments[weakest].from, segments[weakest + 1].to);
            System.arraycopy(segments, weakest + 2, segments, weakest + 1, count - weakest - 2);
            System.arraycopy(strength, weakest + 1, strength, weakest, count - weakest - 2);
            checks.remove(weakest);
            count--;
            if (weakest + 1 < count) {
                strength[weakest] = strength(weakest, rough);
            }
            if (weakest > 0) {
                strength[weakest - 1] = strength(weakest - 1, rough);
            }
        }
        checksNoise = rough ? null : noise;
        if (count < before && !rough) {
            noise = estimateNoise();
        }
    }

    private double strength(int i, boolean rough) {
        int left = segments[i].length();
        int right = segments[i + 1].length();
        if (Math.min(left, right) < 2 || Math.max(left, right) < YOUNG_BASE) {
            return 0;
        }
        if (rough) {
            return test.roughStrength(segments[i].tail(x, robust), segments[i + 1].head(x, robust), noise, role(i));
        }
        set(i);
        double strength = test.strength();
        if (strength >= 1) {
            checks.set(i, test.checks());
        }
        return strength;
    }

    /** Looks for a step in the last segment, and for a suspect where there is none. */
    private boolean newest() {
        suspect = -1;
        int s = Math.max(segments[count - 1].from, m - Flank.REACH);
        int length = m - s;
        int least = noise.count() - length < OTHERS ? BASE : YOUNG_BASE;
        if (length < least + 1) {
            return false;
        }
        double centre = robust.median(x, s, m - Math.min(HOLD, length / 2));
        double scale = noise.scale();
        double low = -noise.clip(false) * scale;
        double high = noise.clip(true) * scale;
        double phi = noise.phi();
        double sum = 0;
        for (int i = s; i < m; i++) {
            sum += Robust.clip(x[i] - centre, low, high);
        }
        double critical = levels.of(StepRole.NEWEST).critical().at(noise.degrees());
        double loose = levels.of(StepRole.NEWEST).loose().at(noise.degrees());
        double suspicious = levels.suspicion.at(noise.degrees());
        double rest = 0;
        int bestAt = -1;
        int farthest = -1;
        int suspectAt = -1;
        double best = loose;
        double bestSuspect = suspicious;
        double d = Robust.clip(x[m - 1] - centre, low, high);
        for (int t = length - 1; t >= least; t--) {
            double before = Robust.clip(x[s + t - 1] - centre, low, high);
            double first = d - phi * before;
            sum -= d;
            double statistic =
                    Math.abs(LevelTest.statistic(first, rest, sum / t, t, length - t, scale, noise, critical));
            if (statistic > bestSuspect) {
                bestSuspect = statistic;
                suspectAt = t;
            }
            if (statistic > loose && t <= length - 2) {
                farthest = t;
                if (statistic > best) {
                    best = statistic;
                    bestAt = t;
                }
            }
            rest += first;
            d = before;
        }
        if (bestAt >= 0 && (accept(s + bestAt) || farthest != bestAt && accept(s + farthest))) {
            return true;
        }
        if (suspectAt >= 0 && noise.count() >= 30 && lasting(s + suspectAt, centre, bestSuspect)) {
            suspect = s + suspectAt;
        }
        return false;
    }

    private boolean accept(int c) {
        StepSegment last = segments[count - 1];
        StepSegment before = new StepSegment(last.from, c);
        StepSegment after = new StepSegment(c, m);
        test.set(before.tail(x, robust), after.head(x, robust), noise, StepRole.of(true, after.length()), true);
        if (test.strength() < 1) {
            return false;
        }
        if (count == segments.length) {
            segments = Arrays.copyOf(segments, count + 4);
        }
        segments[count - 1] = before;
        segments[count++] = after;
        return true;
    }

    /** A suspect that the newest values still support, and that no spike of the past comes near. */
    private boolean lasting(int c, double centre, double statistic) {
        int k = m - c;
        double shift = robust.median(x, c, m) - centre;
        double newest = robust.median(x, m - Math.min(3, k), m) - centre;
        if (shift == 0 || newest / shift < 0.5) {
            return false;
        }
        if (k > 2) {
            return true;
        }
        double extreme = shift > 0 ? noise.highest() : noise.lowest();
        double usual = 1.15 * Math.sqrt(2 * Math.log(noise.count()));
        double caution = Math.max(1, Math.max(extreme / usual, noise.ratio() / 1.3));
        double needed = levels.suspicion.at(noise.degrees()) * Math.pow(caution, 1.6 / k);
        return Math.max(statistic, Math.abs(shift) / noise.scale() * Math.sqrt(k)) >= needed;
    }

    /** Moves every step from the one before segment {@code from} on to where two levels explain its values best. */
    private void relocate(int from) {
        for (int i = Math.max(1, from); i < count; i++) {
            StepSegment left = segments[i - 1];
            StepSegment right = segments[i];
            int c = StepLocation.around(x, left, right, noise, robust).best();
            if (c != right.from) {
                segments[i - 1] = new StepSegment(left.from, c);
                segments[i] = new StepSegment(c, right.to);
            }
        }
    }
}
