package dev.plumbline.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Benchmark;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedNamesTest {
    private static final Benchmark SMALL = Benchmark.of("Sort.quick", Map.of("mode", "avgt", "n", "10"));
    private static final Benchmark LARGE = Benchmark.of("Sort.quick", Map.of("mode", "avgt", "n", "1000"));
    private static final Benchmark PLAIN = Benchmark.of("Sort.merge", Map.of("mode", "avgt"));

    @Test
    void what_all_share_is_told_once() {
        SharedNames shared = SharedNames.of(List.of(SMALL, LARGE, PLAIN));

        assertThat(shared.words()).isEqualTo("all benchmarks have mode=avgt");
        assertThat(List.of(SMALL, LARGE, PLAIN))
                .extracting(shared::label)
                .containsExactly("quick {n=10}", "quick {n=1000}", "merge");
    }

    @Test
    void labels_stay_different_where_benchmarks_are() {
        SharedNames shared = SharedNames.of(List.of(SMALL, LARGE));

        assertThat(shared.label(SMALL)).isNotEqualTo(shared.label(LARGE));
        assertThat(shared.label(Benchmark.of("Sort.quick"))).isEqualTo("Sort.quick");
    }

    @Test
    void one_benchmark_shares_nothing_nor_does_one_with_another_value() {
        assertThat(SharedNames.of(List.of()).words()).isEmpty();
        assertThat(SharedNames.of(List.of(SMALL, SMALL)).words()).isEmpty();
        assertThat(SharedNames.of(List.of(SMALL, Benchmark.of("other", Map.of("mode", "thrpt"))))
                        .words())
                .isEmpty();
        assertThat(SharedNames.of(List.of(SMALL, Benchmark.of("other"))).label(SMALL))
                .isEqualTo("Sort.quick {mode=avgt, n=10}");
    }

    @Test
    void a_table_leaves_out_what_its_own_rows_share_and_says_so() {
        SharedNames all = SharedNames.of(List.of(SMALL, LARGE, Benchmark.of("x", Map.of("mode", "thrpt"))));

        SharedNames table = all.among(List.of(SMALL, LARGE));

        assertThat(all.label(SMALL)).isEqualTo("Sort.quick {mode=avgt, n=10}");
        assertThat(table.label(SMALL)).isEqualTo("Sort.quick {n=10}");
        assertThat(table.wordsBeyond(all)).isEqualTo("all rows of the table have mode=avgt");
        assertThat(all.among(List.of(SMALL)).wordsBeyond(all)).isEmpty();
    }
}
