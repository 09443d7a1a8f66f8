package dev.plumbline.core.shape;

import dev.plumbline.core.shape.mixture.Decay;
import dev.plumbline.core.shape.mixture.Groups;
import dev.plumbline.core.shape.mixture.LogProduct;
import dev.plumbline.core.shape.mixture.Split;
import dev.plumbline.core.shape.mixture.Sums;
import dev.plumbline.core.shape.mixture.Tails;
import dev.plumbline.core.stats.sample.Location;
import java.util.Optional;

/**
 * A level that some values jump to from a position on, while the others stay: before the position one level, after it a
 * mixture of that and a second one, with a common deviation; fitted by expectation maximisation.
 *
 * @param cut index of the first score after it came up
 * @param old the level that stays
 * @param other the new one
 * @param weight share of the later scores on the new level
 * @param deviation around each
 * @param logLikelihood of all scores
 */
public record NewMode(int cut, double old, double other, double weight, double deviation, double logLikelihood) {
    /** Two levels, a deviation and a share. */
    static final int PARAMETERS = 4;

    private static final int ITERATIONS = 25;
    /** Levels that are nearer, in deviations, are one hump. */
    private static final double NEAREST = 2;

    private static final double SMALLEST_WEIGHT = 0.12;
    private static final double LARGEST_WEIGHT = 0.88;
    /** A later value this number of deviations off may be on another level. */
    private static final double FAR = 1.5;

    private static final int FEWEST = 3;
    private static final double CONVERGED = 0.05;
    private static final double LEAST_DENSITY = 1e-100;
    /**
     * The distance, in deviations, within which normal densities with shares above the least are above the least, too.
     */
    private static final double NEAR = 20;

    private static final double LEAST_SHARE = 1e-9;

    /** The same among this many times the values. */
    NewMode spread(int times) {
        return new NewMode(cut * times, old, other, weight, deviation, logLikelihood);
    }

    /** The likeliest one that comes up at a place; nothing where the later values show no second level. */
    public static Optional<NewMode> at(Sums scores, int cut, Tails tails, double floor) {
        double[] x = scores.scores();
        int later = x.length - cut;
        Split sides = Split.at(scores, cut, tails, Split.Common.NOTHING, floor);
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
        return new Fit(scores, cut, tails, old, far / count, (double) count / later, deviation).best(floor);
    }

    /** The likeliest mixture of two levels that were there all along; nothing where the values show no two. */
    static Optional<NewMode> standing(Sums scores, Tails tails, double floor) {
        double[] sorted = scores.sorted();
        int n = sorted.length;
        Ramps sums = new Ramps(sorted, Location.median(sorted));
        int cut = sums.cut(0, n, Math.max(FEWEST, (int) (SMALLEST_WEIGHT * n)));
        double deviation = Math.sqrt((sums.around(0, cut) + sums.around(cut, n)) / n);
        return new Fit(
                        scores,
                        0,
                        tails,
                        sums.level(0, cut),
                        sums.level(cut, n),
                        1 - (double) cut / n,
                        Math.max(floor, deviation))
                .best(floor);
    }

    /** Expectation and maximisation from a first guess. */
    private static final class Fit {
        private final Sums scores;
        private final double[] x;
        private final int cut;
        private final Tails tails;
        private final Groups before;
        private final Groups after;
        private double old;
        private double other;
        private double weight;
        private double deviation;

        /** The logarithm of the likelihood, and what the values of both levels come to, by {@link #walk}. */
        private double now;

        private double stayed;
        private double staying;
        private double moved;
        private double moving;
        private double spread;
        private double share;

        Fit(Sums scores, int cut, Tails tails, double old, double other, double weight, double deviation) {
            this.scores = scores;
            this.cut = cut;
            this.tails = tails;
            this.old = old;
            this.other = other;
            this.weight = weight;
            this.deviation = deviation;
            x = scores.scores();
            before = tails.isGrouped(scores) ? scores.groups(0, cut) : Groups.NONE;
            after = scores.isWalked() ? Groups.NONE : scores.groups(cut, x.length);
        }

