package dev.plumbline.ingest.jmeter;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.input.Xml;
import dev.plumbline.ingest.input.summary.LoadTest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/**
 * Reads JTL files, as CSV with or without a first line of names, and as XML.
 *
 * <p>A file of any length becomes, for each label, a histogram of all its response times in milliseconds with the
 * percentiles that JMeter reports, the share of failures, and the rate at which samples ended. Samples inside of
 * samples are parts of those and not counted again.
 */
public final class JmeterReader implements ResultReader {
    private static final int MOST_LABELS = 100_000;
    private static final int MOST_TIMES = 4_000_000;
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
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        Plan plan = new Plan(source.name(), recorder, importContext);
        if (source.head().text().stripLeading().startsWith("<")) {
            xml(source, plan);
        } else {
            csv(source, plan);
        }
        plan.handOn();
    }

    private static void csv(Source source, Plan plan) throws IOException {
        List<String> lines = source.head().lines(1);
        char separator = Csv.separator(lines.isEmpty() ? "" : lines.get(0));
        try (ByteTable table = new ByteTable(source, separator)) {
            if (!table.next()) {
                return;
            }
            List<String> first = new ArrayList<>();
            for (int i = 0; i < table.size(); i++) {
                first.add(table.field(i).toLowerCase(Locale.ROOT));
            }
            boolean headless = isHeadless(first);
            if (!headless) {
                Csv.requireDistinct(table.where(), first, UnaryOperator.identity());
            }
            List<String> columns = headless ? STANDARD : first;
            Labels labels = new Labels(plan, columns);
            boolean row = headless || table.next();
            while (row) {
                if (table.size() == first.size()) {
                    labels.sample(table);
                } else {
                    plan.problem(
                            table.where(),
                            "the row has " + table.size() + " of " + first.size() + " fields; it is skipped");
                }
                row = table.next();
            }
        }
    }

    /** Finds the label of a row by its bytes, so that no text is made of rows whose label was seen before. */
    private static final class Labels {
        private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

        private final Plan plan;
        private final int time;
        private final int elapsed;
        private final int label;
        private final int success;
        private final List<Label> found = new ArrayList<>();
        private final List<byte[]> written = new ArrayList<>();
        private long[] hashes = new long[256];
        private int[] places = new int[256];

        Labels(Plan plan, List<String> columns) {
            this.plan = plan;
            this.time = columns.indexOf("timestamp");
            this.elapsed = columns.indexOf("elapsed");
            this.label = columns.indexOf("label");
            this.success = columns.indexOf("success");
        }

        void sample(ByteTable table) throws IOException {
            long duration = table.whole(elapsed);
            if (!Samples.holds(duration)) {
                plan.badTime(table.where(), table.field(elapsed));
                return;
            }
            Label of = of(table);
            long start = table.whole(time);
            double began = start < 0 ? plan.milliseconds(table.field(time)) : (double) start;
            plan.add(of, began, duration, table.is(success, FALSE));
        }

        private Label of(ByteTable table) throws IOException {
            long hash = table.hash(label);
            int mask = places.length - 1;
            int at = slot(hash, mask);
            while (places[at] != 0) {
                int place = places[at] - 1;
                if (hashes[at] == hash && table.is(label, written.get(place))) {
                    return found.get(place);
                }
                at = at + 1 & mask;
            }
            Label made = plan.label(table.where(), table.field(label));
            found.add(made);
            written.add(table.bytes(label));
            places[at] = found.size();
            hashes[at] = hash;
            if (found.size() * 2 > places.length) {
                grow();
            }
            return made;
        }

        private static int slot(long hash, int mask) {
            return (int) (hash ^ hash >>> 32) & mask;
        }

        private void grow() {
            int[] wider = new int[places.length * 2];
            long[] widerHashes = new long[places.length * 2];
            for (int i = 0; i < places.length; i++) {
                if (places[i] != 0) {
                    int at = slot(hashes[i], wider.length - 1);
                    while (wider[at] != 0) {
                        at = at + 1 & wider.length - 1;
                    }
                    wider[at] = places[i];
                    widerHashes[at] = hashes[i];
                }
            }
            places = wider;
            hashes = widerHashes;
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
                    double elapsed = xml.number("t");
                    if (elapsed == Math.rint(elapsed) && Samples.holds((long) elapsed)) {
                        plan.add(
                                plan.label(xml.where(), xml.attribute("lb")),
                                plan.milliseconds(xml.attribute("ts")),
                                (long) elapsed,
                                xml.attribute("s").equals("false"));
                    } else {
                        plan.badTime(xml.where(), xml.attribute("t"));
                    }
                }
            }
        }
    }

    /** All samples of one label. */
    private static final class Label {
        final int index;
        final String where;
        double count;
        double failed;
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;

        Label(int index, String where) {
            this.index = index;
            this.where = where;
        }
    }

    private static final class Plan {
        private final String name;
        private final Recorder recorder;
        private final ImportContext importContext;
        private final Map<String, Label> labels = new LinkedHashMap<>();
        private final Samples samples = new Samples();
        private final Map<String, Double> writtenTimes = new HashMap<>();
        private double first = Double.POSITIVE_INFINITY;

        Plan(String name, Recorder recorder, ImportContext importContext) {
            this.name = name;
            this.recorder = recorder;
            this.importContext = importContext;
        }

        void problem(String where, String what) {
            recorder.problem(where, what);
        }

        void badTime(String where, String elapsed) {
            problem(where, Excerpt.quoted(elapsed) + " is not a time in milliseconds; the sample is skipped");
        }

        /** @throws UnreadableInput if there are too many */
        Label label(String where, String text) throws UnreadableInput {
            Label label = labels.computeIfAbsent(text, there -> new Label(labels.size(), where));
            if (labels.size() > MOST_LABELS) {
                throw new UnreadableInput(
                        where,
                        "has more than " + MOST_LABELS + " labels; does the label contain something that" + " varies?");
            }
            return label;
        }

        void add(Label of, double start, long duration, boolean failed) throws UnreadableInput {
            samples.add(of.index, duration);
            if (samples.size() > MOST_TIMES) {
                throw new UnreadableInput(name, "has more than " + MOST_TIMES + " different times of its labels");
            }
            of.count++;
            of.failed += failed ? 1 : 0;
            if (Double.isFinite(start)) {
                of.first = Math.min(of.first, start);
                of.last = Math.max(of.last, start + (double) duration);
                first = Math.min(first, start);
            }
        }

        /** Milliseconds since 1970; NaN when the time cannot be understood. */
        double milliseconds(String time) {
            double number = Texts.number(time);
            if (!Double.isNaN(number)) {
                return number;
            }
            if (writtenTimes.size() > 10_000) {
                writtenTimes.clear();
            }
            return writtenTimes.computeIfAbsent(
                    time, written -> Times.parse(written.replace('/', '-'), importContext.zone())
                            .map(instant -> (double) instant.toEpochMilli())
                            .orElse(Double.NaN));
        }

        void handOn() {
            Optional<Instant> start = Double.isFinite(first) ? Times.ofEpoch(first) : Optional.empty();
            Optional<RunHeader> header =
                    recorder.header(name, new RunFacts().tool("JMeter", "").measuredAt(start), importContext);
            List<SortedMap<Double, Long>> times = samples.byLabel(labels.size());
            header.ifPresent(run -> labels.forEach((text, label) -> recorder.benchmark(label.where, text, Map.of())
                    .ifPresent(benchmark -> {
                        LoadTest load = new LoadTest(recorder, label.where, run, benchmark);
                        load.histogram("ms", times.get(label.index));
                        load.failures(label.failed, label.count);
                        double seconds = (label.last - label.first) / 1000;
                        load.throughput(seconds > 0 ? label.count / seconds : Double.NaN);
                    })));
        }
    }
}
