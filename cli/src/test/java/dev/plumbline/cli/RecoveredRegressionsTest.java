package dev.plumbline.cli;

import static dev.plumbline.cli.PlantedSuite.entry;
import static dev.plumbline.cli.PlantedSuite.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a regression of three runs that goes back, and one that stays, look like from check to check. */
class RecoveredRegressionsTest {
    private static final int SHORT = 3;
    private static final int LASTING = 5;
    private static final int LATER = 1;

    @TempDir
    private Path folder;

    private final PlantedSuite suite = new PlantedSuite(1, 8)
            .plant(SHORT, 12, 15, 1.2)
            .plant(LASTING, 20, 1.2)
            .plant(6, 20, 1.15)
            .plant(LATER, 20, 1.05);

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "");
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    private CapturedRun check(int run) throws IOException {
        return plumb("check", suite.file(folder, run, run + 1));
    }

    private void check(int from, int end) throws IOException {
        for (int run = from; run < end; run++) {
            check(run);
        }
    }

    private JsonNode incident(int member) {
        for (JsonNode one : json(plumb("incidents", "--all", "--json")).get("incidents")) {
            for (JsonNode change : one.get("changes")) {
                if (change.get("benchmark").asString().equals(PlantedSuite.name(member))) {
                    return one;
                }
            }
        }
        throw new AssertionError("no incident of " + PlantedSuite.name(member));
    }

    @Test
    void a_regression_of_a_single_run_that_went_back_is_told_as_one_of_several_is() throws IOException {
        PlantedSuite once = new PlantedSuite(3, 8).quiet().plant(SHORT, 12, 13, 1.3);
        for (int run = 0; run < 13; run++) {
            plumb("check", once.file(folder, run, run + 1));
        }

        CapturedRun over = plumb("check", once.file(folder, 13, 14));

        assertThat(over.exitCode()).isZero();
        assertThat(over.out())
                .containsPattern(
                        "\n  recovered: b3 time back at [0-9.]+ \\S+ since 0abc000d00 \\(this commit\\), after 1"
                                + " run at \\+[0-9.]+ % from commit\\s+0abc000c00\n");
        assertThat(plumb("check", once.file(folder, 14, 15)).out()).doesNotContain("recovered:");
    }

    @Test
    void a_branch_without_the_regression_of_its_base_is_told_as_its_recovery() throws IOException {
        check(0, 15);
        String fixed = suite.file(folder, 15, 16);

        CapturedRun onBranch = plumb("check", fixed, "--branch", "fix");
        CapturedRun other = plumb("check", suite.file(folder, 14, 15), "--branch", "other");

        assertThat(onBranch.exitCode()).isZero();
        assertThat(onBranch.out().replaceAll("\\s+", " "))
                .containsPattern("recovered: b3 time back at [0-9.]+ [a-z\u00b5]+ with this change; ")
                .contains(String.format(
                        Locale.ROOT,
                        "with this change; +%.1f %% on main since commit 0abc000c00",
                        100
                                * entry(incident(SHORT).get("changes"), SHORT)
                                        .get("relativeChange")
                                        .asDouble()));
        assertThat(other.out()).doesNotContain("recovered:").contains("already open on main");
        assertThat(plumb("explain", "b3", "--branch", "fix").out())
                .as("what explain says first")
                .startsWith("recovered: b3 time back at ");
        assertThat(json(plumb("explain", "b3", "--branch", "fix", "--json")).get("ended"))
                .singleElement()
                .satisfies(line -> assertThat(line.asString()).contains(" on main since commit 0abc000c00"));
        assertThat(json(plumb("explain", "b3", "--branch", "other", "--json")).get("ended"))
                .isEmpty();
        check(15);
        assertThat(plumb("check", suite.file(folder, 16, 17), "--branch", "later")
                        .out())
                .as("fixed on main, too")
                .doesNotContain("recovered:");
    }

    @Test
    void a_regression_that_went_back_is_recovered_from_its_next_run_on() throws IOException {
        check(0, 15);
        String id = incident(SHORT).get("id").asString();

        CapturedRun over = check(15);

        assertThat(over.exitCode()).isZero();
        assertThat(over.out())
                .containsPattern(
                        "\n  recovered: b3 time back at [0-9.]+ [a-z\u00b5]+ since 0abc000f00 \\(this commit\\), after 3"
                                + " runs at \\+18.6 % from commit\\s+0abc000c00\n");
        assertThat(plumb("report", "--as", "markdown").out())
                .containsOnlyOnce("recovered: b3")
                .containsPattern("\n🟢 recovered: b3 time back at ");
        for (int run = 16; run < 28; run++) {
            JsonNode incident = incident(SHORT);
            assertThat(incident.get("id").asString()).isEqualTo(id);
            assertThat(incident.get("state").asString()).isEqualTo("RECOVERED");
            JsonNode change = entry(incident.get("changes"), SHORT);
            assertThat(change.get("since").asString()).isEqualTo(PlantedSuite.commit(12));
            assertThat(change.at("/recovery/commit").asString()).isEqualTo(PlantedSuite.commit(15));
            assertThat(change.get("relativeChange").asDouble()).isBetween(0.18, 0.21);
            assertThat(plumb("incidents").out())
                    .contains(id
                            + " recovered: b3 time +18.6 % from 0abc000c00, 2025-12-13, to 0abc000f00, 2025-12-16\n");
            assertThat(check(run).out()).doesNotContain("recovered:");
        }
        assertThat(plumb("history", PlantedSuite.name(SHORT)).out()).doesNotContain("did not confirm");
        assertThat(plumb(
                                "accept",
                                incident(SHORT).at("/changes/0/series").asString() + "-0abc000c",
                                "--reason",
                                "meant")
                        .out())
                .contains("warning: this change is over: b3 is back at the level before since commit 0abc000f00");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6})
    void the_history_says_that_the_newest_runs_are_back_as_the_check_does(int bad) throws IOException {
        PlantedSuite fixed = new PlantedSuite(1, 4).plant(0, 12, 12 + bad, 1.2);
        for (int run = 0; run < 12 + bad; run++) {
            plumb("check", fixed.file(folder, run, run + 1));
        }
        assertThat(plumb("history", PlantedSuite.name(0)).out().replaceAll("\\s+", " "))
                .contains("Action needed");

        for (int behind = 0; behind < 5; behind++) {
            int run = 12 + bad + behind;
            assertThat(plumb("check", fixed.file(folder, run, run + 1)).exitCode())
                    .isZero();
            String history = plumb("history", PlantedSuite.name(0)).out().replaceAll("\\s+", " ");
            assertThat(history)
                    .contains(behind == 0 ? " time back at " : " time recovered, back at ")
                    .doesNotContain("Action needed", "critical", "utlier", "disturbs", "stable at", "no step:");
            String first = " with the newest run, the level before commit 0abc000c00; one more run confirms it.";
            if (behind == 0) {
                assertThat(history).contains(first);
            } else {
                assertThat(history).doesNotContain(first);
            }
            assertThat(plumb("history").out()).contains("No series needs attention");
        }
    }

    @Test
    void one_that_is_accepted_when_it_is_over_stays_in_the_list_with_who_and_when() throws IOException {
        check(0, 18);
        String id = incident(SHORT).get("id").asString();
        CapturedRun accepted = plumb("accept", id, "--reason", "a known outage", "--by", "Ann");

        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        assertThat(accepted.out())
                .contains(
                        "warning: this change is over: b3 is back at the level before since commit 0abc000f00",
                        "its runs stay out of the reference")
                .doesNotContain("again");
        for (int run = 18; run < 22; run++) {
            JsonNode incident = incident(SHORT);
            assertThat(incident.get("id").asString()).isEqualTo(id);
            assertThat(incident.get("state").asString()).isEqualTo("ACCEPTED");
            assertThat(incident.get("recovered").asBoolean()).isTrue();
            assertThat(incident.at("/statement/by").asString()).isEqualTo("Ann");
            assertThat(plumb("incidents").out())
                    .containsPattern(id + " recovered: b3 time \\+18.6 % from 0abc000c00, 2025-12-13, to 0abc000f00,"
                            + " 2025-12-16; accepted by Ann on\\s[-0-9]+ \\(\\w+\\): a known outage\n");
            assertThat(plumb("incidents", "--all").out()).contains(id + "  recovered, accepted  ");
            JsonNode finding = entry(
                    json(plumb("check", suite.file(folder, run, run + 1), "--json"))
                            .get("findings"),
                    SHORT);
            assertThat(finding.get("verdict").asString()).isNotEqualTo("REGRESSED");
            // as many runs as before are the reference, none of them of the change that is over
            assertThat(finding.at("/baseline/runs").asInt()).isEqualTo(run - 3);
        }
    }

    @Test
    void a_word_of_an_incident_is_one_of_its_series_and_the_last_word_decides() throws IOException {
        check(0, 24);
        String id = incident(LASTING).get("id").asString();

        plumb("triage", "acknowledge", id, "--reason", "known");
        assertThat(incident(LASTING).get("state").asString()).isEqualTo("ACKNOWLEDGED");
        plumb("accept", id, "--reason", "meant");

        assertThat(incident(LASTING).get("state").asString()).isEqualTo("ACCEPTED");
        JsonNode finding = entry(json(plumb("report", "--json")).get("findings"), LATER);
        assertThat(finding.get("verdict").asString()).isEqualTo("REGRESSED");
        assertThat(plumb("incidents").out()).contains("detected by a check, not yet confirmed by the history: b1 time");
        assertThat(check(24).exitCode()).isEqualTo(1);
    }

    @Test
    void a_check_says_since_when_a_regression_stands_that_its_run_alone_does_not_show() throws IOException {
        PlantedSuite standing = new PlantedSuite(1, 8).plant(SHORT, 20, 1.09).plant(SHORT, 25, 26, 1 / 1.05);
        plumb("record", standing.file(folder, 0, 20));
        for (int run = 20; run < 25; run++) {
            assertThat(plumb("check", standing.file(folder, run, run + 1)).out())
                    .doesNotContain("as an earlier check");
        }

        CapturedRun check = plumb("check", standing.file(folder, 25, 26), "--as", "text");

        assertThat(check.exitCode()).isEqualTo(1);
        JsonNode finding = entry(json(plumb("report", "--json")).get("findings"), SHORT);
        assertThat(finding.get("since").asString()).isEqualTo(PlantedSuite.commit(20));
        assertThat(finding.get("pValue").asDouble()).isGreaterThan(0.01);
        assertThat(check.out().replaceAll("\\s+", " "))
                .containsPattern("b3 time has regressed since 0abc001400, as an earlier check reported; p of"
                        + " this run alone is [0-9.]+");
    }

    @Test
    void what_may_be_explained_is_listed_the_worst_first() throws IOException {
        check(0, 21);

        CapturedRun listed = plumb("explain");

        assertThat(listed.exitCode()).isZero();
        assertThat(listed.out().lines().skip(1).findFirst().orElseThrow())
                .startsWith("critical")
                .contains("b5", "time", "plumb explain ");
        assertThat(listed.out().lines()).hasSize(9);
    }

    @Test
    void where_noise_hides_the_run_that_was_back_first_a_range_is_given_that_has_it() throws IOException {
        Pattern line = Pattern.compile("recovered: sort time \\S+ % from [^;]*, to (about )?(\\w{7}), \\S+"
                + "(?: \\(between (\\w{7}) and (\\w{7})\\))?");
        int ranges = 0;
        for (int seed = 0; seed < 6; seed++) {
            Random random = new Random(seed);
            StringBuilder table = new StringBuilder("benchmark,value,unit,commit,branch,commit_time\n");
            for (int run = 0; run < 90; run++) {
                double level = run >= 40 && run < 65 ? 107 : 100;
                table.append(String.format(
                        Locale.ROOT,
                        "sort,%.3f,ms,%07x,main,%s%n",
                        level * Math.exp(0.03 * random.nextGaussian()),
                        0xabc0000 + run,
                        Instant.parse("2026-01-01T00:00:00Z").plusSeconds(86_400L * run)));
            }
            Path own = Files.createDirectories(folder.resolve("noisy" + seed));
            CapturedRun.of(
                    own,
                    "record",
                    Files.writeString(own.resolve("h.csv"), table).toString());

            String out = CapturedRun.of(own, "incidents").out().replaceAll("\\s+", " ");
            Matcher found = line.matcher(out);

            assertThat(found.find()).as(out).isTrue();
            String back = String.format(Locale.ROOT, "%07x", 0xabc0000 + 65);
            assertThat(found.group(1) == null).as(out).isEqualTo(found.group(3) == null);
            if (found.group(3) == null) {
                assertThat(found.group(2)).as(out).isEqualTo(back);
            } else {
                ranges++;
                assertThat(back).as(out).isBetween(found.group(3), found.group(4));
            }
        }
        assertThat(ranges).isPositive();
    }
}
