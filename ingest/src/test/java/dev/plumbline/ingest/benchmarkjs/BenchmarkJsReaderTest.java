package dev.plumbline.ingest.benchmarkjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BenchmarkJsReaderTest {
    @Test
    void a_rate_has_its_margin_as_95_percent_interval_and_its_number_of_samples() throws IOException {
        Gathered gathered = Gathered.of("out.txt", "RegExp#test x 4,000 ops/sec ±2.50% (81 runs sampled)\n");

        assertThat(gathered.rows()).containsExactly("RegExp#test | throughput | ops/sec | higher | 4000");
        assertThat(gathered.summary("RegExp#test", "throughput").interval()).contains(new Interval(3900, 4100, 0.95));
        assertThat(gathered.summary("RegExp#test", "throughput").count()).isEqualTo(81);
    }

    @Test
    void names_may_hold_an_x_and_other_lines_are_no_results() throws IOException {
        Gathered gathered = Gathered.of("out.txt", """
                > node bench.js
                a x b x 12.5 ops/sec ±0.00% (1 run sampled)
                \u001B[32mgrün\u001B[0m x 3 ops/sec ±1.00% (2 runs sampled)
                Fastest is a x b
                """);

        assertThat(gathered.rows())
                .containsExactly(
                        "a x b | throughput | ops/sec | higher | 12.5", "grün | throughput | ops/sec | higher | 3");
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void a_rate_that_is_no_number_is_reported_with_its_line() throws IOException {
        Gathered gathered = Gathered.of(
                "out.txt", "a x 1 ops/sec ±1.00% (2 runs sampled)\nb x 1.2.3 ops/sec ±1.00% (2 runs sampled)\n");

        assertThat(gathered.rows()).containsExactly("a | throughput | ops/sec | higher | 1");
        assertThat(gathered.problems())
                .containsExactly("out.txt:2: benchmark \"b\": the rate \"1.2.3\" is no number; it is skipped");
    }

    @Test
    void a_last_line_that_may_be_cut_off_is_refused() {
        assertThatThrownBy(() -> Gathered.of(
                        "out.txt", "a x 1 ops/sec ±1.00% (2 runs sampled)\nb x 12 ops/sec ±1.00% (2 runs sampled)"))
                .hasMessageStartingWith("out.txt:2: the last line has no end");
    }
}
