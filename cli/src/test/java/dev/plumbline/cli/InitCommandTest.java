package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitCommandTest {
    private static final String MEASURE = ".github/workflows/plumbline.yml";
    private static final String PUBLISH = ".github/workflows/plumbline-publish.yml";

    @TempDir
    private Path folder;

    @BeforeEach
    void repository() throws IOException {
        Files.createDirectory(folder.resolve(".git"));
    }

    private CapturedRun init(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "init";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return CapturedRun.of(folder, arguments);
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    @Test
    void a_repository_gets_a_configuration_that_is_read_and_two_workflows() throws IOException {
        CapturedRun run = init("--command", "make bench\n  -j1", "--results", "out/a.json", "--branch", "trunk");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("wrote  plumbline.yaml\nwrote  " + MEASURE + "\nwrote  " + PUBLISH + "\n")
                .contains("fill in PLUMBLINE_URL");
        assertThat(read(MEASURE))
                .contains(
                        "branches: [\"trunk\"]", "\n          make bench\n            -j1\n", "RESULTS: \"out/a.json\"")
                .doesNotContainPattern("@[A-Z0-9]+@|#\\?|: write")
                .containsOnlyOnce("permissions:\n  contents: read\n");
        assertThat(read(PUBLISH))
                .contains("permissions: {}\n", "pull-requests: write")
                .doesNotContain("checkout@");
        assertThat(CapturedRun.of(folder, "config").out()).contains("trunk", "plumbline.yaml:2:9");
    }

    @Test
    void what_is_there_stays_unless_it_is_forced() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "branch: mine\n");

        assertThat(init().out()).contains("kept   plumbline.yaml  (exists; --force overwrites it)");
        assertThat(read("plumbline.yaml")).isEqualTo("branch: mine\n");
        assertThat(init("--force").out()).contains("wrote  plumbline.yaml");
        assertThat(read("plumbline.yaml")).contains("branch: \"mine\"", "block-at: major");
    }

    @Test
    void nothing_is_written_through_a_link() throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "as it was");
        Files.createSymbolicLink(folder.resolve("plumbline.yaml"), elsewhere);

        init("--force", "--config", "elsewhere-none");
        init("--force", "--service", "none");

        assertThat(Files.readString(elsewhere)).isEqualTo("as it was");
    }

    @Test
    void without_a_service_the_configuration_is_written_alone() {
        init("--service", "none");

        assertThat(folder.resolve("plumbline.yaml")).exists();
        assertThat(folder.resolve(".github")).doesNotExist();
    }

    @Test
    void a_distribution_stands_in_both_workflows() throws IOException {
        String digest = "0123456789abcdef".repeat(4);

        CapturedRun run = init("--distribution", "https://x.example/p.tar.gz", "--sha256", digest);

        assertThat(run.out()).doesNotContain("fill in");
        for (String file : new String[] {MEASURE, PUBLISH}) {
            assertThat(read(file)).contains("\"https://x.example/p.tar.gz\"", digest);
        }
    }

    @Test
    void a_history_on_a_branch_is_written_by_the_one_job_that_may() throws IOException {
        init("--history", "branch");

        assertThat(read(MEASURE))
                .contains("contents: write", "ref: plumbline-history")
                .doesNotContain("actions/cache");
    }

    @Test
    void names_with_quotes_stay_names() throws IOException {
        init("--branch", "a\"b\\c: d @RESULTS@");

        assertThat(read(MEASURE)).contains("branches: [\"a\\\"b\\\\c: d @RESULTS@\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "--distribution, https://x.example/p.tar.gz, SHA-256 together",
        "--distribution, http://x.example/p.tar.gz, https://",
        "--sha256, abc, 64 lowercase hexadecimal digits",
        "--command, '', one or more lines",
        "--history, nowhere, give one of"
    })
    void what_a_workflow_cannot_hold_is_refused(String option, String value, String message) {
        CapturedRun run = init(option, value);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(folder.resolve("plumbline.yaml")).doesNotExist();
    }

    @Test
    void what_the_repository_measures_with_is_found_and_measured_beside_the_base() throws IOException {
        Files.writeString(folder.resolve("go.mod"), "module x");
        Files.writeString(folder.resolve("x_test.go"), "package x\nfunc BenchmarkX(b *testing.B) {}");
        Files.writeString(folder.resolve("Cargo.toml"), "criterion = 1");

        CapturedRun run = init("--tool", "go");

        assertThat(run.out())
                .startsWith("found  go (go.mod), results in bench.txt\n       also found: criterion (Cargo.toml)")
                .contains("wrote  " + MEASURE);
        assertThat(read(MEASURE))
                .contains(
                        "plumb pr --budget 20m",
                        "--result bench.txt -c 'go test",
                        "if: ${{ github.event_name != 'pull_request' }}",
                        "go test -run '^$' -bench . -benchmem -count 5 ./... > bench.txt",
                        "ENVIRONMENT: \"github-ubuntu-24.04\"")
                .doesNotContainPattern("@[A-Z0-9]+@|#\\?");
    }

    @Test
    void a_rehearsal_shows_all_and_writes_nothing() throws IOException {
        Files.writeString(folder.resolve("Cargo.toml"), "criterion = 1");

        CapturedRun run = init("--dry-run");

        assertThat(run.out())
                .contains("found  criterion", "would write  " + MEASURE, "    name: Plumbline\n", "cargo bench");
        assertThat(folder.resolve(".github")).doesNotExist();
        assertThat(folder.resolve("plumbline.yaml")).doesNotExist();
    }

    @Test
    void pull_requests_of_what_runs_elsewhere_are_judged_against_the_history_and_the_workflow_says_why()
            throws IOException {
        Files.writeString(folder.resolve("load.js"), "import http from 'k6/http';");

        assertThat(init().out()).startsWith("found  k6 (load.js), results in k6.json\n");

        assertThat(read(MEASURE))
                .contains("k6 run --summary-export=k6.json load.js", "may run elsewhere, and is then")
                .doesNotContain("plumb pr --budget", "github.event_name != 'pull_request'")
                .doesNotContainPattern("#\\?");
    }

    @Test
    void a_tool_that_is_not_there_is_wrong_use() {
        CapturedRun run = init("--tool", "k6");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no benchmarks of k6 were found");
        assertThat(init("--tool", "k7").err()).contains("'k7' is no tool");
    }

    @Test
    void without_benchmarks_the_next_step_says_so() {
        assertThat(init().out()).contains("no benchmarks were found here; give their command with --command");
    }

    @Test
    void a_gradle_build_with_jmh_and_no_plugin_that_runs_it_gets_the_plugin_to_add() throws IOException {
        Files.writeString(
                folder.resolve("build.gradle"), "dependencies { testImplementation 'org.openjdk.jmh:jmh-core:1.37' }");
        assertThat(init("--dry-run").out())
                .contains("build.gradle names JMH, but no plugin that runs its benchmarks: add id(\"dev.plumbline\")"
                        + " version \"")
                .contains("run plumb init --force")
                .doesNotContain("no benchmarks were found here");
    }
}
