package dev.plumbline.report.evidence;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.model.Unit;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** The values of several runs, in words: {@code 12.1 s, 12.0 ms}, or of many {@code 12.0 ms to 12.1 s}. */
public final class RunValues {
    /** The most runs that are listed; of more, the lowest and the highest are. */
    private static final int LISTED = 3;

    private RunValues() {}

    /** The values with their unit. */
    public static String of(List<Double> values, Unit unit) {
        return shown(values).stream().map(value -> Quantity.of(value, unit)).collect(between(values));
    }

    /** The relative distances of each run's value from another: {@code ×1,003, +0.2 %}. */
    public static String changes(double before, List<Double> values) {
        return shown(values).stream()
                .map(value -> Quantity.change(Effect.relativeChange(before, value)))
                .collect(between(values));
    }

    private static List<Double> shown(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return values.size() > LISTED ? List.of(sorted.get(0), sorted.get(sorted.size() - 1)) : values;
    }

    private static Collector<CharSequence, ?, String> between(List<Double> values) {
        return Collectors.joining(values.size() > LISTED ? " to " : ", ");
    }
}
