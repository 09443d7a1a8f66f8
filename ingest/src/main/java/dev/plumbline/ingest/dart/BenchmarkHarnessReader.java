package dev.plumbline.ingest.dart;

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

/** Reads the lines of Dart's {@code benchmark_harness}: {@code Template(RunTime): 12.5 us.} */
public final class BenchmarkHarnessReader implements ResultReader {
    private static final Pattern LINE = Pattern.compile(
            "(\\S.*?)\\((RunTime|CodeSize|[A-Z]\\w*)\\): ([0-9][0-9.e+-]*)(?: (us|ms|ns|s|bytes))?\\.?\\s*");
    private static final Pattern RUN_TIME = Pattern.compile(".*\\S\\(RunTime\\): [0-9][0-9.e+-]*(?: us)?\\.?\\s*");

    public static boolean recognises(Head head) {
        return !head.isObject()
                && !head.isList()
                && head.text().contains("(RunTime): ") // spares trying every line of most files
                && head.text().lines().anyMatch(line -> RUN_TIME.matcher(line).matches());
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("benchmark_harness", "").in(importContext);
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                Matcher line = LINE.matcher(lines.line());
                if (line.matches()) {
                    String where = lines.where();
                    boolean time = line.group(2).equals("RunTime");
                    String unit = line.group(4) == null ? time ? "us" : "" : line.group(4);
                    recorder.benchmark(where, line.group(1), Map.of())
                            .ifPresent(benchmark -> recorder.number(
                                    where,
                                    header,
                                    benchmark,
                                    time ? "time" : line.group(2),
                                    unit,
                                    Better.LOWER,
                                    digits(line.group(3))));
                }
            }
        }
    }

    /** Some versions end the number itself with the full stop. */
    private static double digits(String number) {
        return Texts.number(number.endsWith(".") ? number.substring(0, number.length() - 1) : number);
    }
}
