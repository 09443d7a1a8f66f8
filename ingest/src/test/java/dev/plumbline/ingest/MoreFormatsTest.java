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
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tools' own numbers follow from what is kept of their results. */
class MoreFormatsTest {

    private static Gathered fixture(String name) throws IOException {
        return Gathered.of(Fixtures.file(name));
    }

    @Test
    void launches_of_benchmarkdotnet_are_groups_and_its_mean_follows() throws IOException {
        Gathered gathered = fixture("benchmarkdotnet/full.json");
        String quick = "Samples.Sorting.Quick {N=100, Order=random, job=Runtime=.NET 8.0, LaunchCount=2}";

        assertThat(gathered.measurement(quick, "time").sample())
                .isEqualTo(Sample.Values.of(
                        Sample.Center.PSEUDOMEDIAN, List.of(new double[] {10, 12}, new double[] {11, 13})));
        assertThat(gathered.measurement(quick, "time").sample().location()).isEqualTo(11.5);
        assertThat(gathered.measurement(quick, "allocated").sample().location()).isEqualTo(424);
        assertThat(gathered.measurement(quick, "Hits").metric().better()).isEqualTo(Better.HIGHER);
        assertThat(gathered.measurements()).hasSize(3);
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .contains("Broken")
                .contains("it failed");
        assertThat(gathered.header().measuredAt()).contains(Instant.parse("2024-05-01T12:30:45Z"));
        assertThat(gathered.header().environment().facts()).containsEntry("cores", "4");
    }

    @Test
    void processes_of_pyperf_are_groups_and_calibration_is_none() throws IOException {
        Gathered gathered = fixture("pyperf/two-benchmarks.json");

        assertThat(gathered.measurement("sort", "time").sample())
                .isEqualTo(Sample.Values.of(
                        Sample.Center.PSEUDOMEDIAN,
                        List.of(new double[] {0.0021, 0.0022, 0.002}, new double[] {0.0024, 0.0025, 0.0023})));
        assertThat(gathered.measurement("peak", "memory").metric().unit().symbol())
                .isEqualTo("B");
    }

    @Test
    void asv_s_combinations_of_parameters_are_told_apart() throws IOException {
        Gathered second = fixture("asv/version-2.json");
        Gathered first = fixture("asv/version-1.json");

        assertThat(second.measurement("suite.TimeSort.time_sort {param1=20, param2='b'}", "time")
                        .sample()
                        .location())
                .isEqualTo(0.004);
        assertThat(second.measurements()).hasSize(5);
        assertThat(second.measurement("suite.track_accuracy", "value").metric().better())
                .isEqualTo(Better.HIGHER);
        assertThat(second.header().revision().commit()).startsWith("0123456789");
        assertThat(first.measurement("suite.time_parameterized {param1=3}", "time")
                        .sample()
                        .location())
                .isEqualTo(3);
        assertThat(((Sample.Summary)
                                first.measurement("suite.time_stats", "time").sample())
                        .interval())
                .contains(new Interval(0.9, 1.1, 0.99));
        assertThat(first.measurement("suite.mem_unit", "memory").metric().unit().symbol())
                .isEqualTo("B");
    }

    @Test
    void what_stands_in_a_catch2_benchmark_and_does_not_belong_there_is_told_and_the_names_after_it_hold()
            throws IOException {
        Gathered gathered = Gathered.of("odd.xml", """
                <Catch2TestRun name="odd">
                  <TestCase name="case">
                    <Section name="outer">
                      <BenchmarkResults name="one" samples="20">
                        <mean value="10" lowerBound="9" upperBound="11" ci="0.95"/>
                        <BenchmarkResults name="inner"><mean value="99"/></BenchmarkResults>
                        <Section name="odd"><failed message="no"/></Section>
                      </BenchmarkResults>
                      <BenchmarkResults name="two" samples="20"><Section name="x"><a/></Section>
                        <failed message="broken"/><b/></BenchmarkResults>
                    </Section>
                    <BenchmarkResults name="three" samples="20"><mean value="12"/></BenchmarkResults>
                  </TestCase>
                </Catch2TestRun>
                """);

        assertThat(gathered.measurements())
                .extracting(one -> one.benchmark().name() + " " + one.sample().location())
                .containsExactly("case/outer/one 10.0", "case/three 12.0");
        assertThat(gathered.problems())
                .containsExactly(
                        "odd.xml:6:40: is a benchmark in another; it is skipped",
                        "odd.xml:9:49: benchmark \"case/outer/two\" failed: \"broken\"");
    }

