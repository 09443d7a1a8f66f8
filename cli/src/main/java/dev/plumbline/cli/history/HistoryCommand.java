package dev.plumbline.cli.history;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.QueryOptions;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.cli.option.StyleOptions;
import dev.plumbline.pipeline.history.ExplainNoSeries;
import dev.plumbline.pipeline.history.FindDisturbedRuns;
import dev.plumbline.pipeline.history.FindStops;
import dev.plumbline.pipeline.history.ReadHistory;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.BranchRows;
import dev.plumbline.report.answer.HistoryText;
import dev.plumbline.report.answer.NewestRun;
import dev.plumbline.report.content.AnalyzedSeries;
import dev.plumbline.report.json.HistoryJson;
import dev.plumbline.report.terminal.Ansi;
import dev.plumbline.report.terminal.Paragraph;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows stored series. */
@CommandLine.Command(
        name = "history",
        description = "Show stored series: change points, trend, seasonality, noise, modes, outliers, and what"
                + " to do about them. Without a benchmark, lists all series; with one, shows each match in full."
                + " Worst first. Without --branch: the main branch and the branch that is checked out; the list"
                + " has one row for both, that of the branch, unless main has newer runs and needs attention.",
        footer = {"", "Example: plumb history '*Sort*' --metric time --days 90"})
public final class HistoryCommand extends Command {
    @Parameters(
            arity = "0..1",
            paramLabel = "BENCHMARK",
            description = "Part of a benchmark name, a pattern with * and ?, or the id of a series; shows each match"
                    + " in full.")
    private String benchmark;

    @Mixin
    private QueryOptions queryOptions = new QueryOptions();

    @Option(
            names = "--sort",
            paramLabel = "ORDER",
            defaultValue = "worst",
            description = "worst or name. Default: ${DEFAULT-VALUE}, the series that most need attention first.")
    private ReadHistory.Order order;

    @Option(names = "--points", description = "Show every point, even when no benchmark is named.")
    private boolean points;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private StyleOptions styleOptions = new StyleOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = storeOption.workspace(terminal());
        if (benchmark != null) {
            BenchmarkSelector.check(workspace, new BenchmarkPattern(benchmark));
        }
        BranchSelector branches = json ? BranchSelector.all(query()) : BranchSelector.of(workspace, query());
        FindStops.Stops stops = json || !queryOptions.revisions().isEverything()
                ? FindStops.Stops.NONE
                : new FindStops(workspace).find(branches);
        boolean wantsPoints = points || benchmark != null;
        List<AnalyzedSeries> found = new ReadHistory(
                        workspace, json || wantsPoints ? ReadHistory.Detail.WHOLE : ReadHistory.Detail.ROW)
                .read(branches, queryOptions.revisions(), order, stops);
        String why = found.isEmpty() ? new ExplainNoSeries(workspace).explain(query()) : "";
        FindDisturbedRuns disturbed = new FindDisturbedRuns(workspace);
        if (json) {
            if (wantsPoints) {
                HistoryJson.writePoints(found, disturbed.find(found), terminal().out());
            } else {
                HistoryJson.writeList(found, disturbed.find(found), terminal().out());
            }
        } else {
            TextStyle style = styleOptions
                    .style(terminal(), points || styleOptions.verbose())
                    .withStore(storeOption.store());
            List<NewestRun> stopped = stops.besides(found);
            if (found.isEmpty()) {
                terminal().err().println("plumb: " + why);
            } else if (wantsPoints) {
                for (int i = 0; i < found.size(); i++) {
                    terminal()
                            .out()
                            .print((i == 0 ? "" : "\n")
                                    + HistoryText.points(found.get(i), of(found.get(i), stopped), style));
                }
            } else {
                BranchRows rows = BranchRows.of(found);
                terminal().out().print(HistoryText.list(rows.shown(), stopped, stops.together(), style));
                terminal().out().print(HistoryText.disturbed(disturbed.find(rows.shown()), style));
                rows.words().ifPresent(words -> print(words, style));
            }
            if (!found.isEmpty()) {
                branches.words().ifPresent(words -> print(words, style));
            }
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    /** Broken to the width of a terminal; on one line elsewhere. */
    private void print(String words, TextStyle style) {
        if (style.whole()) {
            terminal().out().println(TerminalText.escape(words));
        } else {
            StringBuilder out = new StringBuilder();
            Paragraph.append("", style.safe(words), Ansi.PLAIN, style, out);
            terminal().out().print(out);
        }
    }

    /** The runs about a series: of its branch, and of its benchmark where they name one. */
    private static List<NewestRun> of(AnalyzedSeries series, List<NewestRun> stopped) {
        return stopped.stream()
                .flatMap(one -> one.about(series.series().key()).stream())
                .toList();
    }

    private SeriesQuery query() {
        SeriesQuery query = queryOptions.query(terminal().clock().instant());
        return benchmark == null ? query : query.ofBenchmark(new BenchmarkPattern(benchmark));
    }
}
