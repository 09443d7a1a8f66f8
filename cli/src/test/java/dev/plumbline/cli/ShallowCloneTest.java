package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clone of one commit does not tell where a branch began: what follows from that is not said as a fact. */
class ShallowCloneTest {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    private static final int RUNS = 10;
    private static final int SLOW = 3;
    private static final List<String> SUITE = List.of("Sort.quick", "Sort.merge", "Codec.parse", "Codec.format");

    @TempDir
    private Path folder;

    private Path origin = Path.of("");
    private int hour;

    @BeforeEach
    void recordMain() throws Exception {
        origin = Files.createDirectory(folder.resolve("origin"));
        git(origin, "init", "-q", "-b", "main", ".");
        Files.writeString(origin.resolve("plumbline.yaml"), "");
        Files.writeString(origin.resolve(".gitignore"), ".plumbline\n*.csv\n");
        git(origin, "add", ".");
        for (int run = 0; run < RUNS; run++) {
            String commit = commit("work " + run);
            CapturedRun.wide(origin, "check", file(origin, commit, "main", SUITE, 1));
        }
    }

    private String git(Path where, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("-c", "user.name=someone", "-c", "user.email=someone@example.org"));
        command.addAll(List.of(arguments));
        return TestGit.at(time(), where, command.toArray(String[]::new));
    }

    private Instant time() {
        return FIRST.plusSeconds(3600L * hour);
    }

    private String commit(String message) throws Exception {
        hour++;
        git(origin, "commit", "-q", "--allow-empty", "-m", message);
        return git(origin, "rev-parse", "HEAD");
    }

    private String file(Path where, String commit, String branch, List<String> suite, double slow) throws IOException {
        StringBuilder table =
                new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time,environment\n");
        Random random = new Random(hour);
        for (String benchmark : suite) {
            double level = benchmark.startsWith("Sort") ? 100 * slow : 100;
            table.append(String.format(
                    Locale.ROOT,
                    "%s,time,ms,lower,%.5f,%s,%s,%s,box%n",
                    benchmark,
                    level * (1 + 0.005 * random.nextGaussian()),
                    commit,
                    branch,
                    time()));
        }
        return Files.writeString(where.resolve("run.csv"), table.toString()).toString();
    }

    /** A clone of the newest commit of a branch, with the history that a job would have from its cache. */
    private Path clone(String branch, String... depth) throws Exception {
        Path clone = folder.resolve("clone-" + branch + String.join("", depth));
        List<String> command = new ArrayList<>(List.of("clone", "-q", "--branch", branch));
        command.addAll(List.of(depth));
        command.addAll(List.of(origin.toUri().toString(), clone.toString()));
        git(folder, command.toArray(String[]::new));
        Files.createDirectory(clone.resolve(".plumbline"));
        Files.copy(origin.resolve(".plumbline/history.db"), clone.resolve(".plumbline/history.db"));
        return clone;
    }

    private static String flat(CapturedRun run) {
        return run.out().replaceAll("\\s+", " ");
    }

    @Test
    void what_is_missing_holds_and_says_what_lets_git_tell() throws Exception {
        git(origin, "checkout", "-q", "-b", "feature");
        String commit = commit("a feature");
        Path shallow = clone("feature", "--depth", "1");
        Path whole = clone("feature");
        List<String> less = SUITE.subList(0, 3);

        CapturedRun held = CapturedRun.wide(shallow, "check", file(shallow, commit, "feature", less, 1));
        CapturedRun closed = CapturedRun.wide(whole, "check", file(whole, commit, "feature", less, 1));
        CapturedRun next = CapturedRun.wide(shallow, "report", "--kind", "ci", "--run", commit);

        assertThat(held.exitCode()).as(held.out()).isEqualTo(3);
        assertThat(flat(held))
                .contains(
                        "1 missing",
                        "HOLD",
                        "Codec.format is missing from this run; this shallow clone hides whether the branch ever"
                                + " had it (use fetch-depth: 0)",
                        "missing benchmarks hold the gate instead of failing it",
                        "fetch-depth: 0 in actions/checkout");
        assertThat(next.out()).contains("fetch-depth: 0 in actions/checkout or git fetch");
        assertThat(closed.exitCode()).as(closed.out()).isEqualTo(1);
        assertThat(closed.out()).doesNotContain("shallow");
    }

    @Test
    void a_clone_of_main_says_that_it_does_not_have_the_history_s_commits() throws Exception {
        String commit = commit("more work");
        Path shallow = clone("main", "--depth", "1");
        Path deep = clone("main", "--depth", "9");
        Path whole = clone("main");
        String words = "git does not have the newest 5 commits of the history, so their order is the one in which they"
                + " were recorded. This repository is a shallow clone";

        assertThat(flat(CapturedRun.wide(shallow, "check", file(shallow, commit, "main", SUITE, 1), "--as", "text")))
                .contains(words);
        assertThat(flat(CapturedRun.wide(shallow, "report"))).contains(words);
        for (Path clone : List.of(deep, whole)) {
            assertThat(flat(CapturedRun.wide(clone, "check", file(clone, commit, "main", SUITE, 1), "--as", "text")))
                    .doesNotContain("shallow");
        }
    }

    @Test
    void what_main_has_open_too_is_not_said_to_be_no_fault_of_the_branch() throws Exception {
        for (int run = 0; run < SLOW; run++) {
            String commit = commit("slow " + run);
            CapturedRun.wide(origin, "check", file(origin, commit, "main", SUITE, 1.3));
        }
        git(origin, "checkout", "-q", "-b", "feature");
        String commit = commit("a feature");
        Path shallow = clone("feature", "--depth", "1");
        Path whole = clone("feature");

        CapturedRun unsure =
                CapturedRun.wide(shallow, "check", file(shallow, commit, "feature", SUITE, 1.3), "--as", "text");
        CapturedRun sure = CapturedRun.wide(whole, "check", file(whole, commit, "feature", SUITE, 1.3));
        CapturedRun json = CapturedRun.wide(shallow, "report", "--json");

        assertThat(flat(unsure))
                .contains(
                        "2 open on main too (cause unknown in a shallow clone: use fetch-depth: 0)",
                        "open on main too, since ",
                        "a shallow clone hides whether this branch has that commit")
                .doesNotContain("no new regression", "not caused by this branch");
        assertThat(json.out()).contains("\"sure\": false");
        assertThat(flat(sure))
                .startsWith("PASS no new regression · ")
                .contains("2 already open on main", "already open on main since ")
                .doesNotContain("shallow");
    }
}
