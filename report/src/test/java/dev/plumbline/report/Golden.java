package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files that say what the output is to be. On a mismatch the actual output lies beside the file, named {@code .actual}.
 */
public final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "resources", "dev", "plumbline", "report");

    private Golden() {}

    public static void assertMatches(String name, String actual) throws IOException {
        Path file = FOLDER.resolve(name);
        Path beside = FOLDER.resolve(name + ".actual");
        String expected = Files.exists(file) ? Files.readString(file) : "";
        if (expected.equals(actual)) {
            Files.deleteIfExists(beside);
            return;
        }
        Files.createDirectories(FOLDER);
        Files.writeString(beside, actual);
        assertThat(actual).as("%s (the actual output is in %s)", name, beside).isEqualTo(expected);
    }
}
