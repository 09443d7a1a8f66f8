package dev.plumbline.core.stats.suite;

import dev.plumbline.core.stats.distribution.StudentT;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * The evidence for a shift in some values against none, as the decimal logarithm of a ratio of likelihoods.
 *
 * <p>A value is a draw of Student's distribution around its level, or rarely an excursion with a Pareto tail. The shift
 * is a mixture of sizes (Robbins 1970), so under the model ten to the power of the evidence is an e-value: its mean
 * over healthy values is 1 (Grünwald, de Heide and Koolen 2024). Without a shift the level is only as well known as the
 * values before it allow, and wanders.
 */
final class LikelihoodRatio {
    /** The evidence of values that do not even reach the margin. */
    static final double NONE = -9;

    private static final int SIZES = 10;
    private static final double STEP = 1.4;

    /** The least ratio of the largest size to the smallest, in usual steps. */
    private static final double REACH = 20;

    /** The spread of a shift around its size, as a share of it. */
    private static final double SPREAD = 0.15;

    /** Inside the core excursions are rarer than just outside. */
    private static final double INSIDE = 0.2;

    private static final double FASTER = 0.5;
    private static final double TINY = 1e-150;
    private static final double LEAST = 1e-300;
    private static final double[] LEVELS = {-2, -1, 0, 1, 2};
    private static final double[] WEIGHTS = {0.05448868, 0.24420134, 0.40261996, 0.24420134, 0.05448868};

    /** Better known levels than these count as known, in one run. */
    private static final double UNSURE = 0.19;

    /** The largest shift, in deviations, that is distinguished from others: noise may be wider than usual shifts. */
    private static final double WIDEST = 8;

    private final double margin;
    private final double least;
    private final double[] usual;

    /** The core of the last noise: most series of a suite have equal degrees of freedom. */
    private Core lately = new Core(Double.NaN, Double.NaN);

    /** The logarithm of the constant factor of Student's density. */
    private record Core(double degrees, double log) {
        static Core of(double degrees) {
            return new Core(
                    degrees,
                    LogGamma.value((degrees + 1) / 2)
                            - LogGamma.value(degrees / 2)
                            - 0.5 * StrictMath.log(degrees * Math.PI));
        }
    }

    /** @param margin the smallest shift that matters */
    LikelihoodRatio(double margin) {
        this.margin = margin;
        least = Math.max(0.03, 1.5 * margin);
        usual = sizesBy(STEP);
    }

    private double[] sizes(double scale) {
        double widest = WIDEST * scale / least;
        return widest < REACH ? usual : sizesBy(Math.max(STEP, StrictMath.exp(StrictMath.log(widest) / (SIZES - 1))));
    }

    private double[] sizesBy(double step) {
        double[] sizes = new double[SIZES];
        sizes[0] = least;
        for (int i = 1; i < SIZES; i++) {
            sizes[i] = sizes[i - 1] * step;
        }
        return sizes;
    }

    double margin() {
        return margin;
    }

    /**
     * The evidence for a shift upwards.
     *
     * @param values distances from the level, each divided by its width: at least one
     * @param widths by which factor the noise of each value is wider than usual, so that a shift of all shows less in
     *     the wide ones; null where by none
     * @param sign 1 for upwards; -1 to turn the values first, for a shift downwards
     */
    double of(double[] values, float[] widths, int from, int to, double sign, Noise noise) {
        double sum = 0;
        double lowest = Double.POSITIVE_INFINITY;
        boolean isUsual = true;
        for (int i = from; i < to; i++) {
            double width = widths == null ? 1 : widths[i];
            isUsual &= width == 1;
            sum += sign * values[i] * width;
            lowest = Math.min(lowest, sign * values[i]);
        }
        if (!(sum / (to - from) >= margin * (1 - 1e-9) && sum > 0)) {
            return NONE;
        }
        Curve curve = new Curve(sign, noise);
        int count = to - from;
        if (!isUsual) {
            return curve.evidence(
                    count, lowest, (place, shift, width) -> curve.log(values, widths, from, to, place, shift, width));
        }
        return curve.evidence(
                count,
                lowest,
                count == 1
                        ? (place, shift, width) -> curve.log(values[from], shift, width)
                        : (place, shift, width) -> curve.log(values, from, to, place, shift, width));
    }

    /** The same for values that are all alike, as many and as large as anybody asks, of one noise. */
    Alike alike(double sign, Noise noise) {
        return new Alike(sign, noise);
    }

    /** Evidence of values that are all alike. */
    final class Alike {
        private final double sign;
        private final Curve curve;

        private Alike(double sign, Noise noise) {
            this.sign = sign;
            curve = new Curve(sign, noise);
        }

        double of(double value, int count) {
            double turned = sign * value;
            if (!(turned >= margin * (1 - 1e-9) && turned > 0)) {
                return NONE;
            }
            double[] one = {value};
            return curve.evidence(
                    count,
                    turned,
                    count == 1
                            ? (place, shift, width) -> curve.log(value, shift, width)
                            : (place, shift, width) -> count * curve.log(one, 0, 1, place, shift, width));
        }
    }

    /** The logarithm of how likely some values are where they have shifted, with noise of a width. */
    private interface LogLikelihood {
        /** @param place of the shift among all that values of one noise are held against */
        double of(int place, double shift, double width);
    }

    /** The deviation of the level where nothing has shifted; 0 where it counts as known. */
    private static double levelDeviation(int count, Noise noise) {
        return count == 1 && noise.wander() < UNSURE
                ? 0
                : noise.scale() * Math.sqrt(noise.wander() + (count == 1 ? 0 : noise.correlation()));
    }

