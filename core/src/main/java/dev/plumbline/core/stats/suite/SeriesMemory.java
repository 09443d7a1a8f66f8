package dev.plumbline.core.stats.suite;

import java.util.Arrays;

/**
 * The facts about a series before each run of a block. Blocks follow each other; a block is learnt series by series, so
 * that what belongs to one series is looked at while it is near, and threads meet once a block.
 */
final class SeriesMemory {
    /** The number of latest values that the noise is estimated from. */
    static final int WINDOW = 60;

    private static final int RECENT = 20;
    private static final int YOUNG = 15;
    private static final int LEAST = 3;
    private static final double LEAST_SCALE = 1e-4;

    /** After the noise fell, at most this many of the newest values exceed the scale of all; usually six do. */
    private static final int MOST_WIDE = 3;

    /** Factor on the scale of the newest values, which were chosen because they are quiet. */
    private static final double FALLEN = 1.25;

    /** A share of normal values, and the number of standard deviations that it lies within. */
    private static final double WIDE = 0.8;

    private static final double WIDE_DEVIATIONS = 1.2816;
    private static final OwnNoise NOTHING = new OwnNoise(new double[0], 0, 0, Double.NaN, Double.NaN, 0, 1);

    private final Column column;
    private final double[] adjusted;
    private final double tolerance;
    private final SortedWindow all = new SortedWindow(WINDOW);
    private final SortedWindow steps = new SortedWindow(WINDOW - 1);
    private final SortedWindow recent = new SortedWindow(RECENT);
    private final SortedWindow recentSteps = new SortedWindow(RECENT - 1);

    /** The adjusted values that there are, from the first on that a window holds. */
    private final double[] known;

    /** The number of values that the windows have met. */
    private int met;

    private int next;
    private OwnNoise own = NOTHING;
    private Noise noise;

    // by the runs of a block
    private final int[] places;
    private final boolean[] isThere;
    private final OwnNoise[] owns;
    private final Noise[] noises;
    private final boolean[] isAsked;
    private final boolean[] isUnmoved;

    /**
     * @param adjusted the distances of the series' values from their levels; NaN where there is no level
     * @param tolerance by how much levels may differ without having moved, at the least
     * @param first the first run that is asked about
     * @param block runs at most in a block
     */
    SeriesMemory(Column column, double[] adjusted, double tolerance, int first, int block) {
        this.column = column;
        this.adjusted = adjusted;
        this.tolerance = tolerance;
        places = new int[block];
        isThere = new boolean[block];
        owns = new OwnNoise[block];
        noises = new Noise[block];
        isAsked = new boolean[block];
        isUnmoved = new boolean[block];
        int[] at = column.at;
        while (next < at.length && at[next] < first) {
            next++;
        }
        // the windows begin with the last values that they still hold at the first run
        int before = next;
        for (int held = 0; next > 0 && held <= WINDOW; next--) {
            held += Double.isNaN(adjusted[next - 1]) ? 0 : 1;
        }
        known = Arrays.stream(adjusted, next, at.length)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        for (; next < before; next++) {
            met += Double.isNaN(adjusted[next]) ? 0 : 1;
        }
        if (met > 0) {
            double[] differences = differences(known, met);
            all.fill(known, met);
            recent.fill(known, met);
            steps.fill(differences, met - 1);
            recentSteps.fill(differences, met - 1);
        }
    }

    private static double[] differences(double[] values, int count) {
        double[] differences = new double[count - 1];
        for (int i = 1; i < count; i++) {
            differences[i - 1] = values[i] - values[i - 1];
        }
        return differences;
    }

    /** Estimates the noise from its own values before each run of a block. */
    void meet(int begin, int end) {
        for (int run = begin; run < end; run++) {
            int slot = run - begin;
            until(run);
            places[slot] = next;
            isThere[slot] = next < column.at.length && column.at[next] == run;
            if (isThere[slot]) {
                own = own();
            }
            owns[slot] = own;
        }
    }

    /** Takes in all values before a run. */
    private void until(int run) {
        for (; next < column.at.length && column.at[next] < run; next++) {
            if (!Double.isNaN(adjusted[next])) {
                double value = known[met];
                if (met > 0) {
                    double step = value - known[met - 1];
                    steps.add(step);
                    recentSteps.add(step);
                }
                all.add(value);
                recent.add(value);
                met++;
            }
        }
    }

