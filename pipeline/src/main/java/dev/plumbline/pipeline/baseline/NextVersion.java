package dev.plumbline.pipeline.baseline;

import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import java.util.Collections;
import java.util.List;

/** The version of baselines that follows the newest one. */
final class NextVersion {
    private NextVersion() {}

    static VersionInfo add(
            Workspace workspace,
            RunStore store,
            String name,
            Author author,
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
