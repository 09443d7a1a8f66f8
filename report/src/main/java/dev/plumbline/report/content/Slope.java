package dev.plumbline.report.content;

import dev.plumbline.core.stats.LineOrStep;
import dev.plumbline.core.stats.MannKendall;
import dev.plumbline.core.stats.TheilSen;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.sample.Location;
import java.util.Optional;

/**
 * A line along which values moved around their levels, in addition to the steps.
 *
 * @param middle of the line in parts of the level: that may be of more values than the line is
 * @param rise from the first value to the last, in parts of the middle
 * @param low the lower end of its 95 % interval
 * @param high the upper end
 */
public record Slope(double middle, double rise, double low, double high) {
    private static final double CONFIDENCE = 0.95;

    /** Chance makes such a line once in a thousand series. */
    private static final double CHANCE = 0.001;

    private static final int LEAST_VALUES = 20;

    /** All pairs of more would take long. */
    private static final int MOST_VALUES = 200;

    /** Half of a rise is taken off the level at one end; there is nothing left of it with a rise of 2. */
    private static final double STEEPEST = 1.9;

    /**
     * The line through values, by ranks and robustly: significant by Mann and Kendall's test with correction for
     * autocorrelation, as steep as Theil and Sen's estimate, and far likelier than one step.
     *
     * @param residuals from their level in parts of it, in order; at least {@value #LEAST_VALUES}, or there is none
     */
    static Optional<Slope> of(double[] residuals) {
        double[] values = Location.means(residuals, MOST_VALUES);
        if (values.length < LEAST_VALUES || MannKendall.leastPValue(values) >= CHANCE) {
            return Optional.empty();
        }
        TheilSen.Tested tested = TheilSen.tested(values, CONFIDENCE);
        MannKendall.Result signs = tested.signs();
        TheilSen.Result line = tested.line();
        int length = values.length - 1;
        double rise = line.slope() * length;
        double centre = Location.median(values);
        double middle = 1 + centre;
        return signs.pValue() < CHANCE
                        && Math.abs(rise) < STEEPEST * middle
                        && LineOrStep.isLine(values, centre - rise / 2, centre + rise / 2)
                ? Optional.of(new Slope(
                        middle,
                        rise / middle,
                        line.interval().low() * length / middle,
                        line.interval().high() * length / middle))
                : Optional.empty();
    }

    /** From the level at the beginning of the line to that at its end, relative. */
    public double change() {
        return change(rise);
    }

    private static double change(double rise) {
        return rise / (1 - rise / 2);
    }

    /** The change of a level that steps moved too. */
    double with(double steps) {
        return (1 + steps) * (1 + change()) - 1;
    }

    /** The interval of that: each end with its own, as if they were wrong in the same direction. */
    Interval with(Interval steps) {
        return new Interval(
                (1 + steps.low()) * (1 + change(clamped(low))) - 1,
                (1 + steps.high()) * (1 + change(clamped(high))) - 1,
                CONFIDENCE);
    }

    private static double clamped(double rise) {
        return Math.max(-STEEPEST, Math.min(STEEPEST, rise));
    }

    /** The level at the beginning of the line, as a share of the level. */
    double begin() {
        return middle * (1 - rise / 2);
    }

    /** The same at the end. */
    double end() {
        return middle * (1 + rise / 2);
    }
}
