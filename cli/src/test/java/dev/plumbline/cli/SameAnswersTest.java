package dev.plumbline.cli;

import static dev.plumbline.cli.PlantedHistory.MOVED;
import static dev.plumbline.cli.PlantedHistory.RUNS;
import static dev.plumbline.cli.PlantedHistory.SERIES;
import static dev.plumbline.cli.PlantedHistory.check;
import static dev.plumbline.cli.PlantedHistory.folder;
import static dev.plumbline.cli.PlantedHistory.history;
import static dev.plumbline.cli.PlantedHistory.plumb;
import static dev.plumbline.cli.PlantedHistory.plumbed;
import static dev.plumbline.cli.PlantedHistory.recorded;
import static dev.plumbline.cli.PlantedSuite.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What every command says of one judgement: the same verdict, commit, size and detectable change. */
class SameAnswersTest {
    @TempDir
    private Path temporary;

    private static JsonNode threshold(Path folder) {
        return entry(
                plumb(folder, "threshold", "show", PlantedSuite.name(MOVED), "--json")
                        .get("series"),
                MOVED);
    }

    @ParameterizedTest
    @CsvSource({"1, 1.2", "2, 1.2", "3, 1.2", "2, 0.8", "3, 0.8", "1, 1", "3, 1"})
    void every_command_tells_of_the_same_judgement(long seed, double factor) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES).plant(MOVED, RUNS, factor);
        Path folder = recorded(suite, temporary, "history");
        double before = threshold(folder).at("/sensitivity/detectable").asDouble();
        for (int run = RUNS; run < RUNS + 3; run++) {
            JsonNode checked = check(suite, folder, run);

            JsonNode finding = entry(checked.get("findings"), MOVED);
            assertThat(finding.get("verdict").asString())
                    .isIn(
                            factor > 1
                                    ? List.of("REGRESSED")
                                    : factor < 1 ? List.of("IMPROVED") : List.of("UNCHANGED", "INCONCLUSIVE"));
            assertThat(finding.get("detectableChange").asDouble())
                    .as("what threshold show promised of run %d", run)
                    .isEqualTo(before, within(1e-12));

            JsonNode reported = plumb(folder, "report", "--json");
            for (String member : new String[] {"summary", "gate", "counts", "candidates", "findings", "missing"}) {
                assertThat(reported.get(member)).as(member).isEqualTo(checked.get(member));
            }
            assertExplained(folder, finding);
            before = threshold(folder).at("/sensitivity/detectable").asDouble();
            JsonNode history = history(folder);
            assertThat(history.at("/summary/detectable").asDouble()).isEqualTo(before, within(1e-12));
            JsonNode incidents = plumb(folder, "incidents", "--all", "--json");
            assertTold(finding, history, incidents, factor);
        }
    }

    private static Map<String, Double> detectable(JsonNode list, String pointer) {
        Map<String, Double> detectable = new TreeMap<>();
        list.forEach(one -> {
            JsonNode reported = one.at(pointer);
            detectable.put(
                    one.get("benchmark").asString(),
                    reported.isMissingNode() || reported.isNull() ? null : reported.asDouble());
        });
        return detectable;
    }

    /** What every command says the next run detects, of every series, is what the check of it says. */
    private static JsonNode assertDetects(PlantedSuite suite, Path folder, int run) throws IOException {
        Map<String, Double> shown =
                detectable(plumb(folder, "threshold", "show", "*", "--json").get("series"), "/sensitivity/detectable");
        Map<String, Double> reported =
                detectable(plumb(folder, "history", "--json").get("series"), "/summary/detectable");
        JsonNode findings = check(suite, folder, run).get("findings");
        Map<String, Double> checked = detectable(findings, "/detectableChange");
        assertThat(shown).as("threshold show before run %d", run).isEqualTo(checked);
        assertThat(reported).as("history before run %d", run).isEqualTo(checked);
        assertThat(checked.get(PlantedSuite.name(MOVED))).as("run %d", run).isNotNull();
        return findings;
    }

    @ParameterizedTest
    @CsvSource({"1, 1.3", "2, 1.2"})
    void after_an_acceptance_every_command_tells_the_same_detectable_change(long seed, double factor)
            throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES).plant(MOVED, RUNS, factor);
        Path folder = recorded(suite, temporary, "history");
        check(suite, folder, RUNS);
        plumbed(folder, "accept", PlantedSuite.name(MOVED), "--reason", "agreed", "--by", "ann");
        for (int run = RUNS + 1; run < RUNS + 24; run++) {
            assertDetects(suite, folder, run);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0.7", "2, 0.8", "1, 1.2", "3, 1.2"})
    void after_a_change_every_command_tells_the_same_detectable_change(long seed, double factor) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES).plant(MOVED, RUNS, factor);
        Path folder = recorded(suite, temporary, "history");
        for (int run = RUNS; run < RUNS + 14; run++) {
            assertDetects(suite, folder, run);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void on_a_further_loss_every_command_tells_the_same_detectable_change(long seed) throws IOException {
        PlantedSuite suite =
                new PlantedSuite(seed, SERIES).plant(MOVED, RUNS, 1.2).plant(MOVED, RUNS + 3, 1.25);
        Path folder = recorded(suite, temporary, "history");
        for (int run = RUNS; run < RUNS + 9; run++) {
            if (run == RUNS + 3) {
                check(suite, folder, run); // nobody foresees the run with which it comes
            } else {
                assertDetects(suite, folder, run);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void in_a_young_history_every_command_tells_the_same_detectable_change(long seed) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES);
        Path folder = folder(temporary, "history");
        plumbed(folder, "record", suite.file(folder, 0, 5));
        for (int run = 5; run < 14; run++) {
            assertDetects(suite, folder, run);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void of_a_series_with_a_season_every_command_tells_the_same_detectable_change(long seed) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES).weekend(MOVED, 1.15);
        Path folder = recorded(suite, temporary, "history");
        for (int run = RUNS; run < RUNS + 8; run++) {
            assertDetects(suite, folder, run);
        }
    }

    @Test
    void against_a_baseline_every_command_tells_the_same_detectable_change() throws IOException {
        PlantedSuite suite = new PlantedSuite(2, SERIES).plant(MOVED, 12, 0.9);
        Path folder = recorded(suite, temporary, "history");
        plumbed(folder, "baseline", "establish", "--by", "ann");
        Files.writeString(folder.resolve("plumbline.yaml"), "baseline:\n  use: default\n");
        for (int run = RUNS; run < RUNS + 3; run++) {
            assertDetects(suite, folder, run);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "1, 24", "2, 40", "3, 12"})
    void an_analysis_of_a_file_and_the_history_of_its_runs_tell_the_same_detectable_change(long seed, int runs)
            throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES)
                .weekend(0, 1.15)
                .plant(MOVED, runs / 2, 0.8)
                .plant(MOVED + 1, runs / 2, 1.2);
        Path folder = folder(temporary, "history");
        String file = suite.file(folder, 0, runs);
        plumbed(folder, "record", file);
        JsonNode series = plumb(folder, "history", "--json").get("series");
        Map<String, Double> reported = detectable(series, "/summary/detectable");
        assertThat(reported.get(PlantedSuite.name(1))).isNotNull();

        for (String line : CapturedRun.wide(folder, "analyze", file, "--json")
                .out()
                .lines()
                .toList()) {
            JsonNode one = JsonMapper.builder().build().readTree(line);
            String name = one.get("id").asString().replaceFirst("[ /].*", "");

            JsonNode detectable = one.at("/summary/detectable");
            assertThat(detectable.isNull() ? null : detectable.asDouble())
                    .as(name)
                    .isEqualTo(reported.remove(name));
        }
        assertThat(reported).isEmpty();
    }

    /** The words of an explanation are the numbers of the finding. */
    private static void assertExplained(Path folder, JsonNode finding) {
        String words =
                CapturedRun.wide(folder, "explain", PlantedSuite.name(MOVED)).out();

        String verdict = finding.get("verdict").asString();
        assertThat(words).contains("\nid        " + finding.get("id").asString() + "\n");
        assertThat(words)
                .contains(
                        switch (verdict) {
                            case "REGRESSED" -> "\nRegressed: it got ";
                            case "IMPROVED" -> "\nImproved: it got ";
                            case "UNCHANGED" -> "\nUnchanged";
                            default -> "\nInconclusive: ";
                        });
        assertThat(words).contains(percent("\nchange    %+.1f %%", finding.at("/effect/relativeChange")));
        assertThat(words).contains(percent("changes of %.1f %% and more", finding.get("detectableChange")));
        if (finding.get("since").isNull()) {
            assertThat(words).doesNotContain("\nsince ");
        } else {
            assertThat(words)
                    .contains("\nsince     commit "
                            + finding.get("since").asString().substring(0, 10));
        }
    }

    private static String percent(String form, JsonNode share) {
        return String.format(Locale.ROOT, form, 100 * share.asDouble());
    }

    /** Every command has the check's numbers until the history confirms the change, and then those of the history. */
    private static void assertTold(JsonNode finding, JsonNode history, JsonNode incidents, double factor) {
        JsonNode steps = history.get("changePoints");
        List<JsonNode> confirmed = new ArrayList<>();
        steps.forEach(step -> {
            if (step.get("tier").asString().equals("confirmed")) {
                confirmed.add(step);
            }
        });
        List<JsonNode> reported = new ArrayList<>();
        incidents.get("incidents").forEach(incident -> incident.get("changes").forEach(reported::add));
        List<JsonNode> called = new ArrayList<>();
        incidents.path("called").forEach(called::add);
        // of the other series one may be called by chance
        reported.removeIf(one -> !one.get("benchmark").asString().equals(PlantedSuite.name(MOVED)));
        called.removeIf(one -> !one.get("benchmark").asString().equals(PlantedSuite.name(MOVED)));
        if (factor == 1) {
            assertThat(confirmed).isEmpty();
            assertThat(reported).isEmpty();
            assertThat(called).isEmpty();
            assertThat(history.path("called").isObject()).isFalse();
            return;
        }
        String commit = PlantedSuite.commit(RUNS);
        assertThat(finding.get("since").asString()).isEqualTo(commit);
        if (confirmed.isEmpty()) {
            assertThat(reported).isEmpty();
            assertThat(called).hasSize(factor > 1 ? 1 : 0);
            if (factor > 1) {
                assertThat(history.get("verdict")).isEqualTo(finding.get("verdict"));
            }
            for (JsonNode one : factor > 1 ? List.of(called.get(0), history.get("called")) : List.<JsonNode>of()) {
                assertThat(one.get("finding")).isEqualTo(finding.get("id"));
                assertThat(one.at("/since/commit").asString()).isEqualTo(commit);
                assertThat(one.get("relativeChange").asDouble())
                        .isEqualTo(finding.at("/effect/relativeChange").asDouble(), within(1e-9));
            }
            return;
        }
        assertThat(called).isEmpty();
        assertThat(history.path("called").isObject()).isFalse();
        assertThat(confirmed).hasSize(1);
        assertThat(reported).hasSize(1);
        assertThat(history.get("verdict")).isEqualTo(finding.get("verdict"));
        assertThat(confirmed.get(0).get("revision").asString()).isEqualTo(commit);
        assertThat(reported.get(0).get("since").asString()).isEqualTo(commit);
        assertThat(reported.get(0).get("relativeChange"))
                .isEqualTo(confirmed.get(0).get("relativeChange"));
        for (String member : finding.get("verdict").asString().equals("INCONCLUSIVE")
                ? new String[] {}
                : new String[] {"before", "after", "relativeChange"}) {
            assertThat(finding.at("/effect/" + member))
                    .as(member)
                    .isEqualTo(confirmed.get(0).get(member));
        }
        JsonNode around = confirmed.get(0).get("confidenceInterval");
        assertThat(factor - 1).isBetween(around.get(0).asDouble(), around.get(1).asDouble());
    }

    /** Five deviations: runs before the change may look like a part of it. And four, which some checks pass. */
    @ParameterizedTest
    @CsvSource({
        "1, 1.1", "2, 1.1", "3, 1.1", "4, 1.1", "5, 1.1", "6, 1.1", "7, 1.1", "8, 1.1", "1, 1.08", "2, 1.08", "3, 1.08",
        "4, 1.08", "5, 1.08", "6, 1.08", "7, 1.08", "8, 1.08"
    })
    void a_change_has_one_size_and_one_commit_in_every_command(long seed, double factor) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES).plant(MOVED, RUNS, factor);
        Path folder = recorded(suite, temporary, "history");
        List<String> began = new ArrayList<>();
        for (int run = RUNS; run < RUNS + 6; run++) {
            JsonNode finding = entry(check(suite, folder, run).get("findings"), MOVED);
            if (!finding.get("verdict").asString().equals("REGRESSED")) {
                continue;
            }
            JsonNode history = history(folder);
            JsonNode incidents = plumb(folder, "incidents", "--all", "--json");
            String what = what(finding.get("since"), finding.at("/effect/relativeChange"));
            List<String> told = worse(history.get("changePoints"), "revision");
            List<String> grouped = new ArrayList<>();
            incidents.get("incidents").forEach(incident -> grouped.addAll(moved(incident.get("changes"), "/since")));
            if (told.isEmpty()) {
                told.addAll(moved(List.of(history.get("called")), "/since/commit"));
                grouped.addAll(moved(incidents.path("called"), "/since/commit"));
            }
            assertThat(told).as("history at run %d", run).containsExactly(what);
            assertThat(grouped).as("incidents at run %d", run).containsExactly(what);
            began.add(finding.get("since").asString());
        }
        // one run of it may leave open whether the run before it is a part of it, as of seed 4; two do not
        assertThat(began.stream().skip(1).distinct()).hasSizeLessThan(2);
    }

    /** The changes of the series that things happen to, as commit and size. */
    private static List<String> moved(Iterable<JsonNode> changes, String commit) {
        List<String> moved = new ArrayList<>();
        for (JsonNode one : changes) {
            if (one.path("benchmark").asString(PlantedSuite.name(MOVED)).equals(PlantedSuite.name(MOVED))) {
                moved.add(what(one.at(commit), one.get("relativeChange")));
            }
        }
        return moved;
    }

    /**
     * Changes of four deviations in noise of 3 and 6 %: some checks pass, and others date a change a run early or late.
     * Whatever they detect, the other commands have the same of it.
     */
    @Test
    void in_noise_a_regression_has_one_size_and_one_commit() throws IOException {
        List<String> apart = new ArrayList<>();
        int compared = 0;
        for (long seed = 1; seed <= 16; seed++) {
            PlantedSuite suite = new PlantedSuite(seed, 20).noisier(3);
            for (int i = 0; i < 5; i++) {
                suite.plant(i, RUNS, i % 2 == 0 ? 1.12 : 1.24);
            }
            Path folder = recorded(suite, temporary, "history-" + seed);
            for (int run = RUNS; run < RUNS + 6; run++) {
                List<String> reported = new ArrayList<>();
                check(suite, folder, run).get("findings").forEach(finding -> {
                    if (finding.get("verdict").asString().equals("REGRESSED")) {
                        reported.add(named(finding, "/since", "/effect/relativeChange"));
                    }
                });
                compared += reported.size();
                reported.removeAll(listed(folder));
                for (String one : reported) {
                    apart.add("seed " + seed + ", run " + run + ": " + one);
                }
            }
        }

        // measured: 2 of 468, healthy ones of a run that was detected as slower as a whole
        assertThat(compared).isGreaterThan(300);
        assertThat(apart).hasSizeLessThan(compared / 100);
    }

    /** The regressions that incidents are made of. */
    private static Set<String> listed(Path folder) {
        Set<String> listed = new TreeSet<>();
        JsonNode incidents = plumb(folder, "incidents", "--json");
        incidents.get("incidents").forEach(incident -> incident.get("changes")
                .forEach(one -> listed.add(named(one, "/since", "/relativeChange"))));
        incidents.path("called").forEach(one -> listed.add(named(one, "/since/commit", "/relativeChange")));
        return listed;
    }

    private static String named(JsonNode one, String commit, String size) {
        return one.get("benchmark").asString() + " " + what(one.at(commit), one.at(size));
    }

    /** Without the last digits, which the way to a number leaves its mark on. */
    private static String what(JsonNode commit, JsonNode size) {
        return String.format(Locale.ROOT, "%s %.9f", commit.asString(), size.asDouble());
    }

    /** The confirmed changes for the worse of the series that things happen to, as commit and size. */
    private static List<String> worse(JsonNode changes, String commit) {
        List<String> worse = new ArrayList<>();
        changes.forEach(one -> {
            boolean isConfirmed = one.path("tier").asString("confirmed").equals("confirmed");
            if (isConfirmed && one.get("relativeChange").asDouble() > 0) {
                worse.add(what(one.get(commit), one.get("relativeChange")));
            }
        });
        return worse;
    }

    @ParameterizedTest
    @CsvSource({"1, 1.2, 3", "2, 1.2, 2", "3, 1.15, 4", "4, 1.3, 3"})
    void history_and_incidents_tell_the_same_of_a_short_regression_that_ended(long seed, double factor, int runs)
            throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES).plant(MOVED, RUNS, RUNS + runs, factor);
        Path folder = recorded(suite, temporary, "history");
        for (int run = RUNS; run < RUNS + runs + 5; run++) {
            check(suite, folder, run);
            if (run < RUNS + runs) {
                continue;
            }
            List<JsonNode> reported = new ArrayList<>();
            plumb(folder, "incidents", "--all", "--json").get("incidents").forEach(incident -> incident.get("changes")
                    .forEach(change -> {
                        if (change.get("benchmark").asString().equals(PlantedSuite.name(MOVED))) {
                            assertThat(incident.get("state").asString()).isEqualTo("RECOVERED");
                            reported.add(change);
                        }
                    }));
            assertThat(reported).as("run %d", run).hasSize(1);
            assertThat(reported.get(0).get("since").asString()).isEqualTo(PlantedSuite.commit(RUNS));
            assertThat(reported.get(0).get("relativeChange").asDouble()).isEqualTo(factor - 1, within(0.05));
            List<String> confirmed = worse(history(folder).get("changePoints"), "revision");
            // too short to be a level of its own when more runs follow
            if (!confirmed.isEmpty()) {
                assertThat(confirmed)
                        .as("run %d", run)
                        .isEqualTo(worse(
                                plumb(folder, "incidents", "--all", "--json").at("/incidents/0/changes"), "since"));
            }
        }
    }

    /**
     * A run in which every benchmark was slow, and that the next one takes back: what one benchmark loses with that
     * next commit is its own, in every command and at every later check. What it lost with the slow run stays there.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 12, 1.08, 1",
        "2, 12, 1.08, 1",
        "3, 24, 1.08, 2",
        "4, 24, 1.12, 1",
        "5, 16, 1.08, 0",
        "6, 24, 1.2, 0"
    })
    void a_run_that_was_slow_as_a_whole_is_the_beginning_of_nothing(long seed, int good, double factor, int slow)
            throws IOException {
        int begin = good + slow;
        PlantedSuite suite = new PlantedSuite(seed, SERIES).plant(MOVED, begin, factor);
        for (int i = 0; i < SERIES; i++) {
            suite.plant(i, good, good + Math.max(1, slow), 1.1);
        }
        Path folder = folder(temporary, "history");
        plumbed(folder, "record", suite.file(folder, 0, good));
        for (int run = good; run < good + Math.max(1, slow); run++) {
            List<JsonNode> called = new ArrayList<>();
            check(suite, folder, run).get("findings").forEach(called::add);
            called.removeIf(finding -> !finding.get("verdict").asString().equals("REGRESSED"));
            assertThat(called).as("run %d", run).hasSizeGreaterThan(5);
            assertThat(CapturedRun.wide(folder, "incidents").out())
                    .containsPattern("(?s)[678] regressions with commit "
                            + PlantedSuite.commit(good).substring(0, 8)
                            + ".* on main, .* \\(the largest; -v lists all\\)");
        }
        for (int run = good + Math.max(1, slow); run < begin + 6; run++) {
            CapturedRun checked = CapturedRun.wide(folder, "check", suite.file(folder, run, run + 1));
            boolean isBack = run == good + Math.max(1, slow);
            assertThat(checked.out().contains("slow as a whole"))
                    .as("run %d: %s", run, checked.out())
                    .isEqualTo(isBack);
            JsonNode report = plumb(folder, "report", "--json");
            JsonNode finding = entry(report.get("findings"), MOVED);
            assertThat(finding.get("verdict").asString()).as("run %d", run).isEqualTo("REGRESSED");
            assertThat(finding.get("since").asString()).as("run %d", run).isEqualTo(PlantedSuite.commit(begin));
            JsonNode history = history(folder);
            JsonNode incidents = plumb(folder, "incidents", "--all", "--json");
            List<String> told = worse(history.get("changePoints"), "revision");
            List<String> grouped = new ArrayList<>();
            incidents.get("incidents").forEach(incident -> grouped.addAll(moved(incident.get("changes"), "/since")));
            if (told.isEmpty()) {
                told.addAll(moved(List.of(history.get("called")), "/since/commit"));
                grouped.addAll(moved(incidents.path("called"), "/since/commit"));
            }
            String what = what(finding.get("since"), finding.at("/effect/relativeChange"));
            assertThat(told).as("history at run %d", run).containsExactly(what);
            assertThat(grouped).as("incidents at run %d", run).containsExactly(what);
            if (slow > 0) {
                assertThat(CapturedRun.wide(folder, "incidents").out())
                        .as("nobody is asked to look at the slow run, at run %d", run)
                        .doesNotContain(PlantedSuite.commit(good).substring(0, 8));
            }
        }
    }
}
