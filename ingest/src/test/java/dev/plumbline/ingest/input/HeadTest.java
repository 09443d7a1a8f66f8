package dev.plumbline.ingest.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadTest {
    private static Head head(String text) throws IOException {
        return Source.of("x.json", text.getBytes(StandardCharsets.UTF_8)).head();
    }

    @Test
    void keys_are_known_by_their_paths_through_objects_and_lists() throws IOException {
        Head head = head("{\"a\": {\"b\": [{\"c\": 1}, {\"d\": [[{\"e\": 2}]]}]}}");

        assertThat(head.has("a")).isTrue();
        assertThat(head.has("a", "b", "[]", "c")).isTrue();
        assertThat(head.has("a", "b", "[]", "d", "[]", "[]", "e")).isTrue();
        assertThat(head.has("c")).isFalse();
        assertThat(head.has("a", "b", "c")).isFalse();
    }

    @Test
    void a_star_is_any_key_and_no_element_of_a_list() throws IOException {
        Head head = head("{\"results\": {\"x\": {\"ms\": 1}}, \"list\": [{\"ms\": 1}]}");

        assertThat(head.has("results", "*", "ms")).isTrue();
        assertThat(head.has("*", "*", "ms")).isTrue();
        assertThat(head.has("list", "*", "ms")).isFalse();
        assertThat(head.has("*", "ms")).isFalse();
    }

    @Test
    void only_the_first_value_of_a_file_counts() throws IOException {
        Head head = head("{\"a\": 1}\n{\"b\": 2}\n");

        assertThat(head.has("a")).isTrue();
        assertThat(head.has("b")).isFalse();
    }

    @Test
    void a_key_behind_a_very_long_text_is_still_seen() throws IOException {
        Head head = head("{\"log\": \"" + "x".repeat(1_000_000) + "\", \"results\": 1}");

        assertThat(head.has("results")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": 1} | a JSON object with the keys \"a\"",
                "{} | an empty JSON object",
                "[1, 2] | a JSON list without objects",
                "[{\"a\": 1, \"b\": 2}] | a JSON list of objects with the keys \"a\", \"b\"",
                "{\"a\": [ | JSON that ends in the middle of a value, with the keys \"a\"",
                "hello | text that begins with \"hello\"",
                "[INFO] hello | text that begins with \"[INFO] hello\"",
                "var x = {\"a\": 1} | a JSON object with the keys \"a\""
            })
    void what_was_seen_is_described_for_a_person(String text, String description) throws IOException {
        assertThat(head(text).description()).isEqualTo(description);
    }

    @Test
    void eight_keys_are_shown_and_hostile_ones_without_their_control_characters() throws IOException {
        assertThat(head("{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1}")
                        .description())
                .endsWith("\"g\", \"h\"");
        assertThat(head("{\"\\u001b[31m\\u202e\": 1}").description()).contains("\"\\u001b[31m\\u202e\"");
        assertThat(head("{\"" + "k".repeat(4000) + "\": 1}").description()).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"a\": 1 | true", "{\"a\": 1} | false", "{nonsense | true", "[INFO] log | false", "text | false"
            })
    void damaged_json_is_told_from_text(String text, boolean damaged) throws IOException {
        assertThat(head(text).isDamagedJson()).isEqualTo(damaged);
    }
}
