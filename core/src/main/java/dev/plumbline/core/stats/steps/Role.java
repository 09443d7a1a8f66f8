package dev.plumbline.core.stats.steps;

/**
 * Where a step lies among the others decides how much evidence it needs.
 *
 * <p>Inner steps are searched over every pair of positions, the newest ones over a few sizes only.
 */
enum Role {
    /** Two values only have been measured on the new level. */
    PAIR(5e-5, 5e-5, 0, 2e-3, 2e-4),
    /** The last step, with at most {@link #NEW} values after it. */
    NEWEST(2e-4, 2e-3, 5e-5, 2e-3, 2e-4),
    /** All others. */
    INNER(6e-5, 2e-3, 5e-6, 1e-4, 1e-4);

    static final int NEW = 24;

    /** Two-sided level of the statistic. */
    final StudentQuantile critical;

    /** Level of the statistic when the ranks leave no doubt. */
    final StudentQuantile loose;

    /** Rank probability that leaves no doubt. */
    final double certain;

    /** Rank probability that is enough when no spike of the past could pass for the new level. */
    final double clear;

    /** Rank probability that is enough otherwise. */
    final double doubtful;

    Role(double critical, double loose, double certain, double clear, double doubtful) {
        this.critical = new StudentQuantile(critical);
        this.loose = new StudentQuantile(loose);
        this.certain = certain;
        this.clear = clear;
        this.doubtful = doubtful;
    }

    static Role of(boolean last, int after) {
        if (!last || after > NEW) {
            return INNER;
        }
        return after == 2 ? PAIR : NEWEST;
    }
}
