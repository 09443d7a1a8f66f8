package dev.plumbline.cli;

import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.ReadBaselines;
import dev.plumbline.pipeline.Workspace;
import dev.plumbline.report.BaselineJson;
import dev.plumbline.report.BaselineText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How baselines changed. */
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
        List<VersionInfo> versions = new ReadBaselines(workspace).versions(options.name(workspace));
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
