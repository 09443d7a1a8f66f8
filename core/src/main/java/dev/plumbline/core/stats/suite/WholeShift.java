package dev.plumbline.core.stats.suite;

import dev.plumbline.core.stats.sample.Selection;
import java.util.Arrays;

/**
 * The common change of all series in a run.
 *
 * @param shift by how much all moved alike
 * @param lasting the number of runs right before the judged ones that show it too; none where these are of another
 *     branch
 * @param worse the evidence that the whole suite is worse
 * @param better the evidence that it is better
 */
public record WholeShift(double shift, int lasting, ShiftEvidence worse, ShiftEvidence better) {
    /** No more than this share of the series may stay where it was when the whole suite has moved. */
    private static final double UNMOVED = 0.35;

    /** The others moved by this share of it at least. */
    private static final double MOVED = 0.65;

    /** In a suite of fewer series than these no quiet one may stay where it was. */
    private static final int FEW = 6;

    /** A run before that lies this share of it off, or more, shows it too. */
    private static final double LASTS = 0.5;

    private static final int LEAST_ALIKE = 2;

    /**
     * Fewer runs than these before the judged ones do not show how much the suite varies as a whole. The prior of the
     * limit accounts for the weak evidence of few runs.
     */
    private static final int LEAST_RUNS = 4;

    private static final int ALIKE_RUNS = 60;
    private static final double QUIETER = 0.97;

    static final WholeShift NONE = new WholeShift(0, 0, ShiftEvidence.NONE, ShiftEvidence.NONE);

    /** All series as one: what all have alike beside the factors where that was quieter, or the median of all. */
    static WholeShift of(Column[] columns, double[] alike, double[] margins, int[] windows, int runs, int judgedFrom) {
        if (columns.length < LEAST_ALIKE || judgedFrom == runs) {
            return WholeShift.NONE;
        }
        double[] medians = medians(columns, runs);
        double[] chosen = isQuieter(alike, medians, judgedFrom) ? alike : medians;
        int judged = 0;
        for (int run = judgedFrom; run < runs; run++) {
            judged += Double.isNaN(chosen[run]) ? 0 : 1;
        }
        boolean isAlone = Arrays.stream(columns).anyMatch(column -> column.isAlone);
        double[] ascending = margins.clone();
        Arrays.sort(ascending);
        double margin = SortedWindow.middle(ascending, ascending.length);
        Column[] one = {Column.of(chosen, judged, 0, isAlone).aroundZero()};
        SuiteScan scan =
                new SuiteScan(one, new Residuals[] {Residuals.of(one[0].values)}, new double[] {margin}, windows, runs);
        if (judged == 0 || one[0].candidate < LEAST_RUNS) {
            return WholeShift.NONE;
        }
        double sum = 0;
        for (int i = one[0].candidate; i < one[0].values.length; i++) {
            sum += one[0].values[i];
        }
        double shift = sum / judged;
        if (!haveMoved(columns, shift)) {
            return WholeShift.NONE;
        }
        return new WholeShift(
                shift,
                isAlone ? 0 : lasting(chosen, judgedFrom, shift, windows[windows.length - 1] - judged),
                new Limits(scan, 0, windows, 1, wholeShares(windows)).strongest(scan.judged(0, 0)),
                new Limits(scan, 1, windows, 1, wholeShares(windows)).strongest(scan.judged(1, 0)));
    }

    /** The number of newest runs before the judged ones, no more than these, that lie where the judged ones do. */
    private static int lasting(double[] values, int judgedFrom, double shift, int most) {
        int runs = 0;
        for (int run = judgedFrom - 1; run >= 0 && runs < most; run--) {
            if (!Double.isNaN(values[run])) {
                if (values[run] / shift < LASTS) {
                    break;
                }
                runs++;
            }
        }
        return runs;
    }

