package dev.plumbline.core.stats.steps;

import dev.plumbline.core.stats.steps.noise.NoiseModel;
import dev.plumbline.core.stats.steps.noise.Robust;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The size of a step, with its standard error.
 *
 * <p>Each side has its own variance (Welch 1947), shrunk towards that of the window, because few values estimate it
 * poorly; the degrees of freedom are Satterthwaite's (1946). As far as both sides are likely to lie on one slope, the
 * levels are those of the line at the step: otherwise the climb of the slope from the middle of one side to the middle
 * of the other would count as a part of the step.
 *
 * @param before level before the step, as a score
 * @param after level after it
 * @param error standard error of the difference
 * @param degrees of freedom of the error, at least 1
 */
record Jump(double before, double after, double error, int degrees) {
    /** The number of values of a side that the window's variance counts as. */
    private static final double PRIOR = 7;

    private static final int NEAR = 30;

    /** Values of one noise at least. */
    private static final int LEAST_LOUD = 6;

    /** Another noise from some place on is three parameters more (Schwarz 1978). */
    private static final double LOUDER = 3;

    private static final double LOUD_CLIP = 3;

    /** The assumed share of the window's variance for a side that looks quieter. */
    private static final double LEAST = 0.8;

    /** The least number of values, of all levels together, for which a slope is fitted. */
    private static final int LEAST_SLOPED = 40;

    /** A slope does not explain a step of this many standard errors or more. */
    private static final double EXPLAINED = 3.5;

    /** The prior odds of a slope in a window, as a logarithm. */
    private static final double LOG_ODDS = -2;

    /** A place counts as two parameters besides the level (Zhang and Siegmund 2007). */
    private static final double STEP_PARAMETERS = 3;

    /** A line that is less likely is none, and one whose opposite is less likely is certain. */
    private static final double UNLIKELY = 0.05;

    private static final double CLIP = 3;
    private static final double MAX_PHI = 0.8;

    /** The step between two segments of an analysis; the levels are those of a line where there is one. */
    static Jump of(Analysis analysis, StepSegment before, StepSegment after, Optional<Line> line) {
        double[] x = analysis.scores();
        Robust robust = analysis.robust();
        return of(x, before.tail(x, robust), after.head(x, robust), analysis.noise(), robust, line);
    }

    static Jump of(double[] x, Flank left, Flank right, NoiseModel noise, Robust robust, Optional<Line> line) {
        double before = Robust.level(x, left.from, left.to, left.centre, noise.scale());
        double after = Robust.level(x, right.from, right.to, right.centre, noise.scale());
        double share = line.map(Line::probability).orElse(0.0);
        if (share > 1 - UNLIKELY) {
            return line.orElseThrow().jump(left, before, right, after);
        }
        Side one = Side.of(x, left, before, noise, noise.shownScale(), robust);
        Side other = Side.of(x, right, after, noise, near(x, left, noise, robust), robust);
        double variance = one.variance + other.variance;
        double degrees = variance
                * variance
                / (one.variance * one.variance / one.degrees + other.variance * other.variance / other.degrees);
        Jump level = new Jump(before, after, Math.sqrt(variance), (int) Math.max(1, degrees));
        return line.map(sloped -> level.mixed(sloped.jump(left, before, right, after), share))
                .orElse(level);
    }

    /** The same, where something else has a part in the difference that is known with this standard error. */
    Jump with(double otherError) {
        return new Jump(before, after, Math.hypot(error, otherError), degrees);
    }

    /** The mixture with the other jump, which is the right one with a probability of {@code share}. */
    private Jump mixed(Jump other, double share) {
        double apart = (other.after - other.before) - (after - before);
        double variance =
                (1 - share) * error * error + share * other.error * other.error + share * (1 - share) * apart * apart;
        return new Jump(
                before + share * (other.before - before),
                after + share * (other.after - after),
                Math.sqrt(variance),
                (int) Math.max(1, (1 - share) * degrees + share * other.degrees));
    }

    /** The noise that is expected after the step: the window's, or that shortly before it if louder. */
    private static double near(double[] x, Flank left, NoiseModel noise, Robust robust) {
        int from = left.to - louder(x, left, noise);
        if (from <= left.from) {
            return noise.shownScale();
        }
        Flank newest = new Flank(x, from, left.to, robust);
        double level = Robust.level(x, from, left.to, newest.centre, noise.scale());
        return Math.max(noise.shownScale(), newest.scaleAround(level, x, robust, noise.floor()));
    }

