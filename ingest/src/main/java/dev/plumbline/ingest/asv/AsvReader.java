package dev.plumbline.ingest.asv;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the file that asv keeps of one commit on one machine, in the layouts before and since version 2.
 *
 * <p>What {@code asv run} prints is read too; see {@link AsvTextReader}.
 *
 * <p>The unit follows from the beginning of the benchmark's name ({@code time_}, {@code mem_}, {@code peakmem_}, {@code
 * track_}), as it does for asv; the names of parameters are kept elsewhere by asv, so that they are called {@code
 * param1}, {@code param2} … here. A result of {@code null} is a benchmark that failed or was not run.
 */
public final class AsvReader implements ResultReader {
    private static final double STATS_CONFIDENCE = 0.99;

    public static boolean recognises(Head head) {
        return head.has("commit_hash") && (head.has("results") || head.has("env_name"))
                || AsvTextReader.recognises(head);
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        if (!source.head().isObject()) {
            AsvTextReader.read(source, importContext, sink);
            return;
        }
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts().tool("asv", "");
        List<String> columns = new ArrayList<>();
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> fact(key, json, facts, columns));
            }
        }
        Optional<RunHeader> header = recorder.header(source.name(), facts, importContext);
        if (header.isEmpty()) {
            return;
        }
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                json.object(key -> {
                    if (key.equals("results")) {
                        json.object(name -> result(Texts.wellFormed(name), json, columns, header.get(), recorder));
                    }
                });
            }
        }
    }

    /** The kind of a benchmark by the beginning of its name. */
    record Kind(String last, String metric, String unit) {
        static Kind of(String name) {
            String last = name.substring(name.lastIndexOf('.') + 1);
            if (last.startsWith("time")) {
                return new Kind(last, "time", "s");
            }
            return last.startsWith("mem") || last.startsWith("peakmem")
                    ? new Kind(last, "memory", "B")
                    : new Kind(last, "value", "");
        }
    }

    private static void fact(String key, Json json, RunFacts facts, List<String> columns) throws IOException {
        switch (key) {
            case "commit_hash" -> facts.commit(json.text());
            case "date" -> facts.commitTime(Times.ofEpoch(json.number())); // asv's date is the commit's
            case "params" ->
                json.object(name -> {
                    String value = json.text();
                    switch (name) {
                        case "cpu" -> facts.machine("cpu", value);
                        case "num_cpu" -> facts.machine("cores", value);
                        case "arch" -> facts.machine("arch", value);
                        case "os" -> facts.machine("os", value);
                        case "ram" -> facts.machine("memory", value);
                        case "python" -> facts.machine("python", value);
                        case "machine" -> facts.machine("info.host", value);
                        default -> facts.machine("asv." + name, value);
                    }
                });
            case "env_name" -> facts.context("env_name", json.text());
            case "result_columns" -> json.list(() -> columns.add(json.text()));
            default -> json.skip();
        }
    }

    /** The columns of one benchmark, one value for each combination of parameters. */
    private static final class Result {
        final RawValuesByPlace values = new RawValuesByPlace();
        final List<List<String>> parameters = new ArrayList<>();
        final RawValuesByPlace low = new RawValuesByPlace();
        final RawValuesByPlace high = new RawValuesByPlace();
        final RawValuesByPlace q25 = new RawValuesByPlace();
        final RawValuesByPlace q75 = new RawValuesByPlace();
        final List<RawValues> samples = new ArrayList<>();

        /** The samples that the result at this place is the median of; empty when there are none, or others. */
        Optional<Sample.Values> samples(int place) {
            double result = values.at(place);
            Optional<Sample.Values> kept =
                    place < samples.size() ? samples.get(place).sample(Sample.Center.MEDIAN) : Optional.empty();
            return kept.filter(sample -> samples.get(place).leftOut() == 0
                    && Math.abs(sample.location() - result) <= 1e-9 * Math.abs(result));
        }
    }

    /** Numbers that keep their places; NaN marks a missing one. */
    private static final class RawValuesByPlace {
        private final List<Double> numbers = new ArrayList<>();

        void read(Json json) throws IOException {
            if (json.isList()) {
                json.list(() -> numbers.add(json.number()));
            } else {
                numbers.add(json.number());
            }
        }

        int size() {
            return numbers.size();
        }

        double at(int place) {
            return place < numbers.size() ? numbers.get(place) : Double.NaN;
        }
    }

    private static void result(String name, Json json, List<String> columns, RunHeader header, Recorder recorder)
            throws IOException {
        String where = json.where();
        Result result = new Result();
        if (json.isObject()) {
            json.object(key -> column(key, json, result));
        } else if (json.isList() && !columns.isEmpty()) {
            int[] at = {0};
            json.list(() -> {
                if (at[0] < columns.size()) {
                    column(columns.get(at[0]), json, result);
                }
                at[0]++;
            });
        } else {
            result.values.read(json);
        }
        record(where, name, result, header, recorder);
    }

    private static void column(String column, Json json, Result result) throws IOException {
        switch (column) {
            case "result" -> result.values.read(json);
            case "params" ->
                json.list(() -> {
                    List<String> values = new ArrayList<>();
                    json.list(() -> values.add(json.text()));
                    result.parameters.add(values);
                });
            case "stats_ci_99_a" -> result.low.read(json);
            case "stats_ci_99_b" -> result.high.read(json);
            case "stats_q_25" -> result.q25.read(json);
            case "stats_q_75" -> result.q75.read(json);
            case "samples" ->
                json.list(() -> {
                    RawValues samples = new RawValues();
                    if (json.isList()) {
                        json.list(() -> samples.add(json.number()));
                    }
                    result.samples.add(samples);
                });
            case "stats" ->
                json.list(() -> json.object(name -> {
                    switch (name) {
                        case "ci_99" -> {
                            RawValues ends = new RawValues();
                            json.list(() -> ends.add(json.number()));
                            boolean both = ends.count() == 2;
                            double[] numbers = both
                                    ? ends.sample(Sample.Center.MEAN)
                                            .orElseThrow()
                                            .group(0)
                                    : new double[] {Double.NaN, Double.NaN};
                            result.low.numbers.add(numbers[0]);
                            result.high.numbers.add(numbers[1]);
                        }
                        case "q_25" -> result.q25.read(json);
                        case "q_75" -> result.q75.read(json);
                        default -> json.skip();
                    }
                }));
            default -> json.skip();
        }
    }

    private static void record(String where, String name, Result result, RunHeader header, Recorder recorder) {
        int combinations = 1;
        for (List<String> values : result.parameters) {
            combinations = Math.multiplyExact(combinations, Math.min(Math.max(values.size(), 1), 1000));
            if (combinations > 1_000_000) {
                break;
            }
        }
        if (result.values.size() > 0 && !result.parameters.isEmpty() && combinations != result.values.size()) {
            recorder.problem(
                    where,
                    "benchmark " + Excerpt.quoted(name) + ": " + result.values.size() + " results for " + combinations
                            + " combinations of parameters; it is skipped");
            return;
        }
        Kind kind = Kind.of(name);
        Better otherwise = Directions.ofName(kind.last).orElse(Better.LOWER);
        int none = 0;
        for (int place = 0; place < result.values.size(); place++) {
            int here = place;
            none += Double.isFinite(result.values.at(place)) ? 0 : 1;
            Optional<Sample> stated = StatedSummary.location(result.values.at(place))
                    .interval(result.low.at(place), result.high.at(place), STATS_CONFIDENCE)
                    .quantile(0.25, result.q25.at(place))
                    .quantile(0.75, result.q75.at(place))
                    .sample();
            result.samples(place).map(Sample.class::cast).or(() -> stated).ifPresent(sample -> recorder.benchmark(
                            where, name, parameters(result.parameters, here))
                    .ifPresent(benchmark ->
                            recorder.measurement(where, header, benchmark, kind.metric, kind.unit, otherwise, sample)));
        }
        if (none > 0) {
            recorder.problem(
                    where,
                    "benchmark " + Excerpt.quoted(name) + ": " + none + " of " + result.values.size()
                            + " results are missing because the benchmark failed or was skipped there");
        }
    }

    /** The combination at this place: the last parameter changes fastest. */
    private static Map<String, String> parameters(List<List<String>> all, int place) {
        TreeMap<String, String> combination = new TreeMap<>();
        int rest = place;
        for (int i = all.size() - 1; i >= 0; i--) {
            List<String> values = all.get(i);
            if (!values.isEmpty()) {
                combination.put("param" + (i + 1), values.get(rest % values.size()));
                rest /= values.size();
            }
        }
        return combination;
    }
}
