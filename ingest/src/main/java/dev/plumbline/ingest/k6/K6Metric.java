package dev.plumbline.ingest.k6;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.summary.LoadTest;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One metric of a summary: a trend, a counter, a rate or a gauge, recognised by its type in the file or by its numbers.
 */
final class K6Metric {
    private static final Pattern PERCENTILE = Pattern.compile("p\\(([0-9.]{1,20})\\)");
    private static final Pattern PART = Pattern.compile("([^{]+)\\{(.*)\\}");
    /** Trends that k6 makes itself are in milliseconds; only the newer layouts have the unit of others. */
    private static final Pattern OWN_TIME = Pattern.compile("(?:http_req|grpc_req|ws|browser|iteration|group)_\\w*"
            + "(?:duration|blocked|connecting|waiting|sending|receiving|handshaking|ping|fcp|lcp|ttfb|inp|fid)");

    private final String where;
    private final NamedNumbers values = new NamedNumbers();
    private final SortedMap<String, String> tags = new TreeMap<>();
    private String name = "";
    private String type = "";
    private String contains = "";

    K6Metric(String where) {
        this.where = where;
    }

    String where() {
        return where;
    }

    String name() {
        return name;
    }

    Map<String, String> tags() {
        return Collections.unmodifiableMap(tags);
    }

    void named(String written) {
        Matcher part = PART.matcher(written);
        if (!part.matches()) {
            name = written;
            return;
        }
        name = part.group(1);
        for (String tag : part.group(2).split(",")) {
            int colon = tag.indexOf(':');
            if (colon > 0) {
                tags.put(
                        tag.substring(0, colon).strip(),
                        tag.substring(colon + 1).strip());
            }
        }
    }

    void field(String key, Json json) throws IOException {
        switch (key) {
            case "type" -> type = json.text();
            case "contains" -> contains = json.text();
            case "values" -> json.object(value -> value(value, json));
            default -> value(key, json);
        }
    }

    private void value(String key, Json json) {
        if (json.isNumber()) {
            values.read(key, json);
        } else {
            json.skip();
        }
    }

    private String kind() {
        if (!type.isEmpty()) {
            return type;
        }
        if (values.has("count")) {
            return "counter";
        }
        if (values.has("passes") || values.has("fails")) {
            return "rate";
        }
        return values.has("value") ? "gauge" : "trend";
    }

    /** The value of a gauge, as it is written in a name: {@code 10}. */
    Optional<String> gauge() {
        double value = values.get("value", "max");
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Optional.of(String.valueOf((long) value))
                : Optional.empty();
    }

    /** @param seconds how long the test ran; NaN when the file does not state it */
    void record(RunHeader header, Benchmark benchmark, double seconds, Recorder recorder) {
        LoadTest load = new LoadTest(recorder, where, header, benchmark);
        Better gain = Directions.ofName(name).orElse(Better.HIGHER);
        switch (kind()) {
            case "counter" -> {
                boolean data = contains.equals("data") || name.equals("data_received") || name.equals("data_sent");
                Better better = data ? Better.LOWER : gain;
                double count = values.get("count");
                double rate = values.has("rate") ? values.get("rate") : count / seconds;
                load.value(name, data ? "B/s" : "1/s", data ? Better.HIGHER : gain, rate);
                load.value(name + ".count", data ? "B" : "", better, count);
            }
            case "rate" -> load.value(name, "", gain, values.get("rate", "value"));
            case "gauge" -> load.value(name, unit(), fallsUnlessTold(recorder), values.get("value"));
            case "trend" -> trend(load, recorder);
            default -> recorder.problem(where, "is a metric of unknown type; it is skipped");
        }
    }

    private String unit() {
        return switch (contains) {
            case "time" -> "ms";
            case "data" -> "B";
            default -> contains.isEmpty() && OWN_TIME.matcher(name).matches() ? "ms" : "";
        };
    }

    private Better fallsUnlessTold(Recorder recorder) {
        Unit unit = Unit.of(unit());
        return recorder.better(where, name, unit, Directions.ofName(name).or(() -> Directions.ofUnit(unit)));
    }

    private void trend(LoadTest load, Recorder recorder) {
        double location = values.get("avg", "med");
        if (Double.isNaN(location)) {
            recorder.problem(where, "is a trend without a mean or a median; it is skipped");
            return;
        }
        String unit = unit();
        Better better = unit.isEmpty() ? fallsUnlessTold(recorder) : Better.LOWER;
        StatedSummary stated = StatedSummary.location(location)
                .count(values.get("count"))
                .quantile(0, values.get("min"))
                .quantile(0.5, values.get("med"))
                .quantile(1, values.get("max"));
        values.forEach((key, value) -> {
            Matcher percentile = PERCENTILE.matcher(key);
            double percent = percentile.matches() ? Texts.number(percentile.group(1)) : Double.NaN;
            if (percent >= 0 && percent <= 100) {
                stated.quantile(Texts.share(percent), value);
                if (percent >= 50) {
                    load.value(name + ".p" + percentile.group(1), unit, better, value);
                }
            }
        });
        stated.sample().ifPresent(sample -> load.sample(name, unit, better, sample));
    }
}