    /**
     * The number of newest values of a side that are louder than those before them, by likelihood; {@value #NEAR} if
     * none are evidently.
     */
    private static int louder(double[] x, Flank side, NoiseModel noise) {
        int n = side.length();
        double[] squares = new double[n + 1];
        for (int i = 0; i < n; i++) {
            double far = Robust.clip(
                    x[side.to - 1 - i] - side.centre, -LOUD_CLIP * noise.scale(), LOUD_CLIP * noise.scale());
            squares[i + 1] = squares[i] + far * far;
        }
        int best = NEAR;
        double least = n * Math.log(Math.max(squares[n] / n, noise.floor() * noise.floor())) - LOUDER * Math.log(n);
        for (int newest = LEAST_LOUD; newest <= n - LEAST_LOUD; newest++) {
            double loud = squares[newest] / newest;
            double quiet = Math.max((squares[n] - squares[newest]) / (n - newest), noise.floor() * noise.floor());
            if (loud > quiet) {
                double unlikely = newest * Math.log(loud) + (n - newest) * Math.log(quiet);
                if (unlikely < least) {
                    least = unlikely;
                    best = newest;
                }
            }
        }
        return best;
    }

    /** The variance of a side's level, and what it is worth. */
    private record Side(double variance, double degrees) {
        static Side of(double[] x, Flank side, double level, NoiseModel noise, double expected, Robust robust) {
            int n = side.length();
            double phi = noise.shown();
            double factor = noise.shownMeanFactor(n);
            // values that resemble their neighbours lie closer to their own mean than to the level
            double own = side.scaleAround(level, x, robust, noise.floor());
            double ownVariance = own * own * (n - 1) / Math.max(0.25 * n, n - factor);
            double known = (n - 1) * (1 - phi * phi) / (1 + phi * phi);
            double prior = Math.min(PRIOR, noise.count());
            double sum = prior + known;
            double mixed = (prior * expected * expected + known * ownVariance) / sum;
            double variance = Math.max(mixed, LEAST * expected * expected);
            return new Side(variance * factor / n, sum * sum / (prior * prior / noise.degrees() + known));
        }
    }

    /**
     * One slope of a whole window, by least squares of scores clipped around the line.
     *
     * <p>A slow line is found as a stair of small steps, and what is left of it inside of these is hardly a slope. So a
     * window is fitted again without the steps that the slope explains, the weakest first, and how likely the slope is
     * follows from Schwarz's criterion (1978) of this fit, of the stair, and of levels without a slope.
     *
     * @param slope for each value
     * @param error its standard error
     * @param deviation of the scores from the line of their level
     * @param phi their autocorrelation
     * @param fit the levels it has
     * @param probability that there is a slope
     */
    record Line(double slope, double error, double deviation, double phi, Fit fit, double probability) {
        /** The line of a window that may have one; {@code bounds} are where its levels begin, and its end. */
        static Optional<Line> of(double[] x, int[] bounds, NoiseModel noise, Robust robust) {
            if (bounds[bounds.length - 1] - bounds[0] < LEAST_SLOPED) {
                return Optional.empty();
            }
            Fit stair = new Fit(x, bounds, noise, robust);
            Fit fit = stair;
            for (OptionalInt needless = fit.needless(); needless.isPresent(); needless = fit.needless()) {
                int dropped = needless.getAsInt();
                int[] last = fit.bounds;
                int[] fewer = IntStream.range(0, last.length)
                        .filter(place -> place != dropped)
                        .map(place -> last[place])
                        .toArray();
                fit = new Fit(x, fewer, noise, robust);
            }
            double logLength = Math.log(fit.count());
            int dropped = stair.levels.length - fit.levels.length;
            double phi = fit.line.phi;
            double independent = fit.count() * (1 - phi) / (1 + phi);
            // Schwarz's criteria without a slope: with all steps, and with those that the line leaves
            double withStair = independent * Math.log(stair.flatVariance()) + STEP_PARAMETERS * dropped * logLength;
            double without = Math.min(withStair, independent * Math.log(fit.flatVariance()));
            double with = independent * Math.log(fit.variance()) + logLength;
            Line line = fit.line.withProbability(1 / (1 + Math.exp(0.5 * (with - without) - LOG_ODDS)));
            return Optional.of(line).filter(likely -> likely.probability >= UNLIKELY);
        }

        /** Whether there is rather a slope than none. */
        boolean isLikely() {
            return probability > 0.5;
        }

        private Line withProbability(double found) {
            return new Line(slope, error, deviation, phi, fit, found);
        }

        /**
         * The jump between two sides. Where it is one of the fit's, the levels are those of the fit: a stair begins
         * where the values happen to be high (low, if it falls), so that the level of a single stair is too high.
         */
        Jump jump(Flank left, double before, Flank right, double after) {
            int place = fit.place(right.from);
            return place > 0 ? fit.jump(place, this) : jump(left.length(), before, right.length(), after);
        }

