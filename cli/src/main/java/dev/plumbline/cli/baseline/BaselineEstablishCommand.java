package dev.plumbline.cli.baseline;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.cli.option.ReadingOptions;
import dev.plumbline.cli.option.ResultOptions;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.pipeline.baseline.EstablishBaselines;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.BaselineText;
import dev.plumbline.report.json.BaselineJson;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the next version of baselines. */
@CommandLine.Command(
        name = "establish",
        description = "Establish baselines: from the stable part of the history, or from given runs.",
        footer = {
            "",
            "From the history: updates existing baselines, and moves them when an improvement has held."
                    + " Regressions never move a baseline unless you accept them: plumb accept.",
            "",
            "Exit codes: 0 done, 1 done but no baseline can be trusted yet, 2 usage error or no such runs.",
            "",
            "Example: plumb baseline establish --reason nightly"
        })
final class BaselineEstablishCommand extends Command {
    @Parameters(
            arity = "0..1",
            paramLabel = "BENCHMARK",
            description =
                    "Only benchmarks with this name or pattern; other baselines stay as they are. History" + " only.")
    private String benchmark;

    @ArgGroup
    private From from = new From();

    @Option(names = "--days", paramLabel = "N", description = "Only runs of the last N days. Default: 30")
    private Integer days;

    @Option(names = "--runs", paramLabel = "N", description = "Only the newest N runs. Default: all in the window")
    private Integer runs;

    @Option(names = "--metric", paramLabel = "NAME", description = "Only this metric.")
    private String metric;

    @Option(names = "--force", description = "Exit with 0 even if no baseline can be trusted yet.")
    private boolean force;

    @Mixin
    private ReadingOptions readingOptions = new ReadingOptions();

    @Mixin
    private ResultOptions resultOptions = new ResultOptions();

    @Mixin
    private BaselineOptions options = new BaselineOptions();

    @Mixin
    private BaselineOptions.AuthorOptions authorOptions = new BaselineOptions.AuthorOptions();

    /** At most one of them. */
    static final class From {
        @Option(
                names = "--run",
                paramLabel = "ID",
                description = "From exactly this run, by the first characters of its id; may be repeated.")
        private List<String> ids = List.of();

        @Option(
                names = "--revision",
                paramLabel = "NAME",
                description = "From all runs at this tag, release, branch or commit.")
        private String revision;

        @Option(
                names = "--files",
                paramLabel = "RESULT",
                arity = "1..*",
                description = "From these result files; they are not added to the history.")
        private List<Path> files = List.of();
    }

    @Override
    public Integer call() throws IOException {
        Workspace workspace = readingOptions.in(options.workspace(terminal()));
        EstablishBaselines.Outcome outcome;
        try (ProgressLine progress = new ProgressLine(terminal())) {
            outcome = new EstablishBaselines(
                            workspace,
                            options.name(workspace),
                            settings(workspace),
                            authorOptions.author(terminal()),
                            progress)
                    .establish(source(workspace));
        }
        outcome.warnings().forEach(warning -> terminal()
                .err()
                .println((warning.startsWith(EstablishBaselines.DETAIL) ? "" : "plumb: ")
                        + TerminalText.escape(warning)));
        if (options.json()) {
            BaselineJson.establishments(
                    outcome.version(),
                    outcome.isNew(),
                    outcome.establishments(),
                    terminal().out());
        } else {
            terminal()
                    .out()
                    .print(BaselineText.establishments(
                            outcome.version(), outcome.isNew(), outcome.establishments(), options.style(terminal())));
        }
        terminal().out().flush();
        if (outcome.trusted() || force) {
            return ExitCode.OPEN;
        }
        terminal()
                .err()
                .println(
                        outcome.isNew()
                                ? "plumb: the version was created anyway; use --force to exit with 0, or undo it with"
                                        + " plumb baseline rollback"
                                : "plumb: the version stays as it was; use --force to exit with 0, or record more runs");
        return ExitCode.CLOSED;
    }

    private EstablishBaselines.Source source(Workspace workspace) throws IOException {
        if (!from.files.isEmpty()) {
            return new EstablishBaselines.Source.ResultFiles(
                    from.files.stream().map(terminal().directory()::resolve).toList(),
                    resultOptions.overrides(workspace, terminal()),
                    readingOptions.format());
        }
        if (from.revision != null) {
            return new EstablishBaselines.Source.OfRevision(from.revision);
        }
        if (!from.ids.isEmpty()) {
            return new EstablishBaselines.Source.Runs(from.ids);
        }
        SeriesQuery query =
                benchmark == null ? SeriesQuery.all() : SeriesQuery.all().ofBenchmark(new BenchmarkPattern(benchmark));
        query = metric == null ? query : query.ofMetric(metric);
        query = resultOptions
                .overrides()
                .environment()
                .map(query::inEnvironment)
                .orElse(query);
        query = resultOptions.overrides().branch().map(query::onBranch).orElse(query);
        return new EstablishBaselines.Source.History(query);
    }

    private BaselineSettings settings(Workspace workspace) {
        BaselineSettings settings = options.settings(workspace);
        try {
            return settings.withWindow(
                    days == null ? settings.days() : OptionalInt.of(days),
                    runs == null ? settings.runs() : OptionalInt.of(runs));
        } catch (IllegalArgumentException e) {
            throw wrongUse(e.getMessage());
        }
    }
}
