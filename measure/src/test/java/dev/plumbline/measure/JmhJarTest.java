package dev.plumbline.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
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
        import org.openjdk.jmh.annotations.Mode;
        import org.openjdk.jmh.annotations.OutputTimeUnit;
        import org.openjdk.jmh.annotations.Param;
        import org.openjdk.jmh.annotations.Scope;
        import org.openjdk.jmh.annotations.State;

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
        assertThat(names(List.of("Sums.sum"), List.of()))
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

        List<Subject> subjects = jmh(options).subjects(List.of("Sums.sum$"), folder, results(), ForkLength.SAME);
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
        JmhSubject subject = (JmhSubject) jmh(List.of("-wi", "0", "-r", "10ms", "-p", "size=1", "-p", "kind=a"))
                .subjects(List.of("Sums.sum$"), folder, results(), ForkLength.BALANCED)
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
            assertThat(jmh(options).subjects(List.of("Sums.sum$"), folder, results(), ForkLength.BALANCED))
                    .as("%s", reported)
                    .noneMatch(JmhSubject.class::isInstance);
        }
    }

    @Test
    void a_fork_that_fails_is_told_with_what_it_printed() throws Exception {
        List<Subject> subjects = jmh(List.of("-wi", "0", "-i", "1", "-r", "10ms"))
                .subjects(List.of("fails"), folder, results(), ForkLength.SAME);

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
    void a_name_that_nothing_matches_and_a_jar_that_is_none_are_told() throws Exception {
        assertThatThrownBy(() -> names(List.of("nowhere"), List.of()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("no benchmark whose name matches nowhere");

        Path none = Files.writeString(folder.resolve("none.jar"), "text");
        assertThatThrownBy(() -> new JmhJar(java(), none, List.of(), template(), conditions())
                        .subjects(List.of(), folder, results(), ForkLength.SAME))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is it a JMH jar?");
    }

    private List<String> names(List<String> include, List<String> options) throws Exception {
        return jmh(options).subjects(include, folder, results(), ForkLength.SAME).stream()
                .map(Subject::name)
                .toList();
    }

    private JmhJar jmh(List<String> options) {
        return new JmhJar(java(), jar, options, template(), conditions());
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
