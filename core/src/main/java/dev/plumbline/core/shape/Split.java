package dev.plumbline.core.shape;

/**
 * Values cut in two at a place, each side with a level and a deviation of its own or in common, fitted by iterated
 * weights (the maximum likelihood of Student's t as Lange, Little and Taylor 1989 find it).
 *
 * @param cut index of the first value of the second side
 * @param logLikelihood natural logarithm
 */
record Split(
        int cut, double before, double after, double deviationBefore, double deviationAfter, double logLikelihood) {
    private static final int ITERATIONS = 8;
    private static final double BOUND = 4;
    private static final double CONVERGED = 0.01;

    /** What the sides have in common. */
    enum Common {
        LEVEL,
        DEVIATION,
        BOTH,
        NOTHING
    }

    /**
     * The likeliest one.
     *
     * @param cut between 1 and one less than there are values; any where both are common
     * @param floor the smallest deviation that is believed
     */
    static Split at(double[] x, int cut, Tails tails, Common common, double floor) {
        boolean oneLevel = common == Common.LEVEL || common == Common.BOTH;
        boolean oneDeviation = common == Common.DEVIATION || common == Common.BOTH;
        double[] level = {mean(x, 0, cut), mean(x, cut, x.length)};
        double[] squares = {
            Math.max(floor * floor, around(x, 0, cut, level[0]) / cut),
            Math.max(floor * floor, around(x, cut, x.length, level[1]) / (x.length - cut))
        };
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double[] weights = new double[2];
            double[] sums = new double[2];
            double[] spreads = new double[2];
            for (int side = 0; side < 2; side++) {
                for (int i = side * cut; i < (side == 0 ? cut : x.length); i++) {
                    double off = x[i] - level[side];
                    double weight = tails.weight(off * off / squares[side]);
                    weights[side] += weight;
                    sums[side] += weight * off;
                    spreads[side] += weight * off * off;
                }
            }
            double[] mean = {level[0] + sums[0] / weights[0], level[1] + sums[1] / weights[1]};
            if (oneLevel) {
                double first = weights[0] / squares[0];
                double second = weights[1] / squares[1];
                double both = (mean[0] * first + mean[1] * second) / (first + second);
                mean[0] = both;
                mean[1] = both;
            }
            double moved = 0;
            for (int side = 0; side < 2; side++) {
                double by = mean[side] - level[side];
                // the weighted squares around the level that moved, with the weights before it moved
                spreads[side] += by * (by * weights[side] - 2 * sums[side]);
                level[side] = mean[side];
                moved = Math.max(moved, Math.abs(by) / Math.sqrt(squares[side]));
            }
            double first = spreads[0] / cut;
            double second = spreads[1] / (x.length - cut);
            if (oneDeviation) {
                first = (spreads[0] + spreads[1]) / x.length;
                second = first;
            }
            first = Math.max(floor * floor, first);
            second = Math.max(floor * floor, second);
            moved = Math.max(moved, Math.max(Math.abs(first / squares[0] - 1), Math.abs(second / squares[1] - 1)));
            squares[0] = first;
            squares[1] = second;
            if (moved < CONVERGED) {
                break;
            }
        }
        double before = Math.sqrt(squares[0]);
        double after = Math.sqrt(squares[1]);
        return new Split(
                cut,
                level[0],
                level[1],
                before,
                after,
                tails.logLikelihood(x, 0, cut, level[0], before)
                        + tails.logLikelihood(x, cut, x.length, level[1], after));
    }

    /** How far the values lie from the levels, in deviations of their side; a value far out counts as four. */
    double[] sizes(double[] x) {
        double[] sizes = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double off = i < cut ? (x[i] - before) / deviationBefore : (x[i] - after) / deviationAfter;
            sizes[i] = Math.min(BOUND, Math.abs(off));
        }
        return sizes;
    }

    private static double mean(double[] x, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += x[i];
        }
        return sum / (to - from);
    }

    private static double around(double[] x, int from, int to, double level) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (x[i] - level) * (x[i] - level);
        }
        return sum;
    }
}
