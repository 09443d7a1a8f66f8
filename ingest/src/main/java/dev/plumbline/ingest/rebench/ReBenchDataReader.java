package dev.plumbline.ingest.rebench;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a data file of ReBench: a measurement in a line, between blocks of comments about each execution.
 *
 * <p>An execution is a run; its measurements are grouped by invocation. Executor, suite, extra arguments, cores, input
 * size, variable and machine are parameters.
 */
public final class ReBenchDataReader implements ResultReader {
    private static final String START = "# Execution Start: ";
    private static final String ENVIRONMENT = "# Environment: ";
    private static final String SOURCE = "# Source: ";

    /** The names of the columns after invocation, iteration, value, unit and criterion. */
    private static final List<String> NAMES =
            List.of("benchmark", "executor", "suite", "extraArgs", "cores", "inputSize", "varValue", "machine");

    private static final Pattern ROW = Pattern.compile(
            "[0-9]+\\t[0-9]+\\t[-+0-9.eE]+\\t[^\\t]*\\t[^\\t]+\\t[^\\t]+\\t[^\\t]*\\t[^\\t]*\\t[^\\t]*\\t.*");

    public static boolean recognises(Head head) {
        if (head.isObject() || head.isList()) {
            return false;
        }
        boolean start = false;
        for (String line : head.lines(200)) {
            start |= line.startsWith(START);
            if (ROW.matcher(line).matches() || line.startsWith("invocation\titeration\tvalue\tunit\t")) {
                return true;
            }
        }
        return start;
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        Runs runs = new Runs(recorder);
        ReBenchExecution execution = new ReBenchExecution();
        Optional<RunHeader> header = Optional.empty();
        boolean reported = false;
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                String line = lines.line();
                if (line.startsWith("#")) {
                    if (line.startsWith("#!") || reported && line.startsWith(START)) {
                        execution = new ReBenchExecution();
                        reported = false;
                    }
                    comment(source, lines, execution, importContext, sink);
                    header = Optional.empty();
                } else if (!line.isBlank() && !line.startsWith("invocation\t")) {
                    reported = true;
                    if (header.isEmpty()) {
                        header = recorder.header(lines.where(), execution.facts(), importContext);
                    }
                    header.ifPresent(run -> row(lines.where(), line, run, runs, recorder));
                }
            }
        }
        runs.handOn();
    }

    private static void comment(
            Source source, Lines lines, ReBenchExecution execution, ImportContext importContext, RunSink sink)
            throws IOException {
        String line = lines.line();
        if (line.startsWith(START)) {
            execution.start(line.substring(START.length()).strip(), importContext);
        } else if (line.startsWith(ENVIRONMENT)) {
            json(source, lines, ENVIRONMENT.length(), sink, execution::environment);
        } else if (line.startsWith(SOURCE)) {
            json(source, lines, SOURCE.length(), sink, execution::source);
        }
    }

    private static void json(Source source, Lines lines, int from, RunSink sink, Json.Value value) throws IOException {
        Json.inside(source, lines.number(), from + 1, lines.line().substring(from), sink, value);
    }

    private static void row(String where, String line, RunHeader header, Runs runs, Recorder recorder) {
        String[] fields = line.split("\t", -1);
        if (fields.length < 10 || fields.length > 5 + NAMES.size()) {
            recorder.problem(
                    where,
                    "the line has " + fields.length + " fields, a measurement of ReBench has 10 to 13; it is skipped");
            return;
        }
        TreeMap<String, String> names = new TreeMap<>();
        for (int i = 5; i < fields.length; i++) {
            names.put(NAMES.get(i - 5), fields[i]);
        }
        runs.add(where, header, names, fields[4], fields[3], fields[0], Texts.number(fields[2]));
    }
}
