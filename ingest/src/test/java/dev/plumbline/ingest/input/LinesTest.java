package dev.plumbline.ingest.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinesTest {
    private static List<String> read(String text) throws IOException {
        List<String> all = new ArrayList<>();
        try (Lines lines = Lines.open(Source.of("x.txt", text.getBytes(StandardCharsets.UTF_8)))) {
            while (lines.next()) {
                all.add(lines.where() + " " + lines.line());
            }
        }
        return all;
    }

    @Test
    void lines_are_numbered_from_one_whatever_ends_them() throws IOException {
        assertThat(read("a\r\n\nb\n")).containsExactly("x.txt:1 a", "x.txt:2 ", "x.txt:3 b");
        assertThat(read("a\nb")).containsExactly("x.txt:1 a", "x.txt:2 b");
        assertThat(read("")).isEmpty();
        assertThat(read("\n")).containsExactly("x.txt:1 ");
    }

    @Test
    void a_return_that_ends_no_line_stays_in_it() throws IOException {
        assertThat(read("10%\r20%\n")).containsExactly("x.txt:1 10%\r20%");
    }

    @ParameterizedTest
    @CsvSource({
        "'\u001B[31mred\u001B[0m', red",
        "'\u001B[1;32;40mx\u001B[K', x",
        "'\u001B[?25lx', x",
        "'\u001B[2Ax', x",
        "plain, plain",
        "'\u001B', '\u001B'"
    })
    void colours_and_movements_of_terminals_are_no_text(String text, String plain) {
        assertThat(Lines.withoutEscapes(text)).isEqualTo(plain);
    }

    @Test
    void a_line_of_more_than_two_million_characters_is_refused_with_its_number() throws IOException {
        assertThat(read("x".repeat(1 << 21) + "\n")).hasSize(1);
        assertThatThrownBy(() -> read("a\n" + "x".repeat((1 << 21) + 1)))
                .hasMessage("x.txt:2: has a line of more than two million characters");
    }
}
