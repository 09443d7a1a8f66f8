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
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tools' own numbers follow from what is kept of their results. */
class BuildAndBrowserFormatsTest {

    private static Gathered fixture(String name) throws IOException {
        return Gathered.of(Fixtures.file(name));
    }

    private static Sample.Values values(Gathered gathered, String label, String metric) {
        return (Sample.Values) gathered.measurement(label, metric).sample();
    }

    @Test
    void google_benchmark_s_text_and_csv_say_the_same_as_its_json_as_far_as_they_are_printed() throws IOException {
        Gathered json = fixture("google-benchmark/all-kinds.json");
        Gathered text = fixture("google-benchmark-text/console.txt");

        assertThat(text.measurements()).hasSameSizeAs(json.measurements());
        for (Measurement printed : text.measurements()) {
            Measurement exact = json.measurement(
                    printed.benchmark().label(), printed.metric().name());
            assertThat(printed.metric()).isEqualTo(exact.metric());
            double value = exact.sample().location();
            assertThat(printed.sample().location())
                    .as(printed.benchmark().label() + " " + printed.metric().name())
                    .isCloseTo(value, within(Math.max(Math.abs(value) * 0.01, 0.5)));
        }
        assertThat(text.problems()).hasSameSizeAs(json.problems());
    }

    @Test
    void google_benchmark_s_text_tells_the_machine_as_its_json_does() throws IOException {
        Gathered json = Gathered.of("b.json", """
                {"context": {"date": "2024-02-03T04:05:06+00:00", "num_cpus": 4, "mhz_per_cpu": 2300,
                 "caches": [{"type": "Data", "level": 1, "size": 49152, "num_sharing": 2},
                            {"type": "Unified", "level": 3, "size": 272629760, "num_sharing": 4}],
                 "load_avg": [1.25, 0.5, 0.75]},
                 "benchmarks": [{"name": "a", "run_name": "a", "real_time": 1, "cpu_time": 1, "time_unit": "ns"}]}
                """);
        Gathered text = Gathered.of("b.txt", """
                2024-02-03T04:05:06+00:00
                Running ./samples
                Run on (4 X 2300 MHz CPU s)
                CPU Caches:
                  L1 Data 48 KiB (x2)
                  L3 Unified 266240 KiB (x1)
                Load Average: 1.25, 0.50, 0.75
                --------------------------------------
                Benchmark     Time    CPU   Iterations
                --------------------------------------
                a          1.00 ns  1.00 ns         10
                """);

        assertThat(text.header().measuredAt()).isEqualTo(json.header().measuredAt());
        assertThat(text.header().environment().key())
                .isEqualTo(json.header().environment().key());
        assertThat(text.measurements()).isEqualTo(json.measurements());
    }

    @Test
    void google_benchmark_s_repetitions_in_csv_have_the_mean_that_it_prints() throws IOException {
        Gathered csv = fixture("google-benchmark-csv/copy-repetitions.csv");

        assertThat(values(csv, "Copy/64", "real_time"))
                .isEqualTo(Sample.Values.of(Sample.Center.PSEUDOMEDIAN, 12.8508, 13.0516));
        assertThat(values(csv, "Copy/64", "real_time").location()).isCloseTo(12.9512, within(1e-4));
        assertThat(values(csv, "Copy/4096", "cpu_time").location()).isCloseTo(38.992, within(1e-4));
        assertThat(csv.measurement("Copy/64", "items_per_second").metric().better())
                .isEqualTo(Better.HIGHER);
        assertThat(csv.problems()).isEmpty();
    }

    @Test
    void counters_in_columns_of_their_own_are_read_too() throws IOException {
        Gathered text = Gathered.of("b.txt", """
                ---------------------------------------------------------------
                Benchmark               Time         CPU Iterations Bar Foo/s
                ---------------------------------------------------------------
                BM name with blanks/8 198 ns 197 ns 3542 1.5k 2.25M/s
                """);

        assertThat(text.measurement("BM name with blanks/8", "Bar").sample().location())
                .isEqualTo(1500);
        assertThat(text.measurement("BM name with blanks/8", "Foo/s").sample().location())
                .isEqualTo(2250000);
    }

