package dev.plumbline.core.stats;

import dev.plumbline.core.stats.distribution.Require;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The isolation of each row of a table (Liu, Ting and Zhou 2008): random trees split random columns at random values,
 * and an outlying row is isolated after few splits. The same seed gives the same scores.
 */
public final class IsolationForest {
    private static final double EULER = 0.5772156649015329;

    private final int trees;
    private final int sample;
    private final long seed;

    private IsolationForest(int trees, int sample, long seed) {
        this.trees = trees;
        this.sample = sample;
        this.seed = seed;
    }

    /** A hundred trees of 256 rows each, as published. */
    public static IsolationForest withSeed(long seed) {
        return new IsolationForest(100, 256, seed);
    }

    /** @param number at least 1 */
    public IsolationForest withTrees(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("a forest has trees, not " + number);
        }
        return new IsolationForest(number, sample, seed);
    }

    /** @param rows in each tree, at least 2 */
    public IsolationForest withSample(int rows) {
        if (rows < 2) {
            throw new IllegalArgumentException("a tree needs two rows, not " + rows);
        }
        return new IsolationForest(trees, rows, seed);
    }

    /**
     * The score of each row, from 0 to 1: about 0.5 for one like the others, towards 1 for one set apart at once. Of
     * fewer than two rows, or of rows without columns, every score is 0.5.
     *
     * @param rows of equal length, finite
     */
    public double[] scores(double[][] rows) {
        for (double[] row : rows) {
            if (row.length != rows[0].length) {
                throw new IllegalArgumentException("rows of " + rows[0].length + " and " + row.length + " columns");
            }
            Require.finite(row, 0, "a row");
        }
        double[] scores = new double[rows.length];
        if (rows.length < 2 || rows[0].length == 0) {
            Arrays.fill(scores, 0.5);
            return scores;
        }
        SplittableRandom random = new SplittableRandom(seed);
        int size = Math.min(sample, rows.length);
        int deepest = (int) Math.ceil(StrictMath.log(size) / StrictMath.log(2));
        double[] depths = new double[rows.length];
        for (int tree = 0; tree < trees; tree++) {
            SplittableRandom own = random.split();
            double[][] taken = taken(rows, size, own);
            int[] all = new int[rows.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = i;
            }
            grow(taken, rows, all, 0, deepest, own, depths);
        }
        double usual = usualDepth(size);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = StrictMath.pow(2, -depths[i] / trees / usual);
        }
        return scores;
    }

    private static double[][] taken(double[][] rows, int size, SplittableRandom random) {
        double[][] shuffled = rows.clone();
        for (int i = 0; i < size; i++) {
            int other = i + random.nextInt(shuffled.length - i);
            double[] swap = shuffled[i];
            shuffled[i] = shuffled[other];
            shuffled[other] = swap;
        }
        return Arrays.copyOf(shuffled, size);
    }

    /** Splits the tree's rows until they are isolated, and passes all rows through the same splits. */
    private static void grow(
            double[][] of,
            double[][] rows,
            int[] sent,
            int depth,
            int deepest,
            SplittableRandom random,
            double[] depths) {
        int column = of.length > 1 && depth < deepest ? cuttable(of, random) : -1;
        if (column < 0) {
            double here = depth + usualDepth(of.length);
            for (int row : sent) {
                depths[row] += here;
            }
            return;
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] row : of) {
            low = Math.min(low, row[column]);
            high = Math.max(high, row[column]);
        }
        double share = random.nextDouble();
        double cut = low * (1 - share) + high * share;
        boolean[] left = {true, false};
        for (boolean side : left) {
            double[][] part =
                    Arrays.stream(of).filter(row -> row[column] <= cut == side).toArray(double[][]::new);
            int[] going = Arrays.stream(sent)
                    .filter(row -> rows[row][column] <= cut == side)
                    .toArray();
            grow(part, rows, going, depth + 1, deepest, random, depths);
        }
    }

    /** A random column whose values differ; -1 when none do. */
    private static int cuttable(double[][] of, SplittableRandom random) {
        int columns = of[0].length;
        int start = random.nextInt(columns);
        for (int i = 0; i < columns; i++) {
            int column = (start + i) % columns;
            for (double[] row : of) {
                if (row[column] != of[0][column]) {
                    return column;
                }
            }
        }
        return -1;
    }

    /** The mean number of cuts of an unsuccessful search in a binary tree, by its number of rows (Preiss 1999). */
    static double usualDepth(int rows) {
        if (rows <= 1) {
            return 0;
        }
        return rows == 2 ? 1 : 2 * (StrictMath.log(rows - 1.0) + EULER) - 2 * (rows - 1.0) / rows;
    }
}
