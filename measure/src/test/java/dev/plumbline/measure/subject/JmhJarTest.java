package dev.plumbline.measure.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.measure.Collected;
import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.ProcessRunner;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that JMH's own annotation processor made, run by JMH itself. */
class JmhJarTest {
    private static final String SOURCE = """
        package sample;

        import org.openjdk.jmh.annotations.Benchmark;
        import org.openjdk.jmh.annotations.BenchmarkMode;
        import org.openjdk.jmh.annotations.Fork;
        import org.openjdk.jmh.annotations.Measurement;
        import org.openjdk.jmh.annotations.Mode;
        import org.openjdk.jmh.annotations.OutputTimeUnit;
        import org.openjdk.jmh.annotations.Param;
        import org.openjdk.jmh.annotations.Scope;
        import org.openjdk.jmh.annotations.State;
        import org.openjdk.jmh.annotations.Warmup;

        @State(Scope.Benchmark)
        @BenchmarkMode(Mode.AverageTime)
        @OutputTimeUnit(java.util.concurrent.TimeUnit.NANOSECONDS)
        public class Sums {
            @Param({"1", "2"})
            public int size;
            @Param({"a", "b c"})
            public String kind;

            @Benchmark
            public int sum() {
                return size + kind.length();
            }

            @Benchmark
            public int summary() {
                return 31 * size;
            }

            @State(Scope.Benchmark)
            public static class Alone {
                @Benchmark
                @Fork(2)
                @Warmup(iterations = 3, time = 10, timeUnit = java.util.concurrent.TimeUnit.MILLISECONDS)
                @Measurement(iterations = 7, time = 50, timeUnit = java.util.concurrent.TimeUnit.MILLISECONDS)
                @BenchmarkMode(Mode.Throughput)
                public int fails() {
                    throw new IllegalStateException("it broke here");
                }
            }
        }
        """;

    @TempDir
    private static Path made;