    @Test
    void a_histogram_set_keeps_its_values_or_its_running_statistics() throws IOException {
        Gathered set = fixture("chrome-histograms/histograms.json");
        String page = "speed.pages {story=a story}";

        assertThat(values(set, page, "frame_time").location()).isEqualTo(18.0);
        assertThat(set.measurement(page, "frame_time").metric().better()).isEqualTo(Better.LOWER);
        Measurement rate = set.measurement(page, "throughput");
        assertThat(rate.metric().better()).isEqualTo(Better.HIGHER);
        assertThat(rate.metric().unit().base()).isEqualTo("B/s");
        Sample.Summary statistics = (Sample.Summary) rate.sample();
        assertThat(statistics.location()).isEqualTo(1100);
        assertThat(statistics.count()).isEqualTo(4);
        assertThat(statistics.standardDeviation().orElseThrow()).isCloseTo(163.299, within(1e-3));
        assertThat(statistics.quantiles()).containsEntry(0.0, 900.0).containsEntry(1.0, 1300.0);
        assertThat(set.runs()).anySatisfy(run -> {
            assertThat(run.header().measuredAt()).contains(Instant.parse("2019-03-12T20:45:00.001Z"));
            assertThat(run.header().revision().position()).hasValue(600123);
            assertThat(run.header().environment().facts()).containsEntry("os", "linux");
        });
    }

    @Test
    void every_histogram_of_another_project_has_the_mean_that_the_set_states() throws IOException {
        for (var file : Fixtures.shared("native/chromeperf-histogram")) {
            assertThat(Gathered.of(file).measurements()).hasSize(22).allSatisfy(m -> assertThat(m.sample())
                    .isInstanceOf(Sample.Values.class));
        }
    }

    @Test
    void perfherder_s_value_is_kept_and_its_replicates_beside_it_where_they_differ() throws IOException {
        Gathered artifact = fixture("perfherder/artifact.json");
        String suite = "{application=firefox, framework=browsertime, options=fission warm}";

        assertThat(artifact.measurement("pages " + suite, "value").sample().location())
                .isEqualTo(150.5);
        assertThat(values(artifact, "pages/load " + suite, "value").location()).isEqualTo(101);
        assertThat(artifact.measurement("pages/fps " + suite, "value").sample().location())
                .isEqualTo(60);
        assertThat(artifact.measurement("pages/fps " + suite, "value").metric().better())
                .isEqualTo(Better.HIGHER);
        assertThat(values(artifact, "pages/fps " + suite, "replicates"))
                .isEqualTo(Sample.Values.of(Sample.Center.MEDIAN, 90, 58, 62));
        assertThat(artifact.measurement("pages/score " + suite, "value")
                        .metric()
                        .better())
                .isEqualTo(Better.HIGHER);
        assertThat(fixture("perfherder/build-log.txt")
                        .measurement("installer size {framework=build_metrics}", "value")
                        .metric()
                        .unit()
                        .base())
                .isEqualTo("B");
    }

    @Test
    void gradle_profiler_s_measured_builds_are_values_and_its_warm_ups_are_not() throws IOException {
        String assemble = "Assemble {tasks=assemble, tool=Gradle 8.5}";

        assertThat(values(fixture("gradle-profiler-csv/wide.csv"), assemble, "time"))
                .isEqualTo(Sample.Values.of(Sample.Center.PSEUDOMEDIAN, 110.5, 109.5, 113));
        assertThat(values(fixture("gradle-profiler-csv/wide.csv"), "Help {tasks=help, tool=Gradle 8.5}", "time"))
                .isEqualTo(Sample.Values.of(Sample.Center.PSEUDOMEDIAN, 60.25, 59.75));
        assertThat(values(fixture("gradle-profiler-csv/long.csv"), assemble, "garbage collection time"))
                .isEqualTo(Sample.Values.of(Sample.Center.PSEUDOMEDIAN, 5, 7));
        assertThat(values(fixture("gradle-profiler-csv/old-wide.csv"), "default {tasks=assemble, tool=6.2}", "time"))
                .isEqualTo(Sample.Values.of(Sample.Center.PSEUDOMEDIAN, 1400, 1420));
        Gathered json = fixture("gradle-profiler-json/measured-and-warm-up.json");
        assertThat(values(json, "Assemble {args=--offline, jvmArgs=-Xmx512m, tasks=assemble, tool=Gradle 8.5}", "time"))
                .isEqualTo(Sample.Values.of(Sample.Center.PSEUDOMEDIAN, 110.5, 109.5));
        assertThat(json.header().measuredAt()).contains(Instant.parse("2024-02-03T04:05:06Z"));
        assertThat(json.header().context()).containsEntry("tool", "gradle-profiler 0.20.0");
    }

