package dev.plumbline.ingest.gobench;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.RawValues;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the Go benchmark format, as text or as the events of {@code -json}.
 *
 * <p>Repetitions ({@code -count}) of one benchmark are the values of one sample, standing for their median. The suffix
 * with the number of processors is the parameter {@code procs}; parts of the name such as {@code /size=10} are
 * parameters too.
 */
public final class GoBenchReader implements ResultReader {
    private static final int MOST_WAITING = 1 << 18;
    private static final Pattern RESULT = Pattern.compile("(Benchmark\\S*)\\s+([0-9]+)\\s+(\\S.*)");
    private static final Pattern KEY = Pattern.compile("([a-z][a-zA-Z0-9_-]{0,99}):[ \\t]+(.*)");
    private static final Pattern PROCESSORS = Pattern.compile("(.+)-([1-9][0-9]{0,4})");
    private static final Pattern FAILED = Pattern.compile("--- (?:FAIL|SKIP): (Benchmark\\S+).*");
    /** The end of each package, with its time. */
    private static final Pattern END =
            Pattern.compile("ok\\s+\\S+\\s+(?:[0-9.]+s|\\(cached\\))(?:\\s+\\[no tests to run])?\\s*");

    /** The other lines of packages in which no benchmark ran and nothing failed. */
    private static final Pattern QUIET = Pattern.compile("PASS\\s*|\\?\\s+\\S+\\s+\\[no test files]\\s*"
            + "|testing: warning: no tests to run\\s*|(?:goos|goarch|pkg|cpu):\\s.*|coverage:\\s.*|\\s*");

    public static boolean recognises(Head head) {
        if (head.isObject()) {
            return head.has("Action") && head.has("Package");
        }
        return !head.isList() && (head.text().lines().anyMatch(GoBenchReader::isResult) || hasOnlyEnds(head.text()));
    }

    private static boolean isResult(String line) {
        Matcher result = RESULT.matcher(line);
        return result.matches() && result.group(3).matches("[-+0-9.eE]+[a-zA-Z]*\\s+\\S+.*");
    }

    private static boolean hasOnlyEnds(String text) {
        return text.lines().anyMatch(line -> END.matcher(line).matches())
                && text.lines()
                        .allMatch(line -> END.matcher(line).matches()
                                || QUIET.matcher(line).matches());
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        Output output = new Output(importContext, recorder);
        if (source.head().isObject()) {
            events(source, sink, output);
        } else {
            try (Lines lines = Lines.open(source)) {
                while (lines.next()) {
                    output.line(lines.where(), lines.line());
                }
            }
        }
        output.end();
    }

    /** Puts the output together that the events hold in pieces. */
    private static void events(Source source, RunSink sink, Output output) throws IOException {
        Map<String, StringBuilder> unfinished = new HashMap<>();
        try (Json json = Json.open(source, sink)) {
            while (json.next()) {
                String where = json.where();
                String[] parts = {"", ""};
                json.object(key -> {
                    switch (key) {
                        case "Output" -> parts[0] = json.text();
                        case "Package" -> parts[1] = json.text();
                        default -> json.skip();
                    }
                });
                if (unfinished.size() > 1000) {
                    unfinished.clear();
                }
                StringBuilder line = unfinished.computeIfAbsent(parts[1], name -> new StringBuilder());
                line.append(parts[0]);
                for (int end = line.indexOf("\n"); end >= 0; end = line.indexOf("\n")) {
                    output.line(where, line.substring(0, end));
                    line.delete(0, end + 1);
                }
                if (line.length() > 1 << 20) {
                    line.setLength(0);
                }
            }
        }
    }

    /** The values of one benchmark, by unit. */
    private static final class Repeated {
        final String where;
        final RunHeader header;
        final Benchmark benchmark;
        final Map<String, RawValues> byUnit = new LinkedHashMap<>();

        Repeated(String where, RunHeader header, Benchmark benchmark) {
            this.where = where;
            this.header = header;
            this.benchmark = benchmark;
        }
    }

    private static final class Output {
        private final ImportContext importContext;
        private final Recorder recorder;
        private final TreeMap<String, String> keys = new TreeMap<>();
        private final Map<String, Better> stated = new HashMap<>();
        private final Map<String, Optional<Repeated>> waiting = new LinkedHashMap<>();
        private Optional<RunHeader> header = Optional.empty();
        private String running = "";
        private String end = "";
        private boolean isQuiet = true;
        private int values;

        Output(ImportContext importContext, Recorder recorder) {
            this.importContext = importContext;
            this.recorder = recorder;
        }

        void line(String where, String line) {
            Matcher result = RESULT.matcher(line);
            Matcher key = KEY.matcher(line);
            Matcher failed = FAILED.matcher(line);
            isQuiet &= !line.startsWith("Benchmark") && !failed.matches();
            if (end.isEmpty() && END.matcher(line).matches()) {
                end = where;
            }
            if (result.matches()) {
                result(where, result.group(1), result.group(3));
            } else if (line.startsWith("Benchmark")) {
                running = line.strip(); // with -v, the numbers come in a line of their own
            } else if (!running.isEmpty() && !running.contains(" ") && line.matches("\\s*[0-9]+\\s+[0-9.].*")) {
                Matcher numbers = RESULT.matcher(running + " " + line.strip());
                if (numbers.matches()) {
                    result(where, numbers.group(1), numbers.group(3));
                }
            } else if (key.matches() && keys.size() < 100) {
                header = Optional.empty();
                keys.put(key.group(1), key.group(2).strip());
            } else if (failed.matches()) {
                recorder.problem(where, "benchmark " + Excerpt.quoted(failed.group(1)) + " failed or was skipped");
            } else if (line.startsWith("Unit ")) {
                unit(line);
            }
        }

