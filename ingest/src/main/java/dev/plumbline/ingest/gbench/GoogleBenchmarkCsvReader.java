package dev.plumbline.ingest.gbench;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads what {@code --benchmark_format=csv} prints: the same as the JSON, without the machine. What {@code
 * --benchmark_out_format=csv} writes has the machine in lines above the table.
 *
 * <p>The table does not mark aggregates: a name that ends in {@code _mean}, {@code _median}, {@code
 * _stddev}, {@code _cv}, {@code _min} or {@code _max} is one.
 */
public final class GoogleBenchmarkCsvReader implements ResultReader {

    /**
     * The most lines above the table: caches, and the context of {@code --benchmark_context}, have lines of their own.
     */
    private static final int MOST_LINES_ABOVE = 200;

    private static final List<String> COLUMNS = List.of("name", "iterations", "real_time", "cpu_time", "time_unit");

    public static boolean recognises(Head head) {
        return !head.isObject() && !head.isList() && linesAbove(head) >= 0;
    }

    /** The number of lines above the table; -1 where there is no table. */
    private static int linesAbove(Head head) {
        List<String> lines = head.lines(MOST_LINES_ABOVE);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.contains("real_time") && Csv.columns(line).containsAll(COLUMNS)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts().tool("Google Benchmark", "");
        Head head = source.head();
        int above = Math.max(0, linesAbove(head));
        Context context = new Context(facts, importContext);
        head.lines(above).forEach(context::line);
        context.end();
        Optional<RunHeader> header = recorder.header(source.name(), facts, importContext);
        if (header.isEmpty()) {
            return;
        }
        try (Csv csv = Csv.open(source, above).withDistinctColumns()) {
            Repetitions repetitions = new Repetitions(header.get(), recorder);
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
        NamedNumbers numbers = new NamedNumbers();
        Map<String, String> unreadable = new TreeMap<>();
        for (int i = 0; i < csv.columns().size(); i++) {
            String column = csv.columns().get(i);
            String field = csv.field(i);
            if (!field.isEmpty()) {
                texts.put(column, field);
                double number = Texts.number(field);
                if (!Double.isNaN(number) || field.equalsIgnoreCase("nan") || field.equalsIgnoreCase("-nan")) {
                    numbers.state(column, number);
                } else {
                    unreadable.put(column, Excerpt.quoted(field));
                }
            }
        }
        return Entry.of(texts, numbers, unreadable);
    }
}
