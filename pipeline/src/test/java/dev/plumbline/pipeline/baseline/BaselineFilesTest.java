package dev.plumbline.pipeline.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.ResultFiles;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.FileSystemException;
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

/** Baselines as files, and versions that are asked for and not there. */
class BaselineFilesTest {
    private static final Author ANN = new Author("ann", "release");

    /** As names of files some of these are one, another folder, or none at all. */
    private static final List<String> NAMES = List.of(
            "plain",
            "PLAIN",
            "a/b",
            "a\\\\b",
            "..",
            "../../up",
            "con",
            "x".repeat(300),
            "ümläut 😀",
            "a:b",
            "a*b?",
            ".hidden",
            "a.json");

    @TempDir
    private Path folder;

    private ResultFiles files;

    @BeforeEach
    void aHistoryOfOddNames() throws IOException {
        files = new ResultFiles(folder);
        List<ResultFiles.Run> runs = new ArrayList<>();
        Random random = new Random(2);
        for (int i = 0; i < 12; i++) {
            ResultFiles.Run run = files.run(i);
            NAMES.forEach(name -> run.with(name, 100 * (1 + 0.003 * random.nextGaussian())));
            runs.add(run);
        }
        files.record(files.together(runs));
    }

    private EstablishBaselines.Outcome establish() throws IOException {
        return new EstablishBaselines(files.workspace(), "default", BaselineSettings.DEFAULT, ANN, Progress.SILENT)
                .establish(new EstablishBaselines.Source.History(SeriesQuery.all()));
    }

    private ExportBaselines.Outcome export(Path to) throws IOException {
        return new ExportBaselines(files.workspace()).export("default", OptionalInt.empty(), to);
    }

    private BaselineVersion read(String name) throws IOException {
        return new ReadVersion(files.workspace()).read(name, OptionalInt.empty());
    }

    @Test
    void every_name_comes_back_and_no_file_lies_outside() throws IOException {
        establish();
        Path to = folder.resolve("here/baselines");
        export(to);

        VersionInfo imported = new ImportBaselines(files.workspace(), ANN).importFrom(to, Optional.of("copy"));

        assertThat(imported.series()).isEqualTo(NAMES.size());
        assertThat(read("copy").baselines()).isEqualTo(read("default").baselines());
        try (Stream<Path> beside = Files.list(folder.resolve("here"))) {
            assertThat(beside).containsExactly(to);
        }
        assertThat(new ImportBaselines(files.workspace(), ANN)
                        .importFrom(to, Optional.of("copy"))
                        .number())
                .as("the same again is no new version")
                .isEqualTo(imported.number());
    }

    @Test
    void a_folder_of_other_files_is_left_alone() throws IOException {
        establish();
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("thesis.txt"), "mine");

        assertThatThrownBy(() -> export(foreign)).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> export(foreign.resolve("thesis.txt"))).isInstanceOf(FileSystemException.class);

        try (Stream<Path> inside = Files.list(foreign)) {
            assertThat(inside).containsExactly(foreign.resolve("thesis.txt"));
        }
    }

    @Test
    void models_of_benchmarks_that_are_gone_go_with_the_next_export() throws IOException {
        establish();
        Path to = folder.resolve("baselines");
        int written = export(to).written();

        new ResetBaselines(files.workspace(), "default", ANN).reset(Optional.of(new BenchmarkPattern("plain")));
        ExportBaselines.Outcome again = export(to);

        assertThat(written).isGreaterThan(1);
        assertThat(again.removed()).isPositive();
        assertThat(new ImportBaselines(files.workspace(), ANN)
                        .importFrom(to, Optional.of("copy"))
                        .series())
                .isEqualTo(read("default").baselines().size());
    }

    @Test
    void versions_that_are_not_there_are_told() throws IOException {
        assertThatThrownBy(() -> read("default"))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("no baselines named \"default\"");
        establish();

        assertThatThrownBy(() -> read("defualt"))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("default");
        assertThatThrownBy(() -> new ReadVersion(files.workspace()).read("default", OptionalInt.of(7)))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("no version 7");
        RollBackBaselines back = new RollBackBaselines(files.workspace(), "default", ANN);
        assertThatThrownBy(() -> back.rollBack(OptionalInt.empty()))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("only one version");
        assertThatThrownBy(() -> back.rollBack(OptionalInt.of(1)))
                .isInstanceOf(NothingFound.class)
                .hasMessageContaining("current version");
        assertThatThrownBy(() -> new ResetBaselines(files.workspace(), "default", ANN)
                        .reset(Optional.of(new BenchmarkPattern("nowhere"))))
                .isInstanceOf(NothingFound.class);
        assertThat(new ListVersions(files.workspace()).list("default")).hasSize(1);
        assertThat(new ListBaselines(files.workspace()).list())
                .extracting(VersionInfo::name)
                .containsExactly("default");
    }

    @Test
    void nothing_new_makes_no_version_and_one_run_none_to_rely_on() throws IOException {
        assertThat(establish().isNew()).isTrue();
        assertThat(establish().isNew()).isFalse();
        ResultFiles young = new ResultFiles(Files.createDirectory(folder.resolve("young")));
        young.history(1);

        EstablishBaselines.Outcome outcome = new EstablishBaselines(
                        young.workspace(), "default", BaselineSettings.DEFAULT, ANN, Progress.SILENT)
                .establish(new EstablishBaselines.Source.History(SeriesQuery.all()));

        assertThat(outcome.isNew()).isTrue();
        assertThat(outcome.trusted()).isFalse();
        assertThat(outcome.warnings()).first().asString().contains("can be trusted yet");
    }

    @Test
    void what_a_person_names_is_shown() throws IOException {
        establish();
        ShowBaselines show = new ShowBaselines(files.workspace());

        assertThat(show.show(Optional.empty(), "default", OptionalInt.empty())
                        .version()
                        .baselines())
                .hasSize(NAMES.size());
        assertThat(show.show(Optional.of("default@1"), "other", OptionalInt.empty())
                        .version()
                        .info()
                        .number())
                .isEqualTo(1);
        assertThat(show.show(Optional.of("plain"), "default", OptionalInt.empty())
                        .benchmark())
                .isPresent();
        assertThatThrownBy(() -> show.show(Optional.of("default@9"), "default", OptionalInt.empty()))
                .isInstanceOf(NothingFound.class);
        assertThatThrownBy(() -> show.show(Optional.empty(), "default", OptionalInt.of(9)))
                .isInstanceOf(NothingFound.class);
        assertThatThrownBy(() -> show.show(Optional.of("nowhere"), "default", OptionalInt.empty()))
                .isInstanceOf(NothingFound.class);
    }
}
