package dev.plumbline.ingest.hyperfine;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Csv;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Reads what {@code --export-csv} writes: the statistics of every command. */
public final class HyperfineCsvReader implements ResultReader {
    private static final String PARAMETER = "parameter_";
    private static final Unit SECONDS = Unit.of("s");

    public static boolean recognises(Head head) {
        return Csv.columns(head).containsAll(List.of("command", "mean", "stddev", "user", "system"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("hyperfine", "").in(importContext);
        try (Csv csv = Csv.open(source).withDistinctColumns()) {
            while (csv.next()) {
                if (csv.size() != csv.columns().size()) {
                    recorder.problem(
                            csv.where(),
                            "the row has " + csv.size() + " fields, there are "
                                    + csv.columns().size() + " columns; it is skipped");
                } else {
                    command(csv, header, recorder);
                }
            }
        }
    }

    private static void command(Csv csv, RunHeader header, Recorder recorder) {
        TreeMap<String, String> parameters = new TreeMap<>();
        Map<String, String> cells = new TreeMap<>();
        for (int i = 0; i < csv.columns().size(); i++) {
            String column = csv.columns().get(i);
            if (column.startsWith(PARAMETER)) {
                parameters.put(column.substring(PARAMETER.length()), csv.field(i));
            } else {
                cells.put(column, csv.field(i));
            }
        }
        Optional<Benchmark> benchmark = recorder.benchmark(csv.where(), cells.getOrDefault("command", ""), parameters);
        if (benchmark.isEmpty()) {
            return;
        }
        double mean = number(cells, "mean");
        if (!Double.isFinite(mean)) {
            recorder.problem(
                    csv.where(), benchmark.get(), "time", "the mean is no finite number; this command is skipped");
            return;
        }
        TreeMap<Double, Double> quantiles = new TreeMap<>();
        Map.of("min", 0.0, "median", 0.5, "max", 1.0).forEach((name, share) -> {
            if (Double.isFinite(number(cells, name))) {
                quantiles.put(share, number(cells, name));
            }
        });
        double deviation = number(cells, "stddev");
        record(
                csv,
                header,
                recorder,
                benchmark.get(),
                "time",
                new Sample.Summary(
                        mean,
                        0,
                        deviation >= 0 && Double.isFinite(deviation)
                                ? OptionalDouble.of(deviation)
                                : OptionalDouble.empty(),
                        Optional.empty(),
                        quantiles));
        for (String part : List.of("user", "system")) {
            if (Double.isFinite(number(cells, part))) {
                record(csv, header, recorder, benchmark.get(), part, Sample.Summary.of(number(cells, part)));
            }
        }
    }

    private static void record(
            Csv csv, RunHeader header, Recorder recorder, Benchmark benchmark, String metric, Sample sample) {
        recorder.directed(csv.where(), header, benchmark, metric, SECONDS, Better.LOWER, sample);
    }

    private static double number(Map<String, String> cells, String name) {
        return Texts.number(cells.getOrDefault(name, ""));
    }
}
