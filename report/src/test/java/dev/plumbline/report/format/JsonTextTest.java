package dev.plumbline.report.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.report.Examples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, as it reads, and as the reader of this module reads it. */
class JsonTextTest {
    private static String members(Consumer<JsonText> members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            JsonText.line(out, json -> json.object(() -> members.accept(json)));
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n");
        return text.strip();
    }

    private static JsonValue read(String text) {
        try {
            return JsonValue.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    @Test
    void a_document_is_indented_by_two_spaces_and_ends_in_a_line_feed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonText.write(
                out,
                json -> json.object(() -> {
                    json.text("a", "b");
                    json.object("c", () -> json.integer("d", 1));
                    json.array("e", List.of(1.0, 2.0), json::number);
                }));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                {
                  "a": "b",
                  "c": {
                    "d": 1
                  },
                  "e": [ 1.0, 2.0 ]
                }
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                "\"quoted\"",
                "back\\slash",
                "line\nfeed",
                "tab\t",
                "\u0000",
                "\u001b[31m",
                "µs 漢字",
                "🚀"
            })
    void a_text_is_ascii_and_reads_back_as_it_was(String text) {
        String json = members(out -> out.text("t", text));

        assertThat(json.chars()).allMatch(character -> character >= ' ' && character < 0x7f);
        assertThat(read(json).get("t").text()).hasValue(text);
    }

    @Test
    void half_of_a_surrogate_pair_becomes_the_replacement_character_also_in_a_name() {
        assertThat(members(out -> out.text("n\uD800", "a\uDC00b")))
                .isEqualToIgnoringCase("{\"n\\ufffd\":\"a\\ufffdb\"}");
    }

    @Test
    void a_number_that_is_not_finite_is_null_and_the_next_member_says_which() {
        assertThat(members(out -> {
                    out.number("a", Double.POSITIVE_INFINITY);
                    out.number("b", Double.NEGATIVE_INFINITY);
                    out.number("c", Double.NaN);
                    out.number("d", OptionalDouble.empty());
                    out.number("e", OptionalDouble.of(1));
                }))
                .isEqualTo("{\"a\":null,\"aIs\":\"infinite\",\"b\":null,\"bIs\":\"-infinite\",\"c\":null,"
                        + "\"cIs\":\"not a number\",\"d\":null,\"e\":1.0}");
        assertThat(members(out -> out.numbers("n", 1, Double.NaN, 0.5))).isEqualTo("{\"n\":[1.0,null,0.5]}");
    }

    @Test
    void numbers_read_back_to_the_same_bits() {
        Random random = new Random(11);
        double[] numbers = IntStream.range(0, 5_000)
                .mapToDouble(i -> Double.longBitsToDouble(random.nextLong()))
                .filter(Double::isFinite)
                .toArray();
        List<JsonValue> back =
                read(members(out -> out.numbers("n", numbers))).get("n").elements();

        assertThat(back).hasSize(numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            assertThat(back.get(i).number().orElseThrow()).as("seed 11, %d", i).isEqualTo(numbers[i]);
        }
    }

    @Test
    void whole_numbers_keep_all_their_digits() {
        assertThat(members(out -> {
                    out.integer("a", Long.MAX_VALUE);
                    out.integers("b", -1, 0, Long.MIN_VALUE);
                }))
                .isEqualTo("{\"a\":9223372036854775807,\"b\":[-1,0,-9223372036854775808]}");
    }

    @Test
    void rows_are_lists_of_lists() {
        assertThat(members(out -> {
                    out.rows("a", List.of(new double[] {1, 2}, new double[] {}));
                    out.startArray("b");
                    out.rows(new double[] {1.5, 2.5}, new long[] {3, 4});
                    out.endArray();
                }))
                .isEqualTo("{\"a\":[[1.0,2.0],[]],\"b\":[[[1.5,3],[2.5,4]]]}");
    }

