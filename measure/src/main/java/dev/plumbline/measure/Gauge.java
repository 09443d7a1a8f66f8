package dev.plumbline.measure;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.name.BenchmarkName;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.subject.Subject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads one metric of one benchmark from a subject that may measure several. */
public final class Gauge {
    private final Subject subject;
    private final BenchmarkName benchmark;
    private final Optional<String> metric;

    /** One value, with its benchmark and metric. */
    public record Reading(String benchmark, Metric metric, double value) {}

    /**
     * @param benchmark that means one benchmark of the subject
     * @param metric its name; the one that matters most when empty
     */
    public Gauge(Subject subject, BenchmarkName benchmark, Optional<String> metric) {
        this.subject = requireNonNull(subject, "subject");
        this.benchmark = requireNonNull(benchmark, "benchmark");
        this.metric = requireNonNull(metric, "metric");
    }

    /**
     * Measures once.
     *
     * @throws CommandFailure if it does not measure that, or more than one such
     */
    public Reading read() throws IOException, InterruptedException {
        Shot shot = Shot.of(subject, RunSinks.NOWHERE);
        Benchmark whole = Benchmark.ofLabel(subject.name());
        List<Shot.Key> keys = benchmark.meanings().stream()
                .map(meaning -> shot.values().keySet().stream()
                        .filter(key -> meaning.test(key.benchmark()) || meaning.test(whole))
                        .filter(key -> metric.map(
                                        name -> name.equals(key.metric().name()))
                                .orElseGet(() -> shot.leads(key)))
                        .toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
        if (keys.size() == 1) {
            Shot.Key key = keys.get(0);
            return new Reading(
                    key.benchmark().label(), key.metric(), shot.values().get(key));
        }
        String wanted = benchmark.text() + metric.map(name -> " " + name).orElse("");
        throw new CommandFailure(
                keys.isEmpty()
                        ? subject.name() + ": does not measure " + wanted + "; it measures "
                                + reported(shot.values().keySet().stream().toList())
                        : wanted + ": matches several: " + reported(keys));
    }

    private static String reported(List<Shot.Key> keys) {
        return keys.isEmpty()
                ? "nothing"
                : keys.stream()
                        .limit(5)
                        .map(key -> key.benchmark().label() + " " + key.metric().name())
                        .collect(Collectors.joining(", "));
    }
}
