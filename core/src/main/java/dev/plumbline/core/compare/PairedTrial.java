package dev.plumbline.core.compare;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.SeriesKey;

/**
 * Two revisions measured in turn: each base value is paired with a candidate value.
 *
 * @param key what was measured, with the candidate's environment and branch
 * @param metric of both sides
 * @param base values in the metric's unit, in the order of measuring; finite
 * @param candidate as many
 * @param twin what a second copy of the base showed beside them, as many; empty when there was none
 * @param refuted whether fresh pairs, taken to confirm a regression, did not show it
 */
public record PairedTrial(
        SeriesKey key, Metric metric, double[] base, double[] candidate, double[] twin, boolean refuted) {
    /** One without a second copy of the base. */
    public PairedTrial(SeriesKey key, Metric metric, double[] base, double[] candidate, boolean refuted) {
        this(key, metric, base, candidate, new double[0], refuted);
    }

    public PairedTrial {
        requireNonNull(key, "key");
        requireNonNull(metric, "metric");
        base = base.clone();
        candidate = candidate.clone();
        twin = twin.clone();
        if (base.length != candidate.length || base.length == 0) {
            throw new IllegalArgumentException(base.length + " base values and " + candidate.length + " candidates");
        }
        if (twin.length != 0 && twin.length != base.length) {
            throw new IllegalArgumentException(base.length + " base values and " + twin.length + " of its twin");
        }
        for (double value : twin) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a value of the base's twin is " + value);
            }
        }
        for (int i = 0; i < base.length; i++) {
            if (!Double.isFinite(base[i]) || !Double.isFinite(candidate[i])) {
                throw new IllegalArgumentException("pair " + i + " is " + base[i] + " and " + candidate[i]);
            }
        }
    }

    @Override
    public double[] base() {
        return base.clone();
    }

    @Override
    public double[] candidate() {
        return candidate.clone();
    }

    @Override
    public double[] twin() {
        return twin.clone();
    }

    /** The base beside its twin, as if that were the candidate; it has to have one. */
    PairedTrial ofTwin() {
        return new PairedTrial(key, metric, base, twin, false);
    }

    /**
     * The change of each pair, as the logarithm of its ratio; where a value is not positive, as the difference relative
     * to the base's mean size, which is near to that for small changes. Zero beside zero is no change; anything beside
     * a base of nothing but zeros is a whole one.
     */
    double[] changes() {
        boolean positive = true;
        double size = 0;
        for (int i = 0; i < base.length; i++) {
            positive &= base[i] > 0 && candidate[i] > 0;
            size += Math.abs(base[i]) / base.length;
        }
        double[] changes = new double[base.length];
        for (int i = 0; i < base.length; i++) {
            if (positive) {
                changes[i] = Math.log(candidate[i]) - Math.log(base[i]);
            } else if (base[i] == candidate[i]) {
                changes[i] = 0;
            } else {
                changes[i] = size > 0 ? (candidate[i] - base[i]) / size : Math.signum(candidate[i]);
            }
        }
        return changes;
    }
}
