package dev.plumbline.ingest.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatlingReaderTest {
    private static String stats(String name) {
        return """
                "stats": {"name": "%s", "numberOfRequests": {"total": 200, "ok": 190, "ko": 10},
                 "minResponseTime": {"total": 1}, "maxResponseTime": {"total": 90}, "meanResponseTime": {"total": 20},
                 "standardDeviation": {"total": 5}, "percentiles1": {"total": 18}, "percentiles2": {"total": 25},
                 "percentiles3": {"total": 40}, "percentiles4": {"total": 80},
                 "meanNumberOfRequestsPerSecond": {"total": 40.5}}""".formatted(name);
    }

    @Test
    void a_report_has_the_names_units_and_directions_of_load_tests() throws IOException {
        Gathered gathered = Gathered.of("stats.json", """
                {"type": "GROUP", "name": "All Requests", %s, "contents": {
                  "g": {"type": "GROUP", "name": "Shop", %s, "contents": {
                    "r": {"type": "REQUEST", "name": "a &lt; b &amp;quot;", %s}}}}}
                """.formatted(stats("All Requests"), stats("Shop"), stats("a")));

        String request = "Shop/a < b &quot; | ";
        assertThat(gathered.rows())
                .contains(
                        request + "p50 | ms | lower | 18",
                        request + "p75 | ms | lower | 25",
                        request + "p95 | ms | lower | 40",
                        request + "p99 | ms | lower | 80",
                        request + "time | ms | lower | 20",
                        request + "throughput | requests/s | higher | 40.5",
                        request + "failures | % | lower | 5",
                        "Shop | time | ms | lower | 20",
                        "All Requests | time | ms | lower | 20")
                .hasSize(21);
        var time = gathered.summary("All Requests", "time");
        assertThat(time.count()).isEqualTo(200);
        assertThat(time.standardDeviation()).hasValue(5);
        assertThat(time.quantiles()).containsOnlyKeys(0.0, 0.5, 0.75, 0.95, 0.99, 1.0);
    }

    @Test
    void the_whole_alone_is_read_and_what_was_never_requested_is_passed_over() throws IOException {
        String whole = stats("All Requests").replace("\"stats\": {", "").replaceFirst("}}\\s*$", "}");

        assertThat(Gathered.of("global_stats.json", "{" + whole + "}").rows())
                .contains("All Requests | time | ms | lower | 20");
        assertThat(Gathered.of(
                                "stats.json",
                                "{\"name\": \"x\", " + stats("x").replace("\"total\": 200", "\"total\": 0") + "}")
                        .problems())
                .containsExactly("stats.json: contains no measurement");
    }

    @Test
    void a_percentile_that_is_no_number_is_reported_and_the_rest_is_read() throws IOException {
        Gathered gathered = Gathered.of(
                "stats.json", "{\"name\": \"a\", " + stats("a").replace("{\"total\": 40}", "{\"total\": NaN}") + "}");

        assertThat(gathered.rows()).hasSize(6);
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("stats.json:")
                .contains("\"percentiles3.total\" is NaN, no finite number; it is left out");
    }

    private static final String LOG = """
            RUN\to.e.Load\tload\t1700000000000\tnightly run\t3.9.5
            USER\tShop\tSTART\t1700000000000
            REQUEST\t\thome\t1700000000100\t1700000000110\tOK\t\s
            REQUEST\tShop,Cart\tadd\t1700000001000\t1700000001030\tKO\tstatus.find.is(200)
            REQUEST\tShop,Cart\tadd\t1700000001900\t1700000002000\tOK\t\s
            USER\tShop\tEND\t1700000004000
            """;

    @Test
    void a_log_has_every_time_by_group_and_name_and_the_rate_of_the_whole_run() throws IOException {
        Gathered gathered = Gathered.of("simulation.log", LOG);

        assertThat(gathered.header().measuredAt()).contains(Instant.ofEpochMilli(1700000000000L));
        assertThat(gathered.header().context())
                .containsEntry("tool", "Gatling 3.9.5")
                .containsEntry("description", "nightly run");
        String add = "Shop/Cart/add {simulation=o.e.Load} | ";
        assertThat(gathered.rows())
                .contains(
                        add + "time | ms | lower | 65",
                        add + "throughput | requests/s | higher | 0.5",
                        add + "failures | % | lower | 50",
                        "All Requests {simulation=o.e.Load} | throughput | requests/s | higher | 0.75");
        assertThat(gathered.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'REQUEST\tx', is not a request with its times and status; it is skipped",
        "'REQUEST\t\tx\t1700000000110\t1700000000100\tOK\t ', has no time from start to end; the request is skipped",
        "'REQUEST\t\tx\tnever\t1700000000100\tOK\t ', is not a request with its times and status; it is skipped",
        "NOISE, is not a record of a simulation; it is skipped"
    })
    void a_line_that_is_no_record_is_reported_with_its_number(String line, String what) throws IOException {
        Gathered gathered = Gathered.of("simulation.log", LOG + line + "\n");

        assertThat(gathered.problems()).containsExactly("simulation.log:7: " + what);
        assertThat(gathered.measurement("home {simulation=o.e.Load}", "time")).isNotNull();
    }

    @Test
    void errors_of_the_simulation_are_counted() throws IOException {
        assertThat(Gathered.of("simulation.log", LOG + "ERROR\tcrash\t1700000003000\nERROR\tx\t1700000003000\n")
                        .problems())
                .containsExactly("simulation.log: 2 requests were never sent because of errors in the simulation");
    }

    @Test
    void a_log_that_ends_within_a_time_is_refused() {
        assertThatThrownBy(() -> Gathered.of("simulation.log", LOG + "REQUEST\t\tx\t1700000000110\t17000000"))
                .hasMessageStartingWith("simulation.log:7: the last line has no end");
    }
}
