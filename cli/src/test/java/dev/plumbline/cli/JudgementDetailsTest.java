package dev.plumbline.cli;

import static dev.plumbline.cli.PlantedSuite.entry;
import static dev.plumbline.cli.PlantedSuite.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a judgement tells in the smaller print, through whole commands, over planted suites. */
class JudgementDetailsTest {
    private static final int RUNS = 40;
    private static final int SERIES = 8;
    private static final int MOVED = 3;

    @TempDir
    private Path temporary;

    private Path recorded(PlantedSuite suite, String name) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve(name));
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        CapturedRun recorded = CapturedRun.wide(folder, "record", suite.file(folder, 0, RUNS));
        assertThat(recorded.exitCode()).as(recorded.err()).isZero();
        return folder;
    }

    private static JsonNode check(PlantedSuite suite, Path folder, int run) throws IOException {
        return json(CapturedRun.wide(folder, "check", suite.file(folder, run, run + 1), "--json"));
    }

    /** Where three of eight series are a fifth slower, the median of the suite moves too; no other one is called. */
    @ParameterizedTest
    @ValueSource(longs = {14, 25, 41, 64})
    void what_becomes_of_some_series_has_no_healthy_one_called(long seed) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES)
                .plant(1, RUNS, 1.2)
                .plant(2, RUNS, 1.2)
                .plant(3, RUNS, 1.2);
        PlantedSuite healthy = new PlantedSuite(seed, SERIES);

        JsonNode findings = check(suite, recorded(suite, "moved"), RUNS).get("findings");
        JsonNode before = check(healthy, recorded(healthy, "healthy"), RUNS).get("findings");

        for (int index : new int[] {0, 4, 5, 6, 7}) {
            if (!entry(before, index).get("verdict").asString().equals("REGRESSED")) {
                assertThat(entry(findings, index).get("verdict").asString())
                        .as(
                                "seed %d, %s: %s",
                                seed,
                                PlantedSuite.name(index),
                                entry(findings, index).get("ladder"))
                        .isNotEqualTo("REGRESSED");
            }
        }
    }

    /** One slow run of one series, or one wild value. */
    @ParameterizedTest
    @ValueSource(doubles = {1.5, 1e300})
    void one_odd_value_of_one_series_hardly_moves_what_others_can_detect(double factor) throws IOException {
        for (long seed = 1; seed <= 4; seed++) {
            for (int series : new int[] {6, 12}) {
                PlantedSuite healthy = new PlantedSuite(seed, series);
                PlantedSuite suite = new PlantedSuite(seed, series).plant(MOVED, 30, 31, factor);
                String name = seed + "-" + series;
                JsonNode before = check(healthy, recorded(healthy, "before-" + name), RUNS)
                        .get("findings");
                JsonNode after =
                        check(suite, recorded(suite, "after-" + name), RUNS).get("findings");
                for (int index = 0; index < series; index++) {
                    double ratio = entry(after, index).get("detectableChange").asDouble()
                            / entry(before, index).get("detectableChange").asDouble();
                    assertThat(index == MOVED ? 1 : ratio)
                            .as("seed %d, %d series, %s", seed, series, PlantedSuite.name(index))
                            .isBetween(1 / 1.2, 1.2);
                }
            }
        }
    }

    /** Of the newest run alone where that lies elsewhere; of the levels once the history is sure of them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_change_over_several_runs_is_told_with_the_size_of_those_runs(long seed) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES).plant(MOVED, RUNS, 1.2);
        Path folder = recorded(suite, "history");
        double logarithms = 0;
        int together = 0;
        int confirmed = 0;
        for (int run = RUNS; run < RUNS + 4; run++) {
            JsonNode finding = entry(check(suite, folder, run).get("findings"), MOVED);

            logarithms += Math.log(suite.value(MOVED, run));
            int runs = run - RUNS + 1;
            String words = finding.get("ladder").get(1).get("words").asString();
            boolean isTogether = words.contains(" over " + runs + " runs");
            together += isTogether ? 1 : 0;
            double mean = isTogether ? Math.exp(logarithms / runs) : suite.value(MOVED, run);
            JsonNode changes = entry(
                            json(CapturedRun.wide(folder, "history", PlantedSuite.name(MOVED), "--json"))
                                    .get("series"),
                            MOVED)
                    .get("changePoints");
            boolean isConfirmed =
                    changes.size() == 1 && changes.get(0).get("tier").asString().equals("confirmed");
            confirmed += isConfirmed ? 1 : 0;
            assertThat(finding.at("/effect/relativeChange").asDouble())
                    .as("seed %d, run %d: %s", seed, run, words)
                    .isEqualTo(
                            isConfirmed
                                    ? changes.get(0).get("relativeChange").asDouble()
                                    : mean / finding.at("/effect/before").asDouble() - 1,
                            within(isConfirmed ? 1e-9 : 0.002));
        }
        assertThat(together).isPositive();
        assertThat(confirmed).isBetween(1, 3);
    }

    /** The level is that of the runs before the change, and so are its runs. */
    @Test
    void the_runs_of_a_baseline_are_those_whose_level_is_told() throws IOException {
        PlantedSuite suite = new PlantedSuite(1, SERIES).plant(MOVED, RUNS, 0.8);
        Path folder = recorded(suite, "history");
        for (int run = RUNS; run < RUNS + 3; run++) {
            JsonNode finding = entry(check(suite, folder, run).get("findings"), MOVED);

            assertThat(finding.get("verdict").asString()).isEqualTo("IMPROVED");
            assertThat(finding.get("since").asString()).isEqualTo(PlantedSuite.commit(RUNS));
            assertThat(finding.at("/baseline/level").asDouble()).isBetween(395.0, 405.0);
            assertThat(finding.at("/baseline/first/commit").asString())
                    .as("run %d: %s", run, finding.get("baseline"))
                    .isEqualTo(PlantedSuite.commit(0));
        }
    }

    /** Checks of several commits that show the same. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_change_of_everything_that_lasts_is_no_disturbed_machine(long seed) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, 12).quiet();
        IntStream.range(0, 12).forEach(index -> suite.plant(index, RUNS, 1.08));
        Path folder = recorded(suite, "all");
        check(suite, folder, RUNS);
        check(suite, folder, RUNS + 1);

        CapturedRun third = CapturedRun.wide(folder, "check", suite.file(folder, RUNS + 2, RUNS + 3));

        assertThat(third.exitCode()).isEqualTo(1);
        assertThat(third.out()).contains("12 regressions", "plumb accept").doesNotContain("most of the suite is off");
    }

    /** More runs of the same commit would not help. */
    @Test
    void many_runs_of_one_commit_are_not_called_the_first_run() throws IOException {
        PlantedSuite suite = new PlantedSuite(1, 2);
        Path folder = Files.createDirectories(temporary.resolve("commit"));
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        List<String> rows = new ArrayList<>();
        IntStream.range(0, 20).forEach(repetition -> rows.addAll(suite.again(0, repetition)));
        CapturedRun.wide(folder, "record", PlantedSuite.file(folder, "all.csv", rows));

        CapturedRun check =
                CapturedRun.wide(folder, "check", PlantedSuite.file(folder, "last.csv", suite.again(0, 20)));

        assertThat(check.out())
                .contains("21 runs of commit 0abc000000 are judged together")
                .doesNotContain("no earlier run");
    }

    @Test
    void looking_at_incidents_writes_nothing() throws IOException, SQLException {
        PlantedSuite suite = new PlantedSuite(1, SERIES).plant(MOVED, 20, 1.3);
        Path folder = recorded(suite, "history");
        HistoryTables before = HistoryTables.of(folder);

        assertThat(CapturedRun.wide(folder, "incidents").out()).contains(" b3 time ", "+30.1 %");

        assertThat(before.changedIn(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "explain b3", "history", "incidents", "dashboard -o page.html", "accept --list"})
    void reading_writes_no_acceptance_of_the_repository_into_the_history(String command)
            throws IOException, SQLException {
        PlantedSuite suite = new PlantedSuite(1, SERIES).plant(MOVED, RUNS, 1.3);
        Path there = recorded(suite, "there");
        Path here = recorded(suite, "here");
        check(suite, there, RUNS);
        check(suite, here, RUNS);
        CapturedRun.wide(here, "incidents", "--all");
        CapturedRun accepted = CapturedRun.wide(there, "accept", "b3", "--reason", "agreed", "--by", "ann", "--write");
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        Matcher id = Pattern.compile("(?m)^(a[0-9a-f]{8}) ").matcher(accepted.out());
        assertThat(id.find()).as(accepted.out()).isTrue();
        String name = "plumbline/acceptances.yaml";
        assertThat(there.resolve(name)).content().contains(id.group(1));
        Files.createDirectories(here.resolve("plumbline"));
        Files.copy(there.resolve(name), here.resolve(name));
        HistoryTables before = HistoryTables.of(here);

        CapturedRun read = CapturedRun.wide(here, command.split(" "));

        assertThat(read.exitCode()).as(read.err()).isZero();
        assertThat(before.changedIn(here)).isEmpty();
    }
}
