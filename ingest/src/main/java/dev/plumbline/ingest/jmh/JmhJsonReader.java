package dev.plumbline.ingest.jmh;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads what {@code -rf json} writes.
 *
 * <p>One list of results; each is one benchmark in one mode with one set of parameters. Forks are the groups of a
 * sample. The JVM and its flags are facts of the environment, so that results of two JVMs in one file become two runs.
 */
public final class JmhJsonReader implements ResultReader {
    private static final Pattern PERCENTILE = Pattern.compile("(?:.*:)?p[01]\\.[0-9]+");

    public static boolean recognises(Head head) {
        return head.has("[]", "benchmark") && (head.has("[]", "primaryMetric") || head.has("[]", "jmhVersion"));
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        try (Json json = Json.open(source, sink)) {
            Reading reading = new Reading(json, importContext, new Recorder(sink));
            while (json.next()) {
                json.list(reading::result);
            }
        }
    }

    /** One metric of a result, before its benchmark is known. */
    private static final class Score {
        final String name;
        double score = Double.NaN;
        String shown = "missing";
        String unit = "";
        double low = Double.NaN;
        double high = Double.NaN;
        RawValues values = new RawValues();
        final List<Sample.Histogram.Bins> histogram = new ArrayList<>();
        final SortedMap<Double, Double> percentiles = new TreeMap<>();

        Score(String name) {
            this.name = name;
        }
    }

    /** The JVM of the results; the same for most results of a file. */
    private record Vm(
            String jmhVersion, String name, String version, String flags, String jdk, String path, String agents) {
        RunFacts facts() {
            return new RunFacts()
                    .tool("JMH", jmhVersion)
                    .software("jvm", (name + " " + version).strip())
                    .software("jvm.flags", flags)
                    .software("info.jdk", jdk)
                    .software("info.jvm.path", path)
                    .software("info.jvm.agents", agents);
        }
    }

    private static final class Reading {
        private final Json json;
        private final ImportContext importContext;
        private final Recorder recorder;
        private Optional<Vm> lastVm = Optional.empty();
        private Optional<RunHeader> lastHeader = Optional.empty();

        Reading(Json json, ImportContext importContext, Recorder recorder) {
            this.json = json;
            this.importContext = importContext;
            this.recorder = recorder;
        }

        void result() throws IOException {
            String where = json.where();
            Map<String, String> facts = new LinkedHashMap<>();
            TreeMap<String, String> parameters = new TreeMap<>();
            List<Score> secondary = new ArrayList<>();
            List<String> arguments = new ArrayList<>();
            Score primary = new Score("");
            boolean[] seenPrimary = {false};
            json.object(key -> {
                switch (key) {
                    case "params" -> json.object(name -> parameters.put(Texts.wellFormed(name), json.written()));
                    case "jvmArgs" -> json.list(() -> arguments.add(json.text()));
                    case "primaryMetric" -> {
                        seenPrimary[0] = json.isObject();
                        metric(primary);
                    }
                    case "secondaryMetrics" ->
                        json.object(name -> {
                            Score score = new Score(JmhUnits.secondaryName(Texts.wellFormed(name)));
                            metric(score);
                            secondary.add(score);
                        });
                    default -> {
                        if (json.isScalar()) {
                            facts.put(key, json.text());
                        }
                    }
                }
            });
            String name = facts.getOrDefault("benchmark", "");
            if (name.isEmpty() || !seenPrimary[0]) {
                recorder.problem(
                        where,
                        "a result without " + (name.isEmpty() ? "\"benchmark\"" : "\"primaryMetric\"")
                                + "; it is skipped");
                return;
            }
            identify(facts, parameters);
            Optional<Benchmark> benchmark = recorder.benchmark(where, name, parameters);
            Optional<RunHeader> header = header(where, facts, arguments);
            if (benchmark.isPresent() && header.isPresent()) {
                primary(where, header.get(), benchmark.get(), facts.getOrDefault("mode", ""), primary, secondary);
                secondary.forEach(score -> secondary(where, header.get(), benchmark.get(), score));
            }
        }

