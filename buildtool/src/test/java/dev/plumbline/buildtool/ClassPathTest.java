package dev.plumbline.buildtool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
    @TempDir
    private Path folder;

    @Test
    void jmh_is_found_in_jars_and_folders_and_elements_may_be_missing() throws IOException {
        Path jar = jmhJar("jmh-core.jar", "1.37");
        Path classes = folder.resolve("classes");
        Files.createDirectories(classes.resolve("org/openjdk/jmh/runner"));
        Files.createFile(classes.resolve("org/openjdk/jmh/runner/Runner.class"));

        ClassPath path = new ClassPath(List.of(folder.resolve("none"), folder, jar, classes));

        assertThat(path.jmh()).containsExactly(jar, classes);
        assertThat(ClassPath.versionOf(jar)).contains("1.37");
        assertThat(ClassPath.versionOf(classes)).isEmpty();
    }

    /** As JMH 1.37 writes it. */
    @Test
    void a_list_names_each_benchmark_once() throws IOException {
        String benchmark = "JMH S 13 example.Sorts S 41 example.jmh_generated.Sorts_quick_jmhTest S 5 quick S ";
        Path list = Files.writeString(
                folder.resolve("list"),
                benchmark + "11 AverageTime E A 1 1 1 E\n" + benchmark + "10 Throughput E A 1 1 1 E\n"
                        + "a line of another version\n");

        assertThat(ClassPath.benchmarks(list)).containsExactly("example.Sorts.quick");
    }

    @Test
    void classes_with_the_annotation_are_found_by_their_names() throws IOException {
        write("example/Sorts.class", "..(Lorg/openjdk/jmh/annotations/Benchmark;..");
        write("example/Outer$Inner.class", "Lorg/openjdk/jmh/annotations/Benchmark;");
        write("example/Mode.class", "Lorg/openjdk/jmh/annotations/BenchmarkMode;");
        write("example/Text.txt", "Lorg/openjdk/jmh/annotations/Benchmark;");

        assertThat(ClassPath.annotatedClasses(folder)).containsExactly("example.Outer.Inner", "example.Sorts");
        assertThat(ClassPath.annotatedClasses(folder.resolve("none"))).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    }

    private Path jmhJar(String name, String version) throws IOException {
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("org/openjdk/jmh/runner/Runner.class"));
            out.putNextEntry(new ZipEntry("META-INF/maven/org.openjdk.jmh/jmh-core/pom.properties"));
            out.write(("version=" + version + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }
}
