package dev.plumbline.ingest.llm;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads both files of LLMPerf: {@code …_individual_responses.json} with every request, and {@code …_summary.json}.
 *
 * <p>In the summary the model is the benchmark; numbers of tokens and of requests at once are parameters. The other
 * file has them in its name only. Failed requests are reported and left out.
 */
public final class LlmPerfReader implements ResultReader {
    private static final Pattern FILE = Pattern.compile("(.+)_([0-9]+)_([0-9]+)_individual_responses\\.json(?:\\.gz)?");
    private static final Pattern STATISTIC =
            Pattern.compile("results_(.+?)_(?:quantiles_p([0-9.]+)|(mean|min|max|stddev))");
    private static final Set<String> PARAMETERS = Set.of(
            "mean_input_tokens",
            "stddev_input_tokens",
            "mean_output_tokens",
            "stddev_output_tokens",
            "num_concurrent_requests",
            "framework",
            "model_size");

    public static boolean recognises(Head head) {
        return head.has("[]", "inter_token_latency_s") && head.has("[]", "ttft_s")
                || head.has("results_ttft_s_mean")
                || head.has("results_inter_token_latency_s_mean");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                if (json.isList()) {
                    individual(json, source, importContext, recorder);
                } else {
                    summary(json, importContext, recorder);
                }
            }
        }
    }

    private static void individual(Json json, Source source, ImportContext importContext, Recorder recorder)
            throws IOException {
        String where = json.where();
        Map<String, RawValues> values = new LinkedHashMap<>();
        long[] requests = {0, 0};
        json.list(() -> request(json, values, requests));
        TreeMap<String, String> parameters = new TreeMap<>();
        Matcher file = FILE.matcher(source.fileName());
        String name = source.fileName().replaceFirst("\\.json(\\.gz)?$", "");
        if (file.matches()) {
            name = file.group(1);
            parameters.put("mean_input_tokens", file.group(2));
            parameters.put("mean_output_tokens", file.group(3));
        }
        RunHeader header = new RunFacts().tool("LLMPerf", "").in(importContext);
        if (requests[1] > 0) {
            recorder.problem(where, requests[1] + " of " + requests[0] + " requests failed; their times are left out");
        }
        recorder.benchmark(where, name, parameters).ifPresent(benchmark -> {
            values.forEach((key, raw) -> {
                Unit unit = Unit.of(unit(key));
                recorder.values(where, header, benchmark, metric(key), unit, better(key), Sample.Center.MEAN, raw);
            });
            if (requests[0] > 0) {
                recorder.number(where, header, benchmark, "errors", "", Better.LOWER, (double) requests[1]);
            }
        });
    }

    private static void request(Json json, Map<String, RawValues> values, long[] requests) throws IOException {
        boolean isRequest = json.isObject();
        NamedNumbers numbers = new NamedNumbers();
        String[] error = {""};
        json.object(key -> {
            if (key.equals("error_code")) {
                error[0] = json.text();
            } else if (!key.equals("error_msg") && json.isScalar()) {
                numbers.state(key, json.number());
            }
        });
        requests[0] += isRequest ? 1 : 0;
        if (!error[0].isEmpty()) {
            requests[1]++;
            return;
        }
        numbers.forEach((key, value) -> {
            if (values.size() < 100 || values.containsKey(key)) {
                values.computeIfAbsent(key, made -> new RawValues()).add(value);
            }
        });
    }

    /** The statistics of one quantity of the summary. */
    private static final class Statistics {
        private final TreeMap<Double, Double> quantiles = new TreeMap<>();
        private double mean = Double.NaN;
        private double deviation = Double.NaN;
    }

    private static void summary(Json json, ImportContext importContext, Recorder recorder) throws IOException {
        String where = json.where();
        TreeMap<String, String> parameters = new TreeMap<>();
        RunFacts facts = new RunFacts().tool("LLMPerf", "");
        Map<String, Statistics> statistics = new LinkedHashMap<>();
        NamedNumbers numbers = new NamedNumbers();
        String[] name = {"", ""};
        json.object(key -> {
            Matcher statistic = STATISTIC.matcher(key);
            if (statistic.matches() && !key.endsWith("_per_min")) {
                put(
                        statistics.computeIfAbsent(statistic.group(1), made -> new Statistics()),
                        statistic,
                        json.finite(key));
            } else if (key.startsWith("results_")) {
                if (json.isNumber() || !Double.isNaN(json.number())) {
                    numbers.read(key.substring("results_".length()), json);
                }
            } else if (PARAMETERS.contains(key)) {
                parameters.put(key, json.text());
            } else {
                switch (key) {
                    case "model" -> name[0] = json.text();
                    case "name" -> name[1] = json.text();
                    case "timestamp" -> facts.measuredAt(json.text(), importContext.zone());
                    default -> facts.context(key, json.text());
                }
            }
        });
        parameters.values().removeIf(String::isBlank);
        Optional<RunHeader> header = recorder.header(where, facts, importContext);
        header.ifPresent(run -> recorder.benchmark(where, name[0].isBlank() ? name[1] : name[0], parameters)
                .ifPresent(benchmark -> {
                    double completed = numbers.get("num_completed_requests");
                    statistics.forEach(
                            (key, reported) -> handOn(where, run, benchmark, key, reported, completed, recorder));
                    numbers.forEach((key, value) -> number(where, run, benchmark, key, value, recorder));
                }));
    }

    private static void put(Statistics statistics, Matcher matcher, double value) {
        if (matcher.group(2) != null) {
            double percent = Texts.number(matcher.group(2));
            if (percent > 0 && percent < 100 && Double.isFinite(value)) {
                statistics.quantiles.put(Texts.share(percent), value);
            }
            return;
        }
        switch (matcher.group(3)) {
            case "mean" -> statistics.mean = value;
            case "stddev" -> statistics.deviation = value;
            case "min" -> statistics.quantiles.put(0.0, value);
            default -> statistics.quantiles.put(1.0, value);
        }
    }

    private static void handOn(
            String where,
            RunHeader run,
            Benchmark benchmark,
            String key,
            Statistics reported,
            double completed,
            Recorder recorder) {
        StatedSummary stated =
                StatedSummary.location(reported.mean).count(completed).deviation(reported.deviation);
        reported.quantiles.forEach(stated::quantile);
        stated.sample()
                .ifPresentOrElse(
                        sample -> recorder.stated(where, run, benchmark, metric(key), unit(key), better(key), sample),
                        () -> recorder.problem(
                                where, benchmark, metric(key), "the mean is no finite number; it is skipped"));
        reported.quantiles.forEach((share, value) -> {
            if (share >= 0.9 && share < 1 && better(key) == Better.LOWER && !key.startsWith("number_")) {
                recorder.number(
                        where,
                        run,
                        benchmark,
                        metric(key) + ".p" + Shares.percent(share),
                        unit(key),
                        Better.LOWER,
                        value);
            }
        });
    }

    private static void number(
            String where, RunHeader run, Benchmark benchmark, String key, double value, Recorder recorder) {
        switch (key) {
            case "mean_output_throughput_token_per_s" ->
                recorder.number(where, run, benchmark, "output_throughput", "tokens/s", Better.HIGHER, value);
            case "num_completed_requests_per_min" ->
                recorder.number(where, run, benchmark, "completed_requests", "requests/min", Better.HIGHER, value);
            case "number_errors" -> recorder.number(where, run, benchmark, "errors", "", Better.LOWER, value);
            case "num_requests_started", "num_completed_requests" -> {}
            default ->
                recorder.number(
                        where,
                        run,
                        benchmark,
                        key,
                        "",
                        recorder.better(where, key, Unit.of(""), Directions.ofName(key)),
                        value);
        }
    }

    private static String metric(String key) {
        return key.replaceFirst("_token_per_s$", "").replaceFirst("_s$", "");
    }

    private static String unit(String key) {
        return key.endsWith("_token_per_s")
                ? "tokens/s"
                : key.endsWith("_s") ? "s" : key.startsWith("number_") ? "tokens" : "";
    }

    private static Better better(String key) {
        return key.endsWith("_per_s") ? Better.HIGHER : Better.LOWER;
    }
}
