package dev.plumbline.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.CapturedRun;
import dev.plumbline.cli.PlantedSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the history shows, with a real store. */
class HistoryCommandTest {
    private static final int RUNS = 40;
    private static final int SERIES = 12;

    @TempDir
    private Path folder;

    /** Twelve benchmarks of forty daily runs; one steps up at the 25th, and the whole machine was busy in the 31st. */
    @BeforeEach
    void record() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        CapturedRun recorded = plumb("record", results("all.csv", 0, RUNS, 30));
        assertThat(recorded.exitCode()).as(recorded.err()).isZero();
    }

    @Test
    void lists_the_worst_first_with_their_shapes_and_odd_runs() {
        CapturedRun listed = plumb("history");

        assertThat(listed.exitCode()).as(listed.err()).isZero();
        List<String> rows =
                listed.out().lines().filter(line -> line.contains(" time ")).toList();
        assertThat(rows).hasSize(SERIES);
        assertThat(rows.get(0)).contains("b3", "stepped");
        assertThat(listed.out())
                .contains("odd run: 2025-12-31", "of 12 benchmarks differ from the neighbouring" + " runs");
    }

    @Test
    void what_no_series_has_is_told_with_what_there_is() {
        CapturedRun metric = plumb("history", "--metric", "tme");
        CapturedRun branch = plumb("history", "--branch", "elsewhere", "--json");
        CapturedRun narrow = plumb("history", "--from", "ffffffff");

        assertThat(metric.exitCode()).isEqualTo(2);
        assertThat(metric.err()).contains("no series has the metric tme; there is time; did you mean \"time\"?");
        assertThat(branch.exitCode()).isEqualTo(2);
        assertThat(branch.err()).contains("no series has the branch elsewhere; there is main");
        assertThat(narrow.exitCode()).isEqualTo(2);
        assertThat(narrow.err())
                .contains("--from ffffffff is not the start of a measured commit, nor a tag, branch or commit");
    }

    @Test
    void a_branch_that_is_not_checked_out_is_told_in_one_line_and_listed_where_it_is_asked_for() throws Exception {
        recordOn("side");

        CapturedRun listed = CapturedRun.of(folder, "history");

        assertThat(rows(listed)).hasSize(SERIES);
        assertThat(listed.out()).contains("branch main").endsWith("and 12 series on another branch: --branch side\n");
        assertThat(plumb("history", "b3").out()).endsWith("and 1 series on another branch: --branch side\n");
        assertThat(rows(CapturedRun.of(folder, "history", "--branch", "side"))).hasSize(SERIES);
        assertThat(PlantedSuite.json(plumb("history", "--json")).get("series").size())
                .isEqualTo(2 * SERIES);
    }

    @Test
    void the_branch_that_is_checked_out_stands_for_the_main_branch_that_it_continues() throws Exception {
        recordOn("side");
        recordOn("old");
        recordOn("older");
        assertThat(new ProcessBuilder("git", "init", "-q", "-b", "side", ".")
                        .directory(folder.toFile())
                        .start()
                        .waitFor())
                .isZero();

        CapturedRun listed = CapturedRun.of(folder, "history");

        assertThat(listed.out()).startsWith("12 series, branch side, continuing main");
        assertThat(rows(listed)).as("one for each benchmark").hasSize(SERIES);
        assertThat(listed.out()).endsWith("""
                        and 12 series of main, whose runs these rows begin with: --branch main
                        and 24 series on 2 other branches: --branch old, older
                        """);
    }

    private void recordOn(String branch) throws IOException {
        Path file = Path.of(results(branch + ".csv", RUNS, RUNS + 5, -1));
        Files.writeString(file, Files.readString(file).replace(",main,", "," + branch + ","));
        assertThat(plumb("record", file.toString()).exitCode()).isZero();
    }

    private static List<String> rows(CapturedRun listed) {
        return listed.out().lines().filter(line -> line.contains(" time ")).toList();
    }

    @Test
    void a_change_between_two_runs_of_one_commit_is_told_with_that_commit_alone() throws IOException {
        StringBuilder text = new StringBuilder("benchmark,metric,value,unit,commit,time\n");
        for (int i = 0; i < 60; i++) {
            double level = i < 30 ? 100 : i == 30 ? 104 : 108;
            text.append("twice,time,").append(level + i % 3).append(",ms,d").append(i == 31 ? 30 : i);
            text.append(",2025-12-01T06:").append(i < 10 ? "0" : "").append(i).append(":00Z\n");
        }
        Path file = Files.writeString(folder.resolve("twice.csv"), text);

        CapturedRun analyzed = plumb("analyze", file.toString());

        assertThat(analyzed.out()).contains("regression with commit d30: ").doesNotContain("or between");
    }

    @Test
    void a_context_metric_that_stepped_comes_last_and_needs_no_attention() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "metrics:\n  - metric: gc.*\n    role: context\n");
        StringBuilder text = new StringBuilder("benchmark,metric,value,unit,commit,branch,time\n");
        for (int i = 0; i < RUNS; i++) {
            String run = ",ms,g" + i + ",main,2026-03-01T06:" + (i < 10 ? "0" : "") + i + ":00Z\n";
            text.append("quiet,time,").append(100 + i % 3).append(run);
            text.append("quiet,gc.time,").append((i < 20 ? 40 : 60) + i % 3).append(run);
        }
        plumb("record", Files.writeString(folder.resolve("gc.csv"), text).toString());

        CapturedRun listed = plumb("history");
        CapturedRun one = plumb("history", "quiet", "--metric", "gc.time");
        CapturedRun page = plumb("report", "--kind", "history", "--benchmark", "quiet", "--json");

        assertThat(listed.out())
                .contains("1 of 13 series needs attention: b3 time.", "The last is a context metric (gc.time): shown")
                .doesNotContain("critical");
        List<String> rows =
                listed.out().lines().filter(line -> line.contains("ms  ")).toList();
        assertThat(rows).hasSize(SERIES + 2);
        assertThat(rows.get(SERIES + 1)).contains("quiet", "gc.time", "stepped");
        assertThat(one.out()).contains("A context metric: no check judges it.").doesNotContain("investigate");
        assertThat(PlantedSuite.json(page).get("events")).isEmpty();
        assertThat(PlantedSuite.json(page).get("counts").get("WORSE").asInt()).isZero();
        assertThat(PlantedSuite.json(page).get("series")).hasSize(2);
    }

    @Test
    void lists_by_name_when_asked() {
        List<String> rows = plumb("history", "--sort", "name")
                .out()
                .lines()
                .filter(line -> line.contains(" time "))
                .toList();

        assertThat(rows.get(0)).contains("b0");
    }

    @Test
    void one_benchmark_is_told_in_full() {
        String text = plumb("history", "b3").out();

        assertThat(text)
                .contains("▲", "✗ regression with commit c24", "stepped: the level changed once and stayed")
                .contains("health critical", "→ investigate the change with commit c24")
                .contains("! spike with commit c30", "20 older points; --points lists them");
        assertThat(plumb("history", "b3", "--points").out()).contains("c0 ").doesNotContain("older points");
    }

    @Test
    void json_has_shape_anomalies_summary_and_odd_runs() {
        JsonNode json = json(plumb("history", "b3", "--json"));
        JsonNode all = json(plumb("history", "--json"));

        JsonNode series = json.get("series").get(0);
        assertThat(series.get("shape").get("word").asString()).isEqualTo("stepped");
        assertThat(series.get("changePoints").get(0).get("index").asInt()).isEqualTo(24);
        assertThat(series.get("anomalies").get(0).get("first").asInt()).isEqualTo(30);
        assertThat(series.get("summary").get("health").asString()).isEqualTo("critical");
        assertThat(all.get("oddRuns")).hasSize(1);
        assertThat(all.get("oddRuns").get(0).get("run").get("commit").asString())
                .isEqualTo("c30");
    }

    @Test
    void commits_days_and_runs_choose_the_points() {
        assertThat(count("--from", "c10")).isEqualTo(30);
        assertThat(count("--from", "c10", "--to", "c19")).isEqualTo(10);
        assertThat(count("--to", "c19", "--runs", "30")).isEqualTo(10);
        assertThat(count("--days", "25")).isEqualTo(3);
        assertThat(plumb("history", "--from", "nosuch").out()).isEmpty();
    }

    @Test
    void analyze_takes_the_same_questions() throws IOException {
        String file = results("more.csv", 0, RUNS, 30);

        CapturedRun some = plumb(
                "analyze", file, "--json", "--benchmark", "b?", "--metric", "time", "--runs", "35", "--sort", "worst");

        List<String> lines = some.out().lines().toList();
        assertThat(lines).as(some.err()).hasSize(10);
        JsonNode first = JsonMapper.builder().build().readTree(lines.get(0));
        assertThat(first.get("id").asString()).isEqualTo("b3");
        assertThat(first.get("values").asInt()).isEqualTo(35);
        assertThat(first.get("changePoints").get(0).get("index").asInt()).isEqualTo(19);
        assertThat(first.get("shape").get("word").asString()).isEqualTo("stepped");
        CapturedRun nowhere = plumb("analyze", file, "--json", "--environment", "nosuch");
        assertThat(nowhere.exitCode()).isEqualTo(2);
        assertThat(nowhere.out()).isEmpty();
        assertThat(nowhere.err()).contains("no series has the environment nosuch; there is ");
        assertThat(plumb("analyze", file, "--benchmark", "nosuch").err())
                .contains("no benchmark in the files is named nosuch; the first one is b");
        assertThat(plumb("analyze", file, "--from", "v1.0").err())
                .contains("no series in the files has a run in that range; give --from and --to as the commits in"
                        + " the files");
        assertThat(plumb("analyze", file, "--json", "--from", "c5", "--to", "c6", "--benchmark", "b1")
                        .out())
                .contains("\"values\":2");
    }

    @Test
    void a_check_on_a_disturbed_machine_says_so_and_changes_no_verdict() throws IOException {
        for (int begin = RUNS; begin < RUNS + 25; begin += 5) {
            plumb("record", results("more.csv", begin, begin + 5, begin + 2));
        }
        CapturedRun check = plumb("check", results("new.csv", RUNS + 25, RUNS + 26, RUNS + 25));

        // a run as odd as earlier ones is noise, and no regression
        assertThat(check.exitCode()).as(check.out()).isZero();
        assertThat((check.out() + check.err()).replaceAll("\\s+", " "))
                .contains("most of the suite is off in this run", "measure again to find out which");
    }

    @Test
    void a_wrong_unit_of_all_benchmarks_is_no_disturbed_machine() throws IOException {
        String all = Files.readString(Path.of(results("new.csv", RUNS, RUNS + 1, -1)));

        CapturedRun more = plumb(
                "check",
                Files.writeString(folder.resolve("new.csv"), all.replaceAll(",ms,", ",s,"))
                        .toString());
        CapturedRun less = plumb(
                "check",
                Files.writeString(folder.resolve("new.csv"), all.replaceAll(",ms,c", ",us,d"))
                        .toString());

        assertThat(more.out().replaceAll("\\s+", " "))
                .contains("all 12 values are about 1,000 times what they were: that is the factor between two units")
                .contains("next: check the unit of the results")
                .doesNotContain("disturbed machine", "idle machine");
        assertThat(less.out().replaceAll("\\s+", " ")).contains("all 12 values are about 1/1,000 of what they were");
    }

    @Test
    void every_report_of_a_disturbed_run_says_so_first_and_still_has_the_commands() throws IOException {
        plumb("check", results("quiet.csv", RUNS, RUNS + 1, -1));
        String all = Files.readString(Path.of(results("new.csv", RUNS + 1, RUNS + 2, RUNS + 1)));
        CapturedRun check =
                plumb("check", Files.writeString(folder.resolve("new.csv"), all).toString());
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out().replaceAll("\\s+", " "))
                .contains(
                        "all benchmarks of this run are 20.6 % worse together",
                        "measure this commit again", "plumb explain b")
                .containsPattern("intended: plumb accept [0-9a-f]{12}");

        for (String[] form : new String[][] {
            {"--as", "text"},
            {"--as", "markdown"},
            {"--as", "json"},
            {"--as", "html"},
            {"--as", "junit"},
            {"--kind", "ci"},
            {"--kind", "ci", "--as", "markdown"},
            {"--kind", "ci", "--as", "json"}
        }) {
            CapturedRun report = form.length == 2
                    ? plumb("report", form[0], form[1])
                    : plumb("report", form[0], form[1], form[2], form[3]);
            assertThat(report.out().replaceAll("\\s+", " "))
                    .as(String.join(" ", form))
                    .contains("all benchmarks of this run are 20.6 % worse together");
        }
        assertThat(plumb("report", "--kind", "ci").out().replaceAll("\\s+", " "))
                .contains("next Measure this commit again", "If it is intended: plumb accept")
                .contains("odd all benchmarks of this run are 20.6 % worse together")
                .doesNotContain("Start with");
    }

    @Test
    void a_suite_that_stays_slower_as_a_whole_is_one_finding_in_each_run_of_it() throws IOException {
        plumb("check", results("quiet.csv", RUNS, RUNS + 1, -1));
        plumb("check", moved("one.csv", RUNS + 1, SERIES, 1.2));
        assertThat(plumb("report", "--as", "json").out())
                .containsPattern("\"summary\": \"FAIL: [^\"]*all benchmarks of this run are [0-9.]+ % worse together");
        plumb("check", moved("two.csv", RUNS + 2, SERIES, 1.2));
        CapturedRun third = plumb("check", moved("three.csv", RUNS + 3, SERIES, 1.2));
        String since = "all benchmarks are [0-9.]+ % worse together since commit c" + (RUNS + 1)
                + ": the machine, or a change that affects all";
        assertThat(third.exitCode()).isEqualTo(1);
        assertThat(third.out().replaceAll("\\s+", " ")).containsPattern(since);
        assertThat(plumb("report", "--as", "json").out()).containsPattern("\"summary\": \"FAIL: [^\"]*" + since);
        String text = plumb("report").out().replaceAll("\\s+", " ");
        assertThat(text).containsPattern(since);
        assertThat(text.split(since, -1))
                .as("told once at the top, once at the end")
                .hasSizeLessThanOrEqualTo(3);
        assertThat(plumb("incidents").out()).contains("(the machine, or c" + (RUNS + 1) + ")");
    }

    @Test
    void changes_that_the_same_commit_showed_before_are_no_sign_of_a_disturbed_machine() throws IOException {
        String first = results("new.csv", RUNS, RUNS + 1, RUNS);
        plumb("check", first);
        String again = Files.readString(Path.of(first)).replace("T06:00:00Z", "T07:00:00Z");
        Path second = Files.writeString(folder.resolve("again.csv"), again);

        CapturedRun check = plumb("check", second.toString());

        assertThat(check.out()).contains("12 regressions");
        assertThat(check.out() + check.err()).doesNotContain("most of the suite is off");
    }

    @Test
    void changes_that_last_are_no_sign_of_a_disturbed_machine() throws IOException {
        CapturedRun first = plumb("check", moved("new.csv", RUNS, 7, 1.2));
        plumb("check", moved("next.csv", RUNS + 1, 7, 1.2));
        CapturedRun third = plumb("check", moved("third.csv", RUNS + 2, 7, 1.2));

        assertThat(first.out().replaceAll("\\s+", " "))
                .contains("most of the suite is off in this run: 7 of 12 benchmarks differ from the neighbouring"
                        + " runs by more than 3 times their usual noise, 7 of them for the worse");
        assertThat(third.out()).contains("7 regressions").doesNotContain("most of the suite is off");
    }

    @Test
    void half_of_the_suite_is_no_sign_of_a_disturbed_machine() throws IOException {
        String half = flat(plumb("check", moved("half.csv", RUNS, 6, 1.25)));
        String next = flat(plumb("check", moved("next.csv", RUNS + 1, 6, 1.25)));

        assertThat(half)
                .contains("6 regressions", "plumb explain ", "intended: plumb accept ")
                .doesNotContain("most of the suite is off", "Measure this commit again");
        assertThat(next).contains("6 regressions").doesNotContain("most of the suite is off");
    }

    @Test
    void improvements_alone_are_no_sign_of_a_disturbed_machine() throws IOException {
        String faster = flat(plumb("check", moved("faster.csv", RUNS, SERIES, 0.8)));
        assertThat(faster).contains("improve").doesNotContain("most of the suite is off", "Measure this commit again");
    }

    @Test
    void a_healthy_check_says_nothing_of_odd_runs() throws IOException {
        CapturedRun check = plumb("check", results("new.csv", RUNS, RUNS + 1, -1));

        assertThat(check.out() + check.err()).doesNotContain("most of the suite is off");
    }

    private int count(String... options) {
        String[] arguments = new String[options.length + 3];
        System.arraycopy(new String[] {"history", "b1", "--json"}, 0, arguments, 0, 3);
        System.arraycopy(options, 0, arguments, 3, options.length);
        return StreamSupport.stream(json(plumb(arguments)).get("series").spliterator(), false)
                .filter(series -> series.get("benchmark").asString().equals("b1"))
                .mapToInt(series -> series.get("count").asInt())
                .findFirst()
                .orElse(0);
    }

    private String results(String name, int from, int to, int busy) throws IOException {
        StringBuilder text = new StringBuilder("benchmark,metric,value,unit,commit,branch,time,environment\n");
        for (int run = from; run < to; run++) {
            for (int i = 0; i < SERIES; i++) {
                SplittableRandom random = new SplittableRandom(run * 100L + i).split();
                double value = 10 * (1 + 0.01 * random.nextGaussian());
                value *= i == 3 && run >= 24 ? 1.15 : 1;
                value *= run == busy ? 1.15 + 0.2 * random.nextDouble() : 1;
                text.append('b')
                        .append(i)
                        .append(",time,")
                        .append(value)
                        .append(",ms,c")
                        .append(run);
                text.append(",main,")
                        .append(java.time.LocalDate.of(2025, 12, 1).plusDays(run))
                        .append("T06:00:00Z,box\n");
            }
        }
        return Files.writeString(folder.resolve(name), text).toString();
    }

    /** A run whose first benchmarks are slower by a factor. */
    private String moved(String name, int run, int benchmarks, double factor) throws IOException {
        Path file = Path.of(results(name, run, run + 1, -1));
        StringBuilder text = new StringBuilder();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            List<String> cells = new ArrayList<>(List.of(lines.get(i).split(",", -1)));
            if (i > 0 && i <= benchmarks) {
                cells.set(2, Double.toString(factor * Double.parseDouble(cells.get(2))));
            }
            text.append(String.join(",", cells)).append('\n');
        }
        return Files.writeString(file, text).toString();
    }

    private static String flat(CapturedRun run) {
        return run.out().replaceAll("\\s+", " ");
    }

    private static JsonNode json(CapturedRun run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return JsonMapper.builder().build().readTree(run.out());
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }
}
