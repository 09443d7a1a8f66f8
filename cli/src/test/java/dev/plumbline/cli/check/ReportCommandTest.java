package dev.plumbline.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.CapturedRun;
import dev.plumbline.cli.option.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports of stored runs and periods, in every form. */
class ReportCommandTest {
    @TempDir
    private Path folder;

    /** Forty runs of two benchmarks; the last run makes one of them a fifth slower. */
    @BeforeEach
    void records_a_history() throws IOException {
        StringBuilder text = new StringBuilder("benchmark,metric,value,unit,commit,commit_time,environment\n");
        for (int i = 0; i < 40; i++) {
            double noise = i * 7 % 11 / 10.0;
            String end = String.format(
                    Locale.ROOT, "ms,%08x,2026-01-%02dT%02d:00:00Z,here%n", i + 1, 1 + i / 2, 12 * (i % 2));
            text.append(String.format(Locale.ROOT, "a.encode,time,%.2f,", (i == 39 ? 120 : 100) + noise))
                    .append(end);
            text.append(String.format(Locale.ROOT, "a.decode,time,%.2f,", (i < 20 ? 50 : 60) + noise / 2))
                    .append(end);
        }
        Path file = Files.writeString(folder.resolve("history.csv"), text.toString(), StandardCharsets.UTF_8);
        assertThat(plumb("record", file.toString(), "--branch", "main").exitCode())
                .isZero();
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.of(folder, arguments);
    }

    @Test
    void the_newest_run_is_reported_and_no_gate_is_closed() {
        CapturedRun answer = plumb("report");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains("FAIL", "a.encode", "slower");
        assertThat(plumb("report", "--run", "00000005").out()).doesNotContain("FAIL");
    }

    @Test
    void files_are_written_beside_the_terminal_which_shows_one_line_or_all_that_it_shows_without_them() {
        CapturedRun alone = plumb("report");
        CapturedRun filed = plumb("report", "-o", "report.sarif");
        CapturedRun both = plumb("report", "-o", "report.md", "-o", "-");

        assertThat(filed.out()).hasLineCount(1);
        assertThat(both.out()).isEqualTo(alone.out());
        assertThat(both.err()).isEqualTo("plumb: wrote report.md\n");
        assertThat(folder.resolve("-")).doesNotExist();
    }

    @Test
    void a_comparison_shows_its_first_screen_beside_its_files() {
        CapturedRun alone = plumb("compare", "00000001", "00000028");
        CapturedRun both = plumb("compare", "00000001", "00000028", "-o", "compared.json", "-o", "-");

        assertThat(alone.out()).isNotEmpty();
        assertThat(both.out()).isEqualTo(alone.out());
        assertThat(folder.resolve("compared.json")).isNotEmptyFile();
    }

