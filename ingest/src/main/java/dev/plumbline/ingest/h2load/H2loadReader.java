package dev.plumbline.ingest.h2load;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.LineMatch;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Sizes;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.summary.Durations;
import dev.plumbline.ingest.input.summary.LoadTest;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what h2load prints, and the file that its {@code --log-file} writes, with every request.
 *
 * <p>Neither names the target: the file name is used instead.
 */
public final class H2loadReader implements ResultReader {
    private static final int MOST_TIMES = 2_000_000;
    private static final Pattern THREAD = Pattern.compile("spawning thread #\\d+: (\\d+) total client\\(s\\)\\..*");
    private static final Pattern PROTOCOL = Pattern.compile("Application protocol: (\\S+)");
    private static final Pattern FINISHED = Pattern.compile("finished in (\\S+), ([0-9.]+) req/s, (\\S+)/s(?:.*)");
    private static final Pattern REQUESTS = Pattern.compile("requests: (\\d+) total, (.*)");
    private static final Pattern COUNT = Pattern.compile("(\\d+) (started|done|succeeded|failed|errored|timeout)");
    private static final Pattern SAVINGS = Pattern.compile("traffic: .*\\(space savings ([0-9.]+)%\\).*");
    private static final Pattern COLUMNS = Pattern.compile("\\s+min\\s+max\\s+.*");
    private static final Pattern ROW =
            Pattern.compile("(time for request|time for connect|time to 1st byte|req/s\\s*):\\s+(\\S.*)");
    private static final Pattern LOGGED = Pattern.compile("([0-9]{15,17})\t(-?[0-9]{1,4})\t([0-9]{1,15})");

    public static boolean recognises(Head head) {
        List<String> lines = head.lines(200);
        boolean printed = lines.stream().anyMatch(line -> THREAD.matcher(line).matches())
                || head.text().contains("time for request:") && head.text().contains("finished in ");
        return printed || !lines.isEmpty() && LOGGED.matcher(lines.get(0)).matches();
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        List<String> first = source.head().lines(1);
        if (!first.isEmpty() && LOGGED.matcher(first.get(0)).matches()) {
            log(source, importContext, recorder);
        } else {
            text(source, importContext, recorder);
        }
    }

