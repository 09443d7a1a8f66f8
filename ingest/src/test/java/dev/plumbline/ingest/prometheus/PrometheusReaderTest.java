package dev.plumbline.ingest.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusReaderTest {
    private static Gathered read(String text) throws IOException {
        return Gathered.of("metrics.prom", text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "counter ! requests_total ! requests_total 7 ! requests | total |  | higher | 7",
                "counter ! errors_total ! errors_total 7 ! errors | total |  | lower | 7",
                "gauge ! queue_wait_seconds ! queue_wait_seconds 1.5 ! queue_wait_seconds | time | seconds | lower | 1.5",
                "gauge ! heap_bytes ! heap_bytes{area=\"old\"} 64 ! heap_bytes {area=old} | size | bytes | lower | 64",
                "gauge ! hit_ratio ! hit_ratio 0.5 ! hit_ratio | value | ratio | lower | 0.5"
            })
    void kind_and_name_give_metric_unit_and_direction(String kind, String family, String line, String row)
            throws IOException {
        assertThat(read("# TYPE " + family + " " + kind + "\n" + line + "\n").rows())
                .containsExactly(row);
    }

    @Test
    void a_summary_has_its_mean_its_count_and_the_quantiles_from_the_median_up() throws IOException {
        Gathered gathered = read("""
                # TYPE rpc_seconds summary
                rpc_seconds{quantile="0.1"} 1
                rpc_seconds{quantile="0.5"} 2
                rpc_seconds{quantile="0.99"} 9
                rpc_seconds_sum 30
                rpc_seconds_count 10
                """);

        assertThat(gathered.rows())
                .containsExactly(
                        "rpc_seconds | time | seconds | lower | 3",
                        "rpc_seconds | p50 | seconds | lower | 2",
                        "rpc_seconds | p99 | seconds | lower | 9");
        assertThat(gathered.summary("rpc_seconds", "time").count()).isEqualTo(10);
        assertThat(gathered.summary("rpc_seconds", "time").quantiles()).containsOnlyKeys(0.1, 0.5, 0.99);
    }

    @Test
    void a_bound_of_a_histogram_is_the_quantile_of_the_share_at_or_below_it() throws IOException {
        Gathered gathered = read("""
                # TYPE rpc_seconds histogram
                rpc_seconds_bucket{le="0.1"} 0
                rpc_seconds_bucket{le="1"} 5
                rpc_seconds_bucket{le="2"} 5
                rpc_seconds_bucket{le="5"} 9
                rpc_seconds_bucket{le="+Inf"} 10
                rpc_seconds_sum 30
                rpc_seconds_count 10
                """);

        assertThat(gathered.rows()).containsExactly("rpc_seconds | time | seconds | lower | 3");
        assertThat(gathered.summary("rpc_seconds", "time").quantiles())
                .containsEntry(0.5, 1.0)
                .containsEntry(0.9, 5.0)
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "+Inf", "-Inf"})
    void a_value_that_is_no_number_is_reported(String value) throws IOException {
        Gathered gauge = read("# TYPE a gauge\na " + value + "\n# TYPE b counter\nb_total 1\n");
        Gathered mean = read("# TYPE a_seconds summary\na_seconds_sum " + value
                + "\na_seconds_count 3\n# TYPE b counter\nb_total 1\n");

        assertThat(gauge.problems()).singleElement().asString().startsWith("metrics.prom:2: benchmark \"a\"");
        assertThat(mean.rows()).hasSize(1);
        assertThat(mean.problems()).singleElement().asString().startsWith("metrics.prom:2: benchmark \"a_seconds\"");
    }

    @Test
    void a_quantile_that_is_no_number_is_reported_and_the_mean_is_kept() throws IOException {
        Gathered gathered = read("""
                # TYPE a_seconds summary
                a_seconds{quantile="0.5"} NaN
                a_seconds_sum 6
                a_seconds_count 3
                """);

        assertThat(gathered.rows()).containsExactly("a_seconds | time | seconds | lower | 2");
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("metrics.prom:2: benchmark \"a_seconds\"");
    }

    @Test
    void nothing_observed_is_nothing_measured() throws IOException {
        Gathered gathered = read("""
                # TYPE a_seconds summary
                a_seconds{quantile="0.5"} NaN
                a_seconds_sum 0
                a_seconds_count 0
                # TYPE b counter
                b_total 1
                """);

        assertThat(gathered.rows()).containsExactly("b | total |  | higher | 1");
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void labels_may_hold_everything_and_times_and_exemplars_are_no_values() throws IOException {
        Gathered gathered = read("""
                # TYPE a gauge
                # UNIT a seconds
                a{path="C:\\\\x\\n\\"y\\"",z="} 1",} 2.5 1700000000000 # {trace="t"} 9
                """);

        assertThat(gathered.measurements()).singleElement().satisfies(one -> {
            assertThat(one.benchmark().parameters())
                    .containsEntry("path", "C:\\x\n\"y\"")
                    .containsEntry("z", "} 1");
            assertThat(one.sample().location()).isEqualTo(2.5);
            assertThat(one.metric().unit().symbol()).isEqualTo("seconds");
        });
        assertThat(gathered.header().measuredAt()).contains(Instant.ofEpochMilli(1700000000000L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a{x=\"1\" 2", "a{x=1} 2", "a", "a two", "{x=\"1\"} 2", "a 1 2 3", "a{x=\"1} 2", "1a 2"})
    void a_line_that_is_no_metric_is_reported_with_its_number(String line) throws IOException {
        Gathered gathered = read("# TYPE b gauge\nb_seconds 1\n" + line + "\nb_seconds{x=\"1\"} 2\n");

        assertThat(gathered.problems())
                .contains("metrics.prom:3: is not a metric, its labels and a number; it is skipped");
        assertThat(gathered.measurements()).hasSize(2);
    }

    @Test
    void info_joins_the_context_and_times_of_creation_are_passed_over() throws IOException {
        Gathered gathered = read("""
                # TYPE build info
                build_info{version="1.2",branch="main"} 1
                # TYPE b counter
                b_total 1
                b_created 1700000000
                """);

        assertThat(gathered.rows()).containsExactly("b | total |  | higher | 1");
        assertThat(gathered.header().context())
                .containsEntry("build.version", "1.2")
                .containsEntry("build.branch", "main");
    }
}
