package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.Pruned;
import dev.plumbline.store.RetentionPolicy;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.time.Duration;

/** Forgets old runs. */
public final class PruneHistory {
    private final Workspace workspace;

    public PruneHistory(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * Removes runs, or lists what would be removed.
     *
     * @param days runs younger than this stay
     * @param runs the number of newest runs of each environment and branch that stay
     * @param forReal false for a dry run
     * @throws NothingFound if there is no history
     */
    public Pruned prune(int days, int runs, boolean forReal) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            return store.prune(
                    new RetentionPolicy(workspace.clock().instant().minus(Duration.ofDays(days)), runs), forReal);
        }
    }
}
