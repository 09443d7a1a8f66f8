package dev.plumbline.measure.count;

import static java.util.Objects.requireNonNull;

import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.ProcessRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The counting programs of this machine; each is tried before it is used. */
public final class Counters {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String INSTALL_VALGRIND = "install Valgrind (Debian and Ubuntu: apt-get install valgrind)";

    private final ProcessRunner runner;
    private final Map<String, String> variables;
    private final Path scratch;

    /**
     * @param variables the environment of the programs
     * @param scratch a folder for what they print
     */
    public Counters(ProcessRunner runner, Map<String, String> variables, Path scratch) {
        this.runner = requireNonNull(runner, "runner");
        this.variables = Map.copyOf(variables);
        this.scratch = requireNonNull(scratch, "scratch");
    }

    /**
     * The programs that a command is run with, one after another.
     *
     * @throws CommandFailure if one is missing; the message says which and what helps
     */
    List<CountingProgram> programs(Counting counting) throws IOException, InterruptedException {
        List<CountingProgram> programs = new ArrayList<>();
        programs.add(instructions(counting));
        if (counting.counts().contains(Count.ALLOCATIONS)) {
            if (valgrind().isEmpty()) {
                throw new CommandFailure("allocations are counted by Valgrind: " + INSTALL_VALGRIND);
            }
            programs.add(new HeapUse());
        }
        if (counting.counts().contains(Count.SYSTEM_CALLS)) {
            Optional<String> why = refusal(new SystemCalls());
            if (why.isPresent()) {
                throw new CommandFailure("system calls are counted by strace (" + why.get()
                        + "): install it, and let it trace processes (containers: --cap-add=SYS_PTRACE)");
            }
            programs.add(new SystemCalls());
        }
        return List.copyOf(programs);
    }

    private CountingProgram instructions(Counting counting) throws IOException, InterruptedException {
        boolean modelled = counting.counts().contains(Count.CYCLES);
        boolean onlyValgrind = counting.counter().equals(Optional.of(Counting.Counter.VALGRIND)) || modelled;
        Optional<String> closed = onlyValgrind ? Optional.of("not asked for") : perfRefusal();
        if (closed.isEmpty()) {
            return new PerfEvents();
        }
        if (counting.counter().equals(Optional.of(Counting.Counter.PERF))) {
            throw new CommandFailure(
                    "perf events are not open here (" + closed.get() + "); leave out --counter perf to use Valgrind");
        }
        if (valgrind().isPresent()) {
            return new SimulatedProcessor();
        }
        throw new CommandFailure(
                onlyValgrind
                        ? "there is no Valgrind here: " + INSTALL_VALGRIND
                        : "there are neither perf events (" + closed.get() + ") nor Valgrind here: "
                                + INSTALL_VALGRIND);
    }

    /** The reason why the counters of the processor cannot be read; empty when they can. */
    public Optional<String> perfRefusal() throws IOException, InterruptedException {
        return refusal(new PerfEvents());
    }

    /** The version of Valgrind, such as {@code valgrind-3.24.0}; empty when there is none. */
    public Optional<String> valgrind() throws IOException, InterruptedException {
        Path output = Files.createDirectories(scratch).resolve("version.txt");
        try {
            boolean runs =
                    runner.run(command("valgrind", "--version"), output, LIMIT).succeeded();
            return runs
                    ? Optional.of(Files.readString(output, StandardCharsets.ISO_8859_1)
                            .strip())
                    : Optional.empty();
        } catch (CommandFailure e) {
            return Optional.empty();
        }
    }

    private Optional<String> refusal(CountingProgram program) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(scratch);
        folder = Files.createTempDirectory(folder, "probe");
        Path output = folder.resolve("output.txt");
        try {
            boolean runs = runner.run(command(program.around(List.of("true"), folder)), output, LIMIT)
                    .succeeded();
            program.read(folder);
            return runs ? Optional.empty() : Optional.of(firstLine(output));
        } catch (CommandFailure e) {
            return Optional.of(e.getMessage());
        } catch (IOException e) {
            String printed = firstLine(output);
            // perf writes <not supported> only to its file
            return Optional.of(printed.isEmpty() || e.getMessage().contains("<") ? e.getMessage() : printed);
        }
    }

    private static String firstLine(Path output) throws IOException {
        return Files.exists(output)
                ? Files.readString(output, StandardCharsets.ISO_8859_1)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.equals("Error:"))
                        .findFirst()
                        .orElse("")
                : "";
    }

    private Command command(String... words) {
        return command(List.of(words));
    }

    private Command command(List<String> words) {
        return new Command(words, Path.of("/"), variables);
    }
}
