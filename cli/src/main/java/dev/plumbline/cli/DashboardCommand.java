package dev.plumbline.cli;

import dev.plumbline.pipeline.ReadChronicle;
import dev.plumbline.pipeline.Workspace;
import dev.plumbline.report.Chronicle;
import dev.plumbline.report.ChronicleSummary;
import dev.plumbline.report.HtmlChronicle;
import dev.plumbline.report.HtmlReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Charts of a period to explore. */
@CommandLine.Command(
        name = "dashboard",
        description = "Write a page to explore the stored series with: health, trends, steps per week, heatmap, debt."
                + " It opens offline, from a file, a web server or an artefact viewer.",
        footer = {"", "Example: plumb dashboard --days 180 -o public/index.html"})
final class DashboardCommand extends Command {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "plumbline-dashboard.html",
            description = "Where to write it: a file, or a folder that gets an index.html. Default: ${DEFAULT-VALUE}")
    private Path output;

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Mixin
    private PolicyOptions policyOptions = new PolicyOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        if (!HtmlReport.isAvailable()) {
            throw wrongUse("this Plumbline was built without its pages, because Node was missing; install Node 20 or"
                    + " newer and build again");
        }
        Workspace workspace = storeOption.workspace(terminal());
        Chronicle chronicle = new ReadChronicle(workspace, policyOptions.policies(workspace.configuration()))
                .read(period.query(), period.days(OptionalInt.empty()));
        Path file = Files.isDirectory(terminal().directory().resolve(output)) ? output.resolve("index.html") : output;
        OutputFile.write(file, terminal(), out -> HtmlChronicle.write(chronicle, HtmlChronicle.View.DASHBOARD, out));
        terminal().out().println(ChronicleSummary.line(chronicle));
        terminal().out().flush();
        return ExitCode.OPEN;
    }
}
