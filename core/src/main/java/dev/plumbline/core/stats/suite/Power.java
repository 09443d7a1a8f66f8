package dev.plumbline.core.stats.suite;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.DoublePredicate;

/** The power of values of a series whose noise is known: the number of values, and the smallest detectable shift. */
final class Power {
    private static final double MOST_DETECTABLE = StrictMath.log(11);
    private static final double DETECTABLE_DIGITS = 1e-3;

    private final int[] windows;
    private final Limits worse;
    private final Limits better;
    private final LikelihoodRatio ratio;
    private final Noise noise;
    private final Luck luck;

    // a series is asked many times; a lost race costs one more of the same
    private LikelihoodRatio.Alike alike;

    Power(int[] windows, Limits worse, Limits better, LikelihoodRatio ratio, Noise noise, Luck luck) {
        this.windows = windows;
        this.worse = worse;
        this.better = better;
        this.ratio = ratio;
        this.noise = noise;
        this.luck = luck;
    }

    /**
     * The number of values that would show a shift for the worse or for the better.
     *
     * @param size how far each of them lies from the level
     * @param most values at most
     * @return empty where more would be needed
     */
    OptionalInt runsToShow(double size, double probability, int most) {
        Limits limits = size > 0 ? worse : better;
        LikelihoodRatio.Alike evidence = size > 0 ? upwards() : ratio.alike(Math.signum(size), noise);
        for (int count = 1; count <= most; count++) {
            if (evidence.of(size, count) >= limits.evidence(window(count), probability)) {
                return OptionalInt.of(count);
            }
        }
        return OptionalInt.empty();
    }

    private LikelihoodRatio.Alike upwards() {
        LikelihoodRatio.Alike known = alike;
        if (known == null) {
            known = ratio.alike(1, noise);
            alike = known;
        }
        return known;
    }

    /** The longest window of no more values than these. */
    private int window(int values) {
        int w = 0;
        while (w + 1 < windows.length && windows[w + 1] <= values) {
            w++;
        }
        return w;
    }

    /**
     * The smallest shift that a number of values shows with a power.
     *
     * @param width of the newest runs, in widths of usual ones
     * @return empty where no shift up to elevenfold is
     */
    OptionalDouble detectable(double width, int values, double probability, double power) {
        return detectable(width, values, probability, power, (low, high) -> false);
    }

    /** Whether that shift is small enough: what {@link #detectable} answers, in fewer steps. */
    boolean isDetectable(double width, int values, double probability, double power, DoublePredicate isEnough) {
        return detectable(width, values, probability, power, (low, high) -> isEnough.test(high) || !isEnough.test(low))
                .stream()
                .anyMatch(isEnough);
    }

    /** Between two shifts lies the one that is searched for. */
    private interface Settled {
        boolean by(double low, double high);
    }

    private OptionalDouble detectable(double width, int values, double probability, double power, Settled settled) {
        double limit = worse.evidence(window(values), probability);
        LikelihoodRatio.Alike evidence = upwards();
        double low = ratio.margin();
        double high = MOST_DETECTABLE;
        if (evidence.of(high, values) < limit) {
            return OptionalDouble.empty();
        }
        double deviation =
                noise.scale() * Math.sqrt(1.0 / values + noise.wander() + (values > 1 ? noise.correlation() : 0));
        double error = luck.of(values, deviation, 1 - power);
        // usually near some deviations: the upper end is searched for from there
        double guess = Math.max(low, 4 * noise.scale() / Math.sqrt(values));
        while (guess < high
                && !settled.by(width * (low + error), width * (high + error))
                && evidence.of(guess, values) < limit) {
            low = guess;
            guess *= 1.5;
        }
        high = Math.min(high, guess);
        while (high - low > DETECTABLE_DIGITS * high && !settled.by(width * (low + error), width * (high + error))) {
            double middle = 0.5 * (low + high);
            if (evidence.of(middle, values) >= limit) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return OptionalDouble.of(width * (high + error));
    }
}
