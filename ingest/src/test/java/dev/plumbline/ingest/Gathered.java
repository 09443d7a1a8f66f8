package dev.plumbline.ingest;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Everything a file gave, in memory. */
public final class Gathered implements RunSink {
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Map<RunHeader, List<Measurement>> runs = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private Optional<Reading> reading = Optional.empty();

    /** Reads text as a file of the given name. */
    public static Gathered of(String name, String text) throws IOException {
        return of(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Gathered of(String name, byte[] bytes) throws IOException {
        return of(Source.of(name, bytes), ImportContext.unknown(NOW));
    }

    public static Gathered of(Path file) throws IOException {
        return of(Source.of(file), ImportContext.unknown(NOW));
    }

    /** The same of whatever a path leads to, a pipe too. */
    public static Gathered ofFile(Path path) throws IOException {
        Gathered gathered = new Gathered();
        gathered.reading = Optional.of(Results.with(ImportContext.unknown(NOW)).read(path, gathered));
        return gathered;
    }

    public static Gathered of(Source source, ImportContext importContext) throws IOException {
        Gathered gathered = new Gathered();
        gathered.reading = Optional.of(Results.with(importContext).read(source, Optional.empty(), gathered));
        return gathered;
    }

    @Override
    public void accept(RunHeader header, Measurement measurement) {
        runs.computeIfAbsent(header, h -> new ArrayList<>()).add(measurement);
    }

    @Override
    public void problem(Problem problem) {
        problems.add(problem);
    }

    public Format format() {
        return reading.orElseThrow().format().orElseThrow();
    }

    public List<Run> runs() {
        return runs.entrySet().stream()
                .map(run -> new Run(run.getKey(), run.getValue()))
                .toList();
    }

    /** The header of the only run. */
    public RunHeader header() {
        if (runs.size() != 1) {
            throw new AssertionError(runs.size() + " runs: " + runs.keySet());
        }
        return runs.keySet().iterator().next();
    }

    public List<Measurement> measurements() {
        return runs.values().stream().flatMap(List::stream).toList();
    }

    public List<String> problems() {
        return problems.stream().map(Problem::toString).toList();
    }

    /**
     * What was measured, a line for each: {@code sort {n=10} | time | ms | lower | 12.5}. The number is the one that
     * represents the sample.
     */
    public List<String> rows() {
        return measurements().stream()
                .map(one -> String.join(
                        " | ",
                        one.benchmark().label(),
                        one.metric().name(),
                        one.metric().unit().symbol(),
                        one.metric().better().name().toLowerCase(Locale.ROOT),
                        number(one.sample().location())))
                .toList();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }

    /** Reads text as this format, whatever it looks like. */
    public static Gathered as(Format format, String name, String text) throws IOException {
        Gathered gathered = new Gathered();
        gathered.reading = Optional.of(Results.with(ImportContext.unknown(NOW))
                .read(Source.of(name, text.getBytes(StandardCharsets.UTF_8)), Optional.of(format), gathered));
        return gathered;
    }

    /** The sample of the only measurement with this label and metric, as the tool summed it up. */
    public Sample.Summary summary(String label, String metric) {
        return (Sample.Summary) measurement(label, metric).sample();
    }

    /** The groups of the raw values of the only measurement with this label and metric. */
    public List<List<Double>> groups(String label, String metric) {
        Sample.Values values = (Sample.Values) measurement(label, metric).sample();
        return IntStream.range(0, values.groupCount())
                .mapToObj(group -> Arrays.stream(values.group(group)).boxed().toList())
                .toList();
    }

    /** The only measurement with this benchmark label and metric. */
    public Measurement measurement(String label, String metric) {
        List<Measurement> found = measurements().stream()
                .filter(m ->
                        m.benchmark().label().equals(label) && m.metric().name().equals(metric))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + label + " / " + metric + " among "
                    + measurements().stream()
                            .map(m -> m.benchmark().label() + " / " + m.metric().name())
                            .toList());
        }
        return found.get(0);
    }
}
