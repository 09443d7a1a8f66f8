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
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Load tests and monitoring: the numbers that the tools print follow from what is kept of their results. */
class LoadFormatsTest {

    private static Gathered fixture(String name) throws IOException {
        return Gathered.of(Fixtures.file(name));
    }

    private static double number(Gathered gathered, String label, String metric) {
        return gathered.measurement(label, metric).sample().location();
    }

    private static Sample.Summary summary(Gathered gathered, String label, String metric) {
        return (Sample.Summary) gathered.measurement(label, metric).sample();
    }

    private static Map<String, Double> quantiles(Sample.Summary summary) {
        Map<String, Double> shown = new TreeMap<>();
        summary.quantiles().forEach((share, value) -> shown.put(String.valueOf(share), value));
        return shown;
    }

    @Test
    void wrk_s_latencies_rates_and_errors_are_those_it_printed() throws IOException {
        String label = "http://127.0.0.1:8099/some-fail {connections=4, threads=1}";
        Gathered errors = fixture("wrk/errors.txt");
        Sample.Summary time = summary(errors, label, "time");

        assertThat(time.location()).isEqualTo(5150);
        assertThat(time.standardDeviation()).hasValue(8460);
        assertThat(time.count()).isEqualTo(3037);
        assertThat(quantiles(time))
                .isEqualTo(Map.of("0.5", 417.0, "0.75", 7250.0, "0.9", 14630.0, "0.99", 41320.0, "1.0", 59070.0));
        assertThat(errors.measurement(label, "time").metric().unit().symbol()).isEqualTo("us");
        assertThat(number(errors, label, "p99")).isEqualTo(41320);
        assertThat(number(errors, label, "throughput")).isEqualTo(2931.37);
        assertThat(errors.measurement(label, "throughput").metric().better()).isEqualTo(Better.HIGHER);
        assertThat(number(errors, label, "transfer") / 1024 / 1024).isEqualTo(2.87);
        assertThat(number(errors, label, "failures")).isEqualTo(100.0 * 304 / 3037);
        assertThat(number(errors, label, "throughput.thread")).isEqualTo(2950);
        assertThat(number(errors, label, "socket_errors")).isZero();
        assertThat(errors.header().context()).containsEntry("tool", "wrk");
    }

    @Test
    void the_spectrum_of_wrk2_is_kept_and_told_apart_from_wrk() throws IOException {
        Gathered gathered = fixture("wrk/wrk2-spectrum.txt");
        String label = "http://127.0.0.1:8099/index.html {connections=100, rate=constant, threads=2}";
        Sample.Summary time = summary(gathered, label, "time");

        assertThat(time.location()).isEqualTo(6465);
        assertThat(time.standardDeviation()).hasValue(1930);
        assertThat(time.count()).isEqualTo(39473);
        assertThat(time.quantiles()).containsEntry(0.1, 4053.0).containsEntry(0.99999, 12340.0);
        assertThat(number(gathered, label, "p99.9")).isEqualTo(12303);
        assertThat(gathered.header().context()).containsEntry("tool", "wrk2");
    }

    @Test
    void output_of_wrk_that_breaks_off_is_told_with_its_place() throws IOException {
        String text = Files.readString(Fixtures.file("wrk/plain.txt"));
        Gathered gathered = Gathered.of("two.txt", text + text.substring(0, text.indexOf("Requests/sec")));

        assertThat(gathered.measurements()).hasSize(6);
        assertThat(gathered.problems())
                .containsExactly("two.txt:9: the output of this test breaks off before its rate; the test is skipped");
    }

