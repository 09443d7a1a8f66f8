package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one check has called is open in every look at the history, though one run confirms nothing there. */
class CalledRegressionTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void check() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        assertThat(plumb("record", runs(0, 24, 1)).exitCode()).isZero();
        assertThat(plumb("check", runs(24, 25, 1.3)).exitCode()).isEqualTo(1);
    }

    private String plumb(boolean once, String... arguments) {
        CapturedRun run = plumb(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return once ? run.out().replaceAll("\\s+", " ") : run.out();
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    private String runs(int begin, int end, double factor) throws IOException {
        return runs(begin, end, "sort", factor);
    }

    private String runs(int begin, int end, String slower, double factor) throws IOException {
        StringBuilder table = new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time\n");
        for (int commit = begin; commit < end; commit++) {
            for (String name : new String[] {"sort", "copy", "scan"}) {
                table.append(String.format(
                        Locale.ROOT,
                        "%s,time,ms,lower,%.1f,c%07x,main,%sT00:00:00Z%n",
                        name,
                        (1000 + commit * 7 % 5) * (name.equals(slower) ? factor : 1),
                        commit,
                        LocalDate.of(2026, 1, 1).plusDays(commit)));
            }
        }
        return Files.writeString(folder.resolve("runs-" + begin + ".csv"), table)
                .toString();
    }

    private String executive() {
        return plumb(true, "report", "--kind", "executive", "--since", "2026-01-05", "--until", "2026-02-01", "-v");
    }

    @Test
    void it_is_open_until_somebody_accepts_it() {
        String history = plumb(true, "history", "sort");
        String incidents = plumb(true, "incidents");

        assertThat(history)
                .contains(
                        "a check detected a regression with commit c0000018",
                        "not accepted",
                        "health critical (+30.0 % detected by a check)",
                        "-c0000018 --reason WHY");
        assertThat(incidents)
                .contains(
                        "detected by a check, not yet confirmed by the history: sort time +30.0 % with commit c0000018")
                .doesNotContain("no changes");
        assertThat(executive()).contains("open too: 1 regression detected by a check", "sort time +30.0 %");
        assertThat(plumb(false, "incidents", "--json")).contains("\"called\"", "c0000018");

        String id = history.replaceAll(".*plumb accept (\\S+) .*", "$1");
        assertThat(plumb("accept", id, "--reason", "intended").exitCode()).isZero();

        assertThat(plumb(true, "history", "sort")).doesNotContain("called").contains("health good");
        assertThat(plumb(true, "incidents")).contains("no open incidents on main not open: 1 accepted; list it");
        assertThat(executive()).doesNotContain("open too");
        assertThat(plumb(false, "incidents", "--json")).doesNotContain("\"called\"");
    }

    @Test
    void a_regression_of_the_newest_run_is_no_outlier_of_the_history() throws IOException {
        for (int commit = 25; commit < 27; commit++) {
            String runs = (commit - 24) + " " + (commit == 25 ? "run" : "runs") + " so far. Action needed";
            assertThat(plumb(true, "history", "sort"))
                    .containsPattern(
                            "regression \\+(29.9|30.0) % since commit c0000018, detected by a check: now 1.30 s")
                    .contains(runs)
                    .doesNotContain("outlier", "spike", "disturbs");
            assertThat(plumb(true, "history")).contains("regressed").doesNotContain("spiked", "odd run");
            if (commit == 25) {
                plumb("check", runs(commit, commit + 1, 1.3));
            }
        }
        plumb(true, "triage", "false-alarm", id());

        assertThat(plumb(true, "history", "sort")).doesNotContain("regression +30.0 %");
    }

    /** The history confirms a change of +20 %, and no longer one of +15 % with a third run that is nearly back. */
    @Test
    void an_incident_keeps_its_id_while_a_check_detects_it() throws IOException {
        SplittableRandom random = new SplittableRandom(27);
        for (int commit = 0; commit < 60; commit++) {
            plumb("record", noisy(commit, 500 * (1 + 0.03 * random.nextGaussian())));
        }
        assertThat(plumb("check", noisy(60, 650)).exitCode()).isEqualTo(1);
        assertThat(plumb("check", noisy(61, 545)).exitCode()).isEqualTo(1);
        String id = id(plumb(true, "incidents"));
        assertThat(id).matches("i[0-9a-f]{8}");

        CapturedRun third = plumb("check", noisy(62, 525));

        assertThat(third.out()).contains("since d000003c");
        assertThat(plumb(true, "history", "solo")).contains("the history has too few runs of it to confirm it");
        String size = third.out().replaceAll("(?s).* (\\+[0-9.]+ %)  \\(.*", "$1");
        assertThat(plumb(true, "incidents"))
                .contains("1 open incident on main", id + " open", size, "100 % d000003c")
                .doesNotContain("history: solo");
        assertThat(plumb(true, "incidents", id)).contains(id + " · open", "solo", size, "d000003c");
        assertThat(plumb("triage", "acknowledge", id, "--reason", "on it").exitCode())
                .isZero();
        assertThat(plumb(true, "incidents")).contains(id + " acknowledged");

        assertThat(plumb("check", noisy(63, 500)).exitCode()).isZero();
        assertThat(plumb(true, "incidents")).doesNotContain(id + " acknowledged");
    }

    /** A run that was taken for a further loss, and the next one, which a check takes for one level with the first. */
    @Test
    void a_further_loss_that_the_newest_check_no_longer_sees_is_in_no_view_and_not_what_a_name_accepts()
            throws IOException {
        double[] good = {
            94.9, 94.6, 96.0, 95.9, 94.1, 95.7, 96.0, 97.5, 96.1, 91.6, 97.7, 94.5, 94.7, 95.3, 96.7, 96.0, 95.4, 95.8,
            94.0, 95.3, 94.7, 95.3, 95.1, 94.7, 94.5, 94.4, 94.5, 94.4, 96.3, 94.8, 94.1
        };
        double[] bad = {106.0, 107.7, 104.9, 112.0, 107.8};
        for (int commit = 0; commit < good.length; commit++) {
            plumb("record", noisy(commit, good[commit]));
        }
        CapturedRun check = null;
        for (int i = 0; i < bad.length; i++) {
            check = plumb("check", noisy(good.length + i, bad[i]));
            assertThat(check.exitCode()).isEqualTo(1);
            assertThat(check.out().contains("already open on main since d000001f"))
                    .as("check %d: %s", i, check.out())
                    .isEqualTo(i == 3);
        }
        String size = check.out().replaceAll("(?s).* (\\+[0-9.]+ %)  \\(.*", "$1");

        assertThat(plumb(true, "incidents"))
                .contains(size + " since 2026-04-01 (100 % d000001f)")
                .doesNotContain("on top of", "d0000022");
        assertThat(plumb(true, "history", "solo")).contains(size).doesNotContain("on top of", "with commit d0000022");

        assertThat(plumb(true, "accept", "solo", "--reason", "worth it")).contains("have commit d000001f", size);
        for (double value : new double[] {107.0, 106.1, 103.5}) {
            check = plumb("check", noisy(good.length + bad.length, value));
            assertThat(check.exitCode()).as(check.out()).isZero();
        }
    }

    private String noisy(int commit, double value) throws IOException {
        return Files.writeString(
                        folder.resolve("solo-" + commit + ".csv"),
                        String.format(
                                Locale.ROOT,
                                "benchmark,metric,unit,better,value,commit,branch,commit_time%n"
                                        + "solo,time,ns,lower,%.3f,d%07x,main,%sT00:00:00Z%n",
                                value,
                                commit,
                                LocalDate.of(2026, 3, 1).plusDays(commit)))
                .toString();
    }

    @Test
    void what_was_accepted_is_called_a_false_alarm_once_the_acceptance_is_taken_back() {
        String id = id();
        plumb(true, "accept", id, "--reason", "worth it", "--by", "Ann");

        for (String target : new String[] {id, "sort"}) {
            CapturedRun refused = plumb("triage", "false-alarm", target);

            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err())
                    .containsPattern(target + " was accepted by Ann \\((\\w+)\\); take that back first: plumb accept"
                            + " --revoke \\1\n");
        }
        String revoke = plumb("triage", "false-alarm", id).err().replaceAll("(?s).*--revoke (\\w+).*", "$1");
        assertThat(plumb("accept", "--revoke", revoke).exitCode()).isZero();
        assertThat(plumb("triage", "false-alarm", id).exitCode()).isZero();
        assertThat(plumb("triage", "false-alarm", "copy").err()).contains("copy is not the id of an incident");
    }

    @Test
    void what_was_accepted_is_accepted_in_every_view_from_the_first_run_on() throws IOException {
        plumb(true, "accept", id(), "--reason", "worth it", "--by", "Ann");
        for (int commit = 25; commit < 29; commit++) {
            assertThat(plumb(true, "history", "sort"))
                    .contains("accepted", "Ann", "worth it", "+30.0 %", "1.30 s")
                    .doesNotContain("outlier", "spike", "Action needed", "not accepted");
            assertThat(plumb(true, "incidents")).contains("no open incidents on main", "1 accepted");
            assertThat(plumb(true, "incidents", "--all"))
                    .contains("sort time", "+30.0 %", "accepted")
                    .doesNotContain("plumb accept", "no changes");
            assertThat(executive()).contains("No open incident 1 accepted", "accepted by Ann");
            assertThat(plumb("check", runs(commit, commit + 1, 1.3)).exitCode()).isZero();
        }

        // it was a promise only: the values are back
        for (int commit = 29; commit < 31; commit++) {
            plumb("check", runs(commit, commit + 1, 1));
        }
        assertThat(plumb(true, "history", "sort")).doesNotContain("+30.0 % accepted with");
    }

    @Test
    void a_headline_names_who_accepted_a_regression_and_why() {
        plumb(true, "accept", id(), "--reason", "worth it", "--by", "Ann");

        assertThat(plumb(true, "history", "sort"))
                .contains("+30.0 % accepted with commit c0000018 (Ann: worth it): now 1.30 s, before 1.00 s,"
                        + " 1 run so far. No action needed.");
        assertThat(plumb(true, "history", "sort", "--json")).contains("\"called\": { ", "\"state\": \"ACCEPTED\"");
    }

    private String id() {
        return plumb(true, "history", "sort").replaceAll(".*plumb accept (\\S+) .*", "$1");
    }

    @Test
    void what_somebody_said_of_it_is_told_by_everything() {
        assertThat(executive()).contains("1 reported as worse by a check, not confirmed yet");
        String id = id();

        plumb(true, "triage", "acknowledge", id, "--reason", "on it", "--by", "Ann");

        assertThat(plumb(true, "history", "sort"))
                .contains("acknowledged by Ann", "on it", "health good")
                .doesNotContain("not accepted", "measure that commit again");
        assertThat(plumb(true, "incidents"))
                .contains("sort time +30.0 % with commit c0000018 on main, acknowledged by Ann")
                .doesNotContain("measure again");
        assertThat(executive())
                .contains("known: 1 regression detected by a check", "acknowledged by Ann")
                .contains("1 reported as worse by a check, acknowledged")
                .doesNotContain("none worse");
        for (String[] command : new String[][] {
            {"history", "sort", "--json"},
            {"incidents", "--json"},
            {"report", "--kind", "executive", "--since", "2026-01-05", "--until", "2026-02-01", "--json"}
        }) {
            assertThat(plumb(true, command)).contains("\"called\"", "\"state\": \"ACKNOWLEDGED\"");
        }

        plumb(true, "triage", "false-alarm", id);

        assertThat(plumb(true, "incidents")).contains("no changes on main").doesNotContain("called");
    }

    @Test
    void what_was_accepted_after_one_run_is_accepted_when_the_history_confirms_it() throws IOException {
        plumb(true, "accept", id(), "--reason", "intended", "--by", "Ann");
        for (int commit = 25; commit < 31; commit++) {
            assertThat(plumb("check", runs(commit, commit + 1, 1.3)).exitCode()).isZero();
        }

        assertThat(plumb(true, "history", "sort"))
                .contains("+30.0 %", "accepted by Ann", "health good")
                .doesNotContain("or accept it");
        assertThat(plumb(true, "history", "sort", "--json")).contains("\"state\": \"ACCEPTED\"");
        assertThat(plumb(true, "incidents")).contains("no open incidents on main");
        assertThat(plumb(true, "incidents", "--all")).contains(" accepted ");
        assertThat(executive())
                .contains("got worse: 1 incident", "accepted)", "accepted: 1 incident")
                .doesNotContain(" open: ");
    }

    @Test
    void on_a_slow_climb_every_check_tells_the_commit_with_which_the_first_of_them_called_it() throws IOException {
        List<String> ids = new ArrayList<>();
        for (int commit = 25; commit < 70; commit++) {
            boolean isClosed = plumb("check", runs(commit, commit + 1, "copy", 1 + 0.0025 * (commit - 25)))
                            .exitCode()
                    == 1;
            if (isClosed) {
                ids.add(plumb(true, "explain", "copy").replaceAll(".* id (\\S+) .*", "$1"));
            } else {
                ids.clear();
            }
        }

        assertThat(ids).hasSizeGreaterThan(5);
        String id = ids.get(0);
        assertThat(ids).allMatch(id::equals);
        assertThat(plumb(true, "triage", "acknowledge", id, "--reason", "on it"))
                .contains(id, "acknowledged");
        assertThat(plumb(true, "explain", "copy")).containsPattern("earlier runs \\(\\d\\d more excluded");
        String accepted = plumb(true, "accept", id, "--reason", "worth it");
        assertThat(accepted).containsPattern("copy time \\S+ \\+(9|1[01])\\.\\d % ");
    }

    @Test
    void a_further_jump_is_told_by_its_first_run_and_is_no_part_of_what_is_accepted() throws IOException {
        for (int commit = 25; commit < 33; commit++) {
            plumb("check", runs(commit, commit + 1, 1.3));
        }
        assertThat(plumb("check", runs(33, 34, 1.6)).exitCode()).isEqualTo(1);

        String open =
                "detected by a check, not yet confirmed by the history: sort time +%s %% with commit c0000021 on main";
        String incidents = plumb(true, "incidents");
        assertThat(incidents)
                .contains(open.formatted("23.0") + ", on top of the change at c0000018", " open ", "+30.0 %");

        plumb(true, "accept", incidents.replaceAll(".*(i[0-9a-f]{8}) open .*", "$1"), "--reason", "the first one");

        // what the check says of it now that it stands alone
        assertThat(plumb(true, "incidents"))
                .contains(open.formatted("23.0") + "; measure again")
                .contains("no other open incidents");
        assertThat(plumb(true, "history", "sort")).contains("accepted by", "+23.0 % detected by a check");
        assertThat(plumb("check", "--dry-run", runs(33, 34, 1.6)).out()).contains("+23.0 %");
    }

    @Test
    void a_second_regression_on_top_of_an_open_one_is_one_of_its_own_in_every_view() throws IOException {
        for (int commit = 25; commit < 30; commit++) {
            plumb("check", runs(commit, commit + 1, 1.3));
        }
        for (int commit = 30; commit < 36; commit++) {
            CapturedRun check = plumb("check", runs(commit, commit + 1, 1.65));
            assertThat(check.exitCode()).isEqualTo(1);
            assertThat(check.out().replaceAll("\\s+", " "))
                    .containsPattern("sort time 1.30\\d* → 1.6\\d+ s \\+2[67]\\.\\d %")
                    .containsPattern("already open on main since c0000018 \\(critical\\): sort \\+(29.9|30.\\d) %;"
                            + " plumb (incidents i[0-9a-f]{8}|explain [0-9a-f]{12}-c0000018)");
            String incidents = plumb(true, "incidents");
            assertThat(incidents)
                    .containsPattern("\\+2[67]\\.\\d %")
                    .containsPattern("open 2026-01-25 1 \\+(29.9|30.\\d) % sort time");
            assertThat(plumb(true, "history", "sort")).doesNotContain("spike", "odd stretch");
            assertThat(plumb(true, "explain", "sort"))
                    .contains(
                            "since commit c000001e",
                            "new, in addition to the change already open on main since c0000018");
        }

        plumb(true, "accept", "sort", "--reason", "the second one", "--by", "Ann");

        assertThat(plumb(true, "accept", "--list")).containsPattern("sort time \\S+ \\+2[67]\\.\\d % c000001e");
        assertThat(plumb(true, "incidents")).containsPattern("open 2026-01-25 1 \\+(29.9|30.\\d) % sort time");
    }

    /** Commit 24 got slower by 30 %, commit 30 by another 27 %. */
    private void twoRegressions() throws IOException {
        for (int commit = 25; commit < 30; commit++) {
            plumb("check", runs(commit, commit + 1, 1.3));
        }
        for (int commit = 30; commit < 34; commit++) {
            plumb("check", runs(commit, commit + 1, 1.65));
        }
    }

    private void accept(String commit) {
        String id = plumb("explain", "sort").out().replaceAll("(?s).*\\nid +([0-9a-f]{12}).*", "$1-" + commit);
        CapturedRun accepted = plumb("accept", id, "--reason", "worth it", "--by", "Ann");
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
    }

    @Test
    void who_accepts_the_second_of_two_regressions_has_not_accepted_the_first() throws IOException {
        twoRegressions();
        accept("c000001e");

        for (int commit = 34; commit < 46; commit++) {
            CapturedRun check = plumb("check", runs(commit, commit + 1, 1.65));
            assertThat(check.exitCode()).as("%s: %s", commit, check.out()).isEqualTo(1);
            assertThat(check.out().replaceAll("\\s+", " "))
                    .containsPattern("FAIL 1 regression .* sort time 1.2[67]\\d* → 1.6\\d+ s \\+(29|30)\\.\\d %")
                    .contains("-c0000018 --reason WHY")
                    .doesNotContain("since c000001e", "-c000001e");
            assertThat(plumb(true, "incidents", "--all"))
                    .containsPattern("open 2026-01-25 1 \\+(29.9|30.\\d) % sort time")
                    .containsPattern("accepted 2026-01-31 1 \\+2[67]\\.\\d % sort time");
        }
        accept("c0000018");

        for (int commit = 46; commit < 50; commit++) {
            CapturedRun check = plumb("check", runs(commit, commit + 1, 1.65));
            assertThat(check.exitCode()).as(check.out()).isZero();
        }
        assertThat(plumb(true, "incidents")).contains("no open incidents");
        assertThat(plumb("check", runs(50, 51, 1.8)).exitCode()).isEqualTo(1);
    }

    @Test
    void who_accepts_the_first_of_two_regressions_has_not_accepted_the_second() throws IOException {
        twoRegressions();
        accept("c0000018");

        for (int commit = 34; commit < 40; commit++) {
            CapturedRun check = plumb("check", runs(commit, commit + 1, 1.65));
            assertThat(check.exitCode()).as("%s: %s", commit, check.out()).isEqualTo(1);
            assertThat(check.out().replaceAll("\\s+", " "))
                    .containsPattern("sort time 1.30\\d* → 1.6\\d+ s \\+2[67]\\.\\d %")
                    .contains("-c000001e --reason WHY")
                    .doesNotContain("already open");
            assertThat(plumb(true, "incidents", "--all"))
                    .containsPattern("accepted 2026-01-25 1 \\+(29.9|30.\\d) % sort time");
        }
        accept("c000001e");

        for (int commit = 40; commit < 44; commit++) {
            assertThat(plumb("check", runs(commit, commit + 1, 1.65)).exitCode())
                    .isZero();
        }
    }

    @Test
    void an_open_regression_below_an_accepted_one_ends_when_the_values_are_back() throws IOException {
        twoRegressions();
        accept("c000001e");
        assertThat(plumb("check", runs(34, 35, 1.65)).exitCode()).isEqualTo(1);

        for (int commit = 35; commit < 39; commit++) {
            CapturedRun check = plumb("check", runs(commit, commit + 1, 1.65 / 1.3));
            assertThat(check.exitCode()).as(check.out()).isZero();
        }
        CapturedRun again = plumb("check", runs(39, 40, 1.65));
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.out()).contains("-c0000027 --reason WHY");
    }

    @Test
    void a_third_regression_on_an_accepted_one_tells_the_first_that_is_open_beside_it() throws IOException {
        twoRegressions();
        accept("c000001e");
        plumb("check", runs(34, 35, 1.65));

        for (int commit = 35; commit < 38; commit++) {
            CapturedRun check = plumb("check", runs(commit, commit + 1, 2));
            assertThat(check.exitCode()).isEqualTo(1);
            assertThat(check.out().replaceAll("\\s+", " "))
                    .containsPattern("sort time 1.6\\d* → (1.99|2.0)\\d* s \\+2[01]\\.\\d %")
                    .contains("-c0000023 --reason WHY", "already open on main since c0000018");
        }
    }

    @Test
    void a_young_history_that_got_worse_behind_its_first_runs_does_not_become_normal_in_silence() throws IOException {
        Path young = Files.createDirectory(folder.resolve("young"));
        Files.writeString(young.resolve("plumbline.yaml"), "");
        for (int commit = 0; commit < 9; commit++) {
            CapturedRun check = CapturedRun.wide(young, "check", runs(commit, commit + 1, commit < 3 ? 1 : 1.25));
            // of three slow runs behind three fast ones the third is a suspect; then the level is the slow one
            assertThat(check.exitCode()).isEqualTo(commit == 5 ? 3 : 0);
            if (commit < 5) {
                assertThat(check.out())
                        .containsOnlyOnce("measured: ")
                        .containsPattern(
                                commit == 3 ? "measured: sort time .* looks worse: run it again" : "2 more: -v");
            } else {
                assertThat(check.out().replaceAll("\\s+", " "))
                        .contains(
                                "sort time: possible regression, not certain: the first 3 runs were at 1.00 s, the "
                                        + (commit - 2) + " since at 1.25 s: +2",
                                "plumb accept sort --reason WHY");
            }
        }
        for (String[] command : new String[][] {{"history", "sort"}, {"incidents"}}) {
            assertThat(CapturedRun.wide(young, command).out().replaceAll("\\s+", " "))
                    .contains("the first 3 runs were at 1.00 s, the 6 since at 1.25 s");
        }
        assertThat(CapturedRun.wide(young, "incidents", "--json").out()).contains("\"early\"", "\"laterLevel\"");

        assertThat(CapturedRun.wide(young, "accept", "sort", "--reason", "meant")
                        .exitCode())
                .isZero();

        assertThat(CapturedRun.wide(young, "incidents").out()).doesNotContain("possible regression");
        assertThat(CapturedRun.wide(young, "check", runs(9, 10, 1.25)).out()).doesNotContain("possible regression");
    }

    @Test
    void a_second_regression_after_an_accepted_one_is_one_of_its_own() throws IOException {
        plumb(true, "accept", id(), "--reason", "the first one", "--by", "Ann");
        for (int commit = 25; commit < 29; commit++) {
            assertThat(plumb("check", runs(commit, commit + 1, 1.3)).exitCode()).isZero();
        }
        for (int commit = 29; commit < 34; commit++) {
            assertThat(plumb("check", runs(commit, commit + 1, 1.43)).exitCode())
                    .isEqualTo(1);
            // until the history confirms it, it is one that a check has called
            boolean isCalled = plumb(true, "incidents").contains("detected by a check");
            String incidents = plumb(true, "incidents", "--all");
            assertThat(incidents)
                    .containsPattern(
                            isCalled
                                    ? "detected by a check, not yet confirmed by the history: sort time"
                                            + " \\+(9|10)[.]. % with commit c000001d"
                                    : " open 2026-01-30 1 \\+(9.9|10.0|10.1) % sort time")
                    .containsPattern(" accepted 2026-01-25 1 \\+(29.9|30.0|30.1) % sort time");
            assertThat(executive())
                    .contains(
                            " % slower since c000001d",
                            isCalled ? "1 regression detected by a check" : "open: 1 incident")
                    .containsPattern("2026-01-25 c0000018 sort time \\+(29.9|30.0|30.1) %")
                    .containsPattern("sort time, \\+(29.9|30.0|30.1) %, accepted")
                    .containsPattern("; (29.9|30.0|30.1) % accepted, 1[23][.]. % not triaged");
            assertThat(plumb(true, "history", "sort"))
                    .contains("accepted by Ann")
                    .doesNotContain("the noise grew", "a margin of", "health good", "health watch");
            if (isCalled) {
                String incident = incidents.replaceAll(".*(i[0-9a-f]{8}) accepted .*", "$1");
                CapturedRun again = plumb("accept", incident, "--reason", "once more");
                assertThat(again.exitCode()).isEqualTo(2);
                assertThat(again.err().replaceAll("\\s+", " "))
                        .contains("is accepted already", "is a different change: plumb accept " + id());
            }
        }

        plumb(true, "accept", "sort", "--reason", "the second one", "--by", "Ann");

        assertThat(plumb(true, "history", "sort"))
                .contains("the first one", "the second one", "health good")
                .doesNotContain("suspected", "called");
        assertThat(plumb(true, "incidents", "--all"))
                .containsPattern(" accepted 2026-01-30 1 \\+(9.9|10.0|10.1) % sort time")
                .containsPattern(" accepted 2026-01-25 1 \\+(29.9|30.0|30.1) % sort time");
        assertThat(executive())
                .contains("got worse: 2 incidents", "; accepted 2 change points")
                .doesNotContain("called");
    }

    @Test
    void a_further_step_of_that_size_is_not_what_somebody_acknowledged() throws IOException {
        plumb(true, "triage", "acknowledge", id(), "--reason", "on it", "--by", "Ann");
        for (int commit = 25; commit < 27; commit++) {
            assertThat(plumb("check", runs(commit, commit + 1, 1.3)).exitCode()).isZero();
        }

        CapturedRun further = plumb("check", runs(27, 28, 1.3 * 1.25));

        assertThat(further.exitCode()).as(further.out()).isEqualTo(1);
        assertThat(further.out().replaceAll("\\s+", " "))
                .startsWith("FAIL 1 regression in this change")
                .containsPattern("sort time 1.303 → 1.6[23][0-9]* s \\+2[45][.0-9]* % ")
                .contains("already open on main since c0000018 (critical): sort +30");
        assertThat(plumb(true, "incidents")).contains("on top of the change at c0000018; measure again, fix, or");
    }

    @Test
    void what_somebody_acknowledged_is_listed_apart_from_what_is_open() throws IOException {
        for (int commit = 25; commit < 33; commit++) {
            plumb("check", runs(commit, commit + 1, 1.3));
        }
        plumb(true, "triage", "acknowledge", id(plumb(true, "incidents")), "--reason", "on it", "--by", "Ann");

        assertThat(executive())
                .contains("acknowledged)", "acknowledged: 1 incident")
                .doesNotContain(" open: ");
    }

    private static String id(String incidents) {
        return incidents.replaceAll(".*(i[0-9a-f]{8}) open .*", "$1");
    }

    @Test
    void incidents_say_what_is_known_of_a_young_history_and_of_the_branch_that_is_checked_out() throws Exception {
        Path young = Files.createDirectory(folder.resolve("young"));
        Files.writeString(young.resolve("plumbline.yaml"), "");
        assertThat(CapturedRun.wide(young, "record", runs(0, 5, 1)).exitCode()).isZero();
        CapturedRun reported = CapturedRun.wide(young, "incidents");
        assertThat(reported.out())
                .isEqualTo(
                        "main has 5 runs; incidents need 10 runs or more. plumb check judges new" + " runs sooner\n");
        assertThat(CapturedRun.wide(young, "incidents", "--json").out()).contains("\"runs\": 5");

        Path side = Path.of(runs(25, 26, "copy", 1.3));
        Files.writeString(side, Files.readString(side).replace(",main,", ",side,"));
        assertThat(plumb("check", side.toString()).exitCode()).isEqualTo(1);
        assertThat(new ProcessBuilder("git", "init", "-q", "-b", "side", ".")
                        .directory(folder.toFile())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(plumb(true, "incidents"))
                .contains("detected by a check: copy time +29.7 %", "with commit c0000019 on side, measured ");
        assertThat(plumb(true, "incidents", "--branch", "main")).doesNotContain("on side");
    }

    @Test
    void a_regression_that_is_only_possible_is_told_with_its_run() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("plumbline.yaml"), "");
        CapturedRun.wide(other, "record", new PlantedSuite(7, 6).file(other, 0, 24));
        double factor = 1;
        CapturedRun check;
        do {
            factor += 0.002;
            check = CapturedRun.wide(
                    other,
                    "check",
                    "--dry-run",
                    new PlantedSuite(7, 6).plant(2, 24, factor).file(other, 24, 25));
            assertThat(check.exitCode()).as("no suspect before a regression").isNotEqualTo(1);
        } while (!check.out().contains("possible regression"));
        CapturedRun.wide(
                other, "check", new PlantedSuite(7, 6).plant(2, 24, factor).file(other, 24, 25));

        CapturedRun reported = CapturedRun.wide(other, "incidents");

        assertThat(reported.out().replaceAll("\\s+", " "))
                .contains(
                        "possible regression, not confirmed: b2 time +",
                        " on main, measured 2025-12-25; measure again to decide",
                        "no other changes on main");
    }

    @Test
    void the_days_that_were_asked_for_are_told() {
        assertThat(plumb(true, "incidents", "--days", "1").trim()).isEqualTo("no changes on main in the last day");
    }

    @Test
    void an_empty_period_says_when_the_newest_run_was_and_which_option_reaches_it() {
        assertThat(plumb(true, "report", "--kind", "executive", "--days", "30", "--until", "2026-03-16"))
                .contains("nothing was measured in this period; the newest run is from 2026-01-25; use --days" + " 51");
        assertThat(plumb(true, "report", "--kind", "executive", "--days", "51", "--until", "2026-03-16"))
                .contains("3 benchmarks:");
        assertThat(plumb(true, "report", "--kind", "executive", "--since", "2026-03-01", "--until", "2026-03-16"))
                .contains("use --since 2026-01-25");
        assertThat(plumb(true, "report", "--kind", "executive", "--days", "3", "--until", "2025-12-16"))
                .contains("use --until 2026-01-26");
    }

    @Test
    void a_period_that_ends_now_holds_a_run_that_is_dated_after_the_clock() throws IOException {
        assertThat(plumb("check", runs(360, 361, 1.3)).exitCode()).isEqualTo(1);

        assertThat(plumb(true, "report", "--kind", "executive", "--days", "7"))
                .contains("2026-12-20 00:00 UTC to 2026-12-27 00:00 UTC", "3 benchmarks:");
    }

    @Test
    void a_margin_is_recommended_where_a_check_has_called_what_was_none_and_nowhere_else() throws IOException {
        plumb("check", runs(25, 26, 1));
        assertThat(plumb(true, "history", "sort"))
                .as("it would hide critical changes")
                .doesNotContain("a margin of");
        assertThat(plumb("check", runs(26, 27, "copy", 1.06)).exitCode()).isEqualTo(1);
        String open = plumb(true, "history", "copy");
        assertThat(open).contains("detected by a check").doesNotContain("a margin of");
        String advice =
                "1 report of 6\\.\\d % that later runs did not confirm: if it was a false alarm, a margin of 6\\.\\d % instead of"
                        + " 2\\.0 % would have avoided it";

        plumb("check", runs(27, 28, 1));
        assertThat(plumb(true, "history", "copy"))
                .containsPattern(advice)
                .contains("recovered: +6.0 % with commit c000001a, recovered with commit c000001b")
                .doesNotContain("spiked", "outlier", "disturbs");

        plumb(true, "triage", "false-alarm", open.replaceAll(".*plumb accept (\\S+) .*", "$1"));
        assertThat(plumb(true, "history", "copy")).containsPattern(advice);
        assertThat(plumb(true, "history", "scan")).doesNotContain("a margin of");
    }

    @Test
    void a_good_run_behind_it_closes_it() throws IOException {
        plumb("check", runs(25, 26, 1));

        assertThat(plumb(true, "incidents")).doesNotContain("called");
    }

    @Test
    void what_has_gone_by_is_accepted_by_its_id_and_by_no_name() throws IOException {
        String id = id();
        plumb("check", runs(25, 26, 1));

        for (String name : new String[] {"sort", "so*"}) {
            CapturedRun accept = plumb("accept", name, "--reason", "intended");
            assertThat(accept.exitCode()).isEqualTo(2);
            assertThat(accept.err().replaceAll("\\s+", " "))
                    .contains(
                            "nothing of " + name + " is open",
                            "at commit c0000018 did not persist",
                            "plumb accept " + id + " --reason WHY");
        }
        assertThat(plumb("accept", id, "--reason", "intended").exitCode()).isZero();
    }

    @Test
    void an_old_spike_is_not_taken_where_a_later_change_is_accepted_already() throws IOException {
        plumb("check", runs(25, 26, 1));
        for (int commit = 26; commit < 34; commit++) {
            plumb("check", runs(commit, commit + 1, 1.2));
        }
        plumb(true, "accept", "sort", "--reason", "a safer sort", "--by", "Ann");

        CapturedRun again = plumb("accept", "sort", "--reason", "once more");

        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err().replaceAll("\\s+", " "))
                .contains("sort is accepted already, by Ann", "at commit c0000018 did not persist");
        assertThat(plumb(true, "accept", "--list")).doesNotContain("once more");
    }
}
