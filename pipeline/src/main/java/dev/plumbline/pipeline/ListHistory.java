package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.config.Suggestion;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks up series in the history. */
public final class ListHistory {
    private static final int MOST_TOLD = 5;

    private final Workspace workspace;

    public ListHistory(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * Why a query finds nothing, where the question is only too narrow.
     *
     * @throws NothingFound if there is no series at all, or none of the benchmark has such a metric, environment or
     *     branch; the message tells those there are
     */
    public String whyNothing(SeriesQuery query) throws NothingFound {
        List<SeriesKey> all = keys(SeriesQuery.all());
        if (all.isEmpty()) {
            throw NothingFound.emptyHistory();
        }
        List<SeriesKey> left = query.benchmark().isPresent()
                ? keys(SeriesQuery.all().ofBenchmark(query.benchmark().get()))
                : all;
        Optional<String> unknown = unknown("metric", query.metric(), left, SeriesKey::metric)
                .or(() -> unknown("environment", query.environment(), left, SeriesKey::environment))
                .or(() -> unknown("branch", query.branch(), left, SeriesKey::branch));
        if (unknown.isPresent()) {
            throw new NothingFound(unknown.get());
        }
        return "none of the history's " + all.size() + " series has all of that";
    }

    private static Optional<String> unknown(
            String what, Optional<String> asked, List<SeriesKey> keys, Function<SeriesKey, String> part) {
        List<String> known = keys.stream().map(part).distinct().sorted().toList();
        return asked.filter(name -> !known.contains(name))
                .map(name ->
                        "no series has the " + what + " " + name + "; there " + (known.size() == 1 ? "is " : "are ")
                                + String.join(", ", known.subList(0, Math.min(MOST_TOLD, known.size())))
                                + (known.size() > MOST_TOLD ? " and " + (known.size() - MOST_TOLD) + " more" : "")
                                + Suggestion.of(name, known));
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
