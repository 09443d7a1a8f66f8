package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that nothing can be compared with: every answer names what changed, not the hashes of environments. */
class OtherEnvironmentTest {
    private static final String OLD = "OpenJDK 64-Bit Server VM 17.0.9,-Xmx256m";
    private static final String NEW = "OpenJDK 64-Bit Server VM 21.0.2,-Xmx256m -XX:+UseZGC";
    private static final String CHANGED = "-XX:+UseZGC is new, JVM 17.0.9 → 21.0.2";

    @TempDir
    private Path folder;

    private int day;

    @BeforeEach
    void recordMain() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        for (int run = 0; run < 8; run++) {
            CapturedRun.wide(folder, "check", file("main", OLD));
        }
    }

    private String file(String branch, String facts) throws IOException {
        return file(branch, facts, LocalDate.of(2026, 1, 1).plusDays(day));
    }

    private String file(String branch, String facts, LocalDate date) throws IOException {
        StringBuilder table = new StringBuilder(
                "benchmark,metric,unit,better,value,commit,branch,commit_time,env:jvm,env:jvm.flags\n");
        Random random = new Random(day);
        for (String benchmark : new String[] {"Sort.quick", "Codec.parse"}) {
            table.append(String.format(
                    Locale.ROOT,
                    "%s,time,ms,lower,%.4f,%040x,%s,%sT06:00:00Z,%s%n",
                    benchmark,
                    100 * (1 + 0.01 * random.nextGaussian()),
                    0xabc000 + day,
                    branch,
                    date,
                    facts));
        }
        day++;
        return Files.writeString(folder.resolve("run.csv"), table.toString()).toString();
    }

    private static String flat(CapturedRun run) {
        return run.out().replaceAll("\\s+", " ");
    }

    @Test
    void headline_summary_and_explanation_name_what_changed() throws IOException {
        CapturedRun check = CapturedRun.wide(folder, "check", file("feature", NEW));
        CapturedRun summary = CapturedRun.wide(folder, "report", "--kind", "ci", "--run", commit());
        CapturedRun explained = CapturedRun.wide(folder, "explain", "Sort.quick");

        assertThat(check.exitCode()).as(check.out()).isEqualTo(3);
        assertThat(flat(check))
                .startsWith("HOLD 2 not comparable ")
                .contains("nothing is comparable: " + CHANGED + " (earlier runs are from environment ");
        assertThat(flat(summary))
                .contains("why nothing is comparable: " + CHANGED)
                .contains("give both environments one name: --environment " + key(check));
        assertThat(flat(explained)).contains("Not comparable: " + CHANGED);
    }

    @Test
    void a_run_under_the_name_that_is_suggested_does_not_spoil_the_next_answer() throws IOException {
        String key = key(CapturedRun.wide(folder, "check", file("feature", NEW)));

        CapturedRun named = CapturedRun.wide(folder, "check", "--environment", key, file("feature", NEW));
        CapturedRun again = CapturedRun.wide(folder, "check", file("other", NEW), "--as", "text");

        assertThat(named.exitCode()).as(named.out()).isZero();
        assertThat(again.exitCode()).as(again.out()).isEqualTo(3);
        assertThat(flat(again)).contains("nothing is comparable: " + CHANGED, key + " (" + CHANGED + ")");
    }

    @Test
    void every_run_of_a_branch_with_another_jvm_holds_not_the_first_alone() throws IOException {
        for (int run = 1; run <= 8; run++) {
            CapturedRun check = CapturedRun.wide(folder, "check", file("feature", NEW), "--as", "text");

            assertThat(check.exitCode()).as("run %d: %s", run, check.out()).isEqualTo(3);
            assertThat(flat(check))
                    .contains(
                            "nothing is comparable: " + CHANGED, "ompare both revisions on this machine with plumb pr")
                    .contains("record runs of the main branch here", "--environment " + key(check));
            assertThat(CapturedRun.wide(folder, "report").out()).contains("HOLD");
        }
        assertThat(CapturedRun.wide(folder, "check", file("feature", NEW), "--on-incomparable", "pass")
                        .exitCode())
                .isZero();
    }

    @Test
    void runs_hold_until_the_base_has_enough_of_them_with_the_new_jvm_and_every_headline_says_how_many()
            throws IOException {
        CapturedRun first = CapturedRun.wide(folder, "check", file("main", NEW));
        assertThat(first.exitCode()).as(first.out()).isEqualTo(3);
        assertThat(flat(first))
                .startsWith("HOLD 2 not comparable ")
                .contains("next: " + CHANGED + ": a new baseline begins here; record runs of the main branch here until"
                        + " they can be judged, with --on-incomparable pass until then · or if the difference does not"
                        + " matter, give both environments one name: --environment " + key(first))
                .doesNotContain("plumb pr");
        assertThat(CapturedRun.wide(folder, "report", "--as", "markdown").out()).doesNotContain("plumb pr");

        for (int runs = 1; runs < 5; runs++) {
            String young = "too young to judge on JVM 21.0.2: " + runs
                    + " of 5 runs; main has 8 runs on JVM 17.0.9 · 2 too new ";
            CapturedRun branch = CapturedRun.wide(folder, "check", "--dry-run", file("feature", NEW));
            CapturedRun passing =
                    CapturedRun.wide(folder, "check", "--dry-run", file("main", NEW), "--on-incomparable", "pass");
            CapturedRun main = CapturedRun.wide(folder, "check", file("main", NEW));

            assertThat(branch.exitCode()).as(branch.out()).isEqualTo(3);
            assertThat(flat(branch)).startsWith("HOLD " + young);
            assertThat(main.exitCode()).as(main.out()).isEqualTo(3);
            assertThat(flat(main))
                    .startsWith("HOLD " + young)
                    .contains("next: " + CHANGED + ": record runs of the main branch here until they can be judged,"
                            + " with --on-incomparable pass until then · all details: -v")
                    .doesNotContain("--environment");
            assertThat(flat(branch))
                    .contains("next: " + CHANGED
                            + ": compare both revisions on this machine with plumb pr · or record runs"
                            + " of the main branch here until they can be judged");
            assertThat(flat(CapturedRun.wide(folder, "report", "--kind", "ci")))
                    .startsWith("verdict HOLD")
                    .contains("Or if the difference does not matter, give both")
                    .doesNotContain("plumb pr");
            assertThat(passing.exitCode()).as(passing.out()).isZero();
            assertThat(flat(passing)).startsWith("PASS " + young).contains("next: " + CHANGED + ": record runs");
            assertThat(passing.out()).contains("too young");
        }

        for (String branch : new String[] {"main", "feature"}) {
            CapturedRun judged = CapturedRun.wide(folder, "check", file(branch, NEW));
            assertThat(judged.exitCode()).as(judged.out()).isZero();
            assertThat(flat(judged)).startsWith("PASS no regression").doesNotContain("too young");
        }
    }

    @Test
    void commits_dated_before_the_runs_with_the_old_jvm_hold_as_others_do() throws IOException {
        for (int runs = 0; runs < 5; runs++) {
            // as after a rebase: behind the first runs with the old JVM, before the last ones
            LocalDate date = LocalDate.of(2026, 1, 2).plusDays(runs);

            CapturedRun check = CapturedRun.wide(folder, "check", file("main", NEW, date));

            assertThat(check.exitCode()).as(check.out()).isEqualTo(3);
            assertThat(flat(check))
                    .startsWith(
                            runs == 0
                                    ? "HOLD 2 not comparable "
                                    : "HOLD too young to judge on JVM 21.0.2: " + runs
                                            + " of 5 runs; main has 8 runs on JVM 17.0.9 · 2 too new ");
        }
    }

    @Test
    void a_second_environment_beside_one_that_is_still_measured_holds_once_and_then_says_how_young_it_is()
            throws IOException {
        CapturedRun first = CapturedRun.wide(folder, "check", file("main", NEW));
        CapturedRun.wide(folder, "check", file("main", OLD));

        CapturedRun second = CapturedRun.wide(folder, "check", file("main", NEW));
        CapturedRun explained = CapturedRun.wide(folder, "explain", "Sort.quick", "--run", commit());

        assertThat(first.exitCode()).as(first.out()).isEqualTo(3);
        assertThat(second.exitCode()).as(second.out()).isZero();
        assertThat(flat(second))
                .startsWith("PASS too young to judge on JVM 21.0.2: 1 of 5 runs; main has 9 runs on JVM 17.0.9 ");
        assertThat(explained.exitCode()).as(explained.out()).isZero();
    }

    @Test
    void a_published_report_says_how_young_the_history_is_in_the_words_of_the_check() throws IOException {
        CapturedRun.wide(folder, "check", file("main", NEW));
        String results = file("main", NEW);
        CapturedRun written = CapturedRun.wide(
                folder,
                "check",
                "--dry-run",
                results,
                "-o",
                folder.resolve("report.json").toString(),
                "-o",
                "-");
        Path summary = folder.resolve("summary.md");

        CapturedRun.of(
                folder,
                Map.of("GITHUB_STEP_SUMMARY", summary.toString()),
                "publish",
                "report.json",
                "--to",
                "github-summary");

        String headline = written.out().lines().findFirst().orElseThrow().substring("HOLD  ".length());
        assertThat(headline).startsWith("too young to judge on JVM 21.0.2");
        assertThat(Files.readString(summary)).contains(headline, "--on-incomparable pass until then");
    }

    @Test
    void old_runs_are_not_young_because_another_environment_has_a_longer_history_today() throws IOException {
        String early = String.format(Locale.ROOT, "%040x", 0xabc000 + 2);
        for (int run = 0; run < 6; run++) {
            CapturedRun.wide(folder, "record", file("main", NEW));
        }

        CapturedRun report = CapturedRun.wide(folder, "report", "--run", early);

        assertThat(report.exitCode()).as(report.out()).isZero();
        assertThat(report.out()).contains("too new").doesNotContain("too young");
    }

    @Test
    void a_comparison_names_what_differs_and_claims_no_regression_of_the_code() throws IOException {
        String serial = side("serial.csv", OLD, 100);
        String slower = side("zgc.csv", NEW, 120);

        CapturedRun worse = CapturedRun.wide(folder, "compare", serial, slower);
        CapturedRun failing = CapturedRun.wide(folder, "compare", serial, slower, "--on-incomparable", "close");
        CapturedRun passing = CapturedRun.wide(folder, "compare", serial, slower, "--on-incomparable", "pass");
        CapturedRun better = CapturedRun.wide(folder, "compare", slower, serial);
        CapturedRun same = CapturedRun.wide(folder, "compare", serial, side("slow.csv", OLD, 120));

        assertThat(worse.exitCode()).as(worse.out()).isEqualTo(3);
        assertThat(flat(worse))
                .startsWith("HOLD 1 worse, and " + CHANGED + " ")
                .contains("besides the code, the two sides differ: " + CHANGED)
                .doesNotContain("may be the machine");
        assertThat(failing.exitCode()).isEqualTo(1);
        assertThat(passing.exitCode()).isZero();
        assertThat(flat(passing)).startsWith("PASS 1 worse, and ");
        assertThat(better.exitCode()).isZero();
        assertThat(flat(better)).contains("1 improved", "besides the code, the two sides differ: ");
        assertThat(same.exitCode()).isEqualTo(1);
        assertThat(flat(same)).startsWith("FAIL 1 regression ").doesNotContain("besides the code");
    }

    private String side(String name, String facts, double level) throws IOException {
        StringBuilder table = new StringBuilder("benchmark,metric,unit,better,value,env:jvm,env:jvm.flags,group\n");
        Random random = new Random(name.hashCode());
        for (int fork = 0; fork < 8; fork++) {
            table.append(String.format(
                    Locale.ROOT,
                    "Sort.quick,time,ms,lower,%.4f,%s,%d%n",
                    level * (1 + 0.01 * random.nextGaussian()),
                    facts,
                    fork));
        }
        return Files.writeString(folder.resolve(name), table.toString()).toString();
    }

    private String commit() {
        return String.format(Locale.ROOT, "%040x", 0xabc000 + day - 1);
    }

    /** That of the history, as the line below the headline names it. */
    private static String key(CapturedRun check) {
        Matcher key =
                Pattern.compile("earlier runs are from environment ([0-9a-f]+)").matcher(flat(check));
        assertThat(key.find()).as(check.out()).isTrue();
        return key.group(1);
    }
}
