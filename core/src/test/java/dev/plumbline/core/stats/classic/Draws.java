package dev.plumbline.core.stats.classic;

import java.util.Random;

/** Seeded series of awkward kinds. */
final class Draws {
    private Draws() {}

    /** Kind {@code kind % 6}: normal, tied, normal on a large offset, two-valued, Cauchy, normal with steps. */
    static double[] series(Random random, int kind, int length) {
        double[] values = new double[length];
        double level = 0;
        for (int i = 0; i < length; i++) {
            if (random.nextInt(15) == 0) {
                level = 3 * random.nextGaussian();
            }
            values[i] = switch (kind % 6) {
                case 0 -> random.nextGaussian();
                case 1 -> Math.rint(2 * random.nextGaussian());
                case 2 -> 1e6 + random.nextGaussian();
                case 3 -> random.nextInt(3) == 0 ? 5 : 0;
                case 4 -> Math.tan(Math.PI * (random.nextDouble() - 0.5));
                default -> level + random.nextGaussian();
            };
        }
        return values;
    }

    static double[] reversed(double[] values) {
        double[] reversed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }

    /** {@code factor * value + shift} for every value. */
    static double[] linear(double[] values, double factor, double shift) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = factor * values[i] + shift;
        }
        return result;
    }

    /** 120 whole numbers of a congruential generator on the levels 0, 60000, 60000, 20000, 30 each. */
    static double[] fourLevels() {
        double[] values = new double[120];
        double[] levels = {0, 60_000, 60_000, 20_000};
        long state = 12345;
        for (int i = 0; i < values.length; i++) {
            long sum = 0;
            for (int j = 0; j < 3; j++) {
                state = (1103515245 * state + 12345) % (1L << 31);
                sum += state >> 16;
            }
            values[i] = Math.floor(sum / 3.0) + levels[i / 30];
        }
        return values;
    }
}
