package dev.plumbline.cli;

import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.pipeline.MeantBenchmarks;
import dev.plumbline.pipeline.ReadBaselines;
import dev.plumbline.pipeline.Workspace;
import dev.plumbline.report.BaselineJson;
import dev.plumbline.report.BaselineText;
import dev.plumbline.report.TextStyle;
import dev.plumbline.store.BenchmarkPattern;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a version of baselines holds. */
@CommandLine.Command(
        name = "show",
        description = "Show what baselines there are of a name, or all that there is to some of them.",
        footer = {"", "Example: plumb baseline show decode --verbose"})
final class BaselineShowCommand extends Command {
    @Parameters(
            arity = "0..1",
            paramLabel = "BENCHMARK",
            description = "Part of a benchmark's name, or a pattern with * and ?; shows all that there is to it.")
    private String benchmark;

    @Option(names = "--version-number", paramLabel = "N", description = "This version. Default: the newest.")
    private Integer number;

    @Option(names = "--metric", paramLabel = "NAME", description = "Only this metric.")
    private String metric;

    @Option(names = "--environment", paramLabel = "NAME", description = "Only this environment.")
    private String environment;

    @Option(names = "--branch", paramLabel = "NAME", description = "Only this branch.")
    private String branch;

    @Mixin
    private BaselineOptions options = new BaselineOptions();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = options.workspace(terminal());
        BaselineVersion version = new ReadBaselines(workspace)
                .version(options.name(workspace), number == null ? OptionalInt.empty() : OptionalInt.of(number));
        List<EstablishedBaseline> shown =
                version.baselines().stream().filter(this::isWanted).toList();
        if (shown.isEmpty() && benchmark != null) {
            MeantBenchmarks.check(workspace, new BenchmarkPattern(benchmark));
        }
        if (options.json()) {
            BaselineJson.version(version.info(), shown, terminal().out());
        } else if (shown.isEmpty()) {
            terminal().err().println("plumb: no such baseline in it; plumb baseline show lists all");
            return ExitCode.WRONG;
        } else {
            print(version, shown);
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private void print(BaselineVersion version, List<EstablishedBaseline> shown) {
        TextStyle style = options.style(terminal());
        if (benchmark == null) {
            terminal()
                    .out()
                    .print(BaselineText.version(
                            BaselineVersion.of(
                                    version.info().name(),
                                    version.info().change(),
                                    version.info().provenance(),
                                    shown),
                            style));
            return;
        }
        String gap = "";
        for (EstablishedBaseline baseline : shown) {
            terminal().out().print(gap + BaselineText.baseline(baseline, style));
            gap = "\n";
        }
    }

    private boolean isWanted(EstablishedBaseline baseline) {
        return (benchmark == null || new BenchmarkPattern(benchmark).matches(baseline.key()))
                && (metric == null || baseline.key().metric().equals(metric))
                && (environment == null || baseline.key().environment().equals(environment))
                && (branch == null || baseline.key().branch().equals(branch));
    }
}
