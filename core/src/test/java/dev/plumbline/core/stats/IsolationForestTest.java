package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IsolationForestTest {
    private static final double EULER = 0.5772156649015329;

    @Test
    void a_row_far_from_all_others_has_the_highest_score() {
        double[][] rows = rows(1, 200);
        rows[77] = new double[] {9, 9, 9};

        double[] scores = IsolationForest.withSeed(5).scores(rows);

        for (int i = 0; i < scores.length; i++) {
            if (i != 77) {
                assertThat(scores[i]).as("row %d", i).isLessThan(scores[77]);
            }
        }
        assertThat(scores[77]).isGreaterThan(0.7);
    }

    @Test
    void the_same_seed_gives_the_same_scores() {
        double[][] rows = rows(2, 300);

        assertThat(IsolationForest.withSeed(7).scores(rows))
                .isEqualTo(IsolationForest.withSeed(7).scores(rows));
        assertThat(IsolationForest.withSeed(7).scores(rows))
                .isNotEqualTo(IsolationForest.withSeed(8).scores(rows));
    }

    @Test
    void equal_rows_are_all_usual() {
        double[] scores = IsolationForest.withSeed(1).scores(new double[50][3]);

        // no cut parts them: every depth is that of an unsuccessful search, and 2^-1 is a half
        for (double score : scores) {
            assertThat(score).isCloseTo(0.5, within(1e-12));
        }
    }

    @Test
    void one_row_or_rows_without_columns_are_a_half() {
        assertThat(IsolationForest.withSeed(1).scores(new double[][] {{1, 2}})).containsExactly(0.5);
        assertThat(IsolationForest.withSeed(1).scores(new double[3][0])).containsExactly(0.5, 0.5, 0.5);
        assertThat(IsolationForest.withSeed(1).scores(new double[0][0])).isEmpty();
    }

    @Test
    void the_usual_depth_is_that_of_the_paper() {
        // c(n) = 2 H(n - 1) - 2 (n - 1) / n with H(i) near ln i + 0.5772156649, as Liu et al. give it: c(256) = 10.2448
        assertThat(IsolationForest.usualDepth(256)).isCloseTo(10.2448, within(1e-3));
        assertThat(IsolationForest.usualDepth(2)).isEqualTo(1);
        assertThat(IsolationForest.usualDepth(1)).isZero();
    }

    @Test
    void rows_of_different_lengths_and_missing_numbers_are_refused() {
        assertThatThrownBy(() -> IsolationForest.withSeed(1).scores(new double[][] {{1}, {1, 2}}))
                .hasMessageContaining("1 and 2 columns");
        assertThatThrownBy(() -> IsolationForest.withSeed(1).scores(new double[][] {{1}, {Double.NaN}}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Where rows are set apart by chance alone, a tree's mean depth of each can be worked out. */
    @Test
    void scores_are_those_of_the_mean_numbers_of_cuts() {
        double[] scores = IsolationForest.withSeed(3).withTrees(20_000).scores(new double[][] {{0}, {1}, {3}});

        // the first cut lies below 1 in a third of the trees: then 0 stands alone, else 3; the other two after a second
        double[] depths = {1.0 / 3 + 2 * 2.0 / 3, 2, 2.0 / 3 + 2 * 1.0 / 3};
        double usual = 2 * (Math.log(2) + EULER) - 2 * 2.0 / 3;
        for (int i = 0; i < 3; i++) {
            assertThat(scores[i]).as("row %d", i).isCloseTo(Math.pow(2, -depths[i] / usual), within(0.005));
        }
    }

    /** Each row is so far above all before it that the next cut sets it apart. */
    @Test
    void a_tree_ends_at_the_depth_that_its_number_of_rows_takes_where_cuts_are_even() {
        double[] scores = IsolationForest.withSeed(3).withTrees(50).scores(trace(8));

        // log2 8 = 3 cuts, and the five rows left count as those of an unsuccessful search
        double usual = 2 * (Math.log(7) + EULER) - 2 * 7.0 / 8;
        double left = 3 + 2 * (Math.log(4) + EULER) - 2 * 4.0 / 5;
        double[] depths = {left, left, left, left, left, 3, 2, 1};
        for (int i = 0; i < 8; i++) {
            assertThat(scores[i]).as("row %d", i).isCloseTo(Math.pow(2, -depths[i] / usual), within(1e-12));
        }
    }

    @Test
    void a_column_that_does_not_vary_is_not_cut() {
        double[] one = IsolationForest.withSeed(3).withTrees(50).scores(trace(8));

        for (int column = 0; column < 3; column++) {
            double[][] rows = new double[8][3];
            for (int i = 0; i < 8; i++) {
                rows[i][column] = trace(8)[i][0];
            }
            assertThat(IsolationForest.withSeed(9).withTrees(50).scores(rows)).containsExactly(one, within(1e-12));
        }
    }

    @Test
    void each_tree_takes_rows_of_its_own_and_all_rows_are_sent_down_it() {
        double[] scores =
                IsolationForest.withSeed(3).withTrees(20_000).withSample(8).scores(trace(16));

        // half of the trees have the last row: only there is the one before it not above all others
        double usual = 2 * (Math.log(7) + EULER) - 2 * 7.0 / 8;
        assertThat(scores[15]).isCloseTo(Math.pow(2, -1 / usual), within(1e-12));
        assertThat(scores[14]).isCloseTo(Math.pow(2, -1.5 / usual), within(0.005));
        assertThat(IsolationForest.withSeed(3).withTrees(1).withSample(2).scores(trace(16)))
                .containsOnly(0.5);
    }

    @Test
    void a_forest_of_no_trees_and_a_tree_of_one_row_are_refused() {
        assertThatThrownBy(() -> IsolationForest.withSeed(1).withTrees(0)).hasMessageContaining("not 0");
        assertThatThrownBy(() -> IsolationForest.withSeed(1).withSample(1)).hasMessageContaining("not 1");
    }

    private static double[][] trace(int rows) {
        double[][] trace = new double[rows][1];
        for (int i = 0; i < rows; i++) {
            trace[i][0] = Math.pow(1e15, i);
        }
        return trace;
    }

    private static double[][] rows(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed * 65_537).split();
        double[][] rows = new double[count][3];
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextGaussian();
            }
        }
        return rows;
    }
}
