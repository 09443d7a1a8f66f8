package dev.plumbline.measure.count;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.threshold.WorkCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code perf stat}, which reads the counters of the processor; of user mode only, since the kernel's work varies. */
record PerfEvents() implements CountingProgram {
    private static final String COUNTS = "perf.csv";

    /** One of them has a counter of its own, and three are few enough for those of every processor. */
    private static final Map<String, Metric> EVENTS = events();

    private static final int VALUE = 0;
    private static final int EVENT = 2;
    private static final int SHARE = 4;
    private static final double WHOLE = 99.99;

    private static Map<String, Metric> events() {
        Map<String, Metric> events = new LinkedHashMap<>();
        events.put("instructions", new Metric(Count.INSTRUCTIONS.metric(), WorkCounts.EVENTS, Better.LOWER));
        events.put("branches", new Metric(Count.BRANCHES.metric(), WorkCounts.EVENTS, Better.LOWER));
        events.put("cache-misses", new Metric(Count.CACHE_MISSES.metric(), Unit.of("misses"), Better.LOWER));
        events.put("branch-misses", new Metric(Count.MISPREDICTIONS, Unit.of("branches"), Better.LOWER));
        return events;
    }

    @Override
    public String name() {
        return "perf stat";
    }

    @Override
    public List<String> around(List<String> command, Path folder) {
        List<String> words = new ArrayList<>(List.of("perf", "stat", "-x", ";", "-o"));
        words.add(folder.resolve(COUNTS).toString());
        words.add("-e");
        words.add(String.join(
                ",", EVENTS.keySet().stream().map(event -> event + ":u").toList()));
        words.add("--");
        words.addAll(command);
        return words;
    }

    /**
     * Reads {@code value;unit;event;nanoseconds;share of the time;…}, where processors with two kinds of cores have a
     * line for each kind, even if the command used only one.
     */
    @Override
    public Map<Metric, Double> read(Path folder) throws IOException {
        Path file = folder.resolve(COUNTS);
        Map<Metric, Double> counts = new LinkedHashMap<>();
        List<String> lines = Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of();
        for (String line : lines) {
            String[] fields = line.split(";", -1);
            Optional<Metric> metric = fields.length > SHARE ? metric(fields[EVENT]) : Optional.empty();
            if (metric.isPresent() && fields[VALUE].matches("[0-9]{1,18}")) {
                if (number(fields[SHARE]) < WHOLE) {
                    throw new IOException("perf counted " + fields[EVENT] + " for " + fields[SHARE]
                            + " % of the time only, because others use the processor's counters too; use --counter"
                            + " valgrind");
                }
                counts.merge(metric.get(), Double.valueOf(fields[VALUE]), Double::sum);
            }
        }
        Metric instructions = EVENTS.get("instructions");
        if (counts.getOrDefault(instructions, 0.0) > 0) {
            return counts;
        }
        throw new IOException("perf counted no instructions"
                + lines.stream()
                        .filter(line -> line.startsWith("<"))
                        .findFirst()
                        .map(line -> ": " + line.split(";", 2)[0])
                        .orElse(""));
    }

    /** {@code instructions:u}, or {@code cpu_core/instructions/u}. */
    private static Optional<Metric> metric(String event) {
        String name = event.replaceFirst("^[a-z_0-9]+/", "").replaceFirst("[:/].*$", "");
        return Optional.ofNullable(EVENTS.get(name));
    }

    /** Zero for what is no number. */
    private static double number(String text) {
        String plain = text.replace(',', '.');
        return plain.matches("[0-9]{1,3}(?:\\.[0-9]{1,6})?") ? Double.parseDouble(plain) : 0;
    }
}
