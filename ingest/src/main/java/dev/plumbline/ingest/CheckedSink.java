package dev.plumbline.ingest;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Shown;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts what passes, notes what is measured twice in one run, and keeps a file full of mistakes from flooding its
 * reader.
 *
 * <p>Memory is bounded: what was seen is kept as 64-bit hashes, at most two million of them; beyond that, nothing is
 * said of repetitions. Each benchmark's metric has hashes of its own, so that those of a series lie together.
 */
final class CheckedSink implements RunSink {
    private static final int MOST_PROBLEMS = 100;
    private static final int MOST_REPEATED = 20;
    private static final int MOST_KEPT = 1 << 21;

    /** Where measurements stand; of a series that is there already one is told. */
    private enum Standing {
        ALONE,
        IN_SERIES,
        TOLD
    }

    private final String name;
    private final RunSink sink;
    private final Map<Long, Hashes> seen = new HashMap<>();
    private Benchmark lastBenchmark;
    private Metric lastMetric;
    private Hashes runs;
    private int kept;
    private long measurements;
    private long problems;
    private long repeated;
    private RunHeader lastHeader;
    private long lastHeaderHash;
    private Standing standing = Standing.ALONE;

    CheckedSink(String name, RunSink sink) {
        this.name = name;
        this.sink = sink;
    }

    @Override
    public void accept(RunHeader header, Measurement measurement) {
        measurements++;
        sink.accept(header, measurement);
        if (isRepeated(header, measurement) && standing != Standing.TOLD) {
            repeated++;
            if (repeated <= MOST_REPEATED) {
                problem(new Problem(
                        name,
                        "benchmark " + Shown.quoted(measurement.benchmark().label()) + ", metric "
                                + Shown.quoted(measurement.metric().name())
                                + (standing == Standing.ALONE
                                        ? ": is measured more than once in one run; every measurement is kept"
                                        : ": is there as several series; analyze answers each, and for a history they"
                                                + " are one")));
            }
            standing = standing == Standing.ALONE ? Standing.ALONE : Standing.TOLD;
        }
    }

    @Override
    public void beginSeries(SeriesKey key, Unit unit, Better better, int places) {
        standing = Standing.IN_SERIES;
        sink.beginSeries(key, unit, better, places);
    }

    private boolean isRepeated(RunHeader header, Measurement measurement) {
        if (lastBenchmark != measurement.benchmark() || lastMetric != measurement.metric()) {
            lastBenchmark = measurement.benchmark();
            lastMetric = measurement.metric();
            runs = seen.computeIfAbsent(hash(measurement), hash -> new Hashes());
        }
        long hash = hash(header);
        if (runs.contains(hash)) {
            return true;
        }
        if (kept < MOST_KEPT) {
            kept++;
            runs.add(hash);
        }
        return false;
    }

    private long hash(RunHeader header) {
        if (lastHeader != header) { // most files give the same header again and again
            if (!header.equals(lastHeader)) {
                long time = header.measuredAt().map(Instant::hashCode).orElse(0);
                lastHeaderHash =
                        mix(header.hashCode() ^ time << 32, header.revision().commit());
            }
            lastHeader = header;
        }
        return lastHeaderHash;
    }

    private static long hash(Measurement measurement) {
        long hash = mix(0, measurement.benchmark().name());
        for (Map.Entry<String, String> parameter :
                measurement.benchmark().parameters().entrySet()) {
            hash = mix(mix(hash, parameter.getKey()), parameter.getValue());
        }
        return mix(hash, measurement.metric().name());
    }

    private static long mix(long hash, String text) {
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        hash ^= hash >>> 32;
        return hash * 0x9E3779B97F4A7C15L;
    }

    @Override
    public void problem(Problem problem) {
        problems++;
        if (problems <= MOST_PROBLEMS) {
            sink.problem(problem);
        }
    }

    /** Tells what was not told one by one. */
    void end() {
        if (repeated > MOST_REPEATED) {
            sink.problem(
                    new Problem(name, (repeated - MOST_REPEATED) + " more measurements are repeated in their runs"));
        }
        if (problems > MOST_PROBLEMS) {
            sink.problem(new Problem(name, (problems - MOST_PROBLEMS) + " more problems like these"));
        }
        if (measurements == 0) {
            problems++;
            sink.problem(new Problem(name, "holds no measurement"));
        }
    }

    long measurements() {
        return measurements;
    }

    long problems() {
        return problems;
    }

    /** A set of hashes. */
    private static final class Hashes {
        private long[] table = new long[4];
        private int size;

        boolean contains(long hash) {
            long key = key(hash);
            return table[slot(table, key)] == key;
        }

        /** Adds one that is not there. */
        void add(long hash) {
            long key = key(hash);
            table[slot(table, key)] = key;
            size++;
            if (size * 2 > table.length) {
                grow();
            }
        }

        /** What marks an empty place is no key. */
        private static long key(long hash) {
            return hash == 0 ? 1 : hash;
        }

        private void grow() {
            long[] larger = new long[table.length * 2];
            for (long key : table) {
                if (key != 0) {
                    larger[slot(larger, key)] = key;
                }
            }
            table = larger;
        }

        private static int slot(long[] table, long key) {
            int at = (int) (key ^ key >>> 29) & table.length - 1;
            while (table[at] != 0 && table[at] != key) {
                at = at + 1 & table.length - 1;
            }
            return at;
        }
    }
}
