package dev.plumbline.ingest.gatling;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.input.summary.LoadTest;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads {@code simulation.log} as Gatling 2 and 3 up to 3.11 write it, as text.
 *
 * <p>The fields before a request's groups differ between versions, those after do not, so lines are read from their
 * end: groups, name, start, end, status, message.
 */
final class SimulationLogReader {
    private static final int MOST_REQUESTS = 100_000;
    private static final int MOST_TIMES = 2_000_000;
    private static final String ALL = "All Requests";

    /** The responses of one request. */
    private static final class Calls {
        final String where;
        final TreeMap<Double, Long> times = new TreeMap<>();
        double count;
        double failed;

        Calls(String where) {
            this.where = where;
        }

        /** @return whether the time was not there before */
        boolean add(double time, boolean good) {
            count++;
            failed += good ? 0 : 1;
            return times.merge(time, 1L, Long::sum) == 1;
        }
    }

    private final Source source;
    private final Recorder recorder;
    private final Map<String, Calls> requests = new LinkedHashMap<>();
    private RunFacts facts = new RunFacts().tool("Gatling", "");
    private String simulation = "";
    private long times;
    private long crashes;
    private double first = Double.POSITIVE_INFINITY;
    private double last = Double.NEGATIVE_INFINITY;

    SimulationLogReader(Source source, RunSink sink) {
        this.source = source;
        this.recorder = new Recorder(sink);
    }

    void read(ImportContext importContext) throws IOException {
        requests.put(ALL, new Calls(source.name()));
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                String[] fields = lines.line().split("\t", -1);
                switch (fields[0]) {
                    case "RUN" -> run(fields, importContext);
                    case "REQUEST" -> request(lines.where(), fields);
                    case "USER", "GROUP" -> times(fields);
                    case "ERROR" -> crashes++;
                    default -> {
                        if (!fields[0].equals("ASSERTION") && !lines.line().isBlank()) {
                            recorder.problem(lines.where(), "is not a record of a simulation; it is skipped");
                        }
                    }
                }
            }
        }
        if (crashes > 0) {
            recorder.problem(source.name(), crashes + " requests were never sent because of errors in the simulation");
        }
        recorder.header(source.name(), facts, importContext).ifPresent(this::handOn);
    }

    /** {@code RUN class id start description version}; version 2 has one more id before the start. */
    private void run(String[] fields, ImportContext importContext) {
        if (fields.length < 6) {
            recorder.problem(source.name(), "the RUN record has " + fields.length + " of 6 fields");
            return;
        }
        simulation = fields[1];
        String version = fields[fields.length - 1].strip();
        Optional<Instant> start = Times.parse(fields[fields.length - 3], importContext.zone());
        facts = new RunFacts()
                .tool("Gatling", version)
                .context("description", fields[fields.length - 2].strip())
                .measuredAt(start);
    }

    private void request(String where, String[] fields) throws IOException {
        int status = status(fields);
        if (status < 5) {
            recorder.problem(where, "is not a request with its times and status; it is skipped");
            return;
        }
        double start = Texts.number(fields[status - 2]);
        double end = Texts.number(fields[status - 1]);
        if (!(end >= start && end - start < 1e12)) {
            recorder.problem(where, "has no time from start to end; the request is skipped");
            return;
        }
        String groups = fields[status - 4].replace(',', '/');
        String name = groups.isBlank() ? fields[status - 3] : groups + "/" + fields[status - 3];
        boolean good = fields[status].equals("OK");
        times += requests.computeIfAbsent(name, there -> new Calls(where)).add(end - start, good) ? 1 : 0;
        Optional.ofNullable(requests.get(ALL)).ifPresent(all -> all.add(end - start, good));
        first = Math.min(first, start);
        last = Math.max(last, end);
        if (requests.size() > MOST_REQUESTS || times > MOST_TIMES) {
            throw new UnreadableInput(
                    where, "exceeds the maximum number of requests or times; do names contain something that varies?");
        }
    }

    /** The index of the status: behind two times, and only followed by a message. */
    private static int status(String[] fields) {
        for (int i = fields.length - 1; i >= Math.max(3, fields.length - 3); i--) {
            if ((fields[i].equals("OK") || fields[i].equals("KO"))
                    && Texts.number(fields[i - 1]) > 0
                    && Texts.number(fields[i - 2]) > 0) {
                return i;
            }
        }
        return -1;
    }

    /** The run lasts from the first to the last time of any record. */
    private void times(String[] fields) {
        for (String field : fields) {
            if (field.length() == 13) {
                double time = Texts.number(field);
                if (time > 0) {
                    first = Math.min(first, time);
                    last = Math.max(last, time);
                }
            }
        }
    }

    private void handOn(RunHeader header) {
        double seconds = Math.max(1, Math.ceil((last - first) / 1000));
        Map<String, String> parameters = LoadTest.parameters(new TreeMap<>(Map.of("simulation", simulation)));
        requests.forEach((name, calls) -> {
            if (calls.count > 0) {
                recorder.benchmark(calls.where, name, parameters).ifPresent(benchmark -> {
                    LoadTest load = new LoadTest(recorder, calls.where, header, benchmark);
                    load.histogram("ms", calls.times);
                    load.throughput(calls.count / seconds);
                    load.failures(calls.failed, calls.count);
                });
            }
        });
    }
}
