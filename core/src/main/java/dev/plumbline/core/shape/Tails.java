package dev.plumbline.core.shape;

/** How heavy the tails of noise are: those of Student's t with three or seven degrees of freedom, or normal ones. */
enum Tails {
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

    /** How much a value counts for level and deviation, by its squared distance in deviations. */
    double weight(double square) {
        return this == NORMAL ? 1 : (degrees + 1) / (degrees + square);
    }

    /** The density of a value over that at the centre, by its squared distance in deviations. */
    double density(double square) {
        if (this == NORMAL) {
            return StrictMath.exp(-square / 2);
        }
        double inverse = degrees / (degrees + square);
        double squared = inverse * inverse;
        return this == HEAVY ? squared : squared * squared;
    }

    /** The logarithm of the density at the centre of so many values of a deviation. */
    double atCentre(double count, double deviation) {
        return count * StrictMath.log(peak / deviation);
    }

    /** The logarithm of the likelihood of {@code [from, to)} around a level. */
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
