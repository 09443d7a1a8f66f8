package dev.plumbline.core.shape;

import dev.plumbline.core.stats.Location;
import java.util.Arrays;
import java.util.Optional;

/**
 * A level that some values jump to from a place on, while the others stay: before it one level, behind it a mixture of
 * that and a second one, with one deviation for all; fitted by expectation and maximisation.
 *
 * @param cut index of the first score after it came up
 * @param old the level that stays
 * @param other the new one
 * @param weight share of the later scores on the new level
 * @param deviation around each
 * @param logLikelihood of all scores
 */
record NewMode(int cut, double old, double other, double weight, double deviation, double logLikelihood) {
    /** Two levels, a deviation and a share. */
    static final int PARAMETERS = 4;

    private static final int ITERATIONS = 25;
    /** Levels that are nearer, in deviations, are one hump. */
    private static final double NEAREST = 2;

    private static final double SMALLEST_WEIGHT = 0.12;
    private static final double LARGEST_WEIGHT = 0.88;
    /** A later value so many deviations off may be on another level. */
    private static final double FAR = 1.5;

    private static final int FEWEST = 3;
    private static final double CONVERGED = 0.05;
    private static final double LEAST_DENSITY = 1e-100;

    /** The same among so many times as many values. */
    NewMode spread(int times) {
        return new NewMode(cut * times, old, other, weight, deviation, logLikelihood);
    }

    /** The likeliest one that comes up at a place; nothing where the later values show no second level. */
    static Optional<NewMode> at(double[] x, int cut, Tails tails, double floor) {
        int later = x.length - cut;
        Split sides = Split.at(x, cut, tails, Split.Common.NOTHING, floor);
        double old = sides.before();
        double deviation = sides.deviationBefore();
        double far = 0;
        int count = 0;
        for (int i = cut; i < x.length; i++) {
            double off = (x[i] - old) / deviation;
            if (Math.abs(off) > FAR && off > 0 == sides.after() > old) {
                far += x[i];
                count++;
            }
        }
        if (count < FEWEST || count < SMALLEST_WEIGHT * later || count > LARGEST_WEIGHT * later) {
            return Optional.empty();
        }
        return fitted(x, cut, tails, floor, old, far / count, (double) count / later, deviation);
    }

    /** The likeliest mixture of two levels that were there all along; nothing where the values show no two. */
    static Optional<NewMode> standing(double[] x, Tails tails, double floor) {
        double[] sorted = x.clone();
        Arrays.sort(sorted);
        Ramps sums = new Ramps(sorted, Location.median(sorted));
        int cut = sums.cut(0, x.length, Math.max(FEWEST, (int) (SMALLEST_WEIGHT * x.length)));
        double deviation = Math.sqrt((sums.around(0, cut) + sums.around(cut, x.length)) / x.length);
        return fitted(
                x,
                0,
                tails,
                floor,
                sums.level(0, cut),
                sums.level(cut, x.length),
                1 - (double) cut / x.length,
                Math.max(floor, deviation));
    }

    /** From a first guess, by expectation and maximisation. */
    private static Optional<NewMode> fitted(
            double[] x,
            int cut,
            Tails tails,
            double floor,
            double oldGuess,
            double otherGuess,
            double weightGuess,
            double deviationGuess) {
        int later = x.length - cut;
        double old = oldGuess;
        double other = otherGuess;
        double weight = weightGuess;
        double deviation = deviationGuess;
        double likelihood = Double.NEGATIVE_INFINITY;
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double squares = deviation * deviation;
            double product = 1;
            double now = tails.atCentre(x.length, deviation);
            double stayed = 0;
            double staying = 0;
            double moved = 0;
            double moving = 0;
            double spread = 0;
            double share = 0;
            for (int i = 0; i < x.length; i++) {
                double off = x[i] - old;
                double square = off * off / squares;
                double density = tails.density(square);
                double part = 0;
                if (i >= cut) {
                    double offOther = x[i] - other;
                    double squareOther = offOther * offOther / squares;
                    double there = weight * tails.density(squareOther);
                    density = Math.max((1 - weight) * density + there, LEAST_DENSITY);
                    part = there / density;
                    double counts = part * tails.weight(squareOther);
                    moved += counts;
                    moving += counts * offOther;
                    spread += counts * offOther * offOther;
                    share += part;
                }
                double counts = (1 - part) * tails.weight(square);
                stayed += counts;
                staying += counts * off;
                spread += counts * off * off;
                product *= Math.max(density, LEAST_DENSITY);
                if (product < LEAST_DENSITY) {
                    now += StrictMath.log(product);
                    product = 1;
                }
            }
            now += StrictMath.log(product);
            boolean done = now - likelihood < CONVERGED;
            likelihood = now;
            if (done) {
                break;
            }
            double byOld = stayed > 0 ? staying / stayed : 0;
            double byOther = moved > 0 ? moving / moved : 0;
            spread -= byOld * staying + byOther * moving;
            old += byOld;
            other += byOther;
            weight = share / later;
            deviation = Math.max(floor, Math.sqrt(Math.max(0, spread) / x.length));
        }
        boolean believable =
                Math.abs(other - old) >= NEAREST * deviation && weight >= SMALLEST_WEIGHT && weight <= LARGEST_WEIGHT;
        return believable ? Optional.of(new NewMode(cut, old, other, weight, deviation, likelihood)) : Optional.empty();
    }
}
