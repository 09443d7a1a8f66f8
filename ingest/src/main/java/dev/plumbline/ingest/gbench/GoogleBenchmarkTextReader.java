package dev.plumbline.ingest.gbench;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.NamedNumbers;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import dev.plumbline.ingest.input.Texts;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the table that Google Benchmark prints, alone or with the text before it: the same as the JSON, as far as it is
 * printed.
 *
 * <p>Counters are understood as {@code name=1.5k/s} and in columns of their own ({@code --benchmark_counters_tabular}).
 */
public final class GoogleBenchmarkTextReader implements ResultReader {
    private static final Pattern TITLE = Pattern.compile("Benchmark +Time +CPU +Iterations\\b(.*)");
    private static final Pattern ROW = Pattern.compile(
            "(\\S.*?) +([0-9][0-9.e+]*|nan|inf) (ns|us|ms|s) +([0-9][0-9.e+]*|nan|inf) (?:ns|us|ms|s) +([0-9]+)(?: +(\\S.*))?");
    private static final Pattern FAILED = Pattern.compile("(\\S.*?) +(ERROR OCCURRED|SKIPPED): '(.*)'\\s*");
    private static final Pattern COUNTER = Pattern.compile("([^=\\s]+)=(\\S+)");
    private static final Pattern HUMAN =
            Pattern.compile("(-?(?:[0-9][0-9.]*(?:e[-+]?[0-9]+)?|nan|inf))([kKMGTPEZYmunpfazy]?i?)(?:/s|s)?");
    private static final String LARGE = "kMGTPEZY";
    private static final String SMALL = "munpfazy";

    public static boolean recognises(Head head) {
        return !head.isObject()
                && !head.isList()
                && head.text().lines().anyMatch(line -> TITLE.matcher(line).matches());
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts().tool("Google Benchmark", "");
        Table table = new Table(facts, importContext, recorder);
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                table.line(lines.where(), lines.line());
            }
        }
        table.handOn();
    }

    /** A number with a prefix such as k or Mi; NaN when it is none. */
    static double human(String text) {
        Matcher matcher = HUMAN.matcher(text);
        if (!matcher.matches()) {
            return Double.NaN;
        }
        double number = Texts.number(matcher.group(1));
        String prefix = matcher.group(2);
        if (prefix.isEmpty()) {
            return number;
        }
        char first = prefix.charAt(0);
        int large = LARGE.indexOf(first == 'K' ? 'k' : first);
        if (large >= 0) {
            return number * Math.pow(prefix.endsWith("i") ? 1024 : 1000, large + 1.0);
        }
        return number / Math.pow(1000, SMALL.indexOf(first) + 1.0);
    }

    private static final class Table {
        private final RunFacts facts;
        private final ImportContext importContext;
        private final Recorder recorder;
        private Optional<Repetitions> repetitions = Optional.empty();
        private List<String> counters = List.of();
        private final Context context;

        Table(RunFacts facts, ImportContext importContext, Recorder recorder) {
            this.facts = facts;
            this.importContext = importContext;
            this.recorder = recorder;
            this.context = new Context(facts, importContext);
        }

        void line(String where, String line) {
            Matcher title = TITLE.matcher(line);
            Matcher row = ROW.matcher(line);
            Matcher failed = FAILED.matcher(line);
            if (title.matches()) {
                counters = Arrays.stream(title.group(1).strip().split("\\s+", -1))
                        .filter(word -> !word.isEmpty() && !word.startsWith("UserCounters"))
                        .toList();
                begin(where);
            } else if (repetitions.isEmpty()) {
                context.line(line);
            } else if (row.matches()) {
                repetitions.get().add(where, entry(row));
            } else if (failed.matches()) {
                repetitions.get().add(where, failure(failed));
            }
        }

        /** Later tables, with other columns of counters, belong to the same run. */
        private void begin(String where) {
            if (repetitions.isEmpty()) {
                context.end();
                Optional<RunHeader> header = recorder.header(where, facts, importContext);
                repetitions = header.map(run -> new Repetitions(run, recorder));
            }
        }

        private Entry entry(Matcher row) {
            Map<String, String> texts = new HashMap<>();
            NamedNumbers numbers = new NamedNumbers();
            texts.put("name", row.group(1));
            texts.put("time_unit", row.group(3));
            numbers.state("real_time", Texts.number(row.group(2)));
            numbers.state("cpu_time", Texts.number(row.group(4)));
            String rest = row.group(6) == null ? "" : row.group(6).strip();
            String[] words = rest.split("\\s+", -1);
            if (counters.isEmpty()) {
                for (String word : words) {
                    Matcher counter = COUNTER.matcher(word);
                    if (counter.matches() && HUMAN.matcher(counter.group(2)).matches()) {
                        numbers.state(counter.group(1), human(counter.group(2)));
                    }
                }
            } else {
                for (int i = 0; i < Math.min(words.length, counters.size()); i++) {
                    if (HUMAN.matcher(words[i]).matches()) {
                        numbers.state(counters.get(i), human(words[i]));
                    }
                }
            }
            return Entry.of(texts, numbers, new TreeMap<>());
        }

        private static Entry failure(Matcher failed) {
            boolean error = failed.group(2).startsWith("ERROR");
            return Entry.of(
                    Map.of(
                            "name",
                            failed.group(1),
                            error ? "error_occurred" : "skipped",
                            "true",
                            error ? "error_message" : "skip_message",
                            failed.group(3)),
                    new NamedNumbers(),
                    new TreeMap<>());
        }

        void handOn() {
            repetitions.ifPresent(Repetitions::handOn);
        }
    }
}
