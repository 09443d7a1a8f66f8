package dev.plumbline.ingest.perfstat;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import dev.plumbline.ingest.input.summary.StatedSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code perf stat} as text, as separated values ({@code -x}) and as JSON ({@code -j}), in the numbers of any
 * country.
 *
 * <p>Every event is a metric, and less of it is better. With {@code -r} the number is a mean and the percentage behind
 * it the error of that mean; the deviation follows from it and the number of runs where the text has it. Only the
 * text names the command; the other forms are the benchmark {@code perf stat}. Events that were not counted are passed
 * over. The counts of intervals ({@code -I}) are added up.
 */
public final class PerfStatReader implements ResultReader {
    private static final String NO_COMMAND = "perf stat";
    private static final Pattern TITLE =
            Pattern.compile("\\s*Performance counter stats for '?(.*?)'?(?: \\(([0-9]+) runs\\))?:\\s*");
    private static final Pattern EVENT = Pattern.compile(
            "\\s*([0-9][0-9.,\\u00A0\\u202F' ]*?)(?: (msec|nsec|sec|Joules|ns|MiB))?\\s+([A-Za-z][\\w.:/=,{}@*?-]*)\\s*(?:#.*?)?(?:\\( *\\+- *([0-9.,]+)% *\\))?\\s*(?:\\([0-9.,]+%\\))?\\s*");
    private static final Pattern ELAPSED =
            Pattern.compile("\\s*([0-9][0-9.,]*)\\s*(?:\\+- ([0-9.,]+))? +seconds (time elapsed|user|sys).*");
    private static final Pattern SEPARATED = Pattern.compile("(?:[0-9.,]+([,;:\\t|]))?[^,;\\t|]*[,;\\t|].*");
    private static final Pattern BARE = Pattern.compile(
            "(?:[0-9.]+|<not (?:counted|supported)>)([,;\\t|])(?:msec|nsec|ns|Joules|MiB)?\\1[A-Za-z][\\w.:/=-]*\\1(?:[0-9.]+%\\1)?[0-9]+\\1[0-9.]+(?:\\1.*)?");
    private static final Pattern PAIR = Pattern.compile("\"([a-z-]+)\" : (?:\"([^\"]*)\"|([^,}]+(?:,[0-9]+)?))");

    public static boolean recognises(Head head) {
        return head.text()
                        .lines()
                        .limit(200)
                        .anyMatch(line -> TITLE.matcher(line).matches()
                                || line.startsWith("{\"") && line.contains("\"counter-value\" : "))
                || separated(head);
    }

    /**
     * Values with separators begin with the time of the start, and have a number, a unit and an event; without the
     * time, as on standard error, every line must have all fields.
     */
    private static boolean separated(Head head) {
        if (!head.isObject() && !head.isList()) {
            List<String> lines =
                    head.lines(5).stream().filter(line -> !line.isBlank()).toList();
            if (!lines.isEmpty()
                    && lines.stream().allMatch(line -> BARE.matcher(line).matches())) {
                return true;
            }
        }
        return head.text().startsWith("# started on ")
                && head.text().lines().limit(10).anyMatch(line -> Row.of(line).isPresent());
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("perf stat", "").in(importContext);
        try (Lines lines = Lines.open(source)) {
            Report report = new Report(source.name(), header, recorder);
            while (lines.next()) {
                report.line(lines.where(), lines.line());
            }
            report.handOn();
        }
    }

    /** One counted event. */
    private record Count(double value, String unit, String event, double error) {}

    private static final class Report {
        private final RunHeader header;
        private final Recorder recorder;
        private String where;
        private String command = NO_COMMAND;
        private double runs = 1;
        private boolean text;
        private final Map<String, Count> counts = new LinkedHashMap<>();

        Report(String where, RunHeader header, Recorder recorder) {
            this.where = where;
            this.header = header;
            this.recorder = recorder;
        }

        void line(String place, String line) {
            Matcher title = TITLE.matcher(line);
            if (title.matches()) {
                handOn();
                where = place;
                command = title.group(1);
                runs = title.group(2) == null ? 1 : Texts.number(title.group(2));
                text = true;
            } else if (line.startsWith("{")) {
                json(line).ifPresent(this::add);
            } else if (text) {
                printed(line);
            } else if (!line.startsWith("#") && SEPARATED.matcher(line).matches()) {
                Row.of(line).ifPresent(this::add);
            }
        }

