package dev.plumbline.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final List<String> NAMES = List.of(
            "org.example.CsvLineBenchmark.split {fields=10}",
            "org.example.CsvLineBenchmark.split {fields=100}",
            "org.example.CsvLineBenchmark.join",
            "org.example.SplitterBenchmark.csvLine",
            "org.example.WordCount.count");

    @Test
    void a_mistyped_word_is_answered_with_the_known_one() {
        assertThat(Suggestion.of("treshold", List.of("threshold", "history")))
                .isEqualTo("; did you mean \"threshold\"?");
        assertThat(Suggestion.of("hsitory", List.of("threshold", "history"))).isEqualTo("; did you mean \"history\"?");
        assertThat(Suggestion.of("dashboard", List.of("threshold", "history"))).isEmpty();
    }

    @Test
    void a_name_with_a_typing_error_is_answered_with_those_that_have_it() {
        assertThat(Suggestion.near("WordCuont", NAMES)).containsExactly("org.example.WordCount.count");
        assertThat(Suggestion.near("CsvLinebenchmrk.split", NAMES)).startsWith(NAMES.get(0), NAMES.get(1));
    }

    @Test
    void a_name_without_its_suffix_is_answered_with_those_that_have_its_parts_in_order() {
        assertThat(Suggestion.near("CsvLine.split", NAMES)).containsExactly(NAMES.get(0), NAMES.get(1));
        assertThat(Suggestion.near("Csv/join", NAMES)).containsExactly(NAMES.get(2));
    }

    @Test
    void what_is_near_to_nothing_is_answered_with_nothing() {
        assertThat(Suggestion.near("Crc.update", NAMES)).isEmpty();
        assertThat(Suggestion.near("join.Csv", NAMES)).isEmpty();
        assertThat(Suggestion.near("...", NAMES)).isEmpty();
    }
}
