package dev.plumbline.ingest.input;

import dev.plumbline.core.model.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Collects the raw values of one sample, group by group; values that are no finite number are left out and counted.
 *
 * <p>Can be used again after {@link #clear}.
 */
public final class RawValues {
    private final List<double[]> groups = new ArrayList<>();
    private double[] group = new double[4];
    private int size;
    private int kept;
    private int leftOut;

    public void add(double value) {
        if (!Double.isFinite(value)) {
            leftOut++;
            return;
        }
        if (size == group.length) {
            group = Arrays.copyOf(group, size * 2);
        }
        group[size++] = value;
        kept++;
    }

    /** The values from here on come from another process. A group without values is none. */
    public void endGroup() {
        if (size > 0) {
            groups.add(Arrays.copyOf(group, size));
            size = 0;
        }
    }

    /** The number of values in all groups. */
    public int count() {
        return kept;
    }

    /** The number of values that were no finite number. */
    public int leftOut() {
        return leftOut;
    }

    /** The values so far; empty when there are none. */
    public Optional<Sample.Values> sample(Sample.Center center) {
        endGroup();
        return groups.isEmpty() ? Optional.empty() : Optional.of(Sample.Values.of(center, groups));
    }

    /** Adds these values to others, as a group of their own. */
    public void appendTo(RawValues others) {
        others.endGroup();
        endGroup();
        others.groups.addAll(groups);
        others.kept += kept;
        others.leftOut += leftOut;
    }

    /** These values, each divided: times of many executions as times of one. */
    public RawValues dividedBy(double count) {
        endGroup();
        RawValues divided = new RawValues();
        for (double[] values : groups) {
            for (double value : values) {
                divided.add(value / count);
            }
            divided.endGroup();
        }
        divided.leftOut += leftOut;
        return divided;
    }

    public void clear() {
        groups.clear();
        size = 0;
        kept = 0;
        leftOut = 0;
    }
}
