package dev.plumbline.core.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.Location;
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
        Series healthy =
                WatchedHistory.of(worse().series(), checkedFrom(20), MARGIN).series();

        assertThat(healthy.points()).hasSize(30);
    }

    @Test
    void what_was_there_before_the_first_check_is_the_past() {
        Series series = worse().series();

        assertThat(WatchedHistory.of(series, checkedFrom(40), MARGIN).series()).isSameAs(series);
        assertThat(WatchedHistory.of(series, Set.of(), MARGIN).series()).isSameAs(series);
    }

    @Test
    void an_improvement_is_no_matter() {
        Series series = new Histories.Maker(1, 0.005).runs(30, 100).runs(20, 94).series();

        assertThat(WatchedHistory.of(series, checkedFrom(0), MARGIN).series()).isSameAs(series);
    }

    @Test
    void runs_count_again_when_the_level_has_come_back() {
        Series healthy = WatchedHistory.of(worse().runs(20, 100).series(), checkedFrom(20), MARGIN)
                .series();

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

        assertThat(WatchedHistory.of(series, checkedFrom(10), MARGIN).series().points())
                .hasSize(30);
    }

    @Test
    void an_empty_history_stays_one() {
        Series series = new Histories.Maker(1, 0).series();

        assertThat(WatchedHistory.of(series, Set.of("x"), MARGIN).series()).isSameAs(series);
    }

    @Test
    void noise_that_hides_a_change_for_the_worse_does_not_let_the_level_creep() {
        for (double shift : new double[] {1.03, 1.05, 1.10}) {
            Series series = new Histories.Maker(7, 0.2)
                    .runs(40, 100)
                    .runs(200, 100 * shift)
                    .series();
            double anchor = Location.median(Arrays.copyOf(series.values(), 40));

            Series healthy = WatchedHistory.of(series, checkedFrom(40), MARGIN).series();

            assertThat(Location.median(healthy.values()) / anchor - 1)
                    .as("against %s", shift)
                    .isLessThanOrEqualTo(MARGIN / 2);
            assertThat(healthy.points().size()).isGreaterThanOrEqualTo(40);
        }
    }

    @Test
    void the_first_ten_runs_are_the_anchor_where_checks_were_watching_from_the_beginning() {
        Histories.Maker maker = new Histories.Maker(3, 0.004);
        for (int i = 0; i < 60; i++) {
            maker.runs(1, 100 * Math.pow(1.0008, i));
        }
        Series series = maker.series();

        Series healthy = WatchedHistory.of(series, checkedFrom(0), MARGIN).series();

        double anchor = Location.median(Arrays.copyOf(series.values(), 10));
        assertThat(healthy.points().size()).isBetween(10, 50);
        assertThat(Location.median(healthy.values()) / anchor - 1).isLessThanOrEqualTo(MARGIN / 2);
    }
}
