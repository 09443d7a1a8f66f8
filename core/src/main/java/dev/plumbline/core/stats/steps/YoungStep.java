package dev.plumbline.core.stats.steps;

import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A step in a short series.
 *
 * @param place index of the first score on the new level
 * @param degrees of freedom of the statistic
 * @param searched how many places were looked at
 * @param checks what was checked, in order; the first is the statistic
 */
record YoungStep(int place, int degrees, int searched, List<Check> checks) {
    YoungStep {
        checks = List.copyOf(checks);
    }

    /** Whether all checks hold. */
    boolean isCertain() {
        return checks.stream().allMatch(Check::passed);
    }

    /** Probability of as large a statistic at any place searched, were there no change (Bonferroni). */
    double pValue() {
        double tail =
                TDistribution.of(degrees).survivalProbability(checks.get(0).value());
        return Math.min(1, 2 * tail * searched);
    }
}
