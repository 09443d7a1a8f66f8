package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.snapshot.SeriesSelector;
import dev.plumbline.pipeline.workspace.Workspace;
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

    /**
     * Why a query finds nothing, where the question is only too narrow.
     *
     * @throws NothingFound if there is no series at all, or none of the benchmark has such a metric, environment or
     *     branch; the message lists those there are
     */
    public String whyNothing(SeriesQuery query) throws NothingFound {
        List<SeriesKey> all = keys(SeriesQuery.all());
        if (all.isEmpty()) {
            throw NothingFound.emptyHistory();
        }
        SeriesSelector.check(query, all);
        return "none of the history's " + all.size() + " series matches all filters";
    }

    private List<SeriesKey> keys(SeriesQuery query) {
        if (!Files.exists(workspace.store())) {
            return List.of();
        }
        try (RunStore store = workspace.open()) {
            return store.keys(query);
        }
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
