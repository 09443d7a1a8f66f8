package dev.plumbline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

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
}
