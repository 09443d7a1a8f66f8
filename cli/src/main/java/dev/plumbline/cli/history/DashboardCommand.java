package dev.plumbline.cli.history;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.EnvironmentLine;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.OutputFile;
import dev.plumbline.cli.option.PeriodOptions;
import dev.plumbline.cli.option.PolicyOptions;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.check.ReportRun;
import dev.plumbline.pipeline.history.ReadPeriod;
import dev.plumbline.pipeline.repository.FindPageFrame;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.pipeline.workspace.DefaultEnvironment;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import dev.plumbline.report.content.EnvironmentChoice;
import dev.plumbline.report.format.JsonText;
import dev.plumbline.report.html.DetailedReport;
import dev.plumbline.report.html.HtmlPeriodReport;
import dev.plumbline.report.html.HtmlReport;
import dev.plumbline.report.html.PageFrame;
import dev.plumbline.report.html.PageFrame.Link;
import dev.plumbline.report.period.PeriodReport;
import dev.plumbline.report.period.PeriodSummary;
import dev.plumbline.report.text.TextReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Charts to explore: of a period, of a run, or a folder with both. */
@CommandLine.Command(
        name = "dashboard",
        description = "Write an HTML dashboard of the stored series: health, trends, change points per week,"
                + " heatmap, performance debt. It opens offline, from a file, a web server or an artefact viewer.",
        footer = {
            "",
            "A folder gets three linked pages: index.html (the period), run.html (the newest run) and"
                    + " summary.html (the last 90 days on one page).",
            "",
            "Examples: plumb dashboard --days 180 -o public",
            "          plumb dashboard --run newest -o run.html"
        })
public final class DashboardCommand extends Command {
    private static final String NEWEST = "newest";

    private static final int DAYS_OF_SUMMARY = 90;

