package dev.plumbline.core.stats.distribution;

/**
 * A number of hits among trials, with an interval for the probability behind it.
 *
 * @param hits how often it happened
 * @param count how often it could have; 0 when nothing was tried
 */
public record Proportion(int hits, int count) {
    /** @throws IllegalArgumentException unless 0 ≤ hits ≤ count */
    public Proportion {
        if (!(0 <= hits && hits <= count)) {
            throw new IllegalArgumentException(hits + " of " + count);
        }
    }

    /** The share; NaN when nothing was tried. */
    public double share() {
        return (double) hits / count;
    }

    /**
     * The score interval (Wilson 1927), right for small counts and for shares near 0 and 1.
     *
     * @param confidence between 0 and 1, for example 0.95
     * @return from 0 to 1 when nothing was tried
     */
    public Interval interval(double confidence) {
        Require.fraction(confidence, "confidence");
        if (count == 0) {
            return new Interval(0, 1, confidence);
        }
        double z = Normal.upperQuantile((1 - confidence) / 2);
        double square = z * z / count;
        double centre = (share() + square / 2) / (1 + square);
        double half = z * Math.sqrt(share() * (1 - share()) / count + square / (4 * count)) / (1 + square);
        // none and all touch the ends, whatever rounding makes of them
        double low = hits == 0 ? 0 : Math.max(0, centre - half);
        double high = hits == count ? 1 : Math.min(1, centre + half);
        return new Interval(low, high, confidence);
    }

    /** Both counted together. */
    public Proportion plus(Proportion other) {
        return new Proportion(hits + other.hits, count + other.count);
    }

    /** One more trial. */
    public Proportion and(boolean hit) {
        return new Proportion(hits + (hit ? 1 : 0), count + 1);
    }
}
