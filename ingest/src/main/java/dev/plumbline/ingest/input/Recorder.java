package dev.plumbline.ingest.input;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Passes measurements to a sink; an unusable one becomes a problem there. */
public final class Recorder {
    /** Metrics of unknown direction that are reported. */
    private static final int MOST_UNDIRECTED = 100;

    private final RunSink sink;
    private final Set<String> undirected = new HashSet<>();

    public Recorder(RunSink sink) {
        this.sink = sink;
    }

    /** The benchmark of this name; empty, and a problem, when the name cannot be one. */
    public Optional<Benchmark> benchmark(String where, String name, Map<String, String> parameters) {
        try {
            return Optional.of(Benchmark.of(name, parameters));
        } catch (IllegalArgumentException e) {
            problem(where, e.getMessage() + "; the benchmark is skipped");
            return Optional.empty();
        }
    }

    /** The unit of this symbol; empty, and a problem, when it is absurdly long. */
    public Optional<Unit> unit(String where, String symbol) {
        try {
            return Optional.of(Unit.of(symbol));
        } catch (IllegalArgumentException e) {
            problem(where, e.getMessage() + "; this metric is skipped");
            return Optional.empty();
        }
    }

    /** The header that the facts make; empty, and a problem, when they cannot make one. */
    public Optional<RunHeader> header(String where, RunFacts facts, ImportContext importContext) {
        facts.takeImpossibleTimes()
                .forEach(written ->
                        problem(where, Excerpt.quoted(written) + " is no time; the run is taken without it"));
        try {
            return Optional.of(facts.in(importContext));
        } catch (IllegalArgumentException e) {
            problem(where, e.getMessage() + "; the run is skipped");
            return Optional.empty();
        }
    }

    /**
     * Announces a whole series whose measurements follow.
     *
     * @param header of any of its runs, if there is one
     */
    public void series(Optional<RunHeader> header, Benchmark benchmark, Metric metric, int places) {
        sink.beginSeries(
                new SeriesKey(
                        benchmark,
                        metric.name(),
                        header.map(RunHeader::environment)
                                .orElse(Environment.unknown())
                                .key(),
                        header.map(known -> known.revision().branch()).orElse(Revision.DEFAULT_BRANCH)),
                metric.unit(),
                metric.better(),
                places);
    }

    /** The metric of this name; empty, and a problem, when the name cannot be one. */
    public Optional<Metric> metric(String where, Benchmark benchmark, String name, Unit unit, Better better) {
        try {
            return Optional.of(new Metric(name, unit, better));
        } catch (IllegalArgumentException e) {
            problem(where, benchmark, name, e.getMessage() + "; this metric is skipped");
            return Optional.empty();
        }
    }

    /** The known direction; else lower, and a problem once for this metric in this unit. */
    public Better better(String where, String metric, Unit unit, Optional<Better> reported) {
        return better(where, metric, unit, reported, "");
    }

    /**
     * The same in a format that can state directions.
     *
     * @param how what a person writes to state it
     */
    public Better better(String where, String metric, Unit unit, Optional<Better> reported, String how) {
        if (reported.isEmpty() && undirected.size() < MOST_UNDIRECTED && undirected.add(metric + " " + unit.symbol())) {
            boolean named = unit.symbol().isEmpty() || unit.symbol().equals(metric);
            problem(
                    where,
                    "unknown direction of " + Excerpt.quoted(metric)
                            + (named ? "" : " in " + Excerpt.quoted(unit.symbol()))
                            + "; assuming lower is better" + (how.isEmpty() ? "" : " (" + how + ")"));
        }
        return reported.orElse(Better.LOWER);
    }

    /** Hands on a measurement whose direction is that of its unit, else {@code otherwise}. */
    public void measurement(
            String where,
            RunHeader header,
            Benchmark benchmark,
            String metric,
            String unit,
            Better otherwise,
            Sample sample) {
        unit(where, unit)
                .ifPresent(known -> directed(
                        where,
                        header,
                        benchmark,
                        metric,
                        known,
                        Directions.ofUnit(known).orElse(otherwise),
                        sample));
    }

    /** Hands on a measurement in a unit with only its symbol known. */
    public void stated(
            String where,
            RunHeader header,
            Benchmark benchmark,
            String metric,
            String unit,
            Better better,
            Sample sample) {
        unit(where, unit).ifPresent(known -> directed(where, header, benchmark, metric, known, better, sample));
    }

