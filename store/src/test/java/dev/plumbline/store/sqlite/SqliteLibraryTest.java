package dev.plumbline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;

/** Several processes that load SQLite at once, beside what others have left in the temporary folder. */
@Tag("slow")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SqliteLibraryTest {
    private static final int PROCESSES = 4;
    private static final int LEFT = 500;

    @TempDir
    Path folder;

    /** What each process does. */
    static final class Opening {
        private Opening() {}

        public static void main(String[] arguments) {
            SqliteRunStore.inMemory().close();
            System.out.print("opened");
        }
    }

    @Test
    void processes_that_start_at_once_neither_print_anything_nor_touch_the_files_of_others() throws Exception {
        for (int i = 0; i < LEFT; i++) {
            Files.createFile(folder.resolve("sqlite-" + SQLiteJDBCLoader.getVersion() + "-" + i + "-library"));
        }
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Djava.io.tmpdir=" + folder,
                            "-cp",
                            System.getProperty("java.class.path"),
                            Opening.class.getName())
                    .redirectErrorStream(true)
                    .start());
        }

        for (Process process : processes) {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(out).isEqualTo("opened");
            assertThat(process.waitFor()).isZero();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.filter(file -> !file.getFileName().toString().startsWith("hsperfdata")))
                    .as("nothing is taken away, and nothing of their own stays")
                    .hasSize(LEFT);
        }
    }
}