    @Test
    void gradle_profiler_s_decimal_commas_are_told_and_not_guessed() throws IOException {
        Gathered gathered = Gathered.of("b.csv", """
                scenario,A
                version,Gradle 8
                tasks,t
                value,total execution time (ms)
                measured build #1,12,50
                measured build #2,13
                """);

        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("b.csv:5: ")
                .contains("decimal commas");
        assertThat(gathered.measurements()).hasSize(1);
    }

    @Test
    void the_mean_in_gradle_profiler_s_json_of_other_projects_follows_from_its_builds() throws IOException {
        for (var file : Fixtures.shared("native/gradle-profiler")) {
            if (file.toString().contains("can_serialize_scenario")) {
                assertThat(Gathered.of(file).measurements())
                        .extracting(m -> m.sample().location())
                        .containsExactly(71.25, 85.75, 82.5, 187.5);
            }
        }
    }

    @Test
    void rebench_s_invocations_are_groups_and_its_executions_runs() throws IOException {
        Gathered data = fixture("rebench/test.data");
        String body = "NBody {cores=1, executor=SOM, extraArgs=1 0 10000, suite=macro}";

        assertThat(data.runs()).hasSize(2);
        assertThat(data.runs().get(0).measurements().stream()
                        .filter(m -> m.benchmark().label().equals(body)
                                && m.metric().name().equals("time"))
                        .map(Measurement::sample))
                .containsExactly(Sample.Values.of(
                        Sample.Center.PSEUDOMEDIAN, List.of(new double[] {400.25, 380.75}, new double[] {420})));
        assertThat(data.runs().get(0).header().revision().commit()).startsWith("0123456789abcdef");
        assertThat(data.runs().get(0).header().revision().branch()).isEqualTo("main");
        assertThat(data.runs().get(1).header().revision().commit()).isEqualTo("f".repeat(40));
        assertThat(data.runs().get(0).header().measuredAt()).contains(Instant.parse("2024-02-03T04:05:06Z"));
        assertThat(data.runs().get(0).header().environment().facts())
                .containsEntry("cpu", "Example CPU")
                .containsEntry("arch", "x86_64");
        assertThat(values(fixture("rebench-db/payload.json"), body, "time"))
                .isEqualTo(Sample.Values.of(
                        Sample.Center.PSEUDOMEDIAN, List.of(new double[] {400.25, 380.75}, new double[] {420})));
        assertThat(values(fixture("rebench-db/payload.json"), "Older {cores=1, executor=SOM, suite=macro}", "time"))
                .isEqualTo(Sample.Values.of(Sample.Center.PSEUDOMEDIAN, 5.5));
        assertThat(fixture("rebench/with-names.data")
                        .measurement("Quick {cores=4, executor=JVM, machine=fast, suite=sorting}", "MaxRSS")
                        .metric()
                        .unit()
                        .symbol())
                .isEqualTo("Kbyte");
    }

