package dev.plumbline.core.stats.classic;

/** Quantiles of the largest CUSUM statistic of a whole stream of independent standard normal values. */
final class CusumThresholds {
    private static final double[] LENGTHS = {100, 1_000, 10_000, 100_000};
    private static final double[] FALSE_ALARMS = {0.1, 0.05, 0.01};
    // bench: CusumQuantiles 100 200000 1, 1000 50000 2, 10000 10000 3, 100000 2500 4
    private static final double[][] KNOWN = {
        {13.50, 15.05, 18.50}, {18.66, 20.25, 23.72}, {23.58, 25.17, 28.53}, {28.71, 30.31, 34.30}
    };
    private static final double[][] ESTIMATED = {
        {13.47, 14.99, 18.49}, {18.66, 20.28, 23.64}, {23.56, 25.16, 28.72}, {28.74, 30.33, 34.29}
    };

    private CusumThresholds() {}

    static double interpolate(FunctionalCusum.Baseline baseline, long values, double falseAlarms) {
        if (!(values >= 100 && values <= 100_000)) {
            throw new IllegalArgumentException("thresholds are known for 100 to 100,000 values, not " + values);
        }
        if (!(falseAlarms >= 0.01 && falseAlarms <= 0.1)) {
            throw new IllegalArgumentException(
                    "thresholds are known for false alarms of 0.01 to 0.1, not " + falseAlarms);
        }
        double[][] table =
                switch (baseline) {
                    case KNOWN -> KNOWN;
                    case ESTIMATED -> ESTIMATED;
                };
        int row = 0;
        while (row + 2 < LENGTHS.length && values > LENGTHS[row + 1]) {
            row++;
        }
        double share = Math.log(values / LENGTHS[row]) / Math.log(LENGTHS[row + 1] / LENGTHS[row]);
        double low = across(table[row], falseAlarms);
        return low + share * (across(table[row + 1], falseAlarms) - low);
    }

    private static double across(double[] thresholds, double falseAlarms) {
        int column = falseAlarms > FALSE_ALARMS[1] ? 0 : 1;
        double share = Math.log(falseAlarms / FALSE_ALARMS[column])
                / Math.log(FALSE_ALARMS[column + 1] / FALSE_ALARMS[column]);
        return thresholds[column] + share * (thresholds[column + 1] - thresholds[column]);
    }
}
