package dev.plumbline.ingest.timev;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what {@code /usr/bin/time -v} prints, with or without the output of the command, once or several times.
 *
 * <p>Each time is a process and a group; times of one command are one sample, standing for their median.
 */
public final class TimeVerboseReader implements ResultReader {
    private static final String COMMAND = "Command being timed: ";
    private static final int MOST_COMMANDS = 100_000;

    /** One line of the report, and the metric it makes. */
    private enum Line {
        USER("User time (seconds)", "user", "s"),
        SYSTEM("System time (seconds)", "system", "s"),
        ELAPSED("Elapsed (wall clock) time (h:mm:ss or m:ss)", "time", "s"),
        MEMORY("Maximum resident set size (kbytes)", "memory", "KiB"),
        MAJOR("Major (requiring I/O) page faults", "major-faults", ""),
        MINOR("Minor (reclaiming a frame) page faults", "minor-faults", ""),
        VOLUNTARY("Voluntary context switches", "voluntary-switches", ""),
        INVOLUNTARY("Involuntary context switches", "involuntary-switches", "");

        private final String label;
        private final String metric;
        private final String unit;

        Line(String label, String metric, String unit) {
            this.label = label;
            this.metric = metric;
            this.unit = unit;
        }
    }

    public static boolean recognises(Head head) {
        return head.text().lines().anyMatch(line -> line.strip().startsWith(COMMAND));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("GNU time", "").in(importContext);
        Map<String, Map<Line, RawValues>> commands = new LinkedHashMap<>();
        Map<String, String> places = new LinkedHashMap<>();
        try (Lines lines = Lines.open(source)) {
            String command = "";
            while (lines.next()) {
                String line = lines.line().strip();
                if (line.startsWith(COMMAND)) {
                    command = unquoted(line.substring(COMMAND.length()));
                    places.putIfAbsent(command, lines.where());
                    commands.computeIfAbsent(command, name -> new LinkedHashMap<>());
                    if (commands.size() > MOST_COMMANDS) {
                        handOn(commands, places, header, recorder);
                    }
                } else if (line.startsWith("Command exited with non-zero") || line.startsWith("Command terminated")) {
                    recorder.problem(lines.where(), Excerpt.quoted(line) + ": its numbers are kept");
                } else if (commands.containsKey(command)) {
                    value(line, commands.getOrDefault(command, new LinkedHashMap<>()));
                }
            }
        }
        handOn(commands, places, header, recorder);
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static void value(String line, Map<Line, RawValues> values) {
        for (Line known : Line.values()) {
            if (line.startsWith(known.label + ": ")) {
                String written = line.substring(known.label.length() + 2);
                RawValues collected = values.computeIfAbsent(known, name -> new RawValues());
                collected.add(known == Line.ELAPSED ? clock(written) : Texts.number(written));
                collected.endGroup();
            }
        }
    }

    /** {@code 0:01.27} or {@code 1:02:03} in seconds. */
    private static double clock(String written) {
        double seconds = 0;
        for (String part : written.split(":", -1)) {
            seconds = seconds * 60 + Texts.number(part);
        }
        return seconds;
    }

    private static void handOn(
            Map<String, Map<Line, RawValues>> commands,
            Map<String, String> places,
            RunHeader header,
            Recorder recorder) {
        commands.forEach((command, values) -> {
            String where = places.getOrDefault(command, "");
            Optional<Benchmark> benchmark = recorder.benchmark(where, command, Map.of());
            benchmark.ifPresent(made -> values.forEach((line, measured) -> recorder.unit(where, line.unit)
                    .ifPresent(unit -> recorder.values(
                            where, header, made, line.metric, unit, Better.LOWER, Sample.Center.MEDIAN, measured))));
        });
        commands.clear();
        places.clear();
    }
}
