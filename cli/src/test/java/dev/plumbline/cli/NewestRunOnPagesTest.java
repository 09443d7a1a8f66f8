package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a check fails or holds for besides regressions, on the pages of a period and in the history of a series. */
class NewestRunOnPagesTest {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final Map<String, Double> levels =
            new TreeMap<>(Map.of("Codec.parse", 1000.0, "Codec.format", 50.0, "Sort.quick", 7.0));

    private int day;

    @BeforeEach
    void aHistoryOfTwelveRuns() throws IOException {
        for (int run = 0; run < 12; run++) {
            assertThat(plumb("record", file("box")).exitCode()).isZero();
        }
    }

    /** A file of the next run on main. */
    private String file(String environment) throws IOException {
        day++;
        StringBuilder table =
                new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time,environment\n");
        Random random = new Random(day);
        levels.forEach((name, level) -> table.append(String.format(
                Locale.ROOT,
                "%s,time,ms,lower,%.5f,%s,main,%s,%s%n",
                name,
                level * (1 + 0.005 * random.nextGaussian()),
                commit(),
                FIRST.plusSeconds(86_400L * day),
                environment)));
        return Files.writeString(folder.resolve("run.csv"), table.toString()).toString();
    }

    private String commit() {
        return String.format(Locale.ROOT, "%010x", 0xabc0000000L + day);
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    private CapturedRun check(String environment) throws IOException {
        return plumb("check", file(environment));
    }

    private String reported(String... arguments) {
        CapturedRun run = plumb(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out().replaceAll("\\s+", " ");
    }

    private String executive() {
        return reported("report", "--kind", "executive", "--since", "2025-12-01");
    }

    private String page() throws IOException {
        reported("dashboard", "-o", "page.html");
        return Files.readString(folder.resolve("page.html"));
    }

    @Test
    void a_missing_benchmark_is_in_the_banner_with_what_to_do() throws IOException {
        levels.remove("Sort.quick");
        CapturedRun checked = check("box");
        assertThat(checked.out()).startsWith("FAIL  1 missing");
        String accept = checked.out().replaceAll("(?s).*(plumb accept \\S+ --reason WHY).*", "$1");

        String headline = "ewest run (commit " + commit() + ") fails: Sort.quick is missing from this run";
        assertThat(executive())
                .contains(headline + " next: removed on purpose: " + accept + " FAIL, 1 missing 3 benchmarks")
                .doesNotContain("No open incident");
        assertThat(page())
                .contains("\"tone\":\"closed\"", "\"headline\":\"N" + headline + "\"")
                .contains("\"text\":\"Sort.quick is missing from this run\"", accept);
        assertThat(reported("dashboard", "-o", "page.html")).contains("N" + headline + "; 3 benchmarks");
        assertThat(reported("report", "--kind", "executive", "--since", "2025-12-01", "--as", "json"))
                .contains("\"kind\": \"MISSING\", \"effect\": \"FAIL\", \"why\": \"Sort.quick is missing");
        assertThat(reported("report", "--kind", "executive", "--since", "2025-12-01", "--as", "markdown"))
                .contains("newest run: Sort.quick is missing from this run");
        assertThat(reported("incidents"))
                .contains("missing from the newest run, commit " + commit()
                        + " on main: Sort.quick; measure it again, or" + " if removed on purpose, " + accept);
        assertThat(reported("incidents", "--json")).contains("\"missing\": [", "\"label\": \"Sort.quick\"");

        reported("accept", accept.split(" ")[2], "--reason", "removed");

        assertThat(executive()).contains("No open incident").doesNotContain("missing");
        assertThat(reported("incidents")).doesNotContain("missing");
    }

    @Test
    void a_period_that_has_ended_speaks_of_its_own_newest_run() throws IOException {
        double level = levels.remove("Sort.quick");
        check("box");
        String lacking = commit();
        String dayAfter = FIRST.plusSeconds(86_400L * day + 3_600).toString();
        levels.put("Sort.quick", level);
        for (int run = 0; run < 6; run++) {
            check("box");
        }

        assertThat(reported("report", "--kind", "executive", "--since", "2025-12-01", "--until", dayAfter))
                .contains("ewest run (commit " + lacking + ") fails: Sort.quick is missing from this run");
        assertThat(executive()).contains("No open incident").doesNotContain("missing");
    }

    @Test
    void what_looks_renamed_comes_with_the_command_that_joins_the_names() throws IOException {
        levels.put("Sort.fast", levels.remove("Sort.quick"));
        assertThat(check("box").out()).startsWith("FAIL  1 looks renamed");

        assertThat(executive())
                .contains("fails: Sort.quick looks renamed to Sort.fast next: plumb series rename"
                        + " Sort.quick Sort.fast · removed on purpose: plumb accept ");
        assertThat(page()).contains("FAIL, 1 looks renamed", "plumb series rename Sort.quick Sort.fast");
    }

    @Test
    void a_result_too_good_to_be_true_is_in_the_banner_until_it_is_accepted() throws IOException {
        levels.put("Sort.quick", 0.07);
        assertThat(check("box").out()).startsWith("FAIL  1 too good to be true");

        String before = executive();
        assertThat(before)
                .contains("fails: Sort.quick time is more than 5 times better", "FAIL, 1 too good to be true")
                .contains("if it is real, plumb accept ");
        assertThat(page()).contains("FAIL, 1 too good to be true");

        reported("accept", before.replaceAll(".*plumb accept (\\S+) .*", "$1"), "--reason", "cached");

        assertThat(executive()).doesNotContain("too good to be true");
    }

    @Test
    void another_machine_holds_the_banner_too() throws IOException {
        assertThat(check("other").out()).startsWith("HOLD  3 not comparable");

        assertThat(executive())
                .contains("is held: nothing is comparable", "HOLD, 3 not comparable 3 benchmarks")
                .contains("--environment box");
        assertThat(page()).contains("\"tone\":\"undecided\"", "HOLD, 3 not comparable");
    }

    @Test
    void a_page_of_other_benchmarks_or_of_an_earlier_period_is_not_about_it() throws IOException {
        levels.remove("Sort.quick");
        check("box");

        assertThat(reported("report", "--kind", "executive", "--since", "2025-12-01", "--benchmark", "Codec.*"))
                .doesNotContain("missing", "newest run");
        assertThat(reported("report", "--kind", "executive", "--since", "2025-12-01", "--until", "2026-01-09"))
                .doesNotContain("missing");
    }

    @Test
    void the_history_of_a_missing_benchmark_says_since_when_and_what_to_do() throws IOException {
        levels.remove("Sort.quick");
        String accept = check("box").out().replaceAll("(?s).*(plumb accept \\S+ --reason WHY).*", "$1");
        String since = "commit " + commit() + " on main (2026-01-14)";

        assertThat(reported("history", "Sort.quick"))
                .contains("not measured in the newest run, " + since + "; before that stable at ")
                .contains("Action needed, see below.", "run it again, or, if it was removed on purpose, " + accept)
                .doesNotContain("No action needed");
        assertThat(reported("history"))
                .contains("1 of 3 series needs attention: Sort.quick time")
                .containsPattern("since first shape \\S+ \\S+ Sort.quick .* missing ");

        check("box");

        assertThat(reported("history", "Sort.quick")).contains("not measured in the newest 2 runs, since " + since);

        reported("accept", accept.split(" ")[2], "--reason", "removed");

        assertThat(reported("history", "Sort.quick"))
                .contains("not measured in the newest 2 runs, since " + since)
                .contains("No action needed: checks do not expect it.");
    }

    @Test
    void the_history_of_a_renamed_benchmark_has_the_command_that_joins_the_names() throws IOException {
        levels.put("Sort.fast", levels.remove("Sort.quick"));
        check("box");

        assertThat(reported("history", "Sort.quick"))
                .contains(
                        "it looks renamed to Sort.fast; join the names with plumb series rename Sort.quick Sort.fast");
    }

    @Test
    void the_history_of_an_environment_that_was_left_names_the_new_one() throws IOException {
        check("other");

        assertThat(reported("history", "Sort.quick", "--environment", "box"))
                .contains(
                        "measured in environment other since commit " + commit() + " on main (2026-01-14); before that")
                .contains("See plumb history Sort.quick --environment other")
                .doesNotContain("No action needed");
        assertThat(reported("history"))
                .contains("3 series are measured in environment other since commit " + commit())
                .doesNotContain("No series needs attention");
    }

    @Test
    void a_run_of_another_suite_or_of_a_second_machine_leaves_nothing_out() throws IOException {
        check("box");
        day--;
        assertThat(plumb("record", file("second")).exitCode()).isZero();
        levels.clear();
        levels.put("Other.suite", 3.0);
        assertThat(plumb("record", file("box")).exitCode()).isZero();

        assertThat(reported("history", "Sort.quick", "--environment", "box"))
                .contains("No action needed.")
                .doesNotContain("measured in");
    }

    @Test
    void a_detected_regression_comes_with_its_severity_and_what_to_do() throws IOException {
        levels.put("Sort.quick", 9.4);
        CapturedRun checked = check("box");
        assertThat(checked.out()).startsWith("FAIL  1 regression in this change");
        String id = checked.out().replaceAll("(?s).*plumb accept (\\S+) --reason WHY.*", "$1");

        assertThat(executive())
                .contains("Sort.quick is 34.3 % slower since " + commit() + ", detected by a check")
                .contains("next: plumb explain " + id + " · intended: plumb accept " + id)
                .doesNotContain("ewest run");
        assertThat(page())
                .containsPattern("\"id\":\"" + id + "\",\\s*\"text\":\"Sort.quick time \\+3\\d")
                .contains("\"severity\":\"critical\"")
                .contains(
                        "\"next\":\"plumb explain " + id + " \\u00B7 intended: plumb accept " + id + " --reason WHY\"");
    }

    @Test
    void the_report_of_all_series_says_what_a_check_detected() throws IOException {
        levels.put("Sort.quick", 9.4);
        check("box");

        for (String form : new String[] {"text", "markdown"}) {
            assertThat(reported("report", "--kind", "history", "--as", form))
                    .contains("Sort.quick is 34.3 % slower since " + commit() + ", detected by a check")
                    .contains("3 benchmarks: 1 reported as worse by a check, not confirmed yet, 2 level")
                    .contains("Every series")
                    .doesNotContain("none worse");
        }
    }

    @Test
    void runs_of_one_commit_that_disagree_are_in_the_history_with_what_to_do() throws IOException {
        levels.put("Sort.quick", 9.4);
        check("box");
        day--;
        levels.put("Sort.quick", 7.0);
        assertThat(check("box").out()).startsWith("HOLD  1 possible regression");

        String held = "Newest run (commit " + commit() + ") is held: Sort.quick time: two runs of commit " + commit();
        String next = "next: measure commit " + commit() + " again, or give --confirm 'COMMAND'";
        assertThat(reported("history"))
                .contains(held, next)
                .doesNotContain("No series needs attention", "No action needed");
        assertThat(reported("history", "Sort.quick")).contains(held, next).doesNotContain("No action needed");
        assertThat(reported("history", "Codec.parse"))
                .contains("No action needed")
                .doesNotContain("is held");
        assertThat(reported("report", "--kind", "history")).contains(held, next, "HOLD, 1 possible regression");
        assertThat(executive()).contains(held, next);
    }

    @Test
    void what_cannot_be_compared_is_in_history_and_incidents_with_what_to_do() throws IOException {
        check("other");

        String held = "Newest run (commit " + commit() + ") is held: nothing is comparable: ";
        for (String list : new String[] {"history", "incidents"}) {
            assertThat(reported(list)).contains(held).containsPattern("next: .*--environment box");
        }
        assertThat(reported("incidents")).contains("no other changes on main");
        check("box");
        assertThat(reported("history")).contains("No series needs attention").doesNotContain("is held");
        assertThat(reported("incidents")).doesNotContain("is held");
    }

    @Test
    void a_benchmark_in_another_unit_is_counted_as_not_comparable() throws IOException {
        String file = file("box");
        Files.writeString(
                folder.resolve("run.csv"),
                Files.readString(folder.resolve("run.csv")).replace("Sort.quick,time,ms", "Sort.quick,time,B"));
        assertThat(plumb("check", file).out()).startsWith("HOLD  no regression · 1 not comparable");

        assertThat(reported("history")).contains("is held: Sort.quick time: its unit, B", "next: if intended: ");
        assertThat(executive()).contains("HOLD, 1 not comparable").doesNotContain("inconclusive");
    }

    @Test
    void a_report_of_two_environments_is_as_bad_as_the_worse_and_names_it() throws IOException {
        assertThat(check("box").out()).startsWith("PASS");
        day--;
        assertThat(check("other").out())
                .startsWith("HOLD  3 not comparable")
                .doesNotContain("comparable in environment");

        assertThat(reported("report"))
                .startsWith("HOLD 3 not comparable in environment other · ")
                .contains("nothing is comparable in environment other: ")
                .doesNotContain("PASS", "no regression");
        assertThat(reported("report", "--kind", "ci"))
                .startsWith("verdict HOLD")
                .contains("--environment box");
        assertThat(executive()).contains("HOLD, 3 not comparable in environment other");
    }
}
