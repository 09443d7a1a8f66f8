package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Evidence from pairs that were measured in turn. */
public sealed interface PairEvidence extends Evidence {
    /**
     * The pairs to compare.
     *
     * @param count how many pairs, from 0
     * @param deviation from pair to pair, of the natural logarithm of their ratios; empty for a single pair
     */
    record Pairs(int count, OptionalDouble deviation) implements PairEvidence {
        public Pairs {
            requireNonNull(deviation, "deviation");
        }
    }

    /**
     * The difference of base and candidate.
     *
     * @param change relative to the base
     * @param eValue the evidence for a change, to 1
     * @param adjusted 1 / eValue times the size of the suite, at most 1
     * @param suiteSize how many metrics are compared
     * @param limit up to this adjusted value the difference is certain
     */
    record Difference(double change, double eValue, double adjusted, int suiteSize, double limit)
            implements PairEvidence {
        /** Whether it is beyond chance. */
        public boolean isCertain() {
            return adjusted <= limit;
        }
    }

    /**
     * The difference between two copies of the base.
     *
     * @param difference of the one from the other, relative
     * @param eValue the evidence that they differ, to 1
     * @param apart whether they differ by more than noise explains
     * @param times the multiple of the difference that a change has to exceed to be reported in spite of it
     */
    record Copies(double difference, double eValue, boolean apart, double times) implements PairEvidence, Warning {}

    /**
     * Counts of executed work that agree on either side.
     *
     * @param change relative to the base
     * @param noise by which two executions of one program differ at the most, relative
     * @param margin the smallest relative change that matters
     */
    record Counted(double change, double noise, double margin) implements PairEvidence {}

    /** Fresh pairs in the other order did not show the regression that the first ones showed. */
    record Refuted() implements PairEvidence, Reason {}

    /**
     * A change that may be nothing but what two equal things differ by.
     *
     * @param difference of two copies of the base, relative
     * @param times the multiple of it that a change has to exceed to be more
     */
    record Untrusted(double difference, double times) implements PairEvidence, Reason {}

    /**
     * Any change lies inside the margin.
     *
     * @param margin the smallest relative change that matters
     */
    record Equivalence(double margin) implements PairEvidence {}

    /**
     * Measuring ended before the answer was known.
     *
     * @param pairs after this number of pairs
     * @param needed about this number would decide; empty where it is unknown
     * @param margin the smallest relative change that matters
     */
    record Ended(int pairs, OptionalInt needed, double margin) implements PairEvidence, Reason {
        public Ended {
            requireNonNull(needed, "needed");
        }
    }
}
