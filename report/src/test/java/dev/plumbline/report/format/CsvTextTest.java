package dev.plumbline.report.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.report.Examples;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CsvTextTest {
    private static String cell(String text) {
        String record = new CsvText().text(text).end().toString();
        assertThat(record).endsWith("\r\n");
        return record.substring(0, record.length() - 2);
    }

    private static String cell(double number) {
        return new CsvText().number(number).end().toString().strip();
    }

    @Test
    void a_record_is_its_cells_with_commas_between_and_ends_as_rfc_4180_says() {
        assertThat(new CsvText()
                        .names(List.of("a", "b"))
                        .text("x")
                        .empty()
                        .number(1.5)
                        .empty()
                        .end()
                        .toString())
                .isEqualTo("a,b\r\nx,,1.5,\r\n");
        assertThat(new CsvText().end().toString()).isEqualTo("\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "plain | plain",
                "`` | ``",
                "a,b | \"a,b\"",
                "say \"hi\" | \"say \"\"hi\"\"\"",
                "a b | \"a b\"",
                "=1+1 | \"'=1+1\"",
                "+1 | \"'+1\"",
                "-1 | \"'-1\"",
                "@SUM(A1) | \"'@SUM(A1)\"",
                "a;=1+1 | \"a;'=1+1\"",
                "a=1 | a=1",
                "1-2 | 1-2",
                "＝1+1 | \"'＝1+1\"",
            })
    void a_text_is_quoted_where_it_has_to_be_and_never_a_formula(String text, String expected) {
        assertThat(cell(text)).isEqualTo(expected);
    }

    @Test
    void a_line_feed_becomes_visible_so_that_a_record_is_one_line() {
        assertThat(cell("a\nb\r\tc")).isEqualTo("a\\nb\\r\\tc");
    }

    private static Stream<String> hostile() {
        return Examples.HOSTILE.stream();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void a_hostile_text_is_one_cell_of_one_line(String text) {
        String cell = cell(text);
        assertThat(cell).doesNotContain("\n", "\r", "\u001b");
        String inside = cell.startsWith("\"") ? cell.substring(1, cell.length() - 1) : cell;
        assertThat(inside.replace("\"\"", "")).doesNotContain("\"");
        assertThat(cell.startsWith("\"") || !cell.contains(",")).isTrue();
        assertThat(inside).doesNotMatch("[=+@-].*");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "-3, -3",
        "1000000, 1000000",
        "0.1, 0.1",
        "-0.25, -0.25",
        "Infinity, inf",
        "-Infinity, -inf",
        "NaN, ''",
        "999999999999999, 999999999999999",
    })
    void a_number_is_written_without_separators(double number, String expected) {
        assertThat(cell(number)).isEqualTo(expected);
    }

    @Test
    void every_number_reads_back_to_the_same_bits() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number) && number != 0) {
                assertThat(Double.parseDouble(cell(number))).as("seed 7, %d", i).isEqualTo(number);
            }
        }
        for (double number : new double[] {Double.MIN_VALUE, Double.MAX_VALUE, 1e15, 1e15 - 1, 1e16, 0.1 + 0.2}) {
            assertThat(Double.parseDouble(cell(number))).isEqualTo(number);
        }
    }
}
