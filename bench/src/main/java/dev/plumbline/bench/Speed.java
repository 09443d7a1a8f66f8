package dev.plumbline.bench;

import dev.plumbline.core.stats.steps.StepScan;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * CPU time of the step scan, warm, one thread: many series, one long series, one append with its result.
 *
 * <p>Every figure is the median of its repetitions.
 */
public final class Speed {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int REPETITIONS = 9;
    private static int sink;

    private Speed() {}

    /** Prints the table. */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        for (Noise family : new Noise[] {Noise.GAUSS, Noise.AUTOREGRESSIVE_05, Noise.SPIKES}) {
            double[][] quiet = new double[1000][];
            double[][] stepped = new double[1000][];
            for (int i = 0; i < quiet.length; i++) {
                quiet[i] = Histories.quiet(family, i, 500).values();
                stepped[i] = Histories.manySteps(family, i).values();
            }
            print(out, "1,000 quiet series x 500, %s: %.0f ms%n", family, 1e-6 * median(() -> analyzeAll(quiet)));
            print(out, "1,000 stepped series x 500, %s: %.0f ms%n", family, 1e-6 * median(() -> analyzeAll(stepped)));
        }
        double slopeX = 0;
        double slopeY = 0;
        double slopeXx = 0;
        double slopeXy = 0;
        int points = 0;
        for (int length : new int[] {1_000, 3_000, 10_000, 30_000, 100_000}) {
            double[] values = Histories.manySteps(Noise.GAUSS, 7, length, 0.03).values();
            double nanos = median(() -> analyzeAll(new double[][] {values}));
            double[] quiet = Histories.quiet(Noise.GAUSS, 7, length).values();
            double quietNanos = median(() -> analyzeAll(new double[][] {quiet}));
            print(
                    out,
                    "one series of %,d: %.3f ms quiet, %.3f ms with a step every 60 values%n",
                    length,
                    1e-6 * quietNanos,
                    1e-6 * nanos);
            double x = Math.log(length);
            double y = Math.log(nanos);
            slopeX += x;
            slopeY += y;
            slopeXx += x * x;
            slopeXy += x * y;
            points++;
        }
        print(out, "log-log slope %.3f%n", (points * slopeXy - slopeX * slopeY) / (points * slopeXx - slopeX * slopeX));
        for (int length : new int[] {100, 500, 5_000, 50_000}) {
            double[] values =
                    Histories.manySteps(Noise.GAUSS, 8, length + 1000, 0.03).values();
            double nanos = medianOf(() -> {
                StepScan scan = new StepScan(StepScan.Settings.DEFAULT);
                for (int i = 0; i < length; i++) {
                    scan.append(values[i]);
                }
                long before = THREADS.getCurrentThreadCpuTime();
                for (int i = length; i < values.length; i++) {
                    scan.append(values[i]);
                    sink += scan.result().steps().size();
                }
                return THREADS.getCurrentThreadCpuTime() - before;
            });
            print(out, "append and result at %,d: %.4f ms%n", length, 1e-6 * nanos / 1000);
        }
        print(out, "(%d)%n", sink % 10);
    }

    private static void analyzeAll(double[][] all) {
        for (double[] values : all) {
            sink += StepScan.analyze(values).steps().size();
        }
    }

    private static double median(Runnable work) {
        return medianOf(() -> {
            long before = THREADS.getCurrentThreadCpuTime();
            work.run();
            return THREADS.getCurrentThreadCpuTime() - before;
        });
    }

    private static double medianOf(LongSupplier work) {
        long[] nanos = new long[REPETITIONS];
        for (int i = 0; i < REPETITIONS; i++) {
            sink += (int) work.getAsLong();
            nanos[i] = work.getAsLong();
        }
        Arrays.sort(nanos);
        return nanos[REPETITIONS / 2];
    }

    private static void print(PrintStream out, String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
    }
}
