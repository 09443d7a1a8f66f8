package dev.plumbline.core.stats.steps;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A change of level in a series.
 *
 * @param index zero-based index of the first value on the new level
 * @param firstIndex smallest index the change may have, with 95 % confidence
 * @param lastIndex largest index the change may have, with 95 % confidence
 * @param before level before, in the unit of the values
 * @param after level after, in the unit of the values
 * @param relativeChange {@code after / before - 1}; on series with values that are not positive
 *     {@code (after - before) / |before|}, infinite when {@code before} is zero
 * @param low lower end of the 95 % confidence interval of the relative change
 * @param high upper end of the 95 % confidence interval of the relative change
 * @param pValue probability of so large a statistic anywhere in the window searched, were there no change
 * @param rankPValue probability of so clear an order of the ranks anywhere in it, where the ranks decided: the
 *     statistic came near, and would not have been enough alone
 * @param tier how certain the step is
 * @param checks what was checked, in order
 */
public record Step(
        int index,
        int firstIndex,
        int lastIndex,
        double before,
        double after,
        double relativeChange,
        double low,
        double high,
        double pValue,
        OptionalDouble rankPValue,
        Tier tier,
        List<Check> checks) {
    /** Copies the checks. */
    public Step {
        requireNonNull(rankPValue, "rankPValue");
        requireNonNull(tier, "tier");
        checks = List.copyOf(checks);
        if (!(0 <= firstIndex && firstIndex <= index && index <= lastIndex)) {
            throw new IllegalArgumentException("index " + index + " outside " + firstIndex + ".." + lastIndex);
        }
    }
}
