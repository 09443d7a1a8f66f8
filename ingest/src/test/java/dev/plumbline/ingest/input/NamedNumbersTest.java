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

    @Test
    void a_number_is_kept_as_it_is_stated_for_those_who_report_what_is_none() {
        NamedNumbers numbers = new NamedNumbers();
        numbers.state("a", Double.NaN);
        numbers.state("b", 3);

        assertThat(numbers.has("a")).isTrue();
        assertThat(numbers.getOr("a", 7)).isNaN();
        assertThat(numbers.getOr("c", 7)).isEqualTo(7);
        assertThat(numbers.get("a", "b")).as("the first that is stated").isNaN();
        numbers.removeIf("a"::equals);
        assertThat(numbers.size()).isEqualTo(1);
        numbers.clear();
        assertThat(numbers.isEmpty()).isTrue();
    }

    @Test
    void what_is_added_under_one_name_is_summed() {
        NamedNumbers numbers = new NamedNumbers();
        numbers.add("Ir", 2);
        numbers.add("Ir", 3);

        assertThat(numbers.get("Ir")).isEqualTo(5);
    }
}
