package dev.plumbline.ingest.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Series with values, times and revisions that are none, and with names of every kind. */
class SeriesLinesHostileTest {
    private static Gathered read(String lines) throws IOException {
        return Gathered.of("s.jsonl", lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "NaN", "\"fast\"", "1e999", "[1]", "{}", "true"})
    void a_value_that_is_none_leaves_its_place_empty_and_is_reported_once(String none) throws IOException {
        Gathered gathered = read("{\"id\": \"a\", \"unit\": \"ms\", \"values\": [1, " + none + ", 3, " + none + "]}\n");

        assertThat(gathered.runs())
                .extracting(run -> run.header().revision().commit())
                .containsExactly("#1", "#3");
        assertThat(gathered.problems())
                .containsExactly(
                        "s.jsonl:1:1: series \"a\": 2 of 4 values are no finite numbers, the first at place 2; their"
                                + " places stay empty");
    }

    @Test
    void a_negative_duration_is_reported_and_the_other_places_are_read() throws IOException {
        Gathered gathered = read("{\"id\": \"a\", \"unit\": \"ms\", \"values\": [1, -2, 3]}\n");

        assertThat(gathered.measurements()).hasSize(2);
        assertThat(gathered.problems()).singleElement().asString().contains("a duration of -2.0 ms is not possible");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"2024-01-31\"', 2024-01-31T00:00:00Z",
        "'\"20240131\"', 2024-01-31T00:00:00Z",
        "1706659200, 2024-01-31T00:00:00Z",
        "1706659200000, 2024-01-31T00:00:00Z",
        "'\"2024-01-31T01:00:00+01:00\"', 2024-01-31T00:00:00Z"
    })
    void times_are_days_moments_and_seconds_or_milliseconds(String time, Instant expected) throws IOException {
        assertThat(read("{\"id\": \"a\", \"unit\": \"ms\", \"values\": [1], \"times\": [" + time + "]}\n")
                        .header()
                        .measuredAt())
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2024-02-30\"", "\"20240230\"", "\"soon\"", "-5000000000", "\"99999999\""})
    void a_time_that_is_none_is_reported_and_ignored(String time) throws IOException {
        Gathered gathered = read("{\"id\": \"a\", \"unit\": \"ms\", \"values\": [1], \"times\": [" + time + "]}\n");

        assertThat(gathered.header().measuredAt()).isEmpty();
        assertThat(gathered.problems())
                .containsExactly("s.jsonl:1:1: \"" + time.replace("\"", "") + "\" is not a time; it is ignored");
    }

    @Test
    void series_are_measured_elsewhere_on_their_branch_at_their_position() throws IOException {
        Gathered gathered = read(
                "{\"id\": \"a\", \"unit\": \"ms\", \"branch\": \"topic\", \"values\": [1, 2], \"revisions\": [\"r1\", \"\"]}\n");

        assertThat(gathered.runs())
                .extracting(run -> run.header().revision().commit() + " "
                        + run.header().revision().branch() + " "
                        + run.header().revision().position().orElseThrow())
                .containsExactly("r1 topic 1", "#2 topic 2");
        assertThat(gathered.runs().get(0).header().environment().facts()).isEmpty();
    }

    @Test
    void lines_with_other_revisions_are_other_runs_also_where_their_times_are_equal() throws IOException {
        Gathered gathered = read("""
                {"id": "a", "unit": "ms", "values": [1], "times": ["2024-01-01"], "revisions": ["r1"]}
                {"id": "b", "unit": "ms", "values": [2], "times": ["2024-01-01"], "revisions": ["r2"]}
                {"id": "c", "unit": "ms", "values": [3], "times": ["2024-01-02"], "revisions": ["r2"]}
                """);

        assertThat(gathered.runs()).hasSize(3);
    }

    @Test
    void a_line_without_a_name_is_reported_with_its_number_and_the_others_are_read() throws IOException {
        Gathered gathered =
                read("{\"id\": \"a\", \"unit\": \"ms\", \"values\": [1]}\n{\"id\": \" \", \"values\": [1]}\n7\n[]\n");

        assertThat(gathered.measurements()).hasSize(1);
        assertThat(gathered.problems())
                .contains("s.jsonl:2:1: a series without \"id\"; it is skipped")
                .anyMatch(problem -> problem.startsWith("s.jsonl:3:1: expected an object, found 7"));
    }

    @Test
    void a_line_that_breaks_off_is_refused_with_its_place_whatever_stood_before_it() {
        assertThatThrownBy(() ->
                        read("{\"id\": \"a\", \"unit\": \"ms\", \"values\": [1]}\n{\"id\": \"b\", \"values\": [1, 2"))
                .hasMessageMatching("s\\.jsonl:2:\\d+: ends in the middle of a value.*");
    }

    @Test
    void names_of_a_thousand_characters_right_to_left_and_with_control_characters_stay_what_they_are()
            throws IOException {
        for (String name : List.of("x".repeat(1000), "\u05D0\u05D1 \u202Ex", "a\\tb\\nc", "{n=1}")) {
            String expected = name.replace("\\t", "\t").replace("\\n", "\n");
            assertThat(read("{\"id\": \"" + name + "\", \"unit\": \"ms\", \"values\": [1]}\n")
                            .measurements())
                    .singleElement()
                    .satisfies(one -> assertThat(one.benchmark().name()).isEqualTo(expected));
        }
    }

    @Test
    void an_empty_series_is_no_measurement() throws IOException {
        assertThat(read("{\"id\": \"a\", \"unit\": \"ms\", \"values\": []}\n").problems())
                .containsExactly("s.jsonl: contains no measurement");
    }
}
