package dev.plumbline.cli;

import dev.plumbline.pipeline.PublishReport;
import dev.plumbline.pipeline.Workspace;
import dev.plumbline.publish.Delivery;
import dev.plumbline.publish.DeliveryReport;
import dev.plumbline.publish.Publication;
import dev.plumbline.report.Report;
import dev.plumbline.report.TerminalText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes known what another job found. */
@CommandLine.Command(
        name = "publish",
        description = "Publish a report that plumb check --json wrote, perhaps in another job: on a pull request, as a"
                + " check, in a channel.",
        footer = {
            "",
            "The report is untrusted input and does not choose where it goes: repository, commit and",
            "pull request come from the job that publishes. docs/ci.md tells what each channel needs.",
            "",
            "Exit codes: 0 everything was published, whatever the gate says, 2 something was not.",
            "",
            "Example: plumb publish report.json --to github"
        })
final class PublishCommand extends Command {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "REPORT", description = "What plumb check, compare or pr wrote with --json.")
    private Path file;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "CHANNEL",
            split = ",",
            description = "github (summary, comment, check), github-comment, github-check, github-status,"
                    + " github-summary, gitlab, slack; several with commas.")
    private List<String> channels;

    @Option(
            names = "--publish-name",
            paramLabel = "NAME",
            description = "Tells several suites of one repository apart. Default: Plumbline")
    private String name = Publication.DEFAULT_NAME;

    @Option(
            names = "--link",
            paramLabel = "URL",
            description = "Where the whole report can be read. Default: the page of the job.")
    private URI link;

    @Option(names = "--json", description = "Answer in JSON.")
    private boolean json;

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = storeOption.workspace(terminal());
        PublishReport publisher = PublishOptions.publisher(spec, workspace, channels, name, Optional.ofNullable(link));
        Report report = PublishReport.read(workspace, file);
        Map<String, Delivery> deliveries = publisher.publish(report);
        if (json) {
            DeliveryReport.writeJson(deliveries, terminal().out());
        } else {
            terminal().out().print(TerminalText.escapeLines(DeliveryReport.text(deliveries)) + "\n");
        }
        terminal().out().flush();
        return deliveries.values().stream().allMatch(Delivery::isComplete) ? ExitCode.OPEN : ExitCode.WRONG;
    }
}
