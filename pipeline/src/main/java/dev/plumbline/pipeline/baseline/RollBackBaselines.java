package dev.plumbline.pipeline.baseline;

import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.snapshot.NamedBaselines;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.util.OptionalInt;

/** Restores an earlier version of baselines, as a new version. */
public final class RollBackBaselines {
    private final NextVersion next;

    public RollBackBaselines(Workspace workspace, String name, Author author) {
        next = new NextVersion(workspace, name, author);
    }

    /**
     * Makes a new version with the baselines of an earlier one.
     *
     * @param number the earlier one; the one before the newest when empty
     * @throws NothingFound if there is no such version
     */
    public VersionInfo rollBack(OptionalInt number) throws IOException {
        try (RunStore store = next.workspace().openExisting()) {
            VersionInfo newest = next.newest(store).info();
            int wanted = number.orElse(newest.number() - 1);
            if (number.isEmpty() && wanted < 1) {
                throw new NothingFound("baselines \"" + next.name() + "\" have only one version; there is nothing to"
                        + " roll back to");
            }
            if (wanted == newest.number()) {
                throw new NothingFound("version " + wanted + " is the current version");
            }
            BaselineVersion earlier = NamedBaselines.version(store, next.name(), OptionalInt.of(wanted));
            return next.add(store, newest, BaselineChange.ROLLED_BACK, "version " + wanted, earlier.baselines());
        }
    }
}
