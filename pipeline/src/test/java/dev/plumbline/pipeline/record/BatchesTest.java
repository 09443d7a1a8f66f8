package dev.plumbline.pipeline.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchesTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 257, 2000})
    void what_comes_of_all_is_in_the_order_in_which_they_were_added(int count) {
        List<Integer> reported = new ArrayList<>();
        Batches<Integer, Integer> batches = new Batches<>(one -> 2 * one, reported::add);

        IntStream.range(0, count).forEach(batches::add);

        assertThat(batches.all())
                .isEqualTo(IntStream.range(0, count).mapToObj(one -> 2 * one).toList());
        assertThat(reported).isSorted().endsWith(count);
    }

    @Test
    void a_failure_of_the_work_reaches_whoever_asks_for_what_came_of_it() {
        Batches<Integer, Integer> batches = new Batches<>(
                one -> {
                    throw new IllegalStateException("broken " + one);
                },
                done -> {});
        batches.add(7);

        assertThatThrownBy(batches::all)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("broken 7");
    }
}