    /**
     * Whether nearly two thirds of the series moved by two thirds of a shift at least, and of those that are quiet
     * beside it as many by half of it, in a small suite all: where a few moved far, or were loud by chance, the middle
     * of all moves too, and no other series should be called for that.
     */
    private static boolean haveMoved(Column[] columns, double shift) {
        double[] moved = moved(columns, shift);
        if (moved.length == 0 || moved[(int) (UNMOVED * moved.length)] < MOVED * Math.abs(shift)) {
            return false;
        }
        // in nearly every healthy run that was all
        Column[] quiet =
                Arrays.stream(columns).filter(column -> isQuiet(column, shift)).toArray(Column[]::new);
        double[] ofQuiet = moved(quiet, shift);
        if (ofQuiet.length == 0 || moved.length >= FEW && ofQuiet.length < FEW) {
            return true;
        }
        int unmoved = moved.length < FEW ? 0 : (int) (UNMOVED * ofQuiet.length);
        return ofQuiet[unmoved] >= LASTS * Math.abs(shift);
    }

    /** The distances of the judged values of each series in the direction of a shift, ascending. */
    private static double[] moved(Column[] columns, double shift) {
        double[] moved = new double[columns.length];
        int count = 0;
        for (Column column : columns) {
            double sum = 0;
            int judged = 0;
            for (int i = column.candidate; i < column.values.length; i++) {
                if (!Double.isNaN(column.residuals[i])) {
                    sum += column.residuals[i];
                    judged++;
                }
            }
            if (judged > 0) {
                moved[count++] = Math.signum(shift) * sum / judged;
            }
        }
        double[] ascending = Arrays.copyOf(moved, count);
        Arrays.sort(ascending);
        return ascending;
    }

    /** Whether a series is known to vary by less than a quarter of a shift: what it shows is no chance. */
    private static boolean isQuiet(Column column, double shift) {
        SortedWindow known = new SortedWindow(ALIKE_RUNS);
        for (int i = Math.max(0, column.candidate - ALIKE_RUNS); i < column.candidate; i++) {
            if (!Double.isNaN(column.residuals[i])) {
                known.add(column.residuals[i]);
            }
        }
        return known.size() >= LEAST_RUNS && known.deviation() < Math.abs(shift) / 4;
    }

    /**
     * Whether one estimate of the shift common to all series exists for the newest run, and was less noisy than another
     * in earlier runs.
     */
    private static boolean isQuieter(double[] one, double[] other, int judgedFrom) {
        SortedWindow ofOne = new SortedWindow(ALIKE_RUNS);
        SortedWindow ofOther = new SortedWindow(ALIKE_RUNS);
        for (int run = 0; run < judgedFrom; run++) {
            if (!Double.isNaN(one[run]) && !Double.isNaN(other[run])) {
                ofOne.add(one[run]);
                ofOther.add(other[run]);
            }
        }
        for (int run = judgedFrom; run < one.length; run++) {
            if (Double.isNaN(one[run]) && !Double.isNaN(other[run])) {
                return false;
            }
        }
        return ofOne.size() >= Column.LEVEL && ofOne.deviation() < QUIETER * ofOther.deviation();
    }

    static double[] medians(Column[] columns, int runs) {
        // a suite may have many more runs than each of its series: their residuals are dealt to the runs
        int[] end = new int[runs + 1];
        for (Column column : columns) {
            for (int i = 0; i < column.at.length; i++) {
                end[column.at[i] + 1] += Double.isNaN(column.residuals[i]) ? 0 : 1;
            }
        }
        for (int run = 0; run < runs; run++) {
            end[run + 1] += end[run];
        }
        double[] dealt = new double[end[runs]];
        for (Column column : columns) {
            for (int i = 0; i < column.at.length; i++) {
                if (!Double.isNaN(column.residuals[i])) {
                    dealt[end[column.at[i]]++] = column.residuals[i];
                }
            }
        }
        double[] medians = new double[runs];
        double[] row = new double[columns.length];
        int from = 0;
        for (int run = 0; run < runs; run++) {
            int count = end[run] - from;
            System.arraycopy(dealt, from, row, 0, count);
            medians[run] = count < LEAST_ALIKE ? Double.NaN : Selection.median(row, count);
            from = end[run];
        }
        return medians;
    }

    /**
     * The shares of the error rate by window: a machine that is slow for one run is common; a shift that lasts for
     * three is worth reporting.
     */
    private static double[] wholeShares(int... windows) {
        return Arrays.stream(windows)
                .mapToDouble(window -> window == 1 ? 0.25 : window == 2 ? 0.5 : window <= 4 ? 1 : 0.5)
                .toArray();
    }
}
