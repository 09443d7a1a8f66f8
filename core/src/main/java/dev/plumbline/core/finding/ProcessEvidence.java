package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.distribution.Interval;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Evidence from the processes of two sides. */
public sealed interface ProcessEvidence extends Evidence {
    /**
     * The processes to compare.
     *
     * @param base independent values before
     * @param candidate independent values after
     * @param deviation standard deviation between processes, relative; infinite where it is unknown, empty where
     *     it is no number
     * @param degreesOfFreedom of the test; empty where there are none
     * @param cliffsDelta how much more often a value after is above one before than below it, from -1 to 1; empty where
     *     it is not known
     */
    record Forks(
            int base,
            int candidate,
            OptionalDouble deviation,
            OptionalDouble degreesOfFreedom,
            OptionalDouble cliffsDelta)
            implements ProcessEvidence {
        public Forks {
            requireNonNull(deviation, "deviation");
            requireNonNull(degreesOfFreedom, "degreesOfFreedom");
            requireNonNull(cliffsDelta, "cliffsDelta");
        }
    }

    /**
     * Summaries in place of values.
     *
     * @param samples of both sides
     * @param summaries how many of the samples are summaries, at least 1
     * @param withDeviationAndCount how many of the summaries state a deviation and a count
     * @param withQuantiles how many of the summaries state quantiles
     */
    record Summaries(int samples, int summaries, long withDeviationAndCount, long withQuantiles)
            implements ProcessEvidence {}

    /**
     * The difference of two sides.
     *
     * @param change relative to the base
     * @param pValue of the test by itself; empty where there is none
     * @param adjusted the same, adjusted for all comparisons
     * @param suiteSize how many comparisons there are
     * @param limit up to this adjusted p-value the difference is certain
     */
    record Difference(double change, OptionalDouble pValue, double adjusted, int suiteSize, double limit)
            implements ProcessEvidence {
        public Difference {
            requireNonNull(pValue, "pValue");
        }

        /** Whether it is beyond chance. */
        public boolean isCertain() {
            return adjusted <= limit;
        }
    }

    /**
     * A certain difference that is smaller than the smallest one that matters.
     *
     * @param change after - before
     * @param floor the smallest absolute change that matters
     */
    record BelowFloor(double change, double floor) implements ProcessEvidence {}

    /**
     * Counts of executed work that agree on either side.
     *
     * @param change relative to the base
     * @param noise by which two executions of one program differ at the most, relative
     * @param margin the smallest relative change that matters
     */
    record Counted(double change, double noise, double margin) implements ProcessEvidence {}

    /**
     * One value on each side, and nothing known of their scatter.
     *
     * @param needed the number of runs a side that would decide
     */
    record SingleValues(int needed) implements ProcessEvidence, Reason {}

    /**
     * Two sides that differ, each of a single process.
     *
     * @param needed the number of processes a side that would decide
     */
    record SingleProcesses(int needed) implements ProcessEvidence, Reason {}

    /**
     * The interval of the change lies inside the margin.
     *
     * @param interval of the relative change, from two one-sided tests of 5 %
     * @param margin the smallest relative change that matters
     */
    record Equivalence(Interval interval, double margin) implements ProcessEvidence {
        public Equivalence {
            requireNonNull(interval, "interval");
        }
    }

    /** A base of zero, to which nothing is relative, and a difference that may be chance. */
    record ZeroBase() implements ProcessEvidence, Reason {}

    /**
     * A change that may lie inside the margin or beyond it.
     *
     * @param certain whether there is a change, however large
     * @param worse whether what is seen is one for the worse
     * @param margin the smallest relative change that matters
     * @param needed the number of processes a side that would decide; empty where no number is known to
     * @param single whether each side is a single process, so that only the noise within it is known
     * @param oneRunEach whether each side is a single run, so that a change beyond the noise of its processes may be
     *     noise between runs
     */
    record Hidden(boolean certain, boolean worse, double margin, OptionalInt needed, boolean single, boolean oneRunEach)
            implements ProcessEvidence, Reason {
        public Hidden {
            requireNonNull(needed, "needed");
        }
    }
}
