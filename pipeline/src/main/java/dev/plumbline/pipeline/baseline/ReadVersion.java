package dev.plumbline.pipeline.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.snapshot.NamedBaselines;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import java.util.OptionalInt;

/** Reads one version of baselines. */
public final class ReadVersion {
    private final Workspace workspace;

    public ReadVersion(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * A version with its baselines.
     *
     * @param number which one; the newest when empty
     * @throws NothingFound if there is none
     */
    public BaselineVersion read(String name, OptionalInt number) throws NothingFound {
        try (RunStore store = workspace.openExisting()) {
            return NamedBaselines.version(store, name, number);
        }
    }
}
