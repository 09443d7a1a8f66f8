package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Suites of plumbline.yaml, measured with real processes. */
class SuiteCommandsTest {
    private static final Path DOCS = Path.of("..", "docs");

    @TempDir
    private Path folder;

    @BeforeEach
    void configure() throws IOException {
        configure("""
                suites:
                  startup:
                    tags: [inference, quick]
                    command: sh work.sh {n}
                    name: start
                    parameters:
                      n: [1, 2]
                    runs: 3
                    warmup: 0
                  memory:
                    tags: memory
                    shell: ["true", "exit 3"]
                    name: [well, three]
                    ignore-failure: true
                    prepare: touch prepared
                    runs: 2
                  table:
                    tags: quick
                    shell: |
                      printf 'benchmark,metric,value,unit\\n' > out.csv
                      printf 'work,time,5,ms\\n' >> out.csv
                    result: out.csv
                    runs: 2
                """);
        Files.writeString(folder.resolve("work.sh"), "echo \"$1\" >> executions\n");
    }

    @Test
    void a_suite_is_measured_by_its_name_as_it_says() throws IOException {
        CapturedRun run = plumb("run", "startup", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"n\": \"1\"", "\"n\": \"2\"", "\"suite\": \"startup\"", "\"start\"");
        assertThat(Files.readAllLines(folder.resolve("executions"))).hasSize(6);
        assertThat(plumb("history").out()).contains("start");
    }

    @Test
    void options_win_over_what_the_suite_says() throws IOException {
        CapturedRun run = plumb("run", "startup", "--no-record", "--json", "-P", "n=7", "-r", "2", "-w", "1");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.readAllLines(folder.resolve("executions"))).containsExactly("7", "7", "7");
    }

    @Test
    void a_suite_runs_where_the_configuration_lies() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Path below = Files.createDirectories(folder.resolve("src/deep"));

        CapturedRun run = CapturedRun.of(below, "run", "startup", "--no-record");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(folder.resolve("executions")).exists();
    }

    @Test
    void a_tag_measures_all_suites_that_have_it_as_one_run() {
        CapturedRun run = plumb("run", "--tag", "quick", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("\"start\"", "\"work\"", "\"suite\": \"startup, table\"")
                .doesNotContain("\"well\"");
        assertThat(run.out().split("\"revision\"", -1)).as("runs").hasSize(2);
    }

    @Test
    void prepare_names_and_exit_codes_are_the_suites() {
        CapturedRun run = plumb("run", "memory", "--no-record");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("well", "three");
        assertThat(folder.resolve("prepared")).exists();
    }

    @Test
    void suites_are_listed_for_people_and_for_programs() throws IOException {
        assertThat(plumb("run", "--list").out()).contains("startup", "inference, quick", "sh work.sh {n}", "memory");
        assertThat(plumb("run", "--list", "--tag", "memory").out())
                .contains("memory")
                .doesNotContain("startup");
        CapturedRun json = plumb("run", "--list", "--json");
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(DOCS.resolve("suites-schema.json")), InputFormat.JSON)
                        .validate(json.out(), InputFormat.JSON))
                .isEmpty();
        assertThat(json.out()).contains("\"plumbline-suites/1\"", "\"inference\"");
        configure("branch: main\n");
        assertThat(plumb("run", "--list").out()).contains("no suites");
    }

    @Test
    void a_name_that_no_suite_has_is_told_with_the_one_that_was_probably_meant() {
        CapturedRun run = plumb("run", "startupp");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("unknown suite 'startupp'", "did you mean \"startup\"?", "after --");
        assertThat(plumb("run", "--tag", "memry").err()).contains("the tag 'memry'", "did you mean \"memory\"?");
    }

    @Test
    void a_suite_and_a_command_beside_it_contradict_each_other() {
        assertThat(plumb("run", "startup", "-c", "true").err()).contains("suite startup", "defines what to measure");
        assertThat(plumb("run", "startup", "--", "true").err())
                .contains("suite startup", "only options for JMH or" + " Java");
    }

    @Test
    void mistakes_are_told_with_their_places() throws IOException {
        configure("""
                suites:
                  one:
                    comand: true
                  two:
                    shell: work
                    jmh: b.jar
                  three:
                    shell: work
                    parameters: {n: [1]}
                    budget: 5 parsecs
                    options: -wi 3
                """);
        CapturedRun run = plumb("run", "one");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("plumbline.yaml:3:5: unknown key \"comand\" in suites.one; did you mean \"command\"?")
                .contains("suites.two needs one of the keys command, shell, jmh, java, not shell and jmh")
                .contains("plumbline.yaml:9:5: suites.three.parameters: no command uses n; write {n}")
                .contains("plumbline.yaml:10:13: suites.three.budget:")
                .contains("plumbline.yaml:11:5: suites.three.options are for JMH or Java");
    }

    private void configure(String text) throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), text);
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }
}
