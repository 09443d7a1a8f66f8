package dev.plumbline.pipeline.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.measure.Rounds;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.pipeline.GitFolder;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.MeasuringSettings;
import dev.plumbline.pipeline.record.Overrides;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures real commands of the shell. */
class MeasureTargetsTest {
    /** Counts its executions in a file, and fails in the third one. */
    private static final String FAILS_ONCE =
            "n=$(cat count 2>/dev/null || echo 0); n=$((n+1)); echo $n > count; [ $n -ne 3 ]";

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void anEmptyFolder() {
        files = new ResultFiles(folder);
    }

    private static MeasureTargets.Task task(
            int runs, Duration limit, Map<String, List<String>> parameters, String... lines) throws WrongRequest {
        MeasuringSettings.Length length = MeasuringSettings.NOTHING.length();
        return MeasureTargets.Task.of(new MeasuringSettings(
                new MeasuringSettings.What(
                        List.of(),
                        List.of(lines),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()),
                new MeasuringSettings.Around(
                        new TreeMap<>(parameters),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        MeasuringSettings.Build.NONE),
                new MeasuringSettings.Length(
                        length.precision(),
                        Optional.of(runs),
                        length.fewest(),
                        length.most(),
                        length.shortest(),
                        Optional.of(0),
                        length.trials(),
                        length.warmUpTrials(),
                        length.batch(),
                        length.budget(),
                        Optional.of(limit),
                        length.seed())));
    }

    private static MeasureTargets.Task task(int runs, String... lines) throws WrongRequest {
        return task(runs, Duration.ofSeconds(20), Map.of(), lines);
    }

    private MeasureTargets.Outcome measure(MeasureTargets.Keeping keeping, boolean resume, MeasureTargets.Task... tasks)
            throws IOException {
        return new MeasureTargets(files.workspace(), Overrides.NONE, ProcessRunner.forThisMachine(), Progress.SILENT)
                .measure(List.of(tasks), keeping, resume);
    }

    private MeasureTargets.Outcome measure(MeasureTargets.Task... tasks) throws IOException {
        return measure(MeasureTargets.Keeping.HISTORY, false, tasks);
    }

    private static List<Rounds.End> ends(MeasureTargets.Outcome outcome) {
        return outcome.outcomes().stream().map(Rounds.Outcome::end).toList();
    }

    /** How many executions the history has of a benchmark. */
    private int executions(String benchmark) {
        try (RunStore store = files.workspace().open()) {
            return store.runs(RunQuery.all()).stream()
                    .flatMap(run -> store.run(run.id()).measurements().stream())
                    .filter(one -> one.benchmark().name().equals(benchmark)
                            && one.metric().name().equals("time"))
                    .mapToInt(one -> ((Sample.Values) one.sample()).size())
                    .sum();
        }
    }

    private List<String> names() {
        return files.series().stream()
                .map(Series::key)
                .map(key -> key.benchmark().label())
                .distinct()
                .sorted()
                .toList();
    }

    private List<Path> unfinished() throws IOException {
        Path kept = folder.resolve(".plumbline/unfinished");
        if (!Files.exists(kept)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(kept)) {
            return inside.filter(file -> file.toString().endsWith(".txt")).toList();
        }
    }

