package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a period brought, as a shell sees it: six runs a day, the newest of them now. */
class ExecutiveSummaryTest {
    private static final Instant NEWEST = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration BETWEEN = Duration.ofHours(4);

    @TempDir
    private Path folder;

    private final Map<String, Course> courses = new TreeMap<>();

    /** The level of a benchmark at a run, and its noise there. */
    private interface Course {
        double at(int run, Instant time, double noise);
    }

    private void record(int runs) throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        StringBuilder table = new StringBuilder("benchmark,metric,unit,better,value,commit,branch,commit_time\n");
        SplittableRandom random = new SplittableRandom(20261126);
        for (int run = 0; run < runs; run++) {
            Instant time = NEWEST.minus(BETWEEN.multipliedBy(runs - 1L - run));
            for (Map.Entry<String, Course> one : courses.entrySet()) {
                table.append(String.format(
                        Locale.ROOT,
                        "%s,time,ms,lower,%.3f,c%07x,main,%s%n",
                        one.getKey(),
                        100 * one.getValue().at(run, time, random.nextGaussian()),
                        run,
                        time));
            }
        }
        Path file = Files.writeString(folder.resolve("runs.csv"), table);
        CapturedRun recorded = CapturedRun.wide(folder, "record", file.toString());
        assertThat(recorded.exitCode()).as(recorded.err()).isZero();
    }

    private String plumb(String... arguments) {
        CapturedRun run = CapturedRun.wide(folder, arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.out().replaceAll("\\s+", " ");
    }

    private String executive(int days) {
        return plumb("report", "--kind", "executive", "--days", Integer.toString(days), "-v");
    }

    private static boolean isWeekend(Instant time) {
        return time.atZone(ZoneOffset.UTC).getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue();
    }

    @Test
    void a_weekend_is_no_step_of_the_period_as_it_is_no_incident() throws IOException {
        courses.put("swing", (run, time, noise) -> (isWeekend(time) ? 1.04 : 0.96) * Math.exp(0.006 * noise));
        courses.put(
                "both",
                (run, time, noise) ->
                        (isWeekend(time) ? 1.04 : 0.96) * (run < 150 ? 1 : 1.06) * Math.exp(0.006 * noise));
        record(252);

        assertThat(plumb("incidents", "--all"))
                .startsWith("1 open incident on main: both time +")
                .containsOnlyOnce(" % both time ")
                .doesNotContain("swing");
        assertThat(executive(60))
                .contains("2 benchmarks: 1 worse than when the period began, 1 level")
                .containsPattern("1 change point of at least [0-9.]+ %: 1 worse, 0 better")
                .containsPattern("Change points \\(1\\) .* both time \\+(5\\.[5-9]|6\\.[0-5]) % ");
        // where the next run is expected depends on the clock
        assertThat(plumb("report", "--kind", "history", "--as", "html"))
                .contains("\"regime\":{\"start\":")
                .doesNotContain("\"expected\":[");
        assertThat(plumb("history", "swing"))
                .contains("warning: the seasonal variation was removed before looking for changes")
                .doesNotContain("regression with");
    }

    @Test
    void a_series_that_climbs_is_not_noisier_and_is_told_to_get_worse_little_by_little() throws IOException {
        courses.put("climb", (run, time, noise) -> (1 + 0.06 * Math.max(0, run - 120) / 120) * Math.exp(0.005 * noise));
        courses.put("gains", (run, time, noise) -> (1 - 0.06 * Math.max(0, run - 120) / 120) * Math.exp(0.005 * noise));
        courses.put("loud", (run, time, noise) -> Math.exp((run < 120 ? 0.005 : 0.015) * noise));
        courses.put("flat", (run, time, noise) -> Math.exp(0.005 * noise));
        record(240);

        assertThat(executive(20))
                .containsPattern("noisier: 1 series, loud time by a factor of (2\\.[5-9]|3\\.\\d)")
                .containsPattern("gradual: 1 series got worse gradually, without a change point: climb time"
                        + " \\+[56]\\.\\d %")
                .as("lines count as steps do")
                .contains("4 benchmarks: 1 worse than when the period began, 1 better, 2 level")
                .containsPattern(
                        "performance debt: 1 series is worse than when the period began: climb time \\+[56]\\.\\d %; not"
                                + " triaged")
                .containsPattern("Worse than at their best \\(1\\) .*climb time 10[56]\\.\\d ms \\+[56]\\.\\d %");
        assertThat(executive(5))
                .as("what it came to in the period")
                .doesNotContain("gradual:")
                .containsPattern("open: 1 incident, from before the period: \\S+ \\(climb time, \\+[56]\\.\\d %");
        assertThat(plumb("report", "--kind", "executive", "--days", "20", "--json"))
                .containsPattern("\"slopes\": \\[ \\{[^}]*\"climb\"");
    }

    @Test
    void what_is_open_or_was_fixed_is_told_whenever_it_began() throws IOException {
        courses.put("open", (run, time, noise) -> (run < 60 ? 1 : 1.12) * Math.exp(0.005 * noise));
        courses.put("back", (run, time, noise) -> (run < 80 || run >= 200 ? 1 : 1.08) * Math.exp(0.005 * noise));
        courses.put("fresh", (run, time, noise) -> (run < 215 ? 1 : 1.05) * Math.exp(0.005 * noise));
        courses.put("flat", (run, time, noise) -> Math.exp(0.005 * noise));
        record(240);
        String aWeek = executive(7);
        String fresh = "i[0-9a-f]{8} \\(fresh time, \\+\\d\\.\\d %, open\\)";
        String open = "i[0-9a-f]{8} \\(open time, \\+1[12]\\.\\d %, open\\)";
        String back = "i[0-9a-f]{8} \\(back time, \\+[78]\\.\\d %, recovered";

        assertThat(plumb("report", "--kind", "executive", "--days", "7"))
                .as("sentences without statistics")
                .containsPattern(
                        "UTC open is 1[12]\\.\\d % slower since c000003c — and 1 more open incident next: plumb"
                                + " incidents i[0-9a-f]{8} 1 fixed or recovered")
                .containsPattern(
                        "Also open \\(1\\) fresh is \\d\\.\\d % slower since c00000d7; details: plumb incidents"
                                + " i[0-9a-f]{8} Fixed or recovered \\(1\\) back was [78]\\.\\d % slower")
                .endsWith("all numbers: -v ")
                .doesNotContain("interval", "change point", "behind best");
        assertThat(aWeek)
                .containsPattern("got worse: 1 incident: " + fresh + " ")
                .containsPattern("fixed or recovered: 1 incident, from before the period: " + back + "\\) ")
                .containsPattern("open: 2 incidents, 1 from before the period: " + open + "; " + fresh + " ");
        assertThat(plumb("report", "--kind", "executive", "--days", "7", "--json"))
                .containsPattern("\"earlier\": \\[");

        // up to the 150th run, when nothing was back yet
        String then = NEWEST.minus(BETWEEN.multipliedBy(90)).toString();
        assertThat(plumb("report", "--kind", "executive", "--days", "90", "--until", then, "-v"))
                .doesNotContain("fixed or recovered")
                .containsPattern("got worse: 2 incidents: " + open + "; " + back + " since\\) ")
                .contains("open: all 2 of these")
                .doesNotContain("acknowledged");
        assertThat(executive(2)).as("what was back before it").doesNotContain("(back time");
    }

    @Test
    void what_a_check_calls_of_a_swing_is_told_alike_by_history_and_incidents() throws IOException {
        courses.put("swing", (run, time, noise) -> (isWeekend(time) ? 1.04 : 0.96) * Math.exp(0.006 * noise));
        // the newest run is of a Saturday, and those before it are of a week
        record(252);
        Path file = Files.writeString(folder.resolve("called.csv"), """
            benchmark,metric,unit,better,value,commit,branch,commit_time
            swing,time,ms,lower,112,cfffffff,main,2026-01-31T16:00:00Z
            """);
        CapturedRun checked = CapturedRun.wide(folder, "check", file.toString());
        assertThat(checked.exitCode()).as(checked.out()).isEqualTo(1);

        assertThat(plumb("incidents")).contains("detected by a check, not yet confirmed by the history: swing time");
        assertThat(plumb("history", "swing")).contains("a check detected a regression with commit cfffffff");
    }
}
