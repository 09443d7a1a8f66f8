package dev.plumbline.report.content;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Raw values of one side of a judgement, reduced for drawing.
 *
 * @param name what they are: {@code base}, {@code candidate}
 * @param values in the unit of the series; in the order of their groups where all are there, else ascending quantiles
 * @param total how many values there were; more than {@code values} holds when they were thinned, and 0 when the tool
 *     gave only quantiles
 */
public record Distribution(String name, List<Double> values, long total) {
    /** The number of values that is enough for the shape of any distribution on a screen. */
    static final int MOST = 400;

    public Distribution {
        requireNonNull(name, "name");
        values = List.copyOf(values);
    }

    /**
     * The values of samples.
     *
     * @param factor what a value is multiplied with to be in the unit of the series; positive
     */
    public static Distribution of(String name, List<Sample> samples, double factor) {
        List<double[]> parts = new ArrayList<>();
        List<long[]> counts = new ArrayList<>();
        long total = 0;
        for (Sample sample : samples) {
            total += add(sample, parts, counts);
        }
        double[] values = parts.stream().flatMapToDouble(Arrays::stream).toArray();
        long[] weights = counts.stream().flatMapToLong(Arrays::stream).toArray();
        double[] shown =
                Arrays.stream(weights).sum() <= MOST && Arrays.stream(weights).allMatch(count -> count == 1)
                        ? values
                        : quantiles(values, weights);
        return new Distribution(
                name,
                Arrays.stream(shown)
                        .map(value -> value * factor)
                        .filter(Double::isFinite)
                        .boxed()
                        .toList(),
                total);
    }

    private static long add(Sample sample, List<double[]> values, List<long[]> counts) {
        if (sample instanceof Sample.Values raw) {
            for (int group = 0; group < raw.groupCount(); group++) {
                double[] part = raw.group(group);
                values.add(part);
                counts.add(ones(part.length));
            }
            return raw.size();
        }
        if (sample instanceof Sample.Histogram histogram) {
            long total = 0;
            for (Sample.Histogram.Bins bins : histogram.groups()) {
                values.add(bins.values());
                counts.add(bins.counts());
                total += bins.total();
            }
            return total;
        }
        Sample.Summary summary = (Sample.Summary) sample;
        double[] known = summary.quantiles().isEmpty()
                ? new double[] {summary.location()}
                : summary.quantiles().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .mapToDouble(Map.Entry::getValue)
                        .toArray();
        values.add(known);
        counts.add(ones(known.length));
        return 0;
    }

    private static long[] ones(int length) {
        long[] ones = new long[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Evenly spaced quantiles, the smallest and the largest value among them. */
    private static double[] quantiles(double[] values, long[] counts) {
        Integer[] order = new Integer[values.length];
        Arrays.setAll(order, index -> index);
        Arrays.sort(order, (one, other) -> Double.compare(values[one], values[other]));
        double total = Arrays.stream(counts).asDoubleStream().sum();
        int size = (int) Math.min(MOST, total);
        double[] chosen = new double[size];
        int at = 0;
        double seen = counts[order[0]];
        for (int i = 0; i < size; i++) {
            double rank = size == 1 ? 0 : i * (total - 1) / (size - 1);
            while (seen <= rank && at + 1 < order.length) {
                at++;
                seen += counts[order[at]];
            }
            chosen[i] = values[order[at]];
        }
        return chosen;
    }
}
