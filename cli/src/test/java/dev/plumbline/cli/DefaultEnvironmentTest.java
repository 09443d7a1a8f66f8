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

/** One run in another environment does not become what commands read: the project's history stays the default. */
class DefaultEnvironmentTest {
    private static final String CHOSEN = "environment ci, which has the most runs of the last 90 days (20);"
            + " choose another with --environment NAME: laptop";

    @TempDir
    private Path folder;

    private final Random random = new Random(7);

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    private void record(String environment, int first, int commits) throws IOException {
        StringBuilder table =
                new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time,time,environment\n");
        for (int day = first; day < first + commits; day++) {
            LocalDate date = LocalDate.of(2026, 1, 1).plusDays(day);
            table.append(String.format(
                    Locale.ROOT,
                    "work,time,ms,lower,%.3f,%08x,main,%sT06:00:00Z,%sT07:00:00Z,%s%n",
                    100 + random.nextGaussian(),
                    day + 1,
                    date,
                    date,
                    environment));
        }
        Path file = Files.writeString(folder.resolve("results.csv"), table.toString());
        CapturedRun recorded = plumb("record", file.toString());
        assertThat(recorded.exitCode()).as(recorded.err()).isZero();
    }

    @BeforeEach
    void a_history_and_one_run_on_a_laptop() throws IOException {
        record("ci", 0, 20);
        record("laptop", 20, 1);
    }

    @Test
    void threshold_show_reads_the_history_and_says_so() {
        CapturedRun shown = plumb("threshold", "show", "work");
        CapturedRun named = plumb("threshold", "show", "work", "--environment", "laptop");

        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.out()).contains(" in ci on main", "inimum detectable change");
        assertThat(shown.err().lines()).containsExactly("plumb: using " + CHOSEN);
        assertThat(named.out()).contains(" in laptop on main");
        assertThat(named.err()).isEmpty();
    }

    @Test
    void calibrate_replays_the_history_and_says_so() {
        CapturedRun calibrated = plumb("calibrate", "--replays", "10", "--json");

        assertThat(calibrated.exitCode()).as(calibrated.err()).isZero();
        assertThat(calibrated.out()).contains("\"environment\": \"ci\"");
        assertThat(calibrated.err().lines()).containsExactly("plumb: using " + CHOSEN);
    }

    @Test
    void the_dashboard_shows_the_newest_run_of_the_history_and_says_so() throws IOException {
        CapturedRun written = plumb("dashboard", "-o", "pages");
        String page = Files.readString(folder.resolve("pages/run.html"));
        CapturedRun named = plumb("dashboard", "-o", "laptop", "--environment", "laptop");

        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(written.err().lines()).contains("plumb: run.html shows " + CHOSEN);
        assertThat(page).contains(commit(20)).doesNotContain(commit(21));
        assertThat(named.err()).doesNotContain("choose another");
        assertThat(Files.readString(folder.resolve("laptop/run.html"))).contains(commit(21));
    }

    private static String commit(int number) {
        return String.format(Locale.ROOT, "%08x", number);
    }

    @Test
    void the_configured_environment_is_the_default_of_all_three() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "environment: laptop\n");

        CapturedRun shown = plumb("threshold", "show", "work");
        CapturedRun calibrated = plumb("calibrate", "--replays", "10");
        CapturedRun written = plumb("dashboard", "-o", "pages");

        assertThat(shown.out()).contains(" in laptop on main");
        assertThat(calibrated.out()).contains("environment laptop");
        assertThat(Files.readString(folder.resolve("pages/run.html"))).contains(commit(21));
        for (CapturedRun run : new CapturedRun[] {shown, calibrated, written}) {
            assertThat(run.err())
                    .contains("environment laptop, as configured; choose another with --environment NAME: ci");
        }
    }
}