    private static void log(Source source, ImportContext importContext, Recorder recorder) throws IOException {
        TreeMap<Double, Long> times = new TreeMap<>();
        double first = Double.POSITIVE_INFINITY;
        double last = 0;
        double requests = 0;
        double failed = 0;
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                Matcher request = LOGGED.matcher(lines.line());
                if (!request.matches() || times.size() >= MOST_TIMES) {
                    recorder.problem(lines.where(), "is not a start, a status and a time; it is skipped");
                    continue;
                }
                double start = Texts.number(request.group(1));
                double status = Texts.number(request.group(2));
                double time = Texts.number(request.group(3));
                times.merge(time, 1L, Long::sum);
                requests++;
                failed += status >= 200 && status < 400 ? 0 : 1;
                first = Math.min(first, start);
                last = Math.max(last, start + time);
            }
        }
        RunFacts facts = new RunFacts().tool("h2load", "").measuredAt(Times.ofEpoch(Math.floor(first / 1000)));
        Optional<LoadTest> load = named(source.name(), source, Map.of(), facts, importContext, recorder);
        if (load.isPresent() && requests > 0) {
            load.get().histogram("us", times);
            load.get().failures(failed, requests);
            load.get().throughput(last > first ? requests / ((last - first) / 1e6) : Double.NaN);
        }
    }

    private static Optional<LoadTest> named(
            String where,
            Source source,
            Map<String, String> parameters,
            RunFacts facts,
            ImportContext importContext,
            Recorder recorder) {
        Optional<RunHeader> header = recorder.header(where, facts, importContext);
        Optional<Benchmark> benchmark = recorder.benchmark(where, source.stem(), parameters);
        return header.flatMap(run -> benchmark.map(made -> new LoadTest(recorder, where, run, made)));
    }

    private static void text(Source source, ImportContext importContext, Recorder recorder) throws IOException {
        Optional<Test> test = Optional.empty();
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                if (lines.line().startsWith("starting benchmark") || test.isEmpty()) {
                    test.ifPresent(before -> before.end(source, importContext, recorder));
                    test = Optional.of(new Test(lines.where()));
                }
                test.get().line(lines.line());
            }
        }
        test.ifPresent(last -> last.end(source, importContext, recorder));
    }

    /** One test, as it is printed. */
    private static final class Test {
        private final String where;
        private final Map<String, String> parameters = new TreeMap<>();
        private final NamedNumbers counts = new NamedNumbers();
        private final Map<String, String[]> rows = new LinkedHashMap<>();
        private List<String> columns = List.of();
        private int threads;
        private double clients;
        private double total = Double.NaN;
        private double rate = Double.NaN;
        private double transfer = Double.NaN;
        private double savings = Double.NaN;

        Test(String where) {
            this.where = where;
        }

        void line(String line) {
            LineMatch found = new LineMatch(line);
            if (found.is(THREAD)) {
                threads++;
                clients += found.number(1);
            } else if (found.is(PROTOCOL)) {
                parameters.put("protocol", found.group(1));
            } else if (found.is(FINISHED)) {
                rate = found.number(2);
                transfer = Sizes.bytes(found.group(3));
            } else if (found.is(REQUESTS)) {
                total = found.number(1);
                Matcher count = COUNT.matcher(found.group(2));
                while (count.find()) {
                    counts.put(count.group(2), Texts.number(count.group(1)));
                }
            } else if (found.is(SAVINGS)) {
                savings = found.number(1);
            } else if (COLUMNS.matcher(line).matches()) {
                columns = List.of(line.strip().split("\\s{2,}"));
            } else if (found.is(ROW)) {
                rows.put(found.group(1).strip(), found.group(2).strip().split("\\s+"));
            }
        }

        void end(Source source, ImportContext importContext, Recorder recorder) {
            if (Double.isNaN(rate) || Double.isNaN(total) || !rows.containsKey("req/s")) {
                recorder.problem(where, "the output of this test breaks off before its times; the test is skipped");
                return;
            }
            if (threads > 0) {
                parameters.put("threads", String.valueOf(threads));
                parameters.put("clients", String.valueOf((long) clients));
            }
            named(where, source, parameters, new RunFacts().tool("h2load", ""), importContext, recorder)
                    .ifPresent(this::record);
        }

        private void record(LoadTest load) {
            double done = counts.get("done");
            load.costWithPercentiles("time", "", "us", times("time for request").count(done));
            load.cost("connect", "us", times("time for connect"));
            load.cost("first_byte", "us", times("time to 1st byte"));
            row("req/s")
                    .sample()
                    .ifPresent(sample -> load.sample("throughput.client", "requests/s", Better.HIGHER, sample));
            load.throughput(rate);
            load.value("transfer", "B/s", Better.HIGHER, transfer);
            load.failures((counts.has("failed") ? counts.get("failed") : 0), total);
            load.value("errors", "", Better.LOWER, counts.get("errored"));
            load.value("timeouts", "", Better.LOWER, counts.get("timeout"));
            load.value("header_savings", "%", Better.HIGHER, savings);
        }

        /**
         * A row of durations; without a number where nothing was measured, which h2load prints as nothing but zeros.
         */
        private StatedSummary times(String name) {
            StatedSummary stated = row(name);
            String[] fields = rows.getOrDefault(name, new String[0]);
            for (String field : fields) {
                if (!field.matches("0us|0\\.00%")) {
                    return stated;
                }
            }
            return StatedSummary.location(Double.NaN);
        }

        private StatedSummary row(String name) {
            String[] fields = rows.getOrDefault(name, new String[0]);
            double[] values = new double[columns.size()];
            Arrays.fill(values, Double.NaN);
            for (int i = 0; i < values.length && i < fields.length; i++) {
                double plain = Texts.number(fields[i]);
                values[i] = Double.isNaN(plain) ? Durations.parse(fields[i], "us") : plain;
            }
            int mean = columns.indexOf("mean");
            StatedSummary stated = StatedSummary.location(mean < 0 ? Double.NaN : values[mean]);
            for (int i = 0; i < values.length; i++) {
                switch (columns.get(i)) {
                    case "min" -> stated.quantile(0, values[i]);
                    case "median" -> stated.quantile(0.5, values[i]);
                    case "p95" -> stated.quantile(0.95, values[i]);
                    case "p99" -> stated.quantile(0.99, values[i]);
                    case "max" -> stated.quantile(1, values[i]);
                    case "sd" -> stated.deviation(values[i]);
                    default -> {
                        // the share inside one deviation is no number of its own
                    }
                }
            }
            return stated;
        }
    }
}
