package dev.plumbline.cli.check;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.PublishOptions;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.pipeline.check.PublishReport;
import dev.plumbline.pipeline.check.ReadReport;
import dev.plumbline.pipeline.check.TestChannels;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.publish.Delivery;
import dev.plumbline.publish.DeliveryReport;
import dev.plumbline.publish.Publication;
import dev.plumbline.report.Report;
import dev.plumbline.report.terminal.TerminalText;
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
        description = "Publish a report written by plumb check --json, possibly in another job: to a pull"
                + " request, as a check, or to a channel.",
        footer = {
            "",
            "The report is untrusted input and cannot choose its destination: repository, commit and",
            "pull request come from the publishing job. docs/ci.md lists what each channel needs.",
            "",
            "Exit codes: 0 everything was published, regardless of the gate, 2 something was not.",
            "",
            "Examples:",
            "  plumb publish report.json --to github",
            "  plumb publish --test --to teams,mail"
        })
public final class PublishCommand extends Command {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "REPORT", arity = "0..1", description = "JSON report of plumb check, compare or pr.")
    private Path file;

    @Option(names = "--test", description = "Send a test message instead of a report.")
    private boolean isTest;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "CHANNEL",
            split = ",",
            description = "github (summary, comment, check), github-comment, github-check, github-status,"
                    + " github-summary, gitlab, slack, teams, mattermost, discord, pagerduty, alertmanager, mail,"
                    + " webhook; separate several by commas.")
    private List<String> channels;

    @Option(
            names = "--publish-name",
            paramLabel = "NAME",
            description = "Distinguishes several suites of one repository. Default: Plumbline")
    private String name = Publication.DEFAULT_NAME;

    @Option(names = "--link", paramLabel = "URL", description = "URL of the full report. Default: the job's page.")
    private URI link;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        if (isTest == (file != null)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), isTest ? "--test sends no report" : "name the REPORT, or use --test");
        }
        Workspace workspace = storeOption.workspace(terminal());
        Map<String, Delivery> deliveries = isTest ? tested(workspace) : published(workspace);
        if (json) {
            DeliveryReport.writeJson(deliveries, terminal().out());
        } else {
            terminal().out().print(TerminalText.escapeLines(DeliveryReport.text(deliveries)) + "\n");
        }
        terminal().out().flush();
        return deliveries.values().stream().allMatch(Delivery::isComplete) ? ExitCode.OPEN : ExitCode.WRONG;
    }

    private Map<String, Delivery> published(Workspace workspace) throws IOException {
        PublishReport publisher = PublishOptions.publisher(spec, workspace, channels, name, Optional.ofNullable(link));
        Report report = new ReadReport(workspace).read(file);
        return publisher.publish(report);
    }

    private Map<String, Delivery> tested(Workspace workspace) throws IOException {
        try {
            return new TestChannels(workspace, channels, name, Optional.ofNullable(link)).send();
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
