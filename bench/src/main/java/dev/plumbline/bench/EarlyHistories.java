package dev.plumbline.bench;

import dev.plumbline.core.stats.steps.EarlyStep;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * Prints how often young healthy series show a possible regression after their first runs, at any check of their first
 * {@value EarlyStep#MOST} runs, alone and in suites of 5, 8 and 40; and how often a real one is detected.
 *
 * <p>Arguments: seed, series a cell; defaults 1 and 40,000.
 */
public final class EarlyHistories {
    private static final double NOISE = 0.015;
    private static final double MARGIN = 0.02;
    private static final int[] SUITES = {1, 5, 8, 40};
    private static final double[] NOISES = {0.005, 0.015, 0.03, 0.08};
    private static final double[] CHANGES = {0.10, 0.25, 0.50};
    private static final int[] AFTER = {3, 5, 8};
    private static final int BEFORE = 3;

    private final SplittableRandom random;

    private EarlyHistories(long seed) {
        random = new SplittableRandom(seed).split();
    }

    /** Prints both tables. */
    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40_000;
        EarlyHistories histories = new EarlyHistories(seed);
        System.out.printf(
                Locale.ROOT, "healthy, %d series a kind; suites of 1, 5, 8, 40 with any, in percent%n", count);
        histories.healthy().forEach((kind, series) -> histories.print(kind, count, series));
        System.out.printf(Locale.ROOT, "%d runs before and 3, 5, 8 after, found in percent%n", BEFORE);
        for (double noise : NOISES) {
            for (double change : CHANGES) {
                StringBuilder line = new StringBuilder();
                for (int after : AFTER) {
                    line.append(
                            String.format(Locale.ROOT, " %5.1f", histories.found(noise, change, after, count / 10)));
                }
                System.out.printf(Locale.ROOT, "  noise %4.1f %% and %+3.0f %%:%s%n", 100 * noise, 100 * change, line);
            }
        }
    }

    private Map<String, IntFunction<double[]>> healthy() {
        Map<String, IntFunction<double[]>> kinds = new LinkedHashMap<>();
        for (double noise : new double[] {0.005, 0.015, 0.08}) {
            kinds.put("Gaussian " + 100 * noise + " %", n -> normal(n, noise));
        }
        kinds.put("AR(1) 0.5", this::alike);
        kinds.put("one in twenty a spike", n -> added(normal(n, NOISE), i -> random.nextDouble() < 0.05 ? spike() : 0));
        kinds.put("one in five a spike", n -> added(normal(n, NOISE), i -> random.nextDouble() < 0.2 ? spike() : 0));
        kinds.put("two modes 6 apart", n -> added(normal(n, NOISE), i -> random.nextBoolean() ? 6 * NOISE : 0));
        for (int size : new int[] {4, 10, 30}) {
            kinds.put(
                    "warms up from " + size + " below",
                    n -> added(normal(n, NOISE), i -> -size * NOISE * Math.exp(-i / 2.0)));
        }
        for (int size : new int[] {4, 8, 20}) {
            kinds.put("climbs by " + size, n -> added(normal(n, NOISE), i -> size * NOISE * i / n));
        }
        return kinds;
    }

    private interface Drift {
        double at(int index);
    }

    private static double[] added(double[] values, Drift drift) {
        double[] more = values.clone();
        Arrays.setAll(more, i -> more[i] + drift.at(i));
        return more;
    }

    private double spike() {
        return 0.1 + 0.3 * random.nextDouble();
    }

    private double[] normal(int count, double noise) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> noise * random.nextGaussian());
        return values;
    }

    private double[] alike(int count) {
        double[] values = normal(count, NOISE);
        values[0] /= Math.sqrt(0.75);
        for (int i = 1; i < count; i++) {
            values[i] += values[i - 1] / 2;
        }
        return values;
    }

    private static boolean isTold(double... logarithms) {
        return EarlyStep.of(Arrays.stream(logarithms).map(Math::exp).toArray())
                .filter(step -> step.relativeChange() >= MARGIN)
                .isPresent();
    }

    private void print(String kind, int count, IntFunction<double[]> series) {
        int reported = 0;
        for (int i = 0; i < count; i++) {
            reported += isTold(series.apply(EarlyStep.MOST)) ? 1 : 0;
        }
        double share = (double) reported / count;
        StringBuilder line = new StringBuilder();
        for (int suite : SUITES) {
            line.append(String.format(Locale.ROOT, " %5.2f", 100 * (1 - Math.pow(1 - share, suite))));
        }
        System.out.printf(Locale.ROOT, "  %-24s%s%n", kind, line);
    }

    private double found(double noise, double change, int after, int count) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            found += isTold(added(normal(BEFORE + after, noise), at -> at < BEFORE ? 0 : Math.log1p(change))) ? 1 : 0;
        }
        return 100.0 * found / count;
    }
}
