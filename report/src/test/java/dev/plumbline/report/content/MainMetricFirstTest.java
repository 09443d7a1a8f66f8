package dev.plumbline.report.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.Examples;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MainMetricFirstTest {
    @Test
    void what_a_tool_is_about_stands_before_what_it_tells_beside_that() {
        List<SeriesKey> sorted = Stream.of("user", "gc.count", "time", "memory", "system")
                .flatMap(metric -> Stream.of(Examples.key("b", metric), Examples.key("a", metric)))
                .sorted(MainMetricFirst.ORDER)
                .toList();

        assertThat(sorted)
                .extracting(key -> key.benchmark().name() + " " + key.metric())
                .containsExactly(
                        "a time",
                        "a memory",
                        "a system",
                        "a user",
                        "a gc.count",
                        "b time",
                        "b memory",
                        "b system",
                        "b user",
                        "b gc.count");
    }
}
