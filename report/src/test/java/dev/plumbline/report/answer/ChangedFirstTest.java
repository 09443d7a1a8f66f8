package dev.plumbline.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangedFirstTest {
    private static final ChangedFirst.Reached CONCAT = new ChangedFirst.Reached("StringBench.concat", "Text.join");

    @Test
    void says_how_many_benchmarks_a_change_can_reach() {
        assertThat(new ChangedFirst("main", 1, 6, List.of(CONCAT)).summary())
                .isEqualTo("1 of 6 benchmarks can reach code changed since main (1 class); measuring it first");
        assertThat(new ChangedFirst("main", 3, 6, List.of(CONCAT, CONCAT)).summary())
                .isEqualTo("2 of 6 benchmarks can reach code changed since main (3 classes); measuring them first");
        assertThat(new ChangedFirst("main", 0, 6, List.of(new ChangedFirst.Reached("gzip", ""))).summary())
                .isEqualTo("1 of 6 benchmarks can reach code changed since main; measuring it first");
        assertThat(new ChangedFirst("main", 0, 6, List.of()).summary())
                .isEqualTo("no benchmark reaches code that changed since main; measuring in the usual order");
        assertThat(new ChangedFirst("main", 1, 1, List.of(CONCAT)).summary())
                .isEqualTo("every benchmark reaches code that changed since main; measuring in the usual order");
    }

    @Test
    void says_why_each_comes_first() {
        assertThat(new ChangedFirst(
                                "main",
                                2,
                                9,
                                List.of(
                                        CONCAT,
                                        new ChangedFirst.Reached("StringBench.plain", "StringBench.plain"),
                                        new ChangedFirst.Reached("StringBench.sum n=1", "StringBench.sum"),
                                        new ChangedFirst.Reached("gzip", "")))
                        .reasons())
                .containsExactly(
                        "StringBench.concat reaches Text.join (touched by this change)",
                        "StringBench.plain is touched by this change",
                        "StringBench.sum n=1 is touched by this change",
                        "gzip is named like a file that this change touches");
        assertThat(new ChangedFirst("main", 1, 1, List.of(CONCAT)).reasons()).isEmpty();
    }

    @Test
    void names_what_was_not_measured() {
        assertThat(ChangedFirst.skipped(List.of("a.b")))
                .isEqualTo("time ran out before 1 benchmark that the change does not reach: a.b");
        assertThat(ChangedFirst.skipped(
                        IntStream.range(0, 12).mapToObj(i -> "b" + i).toList()))
                .isEqualTo("time ran out before 12 benchmarks that the change does not reach: b0, b1, b2, b3, b4, b5,"
                        + " b6, b7, b8, b9, 2 more");
    }
}
