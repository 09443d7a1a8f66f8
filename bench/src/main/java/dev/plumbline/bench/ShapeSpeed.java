package dev.plumbline.bench;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.shape.SeriesShape;
import dev.plumbline.core.shape.SeriesSummary;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The duration of the whole analysis of series: steps, shape, anomalies and summary.
 *
 * <p>Arguments: series and values in each; defaults 10,000 and 500. First twenty of them with a cold machine, then all,
 * on all processors, then one of 100,000 values. Two series in five have a step, one in seven a slope, all have times.
 */
public final class ShapeSpeed {
    private ShapeSpeed() {}

    /** Prints wall and processor times. */
    public static void main(String[] arguments) {
        int series = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int length = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
        time("20 cold", 20, length);
        time(series + " of " + length, series, length);
        time("one of 100,000", 1, 100_000);
    }

    private static void time(String what, int series, int length) {
        double[][] values = new double[series][];
        double[] days = new double[length];
        for (int k = 0; k < series; k++) {
            values[k] = values(k, length);
        }
        for (int i = 0; i < length; i++) {
            days[i] = 19_000 + i / 6.0;
        }
        long before = System.nanoTime();
        long processor = processor();
        double stable = IntStream.range(0, series)
                .parallel()
                .mapToDouble(k -> {
                    SeriesShape shape = SeriesShape.of(values[k], days, 0.02);
                    return SeriesSummary.of(shape, values[k], Better.LOWER, 0.02)
                            .stability();
                })
                .average()
                .orElse(0);
        System.out.printf(
                Locale.ROOT,
                "%-20s %6.2f s wall, %6.2f s processor, mean stability %.0f%n",
                what,
                (System.nanoTime() - before) / 1e9,
                (processor() - processor) / 1e9,
                stable);
    }

    private static long processor() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private static double[] values(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed * 31 + 7).split();
        double alike = random.nextInt(3) * 0.2;
        int step = random.nextInt(5) < 2 ? random.nextInt(length) : length;
        double slope = random.nextInt(7) == 0 ? 0.1 : 0;
        double[] values = new double[length];
        double noise = 0;
        for (int i = 0; i < length; i++) {
            noise = alike * noise + 0.02 * random.nextGaussian();
            double odd = random.nextInt(200) == 0 ? 0.3 : 0;
            values[i] = 100 * Math.exp(noise + odd + slope * i / length + (i >= step ? 0.08 : 0));
        }
        return values;
    }
}