        private Jump jump(int n, double before, int k, double after) {
            double apart = 0.5 * (n + k);
            double variance =
                    deviation * deviation * (NoiseModel.meanFactor(n, phi) / n + NoiseModel.meanFactor(k, phi) / k)
                            + error * error * apart * apart;
            double degrees = (fit.count() - 3) * (1 - phi * phi) / (1 + phi * phi);
            return new Jump(
                    before + 0.5 * n * slope, after - 0.5 * k * slope, Math.sqrt(variance), (int) Math.max(1, degrees));
        }
    }

    /** Levels with a slope in common. */
    private static final class Fit {
        private static final int PASSES = 2;

        /** The lower limit of the remaining share of the noise's variance. */
        private static final double QUIETEST = 0.25;

        private final int[] bounds;
        private final double[] levels;
        private final double squares;
        private final double leastVariance;
        private final Line line;

        Fit(double[] x, int[] bounds, NoiseModel noise, Robust robust) {
            this.bounds = bounds;
            int count = count();
            levels = new double[bounds.length - 1];
            double squares = 0;
            for (int i = 0; i < levels.length; i++) {
                levels[i] = robust.median(x, bounds[i], bounds[i + 1]);
                double length = length(i);
                squares += length * (length * length - 1) / 12;
            }
            this.squares = squares;
            leastVariance = QUIETEST * noise.scale() * noise.scale();
            double slope = 0;
            for (int pass = 0; pass < PASSES; pass++) {
                double products = 0;
                for (int i = 0; i < levels.length; i++) {
                    double middle = 0.5 * (bounds[i] + bounds[i + 1] - 1);
                    double moved = 0;
                    for (int j = bounds[i]; j < bounds[i + 1]; j++) {
                        double far = x[j] - levels[i] - slope * (j - middle);
                        double clipped = Robust.clip(far, -CLIP * noise.scale(), CLIP * noise.scale());
                        moved += clipped;
                        products += (j - middle) * clipped;
                    }
                    levels[i] += moved / length(i);
                }
                slope += products / squares;
            }
            double[] residuals = new double[count];
            for (int i = 0; i < levels.length; i++) {
                double middle = 0.5 * (bounds[i] + bounds[i + 1] - 1);
                for (int j = bounds[i]; j < bounds[i + 1]; j++) {
                    residuals[j - bounds[0]] = x[j] - levels[i] - slope * (j - middle);
                }
            }
            int estimates = 1 + levels.length;
            double deviation = robust.estimate(residuals, 0, count, 0, estimates, noise.floor());
            double phi = correlation(residuals, CLIP * deviation, estimates);
            line = new Line(slope, deviation * Math.sqrt((1 + phi) / (1 - phi) / squares), deviation, phi, this, 1);
        }

        private int length(int level) {
            return bounds[level + 1] - bounds[level];
        }

        private int count() {
            return bounds[bounds.length - 1] - bounds[0];
        }

        /** The likeliest variance of the scores from their line, where more than half of them may be equal. */
        double variance() {
            double squared = Math.max(line.deviation * line.deviation, leastVariance);
            return squared * (count() - 1 - levels.length) / count();
        }

        /** The same from the levels, were there no slope. */
        double flatVariance() {
            return variance() + line.slope * line.slope * squares / count();
        }

        /** The level that begins at {@code index}, or a number below 0. */
        int place(int index) {
            return Arrays.binarySearch(bounds, 0, levels.length, index);
        }

        /** The jump to level {@code i}, at least 1. */
        Jump jump(int i, Line line) {
            return line.jump(length(i - 1), levels[i - 1], length(i), levels[i]);
        }

        /** The place among the bounds of the weakest step that the slope explains. */
        OptionalInt needless() {
            OptionalInt weakest = OptionalInt.empty();
            double least = EXPLAINED;
            for (int i = 1; i < levels.length; i++) {
                Jump jump = jump(i, line);
                double strength = Math.abs(jump.after - jump.before) / jump.error;
                if (strength < least) {
                    least = strength;
                    weakest = OptionalInt.of(i);
                }
            }
            return weakest;
        }

        /** The correlation of neighbours, corrected for the estimates that the residuals are taken from. */
        private static double correlation(double[] residuals, double limit, int estimates) {
            double products = 0;
            double squares = 0;
            double previous = 0;
            for (double residual : residuals) {
                double clipped = Robust.clip(residual, -limit, limit);
                squares += clipped * clipped;
                products += clipped * previous;
                previous = clipped;
            }
            double raw = squares > 0 ? products / squares : 0;
            return Robust.clip(raw + estimates * (1 + 3 * raw) / residuals.length, 0, MAX_PHI);
        }
    }
}
