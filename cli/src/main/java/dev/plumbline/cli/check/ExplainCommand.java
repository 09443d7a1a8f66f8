package dev.plumbline.cli.check;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.PolicyOptions;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.cli.option.StyleOptions;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.Roles;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.check.ExplainFindings;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.RoleWords;
import dev.plumbline.report.json.ExplanationJson;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import dev.plumbline.report.text.Explanation;
import dev.plumbline.report.text.MissingExplanation;
import dev.plumbline.store.BenchmarkPattern;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains the verdicts of a run. */
@CommandLine.Command(
        name = "explain",
        description = "Explain the verdict on the last recorded run of a benchmark: every check, with its numbers.",
        footer = {"", "Example: plumb explain wordCount"})
public final class ExplainCommand extends Command {
    @Parameters(
            paramLabel = "BENCHMARK",
            arity = "0..1",
            description = "Part of the name, a pattern with * and ?, or the id of a series or finding. Default:"
                    + " list everything that can be explained, worst first.")
    private String benchmark;

    @Option(
            names = "--run",
            paramLabel = "ID",
            description =
                    "First characters of a run id or commit. Default: the last recorded run of the branch that has the benchmark.")
    private String run;

    @Option(
            names = "--branch",
            paramLabel = "NAME",
            description = "Only runs of this branch. Default: the checked-out branch, else the base branch, where these"
                    + " measured it.")
    private String branch;

    @Option(names = "--metric", paramLabel = "NAME", description = "Only this metric.")
    private String metric;

    @Option(names = "--base", paramLabel = "BRANCH", description = "Branch whose history is the reference.")
    private String base;

    @Option(
            names = "--baseline",
            paramLabel = "NAME|DIR|none",
            description = "Judge against established baselines: a name, a version such as NAME@3, or a folder (needs"
                    + " no history); none judges against the history. Default: the value in"
                    + " plumbline.yaml, else none.")
    private String baseline;

    @Option(
            names = "--cumulative",
            paramLabel = "SINCE",
            description = "Also report small regressions that have added up since SINCE: release (the newest tag"
                    + " before the commit), a tag, commit or date, an age such as 30d, 'baseline NAME',"
                    + " or none. Default: the value in plumbline.yaml, else none.")
    private String cumulative;

    @Option(names = "--json", description = "Output JSON; docs/explain-schema.json describes it.")
    private boolean json;

    @Mixin
    private PolicyOptions policyOptions = new PolicyOptions();

    @Mixin
    private StyleOptions styleOptions = new StyleOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        Workspace workspace = storeOption.workspace(terminal()).withCumulative(Optional.ofNullable(cumulative));
        BenchmarkPattern pattern = new BenchmarkPattern(benchmark == null ? "*" : benchmark);
        ExplainFindings.Explained explained = new ExplainFindings(
                        workspace,
                        policyOptions.policies(workspace.configuration()),
                        Optional.ofNullable(base),
                        Optional.ofNullable(baseline)
                                .or(workspace.configuration().baseline().use()::value),
                        policyOptions.gatePolicy(workspace),
                        Optional.ofNullable(branch))
                .explain(pattern, Optional.ofNullable(metric), Optional.ofNullable(run));
        List<Finding> findings = explained.findings().stream()
                .filter(finding -> isAsked(finding.key()))
                .toList();
        List<String> unjudged = explained.roles().entrySet().stream()
                .filter(entry -> entry.getValue().role() == Role.CONTEXT)
                .filter(entry -> isAsked(entry.getKey()))
                .map(entry -> entry.getKey().benchmark().label() + " "
                        + entry.getKey().metric() + ", role " + RoleWords.of(entry.getValue())
                        + "; see it with plumb history; to have it judged, give it a role in plumbline.yaml"
                        + " (metrics:)")
                .toList();
        List<Missing> missing =
                explained.missing().stream().filter(one -> isAsked(one.key())).toList();
        if (json && (!findings.isEmpty() || !missing.isEmpty() || !unjudged.isEmpty())) {
            answer(explained, findings, missing).write(terminal().out());
            terminal().out().flush();
            return ExitCode.OPEN;
        }
        if (findings.isEmpty() && missing.isEmpty() && !unjudged.isEmpty()) {
            unjudged.forEach(line -> terminal().out().println(TerminalText.escape(line)));
            terminal().out().flush();
            return ExitCode.OPEN;
        }
        if (findings.isEmpty() && missing.isEmpty()) {
            String missed = metric == null || explained.roles().isEmpty() ? "benchmark" : "metric";
            String nothing = explained.runs().isEmpty() && benchmark == null
                    ? "no run to explain; add results with plumb record RESULT"
                    : (run == null ? "no run has such a " : "this run has no such ") + missed
                            + "; list them with plumb history";
            terminal().err().println("plumb: " + nothing);
            return ExitCode.WRONG;
        }
        terminal().err().println("plumb: " + TerminalText.escape(shown(explained.runs())));
        TextStyle style = styleOptions
                .style(terminal(), benchmark != null || styleOptions.verbose())
                .withStore(storeOption.store());
        if (benchmark == null) {
            terminal().out().print(Explanation.list(findings, missing, style));
            terminal().out().flush();
            return ExitCode.OPEN;
        }
        missing.forEach(one -> terminal()
                .out()
                .println(MissingExplanation.of(one, explained.gate(one.key()), explained.authors(), style)));
        explained.ended().forEach(line -> terminal().out().println(TerminalText.escape(line)));
        if (!explained.ended().isEmpty()) {
            terminal().out().println();
        }
        Map<String, Roles.Decision> roles = new HashMap<>();
        explained.roles().forEach((key, role) -> roles.put(metricOf(key), role));
        findings.forEach(finding -> terminal()
                .out()
                .println(Explanation.of(
                        finding,
                        explained.runs().get(0).header().revision().branch(),
                        Optional.ofNullable(roles.get(metricOf(finding.key()))),
                        explained.gate(finding.key()),
                        explained.early(finding.key()),
                        explained.authors(),
                        style)));
        unjudged.forEach(line -> terminal().out().println(TerminalText.escape(line)));
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    private ExplanationJson answer(ExplainFindings.Explained explained, List<Finding> findings, List<Missing> missing) {
        Map<SeriesKey, Roles.Decision> roles = new HashMap<>(explained.roles());
        roles.keySet().removeIf(key -> !isAsked(key));
        return new ExplanationJson(
                Version.TEXT,
                explained.runs(),
                findings,
                missing,
                explained.gate(),
                explained.early().stream().filter(loss -> isAsked(loss.key())).toList(),
                roles,
                explained.ended());
    }

    private boolean isAsked(SeriesKey key) {
        return metric == null || key.metric().equals(metric);
    }

    /** The metric of a finding, which may be of the branch that its run is compared with. */
    private static String metricOf(SeriesKey key) {
        return key.benchmark().label() + ' ' + key.metric();
    }

    /** The explained runs, and the option for others. */
    private static String shown(List<RunInfo> runs) {
        RunInfo newest = runs.get(0);
        String commit = newest.header().revision().commit();
        return "run " + newest.id().substring(0, 10)
                + (runs.size() > 1 ? " and " + (runs.size() - 1) + " more" : "")
                + (commit.isEmpty()
                        ? ""
                        : " of commit " + newest.header().revision().shortCommit())
                + " on " + newest.header().revision().branch() + "; use --run ID for another run";
    }
}
