package dev.plumbline.ingest;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Excerpt;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Counts what passes, notes what is measured twice in one run, and keeps a file full of mistakes from flooding its
 * reader.
 *
 * <p>Memory is bounded: at most two million measurements are remembered; beyond that, repetitions are not reported.
 * What a file measures is numbered, and 64 numbers that follow one another are a word of bits for each run that has
 * any, found by a 64-bit hash.
 */
final class CheckedSink implements RunSink {
    private static final int MOST_PROBLEMS = 100;
    private static final int MOST_REPEATED = 20;
    private static final int MOST_KEPT = 1 << 21;
    private static final int MOST_LINKED = 1 << 16;

    /** The place of a measurement; of a repeated series one is reported. */
    private enum Standing {
        ALONE,
        IN_SERIES,
        REPORTED
    }

    private final String name;
    private final RunSink sink;
    private final Set<Problem> reported = new HashSet<>();
    private final Map<Long, Subject> subjects = new HashMap<>();
    private final Bits seen = new Bits();
    private Subject subject = new Subject(-1);
    private long measurements;
    private long problems;
    private long repeated;
    private Run run = new Run(null, 0);
    private final Run before = run;
    private int runs;
    private Standing standing = Standing.ALONE;

    CheckedSink(String name, RunSink sink) {
        this.name = name;
        this.sink = sink;
    }

    @Override
    public void accept(RunHeader header, Measurement measurement) {
        measurements++;
        sink.accept(header, measurement);
        if (!isOneOfSeveral(measurement.sample()) && isRepeated(header, measurement) && standing != Standing.REPORTED) {
            repeated++;
            if (repeated <= MOST_REPEATED) {
                problem(new Problem(
                        name,
                        "benchmark " + Excerpt.quoted(measurement.benchmark().label()) + ", metric "
                                + Excerpt.quoted(measurement.metric().name())
                                + (standing == Standing.ALONE
                                        ? ": is measured more than once in one run; every measurement is kept"
                                        : ": is there as several series; analyze answers each, and for a history they"
                                                + " are one")));
            }
            standing = standing == Standing.ALONE ? Standing.ALONE : Standing.REPORTED;
        }
    }

    @Override
    public void beginSeries(SeriesKey key, Unit unit, Better better, int places) {
        standing = Standing.IN_SERIES;
        sink.beginSeries(key, unit, better, places);
    }

    /** Distributions of several processes cannot be combined: each process has a separate one in the run. */
    private static boolean isOneOfSeveral(Sample sample) {
        return sample instanceof Sample.Histogram
                || sample instanceof Sample.Summary summary
                        && !summary.quantiles().isEmpty();
    }

    private boolean isRepeated(RunHeader header, Measurement measurement) {
        subject = subject.next != null && subject.next.isOf(measurement) ? subject.next : subject(measurement);
        return !seen.add(hash(header), subject.number);
    }

    /** The subject of a measurement, by its hash, with its usual successor. */
    private Subject subject(Measurement measurement) {
        Subject found = subjects.computeIfAbsent(hash(measurement), hash -> new Subject(subjects.size()));
        if (found.number < MOST_LINKED) {
            found.benchmark = measurement.benchmark();
            found.metric = measurement.metric();
            subject.next = found;
        }
        return found;
    }

    private long hash(RunHeader header) {
        // most files give the same header again and again, or the same ones in the same order for each series
        if (run.header != header) {
            Run last = run;
            // behind the newest run of a series comes the first one of the next
            Run next = last.next == null ? before.next : last.next;
            if (next != null && next.header == header) {
                run = next;
            } else {
                long time = header.measuredAt().map(Instant::hashCode).orElse(0);
                run = new Run(
                        header,
                        mix(header.hashCode() ^ time << 32, header.revision().commit()));
                if (runs < MOST_LINKED) {
                    runs++;
                    last.next = run;
                }
            }
        }
        return run.hash;
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

    /** A file that is read twice reports what is wrong with its form twice; once is enough. */
    @Override
    public void problem(Problem problem) {
        if (!reported.add(problem)) {
            return;
        }
        if (reported.size() > MOST_PROBLEMS) {
            reported.remove(problem); // the rest is only counted
        }
        problems++;
        if (problems <= MOST_PROBLEMS) {
            sink.problem(problem);
        }
    }

    /** Reports how many repetitions and problems were not reported one by one. */
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
            sink.problem(new Problem(name, "contains no measurement"));
        }
    }

    long measurements() {
        return measurements;
    }

    long problems() {
        return problems;
    }

    /** A metric of a benchmark; that of the next measurement is mostly what it was the last time. */
    private static final class Subject {
        final int number;
        private Benchmark benchmark;
        private Metric metric;
        private Subject next;

        Subject(int number) {
            this.number = number;
        }

        boolean isOf(Measurement measurement) {
            return benchmark == measurement.benchmark() && metric == measurement.metric();
        }
    }

    /** A run by its hash; the next one is mostly what it was the last time. */
    private static final class Run {
        /** Null before the first. */
        private final RunHeader header;

        private final long hash;
        private Run next;

        Run(RunHeader header, long hash) {
            this.header = header;
            this.hash = hash;
        }
    }

    /** Sets of numbers, each of a hash. */
    private static final class Bits {
        private long[] keys = new long[16];
        private long[] words = new long[16];
        private int size;
        private int kept;

        /** Adds a number while there are not too many; false if it is there already. */
        boolean add(long hash, int number) {
            long key = key(hash, number >>> 6);
            long bit = 1L << number;
            int slot = slot(keys, key);
            if ((words[slot] & bit) != 0) {
                return false;
            }
            if (kept < MOST_KEPT) {
                kept++;
                words[slot] |= bit;
                if (keys[slot] == 0) {
                    keys[slot] = key;
                    size++;
                    if (size > keys.length / 4 * 3) {
                        grow();
                    }
                }
            }
            return true;
        }

        /** Not 0, which marks an empty place. */
        private static long key(long hash, int part) {
            long key = (hash + part) * 0x9E3779B97F4A7C15L;
            return (key ^ key >>> 32) | Long.MIN_VALUE;
        }

        private void grow() {
            long[] largerKeys = new long[keys.length * 2];
            long[] largerWords = new long[keys.length * 2];
            for (int i = 0; i < keys.length; i++) {
                if (keys[i] != 0) {
                    int slot = slot(largerKeys, keys[i]);
                    largerKeys[slot] = keys[i];
                    largerWords[slot] = words[i];
                }
            }
            keys = largerKeys;
            words = largerWords;
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
