package dev.plumbline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Formats that are read out of tables and text for people: what the tool printed is what is kept. */
class TextFormatsTest {

    private static Gathered fixture(String name) throws IOException {
        return Gathered.of(Fixtures.file(name));
    }

    @Test
    void jmh_s_table_and_its_csv_file_of_one_run_tell_the_same() throws IOException {
        List<Measurement> csv = fixture("jmh-csv/params-modes-gc.csv").measurements();
        List<Measurement> text = fixture("jmh-text/params-modes-gc.txt").measurements();

        assertThat(text).hasSameSizeAs(csv);
        for (int i = 0; i < csv.size(); i++) {
            Measurement printed = text.get(i);
            Measurement written = csv.get(i);
            // the CSV file has the same empty cell for an empty parameter and for none; the table has N/A for none
            assertThat(printed.benchmark().parameters())
                    .containsAllEntriesOf(written.benchmark().parameters());
            assertThat("dev.plumbline.samples." + printed.benchmark().name())
                    .isEqualTo(written.benchmark().name());
            assertThat(printed.metric()).isEqualTo(written.metric());
            assertThat(printed.sample().location()).isCloseTo(written.sample().location(), within(0.0005000001));
        }
    }

    @Test
    void jmh_csv_has_counts_and_the_interval() throws IOException {
        Sample.Summary hash = (Sample.Summary) fixture("jmh-csv/params-modes-gc.csv")
                .measurement("dev.plumbline.samples.Sample.hash {text=a,b;c=\"d\"}", "throughput")
                .sample();

        assertThat(hash.location()).isEqualTo(22.879341);
        assertThat(hash.count()).isEqualTo(4);
        assertThat(hash.interval()).contains(new Interval(22.879341 - 19.042053, 22.879341 + 19.042053, 0.999));
    }

    @Test
    void jmh_csv_of_a_country_with_decimal_commas_is_understood() throws IOException {
        Gathered gathered = Gathered.of("x.csv", """
            "Benchmark";"Mode";"Threads";"Samples";"Score";"Score Error (99,9%)";"Unit"
            "a.b";"avgt";4;5;"1234,500000";NaN;"ns/op"
            """);

        assertThat(gathered.measurement("a.b {mode=avgt, threads=4}", "time")
                        .sample()
                        .location())
                .isEqualTo(1234.5);
    }

    @Test
    void jmh_s_output_tells_the_jvm() throws IOException {
        assertThat(fixture("jmh-text/all-modes.txt").header().environment().facts())
                .containsEntry("jvm", "OpenJDK 64-Bit Server VM 17.0.21+9-1-deb12u1-Debian")
                .containsEntry("jvm.flags", "-Xmx128m");
    }

    @Test
    void jmh_csv_with_commas_and_points_has_passed_through_another_hand_and_commas_are_not_guessed_at()
            throws IOException {
        Gathered gathered = Gathered.of("x.csv", """
                "Benchmark","Mode","Threads","Samples","Score","Score Error (99.9%)","Unit"
                "o.B.a","avgt",1,5,"1,234",NaN,"ns/op"
                "o.B.b","avgt",1,5,12345.678,NaN,"ns/op"
                "o.B.c","avgt",1,5,7,"1,5","ns/op"
                """);

        assertThat(gathered.measurements())
                .extracting(measurement -> measurement.sample().location())
                .containsExactly(12345.678);
        assertThat(gathered.problems())
                .hasSize(2)
                .first()
                .isEqualTo("x.csv:2: benchmark \"o.B.a\": score is \"1,234\", error is \"NaN\", and the table has"
                        + " numbers with decimal points; this metric is skipped (JMH groups no digits)");
    }

    @Test
    void hyperfine_s_csv_has_its_parameters_and_statistics() throws IOException {
        Sample.Summary seq = (Sample.Summary) fixture("hyperfine-csv/two-parameter-lists.csv")
                .measurement("seq 10 {size=10, tool=seq}", "time")
                .sample();

        assertThat(seq.location()).isEqualTo(0.0007767585666666668);
        assertThat(seq.standardDeviation()).hasValue(0.00011636332588205502);
        assertThat(seq.quantiles()).containsEntry(0.5, 0.0007366109000000002);
    }

