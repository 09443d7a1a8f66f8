package dev.plumbline.ingest.h2load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H2loadReaderTest {
    private static final String OUTPUT = """
            starting benchmark...
            spawning thread #0: 5 total client(s). 100 total requests
            spawning thread #1: 5 total client(s). 100 total requests
            Application protocol: h2
            finished in 500.00ms, 400.00 req/s, 1.50MB/s
            requests: 200 total, 200 started, 190 done, 185 succeeded, 10 failed, 6 errored, 4 timeout
            status codes: 185 2xx, 0 3xx, 5 4xx, 0 5xx
            traffic: 1.00MB (1048576) total, 10.00KB (10240) headers (space savings 90.50%), 900KB (921600) data
                                 min         max         mean         sd        +/- sd
            time for request:      100us     2.50ms       1.00ms       200us    80.00%
            time for connect:      1.00ms    1.50ms       1.20ms       100us    60.00%
            time to 1st byte:      2.00ms    2.50ms       2.20ms       100us    60.00%
            req/s           :      20.00       30.00       25.00        2.50    70.00%
            """;

    @Test
    void durations_are_microseconds_and_rates_bytes_and_failures_have_the_names_of_load_tests() throws IOException {
        Gathered gathered = Gathered.of("api.txt", OUTPUT);

        String api = "api {clients=10, protocol=h2, threads=2} | ";
        assertThat(gathered.rows())
                .containsExactlyInAnyOrder(
                        api + "time | us | lower | 1000",
                        api + "connect | us | lower | 1200",
                        api + "first_byte | us | lower | 2200",
                        api + "throughput.client | requests/s | higher | 25",
                        api + "throughput | requests/s | higher | 400",
                        api + "transfer | B/s | higher | 1572864",
                        api + "failures | % | lower | 5",
                        api + "errors |  | lower | 6",
                        api + "timeouts |  | lower | 4",
                        api + "header_savings | % | higher | 90.5");
        var time = gathered.summary("api {clients=10, protocol=h2, threads=2}", "time");
        assertThat(time.count()).isEqualTo(190);
        assertThat(time.standardDeviation()).hasValue(200);
        assertThat(time.quantiles()).containsEntry(0.0, 100.0).containsEntry(1.0, 2500.0);
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void newer_columns_are_percentiles() throws IOException {
        Gathered gathered = Gathered.of(
                "api.txt",
                OUTPUT.replaceFirst(
                                "min .*",
                                "min         max      median       p95       p99      mean        sd     +/- sd")
                        .replaceFirst(
                                "time for request:.*",
                                "time for request:   100us    2.50ms    900us    2.00ms    2.40ms    1.00ms    200us    80.00%"));

        assertThat(gathered.rows())
                .contains(
                        "api {clients=10, protocol=h2, threads=2} | p50 | us | lower | 900",
                        "api {clients=10, protocol=h2, threads=2} | p95 | us | lower | 2000",
                        "api {clients=10, protocol=h2, threads=2} | p99 | us | lower | 2400",
                        "api {clients=10, protocol=h2, threads=2} | time | us | lower | 1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"finished in", "requests: 200", "req/s  "})
    void output_without_its_numbers_is_reported_and_the_next_test_is_read(String missing) throws IOException {
        String broken = OUTPUT.replaceFirst("(?m)^" + missing + ".*\n", "");
        Gathered gathered = Gathered.of("api.txt", broken + OUTPUT);

        assertThat(gathered.problems())
                .containsExactly("api.txt:1: the output of this test breaks off before its times; the test is skipped");
        assertThat(gathered.measurements()).hasSize(10);
    }

    @Test
    void a_log_counts_every_request_and_lines_that_are_none_are_reported() throws IOException {
        Gathered gathered = Gathered.of("log.tsv", """
                1700000000000000\t200\t1000
                1700000000500000\t404\t2000
                1700000000998000\t-1\t3000
                1700000000998000\t200\tfast
                """);

        assertThat(gathered.header().measuredAt()).contains(Instant.ofEpochMilli(1700000000000L));
        assertThat(gathered.rows())
                .contains(
                        "log | time | us | lower | 2000",
                        "log | failures | % | lower | 66.66666666666667",
                        "log | throughput | requests/s | higher | 2.997002997002997");
        assertThat(gathered.problems())
                .containsExactly("log.tsv:4: is not a start, a status and a time; it is skipped");
    }
}
