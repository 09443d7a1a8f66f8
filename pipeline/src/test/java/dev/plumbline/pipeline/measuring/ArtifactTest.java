package dev.plumbline.pipeline.measuring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactTest {
    @TempDir
    private Path folder;

    @Test
    void jars_are_the_same_whenever_they_were_made_and_whatever_their_manifest_says() throws IOException {
        Path jar = jar("a.jar", 1_000_000_000_000L, "one", "code");

        assertThat(Artifact.isSame(jar, jar("b.jar", 1_700_000_000_000L, "two", "code")))
                .isTrue();
        assertThat(Artifact.isSame(jar, jar("c.jar", 1_000_000_000_000L, "one", "other")))
                .isFalse();
    }

    @Test
    void files_are_the_same_by_their_bytes_and_a_jar_only_by_name_is_a_file() throws IOException {
        Path text = write("text.jar", "a");

        assertThat(Artifact.isSame(text, write("same.jar", "a"))).isTrue();
        assertThat(Artifact.isSame(text, write("other.jar", "b"))).isFalse();
        assertThat(Artifact.isSame(text, folder.resolve("missing"))).isFalse();
        assertThat(Artifact.isSame(text, folder)).isFalse();
        assertThat(Artifact.isSame(folder.resolve("missing"), folder.resolve("missing")))
                .isFalse();
    }

    @Test
    void folders_are_the_same_by_names_and_content_of_all_files() throws IOException {
        write("one/a/x", "1");
        write("two/a/x", "1");
        assertThat(Artifact.isSame(folder.resolve("one"), folder.resolve("two")))
                .isTrue();

        write("one/b", "2");
        assertThat(Artifact.isSame(folder.resolve("one"), folder.resolve("two")))
                .as("one more file")
                .isFalse();

        write("two/b", "3");
        assertThat(Artifact.isSame(folder.resolve("one"), folder.resolve("two")))
                .as("another content")
                .isFalse();
    }

    @Test
    void links_to_folders_count_by_what_is_behind_them_and_a_circle_is_never_the_same() throws IOException {
        write("outputs/one/x", "1");
        write("outputs/two/x", "2");
        write("outputs/three/x", "1");
        Path one = Files.createSymbolicLink(folder.resolve("bazel-one"), folder.resolve("outputs/one"));
        Path two = Files.createSymbolicLink(folder.resolve("bazel-two"), folder.resolve("outputs/two"));
        Path three = Files.createSymbolicLink(folder.resolve("bazel-three"), folder.resolve("outputs/three"));

        assertThat(Artifact.isSame(one, two)).as("another content").isFalse();
        assertThat(Artifact.isSame(one, three)).isTrue();

        Files.createSymbolicLink(write("inside/a/x", "1").resolveSibling("linked"), folder.resolve("outputs/one"));
        Files.createSymbolicLink(write("inside/b/x", "1").resolveSibling("linked"), folder.resolve("outputs/two"));
        assertThat(Artifact.isSame(folder.resolve("inside/a"), folder.resolve("inside/b")))
                .isFalse();

        Files.createSymbolicLink(folder.resolve("outputs/one/circle"), folder.resolve("outputs/one"));
        Files.createSymbolicLink(folder.resolve("outputs/three/circle"), folder.resolve("outputs/three"));
        assertThat(Artifact.isSame(one, three)).isFalse();
    }

    @Test
    void two_folders_without_any_file_are_the_same() throws IOException {
        Files.createDirectories(folder.resolve("one/deep"));
        Files.createDirectories(folder.resolve("two"));

        assertThat(Artifact.isSame(folder.resolve("one"), folder.resolve("two")))
                .isTrue();
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Path jar(String name, long time, String manifest, String code) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String entry : new String[] {"META-INF/MANIFEST.MF", "p/C.class"}) {
                ZipEntry each = new ZipEntry(entry);
                each.setTime(time);
                zip.putNextEntry(each);
                zip.write((entry.endsWith("MF") ? manifest : code).getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }
}