    @Test
    void catch2_s_sections_are_part_of_the_name_in_both_forms() throws IOException {
        String joined = "text/joining/join <a> & \"b\"";
        Sample.Summary text = (Sample.Summary)
                fixture("catch2/console.txt").measurement(joined, "time").sample();
        Sample.Summary xml = (Sample.Summary)
                fixture("catch2-xml/report.xml").measurement(joined, "time").sample();

        assertThat(text.location()).isEqualTo(16.1468);
        assertThat(text.interval()).contains(new Interval(15.9494, 16.8574, 0.95));
        assertThat(text.standardDeviation()).hasValue(0.759274);
        assertThat(xml.location()).isEqualTo(15.0837);
        assertThat(xml.count()).isEqualTo(20);
        assertThat(fixture("catch2/console.txt").measurements())
                .extracting(m -> m.benchmark().name())
                .contains("text/a name that is much too long for the narrow column of the table"
                        + "/a benchmark with a name that is much too long for one line of the table");
        assertThat(fixture("catch2-xml/report.xml").problems())
                .singleElement()
                .asString()
                .contains("no such file");
    }

    @Test
    void catch2_without_analysis_has_a_mean_in_each_line() throws IOException {
        assertThat(fixture("catch2/no-analysis.txt").measurements())
                .extracting(m -> m.benchmark().name() + " " + m.sample().location() + " "
                        + m.metric().unit().symbol())
                .containsExactly("sorting/sort a descending vector 4.91427 us", "sorting/sort, prepared 5.3703 us");
    }

    @Test
    void benchmark_js_has_rates_with_their_margin() throws IOException {
        Measurement slow = fixture("benchmarkjs/console.txt").measurement("slow one", "throughput");

        assertThat(slow.metric().better()).isEqualTo(Better.HIGHER);
        assertThat(((Sample.Summary) slow.sample()).count()).isEqualTo(5);
        assertThat(((Sample.Summary) slow.sample()).interval()).hasValueSatisfying(interval -> {
            assertThat(interval.low()).isCloseTo(6.87 * (1 - 0.4554), within(1e-12));
            assertThat(interval.high()).isCloseTo(6.87 * (1 + 0.4554), within(1e-12));
        });
    }

    @Test
    void time_v_gives_seconds_and_memory_and_tells_failures() throws IOException {
        Gathered gathered = fixture("time-v/mixed-with-output.txt");
        String command = "sh -c echo output of the command; echo and its errors >&2; sleep 1.2";

        assertThat(gathered.measurement(command, "time").sample().location()).isEqualTo(1.27);
        assertThat(gathered.measurement(command, "memory").sample().location()).isEqualTo(1804);
        assertThat(fixture("time-v/failed.txt").problems())
                .singleElement()
                .asString()
                .contains("non-zero status 3");
    }

    @Test
    void perf_stat_tells_the_same_in_the_numbers_of_every_country() throws IOException {
        String command = "/usr/bin/python3 -c b = bytearray(50_000_000)";
        for (String country : List.of("de_DE", "en_US", "fr_FR")) {
            Gathered text = fixture("perf-stat/locale-" + country + ".txt");
            assertThat(text.measurement(command, "page-faults").sample().location())
                    .as(country)
                    .isBetween(13000.0, 13100.0);
            assertThat(text.measurement(command, "minor-faults:u").sample().location())
                    .as(country)
                    .isEqualTo(13058);
            assertThat(text.measurement(command, "task-clock").sample().location())
                    .as(country)
                    .isBetween(40.0, 44.0);
            assertThat(fixture("perf-stat/locale-" + country + ".csv")
                            .measurement("perf stat", "task-clock")
                            .sample()
                            .location())
                    .as(country)
                    .isBetween(40.0, 42.0);
        }
        assertThat(fixture("perf-stat/locale-de_DE.jsonl")
                        .measurement("perf stat", "page-faults")
                        .sample()
                        .location())
                .isEqualTo(13068);
    }

    @Test
    void the_deviation_of_perf_stat_s_runs_follows_from_the_error_of_their_mean() throws IOException {
        Sample.Summary clock = (Sample.Summary) fixture("perf-stat/locale-de_DE.txt")
                .measurement("/usr/bin/python3 -c b = bytearray(50_000_000)", "task-clock")
                .sample();

        assertThat(clock.count()).isEqualTo(2);
        assertThat(clock.standardDeviation().orElseThrow()).isCloseTo(43.31 * 0.0972 * Math.sqrt(2), within(1e-9));
    }

