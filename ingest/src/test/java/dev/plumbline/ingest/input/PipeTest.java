package dev.plumbline.ingest.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PipeTest {
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void one_that_nobody_writes_to_is_refused_after_a_while(@TempDir Path folder) throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        assertThatThrownBy(() -> Pipe.source(pipe, Duration.ofSeconds(1)))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("is a pipe without a writer (waited 1 seconds)");
    }
}
