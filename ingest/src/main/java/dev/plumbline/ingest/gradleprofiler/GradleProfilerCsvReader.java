package dev.plumbline.ingest.gradleprofiler;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code benchmark.csv} of gradle-profiler: the wide layout, with a column for every scenario and value, and the
 * long one ({@code --csv-format long}), with a row for every build and value.
 *
 * <p>Warm-up builds are passed over, and so are the statistics below the builds that old versions wrote. The values
 * are written without quotes in the country's own numbers: a row with decimal commas has too many fields, a problem.
 */
public final class GradleProfilerCsvReader implements ResultReader {
    private static final List<String> LONG = List.of("scenario", "tool", "tasks", "phase", "iteration", "sample");
    private static final int MOST_WAITING = 1 << 18;
    private static final Pattern MEASURED = Pattern.compile("(?:measured )?build #?[0-9]+");
    private static final Pattern WITH_UNIT = Pattern.compile("(.+) \\(([^()]+)\\)");

    public static boolean recognises(Head head) {
        List<String> columns = Csv.columns(head);
        if (columns.containsAll(LONG)) {
            return true;
        }
        List<String> lines = head.lines(4);
        return !columns.isEmpty()
                && columns.get(0).equals("scenario")
                && lines.size() > 2
                && (starts(lines.get(1), "version") || starts(lines.get(1), "tasks"))
                && (starts(lines.get(2), "tasks") || starts(lines.get(2), "value"));
    }

    private static boolean starts(String line, String word) {
        return line.startsWith(word + ",") || line.startsWith(word + ";");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("gradle-profiler", "").in(importContext);
        try (Csv csv = Csv.open(source)) {
            List<String> columns = csv.columns().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList();
            if (columns.containsAll(LONG)) {
                Csv.requireDistinct(csv.where(), columns, UnaryOperator.identity());
                rows(csv, columns, header, recorder);
            } else {
                columns(csv, header, recorder);
            }
        }
    }

    /** One benchmark while its builds are read. */
    private record Scenario(String where, Benchmark benchmark, Builds builds, Map<String, String> units) {
        void handOn() {
            builds.handOn(where, benchmark, units);
        }
    }

    private static void rows(Csv csv, List<String> columns, RunHeader header, Recorder recorder) throws IOException {
        int[] at = LONG.stream().mapToInt(columns::indexOf).toArray();
        int duration = columns.indexOf("duration") >= 0 ? columns.indexOf("duration") : columns.size() - 1;
        Map<List<String>, Optional<Scenario>> waiting = new LinkedHashMap<>();
        int values = 0;
        while (csv.next()) {
            if (!fits(csv, recorder) || !csv.field(at[3]).equals("MEASURE")) {
                continue;
            }
            String where = csv.where();
            List<String> name = List.of(csv.field(at[0]), csv.field(at[1]), csv.field(at[2]));
            Optional<Scenario> scenario = waiting.computeIfAbsent(
                    name, key -> scenario(where, key.get(0), key.get(1), key.get(2), header, recorder));
            scenario.ifPresent(known -> add(known, csv.field(at[5]), csv.field(duration)));
            if (++values > MOST_WAITING) {
                waiting.values().forEach(known -> known.ifPresent(Scenario::handOn));
                waiting.clear();
                values = 0;
            }
        }
        waiting.values().forEach(known -> known.ifPresent(Scenario::handOn));
    }

    private static boolean fits(Csv csv, Recorder recorder) {
        if (csv.size() == csv.columns().size()) {
            return true;
        }
        recorder.problem(
                csv.where(),
                "the row has " + csv.size() + " fields, there are "
                        + csv.columns().size() + " columns (decimal commas?); it is skipped");
        return false;
    }

    private static void add(Scenario scenario, String sample, String value) {
        Matcher unit = WITH_UNIT.matcher(sample);
        String name = unit.matches() ? unit.group(1) : sample;
        if (unit.matches()) {
            scenario.units.put(name, unit.group(2));
        }
        scenario.builds.add(name, Texts.number(value));
    }

    private static Optional<Scenario> scenario(
            String where, String title, String tool, String tasks, RunHeader header, Recorder recorder) {
        TreeMap<String, String> parameters = new TreeMap<>();
        if (!tool.isBlank()) {
            parameters.put("tool", tool);
        }
        if (!tasks.isBlank()) {
            parameters.put("tasks", tasks);
        }
        return recorder.benchmark(where, title, parameters)
                .map(benchmark -> new Scenario(where, benchmark, new Builds(header, recorder), new LinkedHashMap<>()));
    }

    private static void columns(Csv csv, RunHeader header, Recorder recorder) throws IOException {
        int count = csv.columns().size();
        List<String> titles = csv.columns();
        List<String> tools = empty(count);
        List<String> tasks = empty(count);
        List<String> samples = empty(count);
        Map<List<String>, Optional<Scenario>> scenarios = new LinkedHashMap<>();
        List<Optional<Scenario>> byColumn = new ArrayList<>();
        while (csv.next()) {
            String label = csv.field(0);
            switch (label) {
                case "version" -> fill(csv, tools);
                case "tasks" -> fill(csv, tasks);
                case "value" -> fill(csv, samples);
                default -> {
                    if (byColumn.isEmpty()) {
                        for (int i = 1; i < count; i++) {
                            String where = csv.where();
                            byColumn.add(scenarios.computeIfAbsent(
                                    List.of(titles.get(i), tools.get(i), tasks.get(i)),
                                    key -> scenario(where, key.get(0), key.get(1), key.get(2), header, recorder)));
                        }
                    }
                    if (MEASURED.matcher(label).matches() && fits(csv, recorder)) {
                        for (int i = 1; i < count; i++) {
                            String sample = samples.get(i).isEmpty() ? "total execution time" : samples.get(i);
                            String value = csv.field(i);
                            if (!value.isEmpty()) {
                                byColumn.get(i - 1).ifPresent(known -> add(known, sample, value));
                            }
                        }
                    }
                }
            }
        }
        scenarios.values().forEach(known -> known.ifPresent(Scenario::handOn));
    }

    private static List<String> empty(int count) {
        return new ArrayList<>(Collections.nCopies(count, ""));
    }

    private static void fill(Csv csv, List<String> row) {
        for (int i = 0; i < row.size(); i++) {
            row.set(i, csv.field(i));
        }
    }
}
