package dev.plumbline.ingest.wrk;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.LineMatch;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Sizes;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.summary.Durations;
import dev.plumbline.ingest.input.summary.LoadTest;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what wrk and wrk2 print: latency in microseconds with its percentiles, rates, errors; of wrk2 the whole
 * spectrum.
 *
 * <p>Latencies of wrk2 count from when a request was due, those of wrk from when it was sent, so that they are two
 * benchmarks: wrk2's has the parameter {@code rate=constant}, since its output does not have the rate. Output of
 * several tests may follow each other.
 */
public final class WrkReader implements ResultReader {
    private static final Pattern BEGIN = Pattern.compile("Running (\\S+) test @ (\\S.*)");
    private static final Pattern LOAD = Pattern.compile("\\s+(\\d+) threads? and (\\d+) connections?");
    private static final Pattern STATISTICS =
            Pattern.compile("\\s+(Latency|Req/Sec)\\s+(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+(\\S+%)");
    private static final Pattern PERCENTILE = Pattern.compile("\\s*([0-9]{1,3}(?:\\.[0-9]{1,6})?)%\\s+(\\S+)");
    private static final Pattern SPECTRUM =
            Pattern.compile("\\s*([0-9]+\\.[0-9]+)\\s+([01]\\.[0-9]+)\\s+([0-9]+)\\s+(?:[0-9]+\\.[0-9]+|inf|Infinity)");
    private static final Pattern MEAN =
            Pattern.compile("#\\[Mean\\s*=\\s*([0-9.]+), StdDeviation\\s*=\\s*([0-9.]+)\\]");
    private static final Pattern MOST = Pattern.compile("#\\[Max\\s*=\\s*([0-9.]+), Total count\\s*=\\s*([0-9]+)\\]");
    private static final Pattern TOTAL = Pattern.compile("\\s+(\\d+) requests in (\\S+), (\\S+) read");
    private static final Pattern SOCKET =
            Pattern.compile("\\s+Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");
    private static final Pattern STATUS = Pattern.compile("\\s+Non-2xx or 3xx responses: (\\d+)");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+(\\S+)");
    private static final Pattern TRANSFER = Pattern.compile("Transfer/sec:\\s+(\\S+)");

    public static boolean recognises(Head head) {
        boolean begun = false;
        for (String line : head.lines(10_000)) {
            begun |= BEGIN.matcher(line).matches();
            if (begun && LOAD.matcher(line).matches()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        Optional<Test> test = Optional.empty();
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                Matcher begin = BEGIN.matcher(lines.line());
                if (begin.matches()) {
                    test.ifPresent(before -> before.end(importContext, recorder));
                    test = Optional.of(new Test(lines.where(), begin.group(2)));
                } else if (test.isPresent()) {
                    test.get().line(lines.line());
                }
            }
        }
        test.ifPresent(last -> last.end(importContext, recorder));
    }

    /** One test, as it is printed. */
    private static final class Test {
        private final String where;
        private final String url;
        private final Map<String, String> parameters = new TreeMap<>();
        private final Part latency = new Part();
        private final Part uncorrected = new Part();
        private Part part = latency;
        private Optional<StatedSummary> perThread = Optional.empty();
        private double requests = Double.NaN;
        private double failed;
        private double socketErrors;
        private double rate = Double.NaN;
        private double transfer = Double.NaN;
        private boolean constantRate;

        Test(String where, String url) {
            this.where = where;
            this.url = url.strip();
        }

        void line(String line) {
            LineMatch found = new LineMatch(line);
            if (found.is(LOAD)) {
                parameters.put("threads", found.group(1));
                parameters.put("connections", found.group(2));
                return;
            }
            constantRate |= line.startsWith("  Thread calibration") || line.contains("HdrHistogram");
            if (line.contains("Uncorrected Latency")) {
                part = uncorrected;
            }
            statistics(line);
            latencies(line);
            totals(line);
        }

