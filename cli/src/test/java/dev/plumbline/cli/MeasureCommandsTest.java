package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Measuring, with real processes and real git repositories. */
class MeasureCommandsTest {
    /** A program that measures by itself and always finds the same. */
    private static final String BENCH = """
        printf 'benchmark,metric,value,unit\\nwork,time,%s,ms\\nrest,time,5,ms\\n' "$(cat level)" > out.csv
        """;

    @TempDir
    private Path folder;

    @Test
    void measures_a_command_and_adds_it_to_the_history() {
        CapturedRun run = plumb("run", "--runs", "5", "--name", "nap", "--environment", "here", "--", "sleep", "0.01");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("nap", "time", "user").contains("added to the history (medians): branch main\n");
        assertThat(plumb("history").out()).contains("nap", "here");
    }

    @Test
    void measures_once_for_each_value_of_a_parameter() {
        CapturedRun run =
                plumb("run", "--runs", "2", "--no-record", "--json", "-c", "exit {code}", "-P", "code=0,3", "-i");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"code\": \"0\"", "\"code\": \"3\"", "\"plumbline\": 1");
    }

    /** Counting needs perf events or Valgrind. */
    private void needCounter() {
        String machine = plumb("doctor", "--pairs", "0").out().replaceAll("\\s+", " ");
        assumeFalse(machine.contains("there is no Valgrind"), "neither perf events nor Valgrind here");
    }

    @Test
    void one_counted_execution_of_each_finds_a_per_cent_more_work() throws IOException {
        needCounter();
        String loop = "awk 'BEGIN { for (i = 0; i < {n}; i++) x += i * i; print x }'";
        String[] run = {"run", "-q", "--count", "-r", "1", "--no-record", "--json", "-n", "loop", "-c", loop, "-P"};
        List<Path> files = new ArrayList<>();
        for (String n : List.of("20000", "20000", "20220")) {
            List<String> words = new ArrayList<>(List.of(run));
            words.add("n=" + n);
            CapturedRun counted = plumb(words.toArray(String[]::new));
            assertThat(counted.exitCode()).as(counted.err()).isZero();
            files.add(Files.writeString(
                    folder.resolve(files.size() + ".json"),
                    counted.out().replace("\"n\": \"" + n + "\"", "\"n\": \"1\"")));
        }

        String same = plumb("compare", files.get(0).toString(), files.get(1).toString())
                .out();
        CapturedRun more = plumb(
                "compare",
                "--block-at",
                "minor",
                files.get(0).toString(),
                files.get(2).toString());

        assertThat(same).startsWith("PASS  no regression").contains("unchanged").doesNotContain("single run");
        assertThat(more.exitCode()).as(more.out()).isEqualTo(1);
        assertThat(more.out()).contains("✗ minor", "loop", "instructions", "+1.");
    }

    @Test
    void a_pull_request_is_counted_in_three_pairs_and_its_commit_found() throws Exception {
        needCounter();
        repository("20000", "20220");
        String loop = "awk -v n=$(cat level) 'BEGIN { for (i = 0; i < n; i++) x += i * i; print x }'";

        CapturedRun run =
                plumb("pr", "--base", "main", "--block-at", "minor", "--count=instructions", "-n", "loop", "-c", loop);
        CapturedRun bisected =
                plumb("bisect", "loop", "--good", "main", "--bad", "change", "--count", "-n", "loop", "-c", loop);

        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(1);
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("loop instructions", "measured 3 pairs", "every benchmark is decided");
        assertThat(run.err()).doesNotContain("warning");
        assertThat(bisected.exitCode()).as(bisected.err() + bisected.out()).isZero();
        assertThat(bisected.out()).contains("is the culprit", "instructions");
    }

    @Test
    void what_cannot_be_counted_is_refused_with_what_can() throws IOException {
        Files.writeString(folder.resolve("benchmarks.jar"), "not a jar");

        assertThat(plumb("run", "--no-record", "--count=loops", "--", "true").err())
                .contains("unknown count 'loops'; there are instructions, branches, cycles");
        assertThat(plumb("run", "--no-record", "--count", "parse").err()).contains("unknown suite 'parse'");
        assertThat(plumb("run", "--no-record", "--counter", "perf", "--", "true")
                        .err())
                .contains("--counter has no effect without --count");
        assertThat(plumb("run", "--no-record", "--count", "--counter", "eyes", "--", "true")
                        .err())
                .contains("unknown counter 'eyes'; use perf or valgrind");
        assertThat(plumb("run", "--no-record", "--count=system-calls", "--jmh", "benchmarks.jar")
                        .err())
                .contains("JMH does not count system-calls");
    }

    @Test
    void keeps_exit_codes_where_every_one_is_a_success() {
        CapturedRun table = plumb("run", "--runs", "5", "--no-record", "-c", "exit 3", "-i");
        CapturedRun without = plumb("run", "--runs", "5", "--no-record", "-c", "exit 0");

        assertThat(table.out()).containsPattern("exit-code +3");
        assertThat(without.out()).doesNotContain("exit-code");
    }

    @Test
    void a_changed_exit_code_is_an_error_of_the_run_and_no_regression() throws IOException {
        for (int i = 1; i <= 6; i++) {
            plumb("run", "--runs", "3", "-n", "job", "-c", "exit 0", "-i", "--commit", "c" + i, "--branch", "main");
        }
        CapturedRun failing = plumb("run", "--runs", "3", "--no-record", "--json", "-n", "job", "-c", "exit 3", "-i");
        Path file = Files.writeString(folder.resolve("failing.json"), failing.out());

        CapturedRun checked = plumb("check", file.toString(), "--commit", "c7", "--branch", "main", "--json");

        assertThat(failing.err()).contains("plumb: job: ended with exit code 3; its times are kept, as requested");
        JsonNode report = new ObjectMapper().readTree(checked.out());
        assertThat(report.get("problems").toString())
                .contains("ended with exit code 3, previously with 0: the run failed");
        assertThat(report.get("findings").toString()).doesNotContain("exit-code", "context-switches");
        assertThat(report.get("context").toString()).contains("exit-code");
    }

    @Test
    void what_it_writes_can_be_read_again() throws IOException {
        CapturedRun run = plumb("run", "--runs", "4", "--no-record", "--json", "-c", "true");
        Path file = Files.writeString(folder.resolve("measured.json"), run.out());

        // the text names only what is not unchanged, which a command of half a millisecond may or may not be
        CapturedRun compared = plumb("compare", "--json", file.toString(), file.toString());

        assertThat(compared.exitCode()).as(compared.err()).isIn(0, 3);
        assertThat(compared.out()).contains("\"benchmark\": \"true\"");
    }

    @Test
    void a_command_that_fails_is_told_with_what_it_printed() {
        CapturedRun run = plumb("run", "--no-record", "-c", "echo it broke here; exit 4");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("exit code 4", "it broke here");
    }

    @Test
    void without_anything_to_measure_it_says_what_to_give() {
        CapturedRun run = plumb("run");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("nothing to measure", "--jmh");
    }

    @Test
    void the_name_of_a_profiler_is_passed_on_to_the_jar() throws Exception {
        Files.writeString(folder.resolve("benchmarks.jar"), "not a jar");

        // what is passed on is checked before the jar is opened
        CapturedRun run = plumb("run", "--no-record", "--jmh", "benchmarks.jar", "--prof", "gc", "--prof", "-f");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("JMH's option -f cannot be passed on");
    }

    @Test
    void a_profiler_without_a_jar_is_wrong_use() {
        CapturedRun run = plumb("run", "--no-record", "--prof", "gc", "-c", "true");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--prof needs --jmh JAR");
    }

    @Test
    void a_slower_head_closes_the_gate_and_the_other_benchmark_is_unchanged() throws Exception {
        repository("100", "110");

        CapturedRun run = plumb("pr", "--result", "out.csv", "-c", "sh bench.sh", "--json");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).contains("\"REGRESSED\"", "\"UNCHANGED\"", "\"CLOSED\"");
        assertThat(git("worktree", "list").lines()).as("checkouts are gone").hasSize(1);
    }

    @Test
    void an_unchanged_head_passes() throws Exception {
        repository("100", "100");
        Files.writeString(folder.resolve("other"), "text");
        git("add", "-A");
        git("commit", "-qm", "other");

        CapturedRun run = plumb("pr", "--result", "out.csv", "-c", "sh bench.sh");

        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
        assertThat(run.out()).contains("2 unchanged");
    }

    @Test
    void the_same_commit_needs_no_measuring() throws Exception {
        repository("100", "110");

        CapturedRun run = plumb("pr", "--base", "HEAD", "--result", "out.csv", "-c", "exit 9");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("no change is possible");
    }

    @Test
    void a_build_that_gives_the_same_artifacts_needs_no_measuring() throws Exception {
        repository("100", "110");
        Files.writeString(folder.resolve("plumbline.yaml"), """
            suites:
              table:
                shell: ./made/work
                build: mkdir -p made/parts && echo 'exit 9' > made/work && cp level made/parts
                artifact: [made]
            """);

        CapturedRun differs = plumb("pr", "table", "--budget", "1s");
        CapturedRun same = plumb("pr", "table", "--artifact", "made/work");
        CapturedRun outside = plumb("pr", "table", "--artifact", "../made/work");

        assertThat(differs.out()).doesNotContain("no change is possible");
        assertThat(same.exitCode()).as(same.err() + same.out()).isZero();
        assertThat(same.out())
                .startsWith("PASS  no change is possible\n")
                .contains("base and head build the same made/work: no change is possible");
        assertThat(outside.exitCode()).isEqualTo(2);
        assertThat(outside.err()).contains("artifact ../made/work: not inside the checkout");
    }

    @Test
    void changes_that_are_not_committed_are_said_to_be_left_out() throws Exception {
        repository("100", "110");
        String commit = git("rev-parse", "HEAD").strip().substring(0, 10);
        Files.writeString(folder.resolve("level"), "150");

        CapturedRun run = plumb("pr", "--result", "out.csv", "-c", "sh bench.sh");
        CapturedRun other = plumb("pr", "--base", "HEAD", "--head", "main", "--result", "out.csv", "-c", "sh bench.sh");

        assertThat(run.out()).contains("+10.0 %");
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("uncommitted changes in the working copy are not measured; measuring commit " + commit);
        assertThat(other.out()).doesNotContain("uncommitted");
    }

    @Test
    void what_was_measured_with_changes_that_are_not_committed_is_shown_as_that() throws Exception {
        repository("100", "110");
        String commit = git("rev-parse", "HEAD").strip().substring(0, 10);
        Files.writeString(folder.resolve("level"), "150");

        CapturedRun run = plumb("run", "--result", "out.csv", "-r", "1", "-c", "sh bench.sh");

        assertThat(run.out()).contains(": branch change, commit " + commit + "-dirty");
        assertThat(plumb("history", "work").out()).contains(commit + "-dirty");
        assertThat(plumb("report").out()).contains(commit + "-dirty");
    }

    @Test
    void a_head_that_does_not_build_is_an_error_with_the_end_of_its_output() throws Exception {
        repository("100", "110");

        CapturedRun run =
                plumb("pr", "--build", "echo compiling; grep -q 100 level", "--result", "out.csv", "-c", "sh bench.sh");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("HEAD", "does not build", "compiling");
    }

    @Test
    void a_head_that_cannot_be_measured_closes_the_gate() throws Exception {
        repository("100", "110");

        CapturedRun run = plumb("pr", "--result", "out.csv", "-c", "echo looking; grep -q 100 level && sh bench.sh");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("FAIL", "not everything could be measured", "looking")
                .doesNotContain("\\n", "every benchmark is decided");
    }

    @Test
    void two_revisions_are_built_and_measured_as_a_suite_says() throws Exception {
        repository("100", "120");
        Files.writeString(folder.resolve("plumbline.yaml"), """
            suites:
              table:
                tags: quick
                shell: sh bench.sh; test -e built
                result: out.csv
                build: touch built
            """);

        CapturedRun run = plumb("pr", "--tag", "quick");

        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(1);
        assertThat(run.out()).contains("work", "+20.0 %");
    }

    @Test
    void a_head_whose_base_does_not_build_is_judged_against_the_history() throws Exception {
        repository("100", "130");
        history();

        CapturedRun slower = plumb(
                "pr", "--build", "echo compiling; grep -qv 100 level", "--result", "out.csv", "-c", "sh bench.sh");

        assertThat(slower.exitCode()).as(slower.err() + slower.out()).isEqualTo(1);
        assertThat(slower.out())
                .contains("does not build", "judged against it", "work", "+29.2 %")
                .contains("exit code 1: compiling")
                .doesNotContain("\\n");

        Files.writeString(folder.resolve("level"), "101");
        git("commit", "-q", "-am", "fixed");
        CapturedRun same =
                plumb("pr", "--build", "grep -qv 100 level", "--result", "out.csv", "-c", "sh bench.sh", "--json");

        assertThat(same.exitCode()).as(same.err() + same.out()).isZero();
        assertThat(same.out()).contains("\"CHECK\"", "judged against it", "the history of main");
        assertThat(same.err() + same.out())
                .contains("ended with exit code 1 and printed nothing")
                .doesNotContain("exit code 1:");
    }

    @Test
    void a_suspect_that_is_judged_against_the_history_is_measured_again() throws Exception {
        repository("100", "102.6");
        Files.writeString(folder.resolve("plumbline.yaml"), "gate: {on-suspect: hold}\n");
        // the machine was busy for the first four executions
        Files.writeString(folder.resolve("bench.sh"), """
            echo >> executions
            level=$(cat level)
            [ $(wc -l < executions) -le 4 ] || level=100
            {
                echo benchmark,metric,value,unit
                echo "work,time,$level,ms"
                for other in a b c; do echo "$other,time,100,ms"; done
            } > out.csv
            """);
        git("commit", "-q", "-am", "busy");
        // one value far off, and noise of which so small a change is no certain regression
        StringBuilder rows = new StringBuilder("benchmark,metric,value,unit,commit,branch,commit_time\n");
        Random random = new Random(5);
        for (int run = 0; run < 20; run++) {
            for (String name : List.of("work", "a", "b", "c")) {
                double spike = run == 7 && name.equals("a") ? 1.25 : 1;
                rows.append(String.format(
                        Locale.ROOT,
                        "%s,time,%.2f,ms,%08x,main,2026-01-%02dT00:00:00Z%n",
                        name,
                        spike * 100 * (1 + 0.005 * random.nextGaussian()),
                        run + 1,
                        run + 1));
            }
        }
        Files.writeString(folder.resolve("history.csv"), rows);
        assertThat(plumb("record", "history.csv").exitCode()).isZero();

        CapturedRun run =
                plumb("pr", "--build", "grep -qv 100 level", "--result", "out.csv", "-c", "sh bench.sh", "--json");

        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
        assertThat(run.out()).contains("checked again in ", "not confirmed work time");
    }

    @Test
    void a_head_that_is_not_checked_out_is_recorded_on_its_own_branch_and_judged_against_the_base_branch()
            throws Exception {
        repository("100", "130");
        history();
        git("checkout", "-q", "main");
        String before = plumb("history", "--branch", "main", "--json").out();

        CapturedRun slower = plumb(
                "pr",
                "--head",
                "change",
                "--build",
                "grep -qv 100 level",
                "--result",
                "out.csv",
                "-c",
                "sh bench.sh",
                "--json");

        assertThat(slower.exitCode()).as(slower.err() + slower.out()).isEqualTo(1);
        assertThat(slower.out()).contains("the history of main", "\"REGRESSED\"");
        assertThat(plumb("history", "--branch", "main", "--json").out()).isEqualTo(before);
        assertThat(plumb("history", "--branch", "change").out()).contains("work");
    }

    @Test
    void a_commit_of_no_known_branch_is_recorded_on_one_of_its_own() throws Exception {
        repository("100", "130");
        git("commit", "-q", "--allow-empty", "-m", "later");
        String commit = git("rev-parse", "HEAD~1").strip();
        history();
        git("checkout", "-q", "main");

        CapturedRun slower = plumb(
                "pr", "--head", commit, "--build", "grep -qv 100 level", "--result", "out.csv", "-c", "sh bench.sh");

        assertThat(slower.exitCode()).as(slower.err() + slower.out()).isEqualTo(1);
        assertThat(slower.out()).contains("detached-" + commit.substring(0, 10));
        assertThat(plumb("history", "--branch", "detached-" + commit.substring(0, 10))
                        .out())
                .contains("work");
    }

    @Test
    void main_as_the_head_is_called_main_wherever_one_stands() throws Exception {
        repository("100", "130");

        CapturedRun back =
                plumb("pr", "--base", "change", "--head", "main", "--result", "out.csv", "-c", "sh bench.sh", "--json");

        assertThat(back.exitCode()).as(back.err()).isZero();
        assertThat(back.out()).contains("\"branch\": \"main\"").doesNotContain("\"branch\": \"change\"");
    }

    @Test
    void a_benchmark_that_only_the_head_can_run_is_judged_against_the_history() throws Exception {
        repository("100", "130");
        history();

        CapturedRun run = plumb("pr", "--result", "out.csv", "-c", "grep -qv 100 level && sh bench.sh");

        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(1);
        assertThat(run.out().replaceAll("\\s+", " ")).contains("judged against it", "+29.2 %");
    }

    @Test
    void a_head_that_neither_base_nor_history_can_be_compared_with_is_not_let_pass() throws Exception {
        repository("100", "130");

        CapturedRun run = plumb("pr", "--build", "grep -qv 100 level", "--result", "out.csv", "-c", "sh bench.sh");

        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(3);
        assertThat(run.out()).contains("the base could not be measured and there is no history");
    }

    @Test
    void what_was_compared_with_the_history_in_vain_is_not_said_to_be_without_one() throws Exception {
        repository("100", "120");
        history(100, 160, 90, 150, 110, 170, 95);

        CapturedRun run = plumb(
                "pr",
                "--on-missing",
                "pass",
                "--build",
                "grep -qv 100 level",
                "--result",
                "work.csv",
                "-c",
                "sh bench.sh; grep -v rest out.csv > work.csv");

        assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(3);
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("against the history of main", "the history is too short or too noisy to judge by")
                .doesNotContain("nothing was judged");
    }

    @Test
    void a_second_copy_of_the_base_tells_which_benchmark_cannot_be_trusted() throws Exception {
        repository("100", "110");
        // work is 4 % slower in the folder of the second copy, though nothing differs
        git("checkout", "-q", "main");
        Files.writeString(folder.resolve("bench.sh"), """
            work=$(cat level)
            case $PWD in */twin*) work=104 ;; esac
            printf 'benchmark,metric,value,unit\nwork,time,%s,ms\nrest,time,%s,ms\n' $work $(cat rest) > out.csv
            """);
        Files.writeString(folder.resolve("rest"), "5");
        git("add", "-A");
        git("commit", "-qm", "base");
        git("checkout", "-q", "-B", "change");
        Files.writeString(folder.resolve("level"), "110");
        Files.writeString(folder.resolve("rest"), "6");
        git("commit", "-qam", "head");

        CapturedRun alone = plumb("pr", "--result", "out.csv", "-c", "sh bench.sh");
        CapturedRun calibrated = plumb("pr", "--calibrate", "--result", "out.csv", "-c", "sh bench.sh", "--as", "text");
        CapturedRun json = plumb("pr", "--calibrate", "--result", "out.csv", "-c", "sh bench.sh", "--json");

        assertThat(alone.out()).contains("2 regressions");
        assertThat(calibrated.exitCode())
                .as(calibrated.err() + calibrated.out())
                .isEqualTo(1);
        assertThat(calibrated.out().replaceAll("\\s+", " "))
                .contains("1 regression", "rest", "two copies of the base were measured with the head")
                .contains(
                        "4.0 % at most (work time)", "? suspect work time", "two copies of the base differ by +4.0 %");
        assertThat(json.out())
                .contains("\"copies\"", "\"trust\"", "not trusted", "shows differences where there are none");
        assertThat(git("worktree", "list").lines()).as("checkouts are gone").hasSize(1);
    }

    @Tag("timed")
    @Test
    void goes_on_with_what_was_measured_before_the_time_was_over() throws IOException {
        String[] command = {"run", "-w", "0", "-r", "6", "-n", "nap", "-c", "echo x >> executions; sleep 0.2"};
        CapturedRun first = plumb(with(command, "--budget", "0.5s"));
        int before = Files.readAllLines(folder.resolve("executions")).size();

        CapturedRun second = plumb(with(command, "--resume", "--json"));

        assertThat(first.err()).contains("continue with --resume");
        assertThat(before).isBetween(1, 5);
        assertThat(second.err()).contains("continuing after " + before + " execution");
        assertThat(Files.readAllLines(folder.resolve("executions")))
                .as("executions")
                .hasSize(6);
        assertThat(groups(second.out())).as("values of the answer").isEqualTo(6);
        assertThat(plumb("history", "nap", "--json").out())
                .as("the rest is a run of its own")
                .contains("\"count\": 2,");
        assertThat(folder.resolve(".plumbline/unfinished")).isEmptyDirectory();
        CapturedRun third = plumb(with(command, "--resume"));
        assertThat(third.err()).contains("nothing to resume; starting from the beginning");
    }

    @Test
    void stopped_before_anything_counts_it_says_that_and_keeps_nothing() throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(javaCommand("run", "-n", "nap", "-c", "touch begun; sleep 60"))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        await(() -> Files.exists(folder.resolve("begun")), process);

        process.destroy(); // the signal of kill, which ends it as Ctrl-C does
        process.waitFor();

        assertThat(Files.readString(output))
                .contains("nap: stopped before the first measured execution", "nothing was measured")
                .doesNotContain("they are kept", "added to the history");
    }

    @Test
    void what_a_killed_process_left_is_gone_on_with_and_a_cut_off_line_counts_for_nothing() throws Exception {
        String[] command = {
            "run", "-w", "0", "-r", "5", "-n", "nap", "-c", "echo x >> executions; test -e go || sleep 3"
        };
        Process process = new ProcessBuilder(javaCommand(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        Path journals = folder.resolve(".plumbline/unfinished");
        await(() -> lines(journals, "run\t") >= 1, process);
        process.destroyForcibly().waitFor();
        Path journal = journal(journals);
        Files.writeString(journal, "run\t0\tnap\t{\"plumbline\": 1, \"ru", StandardOpenOption.APPEND);
        long before = lines(journals, "run\t") - 1;
        Files.createFile(folder.resolve("go"));
        Files.deleteIfExists(folder.resolve("executions"));

        CapturedRun second = plumb(with(command, "--resume", "--json"));

        assertThat(second.err()).contains("was cut off", "continuing after " + before + " execution");
        assertThat(groups(second.out())).isEqualTo(5);
        assertThat(Files.readAllLines(folder.resolve("executions"))).hasSize((int) (5 - before));
        assertThat(journal).doesNotExist();
    }

    @Tag("timed")
    @Test
    void two_that_measure_the_same_at_once_do_not_write_over_each_other() throws Exception {
        String[] command = {"run", "-w", "0", "-r", "2", "-n", "nap", "-c", "test -e go || sleep 2"};
        Process process = new ProcessBuilder(javaCommand(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        Path journals = folder.resolve(".plumbline/unfinished");
        await(() -> lines(journals, "run\t") >= 1, process);

        CapturedRun taken = plumb(with(command, "--resume"));
        Files.createFile(folder.resolve("go"));
        CapturedRun beside = plumb(command);

        assertThat(taken.exitCode()).isEqualTo(2);
        assertThat(taken.err()).contains("another plumb run is measuring the same");
        assertThat(beside.exitCode()).as(beside.err()).isZero();
        if (process.isAlive()) {
            assertThat(beside.err()).contains("they disturb each other");
        }
        assertThat(process.waitFor()).isZero();
        assertThat(plumb("history", "nap", "--json").out()).contains("\"count\": 2,");
    }

    @Tag("timed")
    @Test
    void what_was_measured_of_another_commit_is_not_gone_on_with() throws Exception {
        repository("100", "110");
        String[] command = {"run", "-w", "0", "-r", "3", "-n", "nap", "-c", "sleep 0.2"};
        plumb(with(command, "--budget", "0.1s"));
        Files.writeString(folder.resolve("level"), "120");
        git("commit", "-qam", "other");

        CapturedRun second = plumb(with(command, "--resume", "--json"));

        assertThat(second.err())
                .contains(
                        "earlier measurements are discarded because of changes since then (commit: ",
                        "starting from the");
        assertThat(groups(second.out())).isEqualTo(3);
    }

    private static String[] with(String[] command, String... more) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** This program in a process of its own. */
    private static List<String> javaCommand(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Plumb.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void await(BooleanSupplier condition, Process process) throws InterruptedException {
        for (int i = 0; i < 1_200 && !condition.getAsBoolean(); i++) {
            assertThat(process.isAlive()).isTrue();
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static Path journal(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static long lines(Path folder, String begin) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            long count = 0;
            for (Path file : files.toList()) {
                count += Files.readString(file)
                        .lines()
                        .filter(line -> line.startsWith(begin))
                        .count();
            }
            return count;
        } catch (IOException e) {
            return 0;
        }
    }

    /** How many processes the first metric in an answer has values of. */
    private static int groups(String json) {
        return new ObjectMapper()
                .readTree(json)
                .get("runs")
                .get(0)
                .get("measurements")
                .get(0)
                .get("values")
                .size();
    }

    /** Twelve runs on main, all near to what the base measures. */
    private void history() throws IOException {
        history(IntStream.range(0, 12).mapToDouble(i -> 100 + (i * 7 % 5) * 0.3).toArray());
    }

    /** Runs on main that measured these levels, one each. */
    private void history(double... levels) throws IOException {
        for (int i = 0; i < levels.length; i++) {
            Path file = Files.writeString(
                    folder.resolve("earlier.csv"),
                    "benchmark,metric,value,unit\nwork,time," + levels[i] + ",ms\nrest,time," + (5 + (i * 3 % 5) * 0.01)
                            + ",ms\n");
            assertThat(plumb(
                                    "record",
                                    file.toString(),
                                    "--branch",
                                    "main",
                                    "--commit",
                                    "c00000" + i,
                                    "--time",
                                    "2026-01-" + (10 + i) + "T00:00:00Z")
                            .exitCode())
                    .isZero();
        }
        Files.delete(folder.resolve("earlier.csv"));
    }

    @Test
    void what_was_asked_for_wrongly_is_told_before_anything_is_said_of_the_machine() throws Exception {
        repository("100", "110");

        for (CapturedRun run : List.of(
                plumb("run", "-c", "true", "-P", "n=1"),
                plumb("pr", "--base", "no-such", "-c", "true"),
                plumb("bisect", "--good", "no-such", "--bad", "HEAD", "work", "-c", "true"))) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).doesNotContain("warning").hasLineCount(1);
        }
    }

    @Tag("timed")
    @Test
    void a_command_is_measured_for_the_least_time_unless_the_runs_are_given() {
        assertThat(executions("--min-time", "0s", "--precision", "90%")).isEqualTo(10);
        assertThat(executions("--min-time", "1s", "--precision", "90%")).isBetween(11, 40);
        assertThat(executions("--min-time", "1s", "-r", "3")).isEqualTo(3);
    }

    /** How often a command that takes some 30 ms was executed. */
    private int executions(String... options) {
        List<String> words = new ArrayList<>(List.of("run", "--no-record", "-q", "--json", "-c", "sleep 0.03"));
        words.addAll(List.of(options));
        CapturedRun run = plumb(words.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper()
                .readTree(run.out())
                .at("/runs/0/measurements/0/values")
                .size();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-r 0 -c true | at least one execution is needed, not 0",
                "--min-runs 30 --max-runs 20 -c true | no number of executions is at least 30 and at most 20",
                "-n x -n y -c true | no command is named y; there is 1 command and 2 names",
                "-n x -c true --result out.csv | no command is named x; the results contain the benchmark names",
                "-c true -c true | two commands are named true; give each its own name with --name",
                "-n x -n x -c true -c false | two commands are named x; give each its own name with --name",
                "-c true{n} -P n=1,2,1 | parameter n has the value 1 twice"
            })
    void what_cannot_be_meant_so_is_not_measured(String options, String answer) {
        CapturedRun run = plumb(("run " + options).split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("plumb: " + answer + "\n");
    }

    @Test
    void the_same_command_under_two_names_is_two_benchmarks() {
        CapturedRun run =
                plumb("run", "--runs", "2", "--no-record", "-q", "-n", "one", "-n", "two", "-c", "true", "-c", "true");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("one", "two");
    }

    @Test
    void git_knows_who_accepts_a_change() throws Exception {
        repository("100", "130");
        history();
        CapturedRun checked = plumb("pr", "--build", "grep -qv 100 level", "--result", "out.csv", "-c", "sh bench.sh");
        assertThat(checked.exitCode()).as(checked.err()).isEqualTo(1);

        plumb("accept", "work", "--reason", "agreed");

        assertThat(plumb("accept", "--list", "--json").out()).contains("\"someone\"");
    }

    @Test
    void a_revision_that_does_not_exist_is_told() throws Exception {
        repository("100", "110");

        CapturedRun run = plumb("pr", "--base", "no-such", "-c", "true");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("no-such", "unknown git revision");
    }

    /** Two commits, on main and on a branch, whose benchmark finds these levels. */
    private void repository(String base, String head) throws Exception {
        git("init", "-q", "-b", "main", ".");
        git("config", "user.name", "someone");
        git("config", "user.email", "someone@example.org");
        Files.writeString(folder.resolve("bench.sh"), BENCH);
        Files.writeString(folder.resolve("level"), base);
        git("add", "-A");
        git("commit", "-qm", "base");
        git("checkout", "-q", "-b", "change");
        Files.writeString(folder.resolve("level"), head);
        git("commit", "-q", "--allow-empty", "-am", "head");
    }

    private String git(String... arguments) throws Exception {
        return TestGit.run(folder, arguments);
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.of(folder, arguments);
    }
}
