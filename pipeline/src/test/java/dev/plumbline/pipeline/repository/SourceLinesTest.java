package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.publish.SourceLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceLinesTest {
    @TempDir
    private Path root;

    private final List<String> files = new ArrayList<>();

    @BeforeEach
    void sources() throws IOException {
        write(
                "src/org/example/Sort.java",
                "package org.example;",
                "/** quick() is measured. */",
                "class Sort {",
                "    // quick(",
                "    int helper() { return this.quick(1); }",
                "    @Benchmark public int quick(int n) {",
                "    static class Inner {",
                "        void deep() {");
        write("other/org/example/other/Sort.java", "class Sort {", "    void quick() {");
        write(
                "tests/test_sort.py",
                "import x",
                "def test_quick(benchmark):",
                "class TestA:",
                "    def test_method(self):");
        write("tests/test_more.py", "def test_quick(benchmark):", "def test_only(benchmark):");
        write("sort_test.go", "package sort", "func BenchmarkQuick(b *testing.B) {");
        write("bench/sort.cc", "BENCHMARK(BM_Quick)->Range(8, 8<<10);");
        write("src/lib.py", "def test_hidden():");
    }

    private void write(String file, String... lines) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, String.join("\n", lines) + "\n");
        files.add(file);
    }

    private Optional<String> find(String benchmark) {
        Effect effect = new Effect(1, 2, 1, new Interval(0.9, 1.1, 0.95));
        Finding finding = new Finding(
                new SeriesKey(Benchmark.of(benchmark), "time", "lab", "main"),
                Unit.of("ms"),
                Better.LOWER,
                Policy.DEFAULT,
                new Verdict.Regressed(effect),
                Severity.CRITICAL,
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "",
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
        return Optional.ofNullable(SourceLines.of(root, files, List.of(finding)).get(finding.key()))
                .map(line -> line.path() + ":" + line.line());
    }

    @ParameterizedTest
    @CsvSource({
        "org.example.Sort.quick, src/org/example/Sort.java:6",
        "org.example.other.Sort.quick, other/org/example/other/Sort.java:2",
        "org.example.Sort.Inner.deep, src/org/example/Sort.java:8",
        "org.example.Sort$Inner.deep, src/org/example/Sort.java:8",
        "tests/test_sort.py::test_quick[1000], tests/test_sort.py:2",
        "tests/test_sort.py::TestA::test_method, tests/test_sort.py:4",
        "test_only[x-y], tests/test_more.py:2",
        "BenchmarkQuick/n=10-8, sort_test.go:2",
        "BM_Quick/8, bench/sort.cc:1"
    })
    void a_benchmark_is_found_where_it_stands(String benchmark, String place) {
        assertThat(find(benchmark)).contains(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"test_quick", "test_hidden", "Sort.fast", "sort big.txt", "../../etc/passwd", "a/*/b", ""})
    void what_is_not_clear_is_nowhere(String benchmark) {
        assertThat(benchmark.isEmpty() ? Optional.empty() : find(benchmark)).isEmpty();
    }

    @Test
    void a_link_out_of_the_repository_is_not_read() throws IOException {
        Path outside = Files.writeString(Files.createTempFile("outside", ".java"), "void secret() {\n");
        Files.createSymbolicLink(root.resolve("Linked.java"), outside);
        files.add("Linked.java");

        assertThat(find("Linked.secret")).isEmpty();
        Files.delete(outside);
    }

    @Test
    void a_line_lies_in_the_repository() {
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> new SourceLine("/etc/passwd", 1));
    }
}