    private OwnNoise own() {
        int before = Math.min(next, Column.LEVEL);
        double wander = column.wander[Math.min(next, column.wander.length - 1)];
        if (all.size() < YOUNG && before >= Column.LEAST) {
            return young(column.deviations(next - before, next), column.isAcross(next - before, next) ? 2 : 1, wander);
        }
        int from = met - all.size();
        double whole = scale(known, met, all, steps);
        double lately = scale(known, met, recent, recentSteps);
        if (hasFallen(whole, lately)) {
            return new OwnNoise(known, met - RECENT, met, FALLEN * lately, lately, RECENT, wander);
        }
        return new OwnNoise(known, from, met, both(whole, lately, all.size()), whole, all.size(), wander);
    }

    /** @param levels how many the values lie around */
    private static OwnNoise young(double[] deviations, int levels, double wander) {
        SortedWindow window = new SortedWindow(deviations.length);
        window.fill(deviations, deviations.length);
        double[] differences = differences(deviations, deviations.length);
        SortedWindow between = new SortedWindow(Math.max(1, differences.length));
        between.fill(differences, differences.length);
        double scale = scale(deviations, deviations.length, window, between);
        int count = deviations.length - levels;
        return new OwnNoise(deviations, 0, deviations.length, both(scale, scale, count), scale, count, wander);
    }

    private static double both(double whole, double lately, int count) {
        return count < LEAST ? Double.NaN : Math.max(lately, Math.sqrt((whole * whole + lately * lately) / 2));
    }

    /**
     * Whether the noise is less than half of what it was: the newest values are not a mixture of old and new noise, of
     * several levels or of the ticks of a coarse clock, which all look quiet at times.
     */
    private boolean hasFallen(double whole, double lately) {
        if (all.size() < 2 * RECENT || whole < 2 * lately) {
            return false;
        }
        int wide = 0;
        for (int i = met - RECENT; i < met; i++) {
            wide += Math.abs(known[i]) > whole ? 1 : 0;
        }
        return wide <= MOST_WIDE
                && Arrays.stream(column.values, next - RECENT, next).distinct().count() >= RECENT / 2;
    }

    /**
     * @param end of some values, before which those of the window stand
     * @param steps between them
     */
    private static double scale(double[] values, int end, SortedWindow window, SortedWindow steps) {
        double rough = window.deviation();
        if (rough < LEAST_SCALE) {
            // most values are equal, as with a coarse clock: the others show how wide the noise is
            rough = Math.max(LEAST_SCALE, window.distance(WIDE) / WIDE_DEVIATIONS);
        }
        if (steps.size() > 0) {
            rough = Math.max(rough, 0.7 * steps.deviation() / Math.sqrt(2));
        }
        double limit = OwnNoise.CLIP * rough;
        double squares = 0;
        for (int i = end - window.size(); i < end; i++) {
            double value = values[i];
            double clipped = value > limit ? limit : value < -limit ? -limit : value;
            squares += clipped * clipped;
        }
        double mean = Math.sqrt(squares / window.size() / 0.95);
        // of few values the median distance is a poor guess, and the larger of two guesses a large one
        return window.size() < YOUNG ? Math.max(0.7 * rough, mean) : Math.max(rough, 0.8 * mean);
    }

    /** Shrinks the scales to the typical one of the suite at each run of a block; null where that is unknown. */
    void shrink(OwnNoise.Typical... typical) {
        for (int slot = 0; slot < typical.length; slot++) {
            if (isThere[slot] && typical[slot] != null) {
                owns[slot].shrink(typical[slot]);
            }
        }
    }

    /** Computes the noise at each run of a block, with all parameters that the suite lends. */
    void settle(double doubt, SuiteScan.Lent... lent) {
        for (int slot = 0; slot < lent.length; slot++) {
            if (isThere[slot]) {
                noise = lent[slot] == null ? noise : owns[slot].with(lent[slot], doubt);
                noises[slot] = noise;
                isAsked[slot] = false;
            }
        }
    }

    /**
     * The difference of the levels before and after a value that does not count as a move: the margin, and the chance
     * difference of the medians of few values, or the noisiest values would not count for the limit.
     */
    private double tolerance(Noise of) {
        return of == null ? tolerance : Math.max(tolerance, of.scale());
    }

    /** Whether a run of the block has a value. */
    boolean isThere(int slot) {
        return isThere[slot];
    }

    /** The index of the value in the series. */
    int place(int slot) {
        return places[slot];
    }

    /** Its own noise at the newest of its runs up to this one of the block. */
    OwnNoise own(int slot) {
        return owns[slot];
    }

    /** The noise at a run that has a value; null where too little is known. */
    Noise noise(int slot) {
        return noises[slot];
    }

    /** Whether its level had not moved with a run that has a value; for one thread at a time. */
    boolean isUnmoved(int slot) {
        if (!isAsked[slot]) {
            isAsked[slot] = true;
            isUnmoved[slot] = column.isUnmoved(places[slot], tolerance(noises[slot]));
        }
        return isUnmoved[slot];
    }
}
