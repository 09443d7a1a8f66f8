package dev.plumbline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays what {@code scripts/fuzz} found worth keeping: an archive a format, of the inputs that reached new code. */
class FuzzCorpusTest {
    private static final Path CORPUS = Path.of("src", "fuzz", "corpus");

    static List<String> ids() {
        return FuzzedReader.ids();
    }

    @Test
    void every_format_was_fuzzed_and_no_other() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceFirst("\\.zip$", "")))
                    .containsExactlyInAnyOrderElementsOf(ids());
        }
    }

    @ParameterizedTest
    @MethodSource("ids")
    void what_the_fuzzer_kept_is_read_or_refused(String id) throws IOException {
        FuzzedReader reader = new FuzzedReader(id);
        int replayed = 0;
        try (InputStream file = Files.newInputStream(CORPUS.resolve(id + ".zip"));
                ZipInputStream archive = new ZipInputStream(file)) {
            for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                byte[] input = archive.readAllBytes();
                String name = entry.getName();
                assertThatCode(() -> reader.read(input))
                        .as("%s in %s.zip", name, id)
                        .doesNotThrowAnyException();
                replayed++;
            }
        }
        assertThat(replayed).isPositive();
    }
}
