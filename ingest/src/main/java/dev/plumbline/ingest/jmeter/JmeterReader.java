package dev.plumbline.ingest.jmeter;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Shown;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Surroundings;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.input.Xml;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads JTL files, as CSV with or without a first line of names, and as XML.
 *
 * <p>A file of any length becomes, for each label, a histogram of all its response times in milliseconds with the
 * percentiles that JMeter reports, the share of failures, and the rate at which samples ended. Samples inside of
 * samples are parts of those and not counted again.
 */
public final class JmeterReader implements ResultReader {
    private static final int MOST_LABELS = 100_000;
    private static final double[] PERCENTILES = {50, 90, 95, 99};
    private static final List<String> STANDARD = List.of(
            "timestamp", "elapsed", "label", "responsecode", "responsemessage", "threadname", "datatype", "success");

    public static boolean recognises(Head head) {
        String text = head.text().stripLeading();
        List<String> columns = Csv.columns(head);
        return text.startsWith("<") && text.contains("<testResults")
                || columns.contains("elapsed") && columns.contains("label")
                || isHeadless(columns);
    }

    /** A first line that is a sample already, in JMeter's usual order of columns. */
    private static boolean isHeadless(List<String> columns) {
        return columns.size() >= STANDARD.size()
                && (columns.get(7).equals("true") || columns.get(7).equals("false"))
                && columns.get(1).matches("[0-9]+");
    }

    @Override
    public void read(Source source, Surroundings surroundings, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        Plan plan = new Plan(source.name(), recorder, surroundings);
        if (source.head().text().stripLeading().startsWith("<")) {
            xml(source, plan);
        } else {
            csv(source, plan);
        }
        plan.handOn();
    }

    private static void csv(Source source, Plan plan) throws IOException {
        try (Csv csv = Csv.open(source)) {
            List<String> first = csv.columns().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList();
            boolean headless = isHeadless(first);
            List<String> columns = headless ? STANDARD : first;
            int size = first.size();
            int time = columns.indexOf("timestamp");
            int elapsed = columns.indexOf("elapsed");
            int label = columns.indexOf("label");
            int success = columns.indexOf("success");
            boolean row = headless || csv.next();
            while (row) {
                if (csv.size() != size) {
                    plan.problem(csv.where(), "the row has " + csv.size() + " of " + size + " fields; it is skipped");
                } else {
                    plan.sample(csv.where(), csv.field(label), csv.field(time), csv.field(elapsed), csv.field(success));
                }
                row = csv.next();
            }
        }
    }

    private static void xml(Source source, Plan plan) throws IOException {
        try (Xml xml = Xml.open(source)) {
            int depth = 0;
            while (xml.next()) {
                if (!xml.isStart()) {
                    depth--;
                    continue;
                }
                depth++;
                boolean sample = xml.name().equals("httpSample") || xml.name().equals("sample");
                if (sample && depth == 2) {
                    plan.sample(
                            xml.where(),
                            xml.attribute("lb"),
                            xml.attribute("ts"),
                            xml.attribute("t"),
                            xml.attribute("s"));
                }
            }
        }
    }

    /** All samples of one label. */
    private static final class Label {
        final String where;
        final TreeMap<Double, Long> times = new TreeMap<>();
        long count;
        long failed;
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;

        Label(String where) {
            this.where = where;
        }
    }

    private static final class Plan {
        private final String name;
        private final Recorder recorder;
        private final Surroundings surroundings;
        private final Map<String, Label> labels = new LinkedHashMap<>();
        private final Map<String, Double> writtenTimes = new HashMap<>();
        private double first = Double.POSITIVE_INFINITY;

        Plan(String name, Recorder recorder, Surroundings surroundings) {
            this.name = name;
            this.recorder = recorder;
            this.surroundings = surroundings;
        }

        void problem(String where, String what) {
            recorder.problem(where, what);
        }

        void sample(String where, String label, String time, String elapsed, String success) throws IOException {
            double duration = Texts.number(elapsed);
            if (!(duration >= 0 && duration < 1e12)) {
                problem(where, Shown.quoted(elapsed) + " is not a time in milliseconds; the sample is skipped");
                return;
            }
            Label of = labels.computeIfAbsent(label, there -> new Label(where));
            if (labels.size() > MOST_LABELS) {
                throw new UnreadableInput(
                        where, "has more than " + MOST_LABELS + " labels; is the label made of something that varies?");
            }
            of.times.merge(duration, 1L, Long::sum);
            of.count++;
            if (success.equals("false")) {
                of.failed++;
            }
            double start = milliseconds(time);
            if (Double.isFinite(start)) {
                of.first = Math.min(of.first, start);
                of.last = Math.max(of.last, start + duration);
                first = Math.min(first, start);
            }
        }

        /** Milliseconds since 1970; NaN when the time cannot be understood. */
        private double milliseconds(String time) {
            double number = Texts.number(time);
            if (!Double.isNaN(number)) {
                return number;
            }
            if (writtenTimes.size() > 10_000) {
                writtenTimes.clear();
            }
            return writtenTimes.computeIfAbsent(
                    time, written -> Times.parse(written.replace('/', '-'), surroundings.zone())
                            .map(instant -> (double) instant.toEpochMilli())
                            .orElse(Double.NaN));
        }

        void handOn() {
            Optional<Instant> start = Double.isFinite(first) ? Times.ofEpoch(first) : Optional.empty();
            Optional<RunHeader> header =
                    recorder.header(name, new RunFacts().tool("JMeter", "").measuredAt(start), surroundings);
            header.ifPresent(
                    run -> labels.forEach((label, samples) -> recorder.benchmark(samples.where, label, Map.of())
                            .ifPresent(benchmark -> handOn(run, benchmark, samples))));
        }

        private void handOn(RunHeader header, Benchmark benchmark, Label label) {
            Sample.Histogram.Bins bins = new Sample.Histogram.Bins(
                    label.times.keySet().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray(),
                    label.times.values().stream().mapToLong(Long::longValue).toArray());
            record(header, benchmark, label, "time", "ms", Better.LOWER, Sample.Histogram.of(List.of(bins)));
            for (double percent : PERCENTILES) {
                double value = bins.quantile(Texts.share(percent));
                record(header, benchmark, label, "p" + (int) percent, "ms", Better.LOWER, Sample.Summary.of(value));
            }
            double failed = 100.0 * label.failed / label.count;
            record(header, benchmark, label, "failures", "%", Better.LOWER, Sample.Summary.of(failed));
            double seconds = (label.last - label.first) / 1000;
            if (seconds > 0 && Double.isFinite(seconds)) {
                Sample rate = Sample.Summary.of(label.count / seconds);
                record(header, benchmark, label, "throughput", "requests/s", Better.HIGHER, rate);
            }
        }

        private void record(
                RunHeader header,
                Benchmark benchmark,
                Label label,
                String metric,
                String unit,
                Better better,
                Sample sample) {
            recorder.stated(label.where, header, benchmark, metric, unit, better, sample);
        }
    }
}
