package dev.plumbline.bench;

import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.StepScan;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Function;

/**
 * Prints the accuracy of the default detector: false alarms, detection, location, many steps.
 *
 * <p>Arguments: first tuning seed, first held-out seed, histories per cell; defaults 1, 1000000 and 400.
 */
public final class Evaluate {
    private static final Noise[] STEP_FAMILIES = {
        Noise.GAUSS,
        Noise.AUTOREGRESSIVE_03,
        Noise.AUTOREGRESSIVE_05,
        Noise.SPIKES,
        Noise.SKEWED,
        Noise.BIMODAL,
        Noise.QUANTISED,
        Noise.HETEROSCEDASTIC
    };

    private Evaluate() {}

    /** Runs the whole table twice: on the seeds used for tuning and on held-out ones. */
    public static void main(String[] arguments) {
        long tuning = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        long heldOut = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1_000_000;
        int histories = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 400;
        PrintStream out = System.out;
        Function<double[], int[]> detector = values ->
                StepScan.analyze(values).steps().stream().mapToInt(Step::index).toArray();
        out.println("tuning seeds");
        table(out, new Scores(detector, tuning), histories);
        if (heldOut != tuning) {
            out.println();
            out.println("held-out seeds");
            table(out, new Scores(detector, heldOut), histories);
        }
    }

    private static void table(PrintStream out, Scores scores, int histories) {
        out.println("A/A: share of histories of 60..300 points with a confirmed change point");
        for (Noise family : Noise.values()) {
            print(out, "  %-18s %s%n", family, scores.falseAlarms(family, 2 * histories));
        }
        out.println("A/A: share of histories of 200 points with an alarm at any append from 30 on");
        Scores.Share all = new Scores.Share(0, 0);
        for (Noise family : STEP_FAMILIES) {
            Scores.Share share = scores.sequentialAlarms(family, histories / 4);
            all = all.plus(share);
            print(out, "  %-18s %s%n", family, share);
        }
        print(out, "  %-18s %s%n", "all", all);
        out.println("found k = 3, 5, 10, 20 points after a step of at least 2 CV; exact index; mean error");
        int[] afters = {3, 5, 10, 20};
        Scores.Share[] total = new Scores.Share[afters.length];
        Scores.Share[] relevant = new Scores.Share[afters.length];
        java.util.Arrays.fill(total, new Scores.Share(0, 0));
        java.util.Arrays.fill(relevant, new Scores.Share(0, 0));
        Scores.Share exact = new Scores.Share(0, 0);
        double error = 0;
        for (Noise family : STEP_FAMILIES) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < afters.length; i++) {
                Scores.Detection detection = scores.detection(family, histories, afters[i]);
                total[i] = total[i].plus(detection.found());
                relevant[i] = relevant[i].plus(detection.relevant());
                exact = exact.plus(detection.exact());
                error += detection.meanError() * detection.found().hits();
                line.append(String.format(
                        Locale.ROOT,
                        "  %5.1f [%4.1f %.2f]",
                        100 * detection.found().value(),
                        100 * detection.exact().value(),
                        detection.meanError()));
            }
            print(out, "  %-18s %s%n", family, line);
        }
        print(out, "  all  %s   %s   %s   %s%n", total[0], total[1], total[2], total[3]);
        print(out, "  beyond the margin  %s   %s   %s   %s%n", relevant[0], relevant[1], relevant[2], relevant[3]);
        print(out, "  exact index %s, mean error %.3f%n", exact, error / Math.max(1, exact.count()));
        out.println("many steps of 5..10 % in 500 points, CV 3 %: F1 within 5 points, precision, recall");
        for (Noise family : new Noise[] {Noise.GAUSS, Noise.AUTOREGRESSIVE_03}) {
            Scores.Agreement agreement = scores.manySteps(family, histories / 2);
            print(out, "  %-18s %.4f  %s  %s%n", family, agreement.f1(), agreement.precision(), agreement.recall());
        }
    }

    private static void print(PrintStream out, String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
    }
}
