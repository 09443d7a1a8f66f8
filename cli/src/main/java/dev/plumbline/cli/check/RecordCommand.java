package dev.plumbline.cli.check;

import dev.plumbline.cli.option.Command;
import dev.plumbline.cli.option.ExitCode;
import dev.plumbline.cli.option.ProgressLine;
import dev.plumbline.cli.option.ReadingOptions;
import dev.plumbline.cli.option.ResultOptions;
import dev.plumbline.cli.option.StandardInput;
import dev.plumbline.cli.option.StoreOption;
import dev.plumbline.cli.option.StyleOptions;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Revision;
import dev.plumbline.pipeline.record.PreviewResults;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.record.RecordResults;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.content.Preview;
import dev.plumbline.report.json.RecordedJson;
import dev.plumbline.report.terminal.TerminalText;
import dev.plumbline.report.text.PreviewText;
import dev.plumbline.store.Recorded;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds to the history and judges nothing. */
@CommandLine.Command(
        name = "record",
        description = "Add results to the history without judging them.",
        footer = {
            "",
            "Records all files, or none if one cannot be read. Folders may contain other files too.",
            "Example: plumb record old-results/ --branch main --dry-run"
        })
public final class RecordCommand extends Command {
    /** Runs of the same measurements beyond this number are rarely of one commit. */
    private static final int SURELY_SEVERAL = 5;

    private static final int PROBLEMS_SHOWN = 20;

    /** The beginning of the advice in the message about an unknown format. */
    private static final String ADVICE = ". List the formats:";

    @Parameters(
            arity = "1..*",
            paramLabel = "RESULT",
            description = "Result files, folders of them, or - for standard input.")
    private List<Path> results;

    @Option(names = "--dry-run", description = "Show what would be read; store nothing.")
    private boolean dryRun;

    @Option(
            names = "--keep-going",
            description = "Skip unreadable files with a warning. Default: one unreadable file rejects all.")
    private boolean keepGoing;

    @Option(
            names = "--commits-by-time",
            description = "For results without a commit: use the commit that was the branch's head at the time"
                    + " of the results (from the file or its name; UTC). Default: the commit that is checked"
                    + " out, unless it is newer than the results.")
    private boolean commitsByTime;

    @Option(
            names = "--again",
            description = "Record results again that the history already has without a commit or with another"
                    + " time. Default: recognise and skip them.")
    private boolean again;

    @Option(
            names = {"-v", "--verbose"},
            description = "With --dry-run: show every measurement.")
    private boolean verbose;

    @Mixin
    private StyleOptions.Colours colours = new StyleOptions.Colours();

    @Option(
            names = "--json",
            description = "Output JSON: the runs that were recorded, and what could not be" + " read.")
    private boolean json;

    @Mixin
    private ReadingOptions readingOptions = new ReadingOptions();

    @Mixin
    private ResultOptions resultOptions = new ResultOptions();

    @Mixin
    private StoreOption storeOption = new StoreOption();

    @Override
    public Integer call() throws IOException {
        if (commitsByTime && resultOptions.overrides().commit().isPresent()) {
            throw wrongUse("--commits-by-time and --commit exclude each other");
        }
        if (dryRun && json) {
            throw wrongUse("--dry-run and --json exclude each other: a dry run records no runs");
        }
        try (StandardInput input = StandardInput.of(results, terminal())) {
            Workspace workspace = input.in(readingOptions.in(storeOption.workspace(terminal())));
            return dryRun ? preview(workspace) : record(workspace);
        }
    }

    private ReadingSettings reading(Workspace workspace) throws IOException {
        return ReadingSettings.of(resultOptions.overrides(workspace, terminal()), readingOptions.format())
                .leavingUnreadableOut(keepGoing)
                .withCommitsByTime(commitsByTime)
                .leavingCopiesOut(!again);
    }

