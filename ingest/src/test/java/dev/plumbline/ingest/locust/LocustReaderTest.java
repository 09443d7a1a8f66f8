package dev.plumbline.ingest.locust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocustReaderTest {
    private static final String STATS = """
            Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,\
            Max Response Time,Average Content Size,Requests/s,Failures/s,50%,66%,90%,99%,99.9%,100%
            GET,/a,200,10,8,9.5,1,90,100,40.5,2,8,9,20,50,80,90
            POST,/never,0,0,0,0,0,0,0,0,0,N/A,N/A,N/A,N/A,N/A,N/A
            ,Aggregated,200,10,8,9.5,1,90,100,40.5,2,8,9,20,50,80,90
            """;

    @Test
    void a_request_has_its_method_its_percentiles_from_90_up_its_rate_and_the_number_of_failures() throws IOException {
        Gathered gathered = Gathered.of("load_stats.csv", STATS);

        assertThat(gathered.rows())
                .containsExactly(
                        "/a {method=GET} | p90 | ms | lower | 20",
                        "/a {method=GET} | p99 | ms | lower | 50",
                        "/a {method=GET} | p99.9 | ms | lower | 80",
                        "/a {method=GET} | time | ms | lower | 9.5",
                        "/a {method=GET} | throughput | requests/s | higher | 40.5",
                        "/a {method=GET} | failures |  | lower | 10",
                        "/never {method=POST} | throughput | requests/s | higher | 0",
                        "/never {method=POST} | failures |  | lower | 0",
                        "Aggregated | p90 | ms | lower | 20",
                        "Aggregated | p99 | ms | lower | 50",
                        "Aggregated | p99.9 | ms | lower | 80",
                        "Aggregated | time | ms | lower | 9.5",
                        "Aggregated | throughput | requests/s | higher | 40.5",
                        "Aggregated | failures |  | lower | 10");
        var time = gathered.summary("/a {method=GET}", "time");
        assertThat(time.count()).isEqualTo(200);
        assertThat(time.quantiles())
                .containsEntry(0.0, 1.0)
                .containsEntry(0.5, 8.0)
                .containsEntry(0.66, 9.0)
                .containsEntry(1.0, 90.0);
        assertThat(gathered.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Name", "name", "Requests/S"})
    void a_column_that_is_there_twice_is_refused_in_any_case_of_its_letters(String column) {
        String twice = STATS.replaceFirst("100%\n", "100%," + column + "\n").replace("80,90\n", "80,90,x\n");

        assertThatThrownBy(() -> Gathered.of("load_stats.csv", twice))
                .hasMessage("load_stats.csv:1: has the column \"" + column + "\" more than once; leave one of them");
    }

    @Test
    void a_row_of_another_length_is_reported_and_the_others_are_read() throws IOException {
        Gathered gathered = Gathered.of("load_stats.csv", STATS.replace("GET,/a,", "GET,/a,b,"));

        assertThat(gathered.problems())
                .containsExactly("load_stats.csv:2: the row has 18 fields, there are 17 columns; it is skipped");
        assertThat(gathered.measurement("Aggregated", "time")).isNotNull();
    }

    private static final String HISTORY = """
            Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,99%,Total Request Count,\
            Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,\
            Total Max Response Time,Total Average Content Size
            1700000000,1,GET,/a,0,0,N/A,N/A,0,0,0,0,0,0,0
            1700000001,1,GET,/a,10,0,5,9,10,0,5,6,1,9,100
            1700000002,1,GET,/a,20,1,7,11,30,2,6,7,1,12,110
            """;

    @Test
    void a_history_ends_with_its_totals_and_keeps_every_second() throws IOException {
        Gathered gathered = Gathered.of("load_stats_history.csv", HISTORY);

        assertThat(gathered.header().measuredAt()).contains(Instant.ofEpochSecond(1700000000));
        assertThat(gathered.rows())
                .containsExactly(
                        "/a {method=GET} | time | ms | lower | 7",
                        "/a {method=GET} | failures |  | lower | 2",
                        "/a {method=GET} | received | B | lower | 110",
                        "/a {method=GET} | throughput.seconds | requests/s | higher | 15",
                        "/a {method=GET} | p50.seconds | ms | lower | 6",
                        "/a {method=GET} | p99.seconds | ms | lower | 10");
        assertThat(gathered.groups("/a {method=GET}", "throughput.seconds")).containsExactly(List.of(10.0, 20.0));
    }

    @Test
    void a_history_with_a_column_twice_is_refused() {
        assertThatThrownBy(() -> Gathered.of("h.csv", HISTORY.replaceFirst("\n", ",name\n")))
                .hasMessage("h.csv:1: has the column \"name\" more than once; leave one of them");
    }

    @Test
    void failures_are_counted_by_error_and_a_count_that_is_none_is_reported() throws IOException {
        Gathered gathered = Gathered.of("load_failures.csv", """
                Method,Name,Error,Occurrences
                GET,/a,"HTTPError('500, ""x""')",7
                GET,/a,other,many
                """);

        assertThat(gathered.measurements()).singleElement().satisfies(one -> assertThat(
                        one.benchmark().parameters())
                .containsEntry("error", "HTTPError('500, \"x\"')")
                .containsEntry("method", "GET"));
        assertThat(gathered.problems())
                .containsExactly("load_failures.csv:3: has no number of occurrences; it is skipped");
    }

    @Test
    void json_has_every_response_time_and_the_failures() throws IOException {
        Gathered gathered = Gathered.of("load.json", """
                [{"name": "/a", "method": "GET", "start_time": 1700000000.5, "last_request_timestamp": 1700000010.5,
                  "num_requests": 4, "num_failures": 1, "total_response_time": 40, "min_response_time": 5, "max_response_time": 20,
                  "total_content_length": 400, "response_times": {"5": 1, "7.5": 2, "20": 1, "x": 1, "9": -1}},
                 {"name": "/b", "method": "GET", "num_requests": 0, "response_times": {}}]
                """);

        assertThat(gathered.rows())
                .contains(
                        "/a {method=GET} | time | ms | lower | 10",
                        "/a {method=GET} | response_times | ms | lower | 10")
                .noneMatch(row -> row.startsWith("/b"));
        assertThat(gathered.summary("/a {method=GET}", "time").count()).isEqualTo(4);
        assertThat(gathered.problems())
                .hasSize(2)
                .allMatch(problem -> problem.endsWith("is not how often a time was seen; it is skipped"));
    }
}
