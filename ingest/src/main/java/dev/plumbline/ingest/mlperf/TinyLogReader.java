package dev.plumbline.ingest.mlperf;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the log and the results of the EEMBC runner for MLPerf Tiny.
 *
 * <p>Every window of inferences is a value, and the values are summarised by their median, as in the runner. The log
 * names the model; the results alone do not and are the benchmark {@code ulp-mlperf}. The energy of a window is a
 * metric too.
 */
public final class TinyLogReader implements ResultReader {
    private static final String NO_MODEL = "ulp-mlperf";
    private static final Pattern LINE =
            Pattern.compile("[0-9]{5,}\\.[0-9]{3} (?:session|parser|sequencer|dut|ulp-mlperf|emon|io): .*");
    private static final Pattern MODEL = Pattern.compile(".*\\bm-model-\\[(.*?)\\].*");
    private static final Pattern SESSION = Pattern.compile(".*\\bm-session-start-id\\[([0-9]{14})\\].*");
    private static final Pattern PROFILE = Pattern.compile(".*\\bm-profile-\\[(.*)\\].*");
    private static final Pattern VERSION = Pattern.compile(".*\\bm-version\\[(.*?)\\].*");
    private static final Pattern START = Pattern.compile(".*\\bm-infer-start-([0-9]+).*");
    private static final Pattern LAP = Pattern.compile(".*\\bm-lap-us-([0-9]+).*");
    private static final Pattern THROUGHPUT =
            Pattern.compile(".*ulp-mlperf: +Throughput +: +([0-9.]+) inf\\./sec\\..*");
    private static final Pattern ENERGY = Pattern.compile(".*ulp-mlperf: +Energy +: +([0-9.]+) (\\S+).*");

    public static boolean recognises(Head head) {
        int lines = 0;
        for (String line : head.lines(5)) {
            lines += LINE.matcher(line).matches() ? 1 : 0;
        }
        return lines > 2 || lines > 0 && head.lines(5).size() < 5;
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts().tool("MLPerf Tiny runner", "");
        RawValues throughput = new RawValues();
        RawValues energy = new RawValues();
        String[] reported = {NO_MODEL, ""};
        double inferences = Double.NaN;
        double from = Double.NaN;
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                String line = lines.line();
                if (!line.contains("m-") && !line.contains("ulp-mlperf: ")) {
                    continue;
                }
                Matcher start = START.matcher(line);
                Matcher lap = LAP.matcher(line);
                if (start.matches()) {
                    inferences = Texts.number(start.group(1));
                    from = Double.NaN;
                } else if (lap.matches() && !Double.isNaN(inferences)) {
                    double at = Texts.number(lap.group(1));
                    if (Double.isNaN(from)) {
                        from = at;
                    } else {
                        if (at > from) {
                            throughput.add(inferences / ((at - from) / 1e6));
                        } else {
                            recorder.problem(lines.where(), "the window ends before it begins; it is skipped");
                        }
                        inferences = Double.NaN;
                    }
                } else {
                    fact(line, facts, reported, throughput, energy, importContext);
                }
            }
        }
        Optional<RunHeader> header = recorder.header(source.name(), facts, importContext);
        header.ifPresent(
                run -> recorder.benchmark(source.name(), reported[0], Map.of()).ifPresent(benchmark -> {
                    recorder.values(
                            source.name(),
                            run,
                            benchmark,
                            "throughput",
                            Unit.of("inferences/s"),
                            Better.HIGHER,
                            Sample.Center.MEDIAN,
                            throughput);
                    recorder.values(
                            source.name(),
                            run,
                            benchmark,
                            "energy",
                            Unit.of(reported[1]),
                            Better.LOWER,
                            Sample.Center.MEDIAN,
                            energy);
                }));
    }

    private static void fact(
            String line,
            RunFacts facts,
            String[] reported,
            RawValues throughput,
            RawValues energy,
            ImportContext importContext) {
        Matcher model = MODEL.matcher(line);
        Matcher session = SESSION.matcher(line);
        Matcher profile = PROFILE.matcher(line);
        Matcher version = VERSION.matcher(line);
        Matcher printed = THROUGHPUT.matcher(line);
        Matcher used = ENERGY.matcher(line);
        if (model.matches()) {
            reported[0] = model.group(1);
        } else if (session.matches()) {
            String id = session.group(1);
            facts.measuredAt(
                    id.substring(0, 4) + "-" + id.substring(4, 6) + "-" + id.substring(6, 8) + "T" + id.substring(8, 10)
                            + ":" + id.substring(10, 12) + ":" + id.substring(12),
                    importContext.zone());
        } else if (profile.matches()) {
            facts.context("firmware", profile.group(1));
        } else if (version.matches()) {
            facts.tool("MLPerf Tiny runner", version.group(1));
        } else if (printed.matches()) {
            throughput.add(Texts.number(printed.group(1)));
        } else if (used.matches() && used.group(2).length() < 20) {
            energy.add(Texts.number(used.group(1)));
            reported[1] = used.group(2);
        }
    }
}
