package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Runs whose date, commit, unit or machine is not what the history would have them be. */
class PastRunsTest {
    private static final int RUNS = 9;

    @TempDir
    private Path temporary;

    private Path folder;
    private final List<String> commits = new ArrayList<>();

    @BeforeEach
    void a_repository_whose_commits_were_all_recorded() throws Exception {
        folder = Files.createDirectory(temporary.resolve("repository"));
        git("2026-01-01", "init", "-q", "-b", "main");
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        Files.writeString(folder.resolve(".gitignore"), "*.csv\n.plumbline/\nresults/\n");
        for (int i = 1; i <= RUNS; i++) {
            commit("2026-01-0" + i);
            assertThat(plumb("record", file("r" + i + ".csv", i, 1)).exitCode()).isZero();
        }
    }

    private String git(String day, String... arguments) throws IOException, InterruptedException {
        return git(folder, day, arguments);
    }

    private static String git(Path directory, String day, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("-c", "user.name=T", "-c", "user.email=t@example.org"));
        command.addAll(List.of(arguments));
        return TestGit.at(Instant.parse(day + "T06:00:00Z"), directory, command.toArray(String[]::new));
    }

    private void commit(String day) throws Exception {
        Files.writeString(folder.resolve("file"), "change " + commits.size() + " " + day);
        git(day, "add", "-A");
        git(day, "commit", "-q", "-m", "change");
        commits.add(git(day, "rev-parse", "HEAD"));
    }

    private static String file(Path where, String name, int seed, double factor, Unit unit, String better)
            throws IOException {
        SplittableRandom random = new SplittableRandom(seed).split();
        StringBuilder rows = new StringBuilder("benchmark,metric,unit,better,value,environment\n");
        for (int i = 0; i < 2; i++) {
            double noise = 1 + 0.005 * random.nextGaussian();
            rows.append(String.format(
                    Locale.ROOT, "b%d,time,%s,%s,%s,box%n", i, unit.symbol(), better, 100 * factor * noise));
        }
        return Files.writeString(where.resolve(name), rows.toString()).toString();
    }

    private String file(String name, int seed, double factor) throws IOException {
        return file(folder, name, seed, factor, Unit.of("ms"), "lower");
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    private static String words(CapturedRun run) {
        return run.out().replaceAll("\\s+", " ");
    }

    @Test
    void a_commit_that_git_has_behind_the_others_is_the_newest_whatever_its_date() throws Exception {
        commit("2025-01-01");
        String newest = commits.get(RUNS);

        CapturedRun check = plumb(
                "check",
                file("bad.csv", 50, 1.2),
                "--commit",
                newest,
                "--branch",
                "main",
                "--time",
                "2025-01-01T06:00:00Z");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(words(check))
                .contains("commit " + newest.substring(0, 10) + " sorts before 9 recorded runs among its git"
                        + " ancestors; it is judged as the newest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "history",
                "history b0",
                "report --kind history",
                "report --kind executive --days 1000",
                "report --kind executive --since 2025-12-01 --until 2026-02-01",
                "incidents",
                "incidents --json",
                "incidents --days 60"
            })
    void what_a_check_judges_as_the_newest_run_is_the_newest_everywhere(String view) throws Exception {
        commit("2025-01-01");
        String newest = commits.get(RUNS);
        String early = "2025-01-01T06:00:00Z";
        plumb("check", file("bad.csv", 50, 1.2), "--commit", newest, "--branch", "main", "--time", early);

        CapturedRun shown = plumb(view.split(" "));

        assertThat(shown.exitCode()).isZero();
        assertThat(words(shown))
                .contains("commit " + newest.substring(0, 10) + " sorts before 9 recorded runs among its git ancestors;"
                        + " it is shown as the newest, as it was judged");
        if (view.equals("report --kind history")) {
            assertThat(words(shown)).contains("▁▁▁▁▁▁▁▁▁█").doesNotContain("█▁");
        } else {
            assertThat(words(shown))
                    .containsAnyOf(
                            "detected by a check",
                            "detected by checks",
                            "regressed ▁▁▁▁▁▁▁▁▁█",
                            "\"called\" : [ {",
                            "\"called\": [ {");
        }
    }

    @Test
    void where_dates_and_checks_agree_nothing_is_said_of_the_order() throws Exception {
        commit("2026-01-12");
        plumb("check", file("bad.csv", 50, 1.2));

        assertThat(plumb("history").out()).doesNotContain("as the newest");
        assertThat(plumb("report", "--kind", "executive").out()).doesNotContain("as the newest");
    }

    @Test
    void a_run_of_a_shallow_clone_that_sorts_before_the_history_is_judged_against_it() throws Exception {
        commit("2025-01-01");
        Path clone = temporary.resolve("clone");
        git(
                temporary,
                "2026-01-01",
                "clone",
                "-q",
                "--depth",
                "1",
                folder.toUri().toString(),
                "clone");
        Files.createDirectories(clone.resolve(".plumbline"));
        Files.copy(folder.resolve(".plumbline/history.db"), clone.resolve(".plumbline/history.db"));

        CapturedRun check = CapturedRun.wide(clone, "check", file("bad.csv", 50, 1.2), "--as", "text");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(words(check))
                .contains(
                        "sorts before 9 recorded runs, with no sign that it is older; as it was recorded last,"
                                + " it is judged against them as the newest run",
                        "This repository is a shallow clone, which hides the order of its commits; use"
                                + " fetch-depth: 0 in actions/checkout, or git fetch --unshallow");
    }

    @Test
    void runs_of_shallow_clones_stay_in_the_order_in_which_checks_judged_them() throws Exception {
        Path history = folder.resolve(".plumbline/history.db");
        List<String> late = new ArrayList<>();
        for (int day = 5; day > 2; day--) {
            commit("2025-01-0" + day);
            late.add(commits.get(commits.size() - 1).substring(0, 10));
            Path clone = temporary.resolve("clone" + day);
            git(
                    temporary,
                    "2026-01-01",
                    "clone",
                    "-q",
                    "--depth",
                    "1",
                    folder.toUri().toString(),
                    clone.toString());
            Files.createDirectories(clone.resolve(".plumbline"));
            Files.copy(history, clone.resolve(".plumbline/history.db"));
            CapturedRun check = CapturedRun.wide(clone, "check", file("bad.csv", 50 + day, day == 5 ? 1 : 1.2));
            assertThat(check.exitCode()).as(check.out()).isEqualTo(day == 5 ? 0 : 1);
            assertThat(words(check)).contains("it is judged against them as the newest run");
            if (day == 3) {
                assertThat(words(check)).contains("since " + late.get(1));
            }
            Files.copy(clone.resolve(".plumbline/history.db"), history, StandardCopyOption.REPLACE_EXISTING);
        }

        String shown = plumb("history", "b0", "--points").out();

        assertThat(shown)
                .containsSubsequence(commits.get(RUNS - 1).substring(0, 10), late.get(0), late.get(1), late.get(2));
        commit("2026-02-01");
        CapturedRun next = plumb("check", file("bad.csv", 60, 1.2));
        assertThat(next.exitCode()).isEqualTo(1);
        assertThat(words(next)).contains("since " + late.get(1));
        assertThat(plumb("history", "b0", "--points").out())
                .as("once a run with a place is behind them")
                .containsSubsequence(
                        commits.get(RUNS - 1).substring(0, 10),
                        late.get(0),
                        late.get(1),
                        late.get(2),
                        commits.get(commits.size() - 1).substring(0, 10));
    }

    @Test
    void a_run_without_git_that_sorts_before_the_history_is_judged_against_it() throws IOException {
        Path alone = Files.createDirectory(temporary.resolve("alone"));
        Files.writeString(alone.resolve("plumbline.yaml"), "");
        Files.createDirectories(alone.resolve(".plumbline"));
        Files.copy(folder.resolve(".plumbline/history.db"), alone.resolve(".plumbline/history.db"));
        String[] old = {"--commit", "abcdef1234", "--branch", "main", "--time", "2020-01-01T00:00:00Z"};

        List<String> arguments = new ArrayList<>(List.of("check", file("bad.csv", 50, 1.2)));
        arguments.addAll(List.of(old));
        CapturedRun check = CapturedRun.wide(alone, arguments.toArray(String[]::new));

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(words(check))
                .contains("commit abcdef1234 sorts before 9 recorded runs, with no sign that it is older")
                .doesNotContain("shallow");
    }

    @Test
    void a_run_inside_the_history_with_too_little_before_it_holds_the_gate_and_says_so() throws IOException {
        CapturedRun check = plumb("check", file("bad.csv", 50, 1.2), "--commit", commits.get(2));

        assertThat(check.exitCode()).isEqualTo(3);
        assertThat(words(check))
                .contains(
                        "HOLD",
                        "this commit is older than 6 recorded runs, and only 2 are before it: it cannot be"
                                + " judged until 5 runs of earlier commits are recorded");
        assertThat(plumb("report", "--run", commits.get(2), "--json").out()).contains("this commit is older than 6");
    }

    @Test
    void a_run_inside_the_history_is_judged_by_what_was_before_it_and_that_is_told() throws IOException {
        CapturedRun check = plumb("check", file("same.csv", 50, 1), "--commit", commits.get(6));

        assertThat(check.exitCode()).isZero();
        assertThat(words(check))
                .contains("2 recorded runs come after commit " + commits.get(6).substring(0, 10)
                        + ", which is judged against the 6 before it");
    }

    @Test
    void a_commit_with_too_few_runs_before_it_says_how_many_it_takes() throws IOException {
        CapturedRun check = plumb("check", file("same.csv", 50, 1), "--commit", commits.get(2));

        assertThat(check.exitCode()).isEqualTo(3);
        assertThat(words(check))
                .contains("and only 2 are before it")
                .contains("next: record 3 more runs of earlier commits with plumb record --commit EARLIER RESULT, then"
                        + " judge this one again with plumb report --run COMMIT")
                .doesNotContain("See the reasons above");
    }

    @Test
    void after_a_force_push_the_new_head_is_judged() throws Exception {
        git("2026-01-10", "reset", "-q", "--hard", "HEAD~3");
        commit("2026-01-10");

        CapturedRun check = plumb("check", file("bad.csv", 50, 1.2));

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(words(check)).contains("3 recorded runs of commits that are no longer on the branch are left out");
    }

    @Test
    void a_history_squashed_into_one_commit_is_judged_against_all_that_was_recorded() throws Exception {
        git("2026-01-10", "checkout", "-q", "--orphan", "one");
        git("2026-01-10", "commit", "-q", "-m", "all in one");
        git("2026-01-10", "branch", "-M", "main");

        CapturedRun check = plumb("check", file("bad.csv", 50, 1.2));

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(words(check))
                .contains("9 recorded runs of commits that are no longer on the branch are part of the reference");
    }

    @Test
    void a_merge_whose_first_parent_is_the_shorter_branch_is_the_newest() throws Exception {
        git("2026-01-10", "checkout", "-q", "-b", "feature", commits.get(2));
        git("2026-01-10", "merge", "-q", "--no-ff", "-s", "ours", "-m", "merge", "main");
        git("2026-01-10", "branch", "-f", "main", "feature");
        git("2026-01-10", "checkout", "-q", "main");

        CapturedRun check = plumb("check", file("bad.csv", 50, 1.2));

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(words(check)).contains("recorded runs among its git ancestors; it is judged as the newest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "B | lower | its unit, B, cannot be converted to that of its 9 earlier runs, ms",
                "widgets | lower | its unit, widgets, cannot be converted to that of its 9 earlier runs, ms",
                "ms | higher | its results state that more is better, while in the history less is"
            })
    void a_run_changes_neither_unit_nor_direction_of_a_series(String unit, String better, String why) throws Exception {
        commit("2026-01-10");

        CapturedRun check = plumb("check", file(folder, "odd.csv", 50, 0.5, Unit.of(unit), better), "--as", "text");

        assertThat(check.exitCode()).isEqualTo(3);
        assertThat(words(check)).contains("HOLD", why, "rename the benchmark or its metric");
        commit("2026-01-11");
        CapturedRun next = plumb("check", file("good.csv", 51, 1));
        assertThat(next.exitCode()).isZero();
        assertThat(words(next)).contains("PASS no regression · 2 unchanged");
    }

    @Test
    void a_folder_of_dated_files_is_as_many_runs_and_none_older_than_the_commit_is_of_it() throws Exception {
        Path results = Files.createDirectory(folder.resolve("results"));
        for (int day = 1; day <= 15; day++) {
            file(results, String.format(Locale.ROOT, "bench-202512%02d.csv", day), day, 1, Unit.of("s"), "lower");
        }
        Files.delete(folder.resolve(".plumbline/history.db"));

        CapturedRun recorded = plumb("record", "results");

        assertThat(recorded.out()).contains("30 measurements in 15 runs from 15 files");
        assertThat(recorded.err())
                .contains("15 runs were measured before commit "
                        + commits.get(RUNS - 1).substring(0, 10)
                        + " was created, so they are recorded without a commit, ordered by time. To give each"
                        + " the branch's commit at that time, record into a new history: plumb record"
                        + " --commits-by-time --store FILE")
                .doesNotContain("of one commit");
        assertThat(plumb("history", "b0", "--points").out()).contains("2025-12-01", "2025-12-15", "15 points");
    }

    @Test
    void results_that_a_check_recorded_are_recognised_and_not_recorded_a_second_time() throws Exception {
        commit("2026-01-20");
        String now = file("now.csv", 60, 1);
        CapturedRun checked = plumb("check", now, "--as", "text");
        String run = checked.out().replaceAll("(?s).*\\brun ([0-9a-f]{10}) .*", "$1");

        CapturedRun again = plumb("record", now);

        assertThat(again.exitCode()).isZero();
        assertThat(words(again)).contains("already recorded, run " + run, "on main; nothing was added");
        Path old = Path.of(file(folder, "old-20260105.csv", 61, 1, Unit.of("s"), "lower"));
        assertThat(plumb("record", old.toString()).err()).contains("recorded without a commit");
        int points = points();
        CapturedRun byTime = plumb("record", "--commits-by-time", old.toString());
        assertThat(words(byTime)).contains("already recorded, run ");
        assertThat(byTime.err()).contains("is in the history without a commit and stays so", "--again");
        assertThat(points()).isEqualTo(points);
        assertThat(words(plumb("record", "--commits-by-time", "--again", old.toString())))
                .contains("in 1 run from 1 file");
        assertThat(points()).isEqualTo(points + 1);
    }

    private int points() {
        return PlantedSuite.entry(
                        PlantedSuite.json(plumb("history", "b0", "--json")).get("series"), 0)
                .get("points")
                .size();
    }

    @Test
    void a_time_may_be_a_day() throws Exception {
        String file = file("day.csv", 70, 1);

        assertThat(plumb("record", file, "--commit", "feed0000", "--time", "2026-01-05")
                        .exitCode())
                .isZero();
        assertThat(plumb("history", "b0", "--points").out()).contains("2026-01-05 00:00");
        assertThat(plumb("record", file, "--time", "5 January").err())
                .contains("write it as 2026-12-31 or 2026-12-31T12:00:00Z");
    }

    @Test
    void old_files_get_the_commit_that_was_the_head_at_their_time() throws Exception {
        Path results = Files.createDirectory(folder.resolve("results"));
        for (String name : List.of("20251231", "2026-01-02T0559", "2026-01-02T06-00-00Z", "2026-01-07", "undated")) {
            file(results, name + ".csv", name.hashCode(), 1, Unit.of("s"), "lower");
        }
        Files.delete(folder.resolve(".plumbline/history.db"));

        CapturedRun recorded = plumb("record", "--commits-by-time", "results", "--json");

        assertThat(PlantedSuite.json(recorded).get("runs").findValuesAsString("commit"))
                .containsExactly("", commits.get(0), commits.get(1), commits.get(5), "");
        assertThat(recorded.out())
                .contains(
                        "1 run is older than every commit of main and is recorded without a commit",
                        "1 file has no time, neither in the content nor in its name, and is recorded without a"
                                + " commit");
        assertThat(plumb("record", "--commits-by-time", "--commit", "abc", "results")
                        .exitCode())
                .isEqualTo(2);
        assertThat(plumb("record", "--commits-by-time", "--branch", "gone", "results")
                        .err())
                .contains("not a git repository with a branch gone");
    }

    @Test
    void results_of_another_environment_get_no_facts_of_this_machine() throws Exception {
        String rows = "benchmark,value,unit,env:cpu\na,1,ms,Foreign CPU\n";
        String plain = "benchmark,value,unit\nb,1,ms\n";
        Files.writeString(folder.resolve("facts.csv"), rows);
        Files.writeString(folder.resolve("plain.csv"), plain);
        plumb("record", "plain.csv", "--environment", "gpu");
        plumb("record", "facts.csv", "--environment", "gpu2");
        plumb("record", "plain.csv");

        assertThat(facts("gpu")).isEqualTo("{\"name\":\"gpu\"}");
        assertThat(facts("gpu2")).contains("Foreign CPU").doesNotContain("info.host", "info.kernel");
        Files.writeString(folder.resolve("plumbline.yaml"), "environment: here\n");
        plumb("record", "plain.csv", "--environment", "here");
        assertThat(facts("here")).contains("info.kernel");
    }

    @Test
    void a_first_flag_of_the_jvm_is_told_in_an_environment_with_a_name_too() throws IOException {
        String rows = "benchmark,value,unit,environment,env:jvm,env:jvm.flags\n%s,ci,%s,%s\n";
        for (int i = 1; i <= 3; i++) {
            Path file = Files.writeString(
                    folder.resolve("jvm" + i + ".csv"), String.format(rows, "a,10" + i + ",ms", "JVM 17.0.9", ""));
            plumb("record", file.toString(), "--commit", commits.get(i));
        }
        Path now = Files.writeString(
                folder.resolve("jvm.csv"), String.format(rows, "a,104,ms", "JVM 21.0.2", "-XX:+UseZGC"));

        CapturedRun check = plumb("check", now.toString());

        assertThat(words(check)).contains("changed with this run: -XX:+UseZGC is new, JVM 17.0.9 → 21.0.2");
    }

    @Test
    void another_jvm_on_a_branch_is_named_with_every_run_in_an_environment_with_a_name() throws IOException {
        String rows = "benchmark,value,unit,environment,branch,env:jvm,env:jvm.flags\na,10%d,ms,ci,%s,%s\n";
        for (int i = 1; i <= 3; i++) {
            Path file = Files.writeString(
                    folder.resolve("jvm" + i + ".csv"), String.format(rows, i, "main", "JVM 17.0.9,"));
            plumb("record", file.toString(), "--commit", commits.get(i));
        }
        for (int i = 4; i <= 5; i++) {
            Path now = Files.writeString(
                    folder.resolve("now" + i + ".csv"), String.format(rows, i, "feature", "JVM 21.0.2,-XX:+UseZGC"));

            CapturedRun check = plumb("check", now.toString(), "--commit", commits.get(i));

            assertThat(words(check)).contains("this run differs from main: -XX:+UseZGC is new, JVM 17.0.9 → 21.0.2");
        }
    }

    @Test
    void a_commit_that_the_repository_does_not_have_is_told_with_the_nearest_by_time() throws IOException {
        Path file = Files.writeString(
                folder.resolve("foreign.csv"),
                "benchmark,value,unit,commit,commit_time\na,1,ms,feedbeef00feedbeef00,2026-01-05T12:00:00Z\n");

        CapturedRun recorded = plumb("record", file.toString());

        assertThat(recorded.err())
                .contains("the repository has no commit feedbeef00, which the results refer to; the nearest by"
                        + " time is "
                        + commits.get(4).substring(0, 10) + " of 2026-01-05");
        assertThat(plumb("record", file.toString(), "--commit", commits.get(0)).err())
                .doesNotContain("has no commit");
    }

    /** Two metrics of one benchmark. */
    private String twoMetrics(int seed, double factor) throws IOException {
        SplittableRandom random = new SplittableRandom(seed).split();
        StringBuilder rows = new StringBuilder("benchmark,param:n,metric,unit,better,value,environment\n");
        for (String metric : List.of("time", "p99")) {
            double value = 100 * factor * (1 + 0.005 * random.nextGaussian());
            rows.append(String.format(Locale.ROOT, "Sort,10,%s,ms,lower,%s,box%n", metric, value));
        }
        return Files.writeString(folder.resolve("two" + seed + ".csv"), rows.toString())
                .toString();
    }

    private String checkOfTwoMetrics() throws Exception {
        for (int i = 0; i < RUNS; i++) {
            plumb("record", twoMetrics(i, 1), "--commit", commits.get(i));
        }
        commit("2026-01-10");
        CapturedRun check = plumb("check", twoMetrics(50, 1.2), "-o", "report.json", "-o", "report.md");
        assertThat(check.exitCode()).as(check.out()).isEqualTo(1);
        return Files.readString(folder.resolve("report.md"));
    }

    @Test
    void a_finding_of_a_report_is_accepted_where_the_history_is_not() throws Exception {
        checkOfTwoMetrics();
        Path checkout = temporary.resolve("checkout");
        git(temporary, "2026-01-01", "clone", "-q", folder.toUri().toString(), "checkout");
        Files.copy(folder.resolve("report.json"), checkout.resolve("report.json"));
        JsonNode findings = new tools.jackson.databind.json.JsonMapper()
                .readTree(Files.readString(checkout.resolve("report.json")))
                .get("findings");
        String id = findings.get(0).get("id").asString();
        String other = findings.get(1).get("id").asString();

        CapturedRun without = CapturedRun.wide(checkout, "accept", id, "--reason", "meant");
        CapturedRun accepted =
                CapturedRun.wide(checkout, "accept", id, "--report", "report.json", "--reason", "meant", "--by", "ann");

        assertThat(without.exitCode()).isEqualTo(2);
        assertThat(without.err()).contains("if it is kept elsewhere", "--report report.json");
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        assertThat(accepted.out())
                .contains(
                        "written: plumbline/acceptances.yaml", "1 more metric of the benchmark: plumb accept " + other);
        assertThat(CapturedRun.wide(checkout, "accept", "nope", "--report", "report.json", "--reason", "meant")
                        .err())
                .contains("no regression or missing benchmark has the id nope", id);
        takeOver(checkout);
        CapturedRun again = plumb("check", twoMetrics(50, 1.2), "--as", "text");
        assertThat(again.out()).contains("FAIL  1 regression in this change", "· accepted");
        assertThat(plumb("accept", "--list").out()).contains("meant", "ann");
        assertThat(CapturedRun.wide(checkout, "accept", other, "--report", "report.json", "--reason", "meant")
                        .out())
                .as("the first one is in the file")
                .contains("written: plumbline/acceptances.yaml")
                .doesNotContain("more metric");
    }

    @Test
    void the_line_of_a_comment_accepts_in_a_checkout_that_has_nothing_else() throws Exception {
        String comment = checkOfTwoMetrics();
        Path checkout = temporary.resolve("checkout");
        git(temporary, "2026-01-01", "clone", "-q", folder.toUri().toString(), "checkout");
        List<String> lines = comment.lines()
                .filter(line -> line.contains("`plumb accept"))
                .map(line -> line.substring(line.indexOf("accept"), line.lastIndexOf('`')))
                .toList();
        assertThat(lines).hasSize(2);

        for (String line : lines) {
            assertThat(line)
                    .contains(
                            "accept 'Sort {n=10}' --metric ",
                            " --since " + commits.get(RUNS).substring(0, 10));
            List<String> words = new ArrayList<>();
            java.util.regex.Matcher word =
                    java.util.regex.Pattern.compile("'([^']*)'|([^ ]+)").matcher(line);
            while (word.find()) {
                words.add(word.group(1) == null ? word.group(2) : word.group(1));
            }
            CapturedRun accepted = CapturedRun.wide(checkout, words.toArray(String[]::new));
            assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        }

        takeOver(checkout);
        CapturedRun again = plumb("check", twoMetrics(50, 1.2));
        assertThat(again.exitCode()).as(again.out()).isZero();
        assertThat(again.out()).contains("1 accepted");
    }

    @Test
    void accepting_one_metric_names_the_others_of_the_same_change() throws Exception {
        checkOfTwoMetrics();
        JsonNode findings = PlantedSuite.json(plumb("report", "--json")).get("findings");

        CapturedRun accepted = plumb("accept", findings.get(0).get("id").asString(), "--reason", "meant");

        assertThat(accepted.out())
                .contains("the same change is open in 1 more metric of the benchmark: plumb accept "
                        + findings.get(1).get("id").asString()
                        + " --reason WHY; accept them together with --scope benchmark");
    }

    @Test
    void each_metric_of_a_benchmark_is_accepted_up_to_its_own_size() throws Exception {
        checkOfTwoMetrics();
        JsonNode findings = PlantedSuite.json(plumb("report", "--json")).get("findings");
        Path checkout = temporary.resolve("checkout");
        git(temporary, "2026-01-01", "clone", "-q", folder.toUri().toString(), "checkout");
        Files.copy(folder.resolve("report.json"), checkout.resolve("report.json"));
        String id = findings.get(0).get("id").asString();

        CapturedRun inFile = CapturedRun.wide(
                checkout, "accept", id, "--report", "report.json", "--reason", "meant", "--scope", "benchmark");
        CapturedRun accepted = plumb("accept", id, "--reason", "meant", "--scope", "benchmark", "--json");

        assertThat(inFile.exitCode()).as(inFile.err()).isZero();
        assertThat(Files.readString(checkout.resolve("plumbline/acceptances.yaml")))
                .containsPattern("(?s)metric:.*metric:");
        JsonNode acceptances = PlantedSuite.json(accepted).get("acceptances");
        assertThat(acceptances).hasSize(2).allSatisfy(one -> {
            assertThat(one.get("metric").asString()).isNotEmpty();
            assertThat(one.get("environment").isNull()).isTrue();
        });
        assertThat(acceptances).extracting(one -> one.get("metric").asString()).doesNotHaveDuplicates();
    }

    /** As a merge would. */
    private void takeOver(Path checkout) throws IOException {
        Files.createDirectories(folder.resolve("plumbline"));
        Files.copy(checkout.resolve("plumbline/acceptances.yaml"), folder.resolve("plumbline/acceptances.yaml"));
    }

    private String facts(String environment) throws Exception {
        try (java.sql.Connection history =
                        java.sql.DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(".plumbline/history.db"));
                java.sql.PreparedStatement select = history.prepareStatement(
                        "SELECT facts FROM run JOIN environment USING (environment_id) WHERE key = ?")) {
            select.setString(1, environment);
            try (java.sql.ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getString(1);
            }
        }
    }
}