        private void statistics(String line) {
            LineMatch found = new LineMatch(line);
            if (!found.is(STATISTICS)) {
                return;
            }
            if (found.group(1).equals("Latency")) {
                latency.mean = Durations.parse(found.group(2), "us");
                latency.deviation = Durations.parse(found.group(3), "us");
                latency.max = Durations.parse(found.group(4), "us");
            } else {
                perThread = Optional.of(StatedSummary.location(plain(found.group(2)))
                        .deviation(plain(found.group(3)))
                        .quantile(1, plain(found.group(4))));
            }
        }

        private void latencies(String line) {
            LineMatch found = new LineMatch(line);
            if (found.is(PERCENTILE)) {
                part.quantile(Texts.share(found.number(1)), Durations.parse(found.group(2), "us"));
            } else if (found.is(SPECTRUM)) {
                part.quantile(found.number(2), Durations.shifted(found.number(1), 3));
            } else if (found.is(MEAN)) {
                part.mean = Durations.shifted(found.number(1), 3);
                part.deviation = Durations.shifted(found.number(2), 3);
            } else if (found.is(MOST)) {
                part.max = Durations.shifted(found.number(1), 3);
                part.count = found.number(2);
            }
        }

        private void totals(String line) {
            LineMatch found = new LineMatch(line);
            if (found.is(TOTAL)) {
                requests = found.number(1);
            } else if (found.is(SOCKET)) {
                for (int i = 1; i <= 4; i++) {
                    socketErrors += found.number(i);
                }
            } else if (found.is(STATUS)) {
                failed = found.number(1);
            } else if (found.is(RATE)) {
                rate = found.number(1);
            } else if (found.is(TRANSFER)) {
                transfer = Sizes.bytes(found.group(1));
            }
        }

        /** {@code 2.92k} is 2920. */
        private static double plain(String written) {
            int places = "kMGTP".indexOf(written.charAt(written.length() - 1)) + 1;
            String digits = places == 0 ? written : written.substring(0, written.length() - 1);
            return Durations.shifted(Texts.number(digits), 3 * places);
        }

        void end(ImportContext importContext, Recorder recorder) {
            if (Double.isNaN(rate) || Double.isNaN(requests)) {
                recorder.problem(where, "the output of this test breaks off before its rate; the test is skipped");
                return;
            }
            if (constantRate) {
                parameters.put("rate", "constant");
            }
            RunFacts facts = new RunFacts().tool(constantRate ? "wrk2" : "wrk", "");
            recorder.header(where, facts, importContext).ifPresent(header -> recorder.benchmark(where, url, parameters)
                    .ifPresent(benchmark -> record(header, benchmark, recorder)));
        }

        private void record(RunHeader header, Benchmark benchmark, Recorder recorder) {
            LoadTest load = new LoadTest(recorder, where, header, benchmark);
            load.costWithPercentiles("time", "", "us", latency.stated(requests));
            load.costWithPercentiles("uncorrected.time", "uncorrected.", "us", uncorrected.stated(Double.NaN));
            perThread
                    .flatMap(StatedSummary::sample)
                    .ifPresent(sample -> load.sample("throughput.thread", "requests/s", Better.HIGHER, sample));
            load.throughput(rate);
            load.value("transfer", "B/s", Better.HIGHER, transfer);
            load.failures(failed, requests);
            load.value("socket_errors", "", Better.LOWER, socketErrors);
        }
    }

    /** One set of latencies, in microseconds. */
    private static final class Part {
        private final TreeMap<Double, Double> quantiles = new TreeMap<>();
        double mean = Double.NaN;
        double deviation = Double.NaN;
        double max = Double.NaN;
        double count = Double.NaN;

        void quantile(double share, double value) {
            if (share >= 0 && share <= 1) {
                quantiles.put(share, value);
            }
        }

        StatedSummary stated(double requests) {
            StatedSummary stated = StatedSummary.location(mean)
                    .deviation(deviation)
                    .count(Double.isNaN(count) ? requests : count)
                    .quantile(1, max);
            quantiles.forEach(stated::quantile);
            return stated;
        }
    }
}
