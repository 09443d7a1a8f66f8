package dev.plumbline.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.Examples;
import dev.plumbline.report.terminal.TextStyle;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MeasuredTextTest {
    @Test
    void shows_the_mean_with_the_interval_of_the_mean() {
        // x <- c(100, 101, 102, 103, 144); mean(x); diff(t.test(x)$conf.int) / 2
        // 110; 23.64058
        String text = MeasuredText.of(List.of(run(100, 101, 102, 103, 144)), true, TextStyle.DEFAULT.withWidth(100));

        assertThat(text.lines().findFirst().orElseThrow()).contains("mean", "±", "from", "to", "n");
        assertThat(text).contains("110 ms", "21.5 %", "100 ms", "144 ms");
    }

    @Test
    void an_interval_that_was_looked_at_after_each_execution_is_wider() {
        assertThat(MeasuredText.of(List.of(run(100, 101, 102, 103, 144)), false, TextStyle.DEFAULT.withWidth(100)))
                .contains("110 ms", "65.4 %");
        assertThat(MeasuredText.of(List.of(run(1, 100)), true, TextStyle.DEFAULT))
                .contains("> 100 %");
    }

    @Test
    void shows_the_percentiles_of_a_latency_that_there_are_enough_values_for() {
        double[] values = DoubleStream.iterate(1, value -> value + 1).limit(100).toArray();

        // quantile(1:100, c(.5, .95, .99), type = 7)
        // 50.50 95.05 99.01
        assertThat(MeasuredText.of(List.of(run(values)), true, TextStyle.DEFAULT.withWidth(110)))
                .contains("p50", "p95", "p99", "50.5 ms", "95.0 ms", "99.0 ms");
        assertThat(MeasuredText.of(List.of(run(1, 2, 3, 4, 5, 6)), true, TextStyle.DEFAULT.withWidth(110)))
                .contains("p50")
                .doesNotContain("p95");
    }

    @Test
    void a_percentile_that_the_tool_states_beside_its_executions_is_shown_once() {
        Measurement time = new Measurement(
                Benchmark.of("sort"),
                new Metric("time", Unit.of("ms"), Better.LOWER),
                Sample.Histogram.of(List.of(
                        new Sample.Histogram.Bins(new double[] {1, 2}, new long[] {40, 10}),
                        new Sample.Histogram.Bins(new double[] {2, 9}, new long[] {45, 5}))));

        // x <- rep(c(1, 2, 9), c(40, 55, 5)); quantile(x, c(.5, .95, .99), type = 1)
        // 2 2 9
        List<String> lines = text(time, stated("p0.50", 2), stated("sort:p0.99", 9), stated("p0.999", 9.5))
                .lines()
                .toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).containsPattern("p50 +p95 +p99");
        assertThat(lines.get(1)).containsPattern("sort +time .*2\\.00 ms +2\\.00 ms +9\\.00 ms");
        assertThat(lines.get(2)).contains("p0.999").doesNotContain("sort");
    }

    @Test
    void a_percentile_that_no_column_has_keeps_its_line() {
        Measurement few = new Measurement(
                Benchmark.of("sort"),
                new Metric("time", Unit.of("ms"), Better.LOWER),
                Sample.Histogram.of(List.of(new Sample.Histogram.Bins(new double[] {1, 2}, new long[] {10, 12}))));

        assertThat(text(few, stated("p0.50", 2), stated("p0.99", 2)))
                .contains("p0.99")
                .doesNotContain("p0.50");
        assertThat(text(stated("p0.50", 2), stated("p0.99", 3))).contains("p0.50", "p0.99");
    }

    private static Measurement stated(String metric, double value) {
        return new Measurement(
                Benchmark.of("sort"), new Metric(metric, Unit.of("ms"), Better.LOWER), Sample.Summary.of(value));
    }

    @Test
    void shows_a_single_value_without_an_interval() {
        assertThat(MeasuredText.of(List.of(run(7)), true, TextStyle.DEFAULT))
                .contains("7")
                .doesNotContain("%", "NaN");
    }

    @Test
    void says_when_there_is_nothing() {
        assertThat(MeasuredText.of(List.of(), false, TextStyle.DEFAULT)).isEqualTo("nothing was measured\n");
    }

    @Test
    void says_which_of_several_was_the_fastest_and_how_many_times_with_the_uncertainty() {
        Run run = new Run(
                Examples.run(1, "abc").header(),
                List.of(
                        measurement("slow", Better.LOWER, 118, 120, 122),
                        measurement("quick", Better.LOWER, 98, 100, 102),
                        measurement("slowest", Better.LOWER, 300)));

        // h <- function(x) diff(t.test(x)$conf.int) / 2 / mean(x)
        // 1.2 * sqrt(h(c(118, 120, 122))^2 + h(c(98, 100, 102))^2)
        // 0.07760694
        assertThat(MeasuredText.of(List.of(run), true, TextStyle.DEFAULT)).endsWith("""

                    quick ran
                      1.20 ± 0.08 times faster than slow
                      3.00 times faster than slowest (too few executions for a confidence interval)
                    """);
        assertThat(MeasuredText.of(
                        List.of(new Run(
                                run.header(),
                                List.of(measurement("a", Better.HIGHER, 1, 2), measurement("b", Better.HIGHER, 2, 3)))),
                        true,
                        TextStyle.DEFAULT))
                .doesNotContain(" ran");
        assertThat(MeasuredText.of(List.of(run(1, 2)), true, TextStyle.DEFAULT)).doesNotContain(" ran");
    }

    @Test
    void the_methods_of_a_jmh_jar_are_not_ranked_but_the_parameters_of_one_are() {
        Measurement mul = jmh("acme.B.mul", "1", 1, 2, 3);

        assertThat(text(mul, jmh("acme.B.cat", "1", 780, 790, 800))).doesNotContain(" ran", "times faster", "×");
        assertThat(text(mul, jmh("acme.B.mul", "2", 780, 790, 800))).contains(" ran\n", "times faster than", "×");
    }

    private static String text(Measurement... all) {
        return MeasuredText.of(
                List.of(new Run(Examples.run(1, "abc").header(), List.of(all))), true, TextStyle.DEFAULT);
    }

    private static Measurement jmh(String name, String size, double... values) {
        Measurement plain = measurement(name, Better.LOWER, values);
        return new Measurement(
                Benchmark.of(name, Map.of("mode", "avgt", "size", size)), plain.metric(), plain.sample());
    }

    private static Run run(double... values) {
        return new Run(Examples.run(1, "abc").header(), List.of(measurement("sort", Better.LOWER, values)));
    }

    private static Measurement measurement(String name, Better better, double... values) {
        return new Measurement(
                Benchmark.of(name),
                new Metric("time", Unit.of("ms"), better),
                Sample.Values.of(
                        Sample.Center.MEDIAN,
                        DoubleStream.of(values)
                                .mapToObj(value -> new double[] {value})
                                .toList()));
    }
}
