package dev.plumbline.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IsolationForestTest {
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
        assertThatThrownBy(() -> IsolationForest.withSeed(1).withTrees(0)).isInstanceOf(IllegalArgumentException.class);
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
