package dev.plumbline.cli.triage;

import dev.plumbline.cli.option.BaselineOptions;
import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.DateConverter;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.annotate.AcceptChanges;
import dev.plumbline.pipeline.annotate.AcceptKnown;
import dev.plumbline.pipeline.annotate.AcceptReported;
import dev.plumbline.pipeline.annotate.FileAcceptance;
import dev.plumbline.pipeline.annotate.ListAcceptances;
import dev.plumbline.pipeline.annotate.RevokeAcceptance;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.BaselineText;
import dev.plumbline.report.evidence.Quantity;
import dev.plumbline.report.json.BaselineJson;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.terminal.TextStyle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Accepts a change for the worse. */
@CommandLine.Command(
        name = "accept",
        description = "Accept a regression: it no longer fails the gate, and the baseline starts at the new level."
                + " Also accepts an improvement that is too good to be true, and the removal of a benchmark.",
        footer = {
            "",
            "plumb explain and the JSON report show a finding's id; its first characters are enough. The id is the",
            "same on every branch.",
            "Established baselines under --name move to the accepted level. Other baselines, such as those of a",
            "release, stay; a check against them uses the accepted level and notes it.",
            "",
            "Without the history, --report, --change or --missing writes the acceptance to the repository only; the",
            "next check imports it into the history.",
            "",
            "Examples: plumb accept 3f2a9c01d4e7 --reason \"stricter checks, agreed\" --until 2026-12-31",
            "          plumb accept Sort.quick --missing --reason \"replaced by Sort.merge\""
        })
