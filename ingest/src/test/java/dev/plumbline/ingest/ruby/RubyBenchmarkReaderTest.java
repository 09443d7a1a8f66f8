package dev.plumbline.ingest.ruby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RubyBenchmarkReaderTest {
    @Test
    void real_user_and_system_time_are_kept_and_rehearsals_and_sums_are_not() throws IOException {
        Gathered gathered = Gathered.of("out.txt", """
                Rehearsal ------------------------------------------
                sort:    9.000000   9.000000   9.000000 (  9.000000)
                --------------------------------- total: 9.000000sec

                               user     system      total        real
                sort:      0.500000   0.250000   0.750000 (  0.800000)
                größe 2    1.000000   0.000000   1.000000 (  1.100000)
                >total:    1.500000   0.250000   1.750000 (  1.900000)
                """);

        assertThat(gathered.rows())
                .containsExactly(
                        "sort | time | s | lower | 0.8",
                        "sort | user | s | lower | 0.5",
                        "sort | system | s | lower | 0.25",
                        "größe 2 | time | s | lower | 1.1",
                        "größe 2 | user | s | lower | 1",
                        "größe 2 | system | s | lower | 0");
        assertThat(gathered.problems()).isEmpty();
    }
}
