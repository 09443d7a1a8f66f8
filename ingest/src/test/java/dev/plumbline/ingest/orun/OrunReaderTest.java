package dev.plumbline.ingest.orun;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OrunReaderTest {
    private static final String LINE =
            "{\"name\":\"fib.40\",\"time_secs\":1.5,\"user_time_secs\":1.25,\"sys_time_secs\":0.25,"
                    + "\"maxrss_kB\":2048,\"codesize\":900.0,\"ocaml\":{\"version\":\"5.1.0\",\"c_compiler\":\"gcc\"},"
                    + "\"gc\":{\"minor_words\":12,\"major_collections\":3}}\n";

    @Test
    void times_memory_size_and_every_counter_fall() throws IOException {
        Gathered gathered = Gathered.of("x.orun.summary.bench", LINE);

        assertThat(gathered.rows())
                .containsExactly(
                        "fib.40 | time | s | lower | 1.5",
                        "fib.40 | user | s | lower | 1.25",
                        "fib.40 | system | s | lower | 0.25",
                        "fib.40 | memory | kB | lower | 2048",
                        "fib.40 | codesize | B | lower | 900",
                        "fib.40 | gc.minor_words |  | lower | 12",
                        "fib.40 | gc.major_collections |  | lower | 3");
        assertThat(gathered.header().context()).containsEntry("ocaml", "5.1.0");
    }

    @Test
    void a_first_line_tells_the_machine() throws IOException {
        Gathered gathered = Gathered.of(
                "x.bench",
                "{\"hostname\":\"bench\",\"kernel\":\"Linux\",\"version\":\"#1 SMP\",\"arch\":\"x86_64\"}\n" + LINE);

        assertThat(gathered.header().environment().facts())
                .containsEntry("info.host", "bench")
                .containsEntry("os", "Linux")
                .containsEntry("arch", "x86_64")
                .containsEntry("info.kernel", "#1 SMP");
    }

    @Test
    void a_number_that_is_none_is_reported_with_its_line() throws IOException {
        Gathered gathered =
                Gathered.of("x.bench", LINE + LINE.replace("1.5", "NaN").replace("fib.40", "fib.41"));

        assertThat(gathered.problems())
                .containsExactly(
                        "x.bench:2:1: benchmark \"fib.41\", metric \"time\": is no finite number; this metric is skipped");
    }
}
