package dev.plumbline.gradle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole builds of Gradle: scripts, settings, the task graph, the configuration cache, projects in parallel. */
@Tag("timed")
class WholeBuildTest {
    @TempDir
    private Path temporary;

    /** Two projects, of which the first has benchmarks; the plugin is found by its id. */
    private Path project() throws IOException {
        Path folder = Files.createDirectories(temporary.toRealPath().resolve("sums"));
        Files.writeString(folder.resolve("settings.gradle"), """
                rootProject.name = 'sums'
                include 'empty'
                """);
        String script = """
                apply plugin: 'java'
                apply plugin: 'dev.plumbline'
                tasks.withType(JavaCompile).configureEach {
                    options.fork = true
                    options.forkOptions.executable = '%s/bin/javac'
                }
                """.formatted(System.getProperty("java.home"));
        Files.writeString(
                folder.resolve("build.gradle"),
                "buildscript { dependencies { classpath " + WholeGradle.pluginClassPath() + " } }\n" + script
                        + "dependencies {\n    testImplementation " + WholeGradle.jmh()
                        + "\n    testAnnotationProcessor " + WholeGradle.jmh() + "\n}\n"
                        + "plumbline { jmhArgs = ['-f', '1', '-wi', '0', '-i', '1', '-r', '10ms'] }\n");
        Files.createDirectories(folder.resolve("empty"));
        Files.writeString(folder.resolve("empty/build.gradle"), script);
        Files.createDirectories(folder.resolve("src/test/java/example"));
        Files.writeString(folder.resolve("src/test/java/example/SumBenchmark.java"), """
                package example;

                import org.openjdk.jmh.annotations.Benchmark;

                public class SumBenchmark {
                    @Benchmark
                    public int sum() {
                        return 1;
                    }
                }
                """);
        return folder;
    }

    @Test
    void every_task_is_stored_in_the_configuration_cache_and_measures_again_when_it_comes_from_there()
            throws IOException, InterruptedException {
        Path folder = project();
        WholeGradle gradle = WholeGradle.in(temporary.toRealPath().resolve("gradle"));
        String tasks = "plumbCheck plumbReport plumbDashboard";

        WholeGradle.Answer answer = gradle.run(folder, tasks, tasks);

        assertThat(answer.exitCode()).as(answer.told()).isZero();
        assertThat(answer.told())
                .contains("Configuration cache entry stored.", "Configuration cache entry reused.")
                .contains("1 too new to judge: no earlier run", "1 too new to judge: only 1 earlier run")
                .contains(":empty:plumbRun: there are no JMH benchmarks")
                .doesNotContain("problems were found storing the configuration cache");
        assertThat(folder.resolve("build/plumbline/jmh.json")).content().contains("example.SumBenchmark.sum");
        assertThat(folder.resolve("build/plumbline/report.html")).isNotEmptyFile();
        assertThat(folder.resolve(".plumbline/history.db")).isNotEmptyFile();
        assertThat(folder.resolve("build/reports/problems")).doesNotExist();
    }
}
