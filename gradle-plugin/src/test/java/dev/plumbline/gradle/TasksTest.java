package dev.plumbline.gradle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.gradle.api.GradleException;
import org.gradle.api.Project;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tasks run: compiled, measured, recorded and judged for real. */
class TasksTest {
    @TempDir
    private static Path home;

    @TempDir
    private Path temporary;

    private Path folder;

    @BeforeEach
    void resolves_links() throws IOException {
        folder = temporary.toRealPath();
    }

    private Project project(String... plugins) {
        return Builds.project(folder, home, plugins);
    }

    private static PlumblineExtension plumbline(Project project) {
        return project.getExtensions().getByType(PlumblineExtension.class);
    }

    /** A project with one benchmark among its tests, and JMH from the class path of this test. */
    private Project withBenchmark() throws IOException {
        Files.createDirectories(folder.resolve("src/test/java/example"));
        Files.writeString(folder.resolve("src/test/java/example/SumBenchmark.java"), """
                package example;

                import org.openjdk.jmh.annotations.Benchmark;

                public class SumBenchmark {
                    @Benchmark
                    public int sum() {
                        return 1;
                    }

                    @Benchmark
                    public int product() {
                        return 2;
                    }
                }
                """);
        Project project = project("java", "dev.plumbline");
        List<File> jars = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        entry.matches(".*/(jmh-core|jmh-generator-annprocess|jopt-simple|commons-math3)-.*jar"))
                .distinct()
                .map(File::new)
                .toList();
        assertThat(jars).hasSize(4);
        project.getDependencies().add("testImplementation", project.files(jars));
        project.getDependencies().add("testAnnotationProcessor", project.files(jars));
        plumbline(project).getJmhArgs().set(List.of("-f", "1", "-wi", "0", "-i", "1", "-r", "10ms"));
        return project;
    }

    @Test
    @Tag("timed")
    void benchmarks_are_compiled_measured_recorded_and_reported() throws IOException {
        Project project = withBenchmark();
        plumbline(project).getBenchmarks().set(List.of("sum"));

        Builds.run(project, "plumbCheck");
        PlumbReport report = (PlumbReport) project.getTasks().getByName("plumbReport");
        report.getFile().set(folder.resolve("build/plumbline/report.md").toFile());
        Builds.run(project, "plumbReport");

        assertThat(folder.resolve("build/plumbline/jmh.json"))
                .content()
                .contains("example.SumBenchmark.sum")
                .doesNotContain("product");
        assertThat(folder.resolve("build/plumbline/report.json")).content().contains("example.SumBenchmark.sum");
        assertThat(folder.resolve(".plumbline/history.db")).isNotEmptyFile();
        assertThat(folder.resolve("build/plumbline/report.md")).content().contains("SumBenchmark");
    }

    @Test
    void a_pattern_that_matches_nothing_names_the_benchmarks_that_there_are() throws IOException {
        Project project = withBenchmark();
        plumbline(project).getBenchmarks().set(List.of("zzz"));

        assertThatThrownBy(() -> Builds.run(project, "plumbRun"))
                .isInstanceOf(GradleException.class)
                .hasMessageContainingAll("zzz", "example.SumBenchmark.sum", "example.SumBenchmark.product");
    }

    @Test
    void a_pattern_that_matches_nothing_names_the_benchmark_that_is_near() throws IOException {
        Project project = withBenchmark();
        plumbline(project).getBenchmarks().set(List.of("sun"));

        assertThatThrownBy(() -> Builds.run(project, "plumbRun"))
                .isInstanceOf(GradleException.class)
                .hasMessageContaining("did you mean example.SumBenchmark.sum?");
    }

    @Test
    void an_option_of_jmh_that_would_hide_the_results_is_refused() {
        Project project = project("java", "dev.plumbline");
        plumbline(project).getJmhArgs().set(List.of("-f", "1", "-rf", "csv"));

        assertThatThrownBy(() -> Builds.run(project, "plumbRun"))
                .isInstanceOf(GradleException.class)
                .hasMessageContaining("-rf");
    }

    @Test
    void a_project_without_benchmarks_passes_leaves_no_old_result_and_fails_where_that_is_wanted() throws IOException {
        Project project = project("java", "dev.plumbline");
        Path old = folder.resolve("build/plumbline/jmh.json");
        Files.createDirectories(old.getParent());
        Files.writeString(old, "[]");

        Builds.run(project, "plumbCheck");

        assertThat(old).doesNotExist();
        assertThat(folder.resolve(".plumbline")).doesNotExist();
        plumbline(project).getFailIfNoBenchmarks().set(true);
        assertThatThrownBy(() -> Builds.run(project, "plumbRun"))
                .isInstanceOf(GradleException.class)
                .hasMessageContainingAll("no JMH benchmarks", "testImplementation(\"org.openjdk.jmh:jmh-core:");
    }

    @Test
    void results_of_the_task_jmh_are_taken_as_they_are() throws IOException {
        Project project = project("java", "dev.plumbline");
        Path measured = result("measured.json", 100);
        ((PlumbRun) project.getTasks().getByName("plumbRun")).getMeasured().from(measured.toFile());

        Builds.run(project, "plumbRun");

        assertThat(folder.resolve("build/plumbline/jmh.json")).hasSameTextualContentAs(measured);
    }

    @Test
    void a_regression_fails_with_its_source_line_and_the_way_to_accept_it() throws IOException {
        Files.createDirectories(folder.resolve("src/jmh/java/example"));
        for (int run = 1; run <= 6; run++) {
            check(run, 100 + run % 3);
        }

        assertThatThrownBy(() -> check(7, 150))
                .isInstanceOf(GradleException.class)
                .hasMessageStartingWith("FAIL")
                .hasMessageContainingAll("example.SumBenchmark.sum", "gradle :plumbAccept --finding=");
        assertThat(folder.resolve("build/plumbline/report.sarif")).exists();

        Project project = project("dev.plumbline");
        PlumbAccept accept = (PlumbAccept) project.getTasks().getByName("plumbAccept");
        accept.getFinding().set("example.SumBenchmark.sum");
        assertThatThrownBy(() -> Builds.run(project, "plumbAccept")).hasMessageContaining("--reason=");
        accept.getReason().set("checks more");
        Builds.run(project, "plumbAccept");
        check(8, 150);
    }

    @Test
    void two_results_are_compared_and_what_is_missing_is_named() throws IOException {
        Project project = project("dev.plumbline");
        PlumbCompare compare = (PlumbCompare) project.getTasks().getByName("plumbCompare");
        compare.getBase().set(result("before.json", 100).toString());
        assertThatThrownBy(() -> Builds.run(project, "plumbCompare")).hasMessageContaining("--candidate=");
        compare.getCandidate().set(result("after.json", 150).toString());

        assertThatThrownBy(() -> Builds.run(project, "plumbCompare"))
                .isInstanceOf(GradleException.class)
                .hasMessageStartingWith("FAIL");
    }

    @Test
    void wrong_use_fails_in_the_words_of_the_command_line() throws IOException {
        Files.writeString(folder.resolve("broken.json"), "{");
        Project project = project("dev.plumbline");
        plumbline(project).getResults().from("broken.json");

        assertThatThrownBy(() -> Builds.run(project, "plumbCheck"))
                .isInstanceOf(GradleException.class)
                .hasMessageContaining("broken.json");
    }

    private void check(int run, double nanos) throws IOException {
        Project project = project("dev.plumbline");
        plumbline(project).getResults().from(result("results.json", nanos).toFile());
        plumbline(project).getEnvironment().set("lab");
        plumbline(project)
                .getArgs()
                .set(List.of("--commit", "c" + run, "--branch", "main", "--time", "2026-01-%02d".formatted(run)));
        Builds.run(project, "plumbCheck");
    }

    /** What JMH writes of one benchmark, five values in each of two forks. */
    private Path result(String name, double nanos) throws IOException {
        StringBuilder forks = new StringBuilder();
        for (int fork = 0; fork < 2; fork++) {
            forks.append(fork == 0 ? "[" : ",[");
            for (int i = 0; i < 5; i++) {
                forks.append(i == 0 ? "" : ",")
                        .append(String.format(Locale.ROOT, "%.3f", nanos + 0.1 * i + 0.05 * fork));
            }
            forks.append(']');
        }
        return Files.writeString(folder.resolve(name), """
                [{"jmhVersion": "1.37", "benchmark": "example.SumBenchmark.sum", "mode": "avgt", "threads": 1, "forks": 2,
                "jvm": "/jdk/bin/java", "jvmArgs": [], "jdkVersion": "17", "vmName": "VM", "vmVersion": "17",
                "warmupIterations": 1, "warmupTime": "1 s", "warmupBatchSize": 1, "measurementIterations": 5,
                "measurementTime": "1 s", "measurementBatchSize": 1,
                "primaryMetric": {"score": %s, "scoreError": 0.1, "scoreConfidence": [1.0, 2.0],
                "scorePercentiles": {"50.0": 1.0}, "scoreUnit": "ns/op", "rawData": [%s]}, "secondaryMetrics": {}}]
                """.formatted(nanos, forks));
    }
}
