package dev.plumbline.core.shape.feature;

/**
 * A position where the noise changed.
 *
 * @param index place of the first value with the new noise
 * @param before standard deviation relative to the level, robust
 * @param after the same from the place on
 * @param pValue of so clear a change anywhere, were there none: the likelihood ratio of two noises with the tails that
 *     fit, over all places
 */
public record NoiseChange(int index, double before, double after, double pValue) {
    public NoiseChange {
        if (index < 1 || !(before >= 0) || !(after >= 0)) {
            throw new IllegalArgumentException("noise from " + before + " to " + after + " at " + index);
        }
    }

    /** Noise after over noise before; infinite where there was none. */
    public double ratio() {
        return before == 0 ? Double.POSITIVE_INFINITY : after / before;
    }
}
