package dev.plumbline.pipeline.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.snapshot.BaselineFolder;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.Path;
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
        BaselineVersion read =
                BaselineFolder.read(workspace.directory().resolve(folder)).version();
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
            BaselineVersion version = BaselineVersion.of(kept, BaselineChange.IMPORTED, provenance, read.baselines());
            store.baselines().add(version);
            return version.info();
        }
    }
}
