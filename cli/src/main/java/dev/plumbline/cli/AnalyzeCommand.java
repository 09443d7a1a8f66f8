package dev.plumbline.cli;

import dev.plumbline.core.detect.SeriesAnalysis;
import dev.plumbline.core.model.Problem;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.mapping.Mappings;
import dev.plumbline.pipeline.AnalyzeFiles;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.report.AnalysisJson;
import dev.plumbline.report.AnalysisText;
import dev.plumbline.report.TerminalText;
import dev.plumbline.report.TextStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Change points of whole series that lie in files. */
@CommandLine.Command(
        name = "analyze",
        description = "Find the change points of every series in result files. Nothing is stored.",
        footer = {
            "",
            "With --json, one object a line: id, changePoints (index counts from 0 and names the first value of the new"
                    + " level), verdict, warnings.",
            "",
            "Example: plumb analyze history.jsonl --json"
        })
final class AnalyzeCommand extends Command {
    private static final int PROBLEMS_SHOWN = 20;
    private static final int WRITTEN_AT_ONCE = 1 << 16;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files with series or results, or folders of them.")
    private List<Path> files;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            converter = ReadingOptions.FormatConverter.class,
            description = "Read the files as this format; found out from their content otherwise. See: plumb formats")
    private Format format;

    @Mixin
    private MethodOptions methodOptions = new MethodOptions();

    @Option(names = "--json", description = "Answer in JSON Lines.")
    private boolean json;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "always, never or auto. Default: ${DEFAULT-VALUE}")
    private Terminal.Colour colour;

    @Option(
            names = "--mapping",
            paramLabel = "NAME",
            description = "Read the files with this mapping of plumbline.yaml, whatever they are called.")
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
        try (ProgressLine progress = new ProgressLine(terminal())) {
            outcome = new AnalyzeFiles(
                            Optional.ofNullable(format), mappings, methodOptions.method(configuration), progress)
                    .analyze(
                            files.stream().map(terminal().directory()::resolve).toList(),
                            terminal().clock().instant());
        }
        outcome.problems().stream().limit(PROBLEMS_SHOWN).forEach(this::warn);
        if (outcome.problems().size() > PROBLEMS_SHOWN) {
            terminal().err().println("… and " + (outcome.problems().size() - PROBLEMS_SHOWN) + " more like these");
        }
        if (json) {
            writeLines(outcome.series());
        } else {
            TextStyle style = terminal().style(colour, false);
            outcome.series().forEach(series -> terminal().out().print(AnalysisText.of(series, style)));
            terminal().out().print(AnalysisText.summary(outcome.series(), style));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private void writeLines(List<SeriesAnalysis> all) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (SeriesAnalysis analysis : all) {
            AnalysisJson.write(analysis, lines);
            if (lines.size() > WRITTEN_AT_ONCE) {
                lines.writeTo(terminal().out());
                lines.reset();
            }
        }
        lines.writeTo(terminal().out());
    }

    private void warn(Problem problem) {
        terminal().err().println("plumb: " + TerminalText.escape(problem.toString()));
    }
}
