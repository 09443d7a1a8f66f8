package dev.plumbline.ingest.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    /** Keeps the problems alone. */
    private static final class Problems implements RunSink {
        private final List<String> all = new ArrayList<>();

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            throw new AssertionError("no measurement is expected");
        }

        @Override
        public void problem(Problem problem) {
            all.add(problem.toString());
        }
    }

    private final Problems problems = new Problems();

    /** Walks the members of an object. */
    private void members(String text, Member member) throws IOException {
        Source source = Source.of("a.json", text.getBytes(StandardCharsets.UTF_8));
        try (Json json = Json.open(source, problems)) {
            while (json.next()) {
                json.object(key -> member.read(key, json));
            }
        }
    }

    @FunctionalInterface
    private interface Member {
        void read(String key, Json json) throws IOException;
    }

    private double number(String value) throws IOException {
        double[] read = {0};
        members("{\"a\": " + value + "}", (key, json) -> read[0] = json.number());
        return read[0];
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-0.5, -0.5",
        "1e3, 1000",
        "'\"12.5\"', 12.5",
        "'\" 7 \"', 7",
        "9007199254740992, 9007199254740992",
        "NaN, NaN",
        "'\"Infinity\"', Infinity",
        "-Infinity, -Infinity",
        "1e999, Infinity",
        "null, NaN",
        "true, NaN",
        "'[1]', NaN",
        "'{\"b\": 1}', NaN",
        "'\"1,5\"', NaN",
        "'\"0x10\"', NaN",
        "'\"\"', NaN"
    })
    void a_number_is_the_closest_double_also_as_text_and_nan_for_everything_else(String value, double expected)
            throws IOException {
        assertThat((Double) number(value)).isEqualTo((Double) expected);
        assertThat(problems.all).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "-9007199254740993", "123456789012345678901", "\"9007199254740993\""})
    void digits_that_a_double_cannot_hold_are_reported_with_their_place(String value) throws IOException {
        number(value);

        assertThat(problems.all).singleElement().asString().startsWith("a.json:1:7: the whole number ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e-999", "-1e-999", "\"1e-999\""})
    void a_number_too_small_for_a_double_is_reported(String value) throws IOException {
        assertThat(Math.abs(number(value))).isZero();
        assertThat(problems.all).singleElement().asString().contains("is too small for a double; it is read as 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NaN | \"a\" is NaN, no finite number; it is left out",
                "1e999 | \"a\" is 1e999, no finite number; it is left out",
                "\"fast\" | \"a\" is \"fast\", no finite number; it is left out",
                "[1] | \"a\" is a list, no finite number; it is left out",
                "{} | \"a\" is an object, no finite number; it is left out",
                "true | \"a\" is true, no finite number; it is left out"
            })
    void a_finite_number_that_is_none_is_reported_under_its_name(String value, String problem) throws IOException {
        members("{\"a\": " + value + ", \"b\": 2}", (key, json) -> {
            Double read = json.finite(key);
            assertThat(read).isEqualTo(key.equals("a") ? Double.valueOf(Double.NaN) : Double.valueOf(2));
        });

        assertThat(problems.all).containsExactly("a.json:1:7: " + problem);
    }

    @Test
    void a_finite_number_that_is_null_was_not_stated() throws IOException {
        members("{\"a\": null}", (key, json) -> assertThat(json.finite(key)).isNaN());

        assertThat(problems.all).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "7.0, 7", "7.5, -1", "1e300, -1", "NaN, -1", "null, -1", "'\"7\"', 7", "-3, -3"})
    void a_whole_number_is_that_or_what_stands_for_none(String value, long expected) throws IOException {
        members("{\"a\": " + value + "}", (key, json) -> assertThat(json.integer(-1))
                .isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1, \"x\", null, [2]] | [1, x, null, [2]]",
                "{\"a\": 1, \"b\": {\"c\": []}} | {a: 1, b: {c: []}}",
                "\"text\" | text",
                "12.50 | 12.50",
                "false | false"
            })
    void a_value_is_written_as_it_tells_things_apart(String value, String written) throws IOException {
        members("{\"a\": " + value + "}", (key, json) -> assertThat(json.written())
                .isEqualTo(written));
    }

    @Test
    void of_what_is_absurdly_long_only_so_much_is_written_that_it_is_seen_to_be_too_long() throws IOException {
        String list = "[" + "\"0123456789\", ".repeat(5000) + "1]";
        members("{\"a\": " + list + "}", (key, json) -> assertThat(json.written())
                .hasSizeBetween(4096, 4200));
    }

    @Test
    void what_a_walk_does_not_read_is_skipped_whatever_it_is() throws IOException {
        List<String> keys = new ArrayList<>();
        members("{\"a\": {\"x\": [1, {\"y\": 2}]}, \"b\": [[[]]], \"c\": 1}", (key, json) -> keys.add(key));

        assertThat(keys).containsExactly("a", "b", "c");
    }

    @Test
    void an_object_or_a_list_where_another_value_stands_is_reported_and_null_is_empty() throws IOException {
        members("{\"a\": 1, \"b\": null, \"c\": \"x\"}", (key, json) -> {
            json.object(inner -> {
                throw new AssertionError(inner);
            });
            json.list(() -> {
                throw new AssertionError("an element");
            });
        });

        assertThat(problems.all)
                .contains(
                        "a.json:1:7: expected an object, found 1; it is skipped",
                        "a.json:1:26: expected a list, found \"x\"; it is skipped")
                .noneMatch(problem -> problem.contains("null"));
    }

    @Test
    void a_repeated_key_is_reported_at_its_second_value_also_behind_many_others() throws IOException {
        StringBuilder many = new StringBuilder("{\"k\": 1");
        for (int i = 0; i < 40; i++) {
            many.append(",\n\"x").append(i).append("\": 0");
        }
        List<String> values = new ArrayList<>();
        members(many + ",\n\"k\": 2}", (key, json) -> values.add(key + "=" + json.text()));

        assertThat(values).contains("k=1").doesNotContain("k=2");
        assertThat(problems.all)
                .containsExactly("a.json:42:1: the key \"k\" is repeated in this object; this value is skipped");
    }

    @Test
    void half_a_character_becomes_a_replacement_character() throws IOException {
        members("{\"a\": \"x\\ud800y\"}", (key, json) -> assertThat(json.text()).isEqualTo("x\uFFFDy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"window.X = {\"a\": 1}", "const x={\"a\": 1};", "   let y =\n{\"a\": 1}"})
    void an_assignment_before_the_value_is_passed_over(String text) throws IOException {
        List<String> keys = new ArrayList<>();
        Source source = Source.of("a.js", text.getBytes(StandardCharsets.UTF_8));
        try (Json json = Json.open(source, problems)) {
            assertThat(json.next()).isTrue();
            json.object(keys::add);
        }

        assertThat(keys).containsExactly("a");
    }

    @Test
    void values_inside_of_another_text_have_the_places_of_the_file() throws IOException {
        Source file = Source.of("a.log", new byte[] {'x'});
        List<String> places = new ArrayList<>();
        Json.inside(
                file,
                12,
                9,
                "{\"a\": NaN}",
                problems,
                json -> json.object(key -> {
                    places.add(json.where());
                    json.number();
                }));

        // NaN is no number outside of scripts either: what stands in a log has the same rules as a file
        assertThat(places).containsExactly("a.log:12:15");
        assertThatThrownBy(
                        () -> Json.inside(file, 12, 9, "{\"a\": ", problems, json -> json.object(key -> json.skip())))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageMatching("a\\.log:12:\\d+: ends in the middle of a value.*");
        assertThatThrownBy(() -> Json.inside(file, 12, 9, "{'a'}", problems, json -> json.object(key -> json.skip())))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageMatching("a\\.log:12:\\d+: is not JSON here: .*");
    }
}
