package dev.plumbline.ingest.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Run;
import dev.plumbline.ingest.Fixtures;
import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesLinesReaderTest {

    @Test
    void every_place_is_a_run_and_lines_with_equal_places_share_it() throws IOException {
        List<Run> runs = Gathered.of(Fixtures.file("series-jsonl/series.jsonl")).runs();

        Run second = runs.get(1);
        assertThat(second.header().revision().commit()).isEqualTo("a2");
        assertThat(second.header().revision().position()).hasValue(2);
        assertThat(second.header().measuredAt()).contains(Instant.parse("2024-01-02T00:00:00Z"));
        assertThat(second.measurements()).extracting(m -> m.sample().location()).containsExactly(10.25, 21.0);
    }

    @Test
    void a_missing_value_leaves_its_place_empty_and_is_told() throws IOException {
        Gathered gathered = Gathered.of(Fixtures.file("series-jsonl/series.jsonl"));

        assertThat(gathered.runs().stream()
                        .filter(run -> run.measurements().stream()
                                .anyMatch(m -> m.benchmark().name().equals("sort/quick")))
                        .map(run -> run.header().revision().commit()))
                .containsExactly("a1", "a2", "a4");
        assertThat(gathered.problems()).anySatisfy(problem -> assertThat(problem)
                .endsWith("series.jsonl:1:1: series \"sort/quick\": 1 of 4 values are no finite numbers,"
                        + " the first at place 3; their places stay empty"));
    }

    @Test
    void without_revisions_the_place_is_the_revision() throws IOException {
        Gathered gathered = Gathered.of("s.jsonl", "{\"id\": \"a\", \"values\": [5, 5, 5]}");

        assertThat(gathered.runs())
                .extracting(run -> run.header().revision().commit())
                .containsExactly("#1", "#2", "#3");
        assertThat(gathered.runs().stream().map(Run::id).distinct()).hasSize(3);
    }

    @Test
    void direction_is_what_the_line_says_else_what_the_unit_says() throws IOException {
        Gathered gathered = Gathered.of("s.jsonl", """
                {"id": "a", "values": [5], "unit": "ms"}
                {"id": "b", "values": [5], "unit": "MB/s"}
                {"id": "c", "values": [5], "unit": "ms", "better": "higher"}
                """);

        assertThat(gathered.measurements())
                .extracting(m -> m.metric().better())
                .containsExactly(Better.LOWER, Better.HIGHER, Better.HIGHER);
    }

    @Test
    void a_wrong_number_of_times_is_told() throws IOException {
        assertThat(Gathered.of(
                                "s.jsonl",
                                "{\"id\": \"a\", \"values\": [5, 6], \"unit\": \"s\", \"times\": [\"2024-01-01\"]}")
                        .problems())
                .containsExactly("s.jsonl:1:1: series \"a\": 1 times for 2 values; using the first ones");
    }
}
