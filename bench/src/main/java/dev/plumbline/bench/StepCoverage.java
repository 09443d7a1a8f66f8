package dev.plumbline.bench;

import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.StepScan;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Prints how often the 95 % interval of a detected step's size covers the true size, by kind of noise.
 *
 * <p>Arguments: first seed, histories a cell; defaults 1 and 2000.
 */
public final class StepCoverage {
    private static final int[] RUNS_AFTER = {5, 10, 20};

    private StepCoverage() {}

    /** Prints one line a kind of noise: coverage with its 95 % interval, and the mean width of the logarithm. */
    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int histories = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2000;
        PrintStream out = System.out;
        out.println("5, 10, 20 runs after a step of at least 2 CV: intervals that cover it, mean width");
        for (Noise noise : Noise.values()) {
            StringBuilder line = new StringBuilder();
            for (int after : RUNS_AFTER) {
                int covered = 0;
                int found = 0;
                double width = 0;
                for (int i = 0; i < histories; i++) {
                    Histories.History history = Histories.oneStep(noise, seed + i, after);
                    for (Step step : StepScan.analyze(history.values()).steps()) {
                        if (Math.abs(step.index() - history.changes()[0]) <= Scores.STEP_TOLERANCE) {
                            double truth = step.relativeChange() > 0 ? history.size() : 1 / (1 + history.size()) - 1;
                            found++;
                            covered += step.low() <= truth && truth <= step.high() ? 1 : 0;
                            width += Math.log1p(step.high()) - Math.log1p(step.low());
                        }
                    }
                }
                line.append(String.format(
                        Locale.ROOT, "  %s %.3f", new Scores.Share(covered, found), width / Math.max(1, found)));
            }
            out.printf(Locale.ROOT, "  %-18s%s%n", noise, line);
        }
    }
}
