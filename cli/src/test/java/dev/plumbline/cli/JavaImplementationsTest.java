package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The example's implementations, compiled and measured as its page says. */
@Tag("timed")
class JavaImplementationsTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "implementations");

    @TempDir
    private static Path classes;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compiles_the_example_against_nothing_but_the_interface() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null);
                Stream<Path> sources = Files.list(EXAMPLE.resolve("src/example"))) {
            // for any Java that JAVA_HOME may name, which is the one that runs them
            List<String> options = List.of(
                    "--release",
                    "17",
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-proc:none");
            assertThat(compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    options,
                                    null,
                                    files.getJavaFileObjectsFromPaths(
                                            sources.sorted().toList()))
                            .call())
                    .isTrue();
        }
        String services = "META-INF/services/dev.plumbline.measure.api.Implementation";
        Files.createDirectories(classes.resolve(services).getParent());
        Files.copy(EXAMPLE.resolve(services), classes.resolve(services));
    }

    @Test
    void implementations_of_a_benchmark_are_measured_fork_by_fork_with_all_their_metrics() {
        CapturedRun run = plumb(
                "run",
                "--java",
                classes.toString(),
                "--benchmark",
                "inference",
                "--batch",
                "5",
                "--trials",
                "4",
                "--warmup-trials",
                "1",
                "-r",
                "2",
                "-P",
                "width=8",
                "--no-record",
                "--json",
                "--",
                "-Xmx64m");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode measured = new ObjectMapper().readTree(run.out()).get("runs").get(0);
        Set<String> metrics = new HashSet<>();
        Set<String> implementations = new HashSet<>();
        for (JsonNode each : measured.get("measurements")) {
            metrics.add(each.get("metric").asString());
            implementations.add(each.get("parameters").get("implementation").asString());
            assertThat(each.get("benchmark").asString()).isEqualTo("inference");
            assertThat(each.get("parameters").get("width").asString()).isEqualTo("8");
        }
        assertThat(implementations).containsExactlyInAnyOrder("double", "float");
        assertThat(metrics)
                .containsExactlyInAnyOrder(
                        "latency", "throughput", "peak-memory", "allocated", "memory-efficiency", "accuracy-loss");
        assertThat(measured.get("environment").get("jvm").asString()).isNotBlank();
        assertThat(measured.get("environment").get("jvm-flags").asString()).contains("-Xmx64m");
    }

    @Test
    void people_see_the_implementations_beside_each_other() {
        CapturedRun run = plumb(
                "run", "--java", classes.toString(), "--trials", "3", "--warmup-trials", "0", "-r", "2", "--no-record");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("inference", "training-s", "rows", "flat", "latency", "accuracy-loss");
    }

    @Test
    void a_class_path_without_implementations_and_one_that_fails_are_told() throws IOException {
        CapturedRun none = plumb("run", "--java", folder.toString(), "--no-record");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("no implementation", "META-INF/services");

        CapturedRun failing = plumb(
                "run",
                "--java",
                classes + File.pathSeparator,
                "-P",
                "width=many",
                "--benchmark",
                "training*",
                "-r",
                "2",
                "--no-record");
        assertThat(failing.exitCode()).isEqualTo(2);
        assertThat(failing.err()).contains("training-step", "NumberFormatException");
    }

    @Test
    void classes_of_a_newer_java_are_told_in_one_line() throws IOException {
        Path newer = Files.createDirectories(folder.resolve("newer"));
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path copy = newer.resolve(classes.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                byte[] bytes = Files.readAllBytes(file);
                if (file.toString().endsWith(".class")) {
                    bytes[7] = 120; // the class file's version: Java 76
                }
                Files.write(copy, bytes);
            }
        }

        CapturedRun run = plumb("run", "--java", newer.toString(), "--no-record");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines().filter(line -> !line.contains("warning") && !line.contains("doctor")))
                .singleElement()
                .asString()
                .contains("was compiled for Java 76, but the measuring Java is version ", "JAVA_HOME", "--release");
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.of(folder, arguments);
    }
}
