package dev.plumbline.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a command writes, up to a limit. */
class BoundedOutputTest {
    @Test
    void what_is_beyond_the_limit_is_dropped_and_known() throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        try (BoundedOutput out = new BoundedOutput(kept, 6)) {
            out.write("abcd".getBytes(StandardCharsets.UTF_8));
            out.write('e');
            out.write('f');
            assertThat(out.isPassed()).isFalse();
            out.write("ghi".getBytes(StandardCharsets.UTF_8));
            out.write('j');
            assertThat(out.isPassed()).isTrue();
        }
        assertThat(kept.toString(StandardCharsets.UTF_8)).isEqualTo("abcdef");
    }
}
