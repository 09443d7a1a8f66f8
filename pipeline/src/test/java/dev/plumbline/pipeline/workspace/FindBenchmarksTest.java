package dev.plumbline.pipeline.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.workspace.FoundBenchmarks.Tool;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a repository's files say of its benchmarks. */
class FindBenchmarksTest {
    private static final String JMH_POM = """
            <project><dependencies><dependency><artifactId>jmh-core</artifactId></dependency></dependencies>%s</project>
            """;
    private static final String SHADED =
            "<build><plugin><artifactId>maven-shade-plugin</artifactId><finalName>bench</finalName></plugin></build>";

    @TempDir
    private Path folder;

    private FindBenchmarks benchmarks;

    @BeforeEach
    void aRepository() throws IOException {
        Files.createDirectory(folder.resolve(".git"));
        benchmarks = new FindBenchmarks(new ResultFiles(folder).workspace());
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private FoundBenchmarks only() throws IOException {
        List<FoundBenchmarks> found = benchmarks.find().benchmarks();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void an_empty_repository_has_none() throws IOException {
        assertThat(benchmarks.find().benchmarks()).isEmpty();
        file("pom.xml", "<project/>");
        file("go.mod", "module x");
        file("x_test.go", "package x\nfunc TestX(t *testing.T) {}");
        file("requirements.txt", "pytest\n");
        file("index.js", "import http from 'http'");
        assertThat(benchmarks.find().benchmarks()).isEmpty();
    }

    @Test
    void what_cannot_be_read_is_skipped_and_named_but_the_root_must_be_readable() throws IOException {
        Files.createDirectories(folder.resolve("module/src"));
        FindBenchmarks.Walk walk = new FindBenchmarks.Walk(folder);
        IOException denied = new AccessDeniedException("module");

        assertThat(walk.visitFileFailed(folder.resolve("data/private"), denied)).isEqualTo(FileVisitResult.CONTINUE);
        assertThat(walk.visitFileFailed(folder.resolve("build"), denied)).isEqualTo(FileVisitResult.CONTINUE);
        assertThat(walk.postVisitDirectory(folder.resolve("module/src"), denied))
                .isEqualTo(FileVisitResult.CONTINUE);

        assertThat(walk.unreadable()).containsExactly("data/private", "module/src");
        assertThatThrownBy(() -> walk.visitFileFailed(folder, denied)).isSameAs(denied);
    }

    @Test
    void a_shaded_jmh_jar_of_a_module_is_built_and_measured_in_pairs() throws IOException {
        file("pom.xml", "<project/>");
        file("mvnw", "");
        file("bench/pom.xml", JMH_POM.formatted(SHADED));

        FoundBenchmarks found = only();

        assertThat(found.tool()).isEqualTo(Tool.MAVEN_JMH);
        assertThat(found.file()).isEqualTo("bench/pom.xml");
        assertThat(found.command())
                .isEqualTo("./mvnw -q -DskipTests -pl bench -am package\n"
                        + "java -jar bench/target/bench.jar -rf json -rff jmh-result.json");
        assertThat(found.pair())
                .contains("--build './mvnw -q -DskipTests -pl bench -am package' --jmh bench/target/bench.jar");
    }

    @Test
    void jmh_without_a_jar_is_run_by_the_maven_plugin() throws IOException {
        file("pom.xml", JMH_POM.formatted(""));

        FoundBenchmarks found = only();

        assertThat(found.tool()).isEqualTo(Tool.MAVEN_PLUGIN);
        assertThat(found.command()).startsWith("mvn -q test-compile dev.plumbline:plumbline-maven-plugin:");
        assertThat(found.results()).isEqualTo("target/plumbline");
        assertThat(found.pair().orElseThrow())
                .startsWith("--build 'mvn -q test-compile dev.plumbline:plumbline-maven-plugin:")
                .endsWith(":jar' --jmh target/plumbline/benchmarks.jar");
    }

    @Test
    void jmh_without_a_jar_in_a_module_is_built_with_the_modules_that_it_needs() throws IOException {
        file("pom.xml", "<project/>");
        file("bench/pom.xml", JMH_POM.formatted(""));

        assertThat(only().command()).endsWith(":run -pl bench -am");
        assertThat(only().pair().orElseThrow())
                .endsWith(":jar -pl bench -am' --jmh bench/target/plumbline/benchmarks.jar");
    }

    @Test
    void gradle_writes_its_results_where_its_plugin_says() throws IOException {
        file("lib/build.gradle.kts", "plugins { id(\"me.champeau.jmh\") version \"0.7.2\" }");
        assertThat(only().results()).isEqualTo("lib/build/results/jmh/results.txt");
        file("lib/build.gradle.kts", "plugins { id(\"me.champeau.jmh\") }\njmh { resultFormat.set(\"JSON\") }");
        assertThat(only().results()).isEqualTo("lib/build/results/jmh/results.json");
        assertThat(only().command()).isEqualTo("gradle --console=plain :lib:jmh");
    }

    @Test
    void plumblines_own_gradle_plugin_measures_and_makes_the_jar_of_each_revision() throws IOException {
        file("gradlew", "");
        file(
                "lib/build.gradle.kts",
                "plugins { id(\"dev.plumbline\") }\ndependencies { jmh(\"org.openjdk.jmh:jmh-core:1.37\") }");

        FoundBenchmarks found = only();

        assertThat(found.tool()).isEqualTo(Tool.GRADLE_PLUGIN);
        assertThat(found.command()).isEqualTo("./gradlew --console=plain :lib:plumbRun");
        assertThat(found.results()).isEqualTo("lib/build/plumbline");
        assertThat(found.pair())
                .contains("--build './gradlew --console=plain :lib:plumbJar' --jmh lib/build/plumbline/benchmarks.jar");
        assertThat(benchmarks.find().withoutPlugin()).isEmpty();
    }

    @Test
    void beside_it_the_task_of_the_jmh_plugin_measures() throws IOException {
        file("build.gradle", "plugins { id 'dev.plumbline'; id 'me.champeau.jmh' version '0.7.2' }");
        assertThat(only().tool()).isEqualTo(Tool.GRADLE_JMH);
    }

    @Test
    void a_gradle_script_with_jmh_and_no_plugin_that_runs_it_is_named() throws IOException {
        file("lib/build.gradle", "dependencies { testImplementation 'org.openjdk.jmh:jmh-core:1.37' }");
        assertThat(benchmarks.find().benchmarks()).isEmpty();
        assertThat(benchmarks.find().withoutPlugin()).contains("lib/build.gradle");
    }

    @Test
    void pytest_benchmark_is_found_in_requirements_and_projects() throws IOException {
        file("requirements-dev.txt", "pytest-benchmark==5.1\n");
        assertThat(only().command())
                .startsWith(
                        "python3 -m venv .venv && .venv/bin/python -m pip install -q -r requirements-dev.txt\n.venv/bin/python"
                                + " -m pytest --benchmark-only");
        file("pyproject.toml", "[project.optional-dependencies]\ntest = [\"pytest-benchmark\"]");
        assertThat(benchmarks.find().benchmarks())
                .extracting(FoundBenchmarks::file)
                .containsExactly("pyproject.toml");
    }

    @Test
    void go_is_run_in_its_module() throws IOException {
        file("src/go.mod", "module x");
        file("src/codec/codec_test.go", "package codec\nfunc BenchmarkEncode(b *testing.B) {}");

        FoundBenchmarks found = only();

        assertThat(found.command()).startsWith("cd src && go test -run '^$' -bench .");
        assertThat(found.results()).isEqualTo("src/bench.txt");
        assertThat(found.pair().orElseThrow()).contains("'\\''^$'\\''");
    }

    @Test
    void criterion_google_benchmark_k6_and_hyperfine_are_found() throws IOException {
        file("Cargo.toml", "[dev-dependencies]\ncriterion = \"0.5\"");
        file(
                "CMakeLists.txt",
                "add_executable(speed a.cc)\ntarget_link_libraries(speed\n  PRIVATE benchmark::benchmark)");
        file("load/script.js", "import http from 'k6/http';");
        file("bench.sh", "hyperfine --warmup 2 --export-json times.json ./run\n");

        assertThat(benchmarks.find().benchmarks())
                .extracting(FoundBenchmarks::tool, FoundBenchmarks::results)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Tool.CRITERION, "target/criterion"),
                        org.assertj.core.groups.Tuple.tuple(Tool.GOOGLE_BENCHMARK, "benchmark.json"),
                        org.assertj.core.groups.Tuple.tuple(Tool.K6, "k6.json"),
                        org.assertj.core.groups.Tuple.tuple(Tool.HYPERFINE, "times.json"));
        assertThat(benchmarks.find().benchmarks().get(1).command()).contains("build/speed --benchmark_repetitions=5");
        assertThat(benchmarks.find().benchmarks().get(0).pair()).contains("--result target/criterion -c 'cargo bench'");
        // what it measures runs elsewhere, and is the same for both revisions
        assertThat(benchmarks.find().benchmarks().get(2).pair()).isEmpty();
    }

    @Test
    void names_that_a_shell_would_take_apart_and_built_folders_are_passed_over() throws IOException {
        file("a; rm -rf $HOME/pom.xml", JMH_POM.formatted(SHADED));
        file("target/pom.xml", JMH_POM.formatted(SHADED));
        file("node_modules/x/script.js", "import http from 'k6/http';");
        file(".hidden/Cargo.toml", "criterion");

        assertThat(benchmarks.find().benchmarks()).isEmpty();
    }
}
