package dev.plumbline.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Harmless;
import dev.plumbline.report.terminal.TextStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was deleted of a history by age or by name. */
class PruneReportTest {
    /** By age: what stayed, of the kinds that can. */
    private static PruneReport byAge(boolean done, int days, int baselines, int marks, int newest) {
        return new PruneReport(
                done, OptionalInt.of(days), List.of(), 12, 340, 5, baselines, marks, newest, 5_000_000, 4_000);
    }

    private static PruneReport named(boolean done, int runs, int baselines, int marks) {
        List<RunInfo> some = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            some.add(Examples.run(i + 1, "c%09x0000".formatted(i)));
        }
        return new PruneReport(
                done, OptionalInt.empty(), some, runs - baselines - marks, 40, 2, baselines, marks, 0, 0, 0);
    }

    private static JsonNode json(PruneReport report) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            report.writeJson(out);
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return JsonMapper.builder().build().readTree(out.toByteArray());
    }

    @Test
    void runs_that_were_deleted_by_age_are_counted_with_what_they_had() {
        assertThat(byAge(true, 90, 0, 0, 0).text()).isEqualTo("""
                        deleted 12 runs older than 90 days, with 340 measurements; 5 series lost all their runs
                        the history's file is 5.00 MB and now 4.00 kB
                        """);
    }

    @Test
    void a_dry_run_says_what_would_go_and_how_to_do_it() {
        assertThat(byAge(false, 1, 0, 0, 0).text()).isEqualTo("""
                        would delete 12 runs older than 1 day, with 340 measurements; 5 series would lose all their runs
                        the history's file is 5.00 MB
                        nothing was changed; delete them with --yes
                        """);
    }

    @Test
    void one_of_each_is_no_plural() {
        assertThat(new PruneReport(true, OptionalInt.of(1), List.of(), 1, 1, 1, 1, 1, 1, 9_000, 5_000).text())
                .isEqualTo("""
                        deleted 1 run older than 1 day, with 1 measurement; 1 series lost all its runs
                        kept: 1 old run that baselines need
                        kept: 1 old run that was judged or triaged
                        kept: 1 old run that is the newest of its environment and branch
                        the history's file is 9.00 kB and now 5.00 kB
                        """);
    }

    @Test
    void nothing_to_delete_is_counted_as_none() {
        assertThat(new PruneReport(false, OptionalInt.of(90), List.of(), 0, 0, 0, 0, 0, 0, 4_096, 4_096).text())
                .startsWith(
                        "would delete 0 runs older than 90 days, with 0 measurements; no series would lose all its runs\n")
                .doesNotContain("kept");
    }

    @ParameterizedTest(name = "baselines {0}, marks {1}, newest {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | 0 | 0 | kept: 2 old runs that baselines need",
                "0 | 3 | 0 | kept: 3 old runs that were judged or triaged",
                "0 | 0 | 1200 | kept: 1,200 old runs that are the newest of their environment and branch",
            })
    void old_runs_that_stay_have_the_reason(int baselines, int marks, int newest, String words) {
        assertThat(byAge(true, 90, baselines, marks, newest).text().lines().filter(line -> line.startsWith("kept")))
                .containsExactly(words);
    }

    @Test
    void runs_that_were_named_are_listed_in_their_order_with_no_age() {
        String text = named(true, 3, 0, 0).text();

        assertThat(text.lines().limit(3))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("  run 0011").contains(" of commit c000000000 on main"),
                        second -> assertThat(second).contains(" of commit c000000001 on main, measured "),
                        third -> assertThat(third).contains(" of commit c000000002 on main"));
        assertThat(text)
                .contains("\ndeleted 3 runs, with 40 measurements; 2 series lost all their runs\n")
                .doesNotContain("older");
    }

    @ParameterizedTest(name = "baselines {0}, accepted levels {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 0 | kept: 1 run that a baseline needs",
                "2 | 0 | kept: 2 runs that a baseline needs",
                "0 | 1 | kept: 1 run where an accepted level begins; see plumb accept --list",
                "0 | 2 | kept: 2 runs where an accepted level begins; see plumb accept --list",
            })
    void named_runs_that_stay_are_not_called_old(int baselines, int marks, String words) {
        assertThat(named(true, 3, baselines, marks).text().lines().filter(line -> line.startsWith("kept")))
                .containsExactly(words);
    }

    private static Stream<String> hostile() {
        return Examples.HOSTILE.stream().map(name -> name.substring(0, Math.min(1_000, name.length())));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void a_commit_of_any_name_neither_acts_on_a_terminal_nor_adds_a_line(String commit) {
        PruneReport report = new PruneReport(
                true, OptionalInt.empty(), List.of(Examples.run(3, commit)), 1, 2, 0, 0, 0, 0, 5_000, 1_000);

        Harmless.assertHarmless(report.text(), TextStyle.DEFAULT);
        assertThat(report.text().lines()).hasSize(3);
        assertThat(json(report).path("named").path(0).asString())
                .isEqualTo(Examples.run(3, commit).id());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_program_gets_the_age_and_every_count(boolean done) {
        JsonNode json = json(byAge(done, 90, 2, 3, 4));

        assertThat(json.propertyNames())
                .containsExactly(
                        "schema",
                        "done",
                        "days",
                        "runs",
                        "measurements",
                        "series",
                        "keptForBaselines",
                        "keptForMarks",
                        "keptForLevels",
                        "keptAsNewest",
                        "samples",
                        "bytesFreed",
                        "bytesBefore",
                        "bytesAfter");
        assertThat(json.path("schema").asString()).isEqualTo("plumbline-prune/1");
        assertThat(json.path("done").asBoolean()).isEqualTo(done);
        assertThat(json.path("days").asInt()).isEqualTo(90);
        assertThat(json.path("runs").asInt()).isEqualTo(12);
        assertThat(json.path("measurements").asInt()).isEqualTo(340);
        assertThat(json.path("series").asInt()).isEqualTo(5);
        assertThat(json.path("keptForBaselines").asInt()).isEqualTo(2);
        assertThat(json.path("keptForMarks").asInt()).isEqualTo(3);
        assertThat(json.path("keptAsNewest").asInt()).isEqualTo(4);
        assertThat(json.path("bytesBefore").asInt()).isEqualTo(5_000_000);
        assertThat(json.path("bytesAfter").asInt()).isEqualTo(4_000);
    }

    @Test
    void a_program_gets_the_ids_of_the_runs_that_were_named_in_place_of_an_age() {
        JsonNode json = json(named(true, 3, 1, 1));

        assertThat(json.has("days")).isFalse();
        assertThat(json.path("named").valueStream().map(JsonNode::asString))
                .containsExactly(
                        Examples.run(1, "a").id(),
                        Examples.run(2, "a").id(),
                        Examples.run(3, "a").id());
    }

    @Test
    void a_history_larger_than_an_int_keeps_its_numbers() {
        PruneReport report = new PruneReport(
                true, OptionalInt.of(90), List.of(), 1, 5_000_000_000L, 0, 0, 0, 0, 7_000_000_000L, 6_000_000_000L);

        assertThat(json(report).path("measurements").asLong()).isEqualTo(5_000_000_000L);
        assertThat(json(report).path("bytesAfter").asLong()).isEqualTo(6_000_000_000L);
        assertThat(report.text()).contains("with 5,000,000,000 measurements; ", "file is 7.00 GB and now 6.00 GB\n");
    }
}
