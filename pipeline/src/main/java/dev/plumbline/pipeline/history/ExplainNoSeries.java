package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.SeriesSelector;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.util.List;

/** Explains why a query finds no series. */
public final class ExplainNoSeries {
    private final Workspace workspace;

    public ExplainNoSeries(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * The reason why a query finds nothing, where it is only too narrow.
     *
     * @throws NothingFound if there is no series at all, none of such a benchmark, or none of it with such a metric,
     *     environment or branch; the message lists the existing ones
     */
    public String explain(SeriesQuery query) throws NothingFound {
        if (!workspace.hasHistory()) {
            throw NothingFound.emptyHistory();
        }
        List<SeriesKey> all;
        try (RunStore store = workspace.open()) {
            all = store.keys(SeriesQuery.all());
            BenchmarkSelector.check(query, store);
        }
        if (all.isEmpty()) {
            throw NothingFound.emptyHistory();
        }
        SeriesSelector.check(query, all);
        return "none of the history's " + all.size() + " series matches all filters";
    }
}
