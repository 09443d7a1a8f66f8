package dev.plumbline.pipeline.history.renaming;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.naming.KnownRenaming;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Undoes a renaming or a merge; the history keeps both. */
public final class UndoRenaming {
    private final Workspace workspace;

    public UndoRenaming(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * Undoes a renaming.
     *
     * @param number as the list shows it; the newest one in force when it is not given
     */
    public RenamingOutcome undo(OptionalLong number, Author author) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            List<KnownRenaming> inForce = store.renamings();
            if (inForce.isEmpty()) {
                throw new NothingFound("the history has no active renaming; nothing to undo");
            }
            long meant = number.orElse(inForce.get(inForce.size() - 1).number());
            KnownRenaming undone = store.undoRenaming(
                    meant, author.name(), author.reason(), workspace.clock().instant());
            return new RenamingOutcome(
                    StatedRenaming.row(undone),
                    StatedRenaming.count(
                            store, undone.renaming(), undone.renaming().oldLabel()));
        }
    }
}