    @Test
    void every_command_is_executed_as_often_as_asked_and_recorded() throws IOException {
        MeasureTargets.Outcome outcome = measure(task(4, "echo x >> one", "true"));

        assertThat(Files.readAllLines(folder.resolve("one"))).hasSize(4);
        assertThat(outcome.planned()).isTrue();
        assertThat(outcome.hasFailures()).isFalse();
        assertThat(names()).containsExactly("echo x >> one", "true");
        assertThat(executions("true")).isEqualTo(4);
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void each_combination_of_parameters_is_a_benchmark() throws IOException {
        measure(task(
                1,
                Duration.ofSeconds(20),
                Map.of("n", List.of("1", "2"), "mode", List.of("a", "{n}")),
                "echo {n}{mode} >> told"));

        assertThat(Files.readAllLines(folder.resolve("told"))).containsExactlyInAnyOrder("1a", "2a", "1{n}", "2{n}");
        assertThat(names()).hasSize(4);
    }

    @Test
    void what_is_not_kept_makes_no_history() throws IOException {
        MeasureTargets.Outcome outcome = measure(MeasureTargets.Keeping.NOTHING, false, task(2, "true"));

        assertThat(outcome.runs()).hasSize(1);
        assertThat(outcome.runs().get(0).measurements())
                .extracting(Measurement::benchmark)
                .isNotEmpty();
        assertThat(folder.resolve(".plumbline")).doesNotExist();
    }

    @Test
    void a_command_that_fails_keeps_nothing_from_the_others() throws IOException {
        MeasureTargets.Outcome outcome = measure(task(2, "false", "true"), task(2, "no-such-program-here", "echo"));

        assertThat(outcome.hasFailures()).isTrue();
        assertThat(ends(outcome).stream().filter(Rounds.End.FAILED::equals)).hasSize(2);
        assertThat(executions("true")).isEqualTo(2);
        assertThat(executions("echo")).isEqualTo(2);
        assertThat(executions("false")).isZero();
    }

    @Test
    void a_command_that_takes_too_long_is_killed() throws IOException {
        long begin = System.nanoTime();

        MeasureTargets.Outcome outcome = measure(task(1, Duration.ofMillis(200), Map.of(), "sleep 30"));

        assertThat(outcome.hasFailures()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void an_attempt_that_broke_off_is_taken_up_where_it_ended() throws IOException {
        MeasureTargets.Outcome first = measure(task(4, FAILS_ONCE));
        assertThat(first.hasFailures()).isTrue();
        assertThat(folder.resolve("count")).hasContent("3");
        assertThat(unfinished()).hasSize(1);

        MeasureTargets.Outcome second = measure(MeasureTargets.Keeping.HISTORY, true, task(4, FAILS_ONCE));

        assertThat(second.notes()).containsExactly("continuing after 2 executions measured earlier");
        assertThat(second.hasFailures()).isFalse();
        assertThat(folder.resolve("count")).as("two more").hasContent("5");
        assertThat(executions(FAILS_ONCE)).isEqualTo(4);
        assertThat(unfinished()).isEmpty();
        assertThat(measure(MeasureTargets.Keeping.HISTORY, true, task(1, "true"))
                        .notes())
                .containsExactly("nothing to resume; starting from the beginning");
    }

    @Test
    void a_line_that_was_cut_off_counts_for_nothing() throws IOException {
        measure(task(4, FAILS_ONCE));
        Path kept = unfinished().get(0);
        String text = Files.readString(kept).replaceAll("recorded\n$", "");
        Files.writeString(kept, text.substring(0, text.length() - 20));

        MeasureTargets.Outcome second = measure(MeasureTargets.Keeping.HISTORY, true, task(4, FAILS_ONCE));

        assertThat(second.notes())
                .containsExactly(
                        "the last execution measured earlier was cut off and does not count",
                        "continuing after 1 execution measured earlier");
        assertThat(folder.resolve("count")).as("three more").hasContent("6");
    }

    @Test
    void what_a_file_beside_the_history_holds_never_breaks_the_measuring() throws IOException {
        for (String damage : List.of("", "\n", "plumbline-unfinished 1\n\u0000", "other 7\nrun\t0\tx\t{}", "run\tx")) {
            Files.deleteIfExists(folder.resolve("count"));
            measure(task(4, FAILS_ONCE));
            Files.writeString(unfinished().get(0), damage);

            MeasureTargets.Outcome second = measure(MeasureTargets.Keeping.HISTORY, true, task(4, FAILS_ONCE));

            assertThat(second.hasFailures()).as(damage).isFalse();
            assertThat(folder.resolve("count")).as("all four again").hasContent("7");
        }
    }

    @Test
    void what_was_measured_of_other_code_is_discarded() throws IOException {
        GitFolder repository = new GitFolder(folder);
        repository.commit(".gitignore", "count\n.plumbline\n");
        measure(task(4, FAILS_ONCE));
        repository.commit("code", "changed");

        MeasureTargets.Outcome second = measure(MeasureTargets.Keeping.HISTORY, true, task(4, FAILS_ONCE));

        assertThat(second.notes()).first().asString().contains("discarded").contains("commit: ");
        assertThat(folder.resolve("count")).hasContent("7");
    }

    @Test
    void tasks_that_name_nothing_are_refused() {
        assertThatThrownBy(() -> task(2)).isInstanceOf(WrongRequest.class);
        assertThatThrownBy(() -> task(2, "true", "true"))
                .isInstanceOf(WrongRequest.class)
                .hasMessageContaining("two commands are named true");
        assertThatThrownBy(() -> task(0, "true")).isInstanceOf(WrongRequest.class);
    }
}
