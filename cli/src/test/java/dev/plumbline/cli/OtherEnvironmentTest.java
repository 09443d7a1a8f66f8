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
                    LocalDate.of(2026, 1, 1).plusDays(day),
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
    void the_next_runs_pass_once_the_base_was_measured_so_too_or_are_of_the_base() throws IOException {
        CapturedRun.wide(folder, "check", file("feature", NEW));
        CapturedRun.wide(folder, "record", file("main", NEW));

        assertThat(CapturedRun.wide(folder, "check", file("feature", NEW)).exitCode())
                .isZero();
        assertThat(CapturedRun.wide(folder, "check", file("main", NEW)).exitCode())
                .isZero();
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

    /** That of the history, as the note gives it for {@code --environment}. */
    private static String key(CapturedRun check) {
        Matcher key = Pattern.compile("--environment ([0-9a-f]+)").matcher(flat(check));
        assertThat(key.find()).as(check.out()).isTrue();
        return key.group(1);
    }
}
