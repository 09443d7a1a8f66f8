package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.config.Suggestion;
import dev.plumbline.store.SeriesQuery;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Selects series by name, and suggests similar names if there are none. */
public final class SeriesSelector {
    private static final int MOST_TOLD = 5;

    private SeriesSelector() {}

    /**
     * Looks for the metric, the environment and the branch that were named, each by itself; where no series is of the
     * benchmarks that were named, there is nothing to list: {@link BenchmarkSelector} answers that.
     *
     * @param all existing ones, of any benchmark; those of the benchmarks that were named count
     * @throws NothingFound if one of them is not there; the message lists those that are
     */
    public static void check(SeriesQuery query, List<SeriesKey> all) throws NothingFound {
        List<SeriesKey> left = all.stream()
                .filter(key -> query.benchmark().stream().allMatch(pattern -> pattern.matches(key)))
                .toList();
        if (left.isEmpty()) {
            return;
        }
        Optional<String> unknown = unknown("metric", query.metric(), left, SeriesKey::metric)
                .or(() -> unknown("environment", query.environment(), left, SeriesKey::environment))
                .or(() -> unknown("branch", query.branch(), left, SeriesKey::branch));
        if (unknown.isPresent()) {
            throw new NothingFound(unknown.get());
        }
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
}
