package dev.plumbline.pipeline;

import static dev.plumbline.pipeline.ResultFiles.finding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.pipeline.annotate.AcceptReported;
import dev.plumbline.pipeline.annotate.ListAcceptances;
import dev.plumbline.pipeline.baseline.EstablishBaselines;
import dev.plumbline.pipeline.baseline.ExportBaselines;
import dev.plumbline.pipeline.baseline.ImportBaselines;
import dev.plumbline.pipeline.check.ReadReport;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.threshold.ExportSettings;
import dev.plumbline.report.Report;
import dev.plumbline.report.json.JsonReport;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that people and merges have changed: read, or refused with an {@link IOException} that names the file; never a
 * failure of the program. The damages are drawn with a seed that stands in the message.
 */
class DamagedFilesTest {
    private static final Author ANN = new Author("ann", "known");
    private static final int DAMAGES = 150;
    private static final String[] HOSTILE = {
        "\"",
        "'",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "-",
        "\n",
        "\t",
        " ",
        "\\",
        "\\u0000",
        "\u0000",
        "NaN",
        "1e999",
        "-0",
        "null",
        "true",
        "99999999999999999999",
        "\"../../x\"",
        "&a",
        "*a",
        "!!",
        "|",
        ">",
        "#",
        "%",
        "@",
        "\uFEFF",
        "é",
        "😀"
    };

    @TempDir
    private Path folder;

    private ResultFiles files;
    private Report report;

    @BeforeEach
    void aHistoryWithARegression() throws IOException {
        files = new ResultFiles(folder);
        files.history(20);
        report = files.check(files.run(20).with("fast", 130).with("slow", 500).file());
    }

    private interface Reading {
        void read() throws IOException;
    }

    /** A text with one to three damages. */
    private static String damaged(String text, Random random) {
        StringBuilder damaged = new StringBuilder(text);
        int damages = 1 + random.nextInt(3);
        for (int i = 0; i < damages && damaged.length() > 0; i++) {
            int at = random.nextInt(damaged.length());
            int end = Math.min(damaged.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(5)) {
                case 0 -> damaged.delete(at, end);
                case 1 -> damaged.insert(at, HOSTILE[random.nextInt(HOSTILE.length)]);
                case 2 -> damaged.replace(at, end, HOSTILE[random.nextInt(HOSTILE.length)]);
                case 3 -> damaged.insert(at, damaged.substring(at, end));
                default -> damaged.setLength(at);
            }
        }
        return damaged.toString();
    }

    private static void assertReadOrRefused(Path file, int damages, Reading reading) throws IOException {
        String whole = Files.readString(file);
        int refused = 0;
        for (int seed = 0; seed < damages; seed++) {
            String text = damaged(whole, new Random(seed));
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
            try {
                reading.read();
            } catch (IOException e) {
                refused++;
                assertThat(e.getMessage()).as("seed %d", seed).isNotBlank();
            } catch (UncheckedIOException e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " of " + file.getFileName() + ":\n" + text, e);
            }
        }
        Files.writeString(file, whole);
        reading.read();
        assertThat(refused).as("damages that were noticed").isPositive();
    }

    @Test
    void a_damaged_report_is_read_or_refused() throws IOException {
        Path file = folder.resolve("report.json");
        Files.writeString(file, JsonReport.of(report));

        assertReadOrRefused(file, DAMAGES, () -> new ReadReport(files.workspace()).read(file));
    }

    @Test
    void damaged_baselines_are_read_or_refused() throws IOException {
        new EstablishBaselines(files.workspace(), "default", BaselineSettings.DEFAULT, ANN, Progress.SILENT)
                .establish(new EstablishBaselines.Source.History(SeriesQuery.all()));
        Path exported = folder.resolve("baselines");
        new ExportBaselines(files.workspace()).export("default", OptionalInt.empty(), exported);
        List<Path> all = new ArrayList<>();
        try (Stream<Path> below = Files.walk(exported)) {
            below.filter(Files::isRegularFile).sorted().forEach(all::add);
        }
        assertThat(all).hasSizeGreaterThanOrEqualTo(2);

        for (Path file : all.subList(0, 2)) {
            assertReadOrRefused(file, DAMAGES, () -> new ImportBaselines(files.workspace(), ANN)
                    .importFrom(exported, Optional.of("copy")));
        }
    }

    @Test
    void damaged_acceptances_are_read_or_refused() throws IOException {
        Path written = folder.resolve("report.json");
        Files.writeString(written, JsonReport.of(report));
        new AcceptReported(files.workspace(), ANN)
                .accept(written, finding(report, "fast").id(), Acceptance.Scope.METRIC, Optional.empty());

        assertReadOrRefused(
                folder.resolve("plumbline/acceptances.yaml"), DAMAGES, () -> new ListAcceptances(files.workspace())
                        .list());
    }

    @Test
    void damaged_settings_are_read_or_refused() throws IOException {
        Path file = folder.resolve("plumbline.yaml");
        new ExportSettings(files.workspace()).export(false, Optional.of(file));

        assertReadOrRefused(file, DAMAGES, () -> ConfigurationFile.document(file, folder));
    }

    @Test
    void damaged_results_are_read_or_refused_and_recorded_whole_or_not_at_all() throws IOException {
        Path file = files.healthy(21).file();
        assertReadOrRefused(file, 40, () -> files.dryRun(file));

        assertThat(files.series()).hasSize(2);
    }

    @Test
    void a_model_outside_of_the_folder_is_refused() throws IOException {
        new EstablishBaselines(files.workspace(), "default", BaselineSettings.DEFAULT, ANN, Progress.SILENT)
                .establish(new EstablishBaselines.Source.History(SeriesQuery.all()));
        Path exported = folder.resolve("baselines");
        new ExportBaselines(files.workspace()).export("default", OptionalInt.empty(), exported);
        Path registry;
        try (Stream<Path> inside = Files.list(exported)) {
            registry = inside.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        String text = Files.readString(registry);
        for (String model : List.of("../secret.json", "models/../../secret.json", "/etc/passwd", "nul\\u0000.json")) {
            Files.writeString(registry, text.replaceFirst("models/[^\"]+", model.replace("\\", "\\\\")));
            assertThatThrownBy(
                            () -> new ImportBaselines(files.workspace(), ANN).importFrom(exported, Optional.of("copy")))
                    .as(model)
                    .isInstanceOf(IOException.class);
        }
    }
}
