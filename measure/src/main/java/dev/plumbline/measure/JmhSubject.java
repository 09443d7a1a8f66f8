package dev.plumbline.measure;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One benchmark of a JMH jar, measured one fork at a time. The first forks make the iterations that the benchmark asks
 * for, the others as many as make the mean best known for the time.
 */
final class JmhSubject implements Subject {
    private static final Pattern ITERATIONS =
            Pattern.compile("# Measurement: (\\d+) iterations, (\\d+) (ns|us|ms|s|min|hr|day) each.*");

    private static final Map<String, Double> NANOS =
            Map.of("ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9, "min", 60e9, "hr", 3600e9, "day", 86400e9);
    /** Of the iterations that the benchmark asks for: its author thought of how long a fork may take. */
    private static final int LONGEST = 3;

    private final String name;
    private final Path output;
    private final Function<OptionalInt, Subject> fork;
    private final ForkCosts costs = new ForkCosts();
    private int asked;

    /**
     * @param output where the fork's output lies once it has ended
     * @param fork measures one fork, by its number of iterations; of as many as the benchmark asks for when empty
     */
    JmhSubject(String name, Path output, Function<OptionalInt, Subject> fork) {
        this.name = requireNonNull(name, "name");
        this.output = requireNonNull(output, "output");
        this.fork = requireNonNull(fork, "fork");
    }

    @Override
    public String name() {
        return name;
    }

    /** How many iterations the next fork makes; empty for as many as the benchmark asks for. */
    OptionalInt iterations() {
        OptionalInt best = costs.iterations();
        return best.isPresent() ? OptionalInt.of(Math.min(best.getAsInt(), LONGEST * asked)) : best;
    }

    @Override
    public void measure(RunSink sink) throws IOException, InterruptedException {
        Leading leading = new Leading(sink);
        long begin = System.nanoTime();
        fork.apply(iterations()).measure(leading);
        note(leading.values, System.nanoTime() - begin);
    }

    private void note(double[] values, long nanos) throws IOException {
        try (Stream<String> lines = Files.lines(output)) {
            lines.map(ITERATIONS::matcher).filter(Matcher::matches).findFirst().ifPresent(reported -> {
                double iteration = Double.parseDouble(reported.group(2)) * NANOS.get(reported.group(3));
                if (asked == 0) {
                    asked = Integer.parseInt(reported.group(1));
                }
                costs.add(values, nanos - values.length * iteration, iteration);
            });
        }
    }

    /** Hands everything on, and keeps the iterations of what comes first. */
    private static final class Leading implements RunSink {
        private final RunSink sink;
        private double[] values = {};
        private boolean met;

        Leading(RunSink sink) {
            this.sink = sink;
        }

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            if (!met && measurement.sample() instanceof Sample.Values all && all.groupCount() == 1) {
                values = all.group(0);
            }
            met = true;
            sink.accept(header, measurement);
        }

        @Override
        public void problem(Problem problem) {
            sink.problem(problem);
        }
    }
}
