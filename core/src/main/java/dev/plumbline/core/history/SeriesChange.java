package dev.plumbline.core.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.steps.Tier;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A change of a series. Evidence that its method does not provide is absent.
 *
 * @param index zero-based place of the first value after it, at least 1
 * @param before level before, in the series' unit
 * @param after level after
 * @param relativeChange {@code (after - before) / |before|}; 0 for equal levels, infinite out of a level of zero
 * @param tier how certain it is; what a method of the literature accepts is confirmed
 * @param confidenceInterval of the relative change
 * @param positions where the change may be
 * @param pValue what the method's test gave; which probability that is depends on the method
 * @param test whose probability that is, for a method with several
 * @param detectedAt the place whose value showed it, for a method that takes the values one by one
 */
public record SeriesChange(
        int index,
        double before,
        double after,
        double relativeChange,
        Tier tier,
        Optional<Interval> confidenceInterval,
        Optional<Positions> positions,
        OptionalDouble pValue,
        Optional<Test> test,
        OptionalInt detectedAt) {
    /** Checks the ranges. */
    public SeriesChange {
        requireNonNull(tier, "tier");
        requireNonNull(confidenceInterval, "confidenceInterval");
        requireNonNull(positions, "positions");
        requireNonNull(test, "test");
        if (index < 1) {
            throw new IllegalArgumentException("a change needs a value before it; index " + index);
        }
        if (Double.isNaN(relativeChange)) {
            throw new IllegalArgumentException("a relative change from " + before + " to " + after + " is a number");
        }
        if (pValue.isPresent() && !(pValue.getAsDouble() >= 0 && pValue.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("p-value " + pValue.getAsDouble() + " is not in [0, 1]");
        }
        if (detectedAt.isPresent() && detectedAt.getAsInt() < index) {
            throw new IllegalArgumentException(
                    "a change at " + index + " is not noticed at " + detectedAt.getAsInt() + " already");
        }
    }

    /** The tests that decide whether the level changed. */
    public enum Test {
        /** The distance of the levels, over its error. */
        LEVEL,
        /** The order of the values, where the distance of the levels alone would not have been enough. */
        RANKS
    }

    /**
     * The places that a change may have, with 95 % confidence.
     *
     * @param first the smallest index
     * @param last the largest index
     */
    public record Positions(int first, int last) {
        /** Checks the order. */
        public Positions {
            if (!(first >= 0 && first <= last)) {
                throw new IllegalArgumentException("positions " + first + " to " + last + " are out of order");
            }
        }
    }

    /** A confirmed change with nothing but its two levels. */
    public static SeriesChange between(int index, double before, double after) {
        return new SeriesChange(
                index,
                before,
                after,
                Effect.relativeChange(before, after),
                Tier.CONFIRMED,
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    /** The same with the levels and the interval of another look at it. */
    public SeriesChange as(SeriesChange other) {
        return new SeriesChange(
                index,
                other.before,
                other.after,
                other.relativeChange,
                tier,
                other.confidenceInterval,
                positions,
                pValue,
                test,
                detectedAt);
    }

    /** The same of another size, from the same level before; an interval that does not hold it is left out. */
    public SeriesChange sized(double size) {
        return new SeriesChange(
                index,
                before,
                before + size * Math.abs(before),
                size,
                tier,
                confidenceInterval.filter(interval -> interval.contains(size)),
                positions,
                pValue,
                test,
                detectedAt);
    }

    /** The same between other levels. */
    SeriesChange with(double otherBefore, double otherAfter) {
        return new SeriesChange(
                index,
                otherBefore,
                otherAfter,
                Effect.relativeChange(otherBefore, otherAfter),
                tier,
                confidenceInterval,
                positions,
                pValue,
                test,
                detectedAt);
    }
}
