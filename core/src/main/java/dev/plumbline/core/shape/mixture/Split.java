package dev.plumbline.core.shape.mixture;

/**
 * Values split at a position, each side with a separate or common level and deviation, fitted by iterated weights (the
 * maximum likelihood of Student's t as Lange, Little and Taylor 1989 find it).
 *
 * @param cut index of the first value of the second side
 * @param logLikelihood natural logarithm
 */
public record Split(
        int cut, double before, double after, double deviationBefore, double deviationAfter, double logLikelihood) {
    private static final int ITERATIONS = 8;
    private static final double BOUND = 4;
    private static final double CONVERGED = 0.01;

    /** The parameters that the sides share. */
    public enum Common {
        LEVEL,
        DEVIATION,
        BOTH,
        NOTHING
    }

    /**
     * The likeliest one.
     *
     * @param scores at least two
     * @param cut between 1 and one less than there are values; any where both are common
     * @param floor the lower limit of the deviation
     */
    public static Split at(Sums scores, int cut, Tails tails, Common common, double floor) {
        int size = scores.size();
        int[] counts = {cut, size - cut};
        boolean oneLevel = common == Common.LEVEL || common == Common.BOTH;
        boolean oneDeviation = common == Common.DEVIATION || common == Common.BOTH;
        double[] level = {scores.mean(0, cut), scores.mean(cut, size)};
        double[] squares = {
            Math.max(floor * floor, scores.around(0, cut, level[0]) / cut),
            Math.max(floor * floor, scores.around(cut, size, level[1]) / (size - cut))
        };
        boolean isGrouped = tails.isGrouped(scores);
        Groups[] groups = isGrouped ? new Groups[] {scores.groups(0, cut), scores.groups(cut, size)} : new Groups[0];
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double[] weights = new double[2];
            double[] sums = new double[2];
            double[] spreads = new double[2];
            for (int side = 0; side < 2; side++) {
                Tails.Pull pull = isGrouped
                        ? tails.pull(groups[side], level[side], squares[side])
                        : tails.pull(scores, side * cut, side * cut + counts[side], level[side], squares[side]);
                weights[side] = pull.weights();
                sums[side] = pull.sum();
                spreads[side] = pull.spread();
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
            double second = spreads[1] / (size - cut);
            if (oneDeviation) {
                first = (spreads[0] + spreads[1]) / size;
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
                isGrouped
                        ? tails.logLikelihood(groups[0], level[0], before)
                                + tails.logLikelihood(groups[1], level[1], after)
                        : tails.logLikelihood(scores, 0, cut, level[0], before)
                                + tails.logLikelihood(scores, cut, size, level[1], after));
    }

    /** The distances of the values from the levels, in deviations of their side; an outlier counts as four. */
    public double[] sizes(double[] x) {
        double[] sizes = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double off = i < cut ? (x[i] - before) / deviationBefore : (x[i] - after) / deviationAfter;
            sizes[i] = Math.min(BOUND, Math.abs(off));
        }
        return sizes;
    }
}
