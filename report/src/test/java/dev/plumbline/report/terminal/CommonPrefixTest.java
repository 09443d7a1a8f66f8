package dev.plumbline.report.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommonPrefixTest {

    @Test
    void ends_after_a_separator() {
        assertThat(CommonPrefix.of(List.of("org.example.Sort", "org.example.Search")))
                .isEqualTo("org.example.");
        assertThat(CommonPrefix.of(List.of("a/b/c", "a/b/d"))).isEqualTo("a/b/");
        assertThat(CommonPrefix.of(List.of("t.py::one", "t.py::two"))).isEqualTo("t.py::");
        assertThat(CommonPrefix.of(List.of("sort", "sore"))).isEmpty();
    }

    @Test
    void ends_neither_in_the_arguments_of_a_command_nor_inside_a_number() {
        assertThat(CommonPrefix.of(List.of("sleep 0.01", "sleep 0.02"))).isEmpty();
        assertThat(CommonPrefix.of(List.of("bin/sort a/x", "bin/sort a/y"))).isEqualTo("bin/");
        assertThat(CommonPrefix.of(List.of("0.5", "0.6"))).isEmpty();
        assertThat(CommonPrefix.of(List.of("org.example.Sort n=1", "org.example.Sort n=2")))
                .isEqualTo("org.example.");
    }

    @Test
    void ends_at_a_point_of_dotted_identifiers_only() {
        assertThat(CommonPrefix.of(List.of("./work.sh", "./work.py"))).isEmpty();
        assertThat(CommonPrefix.of(List.of("work.sh 1", "work.sh 2"))).isEmpty();
        assertThat(CommonPrefix.of(List.of("a-b.one", "a-b.two"))).isEmpty();
        assertThat(CommonPrefix.of(List.of("N.Sort.Quick(N: 1)", "N.Sort.Quick(N: 2)")))
                .isEqualTo("N.Sort.");
    }

    @Test
    void ends_not_inside_brackets() {
        assertThat(CommonPrefix.of(List.of("range/[1.5/2,3]-a", "range/[1.5/2,4]-b")))
                .isEqualTo("range/");
        assertThat(CommonPrefix.of(List.of("alpha|colour", "alpha|paint"))).isEqualTo("alpha|");
        assertThat(CommonPrefix.of(List.of("(a/b", "(a/c"))).isEmpty();
    }

    @Test
    void leaves_something_of_every_name() {
        assertThat(CommonPrefix.of(List.of("a/b/", "a/b/c"))).isEqualTo("a/");
        assertThat(CommonPrefix.of(List.of("BM_Sort/8", "BM_Sort/64"))).isEmpty();
        assertThat(CommonPrefix.of(List.of("a.", "a.c"))).isEmpty();
    }

    @Test
    void is_empty_for_fewer_than_two_different_names() {
        assertThat(CommonPrefix.of(List.of())).isEmpty();
        assertThat(CommonPrefix.of(List.of("a.b"))).isEmpty();
        assertThat(CommonPrefix.of(List.of("a.b", "a.b"))).isEmpty();
    }
}
