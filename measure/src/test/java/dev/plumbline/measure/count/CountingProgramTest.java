package dev.plumbline.measure.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counting programs write, and what is read of it. */
class CountingProgramTest {
    @TempDir
    private Path folder;

    private Map<String, Double> read(CountingProgram program) throws IOException {
        return program.read(folder).entrySet().stream()
                .collect(Collectors.toMap(count -> count.getKey().name(), Map.Entry::getValue));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    @Test
    void perf_s_values_are_read_by_the_names_of_their_events() throws IOException {
        write("perf.csv", """
                # started on Sun Nov 29 14:07:28 2026

                1151189;;instructions:u;1204731;100.00;1.02;insn per cycle
                192730;;branches:u;1204731;100.00;;
                <not supported>;;cache-misses:u;0;100.00;;
                2961;;branch-misses:u;1204731;100,00;1.54;of all branches
                """);

        assertThat(read(new PerfEvents()))
                .isEqualTo(
                        Map.of("instructions", 1151189.0, "branch-instructions", 192730.0, "mispredictions", 2961.0));
        assertThat(new PerfEvents()
                        .read(folder)
                        .keySet()
                        .iterator()
                        .next()
                        .unit()
                        .symbol())
                .isEqualTo("events");
    }

    @Test
    void the_kinds_of_cores_of_one_processor_add_up() throws IOException {
        write("perf.csv", """
                600;;cpu_core/instructions:u/;1204731;100.00;;
                <not counted>;;cpu_atom/branches:u/;0;0.00;;
                400;;cpu_atom/instructions/u;1204731;100.00;;
                """);

        assertThat(read(new PerfEvents())).isEqualTo(Map.of("instructions", 1000.0));
    }

    @Test
    void what_perf_estimated_or_did_not_count_is_refused() throws IOException {
        write("perf.csv", "1151189;;instructions:u;1204731;66.50;1.02;insn per cycle\n");
        assertThatThrownBy(() -> read(new PerfEvents()))
                .hasMessageContaining("66.50 % of the time")
                .hasMessageContaining("--counter valgrind");

        write("perf.csv", "<not supported>;;instructions:u;0;100.00;;\n");
        assertThatThrownBy(() -> read(new PerfEvents())).hasMessage("perf counted no instructions: <not supported>");

        Files.delete(folder.resolve("perf.csv"));
        assertThatThrownBy(() -> read(new PerfEvents())).hasMessage("perf counted no instructions");
    }

    private static String cachegrind(int scale) {
        int[] events = {1000, 1, 2, 300, 4, 5, 200, 6, 7, 150, 8, 20, 9};
        StringBuilder summary = new StringBuilder();
        for (int event : events) {
            summary.append(' ').append(event * scale);
        }
        return "cmd: ./work\nevents: Ir I1mr ILmr Dr D1mr DLmr Dw D1mw DLmw Bc Bcm Bi Bim\nsummary:" + summary + "\n";
    }

    @Test
    void the_simulated_processes_of_a_command_add_up_and_cycles_cost_what_kcachegrind_says() throws IOException {
        write("counts.12", cachegrind(1));
        write("counts.13", cachegrind(2));

        assertThat(read(new SimulatedProcessor()))
                .isEqualTo(Map.of(
                        "instructions",
                        3000.0,
                        "branch-instructions",
                        3 * 170.0,
                        "modelled-cycles",
                        3 * (1000 + 10.0 * (1 + 4 + 6) + 10 * (8 + 9) + 100 * (2 + 5 + 7)),
                        "last-level-misses",
                        3 * 14.0,
                        "first-level-misses",
                        3 * 11.0,
                        "mispredictions",
                        3 * 17.0));
    }

    @Test
    void a_simulation_that_wrote_nothing_or_not_all_is_refused() throws IOException {
        assertThatThrownBy(() -> read(new SimulatedProcessor())).hasMessage("Valgrind did not write what it counted");

        write("counts.12", "cmd: ./work\nevents: Ir\nfn=a\n1 100\n");
        assertThatThrownBy(() -> read(new SimulatedProcessor())).hasMessageContaining("no totals");
    }

    @Test
    void a_process_that_was_killed_is_missed_and_complaints_are_found() throws IOException {
        write("log.1", "==1== Cachegrind, a cache and branch-prediction profiler\n==1== Command: a\n");
        write("log.2", """
                ==2== Cachegrind, a cache and branch-prediction profiler
                vex amd64->IR: unhandled instruction bytes: 0x62 0xF1
                ==2== valgrind: Unrecognised instruction at address 0x109139.
                """);
        write("counts.1", cachegrind(1));

        assertThat(new SimulatedProcessor().lost(folder)).isEqualTo(1);
        assertThat(new SimulatedProcessor().complaints(folder))
                .containsExactly(
                        "vex amd64->IR: unhandled instruction bytes: 0x62 0xF1",
                        "valgrind: Unrecognised instruction at address 0x109139.");
    }

    @Test
    void the_heaps_of_all_processes_add_up() throws IOException {
        write("log.1", "==1== DHAT, a dynamic heap analysis tool\n==1== Total:     69,632 bytes in 2 blocks\n");
        write("log.2", "==2== Total:     1,000 bytes in 1,003 blocks\n==2== At t-gmax: 9 bytes in 1 blocks\n");

        assertThat(read(new HeapUse())).isEqualTo(Map.of("heap-allocated", 70632.0, "heap-allocations", 1005.0));
        Files.delete(folder.resolve("log.1"));
        Files.delete(folder.resolve("log.2"));
        assertThatThrownBy(() -> read(new HeapUse())).hasMessageContaining("did not write");
    }

    @Test
    void system_calls_are_added_up_with_and_without_errors() throws IOException {
        write("calls.txt", """
                % time     seconds  usecs/call     calls    errors syscall
                ------ ----------- ----------- --------- --------- ----------------
                 60.00    0.000031           1        17           mmap
                 40.00    0.000004           4         1         1 access
                ------ ----------- ----------- --------- --------- ----------------
                100.00    0.000035           1        18         1 total
                """);

        assertThat(read(new SystemCalls())).isEqualTo(Map.of("system-calls", 18.0));
        Files.delete(folder.resolve("calls.txt"));
        assertThatThrownBy(() -> read(new SystemCalls())).hasMessage("strace counted no system calls");
    }

    @Test
    void the_command_stays_as_it_is_and_paths_are_no_patterns() {
        Path odd = Path.of("/tmp/50%p off");

        for (CountingProgram program :
                List.of(new PerfEvents(), new SimulatedProcessor(), new HeapUse(), new SystemCalls())) {
            List<String> words = program.around(List.of("./solve", "-e", "a b"), odd);

            assertThat(words.subList(words.size() - 3, words.size())).containsExactly("./solve", "-e", "a b");
        }
        assertThat(new SimulatedProcessor().around(List.of("a"), odd)).contains("--log-file=/tmp/50%%p off/log.%p");
    }

    @Test
    void what_was_asked_for_comes_first() {
        Counting counting =
                new Counting(List.of(Count.CYCLES, Count.BRANCHES, Count.CYCLES), java.util.Optional.empty());

        assertThat(counting.metrics(List.of("instructions", "branch-instructions", "modelled-cycles").stream()))
                .containsExactly("modelled-cycles", "branch-instructions", "instructions");
        assertThatThrownBy(() -> new Counting(List.of(Count.CYCLES), java.util.Optional.of(Counting.Counter.PERF)))
                .hasMessageContaining("modelled by Valgrind");
    }

    @Test
    void every_metric_has_the_name_that_its_count_says() throws IOException {
        write("counts.12", cachegrind(1));
        List<String> names = new SimulatedProcessor()
                .read(folder).keySet().stream().map(Metric::name).toList();

        assertThat(names)
                .contains(
                        Count.INSTRUCTIONS.metric(),
                        Count.BRANCHES.metric(),
                        Count.CYCLES.metric(),
                        Count.CACHE_MISSES.metric());
    }
}
