package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release branch that is measured in another environment than main. */
class ReleaseBranchTest {
    private static final String RELEASE = "release/1.0";
    private static final int NEEDED = 5;

    @TempDir
    private Path folder;

    private int day;

    @BeforeEach
    void recordMain() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        for (int run = 0; run < 8; run++) {
            assertThat(check("main", "new", 100).exitCode()).isZero();
        }
    }

    private CapturedRun check(String branch, String environment, double level, String... options) throws IOException {
        StringBuilder table =
                new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time,environment\n");
        Random random = new Random(day);
        for (String benchmark : new String[] {"Sort.quick", "Codec.parse"}) {
            table.append(String.format(
                    Locale.ROOT,
                    "%s,time,ms,lower,%.4f,%040x,%s,%sT06:00:00Z,%s%n",
                    benchmark,
                    level * (1 + 0.005 * random.nextGaussian()),
                    0xabc000 + day,
                    branch,
                    LocalDate.of(2026, 1, 1).plusDays(day),
                    environment));
        }
        day++;
        String file =
                Files.writeString(folder.resolve("run.csv"), table.toString()).toString();
        String[] arguments = new String[options.length + 4];
        arguments[0] = "check";
        arguments[1] = file;
        arguments[2] = "--as";
        arguments[3] = "text";
        System.arraycopy(options, 0, arguments, 4, options.length);
        return CapturedRun.wide(folder, arguments);
    }

    private static String flat(CapturedRun run) {
        return run.out().replaceAll("\\s+", " ");
    }

    @Test
    void holds_with_the_reason_and_the_command_until_it_has_a_history() throws IOException {
        for (int run = 0; run < NEEDED; run++) {
            CapturedRun check = check(RELEASE, "old", 120);

            assertThat(check.exitCode()).as("run %d: %s", run, check.out()).isEqualTo(3);
            assertThat(flat(check))
                    .contains("nothing is comparable", "no reference for environment old; the nearest one is new")
                    .contains("plumb check … --base " + RELEASE);
        }
    }

    @Test
    void the_command_that_is_printed_does_not_hold() throws IOException {
        CapturedRun first = check(RELEASE, "old", 120);
        CapturedRun second = check(RELEASE, "old", 120);
        CapturedRun own = check(RELEASE, "old", 120, "--base", RELEASE);

        assertThat(flat(first)).contains("To judge the next runs of release/1.0 against its own history");
        assertThat(flat(second)).contains("To judge release/1.0 against its own history");
        assertThat(own.exitCode()).as(own.out()).isZero();
    }

    @Test
    void the_base_branch_is_not_advised_to_be_its_own_base() throws IOException {
        CapturedRun check = check("main", "old", 120);

        assertThat(flat(check)).contains("no reference for environment old").doesNotContain("--base");
    }

    @Test
    void is_judged_against_its_own_history_once_that_is_long_enough_and_says_so() throws IOException {
        for (int run = 0; run < NEEDED + 3; run++) {
            check(RELEASE, "old", 120);
        }

        CapturedRun healthy = check(RELEASE, "old", 120);
        CapturedRun report = CapturedRun.wide(folder, "report");
        CapturedRun slower = check(RELEASE, "old", 150);

        assertThat(healthy.exitCode()).as(healthy.out()).isZero();
        assertThat(flat(healthy))
                .contains("against the history of release/1.0 in environment old, where main has none")
                .doesNotContain("nothing is comparable", "no reference for environment");
        assertThat(report.out()).doesNotContain("HOLD");
        assertThat(slower.exitCode()).as(slower.out()).isEqualTo(1);
    }

    @Test
    void a_branch_that_is_only_named_after_releases_holds_however_long_its_history_is() throws IOException {
        for (int run = 0; run < NEEDED + 2; run++) {
            CapturedRun check = check("release-notes", "old", 120);

            assertThat(check.exitCode()).as("run %d: %s", run, check.out()).isEqualTo(3);
        }
    }
}
