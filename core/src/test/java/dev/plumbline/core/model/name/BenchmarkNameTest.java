package dev.plumbline.core.model.name;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Benchmark;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BenchmarkNameTest {
    @Test
    void a_name_means_what_is_called_so_before_what_has_it_in_its_name() {
        assertThat(meant("Sort.quick", "org.a.Sort.quick", "org.a.Sort.quicker", "org.a.MySort.quick"))
                .containsExactly("org.a.Sort.quick");
        assertThat(meant("quick", "quick", "org.a.Sort.quick")).containsExactly("quick");
        assertThat(meant("sort.QUICK {n=2}", "org.a.Sort.quick {n=2}", "org.a.Sort.quick {n=3}"))
                .containsExactly("org.a.Sort.quick {n=2}");
        assertThat(meant("Sort.quick", "org.a.Sort.quick {n=2}", "org.a.Sort.quicker"))
                .containsExactly("org.a.Sort.quick {n=2}");
        assertThat(meant("uic", "org.a.Sort.quick", "org.a.Sort.slow")).containsExactly("org.a.Sort.quick");
        assertThat(meant("*.quick", "quick", "org.a.Sort.quick")).containsExactly("org.a.Sort.quick");
        assertThat(meant("", "quick")).isEmpty();
    }

    @Test
    void parameters_that_a_table_leaves_out_are_left_out() {
        assertThat(meant("Sort.quick {n=2}", "org.a.Sort.quick {m=1, n=2, o=3}", "org.a.Sort.quick {m=1, n=20, o=3}"))
                .containsExactly("org.a.Sort.quick {m=1, n=2, o=3}");
        assertThat(meant("quick {o=3, m=1}", "org.a.Sort.quick {m=1, n=2, o=3}"))
                .isEmpty();
    }

    @Test
    void what_a_table_cut_out_of_a_name_is_any_text() {
        assertThat(meant("Sort.qu\u2026 {n=2}", "org.a.Sort.quick {n=2}", "org.a.Sort.quick {n=3}", "org.a.Sort.slow"))
                .containsExactly("org.a.Sort.quick {n=2}");
    }

    @Test
    void a_table_cuts_names_and_leaves_parameters_out_at_once() {
        assertThat(meant("\u2026quick {n=2}", "org.a.Sort.quick {m=1, n=2}", "org.a.Sort.quick {m=1, n=3}"))
                .containsExactly("org.a.Sort.quick {m=1, n=2}");
    }

    private static List<String> meant(String text, String... labels) {
        return new BenchmarkName(text)
                .meanings().stream()
                        .map(meaning -> Stream.of(labels)
                                .filter(label -> meaning.test(Benchmark.ofLabel(label)))
                                .toList())
                        .filter(found -> !found.isEmpty())
                        .findFirst()
                        .orElse(List.of());
    }
}
