package dev.plumbline.core.stats.distribution;

/**
 * The first two derivatives of the logarithm of the gamma function, and the inverse of the second.
 *
 * <p>The arguments are moved up by the recurrence until the asymptotic series holds (Abramowitz and Stegun 6.3.18 and
 * 6.4.12); the error is a few units in the last place.
 */
public final class PolyGamma {
    private static final double SERIES_FROM = 12;

    private PolyGamma() {}

    /** The derivative of ln Γ at {@code x > 0}. */
    public static double digamma(double x) {
        requirePositive(x);
        double value = 0;
        double y = x;
        while (y < SERIES_FROM) {
            value -= 1 / y;
            y++;
        }
        double w = 1 / (y * y);
        double series = w
                * (1.0 / 12
                        - w
                                * (1.0 / 120
                                        - w
                                                * (1.0 / 252
                                                        - w
                                                                * (1.0 / 240
                                                                        - w
                                                                                * (1.0 / 132
                                                                                        - w
                                                                                                * (691.0 / 32760
                                                                                                        - w / 12))))));
        return value + Math.log(y) - 0.5 / y - series;
    }

    /** The second derivative of ln Γ at {@code x > 0}; falls from infinity to zero. */
    public static double trigamma(double x) {
        requirePositive(x);
        double value = 0;
        double y = x;
        while (y < SERIES_FROM) {
            value += 1 / (y * y);
            y++;
        }
        double w = 1 / (y * y);
        double series = w
                * (1.0 / 6
                        - w
                                * (1.0 / 30
                                        - w
                                                * (1.0 / 42
                                                        - w
                                                                * (1.0 / 30
                                                                        - w
                                                                                * (5.0 / 66
                                                                                        - w
                                                                                                * (691.0 / 2730
                                                                                                        - w * 7.0
                                                                                                                / 6))))));
        return value + 1 / y + w / 2 + series / y;
    }

    /** The third derivative of ln Γ at {@code x > 0}; negative. */
    public static double tetragamma(double x) {
        requirePositive(x);
        double value = 0;
        double y = x;
        while (y < SERIES_FROM) {
            value -= 2 / (y * y * y);
            y++;
        }
        double w = 1 / (y * y);
        double series = w
                * w
                * (1.0 / 2
                        - w
                                * (1.0 / 6
                                        - w
                                                * (1.0 / 6
                                                        - w
                                                                * (3.0 / 10
                                                                        - w
                                                                                * (5.0 / 6
                                                                                        - w
                                                                                                * (691.0 / 210
                                                                                                        - w * 35.0
                                                                                                                / 2))))));
        return value - w - w / y - series;
    }

    /**
     * The {@code x} at which {@link #trigamma} is {@code y > 0}, by Newton's method on its reciprocal, which is nearly
     * a straight line (Smyth 2004, appendix).
     */
    public static double inverseTrigamma(double y) {
        if (!(y > 0 && y < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("trigamma takes values above zero only: " + y);
        }
        if (y > 1e7) {
            return 1 / Math.sqrt(y);
        }
        if (y < 1e-6) {
            return 1 / y;
        }
        double x = 0.5 + 1 / y;
        for (int i = 0; i < 60; i++) {
            double t = trigamma(x);
            double step = t * (1 - t / y) / tetragamma(x);
            x += step;
            if (Math.abs(step) <= 1e-14 * x) {
                break;
            }
        }
        return x;
    }

    private static void requirePositive(double x) {
        if (!(x > 0 && x < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("must be above zero and finite: " + x);
        }
    }
}