        /** Adds what besides the parameters makes this another benchmark, when it is not what JMH does unasked. */
        private static void identify(Map<String, String> facts, Map<String, String> parameters) {
            String mode = facts.getOrDefault("mode", "");
            if (!JmhUnits.isThroughput(mode)) {
                distinguish("mode", mode, parameters);
            }
            String threads = facts.getOrDefault("threads", "1");
            if (!threads.equals("1")) {
                distinguish("threads", threads, parameters);
            }
            String batch = facts.getOrDefault("measurementBatchSize", "1");
            if (!batch.equals("1")) {
                distinguish("batchSize", batch, parameters);
            }
            if (facts.getOrDefault("forks", "1").equals("0")) { // runs inside JMH's own JVM: another experiment
                distinguish("forks", "0", parameters);
            }
        }

        /** Marks a parameter as JMH's own where the benchmark has one of the same name. */
        private static void distinguish(String name, String value, Map<String, String> parameters) {
            parameters.put(parameters.containsKey(name) ? "jmh." + name : name, value);
        }

        private Optional<RunHeader> header(String where, Map<String, String> facts, List<String> arguments) {
            List<String> flags = new ArrayList<>();
            List<String> agents = new ArrayList<>();
            for (String argument : arguments) {
                boolean agent = argument.startsWith("-javaagent:") || argument.startsWith("-agent");
                (agent ? agents : flags).add(argument); // an agent's port or path changes with every start
            }
            Vm vm = new Vm(
                    facts.getOrDefault("jmhVersion", ""),
                    facts.getOrDefault("vmName", ""),
                    facts.getOrDefault("vmVersion", facts.getOrDefault("jdkVersion", "")),
                    String.join(" ", flags),
                    facts.getOrDefault("jdkVersion", ""),
                    facts.getOrDefault("jvm", ""),
                    String.join(" ", agents));
            if (!lastVm.equals(Optional.of(vm))) {
                lastVm = Optional.of(vm);
                lastHeader = recorder.header(where, vm.facts(), importContext);
            }
            return lastHeader;
        }

        private void metric(Score score) throws IOException {
            json.object(key -> {
                switch (key) {
                    case "score" -> {
                        score.score = json.number();
                        if (!Double.isFinite(score.score)) {
                            score.shown = json.shown();
                        }
                    }
                    case "scoreUnit" -> score.unit = json.text();
                    case "scoreConfidence" -> {
                        RawValues bounds = new RawValues();
                        json.list(() -> bounds.add(json.number()));
                        if (bounds.count() == 2 && bounds.leftOut() == 0) {
                            double[] ends = bounds.sample(Sample.Center.MEAN)
                                    .orElseThrow()
                                    .group(0);
                            score.low = ends[0];
                            score.high = ends[1];
                        }
                    }
                    case "scorePercentiles" ->
                        json.object(share -> {
                            double percent = Texts.number(share);
                            double value = json.number();
                            if (percent >= 0 && percent <= 100 && Double.isFinite(value)) {
                                score.percentiles.put(Texts.share(percent), value);
                            }
                        });
                    case "rawData" ->
                        json.list(() -> {
                            json.list(() -> score.values.add(json.number()));
                            score.values.endGroup();
                        });
                    case "rawDataHistogram" -> json.list(() -> fork(score));
                    default -> json.skip();
                }
            });
        }

        /** Puts the iterations of one fork together: one histogram for each fork. */
        private void fork(Score score) throws IOException {
            String place = json.where();
            TreeMap<Double, Long> counted = new TreeMap<>();
            json.list(() -> json.list(() -> {
                String where = json.where();
                double[] pair = {Double.NaN, Double.NaN};
                int[] at = {0};
                json.list(() -> {
                    double number = json.number();
                    if (at[0] < 2) {
                        pair[at[0]] = number;
                    }
                    at[0]++;
                });
                if (at[0] == 2
                        && Double.isFinite(pair[0])
                        && pair[1] >= 1
                        && pair[1] == Math.rint(pair[1])
                        && pair[1] < 1e15) {
                    counted.merge(pair[0], (long) pair[1], Long::sum);
                } else if (!(at[0] == 2 && pair[1] == 0)) {
                    recorder.problem(where, "not a value and its count; it is left out of the histogram");
                }
            }));
            recorder.bins(place, counted).ifPresent(score.histogram::add);
        }

