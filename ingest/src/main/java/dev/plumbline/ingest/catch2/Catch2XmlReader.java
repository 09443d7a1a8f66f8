package dev.plumbline.ingest.catch2;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Xml;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * Reads what {@code -r xml} writes. The name of a benchmark consists of its test case, its sections and its own name.
 */
public final class Catch2XmlReader implements ResultReader {
    private static final Unit NANOSECONDS = Unit.of("ns");

    public static boolean recognises(Head head) {
        String text = head.text();
        return text.stripLeading().startsWith("<")
                && (text.contains("<Catch2TestRun") || text.contains("<Catch ") || text.contains("<BenchmarkResults"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts().tool("Catch2", "");
        Deque<String> path = new ArrayDeque<>();
        try (Xml xml = Xml.open(source)) {
            while (xml.next()) {
                switch (xml.name()) {
                    case "Catch2TestRun" -> {
                        if (xml.isStart()) {
                            facts.tool("Catch2", xml.attribute("catch2-version"));
                        }
                    }
                    case "TestCase", "Section" -> {
                        if (xml.isStart()) {
                            path.addLast(xml.attribute("name"));
                        } else {
                            path.removeLast();
                        }
                    }
                    case "BenchmarkResults" -> {
                        if (xml.isStart()) {
                            path.addLast(xml.attribute("name"));
                            results(xml, String.join("/", path), facts.in(importContext), recorder);
                            path.removeLast();
                        }
                    }
                    default -> {} // assertions and totals
                }
            }
        }
    }

    private static void results(Xml xml, String name, RunHeader header, Recorder recorder) throws IOException {
        String where = xml.where();
        double samples = xml.number("samples");
        double[] mean = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        double deviation = Double.NaN;
        boolean failed = false;
        int depth = 1;
        while (depth > 0 && xml.next()) {
            depth += xml.isStart() ? 1 : -1;
            if (!xml.isStart() || depth > 2) {
                continue;
            }
            switch (xml.name()) {
                case "mean" ->
                    mean = new double[] {
                        xml.number("value"), xml.number("lowerBound"), xml.number("upperBound"), xml.number("ci")
                    };
                case "standardDeviation" -> deviation = xml.number("value");
                case "failed" -> {
                    failed = true;
                    recorder.problem(
                            where,
                            "benchmark " + Excerpt.quoted(name) + " failed: "
                                    + Excerpt.quoted(xml.attribute("message")));
                }
                case "BenchmarkResults" -> recorder.problem(xml.where(), "is a benchmark in another; it is skipped");
                default -> {} // outliers
            }
        }
        if (failed) {
            return;
        }
        StatedSummary stated = StatedSummary.location(mean[0])
                .count(samples)
                .deviation(deviation)
                .interval(mean[1], mean[2], mean[3]);
        if (stated.sample().isEmpty()) {
            recorder.problem(where, "benchmark " + Excerpt.quoted(name) + ": has no mean; it is skipped");
            return;
        }
        stated.sample().ifPresent(sample -> recorder.benchmark(where, name, Map.of())
                .ifPresent(benchmark ->
                        recorder.directed(where, header, benchmark, "time", NANOSECONDS, Better.LOWER, sample)));
    }
}
