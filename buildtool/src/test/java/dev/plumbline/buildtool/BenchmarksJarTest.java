package dev.plumbline.buildtool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarksJarTest {
    @TempDir
    private Path folder;

    @Test
    void the_manifest_names_jmh_and_the_class_path_relative_within_the_checkout() throws IOException {
        Path library = Files.writeString(folder.resolve("lib 1.jar"), "library");
        Path root = checkout("checkout", "one");

        Path jar = jar(root, library);

        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes attributes = file.getManifest().getMainAttributes();
            assertThat(attributes.getValue("Main-Class")).isEqualTo("org.openjdk.jmh.Main");
            assertThat(attributes.getValue("Class-Path"))
                    .isEqualTo("../my%20classes/ " + library.toUri())
                    .doesNotContain("missing");
        }
        assertThat(jar.getParent()).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void two_checkouts_with_the_same_classes_have_the_same_jar() throws IOException {
        Path library = Files.writeString(folder.resolve("lib.jar"), "library");

        Path jar = jar(checkout("a", "one"), library);

        assertThat(jar).hasSameBinaryContentAs(jar(checkout("b", "one"), library));
        assertThat(Files.mismatch(jar, jar(checkout("c", "two"), library))).isNotNegative();
        Files.writeString(library, "another");
        assertThat(Files.mismatch(jar, jar(checkout("d", "one"), library))).isNotNegative();
    }

    @Test
    void no_entry_has_the_time_at_which_it_was_written() throws IOException {
        Path jar = jar(checkout("a", "one"), folder.resolve("missing.jar"));

        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.stream().map(JarEntry::getTimeLocal))
                    .hasSize(2)
                    .allSatisfy(time -> assertThat(time.getYear()).isLessThan(1981));
        }
    }

    private Path checkout(String name, String content) throws IOException {
        Path root = folder.resolve(name);
        Files.createDirectories(root.resolve("target/my classes"));
        Files.createDirectories(root.resolve("target/plumbline"));
        Files.writeString(root.resolve("target/my classes/A.class"), content);
        return root;
    }

    private static Path jar(Path root, Path library) throws IOException {
        Path jar = root.resolve("target/plumbline/benchmarks.jar");
        BenchmarksJar.write(
                jar, List.of(root.resolve("target/my classes"), root.resolve("target/missing"), library), root);
        return jar;
    }
}
