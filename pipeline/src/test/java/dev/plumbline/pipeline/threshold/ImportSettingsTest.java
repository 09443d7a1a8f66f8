package dev.plumbline.pipeline.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.config.SettingsDifference;
import dev.plumbline.pipeline.config.yaml.WrongConfiguration;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an import makes of a configuration that people wrote by hand. */
class ImportSettingsTest {
    @TempDir
    private Path folder;

    private ImportSettings.Outcome imported(String configuration, String document) throws IOException {
        Path file = folder.resolve(Configuration.FILE);
        if (!configuration.isEmpty()) {
            Files.writeString(file, configuration);
        }
        return new ImportSettings(workspace())
                .importFrom(Files.writeString(folder.resolve("others.yaml"), document), true);
    }

    private Workspace workspace() throws IOException {
        return Workspace.of(
                folder,
                Map.of(),
                Clock.fixed(ResultFiles.NOON, ZoneOffset.UTC),
                Optional.empty(),
                ConfigurationFile.find(folder, folder));
    }

    private String written() throws IOException {
        return Files.readString(folder.resolve(Configuration.FILE));
    }

    @Test
    void a_section_is_replaced_where_it_stands_and_a_new_one_put_at_the_end() throws IOException {
        ImportSettings.Outcome outcome = imported("""
                # of the team
                branch: trunk # ours

                # what counts
                policy:
                  margin: 2.5 % # inside goes with its section

                # the gate
                gate:
                  grace: 1
                """, "policy: {margin: 4 %}\nhistory: {keep: 30 d}\n");

        assertThat(outcome.changes())
                .extracting(SettingsDifference::key, SettingsDifference::before, SettingsDifference::after)
                .containsExactly(tuple("policy.margin", "2.5 %", "4 %"), tuple("history.keep", "90 d", "30 d"));
        assertThat(written()).isEqualTo("""
                # of the team
                branch: trunk # ours

                # what counts
                policy:
                  margin: 4 %

                # the gate
                gate:
                  grace: 1

                history:
                  keep: 30 d
                """);
    }

    @Test
    void other_settings_of_the_same_section_stay() throws IOException {
        imported(
                "gate:\n  grace: 1\n  block-at: minor\n  rules: [{benchmark: a, weight: muted}]\n",
                "gate: {grace: 2, on-new: hold}\n");

        Configuration read = ConfigurationFile.find(folder, folder);
        assertThat(written()).contains("block-at: minor", "grace: 2", "on-new: hold");
        assertThat(read.gate().rules()).hasSize(1);
    }

    @Test
    void a_file_with_windows_ends_of_lines_keeps_them() throws IOException {
        imported("# ours\r\nbranch: trunk\r\npolicy:\r\n  margin: 3 %\r\n", "policy: {margin: 4 %}\n");

        assertThat(written()).isEqualTo("# ours\r\nbranch: trunk\r\npolicy:\r\n  margin: 4 %\r\n");
    }

    @Test
    void a_byte_order_mark_stays_and_does_not_stand_in_the_way() throws IOException {
        imported("\uFEFFbranch: trunk\npolicy:\n  margin: 3 %\n", "policy: {margin: 4 %}\n");

        assertThat(written()).isEqualTo("\uFEFFbranch: trunk\npolicy:\n  margin: 4 %\n");
    }

    @Test
    void a_last_line_without_an_end_is_kept_apart_from_what_is_added() throws IOException {
        imported("branch: trunk", "policy: {margin: 4 %}\n");

        assertThat(written()).isEqualTo("branch: trunk\n\npolicy:\n  margin: 4 %\n");
    }

    @Test
    void what_is_in_force_already_is_no_change_and_nothing_is_written() throws IOException {
        ImportSettings.Outcome outcome = imported("", "policy: {margin: 2 %}\ngate: {grace: 0}\n");

        assertThat(outcome.changes()).isEmpty();
        assertThat(outcome.written()).isFalse();
        assertThat(folder.resolve(Configuration.FILE)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{policy: {margin: 3 %}}\n", "  policy:\n    margin: 3 %\n"})
    void a_file_that_is_not_written_line_by_line_is_refused_and_left_as_it_is(String configuration) throws IOException {
        assertThatThrownBy(() -> imported(configuration, "policy: {margin: 4 %}\n"))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageStartingWith("plumbline.yaml:1:")
                .hasMessageContaining("each key starts a line");
        assertThat(written()).isEqualTo(configuration);
    }

    @Test
    void settings_that_contradict_those_of_the_file_are_refused_and_nothing_is_written() throws IOException {
        String configuration = "policy:\n  severities: {minor: 8 %, major: 9 %}\n";

        assertThatThrownBy(() -> imported(configuration, "policy: {severities: {major: 7 %}}\n"))
                .isInstanceOf(WrongConfiguration.class)
                .hasMessageContaining("severities must increase");
        assertThat(written()).isEqualTo(configuration);
    }

    @Test
    void a_document_that_is_not_there_or_a_folder_is_reported_by_its_name() throws IOException {
        assertThatThrownBy(() -> new ImportSettings(workspace()).importFrom(Path.of("none.yaml"), true))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none.yaml");
        Files.createDirectory(folder.resolve("folder.yaml"));
        assertThatThrownBy(() -> new ImportSettings(workspace()).importFrom(Path.of("folder.yaml"), true))
                .hasMessageContaining("folder.yaml")
                .hasMessageContaining("is a folder");
    }

    @Test
    void thresholds_metrics_rules_and_budgets_come_as_wholes() throws IOException {
        ImportSettings.Outcome outcome = imported("thresholds:\n  - {benchmark: a, margin: 3 %}\n", """
                thresholds:
                  - {benchmark: b, margin: 4 %, floor: [50 ns, 1 KiB]}
                  - {kind: memory, severities: {minor: 1 %, major: 2 %, critical: 3 %}, minimum-runs: 9}
                metrics: [{metric: "gc.*", role: primary}]
                gate:
                  rules: [{benchmark: "x y: #", environment: ci-*, branch: main, weight: confirmed}]
                  budgets: [{benchmark: b, at-most: 1.5 GiB}]
                """);

        assertThat(outcome.changes())
                .extracting(change -> change.key() + ": " + change.before() + " > " + change.after())
                .containsExactly(
                        "thresholds: 1 rule > 2 rules",
                        "metrics: no entries > 1 entry",
                        "gate.rules: no entries > 1 entry",
                        "gate.budgets: no entries > 1 entry");
        assertThat(new ImportSettings(workspace())
                        .importFrom(Path.of("others.yaml"), true)
                        .changes())
                .isEmpty();
    }
}
