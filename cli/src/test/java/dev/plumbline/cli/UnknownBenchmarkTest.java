package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name that means nothing is answered alike by every command, and an id that one of them prints by the others. */
class UnknownBenchmarkTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void a_history_of_two_benchmarks() throws IOException {
        StringBuilder table = new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time\n");
        for (int commit = 0; commit < 40; commit++) {
            for (String benchmark : new String[] {"org.example.Sort.quick", "org.example.Sort.slow"}) {
                table.append(String.format(
                        Locale.ROOT,
                        "%s,time,ms,lower,%d,%08x,main,2026-01-%02dT%02d:00:00Z%n",
                        benchmark,
                        (benchmark.endsWith("quick") && commit >= 20 ? 1300 : 1000) + commit * 7 % 5,
                        commit + 1,
                        1 + commit / 2,
                        commit % 2 * 12));
            }
        }
        Path file = Files.writeString(folder.resolve("history.csv"), table.toString());
        assertThat(plumb("record", file.toString()).exitCode()).isZero();
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.of(folder, arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "history Sort.qick",
                "history Sort.qick --json",
                "explain Sort.qick",
                "threshold show Sort.qick",
                "threshold show Sort.qick --json",
                "threshold validate Sort.qick",
                "incidents --benchmark Sort.qick",
                "report --kind history --benchmark Sort.qick",
                "report --kind executive --benchmark Sort.qick",
                "dashboard --benchmark Sort.qick",
                "baseline establish Sort.qick --by Ada"
            })
    void a_name_that_means_nothing_is_wrong_use_and_a_near_one_is_told(String call) {
        CapturedRun run = plumb(call.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("no benchmark in the history is named Sort.qick", "did you mean org.example.Sort.quick");
    }

    @ParameterizedTest
    @ValueSource(strings = {"history", "explain", "threshold show"})
    void a_name_with_other_parameters_or_of_another_method_is_answered_with_those_there_are(String command) {
        for (String name : new String[] {"Sort.quick {n=11}", "Sort.slwo", "Srt.quick", "Srot"}) {
            List<String> call = new ArrayList<>(List.of(command.split(" ")));
            call.add(name);

            CapturedRun run = plumb(call.toArray(String[]::new));

            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("named " + name + "; did you mean org.example.Sort.");
        }
    }

    @Test
    void what_has_no_triage_and_no_incident_is_answered_with_what_may_be_meant() {
        assertThat(plumb("triage", "show", "Sort.qick").err())
                .contains("no triage recorded for Sort.qick; did you mean org.example.Sort.quick?");
        assertThat(plumb("incidents", "Sort.quick").err())
                .contains("an id that begins with Sort.quick;", "--benchmark NAME lists those of a benchmark");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report --run 00000O28", "explain Sort.quick --run 00000O28", "compare 0000001 0000028"})
    void a_commit_that_nobody_measured_is_answered_with_one_that_begins_nearly_so(String call) {
        CapturedRun run = plumb(call.replace('O', '1').split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("in the history; did you mean \"00000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"explain Sort.quick --metric tme", "explain --metric tme", "history Sort.quick --metric tme"})
    void a_metric_that_nothing_has_is_answered_with_those_there_are(String call) {
        CapturedRun run = plumb(call.split(" "));

        assertThat(run.err()).contains("no series has the metric tme; there is time; did you mean \"time\"?");
    }

    @Test
    void the_newest_run_of_a_branch_is_explained_where_one_is_named() throws IOException {
        Path file = Files.writeString(folder.resolve("branch.csv"), """
                benchmark,metric,unit,better,value,commit,branch,commit_time
                org.example.Sort.quick,time,ms,lower,1302,feed0001,feature,2026-01-21T00:00:00Z
                """);
        plumb("check", file.toString());

        assertThat(plumb("explain", "Sort.quick").err()).contains("of commit feed0001 on feature");
        assertThat(plumb("explain", "Sort.quick", "--branch", "feature").err())
                .contains("of commit feed0001 on feature");
        CapturedRun main = plumb("explain", "Sort.quick", "--branch", "main");
        assertThat(main.exitCode()).isZero();
        assertThat(main.err()).contains("of commit 00000028 on main");
        assertThat(plumb("explain", "--branch", "main").err()).contains("of commit 00000028 on main");
        assertThat(plumb("explain", "Sort.quick", "--branch", "main", "--run", "feed0001")
                        .err())
                .contains("is not a run or a commit in the history of main");
        CapturedRun none = plumb("explain", "Sort.quick", "--branch", "mian");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("nothing on mian; the history has main, feature");
    }

    @Test
    void the_beginning_of_a_run_s_id_is_enough_to_compare_it() {
        String run = plumb("report", "--json").out().replaceAll("(?s).*?\"id\": \"([0-9a-f]{10}).*", "$1");

        assertThat(plumb("compare", "00000001", run).exitCode()).isLessThanOrEqualTo(1);
    }

    @Test
    void a_word_that_is_far_from_every_name_is_answered_with_none() {
        assertThat(plumb("history", "xyz").err()).doesNotContain("did you mean");
    }

    @Test
    void baselines_that_nobody_established_are_answered_with_those_of_a_near_name() {
        plumb("baseline", "establish", "--name", "release", "--by", "Ada");

        assertThat(plumb("baseline", "versions", "--name", "relaese").err()).contains("did you mean \"release\"?");
    }

    @Test
    void what_is_said_of_a_name_that_means_nothing_is_answered_with_a_near_one() {
        for (String[] call : new String[][] {
            {"accept", "Sort.qick", "--by", "Ada", "--reason", "why"},
            {"triage", "acknowledge", "Sort.qick", "--by", "Ada"}
        }) {
            CapturedRun run = plumb(call);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("did you mean org.example.Sort.quick");
        }
    }

    @Test
    void the_name_of_a_metric_is_answered_with_how_to_ask_for_it() {
        String metric = "a metric of 2 benchmarks, such as org.example.Sort.quick: ";
        assertThat(plumb("history", "time").err())
                .contains("time is not a benchmark but " + metric + "plumb history --metric time; plumb incidents");
        assertThat(plumb("accept", "time", "--by", "Ada", "--reason", "why").err())
                .contains(metric + "plumb history --metric time; plumb incidents");
        assertThat(plumb("triage", "acknowledge", "time", "--by", "Ada").err())
                .contains("; it is " + metric + "plumb incidents --metric time");
        assertThat(plumb("baseline", "establish", "--by", "Ada").exitCode()).isZero();
        assertThat(plumb("baseline", "show", "time").err())
                .contains("; it is " + metric + "plumb baseline show --metric time");
    }

    @Test
    void a_pattern_that_matches_nothing_is_told_how_to_match() {
        assertThat(plumb("history", "Sort*").err()).contains("try '*Sort*'");
    }

    @Test
    void the_id_of_a_series_may_be_asked_for() {
        Matcher id = Pattern.compile("\\bid\\s+([0-9a-f]{12})")
                .matcher(plumb("history", "quick").out());
        assertThat(id.find()).isTrue();

        for (String command : new String[] {"history", "explain"}) {
            assertThat(plumb(command, id.group(1)).out()).contains("Sort.quick").doesNotContain("Sort.slow");
            assertThat(plumb(command, id.group(1).substring(0, 6)).out()).contains("Sort.quick");
        }
        assertThat(plumb("threshold", "show", id.group(1)).out()).contains("Sort.quick");
        CapturedRun triage = plumb("triage", "acknowledge", id.group(1), "--by", "Ada");
        assertThat(triage.exitCode()).as(triage.err()).isZero();
        assertThat(triage.out()).contains("acknowledged", "Sort.quick");
    }

    @Test
    void the_id_of_an_incident_leads_to_it() {
        Matcher id =
                Pattern.compile("\\bi[0-9a-f]{8}\\b").matcher(plumb("incidents").out());
        assertThat(id.find()).isTrue();

        assertThat(plumb("explain", id.group()).err()).contains("plumb incidents " + id.group());
    }

    @Test
    void an_acceptance_of_the_repository_that_matches_nothing_is_a_note_with_its_line_and_what_is_near()
            throws IOException {
        String rest = "  reason: agreed\n  by: ann\n  at: 2026-01-02\n";
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        Files.createDirectories(folder.resolve("plumbline"));
        Files.writeString(
                folder.resolve("plumbline/acceptances.yaml"),
                "- benchmark: org.example.Sort.qick\n  change: 30%\n" + rest
                        + "- benchmark: org.example.Sort.slow\n  metric: tme\n  change: 30%\n" + rest
                        + "- benchmark: org.example.Sort.quick\n  metric: time\n  change: 30%\n" + rest);
        Path results = Files.writeString(folder.resolve("new.csv"), """
                benchmark,metric,unit,better,value,commit,branch,commit_time
                org.example.Sort.quick,time,ms,lower,1302,00000041,main,2026-02-01T00:00:00Z
                org.example.Sort.slow,time,ms,lower,1002,00000041,main,2026-02-01T00:00:00Z
                """);

        String report = plumb("check", "--verbose", results.toString()).out().replaceAll("\\s+", " ");

        assertThat(report)
                .containsPattern(
                        "plumbline/acceptances.yaml:1: the acceptance a\\w+ of org.example.Sort.qick matches no"
                                + " recorded benchmark; it has no effect; did you mean org.example.Sort.quick")
                .containsPattern(
                        "plumbline/acceptances.yaml:6: the acceptance a\\w+ of org.example.Sort.slow tme matches"
                                + " no recorded metric; it has no effect; the metrics of org.example.Sort.slow are time")
                .doesNotContain("acceptances.yaml:12");
    }
}
