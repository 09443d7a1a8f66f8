package dev.plumbline.core.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Series;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchedHistoryTest {
    private static final double MARGIN = 0.02;

    private static Histories.Maker worse() {
        return new Histories.Maker(1, 0.005).runs(30, 100).runs(20, 106);
    }

    private static Set<String> checkedFrom(int index) {
        Set<String> ids = new HashSet<>();
        for (int i = index; i < 200; i++) {
            ids.add("run" + i);
        }
        return ids;
    }

    @Test
    void a_worse_level_that_came_in_under_watch_is_left_out() {
        Series healthy = WatchedHistory.of(worse().series(), checkedFrom(20), MARGIN);

        assertThat(healthy.points()).hasSize(30);
    }

    @Test
    void what_was_there_before_the_first_check_is_the_past() {
        Series series = worse().series();

        assertThat(WatchedHistory.of(series, checkedFrom(40), MARGIN)).isSameAs(series);
        assertThat(WatchedHistory.of(series, Set.of(), MARGIN)).isSameAs(series);
    }

    @Test
    void an_improvement_is_no_matter() {
        Series series = new Histories.Maker(1, 0.005).runs(30, 100).runs(20, 94).series();

        assertThat(WatchedHistory.of(series, checkedFrom(0), MARGIN)).isSameAs(series);
    }

    @Test
    void runs_count_again_when_the_level_has_come_back() {
        Series healthy = WatchedHistory.of(worse().runs(20, 100).series(), checkedFrom(20), MARGIN);

        assertThat(healthy.points()).hasSize(50);
        assertThat(Arrays.stream(healthy.values()).max().orElseThrow()).isLessThan(103);
    }

    @Test
    void going_up_in_small_steps_is_worse_all_the_same() {
        Series series = new Histories.Maker(1, 0.002)
                .runs(30, 100)
                .runs(30, 103)
                .runs(30, 106)
                .runs(30, 104)
                .series();

        assertThat(WatchedHistory.of(series, checkedFrom(10), MARGIN).points()).hasSize(30);
    }

    @Test
    void an_empty_history_stays_one() {
        Series series = new Histories.Maker(1, 0).series();

        assertThat(WatchedHistory.of(series, Set.of("x"), MARGIN)).isSameAs(series);
    }
}
