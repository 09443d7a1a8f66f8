package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MeasuredTextTest {
    @Test
    void shows_the_mean_with_the_interval_of_the_mean() {
        // x <- c(100, 101, 102, 103, 144); mean(x); diff(t.test(x)$conf.int) / 2
        // 110; 23.64058
        String text = MeasuredText.of(List.of(run(100, 101, 102, 103, 144)), TextStyle.DEFAULT.withWidth(100));

        assertThat(text.lines().findFirst().orElseThrow()).contains("mean", "±", "from", "to", "n");
        assertThat(text).contains("110 ms", "21.5 %", "100 ms", "144 ms");
    }

    @Test
    void shows_a_single_value_without_an_interval() {
        assertThat(MeasuredText.of(List.of(run(7)), TextStyle.DEFAULT))
                .contains("7")
                .doesNotContain("%", "NaN");
    }

    @Test
    void says_when_there_is_nothing() {
        assertThat(MeasuredText.of(List.of(), TextStyle.DEFAULT)).isEqualTo("nothing was measured\n");
    }

    private static Run run(double... values) {
        return new Run(
                Examples.run(1, "abc").header(),
                List.of(new Measurement(
                        Benchmark.of("sort"),
                        new Metric("time", Unit.of("ms"), Better.LOWER),
                        Sample.Values.of(
                                Sample.Center.MEDIAN,
                                DoubleStream.of(values)
                                        .mapToObj(value -> new double[] {value})
                                        .toList()))));
    }
}
