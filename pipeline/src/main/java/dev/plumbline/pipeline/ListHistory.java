package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Series;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.nio.file.Files;
import java.util.List;

/** Looks up series in the history. */
public final class ListHistory {
    private final Workspace workspace;

    public ListHistory(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /** The series that the query finds, in the order of their keys; none when there is no history yet. */
    public List<Series> list(SeriesQuery query) {
        if (!Files.exists(workspace.store())) {
            return List.of();
        }
        try (RunStore store = workspace.open()) {
            return store.series(query);
        }
    }
}
