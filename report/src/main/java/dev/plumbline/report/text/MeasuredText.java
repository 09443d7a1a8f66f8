package dev.plumbline.report.text;

import dev.plumbline.core.compare.StatedPercentiles;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.MeanInterval;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.sample.Histogram;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.report.Words;
import dev.plumbline.report.evidence.Percent;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Table;
import dev.plumbline.report.terminal.Table.Cell;
import dev.plumbline.report.terminal.Table.Column;
import dev.plumbline.report.terminal.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/** The new measurements, for a terminal: one line for each metric of each benchmark. */
public final class MeasuredText {
    private static final Set<String> JMH_MODES = Set.of("thrpt", "avgt", "sample", "ss");

    private static final double CONFIDENCE = 0.95;
    private static final Unit SECONDS = Unit.of("s");

    /** The most benchmarks among which the fastest is shown. */
    private static final int MOST_COMPARED = 10;

    private MeasuredText() {}

    /** Shares of a latency, each with the fewest values that determine it. */
    private enum Tail {
        P50(0.5, 5),
        P95(0.95, 20),
        P99(0.99, 100);

        private final double share;
        private final int fewest;

        Tail(double share, int fewest) {
            this.share = share;
            this.fewest = fewest;
        }

        /** As columns and comparisons name it: {@code p99}. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Empty where the measurement is no latency, or too little of it is known. */
        OptionalDouble of(Measurement measurement) {
            if (!measurement.metric().unit().isComparableWith(SECONDS)) {
                return OptionalDouble.empty();
            }
            Sample sample = measurement.sample();
            if (sample instanceof Sample.Summary summary) {
                Double stated = summary.quantiles().get(share);
                return stated == null ? OptionalDouble.empty() : OptionalDouble.of(stated);
            }
            if (sample instanceof Sample.Values values) {
                double[] all = IntStream.range(0, values.groupCount())
                        .mapToObj(values::group)
                        .flatMapToDouble(Arrays::stream)
                        .toArray();
                return all.length < fewest ? OptionalDouble.empty() : OptionalDouble.of(Location.quantile(all, share));
            }
            Histogram all = together((Sample.Histogram) sample);
            return all.total() < fewest ? OptionalDouble.empty() : OptionalDouble.of(all.quantile(share));
        }

        private static Histogram together(Sample.Histogram sample) {
            return Histogram.of(
                    sample.groups().stream()
                            .flatMapToDouble(bins -> Arrays.stream(bins.values()))
                            .toArray(),
                    sample.groups().stream()
                            .flatMapToDouble(
                                    bins -> Arrays.stream(bins.counts()).asDoubleStream())
                            .toArray());
        }
    }

    /**
     * Mean over executions or forks with its 95 % interval, percentiles of latencies over all single values where there
     * are enough of them, then without a line for the same percentile as the tool states it, the smallest and largest
     * execution or fork, and how many there were; where several benchmarks share the first metric's name and unit, also
     * the ratio of the means, and where that is a time, which was the fastest; of a JMH jar only where they are one
     * method with several parameters.
     *
     * @param runs what was measured
     * @param planned whether the number of executions was fixed before the first; then the interval is Student's, else
     *     the wider one that may be looked at after every execution ({@link MeanInterval})
     */
    public static String of(List<Run> runs, boolean planned, TextStyle style) {
        StringBuilder out = new StringBuilder();
        List<Measurement> all =
                runs.stream().flatMap(run -> shown(run.measurements()).stream()).toList();
        if (all.isEmpty()) {
            return "nothing was measured\n";
        }
        List<Tail> tails = Arrays.stream(Tail.values())
                .filter(tail -> all.stream().anyMatch(one -> tail.of(one).isPresent()))
                .toList();
        List<Column> columns = new ArrayList<>(List.of(
                new Column("benchmark", false, 0, 30, 8),
                new Column("metric", false, 0, 16, 6),
                Column.whole("mean", true, 0),
                Column.whole("±", true, 1)));
        tails.forEach(tail -> columns.add(Column.whole(tail.label(), true, 3)));
        columns.addAll(List.of(
                Column.whole("from", true, 5),
                Column.whole("to", true, 5),
                Column.whole("n", true, 2),
                Column.whole("against the first", true, 4)));
        Table table = new Table(style, columns);
        Set<Benchmark> reported = new HashSet<>();
        Measurement first = all.get(0);
        boolean areComparable = areComparable(all);
        for (Measurement measurement : all) {
            boolean leads = reported.add(measurement.benchmark());
            table.add(row(
                    measurement,
                    leads,
                    areComparable && leads && measurement != first ? Optional.of(first) : Optional.empty(),
                    tails,
                    planned,
                    style));
        }
        table.appendTo(out);
        if (areComparable) {
            fastest(all, planned, style).ifPresent(out::append);
        }
        return out.toString();
    }

    /** All but the percentiles that a tool states beside the executions whose line has the same ones. */
    private static List<Measurement> shown(List<Measurement> all) {
        Map<Benchmark, Set<String>> columns = new HashMap<>();
        for (Measurement measurement : all) {
            if (measurement.metric().name().equals(StatedPercentiles.TIME)) {
                Set<String> labels = columns.computeIfAbsent(measurement.benchmark(), benchmark -> new HashSet<>());
                Arrays.stream(Tail.values())
                        .filter(tail -> tail.of(measurement).isPresent())
                        .forEach(tail -> labels.add(tail.label()));
            }
        }
        return all.stream()
                .filter(measurement -> StatedPercentiles.label(
                                measurement.metric().name())
                        .filter(columns.getOrDefault(measurement.benchmark(), Set.of())::contains)
                        .isEmpty())
                .toList();
    }

