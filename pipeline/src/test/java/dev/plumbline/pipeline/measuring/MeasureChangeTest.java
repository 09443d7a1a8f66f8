package dev.plumbline.pipeline.measuring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.compare.PairedComparison;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.measure.PairedRounds;
import dev.plumbline.measure.PairedRounds.End;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureChangeTest {
    @Test
    void a_benchmark_is_touched_when_its_name_holds_that_of_a_changed_file() {
        String benchmark = "org.example.RunLengthBenchmark.encode";

        assertThat(FindReached.isNamedLike(benchmark, List.of("src/main/java/org/example/RunLength.java")))
                .isTrue();
        assertThat(FindReached.isNamedLike(benchmark, List.of("RunLengthBenchmark.java")))
                .isTrue();
        assertThat(FindReached.isNamedLike(benchmark, List.of("src/WordCount.java", "README.md")))
                .isFalse();
        assertThat(FindReached.isNamedLike(benchmark, List.of("go", "en.txt", "Test.java")))
                .isFalse();
        assertThat(FindReached.isNamedLike(benchmark, List.of())).isFalse();
    }

    @Test
    void tells_how_much_was_measured_and_whether_it_was_enough() {
        Duration taken = Duration.ofMillis(42_600);

        assertThat(MeasureChange.reported(outcome(List.of(4, 15), End.DONE), true, 500, taken))
                .isEqualTo("measured 4 to 15 pairs of each benchmark in 43 seconds; every benchmark is decided");
        assertThat(MeasureChange.reported(outcome(List.of(7), End.TIME), false, 500, Duration.ofMillis(10)))
                .isEqualTo("measured 7 pairs of the benchmark in 1 second; time ran out before every benchmark"
                        + " was decided");
        assertThat(MeasureChange.reported(outcome(List.of(7), End.DONE), false, 500, taken))
                .isEqualTo("measured 7 pairs of the benchmark in 43 seconds; no main metric needed more, though"
                        + " not every benchmark is decided");
        assertThat(MeasureChange.reported(outcome(List.of(1, 1), End.DONE), false, 1, taken))
                .isEqualTo("measured 1 pair of each benchmark in 43 seconds; reached the maximum");
        assertThat(MeasureChange.reported(outcome(List.of(0), End.STOPPED), false, 500, taken))
                .isEqualTo("measured 0 pairs of the benchmark in 43 seconds; stopped early; judging what was"
                        + " measured");
    }

    @Test
    void what_failed_has_no_answer() {
        assertThat(MeasureChange.reported(outcome(List.of(0), End.DONE, "b: broke"), true, 500, Duration.ofSeconds(9)))
                .isEqualTo("measured 0 pairs of the benchmark in 9 seconds; not everything could be measured");
        assertThat(MeasureChange.reported(outcome(List.of(), End.DONE), true, 500, Duration.ofSeconds(9)))
                .isEqualTo("base and head have no benchmark in common: nothing was measured");
    }

    private static PairedRounds.Outcome outcome(List<Integer> pairs, End end, String... failures) {
        return new PairedRounds.Outcome(
                List.of(), new PairedComparison(Policy.DEFAULT, 1, 4), pairs, List.of(failures), List.of(), end);
    }

    @Test
    void builds_are_part_of_the_budget_but_leave_half_of_it_for_measuring() {
        Duration budget = Duration.ofMinutes(5);

        assertThat(MeasureChange.left(budget, Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(290));
        assertThat(MeasureChange.left(budget, Duration.ofMinutes(4))).isEqualTo(Duration.ofSeconds(150));
        assertThat(MeasureChange.left(budget, Duration.ofMinutes(40))).isEqualTo(Duration.ofSeconds(150));
    }
}
