package dev.plumbline.report.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderedTimesTest {
    private static List<Instant> times(String days) {
        return days.isEmpty()
                ? List.of()
                : Arrays.stream(days.split(" "))
                        .map(day -> Instant.EPOCH.plusSeconds(86_400L * Long.parseLong(day)))
                        .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "none, '', ''",
        "one, 5, 5",
        "in order, 1 2 2 3, 1 2 2 3",
        "an old date, 1 2 3 1 5 6, 1 2 3 3 5 6",
        "a date of the future, 1 2 30 4 5 6, 1 2 2 4 5 6",
        "the first one is late, 9 1 2 3, 1 1 2 3",
        "the last one is early, 2 3 4 1, 2 3 4 4",
        "two of them, 1 20 3 4 2 6, 1 1 3 4 4 6",
        "all of them, 3 2 1, 1 1 1"
    })
    void a_date_that_contradicts_the_order_is_that_of_the_point_before(String what, String given, String ordered) {
        assertThat(OrderedTimes.of(times(given))).isEqualTo(times(ordered));
    }
}
