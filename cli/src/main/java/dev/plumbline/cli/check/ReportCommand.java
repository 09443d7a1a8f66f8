package dev.plumbline.cli.check;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.OutputOptions;
import dev.plumbline.cli.option.PeriodOptions;
import dev.plumbline.cli.option.PolicyOptions;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.pipeline.check.CompareResults;
import dev.plumbline.pipeline.check.ReportRun;
import dev.plumbline.pipeline.history.ReadBalance;
import dev.plumbline.pipeline.history.ReadPeriod;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.html.DetailedReport;
import dev.plumbline.report.html.HtmlPeriodReport;
import dev.plumbline.report.period.PeriodReport;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a report in the chosen form. */
@CommandLine.Command(
        name = "report",
        description = "Report on a stored run or on a period. Records nothing and never fails the gate.",
        footer = {
            "",
            "regression  a run judged against its history, or against another run with --against (default)",
            "ci          the same in a few lines: blocking or not, why, the worst benchmarks, what to do next"
                    + " (text, Markdown and JSON; other formats show the regression report)",
            "history     all series of a period, with what is open and their change points",
            "executive   a period on one page; the last 90 days without --days, --since or --until",
            "",
            "Examples: plumb report -o report.html",
            "          plumb report --kind executive --days 90 -o quarter.html",
            "          plumb report --kind executive --since v1.1 --until v1.2",
            "          plumb report --run 5f6a7b8c --against v1.2.0 --as markdown"
        })
public final class ReportCommand extends Command {
    /** A quarter. */
    private static final int DAYS = 90;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "regression",
            description = "regression, ci, history or executive. Default: ${DEFAULT-VALUE}")
    private Kind kind;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description =
                    "First characters of a run id or commit. Default: the last recorded revision of the checked-out"
                            + " branch, else of the main branch, with all its suites.")
    private String run;

    @Option(
            names = "--against",
            paramLabel = "SIDE",
            description = "Compare the run with this: a file, commit, tag or run in the history.")
    private String against;

    @Option(
            names = "--base",
            paramLabel = "BRANCH",
            description = "Branch whose history is the reference. Default: the pull request's target, else the main"
                    + " branch.")
    private String base;

    @Option(
            names = "--since",
            paramLabel = "NAME",
            description = "With --kind executive: start of the period: a day such as 2026-01-31, a tag, a branch or a"
                    + " commit.")
    private String since;

    @Option(
            names = "--until",
            paramLabel = "NAME",
            description = "End of the period, in the same way. Default:" + " now.")
    private String until;

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Mixin
    private PolicyOptions policyOptions = new PolicyOptions();

    @Mixin
    private OutputOptions outputOptions = new OutputOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    /** The kind of report. */
    enum Kind {
        REGRESSION,
        CI,
        HISTORY,
        EXECUTIVE
    }

    @Override
    public Integer call() throws IOException {
        Workspace workspace = storeOption.workspace(terminal());
        switch (kind) {
            case REGRESSION -> outputOptions.write(detailed(workspace), terminal());
            case CI -> outputOptions.writeCi(detailed(workspace), terminal());
            case HISTORY -> periodReport(workspace, OptionalInt.empty(), HtmlPeriodReport.View.HISTORY);
            case EXECUTIVE -> periodReport(workspace, OptionalInt.of(DAYS), HtmlPeriodReport.View.EXECUTIVE);
        }
        return ExitCode.OPEN;
    }

    private DetailedReport detailed(Workspace workspace) throws IOException {
        boolean detail = outputOptions.wantsDetail();
        if (period.isNarrowed()) {
            throw wrongUse("a report of a run always covers the whole run; --days, --benchmark, --metric and"
                    + " --environment need --kind history or executive");
        }
        if (since != null || until != null) {
            throw wrongUse(
                    "a report of a run always covers the whole run; --since and --until need --kind" + " executive");
        }
        ReportRun reports = new ReportRun(
                workspace,
                policyOptions.policies(workspace.configuration()),
                policyOptions.gatePolicy(workspace),
                Optional.ofNullable(base),
                period.branch()
                        .<ReportRun.Wanted>map(ReportRun.Wanted.OfBranch::new)
                        .orElseGet(ReportRun.Wanted.Last::new));
        if (against == null) {
            return reports.report(Optional.ofNullable(run), detail);
        }
        CompareResults comparison = new CompareResults(
                workspace,
                Optional.empty(),
                policyOptions.policies(workspace.configuration()),
                policyOptions.gatePolicy(workspace));
        String candidate = run != null
                ? run
                : reports.report(Optional.empty(), false)
                        .report()
                        .candidates()
                        .get(0)
                        .id();
        return comparison.compare(against, candidate, detail);
    }

    private void periodReport(Workspace workspace, OptionalInt days, HtmlPeriodReport.View view) throws IOException {
        if (run != null || against != null || base != null) {
            throw wrongUse("--run, --against and --base need a report of a run, not --kind "
                    + kind.name().toLowerCase(java.util.Locale.ROOT));
        }
        outputOptions.checkChronicle();
        Policies policies = policyOptions.policies(workspace.configuration());
        boolean executive = view == HtmlPeriodReport.View.EXECUTIVE;
        if (!executive && (since != null || until != null)) {
            throw wrongUse("--since and --until need --kind executive; --kind history takes --days");
        }
        PeriodReport periodReport = executive
                ? new ReadBalance(workspace, policies, policyOptions.gatePolicy(workspace))
                        .read(
                                period.query(),
                                Optional.ofNullable(since),
                                Optional.ofNullable(until),
                                period.days(days).orElse(DAYS))
                : new ReadPeriod(workspace, policies, policyOptions.gatePolicy(workspace))
                        .read(period.query(), List.of(period.days(days)))
                        .get(0);
        outputOptions.write(periodReport, view, terminal());
    }
}
