package dev.plumbline.ingest.wrk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrkReaderTest {
    private static final String OUTPUT = """
            Running 30s test @ http://example.org/a
              12 threads and 400 connections
              Thread Stats   Avg      Stdev     Max   +/- Stdev
                Latency   635.91us    0.89ms  12.92ms   93.69%
                Req/Sec    56.20k     8.07k   62.00k    86.54%
              Latency Distribution
                 50%  250.00us
                 99%    5.80ms
              200 requests in 30.08s, 2.00KB read
              Socket errors: connect 1, read 2, write 3, timeout 4
              Non-2xx or 3xx responses: 10
            Requests/sec: 748868.53
            Transfer/sec:    1.50MB
            """;

    @Test
    void latencies_are_microseconds_and_rates_and_failures_have_the_names_of_load_tests() throws IOException {
        Gathered gathered = Gathered.of("wrk.txt", OUTPUT);

        String url = "http://example.org/a {connections=400, threads=12}";
        assertThat(gathered.rows())
                .containsExactlyInAnyOrder(
                        url + " | time | us | lower | 635.91",
                        url + " | p50 | us | lower | 250",
                        url + " | p99 | us | lower | 5800",
                        url + " | throughput.thread | requests/s | higher | 56200",
                        url + " | throughput | requests/s | higher | 748868.53",
                        url + " | transfer | B/s | higher | 1572864",
                        url + " | failures | % | lower | 5",
                        url + " | socket_errors |  | lower | 10");
        var time = gathered.summary(url, "time");
        assertThat(time.standardDeviation()).hasValue(890);
        assertThat(time.count()).isEqualTo(200);
        assertThat(time.quantiles()).containsEntry(1.0, 12920.0);
        assertThat(gathered.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.50s, 1500000", "2.00m, 120000000", "1.00h, 3600000000", "12.00us, 12", "3.25ms, 3250"})
    void every_unit_of_a_latency_is_understood(String printed, double microseconds) throws IOException {
        Gathered gathered = Gathered.of("wrk.txt", OUTPUT.replace("635.91us", printed));

        assertThat(gathered.measurement("http://example.org/a {connections=400, threads=12}", "time")
                        .sample()
                        .location())
                .isEqualTo(microseconds);
    }

    @Test
    void a_constant_rate_is_another_benchmark() throws IOException {
        assertThat(Gathered.of(
                                "wrk.txt",
                                OUTPUT.replaceFirst(
                                        "  Thread Stats", "  Thread calibration: mean lat.: 1ms\n  Thread Stats"))
                        .rows())
                .allMatch(row -> row.startsWith("http://example.org/a {connections=400, rate=constant, threads=12} | "))
                .isNotEmpty();
    }

    @Test
    void output_without_its_rate_is_reported_and_the_next_test_is_read() throws IOException {
        Gathered gathered = Gathered.of("wrk.txt", OUTPUT.replaceFirst("Requests/sec.*\n", "") + OUTPUT);

        assertThat(gathered.measurements()).hasSize(8);
        assertThat(gathered.problems())
                .containsExactly("wrk.txt:1: the output of this test breaks off before its rate; the test is skipped");
    }
}