    @Test
    void ab_s_table_follows_from_its_summaries() throws IOException {
        Gathered gathered = fixture("ab/keep-alive-failures.txt");
        String label = "http://127.0.0.1:8099/some-fail {concurrency=4, keep_alive=true}";
        Sample.Summary time = summary(gathered, label, "time");

        assertThat(time.location()).isEqualTo(7);
        assertThat(time.standardDeviation()).hasValue(8.8);
        assertThat(time.count()).isEqualTo(500);
        assertThat(quantiles(time))
                .isEqualTo(Map.of(
                        "0.0", 0.0, "0.5", 5.0, "0.66", 9.0, "0.75", 12.0, "0.8", 13.0, "0.9", 17.0, "0.95", 21.0,
                        "0.98", 30.0, "0.99", 30.0, "1.0", 70.0));
        assertThat(number(gathered, label, "time_per_request")).isEqualTo(7.665);
        // ab derives the second time per request from the rate
        assertThat(1000 / number(gathered, label, "throughput")).isCloseTo(1.916, within(0.0005));
        assertThat(number(gathered, label, "transfer") / 1024).isEqualTo(497.95);
        assertThat(number(gathered, label, "failures")).isEqualTo(10);
        assertThat(number(gathered, label, "non_2xx")).isEqualTo(50);
        assertThat(gathered.header().context()).containsEntry("tool", "ab 2.3");
    }

    @Test
    void ab_without_deviations_has_minimum_mean_and_maximum() throws IOException {
        Sample.Summary processing = summary(
                fixture("ab/no-median-no-percentiles.txt"), "http://127.0.0.1:8099/ {concurrency=1}", "processing");

        assertThat(processing.location()).isEqualTo(3);
        assertThat(processing.standardDeviation()).isEmpty();
        assertThat(quantiles(processing)).isEqualTo(Map.of("0.0", 0.0, "1.0", 26.0));
    }

    @Test
    void ab_s_requests_give_the_percentiles_of_its_other_files() throws IOException {
        Gathered requests = fixture("ab/keep-alive-failures.gnuplot.tsv");
        Gathered percentiles = fixture("ab/keep-alive-failures.percentiles.csv");
        Sample.Histogram time = (Sample.Histogram)
                requests.measurement("keep-alive-failures.gnuplot", "time").sample();
        String named = "keep-alive-failures.percentiles";

        assertThat(time.groups().get(0).total()).isEqualTo(500);
        for (int percent : new int[] {50, 75, 90, 95, 99}) {
            assertThat(Math.floor(time.groups().get(0).quantile(percent / 100.0)))
                    .isCloseTo(Math.floor(number(percentiles, named, "p" + percent)), within(1.0));
        }
        assertThat(summary(percentiles, named, "time").quantiles()).hasSize(101).containsEntry(0.29, 0.624);
        assertThat(requests.header().measuredAt()).contains(Instant.ofEpochSecond(1795544708));
    }

    @Test
    void h2load_s_rows_and_counts_are_kept() throws IOException {
        Gathered gathered = fixture("h2load/http1-failures.txt");
        String label = "http1-failures {clients=2, protocol=http/1.1, threads=1}";
        Sample.Summary time = summary(gathered, label, "time");

        assertThat(time.location()).isEqualTo(564);
        assertThat(time.standardDeviation()).hasValue(2060);
        assertThat(time.count()).isEqualTo(200);
        assertThat(quantiles(time)).isEqualTo(Map.of("0.0", 20.0, "1.0", 13260.0));
        assertThat(number(gathered, label, "connect")).isEqualTo(8470);
        assertThat(number(gathered, label, "first_byte")).isEqualTo(8720);
        assertThat(number(gathered, label, "throughput")).isEqualTo(2943.99);
        assertThat(number(gathered, label, "throughput.client")).isEqualTo(1539.90);
        assertThat(number(gathered, label, "failures")).isEqualTo(10);
        assertThat(number(gathered, label, "transfer") / 1024 / 1024).isEqualTo(2.88);
    }

    @Test
    void what_h2load_did_not_measure_is_no_zero() throws IOException {
        Gathered timed = fixture("h2load/timed.txt");

        assertThat(timed.measurements())
                .extracting(measurement -> measurement.metric().name())
                .contains("time", "throughput")
                .doesNotContain("connect", "first_byte");
    }

