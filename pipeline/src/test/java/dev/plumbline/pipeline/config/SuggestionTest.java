package dev.plumbline.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
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

    @Test
    void upper_and_lower_case_are_alike_on_both_sides() {
        assertThat(Suggestion.of("RELEASE-12", List.of("RELEASE-13", "main")))
                .isEqualTo("; did you mean \"RELEASE-13\"?");
        assertThat(Suggestion.of("ci-linux", List.of("CI-LINUX"))).isEqualTo("; did you mean \"CI-LINUX\"?");
        assertThat(Suggestion.near("csvlinebenchmark.JOIN", NAMES)).startsWith(NAMES.get(2));
    }

    @Test
    void an_empty_or_blank_word_is_near_to_nothing() {
        assertThat(Suggestion.of("", List.of("a", "ab"))).isEmpty();
        assertThat(Suggestion.near("", NAMES)).isEmpty();
        assertThat(Suggestion.near("  ", NAMES)).isEmpty();
    }

    @Test
    void the_first_of_equally_near_words_is_named_and_nothing_without_known_words() {
        assertThat(Suggestion.of("on-nee", List.of("on-new", "on-net"))).isEqualTo("; did you mean \"on-new\"?");
        assertThat(Suggestion.of("main", List.of())).isEmpty();
        assertThat(Suggestion.near("main", List.of())).isEmpty();
    }

    @Test
    void no_more_than_three_names_are_listed_and_a_very_long_word_costs_little() {
        List<String> many = IntStream.range(0, 2000)
                .mapToObj(i -> "org.example.Sort.quick" + i)
                .toList();

        assertThat(Suggestion.near("Sort.qiuck1", many)).hasSize(3);
        assertThat(Suggestion.near("x".repeat(1000), many)).isEmpty();
        assertThat(Suggestion.of("x".repeat(100_000), List.of("threshold"))).isEmpty();
    }

    @Test
    void two_letters_that_are_swapped_are_one_slip_also_in_a_short_name() {
        assertThat(Suggestion.near("fsat", List.of("org.fast", "org.slow"))).containsExactly("org.fast");
        assertThat(Suggestion.near("fa", List.of("af")))
                .as("two letters stand in too many names")
                .isEmpty();
        assertThat(Suggestion.of("fsat", List.of("fast", "slow"))).isEqualTo("; did you mean \"fast\"?");
    }

    @Test
    void a_name_with_other_parameters_is_answered_with_those_it_has_the_nearest_first() {
        List<String> labels = List.of(
                "org.ex.P.a {mode=avgt, n=20}", "org.ex.P.a {mode=avgt, n=10}", "org.ex.Map.a {n=11}", "org.ex.P.ab");

        assertThat(Suggestion.near("P.a {n=11}", labels)).containsExactly(labels.get(1), labels.get(0));
        assertThat(Suggestion.near("org.ex.p.a {size=3, n=2}", labels)).containsExactly(labels.get(0), labels.get(1));
        assertThat(Suggestion.near("P.a{n=10}", labels)).startsWith(labels.get(1));
        assertThat(Suggestion.near("org.ex.Mpa.a {n=12}", labels)).startsWith(labels.get(2));
        assertThat(Suggestion.near("{n=12}", List.of("org.ex.Sort"))).isEmpty();
    }

    @Test
    void a_short_name_is_answered_with_that_of_which_a_part_or_class_and_method_is_one_slip_away() {
        List<String> labels = List.of("org.ex.P.a {n=10}", "org.ex.Sort.quick", "org.ex.Sum.all");

        assertThat(Suggestion.near("Pa", labels)).containsExactly(labels.get(0));
        assertThat(Suggestion.near("P.b", labels)).containsExactly(labels.get(0));
        assertThat(Suggestion.near("P.a1", labels)).containsExactly(labels.get(0));
        assertThat(Suggestion.near("srt", labels)).containsExactly(labels.get(1));
        assertThat(Suggestion.near("b", labels)).isEmpty();
    }
}
