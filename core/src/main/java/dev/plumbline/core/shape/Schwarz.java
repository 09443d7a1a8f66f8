package dev.plumbline.core.shape;

import dev.plumbline.core.stats.MannKendall;

/**
 * The information criterion of Schwarz (1978) for normal residuals: the smaller, the better a description is. The
 * number of values that would be equal evidence if neighbours were not alike.
 */
final class Schwarz {
    private Schwarz() {}

    /** The factor by which the evidence shrinks because neighbours are alike: 1 when they are not. */
    static double independence(double[] residuals) {
        double phi = MannKendall.autocorrelation(residuals);
        return (1 - phi) / (1 + phi);
    }

    /** The same, as far as neighbours are alike beyond the error of that number. */
    static double certainIndependence(double[] residuals) {
        double phi = Math.max(0, MannKendall.autocorrelation(residuals) - 1 / Math.sqrt(residuals.length));
        return (1 - phi) / (1 + phi);
    }

    /**
     * @param squares the sum of the squares that are left over
     * @param count of values
     * @param independence of their neighbours
     * @param parameters that the description takes
     * @param floor the lower limit of the deviation
     */
    static double criterion(double squares, int count, double independence, int parameters, double floor) {
        return independence * count * StrictMath.log(Math.max(squares / count, floor * floor))
                + parameters * StrictMath.log(count);
    }

    static double squares(double[] residuals, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += residuals[i] * residuals[i];
        }
        return sum;
    }
}
