package dev.plumbline.measure.subject;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.Execution;
import dev.plumbline.measure.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A command whose executions are timed: wall, user and system time, peak memory, context switches, and the exit code
 * where more than one is a success.
 */
public final class CommandSubject implements Subject {
    /** The wall time of an execution, in seconds. */
    public static final String TIME = "time";

    /** The exit code of an execution, where more than one is a success. */
    public static final String EXIT = "exit-code";

    /** Metrics that are judged in a history and too coarse to be judged between two revisions. */
    public static final Set<String> EXPLAINING = Set.of("system");

    private static final Metric WALL = metric(TIME, "s");
    private static final Metric USER = metric("user", "s");
    private static final Metric SYSTEM = metric("system", "s");
    private static final Metric PEAK_MEMORY = metric("peak-memory", "B");
    private static final Metric CONTEXT_SWITCHES = metric("context-switches", "");
    private static final Metric EXIT_CODE = metric(EXIT, "");

    /** In a second. Divided by, since most of what is multiplied by 1e-9 gets digits that no clock has shown. */
    private static final double NANOS = 1e9;

    private final Benchmark benchmark;
    private final Command command;
    private final Surround surround;
    private final Conditions conditions;

    /**
     * The commands around each execution, unmeasured.
     *
     * @param prepare before it
     * @param cleanUp after it
     */
    public record Surround(Optional<Command> prepare, Optional<Command> cleanUp) {
        public static final Surround NOTHING = new Surround(Optional.empty(), Optional.empty());
    }

    /**
     * The conditions of executions.
     *
     * @param runner starts them
     * @param header of the run that they belong to
     * @param output takes what the commands print; of one that fails the end is shown
     * @param limit after which an execution is killed
     * @param accepted exit codes that are a success
     */
    public record Conditions(
            ProcessRunner runner, RunHeader header, Path output, Duration limit, Set<Integer> accepted) {
        public Conditions {
            accepted = Set.copyOf(accepted);
        }

        /**
         * Runs a command once, and around it what is not measured.
         *
         * @param name of the benchmark, for errors
         * @throws CommandFailure if it ended with an exit code that is no success, or what runs around it failed
         */
        public Execution execute(String name, Command command, Surround surround)
                throws IOException, InterruptedException {
            around(name, surround.prepare(), "prepare");
            Execution execution = runner.run(command, output, limit);
            if (!accepted.contains(execution.exitCode())) {
                throw new CommandFailure(
                        name + ": ended with exit code " + execution.exitCode() + OutputTail.of(output));
            }
            around(name, surround.cleanUp(), "cleanup");
            return execution;
        }

        private void around(String name, Optional<Command> other, String what)
                throws IOException, InterruptedException {
            if (other.isPresent()) {
                Execution execution = runner.run(other.get(), output, limit);
                if (!execution.succeeded()) {
                    throw new CommandFailure(name + ": its " + what + " command ended with exit code "
                            + execution.exitCode() + OutputTail.of(output));
                }
            }
        }

        /**
         * Notes the exit code of an execution, where more than one is a success.
         *
         * @param kept what is kept of one that failed, such as times
         */
        public void noteExit(Benchmark benchmark, Execution execution, String kept, RunSink sink) {
            if (accepted.size() > 1) {
                sink.accept(header, single(benchmark, EXIT_CODE, execution.exitCode()));
                if (!execution.succeeded()) {
                    sink.problem(new Problem(
                            benchmark.label(),
                            "ended with exit code " + execution.exitCode() + "; its " + kept
                                    + " are kept, as requested"));
                }
            }
        }

        /** One value of one execution. */
        public static Measurement single(Benchmark benchmark, Metric metric, double value) {
            return new Measurement(
                    benchmark, metric, Sample.Values.of(Sample.Center.MEDIAN, List.of(new double[] {value})));
        }
    }

    public CommandSubject(Benchmark benchmark, Command command, Surround surround, Conditions conditions) {
        this.benchmark = requireNonNull(benchmark, "benchmark");
        this.command = requireNonNull(command, "command");
        this.surround = requireNonNull(surround, "surround");
        this.conditions = requireNonNull(conditions, "conditions");
    }

    @Override
    public String name() {
        return benchmark.label();
    }

    @Override
    public void measure(RunSink sink) throws IOException, InterruptedException {
        Execution execution = conditions.execute(name(), command, surround);
        accept(sink, WALL, execution.wallNanos() / NANOS);
        conditions.noteExit(benchmark, execution, "times", sink);
        execution.usage().ifPresent(usage -> {
            accept(sink, USER, usage.userNanos() / NANOS);
            accept(sink, SYSTEM, usage.systemNanos() / NANOS);
            usage.peakBytes().ifPresent(bytes -> accept(sink, PEAK_MEMORY, (double) bytes));
            accept(sink, CONTEXT_SWITCHES, (double) (usage.voluntarySwitches() + usage.involuntarySwitches()));
        });
    }

    private void accept(RunSink sink, Metric metric, double value) {
        sink.accept(conditions.header(), Conditions.single(benchmark, metric, value));
    }

    private static Metric metric(String name, String unit) {
        return new Metric(name, Unit.of(unit), Better.LOWER);
    }
}
