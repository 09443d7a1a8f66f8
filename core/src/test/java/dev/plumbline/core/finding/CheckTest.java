package dev.plumbline.core.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckTest {
    @Test
    void numbers_stay_in_the_order_they_were_put_in_or_else_are_sorted() {
        Map<String, Double> ordered = new LinkedHashMap<>();
        List.of("runs", "level", "a").forEach(name -> ordered.put(name, 1.0));

        assertThat(new Check("history", Check.Outcome.PASSED, "", ordered)
                        .numbers()
                        .keySet())
                .containsExactly("runs", "level", "a");
        assertThat(new Check("history", Check.Outcome.PASSED, "", new HashMap<>(ordered))
                        .numbers()
                        .keySet())
                .containsExactly("a", "level", "runs");
    }

    @Test
    void its_numbers_are_its_own() {
        Map<String, Double> numbers = new LinkedHashMap<>(Map.of("runs", 3.0));
        Check check = new Check("history", Check.Outcome.PASSED, "", numbers);

        numbers.put("runs", 4.0);

        assertThat(check.numbers()).containsEntry("runs", 3.0);
        assertThatThrownBy(() -> check.numbers().put("runs", 5.0)).isInstanceOf(UnsupportedOperationException.class);
    }
}