    private static final Link PERIOD = new Link("Dashboard", "index.html");
    private static final Link RUN = new Link("Newest run", "run.html");
    private static final Link SUMMARY = new Link("Summary", "summary.html");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PLACE",
            defaultValue = "plumbline-dashboard.html",
            description = "Output: a file ending in .html, or a folder. Default: ${DEFAULT-VALUE}")
    private Path output;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description = "Show one run instead of a period: its changes, their severity, when they began, and"
                    + " the environment. Give the first characters of the run id or commit, or newest.")
    private String run;

    @Option(
            names = "--base",
            paramLabel = "BRANCH",
            description = "Branch whose history the run is judged against. Default: the pull request's target,"
                    + " else main.")
    private String base;

    @Option(names = "--json", description = "Output JSON.")
    private boolean json;

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Mixin
    private PolicyOptions policyOptions = new PolicyOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    /** The incidents of the pages, which are searched for once. */
    private final FindIncidents.Seen incidents = new FindIncidents.Seen();

    private final List<Path> pages = new ArrayList<>();
    private final List<String> summaries = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (!HtmlReport.isAvailable()) {
            throw wrongUse("this Plumbline was built without its pages, because Node was missing; install Node 20 or"
                    + " newer and build again");
        }
        if (run != null && period.isGiven()) {
            throw wrongUse("--run shows the whole run; --days, --benchmark, --metric, --environment and --branch"
                    + " apply to a period only");
        }
        Workspace workspace = storeOption.workspace(terminal());
        if (isFolder()) {
            writeFolder(workspace);
        } else if (run != null) {
            DetailedReport detailed = detailed(workspace);
            writeRun(output, detailed, frame(detailed.runs()));
        } else {
            PeriodReport periodReport = periodReports(
                            workspace, List.of(period.days(OptionalInt.empty())), Optional.empty())
                    .get(0);
            write(output, periodReport, HtmlPeriodReport.View.DASHBOARD, frame(periodReport.runs()));
            summaries.add(PeriodSummary.line(periodReport));
        }
        if (json) {
            JsonText.write(
                    terminal().out(),
                    out -> out.object(() -> {
                        out.text("schema", "plumbline-dashboard/1");
                        out.array("pages", pages, page -> out.text(page.toString()));
                        out.array("summaries", summaries, out::text);
                    }));
        } else {
            summaries.forEach(terminal().out()::println);
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private boolean isFolder() {
        String name = String.valueOf(output.getFileName()).toLowerCase(Locale.ROOT);
        return Files.isDirectory(terminal().directory().resolve(output))
                || !name.endsWith(".html") && !name.endsWith(".htm");
    }

    private PageFrame frame(Set<RunInfo> runs) {
        return new FindPageFrame(terminal().directory(), terminal().variables()).around(runs);
    }

    private void writeFolder(Workspace workspace) throws IOException {
        OptionalInt days = period.days(OptionalInt.empty());
        // the newest run is written first: its details are as large as the series, which are read next
        Optional<Report> newest = writeNewest(workspace);
        List<PeriodReport> both = periodReports(
                workspace,
                days.isPresent() ? List.of(days) : List.of(days, OptionalInt.of(DAYS_OF_SUMMARY)),
                newest.filter(report -> base == null));
        PeriodReport periodReport = both.get(0);
        PageFrame around = frame(periodReport.runs()).withLinks(links(newest.isPresent()));
        write(output.resolve(PERIOD.file()), periodReport, HtmlPeriodReport.View.DASHBOARD, around);
        newest.map(TextReport::summary).ifPresent(summaries::add);
        PeriodReport summary = both.get(both.size() - 1);
        write(output.resolve(SUMMARY.file()), summary, HtmlPeriodReport.View.EXECUTIVE, around);
        summaries.add(PeriodSummary.line(periodReport));
    }

    /** The pages of a folder. */
    private static List<Link> links(boolean hasRun) {
        return hasRun ? List.of(PERIOD, RUN, SUMMARY) : List.of(PERIOD, SUMMARY);
    }

    /** Writes the page of the requested run, or of the newest one; its report, or empty where there is none. */
    private Optional<Report> writeNewest(Workspace workspace) throws IOException {
        Optional<DetailedReport> newest = newest(workspace);
        if (newest.isEmpty()) {
            // files of an earlier history would look like those of this one
            Files.deleteIfExists(terminal().directory().resolve(output).resolve(RUN.file()));
            return Optional.empty();
        }
        writePage(
                output.resolve(RUN.file()),
                newest.get(),
                frame(newest.get().runs()).withLinks(links(true)));
        return newest.map(DetailedReport::report);
    }

    /** The requested run, or the newest one; empty when none was requested and there is none. */
    private Optional<DetailedReport> newest(Workspace workspace) throws IOException {
        try {
            return Optional.of(detailed(workspace));
        } catch (NoSuchFileException e) {
            if (run != null) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private DetailedReport detailed(Workspace workspace) throws IOException {
        return new ReportRun(
                        workspace,
                        policyOptions.policies(workspace.configuration()),
                        policyOptions.gatePolicy(workspace),
                        Optional.ofNullable(base),
                        isFolder() && run == null ? newestOfPeriod(workspace) : new ReportRun.Wanted.Last(),
                        incidents)
                .report(Optional.ofNullable(run).filter(name -> !name.equals(NEWEST)), true);
    }

    /** Beside the pages of a period the newest run is that of their branch, and of one environment's history. */
    private ReportRun.Wanted newestOfPeriod(Workspace workspace) throws IOException {
        Optional<String> shown = BranchSelector.shown(workspace);
        Optional<String> branch = period.branch().or(() -> shown);
        Optional<EnvironmentChoice> choice =
                period.environment().isPresent() ? Optional.empty() : DefaultEnvironment.of(workspace, branch);
        EnvironmentLine.print(RUN.file() + " shows", choice, terminal());
        return period.environment()
                .or(() -> choice.map(EnvironmentChoice::environment))
                .<ReportRun.Wanted>map(environment -> new ReportRun.Wanted.Newest(branch, environment))
                .orElseGet(ReportRun.Wanted.Last::new);
    }

    private List<PeriodReport> periodReports(Workspace workspace, List<OptionalInt> periods, Optional<Report> known)
            throws IOException {
        return new ReadPeriod(
                        workspace,
                        policyOptions.policies(workspace.configuration()),
                        policyOptions.gatePolicy(workspace),
                        known,
                        incidents)
                .read(period.query(), periods);
    }

    private void writeRun(Path file, DetailedReport detailed, PageFrame frame) throws IOException {
        writePage(file, detailed, frame);
        summaries.add(TextReport.summary(detailed.report()));
    }

    private void writePage(Path file, DetailedReport detailed, PageFrame frame) throws IOException {
        pages.add(file);
        OutputFile.write(file, terminal(), out -> HtmlReport.write(detailed, HtmlReport.View.DASHBOARD, frame, out));
    }

    private void write(Path file, PeriodReport periodReport, HtmlPeriodReport.View view, PageFrame frame)
            throws IOException {
        pages.add(file);
        OutputFile.write(file, terminal(), out -> HtmlPeriodReport.write(periodReport, view, frame, out));
    }
}
