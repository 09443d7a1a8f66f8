package dev.plumbline.bench;

import dev.plumbline.core.stats.classic.EDivisive;
import dev.plumbline.core.stats.classic.FunctionalCusum;
import dev.plumbline.core.stats.classic.OptimalPartitioning;
import dev.plumbline.core.stats.classic.Pelt;
import dev.plumbline.core.stats.classic.WindowedEDivisive;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;

/**
 * CPU time of the change-point methods of the literature, warm, one thread; every figure is the median of its
 * repetitions.
 *
 * <p>E-divisive is timed where its test cannot end early: on a series with one clear step, whose test draws all orders.
 */
public final class ClassicSpeed {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int REPETITIONS = 15;
    private static double sink;

    private ClassicSpeed() {}

    /** Prints the table. */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        EDivisive.Settings hundred = new EDivisive.Settings(100, 0.05, 2, 1);
        double[] stepped = Histories.manySteps(Noise.GAUSS, 7, 1_000, 0.03).values();
        double[] quiet = Histories.quiet(Noise.GAUSS, 7, 1_000).values();
        double[] halved = quiet.clone();
        for (int i = 400; i < halved.length; i++) {
            halved[i] *= 1.5;
        }
        for (double[] values : new double[][] {quiet, halved, stepped}) {
            String name = values == quiet ? "quiet" : values == halved ? "one step" : "many steps";
            int tests = EDivisive.analyze(values, hundred).points().size() + 1;
            print(
                    out,
                    "E-divisive, 100 permutations, n = 1,000, %s: %.2f ms for %d test(s)%n",
                    name,
                    milliseconds(
                            () -> sink += EDivisive.analyze(values, hundred).size()),
                    tests);
            print(
                    out,
                    "windowed E-divisive, n = 1,000, %s: %.2f ms%n",
                    name,
                    milliseconds(() -> sink += WindowedEDivisive.analyze(values).size()));
            print(
                    out,
                    "PELT, n = 1,000, %s: %.2f ms%n",
                    name,
                    milliseconds(() -> sink += Pelt.partition(values).cost()));
            print(
                    out,
                    "optimal partitioning, n = 1,000, %s: %.2f ms%n",
                    name,
                    milliseconds(
                            () -> sink += OptimalPartitioning.partition(values).cost()));
        }
        for (int length : new int[] {1_000, 10_000, 100_000}) {
            double[] values = Histories.quiet(Noise.GAUSS, 8, length).values();
            print(
                    out,
                    "energy statistics of all splits, n = %,d: %.3f ms%n",
                    length,
                    milliseconds(() -> sink += EDivisive.statistics(values)[0]));
        }
        double[] stream = Histories.quiet(Noise.GAUSS, 9, 1_000_000).values();
        print(
                out,
                "CUSUM, unknown mean, 1,000,000 values: %.2f M values/s%n",
                1e3
                        / milliseconds(() -> {
                            FunctionalCusum cusum = FunctionalCusum.ofUnknownMean(1, Double.POSITIVE_INFINITY);
                            feed(cusum, stream);
                        }));
        print(
                out,
                "CUSUM, known mean, 1,000,000 values: %.2f M values/s%n",
                1e3
                        / milliseconds(() -> {
                            FunctionalCusum cusum = FunctionalCusum.ofKnownMean(stream[0], 1, Double.POSITIVE_INFINITY);
                            feed(cusum, stream);
                        }));
        print(out, "(%.0f)%n", sink % 10);
    }

    private static void feed(FunctionalCusum cusum, double[] stream) {
        for (double value : stream) {
            sink += cusum.append(value) ? 1 : 0;
        }
    }

    private static double milliseconds(Runnable work) {
        long[] nanos = new long[REPETITIONS];
        for (int i = 0; i < 2 * REPETITIONS; i++) {
            long before = THREADS.getCurrentThreadCpuTime();
            work.run();
            nanos[i % REPETITIONS] = THREADS.getCurrentThreadCpuTime() - before;
        }
        Arrays.sort(nanos);
        return 1e-6 * nanos[REPETITIONS / 2];
    }

    private static void print(PrintStream out, String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
    }
}
