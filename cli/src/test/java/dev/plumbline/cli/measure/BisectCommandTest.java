package dev.plumbline.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plumbline.cli.CapturedRun;
import dev.plumbline.cli.TestGit;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A noisy bisection of real repositories, with real builds and processes. */
class BisectCommandTest {
    /** What a run writes before its value. */
    private String rows = "benchmark,metric,value,unit\\nwork,time";

    @TempDir
    private Path folder;

    @Test
    void finds_the_commit_that_made_it_slower_among_commits_of_which_some_do_not_build() throws Exception {
        repository(20, 13, 110, 1);

        CapturedRun run = bisect("--json", "work");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Path.of("..", "docs", "bisect-schema.json")), InputFormat.JSON)
                        .validate(run.out(), InputFormat.JSON))
                .isEmpty();
        JsonNode answer = new ObjectMapper().readTree(run.out());
        assertThat(answer.get("end").asString()).isEqualTo("found");
        assertThat(answer.get("culprits").size()).isEqualTo(1);
        assertThat(answer.get("culprits").get(0).asString()).isEqualTo(commit(13));
        assertThat(answer.get("posterior").asDouble()).isGreaterThanOrEqualTo(0.99);
        assertThat(answer.get("runs").asInt()).isLessThan(60);
        assertThat(answer.get("commits").size()).isEqualTo(21);
        assertThat(git("worktree", "list").lines()).as("checkouts are gone").hasSize(1);
    }

    @Test
    void tells_people_the_culprit_the_levels_and_what_was_spent() throws Exception {
        repository(8, 3, 130, 2);

        CapturedRun run = bisect("wor"); // a part of its name is enough

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith(commit(3).substring(0, 10) + " commit 3 (Someone)\nis the culprit: posterior ")
                .contains("work time: ", " ms, +", "8 commits after the good one; ", " runs spent, ", "good", "bad");
    }

    @Test
    void takes_the_name_that_tables_show_before_others_that_have_it_in_theirs() throws Exception {
        rows = "benchmark,param:items,param:mode,metric,value,unit\\norg.acme.Bench.worker,5,avgt,time,7,ms"
                + "\\norg.acme.Bench.work,5,avgt,time";
        repository(8, 3, 130, 7);

        CapturedRun run = bisect("Bench.work {items=5}");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith(commit(3).substring(0, 10) + " commit 3 (Someone)\nis the culprit")
                .contains("org.acme.Bench.work {items=5, mode=avgt} time: ");
    }

    @Test
    void no_commit_is_built_twice() throws Exception {
        repository(20, 7, 110, 3);

        assertThat(bisect("work").exitCode()).isZero();

        assertThat(Files.readAllLines(folder.resolve("built"))).doesNotHaveDuplicates();
    }

    @Test
    void ends_that_do_not_differ_are_told_with_exit_code_3() throws Exception {
        repository(8, 3, 100, 4);

        CapturedRun run = bisect("work");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.out()).contains("good and bad do not differ");
    }

    @Test
    void ends_that_differ_by_less_than_the_margin_of_the_rule_for_the_benchmark_do_not_differ() throws Exception {
        repository(8, 3, 130, 4);
        Files.writeString(
                folder.resolve("plumbline.yaml"),
                "thresholds: [{benchmark: work, margin: 60 %, severities: {minor: 60 %, major: 70 %, critical: 80 %}}]\n");

        CapturedRun run = bisect("work");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.out()).contains("good and bad do not differ");
    }

    @Test
    void runs_that_are_spent_too_early_leave_it_undecided() throws Exception {
        repository(20, 7, 110, 5);

        CapturedRun run = bisect("work", "--max-runs", "15");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.out()).contains("undecided").contains("95 % credible set");
    }

    @Test
    void wrong_revisions_and_benchmarks_are_told() throws Exception {
        repository(4, 2, 110, 6);

        assertThat(bisect("--good", "nowhere", "work").err()).contains("nowhere: unknown git revision");
        assertThat(plumb("bisect", "--good", "main", "--bad", "main~2", "work", "-c", "true")
                        .err())
                .contains("main: not an ancestor of main~2");
        CapturedRun other = bisect("other");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("does not measure other", "work time");
        assertThat(plumb("bisect", "--good", "main~2", "-c", "true").err()).contains("name the benchmark");
    }

    private CapturedRun bisect(String... more) {
        java.util.ArrayList<String> arguments = new java.util.ArrayList<>(
                List.of("bisect", "--build", "sh build.sh", "--result", "out.csv", "-c", "sh bench.sh"));
        if (!List.of(more).contains("--good")) {
            arguments.addAll(List.of("--good", "start", "--bad", "main"));
        }
        arguments.addAll(List.of(more));
        return plumb(arguments.toArray(String[]::new));
    }

    /** A benchmark that takes 100 ms up to a commit and so much from it on, with 3 % noise drawn from a seed. */
    private void repository(int commits, int culprit, int slow, int seed) throws Exception {
        git("init", "-q", "-b", "main", ".");
        Files.writeString(folder.resolve("drawn"), "0");
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i <= commits; i++) {
            boolean breaks = i % 5 == 1 && i != culprit && i != culprit - 1;
            stream.append("commit refs/heads/main\ncommitter Someone <someone@example.org> ")
                    .append(1_790_000_000 + 60 * i)
                    .append(" +0000\n")
                    .append(data("commit " + i))
                    .append("M 100644 inline bench.sh\n")
                    .append(data(bench(i < culprit ? 100 : slow, seed)))
                    .append("M 100644 inline build.sh\n")
                    .append(data(
                            "git rev-parse HEAD >>'" + folder.resolve("built") + "'\n" + (breaks ? "exit 1\n" : "")))
                    .append('\n');
        }
        Process process = git(List.of("fast-import", "--quiet"));
        try (OutputStream in = process.getOutputStream()) {
            in.write(stream.toString().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(process.waitFor()).isZero();
        git("tag", "start", "main~" + commits);
        git("checkout", "-q", "main");
    }

    private String bench(int level, int seed) {
        Path drawn = folder.resolve("drawn");
        return """
                drawn=$(cat '%1$s')
                echo $((drawn + 1)) >'%1$s'
                awk -v seed=$((%2$d * 100003 + drawn)) 'BEGIN {
                    srand(seed); rand(); rand()
                    noise = sqrt(-2 * log(1 - rand())) * cos(6.283185307 * rand())
                    printf "%4$s,%%.6f,ms\\n", %3$d * (1 + 0.03 * noise)
                }' >out.csv
                """.formatted(drawn, seed, level, rows);
    }

    private static String data(String text) {
        return "data " + text.getBytes(StandardCharsets.UTF_8).length + "\n" + text + "\n";
    }

    private String commit(int position) throws Exception {
        return git("rev-list", "--reverse", "main").lines().toList().get(position);
    }

    private String git(String... arguments) throws Exception {
        return TestGit.run(folder, arguments);
    }

    private Process git(List<String> arguments) throws IOException {
        java.util.ArrayList<String> command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null"));
        return builder.start();
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.of(folder, arguments);
    }
}
