package dev.plumbline.ingest.k6;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class K6SummaryReaderTest {
    private static Gathered exported(String metrics) throws IOException {
        return Gathered.of(
                "checkout.json",
                "{\"metrics\": {\"vus_max\": {\"value\": 10, \"min\": 10, \"max\": 10}, \"vus\": {\"value\": 3},\n"
                        + metrics + "}, \"root_group\": {\"groups\": {}}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"http_reqs\": {\"count\": 200, \"rate\": 40} | http_reqs | 1/s | higher | 40",
                "\"http_reqs\": {\"count\": 200, \"rate\": 40} | http_reqs.count |  | higher | 200",
                "\"data_received\": {\"count\": 2000, \"rate\": 400} | data_received | B/s | higher | 400",
                "\"data_received\": {\"count\": 2000, \"rate\": 400} | data_received.count | B | lower | 2000",
                "\"http_req_failed\": {\"value\": 0.05, \"passes\": 10, \"fails\": 190} | http_req_failed |  | lower | 0.05",
                "\"checks\": {\"value\": 0.5, \"passes\": 1, \"fails\": 1} | checks |  | higher | 0.5",
                "\"http_req_waiting\": {\"avg\": 12.5, \"min\": 1, \"med\": 10, \"max\": 90} | http_req_waiting | ms | lower | 12.5"
            })
    void a_metric_is_what_its_numbers_say(String text, String metric, String unit, String better, String value)
            throws IOException {
        Gathered gathered = exported(text);

        assertThat(gathered.rows())
                .contains("checkout {vus=10} | " + metric + " | " + (unit == null ? "" : unit) + " | " + better + " | "
                        + value);
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void a_trend_has_its_extremes_and_the_percentiles_from_the_median_up_are_metrics() throws IOException {
        Gathered gathered = exported(
                "\"http_req_duration\": {\"avg\": 12.5, \"min\": 1, \"med\": 10, \"max\": 90, \"p(10)\": 2, \"p(90)\": 40, \"p(99.9)\": 80}");

        assertThat(gathered.rows())
                .containsExactlyInAnyOrder(
                        "checkout {vus=10} | http_req_duration | ms | lower | 12.5",
                        "checkout {vus=10} | http_req_duration.p90 | ms | lower | 40",
                        "checkout {vus=10} | http_req_duration.p99.9 | ms | lower | 80");
        assertThat(gathered.summary("checkout {vus=10}", "http_req_duration").quantiles())
                .containsOnlyKeys(0.0, 0.1, 0.5, 0.9, 0.999, 1.0);
    }

    @Test
    void tags_are_parameters() throws IOException {
        Gathered gathered =
                exported("\"http_reqs{expected_response:true, url:http://a/b}\": {\"count\": 3, \"rate\": 1}");

        assertThat(gathered.rows())
                .contains("checkout {expected_response=true, url=http://a/b, vus=10} | http_reqs | 1/s | higher | 1");
    }

    @Test
    void a_trend_without_a_mean_and_a_number_that_is_none_are_reported() throws IOException {
        Gathered gathered =
                exported("\"a\": {\"min\": 1, \"max\": 2},\n\"checks\": {\"value\": NaN, \"passes\": 1, \"fails\": 1}");

        assertThat(gathered.measurements()).isEmpty();
        assertThat(gathered.problems())
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("checkout.json:3:").contains("\"value\" is NaN"),
                        two -> assertThat(two)
                                .startsWith("checkout.json:2:")
                                .endsWith("is a trend without a mean or a median; it is skipped"),
                        three -> assertThat(three).endsWith("contains no measurement"));
    }

    @Test
    void the_machine_readable_summary_tells_script_time_types_and_units() throws IOException {
        Gathered gathered = Gathered.of("s.json", """
                {"version": "1.0.0", "metadata": {"generatedAt": "2024-02-03T04:05:06Z", "k6Version": "1.5.0"},
                 "config": {"script": "/tests/checkout.js", "execution": "local", "duration": 5},
                 "results": {"metrics": [
                   {"name": "queue", "type": "gauge", "contains": "default", "values": {"value": 7}},
                   {"name": "wait", "type": "trend", "contains": "time", "values": {"avg": 3, "p(95)": 9}},
                   {"name": "sent", "type": "counter", "contains": "data", "values": {"count": 100}},
                   {"name": "odd", "type": "sum", "values": {"value": 1}}],
                  "checks": {"metrics": [{"name": "checks_total", "type": "counter", "values": {"count": 10}}]}}}
                """);

        assertThat(gathered.header().measuredAt()).contains(Instant.parse("2024-02-03T04:05:06Z"));
        assertThat(gathered.header().context())
                .containsEntry("tool", "k6 1.5.0")
                .containsEntry("execution", "local");
        assertThat(gathered.rows())
                .containsExactly(
                        "checkout.js | queue |  | lower | 7",
                        "checkout.js | wait.p95 | ms | lower | 9",
                        "checkout.js | wait | ms | lower | 3",
                        "checkout.js | sent | B/s | higher | 20",
                        "checkout.js | sent.count | B | lower | 100",
                        "checkout.js | checks_total | 1/s | higher | 2",
                        "checkout.js | checks_total.count |  | higher | 10");
        assertThat(gathered.problems())
                .anyMatch(problem -> problem.endsWith("is a metric of unknown type; it is skipped"))
                .anyMatch(problem -> problem.contains("unknown direction of \"queue\""));
    }
}
