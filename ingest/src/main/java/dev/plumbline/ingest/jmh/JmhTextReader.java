package dev.plumbline.ingest.jmh;

import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.input.Head;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Lines;
import dev.plumbline.ingest.input.Recorder;
import dev.plumbline.ingest.input.ResultReader;
import dev.plumbline.ingest.input.RunFacts;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the table at the end of JMH's output, alone or with everything before it.
 *
 * <p>Columns are where the header has them, so that a parameter may hold blanks. A score that JMH prints only as about
 * a power of ten ({@code ≈ 10⁻³}) is reported and skipped; {@code ≈ 0} is 0.
 */
public final class JmhTextReader implements ResultReader {
    private static final Pattern HEADER = Pattern.compile(
            "Benchmark\\s+(?:\\(.*\\)\\s+)?Mode\\s+(?:Cnt|Samples)\\s+Score\\s+(?:(?:Score error|Error)\\s+)?Units\\s*");
    private static final Pattern COLUMN = Pattern.compile("\\([^)]*\\)|Score error|\\S+");
    private static final Pattern VM = Pattern.compile("# VM version: JDK ([^,]*), (.*?), (.*)");

    public static boolean recognises(Head head) {
        return head.text()
                .lines()
                .anyMatch(line -> line.startsWith("# JMH version:")
                        || HEADER.matcher(line).matches());
    }

    @Override
    public void read(Source source, ImportContext importContext, RunSink sink) throws IOException {
        Recorder recorder = new Recorder(sink);
        RunFacts facts = new RunFacts().tool("JMH", "");
        try (Lines lines = Lines.open(source)) {
            while (lines.next()) {
                String line = lines.line();
                if (HEADER.matcher(line).matches()) {
                    table(lines, facts.in(importContext), recorder);
                } else if (line.startsWith("# ")) {
                    fact(line, facts);
                }
            }
        }
    }

    private static void fact(String line, RunFacts facts) {
        Matcher vm = VM.matcher(line);
        if (vm.matches()) {
            facts.software("jvm", vm.group(2) + " " + vm.group(3)).software("info.jdk", vm.group(1));
        } else if (line.startsWith("# JMH version: ")) {
            facts.tool("JMH", line.substring("# JMH version: ".length()).strip());
        } else if (line.startsWith("# VM options: ") && !line.endsWith("<none>")) {
            facts.software(
                    "jvm.flags", line.substring("# VM options: ".length()).strip());
        } else if (line.startsWith("# VM invoker: ")) {
            facts.software(
                    "info.jvm.path", line.substring("# VM invoker: ".length()).strip());
        }
    }

    /** A column of the table: its name, and where it ends; where it begins is where the one before ends. */
    private record Column(String name, int end) {}

    private static void table(Lines lines, RunHeader header, Recorder recorder) throws IOException {
        List<Column> columns = new ArrayList<>();
        Matcher column = COLUMN.matcher(lines.line());
        while (column.find()) {
            columns.add(new Column(column.group(), column.end()));
        }
        while (lines.next() && !lines.line().isBlank()) {
            row(lines.line(), columns, lines.where(), header, recorder);
        }
    }

    private static void row(String line, List<Column> columns, String where, RunHeader header, Recorder recorder) {
        TreeMap<String, String> cells = new TreeMap<>();
        TreeMap<String, String> parameters = new TreeMap<>();
        int from = 0;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            int to = i == 0
                    ? nameEnd(line)
                    : i == columns.size() - 1 ? line.length() : Math.min(column.end, line.length());
            String cell = from < to ? line.substring(from, to).strip() : "";
            from = Math.max(from, to);
            if (!column.name.startsWith("(")) {
                cells.put(
                        column.name.equals("Samples")
                                ? "Cnt"
                                : column.name.equals("Score error") ? "Error" : column.name,
                        cell);
            } else if (!cell.equals("N/A")) {
                parameters.put(column.name.substring(1, column.name.length() - 1), cell);
            }
        }
        String score = cells.getOrDefault("Score", "");
        new JmhRow(
                        cells.getOrDefault("Benchmark", ""),
                        parameters,
                        cells.getOrDefault("Mode", ""),
                        "",
                        cells.getOrDefault("Cnt", ""),
                        score.equals("≈ 0") ? "0" : score,
                        cells.getOrDefault("Error", "").replace("±", "").strip(),
                        cells.getOrDefault("Units", ""))
                .record(where, header, recorder);
    }

    private static int nameEnd(String line) {
        int blank = line.indexOf(' ');
        return blank < 0 ? line.length() : blank;
    }
}
