package dev.plumbline.ingest.ruby;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tables of Ruby's {@code Benchmark.bm}, {@code bmbm} and {@code benchmark}: user, system and real time.
 *
 * <p>The rehearsal of {@code bmbm} is passed over, and so are lines that add others up, whose labels begin with {@code
 * >}.
 */
public final class RubyBenchmarkReader implements ResultReader {
    private static final Pattern TITLE = Pattern.compile(" *user +system +total +real\\s*");
    private static final Pattern ROW = Pattern.compile(
            "(\\S.*?):? +([0-9]+\\.[0-9]+) +([0-9]+\\.[0-9]+) +[0-9]+\\.[0-9]+ +\\( *([0-9]+\\.[0-9]+)\\)\\s*");

    public static boolean recognises(Head head) {
        return !head.isObject()
                && !head.isList()
                && head.text().lines().anyMatch(line -> TITLE.matcher(line).matches());
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("Ruby Benchmark", "").in(importContext);
        boolean table = false;
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                Matcher row = ROW.matcher(lines.line());
                if (TITLE.matcher(lines.line()).matches()) {
                    table = true;
                } else if (table && row.matches() && !row.group(1).startsWith(">")) {
                    String where = lines.where();
                    double[] times = {Texts.number(row.group(4)), Texts.number(row.group(2)), Texts.number(row.group(3))
                    };
                    recorder.benchmark(where, row.group(1), Map.of()).ifPresent(benchmark -> {
                        recorder.number(where, header, benchmark, "time", "s", Better.LOWER, times[0]);
                        recorder.number(where, header, benchmark, "user", "s", Better.LOWER, times[1]);
                        recorder.number(where, header, benchmark, "system", "s", Better.LOWER, times[2]);
                    });
                }
            }
        }
    }
}
