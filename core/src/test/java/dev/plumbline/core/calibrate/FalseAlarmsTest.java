package dev.plumbline.core.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.stats.distribution.Proportion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FalseAlarmsTest {
    private static final FalseAlarms ALARMS = new FalseAlarms(
            List.of(Map.of(1, 0.03, 2, 0.2), Map.of(), Map.of(2, 0.05), Map.of(1, 0.04), Map.of(0, 0.9)));

    @Test
    void the_alarms_of_replayed_runs_are_theirs_whether_they_close_the_gate_or_not() {
        List<ReplayedRun> runs =
                List.of(new ReplayedRun(Map.of(2, 0.1), true), new ReplayedRun(Map.of(0, 0.03), false));

        assertThat(FalseAlarms.of(runs)).isEqualTo(new FalseAlarms(List.of(Map.of(2, 0.1), Map.of(0, 0.03))));
    }

    @Test
    void runs_with_any_are_counted_once() {
        assertThat(ALARMS.share()).isEqualTo(new Proportion(4, 5));
        assertThat(ALARMS.without(Set.of(2, 0)).share()).isEqualTo(new Proportion(2, 5));
        assertThat(ALARMS.without(Set.of(0, 1, 2)).share()).isEqualTo(new Proportion(0, 5));
    }

    @Test
    void the_most_frequent_is_the_first_of_equal_ones_that_is_not_excepted() {
        assertThat(ALARMS.mostFrequent(Set.of())).hasValue(1);
        assertThat(ALARMS.mostFrequent(Set.of(1))).hasValue(2);
        assertThat(ALARMS.mostFrequent(Set.of(1, 2))).hasValue(0);
        assertThat(ALARMS.mostFrequent(Set.of(0, 1, 2))).isEmpty();
    }

    @Test
    void a_series_has_so_many_and_a_largest() {
        assertThat(ALARMS.of(2)).isEqualTo(2);
        assertThat(ALARMS.largest(2)).isEqualTo(0.2);
        assertThat(ALARMS.of(7)).isZero();
        assertThat(ALARMS.largest(7)).isZero();
        assertThat(ALARMS.without(Set.of(2)).of(2)).isZero();
        assertThat(ALARMS.without(Set.of(2)).of(1)).isEqualTo(2);
    }
}
