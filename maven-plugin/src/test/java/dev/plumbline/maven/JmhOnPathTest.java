package dev.plumbline.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.apache.maven.plugin.MojoExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhOnPathTest {
    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void packs_a_jar() throws IOException {
        jar = folder.resolve("jmh-core.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/maven/org.openjdk.jmh/jmh-core/pom.properties"));
            out.write("version=1.37\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void one_version_is_right() {
        assertThatCode(new JmhOnPath(List.of(jar), Optional.of("1.37"))::check).doesNotThrowAnyException();
        assertThatCode(new JmhOnPath(List.of(jar), Optional.empty())::check).doesNotThrowAnyException();
    }

    @Test
    void none_names_the_lines_to_add() {
        assertThatThrownBy(new JmhOnPath(List.of(), Optional.empty())::check)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContainingAll("JMH is not on the class path", "<artifactId>jmh-core</artifactId>");
    }

    @Test
    void two_are_both_named() {
        Path other = folder.resolve("shaded.jar");

        assertThatThrownBy(new JmhOnPath(List.of(jar, other), Optional.empty())::check)
                .hasMessageContainingAll("2 times", jar.toString(), other.toString(), "mvn dependency:tree");
    }

    @Test
    void a_processor_of_another_version_is_refused() {
        assertThatThrownBy(new JmhOnPath(List.of(jar), Optional.of("1.36"))::check)
                .hasMessage("two versions of JMH: jmh-core 1.37, but jmh-generator-annprocess 1.36; give both the"
                        + " same version in the POM");
    }

    @Test
    void a_folder_that_cannot_be_written_is_named_with_the_remedy() throws IOException {
        Path file = Files.createFile(folder.resolve("target"));

        assertThatThrownBy(() -> BenchmarkMojo.writable(file.resolve("plumbline")))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContainingAll("cannot write to " + file.resolve("plumbline"), "-Dplumb.output=FOLDER");
    }

    @Test
    void options_that_would_move_the_results_are_refused() throws MojoExecutionException {
        assertThat(BenchmarkMojo.allowed(List.of("-f", "1", "-prof", "gc"))).hasSize(4);
        for (String option : List.of("-rf", "-rff", "-rff=x.json", "-o", "-l", "-h")) {
            assertThatThrownBy(() -> BenchmarkMojo.allowed(List.of("-f", "1", option)))
                    .hasMessageContaining("JMH's option " + option + " cannot be given");
        }
    }

    @Test
    void a_property_that_is_missing_is_named_with_an_example() {
        assertThatThrownBy(() -> CommandMojo.required("plumb.reason", " ", "as agreed"))
                .hasMessage("plumb.reason is not set; give it as -Dplumb.reason='as agreed'");
    }
}
