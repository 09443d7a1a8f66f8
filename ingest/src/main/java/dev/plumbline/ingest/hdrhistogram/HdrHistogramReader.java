package dev.plumbline.ingest.hdrhistogram;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.LineMatch;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.input.summary.LoadTest;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads interval logs of HdrHistogram ({@code .hlog}, versions 0 to 2 of the histograms' encoding) and the percentiles
 * that it prints as text or CSV.
 *
 * <p>All intervals of a tag are one histogram, whose values are the middles of their buckets, as for HdrHistogram's own
 * mean; percentiles are the buckets' upper ends, as HdrHistogram prints them. Neither form contains the benchmark, for
 * which the file name is used, nor its unit: a log's greatest value, which is written both ways, shows whether it was
 * divided by a million, which the library does for nanoseconds, or by a thousand.
 */
public final class HdrHistogramReader implements ResultReader {
    private static final int MOST_BUCKETS = 4_000_000;
    private static final Pattern LOGGED = Pattern.compile("#\\[Logged with (.{1,200})\\]");
    private static final Pattern START = Pattern.compile("#\\[StartTime: ([0-9.]+) \\(seconds since epoch\\).*");
    private static final Pattern INTERVAL =
            Pattern.compile("(?:Tag=([^,]*),)?([0-9.]+),([0-9.]+),([0-9.]+),(D?HIST[A-Za-z0-9+/]+=*)");
    private static final Pattern TEXT_HEAD =
            Pattern.compile("\\s*Value(?:\\(([a-zµ]{1,3})\\))?\\s+Percentile\\s+TotalCount\\s+1/\\(1-Percentile\\)");
    private static final String CSV_HEAD = "\"Value\",\"Percentile\",\"TotalCount\",\"1/(1-Percentile)\"";
    private static final Pattern MEAN =
            Pattern.compile("#\\[Mean\\s*=\\s*([0-9.]+), StdDeviation\\s*=\\s*([0-9.]+)\\]");
    private static final Pattern MOST = Pattern.compile("#\\[Max\\s*=\\s*([0-9.]+), Total count\\s*=\\s*([0-9]+)\\]");

    public static boolean recognises(Head head) {
        return isPercentiles(head)
                || head.lines(200).stream()
                        .anyMatch(line -> INTERVAL.matcher(line.strip()).matches()
                                || line.strip().startsWith("\"StartTimestamp\",\"Interval_Length\""));
    }

    private static boolean isPercentiles(Head head) {
        return head.lines(3).stream()
                .anyMatch(line ->
                        TEXT_HEAD.matcher(line).matches() || line.strip().equals(CSV_HEAD));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        if (isPercentiles(source.head())) {
            percentiles(source, importContext, recorder);
        } else {
            log(source, importContext, recorder);
        }
    }

    private static void log(Source source, ImportContext importContext, Recorder recorder) throws IOException {
        RunFacts facts = new RunFacts().tool("HdrHistogram", "");
        Map<String, Buckets> tags = new LinkedHashMap<>();
        boolean timed = false;
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                String line = lines.line().strip();
                LineMatch found = new LineMatch(line);
                if (found.is(START)) {
                    facts.measuredAt(Times.ofEpoch(found.number(1)));
                    timed = true;
                } else if (found.is(LOGGED)) {
                    facts.tool(found.group(1), "");
                } else if (found.is(INTERVAL)) {
                    double start = found.number(2);
                    if (!timed && start > 1e9) {
                        facts.measuredAt(Times.ofEpoch(start));
                    }
                    timed = true;
                    String tag = found.group(1);
                    String where = lines.where();
                    Optional<String> mistake = tags.computeIfAbsent(tag, name -> new Buckets(where))
                            .add(found.group(5), found.number(4));
                    mistake.ifPresent(what -> recorder.problem(where, what + "; this interval is skipped"));
                    if (tags.values().stream().mapToLong(Buckets::size).sum() > MOST_BUCKETS) {
                        throw new UnreadableInput(where, "brings more than " + MOST_BUCKETS + " buckets together");
                    }
                } else if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith("\"")) {
                    recorder.problem(lines.where(), "is not an interval with its histogram; it is skipped");
                }
            }
        }
        recorder.header(source.name(), facts, importContext)
                .ifPresent(header -> tags.forEach((tag, buckets) -> recorder.benchmark(
                                buckets.where(), source.stem(), LoadTest.parameters(new TreeMap<>(Map.of("tag", tag))))
                        .ifPresent(benchmark ->
                                buckets.record(new LoadTest(recorder, buckets.where(), header, benchmark)))));
    }

    private static void percentiles(Source source, ImportContext importContext, Recorder recorder) throws IOException {
        TreeMap<Double, Double> quantiles = new TreeMap<>();
        String unit = "";
        double mean = Double.NaN;
        double deviation = Double.NaN;
        double count = Double.NaN;
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                String line = lines.line().strip();
                LineMatch found = new LineMatch(line);
                if (found.is(TEXT_HEAD)) {
                    unit = found.group(1);
                } else if (found.is(MEAN)) {
                    mean = found.number(1);
                    deviation = found.number(2);
                } else if (found.is(MOST)) {
                    quantiles.put(1.0, found.number(1));
                    count = found.number(2);
                } else if (!line.isEmpty() && !line.startsWith("#") && !line.equals(CSV_HEAD)) {
                    String[] fields = line.split("\\s*,\\s*|\\s+");
                    double value = fields.length < 3 ? Double.NaN : Texts.number(fields[0]);
                    double share = fields.length < 3 ? Double.NaN : Texts.number(fields[1]);
                    if (share >= 0 && share <= 1 && Double.isFinite(value) && quantiles.size() < MOST_BUCKETS) {
                        quantiles.put(share, value);
                        count = Double.isNaN(count) || share == 1 ? Texts.number(fields[2]) : count;
                    } else {
                        recorder.problem(lines.where(), "is not a value, its share and a count; it is skipped");
                    }
                }
            }
        }
        StatedSummary stated = StatedSummary.location(
                        Double.isNaN(mean) ? quantiles.getOrDefault(0.5, Double.NaN) : mean)
                .deviation(deviation)
                .count(count);
        quantiles.forEach(stated::quantile);
        String symbol = unit;
        Optional<RunHeader> header =
                recorder.header(source.name(), new RunFacts().tool("HdrHistogram", ""), importContext);
        Optional<Benchmark> benchmark = recorder.benchmark(source.name(), source.stem(), Map.of());
        if (header.isPresent() && benchmark.isPresent()) {
            new LoadTest(recorder, source.name(), header.get(), benchmark.get())
                    .costWithPercentiles(symbol.isEmpty() ? "value" : "time", "", symbol, stated);
        }
    }
}
