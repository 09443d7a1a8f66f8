package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.option.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code --commit} says of results whose tools know more or less of it. */
class GivenCommitTest {
    @TempDir
    private Path folder;

    private String older;

    @BeforeEach
    void twoCommits() throws IOException, InterruptedException {
        git("init", "-q", "-b", "main", ".");
        git("config", "user.name", "someone");
        git("config", "user.email", "someone@example.org");
        commit("2026-01-05T12:00:00Z");
        older = git("rev-parse", "HEAD").strip();
        commit("2026-01-09T12:00:00Z");
    }

    @Test
    void its_time_is_the_repository_s() throws IOException {
        String bare = file("bare.csv", "benchmark,metric,unit,better,value\nsort,time,ms,lower,10\n");

        assertThat(CapturedRun.wide(folder, "record", "--dry-run", bare, "--commit", older)
                        .out())
                .contains("2026-01-05 12:00")
                .doesNotContain("2026-01-09");
        assertThat(CapturedRun.wide(
                                folder,
                                "record",
                                "--dry-run",
                                bare,
                                "--commit",
                                older,
                                "--time",
                                "2026-01-07T08:00:00Z")
                        .out())
                .contains("2026-01-07 08:00");
        assertThat(CapturedRun.of(folder, "record", "--dry-run", bare, "--commit", "0123456789")
                        .exitCode())
                .as("no commit of the repository")
                .isZero();
    }

