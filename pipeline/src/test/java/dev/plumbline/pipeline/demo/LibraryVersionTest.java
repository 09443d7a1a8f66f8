package dev.plumbline.pipeline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryVersionTest {
    @TempDir
    private Path folder;

    private static String service(JarFile jar, String name) throws IOException {
        return new String(
                jar.getInputStream(jar.getEntry("META-INF/services/" + name)).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void a_jar_of_jmh_names_what_is_the_version_s_own_and_where_the_rest_lies() throws IOException {
        Path core = Files.writeString(folder.resolve("jmh core.jar"), "");
        Path file = folder.resolve("changed.jar");

        LibraryVersion.CHANGED.write(file, Optional.of(new JmhInstallation(List.of(core), folder)));

        try (JarFile jar = new JarFile(file.toFile())) {
            Attributes main = jar.getManifest().getMainAttributes();
            String[] others = main.getValue(Attributes.Name.CLASS_PATH).split(" ");
            assertThat(main.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo("example.BenchmarkMain");
            assertThat(others).hasSize(2);
            assertThat(others).allMatch(other -> Files.exists(Path.of(URI.create(other))));
            assertThat(Path.of(URI.create(others[1]))).isEqualTo(core);
            assertThat(service(jar, "example.Sorter")).isEqualTo("example.InsertionSort\n");
            assertThat(service(jar, "example.Joiner")).isEqualTo("example.BuiltLine\n");
        }
    }

    @Test
    void without_jmh_it_names_the_implementations_for_plumb_run() throws IOException {
        Path file = folder.resolve("library.jar");

        LibraryVersion.FIRST.write(file, Optional.empty());

        try (JarFile jar = new JarFile(file.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
                    .isNull();
            assertThat(service(jar, "example.Sorter")).isEqualTo("example.MergeSort\n");
            assertThat(service(jar, "dev.plumbline.measure.api.Implementation").lines())
                    .hasSize(5)
                    .allMatch(name -> name.startsWith("example.Measured$"));
        }
    }
}
