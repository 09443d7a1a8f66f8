package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/** Evidence from the same percentile of processes of two sides. Percentiles are shares: 0.99 is the 99th. */
public sealed interface TailEvidence extends Evidence {
    /**
     * The processes to compare.
     *
     * @param percentile which one, between 0 and 1
     * @param base processes before
     * @param candidate processes after
     * @param fewestExecutions of one process; empty where they are not counted
     */
    record Processes(double percentile, int base, int candidate, OptionalLong fewestExecutions)
            implements TailEvidence {
        public Processes {
            requireNonNull(fewestExecutions, "fewestExecutions");
        }
    }

    /**
     * Too few executions lie beyond the percentile.
     *
     * @param percentile which one, between 0 and 1
     * @param needed the number of executions that a process needs
     */
    record TooFewExecutions(double percentile, long needed) implements TailEvidence, Reason {}

    /**
     * The difference of two sides.
     *
     * @param change relative to the base
     * @param pValue of the test by itself
     * @param adjusted the same, adjusted for all tails of the suite
     * @param suiteSize how many tails there are
     * @param limit up to this adjusted p-value the difference is certain
     */
    record Difference(double change, double pValue, double adjusted, int suiteSize, double limit)
            implements TailEvidence {
        /** Whether it is beyond chance. */
        public boolean isCertain() {
            return adjusted <= limit;
        }
    }

    /**
     * A single process on a side.
     *
     * @param needed the number of processes a side that would decide
     */
    record SingleProcess(int needed) implements TailEvidence, Reason {}

    /**
     * Two sides whose difference is below the recorder's resolution.
     *
     * @param resolution the step of the recorder at the percentile, relative; 0 where there is none, and the numbers
     *     are rounded
     * @param margin the smallest relative change that matters
     */
    record Unresolved(double resolution, double margin) implements TailEvidence, Reason {}
}
