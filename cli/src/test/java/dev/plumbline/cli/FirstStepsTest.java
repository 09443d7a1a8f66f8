package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a first user stumbles over: two suites in one history, changed names, endings and options without effect. */
class FirstStepsTest {
    @TempDir
    private Path folder;

    /** Forty runs of one suite; then, in a run of its own, another suite. */
    @BeforeEach
    void records_two_suites() throws IOException {
        StringBuilder text = new StringBuilder("benchmark,metric,value,unit,commit,commit_time,environment\n");
        for (int i = 0; i < 40; i++) {
            text.append(row("a.encode", 100 + i * 7 % 11 / 10.0, i)).append(row("a.decode", 50 + i * 5 % 7 / 10.0, i));
        }
        assertThat(plumb("record", write("first.csv", text.toString()), "--branch", "main")
                        .exitCode())
                .isZero();
        String other = "benchmark,metric,value,unit,commit,commit_time,environment\n" + row("b.parse", 7, 40);
        assertThat(plumb("record", write("second.csv", other), "--branch", "main")
                        .exitCode())
                .isZero();
    }

    private static String row(String benchmark, double value, int run) {
        return String.format(
                Locale.ROOT,
                "%s,time,%.2f,ms,%08x,2026-01-%02dT%02d:00:00Z,here%n",
                benchmark,
                value,
                run + 1,
                1 + run / 2,
                12 * (run % 2));
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8)
                .toString();
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.of(folder, arguments);
    }

    @Test
    void a_benchmark_is_explained_though_another_suite_ran_last() {
        CapturedRun answer = plumb("explain", "a.encode");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains("a.encode");
        assertThat(answer.err()).contains("of commit 00000028 on main", "use --run ID for another run");
        assertThat(plumb("explain", "a.encode", "--run", "00000005").err()).contains("of commit 00000005");
        assertThat(plumb("explain", "no.such").err()).contains("no benchmark in the history is named no.such");
        assertThat(plumb("explain", "b.parse", "--run", "00000005").err()).contains("this run has no such benchmark");
        assertThat(plumb("explain", "b.parse", "--run", "feedbeef").exitCode()).isEqualTo(2);
    }

    @Test
    void a_report_tells_of_the_other_suite_and_how_to_see_it() {
        assertThat(plumb("report", "-v").out().replaceAll("\\s+", " "))
                .contains("b.parse", "other suites in this history last ran in: plumb report --run ", "a.decode");
    }

    @Test
    void suites_of_the_newest_revision_are_reported_together() throws IOException {
        String same = "benchmark,metric,value,unit,commit,commit_time,environment\n" + row("c.sort", 3, 40);
        plumb("record", write("third.csv", same), "--branch", "main");

        assertThat(plumb("report", "-v").out()).contains("b.parse", "c.sort");
    }

    @Test
    void results_under_new_names_are_told_of() throws IOException {
        String renamed = "benchmark,metric,value,unit,commit,commit_time,environment\n" + row("x.encode", 100, 41);

        assertThat(plumb("check", write("renamed.csv", renamed), "--branch", "main")
                        .out()
                        .replaceAll("\\s+", " "))
                .contains("none of these benchmarks has a history, such as x.encode");
        String known = "benchmark,metric,value,unit,commit,commit_time,environment\n" + row("a.encode", 100, 42);
        assertThat(plumb("check", write("known.csv", known), "--branch", "main").out())
                .doesNotContain("none of these benchmarks has a history");
    }

    @Test
    void results_with_other_parameters_are_not_new_benchmarks() throws IOException {
        String head = "benchmark,param:threads,metric,value,unit,commit,commit_time,environment\n";
        String threads =
                head + row("a.encode,8", 100, 41) + row("a.encode,8", 3, 41).replace("time", "gc.count");

        String all = head + row("a.encode,8", 100, 42) + row("a.decode,8", 50, 42) + row("b.parse,8", 7, 42);

        CapturedRun some = plumb("check", write("threads.csv", threads), "--branch", "main");
        CapturedRun check = plumb("check", write("all.csv", all), "--branch", "main");

        assertThat(some.exitCode()).as("a.decode is missing").isEqualTo(1);
        assertThat(check.exitCode()).as("nothing can be compared").isEqualTo(3);
        assertThat(some.out().replaceAll("\\s+", " "))
                .contains(
                        "note: the same benchmarks now run with other parameters (threads 1 → 8): a.encode {threads=8}, in"
                                + " the history a.encode. Run them as before, ");
    }

    @Test
    void a_baseline_on_far_fewer_runs_is_warned_of() {
        assertThat(plumb("baseline", "establish", "a.encode").err()).doesNotContain("is based on");
        CapturedRun answer = plumb("baseline", "establish", "--revision", "00000005", "--force");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.err()).contains("is based on 1 run instead of ", "plumb baseline rollback");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.pdf", "report.docx", "report.v2"})
    void an_ending_that_no_form_has_is_refused(String name) {
        CapturedRun answer = plumb("report", "-o", name);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains(name, "unknown file extension", "--as");
        assertThat(folder.resolve(name)).doesNotExist();
        assertThat(plumb("report", "-o", name, "--as", "text").exitCode()).isZero();
        assertThat(folder.resolve(name)).exists();
    }

    @Test
    void a_parameter_that_no_command_has_a_place_for_is_refused() {
        CapturedRun answer = plumb("run", "-r", "2", "--no-record", "-P", "n=1,2", "--", "true");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("no command uses the parameter n; write {n}");
    }

    @Test
    void a_new_history_ignores_itself() throws IOException {
        assertThat(folder.resolve(".plumbline/.gitignore")).hasContent("*");

        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        plumb("record", "first.csv", "--store", "elsewhere/history.db");
        assertThat(elsewhere.resolve(".gitignore")).doesNotExist();
    }

    private static String hyperfine(double seconds) {
        StringBuilder times = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            times.append(i == 0 ? "" : ", ").append(String.format(Locale.ROOT, "%.4f", seconds + i * 3 % 7 / 1000.0));
        }
        return "{\"results\": [{\"command\": \"sort big\", \"mean\": " + seconds + ", \"median\": " + seconds
                + ", \"times\": [" + times + "]}]}";
    }

    @Test
    void executions_of_hyperfine_are_processes_and_decide_a_comparison() throws IOException {
        CapturedRun slower = plumb("compare", write("a.json", hyperfine(0.5)), write("b.json", hyperfine(0.6)));
        CapturedRun same = plumb("compare", "a.json", "a.json");

        assertThat(slower.exitCode()).as(slower.out() + slower.err()).isEqualTo(1);
        assertThat(slower.out()).contains("+19.").doesNotContain("go test");
        assertThat(same.exitCode()).as(same.out() + same.err()).isZero();
        assertThat(same.out()).doesNotContain("one value on each side");
    }

    private static String pytest(double seconds) {
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            data.append(i == 0 ? "" : ", ")
                    .append(String.format(Locale.ROOT, "%.6f", seconds * (1 + i * 3 % 7 / 1000.0)));
        }
        return "{\"machine_info\": {}, \"commit_info\": {}, \"datetime\": \"2026-01-01T00:00:00\", \"version\":"
                + " \"5.1.0\",\"benchmarks\": [{\"group\": null, \"name\": \"test_it\", \"fullname\":"
                + " \"test_x.py::test_it\",\"params\": null,"
                + " \"stats\":"
                + " {\"min\":"
                + " " + seconds + ", \"max\": " + seconds + ", \"mean\": "
                + seconds
                + ", \"stddev\": 0.001, \"rounds\": 20, \"median\": " + seconds + ", \"iterations\": 1, \"data\": ["
                + data
                + "]}}]}";
    }

    @Test
    void one_run_of_a_side_is_told_with_the_interval_from_inside_it_and_with_what_to_do() throws IOException {
        CapturedRun one = plumb("compare", write("a.json", pytest(0.5)), write("b.json", pytest(0.55)), "--as", "text");
        String reported = one.out().replaceAll("\\s+", " ");

        assertThat(one.exitCode()).as(one.out() + one.err()).isEqualTo(3);
        assertThat(reported)
                .contains("HOLD 1 possible regression", "+10.0 %", "noise between runs is not in the intervals")
                .contains(
                        "compare folders of 3 runs or more", "not compared: too few executions for the 99th percentile")
                .doesNotContain("unknown noise", "fork", "time p90");
    }

    @Test
    void one_value_has_no_noise_to_tell() throws IOException {
        assertThat(plumb("analyze", write("a.json", pytest(0.5))).out())
                .contains("1 value, now 501.50 ms: ")
                .doesNotContain("noise of");
    }

    private static String go(int nanos) {
        StringBuilder text = new StringBuilder("goos: linux\ngoarch: amd64\npkg: example.org/x\n");
        for (int i = 0; i < 10; i++) {
            text.append("BenchmarkSort-2   \t 1000\t ")
                    .append(nanos + i * 3 % 7)
                    .append(" ns/op\n");
        }
        return text.append("PASS\nok  \texample.org/x\t1.2s\n").toString();
    }

    @Test
    void repetitions_of_go_test_decide_a_comparison_and_the_report_says_what_is_assumed() throws IOException {
        CapturedRun slower = plumb("compare", write("a.txt", go(1000)), write("b.txt", go(1200)));

        assertThat(slower.exitCode()).as(slower.out() + slower.err()).isEqualTo(1);
        assertThat(slower.out().replaceAll("\\s+", " ")).contains("repetitions of go test -count count as independent");
    }
}
