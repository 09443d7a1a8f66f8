package dev.plumbline.bench;

import dev.plumbline.bench.ShapeSuites.Happening;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Prints the accuracy of a classifier that knows how the series of {@link ShapeSuites} are generated: level, noise,
 * sizes and the distributions of all places, of which only what happened, where, and in which direction is hidden. No
 * method that has to find these out itself can do better on average over the kinds.
 *
 * <p>Arguments: first seed, series of each kind, values, size, size of spikes; Gaussian noise. Two rules: the likeliest
 * of all kinds, which are as many; and the same where <i>nothing</i> weighs so much that 97 % of it is called so.
 */
public final class ShapeOracle {
    private static final double QUIET = 0.97;
    private static final int TURNS = 48;
    /** Share of later values on a new mode. */
    private static final double WEIGHT = 0.4;

    private final int length;
    private final double size;
    private final double spike;

    private ShapeOracle(int length, double size, double spike) {
        this.length = length;
        this.size = size;
        this.spike = spike;
    }

    /** Prints both rules. */
    public static void main(String[] arguments) {
        long first = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int series = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 400;
        int length = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 60;
        double size = arguments.length > 3 ? Double.parseDouble(arguments[3]) : 3;
        double spike = arguments.length > 4 ? Double.parseDouble(arguments[4]) : 3;
        ShapeOracle oracle = new ShapeOracle(length, size, spike);
        Map<Happening, double[][]> all = new EnumMap<>(Happening.class);
        for (Happening happening : Happening.values()) {
            double[][] likelihoods = new double[series][];
            for (int i = 0; i < series; i++) {
                likelihoods[i] = oracle.likelihoods(
                        ShapeSuites.generate(happening, ShapeSuites.Kind.GAUSS, first + i, length, size, spike));
            }
            all.put(happening, likelihoods);
        }
        double[] largest = Arrays.stream(all.get(Happening.NOTHING))
                .mapToDouble(one -> Arrays.stream(one).skip(1).max().orElseThrow())
                .sorted()
                .toArray();
        print(all, 0, "the likeliest of all");
        print(all, largest[(int) Math.ceil(QUIET * series) - 1], "97 % of nothing called so");
    }

    private static void print(Map<Happening, double[][]> all, double nothing, String rule) {
        System.out.printf(Locale.ROOT, "%s:%n", rule);
        for (Map.Entry<Happening, double[][]> entry : all.entrySet()) {
            int[] called = new int[Happening.values().length];
            for (double[] likelihoods : entry.getValue()) {
                int best = 0;
                for (int k = 1; k < likelihoods.length; k++) {
                    double other = best == 0 ? nothing : likelihoods[best];
                    best = likelihoods[k] > other ? k : best;
                }
                called[best]++;
            }
            System.out.printf(Locale.ROOT, "%-10s", entry.getKey());
            for (int k = 0; k < called.length; k++) {
                System.out.printf(
                        Locale.ROOT,
                        k == entry.getKey().ordinal() ? " [%4.1f]" : " %5.1f ",
                        100.0 * called[k] / entry.getValue().length);
            }
            System.out.println();
        }
    }

    /** Logarithms of the likelihood of each kind over that of nothing. */
    private double[] likelihoods(ShapeSuites.Generated generated) {
        double[] z = Arrays.stream(generated.values())
                .map(value -> Math.log(value / 100) / ShapeSuites.VARIATION)
                .toArray();
        double[] days = generated.days();
        double[] found = new double[Happening.values().length];
        for (Happening happening : Happening.values()) {
            found[happening.ordinal()] = switch (happening) {
                case NOTHING -> 0;
                case STEP -> later(z, (x, sign) -> shift(x, sign * size));
                case RAMP -> mean(each(sign -> sum(z, i -> sign * size * i / (length - 1))));
                case SPIKE -> spiked(z);
                case RECOVERY -> recovered(z);
                case SEASON -> seasonal(z, days);
                case VARIANCE -> later(z, (x, sign) -> x * x / 2 * (1 - 1 / (size * size)) - Math.log(size));
                case NEW_MODE -> later(z, (x, sign) -> Math.log(1 - WEIGHT + WEIGHT * Math.exp(shift(x, sign * size))));
            };
        }
        return found;
    }

    private interface Signed {
        double of(int sign);
    }

    private interface Point {
        double of(double value, int sign);
    }

    private interface Level {
        double at(int index);
    }

    private static double shift(double value, double by) {
        return value * by - by * by / 2;
    }

    private static double[] each(Signed signed) {
        return new double[] {signed.of(1), signed.of(-1)};
    }

    /** The logarithm of the mean of what these are logarithms of. */
    private static double mean(double[] logarithms) {
        double most = Arrays.stream(logarithms).max().orElseThrow();
        return most
                + Math.log(Arrays.stream(logarithms)
                        .map(one -> Math.exp(one - most))
                        .average()
                        .orElseThrow());
    }

    private double sum(double[] z, Level level) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += shift(z[i], level.at(i));
        }
        return sum;
    }

    /** Something that happens to every value from a place in the middle half on. */
    private double later(double[] z, Point point) {
        return mean(each(sign -> {
            double[] places = new double[length / 2];
            double sum = 0;
            for (int i = length - 1; i >= length / 4; i--) {
                sum += point.of(z[i], sign);
                if (i < length / 4 + places.length) {
                    places[i - length / 4] = sum;
                }
            }
            return mean(places);
        }));
    }

    private double spiked(double[] z) {
        return mean(each(sign -> {
            double[] places = new double[length / 2];
            Arrays.setAll(places, i -> shift(z[length / 4 + i], sign * spike));
            return mean(places);
        }));
    }

    private double recovered(double[] z) {
        int aways = length / 5;
        int stays = length / 6;
        return mean(each(sign -> {
            double[] places = new double[aways * stays];
            for (int i = 0; i < places.length; i++) {
                int away = length / 5 + i / stays;
                int back = away + length / 6 + i % stays;
                places[i] = sum(z, at -> at >= away && at < back ? sign * size : 0);
            }
            return mean(places);
        }));
    }

    /** The seasonal times of a series: four hours apart for daily seasons, a day for weekly ones. */
    private double seasonal(double[] z, double[] days) {
        boolean daily = days[1] - days[0] < 0.5;
        double[] turns = new double[TURNS];
        for (int k = 0; k < TURNS; k++) {
            double turn = (double) k / TURNS;
            turns[k] = sum(z, i -> size * Math.sin(2 * Math.PI * (days[i] / (daily ? 1 : 7) + turn)));
        }
        return mean(turns);
    }
}