public final class AcceptCommand extends Command {
    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            converter = DateConverter.class,
            description = "When the acceptance expires: 2026-12-31T12:00:00Z, or 2026-12-31 for the start of that day"
                    + " in UTC. Default: never.")
    private Instant until;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            defaultValue = "env",
            description =
                    "env: this metric in this environment; metric: this metric in all environments; benchmark: every"
                            + " metric of the benchmark that changed with the same commit, each up to its own size, in all"
                            + " environments. Default: ${DEFAULT-VALUE}")
    private Acceptance.Scope scope;

    @Option(
            names = "--write",
            description = "Also write it to the repository, for code review: plumbline/acceptances.yaml.")
    private boolean write;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "A JSON report of plumb check that contains the finding; use it where you do not have"
                    + " the history.")
    private Path report;

    @ArgGroup(exclusive = false)
    private Known known;

    /** A finding that is described by options, as in the command that a pull-request comment prints. */
    static final class Known {
        @Option(
                names = "--change",
                paramLabel = "CHANGE",
                converter = ChangeConverter.class,
                description = "Size of the change, as 12.5%% or 0.125; the history is not needed. Give the full"
                        + " benchmark name.")
        private Double change;

        @Option(
                names = "--missing",
                description = "Accept that the benchmark was removed; the history is not needed. Give the full"
                        + " benchmark name.")
        private boolean missing;

        @Option(
                names = "--metric",
                paramLabel = "NAME",
                description = "With --change or --missing: only this metric. Default: all.")
        private String metric;

        @Option(
                names = "--environment",
                paramLabel = "NAME",
                description = "With --change or --missing: only in this environment. Default: all.")
        private String environment;

        @Option(
                names = "--since",
                paramLabel = "COMMIT",
                description = "With --change or --missing: the commit that introduced the change. Default:"
                        + " unknown, for example before a squash.")
        private String since = "";
    }

    @Mixin
    private BaselineOptions options = new BaselineOptions();

    @Mixin
    private BaselineOptions.AuthorOptions authorOptions = new BaselineOptions.AuthorOptions();

    /** One of them. */
    static final class What {
        @CommandLine.Parameters(
                arity = "0..1",
                paramLabel = "FINDING|INCIDENT|BENCHMARK",
                description = "Id of a finding or an incident (its first characters are enough), or a benchmark: name,"
                        + " part of the name, or pattern with * and ?. For a benchmark without a"
                        + " finding: its absence from the newest run, or its newest regression that"
                        + " still persists.")
        private String target;

        @Option(names = "--list", description = "List the acceptances.")
        private boolean list;

        @Option(names = "--revoke", paramLabel = "ID", description = "Revoke this acceptance.")
        private String revoke;
    }

    private boolean isReported() {
        return report != null || known != null;
    }

    private void acceptInFile(Workspace workspace, Author author) throws IOException {
        Optional<Instant> end = Optional.ofNullable(until);
        FileAcceptance outcome = report != null
                ? new AcceptReported(workspace, author).accept(report, what.target, scope, end)
                : new AcceptKnown(workspace, author)
                        .accept(
                                Benchmark.ofLabel(what.target),
                                Optional.ofNullable(known.metric),
                                Optional.ofNullable(known.environment),
                                known.since,
                                known.missing ? Acceptance.MISSING : known.change,
                                end);
        outcome.doubt().ifPresent(doubt -> terminal().err().println("plumb: warning: " + TerminalText.escape(doubt)));
        if (!options.json()) {
            tellMissing(outcome.acceptance());
        }
        print(outcome.all().stream()
                .map(one -> new KnownAcceptance(one, outcome.file(), Optional.empty()))
                .toList());
        if (!options.json()) {
            printLine("written: " + outcome.file() + "; commit it, and the next check imports it into the history");
            tellRest(outcome.rest(), " --report " + report);
        }
    }

    /** One change often shows in several metrics of a benchmark. */
    private void tellRest(List<String> rest, String how) {
        if (!rest.isEmpty()) {
            printLine(
                    "the same change is open in " + (rest.size() == 1 ? "1 more metric" : rest.size() + " more metrics")
                            + " of the benchmark: plumb accept " + rest.get(0) + how + " --reason WHY"
                            + (rest.size() == 1 ? "" : ", then " + String.join(", ", rest.subList(1, rest.size())))
                            + "; accept them together with --scope benchmark");
        }
    }

    @Override
    public Integer call() throws IOException {
        if (isReported() && (what.target == null || report != null && known != null)) {
            throw wrongUse(
                    what.target == null
                            ? "--report, --change and --missing need a finding or a benchmark; name one"
                            : "--report excludes --change and --missing: the report already contains the change");
        }
        if (known != null && known.missing == (known.change != null)) {
            throw wrongUse(
                    known.missing
                            ? "--change and --missing exclude each other: a missing benchmark has no change"
                            : "--metric, --environment and --since need --change or --missing");
        }
        Workspace workspace = options.workspace(terminal());
        Author author = authorOptions.author(terminal());
        if (what.list) {
            print(new ListAcceptances(workspace).list());
        } else if (what.revoke != null) {
            RevokeAcceptance.Outcome revoked = new RevokeAcceptance(workspace, author).revoke(what.revoke);
            print(List.of(revoked.acceptance()));
            if (!options.json()) {
                revoked.versions()
                        .forEach(version ->
                                printLine("baselines " + version.name() + " went back: version " + version.number()));
            }
        } else {
            if (author.reason().isBlank()) {
                throw wrongUse("give a reason: --reason TEXT");
            }
            if (isReported()) {
                acceptInFile(workspace, author);
                terminal().out().flush();
                return ExitCode.OPEN;
            }
            accept(
                    new AcceptChanges(workspace, options.name(workspace), options.settings(workspace), author),
                    BranchSelector.checkedOut(workspace));
        }
        terminal().out().flush();
        return ExitCode.OPEN;
    }

    /** @param here the branch that is checked out, where that is known */
    private void accept(AcceptChanges changes, Optional<String> here) throws IOException {
        AcceptChanges.Outcome outcome = changes.accept(what.target, scope, Optional.ofNullable(until), write);
        if (!options.json()) {
            Set<String> branches = outcome.accepted().stream()
                    .flatMap(one -> one.series().stream())
                    .map(SeriesKey::branch)
                    .collect(Collectors.toSet());
            boolean isElsewhere =
                    branches.size() > 1 || here.isPresent() && !branches.isEmpty() && !branches.contains(here.get());
            outcome.accepted().stream().filter(one -> one.back().isEmpty()).forEach(one -> one.levels()
                    .ifPresent(levels -> printLevels(levels, one.acceptance().since(), isElsewhere)));
            outcome.accepted().stream().map(AcceptChanges.Accepted::acceptance).forEach(this::tellMissing);
        }
        print(outcome.accepted().stream()
                .map(one -> new KnownAcceptance(one.acceptance(), "command", Optional.empty()))
                .toList());
        if (options.json()) {
            return;
        }
        for (AcceptChanges.Accepted one : outcome.accepted()) {
            if (one.points() > 0 && one.series().size() > 1) {
                printLine("accepted in " + one.series().size() + " series");
            }
            one.back()
                    .ifPresent(run -> printLine("warning: this change is over: "
                            + one.acceptance().benchmark().label() + " is back at the level before since commit "
                            + run.header().revision().shortCommit() + " of "
                            + LocalDate.ofInstant(run.time(), ZoneOffset.UTC)
                            + (one.points() == 0 ? "; its runs stay out of the reference" : "")));
        }
        outcome.moved()
                .ifPresent(version -> printLine("baselines " + version.name() + " moved: version " + version.number()));
        if (!outcome.staying().isEmpty()) {
            printLine("baselines " + String.join(", ", outcome.staying())
                    + " keep the level before; plumb baseline establish BENCHMARK --name NAME moves them too");
        }
        outcome.files().forEach(file -> printLine("written: " + file));
        tellRest(outcome.rest(), "");
        if (!outcome.below().isEmpty()) {
            printLine((outcome.below().size() == 1
                            ? "the regression that this one came on top of is"
                            : "regressions that these came on top of are")
                    + " not accepted and still fail" + (outcome.below().size() == 1 ? "s" : "")
                    + " the gate: fix it, or plumb accept "
                    + String.join(", plumb accept ", outcome.below()) + " --reason WHY");
        }
        if (!outcome.onBase().isEmpty()) {
            printLine(
                    "a change of another size is open on the main branch and not accepted with this one: plumb accept "
                            + String.join(", plumb accept ", outcome.onBase()) + " --reason WHY");
        }
    }

    /**
     * {@code Accepted: parse time 12.4 → 16.0 µs. New runs that have commit 3f2a1c9d00 are judged against 16.0 µs.}
     *
     * @param since the commit with which it began: a branch that started before it keeps the level before; may be empty
     */
    private void printLevels(AcceptChanges.Levels levels, String since, boolean withBranch) {
        Quantity.Pair pair = Quantity.pair(levels.before(), levels.after(), levels.unit(), Double.NaN);
        TextStyle style = options.style(terminal());
        terminal()
                .out()
                .println(style.safe((levels.isImprovement() ? "Improvement accepted: " : "Accepted: ")
                        + levels.key().benchmark().label() + " "
                        + levels.key().metric()
                        + (withBranch ? " on " + levels.key().branch() : "") + " " + pair.before() + " → "
                        + pair.after()
                        + ". New runs "
                        + (since.isEmpty() ? "" : "that have commit " + TerminalText.start(since, 10) + " ")
                        + "are judged against " + pair.after() + "."));
    }

    /** {@code Accepted: parse is missing since commit 3f2a1c9d00. Checks no longer expect it.} */
    private void tellMissing(Acceptance acceptance) {
        if (acceptance.isOfMissing()) {
            String since = acceptance.since();
            printLine("Accepted: " + acceptance.benchmark().label()
                    + acceptance.metric().map(" "::concat).orElse("") + " is missing"
                    + (since.isEmpty() ? "" : " since commit " + TerminalText.start(since, 10))
                    + ". Checks no longer expect it.");
        }
    }

    private void printLine(String words) {
        terminal().out().println(TerminalText.escape(words));
    }

    private void print(List<KnownAcceptance> all) throws IOException {
        if (options.json()) {
            BaselineJson.acceptances(
                    all, terminal().clock().instant(), terminal().out());
        } else {
            terminal()
                    .out()
                    .print(BaselineText.acceptances(all, terminal().clock().instant(), options.style(terminal())));
        }
    }

    /** Shares and percentages. */
    static final class ChangeConverter implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            String number = text.strip();
            boolean isPercent = number.endsWith("%");
            try {
                double change = Double.parseDouble(
                        isPercent ? number.substring(0, number.length() - 1).strip() : number);
                if (Double.isFinite(change) && change != 0) {
                    return isPercent ? change / 100 : change;
                }
            } catch (NumberFormatException e) {
                // reported below
            }
            throw new TypeConversionException("not a change: '" + text + "'; write it as 12.5% or 0.125");
        }
    }
}
