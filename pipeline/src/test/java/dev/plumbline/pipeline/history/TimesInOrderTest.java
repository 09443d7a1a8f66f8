package dev.plumbline.pipeline.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** When the runs of a history were, whatever their clocks showed. */
class TimesInOrderTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static RunInfo run(int index, int hour) {
        Instant time = START.plusSeconds(3600L * hour);
        Revision revision =
                new Revision("c" + index, Revision.DEFAULT_BRANCH, Optional.of(time), OptionalLong.of(index + 1L));
        return new RunInfo(
                "run" + index, new RunHeader(revision, Environment.unknown(), Optional.empty(), time, new TreeMap<>()));
    }

    private static List<Long> hours(int... dated) {
        List<RunInfo> runs = new ArrayList<>();
        for (int hour : dated) {
            runs.add(run(runs.size(), hour));
        }
        TimesInOrder times = new TimesInOrder(runs);
        return runs.stream()
                .map(run -> (times.of(run).getEpochSecond() - START.getEpochSecond()) / 3600)
                .toList();
    }

    @Test
    void runs_in_order_keep_their_dates() {
        assertThat(hours(0, 1, 2, 2, 9)).containsExactly(0L, 1L, 2L, 2L, 9L);
    }

    @Test
    void a_run_that_is_dated_long_before_its_predecessors_was_no_earlier_than_they() {
        assertThat(hours(100, 101, 102, 103, 104, 3)).containsExactly(100L, 101L, 102L, 103L, 104L, 102L);
    }

    @Test
    void one_date_in_the_future_moves_no_other_run() {
        assertThat(hours(0, 1, 9000, 2, 3, 4, 5)).containsExactly(0L, 1L, 9000L, 2L, 3L, 4L, 5L);
    }

    @Test
    void a_run_of_another_history_has_its_own_date_and_no_run_is_no_mistake() {
        RunInfo other = run(7, 70);

        assertThat(new TimesInOrder(List.of()).of(other)).isEqualTo(other.time());
        assertThat(new TimesInOrder(List.of(run(0, 80))).of(other)).isEqualTo(other.time());
    }
}
