package dev.plumbline.report;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.stats.Interval;
import dev.plumbline.core.stats.Location;
import dev.plumbline.core.stats.Spread;
import dev.plumbline.core.stats.StudentT;
import dev.plumbline.report.Table.Cell;
import dev.plumbline.report.Table.Column;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What was just measured, for a terminal: one line for each metric of each benchmark. */
public final class MeasuredText {
    private static final double CONFIDENCE = 0.95;

    private MeasuredText() {}

    /**
     * Mean over executions or forks with the 95 % interval of Student's t, their smallest and largest, and how many
     * there were; where several benchmarks share the first metric's name and unit, also the ratio of the means.
     *
     * @param runs what was measured
     */
    public static String of(List<Run> runs, TextStyle style) {
        StringBuilder out = new StringBuilder();
        List<Measurement> all =
                runs.stream().flatMap(run -> run.measurements().stream()).toList();
        if (all.isEmpty()) {
            return "nothing was measured\n";
        }
        Table table = new Table(
                style,
                List.of(
                        new Column("benchmark", false, 0, 30, 8),
                        new Column("metric", false, 0, 16, 6),
                        Column.whole("mean", true, 0),
                        Column.whole("±", true, 1),
                        Column.whole("from", true, 3),
                        Column.whole("to", true, 3),
                        Column.whole("n", true, 2),
                        Column.whole("against the first", true, 4)));
        Set<Benchmark> told = new HashSet<>();
        Measurement first = all.get(0);
        for (Measurement measurement : all) {
            boolean leads = told.add(measurement.benchmark());
            table.add(row(
                    measurement, leads, leads && measurement != first ? Optional.of(first) : Optional.empty(), style));
        }
        table.appendTo(out);
        return out.toString();
    }

    private static List<Cell> row(
            Measurement measurement, boolean leads, Optional<Measurement> first, TextStyle style) {
        double[] values = measurement.sample().groupLocations();
        double level = Location.mean(values);
        double half = halfWidth(values);
        boolean known = Double.isFinite(half);
        return List.of(
                Cell.of(leads ? style.safe(measurement.benchmark().label()) : ""),
                Cell.of(style.safe(measurement.metric().name())),
                Cell.of(style.safe(Quantity.of(level, measurement.metric().unit(), known ? half : Double.NaN))),
                Cell.of(
                        known && level != 0
                                ? style.safe(
                                        Quantity.change(half / Math.abs(level)).replace("+", ""))
                                : ""),
                new Cell(
                        style.safe(Quantity.of(
                                smallest(values), measurement.metric().unit())),
                        Ansi.DIM),
                new Cell(
                        style.safe(Quantity.of(
                                largest(values), measurement.metric().unit())),
                        Ansi.DIM),
                new Cell(Quantity.plain(values.length, Quantity.DIGITS), Ansi.DIM),
                first.filter(other -> other.metric().equals(measurement.metric()))
                        .map(other -> ratio(measurement.sample(), other.sample()))
                        .map(ratio -> Cell.of(style.safe(ratio)))
                        .orElse(Cell.EMPTY));
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

    /** NaN for a single value. */
    private static double halfWidth(double[] values) {
        if (values.length < 2) {
            return Double.NaN;
        }
        double error = Spread.standardDeviation(values) / Math.sqrt(values.length);
        return error * StudentT.upperQuantile((1 - CONFIDENCE) / 2, values.length - 1);
    }

    /** In words, how exactly a level is known: {@code ± 0.8 %}. */
    public static String precision(Interval relative) {
        double half = Math.max(-relative.low(), relative.high());
        return Double.isFinite(half) ? "± " + Quantity.change(half).replace("+", "") : "hardly at all";
    }
}
