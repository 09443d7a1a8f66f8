package dev.plumbline.cli;

import static dev.plumbline.cli.PlantedSuite.entry;
import static dev.plumbline.cli.PlantedSuite.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Pull requests from a main branch that has an open regression. */
class OpenOnMainTest {
    private static final int BEGUN = 20;
    private static final int SERIES = 12;

    @TempDir
    private Path folder;

    private final PlantedSuite suite = new PlantedSuite(3, SERIES)
            .plant(0, BEGUN, 1.15)
            .plant(1, BEGUN, 1.15)
            .plant(2, BEGUN, 1.15)
            .plant(3, BEGUN, 1.15);

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "");
    }

    private CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    private void main(int end) throws IOException {
        plumb("check", suite.file(folder, 0, 10));
        for (int run = 10; run < end; run++) {
            plumb("check", suite.file(folder, run, run + 1));
        }
    }

    /** A run of a branch, a day behind the newest one of main; its values are those of main times a factor. */
    private String branch(int day, int level, IntToDoubleFunction factor) throws IOException {
        List<String> rows = IntStream.range(0, SERIES)
                .mapToObj(index -> String.format(
                        Locale.ROOT,
                        "%s,time,ms,lower,%s,feed%036d,feature,2025-12-%02dT12:00:00Z,2025-12-%02dT13:00:00Z,box",
                        PlantedSuite.name(index),
                        suite.noise(index, 700 + day) * suite.level(index, level) * factor.applyAsDouble(index),
                        day,
                        day,
                        day))
                .toList();
        return PlantedSuite.file(folder, "branch-" + day + ".csv", rows);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void what_main_had_before_is_no_fault_of_the_branch(int bad) throws IOException {
        main(BEGUN + bad);

        CapturedRun reported = plumb("check", branch(BEGUN + bad, BEGUN, index -> 1));

        assertThat(reported.exitCode()).as(reported.out()).isZero();
        assertThat(reported.out())
                .startsWith("PASS  no new regression · ")
                .contains("4 already open on main", "already open on main since 0abc001400")
                .doesNotContain("if a regression is intended");
        JsonNode report = json(plumb("check", branch(BEGUN + bad, BEGUN, index -> 1), "--json"));
        assertThat(entry(report.get("findings"), 2).at("/alreadyOpen/commit").asString())
                .isEqualTo(PlantedSuite.commit(BEGUN));
        assertThat(report.at("/counts/KNOWN").asInt()).isEqualTo(4);
        // checks of main itself keep failing until the regression is fixed
        assertThat(plumb("check", suite.file(folder, BEGUN + bad, BEGUN + bad + 1))
                        .exitCode())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void what_is_open_on_main_is_as_large_as_there_in_every_command(int bad) throws IOException {
        main(BEGUN + bad - 1);
        double size = entry(
                        json(plumb("check", suite.file(folder, BEGUN + bad - 1, BEGUN + bad), "--json"))
                                .get("findings"),
                        2)
                .at("/effect/relativeChange")
                .asDouble();
        String change = String.format(Locale.ROOT, "%+.1f %%", 100 * size);
        for (int day = BEGUN + bad; day < BEGUN + bad + 2; day++) {
            CapturedRun checked = plumb("check", branch(day, BEGUN, index -> 1), "--as", "text");

            assertThat(checked.out()).contains("b2 time " + change);
            JsonNode open = entry(
                            json(plumb("report", "--branch", "feature", "--json"))
                                    .get("findings"),
                            2)
                    .get("alreadyOpen");
            assertThat(open.get("change").asDouble()).isEqualTo(size, within(1e-12));
            JsonNode series = entry(
                    json(plumb("history", "b2", "--branch", "feature", "--json"))
                            .get("series"),
                    2);
            List<Double> sizes = new ArrayList<>();
            series.get("changePoints").forEach(one -> {
                if (one.get("revision").asString().equals(PlantedSuite.commit(BEGUN))
                        && one.get("tier").asString().equals("confirmed")) {
                    sizes.add(one.get("relativeChange").asDouble());
                }
            });
            if (!series.get("called").isNull()) {
                sizes.add(series.at("/called/relativeChange").asDouble());
            }
            assertThat(sizes).as("day %d", day).hasSize(1);
            assertThat(sizes.get(0)).isEqualTo(size, within(1e-12));
            assertThat(plumb("explain", "b2", "--branch", "feature").out())
                    .contains("it got " + change.substring(1) + " slower");
        }
    }

    @Test
    void what_the_branch_adds_is_new_and_is_told_from_the_open_level() throws IOException {
        main(BEGUN + 2);

        CapturedRun reported =
                plumb("check", branch(BEGUN + 2, BEGUN, index -> index == 1 || index == 7 ? 1.2 : 1), "--as", "text");

        assertThat(reported.exitCode()).isEqualTo(1);
        assertThat(reported.out()).startsWith("FAIL  2 regressions in this change · ");
        assertThat(reported.out().replaceAll("\\s+", " "))
                .contains(
                        "3 already open on main",
                        "new, in addition to the change already open on main since 0abc001400",
                        "the change is measured from that level");
        JsonNode finding = entry(
                json(plumb("check", folder.resolve("branch-22.csv").toString(), "--json"))
                        .get("findings"),
                1);
        assertThat(finding.at("/effect/relativeChange").asDouble()).isBetween(0.13, 0.26);
        assertThat(finding.path("since").asString()).startsWith("feed");
        // its own points are bad, and those of what main had are not
        JsonNode again = json(plumb("check", branch(BEGUN + 3, BEGUN, index -> 1), "--json"));
        assertThat(again.at("/gate/state").asString()).isEqualTo("OPEN");
    }

    @Test
    void a_branch_that_was_cut_before_is_judged_as_ever() throws IOException {
        main(BEGUN);
        plumb("check", branch(BEGUN, BEGUN - 1, index -> 1));
        for (int run = BEGUN; run < BEGUN + 3; run++) {
            plumb("check", suite.file(folder, run, run + 1));
        }

        CapturedRun slow = plumb("check", branch(BEGUN + 3, BEGUN - 1, index -> index == 2 ? 1.15 : 1));

        assertThat(slow.exitCode()).isEqualTo(1);
        assertThat(slow.out())
                .startsWith("FAIL  1 regression in this change · ")
                .doesNotContain("already open");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void what_main_has_fixed_since_the_branch_began_is_got_by_a_merge(int bad) throws IOException {
        int fixed = BEGUN + bad;
        for (int series = 0; series < 4; series++) {
            suite.plant(series, fixed, 1 / 1.15);
        }
        main(fixed);
        plumb("check", branch(fixed, BEGUN, index -> 1));
        assertThat(plumb("check", suite.file(folder, fixed, fixed + 1)).exitCode())
                .isZero();

        CapturedRun reported = plumb("check", branch(fixed + 1, BEGUN, index -> 1));

        assertThat(reported.exitCode()).as(reported.out()).isZero();
        assertThat(reported.out())
                .startsWith("PASS  no new regression · ")
                .contains("4 fixed on main since this branch");
        assertThat(reported.out().replaceAll("\\s+", " "))
                .contains("open on main when this branch started, fixed on main since: merge main (")
                .contains(", since 0abc001400)")
                .doesNotContain("already open");
        JsonNode finding = entry(
                json(plumb(
                                "check",
                                folder.resolve("branch-" + (fixed + 1) + ".csv").toString(),
                                "--json"))
                        .get("findings"),
                2);
        assertThat(finding.at("/alreadyOpen/fixed").asString()).isEqualTo(PlantedSuite.commit(fixed));
        assertThat(plumb("report", "--as", "text").out().replaceAll("\\s+", " "))
                .contains("open on main when this branch started (since 0abc001400), fixed on main since with ");
        // what the branch adds is still measured from the level that it started from
        CapturedRun more = plumb("check", branch(fixed + 2, BEGUN, index -> index == 1 ? 1.2 : 1));
        assertThat(more.exitCode()).isEqualTo(1);
        assertThat(more.out()).contains("1 regression in this change");
    }

    @Test
    void a_branch_that_mends_it_is_unchanged() throws IOException {
        main(BEGUN + 3);

        CapturedRun mended = plumb("check", branch(BEGUN + 3, BEGUN - 1, index -> 1));

        assertThat(mended.exitCode()).as(mended.out()).isZero();
        assertThat(mended.out()).startsWith("PASS  no regression · ").doesNotContain("already open");
    }

    @Test
    void what_a_second_commit_of_a_branch_still_has_is_accepted_by_the_id_that_its_check_tells() throws IOException {
        main(BEGUN);
        plumb("check", branch(BEGUN, BEGUN - 1, index -> index == 2 ? 1.3 : 1));
        JsonNode reported = json(plumb("check", branch(BEGUN + 1, BEGUN - 1, index -> index == 2 ? 1.3 : 1), "--json"));
        String id = entry(reported.get("findings"), 2).get("id").asString();

        CapturedRun accepted = plumb("accept", id, "--reason", "meant", "--by", "Ann");

        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        assertThat(plumb("check", branch(BEGUN + 2, BEGUN - 1, index -> index == 2 ? 1.3 : 1))
                        .exitCode())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runs_of_one_commit_of_which_only_one_shows_it_hold(boolean fastFirst) throws IOException {
        main(BEGUN + 3);
        String with = branch(BEGUN + 3, BEGUN, index -> 1);
        String rows = Files.readString(Path.of(with));
        plumb("check", fastFirst ? branch(BEGUN + 3, BEGUN - 1, index -> 1) : with);
        Path later = folder.resolve("later.csv");
        Files.writeString(
                later,
                (fastFirst ? rows : Files.readString(Path.of(branch(BEGUN + 3, BEGUN - 1, index -> 1))))
                        .replace("T13:00:00Z", "T14:00:00Z"));

        CapturedRun both = plumb("check", later.toString());

        assertThat(both.exitCode()).as(both.out()).isEqualTo(3);
        assertThat(both.out().replaceAll("\\s+", " "))
                .contains("two runs of commit feed000000 are ", "a third run decides");
    }

    @Test
    void what_people_said_of_it_is_told_in_their_words() throws IOException {
        main(BEGUN + 3);
        String id = entry(json(plumb("report", "--json")).get("findings"), 2)
                .get("id")
                .asString();
        plumb("triage", "acknowledge", id, "--reason", "known", "--by", "Ann");

        CapturedRun reported = plumb("check", branch(BEGUN + 3, BEGUN, index -> 1));

        assertThat(reported.exitCode()).isZero();
        assertThat(reported.out()).contains("1 acknowledged", "3 already open on main");
    }

    /** A run of the branch that only shows what main has lies between main's runs and its own loss. */
    @Test
    void a_further_loss_on_a_branch_is_as_large_in_its_history_as_in_its_check() throws IOException {
        main(BEGUN + 3);
        plumb("check", branch(BEGUN + 3, BEGUN, index -> 1));

        JsonNode checked = json(plumb("check", branch(BEGUN + 4, BEGUN, index -> index == 0 ? 1.13 : 1), "--json"));
        JsonNode history = json(plumb("history", "b0", "--branch", "feature", "--json"))
                .get("series")
                .get(0);

        double size =
                entry(checked.get("findings"), 0).at("/effect/relativeChange").asDouble();
        assertThat(size).isBetween(0.1, 0.16);
        assertThat(history.at("/called/relativeChange").asDouble()).isEqualTo(size, within(1e-9));
    }
}
