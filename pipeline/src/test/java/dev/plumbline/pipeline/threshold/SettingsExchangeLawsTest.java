package dev.plumbline.pipeline.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.SettingsDifference;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that go from one repository into another one and come back. */
class SettingsExchangeLawsTest {
    private static final String SETTINGS = """
            # how we measure
            branch: trunk
            gate:
              block-at: major   # not for less
              on-suspect: hold
              grace: 3
              rules:
                - benchmark: "*.parse*"
                  weight: critical
                - benchmark: "ümläut: #1"
                  metric: "time"
                  weight: muted
              budgets:
                - benchmark: slow
                  at-most: 600 ms
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void twoRepositories() throws IOException {
        Files.createDirectory(folder.resolve("here"));
        Files.createDirectory(folder.resolve("there"));
    }

    private void write(String at, String settings) throws IOException {
        Files.writeString(folder.resolve(at).resolve(Configuration.FILE), settings);
    }

    private Configuration read(String at) throws IOException {
        return Workspace.configurationAround(folder.resolve(at));
    }

    /** With the settings that stand there now. */
    private Workspace in(String at) throws IOException {
        return Workspace.of(
                folder.resolve(at),
                Map.of(),
                Clock.fixed(ResultFiles.NOON, ZoneOffset.UTC),
                Optional.empty(),
                read(at));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_exported_and_imported_is_the_same_and_importing_twice_changes_nothing(boolean json)
            throws IOException {
        write("here", SETTINGS);
        Path document = folder.resolve("settings");
        String text = new ExportSettings(in("here")).export(json, Optional.of(document));
        assertThat(document).hasContent(text);

        ImportSettings.Outcome shown = new ImportSettings(in("there")).importFrom(document, false);
        assertThat(shown.changes()).isNotEmpty();
        assertThat(folder.resolve("there/" + Configuration.FILE)).doesNotExist();

        ImportSettings.Outcome written = new ImportSettings(in("there")).importFrom(document, true);
        assertThat(written.written()).isTrue();
        assertThat(SettingsDifference.between(read("here"), read("there"))).isEmpty();
        assertThat(new ImportSettings(in("there")).importFrom(document, true).changes())
                .isEmpty();
        assertThat(new ExportSettings(in("there")).export(json, Optional.empty()))
                .isEqualTo(text);
    }

    @Test
    void comments_and_what_did_not_change_stay_where_they_are() throws IOException {
        write("here", SETTINGS);
        Path document = folder.resolve("settings");
        new ExportSettings(in("here")).export(false, Optional.of(document));
        write("there", "# ours\nbranch: trunk # as ever\n");

        new ImportSettings(in("there")).importFrom(document, true);

        assertThat(Files.readString(folder.resolve("there/" + Configuration.FILE)))
                .contains("# ours\n")
                .contains("branch: trunk # as ever\n");
    }

    @Test
    void a_wrong_document_is_told_with_its_line_and_changes_nothing() throws IOException {
        write("there", "branch: trunk\n");
        Path wrong = folder.resolve("wrong.yaml");
        Files.writeString(wrong, "branch: main\ngate:\n  block-at: majr\n");

        assertThatThrownBy(() -> new ImportSettings(in("there")).importFrom(wrong, true))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageContaining("wrong.yaml:3")
                .hasMessageContaining("major");
        assertThatThrownBy(() -> new ImportSettings(in("there")).importFrom(folder.resolve("none"), true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none");
        assertThat(folder.resolve("there/" + Configuration.FILE)).hasContent("branch: trunk");
    }
}