    @Test
    void lnt_s_two_versions_give_metrics_with_units() throws IOException {
        assertThat(fixture("lnt/version-1.json")
                        .measurement("nts.suite/sort", "exec")
                        .sample())
                .isEqualTo(Sample.Values.of(Sample.Center.MEDIAN, 2.25, 2.5, 2));
        assertThat(fixture("lnt/version-1.json").measurements()).hasSize(3);
        assertThat(fixture("lnt/version-2.json")
                        .measurement("suite/sort", "execution")
                        .metric()
                        .unit()
                        .symbol())
                .isEqualTo("s");
        assertThat(fixture("lnt/version-2.json").header().revision().commit()).isEqualTo("0123456789abcdef");
    }

    @Test
    void bencher_s_measures_have_their_known_units() throws IOException {
        Gathered gathered = fixture("bencher/report.json");

        assertThat(gathered.measurement("tests::sort", "latency")
                        .metric()
                        .unit()
                        .symbol())
                .isEqualTo("ns");
        assertThat(gathered.measurement("tests::sort", "throughput").metric().better())
                .isEqualTo(Better.HIGHER);
        assertThat(gathered.measurement("tests::copy", "cache-misses").sample().location())
                .isEqualTo(17);
        assertThat(gathered.problems()).hasSize(1);
    }

    @Test
    void locust_s_requests_have_percentiles_rates_and_failures() throws IOException {
        Gathered gathered = fixture("locust/samples_stats.csv");
        String failing = "some \"may\", fail {method=GET}";

        assertThat(gathered.measurement(failing, "failures").sample().location())
                .isEqualTo(7);
        assertThat(gathered.measurement(failing, "p95").sample().location()).isEqualTo(33);
        assertThat(gathered.measurement(failing, "throughput").sample().location())
                .isEqualTo(21.669379917823985);
        assertThat(((Sample.Summary) gathered.measurement(failing, "time").sample()).count())
                .isEqualTo(44);
    }

    @Test
    void jmeter_s_summary_follows_from_the_histograms() throws IOException {
        // summary =    240 in 00:00:02 =   98.4/s Avg:    21 Min:     2 Max:   173 Err:     9 (3.75%)
        Gathered gathered = fixture("jmeter/results.jtl.csv");
        double total = 0;
        double sum = 0;
        double failed = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (Measurement time : gathered.measurements()) {
            if (time.metric().name().equals("time")) {
                Sample.Histogram.Bins bins =
                        ((Sample.Histogram) time.sample()).groups().get(0);
                total += bins.total();
                sum += bins.total() * time.sample().location();
                least = Math.min(least, bins.values()[0]);
                most = Math.max(most, bins.quantile(1));
                failed += bins.total()
                        * gathered.measurement(time.benchmark().label(), "failures")
                                .sample()
                                .location()
                        / 100;
            }
        }

        assertThat(total).isEqualTo(240);
        assertThat(Math.floor(sum / total)).isEqualTo(21);
        assertThat(least).isEqualTo(2);
        assertThat(most).isEqualTo(173);
        assertThat(failed).isCloseTo(9, within(1e-9));
        assertThat(gathered.header().measuredAt()).contains(Instant.ofEpochMilli(1795545529036L));
    }

    @Test
    void jmeter_s_other_layouts_have_the_same_labels() throws IOException {
        for (String file : List.of("results.jtl.xml", "no-header-semicolons-formatted-times.csv")) {
            Gathered gathered = fixture("jmeter/" + file);
            assertThat(gathered.problems()).as(file).isEmpty();
            assertThat(gathered.measurements())
                    .as(file)
                    .extracting(m -> m.benchmark().name())
                    .contains("front page", "some, \"may\" fail");
        }
    }

    @Test
    void gatling_s_requests_have_their_statistics() throws IOException {
        Gathered gathered = fixture("gatling/stats.json");
        Sample.Summary all =
                (Sample.Summary) gathered.measurement("All Requests", "time").sample();

        assertThat(all.location()).isEqualTo(17);
        assertThat(all.count()).isEqualTo(180);
        assertThat(all.quantiles())
                .containsEntry(0.0, 1.0)
                .containsEntry(0.95, 27.0)
                .containsEntry(1.0, 326.0);
        assertThat(gathered.measurement("All Requests", "throughput").sample().location())
                .isEqualTo(90);
        assertThat(gathered.measurement("All Requests", "failures").sample().location())
                .isCloseTo(100 / 18.0, within(1e-9));
    }

