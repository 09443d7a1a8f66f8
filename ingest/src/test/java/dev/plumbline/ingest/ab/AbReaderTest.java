package dev.plumbline.ingest.ab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AbReaderTest {
    private static final String OUTPUT = """
            This is ApacheBench, Version 2.3 <$Revision: 1 $>
            Server Software:        nginx/1.2
            Server Hostname:        example.org
            Server Port:            8080
            Document Path:          /a?b=c
            Concurrency Level:      4
            Time taken for tests:   0.500 seconds
            Complete requests:      200
            Failed requests:        10
            Non-2xx responses:      3
            Keep-Alive requests:    200
            Total transferred:      40000 bytes
            Requests per second:    400.00 [#/sec] (mean)
            Time per request:       10.000 [ms] (mean)
            Time per request:       2.500 [ms] (mean, across all concurrent requests)
            Transfer rate:          78.13 [Kbytes/sec] received

            Connection Times (ms)
                          min  mean[+/-sd] median   max
            Connect:        0    1   0.5      1       3
            Processing:     2    8   2.0      7      20
            Waiting:        1    7   1.5      6      18
            Total:          3    9   2.2      8      22

            Percentage of the requests served within a certain time (ms)
              50%      8
              66%      9
              90%     12
              95%     15
              99%     20
             100%     22 (longest request)
            """;

    @Test
    void every_number_has_the_name_unit_and_direction_of_load_tests() throws IOException {
        Gathered gathered = Gathered.of("ab.txt", OUTPUT);

        String benchmark = "http://example.org:8080/a?b=c {concurrency=4, keep_alive=true} | ";
        assertThat(gathered.rows())
                .containsExactlyInAnyOrder(
                        benchmark + "connect | ms | lower | 1",
                        benchmark + "processing | ms | lower | 8",
                        benchmark + "waiting | ms | lower | 7",
                        benchmark + "time | ms | lower | 9",
                        benchmark + "p50 | ms | lower | 8",
                        benchmark + "p90 | ms | lower | 12",
                        benchmark + "p95 | ms | lower | 15",
                        benchmark + "p99 | ms | lower | 20",
                        benchmark + "time_per_request | ms | lower | 10",
                        benchmark + "throughput | requests/s | higher | 400",
                        benchmark + "transfer | B/s | higher | 80005.12",
                        benchmark + "failures | % | lower | 5",
                        benchmark + "non_2xx |  | lower | 3",
                        benchmark + "received | B | lower | 40000");
        assertThat(gathered.problems()).isEmpty();
        assertThat(gathered.header().context())
                .containsEntry("server", "nginx/1.2")
                .containsEntry("tool", "ab 2.3");
    }

    @Test
    void the_time_has_its_extremes_its_percentiles_its_deviation_and_the_number_of_requests() throws IOException {
        var time = Gathered.of("ab.txt", OUTPUT)
                .summary("http://example.org:8080/a?b=c {concurrency=4, keep_alive=true}", "time");

        assertThat(time.count()).isEqualTo(200);
        assertThat(time.standardDeviation()).hasValue(2.2);
        assertThat(time.quantiles())
                .containsEntry(0.0, 3.0)
                .containsEntry(0.5, 8.0)
                .containsEntry(0.66, 9.0)
                .containsEntry(1.0, 22.0);
    }

    @Test
    void tls_and_a_body_make_another_benchmark() throws IOException {
        Gathered gathered = Gathered.of(
                "ab.txt",
                OUTPUT.replace("Keep-Alive requests:    200\n", "Total body sent:        900\n")
                        .replace("Server Port:            8080", "Server Port: 443\nSSL/TLS Protocol: TLSv1.3"));

        assertThat(gathered.rows())
                .allMatch(row -> row.startsWith("https://example.org:443/a?b=c {body=sent, concurrency=4} | "));
    }

    @Test
    void output_without_its_times_is_reported_with_the_line_of_its_beginning_and_the_next_test_is_read()
            throws IOException {
        String cut = OUTPUT.substring(0, OUTPUT.indexOf("Connection Times"));
        Gathered gathered = Gathered.of("ab.txt", cut + OUTPUT);

        assertThat(gathered.problems())
                .containsExactly("ab.txt:1: the output of this test breaks off before its times; the test is skipped");
        assertThat(gathered.measurements()).hasSize(14);
    }

    @Test
    void the_percentiles_of_a_file_stand_for_the_file_s_name() throws IOException {
        Gathered gathered = Gathered.of("load.csv", """
                Percentage served,Time in ms
                0,1.5
                50,4.25
                99,20
                101,30
                x,1
                """);

        assertThat(gathered.rows())
                .containsExactly(
                        "load | time | ms | lower | 4.25",
                        "load | p50 | ms | lower | 4.25",
                        "load | p99 | ms | lower | 20");
        assertThat(gathered.problems())
                .containsExactly(
                        "load.csv:5: is not a percentage and a time in milliseconds; it is skipped",
                        "load.csv:6: is not a percentage and a time in milliseconds; it is skipped");
    }

    @Test
    void every_request_counts_and_the_first_second_is_the_time_of_the_run() throws IOException {
        Gathered gathered = Gathered.of("requests.tsv", """
                starttime\tseconds\tctime\tdtime\tttime\twait
                Sun Nov 29 04:00:01 2026\t1795924801\t1\t8\t9\t7
                Sun Nov 29 04:00:00 2026\t1795924800\t0\t4\t4\t3
                Sun Nov 29 04:00:02 2026\t1795924802\t0\tnan\t-4\t3
                """);

        assertThat(gathered.header().measuredAt()).contains(Instant.ofEpochSecond(1795924800));
        assertThat(gathered.rows())
                .contains("requests | time | ms | lower | 6.5", "requests | connect | ms | lower | 0.3333333333333333");
        assertThat(gathered.problems())
                .containsExactly(
                        "requests.tsv:4: has no time in milliseconds in column 4",
                        "requests.tsv:4: has no time in milliseconds in column 5");
    }

    @Test
    void a_table_that_is_cut_off_in_its_last_number_is_refused() {
        assertThatThrownBy(() -> Gathered.of("load.csv", "Percentage served,Time in ms\n0,1.5\n50,42"))
                .hasMessageStartingWith("load.csv:3: the last line has no end");
    }
}
