package dev.plumbline.ingest.gab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Run;
import dev.plumbline.ingest.Fixtures;
import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    private static final String RUNS = "\"version\": 2, \"runs\": [\"aaaaaaa\", \"bbbbbbb\", \"ccccccc\"]";
    private static final String NAMES = "\"names\": [\"sort\", \"copy\"]";
    private static final String UNITS = "\"units\": [\"ms\", \"MB/s\"]";

    @Test
    void a_list_of_values_for_each_name_gives_every_run_its_results() throws IOException {
        Gathered gathered = Gathered.of(Fixtures.file("github-action-benchmark/columns.json"));
        List<Run> runs = gathered.runs();

        assertThat(gathered.problems()).isEmpty();
        assertThat(runs).hasSize(3);
        assertThat(runs.get(0).header().revision().commit()).isEqualTo("1".repeat(40));
        assertThat(runs.get(0).header().revision().commitTime()).contains(Instant.parse("2024-03-01T09:00:00Z"));
        assertThat(runs.get(0).header().measuredAt()).contains(Instant.ofEpochMilli(1709283700123L));
        assertThat(runs.get(0).measurements())
                .extracting(one -> one.benchmark().label() + " " + one.metric().name() + " "
                        + one.sample().location())
                .containsExactly("sort {suite=Java} time 12.5", "copy {suite=Java} throughput 812.0");
        // null: the run did not measure it
        assertThat(runs.get(1).measurements())
                .extracting(one -> one.benchmark().name())
                .containsExactly("sort");
        assertThat(runs.get(2).measurements()).hasSize(2);
    }

    @Test
    void a_list_of_values_for_each_run_is_told_apart_by_the_lengths() throws IOException {
        Gathered gathered = Gathered.of(
                "a.json", "{" + RUNS + "," + NAMES + "," + UNITS + ", \"values\": [[1, 2], [3, 4], [5, 6]]}");

        assertThat(gathered.problems()).isEmpty();
        assertThat(gathered.measurements())
                .extracting(one -> one.benchmark().name() + " " + one.sample().location())
                .containsExactly("sort 1.0", "copy 2.0", "sort 3.0", "copy 4.0", "sort 5.0", "copy 6.0");
    }

    @Test
    void as_many_runs_as_names_are_taken_for_columns_and_that_is_said() throws IOException {
        Gathered gathered = Gathered.of(
                "a.json",
                "{\"version\": 2, \"runs\": [\"aaaaaaa\", \"bbbbbbb\"]," + NAMES + "," + UNITS
                        + ",\n\"values\": [[1, 2], [3, 4]]}");

        assertThat(gathered.measurements())
                .extracting(one -> one.benchmark().name() + " " + one.sample().location())
                .containsExactly("sort 1.0", "copy 3.0", "sort 2.0", "copy 4.0");
        assertThat(gathered.problems()).first().asString().startsWith("a.json:2:11: there are as many runs as names");
    }

    @Test
    void lengths_that_do_not_agree_are_refused_with_the_place() {
        assertThatThrownBy(() -> Gathered.of(
                        "a.json", "{" + RUNS + "," + NAMES + "," + UNITS + ",\n \"values\": [[1, 2, 3],\n  [4, 5]]}"))
                .hasMessageContaining("a.json:2:12: 3 runs, 2 names and 2 lists of values: the list at a.json:3:3 has 2"
                        + " values, not one for each run");
        assertThatThrownBy(() ->
                        Gathered.of("a.json", "{" + RUNS + "," + NAMES + "," + UNITS + ", \"values\": [[1, 2, 3]]}"))
                .hasMessageContaining(
                        "3 runs, 2 names and 1 list of values: there has to be a list for each name, or for each run");
        assertThatThrownBy(() -> Gathered.of(
                        "a.json",
                        "{" + RUNS + "," + NAMES + ", \"units\": [\"ms\"], \"values\": [[1, 2, 3], [4, 5, 6]]}"))
                .hasMessageContaining("a.json:1:1: 2 names and 1 unit: each needs its own");
        assertThatThrownBy(() -> Gathered.of("a.json", "{\"entries\": {\"s\": {" + RUNS + "," + NAMES + "}}}"))
                .hasMessageContaining("here are no units and values");
    }

    @Test
    void another_version_is_refused_and_unknown_parts_are_told() throws IOException {
        String rest = "," + NAMES + "," + UNITS + ", \"values\": [[1, 2, 3], [4, null, \"x\"]], \"ranges\": []}";
        assertThatThrownBy(() -> Gathered.of("a.json", "{" + RUNS.replace("2,", "3,") + rest))
                .hasMessageContaining("a.json:1:13: version 3 of a columnar history is unknown; 2 is read");

        Gathered gathered = Gathered.of("a.json", "{" + RUNS + rest);

        assertThat(gathered.measurements()).hasSize(4);
        assertThat(gathered.problems())
                .containsExactly(
                        "a.json:1:158: \"ranges\" is not a known part of a columnar history; it is skipped",
                        "a.json:1:141: benchmark \"copy\": value is \"x\", no finite number; this result is skipped");
    }
}
