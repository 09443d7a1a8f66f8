package dev.plumbline.store.naming;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.SeriesKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The current names of stored names: recorded renamings combined with those of the configuration, in any order.
 */
public final class NamesInForce {
    private final Map<String, String> names = new HashMap<>();
    private final Map<Benchmark, Benchmark> benchmarks = new HashMap<>();
    private final Map<String, String> metrics = new HashMap<>();
    private final Aliases aliases;

    /** @param renamings at most one for each old name */
    public NamesInForce(List<KnownRenaming> renamings, Aliases aliases) {
        this.aliases = aliases;
        for (KnownRenaming known : renamings) {
            if (known.renaming() instanceof Renaming.OfName name) {
                names.put(name.from(), name.to());
            } else if (known.renaming() instanceof Renaming.OfBenchmark benchmark) {
                benchmarks.put(benchmark.from(), benchmark.to());
            } else if (known.renaming() instanceof Renaming.OfMetric metric) {
                metrics.put(metric.from(), metric.to());
            }
        }
    }

    /** Whether every name is as it was stored. */
    public boolean areStored() {
        return names.isEmpty() && benchmarks.isEmpty() && metrics.isEmpty() && aliases.isEmpty();
    }

    public Benchmark benchmark(Benchmark stored) {
        Benchmark stated = stated(stored);
        String alias = aliases.benchmark(stated.name());
        return alias.equals(stated.name()) ? stated : stated(new Benchmark(alias, stated.parameters()));
    }

    /** Follows what people stated; each statement at most once, so that this ends whatever the table holds. */
    private Benchmark stated(Benchmark stored) {
        Benchmark current = stored;
        Optional<Benchmark> next = next(current);
        for (int step = 0; step < names.size() + benchmarks.size() && next.isPresent(); step++) {
            current = next.get();
            next = next(current);
        }
        return current;
    }

    private Optional<Benchmark> next(Benchmark current) {
        return Optional.ofNullable(benchmarks.get(current)).or(() -> Optional.ofNullable(names.get(current.name()))
                .map(name -> new Benchmark(name, current.parameters())));
    }

    /** Whether some name leads on for ever through what people stated. */
    public boolean isCircular() {
        return names.keySet().stream()
                        .anyMatch(name -> next(stated(Benchmark.of(name))).isPresent())
                || benchmarks.keySet().stream()
                        .anyMatch(one -> next(stated(one)).isPresent())
                || metrics.keySet().stream().anyMatch(name -> metrics.containsKey(statedMetric(name)));
    }

    public String metric(String stored) {
        String stated = statedMetric(stored);
        String alias = aliases.metric(stated);
        return alias.equals(stated) ? stated : statedMetric(alias);
    }

    private String statedMetric(String stored) {
        String current = stored;
        for (int step = 0; step < metrics.size() && metrics.containsKey(current); step++) {
            current = metrics.get(current);
        }
        return current;
    }

    public SeriesKey key(SeriesKey stored) {
        return new SeriesKey(
                benchmark(stored.benchmark()), metric(stored.metric()), stored.environment(), stored.branch());
    }

    public PointKey point(PointKey stored) {
        return new PointKey(stored.runId(), benchmark(stored.benchmark()), metric(stored.metric()));
    }
}
