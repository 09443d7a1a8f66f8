package dev.plumbline.core.api;

import dev.plumbline.core.finding.Effect;

/**
 * The size of a change.
 *
 * @param before the old level, in the unit of the values
 * @param after the new level
 * @param relativeChange after / before - 1: 0.12 is 12 % more; infinite for a change from zero
 * @param low lower end of the confidence interval of the relative change
 * @param high upper end
 * @param confidence of the interval, for example 0.95
 */
public record Size(double before, double after, double relativeChange, double low, double high, double confidence) {
    static Size of(Effect effect) {
        return new Size(
                effect.before(),
                effect.after(),
                effect.relativeChange(),
                effect.interval().low(),
                effect.interval().high(),
                effect.interval().confidence());
    }
}
