package dev.plumbline.pipeline.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.snapshot.NamedBaselines;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import java.util.List;

/** Lists the versions of baselines. */
public final class ListVersions {
    private final Workspace workspace;

    public ListVersions(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * Every version of a name, the oldest first.
     *
     * @throws NothingFound if there is none
     */
    public List<VersionInfo> list(String name) throws NothingFound {
        try (RunStore store = workspace.openExisting()) {
            return NamedBaselines.versions(store, name);
        }
    }
}
