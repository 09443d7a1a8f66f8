package dev.plumbline.core.detect;

import dev.plumbline.core.model.Better;
import java.util.Arrays;

/**
 * How far a run may lie on the better side of its level: so much of a change for the worse it hides.
 *
 * <p>A Student t quantile believes that noise is well behaved. What a history has shown is believed as well: of the
 * runs on the better side the quantile itself, and beyond what so few runs can show, the farthest ones, drawn out with
 * the fourth power, as surprises are in {@link SeriesTail} (Weissman 1978, with the tail index given).
 */
final class Lucky {
    private static final double EXPONENT = 4;

    /** The farthest ones are taken together: a single one says little. */
    private static final int FARTHEST = 3;

    private final double[] farthestFirst;

    private Lucky(double[] farthestFirst) {
        this.farthestFirst = farthestFirst;
    }

    /** @param deviations how many deviations each run of the past lay above its level; none says nothing */
    static Lucky of(double[] deviations, Better better) {
        double[] ascending = Arrays.stream(deviations)
                .map(deviation -> better == Better.LOWER ? deviation : -deviation)
                .sorted()
                .map(deviation -> Math.max(0, -deviation))
                .toArray();
        return new Lucky(ascending);
    }

    /**
     * How many deviations on the better side the mean of some runs lies at least with a probability; 0 where the past
     * says nothing. Of a heavy tail one run makes the mean what it is, and each of them may be the one.
     *
     * @param probability above 0, below 1
     * @param count of the runs, at least one
     */
    double ofMean(double probability, int count) {
        return atLeast(probability / count) / count;
    }

    private double atLeast(double probability) {
        int total = farthestFirst.length;
        int known = (int) (probability * (total + 1));
        if (known > FARTHEST) {
            return farthestFirst[known - 1];
        }
        double sum = 0;
        int counted = Math.min(FARTHEST, total);
        for (int i = 0; i < counted; i++) {
            sum += farthestFirst[i] * Math.pow((i + 1) / ((total + 1) * probability), 1 / EXPONENT);
        }
        return counted == 0 ? 0 : sum / counted;
    }
}
