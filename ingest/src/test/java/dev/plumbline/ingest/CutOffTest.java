package dev.plumbline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that end in the middle and look whole all the same: a number with fewer digits, a table with fewer rows. */
class CutOffTest {
    @TempDir
    private Path folder;

    private static final String PROFILE = """
            # callgrind format
            version: 1
            creator: callgrind-3.24.0
            cmd: ./sort
            positions: line
            events: Ir
            summary: 1420
            fn=main
            16 1420
            totals: 1420
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab/plain.txt",
                "benchmarkjs/console.txt",
                "callgrind/callgrind.out.instructions",
                "google-benchmark-csv/copy-repetitions.csv",
                "hyperfine-csv/two-parameter-lists.csv",
                "jmh-csv/params-modes-gc.csv",
                "libtest/cargo-bench.txt",
                "libtest/criterion-bencher-format.txt"
            })
    void a_last_line_without_its_end_is_refused_with_its_place(String fixture) throws IOException {
        Path file = Fixtures.file(fixture);
        String whole = Files.readString(file).stripTrailing();
        long lines = whole.lines().count();

        assertThatThrownBy(() -> Gathered.of("cut", whole.substring(0, whole.length() - 1)))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageStartingWith("cut:" + lines + ": the last line has no end");
    }

    @ParameterizedTest
    @CsvSource({
        "'scenario,a\nversion,Gradle 8\ntasks,b\nvalue,total execution time\nmeasured build #1,142', 5",
        "'Template(RunTime): 12.5 us.\nOther(RunTime): 14', 2",
        "'sort x 1,234 ops/sec ±1.00% (90 runs sampled)\nmerge x 12', 2",
        "'command,mean,stddev,median,user,system,min,max\na,1.5,0,1,1,1,1,1', 2"
    })
    void digits_that_may_be_missing_are_not_taken_for_a_smaller_number(String text, int line) {
        String written = text.replace("\\n", "\n");

        assertThatThrownBy(() -> Gathered.of("cut", written))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("cut:" + line + ": the last line has no end");
    }

    @Test
    void a_table_that_a_script_wrote_is_read_and_its_open_end_is_told() throws IOException {
        Gathered gathered = Gathered.of("a.csv", "benchmark,value,unit\nsort,12,ms\nmerge,142,ms");

        assertThat(gathered.measurements()).hasSize(2);
        assertThat(gathered.problems()).singleElement().asString().startsWith("a.csv:3: the last line has no end");
    }

    @Test
    void what_is_packed_or_in_utf_16_is_looked_at_too() throws IOException {
        Path file = folder.resolve("wide.csv");
        Files.write(file, "benchmark,unit,value\nsort,ms,142".getBytes(StandardCharsets.UTF_16));

        assertThat(Gathered.of(file).problems()).singleElement().asString().contains("wide.csv:2: the last line has");
        Files.write(file, "benchmark,unit,value\nsort,ms,1420\n".getBytes(StandardCharsets.UTF_16));
        assertThat(Gathered.of(file).problems()).isEmpty();
    }

    @Test
    void json_xml_and_blanks_behind_the_last_line_need_no_end() throws IOException {
        assertThat(Gathered.of("a.json", "[{\"name\": \"a\", \"unit\": \"ms\", \"value\": 1}]")
                        .measurements())
                .hasSize(1);
        for (String end : List.of("\n", "\n   ", "\r\n", "\n\u001B[0m")) {
            assertThat(Gathered.of("a.txt", "a x 1,420 ops/sec ±1.00% (9 runs sampled)" + end)
                            .measurements())
                    .hasSize(1);
        }
    }

    @Test
    void a_profile_without_the_totals_that_its_tool_ends_it_with_is_refused() throws IOException {
        assertThat(Gathered.of("a.out", PROFILE).measurements()).hasSize(1);
        assertThatThrownBy(() -> Gathered.of("a.out", PROFILE.replace("totals: 1420\n", "")))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("a.out:6: the profile that begins here")
                .hasMessageContaining("cut off");
    }

    @Test
    void rows_that_rust_counted_and_that_are_not_there_are_told() throws IOException {
        String whole = Files.readString(Fixtures.file("libtest/cargo-bench.txt"));
        String events = Files.readString(Fixtures.file("libtest/events.json"));
        String fewer = whole.replaceAll("test text::join.*\n", "");

        assertThat(Gathered.of("a.txt", fewer).problems())
                .containsExactly("a.txt:8: 3 benchmarks were measured, 2 of them are here");
        assertThat(Gathered.of("a.json", events.replaceAll(".*\"bench\".*text::join.*\n", ""))
                        .problems())
                .hasSize(1)
                .first()
                .asString()
                .contains("3 benchmarks were measured, 2 of them are here");
        for (String cut : List.of(
                whole.substring(0, whole.indexOf("\ntest result")), events.substring(0, events.lastIndexOf('{')))) {
            assertThatThrownBy(() -> Gathered.of("a.txt", cut))
                    .isInstanceOf(UnreadableInput.class)
                    .hasMessageContaining("no \"test result\" follows");
        }
    }

    @Test
    void rust_that_ran_no_benchmark_is_told_so() throws IOException {
        Gathered nothing = Gathered.of("a.txt", """

                running 0 tests

                test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 2 filtered out; finished in 0.00s

                """);

        assertThat(nothing.problems()).first().asString().startsWith("a.txt:2: no benchmark ran; cargo bench runs");
    }
}
