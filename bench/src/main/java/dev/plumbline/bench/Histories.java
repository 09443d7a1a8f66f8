package dev.plumbline.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Seeded benchmark histories with known truth, around a level of 100.
 *
 * <p>The same seed and arguments give the same history on every machine.
 */
public final class Histories {
    private static final double[] VARIATIONS = {0.005, 0.01, 0.02, 0.035, 0.05};
    private static final double[] STEPS = {0.02, 0.03, 0.05, 0.10, 0.20};

    private Histories() {}

    /**
     * A generated history.
     *
     * @param values the measurements in time order
     * @param changes zero-based indices of the first points of new levels, ascending
     * @param variation coefficient of variation of the noise's bulk
     * @param size relative size of the (first) step; zero without a step
     */
    public record History(double[] values, int[] changes, double variation, double size) {}

    /** A history of 60 to 300 points in which nothing happens. */
    public static History quiet(Noise family, long seed) {
        SplittableRandom random = random(family, seed, 1);
        return quiet(family, seed, 60 + random.nextInt(241));
    }

    /** A history of {@code length} points in which nothing happens. */
    public static History quiet(Noise family, long seed, int length) {
        SplittableRandom random = random(family, seed, 2);
        double variation = family == Noise.SPIKES ? 0.01 : VARIATIONS[random.nextInt(VARIATIONS.length)];
        return quiet(family, length, variation, random);
    }

    /** A history of {@code length} points of a given variation in which nothing happens. */
    public static History quiet(Noise family, long seed, int length, double variation) {
        return quiet(family, length, variation, random(family, seed, 6));
    }

    private static History quiet(Noise family, int length, double variation, SplittableRandom random) {
        double[] noise = family.draw(random, length, variation);
        return new History(scaled(new double[length], noise, variation), new int[0], variation, 0);
    }

    /**
     * A history with one step of at least two coefficients of variation after 40 to 160 points; seven in ten go up.
     *
     * @param after points measured after the step
     */
    public static History oneStep(Noise family, long seed, int after) {
        SplittableRandom random = random(family, seed, 3);
        double variation;
        double size;
        do {
            variation = family == Noise.SPIKES ? 0.01 : VARIATIONS[random.nextInt(VARIATIONS.length)];
            size = STEPS[random.nextInt(STEPS.length)];
        } while (size < 2 * variation - 1e-12);
        int change = 40 + random.nextInt(121);
        boolean up = random.nextDouble() < 0.7;
        double[] noise = family.draw(random, change + after, variation);
        double[] logLevel = new double[change + after];
        Arrays.fill(logLevel, change, change + after, up ? Math.log1p(size) : -Math.log1p(size));
        return new History(scaled(logLevel, noise, variation), new int[] {change}, variation, size);
    }

    /** A history of 500 points, variation 3 %, with 5 to 12 steps of 5 to 10 % at least 20 points apart. */
    public static History manySteps(Noise family, long seed) {
        return manySteps(family, seed, 500, 0.03);
    }

    /** Steps of 5 to 10 % at least 20 points apart, one for every 40 to 100 points. */
    public static History manySteps(Noise family, long seed, int length, double variation) {
        SplittableRandom random = random(family, seed, 4);
        int count = Math.max(1, length / 100) + random.nextInt(Math.max(1, length * 8 / 500));
        int[] changes = new int[count];
        int room = length - 20 * (count + 1);
        for (int i = 0; i < count; i++) {
            changes[i] = random.nextInt(room + 1);
        }
        Arrays.sort(changes);
        double[] logLevel = new double[length];
        for (int i = 0; i < count; i++) {
            changes[i] += 20 * (i + 1);
            double step = Math.log1p(random.nextDouble(0.05, 0.10)) * (random.nextBoolean() ? 1 : -1);
            for (int j = changes[i]; j < length; j++) {
                logLevel[j] += step;
            }
        }
        double[] noise = family.draw(random, length, variation);
        return new History(scaled(logLevel, noise, variation), changes, variation, 0.05);
    }

    /** A level that climbs by {@code size} over {@code duration} points from the middle of {@code length} on. */
    public static History ramp(Noise family, long seed, int length, int duration, double size, double variation) {
        SplittableRandom random = random(family, seed, 5);
        double[] logLevel = new double[length];
        for (int i = 0; i < length; i++) {
            double progress = Math.min(1, Math.max(0, (i - length / 2 + 1.0) / duration));
            logLevel[i] = Math.log1p(size) * progress;
        }
        return new History(
                scaled(logLevel, family.draw(random, length, variation), variation),
                new int[] {length / 2},
                variation,
                size);
    }

    private static SplittableRandom random(Noise family, long seed, int purpose) {
        return new SplittableRandom(seed * 1_000_003L + family.ordinal() * 101L + purpose).split();
    }

    private static double[] scaled(double[] logLevel, double[] noise, double variation) {
        double[] values = new double[noise.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = 100 * Math.exp(logLevel[i]) * Math.max(0.01, 1 + variation * noise[i]);
        }
        return values;
    }
}