    /** Every trial's report: {@code runtime(ns): min=51.15, 1st qu.=55.04, median=58.93, mean=56.91, …}. */
    @Test
    void caliper_s_trials_have_the_extremes_median_and_mean_that_it_prints() throws IOException {
        Gathered gathered = fixture("caliper/two-trials.json");
        String[] labels = {"sort {size=10}", "sort {size=1000}", "sum {size=10}", "sum {size=1000}"};
        Matcher report = Pattern.compile(
                        "runtime\\(ns\\): min=([0-9.]+), 1st qu.=[0-9.]+, median=([0-9.]+), mean=([0-9.]+), 3rd qu.=[0-9.]+, max=([0-9.]+)")
                .matcher(Files.readString(Fixtures.file("caliper/trial-reports.txt")));
        int trials = 0;
        while (report.find()) {
            Sample.Values kept = values(gathered, "CaliperSample." + labels[trials % 4], "time");
            double[] trial = kept.group(trials / 4);
            List<String> expected = List.of(report.group(1), report.group(2), report.group(3), report.group(4));
            double[] sorted = trial.clone();
            Arrays.sort(sorted);
            List<String> derived = new ArrayList<>();
            for (double value : new double[] {
                sorted[0],
                kept.groupLocations()[trials / 4],
                Arrays.stream(trial).average().orElseThrow(),
                sorted[sorted.length - 1]
            }) {
                derived.add(String.format(Locale.ROOT, "%.2f", value));
            }
            assertThat(derived).isEqualTo(expected);
            trials++;
        }
        assertThat(trials).isEqualTo(8);
        assertThat(gathered.header().environment().facts()).containsEntry("cores", "2");
        assertThat(gathered.header().environment().facts().get("jvm")).startsWith("OpenJDK 64-Bit Server VM 17");
    }

    /** The second run's regression test printed: mean = 0.20 ms, 0.19 ms, 0.00 ms and 0.00 ms. */
    @Test
    void scalameter_s_last_values_have_the_means_that_it_prints() throws IOException {
        List<String> means = new ArrayList<>();
        for (String name : List.of("Range.map.Test-0", "Range.sum.Test-1")) {
            fixture("scalameter/" + name + ".json").runs().get(1).measurements().stream()
                    .filter(m -> m.metric().name().equals("time"))
                    .forEach(m -> {
                        double[] values = ((Sample.Values) m.sample()).group(0);
                        means.add(String.format(
                                Locale.ROOT,
                                "%.2f",
                                Arrays.stream(values).average().orElseThrow()));
                    });
        }

        assertThat(means).containsExactly("0.20", "0.19", "0.00", "0.00");
        Gathered map = fixture("scalameter/Range.map.Test-0.json");
        assertThat(map.runs()).hasSize(2);
        assertThat(map.runs().get(0).measurements())
                .extracting(m -> m.benchmark().label() + " " + m.metric().name())
                .containsExactly(
                        "Range.map {size=1000} time",
                        "Range.map {size=1000} time.reported",
                        "Range.map {size=2000} time",
                        "Range.map {size=2000} time.reported");
        assertThat(map.runs().get(0).header().environment().facts()).containsEntry("cores", "2");
    }

    @Test
    void orun_s_times_are_seconds_and_its_counters_metrics() throws IOException {
        Gathered summary = fixture("orun/sequential.orun.summary.bench");

        assertThat(summary.measurement("fft.", "time").sample().location()).isEqualTo(2.75);
        assertThat(summary.measurement("fft.", "memory").metric().unit().symbol())
                .isEqualTo("kB");
        assertThat(summary.measurement("fft.", "gc.minor_collections").sample().location())
                .isEqualTo(5103);
        assertThat(summary.problems())
                .singleElement()
                .asString()
                .contains(":3:")
                .contains("gc.minor_collections");
        assertThat(summary.header().environment().facts()).containsEntry("arch", "x86_64");
    }

    @Test
    void julia_s_groups_make_the_name_and_a_trial_has_every_time() throws IOException {
        Gathered saved = fixture("benchmarktools/trials-and-estimates.json");

        assertThat(values(saved, "sort/quick", "time"))
                .isEqualTo(Sample.Values.of(Sample.Center.MEDIAN, 120.5, 118.25, 119));
        assertThat(saved.measurement("fib", "time").sample().location()).isEqualTo(31028);
        assertThat(saved.measurement("sort/quick", "allocated").sample().location())
                .isEqualTo(4096);
    }

