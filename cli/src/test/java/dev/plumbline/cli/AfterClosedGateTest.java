package dev.plumbline.cli;

import static dev.plumbline.cli.PlantedSuite.entry;
import static dev.plumbline.cli.PlantedSuite.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a person does after a closed gate, by the ids and lines that were printed, has the effect that was promised. */
class AfterClosedGateTest {
    private static final int SERIES = 6;
    private static final int RUNS = 14;

    @TempDir
    private Path folder;

    private final PlantedSuite suite = new PlantedSuite(11, SERIES).quiet();

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "");
    }

    private static double slow(int index) {
        return index == 2 ? 1.3 : 1;
    }

    /** Of a benchmark that is not measured any more nothing. */
    private static double gone(int index) {
        return index == 3 ? 0 : 1;
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    /** A history of the base branch. */
    private void history(String branch) throws IOException {
        List<String> rows = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            rows.addAll(suite.rows(run));
        }
        assertThat(plumb(
                                "record",
                                PlantedSuite.file(
                                        folder,
                                        "history.csv",
                                        rows.stream()
                                                .map(row -> row.replace(",main,", "," + branch + ","))
                                                .toList()))
                        .exitCode())
                .isZero();
    }

    private static String commit(int number) {
        return String.format(Locale.ROOT, "feed%04d%032d", number, number);
    }

    /** Results of a commit of a branch that left the base branch at its end. */
    private String branch(int number, IntToDoubleFunction factor) throws IOException {
        return PlantedSuite.file(
                folder,
                "branch.csv",
                IntStream.range(0, SERIES)
                        .filter(index -> factor.applyAsDouble(index) > 0)
                        .mapToObj(index -> String.format(
                                Locale.ROOT,
                                "%s,time,ms,lower,%s,%s,feature,2026-01-%02dT12:00:00Z,2026-01-%02dT13:00:00Z,box",
                                PlantedSuite.name(index),
                                suite.noise(index, 700 + number) * suite.level(index, 0) * factor.applyAsDouble(index),
                                commit(number),
                                number,
                                number))
                        .toList());
    }

    /** Results without a commit. */
    private String plain(int run, IntToDoubleFunction factor) throws IOException {
        return PlantedSuite.file(
                folder,
                "plain-" + run + ".csv",
                IntStream.range(0, SERIES)
                        .mapToObj(index -> String.format(
                                Locale.ROOT,
                                "%s,time,ms,lower,%s,,,,2026-01-%02dT13:00:00Z,box",
                                PlantedSuite.name(index),
                                suite.noise(index, 700 + run) * suite.level(index, 0) * factor.applyAsDouble(index),
                                run + 1))
                        .toList());
    }

    private static String idOf(CapturedRun check) {
        return Stream.of(check.out().replaceAll("\\s+", " ").split("plumb accept "))
                .skip(1)
                .map(rest -> rest.substring(0, rest.indexOf(' ')))
                .findFirst()
                .orElseThrow(() -> new AssertionError(check.out()));
    }

    @ParameterizedTest
    @CsvSource({"acknowledge,main", "acknowledge,master", "false-alarm,main", "mute,develop"})
    void what_is_said_of_a_branchs_finding_holds_for_later_commits(String verb, String base) throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "branch: " + base + "\n");
        history(base);
        String first = idOf(plumb("check", branch(1, AfterClosedGateTest::slow)));
        CapturedRun second = plumb("check", branch(2, AfterClosedGateTest::slow));
        String id = idOf(second);

        triage(verb, id);

        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(id).isEqualTo(first);
        for (int number = 3; number < 9; number++) {
            CapturedRun later = plumb("check", branch(number, AfterClosedGateTest::slow));
            assertThat(later.exitCode()).as(later.out()).isZero();
        }
        for (String any : List.of(first, id, PlantedSuite.name(2))) {
            assertThat(plumb("triage", "show", any).out()).as(any).contains("b2", "known");
        }
        CapturedRun larger = plumb("check", branch(9, index -> index == 2 ? 1.6 : 1));
        assertThat(larger.exitCode()).as("another change").isEqualTo(1);

        CapturedRun wrong = plumb("triage", "reopen", PlantedSuite.name(3), "--by", "Ann");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("is not the id of a triaged change, nor a benchmark with one");
        assertThat(plumb("triage", "reopen", PlantedSuite.name(2), "--by", "Ann")
                        .exitCode())
                .isZero();
        assertThat(plumb("check", branch(10, AfterClosedGateTest::slow)).exitCode())
                .isEqualTo(1);
    }

    /** The commits of the branch never reach main, which gets its change in one of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"acknowledge", "mute", "false-alarm"})
    void what_is_said_of_a_branchs_finding_holds_once_for_main_when_the_branch_is_squashed(String verb)
            throws IOException {
        history("main");
        String id = idOf(plumb("check", branch(1, AfterClosedGateTest::slow)));
        triage(verb, id);
        PlantedSuite merged = new PlantedSuite(11, SERIES).quiet().plant(2, RUNS, 1.3);

        for (int run = RUNS; run < RUNS + 6; run++) {
            CapturedRun later = plumb("check", merged.file(folder, run, run + 1));
            assertThat(later.exitCode()).as("run %d: %s", run, later.out()).isZero();
        }
        assertThat(plumb("triage", "show", id).out().lines().filter(line -> line.contains("known")))
                .as("said once")
                .singleElement()
                .asString()
                .contains("b2 time")
                .doesNotContain("more");
        CapturedRun branch = plumb("check", branch(3, AfterClosedGateTest::slow));
        assertThat(branch.exitCode()).as(branch.out()).isZero();
        PlantedSuite again = merged.plant(2, RUNS + 6, RUNS + 7, 1 / 1.3).plant(1, RUNS + 6, 1.3);
        CapturedRun other = plumb("check", again.file(folder, RUNS + 6, RUNS + 7));
        assertThat(other.exitCode()).as("another benchmark: %s", other.out()).isEqualTo(1);
        plumb("accept", "b1", "--reason", "agreed", "--by", "Ann");
        CapturedRun second = plumb("check", merged.file(folder, RUNS + 7, RUNS + 8));
        assertThat(second.out())
                .as("the same size once more")
                .doesNotContain(verb.equals("mute") ? "muted" : "acknowledged");
        // of a false alarm the runs count, and swings of its size are noise from then on
        assertThat(second.exitCode()).as(second.out()).isEqualTo(verb.equals("false-alarm") ? 0 : 1);
    }

    @Test
    void a_promise_to_fix_a_branchs_finding_does_not_let_main_take_it() throws IOException {
        history("main");
        String id = idOf(plumb("check", branch(1, AfterClosedGateTest::slow)));
        assertThat(plumb("triage", "fixed", id, "--commit", commit(2), "--by", "Ann")
                        .exitCode())
                .isZero();

        PlantedSuite merged = new PlantedSuite(11, SERIES).quiet().plant(2, RUNS, 1.3);

        assertThat(plumb("check", merged.file(folder, RUNS, RUNS + 1)).exitCode())
                .isEqualTo(1);
    }

    @Test
    void a_larger_change_of_main_is_none_that_was_squashed() throws IOException {
        history("main");
        triage("acknowledge", idOf(plumb("check", branch(1, AfterClosedGateTest::slow))));

        PlantedSuite larger = new PlantedSuite(11, SERIES).quiet().plant(2, RUNS, 1.5);

        assertThat(plumb("check", larger.file(folder, RUNS, RUNS + 1)).exitCode())
                .isEqualTo(1);
    }

    private void triage(String verb, String id) {
        List<String> command = new ArrayList<>(List.of("triage", verb, id, "--reason", "known", "--by", "Ann"));
        if (verb.equals("mute")) {
            command.addAll(List.of("--until", "2026-06-01"));
        }
        CapturedRun stated = plumb(command.toArray(String[]::new));
        assertThat(stated.exitCode()).as(stated.err()).isZero();
    }

    @Test
    void the_id_of_a_branchs_check_explains_what_that_check_found() throws IOException {
        history("main");
        String first = idOf(plumb("check", branch(1, AfterClosedGateTest::slow)));
        String second = idOf(plumb("check", branch(2, AfterClosedGateTest::slow)));

        for (String id : List.of(first, second)) {
            CapturedRun explained = plumb("explain", id);

            assertThat(explained.exitCode()).as(explained.err()).isZero();
            assertThat(explained.out()).contains("Regressed: ", "id        " + id);
            assertThat(explained.err()).contains("on feature");
        }
    }

    @Test
    void the_history_of_a_failed_branch_does_not_reassure_and_a_part_of_the_name_is_enough_to_triage()
            throws IOException {
        history("main");
        plumb("check", branch(1, AfterClosedGateTest::slow));

        assertThat(plumb("history", "--branch", "feature").out())
                .contains("branch feature, continuing main", "1 of 6 series needs attention: b2 time")
                .doesNotContain("No series needs attention");
        assertThat(plumb("triage", "acknowledge", "2", "--by", "Ann").exitCode())
                .isZero();
        assertThat(plumb("triage", "list").out()).contains("acknowledged", "b2");
    }

    @Test
    void what_is_accepted_is_said_with_its_levels() throws IOException {
        history("main");
        plumb("check", branch(1, AfterClosedGateTest::slow));

        assertThat(plumb("accept", "b2", "--reason", "agreed", "--by", "Ann").out())
                .containsPattern("^Accepted: b2 time [\\d.]+ → ([\\d.]+ ms)\\. New runs that have commit \\w+ are"
                        + " judged against \\1\\.\n")
                .doesNotContain("counts again");
    }

    @Test
    void every_id_that_is_printed_is_accepted() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "branch: master\n");
        history("master");
        plumb("check", branch(1, AfterClosedGateTest::slow));
        JsonNode check = json(plumb("check", branch(2, AfterClosedGateTest::slow), "--json"));
        JsonNode incidents = json(plumb("incidents", "--branch", "feature", "--json"));
        List<String> ids = new ArrayList<>();
        ids.add(entry(check.get("findings"), 2).get("id").asString());
        ids.add(entry(check.get("findings"), 2).get("series").asString());
        check.at("/gate/ladder").forEach(reason -> ids.add(reason.get("id").asString()));
        ids.add(idOf(plumb("explain", "b2")));
        incidents.findValuesAsString("finding").forEach(ids::add);

        for (String id : ids.stream().distinct().toList()) {
            CapturedRun accepted = plumb("accept", id, "--reason", "agreed", "--by", "Ann");
            assertThat(accepted.exitCode())
                    .as("%s of %s: %s", id, ids, accepted.err())
                    .isZero();
            assertThat(plumb("check", branch(3, AfterClosedGateTest::slow)).exitCode())
                    .as(id)
                    .isZero();
            String acceptance = json(plumb("accept", "--list", "--json"))
                    .get("acceptances")
                    .findValuesAsString("id")
                    .get(0);
            Files.delete(folder.resolve(".plumbline/history.db"));
            history("master");
            plumb("check", branch(1, AfterClosedGateTest::slow));
            plumb("check", branch(2, AfterClosedGateTest::slow));
            assertThat(acceptance).startsWith("a");
        }
    }

    @Test
    void without_commits_an_accepted_finding_is_accepted_at_the_next_check_of_the_same_results() throws IOException {
        for (int run = 0; run < RUNS; run++) {
            plumb("record", plain(run, index -> 1));
        }
        String slow = plain(RUNS, AfterClosedGateTest::slow);
        String id = idOf(plumb("check", slow));

        assertThat(plumb("accept", id, "--reason", "agreed", "--by", "Ann").exitCode())
                .isZero();

        CapturedRun again = plumb("check", slow);
        assertThat(again.exitCode()).as(again.out()).isZero();
        assertThat(plumb("check", plain(RUNS + 1, AfterClosedGateTest::slow)).exitCode())
                .isZero();
        assertThat(plumb("check", plain(RUNS + 2, index -> index == 2 ? 1.69 : 1))
                        .exitCode())
                .as("what comes on top")
                .isEqualTo(1);
    }

    @Test
    void a_comment_has_one_line_that_accepts_a_regression() throws IOException {
        history("main");

        CapturedRun comment = plumb("check", branch(1, AfterClosedGateTest::slow), "--as", "markdown");

        assertThat(comment.out().split("plumb accept", -1)).hasSize(2);
        assertThat(comment.out()).contains("plumb accept b2 --metric time --environment box --since feed0001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "explain"})
    void what_was_recorded_last_is_shown_whatever_its_date(String command) throws IOException {
        history("main");
        plumb("check", branch(5, index -> 1));
        plumb("check", branch(1, AfterClosedGateTest::slow));

        CapturedRun shown = command.equals("report") ? plumb("report") : plumb("explain", "b2");

        assertThat(shown.out() + shown.err()).contains("of commit feed000100 on feature");
        assertThat(shown.out().toLowerCase(Locale.ROOT)).contains("regress");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "name", "series"})
    void a_benchmark_that_was_removed_on_purpose_is_accepted(String by) throws IOException {
        history("main");
        CapturedRun check = plumb("check", branch(1, AfterClosedGateTest::gone));
        JsonNode missing = json(plumb("report", "--json")).get("missing").get(0);
        String target =
                switch (by) {
                    case "id" -> missing.get("id").asString();
                    case "name" -> "b3";
                    default -> missing.get("series").asString();
                };

        CapturedRun accepted = plumb("accept", target, "--reason", "replaced", "--by", "Ann", "--write");

        assertThat(check.exitCode()).as(check.out()).isEqualTo(1);
        assertThat(idOf(check)).isEqualTo(missing.get("id").asString());
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        assertThat(accepted.out())
                .startsWith("Accepted: b3 is missing since commit ")
                .contains(". Checks no longer expect it.\n", "plumbline/acceptances.yaml");
        CapturedRun again = plumb("check", branch(2, AfterClosedGateTest::gone));
        assertThat(again.exitCode()).as(again.out()).isZero();
        assertThat(again.out().replaceAll("\\s+", " "))
                .contains("b3 is missing from this run and accepted by Ann", ": replaced");
        CapturedRun more = plumb("check", branch(3, index -> index == 3 || index == 4 ? 0 : 1));
        assertThat(more.exitCode()).as("another one").isEqualTo(1);
        // a benchmark that comes back with a change is none that was accepted
        assertThat(plumb("check", branch(4, index -> index == 3 ? 1.4 : 1)).exitCode())
                .isEqualTo(1);
    }

    @Test
    void what_was_measured_again_since_it_was_accepted_as_removed_is_missing_again() throws IOException {
        history("main");
        plumb("check", PlantedSuite.file(folder, "gone.csv", suite.rows(RUNS).subList(0, 5)));
        assertThat(plumb("accept", "b5", "--reason", "replaced", "--by", "Ann").exitCode())
                .isZero();
        assertThat(plumb(
                                "check",
                                PlantedSuite.file(
                                        folder, "gone.csv", suite.rows(RUNS + 1).subList(0, 5)))
                        .exitCode())
                .isZero();
        for (int run = RUNS + 2; run < RUNS + 7; run++) {
            plumb("check", suite.file(folder, run, run + 1));
        }

        CapturedRun gone = plumb(
                "check",
                PlantedSuite.file(folder, "gone.csv", suite.rows(RUNS + 7).subList(0, 5)));

        assertThat(gone.exitCode()).as(gone.out()).isEqualTo(1);
    }

    @Test
    void a_removed_benchmark_is_accepted_by_its_id_after_a_check_of_another_branch() throws IOException {
        history("main");
        CapturedRun check = plumb("check", branch(1, AfterClosedGateTest::gone));
        String id =
                json(plumb("report", "--json")).get("missing").get(0).get("id").asString();
        Path other = folder.resolve("other.csv");
        String rows = Files.readString(Path.of(branch(2, index -> 1))).replace(",feature,", ",other,");
        plumb("check", Files.writeString(other, rows).toString());

        CapturedRun accepted = plumb("accept", id, "--reason", "gone", "--by", "Ann");

        assertThat(check.out()).contains(id);
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        assertThat(plumb("check", branch(3, AfterClosedGateTest::gone)).exitCode())
                .isZero();
    }

    @Test
    void a_name_that_the_history_does_not_have_is_not_accepted_as_missing() throws IOException {
        history("main");

        CapturedRun slip = plumb("accept", "b33", "--missing", "--reason", "gone", "--by", "Ann");

        assertThat(slip.exitCode()).isEqualTo(2);
        assertThat(slip.err()).contains("no benchmark in the history is named b33");
        assertThat(folder.resolve("plumbline/acceptances.yaml")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--missing", "--report"})
    void a_removed_benchmark_is_accepted_where_the_history_is_not(String how) throws IOException {
        history("main");
        CapturedRun check = plumb("check", branch(1, AfterClosedGateTest::gone), "--as", "markdown");
        plumb("report", "-o", "report.json");
        Path checkout = Files.createDirectory(folder.resolve("checkout"));
        Files.writeString(checkout.resolve("plumbline.yaml"), "");
        String report = Files.readString(folder.resolve("report.json"));
        Files.writeString(checkout.resolve("report.json"), report);

        CapturedRun accepted = how.equals("--missing")
                ? CapturedRun.wide(
                        checkout,
                        "accept",
                        "b3",
                        "--environment",
                        "box",
                        "--missing",
                        "--reason",
                        "gone",
                        "--by",
                        "Ann")
                : CapturedRun.wide(
                        checkout,
                        "accept",
                        json(plumb("report", "--json"))
                                .get("missing")
                                .get(0)
                                .get("id")
                                .asString(),
                        "--report",
                        "report.json",
                        "--reason",
                        "gone",
                        "--by",
                        "Ann");

        assertThat(check.out()).contains("plumb accept b3 --environment box --missing --reason WHY");
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        Path file = checkout.resolve("plumbline/acceptances.yaml");
        assertThat(file).content().contains("missing: true").doesNotContain("change:");
        Files.createDirectories(folder.resolve("plumbline"));
        Files.copy(file, folder.resolve("plumbline/acceptances.yaml"));
        CapturedRun again = plumb("check", branch(2, AfterClosedGateTest::gone));
        assertThat(again.exitCode()).as(again.out()).isZero();
        assertThat(json(plumb("accept", "--list", "--json"))
                        .get("acceptances")
                        .get(0)
                        .get("missing")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "name", "report"})
    void what_a_fixed_limit_fails_is_accepted(String by) throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "gate:\n  rule: fixed\n  fixed-change: 3%\n");
        history("main");
        IntToDoubleFunction slower = index -> index == 2 ? 1.045 : 0.99;
        CapturedRun check = plumb("check", branch(1, slower));
        plumb("report", "-o", "report.json");
        String target = by.equals("name") ? "b2" : idOf(check);

        CapturedRun accepted = by.equals("report")
                ? plumb("accept", target, "--report", "report.json", "--reason", "agreed", "--by", "Ann")
                : plumb("accept", target, "--reason", "agreed", "--by", "Ann");

        assertThat(check.exitCode()).as(check.out()).isEqualTo(1);
        assertThat(check.out()).contains("beyond the fixed limit").doesNotContain("1 regression");
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        CapturedRun again = plumb("check", branch(1, slower));
        assertThat(again.exitCode()).as(again.out()).isZero();
        CapturedRun later = plumb("check", branch(2, slower));
        assertThat(later.exitCode()).as(later.out()).isZero();
        assertThat(plumb("explain", "b2").out()).contains("accepted by Ann").doesNotContain("gate      closes");
        CapturedRun more = plumb("check", branch(3, index -> index == 2 ? 1.12 : 1));
        assertThat(more.exitCode()).as(more.out()).isEqualTo(1);
    }

    @Test
    void what_a_limit_fails_and_the_judge_calls_unchanged_is_accepted_for_explain_too() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int run = 0; run < 30; run++) {
            rows.add(small(run));
        }
        plumb("record", PlantedSuite.file(folder, "history.csv", rows));
        Files.writeString(folder.resolve("plumbline.yaml"), "gate:\n  rule: fixed\n  fixed-change: 0.5%\n");

        CapturedRun check = plumb("check", PlantedSuite.file(folder, "30.csv", List.of(small(30))));
        CapturedRun accepted = plumb("accept", "step", "--reason", "agreed", "--by", "Ann");
        CapturedRun again = plumb("check", PlantedSuite.file(folder, "30.csv", List.of(small(30))));

        assertThat(check.exitCode()).as(check.out()).isEqualTo(1);
        assertThat(check.out()).contains("1 beyond a limit of the gate");
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        assertThat(again.exitCode()).as(again.out()).isZero();
        assertThat(plumb("explain", "step").out()).contains("accepted by Ann").doesNotContain("gate      closes");
    }

    /** From the thirtieth run on one per cent worse, which is below the margin. */
    private static String small(int run) {
        return PlantedSuite.row("step", (run < 30 ? 100 : 101) * (1 + 0.0003 * (run * 7 % 11 - 5)), run);
    }
}
