package dev.plumbline.pipeline.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.core.threshold.Thresholds;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.BenchmarkPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which threshold a series has, which rule decided, and what it can find. */
class ReadThresholdsTest {
    private static final Replay.Settings SMALL = new Replay.Settings(5, 5, 5, 30, 1);

    @TempDir
    private Path folder;

    private ResultFiles files;

    /** Two benchmarks in the lab, a third one in the rack alone, and a fourth with a single run. */
    @BeforeEach
    void aHistory() throws IOException {
        files = new ResultFiles(folder);
        List<ResultFiles.Run> runs = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            runs.add(files.healthy(i));
        }
        for (int i = 0; i < 8; i++) {
            runs.add(files.run(i).in("rack").with("third", 5 + 0.01 * (i % 3)));
        }
        runs.add(files.run(15).with("once", 7));
        files.record(files.together(runs));
    }

    private Workspace workspace() throws IOException {
        return Workspace.of(
                folder,
                Map.of(),
                Clock.fixed(ResultFiles.NOON, ZoneOffset.UTC),
                Optional.of(files.historyFile().toString()),
                ConfigurationFile.find(folder, folder));
    }

    private ReadThresholds.Outcome read(
            String pattern, Optional<String> metric, Optional<String> environment, Optional<String> branch)
            throws IOException {
        Workspace workspace = workspace();
        Thresholds thresholds =
                workspace.configuration().thresholds(workspace.configuration().policy());
        return new ReadThresholds(workspace, thresholds, SMALL)
                .read(
                        new ReadThresholds.Wanted(new BenchmarkPattern(pattern), metric, environment, branch),
                        false,
                        Progress.SILENT);
    }

    private ReadThresholds.Answer only(String benchmark) throws IOException {
        List<ReadThresholds.Answer> answers = read(benchmark, Optional.empty(), Optional.empty(), Optional.empty())
                .answers();
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }

    private static Thresholds.Decision margin(ReadThresholds.Answer answer) {
        return answer.resolution().decisions().stream()
                .filter(decision -> decision.property() == Thresholds.Property.MARGIN)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_series_without_a_rule_has_the_margin_of_the_policy() throws IOException {
        assertThat(margin(only("fast")).winner().orElseThrow().rule().name()).isEqualTo("default");
        assertThat(margin(only("fast")).beaten()).isEmpty();
        assertThat(only("fast").resolution().policy().margin()).isEqualTo(0.02);
        assertThat(only("fast").runs()).isEqualTo(15);
    }

    @Test
    void the_last_rule_that_covers_a_series_decides_and_the_beaten_ones_are_told() throws IOException {
        Files.writeString(folder.resolve(Configuration.FILE), """
                thresholds:
                  - {benchmark: "*", margin: 3 %}
                  - {benchmark: fast, margin: 4 %}
                  - {benchmark: slow, margin: 5 %}
                """);

        Thresholds.Decision decision = margin(only("fast"));

        assertThat(only("fast").resolution().policy().margin()).isEqualTo(0.04);
        assertThat(decision.winner().orElseThrow().rule().name()).isEqualTo("plumbline.yaml:3:5");
        assertThat(decision.beaten())
                .extracting(beaten -> beaten.rule().name(), Thresholds.RuleValue::value)
                .containsExactly(tuple("plumbline.yaml:2:5", "3 %"), tuple("default", "2 %"));
    }

    @Test
    void a_short_history_has_a_threshold_and_nothing_to_say_of_what_it_finds() throws IOException {
        assertThat(only("fast").sensitivity()).isPresent();

        ReadThresholds.Answer once = only("once");

        assertThat(once.runs()).isEqualTo(1);
        assertThat(once.sensitivity()).isEmpty();
        assertThat(once.resolution().policy().margin()).isEqualTo(0.02);
    }

    @Test
    void a_benchmark_that_the_default_environment_does_not_measure_is_read_where_it_is() throws IOException {
        ReadThresholds.Outcome outcome = read("third", Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(outcome.answers()).singleElement().satisfies(answer -> assertThat(
                        answer.resolution().key().environment())
                .isEqualTo("rack"));
        assertThat(outcome.choice().orElseThrow().environment()).isEqualTo("rack");
    }

    @Test
    void who_names_an_environment_gets_no_other() throws IOException {
        assertThat(read("*", Optional.empty(), Optional.of("rack"), Optional.empty())
                        .answers())
                .extracting(answer -> answer.resolution().key().benchmark().name())
                .containsExactly("third");
        assertThatThrownBy(() -> read("third", Optional.empty(), Optional.of("lab"), Optional.empty()))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("no series has the environment lab; there is rack");
    }

    @ParameterizedTest
    @CsvSource({
        "fsat, , , did you mean fast",
        "fast, tiem, , no series has the metric tiem; there is time",
        "fast, , mian, no series has the branch mian; there is main",
    })
    void what_is_not_there_is_answered_with_what_is(String pattern, String metric, String branch, String answer) {
        assertThatThrownBy(
                        () -> read(pattern, Optional.ofNullable(metric), Optional.empty(), Optional.ofNullable(branch)))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining(answer);
    }

    @Test
    void what_is_injected_is_reported_of_the_series_that_were_asked_for_alone() throws IOException {
        List<Long> heard = new ArrayList<>();

        ReadThresholds.Outcome outcome = new ReadThresholds(
                        workspace(), Configuration.DEFAULT.thresholds(Configuration.DEFAULT.policy()), SMALL)
                .read(
                        new ReadThresholds.Wanted(
                                new BenchmarkPattern("slow"), Optional.empty(), Optional.empty(), Optional.empty()),
                        true,
                        (work, done, total) -> {
                            assertThat(total).isEqualTo(1);
                            heard.add(done);
                        });

        assertThat(outcome.answers()).singleElement().satisfies(answer -> assertThat(
                        answer.sensitivity().orElseThrow().replay())
                .isPresent());
        assertThat(heard).containsExactly(1L);
    }
}
