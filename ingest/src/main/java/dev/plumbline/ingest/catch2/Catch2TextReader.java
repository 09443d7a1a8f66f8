package dev.plumbline.ingest.catch2;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.input.Excerpt;
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
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the tables of Catch2's output. The name of a benchmark consists of its test case, its sections and its own
 * name; names that go over several lines are combined.
 */
public final class Catch2TextReader implements ResultReader {
    private static final double CONFIDENCE = 0.95; // the default of Catch2
    private static final String RULE = "-".repeat(79);
    private static final Pattern HEADER = Pattern.compile("benchmark name\\s+samples\\s+iterations\\s+.*");
    private static final Pattern FIRST =
            Pattern.compile("(.*?)\\s{2,}([0-9]+)\\s+([0-9]+)\\s+(?:[0-9.e+-]+ [a-zµμ]{1,40}|\\S+)\\s*");
    private static final Pattern THREE = Pattern.compile(
            "\\s+([0-9.e+-]+) ([a-zµμ]{1,40})\\s+([0-9.e+-]+) ([a-zµμ]{1,40})\\s+([0-9.e+-]+) ([a-zµμ]{1,40})\\s*");
    private static final Pattern ONE =
            Pattern.compile("(.*?)\\s{2,}([0-9]+)\\s+([0-9]+)\\s+([0-9.e+-]+) ([a-zµμ]{1,40})\\s*");

    public static boolean recognises(Head head) {
        return !head.isObject()
                && !head.isList()
                && head.text().lines().map(Lines::withoutEscapes).anyMatch(line -> HEADER.matcher(line)
                        .matches());
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        try (Lines lines = Lines.open(source)) {
            Output output = new Output(lines, new RunFacts().tool("Catch2", "").in(importContext), new Recorder(sink));
            while (output.again || lines.next()) {
                output.again = false;
                output.line();
            }
        }
    }

    private static final class Output {
        private final Lines lines;
        private final RunHeader header;
        private final Recorder recorder;
        private List<String> testCase = List.of();
        private final List<String> between = new ArrayList<>();
        private boolean open;
        private boolean headed;
        private boolean again;
        private boolean table;
        private final List<String> name = new ArrayList<>();

        Output(Lines lines, RunHeader header, Recorder recorder) {
            this.lines = lines;
            this.header = header;
            this.recorder = recorder;
        }

        void line() throws IOException {
            String line = lines.line();
            if (line.startsWith(RULE)) {
                rule();
            } else if (HEADER.matcher(line).matches()) {
                headed = true;
                table = false;
                open = false;
            } else if (line.startsWith("....") || line.startsWith("====") || line.startsWith("~~~~")) {
                table = false;
                open = false;
            } else if (table) {
                row(line);
            } else if (open && !line.isBlank() && between.size() < 100) {
                between.add(line.strip());
            }
        }

        /**
         * A line of dashes: under the header of a table it begins the rows, else it opens or closes the name of a test
         * case.
         */
        private void rule() {
            if (headed) {
                headed = false;
                table = true;
            } else {
                if (open) {
                    testCase = List.copyOf(between);
                }
                open = !open;
                table = false;
            }
            between.clear();
            name.clear();
        }

        private void row(String line) throws IOException {
            Matcher first = FIRST.matcher(line);
            if (first.matches()) {
                name.add(first.group(1).strip());
                String whole = String.join(" ", name).strip();
                name.clear();
                String where = lines.where();
                double samples = Texts.number(first.group(2));
                benchmark(where, whole, samples, line);
            } else if (line.isBlank()) {
                if (!name.isEmpty()) {
                    table = false; // the table is over: this is other output
                }
                name.clear();
            } else if (!line.startsWith(" ") && name.size() < 100) {
                name.add(line.strip());
            }
        }

        private void benchmark(String where, String whole, double samples, String firstLine) throws IOException {
            List<String> path = new ArrayList<>(testCase);
            path.add(whole);
            String label = String.join("/", path);
            if (!lines.next()) {
                recorder.problem(where, "benchmark " + Excerpt.quoted(label) + ": the table breaks off; it is skipped");
                return;
            }
            Matcher mean = THREE.matcher(lines.line());
            if (!mean.matches()) {
                single(where, label, firstLine);
                again = true; // the line that was read is the next row already
                return;
            }
            double deviation = Double.NaN;
            Unit unit = Unit.of(mean.group(2));
            if (lines.next()) {
                Matcher spread = THREE.matcher(lines.line());
                if (spread.matches()) {
                    deviation = in(unit, spread.group(1), spread.group(2));
                }
            }
            record(
                    where,
                    label,
                    unit,
                    StatedSummary.location(Texts.number(mean.group(1)))
                            .count(samples)
                            .deviation(deviation)
                            .interval(
                                    in(unit, mean.group(3), mean.group(4)),
                                    in(unit, mean.group(5), mean.group(6)),
                                    CONFIDENCE));
        }

        /** Without analysis there is one line, and its last number is the mean. */
        private void single(String where, String label, String line) {
            Matcher one = ONE.matcher(line);
            if (one.matches()) {
                record(
                        where,
                        label,
                        Unit.of(one.group(5)),
                        StatedSummary.location(Texts.number(one.group(4))).count(Texts.number(one.group(2))));
            } else {
                recorder.problem(where, "benchmark " + Excerpt.quoted(label) + ": has no mean; it is skipped");
            }
        }

        private void record(String where, String label, Unit unit, StatedSummary stated) {
            if (stated.sample().isEmpty()) {
                recorder.problem(where, "benchmark " + Excerpt.quoted(label) + ": has no mean; it is skipped");
            }
            stated.sample().ifPresent(sample -> recorder.benchmark(where, label, Map.of())
                    .ifPresent(benchmark ->
                            recorder.directed(where, header, benchmark, "time", unit, Better.LOWER, sample)));
        }

        private static double in(Unit unit, String number, String symbol) {
            Unit other = Unit.of(symbol);
            double value = Texts.number(number);
            return other.equals(unit) ? value : value * (other.factor() / unit.factor());
        }
    }
}
