package dev.plumbline.ingest.benchmarkjs;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
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
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines {@code NAME x 3,700,683 ops/sec ±16.31% (5 runs sampled)}; the margin is that of a 95 % interval. */
public final class BenchmarkJsReader implements ResultReader {
    private static final double CONFIDENCE = 0.95;
    private static final Pattern RESULT =
            Pattern.compile("\\s*(.+?) x ([0-9][0-9,.]*) ops/sec ±([0-9][0-9,.]*)% \\(([0-9]+) runs? sampled\\)\\s*");

    public static boolean recognises(Head head) {
        return !head.isObject()
                && head.text().lines().map(Lines::withoutEscapes).anyMatch(line -> RESULT.matcher(line)
                        .matches());
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("benchmark.js", "").in(importContext);
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                Matcher result = RESULT.matcher(lines.line());
                if (result.matches()) {
                    double rate = number(result.group(2));
                    if (Double.isNaN(rate)) {
                        recorder.problem(
                                lines.where(),
                                "benchmark " + Excerpt.quoted(result.group(1)) + ": the rate "
                                        + Excerpt.quoted(result.group(2)) + " is no number; it is skipped");
                    }
                    double margin = rate * (number(result.group(3)) / 100);
                    StatedSummary.location(rate)
                            .count(number(result.group(4)))
                            .interval(rate - margin, rate + margin, CONFIDENCE)
                            .sample()
                            .ifPresent(sample -> recorder.benchmark(lines.where(), result.group(1), Map.of())
                                    .ifPresent(benchmark -> recorder.stated(
                                            lines.where(),
                                            header,
                                            benchmark,
                                            "throughput",
                                            "ops/sec",
                                            Better.HIGHER,
                                            sample)));
                }
            }
        }
    }

    private static double number(String text) {
        return Texts.number(text.replace(",", ""));
    }
}
