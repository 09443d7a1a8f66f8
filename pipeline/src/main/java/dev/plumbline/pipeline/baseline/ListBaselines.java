package dev.plumbline.pipeline.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import java.util.List;

/** Lists the names of baselines. */
public final class ListBaselines {
    private final Workspace workspace;

    public ListBaselines(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * The newest version of every name.
     *
     * @throws NothingFound if there is no history
     */
    public List<VersionInfo> list() throws NothingFound {
        try (RunStore store = workspace.openExisting()) {
            return store.baselines().newest();
        }
    }
}