    /** Whoever measures commands together compares them; the methods of a JMH jar do different work. */
    private static boolean areComparable(List<Measurement> all) {
        List<Benchmark> benchmarks =
                all.stream().map(Measurement::benchmark).distinct().toList();
        return benchmarks.stream().map(Benchmark::name).distinct().count() == 1
                || benchmarks.stream()
                        .noneMatch(one -> JMH_MODES.contains(one.parameters().getOrDefault("mode", "")));
    }

    /**
     * The benchmark that took the least time, and its ratio to each other one, in hyperfine's words; the number behind
     * ± is the 95 % interval, to which those of both means add as independent errors of a ratio do.
     */
    private static Optional<String> fastest(List<Measurement> all, boolean planned, TextStyle style) {
        Map<Benchmark, Measurement> leading = new LinkedHashMap<>();
        all.forEach(measurement -> leading.putIfAbsent(measurement.benchmark(), measurement));
        List<Measurement> rising = leading.values().stream()
                .filter(measurement -> measurement.metric().equals(all.get(0).metric())
                        && Location.mean(measurement.sample().groupLocations()) > 0)
                .sorted(Comparator.comparingDouble(
                        measurement -> Location.mean(measurement.sample().groupLocations())))
                .toList();
        boolean isTime = all.get(0).metric().unit().isComparableWith(SECONDS)
                && all.get(0).metric().better() == Better.LOWER;
        if (!isTime || rising.size() < 2 || rising.size() < leading.size() || rising.size() > MOST_COMPARED) {
            return Optional.empty();
        }
        Measurement fastest = rising.get(0);
        StringBuilder words = new StringBuilder("\n")
                .append(style.safe(fastest.benchmark().label()))
                .append(" ran\n");
        for (Measurement other : rising.subList(1, rising.size())) {
            double[] values = other.sample().groupLocations();
            double[] least = fastest.sample().groupLocations();
            double ratio = Location.mean(values) / Location.mean(least);
            double error = ratio * Math.hypot(half(values, planned), half(least, planned));
            words.append("  ")
                    .append(String.format(Locale.ROOT, "%.2f", ratio))
                    .append(error <= ratio ? String.format(Locale.ROOT, " ± %.2f", error) : "")
                    .append(" times faster than ")
                    .append(style.safe(other.benchmark().label()))
                    .append(error <= ratio ? "\n" : " (too few executions for a confidence interval)\n");
        }
        return Optional.of(words.toString());
    }

    private static double half(double[] values, boolean planned) {
        return (planned ? MeanInterval.planned(values, CONFIDENCE) : MeanInterval.relative(values, CONFIDENCE)).high();
    }

    private static List<Cell> row(
            Measurement measurement,
            boolean leads,
            Optional<Measurement> first,
            List<Tail> tails,
            boolean planned,
            TextStyle style) {
        double[] values = measurement.sample().groupLocations();
        Unit unit = measurement.metric().unit();
        double half = half(values, planned);
        List<Cell> cells = new ArrayList<>(List.of(
                Cell.of(leads ? style.safe(measurement.benchmark().label()) : ""),
                Cell.of(style.safe(measurement.metric().name())),
                Cell.of(style.safe(
                        Quantity.of(Location.mean(values), unit, Double.isFinite(half) ? half : Double.NaN))),
                Cell.of(
                        half <= 1
                                ? Percent.of(half)
                                : values.length > 1 && Location.mean(values) > 0 ? "> 100 %" : "")));
        for (Tail tail : tails) {
            OptionalDouble value = tail.of(measurement);
            cells.add(value.isPresent() ? Cell.of(style.safe(Quantity.of(value.getAsDouble(), unit))) : Cell.EMPTY);
        }
        cells.add(new Cell(style.safe(Quantity.of(smallest(values), unit)), Ansi.DIM));
        cells.add(new Cell(style.safe(Quantity.of(largest(values), unit)), Ansi.DIM));
        cells.add(new Cell(Quantity.plain(values.length, Quantity.DIGITS), Ansi.DIM));
        cells.add(first.filter(other -> other.metric().equals(measurement.metric()))
                .map(other -> ratio(measurement.sample(), other.sample()))
                .map(ratio -> Cell.of(style.safe(ratio)))
                .orElse(Cell.EMPTY));
        return cells;
    }

    private static String ratio(Sample sample, Sample first) {
        double base = Location.mean(first.groupLocations());
        double mean = Location.mean(sample.groupLocations());
        return base > 0 && mean > 0 ? "× " + Quantity.plain(mean / base, Quantity.DIGITS) : "";
    }

    private static double smallest(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    /**
     * In words, how often something will be measured.
     *
     * @param halfWidth of the interval that is asked for, relative to the level
     */
    public static String planned(int fewest, int most, double halfWidth) {
        return fewest == most
                ? Words.count(most, "execution", "executions")
                : String.format(
                        Locale.ROOT,
                        "%,d to %,d executions, until the mean is known ± %s",
                        fewest,
                        most,
                        Percent.exact(halfWidth));
    }

    /** In words, how exactly a level is known: {@code ± 0.8 %}. */
    public static String precision(Interval relative) {
        double half = Math.max(-relative.low(), relative.high());
        return half <= 1 ? "± " + Percent.of(half) : "hardly at all";
    }
}