    @Test
    void every_request_of_h2load_s_log_is_counted() throws IOException {
        Gathered log = fixture("h2load/requests.tsv");
        Sample.Histogram time =
                (Sample.Histogram) log.measurement("requests", "time").sample();
        // awk '{s += $3; n++; if ($3 > m) m = $3} END {print n, s / n, m}' requests.tsv
        assertThat(time.groups().get(0).total())
                .isEqualTo(
                        Files.readAllLines(Fixtures.file("h2load/requests.tsv")).size());
        assertThat(log.header().measuredAt()).contains(Instant.ofEpochMilli(1795544714708L));
    }

    @Test
    void hdrhistogram_s_intervals_add_up_to_the_numbers_that_it_printed() throws IOException {
        Gathered log = fixture("hdrhistogram/latency.hlog");
        Sample.Histogram time =
                (Sample.Histogram) log.measurement("latency", "time").sample();

        // n 5000 mean 1138740.6592 max 5681151 p50 1011711 p99 3252223, as the library printed of the sum
        assertThat(time.groups().get(0).total()).isEqualTo(5000);
        assertThat(time.location()).isCloseTo(1138740.6592, within(0.0001));
        assertThat(number(log, "latency", "max")).isEqualTo(5681151);
        assertThat(number(log, "latency", "p50")).isEqualTo(1011711);
        assertThat(number(log, "latency", "p99")).isEqualTo(3252223);
        assertThat(log.measurement("latency", "time").metric().unit().symbol()).isEqualTo("ns");
        assertThat(log.header().measuredAt()).contains(Instant.ofEpochSecond(1795500000));
        assertThat(log.header().context()).containsEntry("tool", "HdrSamples 1.0");
    }

    @Test
    void hdrhistogram_s_percentiles_are_the_whole_spectrum() throws IOException {
        Gathered text = fixture("hdrhistogram/percentiles.hgrm");
        Gathered csv = fixture("hdrhistogram/percentiles.csv");
        Sample.Summary printed = summary(text, "percentiles", "value");

        assertThat(printed.location()).isEqualTo(1.139);
        assertThat(printed.standardDeviation()).hasValue(0.605);
        assertThat(printed.count()).isEqualTo(5000);
        assertThat(printed.quantiles()).containsEntry(0.0, 0.141).containsEntry(0.99980468750, 5.681);
        assertThat(summary(csv, "percentiles", "value").quantiles()).isEqualTo(printed.quantiles());
        assertThat(number(text, "percentiles", "p50")).isEqualTo(1.012);
    }

    @Test
    void tags_of_an_hdrhistogram_log_are_parameters() throws IOException {
        Gathered tagged = fixture("hdrhistogram/tagged.hlog");

        Sample.Histogram read = (Sample.Histogram)
                tagged.measurement("tagged {tag=read}", "time").sample();
        Sample.Histogram write = (Sample.Histogram)
                tagged.measurement("tagged {tag=write}", "time").sample();
        assertThat(read.groups().get(0).total()).isEqualTo(1500);
        assertThat(write.groups().get(0).total()).isEqualTo(600);
    }

    @Test
    void a_damaged_histogram_is_told_and_the_others_are_read() throws IOException {
        String text = Files.readString(Fixtures.file("hdrhistogram/latency.hlog"));
        int third = text.lastIndexOf("HISTF");
        Gathered gathered =
                Gathered.of("bad.hlog", text.substring(0, third + 40) + "AAAA" + text.substring(third + 44));

        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("bad.hlog:9: has a histogram that cannot be unpacked");
        assertThat(((Sample.Histogram) gathered.measurement("bad", "time").sample())
                        .groups()
                        .get(0)
                        .total())
                .isEqualTo(4000);
    }

