package dev.plumbline.ingest.gab;

import dev.plumbline.core.model.Sample;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One result as the action writes it.
 *
 * @param shown the value as it is written, when it is no finite number
 */
record Bench(String where, String name, double value, String shown, String unit, String range, String extra) {
    private static final Pattern COUNT =
            Pattern.compile("(?:^|\\n)(?:([0-9]+) samples|rounds: ([0-9]+)|([0-9]+) times)");
    private static final Pattern MORE = Pattern.compile("([0-9][0-9.eE+-]*)\\s+(\\S+)");
    private static final double MARGIN_CONFIDENCE = 0.95; // of benchmark.js

    static Bench of(Json json) throws IOException {
        String where = json.where();
        String[] texts = {"", "", "", "", "missing"};
        double[] value = {Double.NaN};
        json.object(key -> {
            switch (key) {
                case "name" -> texts[0] = json.text();
                case "unit" -> texts[1] = json.text();
                case "range" -> texts[2] = json.text();
                case "extra" -> texts[3] = json.text();
                case "value" -> {
                    value[0] = json.number();
                    texts[4] = Double.isFinite(value[0]) ? "" : json.shown();
                }
                default -> json.skip();
            }
        });
        return new Bench(where, texts[0], value[0], texts[4], texts[1], texts[2], texts[3]);
    }

    /**
     * This result, and those that early versions of the action left in the unit: {@code "ns/op\t 4.000 things"} is 4
     * things besides. They get the name that later versions give them, unless there is a result of that name already.
     *
     * @param names the names of all results
     */
    List<Bench> separated(Set<String> names) {
        int tab = unit.indexOf('\t');
        if (tab < 0) {
            return List.of(this);
        }
        List<Bench> all = new ArrayList<>();
        all.add(new Bench(where, name, value, shown, unit.substring(0, tab).strip(), range, extra));
        Matcher more = MORE.matcher(unit.substring(tab));
        while (more.find()) {
            String other = name + " - " + more.group(2);
            if (!names.contains(other)) {
                all.add(new Bench(where, other, Texts.number(more.group(1)), "", more.group(2), "", ""));
            }
        }
        return all;
    }

    /** The value with the spread and the count that its texts state. */
    Sample.Summary sample() {
        OptionalDouble deviation = OptionalDouble.empty();
        Optional<Interval> interval = Optional.empty();
        StatedSpread spread = StatedSpread.of(range);
        if (spread.isPercentage()) {
            double margin = Math.abs(value) * (spread.size() / 100);
            interval = Optional.of(new Interval(value - margin, value + margin, MARGIN_CONFIDENCE));
        } else if (spread.isKnown()) {
            deviation = OptionalDouble.of(spread.size());
        }
        return new Sample.Summary(value, count(), deviation, interval, Collections.emptySortedMap());
    }

    private long count() {
        if (!extra.contains(" samples") && !extra.contains("rounds: ") && !extra.contains(" times")) {
            return 0; // the pattern is tried at every place of the text
        }
        Matcher count = COUNT.matcher(extra);
        if (!count.find()) {
            return 0;
        }
        for (int group = 1; group <= count.groupCount(); group++) {
            if (count.group(group) != null) {
                double number = Texts.number(count.group(group));
                return number < 1e15 ? (long) number : 0;
            }
        }
        return 0;
    }
}
