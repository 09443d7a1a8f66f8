package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumb run --jmh}: how many forks of what, and what comes first. */
@Tag("timed")
class JmhRunsTest {
    private static final String TEXT = "src/demo/Text.java";

    @TempDir
    private static Path compiled;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compiles_a_project() throws IOException {
        FakeJmh.in(compiled);
    }

    @BeforeEach
    void makes_a_repository() throws Exception {
        try (Stream<Path> all = Files.walk(compiled)) {
            for (Path each : (Iterable<Path>) all.skip(1)::iterator) {
                Files.copy(each, folder.resolve(compiled.relativize(each)));
            }
        }
        Files.writeString(folder.resolve(".gitignore"), ".plumbline/\nclasses/\n*.jar\n*.json\nforks.txt\n");
        git("init", "-q", "-b", "main", ".");
        commit("first");
    }

    @Test
    void without_a_history_benchmarks_start_as_annotated() throws Exception {
        CapturedRun run = plumb("run", "--jmh", FakeJmh.JAR, "--dry-run");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("NumberBench.sum: no history on this machine; starts as annotated, 5 forks"
                                        + " × 3 iterations after 2 to warm up ("),
                        line -> assertThat(line)
                                .startsWith("StringBench.concat: no history on this machine; starts as annotated, 4"
                                        + " forks × 3 iterations after 2 to warm up ("),
                        line -> assertThat(line).startsWith("StringBench.plain: no history"));
        assertThat(FakeJmh.forks(folder)).isEmpty();
        assertThat(Files.exists(folder.resolve(".plumbline/history.db"))).isFalse();
    }

    @Test
    void the_noise_of_the_history_says_how_many_forks_detect_a_change() throws Exception {
        history(14, 0.012, 0.01);

        String major = line("--dry-run");
        String small = line("--dry-run", "--detect", "4%");
        String quick = line("--dry-run", "--detect", "4%", "--budget", "1s");

        assertThat(major).matches("StringBench.concat: \\d+ forks × \\d+ iterations detect [345]\\.\\d % \\(\\d+ s\\)");
        assertThat(forks(small)).isGreaterThan(forks(major));
        assertThat(small).matches(".* detect [34]\\.\\d % \\(\\d+ s\\)");
        assertThat(quick)
                .matches("StringBench.concat: .* detect [34]\\.\\d % \\(\\d+ s\\); in 1 s, [1-9]\\d* forks?:"
                        + " (\\d+\\.\\d %|no change, however large)");
    }

    @Test
    void as_many_forks_are_measured_as_are_planned() throws Exception {
        history(14, 0.004, 0.01);

        CapturedRun run = plumb("run", "--jmh", FakeJmh.JAR, "--benchmark", "StringBench.concat", "--detect", "8%");

        assertThat(run.exitCode()).isZero();
        String line = run.err()
                .lines()
                .filter(each -> each.startsWith("plumb: StringBench.concat: "))
                .findFirst()
                .orElseThrow();
        List<String> measured = FakeJmh.forks(folder);
        assertThat(measured).hasSize(forks(line.substring("plumb: ".length())));
        assertThat(measured).containsOnly("demo.StringBench.concat " + line.replaceAll(".*× (\\d+) iter.*", "$1"));
        assertThat(run.out()).contains("added to the history");
    }

    @Test
    void what_there_was_no_time_for_is_measured_when_it_is_resumed() throws Exception {
        history(14, 0.012, 0.001);
        String[] words = {"run", "--jmh", FakeJmh.JAR, "--benchmark", "StringBench.concat", "--detect", "4%", "--budget"
        };

        CapturedRun first = plumb(with(words, "10ms"));
        List<String> before = FakeJmh.forks(folder);
        CapturedRun second = plumb(with(words, "5m", "--resume"));

        assertThat(before).hasSize(1);
        assertThat(first.err()).contains("there was time for fewer forks than planned; continue with --resume");
        assertThat(second.err()).contains("continuing after 1 execution").doesNotContain("fewer forks than planned");
        String line = second.err()
                .lines()
                .filter(each -> each.startsWith("plumb: StringBench.concat: "))
                .findFirst()
                .orElseThrow();
        assertThat(FakeJmh.forks(folder)).hasSize(forks(line.substring("plumb: ".length())) - 1);
    }

    private static String[] with(String[] words, String... more) {
        return Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @Test
    void options_about_the_length_win() throws Exception {
        history(14, 0.004, 0.01);

        assertThat(line("--dry-run", "--runs", "7"))
                .startsWith("StringBench.concat: as the options ask, 7 forks × 3 iterations after 2 to warm up");
        assertThat(line("--dry-run", "--", "-i", "9")).contains(" forks × 9 iterations detect ");
        CapturedRun both = plumb("run", "--jmh", FakeJmh.JAR, "--runs", "7", "--detect", "3%");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.err()).contains("--detect decides how many forks are measured");
    }

    @Test
    void a_history_of_another_machine_or_of_few_runs_is_none() throws Exception {
        history(2, 0.004, 0.01);
        assertThat(line("--dry-run")).contains("only 2 earlier runs; starts as annotated");

        Files.writeString(folder.resolve("plumbline.yaml"), "environment: elsewhere\n");
        assertThat(line("--dry-run")).contains("no history on this machine; starts as annotated");
    }

    @Test
    void names_are_those_of_developers() throws Exception {
        assertThat(plumb("run", "--jmh", FakeJmh.JAR, "--benchmark", "StringBench.concat", "--dry-run")
                        .out()
                        .lines())
                .hasSize(1);
        assertThat(plumb("run", "--jmh", FakeJmh.JAR, "--benchmark", "*Bench.con*", "--dry-run")
                        .out())
                .startsWith("StringBench.concat: ");
        CapturedRun unknown = plumb("run", "--jmh", FakeJmh.JAR, "--benchmark", "StringBench.concta");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err())
                .contains("bench.jar: contains no benchmark whose name matches StringBench.concta; did you mean"
                        + " demo.StringBench.concat?");
    }

    @Test
    void what_a_change_reaches_is_measured_first_and_what_had_no_time_is_named() throws Exception {
        Files.writeString(folder.resolve(TEXT), Files.readString(folder.resolve(TEXT)) + "\n// better\n");

        CapturedRun run = plumb("run", "--jmh", FakeJmh.JAR, "--changed-first", "-v", "-r", "3", "--budget", "10ms");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .contains("plumb: 1 of 3 benchmarks can reach code changed since " + head() + " (1 class); measuring it"
                        + " first")
                .contains("plumb: StringBench.concat reaches Text.join (touched by this change)")
                .contains("plumb: time ran out before 2 benchmarks that the change does not reach:"
                        + " demo.NumberBench.sum, demo.StringBench.plain");
        assertThat(FakeJmh.forks(folder)).isNotEmpty().allMatch(fork -> fork.startsWith("demo.StringBench.concat "));
    }

    @Test
    void the_others_follow_when_there_is_time() throws Exception {
        Files.writeString(folder.resolve("src/demo/Numbers.java"), "// changed");
        commit("second");

        CapturedRun run = plumb("run", "--jmh", FakeJmh.JAR, "--changed-first", "-r", "2", "--base", "HEAD~1");

        assertThat(run.err()).contains("1 of 3 benchmarks can reach code changed since HEAD~1 (1 class)");
        assertThat(run.err()).doesNotContain("reaches");
        assertThat(FakeJmh.forks(folder).stream()
                        .map(fork -> fork.split(" ")[0])
                        .toList())
                .startsWith("demo.NumberBench.sum", "demo.NumberBench.sum")
                .hasSize(6);
    }

    @Test
    void on_the_main_branch_the_newest_commit_is_the_change() throws Exception {
        Files.writeString(folder.resolve(TEXT), "// changed");
        String before = head();
        commit("second");

        assertThat(plumb("run", "--jmh", FakeJmh.JAR, "--changed-first", "--dry-run")
                        .out())
                .contains("1 of 3 benchmarks can reach code changed since " + before)
                .contains("StringBench.concat reaches Text.join (touched by this change)");
    }

    @Test
    void on_a_branch_the_change_is_all_since_the_branch_left_the_main_one() throws Exception {
        String fork = head();
        git("checkout", "-q", "-b", "feature");
        Files.writeString(folder.resolve(TEXT), "// changed");
        commit("second");
        Files.writeString(folder.resolve("README"), "text");
        commit("third");

        assertThat(plumb("run", "--jmh", FakeJmh.JAR, "--changed-first", "--dry-run")
                        .out())
                .contains("1 of 3 benchmarks can reach code changed since " + fork);
    }

    @Test
    void a_change_that_reaches_nothing_or_everything_changes_no_order() throws Exception {
        Files.writeString(folder.resolve("README"), "text");
        assertThat(plumb("run", "--jmh", FakeJmh.JAR, "--changed-first", "--dry-run")
                        .out())
                .contains("no benchmark reaches code that changed since " + head() + "; measuring in the usual order");

        Files.writeString(folder.resolve(TEXT), "// changed");
        assertThat(plumb(
                                "run",
                                "--jmh",
                                FakeJmh.JAR,
                                "--benchmark",
                                "StringBench.concat",
                                "--changed-first",
                                "--dry-run")
                        .out())
                .contains("every benchmark reaches code that changed since " + head());
    }

    @Test
    void what_cannot_be_found_out_never_stops_measuring() throws Exception {
        Path damaged = folder.resolve("classes/demo/Text.class");
        Files.write(damaged, Arrays.copyOf(Files.readAllBytes(damaged), 60));
        FakeJmh.pack(folder);
        Files.writeString(folder.resolve(TEXT), "// changed");

        CapturedRun run = plumb("run", "--jmh", FakeJmh.JAR, "--changed-first", "-r", "1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .contains("--changed-first: ")
                .contains("bench.jar: demo/Text.class: damaged class file; measuring in the usual order");
        assertThat(FakeJmh.forks(folder)).hasSize(3);
    }

    @Test
    void outside_of_a_repository_the_usual_order_is_taken(@TempDir Path elsewhere) throws Exception {
        FakeJmh.in(elsewhere);

        CapturedRun run =
                CapturedRun.wide(elsewhere, "run", "--jmh", FakeJmh.JAR, "--changed-first", "-r", "1", "--no-record");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .contains("--changed-first: no git repository with a commit; measuring in the usual order");
        assertThat(FakeJmh.forks(elsewhere)).hasSize(3);
    }

    @Test
    void a_base_that_is_none_or_is_not_needed_is_wrong_use() {
        CapturedRun none = plumb("run", "--jmh", FakeJmh.JAR, "--changed-first", "--base", "nowhere");
        CapturedRun unneeded = plumb("run", "--jmh", FakeJmh.JAR, "--base", "HEAD");

        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("--base nowhere: no such commit");
        assertThat(unneeded.exitCode()).isEqualTo(2);
        assertThat(unneeded.err()).contains("--base needs --changed-first");
    }

    @Test
    void a_history_that_cannot_be_read_does_not_stop_measuring() throws Exception {
        Files.createDirectories(folder.resolve(".plumbline"));
        Files.writeString(
                folder.resolve(".plumbline/history.db"), "no database, but long enough to be looked at".repeat(30));

        CapturedRun run = plumb("run", "--jmh", FakeJmh.JAR, "--no-record", "--budget", "1s");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("plumb: forks are not planned: ");
        assertThat(FakeJmh.forks(folder)).isNotEmpty();
    }

    @Test
    void what_cannot_be_planned_is_wrong_use() {
        CapturedRun commands = plumb("run", "--detect", "3%", "-c", "true");
        CapturedRun json = plumb("run", "--dry-run", "--json", "-c", "true");

        assertThat(commands.exitCode()).isEqualTo(2);
        assertThat(commands.err()).contains("--detect plans the forks of a JMH jar");
        assertThat(json.exitCode()).isEqualTo(2);
        assertThat(json.err()).contains("--dry-run prints text; leave out --json");
    }

    @Test
    void a_dry_run_of_commands_says_how_often_they_would_run() {
        CapturedRun run = plumb("run", "--dry-run", "-c", "touch made", "-c", "true", "-r", "4");
        CapturedRun open = plumb("run", "--dry-run", "--", "touch", "made");

        assertThat(run.out()).isEqualTo("touch made: 4 executions\ntrue: 4 executions\n");
        assertThat(open.out()).isEqualTo("touch made: 10 to 1,000 executions, until the mean is known ± 1 %\n");
        assertThat(folder.resolve("made")).doesNotExist();
    }

    @Test
    void a_pull_request_says_why_what_comes_first_and_what_had_no_time() throws Exception {
        history(14, 0.012, 0.01);
        String base = head();
        git("checkout", "-q", "-b", "feature");
        git("add", "-f", FakeJmh.JAR);
        Files.writeString(folder.resolve(TEXT), "// changed");
        commit("second");

        CapturedRun run = plumb(
                "pr",
                "--build",
                "cp " + folder.resolve(FakeJmh.JAR) + " . && echo x$RANDOM$$ >marker",
                "--artifact",
                "marker",
                "--jmh",
                FakeJmh.JAR,
                "--changed-first",
                "-v",
                "--budget",
                "10ms");

        assertThat(run.err())
                .contains("plumb: 1 of 3 benchmarks can reach code changed since " + base)
                .contains("plumb: StringBench.concat reaches Text.join (touched by this change)")
                .containsPattern(
                        "plumb: StringBench.concat: \\d+ pairs of forks × \\d+ iterations detect \\d+\\.\\d %");
        assertThat(run.out())
                .contains("time ran out before 2 benchmarks that the change does not reach: demo.NumberBench.sum,"
                        + " demo.StringBench.plain");
    }

    @Test
    void commands_come_first_by_the_names_of_changed_files() throws Exception {
        Files.writeString(folder.resolve(TEXT), "// changed");

        CapturedRun run =
                plumb("run", "-c", "true", "-c", "true", "-n", "numbers", "-n", "text", "--changed-first", "--dry-run");

        assertThat(run.out())
                .contains("1 of 2 benchmarks can reach code changed since " + head() + "; measuring it first")
                .contains("text is named like a file that this change touches");
    }

    private String line(String... options) {
        List<String> all = new ArrayList<>(List.of("run", "--jmh", FakeJmh.JAR, "--benchmark", "StringBench.concat"));
        all.addAll(List.of(options));
        CapturedRun run = plumb(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out().strip();
    }

    private static int forks(String line) {
        return Integer.parseInt(line.replaceAll("^StringBench.concat: (\\d+) forks?.*", "$1"));
    }

    /** Runs of three forks of three iterations, each of another commit. */
    private void history(int runs, double fork, double iteration) throws Exception {
        Random random = new Random(5);
        for (int run = 0; run < runs; run++) {
            commit("run " + run);
            List<String> forks = new ArrayList<>();
            for (int f = 0; f < 3; f++) {
                double level = 100 * (1 + fork * random.nextGaussian());
                List<String> values = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    values.add(Double.toString(level * (1 + iteration * random.nextGaussian())));
                }
                forks.add("[" + String.join(",", values) + "]");
            }
            Files.writeString(
                    folder.resolve("run.json"),
                    "[{\"jmhVersion\":\"1.37\",\"benchmark\":\"demo.StringBench.concat\",\"mode\":\"avgt\",\"threads\":1,"
                            + "\"forks\":3,\"primaryMetric\":{\"score\":100,\"scoreUnit\":\"ns/op\",\"rawData\":["
                            + String.join(",", forks) + "]},\"secondaryMetrics\":{}}]");
            assertThat(plumb("record", "run.json").exitCode()).isZero();
        }
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    private String head() throws Exception {
        return git("rev-parse", "HEAD").substring(0, 10);
    }

    private void commit(String subject) throws Exception {
        git("add", "-A", ".");
        git("commit", "-q", "--allow-empty", "-m", subject);
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("-c", "user.name=Ann", "-c", "user.email=ann@example.org"));
        command.addAll(List.of(arguments));
        return TestGit.run(folder, command.toArray(String[]::new));
    }
}
