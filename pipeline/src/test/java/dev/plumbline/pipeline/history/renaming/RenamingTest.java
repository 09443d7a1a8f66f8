package dev.plumbline.pipeline.history.renaming;

import static dev.plumbline.pipeline.ResultFiles.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.gate.GateDecision.State;
import dev.plumbline.core.model.Series;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.annotate.AcceptChanges;
import dev.plumbline.pipeline.annotate.ListAcceptances;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import dev.plumbline.report.answer.RenamingsReport;
import dev.plumbline.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that change, over a real history. */
class RenamingTest {
    private static final Author ANN = new Author("ann", "renamed in the code");

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void fiveRunsUnderEachName() throws IOException {
        files = new ResultFiles(folder);
        for (int i = 0; i < 5; i++) {
            files.record(files.run(i).with("quick", 100 + i).with("slow", 500).file());
        }
        for (int i = 5; i < 10; i++) {
            files.record(
                    files.run(i).with("dualPivot", 100 + i).with("slow", 500).file());
        }
    }

    private RenamingOutcome rename(String from, String to) throws IOException {
        return new RenameSeries(files.workspace()).rename(from, to, false, ANN);
    }

    private RenamingOutcome merge(String from, String into) throws IOException {
        return new MergeSeries(files.workspace()).merge(from, into, ANN);
    }

    private RenamingOutcome undo(OptionalLong number) throws IOException {
        return new UndoRenaming(files.workspace()).undo(number, ANN);
    }

    private List<RenamingsReport.Row> inForce() throws IOException {
        return new ListRenamings(files.workspace()).list().rows();
    }

    /** The values of a benchmark's only series, in the order of its history. */
    private List<Double> values(String benchmark) {
        List<Series> found = files.series().stream()
                .filter(series -> series.key().benchmark().name().equals(benchmark))
                .toList();
        assertThat(found).as(benchmark).hasSizeLessThanOrEqualTo(1);
        return found.stream()
                .flatMap(series -> series.points().stream())
                .map(point -> point.value())
                .toList();
    }

    private static List<Double> numbers(int first, int end) {
        return IntStream.range(first, end).mapToObj(i -> 100.0 + i).toList();
    }

    private List<String> names() {
        return files.series().stream()
                .map(series -> series.key().benchmark().name())
                .distinct()
                .sorted()
                .toList();
    }

    @Test
    void renaming_joins_both_histories_and_undoing_takes_them_apart() throws IOException {
        RenamingOutcome renamed = rename("quick", "dualPivot");

        assertThat(renamed.series()).isEqualTo(1);
        assertThat(values("dualPivot")).isEqualTo(numbers(0, 10));
        assertThat(values("quick")).isEmpty();

        RenamingOutcome undone = undo(OptionalLong.empty());

        assertThat(undone.stated()).isEqualTo(renamed.stated());
        assertThat(undone.series()).isEqualTo(1);
        assertThat(values("dualPivot")).isEqualTo(numbers(5, 10));
        assertThat(values("quick")).isEqualTo(numbers(0, 5));
        assertThat(inForce()).isEmpty();
    }

    @Test
    void what_is_recorded_later_under_the_old_name_is_read_under_the_new_one() throws IOException {
        rename("quick", "dualPivot");

        files.record(files.run(10).with("quick", 110).file());

        assertThat(values("dualPivot")).isEqualTo(numbers(0, 11));
    }

    @Test
    void merging_does_the_same_for_two_known_benchmarks() throws IOException {
        assertThat(merge("quick", "dualPivot").series()).isEqualTo(1);

        assertThat(values("dualPivot")).isEqualTo(numbers(0, 10));
    }

    @Test
    void what_cannot_be_compared_is_not_merged() throws IOException {
        files.record(files.run(10).with("bytes", "kB", 3).file());

        assertThatThrownBy(() -> merge("quick", "bytes"))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("ms")
                .hasMessageContaining("kB")
                .hasMessageContaining("nothing was merged");

        assertThat(inForce()).isEmpty();
        assertThat(names()).containsExactly("bytes", "dualPivot", "quick", "slow");
    }

    @Test
    void units_of_one_kind_are_merged_in_one_unit() throws IOException {
        files.record(files.run(10).with("micros", "us", 111_000).file());

        merge("micros", "quick");

        assertThat(values("quick")).hasSize(6);
        assertThat(values("quick").get(5) / values("quick").get(0)).isCloseTo(1.11, within(1e-9));
    }

    @Test
    void unknown_names_are_told_with_near_ones_and_nothing_changes() throws IOException {
        assertThatThrownBy(() -> rename("quik", "sort"))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("no benchmark quik")
                .hasMessageContaining("did you mean quick?");
        assertThatThrownBy(() -> new RenameSeries(files.workspace()).rename("tyme", "wall", true, ANN))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("no metric tyme")
                .hasMessageContaining("time");
        assertThatThrownBy(() -> merge("quick", "nowhere")).isInstanceOf(NothingFound.class);
        assertThatThrownBy(() -> merge("nowhere", "quick")).isInstanceOf(NothingFound.class);
        assertThatThrownBy(() -> undo(OptionalLong.empty()))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("nothing to undo");

        assertThat(inForce()).isEmpty();
    }

