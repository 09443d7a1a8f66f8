package dev.plumbline.measure.count;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.threshold.WorkCounts;
import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.Execution;
import dev.plumbline.measure.subject.CommandSubject;
import dev.plumbline.measure.subject.OutputTail;
import dev.plumbline.measure.subject.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A command whose executions are counted instead of timed. Before the first one that is counted it runs once by itself:
 * programs that leave something behind for the next time (compiled code, caches) do more work the first time.
 */
public final class CountedSubject implements Subject {
    private final Benchmark benchmark;
    private final Command command;
    private final CommandSubject.Surround surround;
    private final CommandSubject.Conditions conditions;
    private final Counting counting;
    private final List<CountingProgram> programs;
    private final Path folder;
    private final RunHeader header;
    /** The least and the most of each count so far. */
    private final Map<Metric, double[]> ranges = new LinkedHashMap<>();

    private boolean warm;

    /**
     * @param counters of this machine
     * @throws CommandFailure if what was asked for cannot be counted here; the message says what helps
     */
    public CountedSubject(
            Benchmark benchmark,
            Command command,
            CommandSubject.Surround surround,
            CommandSubject.Conditions conditions,
            Counting counting,
            Counters counters)
            throws IOException, InterruptedException {
        this(benchmark, command, surround, conditions, counting, counters.programs(counting));
    }

    CountedSubject(
            Benchmark benchmark,
            Command command,
            CommandSubject.Surround surround,
            CommandSubject.Conditions conditions,
            Counting counting,
            List<CountingProgram> programs) {
        this.benchmark = requireNonNull(benchmark, "benchmark");
        this.command = requireNonNull(command, "command");
        this.surround = requireNonNull(surround, "surround");
        this.conditions = requireNonNull(conditions, "conditions");
        this.counting = requireNonNull(counting, "counting");
        this.programs = List.copyOf(programs);
        this.header = header(conditions.header(), this.programs);
        this.folder = conditions.output().resolveSibling("counts").toAbsolutePath();
    }

    /** The header, with the programs that counted. */
    private static RunHeader header(RunHeader header, List<CountingProgram> programs) {
        SortedMap<String, String> context = new TreeMap<>(header.context());
        context.put("counted by", programs.stream().map(CountingProgram::name).collect(Collectors.joining(", ")));
        return new RunHeader(header.revision(), header.environment(), header.measuredAt(), header.addedAt(), context);
    }

    @Override
    public String name() {
        return benchmark.label();
    }

    @Override
    public void measure(RunSink sink) throws IOException, InterruptedException {
        if (!warm) {
            conditions.execute(name(), command, surround);
            warm = true;
        }
        Map<Metric, Double> counts = new LinkedHashMap<>();
        int lost = 0;
        Execution last = null;
        for (CountingProgram program : programs) {
            last = run(program);
            counts.putAll(counted(program));
            lost = Math.max(lost, program.lost(folder));
        }
        if (lost > 0) {
            sink.problem(new Problem(
                    name(),
                    lost + (lost == 1 ? " process was" : " processes were")
                            + " killed; what it did is missing from the counts"));
        }
        counting.metrics(counts.keySet().stream().map(Metric::name))
                .forEach(name -> counts.forEach((metric, count) -> {
                    if (metric.name().equals(name)) {
                        sink.accept(header, CommandSubject.Conditions.single(benchmark, metric, count));
                    }
                }));
        counts.forEach((metric, count) -> note(metric, count, sink));
        conditions.noteExit(benchmark, last, "counts", sink);
    }

    private Execution run(CountingProgram program) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        for (Path file : CountingProgram.files(folder, "")) {
            Files.delete(file);
        }
        try {
            return conditions.execute(name(), command.withWords(program.around(command.words(), folder)), surround);
        } catch (CommandFailure e) {
            throw explained(e, program);
        }
    }

    private Map<Metric, Double> counted(CountingProgram program) throws IOException {
        try {
            return program.read(folder);
        } catch (IOException e) {
            throw explained(
                    new CommandFailure(name() + ": " + e.getMessage() + OutputTail.of(conditions.output()), e),
                    program);
        }
    }

    /** The failure with the counting program's own complaint, which is the cause, whatever else failed. */
    private CommandFailure explained(CommandFailure failure, CountingProgram program) throws IOException {
        List<String> complaints = program.complaints(folder);
        return complaints.isEmpty()
                ? failure
                : new CommandFailure(
                        name() + ": " + program.name() + " cannot run it: " + String.join("; ", complaints), failure);
    }

    /** Reports once where a program does not do the same work each time. */
    private void note(Metric metric, double count, RunSink sink) {
        if (WorkCounts.isOne(metric)) {
            double[] range = ranges.computeIfAbsent(metric, first -> new double[] {count, count});
            range[0] = Math.min(range[0], count);
            range[1] = Math.max(range[1], count);
            if (!WorkCounts.agree(range)) {
                sink.problem(new Problem(
                        name(),
                        metric.name() + " differ by more than " + 100 * WorkCounts.NOISE
                                + " % between executions: the program does not do the same work each time (threads,"
                                + " hash seeds, addresses, the clock), so it is judged like times are"));
            }
        }
    }
}
