package dev.plumbline.core.judge;

import static java.util.stream.Collectors.toMap;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The series of the branches that runs are held against, by environment. */
final class BaseHistories {
    private final Map<String, Map<Name, Series>> series = new HashMap<>();

    BaseHistories(Snapshot snapshot) {
        snapshot.environments().forEach((environment, history) -> history.base()
                .ifPresent(base -> series.put(
                        environment, base.stream().collect(toMap(one -> Name.of(one.key()), Function.identity())))));
    }

    /** A series without environment and branch. */
    private record Name(Benchmark benchmark, String metric) {
        static Name of(SeriesKey key) {
            return new Name(key.benchmark(), key.metric());
        }
    }

    /** Whether the runs of an environment are held against another branch at all. */
    boolean isKnown(String environment) {
        return series.containsKey(environment);
    }

    /** The series as the other branch has it; empty where that has none. */
    Optional<Series> of(SeriesKey key) {
        return Optional.ofNullable(series.get(key.environment())).map(base -> base.get(Name.of(key)));
    }
}
