package dev.plumbline.measure.subject;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.Execution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** One implementation of a benchmark, measured in a fresh Java process each time. */
public final class JavaSubject implements Subject {
    private static final double NANOS = 1e9;
    private static final String LATENCY = "latency";

    private static final Map<String, Metric> METRICS = metrics();

    private final Benchmark benchmark;
    private final Path file;
    private final JavaClassPath.Length length;
    private final JavaClassPath.Conditions conditions;
    private final IntFunction<Command> fork;
    private final ForkCosts costs = new ForkCosts();

    private static Map<String, Metric> metrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (Metric metric : List.of(
                new Metric(LATENCY, Unit.of("s"), Better.LOWER),
                new Metric("throughput", Unit.of("ops/s"), Better.HIGHER),
                new Metric("peak-memory", Unit.of("B"), Better.LOWER),
                new Metric("allocated", Unit.of("B/op"), Better.LOWER),
                new Metric("memory-efficiency", Unit.of("ops/s/MiB"), Better.HIGHER),
                new Metric("accuracy-loss", Unit.of(""), Better.LOWER))) {
            metrics.put(metric.name(), metric);
        }
        return metrics;
    }

    /** @param fork the command of a fork, by its number of trials */
    JavaSubject(
            Benchmark benchmark,
            Path file,
            JavaClassPath.Length length,
            JavaClassPath.Conditions conditions,
            IntFunction<Command> fork) {
        this.benchmark = requireNonNull(benchmark, "benchmark");
        this.file = requireNonNull(file, "file");
        this.length = requireNonNull(length, "length");
        this.conditions = requireNonNull(conditions, "conditions");
        this.fork = requireNonNull(fork, "fork");
    }

    @Override
    public String name() {
        return benchmark.label();
    }

    /** The number of trials of the next fork. */
    int trials() {
        return length.trials().orElseGet(() -> costs.iterations().orElse(JavaClassPath.Length.FIRST_TRIALS));
    }

    @Override
    public void measure(RunSink sink) throws IOException, InterruptedException {
        Files.deleteIfExists(file);
        Execution execution = conditions.runner().run(fork.apply(trials()), conditions.output(), conditions.limit());
        if (!execution.succeeded()) {
            throw new CommandFailure(
                    name() + ": ended with exit code " + execution.exitCode() + OutputTail.of(conditions.output()));
        }
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        if (lines.isEmpty() || !lines.get(lines.size() - 1).equals("end")) {
            throw new CommandFailure(
                    name() + ": ended before its results were complete" + OutputTail.of(conditions.output()));
        }
        Map<String, List<Double>> values = new LinkedHashMap<>();
        TreeMap<String, String> facts =
                new TreeMap<>(conditions.header().environment().facts());
        for (String line : lines) {
            int space = line.indexOf(' ');
            String word = space < 0 ? line : line.substring(0, space);
            if (METRICS.containsKey(word)) {
                values.computeIfAbsent(word, key -> new ArrayList<>())
                        .add(Double.parseDouble(line.substring(space + 1)));
            } else if (word.equals("fact")) {
                int second = line.indexOf(' ', space + 1);
                facts.put(line.substring(space + 1, second), line.substring(second + 1));
            }
        }
        note(execution, values.getOrDefault(LATENCY, List.of()));
        RunHeader header = conditions.header().withEnvironment(new Environment(facts));
        // latency leads, whatever the order of the lines
        METRICS.forEach((name, metric) -> {
            double[] all = values.getOrDefault(name, List.of()).stream()
                    .mapToDouble(value -> name.equals(LATENCY) ? value / NANOS : value)
                    .filter(Double::isFinite)
                    .toArray();
            if (all.length > 0) {
                sink.accept(
                        header,
                        new Measurement(benchmark, metric, Sample.Values.of(Sample.Center.MEDIAN, List.of(all))));
            }
        });
    }

    private void note(Execution execution, List<Double> latencies) {
        double[] nanos = latencies.stream()
                .mapToDouble(latency -> latency * length.batch())
                .toArray();
        double sum = 0;
        for (double each : nanos) {
            sum += each;
        }
        if (nanos.length > 0) {
            costs.add(nanos, execution.wallNanos() - sum, sum / nanos.length);
        }
    }
}
