package dev.plumbline.ingest.input;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedUtf8Test {
    /** UTF-8, with these bytes for each question mark. */
    private static byte[] with(String text, String hex) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            if (one == '?') {
                for (String part : hex.split(" ")) {
                    written.write(Integer.parseInt(part, 16));
                }
            } else {
                written.write(one);
            }
        }
        return written.toByteArray();
    }

    private static String lines(String first, String line, int count, String last) {
        return first + line.repeat(count) + last;
    }

    @ParameterizedTest
    @ValueSource(strings = {"FF", "C0 AF", "E9", "ED A0 80", "F4 90 80 80", "80"})
    void the_line_and_column_of_a_table_are_told_however_far_its_reader_looked_ahead(String hex) {
        byte[] table = with(lines("benchmark,unit,value\n", "größe,ms,1\n", 20_000, "ä?b,ms,1\nc,ms,1\n"), hex);

        assertThatThrownBy(() -> Gathered.of("a.csv", table))
                .isInstanceOf(UnreadableInput.class)
                .hasMessage("a.csv:20002:2: is not UTF-8 text; save it as UTF-8 and try again");
    }

    @Test
    void so_are_those_of_a_text_read_in_lines() {
        byte[] text = with(lines("", "BenchmarkX 1 5 ns/op\n", 9_000, "pkg: caf?\nBenchmarkY 1 5 ns/op\n"), "E9");

        assertThatThrownBy(() -> Gathered.of("bench.txt", text))
                .hasMessage("bench.txt:9001:9: is not UTF-8 text; save it as UTF-8 and try again");
    }

    @Test
    void so_are_those_of_xml() {
        byte[] xml = with("<testsuite name=\"a\">\n<testcase name=\"caf?\" time=\"1\"/>\n</testsuite>\n", "E9");

        assertThatThrownBy(() -> Gathered.of("t.xml", xml))
                .hasMessage("t.xml:2:20: is not UTF-8 text; save it as UTF-8 and try again");
    }

    @ParameterizedTest
    @CsvSource({
        "'[{\"name\": \"caf?\", \"unit\": \"ms\", \"value\": 1}]', E9",
        "'{\"results\": [{\"command\": \"a?\", \"mean\": 1}]}', FF"
    })
    void json_tells_line_and_column_itself(String text, String hex) {
        assertThatThrownBy(() -> Gathered.of("a.json", with(text, hex)))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageMatching("a\\.json:1:\\d+: is not UTF-8 text .*");
    }

    @Test
    void a_character_that_the_end_of_the_file_cuts_is_told_too() {
        assertThatThrownBy(() -> Gathered.of("bench.txt", with("BenchmarkX 1 5 ns/op\npkg: caf?", "C3")))
                .hasMessage("bench.txt:2:9: is not UTF-8 text; save it as UTF-8 and try again");
    }

    @Test
    void text_in_utf_16_that_breaks_off_in_a_character_has_no_place_of_its_own() throws IOException {
        byte[] whole = "\uFEFFBenchmarkX 1 5 ns/op\n".getBytes(StandardCharsets.UTF_16LE);
        byte[] odd = Arrays.copyOf(whole, whole.length - 1);

        assertThatThrownBy(() -> Gathered.of("bench.txt", odd))
                .isInstanceOf(UnreadableInput.class)
                .hasMessage("bench.txt: is not UTF-8 text; save it as UTF-8 and try again");
    }
}
