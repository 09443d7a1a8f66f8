package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.workspace.StoreLocation;
import dev.plumbline.store.StoreException;
import dev.plumbline.store.copy.HistoryCopy;
import dev.plumbline.store.sql.SqlRunStore;

/** Copies a whole history to another location, in any database. */
public final class CopyHistory {
    private final Progress progress;

    public CopyHistory(Progress progress) {
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * Copies.
     *
     * @throws NothingFound if there is no history to copy
     * @throws StoreException if there is something at the other place already; then nothing was changed
     */
    public HistoryCopy.Copied copy(StoreLocation from, StoreLocation to) throws NothingFound {
        if (!from.hasHistory()) {
            throw new NothingFound("there is no history " + from + " to copy");
        }
        try (SqlRunStore source = from.openAsItIs();
                SqlRunStore target = to.openAsItIs()) {
            return new HistoryCopy(progress::at).copy(source, target);
        }
    }
}
