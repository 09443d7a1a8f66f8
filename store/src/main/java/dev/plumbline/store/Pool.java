package dev.plumbline.store;

import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Several measurements of one metric in one run as one sample, in the unit of the last one.
 *
 * <p>The groups of all raw samples stand side by side; a summary or a histogram counts for as many groups of one value
 * as it has. Measurements in a unit that cannot be compared with that of the last one are left out.
 */
final class Pool {
    private final List<Metric> metrics = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();

    void add(Metric metric, Sample sample) {
        metrics.add(metric);
        samples.add(sample);
    }

    /** The pooled sample; there has to be at least one measurement. */
    Sample sample() {
        Unit unit = metrics.get(metrics.size() - 1).unit();
        List<double[]> groups = new ArrayList<>();
        boolean onlySingleExecutions = true;
        for (int i = 0; i < samples.size(); i++) {
            Unit own = metrics.get(i).unit();
            if (own.isComparableWith(unit)) {
                for (double[] group : groups(samples.get(i))) {
                    addConverted(group, own, unit, groups);
                }
                onlySingleExecutions &=
                        samples.get(i) instanceof Sample.Values values && values.center() == Sample.Center.MEDIAN;
            }
        }
        return Sample.Values.of(onlySingleExecutions ? Sample.Center.MEDIAN : Sample.Center.MEAN, groups);
    }

    private static List<double[]> groups(Sample sample) {
        List<double[]> groups = new ArrayList<>();
        if (sample instanceof Sample.Values values) {
            for (int group = 0; group < values.groupCount(); group++) {
                groups.add(values.group(group));
            }
        } else {
            for (double location : sample.groupLocations()) {
                groups.add(new double[] {location});
            }
        }
        return groups;
    }

    /** Adds a group unless it overflows in the other unit; those of the last measurement need no conversion. */
    private static void addConverted(double[] group, Unit from, Unit to, List<double[]> groups) {
        double[] converted = Arrays.stream(group)
                .map(value -> UnitConversion.convert(value, from, to))
                .toArray();
        if (Arrays.stream(converted).allMatch(Double::isFinite)) {
            groups.add(converted);
        }
    }
}
