package dev.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasureChangeTest {
    @Test
    void a_benchmark_is_touched_when_its_name_holds_that_of_a_changed_file() {
        String benchmark = "org.example.RunLengthBenchmark.encode";

        assertThat(MeasureChange.isTouched(benchmark, List.of("src/main/java/org/example/RunLength.java")))
                .isTrue();
        assertThat(MeasureChange.isTouched(benchmark, List.of("RunLengthBenchmark.java")))
                .isTrue();
        assertThat(MeasureChange.isTouched(benchmark, List.of("src/WordCount.java", "README.md")))
                .isFalse();
        assertThat(MeasureChange.isTouched(benchmark, List.of("go", "en.txt", "Test.java")))
                .isFalse();
        assertThat(MeasureChange.isTouched(benchmark, List.of())).isFalse();
    }

    @Test
    void builds_are_part_of_the_budget_but_leave_half_of_it_for_measuring() {
        Duration budget = Duration.ofMinutes(5);

        assertThat(MeasureChange.left(budget, Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(290));
        assertThat(MeasureChange.left(budget, Duration.ofMinutes(4))).isEqualTo(Duration.ofSeconds(150));
        assertThat(MeasureChange.left(budget, Duration.ofMinutes(40))).isEqualTo(Duration.ofSeconds(150));
    }
}
