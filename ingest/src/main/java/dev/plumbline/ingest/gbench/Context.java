package dev.plumbline.ingest.gbench;

import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that Google Benchmark prints above a table: time, machine, caches, load. */
final class Context {
    private static final Pattern MACHINE = Pattern.compile("Run on \\(([0-9]+) X ([0-9.]+) MHz CPU ?s?\\)");
    private static final Pattern CACHE =
            Pattern.compile(" +L([0-9]+) (Data|Instruction|Unified) ([0-9]+) KiB(?: \\(x([0-9]+)\\))?");
    private static final Pattern LOAD = Pattern.compile("Load Average: ([0-9., ]+)");

    private final RunFacts facts;
    private final ImportContext importContext;
    private final List<String> caches = new ArrayList<>();
    private long cores;

    Context(RunFacts facts, ImportContext importContext) {
        this.facts = facts;
        this.importContext = importContext;
    }

    void line(String line) {
        Matcher machine = MACHINE.matcher(line);
        Matcher cache = CACHE.matcher(line);
        Matcher load = LOAD.matcher(line);
        if (machine.matches()) {
            cores = (long) Texts.number(machine.group(1));
            facts.machine("cores", machine.group(1)).machine("info.mhz", machine.group(2));
        } else if (cache.matches() && caches.size() < 20) {
            long sharing = cache.group(4) == null ? 0 : cores / Math.max(1, (long) Texts.number(cache.group(4)));
            caches.add("L" + cache.group(1) + " " + cache.group(2) + " " + (long) (Texts.number(cache.group(3)) * 1024)
                    + " B shared by " + sharing);
        } else if (load.matches()) {
            facts.machine("info.load", load.group(1).replace(",", "").strip());
        } else if (line.length() >= 19 && line.length() <= 35) {
            Times.parse(line, importContext.zone()).ifPresent(time -> facts.measuredAt(Optional.of(time)));
        }
    }

    /** The table begins: the caches are complete. */
    void end() {
        facts.machine("caches", String.join(", ", caches));
    }
}
