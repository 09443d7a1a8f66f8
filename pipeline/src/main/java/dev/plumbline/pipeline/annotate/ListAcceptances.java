package dev.plumbline.pipeline.annotate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.pipeline.snapshot.annotation.AcceptanceFiles;
import dev.plumbline.pipeline.snapshot.annotation.RecordedAnnotations;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Lists acceptances. */
public final class ListAcceptances {
    private final Workspace workspace;

    public ListAcceptances(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /** Every acceptance, the oldest first, those in the repository's files among them; none without a history. */
    public List<KnownAcceptance> list() throws IOException {
        if (!workspace.hasHistory()) {
            return AcceptanceFiles.read(workspace).stream()
                    .map(one -> new KnownAcceptance(one.acceptance(), one.file(), Optional.empty()))
                    .toList();
        }
        try (RunStore store = workspace.open()) {
            return RecordedAnnotations.acceptances(workspace, store);
        }
    }
}
