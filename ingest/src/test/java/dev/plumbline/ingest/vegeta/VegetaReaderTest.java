package dev.plumbline.ingest.vegeta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VegetaReaderTest {
    private static final String JSON = """
            {"latencies": {"total": 1, "mean": 2000, "50th": 1500, "90th": 3000, "95th": 4000, "99th": 9000, "max": 9500, "min": 100},
             "bytes_in": {"total": 4000, "mean": 20}, "bytes_out": {"total": 800, "mean": 4}, "earliest": "2024-02-03T04:05:06.5Z",
             "duration": 1990000000, "wait": 100, "requests": 200, "rate": 100.5, "throughput": 99.5, "success": 0.95,
             "status_codes": {"200": 190, "503": 10}, "errors": ["503"]}
            """;

    @Test
    void json_is_in_nanoseconds_with_the_rate_of_attack_to_three_digits() throws IOException {
        Gathered gathered = Gathered.of("api.json", JSON);

        assertThat(gathered.rows())
                .containsExactly(
                        "api {rate=100} | time | ns | lower | 2000",
                        "api {rate=100} | p50 | ns | lower | 1500",
                        "api {rate=100} | p90 | ns | lower | 3000",
                        "api {rate=100} | p95 | ns | lower | 4000",
                        "api {rate=100} | p99 | ns | lower | 9000",
                        "api {rate=100} | throughput | requests/s | higher | 99.5",
                        "api {rate=100} | failures | % | lower | 5.000000000000004",
                        "api {rate=100} | received | B | lower | 20",
                        "api {rate=100} | sent | B | lower | 4");
        assertThat(gathered.header().measuredAt()).contains(Instant.parse("2024-02-03T04:05:06.5Z"));
        assertThat(gathered.summary("api {rate=100}", "time").count()).isEqualTo(200);
        assertThat(gathered.summary("api {rate=100}", "time").quantiles())
                .containsOnlyKeys(0.0, 0.5, 0.9, 0.95, 0.99, 1.0);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 1990000000, 100",
        "1000, 3000000000, 333",
        "2, 10000000000, 0.1",
        "1, 0, ''",
        "5001, 1000000000, 5000",
        "1235, 1000000000, 1230"
    })
    void the_rate_follows_from_the_requests_and_the_time_between_the_first_and_the_last(
            String requests, String duration, String rate) throws IOException {
        Gathered gathered = Gathered.of(
                "api.json",
                JSON.replace("\"requests\": 200", "\"requests\": " + requests)
                        .replace("\"duration\": 1990000000", "\"duration\": " + duration));

        assertThat(gathered.measurements().get(0).benchmark().label())
                .isEqualTo(rate.isEmpty() ? "api" : "api {rate=" + rate + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"requests\": 0", "\"requests\": null", "\"requests\": -1"})
    void a_report_without_requests_is_reported_and_skipped(String requests) throws IOException {
        assertThat(Gathered.of("api.json", JSON.replace("\"requests\": 200", requests))
                        .problems())
                .startsWith("api.json:1:1: has no requests or no latencies; the report is skipped");
    }

    @Test
    void text_is_read_like_json_as_far_as_it_is_printed() throws IOException {
        Gathered gathered = Gathered.of("api.txt", """
                Requests      [total, rate, throughput]         200, 100.50, 99.50
                Duration      [total, attack, wait]             1.991s, 1.99s, 100ns
                Latencies     [min, mean, 50, 90, 95, 99, max]  100ns, 2µs, 1.5µs, 3µs, 4µs, 9µs, 9.5µs
                Bytes In      [total, mean]                     4000, 20.00
                Bytes Out     [total, mean]                     800, 4.00
                Success       [ratio]                           95.00%
                Status Codes  [code:count]                      200:190  503:10
                Error Set:
                503 Service Unavailable
                """);

        assertThat(gathered.rows()).isEqualTo(Gathered.of("api.json", JSON).rows());
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void a_latency_that_is_no_number_is_reported_with_its_place() throws IOException {
        Gathered gathered = Gathered.of("api.json", JSON.replace("\"95th\": 4000", "\"95th\": \"slow\""));

        assertThat(gathered.rows()).hasSize(8);
        assertThat(gathered.problems())
                .containsExactly("api.json:1:78: \"Latencies.95th\" is \"slow\", no finite number; it is left out");
    }
}
