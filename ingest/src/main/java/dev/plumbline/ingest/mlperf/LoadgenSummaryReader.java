package dev.plumbline.ingest.mlperf;

import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code mlperf_log_summary.txt} of the load generator of MLPerf Inference.
 *
 * <p>The system under test is the benchmark, its scenario and mode are parameters; the model is unknown. Rates and
 * latencies are metrics; latencies have their extremes and percentiles with them. An invalid result is reported.
 */
public final class LoadgenSummaryReader implements ResultReader {
    private static final Pattern LINE = Pattern.compile("\\s*(\\S.*?)\\s*: *(.*?)\\s*");

    public static boolean recognises(Head head) {
        return head.lines(20).stream().anyMatch(line -> line.strip().equals("MLPerf Results Summary"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts().tool("MLPerf LoadGen", "");
        TreeMap<String, String> parameters = new TreeMap<>();
        Numbers numbers = new Numbers();
        String[] name = {""};
        String where = source.name();
        boolean settings = false;
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                String line = lines.line().strip();
                Matcher matcher = LINE.matcher(line);
                if (line.equals("MLPerf Results Summary")) {
                    where = lines.where();
                } else if (line.equals("Test Parameters Used")) {
                    settings = true;
                } else if (matcher.matches()) {
                    String key = matcher.group(1);
                    String value = matcher.group(2);
                    if (settings) {
                        facts.context(key, value);
                        if (key.equals("samples_per_query") && !value.equals("1")) {
                            parameters.put(key, value);
                        }
                    } else {
                        fact(lines.where(), key, value, name, parameters, numbers, recorder);
                    }
                }
            }
        }
        String at = where;
        recorder.header(at, facts, importContext).ifPresent(run -> recorder.benchmark(at, name[0], parameters)
                .ifPresent(benchmark -> numbers.handOn(at, run, benchmark, recorder)));
    }

    private static void fact(
            String where,
            String key,
            String value,
            String[] name,
            TreeMap<String, String> parameters,
            Numbers numbers,
            Recorder recorder) {
        switch (key) {
            case "SUT name" -> name[0] = value;
            case "Scenario" -> parameters.put("scenario", value);
            case "Mode" -> {
                if (!value.equals("PerformanceOnly") && !value.equals("Performance")) {
                    parameters.put("mode", value);
                }
            }
            case "Result is" -> {
                if (!value.equals("VALID")) {
                    recorder.problem(
                            where, "the run was not valid: " + Excerpt.quoted(value) + "; its numbers are kept");
                }
            }
            default -> numbers.printed(key, Texts.number(value));
        }
    }
}