    @Test
    void files_of_other_projects_are_read() throws IOException {
        for (String folder :
                List.of("benchmarkdotnet", "pyperf", "catch2", "perf-stat", "locust", "jmeter-jtl", "gatling")) {
            for (Path file : Fixtures.shared("native/" + folder)) {
                if (Fixtures.isOpen(file)) {
                    assertThatThrownBy(() -> Gathered.of(file)).isInstanceOf(UnreadableInput.class);
                } else {
                    assertThat(Gathered.of(file).measurements()).as("%s", file).isNotEmpty();
                }
            }
        }
        for (String folder : List.of("asv", "lnt")) { // some hold nothing but failures
            for (Path file : Fixtures.shared("native/" + folder)) {
                assertThat(Gathered.of(file).format().id()).as("%s", file).isEqualTo(folder);
            }
        }
    }

    @Test
    void asv_s_output_names_parameters_in_tables_of_both_kinds() throws IOException {
        Gathered gathered = fixture("asv/console.txt");

        assertThat(gathered.header().revision().commit()).isEqualTo("4238c44d");
        assertThat(gathered.header().revision().branch()).isEqualTo("main");
        assertThat(gathered.measurements())
                .extracting(m -> m.benchmark().label() + " " + m.metric().name() + " "
                        + (float) m.sample().location() + m.metric().unit().symbol())
                .containsExactly(
                        "benchmarks.Suite.mem_list memory 2420.0B",
                        "benchmarks.Suite.time_keys time 1.12E-5s",
                        "benchmarks.Suite.track_size value 42.0",
                        "benchmarks.Append.time_append {5K * 10^=0} time 0.00748s",
                        "benchmarks.Append.time_append {5K * 10^=1} time 0.012s",
                        "benchmarks.Access.time_chained {dim=(1, 1), module=xnd, size=1} time 9.43E-7s",
                        "benchmarks.Access.time_chained {dim=(1, 1), module=np, size=1} time 8.39E-7s",
                        "benchmarks.Access.time_chained {dim=(2, 1), module=xnd, size=10} time 1.19E-6s",
                        "benchmarks.Access.time_chained {dim=(2, 1), module=np, size=10} time 1.06E-6s");
        assertThat(gathered.problems())
                .satisfiesExactly(
                        failed -> assertThat(failed).contains("time_gone").contains("\"failed\""),
                        skipped -> assertThat(skipped).contains("time_append").contains("\"n/a\""));
    }

    @Test
    void asv_s_recorded_samples_are_kept_and_failed_combinations_told() throws IOException {
        Gathered gathered = Gathered.of("asv.json", """
                {"commit_hash": "abc", "date": 1700000000000, "params": {"cpu": "C"}, "version": 2,
                 "result_columns": ["result", "params", "samples"],
                 "results": {"b.time_x": [[0.5, null, NaN], [["1", "2", "3"]], [[0.5, 0.25, 0.75], null, null]],
                             "b.time_y": [[0.5], [], [[0.25, 0.25]]]}}
                """);

        assertThat(gathered.measurement("b.time_x {param1=1}", "time").sample())
                .isEqualTo(Sample.Values.of(Sample.Center.MEDIAN, 0.5, 0.25, 0.75));
        assertThat(gathered.measurement("b.time_y", "time").sample()).isEqualTo(Sample.Summary.of(0.5));
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .contains("b.time_x")
                .contains("2 of 3 results");
    }

    @Test
    void perf_stat_s_values_without_the_time_of_their_start_are_recognised() throws IOException {
        Gathered once = Gathered.of("p.csv", """
                1.23,msec,task-clock,1230000,100.00,0.950,CPUs utilized
                57,,page-faults,1230000,100.00,46.3,K/sec
                <not supported>,,cycles,0,100.00,,
                """);

        assertThat(once.measurement("perf stat", "task-clock").sample().location())
                .isEqualTo(1.23);
        assertThat(once.measurements()).hasSize(2);
        assertThat(Gathered.of("p.csv", "1.23;msec;task-clock;0.52%;1230000;100.00;0.950;CPUs utilized\n")
                        .format())
                .isEqualTo(Format.PERF_STAT);
    }
}
