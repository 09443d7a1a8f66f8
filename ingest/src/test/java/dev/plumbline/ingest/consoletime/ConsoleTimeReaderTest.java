package dev.plumbline.ingest.consoletime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleTimeReaderTest {
    @ParameterizedTest
    @CsvSource({
        "a: 12.5ms, 12.5",
        "a: 1.201s, 1201",
        "a: 12 ms - timer ended, 12",
        "a: 1:02.345 (m:ss.mmm), 62345",
        "a: 1:02:03.456 (h:mm:ss.mmm), 3723456"
    })
    void every_form_of_a_time_is_read_in_milliseconds(String line, double milliseconds) throws IOException {
        assertThat(Gathered.of("times.txt", line + "\n")
                        .measurement("a", "time")
                        .sample()
                        .location())
                .isEqualTo(milliseconds);
    }

    @Test
    void labels_may_hold_colons_and_all_times_of_one_are_a_sample() throws IOException {
        Gathered gathered = Gathered.of("times.txt", "GET /: a: 2ms\nb: 1ms\nGET /: a: 4ms\n");

        assertThat(gathered.groups("GET /: a", "time")).containsExactly(List.of(2.0, 4.0));
        assertThat(gathered.measurement("b", "time").metric().unit().symbol()).isEqualTo("ms");
    }

    @Test
    void a_text_with_other_lines_is_recognised_only_where_the_format_is_given() throws IOException {
        String log = "starting\na: 2ms\nready: yes\n";

        assertThat(Gathered.as(Format.CONSOLE_TIME, "log.txt", log).rows())
                .containsExactly("a | time | ms | lower | 2");
        assertThat(catchThrowable(() -> Gathered.of("log.txt", log)))
                .hasMessageContaining("unknown format: it is text that begins with \"starting\"");
    }
}
