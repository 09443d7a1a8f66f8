package dev.plumbline.ingest.jmh;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@code -rf csv} and {@code -rf scsv} write. The names of the columns may have passed through R. */
public final class JmhCsvReader implements ResultReader {
    private static final Pattern PARAMETER = Pattern.compile("Param(?:: |\\.\\.)(.+)");

    public static boolean recognises(Head head) {
        List<String> columns = Csv.columns(head);
        return columns.contains("benchmark") && columns.contains("mode") && columns.contains("score");
    }

    /** Whether a number has a decimal point: JMH writes all as one country does, so that no comma divides decimals. */
    private static boolean hasPoints(Source source) throws IOException {
        try (Csv csv = Csv.open(source).withDistinctColumns()) {
            int score = csv.columns().indexOf("Score");
            while (csv.next()) {
                if ((csv.field(score) + csv.field(score + 1)).indexOf('.') >= 0) {
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("JMH", "").in(importContext);
        boolean points = hasPoints(source);
        try (Csv csv = Csv.open(source).withDistinctColumns()) {
            List<String> columns = csv.columns();
            int benchmark = columns.indexOf("Benchmark");
            int mode = columns.indexOf("Mode");
            int threads = columns.indexOf("Threads");
            int samples = columns.indexOf("Samples");
            int score = columns.indexOf("Score");
            int unit = columns.indexOf("Unit");
            int error = score + 1;
            Map<Integer, String> parameters = new TreeMap<>();
            for (int i = 0; i < columns.size(); i++) {
                Matcher parameter = PARAMETER.matcher(columns.get(i));
                if (parameter.matches()) {
                    parameters.put(i, parameter.group(1));
                }
            }
            while (csv.next()) {
                if (csv.size() != columns.size()) {
                    recorder.problem(
                            csv.where(),
                            "the row has " + csv.size() + " fields, there are " + columns.size()
                                    + " columns; it is skipped");
                    continue;
                }
                if (points && (csv.field(score) + csv.field(error)).indexOf(',') >= 0) {
                    recorder.problem(
                            csv.where(),
                            "benchmark " + Excerpt.quoted(csv.field(benchmark)) + ": score is "
                                    + Excerpt.quoted(csv.field(score)) + ", error is "
                                    + Excerpt.quoted(csv.field(error))
                                    + ", and the table has numbers with decimal points; this metric is skipped"
                                    + " (JMH groups no digits)");
                    continue;
                }
                TreeMap<String, String> values = new TreeMap<>();
                parameters.forEach((column, name) -> {
                    if (!csv.field(column).isEmpty()) { // the benchmark does not have this parameter
                        values.put(name, csv.field(column));
                    }
                });
                new JmhRow(
                                csv.field(benchmark),
                                values,
                                csv.field(mode),
                                csv.field(threads),
                                csv.field(samples),
                                csv.field(score),
                                csv.field(error),
                                csv.field(unit))
                        .record(csv.where(), header, recorder);
            }
        }
    }
}