    private int record(Workspace workspace) throws IOException {
        RecordResults.Outcome outcome;
        try (ProgressLine progress = new ProgressLine(terminal())) {
            outcome = new RecordResults(workspace, reading(workspace), progress).record(results);
        }
        warn(outcome.problems());
        warnOfUnreadable(outcome.unreadable());
        sameCommit(outcome).ifPresent(this::warn);
        withoutCommit(outcome).ifPresent(this::warn);
        outcome.notes().forEach(note -> terminal().err().println("plumb: " + TerminalText.escape(note)));
        if (json) {
            forPrograms(outcome).writeJson(terminal().out());
        } else {
            terminal().out().println(outcome.runs().isEmpty() ? nothing(outcome) : summary(outcome));
        }
        terminal().out().flush();
        boolean allInVain = outcome.runs().isEmpty()
                && !(outcome.problems().isEmpty() && outcome.unreadable().isEmpty());
        return allInVain ? ExitCode.WRONG : ExitCode.OPEN;
    }

    private RecordedJson forPrograms(RecordResults.Outcome outcome) {
        return new RecordedJson(
                outcome.files(),
                outcome.runs().stream()
                        .map(one ->
                                new RecordedJson.Row(one.run(), one.isNew(), one.measurements(), one.sameContentAs()))
                        .toList(),
                outcome.problems(),
                outcome.unreadable(),
                outcome.notes());
    }

    /**
     * Warns of old files of many commits that carry none: they are assigned to the one that is checked out; such files
     * mostly have the same content.
     */
    private Optional<Problem> sameCommit(RecordResults.Outcome outcome) {
        if (resultOptions.overrides().commit().isPresent()) {
            return Optional.empty();
        }
        List<Recorded> all = outcome.runs();
        return all.stream()
                .map(RecordCommand::commit)
                .distinct()
                .map(commit ->
                        all.stream().filter(one -> commit(one).equals(commit)).toList())
                .filter(runs -> !commit(runs.get(0)).isEmpty()
                        || runs.stream()
                                .anyMatch(one -> one.run().header().measuredAt().isEmpty()))
                .filter(runs -> runs.size() >= SURELY_SEVERAL
                        && runs.get(0).measurements() > 1
                        && runs.stream().map(Recorded::measurements).distinct().count() == 1)
                .findFirst()
                .map(runs -> new Problem(runs.size() + " runs", ofSeveral(runs)));
    }

    private static String ofSeveral(List<Recorded> runs) {
        String oneByOne = "plumb record --commit ID FILE, oldest first";
        if (commit(runs.get(0)).isEmpty()) {
            return "have neither a commit nor a time: each counts as a run of its own, in the order of recording;"
                    + " to name their commits, record them one by one into a new history: " + oneByOne;
        }
        String head = runs.get(0).run().header().revision().shortCommit();
        boolean areDated =
                runs.stream().allMatch(one -> one.run().header().measuredAt().isPresent());
        return "are recorded as results of one commit, " + head + "; if they belong to several commits, "
                + (areDated ? "use --commits-by-time, or " : "") + "delete them (plumb prune --run " + head
                + " --yes) and record them one by one: " + oneByOne;
    }

    /** Runs keep the commit that they were recorded with, also where they should get one now. */
    private Optional<Problem> withoutCommit(RecordResults.Outcome outcome) {
        List<Recorded> kept = outcome.runs().stream()
                .filter(one -> !one.isNew() && commit(one).isEmpty())
                .toList();
        boolean asked = commitsByTime || resultOptions.overrides().commit().isPresent();
        return asked && !kept.isEmpty()
                ? Optional.of(new Problem(
                        kept.size() == 1 ? name(kept.get(0)) : kept.size() + " runs",
                        (kept.size() == 1 ? "is" : "are") + " in the history without a commit and "
                                + (kept.size() == 1 ? "stays" : "stay") + " so; to get their commits, record all"
                                + " results into a new history: --store"
                                + " FILE. --again adds them a second time"))
                : Optional.empty();
    }