    @Test
    void a_report_tells_of_the_branch_that_is_checked_out() throws IOException, InterruptedException {
        checkFeature();
        assertThat(new ProcessBuilder("git", "init", "-q", "-b", "feature", folder.toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(plumb("report").out().replaceAll("\\s+", " "))
                .contains("of commit abcdef0123 on feature")
                .contains("the checked-out branch; choose another branch with --branch: main");
        assertThat(new ProcessBuilder("git", "-C", folder.toString(), "symbolic-ref", "HEAD", "refs/heads/other")
                        .start()
                        .waitFor())
                .isZero();
        assertThat(plumb("report").out().replaceAll("\\s+", " "))
                .contains("on main")
                .contains("this is the last recorded run of main; choose another branch with --branch: feature");
    }

    @Test
    void a_report_tells_of_the_branch_it_is_asked_for_and_else_of_what_was_recorded_last() throws IOException {
        checkFeature();

        assertThat(plumb("report").out().replaceAll("\\s+", " "))
                .contains("of commit abcdef0123 on feature")
                .contains("this is the last recorded run of feature; choose another branch with --branch: main");
        assertThat(plumb("report", "--branch", "main").out())
                .contains("on main")
                .doesNotContain("on feature");
        assertThat(plumb("report", "--branch", "feature").out()).contains("of commit abcdef0123 on feature");
        assertThat(plumb("report", "--kind", "ci", "--branch", "feature").out()).contains("a.decode is missing");
        assertThat(plumb("report", "--kind", "ci", "--branch", "feature").out())
                .contains("commit abcdef0123 on feature, against the history of main");
        assertThat(plumb("report", "--kind", "ci").out()).contains("a.decode is missing");
        assertThat(plumb("report", "--kind", "ci", "--as", "markdown").out()).contains("on feature, against");
        assertThat(plumb("report", "--kind", "ci", "--json").out()).contains("\"branch\": \"feature\"");
        assertThat(plumb("report", "--kind", "ci", "--branch", "main").out())
                .contains("a.encode")
                .doesNotContain("a.decode is missing");
        assertThat(plumb("report", "--branch", "feature", "--run", "00000028").err())
                .contains("not a run or a commit in the history of feature");
        assertThat(plumb("report", "--branch", "nosuch").err()).contains("nothing on nosuch", "--branch main");
        assertThat(plumb("report", "--days", "3").err()).contains("a report of a run always covers the whole run");
        for (String kind : List.of("regression", "ci", "history")) {
            for (String end : List.of("--since", "--until")) {
                CapturedRun wrong = plumb("report", "--kind", kind, end, "2026-01-31");
                assertThat(wrong.exitCode()).as(kind).isEqualTo(2);
                assertThat(wrong.err()).contains("--since and --until need --kind executive");
            }
        }
    }

    @Test
    void beside_the_history_of_a_branch_lies_the_newest_run_of_it() throws IOException {
        checkFeature();

        plumb("dashboard", "-o", "site");
        assertThat(Files.readString(folder.resolve("site/run.html"))).doesNotContain("abcdef0123");
        plumb("dashboard", "-o", "site", "--branch", "feature");
        assertThat(Files.readString(folder.resolve("site/run.html"))).contains("abcdef0123");
    }

    /** A result of a branch, newer than all of the main one; a benchmark of it is missing, so its gate is closed. */
    private void checkFeature() throws IOException {
        Path result = Files.writeString(
                folder.resolve("feature.csv"),
                "benchmark,metric,value,unit\na.encode,time,101,ms\nb.other,time,1,ms\n");
        plumb(
                "check",
                result.toString(),
                "--commit",
                "abcdef0123",
                "--branch",
                "feature",
                "--environment",
                "here",
                "--time",
                "2026-01-30T00:00:00Z");
    }

    @Test
    void every_kind_of_report_writes_all_files_that_are_asked_for() throws IOException {
        for (String kind : List.of("regression", "ci", "history", "executive")) {
            CapturedRun run = plumb("report", "--kind", kind, "-o", kind + ".json", "-o", kind + ".md");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).contains("wrote " + kind + ".json", "wrote " + kind + ".md");
            assertThat(Files.readString(folder.resolve(kind + ".json"))).startsWith("{");
            assertThat(Files.readString(folder.resolve(kind + ".md"))).contains("**");
        }
        CapturedRun wrong = plumb("report", "--kind", "history", "-o", "h.json", "-o", "h.xml");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(folder.resolve("h.json")).doesNotExist();
    }

    @Test
    void a_file_is_named_when_it_is_written_and_no_more_than_its_folder_is_made() throws IOException {
        assertThat(plumb("report", "-o", "new/r.html", "-o", "r.md").err()).contains("wrote new/r.html", "wrote r.md");
        assertThat(folder.resolve("new/r.html")).exists();
        assertThat(plumb("dashboard", "-o", "d.html").err()).contains("wrote d.html");

        CapturedRun mistyped = plumb("report", "-o", "nosuch/folder/r.html");

        assertThat(mistyped.exitCode()).isEqualTo(2);
        assertThat(mistyped.err()).contains("nosuch/folder/r.html", "there is no folder");
        assertThat(folder.resolve("nosuch")).doesNotExist();
    }

    /** Beside links to it: to replace the device itself would break the machine. */
    @Test
    void what_a_link_points_to_takes_the_answer_and_a_device_stays_one() throws IOException {
        Path real = Files.writeString(folder.resolve("real.md"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.md"), real);
        Path device = Files.createSymbolicLink(folder.resolve("none.md"), Path.of("/dev/null"));

        assertThat(plumb("report", "-o", "link.md", "-o", "none.md").exitCode()).isZero();

        assertThat(link).isSymbolicLink();
        assertThat(real).content().contains("a.encode");
        assertThat(device).isSymbolicLink();
        assertThat(Files.readAllBytes(device)).isEmpty();
    }

    @Test
    void a_regression_is_told_with_how_to_accept_it() {
        assertThat(plumb("report", "--kind", "ci").out())
                .containsPattern("plumb accept [0-9a-f]+-00000028 --reason WHY");
        assertThat(plumb("explain", "encode").out().replaceAll("\\s+", " "))
                .containsPattern("plumb accept [0-9a-f]+-00000028 --reason WHY")
                .contains("plumb triage acknowledge");
    }

    @Test
    void a_command_that_wants_a_name_tells_where_the_names_are() {
        assertThat(plumb("threshold", "show").err())
                .contains("List the names in the history with plumb history.")
                .doesNotContain("plumb series list");
        assertThat(plumb("check").err()).doesNotContain("plumb history");
    }

    @Test
    void what_helps_with_unknown_files_is_said_once_and_nothing_recorded_is_not_called_recorded() throws IOException {
        for (String name : new String[] {"x1.txt", "x2.txt", "x3.txt"}) {
            Files.writeString(folder.resolve(name), "hello");
        }
        CapturedRun run = plumb("record", "x1.txt", "x2.txt", "x3.txt");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().split("plumb formats", -1)).hasSize(2);
        assertThat(run.err()).contains("x1.txt: ", "x2.txt: ", "x3.txt: ");
        assertThat(run.out()).contains("nothing was recorded").doesNotContain("recorded 0");
    }

    @Test
    void a_preview_says_which_time_it_shows() throws IOException {
        Files.writeString(
                folder.resolve("timed.csv"),
                "benchmark,metric,value,unit,commit,commit_time\na,time,1,ms,abcdef0123,2026-01-01T00:00:00Z\n");
        Files.writeString(folder.resolve("bare.csv"), "benchmark,metric,value,unit\na,time,1,ms\n");

        assertThat(plumb("record", "--dry-run", "timed.csv").out()).contains("committed", "2026-01-01 00:00 UTC");
        assertThat(plumb("record", "--dry-run", "bare.csv").out())
                .contains("measured")
                .doesNotContain("committed");
    }

    @Test
    void a_run_that_is_not_there_is_wrong_use() {
        CapturedRun answer = plumb("report", "--run", "feedbeef");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("feedbeef", "not a run or a commit");
    }

    @ParameterizedTest
    @CsvSource({
        "report.html, <!doctype html>",
        "report.md, ###",
        "report.json, {",
        "report.csv, 'verdict,'",
        "report.xml, <?xml",
        "report.sarif, {",
        "report.txt, FAIL  1 regression"
    })
    void the_ending_of_a_file_tells_its_form(String name, String start) throws IOException {
        CapturedRun answer = plumb("report", "-o", name);

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains("FAIL");
        assertThat(Files.readString(folder.resolve(name))).startsWith(start);
    }

    @ParameterizedTest
    @CsvSource({
        "regression, html",
        "ci, html",
        "history, html",
        "executive, html",
        "ci, json",
        "history, json",
        "executive, json",
        "ci, markdown",
        "history, markdown",
        "executive, markdown",
        "ci, text",
        "history, csv",
        "executive, csv",
        "history, text"
    })
    void every_kind_comes_in_every_form_that_suits(String kind, String form) {
        CapturedRun answer = plumb("report", "--kind", kind, "--as", form);

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).contains(kind.equals("ci") ? "encode" : "decode");
    }

    @Test
    void an_executive_summary_tells_the_step_of_its_period_and_no_older_one() {
        assertThat(plumb("report", "--kind", "executive").out()).contains("2 benchmarks: 1 worse", "+20");
        assertThat(plumb("report", "--kind", "executive", "--days", "15").out()).contains("2 benchmarks: none worse");
    }

    @Test
    void what_does_not_go_together_is_refused() {
        assertThat(plumb("report", "--kind", "history", "--as", "junit").exitCode())
                .isEqualTo(2);
        assertThat(plumb("report", "--kind", "executive", "--run", "1").exitCode())
                .isEqualTo(2);
        assertThat(plumb("report", "--as", "csv", "--json").exitCode()).isEqualTo(2);
        assertThat(plumb("report", "--kind", "history", "--days", "0").err()).contains("--days");
    }

    @Test
    void a_run_against_another_one_is_a_comparison() {
        assertThat(plumb("report", "--run", "00000028", "--against", "00000027", "--as", "html")
                        .out())
                .contains("\"kind\":\"COMPARISON\"", "\"distributions\":[{");
    }

    @Test
    void a_comparison_shows_what_is_stored_up_to_the_candidate_with_its_runs_marked() {
        String page = plumb("report", "--run", "0000001c", "--against", "00000010", "--as", "html")
                .out();

        assertThat(page).contains("\"judged\":1", "\"axis\":0");
        // what came after the 28th run is left out
        assertThat(page.split("\"seconds\":\\[")[1].split("]")[0].split(",")).hasSize(28);
    }

    @Test
    void a_check_may_answer_with_a_page() throws IOException {
        Path result = Files.writeString(
                folder.resolve("run.csv"), "benchmark,metric,value,unit\na.encode,time,101,ms\na.decode,time,60,ms\n");
        CapturedRun answer = plumb(
                "check",
                result.toString(),
                "--commit",
                "abcdef0123",
                "--branch",
                "main",
                "--environment",
                "here",
                "--time",
                "2026-01-25T00:00:00Z",
                "-o",
                "out/report.html");

        assertThat(answer.exitCode()).isZero();
        assertThat(Files.readString(folder.resolve("out/report.html"))).contains("\"page\":\"run\"", "\"course\":{");
        assertThat(folder.resolve("out").toFile().list()).containsExactly("report.html");
    }

    @Test
    void a_dashboard_is_a_file_or_a_folder_of_pages_that_lead_to_each_other() throws IOException {
        assertThat(plumb("dashboard").exitCode()).isZero();
        assertThat(folder.resolve("plumbline-dashboard.html")).exists();
        assertThat(Files.readString(folder.resolve("plumbline-dashboard.html"))).doesNotContain("\"links\"");
        for (String name : new String[] {"public", "other"}) {
            if (name.equals("public")) {
                Files.createDirectory(folder.resolve(name));
            }
            assertThat(plumb("dashboard", "-o", name).exitCode()).isZero();
            assertThat(folder.resolve(name).toFile().list())
                    .containsExactlyInAnyOrder("index.html", "run.html", "summary.html");
            assertThat(Files.readString(folder.resolve(name + "/index.html")))
                    .contains("\"page\":\"dashboard\"", "[\"Newest run\",\"run.html\"]");
            assertThat(Files.readString(folder.resolve(name + "/run.html"))).contains("\"view\":\"dashboard\"");
            assertThat(Files.readString(folder.resolve(name + "/summary.html"))).contains("\"page\":\"executive\"");
        }
    }

    @Test
    void a_run_has_a_dashboard_of_its_own() throws IOException {
        CapturedRun answer = plumb("dashboard", "--run", "newest", "-o", "run.html");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains("FAIL");
        assertThat(Files.readString(folder.resolve("run.html")))
                .contains("\"page\":\"run\"", "\"view\":\"dashboard\"", "\"environment\":[");
        assertThat(plumb("dashboard", "--run", "00000005", "-o", "run.html").out())
                .doesNotContain("FAIL");
        assertThat(plumb("dashboard", "--run", "feedbeef", "-o", "run.html").exitCode())
                .isEqualTo(2);
        assertThat(plumb("dashboard", "--run", "feedbeef", "-o", "site").exitCode())
                .isEqualTo(2);
        assertThat(plumb("dashboard", "--run", "newest", "--days", "3").err()).contains("--days");
    }

    @Test
    void without_a_history_there_is_no_page_and_a_word_what_to_do() {
        assertThat(plumb("report", "--store", "none.db").err()).contains("plumb record");
        assertThat(plumb("dashboard", "--store", "none.db").err()).contains("plumb record");
        assertThat(plumb("dashboard", "--store", "none.db", "-o", "site").exitCode())
                .isEqualTo(2);
        assertThat(folder.resolve("site")).doesNotExist();
        assertThat(Map.of("none.db", false)).containsEntry("none.db", Files.exists(folder.resolve("none.db")));
    }
}
