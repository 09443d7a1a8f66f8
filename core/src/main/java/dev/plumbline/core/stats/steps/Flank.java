package dev.plumbline.core.stats.steps;

import dev.plumbline.core.stats.steps.noise.Robust;

/** The values on one side of a position: at most {@value #REACH} of a segment, next to the position. */
final class Flank {
    static final int REACH = 200;

    final int from;
    final int to;
    final double centre;
    private double scale = Double.NaN;

    Flank(double[] x, int from, int to, Robust robust) {
        this.from = from;
        this.to = to;
        this.centre = robust.median(x, from, to);
    }

    int length() {
        return to - from;
    }

    /** The winsorised scale of the values around their level, for intervals. */
    double scaleAround(double level, double[] x, Robust robust, double floor) {
        robust.estimate(x, from, to, centre, 1, floor);
        return robust.scaleAround(level - centre);
    }

    /** The winsorised scale of the values, computed on first use. */
    double scale(double[] x, Robust robust, double floor) {
        if (Double.isNaN(scale)) {
            scale = robust.estimate(x, from, to, centre, 1, floor);
        }
        return scale;
    }
}
