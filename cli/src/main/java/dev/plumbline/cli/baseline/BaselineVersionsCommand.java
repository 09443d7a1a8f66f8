package dev.plumbline.cli.baseline;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.baseline.ListVersions;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.BaselineText;
import dev.plumbline.report.json.BaselineJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the versions of baselines. */
@CommandLine.Command(
        name = "versions",
        description =
                "List all versions of the baselines: when, by whom, from which runs and why each was" + " created.",
        footer = {"", "Example: plumb baseline versions --days 90"})
final class BaselineVersionsCommand extends Command {
    @Option(names = "--days", paramLabel = "N", description = "Only versions of the last N days.")
    private Integer days;

    @Mixin
    private BaselineOptions options = new BaselineOptions();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = options.workspace(terminal());
        List<VersionInfo> versions = new ListVersions(workspace).list(options.name(workspace));
        if (days != null) {
            if (days < 0) {
                throw wrongUse("--days takes a number of 0 or more, not " + days);
            }
            Instant since = terminal().clock().instant().minus(Duration.ofDays(days));
            versions = versions.stream()
                    .filter(info -> !info.provenance().at().isBefore(since))
                    .toList();
        }
        if (options.json()) {
            BaselineJson.versions(versions, terminal().out());
        } else if (versions.isEmpty()) {
            terminal().out().println("no version in the last " + days + " days");
        } else {
            terminal().out().print(BaselineText.versions(versions, options.style(terminal())));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