    @Test
    void ruby_s_rehearsal_and_sums_are_passed_over() throws IOException {
        assertThat(fixture("ruby-benchmark/rehearsal.txt").measurements())
                .extracting(m -> m.benchmark().name() + " " + m.metric().name() + " "
                        + m.sample().location())
                .containsExactly(
                        "sort! time 1.460465",
                        "sort! user 1.46",
                        "sort! system 0.0",
                        "sort time 1.448327",
                        "sort user 1.45",
                        "sort system 0.01");
        assertThat(fixture("ruby-benchmark/with-sums.txt")
                        .measurement("times do", "time")
                        .sample()
                        .location())
                .isEqualTo(0.984938);
        assertThat(fixture("ruby-benchmark/with-sums.txt").measurements()).hasSize(6);
    }

    @Test
    void luau_s_lines_tell_the_virtual_machine_and_an_interval() throws IOException {
        Gathered gathered = fixture("luau/console.txt");

        assertThat(gathered.measurements())
                .extracting(m -> m.benchmark().label() + " " + m.sample().location() + " "
                        + m.metric().unit().symbol())
                .containsExactly(
                        "base64 {vm=luau} 27.626 ms",
                        "binary trees {vm=luau} 36.015 ms",
                        "binary trees {vm=luau --codegen} 30.25 ms",
                        "chess {vm=luau} 99.485 ms");
        Sample.Summary base64 = (Sample.Summary) gathered.measurements().get(0).sample();
        double around = 27.626 * (0.078 / 100);
        assertThat(base64.interval()).contains(new Interval(27.626 - around, 27.626 + around, 0.95));
        assertThat(((Sample.Summary) gathered.measurements().get(3).sample()).interval())
                .isEmpty();
        assertThat(gathered.problems()).singleElement().asString().contains("\"queen\" failed");
    }

    @Test
    void luau_without_scipy_prints_the_deviation() throws IOException {
        Sample.Summary sample = (Sample.Summary)
                Gathered.of("a.txt", """
                        Warning: scipy package is not installed, confidence values will not be available
                        SUCCESS: queen                                   :    2.000ms +/-  1.000% on luau
                        """).measurement("queen {vm=luau}", "time").sample();

        assertThat(sample.interval()).isEmpty();
        assertThat(sample.standardDeviation()).hasValue(0.02);
    }

    @Test
    void times_of_the_console_are_one_sample_a_label() throws IOException {
        Gathered gathered = fixture("console-time/node.txt");

        assertThat(gathered.problems()).isEmpty();
        assertThat(gathered.measurement("sqrt", "time").sample())
                .isEqualTo(Sample.Values.of(Sample.Center.MEDIAN, 50.643, 38.754, 32.482));
        assertThat(gathered.measurement("join: small", "time").sample().location())
                .isEqualTo(0.234);
        assertThat(gathered.measurement("long", "time").sample().location()).isEqualTo(1201);
    }

    @Test
    void times_of_the_console_from_a_minute_on_and_those_of_browsers_are_understood() throws IOException {
        Gathered gathered = Gathered.of(
                "a.txt", "a: 1:02.345 (m:ss.mmm)\nb: 1:02:03.456 (h:mm:ss.mmm)\nc: 12ms - timer ended\nd: 0.5 ms\n");

        assertThat(gathered.measurements())
                .extracting(m -> m.sample().location())
                .containsExactly(62_345.0, 3_723_456.0, 12.0, 0.5);
        assertThatThrownBy(() -> Gathered.of("a.txt", "a: 1ms\nsomething else\nb: 2ms\n"))
                .isInstanceOf(UnreadableInput.class);
    }

    @Test
    void dart_s_lines_are_times_in_microseconds() throws IOException {
        assertThat(fixture("dart-benchmark-harness/console.txt").measurements())
                .extracting(m -> m.benchmark().name() + " " + m.metric().name() + " "
                        + m.sample().location() + " " + m.metric().unit().symbol())
                .containsExactly(
                        "Template time 12.5 us",
                        "ForLoop<int> time 2000000.0 us",
                        "Old time 3.25 us",
                        "Program CodeSize 4096.0 bytes");
    }
}
