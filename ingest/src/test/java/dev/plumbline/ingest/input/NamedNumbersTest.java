package dev.plumbline.ingest.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedNumbersTest {
    @Test
    void the_first_name_that_has_a_number_gives_it_and_none_gives_nan() {
        NamedNumbers numbers = new NamedNumbers();
        numbers.put("median", 2);
        numbers.put("p50", 1);

        assertThat(numbers.get("p50", "median")).isEqualTo(1);
        assertThat(numbers.get("q50", "median")).isEqualTo(2);
        assertThat(numbers.get("mean")).isNaN();
        assertThat(numbers.get()).isNaN();
    }

    @Test
    void what_is_not_finite_counts_as_not_stated() {
        NamedNumbers numbers = new NamedNumbers();
        numbers.put("a", Double.NaN);
        numbers.put("b", Double.POSITIVE_INFINITY);

        assertThat(numbers.isEmpty()).isTrue();
        assertThat(numbers.has("a")).isFalse();
    }

    @Test
    void numbers_are_visited_in_the_order_of_the_file() {
        NamedNumbers numbers = new NamedNumbers();
        numbers.put("z", 1);
        numbers.put("a", 2);
        List<String> visited = new ArrayList<>();

        numbers.forEach((name, value) -> visited.add(name + "=" + value));

        assertThat(visited).containsExactly("z=1.0", "a=2.0");
    }
}
