package dev.plumbline.core.judge.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.RunInfo;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuiteRowsTest {
    private static List<RunInfo> runs(int... numbers) {
        return Arrays.stream(numbers).mapToObj(Trials::run).toList();
    }

    /** The numbers of the runs of each series, oldest first; each has one judged value. */
    private static SuiteRows.Placed placed(int[]... histories) {
        return SuiteRows.place(
                Arrays.stream(histories).map(SuiteRowsTest::runs).toList(),
                IntStream.generate(() -> 1).limit(histories.length).toArray());
    }

    @Test
    void the_same_runs_are_the_same_rows_and_the_judged_ones_come_last() {
        SuiteRows.Placed placed = placed(new int[] {1, 2, 3}, new int[] {1, 2, 3});

        assertThat(placed.count()).isEqualTo(4);
        assertThat(placed.rows()[0]).containsExactly(0, 1, 2, 3);
        assertThat(placed.rows()[1]).containsExactly(0, 1, 2, 3);
    }

    @Test
    void a_run_that_one_series_lacks_is_a_row_of_the_others() {
        SuiteRows.Placed placed = placed(new int[] {1, 2, 3, 4}, new int[] {1, 3}, new int[] {4});

        assertThat(placed.rows()[0]).containsExactly(0, 1, 2, 3, 4);
        assertThat(placed.rows()[1]).containsExactly(0, 2, 4);
        assertThat(placed.rows()[2]).containsExactly(3, 4);
    }

    @Test
    void a_run_that_only_a_later_series_has_goes_between_its_neighbours() {
        SuiteRows.Placed placed = placed(new int[] {1, 4}, new int[] {1, 2, 3, 4}, new int[] {3, 4, 5});

        assertThat(placed.rows()[0]).containsExactly(0, 3, 5);
        assertThat(placed.rows()[1]).containsExactly(0, 1, 2, 3, 5);
        assertThat(placed.rows()[2]).containsExactly(2, 3, 4, 5);
        assertThat(placed.count()).isEqualTo(6);
    }

    @Test
    void series_without_a_run_in_common_keep_their_own_order() {
        SuiteRows.Placed placed = placed(new int[] {1, 2}, new int[] {7, 8, 9});

        for (int[] rows : placed.rows()) {
            assertThat(rows).isSorted().doesNotHaveDuplicates();
            assertThat(rows[rows.length - 1]).isEqualTo(placed.count() - 1);
        }
        assertThat(placed.count()).isEqualTo(6);
    }

    @Test
    void where_series_contradict_each_other_rows_still_ascend() {
        SuiteRows.Placed placed = placed(new int[] {1, 2, 3, 4}, new int[] {4, 3, 2, 1});

        assertThat(placed.rows()[0]).containsExactly(0, 1, 2, 3, 4);
        assertThat(placed.rows()[1]).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void runs_without_names_of_their_own_are_aligned_by_their_age() {
        SuiteRows.Placed placed = placed(new int[] {1, 1, 1}, new int[] {1, 2, 3, 4, 5});

        assertThat(placed.count()).isEqualTo(6);
        assertThat(placed.rows()[0]).containsExactly(2, 3, 4, 5);
        assertThat(placed.rows()[1]).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void judged_values_are_aligned_by_their_ends() {
        SuiteRows.Placed placed = SuiteRows.place(List.of(runs(1, 2), runs(1, 2), runs(1, 2)), new int[] {3, 1, 0});

        assertThat(placed.count()).isEqualTo(5);
        assertThat(placed.rows()[0]).containsExactly(0, 1, 2, 3, 4);
        assertThat(placed.rows()[1]).containsExactly(0, 1, 4);
        assertThat(placed.rows()[2]).containsExactly(0, 1);
    }

    @Test
    void no_series_have_no_rows() {
        assertThat(SuiteRows.place(List.of(), new int[0]).count()).isZero();
        assertThat(placed(new int[] {}).rows()[0]).containsExactly(0);
    }
}
