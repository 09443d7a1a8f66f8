package dev.plumbline.ingest.luau;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the lines {@code SUCCESS: NAME : 27.626ms +/- 0.078% on luau}: the mean of a benchmark in one virtual machine.
 *
 * <p>The percentage is half of a 95 % interval; if the output reports that SciPy is missing, it is the standard
 * deviation. A value of 0 comes from a single run, under Callgrind, and has no meaning. The table at the end repeats
 * all.
 */
public final class LuauBenchReader implements ResultReader {
    private static final double CONFIDENCE = 0.95;
    private static final Pattern RESULT = Pattern.compile(
            "SUCCESS: (\\S.*?) *: +([0-9]+\\.[0-9]+)ms \\+/- +([0-9]+\\.[0-9]+)% on (\\S.*?)(?: \\([ +-].*)?");
    private static final Pattern FAILED = Pattern.compile("FAILED: +'(.*)' on '(.*)'");
    private static final String WITHOUT_SCIPY = "Warning: scipy package is not installed";

    public static boolean recognises(Head head) {
        return head.text().contains("SUCCESS") // spares trying every line of most files
                && head.text().lines().map(Lines::withoutEscapes).anyMatch(line -> RESULT.matcher(line)
                        .matches());
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("Luau bench.py", "").in(importContext);
        boolean isInterval = true;
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                Matcher result = RESULT.matcher(lines.line());
                Matcher failed = FAILED.matcher(lines.line());
                if (lines.line().startsWith(WITHOUT_SCIPY)) {
                    isInterval = false;
                } else if (failed.matches()) {
                    recorder.problem(
                            lines.where(),
                            "benchmark " + Excerpt.quoted(failed.group(1)) + " failed on "
                                    + Excerpt.quoted(failed.group(2)));
                } else if (result.matches()) {
                    String where = lines.where();
                    Optional<Sample> sample = sample(result, isInterval);
                    recorder.benchmark(where, result.group(1), Map.of("vm", result.group(4)))
                            .ifPresent(benchmark -> sample.ifPresent(time ->
                                    recorder.stated(where, header, benchmark, "time", "ms", Better.LOWER, time)));
                }
            }
        }
    }

    private static Optional<Sample> sample(Matcher result, boolean isInterval) {
        double mean = Texts.number(result.group(2));
        double around = mean * (Texts.number(result.group(3)) / 100);
        StatedSummary stated = StatedSummary.location(mean);
        if (around > 0) {
            stated = isInterval ? stated.interval(mean - around, mean + around, CONFIDENCE) : stated.deviation(around);
        }
        return stated.sample();
    }
}