        private void primary(
                String where, RunHeader header, Benchmark benchmark, String mode, Score score, List<Score> secondary) {
            Optional<Unit> known = recorder.unit(where, score.unit);
            if (known.isEmpty()) {
                return;
            }
            Unit unit = known.get();
            String metric = JmhUnits.primaryName(mode, unit);
            Better better = JmhUnits.primaryDirection(mode, unit);
            record(where, header, benchmark, metric, unit, better, score);
            boolean reported = secondary.stream().anyMatch(other -> other.name.endsWith("p0.50"));
            if (mode.equals("sample") && !reported) {
                score.percentiles.forEach((share, value) -> recorder.directed(
                        where, header, benchmark, percentileName(share), unit, better, Sample.Summary.of(value)));
            }
        }

        /** As JMH itself names them: {@code p0.50}, {@code p0.999}, {@code p1.00}. */
        private static String percentileName(double share) {
            String digits = BigDecimal.valueOf(share).stripTrailingZeros().toPlainString();
            int decimals = digits.contains(".") ? digits.length() - digits.indexOf('.') - 1 : 0;
            return "p" + digits + (decimals == 0 ? ".00" : decimals == 1 ? "0" : "");
        }

        private void secondary(String where, RunHeader header, Benchmark benchmark, Score score) {
            if (score.unit.equals("---") && !Double.isFinite(score.score)) {
                return; // a profiler that prints text has no number
            }
            Optional<Unit> known = recorder.unit(where, score.unit);
            if (known.isEmpty()) {
                return;
            }
            Unit unit = known.get();
            Better better = JmhUnits.secondaryDirection(score.name, unit);
            if (PERCENTILE.matcher(score.name).matches() && Double.isFinite(score.score)) {
                // the percentile of all executions, which does not follow from those of the iterations
                recorder.directed(where, header, benchmark, score.name, unit, better, Sample.Summary.of(score.score));
            } else {
                record(where, header, benchmark, score.name, unit, better, score);
            }
        }

        private void record(
                String where,
                RunHeader header,
                Benchmark benchmark,
                String metric,
                Unit unit,
                Better better,
                Score score) {
            if (!score.histogram.isEmpty()) {
                Sample histogram = Sample.Histogram.of(score.histogram);
                recorder.directed(where, header, benchmark, metric, unit, better, histogram);
            } else if (!recorder.values(where, header, benchmark, metric, unit, better, center(score), score.values)) {
                if (Double.isFinite(score.score)) {
                    recorder.directed(where, header, benchmark, metric, unit, better, summary(score));
                } else {
                    recorder.problem(where, benchmark, metric, "score is " + score.shown + "; this metric is skipped");
                }
            }
        }

        /**
         * The centre of a score: JMH's sums over all iterations are counts, in which every event counts; all other
         * values are averages.
         */
        private static Sample.Center center(Score score) {
            double sum = score.values
                    .sample(Sample.Center.MEAN)
                    .map(values -> values.location() * values.size())
                    .orElse(0.0);
            boolean isSum = Math.abs(sum - score.score) <= 1e-9 * Math.abs(score.score);
            return isSum ? Sample.Center.MEAN : Sample.Center.PSEUDOMEDIAN;
        }

        private static Sample summary(Score score) {
            Optional<Interval> interval = score.low <= score.high
                    ? Optional.of(new Interval(score.low, score.high, 0.999)) // JMH's own confidence
                    : Optional.empty();
            return new Sample.Summary(
                    score.score,
                    0,
                    OptionalDouble.empty(),
                    interval,
                    Collections.unmodifiableSortedMap(score.percentiles));
        }
    }
}
