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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What every command says of one judgement, and what holds of every history, over fixed seeds and planted truth. */
class JudgementLawsTest {
    private static final int RUNS = 40;
    private static final int SERIES = 8;

    /** The series that things happen to. */
    private static final int MOVED = 3;

    @TempDir
    private Path temporary;

    private Path folder(String name) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve(name));
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        return folder;
    }

    /** A folder whose history has the first runs of a suite, none of them checked. */
    private Path recorded(PlantedSuite suite, String name) throws IOException {
        Path folder = folder(name);
        CapturedRun recorded = CapturedRun.wide(folder, "record", suite.file(folder, 0, RUNS));
        assertThat(recorded.exitCode()).as(recorded.err()).isZero();
        return folder;
    }

    private static JsonNode check(PlantedSuite suite, Path folder, int run) throws IOException {
        return json(CapturedRun.wide(folder, "check", suite.file(folder, run, run + 1), "--json"));
    }

    private static JsonNode plumb(Path folder, String... arguments) {
        return json(CapturedRun.wide(folder, arguments));
    }

    private static JsonNode threshold(Path folder) {
        return entry(
                plumb(folder, "threshold", "show", PlantedSuite.name(MOVED), "--json")
                        .get("series"),
                MOVED);
    }

    private static JsonNode history(Path folder) {
        return entry(
                plumb(folder, "history", PlantedSuite.name(MOVED), "--json").get("series"), MOVED);
    }

    @ParameterizedTest
    @CsvSource({"1, 1.2", "2, 1.2", "3, 1.2", "2, 0.8", "3, 0.8", "1, 1", "3, 1"})
    void every_command_tells_of_the_same_judgement(long seed, double factor) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES).plant(MOVED, RUNS, factor);
        Path folder = recorded(suite, "history");
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

    private static void plumbed(Path folder, String... arguments) {
        CapturedRun run = CapturedRun.wide(folder, arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1.3", "2, 1.2"})
    void after_an_acceptance_every_command_tells_the_same_detectable_change(long seed, double factor)
            throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES).plant(MOVED, RUNS, factor);
        Path folder = recorded(suite, "history");
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
        Path folder = recorded(suite, "history");
        for (int run = RUNS; run < RUNS + 14; run++) {
            assertDetects(suite, folder, run);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void on_a_further_loss_every_command_tells_the_same_detectable_change(long seed) throws IOException {
        PlantedSuite suite =
                new PlantedSuite(seed, SERIES).plant(MOVED, RUNS, 1.2).plant(MOVED, RUNS + 3, 1.25);
        Path folder = recorded(suite, "history");
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
        Path folder = folder("history");
        plumbed(folder, "record", suite.file(folder, 0, 5));
        for (int run = 5; run < 14; run++) {
            assertDetects(suite, folder, run);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void of_a_series_with_a_season_every_command_tells_the_same_detectable_change(long seed) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES).weekend(MOVED, 1.15);
        Path folder = recorded(suite, "history");
        for (int run = RUNS; run < RUNS + 8; run++) {
            assertDetects(suite, folder, run);
        }
    }

    @Test
    void against_a_baseline_every_command_tells_the_same_detectable_change() throws IOException {
        PlantedSuite suite = new PlantedSuite(2, SERIES).plant(MOVED, 12, 0.9);
        Path folder = recorded(suite, "history");
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
        Path folder = folder("history");
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
        Path folder = recorded(suite, "history");
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
            Path folder = recorded(suite, "history-" + seed);
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

    /** What may become of one series. */
    private enum Event {
        FAST_RUN(suite -> suite.plant(MOVED, 30, 31, 0.6)),
        REGRESSION(suite -> suite.plant(MOVED, RUNS, 1.3)),
        IMPROVEMENT(suite -> suite.plant(MOVED, RUNS, 0.7)),
        OLD_REGRESSION(suite -> suite.plant(MOVED, 20, 1.2)),
        LATE_IMPROVEMENT(suite -> suite.plant(MOVED, RUNS - 3, 0.8));

        private final UnaryOperator<PlantedSuite> plant;

        Event(UnaryOperator<PlantedSuite> plant) {
            this.plant = plant;
        }
    }

    @Test
    void what_becomes_of_one_series_hardly_moves_what_others_can_detect() throws IOException {
        for (long seed = 1; seed <= 4; seed++) {
            int series = seed % 2 == 0 ? 6 : 12;
            JsonNode before = firstCheck(new PlantedSuite(seed, series), "before-" + seed);
            for (Event event : Event.values()) {
                String name = event + "-" + seed;
                JsonNode after = firstCheck(event.plant.apply(new PlantedSuite(seed, series)), name);
                for (int i = 0; i < series; i++) {
                    double was = entry(before, i).get("detectableChange").asDouble();
                    double now = entry(after, i).get("detectableChange").asDouble();
                    // measured: 5.5 % at the most, and nothing at all by what the judged run shows itself
                    assertThat(i == MOVED ? 1 : now / was)
                            .as("%s, %s", name, PlantedSuite.name(i))
                            .isBetween(1 / 1.2, 1.2);
                }
            }
        }
    }

    private JsonNode firstCheck(PlantedSuite suite, String name) throws IOException {
        return check(suite, recorded(suite, name), RUNS).get("findings");
    }

    @ParameterizedTest
    @CsvSource({"1, 1.3, false", "2, 1.15, false", "3, 1.3, false", "4, 1.3, true"})
    void a_regression_that_stays_is_called_at_every_later_check_and_open(long seed, double factor, boolean isAlone)
            throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES).plant(MOVED, RUNS, factor);
        if (!isAlone) {
            suite.plant(0, RUNS + 2, RUNS + 3, 1.6)
                    .plant(1, RUNS + 3, 0.6)
                    .plant(2, RUNS + 5, 1.5)
                    .plant(4, RUNS + 6, RUNS + 7, 0.5)
                    .plant(5, RUNS + 8, 1.4)
                    .plant(6, 25, 26, 1.8);
        }
        Path folder = recorded(suite, "history");
        for (int run = RUNS; run <= RUNS + 11; run++) {
            JsonNode finding = entry(check(suite, folder, run).get("findings"), MOVED);

            assertThat(finding.get("verdict").asString()).as("run %d", run).isEqualTo("REGRESSED");
            assertThat(finding.get("since").asString()).as("run %d", run).isEqualTo(PlantedSuite.commit(RUNS));
            JsonNode incidents = plumb(folder, "incidents", "--json");
            List<JsonNode> open = new ArrayList<>();
            incidents.path("called").forEach(open::add);
            incidents.get("incidents").forEach(incident -> incident.get("changes")
                    .forEach(open::add));
            assertThat(open)
                    .as("incidents after run %d", run)
                    .filteredOn(one -> one.get("benchmark").asString().equals(PlantedSuite.name(MOVED)))
                    .hasSize(1);
        }
    }

    /** What becomes of verdicts from one run of a commit to the next: how often, and how often they got weaker. */
    private static final class Weakened {
        private int compared;
        private int weaker;

        void compare(JsonNode before, JsonNode after) {
            compared++;
            weaker +=
                    after.get("verdict").asString().equals(before.get("verdict").asString()) ? 0 : 1;
        }
    }

    @Test
    void more_runs_of_the_same_level_hardly_ever_weaken_a_verdict() throws IOException {
        Map<String, Weakened> all = new TreeMap<>();
        for (long seed = 1; seed <= 5; seed++) {
            PlantedSuite suite =
                    new PlantedSuite(seed, SERIES).plant(1, RUNS, 1.2).plant(2, RUNS, 0.85);
            Path folder = recorded(suite, "history-" + seed);
            JsonNode before = null;
            for (int repetition = 0; repetition < 6; repetition++) {
                String file = PlantedSuite.file(folder, "again.csv", suite.again(RUNS, repetition));
                JsonNode after =
                        json(CapturedRun.wide(folder, "check", file, "--json")).get("findings");
                for (int i = 0; before != null && i < SERIES; i++) {
                    JsonNode was = entry(before, i);
                    all.computeIfAbsent(was.get("verdict").asString(), none -> new Weakened())
                            .compare(was, entry(after, i));
                }
                before = after;
            }
        }

        // by chance once in twenty at most; measured: 0 of 168 regressions and improvements, 8 of 141 that were
        // unchanged
        assertThat(all.get("REGRESSED").compared).isGreaterThanOrEqualTo(25);
        assertThat(all.get("REGRESSED").weaker).isLessThanOrEqualTo(1);
        assertThat(all.get("IMPROVED").compared).isGreaterThanOrEqualTo(25);
        assertThat(all.get("IMPROVED").weaker).isLessThanOrEqualTo(1);
        assertThat(all.get("UNCHANGED").compared).isGreaterThan(40);
        assertThat(all.get("UNCHANGED").weaker).isLessThanOrEqualTo(all.get("UNCHANGED").compared / 10);
    }

    /** Also of a half of the suite: what the runs of a commit have alike may be what it did. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 6})
    void more_runs_of_a_commit_that_moved_half_of_the_suite_take_nothing_out_of_the_changes(long seed)
            throws IOException {
        double[] factors = {1.12, 1.2, 0.88, 0.8};
        PlantedSuite suite = new PlantedSuite(seed, SERIES);
        for (int i = 0; i < factors.length; i++) {
            suite.plant(i, RUNS, factors[i]);
        }
        Path folder = recorded(suite, "history");
        for (int repetition = 0; repetition < 8; repetition++) {
            String file = PlantedSuite.file(folder, "again.csv", suite.again(RUNS, repetition));
            JsonNode findings =
                    json(CapturedRun.wide(folder, "check", file, "--json")).get("findings");
            for (int i = 0; i < factors.length; i++) {
                String where = "run " + repetition + ", " + PlantedSuite.name(i);
                JsonNode finding = entry(findings, i);
                assertThat(finding.get("verdict").asString())
                        .as(where)
                        .isEqualTo(factors[i] > 1 ? "REGRESSED" : "IMPROVED");
                // a third of the interval more, since of 96 intervals some miss by a little
                double low = finding.at("/effect/interval/low").asDouble();
                double high = finding.at("/effect/interval/high").asDouble();
                double more = (high - low) / 3;
                assertThat(factors[i] - 1).as(where).isBetween(low - more, high + more);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_comparison_and_a_check_agree_where_both_are_certain(long seed) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES)
                .plant(1, RUNS, 1.25)
                .plant(2, RUNS, 0.8)
                .plant(5, RUNS, 1.04);
        Path folder = folder("history");
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        for (int repetition = 0; repetition < 24; repetition++) {
            before.addAll(suite.again(0, repetition));
        }
        for (int repetition = 24; repetition < 29; repetition++) {
            after.addAll(suite.again(RUNS, repetition));
        }
        String base = PlantedSuite.file(folder, "before.csv", before);
        String candidate = PlantedSuite.file(folder, "after.csv", after);

        JsonNode compared = json(CapturedRun.wide(folder, "compare", base, candidate, "--json"))
                .get("findings");
        assertThat(CapturedRun.wide(folder, "record", base).exitCode()).isZero();
        JsonNode checked =
                json(CapturedRun.wide(folder, "check", candidate, "--json")).get("findings");

        int certain = 0;
        for (int i = 0; i < SERIES; i++) {
            JsonNode one = entry(compared, i);
            JsonNode other = entry(checked, i);
            assertThat(one.at("/effect/relativeChange").asDouble())
                    .as(PlantedSuite.name(i))
                    .isBetween(
                            other.at("/effect/interval/low").asDouble(),
                            other.at("/effect/interval/high").asDouble());
            boolean isCertain = !one.get("verdict").asString().equals("INCONCLUSIVE")
                    && !other.get("verdict").asString().equals("INCONCLUSIVE");
            if (isCertain) {
                certain++;
                assertThat(one.get("verdict")).as(PlantedSuite.name(i)).isEqualTo(other.get("verdict"));
            }
        }
        assertThat(certain).isGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 1.25", "3, 1.25", "4, 0.8"})
    void recorded_in_one_go_or_one_by_one_or_by_checks_it_is_the_same_history(long seed, double factor)
            throws IOException {
        int runs = 16;
        PlantedSuite suite = new PlantedSuite(seed, 6).plant(MOVED, runs - 2, factor);
        Path once = folder("once");
        Path each = folder("each");
        Path checked = folder("checked");
        CapturedRun.wide(once, "record", suite.file(once, 0, runs));
        boolean isAnyCalled = false;
        for (int run = 0; run < runs; run++) {
            CapturedRun.wide(each, "record", suite.file(each, run, run + 1));
            JsonNode counts = check(suite, checked, run).get("counts");
            isAnyCalled |= counts.get("REGRESSED").asInt() > 0;
        }
        assertThat(isAnyCalled).isEqualTo(factor > 1);
        String history = CapturedRun.wide(once, "history", "--json", "--points").out();
        assertThat(CapturedRun.wide(each, "history", "--json", "--points").out())
                .isEqualTo(history);
        if (!isAnyCalled) {
            assertThat(CapturedRun.wide(checked, "history", "--json", "--points")
                            .out())
                    .isEqualTo(history);
        }

        List<JsonNode> verdicts = new ArrayList<>();
        List<String> incidents = new ArrayList<>();
        for (Path folder : new Path[] {once, each, checked}) {
            verdicts.add(check(suite, folder, runs).get("findings"));
            incidents.add(
                    CapturedRun.wide(folder, "incidents", "--all", "--json").out());
        }

        assertThat(verdicts.get(1)).isEqualTo(verdicts.get(0));
        assertThat(incidents.get(1)).isEqualTo(incidents.get(0));
        for (int i = 0; i < 6; i++) {
            JsonNode one = entry(verdicts.get(0), i);
            JsonNode other = entry(verdicts.get(2), i);
            for (String member : new String[] {"verdict", "since", "id"}) {
                assertThat(other.get(member))
                        .as(PlantedSuite.name(i) + " " + member)
                        .isEqualTo(one.get(member));
            }
        }
        if (!isAnyCalled) {
            assertThat(verdicts.get(2)).isEqualTo(verdicts.get(0));
        }
        assertThat(incidents.get(2)).isEqualTo(incidents.get(0));
    }

    private static String measured(PlantedSuite suite, Path folder, int from, int to, int as, double factor)
            throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            rows.add(PlantedSuite.row(PlantedSuite.name(i), factor * suite.noise(i, as) * suite.level(i, RUNS), RUNS));
        }
        return PlantedSuite.file(folder, "of-" + from + "-" + as + ".csv", rows);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 0", "2, 1.3, 1.3, 1", "3, 1, 1.3, 3", "4, 1.3, 1, 3"})
    void two_files_of_a_commit_are_two_runs_of_it_however_they_are_given(
            long seed, double one, double other, int exitCode) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, 6);
        List<JsonNode> verdicts = new ArrayList<>();
        List<String> histories = new ArrayList<>();
        for (String way : List.of("check", "record", "record one by one", "check one by one")) {
            Path folder = recorded(suite, way);
            String first = measured(suite, folder, 0, 6, 1001, one);
            String second = measured(suite, folder, 0, 6, 1002, other);
            if (way.endsWith("one by one")) {
                String command = way.substring(0, way.indexOf(' '));
                CapturedRun.wide(folder, command, first);
                CapturedRun.wide(folder, command, second);
            } else {
                CapturedRun.wide(folder, way, first, second);
            }
            histories.add(
                    CapturedRun.wide(folder, "history", "--json", "--points").out());

            CapturedRun last = CapturedRun.wide(folder, "check", first, second, "--json");

            assertThat(last.exitCode()).as(way).isEqualTo(exitCode);
            JsonNode checked = json(last);
            assertThat(checked.get("candidates")).as(way).hasSize(2);
            verdicts.add(checked.get("findings"));
        }
        assertThat(histories.get(2)).isEqualTo(histories.get(1));
        assertThat(verdicts).allMatch(findings -> findings.equals(verdicts.get(0)));
        if (exitCode != 1 && one == 1) {
            assertThat(histories).containsOnly(histories.get(0));
        }
        boolean isApart = verdicts.get(0).toString().contains("runValues");
        assertThat(isApart).isEqualTo(one != other);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1.3})
    void files_of_two_modules_are_one_run_and_tell_the_same_when_they_are_recorded_apart(double factor)
            throws IOException {
        PlantedSuite suite = new PlantedSuite(5, 6).plant(1, RUNS, factor);
        List<JsonNode> verdicts = new ArrayList<>();
        List<String> histories = new ArrayList<>();
        for (String way : List.of("check", "record", "record one by one")) {
            Path folder = recorded(suite, way);
            String[] modules = {
                measured(suite, folder, 0, 3, 1001, 1), measured(suite, folder, 3, 6, 1001, 1),
            };
            if (way.equals("record one by one")) {
                CapturedRun.wide(folder, "record", modules[1]);
                CapturedRun.wide(folder, "record", modules[0]);
            } else {
                CapturedRun.wide(folder, way, modules[0], modules[1]);
            }
            histories.add(CapturedRun.wide(folder, "history", "--json", "--points")
                    .out()
                    .replaceAll("[0-9a-f]{32}", "RUN"));

            JsonNode checked = plumb(folder, "check", modules[0], modules[1], "--json");

            assertThat(checked.get("candidates")).hasSize(way.equals("record one by one") ? 2 : 1);
            assertThat(checked.get("missing")).isEmpty();
            verdicts.add(checked.get("findings"));
        }
        assertThat(histories.get(2)).isEqualTo(histories.get(1));
        assertThat(verdicts.get(1)).isEqualTo(verdicts.get(0));
        for (int i = 0; i < 6; i++) {
            for (String member : new String[] {"verdict", "since", "id", "effect", "severity"}) {
                assertThat(entry(verdicts.get(2), i).get(member))
                        .as(PlantedSuite.name(i) + " " + member)
                        .isEqualTo(entry(verdicts.get(0), i).get(member));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void what_was_called_at_weekends_is_explained_when_the_swing_is_known(long seed) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES).weekend(MOVED, 1.2);
        Path folder = folder("history");
        plumbed(folder, "record", suite.file(folder, 0, 6));
        int called = 0;
        // three whole weeks show what a week is
        for (int run = 6; run < 24; run++) {
            JsonNode finding = entry(check(suite, folder, run).get("findings"), MOVED);
            boolean isCalled = finding.get("verdict").asString().equals("REGRESSED");
            called += isCalled ? 1 : 0;
            assertThat(isCalled && run > 21).as("run %d", run).isFalse();
        }

        // a check may call points before its own with it
        assertThat(called).isGreaterThan(1);
        JsonNode history = history(folder);
        assertThat(history.get("warnings").toString())
                .contains(" points that checks judged regressions are explained by seasonality");
        assertThat(history.get("changePoints")).isEmpty();
        JsonNode incidents = plumb(folder, "incidents", "--json");
        assertThat(incidents.get("incidents").toString() + incidents.path("called"))
                .doesNotContain('"' + PlantedSuite.name(MOVED) + '"');
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
        Path folder = recorded(suite, "history");
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

    @ParameterizedTest
    @ValueSource(longs = {2, 5})
    void the_onset_of_a_step_behind_a_false_call_is_its_own_and_its_names_stay(long seed) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES)
                .plant(MOVED, 22, 23, 1.1)
                .plant(MOVED, 23, 25, 1.01)
                .plant(MOVED, 25, 1.3);
        Path folder = folder("history");
        plumbed(folder, "record", suite.file(folder, 0, 20));
        Set<String> calls = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        for (int run = 20; run < 36; run++) {
            JsonNode finding = entry(check(suite, folder, run).get("findings"), MOVED);
            boolean isCalled = finding.get("verdict").asString().equals("REGRESSED");
            if (run < 25) {
                calls.add(isCalled ? finding.get("since").asString() : "");
                continue;
            }
            assertThat(isCalled).as("run %d", run).isTrue();
            assertThat(finding.get("since").asString()).as("run %d", run).isEqualTo(PlantedSuite.commit(25));
            names.add(finding.get("id").asString());
            plumb(folder, "incidents", "--json").get("incidents").forEach(incident -> incident.get("changes")
                    .forEach(change -> {
                        if (change.get("benchmark").asString().equals(PlantedSuite.name(MOVED))) {
                            names.add(incident.get("id").asString());
                            assertThat(change.get("since").asString()).isEqualTo(PlantedSuite.commit(25));
                        }
                    }));
        }
        assertThat(calls).contains(PlantedSuite.commit(22));
        // one of the finding, one of the incident
        assertThat(names).hasSize(2);
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
        Path folder = folder("history");
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

    /** What a branch makes slower is its own, though main's newest run was slow as a whole. */
    @ParameterizedTest
    @CsvSource({"7, 1.15", "8, 1.15", "7, 1.1", "8, 1.1"})
    void a_slow_run_of_main_excuses_no_branch(long seed, double factor) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES).quiet().plant(MOVED, 25, factor);
        for (int i = 0; i < SERIES; i++) {
            suite.plant(i, 24, 25, 1.1);
        }
        Path folder = folder("history");
        plumbed(folder, "record", suite.file(folder, 0, 24));
        check(suite, folder, 24);

        List<String> rows = suite.rows(25).stream()
                .map(row -> row.replace(",main,", ",topic,"))
                .toList();
        CapturedRun checked = CapturedRun.wide(folder, "check", PlantedSuite.file(folder, "topic.csv", rows));

        assertThat(checked.exitCode()).as(checked.out()).isEqualTo(1);
        assertThat(checked.out()).doesNotContain("already open on main").contains("b3 ", "1 regression");
    }

    /** A history with a step that was called, one that was accepted, one that is known, and a baseline. */
    private Path eventful() throws IOException {
        PlantedSuite suite = new PlantedSuite(1, SERIES)
                .plant(MOVED, RUNS, 1.3)
                .plant(0, RUNS, 1.25)
                .plant(1, RUNS, 1.4)
                .plant(2, 15, 1.3)
                .plant(4, 20, 0.8);
        Path folder = recorded(suite, "history");
        for (int run = RUNS; run < RUNS + 4; run++) {
            check(suite, folder, run);
        }
        for (String[] command : new String[][] {
            {"accept", "b0", "--reason", "agreed", "--by", "ann"},
            {"triage", "acknowledge", "b1", "--reason", "on it", "--by", "ann"},
            {"baseline", "establish", "--by", "ann"}
        }) {
            CapturedRun run = CapturedRun.wide(folder, command);
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
        return folder;
    }

    @Test
    void reading_writes_nothing() throws IOException, SQLException {
        Path folder = eventful();
        // what incidents are seen is remembered with their ids, before anything is read
        assertThat(CapturedRun.wide(folder, "incidents", "--all").exitCode()).isZero();
        HistoryTables before = HistoryTables.of(folder);
        for (String command : new String[] {
            "report",
            "report --kind ci",
            "report --kind executive",
            "report --kind history",
            "report --as html",
            "explain b*",
            "history",
            "history b3 --points",
            "history --json",
            "incidents --all",
            "incidents --json",
            "threshold show b*",
            "dashboard -o page.html",
            "triage list",
            "accept --list",
            "baseline list",
            "baseline show",
            "series list"
        }) {
            CapturedRun read = CapturedRun.wide(folder, command.split(" "));

            assertThat(read.exitCode()).as("%s: %s", command, read.err()).isZero();
            assertThat(before.changedIn(folder)).as(command).isEmpty();
        }
    }
}
