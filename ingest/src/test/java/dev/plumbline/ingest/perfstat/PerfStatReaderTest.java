package dev.plumbline.ingest.perfstat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerfStatReaderTest {
    private static String text(String title, String lines) {
        return "\n Performance counter stats for " + title + ":\n\n" + lines + "\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "      1,234,567      cycles:u     #  1.2 GHz    (75.00%) | cycles:u |  | 1234567",
                "      1.234.567      instructions | instructions |  | 1234567",
                "      1 234 567      branches | branches |  | 1234567",
                "        1'234        page-faults | page-faults |  | 1234",
                "          12.50 msec task-clock | task-clock | msec | 12.5",
                "          12,50 msec task-clock | task-clock | msec | 12.5",
                "       0.001234567 seconds time elapsed | time | s | 0.001234567",
                "       0,001234567 seconds time elapsed | time | s | 0.001234567",
                "       0.500000000 seconds user | user | s | 0.5",
                "          25.50 Joules power/energy-pkg/ | power/energy-pkg/ | Joules | 25.5"
            })
    void every_event_is_a_metric_in_the_numbers_of_any_country(String line, String metric, String unit, String value)
            throws IOException {
        assertThat(Gathered.of("stat.txt", text("'sort big'", line)).rows())
                .containsExactly("sort big | " + metric + " | " + (unit == null ? "" : unit) + " | lower | " + value);
    }

    @Test
    void the_deviation_of_repeated_runs_follows_from_the_error_of_the_mean() throws IOException {
        Gathered gathered = Gathered.of(
                "stat.txt",
                text(
                        "'sort' (25 runs)",
                        "     1,000      cycles        ( +-  2.00% )\n     2.0 +- 0.1 seconds time elapsed  ( +-  5.00% )"));

        assertThat(gathered.summary("sort", "cycles").count()).isEqualTo(25);
        assertThat(gathered.summary("sort", "cycles").standardDeviation()).hasValue(100);
    }

    @Test
    void events_that_were_not_counted_are_passed_over() throws IOException {
        Gathered gathered = Gathered.of(
                "stat.txt",
                text("'sort'", "     <not counted>      cycles\n     <not supported>      dTLB\n   7   faults"));

        assertThat(gathered.rows()).containsExactly("sort | faults |  | lower | 7");
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void two_reports_are_two_benchmarks_and_intervals_are_added_up() throws IOException {
        Gathered reports = Gathered.of("stat.txt", text("'a'", "   7   faults") + text("'b'", "   9   faults"));
        Gathered intervals = Gathered.of("stat.csv", """
                # started on Sun Nov 29 04:00:00 2026

                1.000,100,,cycles,1000,100.00,,
                2.000,150,,cycles,1000,100.00,,
                2.000,<not counted>,,faults,0,0.00,,
                """);

        assertThat(reports.rows()).containsExactly("a | faults |  | lower | 7", "b | faults |  | lower | 9");
        assertThat(intervals.rows()).containsExactly("perf stat | cycles |  | lower | 250");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "12.5,msec,task-clock,1000,100.00,,! task-clock ! msec ! 12.5",
                "1234;;cycles;1000;100.00;;! cycles !  ! 1234",
                "1234|msec|cycles|0.50%|1000|100.00||! cycles ! msec ! 1234"
            })
    void separators_of_every_kind_are_understood(String line, String metric, String unit, String value)
            throws IOException {
        assertThat(Gathered.of("stat.csv", line + "\n").rows())
                .containsExactly("perf stat | " + metric + " | " + (unit == null ? "" : unit) + " | lower | " + value);
    }

    @Test
    void json_with_decimal_commas_that_is_no_json_is_read() throws IOException {
        Gathered gathered = Gathered.of("stat.json", """
                {"counter-value" : "1234,500000", "unit" : "msec", "event" : "task-clock", "event-runtime" : 1, "pcnt-running" : 100,00}
                {"counter-value" : "<not counted>", "unit" : "", "event" : "cycles", "event-runtime" : 0, "pcnt-running" : 0,00}
                """);

        assertThat(gathered.rows()).containsExactly("perf stat | task-clock | msec | lower | 1234.5");
    }
}
