package dev.plumbline.pipeline.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    private static boolean write(Path file, String text) throws IOException {
        return AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private long count() throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.count();
        }
    }

    @Test
    void a_file_is_written_with_the_folders_above_it_and_nothing_else_is_left() throws IOException {
        Path file = folder.resolve("a/b/c.txt");

        assertThat(write(file, "one")).isTrue();
        assertThat(write(file, "two")).isTrue();

        assertThat(file).hasContent("two");
        try (Stream<Path> beside = Files.list(file.getParent())) {
            assertThat(beside).containsExactly(file);
        }
    }

    @Test
    void the_same_content_is_not_written_again() throws IOException {
        Path file = folder.resolve("c.txt");
        write(file, "same");
        FileTime before = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, before);

        assertThat(write(file, "same")).isFalse();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
        assertThat(write(file, "SAME")).as("of the same length").isTrue();
        assertThat(write(file, "")).isTrue();
        assertThat(write(file, "")).isFalse();
    }

    @Test
    void a_link_out_of_the_folder_is_replaced_and_what_is_behind_it_stays() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside.txt"), "theirs");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), outside);

        assertThat(write(link, "ours")).isTrue();

        assertThat(outside).hasContent("theirs");
        assertThat(link).hasContent("ours").isRegularFile();
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void what_cannot_be_replaced_stays_and_no_part_is_left() throws IOException {
        Path inTheWay = Files.createDirectories(folder.resolve("folder"));
        Files.writeString(inTheWay.resolve("inside"), "x");

        assertThatThrownBy(() -> write(inTheWay, "text")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> write(inTheWay.resolve("inside/deeper"), "text"))
                .isInstanceOf(IOException.class);

        assertThat(inTheWay.resolve("inside")).hasContent("x");
        assertThat(count()).isEqualTo(1);
    }
}