    /** The likelihood of a value under some noise, turned by a sign. */
    private final class Curve {
        private final double sign;
        private final Noise noise;
        private final double core;
        private final double spike;
        private final double[] sizes;

        /**
         * Values from here on are only known to lie there: their mass counts, and not a density, or excursions of all
         * sizes would look like one shift.
         */
        private final double most;

        /** The mass beyond by the place of the shift, 0 where it was not asked for; null before any was. */
        private double[] masses;

        Curve(double sign, Noise noise) {
            this.sign = sign;
            this.noise = noise;
            Core known = lately;
            if (known.degrees != noise.degrees()) {
                known = Core.of(noise.degrees());
                lately = known;
            }
            core = known.log;
            spike = noise.exponent() / Noise.BEYOND;
            sizes = sizes(noise.scale());
            most = sizes[SIZES - 1];
        }

        /** The likelihood ratio of values with any shift of the usual sizes to none, as a power of ten. */
        double evidence(int count, double lowest, LogLikelihood values) {
            double[] logs = new double[SIZES];
            for (int i = 0; i < SIZES; i++) {
                logs[i] = values.of(i, sizes[i], Math.max(noise.scale(), SPREAD * sizes[i]));
            }
            double deviation = levelDeviation(count, noise);
            double[] levels = new double[deviation == 0 ? 1 : LEVELS.length];
            // of one value and of several the level is another, and of all several ones the same
            int first = count == 1 ? SIZES : SIZES + LEVELS.length;
            for (int i = 0; i < levels.length; i++) {
                levels[i] = values.of(first + i, deviation == 0 ? 0 : LEVELS[i] * deviation, noise.scale());
            }
            double ratio = logOfMean(logs, null) - logOfMean(levels, deviation == 0 ? null : WEIGHTS);
            return Math.min(
                    ratio / ShiftEvidence.LOG_OF_TEN,
                    noise.wild().mostEvidence(lowest / noise.scale(), count, noise.exponent()));
        }

        /**
         * The log-likelihood of one value, which is no less evidence than a smaller one: beyond all usual shifts it
         * counts as the largest of them.
         */
        double log(double value, double shift, double width) {
            double nearest = Math.min(sign * value, Math.nextDown(most));
            return StrictMath.log(Math.max(density(nearest - shift, sign, width, core, spike, noise), LEAST));
        }

        double log(double[] values, int from, int to, int place, double shift, double width) {
            double product = 1;
            double logs = 0;
            for (int i = from; i < to; i++) {
                double value = sign * values[i];
                product *= value < most
                        ? density(value - shift, sign, width, core, spike, noise)
                        : mass(place, shift, width);
                if (product < TINY) {
                    logs += StrictMath.log(Math.max(product, LEAST));
                    product = 1;
                }
            }
            return logs + StrictMath.log(product);
        }

        /** The same of values of unequal noise: in units of it, a shift is the smaller the wider the noise is. */
        double log(double[] values, float[] widths, int from, int to, int place, double shift, double width) {
            double logs = 0;
            for (int i = from; i < to; i++) {
                double value = sign * values[i];
                double far = most / widths[i];
                double at = shift / widths[i];
                double own = Math.max(noise.scale(), width / widths[i]);
                double likelihood;
                if (to - from == 1 || value < far) {
                    likelihood = density(Math.min(value, Math.nextDown(far)) - at, sign, own, core, spike, noise);
                } else {
                    likelihood = place == SIZES - 1 ? 1 : beyond(far - at, sign, own, noise);
                }
                logs += StrictMath.log(Math.max(likelihood, LEAST));
            }
            return logs;
        }

        private double mass(int place, double shift, double width) {
            if (masses == null) {
                masses = new double[SIZES + 2 * LEVELS.length];
            }
            if (masses[place] == 0) {
                // the largest shift represents all larger ones
                masses[place] = place == SIZES - 1 ? 1 : beyond(most - shift, sign, width, noise);
            }
            return masses[place];
        }
    }

    private static double density(double away, double sign, double width, double core, double spike, Noise noise) {
        double z = away / width;
        double normal =
                StrictMath.exp(core - 0.5 * (noise.degrees() + 1) * StrictMath.log1p(z * z / noise.degrees())) / width;
        double y = away / noise.scale();
        double far = Math.abs(y) / Noise.BEYOND;
        double excursion =
                (far < 1 ? INSIDE * spike : spike * StrictMath.exp(-(noise.exponent() + 1) * StrictMath.log(far)))
                        * (sign * y < 0 ? FASTER : 1)
                        / noise.scale();
        return (1 - noise.rate()) * normal + noise.rate() * excursion;
    }

    /** The probability mass at least that far away. */
    private static double beyond(double away, double sign, double width, Noise noise) {
        double far = away / noise.scale() / Noise.BEYOND;
        double excursion = far < 1 ? 1 : StrictMath.exp(-noise.exponent() * StrictMath.log(far));
        double t = away / width;
        double normal = t > 0 ? StudentT.survival(t, noise.degrees()) : 1 - StudentT.survival(-t, noise.degrees());
        return (1 - noise.rate()) * normal + noise.rate() * excursion * (sign < 0 ? FASTER : 1);
    }

    private static double logOfMean(double[] logs, double[] weights) {
        double most = Double.NEGATIVE_INFINITY;
        for (double each : logs) {
            most = Math.max(most, each);
        }
        double sum = 0;
        for (int i = 0; i < logs.length; i++) {
            sum += StrictMath.exp(logs[i] - most) * (weights == null ? 1.0 / logs.length : weights[i]);
        }
        return most + StrictMath.log(sum);
    }
}
