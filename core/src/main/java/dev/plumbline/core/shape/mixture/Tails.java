package dev.plumbline.core.shape.mixture;

/** The tails of noise: those of Student's t with three or seven degrees of freedom, or normal ones. */
public enum Tails {
    HEAVY(3, 0.36755259694786135),
    MIDDLE(7, 0.38499145083226733),
    NORMAL(Double.POSITIVE_INFINITY, 0.3989422804014327);

    private static final double LARGE = 1e200;

    private final double degrees;
    private final double peak;

    /** @param peak the density at the centre, of deviation 1 */
    Tails(double degrees, double peak) {
        this.degrees = degrees;
        this.peak = peak;
    }

    /** The weight of a value for level and deviation, by its squared distance in deviations. */
    public double weight(double square) {
        return this == NORMAL ? 1 : (degrees + 1) / (degrees + square);
    }

    /** The density of a value over that at the centre, by its squared distance in deviations. */
    public double density(double square) {
        if (this == NORMAL) {
            return StrictMath.exp(-square / 2);
        }
        return densityNear(degrees / (degrees + square));
    }

    /** The factor that turns a squared distance into deviations over the degrees of freedom; not of normal ones. */
    public double inverse(double variance) {
        return 1 / (degrees * variance);
    }

    /**
     * The same as {@link #density}; not of normal ones.
     *
     * @param near one over one and the {@linkplain #inverse multiplied} squared distance
     */
    public double densityNear(double near) {
        double squared = near * near;
        return this == HEAVY ? squared : squared * squared;
    }

    /**
     * The sums of scores around a level.
     *
     * @param weights how much they count, together
     * @param sum of their distances, each times its weight
     * @param spread the same of the squared distances
     */
    record Pull(double weights, double sum, double spread) {}

    /** Whether what scores come to is found by going through their groups. */
    public boolean isGrouped(Sums scores) {
        return this != NORMAL && !scores.isWalked();
    }

    /** The sums of groups of scores, with the weights that they have where noise has a variance; not of normal ones. */
    Pull pull(Groups groups, double level, double variance) {
        double[] centres = groups.centres();
        double[] counts = groups.counts();
        double weights = 0;
        double sum = 0;
        double spread = 0;
        double inverse = inverse(variance);
        for (int i = 0; i < centres.length; i++) {
            double off = centres[i] - level;
            double near = counts[i] / (1 + off * off * inverse);
            weights += near;
            sum += near * off;
            spread += near * off * off;
        }
        double largest = weight(0);
        return new Pull(largest * weights, largest * sum, largest * spread);
    }

    /** The same of {@code [from, to)}; of heavy tails for walked scores only. */
    Pull pull(Sums scores, int from, int to, double level, double variance) {
        if (this == NORMAL && !scores.isWalked()) {
            double count = (double) to - from;
            return new Pull(count, count * (scores.mean(from, to) - level), scores.around(from, to, level));
        }
        double[] x = scores.scores();
        double weights = 0;
        double sum = 0;
        double spread = 0;
        for (int i = from; i < to; i++) {
            double off = x[i] - level;
            double weight = weight(off * off / variance);
            weights += weight;
            sum += weight * off;
            spread += weight * off * off;
        }
        return new Pull(weights, sum, spread);
    }

    /** The logarithm of the density at the centre, for a number of values and their deviation. */
    public double atCentre(double count, double deviation) {
        return count * StrictMath.log(peak / deviation);
    }

    /** The logarithm of the likelihood of {@code [from, to)} around a level; of heavy tails for walked scores only. */
    double logLikelihood(Sums scores, int from, int to, double level, double deviation) {
        return this == NORMAL && !scores.isWalked()
                ? atCentre(to - from, deviation) - scores.around(from, to, level) / (2 * deviation * deviation)
                : logLikelihood(scores.scores(), from, to, level, deviation);
    }

    /** The same of groups; not of normal tails. */
    double logLikelihood(Groups groups, double level, double deviation) {
        double[] centres = groups.centres();
        double[] counts = groups.counts();
        double inverse = inverse(deviation * deviation);
        LogProduct product = new LogProduct();
        double count = 0;
        for (int i = 0; i < centres.length; i++) {
            double off = centres[i] - level;
            product.times(1 / (1 + off * off * inverse), counts[i]);
            count += counts[i];
        }
        return atCentre(count, deviation) + (degrees + 1) / 2 * product.value();
    }

    /** The same by going through them. */
    double logLikelihood(double[] x, int from, int to, double level, double deviation) {
        double sum = 0;
        double product = 1;
        double logarithm = 0;
        for (int i = from; i < to; i++) {
            double z = (x[i] - level) / deviation;
            if (this == NORMAL) {
                sum += z * z;
            } else {
                // one logarithm of a product is cheaper than one of each
                product *= 1 + z * z / degrees;
                if (product > LARGE) {
                    logarithm += StrictMath.log(product);
                    product = 1;
                }
            }
        }
        return atCentre(to - from, deviation)
                - (this == NORMAL ? sum / 2 : (degrees + 1) / 2 * (logarithm + StrictMath.log(product)));
    }
}