    @Test
    void many_results_without_a_time_are_not_sent_to_their_commits_by_time() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("record"));
        for (int i = 0; i < 5; i++) {
            arguments.add(file(
                    "old" + i + ".csv",
                    "benchmark,metric,unit,better,value\nsort,time,ms,lower," + (10 + i) + "\nfind,time,ms,lower,5\n"));
        }

        String warned =
                CapturedRun.wide(folder, arguments.toArray(String[]::new)).err();

        assertThat(warned)
                .contains("5 runs: are recorded as results of one commit")
                .doesNotContain("--commits-by-time");
        String[] prune = warned.replaceAll("(?s).*plumb (prune --run [0-9a-f]+ --yes).*", "$1")
                .split(" ");
        assertThat(CapturedRun.wide(folder, prune).exitCode()).isZero();
        assertThat(CapturedRun.wide(folder, "history").exitCode()).isNotZero();
    }

    @Test
    void a_name_that_git_knows_is_its_commit_and_another_is_refused() throws IOException, InterruptedException {
        String bare = file("bare.csv", "benchmark,metric,unit,better,value\nsort,time,ms,lower,10\n");

        for (String name : new String[] {"main~1", "HEAD^", older.substring(0, 8)}) {
            assertThat(CapturedRun.wide(folder, "check", "--dry-run", bare, "--commit", name)
                            .out())
                    .as(name)
                    .contains("commit " + older.substring(0, 10) + " on main");
        }
        CapturedRun wrong = CapturedRun.of(folder, "record", bare, "--commit", "main~9");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(wrong.err()).isEqualTo("plumb: --commit main~9: unknown git revision\n");
    }

    @Test
    void a_commit_that_the_repository_does_not_have_is_recorded_with_a_warning_and_the_nearest_one()
            throws IOException, InterruptedException {
        String bare = file("bare.csv", "benchmark,metric,unit,better,value\nsort,time,ms,lower,10\n");
        String near = older.substring(0, 9) + (older.charAt(9) == '0' ? '1' : '0');

        CapturedRun recorded = CapturedRun.of(folder, "record", bare, "--commit", near);

        assertThat(recorded.exitCode()).isZero();
        assertThat(recorded.err())
                .isEqualTo("plumb: warning: --commit " + near + ": the repository has no such commit; did you mean \""
                        + older.substring(0, 10) + "\"?\n");
        assertThat(CapturedRun.of(folder, "history", "--points").out()).contains(near);
    }

    @Test
    void a_commit_that_is_near_to_none_is_answered_with_the_nearest_by_time_or_the_head()
            throws IOException, InterruptedException {
        String bare = file("bare.csv", "benchmark,metric,unit,better,value\nsort,time,ms,lower,10\n");
        String none = "feedbeef00feedbeef00feedbeef00feedbeef00";
        String head = git("rev-parse", "--short=10", "HEAD").strip();
        String commit = "the repository has no such commit; ";

        assertThat(CapturedRun.wide(folder, "record", "--dry-run", bare, "--commit", none)
                        .err())
                .contains(commit + "the head is " + head + " of 2026-01-09");
        assertThat(CapturedRun.wide(folder, "record", "--dry-run", bare, "--commit", none, "--time", "2025-03-01")
                        .err())
                .as("before all commits")
                .contains(commit + "the nearest by time is " + older.substring(0, 10));
    }

    @Test
    void outside_of_a_repository_nobody_is_blamed_for_what_a_given_commit_shows(@TempDir Path nowhere)
            throws IOException {
        Files.writeString(nowhere.resolve("plumbline.yaml"), "environment: box\n");
        for (int i = 0; i < 9; i++) {
            Path result = Files.writeString(
                    nowhere.resolve("r" + i + ".csv"),
                    "benchmark,metric,unit,better,value,time\nsort,time,ms,lower," + (i == 8 ? 13 : 10 + 0.01 * i)
                            + ",2026-01-0" + (i + 1) + "T09:00:00Z\n");
            if (i < 8) {
                assertThat(CapturedRun.wide(nowhere, "record", result.toString(), "--commit", "c" + i)
                                .exitCode())
                        .isZero();
            }
        }

        assertThat(CapturedRun.wide(nowhere, "check", "--dry-run", "r8.csv", "--commit", "c8")
                        .out())
                .startsWith("FAIL  1 regression · order and culprit unknown: no git or CI variables\n");
        assertThat(CapturedRun.wide(
                                nowhere,
                                "check",
                                "--dry-run",
                                "r8.csv",
                                "--commit",
                                "c8",
                                "--time",
                                "2026-01-09T09:00:00Z")
                        .out())
                .as("ordered by its time")
                .startsWith("FAIL  1 regression in this change\n");
    }

    @Test
    void a_word_that_is_neither_known_nor_an_id_records_nothing() throws IOException, InterruptedException {
        git("tag", "v1.2.0");
        String bare = file("bare.csv", "benchmark,metric,unit,better,value\nsort,time,ms,lower,10\n");

        for (String command : new String[] {"record", "check"}) {
            CapturedRun refused = CapturedRun.wide(folder, command, bare, "--commit", "nosuchref");
            assertThat(refused.exitCode()).as(command).isEqualTo(ExitCode.WRONG);
            assertThat(refused.out()).as(command).isEmpty();
            assertThat(refused.err())
                    .as(command)
                    .isEqualTo("plumb: --commit nosuchref: unknown git revision; give a branch, a tag or at least 7"
                            + " digits of a commit id\n");
            assertThat(CapturedRun.wide(folder, command, bare, "--commit", "v1.2.1")
                            .err())
                    .isEqualTo("plumb: --commit v1.2.1: unknown git revision; did you mean \"v1.2.0\"?\n");
        }
        assertThat(CapturedRun.of(folder, "history", "--points").out()).doesNotContain("nosuchref", "v1.2.1");
    }

    @Test
    void an_unknown_name_is_answered_with_the_branch_or_tag_that_is_near_by_every_command_that_takes_commits()
            throws IOException, InterruptedException {
        git("branch", "release-1.2");
        git("tag", "v1.2.0");
        String bare = file("bare.csv", "benchmark,metric,unit,better,value\nsort,time,ms,lower,10\n");
        CapturedRun.of(folder, "record", bare);
        String release = "; did you mean \"release-1.2\"?";

        for (String[] command : new String[][] {
            {"record", bare, "--commit", "relase-1.2~1"},
            {"record", bare, "--commit", "relase-1.2"},
            {"check", bare, "--commit", "relase-1.2"},
            {"run", "--runs", "3", "-n", "job", "-c", "true", "--commit", "relase-1.2"},
            {"baseline", "establish", "--files", bare, "--commit", "relase-1.2"},
            {"history", "--from", "relase-1.2"},
            {"history", "--to", "relase-1.2"},
            {"report", "--run", "relase-1.2"},
            {"report", "--against", "relase-1.2"},
            {"report", "--kind", "executive", "--since", "relase-1.2"},
            {"explain", "sort", "--run", "relase-1.2"},
            {"compare", "relase-1.2", "main"},
            {"baseline", "establish", "--revision", "relase-1.2"},
            {"bisect", "--good", "relase-1.2", "sort", "-c", "true"},
        }) {
            CapturedRun wrong = CapturedRun.wide(folder, command);
            assertThat(wrong.exitCode()).as(String.join(" ", command)).isEqualTo(ExitCode.WRONG);
            assertThat(wrong.err()).as(String.join(" ", command)).contains(release);
        }
        assertThat(CapturedRun.wide(
                                folder, "accept", "sort", "--change", "+5%", "--since", "relase-1.2", "--reason", "x")
                        .err())
                .contains("warning: --since relase-1.2: the repository has no such commit" + release);
        assertThat(CapturedRun.wide(folder, "record", bare, "--commit", "fffffff")
                        .err())
                .as("no id is near")
                .doesNotContain("did you mean");
        assertThat(CapturedRun.wide(folder, "report", "--run", "release-1.2").out())
                .as("a run is named by all that git understands")
                .contains("of commit " + git("rev-parse", "release-1.2").substring(0, 10));
    }

    @Test
    void results_that_are_older_than_it_are_told_by_every_command_that_records_them() throws IOException {
        String old = file(
                "old.csv", "benchmark,metric,unit,better,value,time\nsort,time,ms,lower,10,2026-01-02T12:00:00Z\n");
        String young = file(
                "young.csv",
                old.isEmpty()
                        ? ""
                        : "benchmark,metric,unit,better,value,time\nsort,time,ms,lower,11,2026-01-05T13:00:00Z\n");
        String words = "1 run was measured before commit " + older.substring(0, 10)
                + " was made (2026-01-02, the commit is of 2026-01-05): is this an old result file?";

        assertThat(CapturedRun.wide(folder, "check", "--dry-run", old, "--commit", older, "--as", "text")
                        .out()
                        .replaceAll("\\s+", " "))
                .contains(words);
        assertThat(CapturedRun.wide(folder, "record", old, "--commit", older).err())
                .isEqualTo("plumb: " + words + "\n");
        assertThat(CapturedRun.wide(folder, "record", young, "--commit", older).err())
                .isEmpty();
        assertThat(CapturedRun.wide(folder, "record", young, "--commit", "main").err())
                .contains("exactly these numbers were recorded before, for commit " + older.substring(0, 10));
    }

    @Test
    void without_a_repository_an_id_is_taken_as_it_is_a_name_for_git_is_refused_and_no_commit_is_told(
            @TempDir Path elsewhere) throws IOException {
        String bare = file("bare.csv", "benchmark,metric,unit,better,value\nsort,time,ms,lower,10\n");

        assertThat(CapturedRun.wide(elsewhere, "check", bare, "--commit", "r1234")
                        .out())
                .contains("commit r1234 on main");
        CapturedRun wrong = CapturedRun.of(elsewhere, "check", bare, "--commit", "main~2");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.WRONG);
        assertThat(wrong.err()).contains("--commit main~2: this is not a git repository");
        assertThat(CapturedRun.wide(elsewhere, "check", "--dry-run", bare).out())
                .contains("order and commit unknown: set --commit\n", "(name its commit with --commit)");
    }

    @Test
    void a_commit_checked_out_by_itself_on_no_branch_is_recorded_apart_and_said() throws Exception {
        git("checkout", "-q", "--detach", older);
        String bare = file("bare.csv", "benchmark,metric,unit,better,value\nsort,time,ms,lower,10\n");
        assertThat(CapturedRun.wide(folder, "record", bare).err()).isEmpty();
        assertThat(CapturedRun.wide(folder, "history", "--points").out()).contains("branch main");
        commit("2026-01-10T12:00:00Z");
        String own = "detached-" + git("rev-parse", "HEAD").strip().substring(0, 10);

        CapturedRun record = CapturedRun.wide(folder, "record", bare);
        CapturedRun check = CapturedRun.wide(folder, "check", bare);

        assertThat(record.err()).contains("is a detached HEAD", "it is recorded on " + own, "--branch NAME");
        assertThat(check.out()).contains("is a detached HEAD", "on " + own + ",", "the history of main");
    }

    @Test
    void all_tools_results_of_it_are_judged_though_they_tell_its_time_differently() throws IOException {
        String dated = file(
                "dated.csv",
                "benchmark,metric,unit,better,value,commit,branch,commit_time\nparse,time,ms,lower,20," + older
                        + ",main,2026-01-05T11:59:00Z\n");
        String bare = file("bare.csv", "benchmark,metric,unit,better,value\nsort,time,ms,lower,10\n");

        CapturedRun check = CapturedRun.of(folder, "check", dated, bare, "--commit", older, "--json");
        CapturedRun apart = CapturedRun.of(
                folder,
                "check",
                dated,
                file("other.csv", Files.readString(Path.of(dated)).replace("11:59", "11:58")));

        JsonNode answer = JsonMapper.builder().build().readTree(check.out());
        assertThat(answer.get("findings").valueStream().map(one -> one.get("benchmark")
                        .asString()))
                .containsExactlyInAnyOrder("parse", "sort");
        assertThat(apart.out() + apart.err()).doesNotContain("is judged against the others");
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private void commit(String time) throws IOException, InterruptedException {
        run(time, "commit", "-q", "--allow-empty", "-m", "a commit");
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        return run("2026-01-01T00:00:00Z", arguments);
    }

    private String run(String time, String... arguments) throws IOException, InterruptedException {
        String[] words = new String[arguments.length + 1];
        words[0] = "git";
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_GLOBAL", new File("/dev/null").getPath());
        builder.environment().put("GIT_AUTHOR_DATE", time);
        builder.environment().put("GIT_COMMITTER_DATE", time);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
