package dev.plumbline.core.shape.feature;

/** A recommendation for a series, with its numbers, and the health that it implies. */
public sealed interface Advice {
    /** The health that it implies. */
    Health health();

    /**
     * There are too few values for anything.
     *
     * @param values finite ones
     * @param needed the number that would be enough
     */
    record MeasureMore(int values, int needed) implements Advice {
        @Override
        public Health health() {
            return Health.GOOD;
        }
    }

    /**
     * The level is worse than the best one that held: look into it, or accept it.
     *
     * @param behind by how much relative to the best, positive
     * @param best that level
     * @param now the level now
     * @param index place from which it is worse
     */
    record LookInto(Health health, double behind, double best, double now, int index) implements Advice {}

    /**
     * A check has reported its newest runs as a regression that is not triaged.
     *
     * @param change relative to the level before
     * @param index place from which it is worse
     * @param id what is accepted
     */
    record Called(Health health, double change, int index, String id) implements Advice {}

    /**
     * It gets worse slowly, in steps that no check detects.
     *
     * @param total what it came to, relative
     * @param index place where that began
     */
    record StopSlope(Health health, double total, int index) implements Advice {}

    /**
     * The noise grew.
     *
     * @param ratio noise after over noise before; infinite out of none
     * @param index place from which it is so
     */
    record CalmNoise(double ratio, int index) implements Advice {
        @Override
        public Health health() {
            return Health.WATCH;
        }
    }

    /**
     * The noise hides changes of the size of the margin: more runs of one revision would show them.
     *
     * @param detectable the smallest change that one run finds with 99 % probability
     * @param margin the one in force
     * @param runs of one revision that find the margin; 0 when more than {@value SeriesSummary#MOST_RUNS} are needed
     */
    record RepeatRuns(Health health, double detectable, double margin, int runs) implements Advice {}

    /**
     * Checks reported false regressions: a wider margin would have passed them.
     *
     * @param alarms how many
     * @param largest of them, relative, positive
     * @param margin the one in force
     * @param wide one that is wider than all of them
     */
    record WidenMargin(int alarms, double largest, double margin, double wide) implements Advice {
        @Override
        public Health health() {
            return Health.GOOD;
        }
    }

    /**
     * Many points are far off: something disturbs the machine.
     *
     * @param count of odd stretches
     * @param share of values in them
     */
    record FindDisturbance(int count, double share) implements Advice {
        @Override
        public Health health() {
            return Health.WATCH;
        }
    }

    /**
     * The values have several levels at once: more forks distinguish them.
     *
     * @param modes how many
     * @param distance from the lowest to the highest, relative
     */
    record MoreForks(int modes, double distance) implements Advice {
        @Override
        public Health health() {
            return Health.WATCH;
        }
    }

    /**
     * The values follow the clock: measure at one time of the day or week.
     *
     * @param amplitude half the distance between highest and lowest phase, relative
     */
    record FixHour(Seasonality.Period period, double amplitude) implements Advice {
        @Override
        public Health health() {
            return Health.WATCH;
        }
    }
}
