package dev.plumbline.buildtool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceLinesTest {
    @TempDir
    private Path root;

    private SourceLines lines;
    private Path source;

    @BeforeEach
    void writes_a_source() throws IOException {
        source = root.resolve("example/SortBenchmark.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, """
                package example;

                /** Calls {@link #quick (int)}. */
                public class SortBenchmark {
                    // void quick() was here
                    int warm() {
                        return quick (3);
                    }

                    @Benchmark
                    public int quick(Input input) {
                        return 1;
                    }

                    static class Inner {
                        java.util.List<int[]> wide() {
                            return null;
                        }
                    }
                }
                """);
        lines = new SourceLines(List.of(root.resolve("nothing"), root));
    }

    @Test
    void a_benchmark_is_found_where_its_method_is_declared() {
        assertThat(lines.of("example.SortBenchmark.quick")).contains(source + ":[11,1]");
    }

    @Test
    void a_nested_class_is_found_in_the_file_of_the_outer_one() {
        assertThat(lines.of("example.SortBenchmark.Inner.wide")).contains(source + ":[16,1]");
        assertThat(lines.of("example.SortBenchmark$Inner.wide")).contains(source + ":[16,1]");
    }

    @Test
    void a_method_that_is_not_written_there_leaves_the_file() {
        assertThat(lines.of("example.SortBenchmark.inherited")).contains(source + ":[1,1]");
    }

    @Test
    void other_languages_have_their_own_files() throws IOException {
        Path kotlin =
                Files.writeString(root.resolve("example/Kt.kt"), "package example\n\nclass Kt {\n  fun go() = 1\n}\n");

        assertThat(lines.of("example.Kt.go")).contains(kotlin + ":[4,1]");
    }

    @Test
    void an_unknown_class_has_no_place() {
        assertThat(lines.of("example.Other.quick")).isEmpty();
        assertThat(lines.of("quick")).isEmpty();
        assertThat(lines.of("")).isEmpty();
    }
}
