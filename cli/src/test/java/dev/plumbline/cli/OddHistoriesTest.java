package dev.plumbline.cli;

import static dev.plumbline.cli.PlantedSuite.entry;
import static dev.plumbline.cli.PlantedSuite.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Messages and exit codes for histories that are too short, out of order, or odd. */
class OddHistoriesTest {
    private static final int RUNS = 40;
    private static final int SERIES = 8;

    /** The series that misbehaves. */
    private static final int WILD = 3;

    @TempDir
    private Path temporary;

    private Path folder(String name) throws IOException {
        Path folder = Files.createDirectories(temporary.resolve(name));
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        return folder;
    }

    private static void record(Path folder, String file) {
        CapturedRun recorded = plumb(folder, "record", file);
        assertThat(recorded.exitCode()).as(recorded.err()).isZero();
    }

    private static CapturedRun plumb(Path folder, String... arguments) {
        CapturedRun run = CapturedRun.wide(folder, arguments);
        assertThat(run.err()).doesNotContain("\tat ", "internal error");
        return run;
    }

    @ParameterizedTest
    @CsvSource({"1, 1.25, REGRESSED, 1", "2, 1.25, REGRESSED, 1", "1, 0.8, IMPROVED, 0", "3, 0.8, IMPROVED, 0"})
    void a_suite_of_one_series_is_judged(long seed, double factor, String verdict, int exitCode) throws IOException {
        Path folder = folder("one");
        PlantedSuite suite = new PlantedSuite(seed, 1).plant(0, RUNS, factor);
        record(folder, suite.file(folder, 0, RUNS));

        CapturedRun check = plumb(folder, "check", suite.file(folder, RUNS, RUNS + 1), "--json");

        assertThat(check.exitCode()).isEqualTo(exitCode);
        JsonNode finding = entry(json(check).get("findings"), 0);
        assertThat(finding.get("verdict").asString()).isEqualTo(verdict);
        assertThat(finding.get("since").asString()).isEqualTo(PlantedSuite.commit(RUNS));
        assertThat(factor - 1)
                .isBetween(
                        finding.at("/effect/interval/low").asDouble(),
                        finding.at("/effect/interval/high").asDouble());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_healthy_suite_of_one_series_is_not_called(long seed) throws IOException {
        Path folder = folder("one");
        PlantedSuite suite = new PlantedSuite(seed, 1);
        record(folder, suite.file(folder, 0, RUNS));
        for (int run = RUNS; run < RUNS + 3; run++) {
            CapturedRun check = plumb(folder, "check", suite.file(folder, run, run + 1), "--json");

            assertThat(check.exitCode()).isZero();
            assertThat(entry(json(check).get("findings"), 0).get("verdict").asString())
                    .isIn("UNCHANGED", "INCONCLUSIVE");
        }
    }

    @Test
    void two_runs_are_too_few_and_every_command_says_so() throws IOException {
        Path folder = folder("two");
        PlantedSuite suite = new PlantedSuite(1, 2).plant(0, 1, 3);
        record(folder, suite.file(folder, 0, 1));

        CapturedRun check = plumb(folder, "check", suite.file(folder, 1, 2));

        assertThat(check.exitCode()).isZero();
        assertThat(check.out())
                .contains(
                        "PASS  nothing judged yet · 2 too new",
                        "only 1 earlier run; 4 more needed before it" + " can be judged");
        assertThat(plumb(folder, "explain", "b0").out()).contains("Inconclusive: only 1 earlier run");
        assertThat(plumb(folder, "threshold", "show", "b0").out())
                .contains("The history has 2 runs; the minimum detectable change needs at least 5 runs");
        assertThat(plumb(folder, "incidents").out()).contains("main has 2 runs; incidents need 10 runs or more");
        assertThat(plumb(folder, "history").out())
                .contains("2 series", "2 runs: too few to judge.")
                .doesNotContain("No series needs");
        assertThat(plumb(folder, "report", "--kind", "executive").out()).contains("2 too short to judge");
        CapturedRun held = plumb(folder, "check", suite.file(folder, 2, 3), "--on-new", "hold");
        assertThat(held.exitCode()).isEqualTo(3);
        assertThat(held.out())
                .contains("HOLD  ", "b0 time: only 2 earlier runs; 3 more needed before it can be" + " judged");
    }

    @Test
    void runs_of_one_commit_alone_are_one_state_and_nothing_is_called() throws IOException {
        Path folder = folder("commit");
        PlantedSuite suite = new PlantedSuite(1, 2);
        List<String> rows = new ArrayList<>();
        IntStream.range(0, 20).forEach(repetition -> rows.addAll(suite.again(0, repetition)));
        record(folder, PlantedSuite.file(folder, "all.csv", rows));
        List<String> last = suite.again(0, 20).stream()
                .map(row -> row.replaceFirst("lower,[^,]+", "lower,500"))
                .toList();

        CapturedRun check = plumb(folder, "check", PlantedSuite.file(folder, "last.csv", last));

        assertThat(check.exitCode()).isZero();
        assertThat(check.out().replaceAll("\\s+", " "))
                .contains("PASS nothing judged yet · 2 too new", "21 runs of commit 0abc000000 are judged together");
        assertThat(plumb(folder, "incidents").out()).contains("no changes on main");
    }

    @ParameterizedTest
    @CsvSource({"1, 1.25", "3, 0.8", "4, 1"})
    void the_order_in_which_runs_are_recorded_changes_nothing(long seed, double factor) throws IOException {
        int runs = 16;
        PlantedSuite suite = new PlantedSuite(seed, 6).plant(WILD, runs - 1, factor);
        Path ordered = folder("ordered");
        Path backwards = folder("backwards");
        Path shuffled = folder("shuffled");
        record(ordered, suite.file(ordered, 0, runs));
        List<String> rows = new ArrayList<>();
        for (int run = runs - 1; run >= 0; run--) {
            record(backwards, suite.file(backwards, run, run + 1));
            rows.addAll(suite.rows(run));
        }
        Collections.shuffle(rows, new Random(seed));
        record(shuffled, PlantedSuite.file(shuffled, "rows.csv", rows));

        for (Path folder : new Path[] {backwards, shuffled}) {
            assertThat(plumb(folder, "history", "--json", "--points").out())
                    .as("%s", folder.getFileName())
                    .isEqualTo(plumb(ordered, "history", "--json", "--points").out());
        }
        JsonNode expected = json(plumb(ordered, "check", suite.file(ordered, runs, runs + 1), "--json"));
        String incidents = plumb(ordered, "incidents", "--all", "--json").out();
        assertThat(entry(expected.get("findings"), WILD).get("verdict").asString())
                .isIn(
                        factor > 1
                                ? List.of("REGRESSED")
                                : factor < 1 ? List.of("IMPROVED") : List.of("UNCHANGED", "INCONCLUSIVE"));
        for (Path folder : new Path[] {backwards, shuffled}) {
            JsonNode check = json(plumb(folder, "check", suite.file(folder, runs, runs + 1), "--json"));
            assertThat(check).as("%s", folder.getFileName()).isEqualTo(expected);
            assertThat(plumb(folder, "incidents", "--all", "--json").out()).isEqualTo(incidents);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1.25", "2, 0.8", "3, 1"})
    void a_run_that_is_checked_late_is_judged_by_what_was_before_it(long seed, double factor) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, 6).plant(WILD, RUNS, factor).plant(0, RUNS + 1, 1.5);
        Path inTime = folder("in-time");
        Path late = folder("late");
        record(inTime, suite.file(inTime, 0, RUNS));
        record(late, suite.file(late, 0, RUNS));
        record(late, suite.file(late, RUNS + 1, RUNS + 4));

        JsonNode expected = json(plumb(inTime, "check", suite.file(inTime, RUNS, RUNS + 1), "--json"));
        JsonNode check = json(plumb(late, "check", suite.file(late, RUNS, RUNS + 1), "--json"));

        assertThat(check.get("findings")).isEqualTo(expected.get("findings"));
        assertThat(check.get("gate")).isEqualTo(expected.get("gate"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void series_that_are_new_change_nothing_for_those_that_are_known(long seed) throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, SERIES);
        IntStream.of(0, 4, 5, 6).forEach(index -> suite.plant(index, RUNS, 1.3));
        PlantedSuite known = new PlantedSuite(seed, SERIES / 2).plant(0, RUNS, 1.3);
        Path folder = folder("half");
        Path alone = folder("alone");
        record(folder, known.file(folder, 0, RUNS));
        record(alone, known.file(alone, 0, RUNS));

        CapturedRun check = plumb(folder, "check", suite.file(folder, RUNS, RUNS + 1), "--json");
        CapturedRun without = plumb(alone, "check", known.file(alone, RUNS, RUNS + 1), "--json");

        assertThat(check.exitCode()).isEqualTo(1);
        JsonNode findings = json(check).get("findings");
        for (int index = 0; index < SERIES / 2; index++) {
            JsonNode expected = entry(json(without).get("findings"), index);
            JsonNode finding = entry(findings, index);
            for (String member : new String[] {"verdict", "effect", "since", "severity"}) {
                assertThat(finding.get(member)).as(PlantedSuite.name(index)).isEqualTo(expected.get(member));
            }
        }
        assertThat(entry(findings, 0).get("verdict").asString()).isEqualTo("REGRESSED");
        for (int index = SERIES / 2; index < SERIES; index++) {
            assertThat(entry(findings, index).get("verdict").asString()).isEqualTo("INCONCLUSIVE");
            assertThat(entry(findings, index).get("reason").asString())
                    .isEqualTo("no earlier run; 5 more needed before it can be judged");
        }
        CapturedRun held =
                plumb(folder, "check", suite.file(folder, RUNS + 1, RUNS + 2), "--on-new", "hold", "--block-at", "any");
        assertThat(held.exitCode()).as("what closes comes before what holds").isEqualTo(1);
    }

    /** What a series may be that no judge was made for. */
    private enum Shape {
        ZERO_OR_ONE {
            @Override
            double value(double noise, int run) {
                return run % 2;
            }
        },
        TEN_OR_TWENTY {
            @Override
            double value(double noise, int run) {
                return 10 + 10 * (run % 2);
            }
        },
        TWO_LEVELS {
            @Override
            double value(double noise, int run) {
                return noise * (run % 2 == 0 ? 400 : 600);
            }
        },
        HUNDREDFOLD_NOISE {
            @Override
            double value(double noise, int run) {
                return 400 * Math.pow(noise, 50);
            }
        },
        EXPONENTIAL {
            @Override
            double value(double noise, int run) {
                return 100 * noise * Math.pow(1.3, run);
            }
        },
        CONSTANT {
            @Override
            double value(double noise, int run) {
                return 42;
            }
        };

        /** @param noise a factor of 2 % */
        abstract double value(double noise, int run);
    }

    /** The rows of a run in which one series has a shape of its own. */
    private static List<String> rows(PlantedSuite suite, Shape shape, int run) {
        List<String> rows = new ArrayList<>(suite.rows(run));
        rows.set(WILD, PlantedSuite.row(PlantedSuite.name(WILD), shape.value(suite.noise(WILD, run), run), run));
        return rows;
    }

    private static PlantedSuite tame(long seed) {
        return new PlantedSuite(seed, SERIES).plant(1, RUNS, 1.25).plant(2, RUNS, 0.8);
    }

    @Test
    void the_others_are_judged_as_without_a_series_that_misbehaves() throws IOException {
        for (long seed = 1; seed <= 3; seed++) {
            Path tame = folder("tame-" + seed);
            record(tame, tame(seed).file(tame, 0, RUNS));
            List<JsonNode> expected = new ArrayList<>();
            for (int run = RUNS; run < RUNS + 2; run++) {
                expected.add(json(plumb(tame, "check", tame(seed).file(tame, run, run + 1), "--json")));
            }
            for (Shape shape : Shape.values()) {
                assertJudgedAlike(seed, shape, expected);
            }
        }
    }

    private void assertJudgedAlike(long seed, Shape shape, List<JsonNode> expected) throws IOException {
        Path wild = folder(shape + "-" + seed);
        List<String> rows = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            rows.addAll(rows(tame(seed), shape, run));
        }
        record(wild, PlantedSuite.file(wild, "rows.csv", rows));
        for (int run = RUNS; run < RUNS + 2; run++) {
            String file = PlantedSuite.file(wild, "next.csv", rows(tame(seed), shape, run));

            JsonNode findings = json(plumb(wild, "check", file, "--json")).get("findings");

            String check = shape + ", seed " + seed + ", run " + run;
            // what grows by a third with every run is worse with every run; nothing else of these ever moves
            assertThat(entry(findings, WILD).get("verdict").asString().equals("REGRESSED"))
                    .as(check)
                    .isEqualTo(shape == Shape.EXPONENTIAL);
            assertThat(entry(findings, WILD).get("suspect").asBoolean())
                    .as(check)
                    .isFalse();
            for (int index = 0; index < SERIES; index++) {
                if (index != WILD) {
                    String where = check + ", " + PlantedSuite.name(index);
                    assertAlike(
                            where,
                            entry(findings, index),
                            entry(expected.get(run - RUNS).get("findings"), index));
                }
            }
        }
    }

    /** The same verdict, unless what decides it lies at the limit, and nearly the same that can be detected. */
    private static void assertAlike(String where, JsonNode now, JsonNode was) {
        double limit = 0.05;
        double p = was.get("pValue").asDouble();
        if (p < limit / 2 || p > 2 * limit) {
            assertThat(now.get("verdict")).as(where).isEqualTo(was.get("verdict"));
            assertThat(now.get("since")).as(where).isEqualTo(was.get("since"));
        } else {
            assertThat(now.get("pValue").asDouble()).as(where).isBetween(p / 2.5, 2.5 * p);
        }
        double ratio = now.get("detectableChange").asDouble()
                / was.get("detectableChange").asDouble();
        assertThat(ratio).as(where).isBetween(1 / 1.2, 1.2);
    }

    @ParameterizedTest
    @CsvSource({"1, 12, 1.08", "2, 16, 1.08", "3, 20, 1.08", "1, 16, 1.04", "4, 12, 1.04"})
    void a_change_of_everything_is_called_and_not_explained_away(long seed, int series, double factor)
            throws IOException {
        PlantedSuite suite = new PlantedSuite(seed, series).quiet();
        IntStream.range(0, series).forEach(index -> suite.plant(index, RUNS, factor));
        Path folder = folder("all");
        record(folder, suite.file(folder, 0, RUNS));
        for (int run = RUNS; run < RUNS + 3; run++) {
            CapturedRun check = plumb(folder, "check", suite.file(folder, run, run + 1), "--json");

            // what is minor alone does not fail the gate
            assertThat(check.exitCode()).as("run %d", run).isIn(factor < 1.05 ? List.of(0, 1) : List.of(1));
            JsonNode report = json(check);
            assertThat(report.at("/counts/REGRESSED").asInt()).as("run %d", run).isGreaterThanOrEqualTo(series - 1);
            int away = 0;
            for (JsonNode finding : report.get("findings")) {
                double low = finding.at("/effect/interval/low").asDouble();
                double high = finding.at("/effect/interval/high").asDouble();
                away += factor - 1 < low || factor - 1 > high ? 1 : 0;
            }
            // of 95 % intervals some miss; if the change were taken out, all would
            assertThat(away).as("run %d", run).isLessThanOrEqualTo(series / 4);
        }
        JsonNode incidents = json(plumb(folder, "incidents", "--json"));
        int open = incidents.path("called").size();
        for (JsonNode incident : incidents.get("incidents")) {
            assertThat(incident.get("kind").asString()).isEqualTo("CODE");
            open += incident.get("changes").size();
        }
        assertThat(open).isGreaterThanOrEqualTo(series - 1);
    }
}
