package dev.plumbline.ingest.hyperfine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HyperfineCsvReaderTest {
    private static final String HEAD = "command,mean,stddev,median,user,system,min,max,parameter_n\n";

    @Test
    void the_statistics_are_seconds_and_parameters_are_the_identity() throws IOException {
        Gathered gathered = Gathered.of("h.csv", HEAD + "\"sort, big\",2.5,0.5,2.4,1.5,0.5,2,4,10\n");

        assertThat(gathered.rows())
                .containsExactly(
                        "sort, big {n=10} | time | s | lower | 2.5",
                        "sort, big {n=10} | user | s | lower | 1.5",
                        "sort, big {n=10} | system | s | lower | 0.5");
        var time = gathered.summary("sort, big {n=10}", "time");
        assertThat(time.standardDeviation()).hasValue(0.5);
        assertThat(time.quantiles())
                .containsEntry(0.0, 2.0)
                .containsEntry(0.5, 2.4)
                .containsEntry(1.0, 4.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "inf", "1e999", "fast"})
    void a_mean_that_is_none_is_reported_with_its_line(String mean) throws IOException {
        Gathered gathered = Gathered.of("h.csv", HEAD + "a," + mean + ",0,1,1,1,1,1,1\nb,1,,1,,,1,1,1\n");

        assertThat(gathered.rows()).containsExactly("b {n=1} | time | s | lower | 1");
        assertThat(gathered.problems())
                .containsExactly("h.csv:2: benchmark \"a {n=1}\", metric \"time\": the mean is no finite number; this"
                        + " command is skipped");
    }

    @Test
    void a_deviation_that_cannot_be_one_is_left_out_and_a_negative_mean_is_reported() throws IOException {
        Gathered gathered = Gathered.of("h.csv", HEAD + "a,1,-1,1,1,1,1,1,1\nb,-1,0,1,1,1,1,1,1\n");

        assertThat(gathered.summary("a {n=1}", "time").standardDeviation()).isEmpty();
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("h.csv:3: ")
                .contains("a duration of -1.0 s");
    }

    @Test
    void a_row_of_another_length_is_reported_and_a_column_twice_refused() throws IOException {
        assertThat(Gathered.of("h.csv", HEAD + "a,1,0\nb,1,0,1,1,1,1,1,1\n").problems())
                .containsExactly("h.csv:2: the row has 3 fields, there are 9 columns; it is skipped");
        assertThatThrownBy(() -> Gathered.of("h.csv", HEAD.replace("parameter_n", "mean") + "a,1,0,1,1,1,1,1,1\n"))
                .hasMessage("h.csv:1: has the column \"mean\" more than once; leave one of them");
    }
}
