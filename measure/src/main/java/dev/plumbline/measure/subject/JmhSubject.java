package dev.plumbline.measure.subject;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.measure.classfile.JmhTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One benchmark of a JMH jar, measured one fork at a time. Without a plan, a fork has the iterations that the benchmark
 * asks for; if forks may differ, from the fourth on the number that gives the most precise mean for the time.
 */
public final class JmhSubject implements Subject {
    private static final Pattern ITERATIONS =
            Pattern.compile("# Measurement: (\\d+) iterations, (\\d+) (ns|us|ms|s|min|hr|day) each.*");

    /**
     * The longest fork, as a multiple of the iterations that the benchmark asks for: its author considered how long a
     * fork may take.
     */
    private static final int LONGEST = 3;

    private final Identity identity;
    private final JmhLength length;
    private final boolean isBalanced;
    private final Path output;
    private final Function<OptionalInt, Subject> fork;
    private final Patience patience;
    private final ForkCosts costs = new ForkCosts();
    private OptionalInt planned = OptionalInt.empty();
    private int asked;

    /**
     * The identity of a benchmark.
     *
     * @param jar that has it
     * @param parameters their values in this subject
     */
    public record Identity(Path jar, JmhBenchmark benchmark, Map<String, String> parameters) {
        public Identity {
            requireNonNull(jar, "jar");
            requireNonNull(benchmark, "benchmark");
            parameters = new LinkedHashMap<>(parameters);
        }

        /** {@code package.Class.method name=value,name=value}. */
        String label() {
            return parameters.isEmpty()
                    ? benchmark.name()
                    : benchmark.name() + " "
                            + parameters.entrySet().stream()
                                    .map(one -> one.getKey() + "=" + one.getValue())
                                    .collect(Collectors.joining(","));
        }
    }

    /**
     * The way to wait while another JMH measures on this machine.
     *
     * @param longest after which that is a failure
     * @param pause before it is tried again
     * @param waits is notified at each unsuccessful attempt, so that a log shows it again
     */
    public record Patience(Duration longest, Duration pause, Runnable waits) {
        private static final Duration PAUSE = Duration.ofSeconds(2);

        public Patience {
            requireNonNull(longest, "longest");
            requireNonNull(pause, "pause");
            requireNonNull(waits, "waits");
        }

        /** With two seconds between two attempts. */
        public static Patience of(Duration longest, Runnable waits) {
            return new Patience(longest, PAUSE, waits);
        }
    }

    /**
     * @param length of a fork
     * @param forks the length of forks, unless an option or a plan sets it
     * @param output the location of the fork's output after its end
     * @param fork measures one fork, by its number of iterations; of as many as the benchmark asks for when empty
     */
    JmhSubject(
            Identity identity,
            JmhLength length,
            ForkLength forks,
            Path output,
            Patience patience,
            Function<OptionalInt, Subject> fork) {
        this.identity = requireNonNull(identity, "identity");
        this.length = requireNonNull(length, "length");
        isBalanced = forks == ForkLength.BALANCED && !length.areIterationsFixed();
        this.output = requireNonNull(output, "output");
        this.patience = requireNonNull(patience, "patience");
        this.fork = requireNonNull(fork, "fork");
    }

    public Identity identity() {
        return identity;
    }

    /** The length of an unplanned fork. */
    public JmhLength length() {
        return length;
    }

    /** Sets the number of iterations of every later fork, unless an option fixed it. */
    public void plan(int iterations) {
        if (!length.areIterationsFixed()) {
            planned = OptionalInt.of(iterations);
        }
    }

    boolean isBalanced() {
        return isBalanced;
    }

    @Override
    public String name() {
        return identity.label();
    }

    /** The number of iterations of the next fork; empty for that of the benchmark. */
    OptionalInt iterations() {
        if (planned.isPresent() || !isBalanced) {
            return planned;
        }
        OptionalInt best = costs.iterations();
        return best.isPresent() ? OptionalInt.of(Math.min(best.getAsInt(), LONGEST * asked)) : best;
    }

    @Override
    public void measure(RunSink sink) throws IOException, InterruptedException {
        Leading leading = new Leading(sink);
        Subject next = fork.apply(iterations());
        long end = System.nanoTime() + patience.longest.toNanos();
        long begin = System.nanoTime();
        while (true) {
            try {
                begin = System.nanoTime();
                next.measure(leading);
                break;
            } catch (JmhLock e) {
                if (System.nanoTime() + patience.pause.toNanos() > end) {
                    throw e;
                }
                patience.waits.run();
                TimeUnit.MILLISECONDS.sleep(patience.pause.toMillis());
            }
        }
        if (isBalanced) {
            note(leading.values, System.nanoTime() - begin);
        }
    }

    private void note(double[] values, long nanos) throws IOException {
        try (Stream<String> lines = Files.lines(output)) {
            lines.map(ITERATIONS::matcher).filter(Matcher::matches).findFirst().ifPresent(reported -> {
                double iteration = Double.parseDouble(reported.group(2))
                        * JmhTime.unit(reported.group(3)).orElseThrow().toNanos();
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
