package dev.plumbline.ingest.timm;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Excerpt;
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
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the tables of PyTorch's {@code benchmarks/dynamo} (TorchBench, Hugging Face and timm models): a model in a row,
 * first its device, name and batch size, then what was measured.
 */
public final class DynamoCsvReader implements ResultReader {
    private static final Set<String> PARAMETERS =
            Set.of("dev", "name", "batch_size", "mode", "dtype", "backend", "tag");

    public static boolean recognises(Head head) {
        List<String> columns = Csv.columns(head);
        return columns.size() > 3 && columns.subList(0, 3).equals(List.of("dev", "name", "batch_size"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("PyTorch dynamo benchmarks", "").in(importContext);
        try (Csv csv = Csv.open(source).withDistinctColumnsInAnyCase()) {
            List<String> columns = csv.columns().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList();
            while (csv.next()) {
                if (csv.size() != columns.size()) {
                    recorder.problem(
                            csv.where(),
                            "the row has " + csv.size() + " fields, there are " + columns.size()
                                    + " columns; it is skipped");
                    continue;
                }
                Map<String, String> fields = new TreeMap<>();
                TreeMap<String, String> parameters = new TreeMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    boolean parameter = PARAMETERS.contains(columns.get(i));
                    if (!csv.field(i).isEmpty()) {
                        (parameter ? parameters : fields).put(columns.get(i), csv.field(i));
                    }
                }
                String name = Optional.ofNullable(parameters.remove("name")).orElse("");
                recorder.benchmark(csv.where(), name, parameters)
                        .ifPresent(benchmark -> fields.forEach(
                                (field, value) -> record(csv.where(), header, benchmark, field, value, recorder)));
            }
        }
    }

    private static void record(
            String where, RunHeader header, Benchmark benchmark, String field, String text, Recorder recorder) {
        double value = Texts.number(text);
        if (field.equals("accuracy") && Double.isNaN(value)) {
            if (!text.startsWith("pass")) {
                recorder.problem(where, benchmark, field, "the check of its results says " + Excerpt.quoted(text));
            }
            return;
        }
        switch (field) {
            case "abs_latency" -> recorder.number(where, header, benchmark, field, "ms", Better.LOWER, value);
            case "compilation_latency" -> recorder.number(where, header, benchmark, field, "s", Better.LOWER, value);
            case "speedup", "compression_ratio" ->
                recorder.number(where, header, benchmark, field, "", Better.HIGHER, value);
            case "eager_peak_mem", "dynamo_peak_mem" ->
                recorder.number(where, header, benchmark, field, "GB", Better.LOWER, value);
            default -> {
                if (!Double.isNaN(value)) {
                    Better better = recorder.better(where, field, Unit.of(""), Directions.ofName(field));
                    recorder.number(where, header, benchmark, field, "", better, value);
                }
            }
        }
    }
}
