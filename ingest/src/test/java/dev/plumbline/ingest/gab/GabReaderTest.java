package dev.plumbline.ingest.gab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.Fixtures;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Gathered;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GabReaderTest {
    private static final Path DATA = Fixtures.file("github-action-benchmark/data.js");

    @Test
    void every_entry_is_a_run_with_its_commit_and_time_measured_elsewhere() throws IOException {
        ImportContext here =
                ImportContext.of(Revision.of("here", "trunk"), Environment.of(Map.of("cpu", "x")), Gathered.NOW);
        List<Run> runs = Gathered.of(Source.of(DATA), here).runs();

        assertThat(runs).hasSize(4);
        assertThat(runs.get(0).header().revision().commit()).isEqualTo("1".repeat(40));
        assertThat(runs.get(0).header().revision().branch()).isEqualTo("trunk");
        assertThat(runs.get(0).header().revision().commitTime()).contains(Instant.parse("2024-03-01T09:00:00Z"));
        assertThat(runs.get(0).header().measuredAt()).contains(Instant.ofEpochMilli(1709283700123L));
        assertThat(runs.get(0).header().environment()).isEqualTo(Environment.unknown());
        assertThat(runs.get(0).header().context())
                .containsEntry("commit.message", "sort: first version")
                .containsEntry("extra", "5000000 times\n4 procs");
    }

    @Test
    void equal_names_in_two_suites_stay_apart() throws IOException {
        Gathered gathered = Gathered.of(DATA);

        assertThat(gathered.measurements())
                .filteredOn(m -> m.benchmark().label().equals("BenchmarkSort {suite=Go}"))
                .extracting(m -> m.sample().location())
                .containsExactly(325.0, 330.25);
        assertThat(gathered.measurement("BenchmarkSort {suite=Node}", "throughput")
                        .metric()
                        .better())
                .isEqualTo(Better.HIGHER);
    }

    @Test
    void the_unit_wins_over_the_tool() throws IOException {
        Gathered gathered = Gathered.of(DATA);

        assertThat(gathered.measurement("rate {suite=Blocks}", "throughput")
                        .metric()
                        .better())
                .isEqualTo(Better.HIGHER);
        assertThat(gathered.measurement("verify {suite=Blocks}", "value")
                        .metric()
                        .better())
                .isEqualTo(Better.LOWER);
        assertThat(gathered.measurement("score {suite=Blocks}", "value")
                        .metric()
                        .better())
                .isEqualTo(Better.HIGHER);
        assertThat(gathered.measurement("BenchmarkCopy {suite=Go}", "throughput")
                        .metric()
                        .better())
                .isEqualTo(Better.HIGHER);
    }

    @Test
    void spreads_and_counts_are_read_out_of_the_texts() throws IOException {
        Gathered gathered = Gathered.of(DATA);
        Sample.Summary second = (Sample.Summary) gathered.measurements().stream()
                .filter(m -> m.sample().location() == 330.25)
                .findFirst()
                .orElseThrow()
                .sample();
        Sample.Summary node = (Sample.Summary)
                gathered.measurement("BenchmarkSort {suite=Node}", "throughput").sample();

        assertThat(second.standardDeviation()).hasValue(5);
        assertThat(second.count()).isEqualTo(4000000);
        assertThat(node.count()).isEqualTo(76);
        assertThat(node.interval()).hasValueSatisfying(interval -> {
            assertThat(interval.low()).isEqualTo(975);
            assertThat(interval.high()).isEqualTo(1025);
            assertThat(interval.confidence()).isEqualTo(0.95);
        });
    }

    @Test
    void a_unit_that_swallowed_another_result_gives_it_back() throws IOException {
        assertThat(Gathered.of(DATA)
                        .measurement("BenchmarkSort - swaps {suite=Go}", "value")
                        .sample()
                        .location())
                .isEqualTo(4);
    }

    @Test
    void a_value_that_is_null_as_text_is_a_problem_with_its_place() throws IOException {
        assertThat(Gathered.of(DATA).problems())
                .containsExactly(DATA + ":27:11: benchmark \"BenchmarkCopy\": value is \"null\", no finite number;"
                        + " this result is skipped");
    }

    @Test
    void the_list_of_a_custom_tool_is_one_run_made_here() throws IOException {
        Gathered gathered = Gathered.of(Fixtures.file("github-action-benchmark/custom.json"));

        assertThat(gathered.runs()).hasSize(1);
        assertThat(gathered.measurement("Startup", "time").metric().better()).isEqualTo(Better.LOWER);
        assertThat(gathered.measurement("Hit rate", "value").metric().better()).isEqualTo(Better.HIGHER);
        assertThat(gathered.measurement("Hit rate", "value").sample().location())
                .isEqualTo(87.25);
    }

    @Test
    void the_same_history_as_plain_json_gives_the_same_runs() throws IOException {
        String script = Files.readString(DATA);
        String plain = script.substring(script.indexOf('{'));

        assertThat(Gathered.of("data.json", plain).runs())
                .isEqualTo(Gathered.of(DATA).runs());
    }

    @Test
    void histories_of_other_projects_are_read() throws IOException {
        for (Path file : Fixtures.shared("history/github-action-benchmark")) {
            Gathered gathered = Gathered.of(file);
            assertThat(gathered.format()).isEqualTo(Format.GITHUB_ACTION_BENCHMARK);
            assertThat(gathered.measurements()).hasSizeGreaterThan(200);
            assertThat(gathered.problems()).as("%s", file).allSatisfy(problem -> assertThat(problem)
                    .containsAnyOf(
                            "more than once", "repeated", "no finite number", "more problems", "unknown direction of"));
        }
    }
}
