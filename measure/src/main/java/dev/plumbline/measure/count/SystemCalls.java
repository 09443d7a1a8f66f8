package dev.plumbline.measure.count;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.threshold.WorkCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code strace -c}, which counts the system calls of the command and of all processes that it starts. */
record SystemCalls() implements CountingProgram {
    private static final String COUNTS = "calls.txt";
    private static final int CALLS = 3;

    @Override
    public String name() {
        return "strace";
    }

    @Override
    public List<String> around(List<String> command, Path folder) {
        List<String> words = new ArrayList<>(List.of("strace", "-f", "-c", "-o"));
        words.add(folder.resolve(COUNTS).toString());
        words.add("--");
        words.addAll(command);
        return words;
    }

    /** Reads {@code % time, seconds, usecs/call, calls, errors, syscall}, a line for each system call. */
    @Override
    public Map<Metric, Double> read(Path folder) throws IOException {
        Path file = folder.resolve(COUNTS);
        double calls = 0;
        for (String line :
                Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.<String>of()) {
            String[] fields = line.strip().split("\\s+");
            boolean isCall = fields.length > CALLS + 1
                    && fields[CALLS].matches("[0-9]{1,15}")
                    && !fields[fields.length - 1].equals("total");
            calls += isCall ? Double.parseDouble(fields[CALLS]) : 0;
        }
        if (calls == 0) {
            throw new IOException("strace counted no system calls");
        }
        return Map.of(new Metric(Count.SYSTEM_CALLS.metric(), WorkCounts.EVENTS, Better.LOWER), calls);
    }
}
