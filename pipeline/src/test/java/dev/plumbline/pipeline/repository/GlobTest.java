package dev.plumbline.pipeline.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns of file names that no shell has expanded, and the files below a folder. */
class GlobTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void results() throws IOException {
        for (String name : List.of("b.json", "a.json", "a.csv", "core/x.json", "core/deep/y.json", "web/z.json")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, name);
        }
    }

    private String expanded(String pattern) throws IOException {
        return Glob.expand(folder.resolve(pattern)).stream()
                .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                .reduce((one, other) -> one + " " + other)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "*.json, a.json b.json",
        "?.csv, a.csv",
        "'{a,b}.json', a.json b.json",
        "[b-z].json, b.json",
        "core/*.json, core/x.json",
        "*/*.json, core/x.json web/z.json",
        "core/**/*.json, core/deep/y.json core/x.json",
        "**/*.json, a.json b.json core/deep/y.json core/x.json web/z.json",
    })
    void a_pattern_stands_for_its_files_in_the_order_of_their_names(String pattern, String files) throws IOException {
        assertThat(expanded(pattern)).isEqualTo(files);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.xml", "nowhere/*.json", "core/*/*/*.json"})
    void a_pattern_without_a_file_is_an_error_that_names_it(String pattern) {
        assertThatThrownBy(() -> Glob.expand(folder.resolve(pattern)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(pattern)
                .hasMessageContaining("matches no file");
    }

    @Test
    void what_is_no_pattern_is_an_error_and_no_crash() {
        assertThatThrownBy(() -> Glob.expand(folder.resolve("{a,b")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("is neither a file nor a pattern of file names");
    }

    @ParameterizedTest
    @CsvSource({"a.json, false", "a*, true", "a?b, true", "[ab], true", "'{a,b}', true", "a-b_c d, false"})
    void a_name_is_a_pattern_by_its_characters(String name, boolean isPattern) {
        assertThat(Glob.isOne(Path.of(name))).isEqualTo(isPattern);
    }

    @Test
    void files_below_a_linked_folder_have_its_name_and_no_circle_is_walked() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("core"));
        Files.createSymbolicLink(folder.resolve("core/round"), folder);

        assertThat(FilesBelow.of(link)).containsExactly(link.resolve("deep/y.json"), link.resolve("x.json"));
        assertThatThrownBy(() -> FilesBelow.of(folder.resolve("nowhere"))).isInstanceOf(NoSuchFileException.class);
    }
}
