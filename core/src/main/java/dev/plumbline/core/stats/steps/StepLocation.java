package dev.plumbline.core.stats.steps;

import dev.plumbline.core.stats.steps.noise.NoiseModel;
import dev.plumbline.core.stats.steps.noise.Robust;

/** The exact place of a step: capped squared errors of AR(1) innovations around two levels. */
final class StepLocation {
    private static final int WINDOW = 12;
    private static final double CAP = 14;
    private static final int PRIOR_COUNT = 20;
    /** The fewest values of a side from which noise is estimated. */
    private static final int LEAST = 8;

    /**
     * Twice the log-likelihood that the maximum of a two-sided random walk with drift gains by chance in 5 % of cases:
     * (1 - exp(-DROP / 2))^2 = 0.95.
     */
    private static final double DROP = 7.352;

    private StepLocation() {}

    /**
     * The interval of a step's place.
     *
     * @param best first index of the new level, the likeliest
     * @param first smallest index within the 95 % confidence set
     * @param last largest index within it
     */
    record Interval(int best, int first, int last) {}

    /** The likeliest place of the step between two segments, at least two values from their outer ends. */
    static Interval around(double[] x, StepSegment before, StepSegment after, NoiseModel noise, Robust robust) {
        int c = after.from;
        int low = Math.max(before.from + 2, c - WINDOW);
        int high = Math.min(after.to - 2, c + WINDOW);
        if (low >= high) {
            return new Interval(c, c, c);
        }
        Flank tail = before.tail(x, robust);
        Flank head = after.head(x, robust);
        double scale = Math.sqrt((PRIOR_COUNT * noise.scale() * noise.scale()
                        + evidence(tail, x, robust, noise)
                        + evidence(head, x, robust, noise))
                / (PRIOR_COUNT + counted(tail) + counted(head)));
        double left = Robust.level(x, tail.from, tail.to, tail.centre, scale);
        double right = Robust.level(x, head.from, head.to, head.centre, scale);
        double phi = noise.phi();
        double unit = 1 / (scale * scale * (1 - phi * phi));
        // cost of a change at t, up to a constant: all before low are left, all after high are right
        double[] cost = new double[high - low + 1];
        double gained = 0;
        int best = low;
        for (int t = low; t <= high; t++) {
            double l = x[t] - left;
            double r = x[t] - right;
            double l1 = x[t - 1] - left;
            double r1 = x[t - 1] - right;
            double both = capped((l - phi * l1) * (l - phi * l1) * unit);
            double onRight = capped((r - phi * r1) * (r - phi * r1) * unit);
            double first = capped((r - phi * l1) * (r - phi * l1) * unit);
            cost[t - low] = gained + first - onRight;
            if (cost[t - low] < cost[best - low]) {
                best = t;
            }
            gained += both - onRight;
        }
        int first = best;
        int last = best;
        for (int t = low; t <= high; t++) {
            if (cost[t - low] <= cost[best - low] + DROP) {
                first = Math.min(first, t);
                last = Math.max(last, t);
            }
        }
        return new Interval(best, first, last);
    }

    /** The noise next to the step counts too: it may have changed. */
    private static double evidence(Flank flank, double[] x, Robust robust, NoiseModel noise) {
        if (flank.length() < LEAST) {
            return 0;
        }
        double scale = flank.scale(x, robust, noise.floor());
        return flank.length() * scale * scale;
    }

    private static int counted(Flank flank) {
        return flank.length() < LEAST ? 0 : flank.length();
    }

    private static double capped(double square) {
        return Math.min(square, CAP);
    }
}
