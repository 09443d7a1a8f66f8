package dev.plumbline.measure.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTailTest {
    @TempDir
    private Path folder;

    @Test
    void a_benchmark_that_throws_is_shown_by_its_exception_and_its_own_frames() throws IOException {
        StringBuilder output = new StringBuilder("""
                # Fork: 1 of 1
                <failure>

                java.lang.ArrayIndexOutOfBoundsException: Index 20000 out of bounds for length 20000
                \tat example.SumBenchmark.sum(SumBenchmark.java:16)
                \tat example.jmh_generated.SumBenchmark_sum_jmhTest.sum_avgt_jmhStub(SumBenchmark_sum_jmhTest.java:190)
                """);
        output.append(
                "\tat java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)\n".repeat(20));
        output.append("\tat org.openjdk.jmh.runner.BenchmarkHandler$BenchmarkTask.call(BenchmarkHandler.java:475)\n");

        assertThat(tail(output.toString())).isEqualTo("""
                :
                # Fork: 1 of 1
                <failure>
                java.lang.ArrayIndexOutOfBoundsException: Index 20000 out of bounds for length 20000
                    at example.SumBenchmark.sum(SumBenchmark.java:16)""");
    }

    @Test
    void only_the_last_lines_are_shown() throws IOException {
        assertThat(tail("line\n".repeat(50))).isEqualTo(":" + "\nline".repeat(12));
    }

    @Test
    void silence_is_said() throws IOException {
        assertThat(tail("\n \n")).isEqualTo(" and printed nothing");
    }

    private String tail(String text) throws IOException {
        return OutputTail.of(Files.writeString(folder.resolve("output"), text));
    }
}
