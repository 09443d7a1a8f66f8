package dev.plumbline.bench;

import dev.plumbline.core.stats.MeanInterval;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Prints how often the intervals of {@code plumb run} contain the mean of simulated executions on steady and on
 * drifting machines, their width compared with Student's for independent values, and how often measuring would stop
 * because of drift.
 *
 * <p>Arguments: first seed, series a row; defaults 1 and 2000.
 */
public final class MeanCoverage {
    private static final double LEVEL = 100;
    private static final double NOISE = 2;
    private static final int OCTAVES = 12;

    /** The deviations of executions, in units of the noise. */
    private interface Machine {
        double[] deviations(SplittableRandom random, int count);
    }

    private MeanCoverage() {}

    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int series = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
        System.out.println("machine         values  planned  all looks  width  given up");
        machines().forEach((name, machine) -> {
            for (int count : new int[] {10, 64, 256, 1024}) {
                print(name, machine, count, new SplittableRandom(seed), series);
            }
        });
    }

    private static Map<String, Machine> machines() {
        Map<String, Machine> all = new LinkedHashMap<>();
        for (Noise noise : List.of(Noise.GAUSS, Noise.SKEWED, Noise.AUTOREGRESSIVE_03, Noise.AUTOREGRESSIVE_06)) {
            all.put(reported(noise), (random, count) -> noise.draw(random, count, NOISE / LEVEL));
        }
        // half of the noise over some thirty executions
        all.put("slow drift", (random, count) -> {
            double[] values = Noise.GAUSS.draw(random, count, NOISE / LEVEL);
            drift(values, random, 0.97, 0.5);
            return values;
        });
        // a fifth of the noise each over 1, 2, 4 … 2048 executions
        all.put("of every length", (random, count) -> {
            double[] values = Noise.GAUSS.draw(random, count, NOISE / LEVEL);
            for (int octave = 0; octave < OCTAVES; octave++) {
                drift(values, random, Math.exp(-1.0 / (1 << octave)), 0.2);
            }
            return values;
        });
        return all;
    }

    private static String reported(Noise noise) {
        return noise.name().toLowerCase(Locale.ROOT).replace("autoregressive_0", "neighbours 0.");
    }

    private static void drift(double[] values, SplittableRandom random, double coefficient, double deviation) {
        double[] drift = Noise.autoregressive(random, values.length, coefficient);
        Arrays.setAll(values, i -> values[i] + deviation * drift[i]);
    }

    private static void print(String name, Machine machine, int count, SplittableRandom seeds, int series) {
        int planned = 0;
        int sequential = 0;
        int givenUp = 0;
        double width = 0;
        double independent = NOISE / LEVEL / Math.sqrt(count) * StudentT.upperQuantile(0.025, count - 1.0);
        for (int i = 0; i < series; i++) {
            double[] values = machine.deviations(seeds.split(), count);
            Arrays.setAll(values, k -> LEVEL + NOISE * values[k]);
            double truth = LEVEL / Location.mean(values) - 1;
            planned += MeanInterval.planned(values, 0.95).contains(truth) ? 1 : 0;
            sequential += MeanInterval.relative(values, 0.95).contains(truth) ? 1 : 0;
            givenUp += MeanInterval.isBoundByDrift(values) ? 1 : 0;
            width += MeanInterval.planned(values, 0.95).high() / independent;
        }
        System.out.printf(
                Locale.ROOT,
                "%-15s %6d   %5.1f %%    %5.1f %%   %4.2f   %5.1f %%%n",
                name,
                count,
                100.0 * planned / series,
                100.0 * sequential / series,
                width / series,
                100.0 * givenUp / series);
    }
}
