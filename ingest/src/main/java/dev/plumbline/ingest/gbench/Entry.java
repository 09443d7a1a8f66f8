package dev.plumbline.ingest.gbench;

import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.NamedNumbers;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One repetition of a benchmark, or one aggregate of its repetitions.
 *
 * @param name the benchmark, without what aggregates add to it
 * @param aggregate {@code mean}, {@code median} …; empty for a repetition
 * @param unit of the times
 * @param failure the message of a benchmark that did not run; empty when it did
 * @param numbers by metric
 * @param unreadable invalid values in place of a number, for a message, by metric
 */
record Entry(
        String name,
        String aggregate,
        String unit,
        String failure,
        NamedNumbers numbers,
        Map<String, String> unreadable) {
    static final Set<String> AGGREGATES = Set.of("mean", "median", "stddev", "cv", "min", "max");

    /** Numbers that describe how it was measured rather than what came out. */
    private static final Set<String> NO_METRICS = Set.of(
            "family_index",
            "per_family_instance_index",
            "repetitions",
            "repetition_index",
            "threads",
            "iterations",
            "cpu_coefficient",
            "real_coefficient",
            "rms",
            "error_occurred",
            "skipped",
            "name",
            "run_name",
            "run_type",
            "label",
            "aggregate_name",
            "aggregate_unit",
            "time_unit",
            "big_o");

    /** Reads the object that is the value. */
    static Entry of(Json json) throws IOException {
        Map<String, String> texts = new HashMap<>();
        NamedNumbers numbers = new NamedNumbers();
        Map<String, String> unreadable = new TreeMap<>();
        json.object(key -> {
            double number = json.number();
            if (json.isScalar()) {
                texts.put(key, json.text());
            }
            if (json.isNumber() || !Double.isNaN(number) || json.text().equals("NaN")) {
                numbers.state(key, number);
            } else {
                unreadable.put(key, json.shown());
            }
        });
        return of(texts, numbers, unreadable);
    }

    /** The entry of these fields; without {@code run_name} the end of the name marks aggregates. */
    static Entry of(Map<String, String> texts, NamedNumbers numbers, Map<String, String> unreadable) {
        String name = texts.getOrDefault("run_name", texts.getOrDefault("name", ""));
        String aggregate = texts.getOrDefault("aggregate_name", "");
        if (!texts.containsKey("run_name")) {
            int underscore = name.lastIndexOf('_');
            String suffix = name.substring(underscore + 1);
            if (underscore > 0 && (AGGREGATES.contains(suffix) || suffix.equals("BigO") || suffix.equals("RMS"))) {
                aggregate = suffix;
                name = name.substring(0, underscore);
            }
        }
        boolean failed = texts.getOrDefault("error_occurred", "").equals("true");
        boolean skipped = texts.getOrDefault("skipped", "").equals("true");
        String failure = failed
                ? "failed: " + Excerpt.quoted(texts.getOrDefault("error_message", ""))
                : skipped ? "was skipped: " + Excerpt.quoted(texts.getOrDefault("skip_message", "")) : "";
        numbers.removeIf(Entry::isNoMetric);
        unreadable.keySet().removeIf(Entry::isNoMetric);
        return new Entry(name, aggregate, texts.getOrDefault("time_unit", "ns"), failure, numbers, unreadable);
    }

    private static boolean isNoMetric(String key) {
        return NO_METRICS.contains(key) || key.endsWith("_message");
    }
}
