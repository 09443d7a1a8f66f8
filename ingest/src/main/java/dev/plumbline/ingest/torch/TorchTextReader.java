package dev.plumbline.ingest.torch;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code torch.utils.benchmark} prints: the tables of {@code Compare}, and single measurements.
 *
 * <p>A cell of a table is a median; a measurement has its quartiles and the number of its times.
 */
public final class TorchTextReader implements ResultReader {
    private static final int MOST_CELLS = 1 << 18;
    private static final int MOST_LINES = 1000;
    private static final Pattern TITLE = Pattern.compile("\\[-{2,} ?(.*?) ?-{2,}\\]|\\[ (.*?) \\]");
    private static final Pattern THREADS = Pattern.compile("([0-9]+) threads: -+\\s*");
    private static final Pattern UNIT = Pattern.compile("Times are in \\w+ \\((\\w+)\\)\\.\\s*");
    private static final Pattern ENVIRONMENT = Pattern.compile("\\s*\\((.*?)\\) +(\\S.*)");
    private static final Pattern CELL = Pattern.compile("\\s*([0-9][0-9.e+]*)\\s*(?:\\(! *[0-9.]+%\\))?\\s*");
    private static final String MEASUREMENT = "<torch.utils.benchmark.utils.common.Measurement object at ";
    private static final Pattern COUNT =
            Pattern.compile(" +([0-9]+) measurements?, ([0-9]+) runs? (?:per measurement)?, ([0-9]+) threads?\\s*");
    private static final Pattern CENTER = Pattern.compile(" +(?:Median: +)?([0-9][0-9.e+-]*) (ns|us|ms|s)\\s*");
    private static final Pattern QUARTILES =
            Pattern.compile(" +IQR: +[0-9.e+-]+ \\w+ \\(([0-9.e+-]+) to ([0-9.e+-]+)\\)\\s*");

    public static boolean recognises(Head head) {
        String text = head.text();
        return text.contains(MEASUREMENT)
                || text.lines().anyMatch(line -> THREADS.matcher(line).matches())
                        && text.lines().anyMatch(line -> TITLE.matcher(line).matches());
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunHeader header = new RunFacts().tool("torch.utils.benchmark", "").in(importContext);
        Output output = new Output(header, recorder);
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                output.line(lines.where(), lines.line());
            }
        }
        output.end(source.name());
    }

    /** A number of a table, whose unit is below. */
    private record Cell(String where, Task task, double value) {}

    private static final class Output {
        private final RunHeader header;
        private final Recorder recorder;
        private final List<Cell> cells = new ArrayList<>();
        private String title = "";
        private boolean table;
        private List<String> columns = List.of();
        private String threads = "1";
        private final List<String> measurement = new ArrayList<>();
        private boolean measuring;
        private String begin = "";

        Output(RunHeader header, Recorder recorder) {
            this.header = header;
            this.recorder = recorder;
        }

        void line(String where, String line) {
            Matcher top = TITLE.matcher(line.strip());
            Matcher thread = THREADS.matcher(line);
            Matcher unit = UNIT.matcher(line);
            if (line.contains(MEASUREMENT)) {
                measurement.clear();
                measuring = true;
                begin = where;
            } else if (measuring) {
                Matcher count = COUNT.matcher(line);
                if (count.matches()) {
                    measured(count);
                    measuring = false;
                } else if (measurement.size() < MOST_LINES) {
                    measurement.add(line);
                }
            } else if (top.matches()) {
                title = top.group(1) == null ? top.group(2) : top.group(1);
                columns = List.of();
                table = true;
            } else if (thread.matches()) {
                threads = thread.group(1);
            } else if (unit.matches()) {
                handOn(unit.group(1));
                table = false;
            } else if (table && line.indexOf('|') >= 0) {
                row(where, line);
            }
        }

        private void row(String where, String line) {
            String[] parts = line.split("\\|", -1);
            if (columns.isEmpty()) {
                columns = List.of(parts).stream().map(String::strip).toList();
                return;
            }
            String row = parts[0].strip();
            String environment = "";
            Matcher within = ENVIRONMENT.matcher(parts[0]);
            if (within.matches()) {
                environment = within.group(1);
                row = within.group(2).strip();
            }
            for (int i = 1; i < Math.min(parts.length, columns.size()); i++) {
                Matcher cell = CELL.matcher(parts[i]);
                if (cell.matches() && cells.size() < MOST_CELLS) {
                    Task task = new Task(title, row, columns.get(i), environment, threads);
                    cells.add(new Cell(where, task, Texts.number(cell.group(1))));
                } else if (!parts[i].isBlank()) {
                    recorder.problem(where, "a cell of the table is no number; it is skipped");
                }
            }
        }

        private void handOn(String unit) {
            for (Cell cell : cells) {
                cell.task
                        .benchmark(cell.where, recorder)
                        .ifPresent(benchmark ->
                                recorder.number(cell.where, header, benchmark, "time", unit, Better.LOWER, cell.value));
            }
            cells.clear();
        }

        private void measured(Matcher count) {
            String name = "";
            String description = "";
            double value = Double.NaN;
            String unit = "";
            double low = Double.NaN;
            double high = Double.NaN;
            boolean setup = false;
            StringBuilder statement = new StringBuilder();
            boolean inStatement = false;
            for (String line : measurement) {
                Matcher center = CENTER.matcher(line);
                Matcher quartiles = QUARTILES.matcher(line);
                if (center.matches()) {
                    value = Texts.number(center.group(1));
                    unit = center.group(2);
                } else if (quartiles.matches()) {
                    low = Texts.number(quartiles.group(1));
                    high = Texts.number(quartiles.group(2));
                } else if (line.startsWith("setup:")) {
                    setup = true;
                    inStatement = false;
                } else if (line.equals("stmt:")) {
                    inStatement = true;
                } else if (inStatement && line.startsWith("  ")) {
                    statement.append(statement.length() == 0 ? "" : "\n").append(line.strip());
                } else if (!line.isBlank() && !line.startsWith(" ") && !setup) {
                    if (name.isEmpty() && statement.length() == 0) {
                        name = line;
                    } else {
                        description = line;
                    }
                }
            }
            String reported = name.isEmpty() ? statement.toString() : name;
            int colon = reported.indexOf(": ");
            String label = colon > 0 ? reported.substring(0, colon) : "";
            String row = colon > 0 ? reported.substring(colon + 2) : reported;
            if (Double.isNaN(value)) {
                recorder.problem(begin, "the measurement has no time; it is skipped");
                return;
            }
            double location = value;
            String symbol = unit;
            double first = low;
            double third = high;
            double times = Texts.number(count.group(1));
            new Task(label, row, description, "", count.group(3))
                    .benchmark(begin, recorder)
                    .ifPresent(benchmark -> {
                        StatedSummary stated =
                                StatedSummary.location(location).count(times).quantile(0.5, location);
                        stated.quantile(0.25, first).quantile(0.75, third);
                        stated.sample()
                                .ifPresent((Sample sample) -> recorder.stated(
                                        begin, header, benchmark, "time", symbol, Better.LOWER, sample));
                    });
        }

        void end(String where) {
            if (!cells.isEmpty()) {
                recorder.problem(where, "the table breaks off before the unit of its times; it is skipped");
            }
            if (measuring) {
                recorder.problem(begin, "the measurement breaks off; it is skipped");
            }
        }
    }
}
