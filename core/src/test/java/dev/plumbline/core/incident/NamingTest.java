package dev.plumbline.core.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Benchmark;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamingTest {
    private static Optional<Clue> named(Benchmark benchmark, String subject, String... files) {
        return Naming.of(new Commit("c1", "Ann", Instant.EPOCH, subject, Arrays.asList(files), 0), List.of(benchmark))
                .map(Naming::clue);
    }

    private static Optional<Clue> byFile(String benchmark, String file) {
        return named(Benchmark.of(benchmark), "work", file);
    }

    @ParameterizedTest
    @CsvSource({
        "dev.example.parse.JsonParserBenchmark.parse, src/main/java/dev/example/parse/JsonParser.java",
        "dev.example.parse.JsonParserBenchmark.parse, src/main/java/dev/example/fast/FastJsonParserImpl.java",
        "dev.example.parse.ParserBenchmark.yaml, src/main/java/dev/example/Yaml.java",
        "BM_ParseJson/1024, src/parse_json.cc",
        "tests/test_json.py::test_dump, tests/test_json.py",
        "BenchmarkQuickSort-8, quick_sort.go"
    })
    void a_file_that_bears_the_name_of_a_benchmark_is_told(String benchmark, String file) {
        assertThat(byFile(benchmark, file)).contains(new Clue.Touched(Clue.Role.NAMESAKE, file));
    }

    @ParameterizedTest
    @CsvSource({
        "dev.example.parse.JsonParserBenchmark.parse, src/main/java/dev/example/parse/JsonPrinter.java",
        "dev.example.RunBenchmark.time, src/main/java/dev/example/Main.java",
        "dev.example.main.TestBenchmark.run, src/main/java/dev/example/RunTime.java",
        "dev.example.parse.JsonParserBenchmark.read, src/test/java/dev/example/parse/JsonParserTest.java",
        "dev.example.net.NetBenchmark.get, src/main/java/dev/example/util/Getter.java"
    })
    void another_file_and_a_word_that_names_any_benchmark_are_not(String benchmark, String file) {
        assertThat(byFile(benchmark, file).filter(clue -> !isFolder(clue))).isEmpty();
    }

    private static boolean isFolder(Clue clue) {
        return clue instanceof Clue.Touched touched && touched.role() == Clue.Role.FOLDER;
    }

    @Test
    void a_folder_and_a_parameter_name_benchmarks_too() {
        Benchmark model = Benchmark.of("inference.latency", Map.of("model", "resnet50", "batch", "8"));

        assertThat(named(model, "tune", "models/resnet50/config.yaml"))
                .contains(new Clue.Touched(Clue.Role.FOLDER, "models/resnet50/config.yaml"));
        assertThat(named(model, "resnet50: fuse two layers", "kernels/conv.cu"))
                .contains(new Clue.NamedInMessage("resnet50"));
        assertThat(named(model, "raise the batch to 8", "kernels/conv.cu")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Sort,Use insertion sort below ten values,false",
        "Sort,Sort imports,false",
        "Sort,Speed up Sort for small inputs,true",
        "Sort,Sort: fewer swaps,true",
        "SortBenchmark,Sort.quick allocates less,true",
        "Csv,Use a table in Csv,true",
        "Csv,Document the csv format,false",
        "Csv,CsvLine is final,false"
    })
    void a_short_or_common_word_names_a_class_where_it_is_written_as_one(String name, String message, boolean names) {
        assertThat(named(Benchmark.of("dev.example." + name + ".run"), message, "a/B.java")
                        .isPresent())
                .isEqualTo(names);
    }

    @Test
    void a_message_names_a_benchmark_by_all_words_of_a_part_and_not_by_a_word_that_every_message_has() {
        Benchmark sort = Benchmark.of("dev.example.sort.SortBenchmark.merge");
        Benchmark parser = Benchmark.of("dev.example.parse.JsonParserBenchmark.parse");

        assertThat(named(sort, "Merge pull request #12 from ann/sort", "a/B.java"))
                .isEmpty();
        assertThat(named(parser, "the JSON parser checks every quote", "a/B.java"))
                .contains(new Clue.NamedInMessage("JsonParserBenchmark"));
        assertThat(named(parser, "JSON output", "a/B.java")).isEmpty();
    }

    @Test
    void it_counts_the_benchmarks_that_are_named_and_survives_any_text() {
        Commit commit =
                new Commit("c1", "Ann", Instant.EPOCH, "work", List.of("src/Parser.java", "", "/", "\u0000"), 0);

        assertThat(Naming.of(
                                commit,
                                List.of(
                                        Benchmark.of("a.ParserBenchmark.csv"),
                                        Benchmark.of("a.ParserBenchmark.xml"),
                                        Benchmark.of("a.CacheBenchmark.hit"),
                                        Benchmark.of("\u0000\u001b[31m<b>" + "x".repeat(4_000)),
                                        Benchmark.of("1 2 3")))
                        .map(Naming::benchmarks))
                .contains(2);
        assertThat(named(Benchmark.of("a.B.c"), "\u001b[31m" + "y".repeat(100_000)))
                .isEmpty();
    }
}
