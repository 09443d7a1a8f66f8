package dev.plumbline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder is one server's. */
class OneServerTest {
    @TempDir
    private Path folder;

    @Test
    void a_second_server_on_the_same_folder_is_refused_and_one_after_the_other_is_not() throws IOException {
        RunningServer first = new RunningServer(folder, Optional.empty());
        assertThatThrownBy(() -> new RunningServer(folder, Optional.empty()))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is in use by another running server");
        assertThat(first.nobody().get("/healthz").status()).isEqualTo(200);
        first.close();

        try (RunningServer next = new RunningServer(folder, Optional.empty())) {
            assertThat(next.nobody().get("/healthz").status()).isEqualTo(200);
        }
    }
}