        private void printed(String line) {
            Matcher elapsed = ELAPSED.matcher(line);
            Matcher event = EVENT.matcher(line);
            if (elapsed.matches()) {
                String name = elapsed.group(3).equals("time elapsed") ? "time" : elapsed.group(3);
                double value = Numbers.written(elapsed.group(1));
                double error = elapsed.group(2) == null ? Double.NaN : Numbers.written(elapsed.group(2)) / value * 100;
                add(new Count(value, "s", name, error));
            } else if (event.matches()) {
                String unit = event.group(2) == null ? "" : event.group(2);
                double error = event.group(4) == null ? Double.NaN : Numbers.written(event.group(4));
                double value = unit.isEmpty() ? Numbers.grouped(event.group(1)) : Numbers.written(event.group(1));
                add(new Count(value, unit, event.group(3), error));
            }
        }

        private void add(Count count) {
            if (!Double.isFinite(count.value) || counts.size() > 10_000) {
                return;
            }
            counts.merge(
                    count.event,
                    count,
                    (before, more) -> new Count(before.value + more.value, before.unit, before.event, Double.NaN));
        }

        void handOn() {
            Optional<Benchmark> benchmark =
                    counts.isEmpty() ? Optional.empty() : recorder.benchmark(where, command, Map.of());
            benchmark.ifPresent(made -> counts.forEach((event, count) -> {
                double ofMean = count.value * count.error / 100;
                StatedSummary.location(count.value)
                        .count(runs > 1 ? runs : 0)
                        .deviation(runs > 1 ? ofMean * Math.sqrt(runs) : Double.NaN)
                        .sample()
                        .ifPresent(sample ->
                                recorder.stated(where, header, made, event, count.unit, Better.LOWER, sample));
            }));
            counts.clear();
        }
    }

    /** A line of separated values: {@code [time,]value,unit,event,[error%,]running,percent,metric,unit}. */
    private static final class Row {
        private Row() {}

        static Optional<Count> of(String line) {
            char separator =
                    line.indexOf(';') >= 0 ? ';' : line.indexOf('\t') >= 0 ? '\t' : line.indexOf('|') >= 0 ? '|' : ',';
            List<String> fields = new ArrayList<>(List.of(line.split(Pattern.quote(String.valueOf(separator)), -1)));
            if (fields.size() > 4 && !isEvent(fields.get(2)) && isEvent(fields.get(3))) {
                fields.remove(0); // the time of an interval
            }
            if (fields.size() < 4 || !isEvent(fields.get(2))) {
                return Optional.empty();
            }
            double value = fields.get(1).isEmpty() ? Numbers.grouped(fields.get(0)) : Numbers.written(fields.get(0));
            boolean repeated = fields.get(3).endsWith("%");
            double error = repeated
                    ? Numbers.written(fields.get(3).substring(0, fields.get(3).length() - 1))
                    : Double.NaN;
            return fields.get(0).startsWith("<") || !Double.isNaN(value)
                    ? Optional.of(new Count(value, fields.get(1), fields.get(2), error))
                    : Optional.empty();
        }

        private static boolean isEvent(String field) {
            return field.matches("[A-Za-z][\\w.:/=,{}@*?-]*") && !field.equals("msec") && !field.equals("nsec");
        }
    }

    /**
     * The numbers of a JSON line; in some countries perf writes decimal commas without quotes, so that it is no JSON.
     */
    private static Optional<Count> json(String line) {
        Map<String, String> pairs = new LinkedHashMap<>();
        Matcher pair = PAIR.matcher(line);
        while (pair.find()) {
            pairs.put(pair.group(1), pair.group(2) == null ? pair.group(3).strip() : pair.group(2));
        }
        if (!pairs.containsKey("counter-value") || !pairs.containsKey("event")) {
            return Optional.empty();
        }
        return Optional.of(new Count(
                Numbers.written(pairs.getOrDefault("counter-value", "")),
                pairs.getOrDefault("unit", ""),
                pairs.getOrDefault("event", ""),
                Numbers.written(pairs.getOrDefault("variance", ""))));
    }

    /** Numbers as the C library writes them in the country of the user. */
    private static final class Numbers {
        private Numbers() {}

        /** A number whose last separator is that of the decimals. */
        static double written(String text) {
            String digits = text.replaceAll("[\\s\\u00A0\\u202F']", "");
            int last = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'));
            if (last < 0) {
                return Texts.number(digits);
            }
            return Texts.number(digits.substring(0, last).replaceAll("[.,]", "") + "." + digits.substring(last + 1));
        }

        /**
         * A whole number, in which every separator groups digits, unless what follows the last one is no group of
         * three.
         */
        static double grouped(String text) {
            String digits = text.replaceAll("[\\s\\u00A0\\u202F']", "");
            int last = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'));
            boolean group = last < 0 || digits.length() - last == 4;
            return group ? Texts.number(digits.replaceAll("[.,]", "")) : written(digits);
        }
    }
}
