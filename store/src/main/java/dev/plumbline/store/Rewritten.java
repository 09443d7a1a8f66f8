package dev.plumbline.store;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Metric;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The changes of a run's measurements, made or planned.
 *
 * @param isChanged whether what is stored of the run is not what was accepted
 * @param measurements how many the run has now
 * @param changes every series of the run whose point is another one, by benchmark and metric
 */
public record Rewritten(boolean isChanged, long measurements, List<Change> changes) {
    public Rewritten {
        changes = List.copyOf(changes);
    }

    /** The kinds of change of a point. */
    public enum Kind {
        /** The run did not measure this before. */
        ADDED,
        /** Its value, its unit or its direction is another one. */
        CHANGED,
        /** Its value is the same; what it was made of is not. */
        SAMPLE,
        /** The run no longer measures this, and there are no annotations. */
        REMOVED,
        /** The run no longer measures this; the point stays because of a check's mark or an annotation. */
        KEPT
    }

    /**
     * A point.
     *
     * @param benchmark under the name in force
     * @param before its value; empty for one that is new
     * @param after its value; empty for one that is not measured any more
     * @param metricBefore of the value before
     * @param metricAfter of the value after
     */
    public record Change(
            Kind kind,
            Benchmark benchmark,
            OptionalDouble before,
            OptionalDouble after,
            Optional<Metric> metricBefore,
            Optional<Metric> metricAfter) {
        public Change {
            requireNonNull(kind, "kind");
            requireNonNull(benchmark, "benchmark");
            requireNonNull(before, "before");
            requireNonNull(after, "after");
            requireNonNull(metricBefore, "metricBefore");
            requireNonNull(metricAfter, "metricAfter");
        }

        /** The metric under the name in force. */
        public String metric() {
            return metricAfter.or(() -> metricBefore).map(Metric::name).orElseThrow();
        }
    }

    /** The number of changes of a kind. */
    public long count(Kind kind) {
        return changes.stream().filter(change -> change.kind() == kind).count();
    }
}
