package dev.plumbline.core.shape.feature;

/**
 * The newest stretch of a series against the equally long one before it.
 *
 * @param length of each stretch
 * @param inDays whether the length counts days; runs otherwise
 * @param early median of the earlier one, in the unit of the values
 * @param late median of the later one
 * @param earlyCount values of the earlier one
 * @param lateCount values of the later one
 * @param relativeChange from early to late
 * @param pValue two-sided, by the difference of medians with a variance widened for autocorrelation
 */
public record DriftWindow(
        int length,
        boolean inDays,
        double early,
        double late,
        int earlyCount,
        int lateCount,
        double relativeChange,
        double pValue) {}