        Optional<NewMode> best(double floor) {
            int later = x.length - cut;
            double likelihood = Double.NEGATIVE_INFINITY;
            for (int iteration = 0; iteration < ITERATIONS; iteration++) {
                if (scores.isWalked() || tails == Tails.NORMAL && !isNear()) {
                    walk();
                } else if (tails == Tails.NORMAL) {
                    sum();
                } else {
                    walkHeavy();
                }
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
            boolean believable = Math.abs(other - old) >= NEAREST * deviation
                    && weight >= SMALLEST_WEIGHT
                    && weight <= LARGEST_WEIGHT;
            return believable
                    ? Optional.of(new NewMode(cut, old, other, weight, deviation, likelihood))
                    : Optional.empty();
        }

        /** One expectation by the plain formulas. */
        private void walk() {
            double squares = deviation * deviation;
            double product = 1;
            now = tails.atCentre(x.length, deviation);
            stayed = 0;
            staying = 0;
            moved = 0;
            moving = 0;
            spread = 0;
            share = 0;
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
        }

        /** The same as {@link #walk} of heavy tails, group by group. */
        private void walkHeavy() {
            double inverse = tails.inverse(deviation * deviation);
            double level = old;
            double levelOther = other;
            double weights = 0;
            double sum = 0;
            double squares = 0;
            double weightsOther = 0;
            double sumOther = 0;
            double parts = 0;
            LogProduct product = new LogProduct();
            double[] centres = before.centres();
            double[] counts = before.counts();
            for (int i = 0; i < centres.length; i++) {
                double off = centres[i] - level;
                double near = 1 / (1 + off * off * inverse);
                double share = near * counts[i];
                weights += share;
                sum += share * off;
                squares += share * off * off;
                product.times(Math.max(tails.densityNear(near), LEAST_DENSITY), counts[i]);
            }
            centres = after.centres();
            counts = after.counts();
            for (int i = 0; i < centres.length; i++) {
                double off = centres[i] - level;
                double offOther = centres[i] - levelOther;
                double near = 1 / (1 + off * off * inverse);
                double nearOther = 1 / (1 + offOther * offOther * inverse);
                double there = weight * tails.densityNear(nearOther);
                double density = Math.max((1 - weight) * tails.densityNear(near) + there, LEAST_DENSITY);
                double part = there / density * counts[i];
                double stays = (counts[i] - part) * near;
                double goes = part * nearOther;
                parts += part;
                weights += stays;
                sum += stays * off;
                weightsOther += goes;
                sumOther += goes * offOther;
                squares += stays * off * off + goes * offOther * offOther;
                product.times(density, counts[i]);
            }
            now = tails.atCentre(x.length, deviation) + product.value();
            double largest = tails.weight(0);
            stayed = largest * weights;
            staying = largest * sum;
            moved = largest * weightsOther;
            moving = largest * sumOther;
            spread = largest * squares;
            share = parts;
        }

        /**
         * Whether no value lies so far from the levels that its density is cut off. Nor is either share so small that
         * the density might be.
         */
        private boolean isNear() {
            double reach = NEAR * deviation;
            int n = x.length;
            return Math.abs(other - old) <= 2 * reach
                    && weight > LEAST_SHARE
                    && weight < 1 - LEAST_SHARE
                    && scores.lowest(n) >= Math.min(old, other) - reach
                    && scores.highest(n) <= Math.max(old, other) + reach
                    && (cut == 0 || scores.lowest(cut) >= old - reach && scores.highest(cut) <= old + reach);
        }

        /**
         * The same as {@link #walk} of normal tails and values near the levels. What the values before the cut come to
         * is known from their sums. Of a later group the logarithm of the ratio of its densities on both levels, which
         * is linear, shows how much of it is on which; so it takes one exponential, of the lesser over the greater.
         */
        private void sum() {
            double squares = deviation * deviation;
            double middle = (old + other) / 2;
            double slope = (other - old) / squares;
            double stays = 1 - weight;
            double nearer = 0;
            double parts = 0;
            double partsOff = 0;
            LogProduct product = new LogProduct();
            double[] centres = after.centres();
            double[] counts = after.counts();
            for (int i = 0; i < centres.length; i++) {
                double off = centres[i] - middle;
                double ratio = slope * off;
                double density;
                double part;
                if (ratio > 0) {
                    double lesser = stays * Decay.of(ratio);
                    density = weight + lesser;
                    part = weight / density * counts[i];
                    nearer += ratio * counts[i];
                } else {
                    double lesser = weight * Decay.of(-ratio);
                    density = stays + lesser;
                    part = lesser / density * counts[i];
                }
                parts += part;
                partsOff += part * off;
                product.times(density, counts[i]);
            }
            int n = x.length;
            double around = scores.around(0, n, old);
            now = tails.atCentre(n, deviation) - around / (2 * squares) + nearer + product.value();
            share = parts;
            moved = parts;
            moving = partsOff + parts * (middle - other);
            stayed = n - parts;
            staying = n * (scores.mean(0, n) - old) - partsOff - parts * (middle - old);
            // the squares around one level less those around the other are the ratio
            spread = around - 2 * squares * slope * partsOff;
        }
    }
}
