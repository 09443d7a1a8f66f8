package dev.plumbline.bench;

import dev.plumbline.bench.ShapeSuites.Happening;
import dev.plumbline.bench.ShapeSuites.Kind;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Writes series of every shape as JSON Lines, for {@code plumb analyze} to be timed on and for its answers to be
 * compared from one build to another: in turn every {@link Happening} with noise of every {@link Kind}, and every
 * family of {@link Noise} with nothing, one step and several. Every third series has no times.
 *
 * <p>Arguments: series, values in each and first seed; defaults 1,000, 500 and 1. Where the values are given as a
 * range,
 * as in {@code 10-800}, every series has a length of its own. The same arguments give the same bytes.
 */
public final class SeriesFile {
    private static final double SECONDS_A_DAY = 86_400;

    private SeriesFile() {}

    /** Prints the lines. */
    public static void main(String[] arguments) {
        int series = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        String[] range = (arguments.length > 1 ? arguments[1] : "500").split("-", 2);
        long first = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
        int shortest = Integer.parseInt(range[0]);
        int longest = Integer.parseInt(range[range.length - 1]);
        PrintStream out = System.out;
        for (int number = 0; number < series; number++) {
            long seed = first + number;
            int length = new SplittableRandom(seed).split().nextInt(shortest, longest + 1);
            out.println(line(number, seed, length));
        }
        out.flush();
    }

    private static String line(int number, long seed, int length) {
        int shapes = Happening.values().length * Kind.values().length;
        int kind = number % (shapes + 3 * Noise.values().length);
        double[] values;
        double[] days = new double[length];
        if (kind < shapes) {
            Happening happening = Happening.values()[kind / Kind.values().length];
            double size = 2 + seed % 4;
            ShapeSuites.Generated generated = ShapeSuites.generate(
                    happening, Kind.values()[kind % Kind.values().length], seed, length, size, 2 * size);
            values = generated.values();
            days = generated.days();
        } else {
            Noise noise = Noise.values()[(kind - shapes) / 3];
            values = switch ((kind - shapes) % 3) {
                case 0 -> Histories.quiet(noise, seed, length).values();
                case 1 -> Histories.oneStep(noise, seed, length).values();
                default ->
                    length < 300
                            ? Histories.quiet(noise, seed, length, 0.1).values()
                            : Histories.manySteps(noise, seed, length, 0.03).values();
            };
            // one step comes after 40 values or more
            values = Arrays.copyOf(values, length);
            Arrays.setAll(days, i -> 19_000 + i / 6.0);
        }
        String times = number % 3 == 0
                ? ""
                : ",\"times\":["
                        + Arrays.stream(days)
                                .mapToObj(day -> Long.toString((long) (day * SECONDS_A_DAY)))
                                .collect(Collectors.joining(","))
                        + ']';
        return Arrays.stream(values)
                .mapToObj(value -> String.format(Locale.ROOT, "%.6g", value))
                .collect(Collectors.joining(
                        ",",
                        "{\"id\":\"series" + number + "\",\"unit\":\"ms\",\"better\":\"lower\"" + times
                                + ",\"values\":[",
                        "]}"));
    }
}
