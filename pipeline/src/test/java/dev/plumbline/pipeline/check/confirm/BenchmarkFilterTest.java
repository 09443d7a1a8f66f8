package dev.plumbline.pipeline.check.confirm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarkFilterTest {
    private static final Path JMH_RESULTS = Path.of("../ingest/src/test/resources/jmh-json");

    private static RunInfo by(String tool) {
        RunHeader header = new RunHeader(
                Revision.of("abc", "main"),
                Environment.unknown(),
                Optional.empty(),
                Instant.EPOCH,
                new TreeMap<>(Map.of("tool", tool)));
        return new RunInfo(tool, header);
    }

    private static String regex(String tool, String... names) {
        List<String> words = BenchmarkFilter.of(List.of(by(tool))).words(List.of(names));
        assertThat(words).hasSize(1);
        return words.get(0);
    }

    /** What JMH wrote of real suites, of many versions. */
    private static Set<String> realNames() throws IOException {
        Set<String> names = new TreeSet<>();
        RunSink sink = new RunSink() {
            @Override
            public void accept(RunHeader header, Measurement measurement) {
                assertThat(BenchmarkFilter.of(List.of(new RunInfo("a run", header))))
                        .as(header.context().toString())
                        .isEqualTo(BenchmarkFilter.WHOLE);
                names.add(measurement.benchmark().name());
            }

            @Override
            public void problem(Problem problem) {
                // these files have some on purpose
            }
        };
        try (Stream<Path> files = Files.list(JMH_RESULTS)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                Results.with(ImportContext.unknown(Instant.EPOCH)).read(file, sink);
            }
        }
        return names;
    }

    /** As JMH's BenchmarkList asks: a pattern is found in the name. */
    private static boolean runs(String include, String name) {
        return Pattern.compile(include).matcher(name).find();
    }

    @Test
    void of_real_jmh_benchmarks_exactly_the_asked_ones_run() throws IOException {
        List<String> names = List.copyOf(realNames());
        assertThat(names).hasSizeGreaterThan(5);
        Set<String> suite = new TreeSet<>(names);
        names.forEach(name -> suite.addAll(List.of(name + "All", "x." + name, name.replace('.', '_'))));

        for (int i = 0; i < names.size(); i++) {
            String one = names.get(i);
            String other = names.get((i + 2) % names.size());
            String include = regex("JMH", one, other);
            assertThat(suite.stream().filter(name -> runs(include, name)))
                    .as(include)
                    .containsExactlyInAnyOrderElementsOf(new TreeSet<>(List.of(one, other)));
        }
        assertThat(regex("JMH", "org.example.Sort.quick", "org.example.Sort.slow"))
                .isEqualTo("^(org\\.example\\.Sort\\.quick|org\\.example\\.Sort\\.slow)$");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.B$C.d",
                "a|b",
                "(a)",
                "a[0]{1,2}",
                "a\\Eb\\Q",
                "^a$",
                "a*b+c?",
                "$(touch x)",
                "it's \"quoted\"",
                "two\nlines",
                "\\"
            })
    void a_name_matches_itself_whatever_stands_in_it(String name) {
        String include = regex("JMH", name);

        assertThat(runs(include, name)).isTrue();
        assertThat(runs(include, name + "x")).isFalse();
        assertThat(runs(include, "x" + name)).isFalse();
        assertThat(runs(include, "a")).isFalse();
    }

    @Test
    void google_benchmark_and_criterion_run_what_is_below_a_name_too() {
        for (String tool : List.of("Google Benchmark", "Criterion")) {
            String filter = regex(tool, "BM_Sort", "fib/20");
            assertThat(filter).isEqualTo("^(BM_Sort|fib/20)(/|$)");
            assertThat(List.of("BM_Sort", "BM_Sort/8", "BM_Sort2", "fib/200", "fib/20"))
                    .filteredOn(name -> runs(filter, name))
                    .containsExactly("BM_Sort", "BM_Sort/8", "fib/20");
        }
    }

    @Test
    void go_is_told_functions_without_their_package_and_what_is_below() {
        assertThat(regex(
                        "go test",
                        "github.com/x/json.v2.BenchmarkDecode/text",
                        "github.com/x/json.v2.BenchmarkDecode/digits",
                        "BenchmarkEncode"))
                .isEqualTo("^(BenchmarkDecode|BenchmarkEncode)$");
    }

    @Test
    void other_tools_and_several_at_once_get_the_names_one_by_one() {
        List<String> names = List.of("tests/test_a.py::test_b", "$(x) y");

        assertThat(BenchmarkFilter.of(List.of(by("pytest-benchmark"))).words(names))
                .isEqualTo(names);
        assertThat(BenchmarkFilter.of(List.of(by("JMH"), by("hyperfine")))).isEqualTo(BenchmarkFilter.LIST);
        assertThat(BenchmarkFilter.of(List.of(by("JMH"), by("JMH")))).isEqualTo(BenchmarkFilter.WHOLE);
    }
}