    private static String name(Recorded recorded) {
        return "run " + recorded.run().id().substring(0, 10);
    }

    private static String commit(Recorded recorded) {
        return recorded.run().header().revision().commit();
    }

    private int preview(Workspace workspace) throws IOException {
        Preview preview;
        try (ProgressLine progress = new ProgressLine(terminal())) {
            preview = new PreviewResults(workspace, reading(workspace), progress).preview(results);
        }
        warn(preview.problems());
        terminal().out().print(PreviewText.of(preview, colours.style(terminal(), verbose)));
        terminal().out().flush();
        boolean allInVain = preview.measurements() == 0 && !preview.problems().isEmpty();
        return (preview.unreadable() == 0 || keepGoing) && !allInVain ? ExitCode.OPEN : ExitCode.WRONG;
    }

    /**
     * Warns of unreadable files; the advice behind the first sentence is the same for each, and is printed with the
     * last one.
     */
    private void warnOfUnreadable(List<Problem> unreadable) {
        for (int i = 0; i < unreadable.size(); i++) {
            Problem problem = unreadable.get(i);
            int end = problem.what().indexOf(ADVICE);
            boolean again = end >= 0
                    && unreadable.subList(i + 1, unreadable.size()).stream().anyMatch(later -> later.what()
                            .endsWith(problem.what().substring(end)));
            String what = again ? problem.what().substring(0, end) : problem.what();
            warn(new Problem(problem.where(), keepGoing ? what + "; this file is skipped" : what));
        }
    }

    private void warn(List<Problem> problems) {
        problems.stream().limit(PROBLEMS_SHOWN).forEach(this::warn);
        if (problems.size() > PROBLEMS_SHOWN) {
            terminal().err().println("… and " + (problems.size() - PROBLEMS_SHOWN) + " more like these");
        }
    }

    private void warn(Problem problem) {
        terminal().err().println("plumb: " + TerminalText.escape(problem.toString()));
    }

    private static String nothing(RecordResults.Outcome outcome) {
        int unreadable = outcome.unreadable().size();
        if (unreadable > 0 && unreadable < outcome.files()) {
            return String.format(
                    Locale.ROOT,
                    "nothing was recorded: %,d of %,d files cannot be read; skip them with --keep-going",
                    unreadable,
                    outcome.files());
        }
        return String.format(
                Locale.ROOT,
                "nothing was recorded: there are no results in %,d %s",
                outcome.files(),
                outcome.files() == 1 ? "file" : "files");
    }

    private static String summary(RecordResults.Outcome outcome) {
        long fresh = outcome.runs().stream().filter(Recorded::isNew).count();
        int read = outcome.files() - outcome.unreadable().size();
        long known = outcome.runs().size() - fresh;
        if (fresh == 0) {
            return already(outcome.runs());
        }
        return String.format(
                Locale.ROOT,
                "recorded %,d %s in %,d %s%s from %,d %s",
                outcome.newMeasurements(),
                outcome.newMeasurements() == 1 ? "measurement" : "measurements",
                fresh,
                fresh == 1 ? "run" : "runs",
                known > 0 ? String.format(Locale.ROOT, " (%,d more were recorded already)", known) : "",
                read,
                read == 1 ? "file" : "files");
    }

    /** The note that all runs were in the history before. */
    private static String already(List<Recorded> runs) {
        Recorded newest = runs.get(runs.size() - 1);
        Revision revision = newest.run().header().revision();
        return (runs.size() == 1
                        ? "already recorded, "
                        : String.format(Locale.ROOT, "all %,d runs are already recorded, such as ", runs.size()))
                + TerminalText.escape(name(newest)
                        + (revision.isKnown() ? " of commit " + revision.shortCommit() : "") + " on "
                        + revision.branch())
                + "; nothing was added";
    }
}
