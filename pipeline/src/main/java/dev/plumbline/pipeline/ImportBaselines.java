package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.BaselineStatistics;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.Change;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.ingest.baseline.BaselineReader;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.report.BaselineFiles;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads baselines from files and makes them the next version. */
public final class ImportBaselines {
    private final Workspace workspace;
    private final Author author;

    public ImportBaselines(Workspace workspace, Author author) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.author = requireNonNull(author, "author");
    }

    /**
     * Imports.
     *
     * @param folder that {@code plumb baseline export} wrote
     * @param name under which the baselines are kept; as they were exported when empty
     * @return the version that holds now; the one that held before when it has exactly these baselines
     * @throws UnreadableInput if a file cannot be read; then nothing changes
     */
    public VersionInfo importFrom(Path folder, Optional<String> name) throws IOException {
        BaselineVersion read = read(workspace.directory().resolve(folder)).version();
        String kept = name.orElse(read.info().name());
        VersionInfo.checkName(kept);
        try (RunStore store = workspace.open()) {
            Optional<BaselineVersion> newest = store.baselines().newest(kept);
            if (newest.isPresent() && newest.get().baselines().equals(read.baselines())) {
                return newest.get().info();
            }
            Provenance provenance = new Provenance(
                    newest.map(version -> version.info().number()).orElse(0) + 1,
                    workspace.clock().instant(),
                    author.name(),
                    author.reason(),
                    "files " + folder + ", " + read.info().name() + " version "
                            + read.info().number(),
                    Version.TEXT,
                    read.info().provenance().settings());
            BaselineVersion version = BaselineVersion.of(kept, Change.IMPORTED, provenance, read.baselines());
            store.baselines().add(version);
            return version.info();
        }
    }

    /** @throws UnreadableInput if a file cannot be read, or says of its runs what does not follow from them */
    static BaselineSource.Found read(Path folder) throws IOException {
        Path registryFile = folder.resolve(BaselineFiles.REGISTRY);
        if (!Files.isRegularFile(registryFile)) {
            throw new NoSuchFileException(
                    folder.toString(),
                    null,
                    "contains no " + BaselineFiles.REGISTRY + "; create one with plumb baseline export");
        }
        BaselineReader.Registry registry;
        try (Source source = Source.of(registryFile)) {
            registry = BaselineReader.registry(source);
        }
        List<EstablishedBaseline> baselines = new ArrayList<>();
        for (String model : registry.models()) {
            Path file = folder.resolve(model).normalize();
            if (!file.startsWith(folder.resolve(BaselineFiles.MODELS).normalize())) {
                throw new UnreadableInput(
                        registryFile.toString(), "names the model " + model + " outside of its folder");
            }
            try (Source source = Source.of(file)) {
                for (EstablishedBaseline baseline : BaselineReader.model(source)) {
                    check(file, baseline);
                    baselines.add(baseline);
                }
            }
        }
        try {
            return new BaselineSource.Found(registry.version(baselines), registry.environments(), true);
        } catch (IllegalArgumentException e) {
            throw new UnreadableInput(registryFile.toString(), e.getMessage(), e);
        }
    }

    /** A file in which somebody changed a mean by hand looks like a baseline and is none. */
    private static void check(Path file, EstablishedBaseline baseline) throws UnreadableInput {
        BaselineStatistics stated = baseline.statistics();
        BaselineStatistics worked = BaselineStatistics.of(baseline.runs());
        if (!alike(stated.mean(), worked.mean())
                || !alike(stated.median(), worked.median())
                || !alike(stated.standardDeviation(), worked.standardDeviation())) {
            throw new UnreadableInput(
                    file.toString(),
                    "the statistics of " + baseline.key().metric() + " in "
                            + baseline.key().environment() + " do not match its runs: the stated mean is "
                            + stated.mean() + ", but the runs have " + worked.mean() + "; export it again");
        }
    }

    private static boolean alike(double one, double other) {
        return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other));
    }
}
