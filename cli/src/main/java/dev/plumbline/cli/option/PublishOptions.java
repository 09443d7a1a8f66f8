package dev.plumbline.cli.option;

import dev.plumbline.pipeline.check.PublishReport;
import dev.plumbline.pipeline.workspace.Caller;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.publish.Delivery;
import dev.plumbline.publish.Publication;
import dev.plumbline.report.Report;
import dev.plumbline.report.json.JsonReport;
import dev.plumbline.report.terminal.TerminalText;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The channels to which a report is published beside the terminal. */
public final class PublishOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--publish",
            paramLabel = "CHANNEL",
            split = ",",
            description = "Publish the report too: github (summary, comment, check), github-comment,"
                    + " github-check, github-status, github-summary, gitlab, slack, teams, mattermost, discord,"
                    + " pagerduty, alertmanager, mail, webhook; separate several by commas. A failing channel is reported but does not change the exit code. docs/ci.md lists what"
                    + " each needs.")
    private List<String> channels = List.of();

    @Option(
            names = "--publish-name",
            paramLabel = "NAME",
            description = "Distinguishes several suites of one repository: each gets its own comment and check."
                    + " Default: Plumbline")
    private String name = Publication.DEFAULT_NAME;

    /** The publisher; empty when none is requested. Checked before anything is judged or recorded. */
    public Optional<PublishReport> in(Workspace workspace) {
        if (!channels.isEmpty() && workspace.caller().isPresent()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "a server does not accept the option --publish");
        }
        return channels.isEmpty()
                ? Optional.empty()
                : Optional.of(publisher(spec, workspace, channels, name, Optional.empty()));
    }

    public static PublishReport publisher(
            CommandSpec spec, Workspace workspace, List<String> channels, String name, Optional<URI> link) {
        try {
            return new PublishReport(workspace, channels, name, link);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Writes the report for a machine that publishes it by itself. */
    public static void keep(Report report, Terminal terminal) throws IOException {
        Optional<Path> file = terminal.caller().flatMap(Caller::report);
        if (file.isPresent()) {
            try (OutputStream out = Files.newOutputStream(file.get())) {
                JsonReport.write(report, out);
            }
        }
    }

    /** Publishes if requested, and writes the result to stderr. */
    public static void publish(Optional<PublishReport> publisher, Report report, Terminal terminal) throws IOException {
        if (publisher.isPresent()) {
            for (Map.Entry<String, Delivery> one :
                    publisher.get().publish(report).entrySet()) {
                print(one.getKey(), one.getValue(), terminal);
            }
        }
    }

    private static void print(String channel, Delivery delivery, Terminal terminal) {
        delivery.done().forEach(words -> terminal.err().println(line(channel + ": " + words)));
        delivery.failed().forEach(words -> terminal.err().println(line(channel + ": not published: " + words)));
        terminal.err().flush();
    }

    private static String line(String words) {
        return "plumb: " + TerminalText.escape(words);
    }
}
