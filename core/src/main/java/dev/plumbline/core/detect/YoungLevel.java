package dev.plumbline.core.detect;

import dev.plumbline.core.stats.steps.Step;
import java.util.Arrays;

/**
 * A level that began so lately that its step may be a mistake: one in some hundred healthy histories has such a step
 * among its newest values, and the next run that comes back to the true level is no regression.
 *
 * @param step where the level began
 * @param before what the values on the level before it showed
 * @param since the scores on the young level, oldest first
 */
record YoungLevel(Step step, Surprises before, double[] since) {
    /** Levels with more runs are what they are. */
    static final int MOST_RUNS = 24;

    /** The probability of so large a step in a healthy history. */
    double stepProbability(SeriesTail tail) {
        double sign = step.after() - step.before();
        return Math.max(step.pValue(), tail.probabilityOfAll(surprises(since, sign)));
    }

    /**
     * The probability that runs lie so far out if the level before is still the true one.
     *
     * @param scores of the runs
     * @param sign the direction in question
     */
    double probability(double[] scores, double sign, SeriesTail tail) {
        return tail.probabilityOfAll(surprises(scores, sign));
    }

    private double[] surprises(double[] scores, double sign) {
        return Arrays.stream(scores)
                .map(score -> Math.max(0, Math.signum(sign) * (score - before.middle())) / before.scatter())
                .toArray();
    }
}