    @Test
    void gatling_s_log_gives_the_numbers_of_its_report() throws IOException {
        Gathered log = fixture("gatling/simulation.log");
        Gathered report = fixture("gatling/stats.json");

        for (String name : new String[] {"All Requests", "front page", "errors/some, \"may\" fail"}) {
            String label = name + " {simulation=ReaderSimulation}";
            Sample.Histogram time =
                    (Sample.Histogram) log.measurement(label, "time").sample();
            Sample.Summary stated = summary(report, name, "time");
            assertThat(time.groups().get(0).total()).as(name).isEqualTo(stated.count());
            // Gatling rounds to whole milliseconds, and estimates percentiles
            assertThat(time.location()).as(name).isCloseTo(stated.location(), within(0.5));
            assertThat(time.groups().get(0).quantile(0))
                    .isEqualTo(stated.quantiles().get(0.0));
            assertThat(time.groups().get(0).quantile(1))
                    .isEqualTo(stated.quantiles().get(1.0));
            assertThat(time.groups().get(0).quantile(0.5))
                    .as(name)
                    .isCloseTo(stated.quantiles().get(0.5), within(1.0));
            assertThat(number(log, label, "failures")).as(name).isEqualTo(number(report, name, "failures"));
            assertThat(number(log, label, "throughput")).as(name).isEqualTo(number(report, name, "throughput"));
        }
        assertThat(log.header().context())
                .containsEntry("tool", "Gatling 3.9.5")
                .containsEntry("description", "a reader");
        assertThat(log.header().measuredAt()).contains(Instant.ofEpochMilli(1795545978512L));
    }

    @Test
    void the_log_of_an_older_gatling_with_user_ids_is_read() throws IOException {
        Gathered log = fixture("gatling/version-3.3.1-simulation.log");
        String all = "All Requests {simulation=ReaderSimulation}";
        Sample.Histogram time = (Sample.Histogram) log.measurement(all, "time").sample();

        // > request count 180 (KO=8), min 0, max 419, mean 11, mean requests/sec 180
        assertThat(time.groups().get(0).total()).isEqualTo(180);
        assertThat(time.groups().get(0).quantile(1)).isEqualTo(419);
        assertThat(time.location()).isCloseTo(11, within(0.5));
        assertThat(number(log, all, "failures")).isEqualTo(100.0 * 8 / 180);
        assertThat(number(log, all, "throughput")).isEqualTo(180);
        assertThat(log.header().context()).containsEntry("tool", "Gatling 3.3.1");
    }

    @Test
    void the_script_of_a_newer_report_is_read_like_its_json() throws IOException {
        Gathered script = fixture("gatling/version-3.13.5-stats.js");

        // request count 180 (KO 9), mean 19, deviation 73, 99th percentile 574, max 583, 90 rps
        assertThat(summary(script, "All Requests", "time").location()).isEqualTo(19);
        assertThat(summary(script, "All Requests", "time").standardDeviation()).hasValue(73);
        assertThat(number(script, "All Requests", "p99")).isEqualTo(574);
        assertThat(number(script, "All Requests", "failures")).isEqualTo(5);
        assertThat(number(script, "All Requests", "throughput")).isEqualTo(90);
        assertThat(script.measurements())
                .extracting(measurement -> measurement.benchmark().name())
                .contains("front page", "errors/some, \"may\" fail");
    }

    @Test
    void a_binary_log_of_gatling_is_refused_with_what_to_give_instead() {
        assertThatThrownBy(() -> fixture("gatling-binary/simulation.log"))
                .hasMessageContaining("binary log of Gatling 3.13.5")
                .hasMessageContaining("js/stats.js");
    }

    @Test
    void locust_s_json_gives_the_average_and_counts_of_its_table() throws IOException {
        Gathered gathered = fixture("locust/stats.json");
        Sample.Summary time = summary(gathered, "/ {method=GET}", "time");
        Sample.Histogram times = (Sample.Histogram)
                gathered.measurement("/ {method=GET}", "response_times").sample();

        assertThat(time.location()).isEqualTo(595.0159440008065 / 55);
        assertThat(times.groups().get(0).total()).isEqualTo(55);
        assertThat(times.location()).isCloseTo(time.location(), within(0.5));
        assertThat(number(gathered, "some \"may\", fail {method=GET}", "failures"))
                .isEqualTo(1);
        assertThat(number(gathered, "/ {method=GET}", "throughput"))
                .isCloseTo(55 / (1795545374.456493 - 1795545373.4655483), within(1e-9));
    }

