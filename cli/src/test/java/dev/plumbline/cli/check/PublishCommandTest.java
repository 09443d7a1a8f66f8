package dev.plumbline.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plumbline.cli.CapturedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void repository() throws IOException {
        Files.createDirectory(folder.resolve(".git"));
        for (int run = 0; run < 8; run++) {
            Files.writeString(
                    folder.resolve("run" + run + ".csv"),
                    "benchmark,metric,unit,value,commit\na,time,ms," + (100 + run * 7 % 3) + ",c" + run + "\n");
            plumb("record", "run" + run + ".csv");
        }
        Files.writeString(
                folder.resolve("slow.csv"), "benchmark,metric,unit,value,commit\na,time,ms,150,c9\na,time,ms,151,c9\n");
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.of(folder, Map.of(), arguments);
    }

    private Map<String, String> job() {
        return Map.of(
                "GITHUB_STEP_SUMMARY", folder.resolve("summary").toString(),
                "GITHUB_OUTPUT", folder.resolve("output").toString());
    }

    @Test
    void a_check_publishes_as_well_and_its_exit_code_stays_the_gate_s() throws IOException {
        CapturedRun run = CapturedRun.of(folder, job(), "check", "slow.csv", "--publish", "github-summary,slack");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "plumb: github-summary: wrote the job's summary and outputs\n",
                        "plumb: slack: not published: SLACK_WEBHOOK_URL is not set");
        assertThat(Files.readString(folder.resolve("summary"))).contains("**FAIL**");
    }

    @Test
    void a_dry_run_publishes_nothing() {
        CapturedRun run =
                CapturedRun.of(folder, job(), "check", "slow.csv", "--dry-run", "--publish", "github-summary");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("plumb: nothing was published (dry run)\n");
        assertThat(folder.resolve("summary")).doesNotExist();
        assertThat(folder.resolve("output")).doesNotExist();
    }

    @Test
    void a_report_of_another_job_is_published() throws IOException {
        plumb("check", "slow.csv", "-o", "report.json");

        CapturedRun run = CapturedRun.of(folder, job(), "publish", "report.json", "--to", "github-summary");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("github-summary: wrote the job's summary and outputs\n");
        assertThat(Files.readString(folder.resolve("output")))
                .startsWith("gate<<end-")
                .contains("\nclosed\n");
    }

    @Test
    void what_cannot_be_published_is_told_and_is_an_error_of_its_own() throws IOException {
        plumb("check", "slow.csv", "-o", "report.json");

        CapturedRun run = plumb("publish", "report.json", "--to", "github", "--json");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).contains("GITHUB_TOKEN is not set");
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Path.of("..", "docs", "publish-schema.json")), InputFormat.JSON)
                        .validate(run.out(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void a_channel_that_is_not_known_stops_before_anything_is_recorded() {
        CapturedRun run = plumb("check", "slow.csv", "--publish", "gihub");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("unknown channel \"gihub\"; available: github, github-comment");
        assertThat(plumb("history", "a").out()).doesNotContain("c9");
    }

    @Test
    void what_is_no_report_is_told_with_its_name() throws IOException {
        Files.writeString(folder.resolve("bad.json"), "{\"schema\": 1}");

        assertThat(plumb("publish", "bad.json", "--to", "github").err())
                .isEqualTo("plumb: bad.json: is not a report in the format plumbline-report/1; create one with"
                        + " plumb check --json\n");
        assertThat(plumb("publish", "none.json", "--to", "github").err())
                .isEqualTo("plumb: none.json: there is no such file or folder\n");
        assertThat(plumb("publish", "bad.json", "--to", "github", "--publish-name", "-->")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void options_say_how_much_benchmarks_weigh() {
        assertThat(plumb("check", "slow.csv", "--advisory", "a").exitCode()).isZero();
        assertThat(plumb("check", "slow.csv", "--muted", "*").exitCode()).isZero();
        assertThat(plumb("check", "slow.csv", "--grace", "9").out()).contains("(grace: 8 of 9 runs)");
        assertThat(plumb("check", "slow.csv", "--muted", "*", "--critical", "a").exitCode())
                .isZero();
        assertThat(plumb("check", "slow.csv").exitCode()).isEqualTo(1);
    }

    /** What tables show in short is looked up for options; the configuration needs the whole name. */
    @Test
    void a_weight_of_the_configuration_for_a_short_name_suggests_the_whole_one() throws IOException {
        Path file = Files.writeString(
                folder.resolve("whole.csv"), "benchmark,value,unit\norg.acme.Sort.quick,1,ms\norg.acme.Map.get,1,ms\n");
        Files.writeString(
                folder.resolve("plumbline.yaml"), "gate:\n  rules:\n    - {benchmark: Sort.quick, weight: muted}\n");

        CapturedRun run = plumb("check", file.toString(), "--as", "text");

        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("the weight for benchmark Sort.quick matches no recorded benchmark; it has no effect;"
                        + " did you mean org.acme.Sort.quick?");
    }

    @Test
    void options_weigh_benchmarks_by_the_short_names_of_tables_and_ask_where_they_mean_several() throws IOException {
        StringBuilder runs = new StringBuilder("benchmark,param:n,value,unit,commit,time,environment\n");
        for (int i = 0; i < 9; i++) {
            for (String name :
                    List.of("org.a.Sort.quick,1", "org.a.Sort.quick,2", "org.a.Map.get,", "org.b.Map.get,")) {
                runs.append(String.format(
                        Locale.ROOT, "%s,%s,ms,s%d,2026-02-%02dT00:00:00Z,lab%n", name, 100 + i * 7 % 5, i, i + 1));
            }
        }
        plumb("record", Files.writeString(folder.resolve("whole.csv"), runs).toString());
        String slow = Files.writeString(folder.resolve("slower.csv"), """
                benchmark,param:n,value,unit,commit,time,environment
                org.a.Sort.quick,1,190,ms,s9,2026-02-11T00:00:00Z,lab
                org.a.Sort.quick,2,101,ms,s9,2026-02-11T00:00:00Z,lab
                org.a.Map.get,,101,ms,s9,2026-02-11T00:00:00Z,lab
                org.b.Map.get,,101,ms,s9,2026-02-11T00:00:00Z,lab
                org.b.Young.one,,101,ms,s9,2026-02-11T00:00:00Z,lab
                """).toString();

        assertThat(plumb("check", "--dry-run", slow).exitCode()).isEqualTo(1);
        for (String name : List.of("Sort.quick", "Sort.quick {n=1}", "quick", "org.a.Sort.quick")) {
            assertThat(plumb("check", "--dry-run", slow, "--muted", name).exitCode())
                    .as(name)
                    .isZero();
        }
        assertThat(plumb("check", "--dry-run", slow, "--muted", "Sort.quick {n=2}")
                        .exitCode())
                .isEqualTo(1);
        assertThat(plumb("check", "--dry-run", slow, "--muted", "Young.one", "-v")
                        .out())
                .as("a benchmark of these results alone")
                .doesNotContain("has no effect");
        for (String[] command : new String[][] {
            {"check", slow, "--muted", "Map.get"}, {"compare", "whole.csv", slow, "--critical", "Map.get"}
        }) {
            CapturedRun several = plumb(command);
            assertThat(several.exitCode()).isEqualTo(2);
            assertThat(several.err())
                    .contains("Map.get is 2 benchmarks: org.a.Map.get, org.b.Map.get; name one of them, or all with"
                            + " a pattern such as '*Map.get'");
        }
        assertThat(plumb("history", "Young.one").err())
                .as("nothing was recorded")
                .contains("Young.one");
    }

    @Test
    void a_budget_closes_the_gate_whatever_the_history_says() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "gate:\n  budgets:\n    - at-most: 0.09 s\n");

        CapturedRun run = plumb("check", "run7.csv");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("a time is 0.101 s, over its budget of 0.09 s (plumbline.yaml:3:7)");
    }

    @Test
    void a_budget_that_guards_nothing_is_told() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), """
                gate:
                  budgets:
                    - benchmark: "decde*"
                      at-most: 200 ms
                    - benchmark: a
                      at-most: 2 MiB
                    - benchmark: a
                      at-most: 9 s
                """);

        CapturedRun run = plumb("check", "run7.csv", "--as", "text");

        assertThat(run.exitCode()).as(run.err()).isZero();
        String answer = run.out().replaceAll("\\s+", " ");
        assertThat(answer)
                .contains("plumbline.yaml:3:7: the budget's names match no recorded benchmark")
                .contains("plumbline.yaml:5:7: the budget is in MiB but what it names is in ms, such as a time")
                .doesNotContain("plumbline.yaml:7:7");
    }

    @Test
    void weights_and_thresholds_that_hold_for_nothing_are_told() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), """
                gate:
                  rules:
                    - {benchmark: nomatch, weight: critical}
                    - {benchmark: a, weight: critical}
                    - {benchmark: a, environment: elsewhere, weight: muted}
                thresholds:
                  - {benchmark: nomatch.*, metric: time, margin: 5 %}
                  - {kind: memory, margin: 5 %}
                """);

        CapturedRun run = plumb("check", "run7.csv", "--critical", "b", "--as", "text");

        assertThat(run.exitCode()).as(run.err()).isZero();
        String answer = run.out().replaceAll("\\s+", " ");
        assertThat(answer)
                .contains("plumbline.yaml:3:7: the weight for benchmark nomatch matches no recorded benchmark;"
                        + " it has no effect")
                .contains("--critical: the weight for benchmark b matches no recorded benchmark")
                .contains(
                        "plumbline.yaml:7:5: the threshold for benchmark nomatch.*, metric time matches no recorded benchmark")
                .doesNotContain("plumbline.yaml:4:7", "plumbline.yaml:5:7", "plumbline.yaml:8:5", "the default of");
        assertThat(plumb("check", "run7.csv", "--critical", "b").out().replaceAll("\\s+", " "))
                .as("what was typed comes before what else there is to note")
                .contains("--critical: the weight for benchmark b matches no recorded benchmark");
        assertThat(plumb("check", "run7.csv").out().replaceAll("\\s+", " "))
                .as("a setting that does nothing comes before notes on the results")
                .contains("plumbline.yaml:3:7: the weight", "plumbline.yaml:7:5: the threshold", "and 1 more note");
    }
}