    @Test
    void repetitions_of_go_benchmarks_are_one_sample_and_custom_units_are_metrics() throws IOException {
        Gathered gathered = fixture("go-bench/count-five-with-failure.txt");

        assertThat(gathered.measurement("example.org/samples.BenchmarkSort {size=10}", "time")
                        .sample())
                .isEqualTo(Sample.Values.of(Sample.Center.MEDIAN, 514.4, 503.6, 490.5, 2712, 422.9));
        assertThat(gathered.measurement("example.org/samples.BenchmarkSort {size=10}", "hit-rate")
                        .metric()
                        .better())
                .isEqualTo(Better.HIGHER);
        assertThat(gathered.problems())
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("BenchmarkFails"), problem -> assertThat(problem)
                                .contains("unknown direction of \"values/op\"; assuming lower is better"));
        assertThat(gathered.header().environment().facts())
                .containsEntry("cpu", "Intel(R) Xeon(R) Processor")
                .containsEntry("os", "linux");
    }

    @Test
    void go_s_processors_are_a_parameter_and_events_are_put_together() throws IOException {
        assertThat(fixture("go-bench/verbose-two-cpus.txt")
                        .measurement("example.org/samples.BenchmarkJoin {procs=2}", "time")
                        .sample()
                        .location())
                .isEqualTo(4506);
        assertThat(fixture("go-bench/test-events.json")
                        .measurement("example.org/samples.BenchmarkSort {size=10}", "throughput")
                        .sample()
                        .location())
                .isEqualTo(64.03);
    }

    @Test
    void go_s_metadata_of_a_unit_tells_its_direction() throws IOException {
        Gathered gathered =
                Gathered.of("go.txt", "Unit widgets better=higher\nBenchmarkA 1 5 widgets 3 gadgets\nBenchmarkB 1 5\n");

        assertThat(gathered.measurement("BenchmarkA", "widgets").metric().better())
                .isEqualTo(Better.HIGHER);
        assertThat(gathered.measurement("BenchmarkA", "gadgets").metric().better())
                .isEqualTo(Better.LOWER);
        assertThat(gathered.problems())
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .startsWith("go.txt:3: benchmark \"BenchmarkB\": the line breaks off"),
                        problem -> assertThat(problem)
                                .isEqualTo("go.txt:2: unknown direction of \"gadgets\"; assuming lower is better"
                                        + " (set it with a line \"Unit NAME better=higher\")"));
    }

    @Test
    void libtest_s_grouped_digits_and_its_events_are_read() throws IOException {
        assertThat(fixture("libtest/cargo-bench.txt")
                        .measurement("text::join", "time")
                        .sample()
                        .location())
                .isEqualTo(1041.34);
        assertThat(fixture("libtest/cargo-bench.txt")
                        .measurement("text::join", "throughput")
                        .sample()
                        .location())
                .isEqualTo(480);
        assertThat(fixture("libtest/events.json")
                        .measurement("text::empty", "time")
                        .sample()
                        .location())
                .isEqualTo(0.6681828204625637);
    }

    @Test
    void criterion_s_estimates_follow_from_its_samples() throws IOException {
        Measurement sample =
                fixture("criterion/sort_descending/10/new/sample.json").measurement("sort_descending/10", "time");
        Sample.Summary estimates = (Sample.Summary) fixture("criterion/sort_descending/10/new/estimates.json")
                .measurement("sort_descending/10", "time")
                .sample();

        assertThat(sample.sample().location()).isCloseTo(estimates.quantiles().get(0.5), within(1e-9));
        double[] values = ((Sample.Values) sample.sample()).group(0);
        assertThat(Arrays.stream(values).average().orElseThrow()).isCloseTo(estimates.location(), within(1e-9));
    }

    @Test
    void a_value_that_is_no_number_is_told_though_it_is_the_only_one() throws IOException {
        Gathered gathered = Gathered.of("time.txt", """
            \tCommand being timed: "ls"
            \tUser time (seconds): 0,01
            \tMaximum resident set size (kbytes): 2048
            """);

        assertThat(gathered.measurements()).hasSize(1);
        assertThat(gathered.problems())
                .extracting(problem -> problem.toString())
                .singleElement()
                .asString()
                .contains("metric \"user\": no value is a finite number; this metric is skipped");
    }

    @Test
    void criterion_s_file_of_changes_is_refused() {
        assertThatThrownBy(() -> fixture("criterion/join/change/estimates.json"))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("contains only the change between two measurements");
    }

    @Test
    void a_rate_of_criterion_that_is_no_number_is_told_and_the_time_is_read() throws IOException {
        Gathered gathered = Gathered.of("bench.txt", """
                join                    time:   [114.62 ns 175.54 ns 264.11 ns]
                                        thrpt:  [14.858 Melem/s .8.761 Melem/s 225.07 Melem/s]
                """);

        assertThat(gathered.measurement("join", "time").sample().location()).isEqualTo(175.54);
        assertThat(gathered.measurements()).hasSize(1);
        assertThat(gathered.problems())
                .containsExactly("bench.txt:2: benchmark \"join\", metric \"throughput\": is no number; it is skipped");
    }

    @Test
    void what_is_as_long_as_no_unit_is_no_unit_of_criterion() throws IOException {
        Gathered gathered = Gathered.of(
                "bench.txt", "a time: [1.0 ns 2.0 ns 3.0 ns]\nb time: [1.0 " + "n".repeat(200) + " 2.0 ns 3.0 ns]\n");

        assertThat(gathered.measurements())
                .singleElement()
                .satisfies(one -> assertThat(one.benchmark().name()).isEqualTo("a"));
    }

    @Test
    void criterion_s_output_is_read_with_its_interval() throws IOException {
        assertThat(((Sample.Summary) fixture("criterion/console-first.txt")
                                .measurement("sort/descending/1000", "time")
                                .sample())
                        .interval())
                .contains(new Interval(1.0283, 15.144, 0.95));
        Measurement rate =
                fixture("criterion/console-again-with-change.txt").measurement("text/reverse/größe", "throughput");
        assertThat(rate.sample().location()).isEqualTo(30.804);
        assertThat(rate.metric().unit().symbol()).isEqualTo("MiB/s");
        assertThat(rate.metric().better()).isEqualTo(Better.HIGHER);
    }

    @Test
    void files_of_other_projects_are_read_or_refused_for_a_reason() throws IOException {
        for (String folder : List.of("jmh-csv", "go-bench", "cargo-bench", "criterion")) {
            for (Path file : Fixtures.shared("native/" + folder)) {
                if (file.toString().contains("change") || Fixtures.isOpen(file)) {
                    assertThatThrownBy(() -> Gathered.of(file)).isInstanceOf(UnreadableInput.class);
                } else {
                    assertThat(Gathered.of(file).measurements()).as("%s", file).isNotEmpty();
                }
            }
        }
    }
}
