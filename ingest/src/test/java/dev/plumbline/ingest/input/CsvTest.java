package dev.plumbline.ingest.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void fields_are_stripped_and_rows_may_have_any_length() throws IOException {
        try (Csv csv = open("a, b ,c\n\n 1 ,\u2003two words\t,\"x,\"\"y\"\"\"\n1\n" + ",".repeat(40) + "z\n\n\n")) {
            assertThat(csv.columns()).containsExactly("a", "b", "c");

            assertThat(csv.next()).isTrue();
            assertThat(fields(csv)).containsExactly("1", "two words", "x,\"y\"");
            assertThat(csv.line()).isEqualTo(3);
            assertThat(csv.holds(1, "two words")).isTrue();
            assertThat(csv.holds(1, "two word")).isFalse();
            assertThat(csv.holds(1, "two wordz")).isFalse();
            assertThat(csv.holds(7, "")).isTrue();
            assertThat(csv.holds(-1, "x")).isFalse();

            assertThat(csv.next()).isTrue();
            assertThat(fields(csv)).containsExactly("1");
            assertThat(csv.field(1)).isEmpty();

            assertThat(csv.next()).isTrue();
            assertThat(csv.size()).isEqualTo(41);
            assertThat(csv.field(39)).isEmpty();
            assertThat(csv.field(40)).isEqualTo("z");

            assertThat(csv.next()).isFalse();
            assertThat(csv.field(40)).isEqualTo("z"); // the last row stays
        }
    }

    @Test
    void what_was_read_of_a_row_stays_when_the_next_has_the_same_or_others() throws IOException {
        List<String> seen = new ArrayList<>();
        try (Csv csv = open("name,commit\na,c1\nb,c1\nbb,c2\nbb,c12\n,c12\na,\n")) {
            while (csv.next()) {
                seen.addAll(fields(csv));
            }
        }

        assertThat(seen).containsExactly("a", "c1", "b", "c1", "bb", "c2", "bb", "c12", "", "c12", "a", "");
    }

    private static Csv open(String text) throws IOException {
        return Csv.open(Source.of("x.csv", text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> fields(Csv csv) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < csv.size(); i++) {
            fields.add(csv.field(i));
        }
        return fields;
    }
}
