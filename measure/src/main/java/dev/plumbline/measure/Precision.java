package dev.plumbline.measure;

import dev.plumbline.core.stats.Interval;
import dev.plumbline.core.stats.SequentialT;
import java.util.List;

/**
 * How exactly a level is to be known before measuring it ends. The interval may be looked at after every execution: it
 * covers the level at all of these moments together ({@link SequentialT}).
 *
 * @param halfWidth of the interval relative to the level; 0.01 is ± 1 %
 * @param confidence of the interval
 * @param fewest executions, at least 1
 * @param most executions, whatever is known
 */
public record Precision(double halfWidth, double confidence, int fewest, int most) {
    public Precision {
        if (!(halfWidth > 0 && halfWidth < 1)) {
            throw new IllegalArgumentException("a precision lies between 0 and 1 (0.01 is 1 %), not at " + halfWidth);
        }
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence lies between 0.5 and 1, not at " + confidence);
        }
        if (fewest < 1 || most < fewest) {
            throw new IllegalArgumentException("from " + fewest + " to " + most + " executions");
        }
    }

    /** Exactly so many executions. */
    public static Precision exactly(int executions) {
        return new Precision(0.01, 0.95, executions, executions);
    }

    /**
     * The interval of the level relative to its estimate, {@code [-0.01, 0.01]} for ± 1 %; unbounded while nothing is
     * known, and where a value is not positive and they differ.
     */
    Interval relativeInterval(List<Double> values) {
        double first = values.get(0);
        if (values.size() > 1 && values.stream().allMatch(value -> value == first)) {
            return new Interval(0, 0, confidence);
        }
        if (values.stream().anyMatch(value -> value <= 0)) {
            return Interval.unbounded(confidence);
        }
        double[] logs =
                values.stream().mapToDouble(value -> Math.log(value / first)).toArray();
        SequentialT.Look look =
                SequentialT.withDefaults().withLevel(1 - confidence).look(logs);
        return new Interval(
                Math.expm1(look.interval().low() - look.mean()),
                Math.expm1(look.interval().high() - look.mean()),
                confidence);
    }

    boolean isReached(List<Double> values) {
        return values.size() >= fewest && relativeInterval(values).isInside(-halfWidth, halfWidth);
    }
}
