package dev.plumbline.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Positions decide, times place what has none, and no wrong clock moves others. */
class RevisionOrderTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int NONE = -1;

    private static RunInfo run(String commit, int position, int day) {
        return new RunInfo(
                commit,
                new RunHeader(
                        new Revision(
                                commit,
                                "main",
                                Optional.of(START.plusSeconds(day * 86_400L)),
                                position == NONE ? OptionalLong.empty() : OptionalLong.of(position)),
                        Environment.unknown(),
                        Optional.empty(),
                        START,
                        Collections.emptySortedMap()));
    }

    private static List<String> ordered(RunInfo... runs) {
        return ordered(List.of(runs));
    }

    private static List<String> ordered(List<RunInfo> runs) {
        return runs.stream().sorted(RevisionOrder.of(runs)).map(RunInfo::id).toList();
    }

    @Test
    void a_commit_dated_before_its_parent_stays_last_beside_a_run_without_a_position() {
        assertThat(ordered(run("a", NONE, 0), run("d", 3, 0), run("c", 2, 2), run("b", 1, 1)))
                .containsExactly("a", "b", "c", "d");
    }

    @Test
    void what_comes_after_a_misdated_commit_comes_after_it() {
        assertThat(ordered(run("a", NONE, 0), run("b", 1, 1), run("late", 2, 900), run("c", 3, 3), run("d", NONE, 4)))
                .containsExactly("a", "b", "late", "c", "d");
    }

    @Test
    void runs_without_a_position_stand_between_the_others_by_time() {
        assertThat(ordered(run("z", NONE, 9), run("b", 2, 4), run("y", NONE, 2), run("a", 1, 1), run("x", NONE, 0)))
                .containsExactly("x", "a", "y", "b", "z");
    }

    @Test
    void a_further_run_of_a_commit_stands_beside_it_whatever_its_time() {
        RunInfo again = new RunInfo("again", run("b", NONE, 30).header());

        assertThat(ordered(run("a", 1, 1), again, run("b", 2, 2), run("c", 3, 3)))
                .containsExactly("a", "again", "b", "c");
    }

    @Test
    void without_any_position_time_decides() {
        assertThat(ordered(run("b", NONE, 2), run("a", NONE, 1))).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void it_is_an_order_and_keeps_that_of_positions_whatever_the_times(int seed) {
        Random random = new Random(seed);
        List<RunInfo> runs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            runs.add(run("r" + i, random.nextInt(3) == 0 ? NONE : random.nextInt(40), random.nextInt(50)));
        }
        Comparator<RunInfo> order = RevisionOrder.of(runs);
        for (RunInfo one : runs) {
            for (RunInfo two : runs) {
                assertThat(Integer.signum(order.compare(one, two))).isEqualTo(-Integer.signum(order.compare(two, one)));
                for (RunInfo three : runs) {
                    if (order.compare(one, two) <= 0 && order.compare(two, three) <= 0) {
                        assertThat(order.compare(one, three)).isLessThanOrEqualTo(0);
                    }
                }
            }
        }
        Collections.shuffle(runs, random);
        assertThat(runs.stream()
                        .sorted(order)
                        .map(run -> run.header().revision().position())
                        .filter(OptionalLong::isPresent)
                        .map(OptionalLong::getAsLong))
                .isSorted();
    }

    /** @param runs in the order in which they were recorded */
    private static List<String> checked(List<RunInfo> runs, String... checked) {
        Map<String, Long> numbers = new HashMap<>();
        runs.forEach(run -> numbers.put(run.id(), (long) numbers.size()));
        List<RunInfo> shuffled = new ArrayList<>(runs);
        Collections.shuffle(shuffled, new Random(7));
        return shuffled.stream()
                .sorted(RevisionOrder.of(shuffled, new RevisionOrder.Recorded(Set.of(checked), numbers)))
                .map(RunInfo::id)
                .toList();
    }

    private static List<RunInfo> six() {
        return new ArrayList<>(List.of(
                run("a", 1, 1), run("b", 2, 2), run("c", 3, 3), run("d", 4, 4), run("e", 5, 5), run("f", 6, 6)));
    }

    @Test
    void what_a_check_judged_as_the_newest_stays_behind_what_was_there_then() {
        List<RunInfo> runs = six();
        runs.addAll(List.of(run("late1", NONE, -10), run("late2", NONE, -20)));

        assertThat(checked(runs, "late1", "late2")).containsExactly("a", "b", "c", "d", "e", "f", "late1", "late2");
        assertThat(checked(runs, "late1"))
                .as("recorded, and not judged")
                .containsExactly("late2", "a", "b", "c", "d", "e", "f", "late1");
        assertThat(checked(runs)).containsExactly("late2", "late1", "a", "b", "c", "d", "e", "f");
    }

    @Test
    void it_stays_there_whatever_is_recorded_later() {
        List<RunInfo> runs = six();
        runs.addAll(List.of(run("late1", NONE, -10), run("late2", NONE, -20), run("g", 7, 7), run("h", NONE, 8)));

        assertThat(checked(runs, "late1", "late2"))
                .containsExactly("a", "b", "c", "d", "e", "f", "late1", "late2", "g", "h");
        assertThat(checked(runs, "late1", "late2", "h"))
                .containsExactly("a", "b", "c", "d", "e", "f", "late1", "late2", "g", "h");
    }

    @Test
    void what_a_check_judged_inside_the_history_stays_there() {
        List<RunInfo> runs = six();
        runs.set(5, run("f", 6, 8));
        runs.add(run("inside", NONE, 6));

        assertThat(checked(runs, "inside")).containsExactly("a", "b", "c", "d", "e", "inside", "f");
    }

    @Test
    void a_further_run_of_what_was_judged_as_the_newest_stands_beside_it() {
        List<RunInfo> runs = six();
        RunInfo again = new RunInfo("again", run("late1", NONE, -10).header());
        runs.addAll(List.of(run("late1", NONE, -10), run("g", 7, 7), again));

        assertThat(checked(runs, "late1", "again"))
                .containsExactly("a", "b", "c", "d", "e", "f", "late1", "again", "g");
    }

    @Test
    void a_further_run_without_a_position_stands_beside_its_commit_also_when_a_check_judged_it() {
        List<RunInfo> runs = six();
        runs.add(new RunInfo("again", run("b", NONE, 30).header()));

        assertThat(checked(runs, "again"))
                .containsSubsequence("a", "again", "c", "d", "e", "f")
                .hasSize(7);
    }
}
