package dev.plumbline.ingest.tinybench;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.summary.Durations;
import dev.plumbline.ingest.input.summary.JavaScriptTask;
import dev.plumbline.ingest.input.summary.LoadTest;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads tasks of tinybench: {@code [{name, result}]} or {@code [{name, ...result}]} as JSON, and the table that {@code
 * console.table(bench.table())} prints.
 *
 * <p>Version 2 states one rate, {@code hz}; later versions have statistics of the rate, whose mean is not the inverse
 * of the mean time.
 */
public final class TinybenchReader implements ResultReader {
    private static final Pattern MARGIN = Pattern.compile("([0-9.]+) ± ([0-9.]+)(%?)");

    public static boolean recognises(Head head) {
        boolean tasks = head.isList()
                && head.has("[]", "name")
                && (head.has("[]", "result", "latency")
                        || head.has("[]", "result", "hz")
                        || head.has("[]", "hz") && head.has("[]", "moe"));
        return tasks
                || !head.isObject()
                        && !head.isList()
                        && head.lines(2000).stream().anyMatch(TinybenchReader::isHead);
    }

    private static boolean isHead(String line) {
        List<String> cells = cells(line);
        return cells.size() > 3
                && cells.get(0).equals("(index)")
                && cells.get(1).equalsIgnoreCase("task name");
    }

    /** The cells of a line of a table; empty when it is none. */
    private static List<String> cells(String line) {
        String stripped = line.strip();
        if (!stripped.startsWith("│") || !stripped.endsWith("│")) {
            return List.of();
        }
        List<String> cells = new ArrayList<>();
        for (String cell : stripped.substring(1).split("│")) {
            String text = cell.strip();
            boolean quoted = text.length() > 1 && text.startsWith("'") && text.endsWith("'");
            cells.add(quoted ? text.substring(1, text.length() - 1) : text);
        }
        return cells;
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        if (source.head().isList()) {
            json(source, importContext, sink, recorder);
        } else {
            table(source, new RunFacts().tool("tinybench", "").in(importContext), recorder);
        }
    }

    private static void json(Source source, ImportContext importContext, RunSink sink, Recorder recorder)
            throws IOException {
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.list(() -> task(json, importContext, recorder));
            }
        }
    }

    private static void task(Json json, ImportContext importContext, Recorder recorder) throws IOException {
        String where = json.where();
        Map<String, String> facts = new TreeMap<>();
        JavaScriptTask latency = new JavaScriptTask(where);
        JavaScriptTask throughput = new JavaScriptTask(where);
        json.object(key -> {
            if (key.equals("result")) {
                json.object(part -> member(part, json, facts, latency, throughput));
            } else {
                member(key, json, facts, latency, throughput);
            }
        });
        String runtime = facts.getOrDefault("runtime", "") + " " + facts.getOrDefault("runtimeVersion", "");
        RunFacts run = new RunFacts().tool("tinybench", "").software("runtime", runtime.strip());
        Optional<RunHeader> header = recorder.header(where, run, importContext);
        String name = facts.getOrDefault("name", "");
        header.ifPresent(there -> {
            latency.record(name, Optional.of("hz"), Better.HIGHER, there, recorder);
            throughput.sample().ifPresent(sample -> recorder.benchmark(where, name, Map.of())
                    .ifPresent(benchmark -> new LoadTest(recorder, where, there, benchmark)
                            .sample("throughput", "ops/s", Better.HIGHER, sample)));
        });
    }

    private static void member(
            String key, Json json, Map<String, String> facts, JavaScriptTask latency, JavaScriptTask throughput)
            throws IOException {
        switch (key) {
            case "name", "runtime", "runtimeVersion" -> facts.put(key, json.text());
            case "latency" -> json.object(part -> latency.field(part, json));
            case "throughput" -> json.object(part -> throughput.field(part, json));
            default -> latency.field(key, json);
        }
    }

    private static void table(Source source, RunHeader header, Recorder recorder) throws IOException {
        List<String> columns = List.of();
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                List<String> cells = cells(lines.line());
                if (isHead(lines.line())) {
                    columns = cells.stream()
                            .map(cell -> cell.toLowerCase(Locale.ROOT))
                            .toList();
                } else if (!columns.isEmpty() && cells.size() == columns.size()) {
                    Map<String, String> row = new TreeMap<>();
                    for (int i = 0; i < columns.size(); i++) {
                        row.put(columns.get(i), cells.get(i));
                    }
                    row(lines.where(), row, header, recorder);
                } else if (!cells.isEmpty()) {
                    recorder.problem(
                            lines.where(),
                            "the row has " + cells.size() + " of " + columns.size() + " cells; it is skipped");
                }
            }
        }
    }

    private static void row(String where, Map<String, String> row, RunHeader header, Recorder recorder) {
        recorder.benchmark(where, row.getOrDefault("task name", ""), Map.of()).ifPresent(benchmark -> {
            LoadTest load = new LoadTest(recorder, where, header, benchmark);
            double count = Texts.number(row.getOrDefault("samples", ""));
            if (!(count > 0)) {
                recorder.problem(
                        where, benchmark, "time", "there are no samples, as if the task had failed; it is skipped");
                return;
            }
            if (row.containsKey("average time (ns)")) {
                double mean = Texts.number(row.getOrDefault("average time (ns)", ""));
                String margin = row.getOrDefault("margin", "").replace("±", "").replace("%", "");
                load.cost("time", "ns", within(mean, Texts.number(margin), true).count(count));
                load.value("throughput", "ops/s", Better.HIGHER, number(row.getOrDefault("ops/sec", "")));
                return;
            }
            StatedSummary time =
                    stated(row.getOrDefault("latency avg (ns)", "")).count(count);
            load.cost("time", "ns", time.quantile(0.5, median(row.getOrDefault("latency med (ns)", ""))));
            stated(row.getOrDefault("throughput avg (ops/s)", ""))
                    .count(count)
                    .quantile(0.5, median(row.getOrDefault("throughput med (ops/s)", "")))
                    .sample()
                    .ifPresent(sample -> load.sample("throughput", "ops/s", Better.HIGHER, sample));
        });
    }

    /** {@code 57,479} as the browsers of English countries write it. */
    private static double number(String written) {
        return Texts.number(written.replace(",", ""));
    }

    private static double median(String cell) {
        Matcher margin = MARGIN.matcher(cell);
        return margin.matches() ? Texts.number(margin.group(1)) : Double.NaN;
    }

    private static StatedSummary stated(String cell) {
        Matcher margin = MARGIN.matcher(cell);
        return margin.matches()
                ? within(
                        Texts.number(margin.group(1)),
                        Texts.number(margin.group(2)),
                        margin.group(3).equals("%"))
                : StatedSummary.location(Double.NaN);
    }

    private static StatedSummary within(double mean, double margin, boolean percent) {
        double distance = percent ? mean * Durations.shifted(margin, -2) : margin;
        return StatedSummary.location(mean).interval(mean - distance, mean + distance, 0.95);
    }
}
