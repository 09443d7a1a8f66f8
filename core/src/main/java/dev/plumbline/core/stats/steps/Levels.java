package dev.plumbline.core.stats.steps;

/**
 * The error levels of the tests; the evidence for them is in the evaluation of the bench module.
 *
 * <p>Immutable but for tables of quantiles that fill as they are used.
 */
final class Levels {
    /** The levels of strictness 1. */
    static final Levels DEFAULT = new Levels(1);

    /** Two-sided level of a suspect. */
    final StudentQuantile suspicion;

    private final Level pair;
    private final Level newest;
    private final Level inner;

    /**
     * The levels of one role.
     *
     * @param critical two-sided level of the statistic
     * @param loose level of the statistic when the ranks leave no doubt
     * @param certain rank probability that leaves no doubt
     * @param clear rank probability that is enough when no spike of the past could pass for the new level
     * @param doubtful rank probability that is enough otherwise
     */
    record Level(StudentQuantile critical, StudentQuantile loose, double certain, double clear, double doubtful) {}

    private Levels(double strictness) {
        pair = level(strictness, 5e-5, 5e-5, 0, 2e-3, 2e-4);
        newest = level(strictness, 2e-4, 2e-3, 5e-5, 2e-3, 2e-4);
        inner = level(strictness, 6e-5, 2e-3, 5e-6, 1e-4, 1e-4);
        suspicion = new StudentQuantile(1e-3 / strictness);
    }

    /** The levels divided by {@code strictness}. */
    static Levels of(double strictness) {
        return strictness == 1 ? DEFAULT : new Levels(strictness);
    }

    private static Level level(
            double strictness, double critical, double loose, double certain, double clear, double doubtful) {
        return new Level(
                new StudentQuantile(critical / strictness),
                new StudentQuantile(loose / strictness),
                certain / strictness,
                clear / strictness,
                doubtful / strictness);
    }

    Level of(StepRole role) {
        return switch (role) {
            case PAIR -> pair;
            case NEWEST -> newest;
            case INNER -> inner;
        };
    }
}
