package dev.plumbline.ingest.dart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BenchmarkHarnessReaderTest {
    @Test
    void times_are_microseconds_and_other_numbers_metrics_of_their_name() throws IOException {
        Gathered gathered = Gathered.of("out.txt", """
                Building...
                Template(RunTime): 12.5 us.
                Old(RunTime): 3.
                Exact(RunTime): 1e3 us.
                Template(CodeSize): 2048 bytes.
                """);

        assertThat(gathered.rows())
                .containsExactly(
                        "Template | time | us | lower | 12.5",
                        "Old | time | us | lower | 3",
                        "Exact | time | us | lower | 1000",
                        "Template | CodeSize | bytes | lower | 2048");
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void a_number_that_is_none_is_reported_with_its_line() throws IOException {
        Gathered gathered = Gathered.of("out.txt", "A(RunTime): 1 us.\nB(RunTime): 1.2.3 us.\n");

        assertThat(gathered.rows()).containsExactly("A | time | us | lower | 1");
        assertThat(gathered.problems())
                .containsExactly(
                        "out.txt:2: benchmark \"B\", metric \"time\": is no finite number; this metric is skipped");
    }
}
