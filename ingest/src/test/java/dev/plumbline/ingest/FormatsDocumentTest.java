package dev.plumbline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The table of docs/formats.md says what the program says. */
class FormatsDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "formats.md");

    private static String row(Format format) {
        return "| "
                + String.join(
                        " | ", format.id(), format.title(), format.kept(), String.join(", ", format.checkedWith()))
                + " |";
    }

    @Test
    void the_document_has_a_row_for_each_format_sorted_by_id() throws IOException {
        assertThat(Files.readString(DOCUMENT)
                        .lines()
                        .dropWhile(line -> !line.startsWith("|---"))
                        .skip(1)
                        .takeWhile(line -> line.startsWith("|"))
                        .map(line -> line.replace("`", "")))
                .containsExactlyElementsOf(
                        Format.sorted().stream().map(FormatsDocumentTest::row).toList());
    }

    @Test
    void every_format_tells_what_is_kept_and_what_a_file_may_be_called() {
        assertThat(Format.values()).allSatisfy(format -> {
            assertThat(format.title()).isNotBlank();
            assertThat(format.kept()).isNotBlank();
            assertThat(format.example()).isNotBlank();
            assertThat(format.checkedWith()).isNotEmpty().allSatisfy(tool -> assertThat(tool)
                    .matches("Plumbline|its documentation|.+ \\d+(\\.\\d+)*(-[a-z]+-\\d+)?"));
        });
    }
}
