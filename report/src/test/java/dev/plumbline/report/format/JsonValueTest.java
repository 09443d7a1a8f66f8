package dev.plumbline.report.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {
    private static JsonValue read(String text) throws IOException {
        return JsonValue.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void every_question_has_an_answer_whatever_the_type() throws IOException {
        for (String json : new String[] {"null", "true", "3", "\"x\"", "[1]", "{\"a\": 1}"}) {
            JsonValue value = read(json);
            assertThat(value.get("nowhere").isNothing()).isTrue();
            assertThat(value.get("nowhere").get("deeper").elements()).isEmpty();
            assertThat(value.get("nowhere").text()).isEmpty();
            assertThat(value.get("nowhere").number()).isEmpty();
        }
        assertThat(read("[1, null, \"x\"]").elements()).hasSize(3);
        assertThat(read("[1, null]").elements().get(1).isNothing()).isTrue();
        assertThat(read("{\"b\": 1, \"a\": 2}").members().keySet()).containsExactly("b", "a");
        assertThat(read("{\"a\": 1, \"a\": 2}").get("a").integer()).hasValue(2);
        assertThat(read("\"3\"").number()).isEmpty();
        assertThat(read("3").text()).isEmpty();
        assertThat(read("true").isTrue()).isTrue();
        assertThat(read("\"true\"").isTrue()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "-0, 0", "1e3, 1000", "9007199254740992, 9007199254740992", "3.5, ", "1e30, ", "1e999, "})
    void a_whole_number_is_one_that_a_double_holds_exactly(String json, Long expected) throws IOException {
        if (expected == null) {
            assertThat(read(json).integer()).isEmpty();
        } else {
            assertThat(read(json).integer()).hasValue(expected);
        }
    }

    @Test
    void a_number_that_a_double_cannot_hold_is_infinite() throws IOException {
        assertThat(read("1e999").number()).hasValue(Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,", "\"x", "{\"a\"}", "nul", "{} {}", "[] 1", "'x'", "{\"a\": NaN}", ",", "01"})
    void what_is_not_one_value_is_refused_without_quoting_it(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("is ")
                .message()
                .isIn("is not JSON, or breaks off", "is more than one JSON value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n"})
    void nothing_is_refused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class).hasMessage("is empty");
    }

    @Test
    void limits_of_depth_length_and_digits_are_kept() {
        assertThatThrownBy(() -> read("[".repeat(101) + "]".repeat(101))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("1".repeat(1_001))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("\"" + "x".repeat((1 << 20) + 1) + "\"")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("{\"" + "x".repeat(10_001) + "\": 1}")).isInstanceOf(IOException.class);
    }

    @Test
    void a_depth_of_a_hundred_is_read() throws IOException {
        assertThat(read("[".repeat(100) + "]".repeat(100)).elements()).hasSize(1);
    }

    @Test
    void an_error_of_the_stream_is_passed_on() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("gone");
            }
        };
        assertThatThrownBy(() -> JsonValue.read(broken))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
    }
}
