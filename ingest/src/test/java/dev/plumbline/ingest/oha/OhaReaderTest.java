package dev.plumbline.ingest.oha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OhaReaderTest {
    private static final String JSON = """
            {"summary": {"successRate": 0.95, "total": 5, "slowest": 0.09, "fastest": 0.001, "average": 0.02,
              "requestsPerSec": 40, "totalData": 4000, "sizePerRequest": 20, "sizePerSec": 800},
             "responseTimeHistogram": {"0.1": 3},
             "latencyPercentiles": {"p10": 0.002, "p50": 0.018, "p90": 0.04, "p99": 0.08, "p99.9": 0.085},
             "rps": {"mean": 41, "stddev": 3, "max": 60, "min": 10, "percentiles": {"p50": 40}},
             "details": {"DNSDialup": {"average": 0.001, "fastest": 0.0005, "slowest": 0.002},
                         "DNSLookup": {"average": 0.0001, "fastest": 0.00005, "slowest": 0.0002}},
             "statusCodeDistribution": {"200": 185, "404": 5}, "errorDistribution": {"timeout": 10}}
            """;

    @Test
    void json_is_in_seconds_with_percentiles_rates_and_failures() throws IOException {
        Gathered gathered = Gathered.of("api.json", JSON);

        assertThat(gathered.rows())
                .contains(
                        "api | time | s | lower | 0.02",
                        "api | p50 | s | lower | 0.018",
                        "api | p90 | s | lower | 0.04",
                        "api | p99 | s | lower | 0.08",
                        "api | p99.9 | s | lower | 0.085",
                        "api | throughput | requests/s | higher | 40",
                        "api | throughput.10ms | requests/s | higher | 41",
                        "api | error_responses |  | lower | 5",
                        "api | transfer | B/s | higher | 800",
                        "api | received | B | lower | 20",
                        "api | connect | s | lower | 0.001",
                        "api | lookup | s | lower | 1.0E-4");
        assertThat(gathered.measurement("api", "failures").sample().location()).isCloseTo(5, within(1e-9));
        assertThat(gathered.summary("api", "time").count()).isEqualTo(190);
        assertThat(gathered.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"average\": 0.02", "p50\": 0.018", "mean\": 41", "successRate\": 0.95", "404\": 5"})
    void a_number_that_is_none_is_reported_with_its_place(String member) throws IOException {
        String key = member.substring(0, member.indexOf('"'));
        Gathered gathered = Gathered.of("api.json", JSON.replace(member, key + "\": NaN"));

        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("api.json:")
                .contains(key + "\" is NaN, no finite number; it is left out");
    }

    @Test
    void a_statistic_that_is_null_was_not_stated() throws IOException {
        Gathered gathered = Gathered.of("api.json", JSON.replace("\"p99.9\": 0.085", "\"p99.9\": null"));

        assertThat(gathered.problems()).isEmpty();
        assertThat(gathered.rows()).noneMatch(row -> row.contains("p99.9"));
    }

    @Test
    void text_is_read_like_json_and_a_second_report_is_another_measurement() throws IOException {
        String text = """
                Summary:
                  Success rate:\t95.00%
                  Total:\t5.0000 secs
                  Slowest:\t0.0900 secs
                  Fastest:\t1.0000 ms
                  Average:\t20.0000 ms
                  Requests/sec:\t40.0000

                  Size/request:\t20 B
                  Size/sec:\t800 B

                Response time distribution:
                  50.00% in 18.0000 ms
                  99.00% in 0.0800 secs

                Status code distribution:
                  [200] 185 responses
                  [404] 5 responses
                """;
        Gathered gathered = Gathered.of("api.txt", text + text);

        assertThat(gathered.rows())
                .contains(
                        "api | time | s | lower | 0.02",
                        "api | p50 | s | lower | 0.018",
                        "api | p99 | s | lower | 0.08",
                        "api | throughput | requests/s | higher | 40",
                        "api | error_responses |  | lower | 5");
        assertThat(gathered.problems())
                .allMatch(problem -> problem.contains("is measured more than once in one run"))
                .isNotEmpty();
    }

    private static final String CSV = "request-start,DNS,DNS+dialup,Response-delay,request-duration,bytes,status\n";

    @Test
    void requests_of_csv_are_kept_one_by_one() throws IOException {
        Gathered gathered = Gathered.of("api.csv", CSV + """
                0,0,0.001,0.002,0.010,100,200
                0.5,0,0,0.002,0.030,100,503
                0.6,0,0,0.002,slow,100,200
                """);

        assertThat(gathered.groups("api", "time")).containsExactly(List.of(0.010, 0.030));
        assertThat(gathered.rows())
                .contains("api | connect | s | lower | 0.001", "api | error_responses |  | lower | 1");
        assertThat(gathered.problems()).containsExactly("api.csv:4: has no duration; the request is skipped");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "STATUS"})
    void a_column_that_is_there_twice_is_refused(String column) {
        assertThatThrownBy(
                        () -> Gathered.of("api.csv", CSV.replace("\n", "," + column + "\n") + "0,0,0,0,1,1,200,200\n"))
                .hasMessage("api.csv:1: has the column \"" + column + "\" more than once; leave one of them");
    }

    @Test
    void text_without_a_rate_is_reported() throws IOException {
        assertThat(Gathered.of("api.txt", "Summary:\n  Success rate:\t95.00%\n").problems())
                .startsWith("api.txt:1: has no requests per second; the report is skipped");
    }
}
