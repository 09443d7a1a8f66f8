package dev.plumbline.measure.count;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.threshold.WorkCounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DHAT, the tool of Valgrind that counts what the allocator of the C library is asked for. */
record HeapUse() implements CountingProgram {
    private static final Pattern TOTAL = Pattern.compile("==[0-9]+== Total: +([0-9,]+) bytes in ([0-9,]+) blocks");

    @Override
    public String name() {
        return "Valgrind (DHAT)";
    }

    @Override
    public List<String> around(List<String> command, Path folder) {
        return Valgrind.around(command, "dhat", folder, "--dhat-out-file=/dev/null");
    }

    @Override
    public Map<Metric, Double> read(Path folder) throws IOException {
        double bytes = 0;
        double blocks = 0;
        boolean any = false;
        for (Path log : Valgrind.logs(folder)) {
            for (String line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
                Matcher total = TOTAL.matcher(line);
                if (total.matches()) {
                    any = true;
                    bytes += number(total.group(1));
                    blocks += number(total.group(2));
                }
            }
        }
        if (!any) {
            throw new IOException("Valgrind did not write what it counted of the heap");
        }
        Map<Metric, Double> counts = new LinkedHashMap<>();
        counts.put(new Metric(Count.ALLOCATIONS.metric(), WorkCounts.EVENTS, Better.LOWER), blocks);
        counts.put(new Metric(Count.ALLOCATED, Unit.of("B"), Better.LOWER), bytes);
        return counts;
    }

    @Override
    public List<String> complaints(Path folder) throws IOException {
        return Valgrind.complaints(folder);
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace(",", ""));
    }
}
