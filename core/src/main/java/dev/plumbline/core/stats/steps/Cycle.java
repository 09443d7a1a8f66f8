package dev.plumbline.core.stats.steps;

import dev.plumbline.core.stats.distribution.FisherF;
import dev.plumbline.core.stats.steps.noise.NoiseModel;
import dev.plumbline.core.stats.steps.noise.Robust;
import java.util.Arrays;
import java.util.Optional;

/**
 * A pattern that repeats every 7 or 5 values: of a benchmark that runs each day, or each working day, on a machine with
 * a weekly load.
 *
 * <p>To the noise model it looks like autocorrelation, and the interval of a step's size would be one around means that
 * wander. But the pattern is the same on both sides of a step: whole weeks average it out, and for parts of a week it
 * can be subtracted. It is computed only where there is a step to report and values resemble their neighbours; which
 * steps are found does not depend on it.
 *
 * <p>Method: levels and means of the phases in turn, of clipped scores (backfitting, Buja, Hastie and Tibshirani 1989,
 * section 2), and Fisher's F of what the phases explain. Other autocorrelation has less of its variance at these
 * periods than independent values have.
 */
final class Cycle {
    private static final int[] PERIODS = {7, 5};

    /** The interval of values that resemble their neighbours less is hardly too long. */
    private static final double LEAST_CORRELATION = 0.1;

    /** The least number of rounds. */
    private static final int LEAST_ROUNDS = 4;

    /** The probability by chance below which a pattern is accepted. */
    private static final double UNLIKELY = 1e-4;

    private static final int PASSES = 3;

    private static final double CLIP = 3;

    private final int[] indices;
    private final double[] effects;
    private final int[] counts;
    private final double p;

    private Cycle(int period, Analysis analysis, int[] indices) {
        this.indices = indices;
        double[] x = analysis.scores();
        NoiseModel noise = analysis.noise();
        effects = new double[period];
        counts = new int[period];
        // the level of less than one period is partly the pattern
        StepSegment[] used = Arrays.stream(analysis.segments())
                .filter(level -> level.length() >= period)
                .toArray(StepSegment[]::new);
        double[] centres = new double[used.length];
        double limit = CLIP * noise.scale();
        double all = 0;
        int count = 0;
        for (int s = 0; s < used.length; s++) {
            centres[s] = analysis.robust().level(x, used[s].from, used[s].to, noise.scale());
            for (int i = used[s].from; i < used[s].to; i++) {
                double far = Robust.clip(x[i] - centres[s], -limit, limit);
                all += far * far;
                counts[phase(i)]++;
                count++;
            }
        }
        int degrees = count - used.length - period + 1;
        if (count < LEAST_ROUNDS * period || Arrays.stream(counts).anyMatch(phase -> phase < 2)) {
            p = 1;
            return;
        }
        double left = all;
        for (int pass = 0; pass < PASSES; pass++) {
            left = improve(x, used, centres, limit);
        }
        p = left > 0 && left < all
                ? FisherF.survival((all - left) / (period - 1) / (left / degrees), period - 1, degrees)
                : 1;
    }

    /** Fits the effects to the levels and the levels to the effects once more, and returns the squares left. */
    private double improve(double[] x, StepSegment[] used, double[] centres, double limit) {
        double[] moved = new double[effects.length];
        for (int s = 0; s < used.length; s++) {
            for (int i = used[s].from; i < used[s].to; i++) {
                moved[phase(i)] += Robust.clip(x[i] - centres[s] - effects[phase(i)], -limit, limit);
            }
        }
        double mean = 0;
        for (int phase = 0; phase < effects.length; phase++) {
            effects[phase] += moved[phase] / counts[phase];
            mean += effects[phase] / effects.length;
        }
        for (int phase = 0; phase < effects.length; phase++) {
            effects[phase] -= mean;
        }
        double left = 0;
        for (int s = 0; s < used.length; s++) {
            double sum = 0;
            double squares = 0;
            for (int i = used[s].from; i < used[s].to; i++) {
                double far = Robust.clip(x[i] - centres[s] - effects[phase(i)], -limit, limit);
                sum += far;
                squares += far * far;
            }
            centres[s] += sum / used[s].length();
            left += squares - sum * sum / used[s].length();
        }
        return left;
    }

    /** The periodic pattern of a window, if there is clear evidence of one. */
    static Optional<Cycle> of(Analysis analysis, int[] indices) {
        NoiseModel noise = analysis.noise();
        if (noise.shown() < LEAST_CORRELATION) {
            return Optional.empty();
        }
        Cycle clearest = null;
        for (int period : PERIODS) {
            Cycle cycle = new Cycle(period, analysis, indices);
            if (cycle.p < UNLIKELY && (clearest == null || cycle.p < clearest.p)) {
                clearest = cycle;
            }
        }
        return Optional.ofNullable(clearest);
    }

    /** The values {@code x[0, length)} without the seasonality. */
    double[] without(double[] x, int length) {
        double[] without = new double[length];
        Arrays.setAll(without, i -> x[i] - effects[phase(i)]);
        return without;
    }

    /** The number of parameters of the pattern. */
    int estimates() {
        return effects.length - 1;
    }

    /**
     * Standard error of the pattern's part in the difference of two segments' levels, given the analysis without it.
     */
    double error(StepSegment before, StepSegment after, Analysis without) {
        Flank left = before.tail(without.scores(), without.robust());
        Flank right = after.head(without.scores(), without.robust());
        double[] difference = new double[effects.length];
        for (int i = left.from; i < left.to; i++) {
            difference[phase(i)] -= 1.0 / left.length();
        }
        for (int i = right.from; i < right.to; i++) {
            difference[phase(i)] += 1.0 / right.length();
        }
        double variance = 0;
        for (int phase = 0; phase < effects.length; phase++) {
            variance += difference[phase] * difference[phase] / counts[phase];
        }
        return without.noise().shownScale() * Math.sqrt(variance);
    }

    private int phase(int i) {
        return indices[i] % effects.length;
    }
}
