package dev.plumbline.bench;

import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.StepScan;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;

/**
 * Prints what the default detector finds in histories of 9 to 36 values, the first weeks of every user: the share of
 * histories without a step in which one is confirmed, and the share of steps that are found within two values of their
 * place.
 *
 * <p>Arguments: first seed, histories a cell; defaults 1 and 1,000. The noise is 1 % of the level; a step is given in
 * standard deviations of the bulk of the noise.
 */
public final class YoungHistories {
    private static final double VARIATION = 0.01;
    private static final int TOLERANCE = 2;
    private static final int[] LENGTHS = {9, 10, 12, 14, 17, 20, 25, 30, 36};
    private static final int[][] SPLITS = {{6, 3}, {6, 5}, {6, 9}, {10, 3}, {10, 5}, {15, 3}, {15, 9}, {25, 3}};
    private static final double[] STEPS = {5, 10};

    private final PrintStream out;
    private final long seed;
    private final int histories;

    private YoungHistories(PrintStream out, long seed, int histories) {
        this.out = out;
        this.seed = seed;
        this.histories = histories;
    }

    /** Prints both tables. */
    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int histories = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
        YoungHistories young = new YoungHistories(System.out, seed, histories);
        young.falseAlarms();
        young.power();
    }

    private void falseAlarms() {
        print("percent of histories without a step in which one is confirmed, by number of values%n  %-18s", "");
        for (int length : LENGTHS) {
            print("%6d", length);
        }
        out.println();
        for (Noise family : Noise.values()) {
            print("  %-18s", family);
            for (int length : LENGTHS) {
                Proportion alarms = new Proportion(0, 0);
                for (int i = 0; i < histories; i++) {
                    double[] values =
                            Histories.quiet(family, seed + i, length, VARIATION).values();
                    alarms = alarms.and(steps(values).length > 0);
                }
                print("%6.1f", 100 * alarms.share());
            }
            out.println();
        }
    }

    private void power() {
        print("percent of steps found, by values before + after%n  %-18s       ", "");
        for (int[] split : SPLITS) {
            print("%6s", split[0] + "+" + split[1]);
        }
        out.println();
        for (double step : STEPS) {
            for (Noise family : Noise.values()) {
                print("  %-18s %4.0f s", family, step);
                for (int[] split : SPLITS) {
                    print("%6.1f", 100 * found(family, step, split[0], split[1]).share());
                }
                out.println();
            }
        }
    }

    private Proportion found(Noise family, double step, int before, int after) {
        Proportion found = new Proportion(0, 0);
        for (int i = 0; i < histories; i++) {
            double[] values =
                    Histories.quiet(family, seed + i, before + after, VARIATION).values();
            for (int j = before; j < values.length; j++) {
                values[j] *= Math.exp(step * VARIATION);
            }
            found = found.and(Arrays.stream(steps(values)).anyMatch(index -> Math.abs(index - before) <= TOLERANCE));
        }
        return found;
    }

    private static int[] steps(double[] values) {
        return StepScan.analyze(values).steps().stream().mapToInt(Step::index).toArray();
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
    }
}