    private static Path jar;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compiles_the_benchmarks() throws IOException {
        Path source = Files.createDirectories(made.resolve("sample")).resolve("Sums.java");
        Files.writeString(source, SOURCE);
        Path classes = Files.createDirectory(made.resolve("classes"));
        String classPath = System.getProperty("java.class.path");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            List<String> options =
                    List.of("-d", classes.toString(), "-cp", classPath, "-processorpath", classPath, "-Xlint:none");
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(source))
                            .call())
                    .isTrue();
        }
        jar = jar(classes, classPath);
    }

    private static Path jar(Path classes, String classPath) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "org.openjdk.jmh.Main");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Stream.of(classPath.split(File.pathSeparator))
                                .map(Path::of)
                                .filter(path -> path.toString().matches(".*(jmh|jopt|commons-math).*"))
                                .map(path -> path.toUri().toString())
                                .collect(Collectors.joining(" ")));
        Path file = made.resolve("benchmarks.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest);
                Stream<Path> all = Files.walk(classes)) {
            for (Path each : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                out.putNextEntry(
                        new ZipEntry(classes.relativize(each).toString().replace('\\', '/')));
                Files.copy(each, out);
            }
        }
        return file;
    }

    @Test
    void lists_every_benchmark_with_every_combination_of_its_parameters() throws Exception {
        assertThat(names(List.of("Sums.sum", "Sums.summary"), List.of()))
                .containsExactly(
                        "sample.Sums.sum size=1,kind=a",
                        "sample.Sums.sum size=1,kind=b c",
                        "sample.Sums.sum size=2,kind=a",
                        "sample.Sums.sum size=2,kind=b c",
                        "sample.Sums.summary size=1,kind=a",
                        "sample.Sums.summary size=1,kind=b c",
                        "sample.Sums.summary size=2,kind=a",
                        "sample.Sums.summary size=2,kind=b c");
    }

    @Test
    void an_option_chooses_parameters_and_is_not_measured_twice() throws Exception {
        List<String> options = List.of("-p", "size=7", "-wi", "0", "-i", "2", "-r", "10ms", "-p", "kind=a");

        List<JmhSubject> subjects = subjects("Sums.sum", options, ForkLength.SAME);
        Collected collected = new Collected();
        subjects.get(0).measure(collected);
        subjects.get(0).measure(collected);

        assertThat(subjects).extracting(Subject::name).containsExactly("sample.Sums.sum size=7,kind=a");
        List<Run> runs = collected.runs();
        assertThat(runs).hasSize(1);
        List<Measurement> measured = runs.get(0).measurements();
        assertThat(measured).hasSize(1);
        assertThat(measured.get(0).benchmark().name()).isEqualTo("sample.Sums.sum");
        assertThat(measured.get(0).benchmark().parameters())
                .containsEntry("size", "7")
                .containsEntry("kind", "a");
        assertThat(measured.get(0).sample().groupCount()).as("forks").isEqualTo(2);
        assertThat(measured.get(0).sample().location()).isPositive();
    }

    @Test
    void forks_are_as_long_as_is_best_once_they_are_known() throws Exception {
        JmhSubject subject = subjects(
                        "Sums.sum",
                        List.of("-wi", "0", "-r", "10ms", "-p", "size=1", "-p", "kind=a"),
                        ForkLength.BALANCED)
                .get(0);
        Collected collected = new Collected();
        for (int i = 0; i < 3; i++) {
            assertThat(subject.iterations()).as("after %d", i).isEmpty();
            subject.measure(collected);
        }
        int next = subject.iterations().orElseThrow();
        subject.measure(collected);

        assertThat(next).isBetween(2, 15);
        assertThat(collected.problems()).isEmpty();
        Sample.Values values =
                (Sample.Values) collected.runs().get(0).measurements().get(0).sample();
        assertThat(List.of(values.group(0).length, values.group(2).length)).containsOnly(5);
        assertThat(values.group(3)).hasSize(next);
    }

    @Test
    void iterations_that_an_option_tells_are_made() throws Exception {
        for (List<String> reported : List.of(List.of("-i", "2"), List.of("-i2"))) {
            List<String> options = new ArrayList<>(List.of("-wi", "0", "-r", "10ms", "-p", "size=1", "-p", "kind=a"));
            options.addAll(reported);
            assertThat(subjects("Sums.sum", options, ForkLength.BALANCED))
                    .as("%s", reported)
                    .isNotEmpty()
                    .noneMatch(JmhSubject::isBalanced);
        }
    }

    @Test
    void a_fork_that_fails_is_told_with_what_it_printed() throws Exception {
        List<JmhSubject> subjects =
                subjects("Alone.fails", List.of("-wi", "0", "-i", "1", "-r", "10ms"), ForkLength.SAME);

        assertThatThrownBy(() -> subjects.get(0).measure(new Collected()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("sample.Sums.Alone.fails")
                .hasMessageContaining("exit code");
    }

    @Test
    void options_about_forks_and_result_files_are_refused() {
        for (String option : List.of("-f", "-f2", "-rf", "-rf=json", "-rff", "-o", "-l")) {
            assertThatThrownBy(() -> jmh(List.of(option, "1")))
                    .as(option)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("JMH's option " + option + " cannot be passed on")
                    .hasMessageContaining("-f, -rf, -rff, -o, -l");
        }
    }

    @Test
    void a_jar_that_is_none_is_told() throws Exception {
        Path none = Files.writeString(folder.resolve("none.jar"), "text");
        assertThatThrownBy(() -> new JmhJar(java(), none, List.of(), template(), conditions(), patience()).benchmarks())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is it a JMH jar?");
    }

    @Test
    void what_annotations_and_options_say_of_a_fork_is_known_before_it_runs() throws Exception {
        JmhLength annotated =
                subjects("Alone.fails", List.of(), ForkLength.SAME).get(0).length();
        JmhLength optional = subjects(
                        "Alone.fails", List.of("-wi", "1", "-i4", "-r", "10ms", "-w", "2"), ForkLength.SAME)
                .get(0)
                .length();

        assertThat(annotated.forks()).isEqualTo(2);
        assertThat(annotated.warmUps()).isEqualTo(3);
        assertThat(annotated.iterations()).isEqualTo(7);
        assertThat(annotated.areIterationsFixed()).isFalse();
        assertThat(annotated.seconds().of(7).orElseThrow()
                        - annotated.seconds().of(0).orElseThrow())
                .isCloseTo(7 * 0.05, within(1e-9));
        assertThat(optional.forks()).isEqualTo(2);
        assertThat(optional.warmUps()).isEqualTo(1);
        assertThat(optional.iterations()).isEqualTo(4);
        assertThat(optional.areIterationsFixed()).isTrue();
        assertThat(optional.seconds().start()).isGreaterThan(2);
        assertThat(optional.seconds().iteration()).hasValue(0.01);
    }

    private List<String> names(List<String> ends, List<String> options) throws Exception {
        List<String> names = new ArrayList<>();
        for (String end : ends) {
            subjects(end, options, ForkLength.SAME).forEach(subject -> names.add(subject.name()));
        }
        return names;
    }

    private List<JmhSubject> subjects(String end, List<String> options, ForkLength forks) throws Exception {
        JmhJar opened = jmh(options);
        return opened.subjects(
                opened.benchmarks().stream()
                        .filter(benchmark -> benchmark.name().endsWith("." + end))
                        .toList(),
                folder,
                results(),
                forks);
    }

    private JmhJar jmh(List<String> options) {
        return new JmhJar(java(), jar, options, template(), conditions(), patience());
    }

    private static JmhSubject.Patience patience() {
        return JmhSubject.Patience.of(Duration.ofMinutes(2), () -> {});
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    private Command template() {
        return new Command(List.of("java"), folder, System.getenv());
    }

    private ResultFileSubject.Conditions conditions() {
        return new ResultFileSubject.Conditions(
                ProcessRunner.forThisMachine(), folder.resolve("output.txt"), Duration.ofMinutes(2));
    }

    private static Results results() {
        return Results.with(
                ImportContext.of(Revision.unknown(), Environment.unknown(), Instant.parse("2026-01-31T12:00:00Z")));
    }
}
