package dev.plumbline.ingest.gbench;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Surroundings;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@code --benchmark_format=csv} prints: the same as the JSON, without the machine.
 *
 * <p>The table does not tell aggregates from benchmarks: a name that ends in {@code _mean}, {@code _median}, {@code
 * _stddev}, {@code _cv}, {@code _min} or {@code _max} is one.
 */
public final class GoogleBenchmarkCsvReader implements ResultReader {

    public static boolean recognises(Head head) {
        return Csv.columns(head).containsAll(List.of("name", "iterations", "real_time", "cpu_time", "time_unit"));
    }

    @Override
    public void read(Source source, Surroundings surroundings, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("Google Benchmark", "").in(surroundings);
        try (Csv csv = Csv.open(source)) {
            Repetitions repetitions = new Repetitions(header, recorder);
            while (csv.next()) {
                if (csv.size() == csv.columns().size()) {
                    repetitions.add(csv.where(), entry(csv));
                } else {
                    recorder.problem(
                            csv.where(),
                            "the row has " + csv.size() + " fields, there are "
                                    + csv.columns().size() + " columns; it is skipped");
                }
            }
            repetitions.handOn();
        }
    }

    private static Entry entry(Csv csv) {
        Map<String, String> texts = new HashMap<>();
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (int i = 0; i < csv.columns().size(); i++) {
            String column = csv.columns().get(i);
            String field = csv.field(i);
            if (!field.isEmpty()) {
                texts.put(column, field);
                double number = Texts.number(field);
                if (!Double.isNaN(number) || field.equalsIgnoreCase("nan") || field.equalsIgnoreCase("-nan")) {
                    numbers.put(column, number);
                }
            }
        }
        return Entry.of(texts, numbers);
    }
}
