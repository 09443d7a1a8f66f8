package dev.plumbline.measure.subject;

import static java.util.Objects.requireNonNull;

import dev.plumbline.measure.process.Command;
import dev.plumbline.measure.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Work whose time depends only on the machine: measured twice, it shows how much two measurements of the same thing
 * differ.
 */
public final class BuiltInWork {
    /** Enough to fall out of most caches: 32 MiB. */
    private static final int CELLS = 1 << 23;

    private static final int STEPS = 100_000;
    private static final int ROUNDS = 6_000_000;
    private static final int WARM_UPS = 8;

    private final ProcessRunner runner;
    private final Command nothing;
    private final Path output;
    private final int[] cells = new int[CELLS];
    /** Kept so that no work can be left out as unused. */
    private long result;

    /** The kinds of work. */
    public enum Kind {
        /** Arithmetic, about ten milliseconds. */
        PROCESSOR,
        /** Reads all over 32 MiB, each depending on the one before. */
        MEMORY,
        /** Starts a process that does nothing, and waits for it. */
        START
    }

    /**
     * Pairs of times of the same work.
     *
     * @param first in nanoseconds
     * @param second as many, each taken beside the first of its number
     */
    public record Pairs(Kind kind, double[] first, double[] second) {
        public Pairs {
            first = first.clone();
            second = second.clone();
        }

        @Override
        public double[] first() {
            return first.clone();
        }

        @Override
        public double[] second() {
            return second.clone();
        }

        /** The logarithms of the ratios. */
        public double[] differences() {
            double[] differences = new double[first.length];
            Arrays.setAll(differences, i -> Math.log(second[i] / first[i]));
            return differences;
        }
    }

    /** @param folder takes what the started process prints: nothing */
    public BuiltInWork(ProcessRunner runner, Path folder, Map<String, String> variables) {
        this.runner = requireNonNull(runner, "runner");
        this.nothing = new Command(List.of("true"), folder, variables);
        this.output = folder.resolve("output.txt");
        // one cycle through all cells (Sattolo 1986), so that no reader can guess the next
        for (int i = 0; i < CELLS; i++) {
            cells[i] = i;
        }
        long state = 88_172_645_463_325_252L;
        for (int i = CELLS - 1; i > 0; i--) {
            state = next(state);
            int other = (int) Long.remainderUnsigned(state, i);
            int kept = cells[i];
            cells[i] = cells[other];
            cells[other] = kept;
        }
    }

    /** Marsaglia's xorshift (2003). */
    private static long next(long state) {
        long x = state;
        x ^= x << 13;
        x ^= x >>> 7;
        return x ^ (x << 17);
    }

    /** Measures each kind in pairs, in an order that turns every time. */
    public List<Pairs> pairs(int count) throws IOException, InterruptedException {
        List<Pairs> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            double[] first = new double[count];
            double[] second = new double[count];
            for (int i = 0; i < WARM_UPS; i++) {
                nanos(kind);
            }
            for (int i = 0; i < count; i++) {
                double one = nanos(kind);
                double other = nanos(kind);
                first[i] = i % 2 == 0 ? one : other;
                second[i] = i % 2 == 0 ? other : one;
            }
            all.add(new Pairs(kind, first, second));
        }
        return all;
    }

    private double nanos(Kind kind) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        switch (kind) {
            case PROCESSOR -> {
                long state = 1 + (result & 1);
                for (int i = 0; i < ROUNDS; i++) {
                    state = next(state);
                }
                result += state;
            }
            case MEMORY -> {
                int at = (int) (result & (CELLS - 1));
                for (int i = 0; i < STEPS; i++) {
                    at = cells[at];
                }
                result += at;
            }
            case START -> {
                return runner.run(nothing, output, Duration.ofMinutes(1)).wallNanos();
            }
        }
        return Math.max(1, System.nanoTime() - begin);
    }

    /** The smallest difference that the clock shows between two looks, in nanoseconds. */
    public static long clockNanos() {
        long smallest = Long.MAX_VALUE;
        long last = System.nanoTime();
        for (int looks = 0; looks < 100_000; looks++) {
            long now = System.nanoTime();
            if (now > last) {
                smallest = Math.min(smallest, now - last);
                last = now;
            }
        }
        return smallest == Long.MAX_VALUE ? 0 : smallest;
    }
}
