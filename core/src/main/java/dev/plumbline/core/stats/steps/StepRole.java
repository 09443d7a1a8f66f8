package dev.plumbline.core.stats.steps;

/**
 * The position of a step among the others, which decides how much evidence it needs.
 *
 * <p>Inner steps are searched over every pair of positions, the newest ones over a few sizes only.
 */
enum StepRole {
    /** Two values only have been measured on the new level. */
    PAIR,
    /** The last step, with at most {@link #NEW} values after it. */
    NEWEST,
    /** All others. */
    INNER;

    static final int NEW = 24;

    static StepRole of(boolean last, int after) {
        if (!last || after > NEW) {
            return INNER;
        }
        return after == 2 ? PAIR : NEWEST;
    }
}
