package dev.plumbline.store;

import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Several measurements of one metric in one run as one sample, in the unit of the last one.
 *
 * <p>The groups of all raw samples are joined; a summary or a histogram counts for as many groups of one value
 * as it has. They are summarised by the median if all are single executions; by the mean if one of them is a
 * distribution in which each value counts; else by the pseudomedian.
 *
 * <p>Warm-up that all processes show counts no more than in one measurement.
 *
 * <p>Measurements in a unit that cannot be compared with that of the last one are left out.
 */
public final class Pool {
    private final List<Metric> metrics = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();

    public void add(Metric metric, Sample sample) {
        metrics.add(metric);
        samples.add(sample);
    }

    /** The pooled sample; there has to be at least one measurement. */
    public Sample sample() {
        Metric last = metrics.get(metrics.size() - 1);
        Unit unit = last.unit();
        List<double[]> groups = new ArrayList<>();
        Set<Optional<Sample.Center>> centers = new HashSet<>();
        for (int i = 0; i < samples.size(); i++) {
            Unit own = metrics.get(i).unit();
            if (own.isComparableWith(unit)) {
                for (double[] group : groups(samples.get(i))) {
                    addConverted(group, own, unit, groups);
                }
                centers.add(center(samples.get(i)));
            }
        }
        return Sample.Values.of(center(centers), groups).steady(last.better());
    }

    /** The centre of a sample's groups; empty for a summary, which is one number in any case. */
    private static Optional<Sample.Center> center(Sample sample) {
        return sample instanceof Sample.Values values
                ? Optional.of(values.center())
                : sample instanceof Sample.Histogram ? Optional.of(Sample.Center.MEAN) : Optional.empty();
    }

    private static Sample.Center center(Set<Optional<Sample.Center>> centers) {
        if (centers.equals(Set.of(Optional.of(Sample.Center.MEDIAN)))) {
            return Sample.Center.MEDIAN;
        }
        return centers.contains(Optional.of(Sample.Center.MEAN)) ? Sample.Center.MEAN : Sample.Center.PSEUDOMEDIAN;
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