    @Test
    void a_number_that_no_renaming_has_is_told() throws IOException {
        rename("quick", "dualPivot");

        assertThatThrownBy(() -> undo(OptionalLong.of(99)))
                .isInstanceOfAny(NothingFound.class, StoreException.class)
                .hasMessageContaining("99");
        assertThat(inForce()).hasSize(1);
    }

    @Test
    void a_name_leads_to_one_other_and_never_back() throws IOException {
        rename("quick", "dualPivot");

        assertThatThrownBy(() -> rename("dualPivot", "quick")).isInstanceOfAny(IOException.class, StoreException.class);
        assertThatThrownBy(() -> rename("slow", "slow")).isInstanceOfAny(IOException.class, StoreException.class);
        assertThatThrownBy(() -> merge("slow", "slow")).isInstanceOfAny(IOException.class, StoreException.class);

        assertThat(inForce()).hasSize(1);
        assertThat(values("dualPivot")).isEqualTo(numbers(0, 10));
    }

    @Test
    void one_renaming_follows_the_other_and_each_is_undone_by_its_number() throws IOException {
        long first = rename("quick", "dualPivot").stated().number().orElseThrow();
        rename("dualPivot", "timSort");

        assertThat(values("timSort")).isEqualTo(numbers(0, 10));
        assertThat(inForce()).extracting(RenamingsReport.Row::from).containsExactly("quick", "dualPivot");

        undo(OptionalLong.of(first));

        assertThat(values("timSort")).isEqualTo(numbers(5, 10));
        assertThat(values("quick")).isEqualTo(numbers(0, 5));
    }

    @Test
    void a_metric_is_renamed_in_every_benchmark() throws IOException {
        RenamingOutcome renamed = new RenameSeries(files.workspace()).rename("time", "wall", true, ANN);

        assertThat(renamed.series()).isEqualTo(3);
        assertThat(files.series()).allMatch(series -> series.key().metric().equals("wall"));
        assertThat(undo(OptionalLong.empty()).series()).isEqualTo(3);
        assertThat(files.series()).allMatch(series -> series.key().metric().equals("time"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a'; DROP TABLE run; --",
                "q\"uoted",
                "ümläut 😀",
                "%",
                "_",
                "a -> b",
                "x.y {n=1}",
                "a\nb",
                "nul\u0000",
                "\u001b[31mred"
            })
    void hostile_names_are_names(String hostile) throws IOException {
        RenamingOutcome renamed = rename("quick", hostile);

        assertThat(renamed.stated().to()).isEqualTo(hostile);
        assertThat(files.series()).hasSize(3);
        assertThat(files.series().stream()
                        .mapToInt(series -> series.points().size())
                        .sum())
                .isEqualTo(20);
        undo(OptionalLong.empty());
        assertThat(names()).containsExactly("dualPivot", "quick", "slow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void what_is_no_name_is_refused(String bad) throws IOException {
        assertThatThrownBy(() -> rename("quick", bad)).isInstanceOf(WrongRequest.class);

        assertThat(names()).containsExactly("dualPivot", "quick", "slow");
    }

    @Test
    void without_a_history_the_line_for_the_configuration_is_told() {
        Workspace elsewhere = Workspace.of(
                folder,
                Map.of(),
                Clock.fixed(ResultFiles.NOON, ZoneOffset.UTC),
                Optional.of(folder.resolve("nowhere/history.db")));

        assertThatThrownBy(() -> new RenameSeries(elsewhere).rename("quick", "dualPivot", false, ANN))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("plumbline.yaml")
                .hasMessageContaining("dualPivot");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void what_was_accepted_stays_accepted_under_another_name_and_back() throws IOException {
        for (int i = 10; i < 30; i++) {
            files.record(files.run(i).with("slow", 500 + i % 3).file());
        }
        Report worse = files.check(files.run(30).with("slow", 600).file());
        assertThat(worse.gate().state()).isEqualTo(State.CLOSED);
        new AcceptChanges(files.workspace(), "default", BaselineSettings.DEFAULT, ANN)
                .accept(finding(worse, "slow").id(), Acceptance.Scope.METRIC, Optional.empty(), false);
        assertThat(files.dryRun(files.run(31).with("slow", 601).file()).gate().state())
                .isEqualTo(State.OPEN);

        rename("slow", "slower");
        assertThat(new ListAcceptances(files.workspace()).list()).hasSize(1);
        assertThat(files.dryRun(files.run(31).with("slow", 601).file()).gate().state())
                .as("measured under the old name")
                .isEqualTo(State.OPEN);
        assertThat(files.dryRun(files.run(31).with("slower", 601).file()).gate().state())
                .as("measured under the new name")
                .isEqualTo(State.OPEN);
        assertThat(files.dryRun(files.run(31).with("slower", 700).file()).gate().state())
                .as("much more than was accepted")
                .isEqualTo(State.CLOSED);

        undo(OptionalLong.empty());
        assertThat(files.dryRun(files.run(31).with("slow", 601).file()).gate().state())
                .isEqualTo(State.OPEN);
    }
}
