package dev.plumbline.ingest.asv;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.input.Directions;
import dev.plumbline.ingest.input.Excerpt;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code asv run} prints: {@code [ 30.00%] ··· benchmarks.Suite.time_keys 11.2±0.01μs}, and the table that
 * follows where a benchmark has parameters.
 *
 * <p>Results are rounded to three digits. What follows the sign is half of the distance of the quartiles; it is not
 * kept. In a table of several parameters the values of the last one stand above the columns.
 */
final class AsvTextReader {
    private static final Pattern LINE = Pattern.compile("(\\[ *[0-9.]+%\\] ·+ )(\\S.*)");
    private static final Pattern RESULT = Pattern.compile("([\\w.]+\\.\\w+) +(\\S.*?) *");
    private static final Pattern COMMIT = Pattern.compile("For .*?commit ([0-9a-f]{6,40})(?: <(.+?)(?:~[0-9]+)?>)?:");
    private static final Pattern VALUE =
            Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(?:±[0-9.]+)?(ns|[uμµ]s|ms|s|m|h|[kMGTPEZY])?");
    private static final Pattern RULE = Pattern.compile("=+(?: =+)*");
    private static final Pattern THIN_RULE = Pattern.compile("-+(?: -+)*");

    private final Source source;
    private final ImportContext importContext;
    private final Recorder recorder;
    private RunFacts facts = new RunFacts().tool("asv", "");
    private Optional<RunHeader> header = Optional.empty();

    private AsvTextReader(Source source, ImportContext importContext, RunSink sink) {
        this.source = source;
        this.importContext = importContext;
        this.recorder = new Recorder(sink);
    }

    static boolean recognises(Head head) {
        return head.text().contains("%] ·") // spares trying every line of most files
                && head.text().lines().map(Lines::withoutEscapes).anyMatch(AsvTextReader::isResult);
    }

    private static boolean isResult(String text) {
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            return false;
        }
        Matcher result = RESULT.matcher(line.group(2));
        return result.matches()
                && (result.group(2).equals("ok")
                        || VALUE.matcher(result.group(2)).matches());
    }

    static void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        new AsvTextReader(source, importContext, sink).read();
    }

    private void read() throws IOException {
        String benchmark = "";
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                Matcher line = LINE.matcher(lines.line());
                if (!line.matches()) {
                    continue;
                }
                String stated = line.group(2);
                Matcher result = RESULT.matcher(stated);
                if (COMMIT.matcher(stated).matches()) {
                    commit(stated);
                } else if (stated.startsWith("Benchmarking ")) {
                    facts.context("env_name", stated.substring("Benchmarking ".length()));
                    header = Optional.empty();
                } else if (RULE.matcher(stated.strip()).matches() && !benchmark.isEmpty()) {
                    table(lines, line.group(1).length(), stated.strip(), benchmark);
                    benchmark = "";
                } else if (result.matches()) {
                    benchmark = result.group(1);
                    if (!result.group(2).equals("ok")) {
                        value(lines.where(), benchmark, Map.of(), result.group(2));
                    }
                }
            }
        }
    }

    private void commit(String stated) {
        Matcher commit = COMMIT.matcher(stated);
        if (commit.matches()) {
            facts = new RunFacts().tool("asv", "").commit(commit.group(1));
            if (commit.group(2) != null) {
                facts.branch(commit.group(2));
            }
            header = Optional.empty();
        }
    }

    /** The range of a table's column. */
    private record Column(int from, int to) {
        String in(String row) {
            return row.substring(Math.min(from, row.length()), Math.min(to, row.length()))
                    .strip();
        }
    }

    private static List<Column> columns(String rule) {
        List<Column> columns = new ArrayList<>();
        int from = 0;
        for (String part : rule.split(" ", -1)) {
            columns.add(new Column(from, from + part.length()));
            from += part.length() + 1;
        }
        return columns;
    }

    /** The line {@code ===== =====} was read; what follows is indented as it is. */
    private void table(Lines lines, int indent, String rule, String benchmark) throws IOException {
        List<Column> columns = columns(rule);
        String titles = next(lines, indent);
        String thin = next(lines, indent);
        boolean isCrossed = titles.strip().startsWith("--");
        if (!THIN_RULE.matcher(thin.strip()).matches()) {
            recorder.problem(
                    lines.where(), "the table of " + Excerpt.quoted(benchmark) + " is not understood; it is skipped");
            return;
        }
        String across = isCrossed ? titles.strip().substring(2).strip() : "";
        int named = columns.size() - 1;
        if (isCrossed) {
            int end = columns(thin.strip()).get(0).to;
            named = (int) columns.stream().filter(column -> column.to <= end).count();
            titles = next(lines, indent);
            next(lines, indent);
        }
        for (String row = next(lines, indent);
                !row.isBlank() && !RULE.matcher(row.strip()).matches();
                row = next(lines, indent)) {
            TreeMap<String, String> parameters = new TreeMap<>();
            for (Column column : columns.subList(0, named)) {
                String name = column.in(titles);
                parameters.put(name.isEmpty() ? "param" + (parameters.size() + 1) : name, column.in(row));
            }
            for (Column column : columns.subList(named, columns.size())) {
                if (isCrossed) {
                    parameters.put(across.isEmpty() ? "across" : across, column.in(titles));
                }
                value(lines.where(), benchmark, new TreeMap<>(parameters), column.in(row));
            }
        }
    }

    /** A line of a table without the text before it; empty after the last. */
    private static String next(Lines lines, int indent) throws IOException {
        return lines.next() && lines.line().length() > indent ? lines.line().substring(indent) : "";
    }

    private void value(String where, String name, Map<String, String> parameters, String written) {
        Matcher value = VALUE.matcher(written);
        if (!value.matches()) {
            recorder.problem(
                    where,
                    "benchmark " + Excerpt.quoted(name) + ": the result is " + Excerpt.quoted(written)
                            + "; it is skipped");
            return;
        }
        if (header.isEmpty()) {
            header = recorder.header(where, facts, importContext);
        }
        AsvReader.Kind kind = AsvReader.Kind.of(name);
        double number = Texts.number(value.group(1)) * factor(value.group(2), kind.unit());
        if (!Double.isFinite(number)) {
            recorder.problem(
                    where,
                    "benchmark " + Excerpt.quoted(name) + ": the result is " + Excerpt.quoted(written)
                            + ", no number in a unit of its kind; it is skipped");
            return;
        }
        Better otherwise = Directions.ofName(kind.last()).orElse(Better.LOWER);
        header.ifPresent(run -> recorder.benchmark(where, name, parameters)
                .ifPresent(benchmark -> recorder.measurement(
                        where, run, benchmark, kind.metric(), kind.unit(), otherwise, Sample.Summary.of(number))));
    }

    /**
     * A time's unit in seconds; a count and a size are given in steps of 1000. A tracked value may be a time, which asv
     * keeps in seconds; NaN for what the kind of benchmark cannot have.
     */
    private static double factor(String suffix, String unit) {
        if (suffix == null) {
            return 1;
        }
        int step = "kMGTPEZY".indexOf(suffix);
        if (step >= 0) {
            return unit.equals("s") ? Double.NaN : Math.pow(1000, step + 1);
        }
        return unit.equals("B") ? Double.NaN : seconds(suffix);
    }

    private static double seconds(String suffix) {
        return switch (suffix) {
            case "ns" -> 1e-9;
            case "us", "μs", "µs" -> 1e-6;
            case "ms" -> 1e-3;
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            default -> Double.NaN;
        };
    }
}
