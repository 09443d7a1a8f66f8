package dev.plumbline.core.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TouchedFilesTest {
    private static final List<String> NAMES = List.of("org.example.parse.ParserBenchmark.csv");

    @ParameterizedTest
    @CsvSource({
        "src/jmh/java/org/example/parse/ParserBenchmark.java,BENCHMARK",
        "src/main/java/org/example/parse/Parser.java,NAMESAKE",
        "src/main/java/org/example/parse/Lexer.java,PACKAGE",
        "pom.xml,BUILD",
        "gradle/libs.versions.toml,BUILD",
        "go.mod,BUILD",
        ".java-version,TOOLCHAIN",
        "docker/Dockerfile,TOOLCHAIN"
    })
    void tells_why_a_commit_is_more_suspicious(String file, Clue.Role role) {
        TouchedFiles.Weight weight = TouchedFiles.of(List.of("src/main/java/a/B.java", file), NAMES);

        assertThat(weight.factor()).isGreaterThan(1);
        assertThat(weight.clues()).contains(new Clue.Touched(role, file));
    }

    @ParameterizedTest
    @CsvSource({"README.md", "docs/guide.md", "LICENSE", "src/test/java/a/BTest.java"})
    void tells_why_a_commit_is_less_suspicious(String file) {
        assertThat(TouchedFiles.of(List.of(file), NAMES).factor()).isLessThan(1);
    }

    @Test
    void files_of_which_nothing_is_known_change_nothing() {
        assertThat(TouchedFiles.of(List.of(), NAMES).factor()).isEqualTo(1);
        assertThat(TouchedFiles.of(List.of("src/main/java/a/B.java"), NAMES))
                .isEqualTo(new TouchedFiles.Weight(1, List.of()));
        assertThat(TouchedFiles.of(List.of("", "/", ".", "\u0000", "a".repeat(10_000)), List.of("", ".", "x"))
                        .factor())
                .isEqualTo(1);
    }

    @Test
    void a_text_file_may_be_what_a_benchmark_reads() {
        assertThat(TouchedFiles.of(List.of("data/corpus.txt"), NAMES).factor()).isEqualTo(1);
        assertThat(TouchedFiles.of(List.of("docs/notes.txt"), NAMES).factor()).isLessThan(1);
        assertThat(TouchedFiles.of(List.of("LICENSE.txt"), NAMES).factor()).isLessThan(1);
    }

    @Test
    void a_document_beside_code_is_code() {
        assertThat(TouchedFiles.of(List.of("README.md", "src/main/java/a/B.java"), NAMES)
                        .factor())
                .isEqualTo(1);
    }
}
