package dev.plumbline.measure.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.measure.Collected;
import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.CommandFailure;
import dev.plumbline.measure.process.Execution;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.measure.subject.CommandSubject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are counted: with made-up programs around them, and with those of this machine. */
class CountedSubjectTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Counting INSTRUCTIONS = new Counting(List.of(Count.INSTRUCTIONS), Optional.empty());
    private static final RunHeader HEADER =
            new RunHeader(Revision.unknown(), Environment.unknown(), Optional.empty(), Instant.EPOCH, new TreeMap<>());

    @TempDir
    private Path folder;

    private final List<List<String>> started = new ArrayList<>();

    /** A machine on which only some programs can be started, and perf writes what it is given. */
    private ProcessRunner machine(String perf, String... programs) {
        return new ProcessRunner() {
            @Override
            public Execution run(Command command, Path output, Duration limit) throws IOException {
                started.add(command.words());
                String program = command.words().get(0);
                if (!List.of(programs).contains(program)) {
                    throw new CommandFailure(program + ": cannot be started: No such file or directory");
                }
                Files.writeString(output, "valgrind-3.24.0\n");
                if (program.equals("perf")) {
                    Files.writeString(Path.of(command.words().get(5)), perf);
                }
                return new Execution(0, 1, Optional.empty());
            }

            @Override
            public void cancel() {
                // nothing runs
            }
        };
    }

    private Counters counters(ProcessRunner runner) {
        return new Counters(runner, Map.of(), folder.resolve("probes"));
    }

    private CountedSubject subject(ProcessRunner runner, Counting counting, Command command) throws Exception {
        return subject(runner, counting, command, Set.of(0));
    }

    private CountedSubject subject(ProcessRunner runner, Counting counting, Command command, Set<Integer> accepted)
            throws Exception {
        return new CountedSubject(
                Benchmark.of("b"),
                command,
                CommandSubject.Surround.NOTHING,
                new CommandSubject.Conditions(runner, HEADER, folder.resolve("output.txt"), LIMIT, accepted),
                counting,
                new Counters(runner, System.getenv(), folder.resolve("probes")));
    }

    private Command shell(String line) {
        return Command.shell(line, folder, System.getenv());
    }

    @Test
    void open_perf_events_are_preferred_and_the_command_runs_once_by_itself_first() throws Exception {
        ProcessRunner machine = machine("1000;;instructions:u;9;100.00;;\n", "perf", "valgrind", "./solve");
        Collected collected = new Collected();

        CountedSubject subject = subject(machine, INSTRUCTIONS, new Command(List.of("./solve"), folder, Map.of()));
        started.clear();
        subject.measure(collected);
        subject.measure(collected);

        assertThat(started).extracting(words -> words.get(0)).containsExactly("./solve", "perf", "perf");
        Measurement only = collected.runs().get(0).measurements().get(0);
        assertThat(only.metric().name()).isEqualTo("instructions");
        assertThat(only.sample().groupLocations()).containsExactly(1000, 1000);
        assertThat(collected.runs().get(0).header().context()).containsEntry("counted by", "perf stat");
    }

    @Test
    void closed_perf_events_leave_valgrind_and_neither_is_an_error_with_its_remedy() throws Exception {
        String closed = "<not supported>;;instructions:u;0;100.00;;\n";

        assertThat(counters(machine(closed, "perf", "valgrind")).programs(INSTRUCTIONS))
                .containsExactly(new SimulatedProcessor());
        assertThat(counters(machine(closed, "perf", "valgrind")).perfRefusal())
                .hasValue("perf counted no instructions: <not supported>");
        assertThatThrownBy(() -> counters(machine(closed, "perf")).programs(INSTRUCTIONS))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("neither perf events")
                .hasMessageContaining("apt-get install valgrind");
        assertThatThrownBy(() -> counters(machine(closed)).programs(INSTRUCTIONS))
                .hasMessageContaining("perf: cannot be started");
    }

    @Test
    void the_counter_that_somebody_names_is_used_or_missed() throws Exception {
        String open = "1000;;instructions:u;9;100.00;;\n";
        Counting perf = new Counting(List.of(Count.INSTRUCTIONS), Optional.of(Counting.Counter.PERF));
        Counting valgrind = new Counting(List.of(Count.INSTRUCTIONS), Optional.of(Counting.Counter.VALGRIND));
        Counting cycles = new Counting(List.of(Count.CYCLES), Optional.empty());

        assertThat(counters(machine(open, "perf", "valgrind")).programs(valgrind))
                .containsExactly(new SimulatedProcessor());
        assertThat(counters(machine(open, "perf", "valgrind")).programs(cycles))
                .containsExactly(new SimulatedProcessor());
        assertThatThrownBy(() -> counters(machine("", "valgrind")).programs(perf))
                .hasMessageContaining("leave out --counter perf");
        assertThatThrownBy(() -> counters(machine(open, "perf")).programs(valgrind))
                .hasMessageContaining("no Valgrind here");
        assertThatThrownBy(() -> counters(machine(open, "perf"))
                        .programs(new Counting(List.of(Count.SYSTEM_CALLS), Optional.empty())))
                .hasMessageContaining("strace: cannot be started");
        assertThatThrownBy(() -> counters(machine(open, "perf"))
                        .programs(new Counting(List.of(Count.ALLOCATIONS), Optional.empty())))
                .hasMessageContaining("allocations are counted by Valgrind");
    }

    @Test
    void jmh_counts_through_perf_events_only() throws Exception {
        CountedForks forks =
                new CountedForks(INSTRUCTIONS, counters(machine("1000;;instructions:u;9;100.00;;\n", "perf")));

        assertThat(forks.options()).containsExactly("-prof", "perfnorm");
        assertThatThrownBy(() -> new CountedForks(INSTRUCTIONS, counters(machine("", "valgrind"))))
                .hasMessageContaining("not open here")
                .hasMessageContaining("perf_event_paranoid");
        assertThatThrownBy(() -> new CountedForks(
                        new Counting(List.of(Count.ALLOCATIONS), Optional.empty()), counters(machine("", "perf"))))
                .hasMessageContaining("--prof gc");
    }

    private void needValgrind(ProcessRunner runner) throws Exception {
        assumeTrue(
                new Counters(runner, System.getenv(), folder.resolve("probes"))
                        .valgrind()
                        .isPresent(),
                "Valgrind is not installed");
    }

    private static Counting simulated(Count... counts) {
        return new Counting(List.of(counts), Optional.of(Counting.Counter.VALGRIND));
    }

    @Test
    void valgrind_counts_the_same_each_time_and_all_that_a_command_starts() throws Exception {
        ProcessRunner runner = ProcessRunner.forThisMachine();
        needValgrind(runner);
        Collected collected = new Collected();
        Collected more = new Collected();

        CountedSubject subject = subject(runner, simulated(Count.ALLOCATIONS), shell("expr 1 + 1 >&2"));
        subject.measure(collected);
        subject.measure(collected);
        subject(runner, simulated(Count.INSTRUCTIONS), shell("expr 1 + 1; expr 1 + 1"))
                .measure(more);

        List<Measurement> counts = collected.runs().get(0).measurements();
        assertThat(counts)
                .extracting(count -> count.metric().name())
                .startsWith("heap-allocations", "instructions")
                .contains("modelled-cycles", "last-level-misses", "heap-allocated");
        double[] instructions = counts.get(1).sample().groupLocations();
        assertThat(Math.abs(instructions[0] - instructions[1])).isLessThan(0.001 * instructions[0]);
        double both = more.runs().get(0).measurements().get(0).sample().location();
        assertThat(both).isBetween(1.3 * instructions[0], 2.2 * instructions[0]);
        assertThat(collected.problems()).isEmpty();
        assertThat(Files.readString(folder.resolve("output.txt"))).isEqualTo("2\n2\n");
    }

    @Test
    void a_command_that_fails_is_an_error_and_nothing_of_it_is_kept() throws Exception {
        ProcessRunner runner = ProcessRunner.forThisMachine();
        needValgrind(runner);
        Collected collected = new Collected();

        assertThatThrownBy(() -> subject(runner, simulated(Count.INSTRUCTIONS), shell("echo broken; exit 7"))
                        .measure(collected))
                .hasMessage("b: ended with exit code 7:\nbroken");
        // the second time only, under Valgrind
        assertThatThrownBy(
                        () -> subject(runner, simulated(Count.INSTRUCTIONS), shell("mkdir once && exit 0; kill -9 $$"))
                                .measure(collected))
                .hasMessageStartingWith("b: ended with exit code 137");
        assertThatThrownBy(() -> subject(
                                runner,
                                simulated(Count.INSTRUCTIONS),
                                new Command(List.of("./nothing"), folder, System.getenv()))
                        .measure(collected))
                .hasMessageContaining("./nothing: cannot be started");
        assertThat(collected.runs()).isEmpty();

        subject(runner, simulated(Count.INSTRUCTIONS), shell("exit 7"), Set.of(0, 7))
                .measure(collected);
        assertThat(collected.runs().get(0).measurements())
                .extracting(count -> count.metric().name())
                .contains("instructions", "exit-code");
        assertThat(collected.problems())
                .containsExactly(new Problem("b", "ended with exit code 7; its counts are kept, as requested"));
    }

    @Test
    void a_killed_child_and_a_program_that_does_not_repeat_are_told() throws Exception {
        ProcessRunner runner = ProcessRunner.forThisMachine();
        needValgrind(runner);
        Collected collected = new Collected();

        subject(runner, simulated(Count.INSTRUCTIONS), shell("sleep 9 & kill -9 $!; wait"), Set.of(0, 137))
                .measure(collected);
        CountedSubject growing = subject(
                runner,
                simulated(Count.INSTRUCTIONS),
                shell("echo x >>grown; expr 1 + $(wc -l <grown);"
                        + " for i in $(cat grown); do for j in $(cat grown) 1 2 3 4 5 6 7 8; do :; done; done"));
        growing.measure(collected);
        growing.measure(collected);

        assertThat(collected.problems())
                .extracting(Problem::toString)
                .anyMatch(text -> text.contains("1 process was killed"))
                .anyMatch(text -> text.contains("does not do the same work each time"));
    }
}
