package dev.plumbline.core.detect;

import java.util.Arrays;

/**
 * How far the values of one regime lay from its middle, in the scatter that was known without them.
 *
 * <p>The scatter is the larger of the whole regime's and of the twenty values before: noise that has grown is not held
 * against the calm that was before it. It is taken as large as it may well be ({@link #careful}). A new value is
 * measured exactly as those of the past were, so that its surprise is exchangeable with theirs.
 *
 * @param deviations how many deviations each value lies above the middle; empty for a regime that never moved
 * @param middle the median
 * @param scatter what a new value is measured by; 0 for a regime that never moved
 */
record Surprises(double[] deviations, double middle, double scatter) {
    /** How many values before one tell of the noise around it. */
    private static final int NEAR = 20;

    /** The upper tenth of the standard normal distribution begins here. */
    private static final double NINETY = 1.2815515655446004;

    /** In longer regimes one value more or less is nothing to their scatter. */
    private static final int MOST_LEFT_OUT = 256;

    /**
     * @param scores of the regime in time order, all finite, at least two
     */
    static Surprises of(double[] scores) {
        int count = scores.length;
        double[] ascending = scores.clone();
        Arrays.sort(ascending);
        double middle = Winsorised.median(ascending, count);
        double whole = Winsorised.deviation(ascending, count);
        if (!(whole > 0)) {
            return new Surprises(new double[0], middle, 0);
        }
        double[] deviations = new double[count];
        boolean each = count >= 3 && count <= MOST_LEFT_OUT;
        double[] without = each ? without(ascending, whole) : new double[0];
        Neighbours neighbours = new Neighbours(scores);
        for (int i = 0; i < count; i++) {
            double own = each ? without[Arrays.binarySearch(ascending, scores[i])] : whole;
            double scatter = careful(count) * Math.max(own, neighbours.deviation(i));
            deviations[i] = (scores[i] - middle) / scatter;
        }
        return new Surprises(deviations, middle, careful(count) * Math.max(whole, neighbours.deviation(count)));
    }

    /**
     * How much larger the scatter of so few values may be than it looks: the upper limit, with 90 %, of a normal one.
     * Values of short histories would seem farther out than those of long ones, and be judged by them.
     */
    static double careful(int count) {
        return 1 / (1 - NINETY / Math.sqrt(2.0 * (count - 1)));
    }

    /** How far each value lies from the middle, in deviations, without sign. */
    double[] distances() {
        return Arrays.stream(deviations).map(Math::abs).toArray();
    }

    /** A new value is no part of the scatter that it is measured by, so neither may the old ones be. */
    private static double[] without(double[] ascending, double whole) {
        double[] deviations = LeftOut.deviations(ascending);
        for (int i = 0; i < deviations.length; i++) {
            deviations[i] = deviations[i] > 0 ? deviations[i] : whole;
        }
        return deviations;
    }

    /** The values before each, sorted; for the first ones those after them, themselves left out. */
    private static final class Neighbours {
        private final double[] scores;
        private final double[] window = new double[NEAR];
        private int next;

        Neighbours(double[] scores) {
            this.scores = scores;
        }

        /** The deviation around place {@code i}; 0 where a regime is too short for it to differ from the whole's. */
        double deviation(int i) {
            if (scores.length < 2 * NEAR) {
                return 0;
            }
            if (i <= NEAR) {
                System.arraycopy(scores, 0, window, 0, i);
                if (i < NEAR) {
                    System.arraycopy(scores, i + 1, window, i, NEAR - i);
                }
                Arrays.sort(window);
                next = NEAR;
            }
            for (; next < i; next++) {
                replace(scores[next - NEAR], scores[next]);
            }
            return Winsorised.deviation(window, NEAR);
        }

        private void replace(double old, double young) {
            int place = Arrays.binarySearch(window, old);
            while (place > 0 && window[place - 1] > young) {
                window[place] = window[place - 1];
                place--;
            }
            while (place + 1 < NEAR && window[place + 1] < young) {
                window[place] = window[place + 1];
                place++;
            }
            window[place] = young;
        }
    }
}