    @Test
    void what_is_there_or_not_is_a_text_or_null() {
        assertThat(members(out -> {
                    out.text("a", Optional.of("x"));
                    out.text("b", Optional.empty());
                    out.nothing("c");
                    out.truth("d", true);
                    out.unit(Unit.of("ms"));
                    out.interval("i", new Interval(-0.5, 0.5, 0.95));
                }))
                .isEqualTo("{\"a\":\"x\",\"b\":null,\"c\":null,\"d\":true,\"unit\":\"ms\","
                        + "\"i\":{\"low\":-0.5,\"high\":0.5,\"confidence\":0.95}}");
    }

    @Test
    void pieces_are_in_the_order_of_their_elements_however_many_write_them() {
        List<Integer> all = IntStream.range(0, 3_000).boxed().toList();
        List<JsonValue> back = read(members(out -> out.pieces("p", all, (i, piece) -> piece.integer("i", i))))
                .get("p")
                .elements();

        assertThat(back.stream().map(one -> (int) one.get("i").integer().orElseThrow()))
                .isEqualTo(all);
        assertThat(members(out -> out.pieces("p", List.<Integer>of(), (i, piece) -> {})))
                .isEqualTo("{\"p\":[]}");
    }

    @Test
    void lines_are_one_for_each_element() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonText.write(
                out, json -> json.object(() -> json.lines("l", List.of(1, 2), 1, (i, line) -> line.integer("i", i))));

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\n  \"l\": [\n    {\"i\":1},\n    {\"i\":2}\n  ]\n}\n");
        assertThat(members(json -> json.lines("l", List.<Integer>of(), 1, (i, line) -> {})))
                .isEqualTo("{\"l\":[]}");
    }

    @Test
    void a_series_and_a_run_say_which_they_are() {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("n", "1000"));
        JsonValue series = read(members(out -> out.series(Examples.key("Sort.quick", parameters, "time"))));
        assertThat(series.members().keySet())
                .containsExactly("series", "benchmark", "parameters", "metric", "environment", "branch");
        assertThat(series.get("parameters").get("n").text()).hasValue("1000");

        JsonValue run = read(members(out -> out.run(Examples.run(5, "abc"))));
        assertThat(run.members().keySet())
                .containsExactly("id", "commit", "branch", "commitTime", "position", "measuredAt", "environment");
        assertThat(run.get("commitTime").isNothing()).isTrue();
        assertThat(run.get("position").integer()).hasValue(5);
        assertThat(run.get("measuredAt").text()).hasValue("2026-11-06T23:30:00Z");
    }

    @Test
    void a_statement_has_its_end_and_its_commit_or_null() {
        Annotation.Origin origin = new Annotation.Origin("a1", "Ann", Instant.EPOCH, "why");
        JsonValue muted = read(members(out -> out.statement(
                Annotation.of(Annotation.Kind.MUTED, origin, Optional.of(Instant.EPOCH.plusSeconds(1)), ""))));
        JsonValue fixed = read(members(
                out -> out.statement(Annotation.of(Annotation.Kind.FIXED, origin, Optional.empty(), "575cc706f1"))));

        assertThat(muted.get("until").text()).hasValue("1970-01-01T00:00:01Z");
        assertThat(muted.get("fixedBy").isNothing()).isTrue();
        assertThat(fixed.get("fixedBy").text()).hasValue("575cc706f1");
        assertThat(fixed.get("until").isNothing()).isTrue();
    }

    @Test
    void a_stream_that_fails_says_so_with_its_own_error() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("disk full");
            }
        };
        assertThatThrownBy(() -> JsonText.write(full, json -> json.object(() -> json.text("a", "x".repeat(100_000)))))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
    }

    @Test
    void a_member_that_is_no_member_is_a_mistake_of_ours() {
        assertThatThrownBy(() -> JsonText.write(new ByteArrayOutputStream(), json -> {
                    json.startArray();
                    json.text("name", "value");
                }))
                .isInstanceOf(IllegalStateException.class);
    }
}
