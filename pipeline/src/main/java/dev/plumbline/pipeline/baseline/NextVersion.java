package dev.plumbline.pipeline.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.snapshot.NamedBaselines;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/** The version of baselines that follows the newest one. */
record NextVersion(Workspace workspace, String name, Author author) {
    NextVersion {
        requireNonNull(workspace, "workspace");
        requireNonNull(name, "name");
        requireNonNull(author, "author");
    }

    /** @throws NothingFound if there are no baselines of the name */
    BaselineVersion newest(RunStore store) throws NothingFound {
        return NamedBaselines.version(store, name, OptionalInt.empty());
    }

    VersionInfo add(
            RunStore store,
            VersionInfo newest,
            BaselineChange change,
            String origin,
            List<EstablishedBaseline> baselines) {
        Provenance provenance = new Provenance(
                newest.number() + 1,
                workspace.clock().instant(),
                author.name(),
                author.reason(),
                origin,
                Version.TEXT,
                Collections.emptySortedMap());
        BaselineVersion version = BaselineVersion.of(name, change, provenance, baselines);
        store.baselines().add(version);
        return version.info();
    }
}