        /** A line of metadata: {@code Unit ns/op better=lower assume=exact}. */
        private void unit(String line) {
            String[] words = line.split("\\s+", -1);
            for (int i = 2; i < words.length; i++) {
                if (words[i].startsWith("better=")) {
                    String unit = words[1];
                    Directions.stated(words[i].substring("better=".length()))
                            .ifPresent(better -> stated.put(unit, better));
                }
            }
        }

        private void result(String where, String name, String measured) {
            String[] words = measured.strip().split("\\s+", -1);
            if (words.length % 2 != 0) {
                recorder.problem(
                        where,
                        "benchmark " + Excerpt.quoted(name)
                                + ": the line breaks off after a number without unit; it is skipped");
                return;
            }
            Optional<Repeated> repeated = waiting.computeIfAbsent(
                    keys.getOrDefault("pkg", "") + "\u0000" + name, label -> begin(where, name));
            if (repeated.isEmpty()) {
                return;
            }
            for (int i = 0; i < words.length; i += 2) {
                double value = Texts.number(words[i]);
                if (Double.isNaN(value)) {
                    recorder.problem(
                            where,
                            repeated.get().benchmark,
                            words[i + 1],
                            Excerpt.quoted(words[i]) + " is no number; it is skipped");
                } else {
                    repeated.get()
                            .byUnit
                            .computeIfAbsent(words[i + 1], unit -> new RawValues())
                            .add(value);
                    values++;
                }
            }
            if (values > MOST_WAITING) {
                handOn();
            }
        }

        private Optional<Repeated> begin(String where, String name) {
            TreeMap<String, String> parameters = new TreeMap<>();
            String rest = name;
            Matcher processors = PROCESSORS.matcher(name);
            if (processors.matches()) {
                rest = processors.group(1);
                parameters.put("procs", processors.group(2));
            }
            StringBuilder plain = new StringBuilder();
            for (String part : rest.split("/", -1)) {
                int equals = part.indexOf('=');
                if (plain.length() > 0 && equals > 0 && !parameters.containsKey(part.substring(0, equals))) {
                    parameters.put(part.substring(0, equals), part.substring(equals + 1));
                } else {
                    plain.append(plain.length() > 0 ? "/" : "").append(part);
                }
            }
            String packageName = keys.getOrDefault("pkg", "");
            Optional<Benchmark> benchmark = recorder.benchmark(
                    where, packageName.isEmpty() ? plain.toString() : packageName + "." + plain, parameters);
            return benchmark.flatMap(made -> header(where).map(run -> new Repeated(where, run, made)));
        }

        private Optional<RunHeader> header(String where) {
            if (header.isEmpty()) {
                RunFacts facts = new RunFacts().tool("go test", "");
                keys.forEach((key, value) -> {
                    switch (key) {
                        case "cpu" -> facts.machine("cpu", value);
                        case "goos" -> facts.machine("os", value);
                        case "goarch" -> facts.machine("arch", value);
                        case "commit" -> facts.commit(value);
                        case "branch" -> facts.branch(value);
                        case "pkg" -> {}
                        default -> facts.context(key, value);
                    }
                });
                header = recorder.header(where, facts, importContext);
            }
            return header;
        }

        void end() {
            handOn();
            if (isQuiet && !end.isEmpty()) {
                recorder.problem(
                        end, "no benchmark ran; go test runs those that -bench matches: did the pattern match?");
            }
        }

        void handOn() {
            waiting.values().forEach(repeated -> repeated.ifPresent(this::handOn));
            waiting.clear();
            values = 0;
        }

        private void handOn(Repeated repeated) {
            repeated.byUnit.forEach((symbol, measured) -> {
                Optional<Unit> unit = recorder.unit(repeated.where, symbol);
                if (unit.isPresent()) {
                    Better better = recorder.better(
                            repeated.where,
                            symbol,
                            unit.get(),
                            Optional.ofNullable(stated.get(symbol))
                                    .or(() -> Directions.ofUnit(unit.get()))
                                    .or(() -> Directions.ofName(symbol)),
                            "set it with a line \"Unit NAME better=higher\"");
                    recorder.values(
                            repeated.where,
                            repeated.header,
                            repeated.benchmark,
                            metric(symbol),
                            unit.get(),
                            better,
                            Sample.Center.MEDIAN,
                            measured);
                }
            });
        }

        private static String metric(String symbol) {
            return switch (symbol) {
                case "ns/op" -> "time";
                case "MB/s" -> "throughput";
                case "B/op" -> "allocated";
                case "allocs/op" -> "allocations";
                default -> symbol;
            };
        }
    }
}
