package dev.plumbline.ingest.mlperf;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rates and latencies of the load generator, from its summary or from its detailed log. */
final class Numbers {
    private static final Pattern EXTREME = Pattern.compile("(Min|Max|Mean) (.*?) ?\\(ns\\)");
    private static final Pattern PERCENTILE = Pattern.compile("([0-9.]+)(?:th)? (.*?) ?\\(ns\\)");
    private static final Pattern RATE = Pattern.compile("(.+) per second|(.PS w/o? loadgen overhead)");
    private static final Pattern LOGGED_EXTREME =
            Pattern.compile("result_(?:(.+)_)?(min|max|mean)_(?:(.+)_)?(?:latency_)?ns");
    private static final Pattern LOGGED_PERCENTILE =
            Pattern.compile("result_(?:(.+)_)?([0-9.]+)_percentile_(?:(.+)_)?(?:latency_)?ns");
    private static final Pattern LOGGED_RATE =
            Pattern.compile("result_(?:(.+)_)?(samples|tokens|queries)_per_sec(?:ond)?");

    /** A latency with what is known of its distribution, in nanoseconds. */
    private static final class Latency {
        private double mean = Double.NaN;
        private final SortedMap<Double, Double> quantiles = new TreeMap<>();
    }

    private final Map<String, Latency> latencies = new LinkedHashMap<>();
    private final Map<String, Double> rates = new LinkedHashMap<>();
    private final Map<String, String> units = new LinkedHashMap<>();

    /** A line of the summary: {@code 90th percentile latency (ns) : 123}. */
    void printed(String key, double value) {
        if (Double.isNaN(value)) {
            return;
        }
        Matcher extreme = EXTREME.matcher(key);
        Matcher percentile = PERCENTILE.matcher(key);
        Matcher rate = RATE.matcher(key);
        if (extreme.matches()) {
            latency(extreme.group(2), extreme.group(1).toLowerCase(Locale.ROOT), value);
        } else if (percentile.matches()) {
            percentile(percentile.group(2), percentile.group(1), value);
        } else if (rate.matches()) {
            rate(key, value);
        }
    }

    private void percentile(String words, String percent, double value) {
        double share = Texts.share(Texts.number(percent));
        if (share > 0 && share < 1) {
            latencyOf(words).quantiles.put(share, value);
        }
    }

    private void rate(String key, double value) {
        String lower = key.toLowerCase(Locale.ROOT);
        String unit = lower.contains("token") || lower.startsWith("tps") ? "tokens/s" : "samples/s";
        String metric =
                switch (lower) {
                    case "samples per second" -> "throughput";
                    case "tokens per second" -> "token_throughput";
                    default ->
                        lower.replace(" per second", "")
                                .replace("w/o loadgen", "without loadgen")
                                .replace("w/ loadgen", "with loadgen")
                                .replace(' ', '_');
                };
        put(metric, unit, value);
    }

    private void put(String metric, String unit, double value) {
        if (rates.size() < 1000) {
            rates.put(metric, value);
            units.put(metric, unit);
        }
    }

    private void latency(String words, String which, double value) {
        Latency latency = latencyOf(words);
        switch (which) {
            case "min" -> latency.quantiles.put(0.0, value);
            case "max" -> latency.quantiles.put(1.0, value);
            default -> latency.mean = value;
        }
    }

    private Latency latencyOf(String words) {
        String name = words.toLowerCase(Locale.ROOT)
                .replace("percentile", "")
                .replaceAll("\\s+", " ")
                .strip();
        if (name.startsWith("first token") || name.startsWith("first_token")) {
            name = "first_token_latency";
        } else if (name.startsWith("time") && name.contains("output")) {
            name = "time_per_output_token";
        } else {
            name = "latency";
        }
        return latencies.computeIfAbsent(name, key -> new Latency());
    }

    /** A key of the detailed log, {@code result_90.00_percentile_latency_ns}; whether it is a number of the result. */
    boolean logged(String key, double value) {
        Matcher percentile = LOGGED_PERCENTILE.matcher(key);
        Matcher extreme = LOGGED_EXTREME.matcher(key);
        Matcher rate = LOGGED_RATE.matcher(key);
        if (Double.isNaN(value)) {
            return false;
        }
        if (percentile.matches()) {
            String words = words(percentile.group(1), percentile.group(3));
            percentile(words, percentile.group(2), value);
        } else if (extreme.matches()) {
            latency(words(extreme.group(1), extreme.group(3)), extreme.group(2), value);
        } else if (rate.matches()) {
            String which = rate.group(1) == null ? "" : rate.group(1) + " ";
            rate(which + rate.group(2) + " per second", value);
        } else if (key.equals("result_qps_with_loadgen_overhead")) {
            rate("QPS w/ loadgen overhead", value);
        } else if (key.equals("result_qps_without_loadgen_overhead")) {
            rate("QPS w/o loadgen overhead", value);
        } else {
            return false;
        }
        return true;
    }

    private static String words(String before, String after) {
        String words = before == null ? after == null ? "" : after : before;
        return words.startsWith("time_")
                ? words.replace("time_per_output", "time output").replace('_', ' ')
                : words;
    }

    boolean isEmpty() {
        return latencies.isEmpty() && rates.isEmpty();
    }

    void handOn(String where, RunHeader header, Benchmark benchmark, Recorder recorder) {
        rates.forEach((metric, value) -> recorder.number(
                where, header, benchmark, metric, units.getOrDefault(metric, ""), Better.HIGHER, value));
        latencies.forEach((name, latency) -> {
            if (!Double.isNaN(latency.mean)) {
                StatedSummary stated = StatedSummary.location(latency.mean);
                latency.quantiles.forEach(stated::quantile);
                stated.sample()
                        .ifPresent(
                                sample -> recorder.stated(where, header, benchmark, name, "ns", Better.LOWER, sample));
            }
            latency.quantiles.forEach((share, value) -> {
                if (share >= 0.9 && share < 1 || Double.isNaN(latency.mean)) {
                    recorder.number(where, header, benchmark, name + ".p" + percent(share), "ns", Better.LOWER, value);
                }
            });
        });
        latencies.clear();
        rates.clear();
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString();
    }
}
