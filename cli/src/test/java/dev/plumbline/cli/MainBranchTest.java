package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which branch commands speak of when nobody names one: the same for all. */
class MainBranchTest {
    @TempDir
    private Path folder;

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    /** Forty commits, the last twenty of them slower. */
    private void history(String branch) throws IOException {
        StringBuilder table = new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time\n");
        for (int commit = 0; commit < 40; commit++) {
            table.append(String.format(
                    Locale.ROOT,
                    "work,time,ms,lower,%d,%08x,%s,2026-01-%02dT%02d:00:00Z%n",
                    (commit >= 20 ? 1300 : 1000) + commit * 7 % 5,
                    commit + 1,
                    branch,
                    1 + commit / 2,
                    commit % 2 * 12));
        }
        Path file = Files.writeString(folder.resolve("history.csv"), table.toString());
        assertThat(plumb("record", file.toString()).exitCode()).isZero();
    }

    private void repository(String branch) throws Exception {
        git("init", "-q", "-b", branch, ".");
        git(
                "-c",
                "user.name=someone",
                "-c",
                "user.email=someone@example.org",
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                "first");
    }

    private void git(String... arguments) throws Exception {
        TestGit.run(folder, arguments);
    }

    private void every_command_speaks_of(String branch) throws IOException {
        CapturedRun incidents = plumb("incidents", "--json");
        assertThat(incidents.exitCode()).as(incidents.err()).isZero();
        assertThat(incidents.out()).contains("\"branch\": \"" + branch + "\"", "\"work\"");
        CapturedRun established = plumb("baseline", "establish", "--by", "Ada");
        assertThat(established.exitCode()).as(established.err()).isZero();
        assertThat(plumb("dashboard", "-o", "dashboard.html").exitCode()).isZero();
        assertThat(Files.readString(folder.resolve("dashboard.html"))).contains("All of the history of " + branch);
        CapturedRun executive =
                plumb("report", "--kind", "executive", "--since", "2026-01-01", "--until", "2026-02-01");
        assertThat(executive.exitCode()).as(executive.err()).isZero();
        assertThat(executive.out()).contains(" of " + branch).contains("work is 29.9 % slower since 00000015\n");
        CapturedRun checked = check("other");
        assertThat(checked.out()).as(checked.err()).contains("the history of " + branch);
    }

    private CapturedRun check(String branch) throws IOException {
        Path file = Files.writeString(folder.resolve("new.csv"), "benchmark,metric,value,unit\nwork,time,1300,ms\n");
        return plumb("check", file.toString(), "--branch", branch, "--time", "2026-02-01T00:00:00Z");
    }

    @Test
    void master_is_the_main_branch_of_a_repository_that_has_no_main() throws Exception {
        repository("master");
        history("master");
        git("checkout", "-q", "-b", "topic");

        every_command_speaks_of("master");
    }

    @Test
    void master_is_the_main_branch_of_a_history_without_a_repository() throws Exception {
        history("topic");
        history("master");
        check("topic");

        every_command_speaks_of("master");
    }

    @Test
    void the_remotes_main_branch_is_the_main_branch() throws Exception {
        repository("develop");
        git("update-ref", "refs/remotes/origin/develop", "HEAD");
        git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/develop");
        git("checkout", "-q", "-b", "topic");
        history("develop");
        history("topic");
        // pages are of the branch that is checked out where it has runs
        git("checkout", "-q", "develop");

        every_command_speaks_of("develop");
    }

    @Test
    void the_only_branch_of_a_history_is_the_main_branch_but_main_and_a_configured_one_come_first() throws Exception {
        history("fast");
        every_command_speaks_of("fast");

        history("main");
        assertThat(plumb("incidents", "--json").out()).contains("\"branch\": \"main\"");

        Files.writeString(folder.resolve("plumbline.yaml"), "branch: fast\n");
        assertThat(plumb("incidents", "--json").out()).contains("\"branch\": \"fast\"");
    }

    @Test
    void where_the_main_branch_has_no_run_the_branches_that_have_are_told() throws Exception {
        repository("main");
        history("master");

        for (CapturedRun run : List.of(
                plumb("incidents"),
                plumb("incidents", "--json"),
                plumb("baseline", "establish", "--by", "Ada"),
                plumb("triage", "acknowledge", "i12345678", "--by", "Ada"))) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("nothing on main; the history has master: --branch master");
        }
        assertThat(plumb("incidents", "--branch", "master").exitCode()).isZero();
        plumb("dashboard", "-o", "dashboard.html");
        assertThat(Files.readString(folder.resolve("dashboard.html")))
                .contains("All of the history of every branch, since main has no run");
        CapturedRun executive =
                plumb("report", "--kind", "executive", "--since", "2026-01-01", "--until", "2026-02-01");
        assertThat(executive.out()).contains("of every branch, since main has no run");
    }
}
