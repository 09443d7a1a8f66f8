package dev.plumbline.bench;

import dev.plumbline.core.stats.classic.FunctionalCusum;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Simulates the thresholds of the functional online CUSUM: quantiles of the largest statistic of streams of independent
 * standard normal values.
 *
 * <p>Arguments: values in a stream, streams, seed.
 */
public final class CusumQuantiles {
    private CusumQuantiles() {}

    /** Prints the 90, 95 and 99 % quantiles, for a known and for an unknown mean. */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        int length = Integer.parseInt(arguments[0]);
        int streams = Integer.parseInt(arguments[1]);
        Random random = new Random(Long.parseLong(arguments[2]));
        double[] known = new double[streams];
        double[] estimated = new double[streams];
        for (int i = 0; i < streams; i++) {
            FunctionalCusum first = FunctionalCusum.ofKnownMean(0, 1, Double.POSITIVE_INFINITY);
            FunctionalCusum second = FunctionalCusum.ofUnknownMean(1, Double.POSITIVE_INFINITY);
            for (int j = 0; j < length; j++) {
                double value = random.nextGaussian();
                first.append(value);
                second.append(value);
                known[i] = Math.max(known[i], first.statistic());
                estimated[i] = Math.max(estimated[i], second.statistic());
            }
        }
        print(out, "known", length, known);
        print(out, "estimated", length, estimated);
    }

    private static void print(PrintStream out, String name, int length, double[] largest) {
        Arrays.sort(largest);
        out.printf(
                Locale.ROOT,
                "%s, %,d streams of %,d: 10 %% %.2f, 5 %% %.2f, 1 %% %.2f%n",
                name,
                largest.length,
                length,
                largest[largest.length * 90 / 100],
                largest[largest.length * 95 / 100],
                largest[largest.length * 99 / 100]);
    }
}
