package dev.plumbline.pipeline.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.measure.subject.JmhBenchmark;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JmhNamesTest {
    private static final List<String> ALL = List.of(
            "org.demo.StringBench.concat",
            "org.demo.StringBench.concatAll",
            "org.demo.StringBenchmarks.concat",
            "org.demo.Sorts.Quick.sort",
            "org.demo.Sorts.Quick.sortAll",
            "com.other.Sorts.Quick.sort");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "StringBench.concat             | 0",
                "stringbench.CONCAT             | 0",
                "org.demo.StringBench.concat    | 0",
                "demo.StringBench.concat        | 0",
                "' StringBench.concat '         | 0",
                "Quick.sort                     | 3 5",
                "Sorts.Quick.sort               | 3 5",
                "com.other.Sorts.Quick.sort     | 5",
                "StringBench                    | 0 1",
                "StringBench.*                  | 0 1",
                "org.demo.StringBench           | 0 1",
                "Quick                          | 3 4 5",
                "Sorts.Quick                    | 3 4 5",
                "*Bench.concat                  | 0",
                "String*.concat                 | 0 2",
                "String*.con*                   | 0 1 2",
                "*.concat                       | 0 2",
                "com.*                          | 5",
                "Quick.sor?                     | 3 5",
                "concat                         | 0 1 2",
                "StringBench.con                | 0 1",
                ".*Quick.*                      | 3 4 5",
                "concat$                        | 0 2",
                "^org\\.demo\\.StringBench\\.concat$ | 0",
                "sort(All)?$                    | 3 4 5",
                "'Quick|concatAll'              | 1 3 4 5"
            })
    void names_mean_what_developers_mean_by_them(String text, String places) {
        assertThat(new JmhNames(ALL).meant(List.of(text)))
                .isEqualTo(Arrays.stream(places.split(" "))
                        .map(place -> ALL.get(Integer.parseInt(place)))
                        .toList());
    }

    @Test
    void several_texts_mean_all_together_in_the_order_of_the_jar() {
        assertThat(new JmhNames(ALL).meant(List.of("com.*", "StringBench.concat", "concat$")))
                .containsExactly(ALL.get(0), ALL.get(2), ALL.get(5));
        assertThat(new JmhNames(ALL).meant(List.of())).isEqualTo(ALL);
    }

    @Test
    void a_name_that_is_none_says_what_is_near() {
        assertThatThrownBy(() -> new JmhNames(ALL).meant(List.of("StringBench.concta")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no benchmark whose name matches StringBench.concta; did you mean")
                .hasMessageContaining("org.demo.StringBench.concat");
        assertThatThrownBy(() -> new JmhNames(ALL).meant(List.of("StringBench", "nowhere")))
                .hasMessage("contains no benchmark whose name matches nowhere; it has 6 benchmarks, such as "
                        + "org.demo.StringBench.concat");
        assertThatThrownBy(() -> new JmhNames(List.of("a.B.c")).meant(List.of("xyz")))
                .hasMessage("contains no benchmark whose name matches xyz; it has a.B.c");
        assertThatThrownBy(() -> new JmhNames(List.of("a.B.c", "a.B.d")).meant(List.of("xyz")))
                .hasMessageEndingWith("; it has a.B.c, a.B.d");
        assertThatThrownBy(() -> new JmhNames(ALL).meant(List.of("*Bnch.concat")))
                .hasMessageContaining("no benchmark whose name matches *Bnch.concat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "sort[", "a{2"})
    void what_is_neither_a_name_nor_an_expression_is_an_error(String text) {
        assertThatThrownBy(() -> new JmhNames(ALL).meant(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text + " is neither a name of a benchmark nor a regular expression: ");
    }

    @Test
    void a_label_from_a_table_means_the_values_it_has() {
        List<JmhBenchmark> all = List.of(benchmark("a.B.c", "n", "1", "10"), benchmark("a.B.d", "n", "1", "10"));

        assertThat(JmhSelection.of(all, List.of("B.c {mode=avgt, n=10}")))
                .containsExactly(benchmark("a.B.c", "n", "10"));
        assertThat(JmhSelection.of(all, List.of("B.c {n=10}", "B.c {n=1}", "B.d")))
                .isEqualTo(all);
        assertThat(JmhSelection.of(all, List.of("B.c {mode=avgt}"))).containsExactly(all.get(0));
        assertThat(JmhSelection.of(all, List.of())).isEqualTo(all);
        assertThatThrownBy(() -> JmhSelection.of(all, List.of("B.c {n=5}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("contains no benchmark B.c {n=5}; a.B.c has n=1 or n=10");
    }

    private static JmhBenchmark benchmark(String name, String parameter, String... values) {
        return new JmhBenchmark(name, new LinkedHashMap<>(Map.of(parameter, List.of(values))), Optional.empty());
    }
}
