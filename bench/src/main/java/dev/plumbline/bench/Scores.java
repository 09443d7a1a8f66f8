package dev.plumbline.bench;

import java.util.Arrays;
import java.util.function.Function;

/** Accuracy of a change-point detector over generated histories of known truth. */
public final class Scores {
    /** The largest distance, in points, between a step and a change point found for it. */
    static final int STEP_TOLERANCE = 3;

    /** The same for histories with many steps. */
    static final int MANY_STEPS_TOLERANCE = 5;

    /** The relative size from which a step is relevant. */
    private static final double MARGIN = 0.02;

    private final Function<double[], int[]> detector;
    private final long firstSeed;

    /**
     * @param detector values in, zero-based indices of the first points of new levels out
     * @param firstSeed histories use the seeds from here on
     */
    public Scores(Function<double[], int[]> detector, long firstSeed) {
        this.detector = detector;
        this.firstSeed = firstSeed;
    }

    /** A share of {@code count} trials with its 95 % Wilson interval. */
    public record Share(int hits, int count) {
        /** The share, between 0 and 1; 0 of 0 is 0. */
        public double value() {
            return count == 0 ? 0 : (double) hits / count;
        }

        /** Lower end of the interval. */
        public double low() {
            return bound(-1);
        }

        /** Upper end of the interval. */
        public double high() {
            return bound(1);
        }

        /** Both counts added. */
        public Share plus(Share other) {
            return new Share(hits + other.hits, count + other.count);
        }

        private double bound(int sign) {
            if (count == 0) {
                return 0;
            }
            double z = 1.959963984540054;
            double p = value();
            double half = z * Math.sqrt(p * (1 - p) / count + z * z / (4.0 * count * count));
            return (p + z * z / (2.0 * count) + sign * half) / (1 + z * z / count);
        }

        @Override
        public String toString() {
            return String.format(
                    java.util.Locale.ROOT, "%5.1f %% (%.1f..%.1f)", 100 * value(), 100 * low(), 100 * high());
        }
    }

    /** The share of quiet histories with at least one change point. */
    public Share falseAlarms(Noise family, int histories) {
        int alarms = 0;
        for (int i = 0; i < histories; i++) {
            alarms += detector.apply(Histories.quiet(family, firstSeed + i).values()).length > 0 ? 1 : 0;
        }
        return new Share(alarms, histories);
    }

    /** The share of quiet histories of 200 points that raise an alarm at any append from the 30th point on. */
    public Share sequentialAlarms(Noise family, int histories) {
        int alarms = 0;
        for (int i = 0; i < histories; i++) {
            double[] values = Histories.quiet(family, firstSeed + i, 200).values();
            for (int length = 30; length <= 200; length++) {
                if (detector.apply(Arrays.copyOf(values, length)).length > 0) {
                    alarms++;
                    break;
                }
            }
        }
        return new Share(alarms, histories);
    }

    /**
     * The quality of steps found {@code after} points after they happened.
     *
     * @param found histories in which the step was found
     * @param relevant the same of the steps beyond the margin of 2 %: one of just 2 % looks smaller half of the time
     * @param exact found at the exact index, among the found
     * @param meanError mean distance in points, among the found
     */
    public record Detection(Share found, Share relevant, Share exact, double meanError) {}

    /** Detection of one step in each of {@code histories} histories that end {@code after} points after it. */
    public Detection detection(Noise family, int histories, int after) {
        int found = 0;
        Share relevant = new Share(0, 0);
        int exact = 0;
        int error = 0;
        for (int i = 0; i < histories; i++) {
            Histories.History history = Histories.oneStep(family, firstSeed + i, 20);
            int change = history.changes()[0];
            int nearest = Integer.MAX_VALUE;
            for (int index : detector.apply(Arrays.copyOf(history.values(), change + after))) {
                nearest = Math.min(nearest, Math.abs(index - change));
            }
            if (history.size() > MARGIN) {
                relevant = relevant.plus(new Share(nearest <= STEP_TOLERANCE ? 1 : 0, 1));
            }
            if (nearest <= STEP_TOLERANCE) {
                found++;
                exact += nearest == 0 ? 1 : 0;
                error += nearest;
            }
        }
        return new Detection(
                new Share(found, histories),
                relevant,
                new Share(exact, found),
                found == 0 ? 0 : (double) error / found);
    }

    /**
     * Precision, recall and their harmonic mean over all steps of all histories.
     *
     * @param precision found change points that belong to a step
     * @param recall steps that were found
     */
    public record Agreement(Share precision, Share recall) {
        /** The harmonic mean. */
        public double f1() {
            double sum = precision.value() + recall.value();
            return sum == 0 ? 0 : 2 * precision.value() * recall.value() / sum;
        }
    }

    /** Agreement on histories of 500 points with 5 to 12 steps of 5 to 10 % under 3 % noise. */
    public Agreement manySteps(Noise family, int histories) {
        int hits = 0;
        int reported = 0;
        int steps = 0;
        for (int i = 0; i < histories; i++) {
            Histories.History history = Histories.manySteps(family, firstSeed + i);
            int[] found = detector.apply(history.values());
            hits += matches(history.changes(), found, MANY_STEPS_TOLERANCE);
            reported += found.length;
            steps += history.changes().length;
        }
        return new Agreement(new Share(hits, reported), new Share(hits, steps));
    }

    /** Number of true changes with a found one of their own within {@code tolerance}. */
    static int matches(int[] truth, int[] found, int tolerance) {
        boolean[] used = new boolean[found.length];
        int hits = 0;
        for (int change : truth) {
            int best = -1;
            for (int j = 0; j < found.length; j++) {
                if (!used[j]
                        && Math.abs(found[j] - change) <= tolerance
                        && (best < 0 || Math.abs(found[j] - change) < Math.abs(found[best] - change))) {
                    best = j;
                }
            }
            if (best >= 0) {
                used[best] = true;
                hits++;
            }
        }
        return hits;
    }
}
