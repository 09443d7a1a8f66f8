package dev.plumbline.measure.count;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.threshold.WorkCounts;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.NamedNumbers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cachegrind, the tool of Valgrind that simulates a processor with two levels of caches and a branch predictor.
 *
 * <p>It has the events of Callgrind and takes half its time, for it notes no calls. The caches are the same on every
 * machine: else the misses and the cycles would be those of the machine that happened to run the command.
 */
record SimulatedProcessor() implements CountingProgram {
    private static final String COUNTS = "counts.";

    /** Counted by hardware and by a simulation a program has other numbers, which is why the units differ. */
    private static final Unit EVENTS = WorkCounts.SIMULATED_EVENTS;

    // size, associativity, bytes of a line
    private static final String FIRST_LEVEL = "32768,8,64";
    private static final String LAST_LEVEL = "8388608,16,64";

    /** The cost, as in KCachegrind, of a mispredicted branch, of a miss of the first level and of the last. */
    private static final int SHORT_DELAY = 10;

    private static final int LONG_DELAY = 100;

    @Override
    public String name() {
        return "Valgrind (Cachegrind)";
    }

    @Override
    public List<String> around(List<String> command, Path folder) {
        return Valgrind.around(
                command,
                "cachegrind",
                folder,
                "--cache-sim=yes",
                "--branch-sim=yes",
                "--I1=" + FIRST_LEVEL,
                "--D1=" + FIRST_LEVEL,
                "--LL=" + LAST_LEVEL,
                "--cachegrind-out-file=" + Valgrind.literal(folder.resolve(COUNTS)) + "%p");
    }

    @Override
    public Map<Metric, Double> read(Path folder) throws IOException {
        Sum sum = new Sum();
        for (Path file : CountingProgram.files(folder, COUNTS)) {
            Results.with(ImportContext.unknown(Instant.EPOCH)).read(file, Optional.of(Format.CALLGRIND), sum);
        }
        if (!sum.problems.isEmpty() || sum.of("Ir") == 0) {
            throw new IOException("Valgrind did not write what it counted" + sum.problems);
        }
        double instructions = sum.of("Ir");
        double first = sum.of("I1mr", "D1mr", "D1mw");
        double last = sum.of("ILmr", "DLmr", "DLmw");
        double wrong = sum.of("Bcm", "Bim");
        Map<Metric, Double> counts = new LinkedHashMap<>();
        counts.put(metric(Count.INSTRUCTIONS.metric(), EVENTS), instructions);
        counts.put(metric(Count.BRANCHES.metric(), EVENTS), sum.of("Bc", "Bi"));
        counts.put(
                metric(Count.CYCLES.metric(), WorkCounts.SIMULATED_CYCLES),
                instructions + SHORT_DELAY * (wrong + first) + LONG_DELAY * last);
        counts.put(metric(Count.CACHE_MISSES.metric(), Unit.of("misses")), last);
        counts.put(metric(Count.FIRST_LEVEL_MISSES, Unit.of("misses")), first);
        counts.put(metric(Count.MISPREDICTIONS, Unit.of("branches")), wrong);
        return counts;
    }

    @Override
    public int lost(Path folder) throws IOException {
        return Math.max(
                0,
                Valgrind.logs(folder).size()
                        - CountingProgram.files(folder, COUNTS).size());
    }

    @Override
    public List<String> complaints(Path folder) throws IOException {
        return Valgrind.complaints(folder);
    }

    private static Metric metric(String name, Unit unit) {
        return new Metric(name, unit, Better.LOWER);
    }

    /** The events of all processes, by name. */
    private static final class Sum implements RunSink {
        private final NamedNumbers events = new NamedNumbers();
        private String problems = "";

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            events.add(measurement.metric().name(), measurement.sample().location());
        }

        @Override
        public void problem(Problem problem) {
            problems = ": " + problem;
        }

        double of(String... names) {
            double sum = 0;
            for (String name : names) {
                sum += events.getOr(name, 0);
            }
            return sum;
        }
    }
}
