package dev.plumbline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of small formats that are cut off, name a thing twice, or hold what is no number. */
class SmallFormatsTest {
    private static final String RUBY = "               user     system      total        real\n";

    private static Gathered vitest(String group) throws IOException {
        return Gathered.of("bench.json", "{\"files\": [{\"filepath\": \"a.ts\", \"groups\": [" + group + "]}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"fullName\": \"a.ts > sort\", \"benchmarks\": [{\"name\": \"q\", \"mean\": 2, \"hz\": 500}]}",
                "{\"benchmarks\": [{\"name\": \"q\", \"mean\": 2, \"hz\": 500}], \"fullName\": \"a.ts > sort\"}",
                "{\"benchmarks\": [{\"hz\": 500, \"mean\": 2, \"name\": \"q\"}], \"fullName\": \"a.ts > sort\"}"
            })
    void a_group_of_vitest_names_its_benchmarks_wherever_its_name_stands(String group) throws IOException {
        assertThat(vitest(group).rows())
                .containsExactly(
                        "a.ts > sort > q | time | ms | lower | 2",
                        "a.ts > sort > q | throughput | ops/s | higher | 500");
    }

    @Test
    void a_group_of_vitest_without_a_name_leaves_that_of_the_task() throws IOException {
        assertThat(vitest("{\"fullName\": \" \", \"benchmarks\": [{\"name\": \"q\", \"mean\": 2}]}")
                        .rows())
                .containsExactly("q | time | ms | lower | 2");
    }

    @Test
    void a_group_of_vitest_of_another_shape_measures_nothing_and_says_where() throws IOException {
        assertThat(vitest("{\"fullName\": \"g\", \"benchmarks\": {\"name\": \"q\", \"mean\": 2}}")
                        .problems())
                .containsExactly(
                        "bench.json:1:76: expected a list, found an object; it is skipped",
                        "bench.json: contains no measurement");
        assertThat(vitest("{\"fullName\": \"g\", \"benchmarks\": [17, {\"name\": \"q\", \"mean\": \"2\"}]}")
                        .problems())
                .contains(
                        "bench.json:1:77: expected an object, found 17; it is skipped",
                        "bench.json:1:81: task \"g > q\" has no times, as if it had failed; it is skipped");
    }

    @Test
    void what_is_given_twice_in_a_task_of_vitest_counts_once_and_is_reported() throws IOException {
        Gathered gathered = vitest("{\"fullName\": \"g\", \"benchmarks\": [{\"name\": \"q\", \"name\": \"r\","
                + " \"samples\": [1, 3], \"samples\": [5, 7]}]}");

        assertThat(gathered.groups("g > q", "time")).containsExactly(List.of(1.0, 3.0));
        assertThat(gathered.problems())
                .satisfiesExactly(
                        name -> assertThat(name).startsWith("bench.json:1:").contains("\"name\""),
                        samples ->
                                assertThat(samples).startsWith("bench.json:1:").contains("\"samples\""));
    }

    @Test
    void a_cut_off_file_of_vitest_is_an_error_with_its_place() {
        assertThatThrownBy(() -> Gathered.of(
                        "bench.json",
                        "{\"files\": [{\"filepath\": \"a.ts\", \"groups\": [{\"fullName\": \"g\", \"benchmarks\": ["
                                + "{\"name\": \"q\", \"mean\": 2},"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("bench.json:1");
    }

    @Test
    void a_row_of_ruby_before_any_title_is_no_result() throws IOException {
        String row = "sort:      0.500000   0.250000   0.750000 (  0.800000)\n";

        assertThat(Gathered.as(Format.RUBY_BENCHMARK, "out.txt", row + RUBY + row.replace("sort", "merge"))
                        .rows())
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsOnly("merge");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sort:      0.500000   0.250000   0.750000 (  0.8000", "sort:      0.500000   0.25", "sor"})
    void a_last_line_of_ruby_without_an_end_is_refused(String row) {
        assertThatThrownBy(() -> Gathered.of("out.txt", RUBY + row))
                .hasMessageStartingWith("out.txt:2: the last line has no end");
    }

    @Test
    void a_last_row_of_ruby_is_whole_with_its_bracket() throws IOException {
        Gathered gathered = Gathered.of("out.txt", RUBY + "sort:      0.500000   0.250000   0.750000 (  0.800000)");

        assertThat(gathered.rows()).contains("sort | time | s | lower | 0.8");
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void a_label_of_ruby_that_is_there_twice_keeps_both_times() throws IOException {
        Gathered gathered = Gathered.of("out.txt", RUBY + """
                sort:      0.500000   0.250000   0.750000 (  0.800000)
                sort:      0.600000   0.250000   0.850000 (  0.900000)
                """);

        assertThat(gathered.rows())
                .filteredOn(line -> line.contains("| time |"))
                .containsExactly("sort | time | s | lower | 0.8", "sort | time | s | lower | 0.9");
    }

    @Test
    void colours_of_a_terminal_are_no_part_of_a_label_and_letters_from_right_to_left_are() throws IOException {
        Gathered gathered = Gathered.of("times.txt", "\u001B[31mred\u001B[0m: 2ms\nred: 4ms\n\u05D0\u05D1: 3ms\n");

        assertThat(gathered.rows())
                .containsExactly("red | time | ms | lower | 3", "\u05D0\u05D1 | time | ms | lower | 3");
        assertThat(gathered.groups("red", "time")).containsExactly(List.of(2.0, 4.0));
    }

    @Test
    void a_label_of_a_thousand_characters_is_no_time_of_a_console() throws IOException {
        String lines = "a: 1ms\n" + "n".repeat(1_000) + ": 2ms\n" + "n".repeat(401) + ": 3ms\n";

        assertThat(Gathered.as(Format.CONSOLE_TIME, "times.txt", lines).rows())
                .hasSize(2)
                .first()
                .isEqualTo("a | time | ms | lower | 1");
    }

    @Test
    void a_time_of_dart_that_is_too_large_for_a_number_is_reported() throws IOException {
        Gathered gathered = Gathered.of("out.txt", "A(RunTime): 1e999 us.\nB(RunTime): 2 us.\n");

        assertThat(gathered.rows()).containsExactly("B | time | us | lower | 2");
        assertThat(gathered.problems())
                .containsExactly(
                        "out.txt:1: benchmark \"A\", metric \"time\": is no finite number; this metric is skipped");
    }
}
