package dev.plumbline.cli.history;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ConfigOption;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.MethodOptions;
import dev.plumbline.cli.option.OutputFile;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.cli.option.QueryOptions;
import dev.plumbline.cli.option.ReadingOptions;
import dev.plumbline.cli.option.StandardInput;
import dev.plumbline.cli.option.StyleOptions;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.model.Problem;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.mapping.Mappings;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.history.AnalyzeFiles;
import dev.plumbline.report.answer.AnalysisText;
import dev.plumbline.report.content.AnalyzedSeries;
import dev.plumbline.report.json.AnalysisJson;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.SeriesQuery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Change points of whole series that lie in files. */
@CommandLine.Command(
        name = "analyze",
        description = "Find change points, outliers and the shape of every series in result files, and recommend"
                + " what to do. Stores nothing.",
        footer = {
            "",
            "With --json, one object per line: id, changePoints (the 0-based index of the first value at the new"
                    + " level), verdict, warnings, shape, anomalies, summary.",
            "",
            "Example: plumb analyze history.jsonl --json"
        })
public final class AnalyzeCommand extends Command {
    private static final int PROBLEMS_SHOWN = 20;
    private static final int WRITTEN_AT_ONCE = 1 << 16;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files with series or results, folders of them, or - for standard input.")
    private List<Path> files;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            converter = ReadingOptions.FormatConverter.class,
            description = "Format of the files. Default: detected from their content. See: plumb formats")
    private Format format;

    @Option(
            names = "--benchmark",
            paramLabel = "PATTERN",
            description = "Only benchmarks whose name contains this text or matches this pattern with * and ?.")
    private String benchmark;

    @Mixin
    private QueryOptions queryOptions = new QueryOptions();

    @Option(
            names = "--sort",
            paramLabel = "ORDER",
            defaultValue = "file",
            description =
                    "file, worst (the series that most need attention first) or name. Default:" + " ${DEFAULT-VALUE}")
    private Order order;

    @Mixin
    private MethodOptions methodOptions = new MethodOptions();

    @Option(names = "--json", description = "Output JSON Lines.")
    private boolean json;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the output to this file, as JSON Lines if its name ends in .json or .jsonl.")
    private Path output;

    @Mixin
    private StyleOptions styleOptions = new StyleOptions();

    @Option(
            names = "--mapping",
            paramLabel = "NAME",
            description = "Read the files with this mapping from plumbline.yaml, regardless of their names.")
    private String mapping;

    @Mixin
    private ConfigOption configOption = new ConfigOption();

    @Override
    public Integer call() throws IOException {
        Configuration configuration = configOption.configuration(terminal());
        Mappings mappings = mapping == null
                ? configuration.mappings()
                : ReadingOptions.forced(configuration, mapping, this::wrongUse);
        AnalyzeFiles.Outcome outcome;
        try (StandardInput input = StandardInput.of(files, terminal());
                ProgressLine progress = new ProgressLine(terminal())) {
            outcome = new AnalyzeFiles(
                            Optional.ofNullable(format),
                            mappings,
                            methodOptions.method(configuration),
                            configuration.thresholds(configuration.policy()),
                            progress,
                            query(),
                            queryOptions.revisions())
                    .analyze(
                            files.stream()
                                    .map(file -> input.resolve(file, terminal().directory()))
                                    .toList(),
                            input.file(),
                            terminal().clock().instant());
        }
        outcome.problems().stream().limit(PROBLEMS_SHOWN).forEach(this::warn);
        if (outcome.problems().size() > PROBLEMS_SHOWN) {
            terminal().err().println("… and " + (outcome.problems().size() - PROBLEMS_SHOWN) + " more like these");
        }
        List<SeriesAnalysis> series = new ArrayList<>(outcome.series());
        switch (order) {
            case FILE -> {}
            case WORST -> series.sort(AnalyzedSeries.ANALYSIS_WORST_FIRST);
            case NAME -> series.sort(Comparator.comparing(SeriesAnalysis::key));
        }
        if (output != null) {
            OutputFile.write(
                    output,
                    terminal(),
                    out -> write(series, styleOptions.style(terminal()).withColour(false), out));
        } else {
            write(series, styleOptions.style(terminal()), terminal().out());
            terminal().out().flush();
        }
        return ExitCode.OPEN;
    }

    private void write(List<SeriesAnalysis> series, TextStyle style, OutputStream out) throws IOException {
        if (json || output != null && output.toString().matches(".*\\.jsonl?")) {
            writeLines(series, out);
            return;
        }
        for (SeriesAnalysis analysis : series) {
            out.write(AnalysisText.of(analysis, style).getBytes(StandardCharsets.UTF_8));
        }
        out.write(AnalysisText.summary(series, style).getBytes(StandardCharsets.UTF_8));
    }

    private SeriesQuery query() {
        SeriesQuery query = queryOptions.query(terminal().clock().instant());
        return benchmark == null ? query : query.ofBenchmark(new BenchmarkPattern(benchmark));
    }

    /** The order of series. */
    enum Order {
        FILE,
        WORST,
        NAME
    }

    private static void writeLines(List<SeriesAnalysis> all, OutputStream out) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (SeriesAnalysis analysis : all) {
            AnalysisJson.write(analysis, lines);
            if (lines.size() > WRITTEN_AT_ONCE) {
                lines.writeTo(out);
                lines.reset();
            }
        }
        lines.writeTo(out);
    }

    private void warn(Problem problem) {
        terminal().err().println("plumb: " + TerminalText.escape(problem.toString()));
    }
}
