package dev.plumbline.measure;

import dev.plumbline.core.stats.MeanInterval;
import dev.plumbline.core.stats.SequentialT;
import dev.plumbline.core.stats.distribution.Interval;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * The precision at which measuring a level ends. The interval may be looked at after every execution: it covers the
 * level at all of these moments together ({@link MeanInterval}).
 *
 * @param halfWidth of the interval relative to the level; 0.01 is ± 1 %
 * @param confidence of the interval
 * @param fewest executions, at least 1
 * @param most executions, whatever is known
 * @param shortest time that the executions take together: a machine is a little faster or slower from one second to the
 *     next, and an interval made within a part of a second knows nothing of that
 */
public record Precision(double halfWidth, double confidence, int fewest, int most, Duration shortest) {
    private static final int FEWEST_TO_TELL = 3;
    private static final int MOST_TO_TELL = 1_000_000;
    private static final int FEWEST_TO_GIVE_UP = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public Precision {
        if (!(halfWidth > 0 && halfWidth < 1)) {
            throw new IllegalArgumentException("the precision must be between 0 and 1 (0.01 is 1 %), not " + halfWidth);
        }
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("the confidence must be between 0.5 and 1, not " + confidence);
        }
        if (fewest < 1) {
            throw new IllegalArgumentException("at least one execution is needed, not " + fewest);
        }
        if (most < fewest) {
            throw new IllegalArgumentException(
                    "no number of executions is at least " + fewest + " and at most " + most);
        }
        if (shortest.isNegative()) {
            throw new IllegalArgumentException("the minimum time must not be negative: " + shortest);
        }
    }

    /** However quickly it is reached. */
    public Precision(double halfWidth, double confidence, int fewest, int most) {
        this(halfWidth, confidence, fewest, most, Duration.ZERO);
    }

    /** Exact number of executions. */
    public static Precision exactly(int executions) {
        return new Precision(0.01, 0.95, executions, executions);
    }

    /** Whether the number of executions is decided before the first. */
    public boolean isFixed() {
        return fewest == most;
    }

    /** The interval of the mean relative to it; see {@link MeanInterval}. */
    Interval relativeInterval(List<Double> values) {
        return MeanInterval.relative(array(values), confidence);
    }

    /**
     * The approximate number of executions that would reach it, given those so far; empty where it cannot be estimated.
     */
    OptionalInt needed(List<Double> values) {
        double[] all = array(values);
        double deviation = all.length < FEWEST_TO_TELL ? Double.POSITIVE_INFINITY : MeanInterval.relativeDeviation(all);
        if (!Double.isFinite(deviation)) {
            return OptionalInt.empty();
        }
        SequentialT rule = SequentialT.withDefaults().withLevel(1 - confidence);
        for (int n = all.length; n <= MOST_TO_TELL; n += 1 + n / 16) {
            if (rule.halfWidth(deviation, n) <= halfWidth) {
                return OptionalInt.of(n);
            }
        }
        return OptionalInt.empty();
    }

    /**
     * Whether it is out of reach because the machine drifts, given the total time of the executions. It is looked at
     * when their number has doubled, not after each: more looks find more by chance.
     */
    boolean isOutOfReach(List<Double> values, Duration together) {
        int n = values.size();
        return n >= Math.max(FEWEST_TO_GIVE_UP, fewest)
                && Integer.bitCount(n) == 1
                && together.compareTo(PATIENCE) >= 0
                && MeanInterval.isBoundByDrift(array(values));
    }

    boolean isReached(List<Double> values) {
        return values.size() >= fewest && relativeInterval(values).isInside(-halfWidth, halfWidth);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
