package dev.plumbline.ingest.timev;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeVerboseReaderTest {
    private static String report(String command, String elapsed) {
        return """
                output of the command
                \tCommand being timed: "%s"
                \tUser time (seconds): 0.50
                \tSystem time (seconds): 0.25
                \tPercent of CPU this job got: 99%%
                \tElapsed (wall clock) time (h:mm:ss or m:ss): %s
                \tMaximum resident set size (kbytes): 2048
                \tMajor (requiring I/O) page faults: 1
                \tMinor (reclaiming a frame) page faults: 90
                \tVoluntary context switches: 3
                \tInvoluntary context switches: 4
                \tExit status: 0
                """.formatted(command, elapsed);
    }

    @ParameterizedTest
    @CsvSource({"0:01.27, 1.27", "1:02.00, 62", "1:02:03, 3723", "100:00:00, 360000"})
    void elapsed_time_is_in_seconds(String written, double seconds) throws IOException {
        assertThat(Gathered.of("time.txt", report("ls", written))
                        .measurement("ls", "time")
                        .sample()
                        .location())
                .isEqualTo(seconds);
    }

    @Test
    void every_line_of_the_report_is_a_metric_that_falls() throws IOException {
        assertThat(Gathered.of("time.txt", report("sort -n \\\"x\\\"", "0:01.00"))
                        .rows())
                .containsExactlyInAnyOrder(
                        "sort -n \\\"x\\\" | time | s | lower | 1",
                        "sort -n \\\"x\\\" | user | s | lower | 0.5",
                        "sort -n \\\"x\\\" | system | s | lower | 0.25",
                        "sort -n \\\"x\\\" | memory | KiB | lower | 2048",
                        "sort -n \\\"x\\\" | major-faults |  | lower | 1",
                        "sort -n \\\"x\\\" | minor-faults |  | lower | 90",
                        "sort -n \\\"x\\\" | voluntary-switches |  | lower | 3",
                        "sort -n \\\"x\\\" | involuntary-switches |  | lower | 4");
    }

    @Test
    void every_start_of_a_command_is_a_group() throws IOException {
        Gathered gathered =
                Gathered.of("time.txt", report("a", "0:01.00") + report("b", "0:09.00") + report("a", "0:03.00"));

        assertThat(gathered.groups("a", "time")).containsExactly(List.of(1.0), List.of(3.0));
        assertThat(gathered.groups("b", "time")).containsExactly(List.of(9.0));
    }

    @Test
    void a_failed_command_and_a_time_that_is_none_are_reported() throws IOException {
        Gathered gathered = Gathered.of(
                "time.txt", "Command exited with non-zero status 2\n" + report("a", "?") + report("b", "0:01.00"));

        assertThat(gathered.problems())
                .containsExactly(
                        "time.txt:1: \"Command exited with non-zero status 2\": its numbers are kept",
                        "time.txt:3: benchmark \"a\", metric \"time\": no value is a finite number; this metric is skipped");
    }
}