    /** Hands on a bare number; what is no finite number is a problem. */
    public void number(
            String where,
            RunHeader header,
            Benchmark benchmark,
            String metric,
            String unit,
            Better better,
            double value) {
        if (Double.isFinite(value)) {
            stated(where, header, benchmark, metric, unit, better, Sample.Summary.of(value));
        } else {
            problem(where, benchmark, metric, "is no finite number; this metric is skipped");
        }
    }

    /** Hands on a measurement whose direction the tool states. */
    public void directed(
            String where,
            RunHeader header,
            Benchmark benchmark,
            String metric,
            Unit unit,
            Better better,
            Sample sample) {
        metric(where, benchmark, metric, unit, better)
                .ifPresent(known -> measurement(where, header, benchmark, known, sample));
    }

    /** Hands on a measurement of a known metric. */
    public void measurement(String where, RunHeader header, Benchmark benchmark, Metric metric, Sample sample) {
        measurement(() -> where, header, benchmark, metric, sample);
    }

    /** The same where the place takes long to find and is seldom needed. */
    public void measurement(
            Supplier<String> where, RunHeader header, Benchmark benchmark, Metric metric, Sample sample) {
        if (metric.unit().isDuration() && lowest(sample) < 0) {
            problem(
                    where.get(),
                    subject(benchmark, metric.name()) + "a duration of " + lowest(sample) + " "
                            + metric.unit().symbol() + " is not possible; this metric is skipped");
            return;
        }
        sink.accept(header, new Measurement(benchmark, metric, sample));
    }

    /**
     * Hands on raw values; how many were left out because they are no numbers is a problem.
     *
     * @return false when no value is left
     */
    public boolean values(
            String where,
            RunHeader header,
            Benchmark benchmark,
            String metric,
            Unit unit,
            Better better,
            Sample.Center center,
            RawValues values) {
        Optional<Sample.Values> sample = values.sample(center);
        if (values.leftOut() > 0) {
            problem(
                    where,
                    benchmark,
                    metric,
                    sample.isPresent()
                            ? values.leftOut() + " of " + (values.leftOut() + values.count())
                                    + " values are no finite numbers and are left out"
                            : "no value is a finite number; this metric is skipped");
        }
        sample.ifPresent(kept -> directed(where, header, benchmark, metric, unit, better, kept));
        return sample.isPresent();
    }

    /**
     * Values and their counts as they are kept; empty when there are none, and, with a problem, when the counts cannot
     * be right.
     */
    public Optional<Sample.Histogram.Bins> bins(String where, SortedMap<Double, Long> counts) {
        return bins(counts, what -> problem(where, what + "; this histogram is left out"));
    }

    /** The same of a benchmark's metric that is known already. */
    public Optional<Sample.Histogram.Bins> bins(
            String where, Benchmark benchmark, String metric, SortedMap<Double, Long> counts) {
        return bins(counts, what -> problem(where, benchmark, metric, what + "; this metric is skipped"));
    }

    private static Optional<Sample.Histogram.Bins> bins(SortedMap<Double, Long> counts, Consumer<String> problem) {
        if (counts.isEmpty()) {
            return Optional.empty();
        }
        TreeMap<Double, Long> reported = new TreeMap<>(counts);
        if (reported.containsKey(0.0)) {
            Optional.ofNullable(reported.remove(-0.0))
                    .ifPresent(count -> reported.merge(0.0, count, Long::sum)); // one zero
        }
        try {
            return Optional.of(new Sample.Histogram.Bins(
                    reported.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                    reported.values().stream().mapToLong(Long::longValue).toArray()));
        } catch (IllegalArgumentException e) {
            problem.accept(e.getMessage());
            return Optional.empty();
        }
    }

    private static double lowest(Sample sample) {
        double lowest = sample.location();
        if (sample instanceof Sample.Values values) {
            for (int i = 0; i < values.groupCount(); i++) {
                for (double value : values.group(i)) {
                    lowest = Math.min(lowest, value);
                }
            }
        } else if (sample instanceof Sample.Histogram histogram) {
            for (Sample.Histogram.Bins bins : histogram.groups()) {
                lowest = Math.min(lowest, bins.quantile(0));
            }
        }
        return lowest;
    }

    /** Reports a problem of one benchmark's metric. */
    public void problem(String where, Benchmark benchmark, String metric, String what) {
        problem(where, subject(benchmark, metric) + what);
    }

    public void problem(String where, String what) {
        sink.problem(new Problem(where, what));
    }

    private static String subject(Benchmark benchmark, String metric) {
        return "benchmark " + Excerpt.quoted(benchmark.label()) + ", metric " + Excerpt.quoted(metric) + ": ";
    }
}
