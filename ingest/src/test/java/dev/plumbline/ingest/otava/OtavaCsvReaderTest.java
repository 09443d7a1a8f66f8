package dev.plumbline.ingest.otava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtavaCsvReaderTest {
    @Test
    void every_row_is_a_run_measured_elsewhere_and_an_empty_field_was_not_measured() throws IOException {
        Gathered gathered = Gathered.of("sort.csv", """
                time,commit,branch,version,throughput,p99_latency
                1700000000,c0ffee,main,1.0,100,12.5
                1700000100,beef01,topic,1.1,,13
                """);

        assertThat(gathered.runs())
                .extracting(run -> run.header().revision().commit() + " "
                        + run.header().revision().branch())
                .containsExactly("c0ffee main", "beef01 topic");
        assertThat(gathered.rows())
                .containsExactly(
                        "sort | throughput |  | higher | 100",
                        "sort | p99_latency |  | lower | 12.5",
                        "sort | p99_latency |  | lower | 13");
        assertThat(gathered.runs().get(0).header().context()).containsEntry("version", "1.0");
        assertThat(gathered.runs().get(0).header().environment().facts()).isEmpty();
        assertThat(gathered.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1700000000, 2023-11-14T22:13:20Z",
        "2023-11-14T22:13:20Z, 2023-11-14T22:13:20Z",
        "2023.11.14 23:13:20 +0100, 2023-11-14T22:13:20Z",
        "2023-11-14, 2023-11-14T00:00:00Z",
        "20231114, 2023-11-14T00:00:00Z"
    })
    void times_are_read_in_every_form_and_stand_for_a_missing_commit(String written, Instant time) throws IOException {
        Gathered gathered = Gathered.of("sort.csv", "time,x_rate\n" + written + ",1\n");

        assertThat(gathered.header().measuredAt()).contains(time);
        assertThat(gathered.header().revision().commit()).isEqualTo(time.toString());
    }

    @Test
    void rows_that_cannot_be_read_are_reported_with_their_line() throws IOException {
        Gathered gathered = Gathered.of("sort.csv", """
                time,rate,other
                2024-01-01,1,2
                2024-02-30,1,2
                2024-01-02,1
                2024-01-03,fast,Infinity
                """);

        assertThat(gathered.measurements()).hasSize(2);
        assertThat(gathered.problems())
                .containsExactly(
                        "sort.csv:3: \"2024-02-30\" is not a time; the row is skipped",
                        "sort.csv:4: the row has 2 of 3 fields; it is skipped",
                        "sort.csv:5: metric \"rate\": \"fast\" is no finite number; it is skipped",
                        "sort.csv:5: metric \"other\": \"Infinity\" is no finite number; it is skipped");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "time,rate\n",
                "time,rate\nnever,1\n",
                "time,rate\n2024-01-01,fast\n",
                "time,commit\n2024-01-01,x\n"
            })
    void a_table_that_only_begins_alike_is_none(String text) {
        assertThatThrownBy(() -> Gathered.of("sort.csv", text)).hasMessageContaining("unknown format");
    }

    @Test
    void a_column_that_is_there_twice_is_refused() {
        assertThatThrownBy(() -> Gathered.of("sort.csv", "time,rate,rate\n2024-01-01,1,2\n"))
                .hasMessage("sort.csv:1: has the column \"rate\" more than once; leave one of them");
    }

    @Test
    void a_last_line_without_an_end_is_read_and_reported() throws IOException {
        assertThat(Gathered.of("sort.csv", "time,rate\n2024-01-01,1\n2024-01-02,2")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("sort.csv:3: the last line has no end and is read as it is");
    }
}
