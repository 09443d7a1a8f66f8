package dev.plumbline.cli.baseline;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.baseline.ShowBaselines;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.BaselineText;
import dev.plumbline.report.json.BaselineJson;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a version of baselines. */
@CommandLine.Command(
        name = "show",
        description = "Show the baselines under a name, or all details of some of them.",
        footer = {"", "Example: plumb baseline show decode --verbose"})
final class BaselineShowCommand extends Command {
    @Parameters(
            arity = "0..1",
            paramLabel = "NAME|DIR|BENCHMARK",
            description = "A name, a version such as NAME@3, or a folder; or a benchmark (name, part of the"
                    + " name, or pattern with * and ?) to show in full. Default: all baselines of --name.")
    private String source;

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
        ShowBaselines.Shown asked = new ShowBaselines(workspace)
                .show(
                        Optional.ofNullable(source),
                        options.name(workspace),
                        number == null ? OptionalInt.empty() : OptionalInt.of(number));
        BaselineVersion version = asked.version();
        List<EstablishedBaseline> shown = version.baselines().stream()
                .filter(baseline -> asked.benchmark()
                        .map(pattern -> pattern.matches(baseline.key()))
                        .orElse(true))
                .filter(this::isWanted)
                .toList();
        if (options.json()) {
            BaselineJson.version(version.info(), shown, terminal().out());
        } else if (shown.isEmpty()) {
            terminal().err().println("plumb: no such baseline; list them with plumb baseline show");
            return ExitCode.WRONG;
        } else {
            print(version, shown, asked.benchmark().isPresent());
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private void print(BaselineVersion version, List<EstablishedBaseline> shown, boolean inFull) {
        TextStyle style = options.style(terminal());
        if (!inFull) {
            terminal()
                    .out()
                    .print(BaselineText.version(
                            new BaselineVersion(
                                    new VersionInfo(
                                            version.info().name(),
                                            version.info().change(),
                                            version.info().provenance(),
                                            shown.size(),
                                            version.info().validated()),
                                    shown),
                            style));
            return;
        }
        String gap = "";
        for (EstablishedBaseline baseline : shown) {
            terminal()
                    .out()
                    .print(gap + BaselineText.baseline(baseline, version.info().validated(), style));
            gap = "\n";
        }
    }

    private boolean isWanted(EstablishedBaseline baseline) {
        return (metric == null || baseline.key().metric().equals(metric))
                && (environment == null || baseline.key().environment().equals(environment))
                && (branch == null || baseline.key().branch().equals(branch));
    }
}