    @Test
    void counts_that_no_histogram_holds_are_told() throws IOException {
        StringBuilder times = new StringBuilder("\"0\": 1, \"-0\": 2");
        for (int time = 1; time <= 1025; time++) {
            times.append(", \"").append(time).append("\": 9007199254740992");
        }
        String request =
                "[{\"name\": \"a\", \"num_requests\": 3, \"total_response_time\": 6, \"response_times\": {%s}}]";

        Gathered many = Gathered.of("many.json", request.formatted(times));
        assertThat(many.problems())
                .singleElement()
                .asString()
                .contains("metric \"response_times\": a histogram counts up to");
        assertThat(number(many, "a", "time")).isEqualTo(2);

        Gathered zeros = Gathered.of("zeros.json", request.formatted("\"0\": 1, \"-0\": 2"));
        Sample.Histogram both =
                (Sample.Histogram) zeros.measurement("a", "response_times").sample();
        assertThat(both.groups().get(0).counts()).containsExactly(3);
    }

    @Test
    void locust_s_history_ends_with_its_statistics_and_keeps_every_second() throws IOException {
        Gathered history = fixture("locust/full-history_stats_history.csv");
        Gathered statistics = fixture("locust/full-history_stats.csv");

        for (String label : new String[] {"/ {method=GET}", "Aggregated"}) {
            Sample.Values seconds = (Sample.Values)
                    history.measurement(label, "throughput.seconds").sample();
            assertThat(seconds.size()).isGreaterThan(5);
            // the history ends a few seconds before the statistics
            assertThat(summary(history, label, "time").count())
                    .isBetween(500L, summary(statistics, label, "time").count());
            assertThat(number(history, label, "time")).isCloseTo(number(statistics, label, "time"), within(0.5));
        }
        assertThat(history.measurement("Aggregated", "p99.seconds")
                        .metric()
                        .unit()
                        .symbol())
                .isEqualTo("ms");
        assertThat(history.header().measuredAt()).contains(Instant.ofEpochSecond(1795553272));
    }

    @Test
    void locust_s_failures_are_counted_by_error() throws IOException {
        Measurement only =
                fixture("locust/full-history_failures.csv").measurements().get(0);

        assertThat(only.benchmark().parameters()).containsEntry("method", "GET").containsKey("error");
        assertThat(only.sample().location()).isEqualTo(32);
    }

