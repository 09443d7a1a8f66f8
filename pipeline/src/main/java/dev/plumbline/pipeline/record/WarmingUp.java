package dev.plumbline.pipeline.record;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.report.note.CheckNotes;
import dev.plumbline.report.terminal.SharedNames;
import dev.plumbline.store.PreparedMeasurement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The benchmarks whose first iterations are warm-up, by how far these lie from the later ones. */
final class WarmingUp {
    private final Map<Benchmark, Double> distances = new TreeMap<>();

    void accept(PreparedMeasurement measurement) {
        if (measurement.metric().unit().isSpeed()) {
            measurement
                    .warmUp()
                    .ifPresent(distance -> distances.merge(measurement.benchmark(), distance, WarmingUp::larger));
        }
    }

    private static double larger(double one, double other) {
        return Math.abs(other) > Math.abs(one) ? other : one;
    }

    /** A note that names the farthest; empty where there is none. */
    Optional<String> note() {
        return distances.entrySet().stream()
                .reduce((one, other) -> Math.abs(other.getValue()) > Math.abs(one.getValue()) ? other : one)
                .map(most -> CheckNotes.warmingUp(
                        distances.size(),
                        SharedNames.of(List.copyOf(distances.keySet())).label(most.getKey()),
                        most.getValue()));
    }
}
