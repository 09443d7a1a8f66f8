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
import dev.plumbline.ingest.input.Times;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the JSON of vLLM's benchmarks: {@code serve}, {@code latency} and {@code throughput}.
 *
 * <p>Serving: the model is the benchmark; backend, rate of requests, burstiness, limit of requests at once and their
 * number are parameters. Times to the first token are kept one by one when no request failed, else as stated. The other
 * two files do not name their model: the name of the file is the benchmark.
 */
public final class VllmReader implements ResultReader {
    private static final int MOST_VALUES = 1 << 20;
    private static final Pattern STATISTIC = Pattern.compile("(mean|median|std|p([0-9.]+))_([a-z0-9]+)_ms");
    private static final Pattern DATE =
            Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})-([0-9]{2})([0-9]{2})([0-9]{2})");
    private static final Set<String> PARAMETERS = Set.of(
            "backend",
            "endpoint_type",
            "label",
            "num_prompts",
            "request_rate",
            "burstiness",
            "max_concurrency",
            "best_of");
    private static final Set<String> COUNTS = Set.of(
            "completed", "total_input_tokens", "total_output_tokens", "num_requests", "total_num_tokens", "duration");

    public static boolean recognises(Head head) {
        return head.has("total_token_throughput") && head.has("request_throughput")
                || head.has("output_throughput") && head.has("mean_ttft_ms")
                || head.has("avg_latency") && head.has("latencies")
                || head.has("requests_per_second") && head.has("tokens_per_second") && head.has("elapsed_time");
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        String name = source.fileName().replaceFirst("\\.json(\\.gz)?$", "");
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                String where = json.where();
                Result result = new Result();
                json.object(key -> result.field(json, key, importContext));
                result.handOn(where, name, importContext, recorder);
            }
        }
    }

    /** The statistics of one latency, in milliseconds. */
    private static final class Statistics {
        private double mean = Double.NaN;
        private double deviation = Double.NaN;
        private final TreeMap<Double, Double> quantiles = new TreeMap<>();
    }

    private static final class Result {
        private final RunFacts facts = new RunFacts().tool("vLLM benchmark", "");
        private final TreeMap<String, String> parameters = new TreeMap<>();
        private final NamedNumbers numbers = new NamedNumbers();
        private final Map<String, Statistics> statistics = new LinkedHashMap<>();
        private final RawValues firstTokens = new RawValues();
        private final RawValues latencies = new RawValues();
        private final TreeMap<Double, Double> percentiles = new TreeMap<>();
        private String model = "";
        private long failed;

        void field(Json json, String key, ImportContext importContext) throws IOException {
            Matcher statistic = STATISTIC.matcher(key);
            if (statistic.matches()) {
                statistic(statistic, json.finite(key));
                return;
            }
            switch (key) {
                case "date" -> facts.measuredAt(date(json.text(), importContext));
                case "model_id", "model" -> model = json.text();
                case "ttfts" -> values(json, firstTokens);
                case "latencies" -> values(json, latencies);
                case "percentiles" ->
                    json.object(percent -> {
                        double share = Texts.number(percent) / 100;
                        if (share > 0 && share < 1) {
                            percentile(Texts.share(Texts.number(percent)), json.finite("percentiles." + percent));
                        }
                    });
                case "errors" -> json.list(() -> failed += json.text().isBlank() ? 0 : 1);
                case "itls", "input_lens", "output_lens", "generated_texts", "start_times" -> json.skip();
                default -> {
                    if (PARAMETERS.contains(key)) {
                        if (!(key.equals("burstiness") && json.number() == 1)
                                && !json.text().isBlank()) {
                            parameters.put(key, json.text());
                        }
                    } else if (json.isNumber()) {
                        numbers.read(key.replace(":", ""), json);
                    } else {
                        facts.context(key, json.text());
                    }
                }
            }
        }

        private void percentile(double share, double value) {
            if (Double.isFinite(value)) {
                percentiles.put(share, value);
            }
        }

        private static void values(Json json, RawValues values) throws IOException {
            json.list(() -> {
                if (values.count() < MOST_VALUES && (json.isNumber() || json.isText())) {
                    values.add(json.number());
                }
            });
        }

        private static Optional<Instant> date(String text, ImportContext importContext) {
            return Times.parse(DATE.matcher(text).replaceFirst("$1-$2-$3T$4:$5:$6"), importContext.zone());
        }

        private void statistic(Matcher matcher, double value) {
            Statistics reported = statistics.computeIfAbsent(matcher.group(3), made -> new Statistics());
            switch (matcher.group(1)) {
                case "mean" -> reported.mean = value;
                case "std" -> reported.deviation = value;
                case "median" -> quantile(reported, 0.5, value);
                default -> {
                    double percent = Texts.number(matcher.group(2));
                    if (percent > 0 && percent < 100) {
                        quantile(reported, Texts.share(percent), value);
                    }
                }
            }
        }

        private static void quantile(Statistics reported, double share, double value) {
            if (Double.isFinite(value)) {
                reported.quantiles.put(share, value);
            }
        }

        void handOn(String where, String fileName, ImportContext importContext, Recorder recorder) {
            if (failed > 0) {
                recorder.problem(where, failed + " requests failed");
            }
            Optional<RunHeader> header = recorder.header(where, facts, importContext);
            header.ifPresent(run -> recorder.benchmark(where, model.isBlank() ? fileName : model, parameters)
                    .ifPresent(benchmark -> {
                        numbers.forEach((key, value) -> number(where, run, benchmark, key, value, recorder));
                        statistics.forEach((key, reported) -> latency(where, run, benchmark, key, reported, recorder));
                        batch(where, run, benchmark, recorder);
                    }));
        }

        private void number(
                String where, RunHeader run, Benchmark benchmark, String key, double value, Recorder recorder) {
            switch (key) {
                case "request_throughput", "request_goodput" ->
                    recorder.number(where, run, benchmark, key, "requests/s", Better.HIGHER, value);
                case "requests_per_second" ->
                    recorder.number(where, run, benchmark, "request_throughput", "requests/s", Better.HIGHER, value);
                case "output_throughput", "total_token_throughput", "max_output_tokens_per_s" ->
                    recorder.number(where, run, benchmark, key, "tokens/s", Better.HIGHER, value);
                case "tokens_per_second" ->
                    recorder.number(where, run, benchmark, "total_token_throughput", "tokens/s", Better.HIGHER, value);
                case "elapsed_time" -> recorder.number(where, run, benchmark, "time", "s", Better.LOWER, value);
                case "failed" -> recorder.number(where, run, benchmark, "failures", "", Better.LOWER, value);
                case "avg_latency", "std_latency" -> {} // stand with the latencies
                default -> {
                    if (!COUNTS.contains(key)) {
                        Better better = recorder.better(where, key, Unit.of(""), Directions.ofName(key));
                        recorder.number(where, run, benchmark, key, "", better, value);
                    }
                }
            }
        }

        private void latency(
                String where, RunHeader run, Benchmark benchmark, String key, Statistics reported, Recorder recorder) {
            boolean raw = key.equals("ttft")
                    && failed == 0
                    && firstTokens.count() > 0
                    && firstTokens.count() < MOST_VALUES
                    && firstTokens.count() == numbers.get("completed");
            if (raw) {
                recorder.values(
                        where, run, benchmark, key, Unit.of("s"), Better.LOWER, Sample.Center.MEAN, firstTokens);
            } else {
                StatedSummary stated = StatedSummary.location(reported.mean)
                        .count(numbers.get("completed"))
                        .deviation(reported.deviation);
                reported.quantiles.forEach(stated::quantile);
                stated.sample()
                        .ifPresent(sample -> recorder.stated(where, run, benchmark, key, "ms", Better.LOWER, sample));
            }
            reported.quantiles.forEach((share, value) -> {
                if (share >= 0.9) {
                    recorder.number(
                            where, run, benchmark, key + ".p" + Shares.percent(share), "ms", Better.LOWER, value);
                }
            });
        }

        private void batch(String where, RunHeader run, Benchmark benchmark, Recorder recorder) {
            double mean = numbers.get("avg_latency");
            if (latencies.count() > 0) {
                recorder.values(
                        where, run, benchmark, "latency", Unit.of("s"), Better.LOWER, Sample.Center.MEAN, latencies);
            } else if (!Double.isNaN(mean)) {
                StatedSummary stated = StatedSummary.location(mean).deviation(numbers.get("std_latency"));
                percentiles.forEach(stated::quantile);
                stated.sample()
                        .ifPresent(
                                sample -> recorder.stated(where, run, benchmark, "latency", "s", Better.LOWER, sample));
            }
            percentiles.forEach((share, value) -> {
                if (share >= 0.9) {
                    recorder.number(
                            where, run, benchmark, "latency.p" + Shares.percent(share), "s", Better.LOWER, value);
                }
            });
        }
    }
}