    @Test
    void prometheus_and_openmetrics_tell_the_same() throws IOException {
        Gathered text = fixture("prometheus/text-0.0.4.prom");
        Gathered open = fixture("prometheus/openmetrics-1.0.txt");
        Sample.Summary latency = summary(text, "request_latency_seconds {path=/}", "time");

        assertThat(text.measurements()).isEqualTo(open.measurements());
        assertThat(latency.location()).isEqualTo(1.9899999999999998 / 199);
        assertThat(latency.count()).isEqualTo(199);
        assertThat(latency.quantiles()).containsEntry(10 / 199.0, 0.001).containsEntry(1.0, 0.1);
        assertThat(number(text, "requests {code=200}", "total")).isEqualTo(199);
        assertThat(number(text, "response_size_bytes", "size")).isEqualTo(1049.5);
        assertThat(number(text, "temperature_celsius {zone=größe}", "value")).isEqualTo(-0.0015);
        assertThat(text.header().context()).containsEntry("build.revision", "0d6e07e");
        assertThat(text.problems())
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("memory_bytes", "NaN"), problem -> assertThat(problem)
                                .contains("unknown direction of \"temperature_celsius\" in \"celsius\""));
        assertThat(text.measurements())
                .extracting(measurement -> measurement.benchmark().parameters().getOrDefault("path", ""))
                .contains("/a \"quoted\"\\path\nbroken");
    }

    @Test
    void bad_lines_of_a_snapshot_are_told_with_their_place() throws IOException {
        Gathered gathered = Gathered.of("m.prom", """
                # TYPE latency_seconds summary
                latency_seconds{quantile="0.5"} 0.25
                latency_seconds{quantile="0.99"} NaN
                latency_seconds_sum 12.5
                latency_seconds_count 40
                broken{path="/ 1
                up 1 1395066363000
                """);

        assertThat(number(gathered, "latency_seconds", "time")).isEqualTo(12.5 / 40);
        assertThat(number(gathered, "latency_seconds", "p50")).isEqualTo(0.25);
        assertThat(number(gathered, "up", "value")).isEqualTo(1);
        assertThat(gathered.problems())
                .containsExactly(
                        "m.prom:6: is not a metric, its labels and a number; it is skipped",
                        "m.prom:2: benchmark \"latency_seconds\", metric \"time\": 1 of 2 quantiles are no finite"
                                + " numbers and are left out",
                        "m.prom:7: unknown direction of \"up\"; assuming lower is better");
        assertThat(gathered.header().measuredAt()).contains(Instant.ofEpochSecond(1395066363));
    }

    @Test
    void tests_that_passed_have_their_durations_and_the_others_are_told() throws IOException {
        Gathered surefire = fixture("junit-xml/surefire.xml");
        Gathered pytest = fixture("junit-xml/pytest.xml");

        assertThat(number(surefire, "org.example.SampleTest.reverses(String)[1]", "time"))
                .isEqualTo(0.302);
        assertThat(number(surefire, "inside.named", "time")).isEqualTo(0.001);
        assertThat(number(surefire, "org.example.SampleTest {scope=suite}", "time"))
                .isEqualTo(3.824);
        assertThat(surefire.problems())
                .hasSize(2)
                .anyMatch(problem -> problem.contains("org.example.SampleTest.fails") && problem.contains("failed"));
        assertThat(surefire.header().environment().facts())
                .containsEntry("jvm", "OpenJDK 64-Bit Server VM 17.0.21+9-1-deb12u1-Debian");
        assertThat(pytest.measurements()).hasSize(11);
        assertThat(pytest.header().measuredAt()).contains(Instant.parse("2026-11-24T18:28:49.920424Z"));
    }

    @Test
    void durations_of_older_reports_may_have_grouped_digits() throws IOException {
        Gathered gathered = Gathered.of(
                "t.xml",
                "<testsuite name=\"a\"><testcase name=\"slow\" classname=\"C\" time=\"1,234.5\"/></testsuite>");

        assertThat(number(gathered, "C.slow", "time")).isEqualTo(1234.5);
    }

    @Test
    void vitest_s_statistics_are_kept_and_a_failed_benchmark_is_told() throws IOException {
        Gathered gathered = fixture("vitest/output.json");
        String label = "samples.bench.js > sorting > sort numbers";
        Sample.Summary time = summary(gathered, label, "time");

        assertThat(time.location()).isEqualTo(0.3268836969697132);
        assertThat(time.count()).isEqualTo(132);
        assertThat(time.interval())
                .contains(new Interval(
                        0.3268836969697132 - 0.5953400642894154, 0.3268836969697132 + 0.5953400642894154, 0.95));
        assertThat(time.quantiles()).containsEntry(0.5, 0.018456000000014683).containsEntry(0.995, 40.116369000000304);
        assertThat(number(gathered, label, "throughput")).isEqualTo(3059.1920284499633);
        assertThat(1000 / time.location()).isCloseTo(3059.1920284499633, within(1e-9));
        assertThat(gathered.problems()).singleElement().asString().contains("samples.bench.js > fails");
    }

    @Test
    void samples_of_tinybench_give_its_mean() throws IOException {
        Gathered raw = fixture("tinybench/results-with-samples.json");
        Sample.Values join = (Sample.Values) raw.measurement("join", "time").sample();
        Sample.Values rates =
                (Sample.Values) raw.measurement("join", "throughput").sample();

        assertThat(join.size()).isEqualTo(480);
        assertThat(join.location()).isCloseTo(0.00020999999999939212, within(1e-15));
        assertThat(rates.location()).isCloseTo(5770845.273374317, within(1e-6));
        assertThat(raw.header().environment().facts()).containsEntry("runtime", "node 20.20.2");
    }

    @Test
    void samples_of_tinybench_that_are_not_all_of_them_are_not_taken_for_all() throws IOException {
        Gathered older = fixture("tinybench/version-2-results.json");

        assertThat(summary(older, "join", "time").count()).isEqualTo(1160);
        assertThat(number(older, "join", "time")).isEqualTo(0.01739737758620908);
        assertThat(((Sample.Values) older.measurement("later", "time").sample()).size())
                .isEqualTo(10);
    }

    @Test
    void the_tables_of_tinybench_are_as_precise_as_they_are_printed() throws IOException {
        Gathered table = fixture("tinybench/console-table.txt");
        Gathered json = fixture("tinybench/results.json");
        Gathered older = fixture("tinybench/version-2-console-table.txt");

        for (String task : new String[] {"join", "parse", "later"}) {
            assertThat(number(table, task, "time")).isCloseTo(1e6 * number(json, task, "time"), within(0.05000001));
            assertThat(number(table, task, "throughput"))
                    .isCloseTo(number(json, task, "throughput"), within(0.50000001));
        }
        assertThat(number(older, "later", "throughput")).isEqualTo(175);
        assertThat(summary(older, "join", "time").count()).isEqualTo(1160);
    }

    @Test
    void the_three_layouts_of_k6_tell_the_same_of_the_same() throws IOException {
        Gathered exported = fixture("k6/summary-export.json");
        Gathered handled = fixture("k6/handle-summary.json");
        Gathered readable = fixture("k6/machine-readable.json");

        Sample.Summary time = summary(exported, "summary-export {vus=10}", "http_req_duration");
        assertThat(time.location()).isEqualTo(144.56);
        assertThat(time.quantiles())
                .containsEntry(0.9, 203.54)
                .containsEntry(0.95, 215.95)
                .containsEntry(1.0, 1140.2);
        assertThat(summary(readable, "checkout.js {vus=10}", "http_req_duration"))
                .isEqualTo(time);
        assertThat(number(handled, "handle-summary {vus=10}", "http_req_duration.p99.9"))
                .isEqualTo(1100.75);
        assertThat(number(exported, "summary-export {expected_response=true, vus=10}", "http_req_duration"))
                .isEqualTo(140.5);
        assertThat(number(exported, "summary-export {vus=10}", "http_reqs")).isEqualTo(4.36938);
        assertThat(number(readable, "checkout.js {vus=10}", "http_reqs")).isEqualTo(4.5);
        assertThat(number(handled, "handle-summary {vus=10}", "http_reqs.count"))
                .isEqualTo(45);
        assertThat(exported.measurement("summary-export {vus=10}", "checks")
                        .metric()
                        .better())
                .isEqualTo(Better.HIGHER);
        assertThat(exported.measurement("summary-export {vus=10}", "http_req_failed")
                        .metric()
                        .better())
                .isEqualTo(Better.LOWER);
        assertThat(handled.measurement("handle-summary {vus=10}", "checkout_time")
                        .metric()
                        .unit()
                        .symbol())
                .isEqualTo("ms");
        assertThat(exported.measurement("summary-export {vus=10}", "basket_size")
                        .metric()
                        .unit()
                        .symbol())
                .isEmpty();
        assertThat(readable.header().measuredAt()).contains(Instant.parse("2026-03-01T11:30:00.5Z"));
        assertThat(readable.header().context()).containsEntry("tool", "k6 2.0.0");
    }

    @Test
    void oha_s_text_is_its_json_and_its_requests_give_their_mean() throws IOException {
        Gathered json = fixture("oha/checkout.json");
        Gathered text = fixture("oha/checkout.txt");
        Gathered csv = fixture("oha/checkout.csv");

        assertThat(summary(text, "checkout", "time")).isEqualTo(summary(json, "checkout", "time"));
        assertThat(number(json, "checkout", "time")).isEqualTo(0.0011);
        assertThat(summary(json, "checkout", "time").quantiles())
                .containsEntry(0.99, 0.0017)
                .hasSize(10);
        for (String metric : new String[] {"throughput", "error_responses", "transfer", "connect", "p99"}) {
            assertThat(number(text, "checkout", metric)).as(metric).isEqualTo(number(json, "checkout", metric));
        }
        assertThat(number(json, "checkout", "failures")).isCloseTo(1, within(1e-9));
        assertThat(((Sample.Values) csv.measurement("checkout", "time").sample()).group(0))
                .containsExactly(0.002, 0.001, 0.0025, 0.0005);
        assertThat(number(csv, "checkout", "time")).isEqualTo(0.0015);
        assertThat(number(csv, "checkout", "error_responses")).isEqualTo(1);
    }

    @Test
    void vegeta_s_text_is_its_json_as_far_as_it_is_printed() throws IOException {
        Gathered json = fixture("vegeta/attack.json");
        Gathered text = fixture("vegeta/attack.txt");
        String label = "attack {rate=120}";

        assertThat(summary(json, label, "time").location()).isEqualTo(113172398);
        assertThat(summary(json, label, "time").count()).isEqualTo(1200);
        assertThat(135806877600.0 / 1200).isEqualTo(113172398.0);
        summary(json, label, "time").quantiles().forEach((share, value) -> assertThat(
                        summary(text, label, "time").quantiles())
                .hasEntrySatisfying(share, printed -> assertThat(printed).isCloseTo(value, within(500.0))));
        assertThat(number(text, label, "failures")).isCloseTo(number(json, label, "failures"), within(0.005));
        assertThat(number(text, label, "throughput")).isEqualTo(65.61);
        assertThat(number(json, label, "received")).isEqualTo(3714684.0 / 1200);
        assertThat(json.header().measuredAt()).contains(Instant.parse("2026-03-01T11:30:00.25Z"));
    }

    @Test
    void points_of_nyrkio_are_runs_with_their_commits() throws IOException {
        Gathered gathered = fixture("nyrkio/load.json");

        assertThat(gathered.runs()).hasSize(2);
        assertThat(gathered.runs().get(0).header().revision().commit()).startsWith("958fad81");
        assertThat(gathered.runs().get(0).header().measuredAt()).contains(Instant.ofEpochSecond(1690391261));
        assertThat(gathered.runs().get(1).header().revision().branch()).isEqualTo("release");
        assertThat(gathered.runs().get(1).header().revision().commitTime())
                .contains(Instant.parse("2023-07-26T23:34:18Z"));
        assertThat(gathered.measurement("load", "accepted").metric().better()).isEqualTo(Better.HIGHER);
        assertThat(gathered.measurement("load", "batch_p50").metric().better()).isEqualTo(Better.LOWER);
        assertThat(number(gathered, "load", "score")).isEqualTo(12.5);
        assertThat(number(gathered, "named by the service", "accepted")).isEqualTo(30492);
        assertThat(gathered.problems()).singleElement().asString().contains("batch_p50", "no finite number");
    }

    @Test
    void rows_of_otava_s_table_are_runs() throws IOException {
        Gathered gathered = fixture("otava/decode.csv");

        assertThat(gathered.runs()).hasSize(4);
        assertThat(gathered.runs().get(0).header().revision().commit()).isEqualTo("aaa0");
        assertThat(gathered.runs().get(0).header().revision().commitTime())
                .contains(Instant.parse("2024-01-01T02:00:00Z"));
        assertThat(gathered.runs().get(2).measurements())
                .extracting(measurement -> measurement.metric().name())
                .containsExactly("p99_latency");
        assertThat(gathered.runs().get(0).measurements())
                .extracting(measurement -> measurement.metric().better())
                .containsExactly(Better.HIGHER, Better.LOWER);
        assertThat(gathered.problems()).singleElement().asString().startsWith("src/test/resources/otava/decode.csv:5:");
    }

    @Test
    void every_history_of_nyrkio_and_every_load_test_of_others_is_read() throws IOException {
        for (String folder : new String[] {
            "history/nyrkio",
            "history/nyrkio/rocksdb/readrandom.t1",
            "labelled/hunter",
            "native/locust",
            "native/gatling",
            "native/jmeter-jtl"
        }) {
            for (Path file : Fixtures.shared(folder)) {
                if (Fixtures.isOpen(file)) {
                    assertThatThrownBy(() -> Gathered.of(file)).isInstanceOf(UnreadableInput.class);
                } else {
                    assertThat(Gathered.of(file).measurements())
                            .as(file.toString())
                            .isNotEmpty();
                }
            }
        }
    }
}
