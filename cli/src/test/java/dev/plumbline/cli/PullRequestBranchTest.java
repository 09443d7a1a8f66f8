package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of a branch whose commits are checked against main one after the other. */
class PullRequestBranchTest {
    private static final String BRANCH = "feature";
    private static final Pattern ID = Pattern.compile("plumb accept ([0-9a-f]+-[0-9a-f]+) ");

    @TempDir
    private Path folder;

    private int day;

    @BeforeEach
    void recordMain() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        for (int run = 0; run < 12; run++) {
            assertThat(check("main", 100).exitCode()).isZero();
        }
    }

    private CapturedRun check(String branch, double level) throws IOException {
        StringBuilder table = new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time\n");
        Random random = new Random(day);
        for (String benchmark : new String[] {"Sort.quick", "Codec.parse", "Codec.write"}) {
            table.append(String.format(
                    Locale.ROOT,
                    "%s,time,ms,lower,%.4f,%s,%s,%sT06:00:00Z%n",
                    benchmark,
                    (benchmark.startsWith("Sort") ? level : 100) * (1 + 0.005 * random.nextGaussian()),
                    commit(day),
                    branch,
                    LocalDate.of(2026, 1, 1).plusDays(day)));
        }
        day++;
        String file =
                Files.writeString(folder.resolve("run.csv"), table.toString()).toString();
        return CapturedRun.wide(folder, "check", file);
    }

    private static String commit(int day) {
        return String.format(Locale.ROOT, "%08x%032d", 0xabc00000 + day, 0);
    }

    private static String shortCommit(int day) {
        return commit(day).substring(0, 10);
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static String id(CapturedRun run) {
        Matcher matcher = ID.matcher(run.out());
        assertThat(matcher.find()).as(run.out()).isTrue();
        return matcher.group(1);
    }

    @Test
    void a_further_commit_does_not_take_the_blame_of_the_first() throws IOException {
        int begin = day;
        CapturedRun first = check(BRANCH, 120);
        CapturedRun second = check(BRANCH, 120);

        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.out()).contains("1 regression in this change");
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.out())
                .contains("1 regression from an earlier commit of this branch")
                .contains("since " + shortCommit(begin) + " (this branch)");
        assertThat(id(second)).isEqualTo(id(first));
        assertThat(flat(plumb("explain", "Sort.quick").out()))
                .contains("since commit " + shortCommit(begin) + " (this branch)")
                .contains("branch feature, against main")
                .contains("1 earlier commit of feature shows the same change, " + shortCommit(begin))
                .contains(id(first));
        assertThat(flat(plumb("report", "--kind", "ci", "--branch", BRANCH).out()))
                .contains("which changed at commit " + shortCommit(begin) + " (this branch)");
    }

    @Test
    void an_acceptance_of_the_first_holds_for_the_next_and_not_for_what_comes_on_top() throws IOException {
        CapturedRun first = check(BRANCH, 120);
        assertThat(plumb("accept", id(first), "--reason", "intended").exitCode())
                .isZero();

        CapturedRun second = check(BRANCH, 120);
        CapturedRun third = check(BRANCH, 140);

        assertThat(second.exitCode()).as(second.out()).isZero();
        assertThat(third.exitCode()).as(third.out()).isEqualTo(1);
        assertThat(third.out()).contains("1 regression in this change");
    }

    @Test
    void the_page_shows_the_first_bad_run_and_the_command_of_the_terminal() throws IOException {
        String reference = id(check(BRANCH, 120));
        check(BRANCH, 120);

        assertThat(plumb("report", "--branch", BRANCH, "-o", "report.html").exitCode())
                .isZero();

        String page = Files.readString(folder.resolve("report.html"));
        assertThat(page)
                .contains("\"accept\":\"plumb accept " + reference + " --reason WHY\"")
                .contains(commit(day - 2))
                .contains("\"judged\":1,\"bad\":[12,13]");
    }
}
