package dev.plumbline.cli.triage;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.JudgingOptions;
import dev.plumbline.cli.option.PeriodOptions;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.pipeline.history.ListIncidents;
import dev.plumbline.pipeline.history.ShowIncident;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.IncidentsReport;
import java.io.IOException;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the incidents with their suspects. */
@CommandLine.Command(
        name = "incidents",
        description = "List incidents: changes that began at the same revision. With an id, show its details:"
                + " the commits between the last good and the first bad run, ranked as suspects, and whether the"
                + " environment caused it.",
        footer = {"", "See docs/incidents.md. Example: plumb incidents --days 90; plumb incidents i3f2a9c01"})
public final class IncidentsCommand extends Command {
    @Parameters(arity = "0..1", paramLabel = "ID", description = "An incident's id, or its first characters.")
    private String id;

    @Option(
            names = "--all",
            description = "Also list incidents that are accepted, fixed, recovered, false alarms or machine noise, and"
                    + " improvements.")
    private boolean all;

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Mixin
    private JudgingOptions judging = new JudgingOptions();

    @Mixin
    private TriageOptions options = new TriageOptions();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = options.workspace(terminal());
        Policies policies = judging.policies(workspace.configuration());
        IncidentsReport report = id == null
                ? new ListIncidents(workspace, policies).list(period.query(), period.days(OptionalInt.empty()), all)
                : new ShowIncident(workspace, policies).show(id, period.query());
        if (options.json()) {
            report.write(terminal().out());
        } else {
            terminal()
                    .out()
                    .print(
                            id == null
                                    ? report.list(options.style(terminal()))
                                    : report.details(options.style(terminal())));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
