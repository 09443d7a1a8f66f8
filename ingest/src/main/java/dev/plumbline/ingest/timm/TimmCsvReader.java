package dev.plumbline.ingest.timm;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the table that timm's {@code benchmark.py} writes: a model in a row.
 *
 * <p>The model is the benchmark; whether it was trained or used, the size of its images and of its batches are
 * parameters. The names of the files that timm publishes have the rest: {@code
 * benchmark-infer-amp-nchw-pt240-cu124-rtx4090.csv} gives precision and layout as parameters, and PyTorch, CUDA and the
 * device as environment.
 */
public final class TimmCsvReader implements ResultReader {
    private static final Pattern COLUMN = Pattern.compile("(infer|train|profile)_([a-z0-9_]+)");
    private static final Pattern FILE = Pattern.compile("(?:.*[^a-z])?benchmark-(?:infer|train)-([a-z0-9]+)-(nchw|nhwc)"
            + "(?:-pt([0-9]+))?(?:-(?:cu([0-9]+)|(cpu)))?-([A-Za-z0-9_]+?)(-dynamo)?\\.csv(?:\\.gz)?");

    /** Columns that are parameters, not metrics. */
    private static final List<String> PARAMETERS = List.of("batch_size", "img_size");

    public static boolean recognises(Head head) {
        List<String> columns = Csv.columns(head);
        return columns.contains("model")
                && (columns.contains("infer_samples_per_sec") || columns.contains("train_samples_per_sec"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts().tool("timm benchmark.py", "");
        TreeMap<String, String> common = new TreeMap<>();
        Matcher file = FILE.matcher(source.fileName());
        if (file.matches()) {
            common.put("precision", file.group(1));
            common.put("layout", file.group(2));
            if (file.group(7) != null) {
                common.put("compiler", "dynamo");
            }
            facts.machine("device", file.group(6));
            facts.machine("pytorch", Optional.ofNullable(file.group(3)).orElse(""));
            facts.machine("cuda", Optional.ofNullable(file.group(4)).orElse(""));
        }
        RunHeader header = facts.in(importContext);
        try (Csv csv = Csv.open(source).withDistinctColumnsInAnyCase()) {
            List<String> columns = csv.columns().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList();
            while (csv.next()) {
                if (csv.size() == columns.size()) {
                    row(csv, columns, common, header, recorder);
                } else {
                    recorder.problem(
                            csv.where(),
                            "the row has " + csv.size() + " fields, there are " + columns.size()
                                    + " columns; it is skipped");
                }
            }
        }
    }

    private static void row(
            Csv csv, List<String> columns, Map<String, String> common, RunHeader header, Recorder recorder) {
        String model = "";
        Map<String, Map<String, String>> modes = new TreeMap<>();
        for (int i = 0; i < columns.size(); i++) {
            Matcher column = COLUMN.matcher(columns.get(i));
            if (columns.get(i).equals("model")) {
                model = csv.field(i);
            } else if (!csv.field(i).isEmpty()) {
                boolean known = column.matches();
                modes.computeIfAbsent(known ? column.group(1) : "", mode -> new TreeMap<>())
                        .put(known ? column.group(2) : columns.get(i), csv.field(i));
            }
        }
        String name = model;
        Map<String, String> ofModel = Optional.ofNullable(modes.remove("")).orElse(Map.of());
        if (ofModel.containsKey("error")) {
            recorder.problem(csv.where(), "the model failed: it is skipped");
            return;
        }
        modes.forEach((mode, fields) -> {
            TreeMap<String, String> parameters = new TreeMap<>(common);
            parameters.put("mode", mode);
            PARAMETERS.forEach(parameter -> {
                if (fields.containsKey(parameter)) {
                    parameters.put(parameter, whole(fields.getOrDefault(parameter, "")));
                }
            });
            recorder.benchmark(csv.where(), name, parameters).ifPresent(benchmark -> {
                fields.forEach((field, value) -> record(csv.where(), header, benchmark, field, value, recorder));
                ofModel.forEach((field, value) -> record(csv.where(), header, benchmark, field, value, recorder));
            });
        });
    }

    /** Some versions write whole numbers with a decimal point. */
    private static String whole(String number) {
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }

    private static void record(
            String where, RunHeader header, Benchmark benchmark, String field, String text, Recorder recorder) {
        if (PARAMETERS.contains(field)) {
            return;
        }
        double value = Texts.number(text);
        switch (field) {
            case "samples_per_sec" ->
                recorder.number(where, header, benchmark, "throughput", "samples/s", Better.HIGHER, value);
            case "step_time" -> recorder.number(where, header, benchmark, "step_time", "ms", Better.LOWER, value);
            case "gmacs" -> recorder.number(where, header, benchmark, "macs", "GMACs", Better.LOWER, value);
            case "macts" -> recorder.number(where, header, benchmark, "activations", "MActs", Better.LOWER, value);
            case "param_count" -> recorder.number(where, header, benchmark, "parameters", "M", Better.LOWER, value);
            default -> {
                if (!Double.isNaN(value)) {
                    recorder.number(
                            where,
                            header,
                            benchmark,
                            field,
                            "",
                            recorder.better(where, field, Unit.of(""), Directions.ofName(field)),
                            value);
                }
            }
        }
    }
}
