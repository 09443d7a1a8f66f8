package dev.plumbline.cli;

import dev.plumbline.core.model.Series;
import dev.plumbline.pipeline.ListHistory;
import dev.plumbline.report.HistoryJson;
import dev.plumbline.report.HistoryText;
import dev.plumbline.report.TerminalText;
import dev.plumbline.report.TextStyle;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is stored. */
@CommandLine.Command(
        name = "history",
        description = "List the stored series, or the points of some of them.",
        footer = {"", "Example: plumb history '*Sort*' --metric time --days 90"})
final class HistoryCommand extends Command {
    @Parameters(
            arity = "0..1",
            paramLabel = "BENCHMARK",
            description = "Part of a benchmark's name, or a pattern with * and ?; shows the points of what it finds.")
    private String benchmark;

    @Option(names = "--metric", paramLabel = "NAME", description = "Only this metric.")
    private String metric;

    @Option(names = "--environment", paramLabel = "NAME", description = "Only this environment.")
    private String environment;

    @Option(names = "--branch", paramLabel = "NAME", description = "Only this branch.")
    private String branch;

    @Option(names = "--days", paramLabel = "N", description = "Only runs of the last N days.")
    private Integer days;

    @Option(names = "--runs", paramLabel = "N", description = "Only the newest N runs of each series.")
    private Integer runs;

    @Option(names = "--points", description = "Show points even when no benchmark is named.")
    private boolean points;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "always, never or auto. Default: ${DEFAULT-VALUE}")
    private Terminal.Colour colour;

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        List<Series> found = new ListHistory(storeOption.workspace(terminal())).list(query());
        boolean wantsPoints = points || benchmark != null;
        if (json) {
            if (wantsPoints) {
                HistoryJson.writePoints(found, terminal().out());
            } else {
                HistoryJson.writeList(found, terminal().out());
            }
        } else {
            TextStyle style = terminal().style(colour, false);
            if (found.isEmpty()) {
                terminal().err().println("plumb: " + nothingFound());
            } else if (wantsPoints) {
                found.forEach(series -> terminal().out().print(HistoryText.points(series, style)));
            } else {
                terminal().out().print(HistoryText.list(found, style));
            }
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    /** What to do when nothing is shown: the history may be empty, or the question too narrow. */
    private String nothingFound() throws IOException {
        int all = new ListHistory(storeOption.workspace(terminal()))
                .list(SeriesQuery.all())
                .size();
        if (all == 0) {
            return "no series found; plumb record RESULT adds some";
        }
        String hint = benchmark == null
                ? "ask for less"
                : "a name with * has to match from its beginning to its end; try '*"
                        + TerminalText.escape(benchmark.replaceAll("^\\*+|\\*+$", "")) + "*'";
        return "none of the history's " + all + " series matches; " + hint;
    }

    private SeriesQuery query() {
        SeriesQuery query = SeriesQuery.all();
        if (benchmark != null) {
            query = query.ofBenchmark(new BenchmarkPattern(benchmark));
        }
        if (metric != null) {
            query = query.ofMetric(metric);
        }
        if (environment != null) {
            query = query.inEnvironment(environment);
        }
        if (branch != null) {
            query = query.onBranch(branch);
        }
        if (days != null) {
            if (days < 0) {
                throw wrongUse("--days takes a number from 0 on, not " + days);
            }
            query = query.since(terminal().clock().instant().minus(Duration.ofDays(days)));
        }
        if (runs != null) {
            if (runs < 1) {
                throw wrongUse("--runs takes a number from 1 on, not " + runs);
            }
            query = query.newest(runs);
        }
        return query;
    }
}
