package dev.plumbline.ingest.gbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the three layouts of Google Benchmark have in common. */
class GoogleBenchmarkLayoutsTest {
    private static String json(String entries) {
        return "{\"context\": {\"date\": \"2024-02-03T04:05:06+01:00\", \"num_cpus\": 8, \"host_name\": \"bench\","
                + " \"library_build_type\": \"release\", \"load_avg\": [1.5, 2], \"caches\": [{\"type\": \"Data\", \"level\": 1,"
                + " \"size\": 32768, \"num_sharing\": 2}]}, \"benchmarks\": [\n" + entries + "]}";
    }

    private static final String CSV_HEAD =
            "name,iterations,real_time,cpu_time,time_unit,bytes_per_second,items_per_second,label,error_occurred,error_message,\"hits\"\n";

    @Test
    void the_context_is_the_machine_and_the_time() throws IOException {
        Gathered gathered = Gathered.of("b.json", json("{\"name\": \"BM_a/8\", \"real_time\": 1, \"cpu_time\": 1}"));

        assertThat(gathered.header().measuredAt()).contains(Instant.parse("2024-02-03T03:05:06Z"));
        assertThat(gathered.header().environment().facts())
                .containsEntry("cores", "8")
                .containsEntry("caches", "L1 Data 32768 B shared by 2")
                .containsEntry("info.host", "bench")
                .containsEntry("info.load", "1.5 2");
        assertThat(gathered.header().context()).containsEntry("library_build_type", "release");
    }

    @Test
    void repetitions_are_one_sample_and_aggregates_count_only_without_them() throws IOException {
        String mean =
                "{\"name\": \"BM_a_mean\", \"run_name\": \"BM_a\", \"run_type\": \"aggregate\", \"aggregate_name\": \"mean\","
                        + " \"real_time\": 7, \"cpu_time\": 6, \"time_unit\": \"us\"},\n";
        String deviation = mean.replace("mean", "stddev").replace("7", "0.5");
        String raw =
                "{\"name\": \"BM_a\", \"run_name\": \"BM_a\", \"run_type\": \"iteration\", \"real_time\": 1, \"cpu_time\": 1,"
                        + " \"time_unit\": \"us\", \"iterations\": 9},\n";
        String last = "{\"name\": \"BM_z\", \"real_time\": 1}";

        Gathered all = Gathered.of(
                "b.json", json(raw + raw.replace("real_time\": 1", "real_time\": 3") + mean + deviation + last));
        Gathered stated = Gathered.of("b.json", json(mean + deviation + last));

        assertThat(all.groups("BM_a", "real_time")).containsExactly(List.of(1.0, 3.0));
        assertThat(stated.summary("BM_a", "real_time").location()).isEqualTo(7);
        assertThat(stated.summary("BM_a", "real_time").standardDeviation()).hasValue(0.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BM_a,10,1.5,1.4,ms,,,,,,  | real_time | ms | lower | 1.5",
                "BM_a,10,1.5,1.4,ms,1e6,,,,, | bytes_per_second | B/s | higher | 1000000",
                "BM_a,10,1.5,1.4,ms,,250,,,, | items_per_second | items/s | higher | 250",
                "BM_a,10,1.5,1.4,ms,,,,,,0.5 | hits |  | higher | 0.5"
            })
    void the_csv_has_the_metrics_of_the_json(String row, String metric, String unit, String better, String value)
            throws IOException {
        assertThat(Gathered.of("b.csv", CSV_HEAD + row + "\n").rows())
                .contains("BM_a | " + metric + " | " + (unit == null ? "" : unit) + " | " + better + " | " + value);
    }

    @Test
    void errors_short_rows_and_numbers_that_are_none_are_reported_with_their_line() throws IOException {
        Gathered gathered = Gathered.of("b.csv", CSV_HEAD + """
                BM_a,,,,,,,,true,"no ""luck""\",
                BM_b,10
                BM_c,10,fast,1.4,ms,,,,,,
                BM_d,10,nan,1.4,ms,,,,,,
                BM_e,10,-1,1.4,ms,,,,,,
                """);

        assertThat(gathered.problems())
                .contains(
                        "b.csv:2: benchmark \"BM_a\" failed: \"no \\\"luck\\\"\"".replace("\\\"", "\""),
                        "b.csv:3: the row has 2 fields, there are 11 columns; it is skipped",
                        "b.csv:4: benchmark \"BM_c\", metric \"real_time\": \"fast\" is no number; it is left out")
                .anyMatch(problem ->
                        problem.startsWith("b.csv:5: benchmark \"BM_d\", metric \"real_time\": no value is a"))
                .anyMatch(problem ->
                        problem.startsWith("b.csv:6: benchmark \"BM_e\", metric \"real_time\": a duration of -1.0"));
    }

    @ParameterizedTest
    @CsvSource({
        "hits=1.5k, 1500",
        "hits=1.5k/s, 1500",
        "hits=2Mi, 2097152",
        "hits=250m, 0.25",
        "hits=7, 7",
        "hits=1.5e3, 1500",
        "hits=3K, 3000"
    })
    void counters_of_the_text_may_have_prefixes(String counter, double value) throws IOException {
        Gathered gathered = Gathered.of("b.txt", """
                2024-02-03T04:05:06+01:00
                Run on (8 X 2400 MHz CPU s)
                Benchmark             Time             CPU   Iterations UserCounters...
                BM_a/8              1.5 us          1.4 us       100000 %s
                """.formatted(counter));

        assertThat(gathered.measurement("BM_a/8", "hits").sample().location()).isEqualTo(value);
        assertThat(gathered.measurement("BM_a/8", "real_time").metric().unit().symbol())
                .isEqualTo("us");
        assertThat(gathered.header().environment().facts())
                .containsEntry("cores", "8")
                .containsEntry("info.mhz", "2400");
    }

    @Test
    void failures_and_skips_of_the_text_are_reported_with_their_message() throws IOException {
        Gathered gathered = Gathered.of("b.txt", """
                Benchmark             Time             CPU   Iterations
                BM_a                  ERROR OCCURRED: 'no luck'
                BM_b                  SKIPPED: 'later'
                BM_c                1.5 us          1.4 us       100000
                """);

        assertThat(gathered.measurements()).hasSize(2);
        assertThat(gathered.problems())
                .containsExactly(
                        "b.txt:2: benchmark \"BM_a\" failed: \"no luck\"",
                        "b.txt:3: benchmark \"BM_b\" was skipped: \"later\"");
    }
}
