package dev.plumbline.pipeline.check;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.HistoryBranches;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.pipeline.snapshot.RunSelector;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import dev.plumbline.report.html.DetailedReport;
import dev.plumbline.report.note.CheckNotes;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges a stored run again and reports everything about it; nothing is recorded or marked. */
public final class ReportRun {

    private final Workspace workspace;
    private final Policies policies;
    private final GatePolicy gatePolicy;
    private final Optional<String> baseBranch;
    private final Wanted wanted;
    private final FindIncidents.Seen seen;

    /** The run that is selected when none is named. */
    public sealed interface Wanted {
        /**
         * The last recorded run of the branch that is checked out, else of the default branch; of any branch where
         * neither has runs, or no checkout is known.
         */
        record Last() implements Wanted {}

        /**
         * The newest one of an environment, whatever was recorded or is checked out since.
         *
         * @param branch the branch; if empty, the base branch if the environment has runs of it, else any
         */
        record Newest(Optional<String> branch, String environment) implements Wanted {}

        /** The one of a certain branch that was recorded last; a named commit is wanted of it too. */
        record OfBranch(String name) implements Wanted {}
    }

    public ReportRun(
            Workspace workspace, Policies policies, GatePolicy gatePolicy, Optional<String> baseBranch, Wanted wanted) {
        this(workspace, policies, gatePolicy, baseBranch, wanted, new FindIncidents.Seen());
    }

    /** @param seen takes the open incidents */
    public ReportRun(
            Workspace workspace,
            Policies policies,
            GatePolicy gatePolicy,
            Optional<String> baseBranch,
            Wanted wanted,
            FindIncidents.Seen seen) {
        this.seen = requireNonNull(seen, "seen");
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
        this.gatePolicy = requireNonNull(gatePolicy, "gatePolicy");
        this.baseBranch = requireNonNull(baseBranch, "baseBranch");
        this.wanted = requireNonNull(wanted, "wanted");
    }

    /**
     * Reports.
     *
     * @param named the beginning of a run's id or of a commit's; if not given, the revision to report with its runs of
     *     all suites in all environments; the newest of any branch if that branch has none and was not given
     * @param detail whether everything that a page shows is wanted beside the conclusions
     * @throws NoSuchFileException if there is no such run
     * @throws IOException if the accepted changes in the repository cannot be read
     */
    public DetailedReport report(Optional<String> named, boolean detail) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            RunSelector meant = new RunSelector(store);
            List<RunInfo> runs = runs(meant, named, store);
            StoredJudgement judged = StoredJudgement.of(runs, store, workspace, policies, gatePolicy, baseBranch);
            List<String> notes = new ArrayList<>();
            if (named.isEmpty()) {
                meant.otherSuites(runs, "plumb report").ifPresent(notes::add);
            }
            if (named.isEmpty() && wanted instanceof Wanted.Last) {
                otherBranches(runs.get(0).header().revision().branch(), store).ifPresent(notes::add);
            }
            Report report = judged.report();
            for (String note : notes) {
                report = report.withNote(note);
            }
            return detail
                    ? SeriesDetails.detailed(report, judged.judgement(), policies, store)
                            .with(new FindIncidents(workspace, policies, seen)
                                    .open(baseBranch.orElseGet(() -> workspace.baseBranch(store)), store))
                    : DetailedReport.bare(report);
        }
    }

    /** The branch that is shown by default, and how to choose another; empty where there is none. */
    private Optional<String> otherBranches(String shown, RunStore store) {
        List<String> others = HistoryBranches.of(store).all().stream()
                .filter(branch -> !branch.equals(shown) && !branch.isEmpty())
                .toList();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        boolean isCheckedOut =
                BranchSelector.checkedOut(workspace).filter(shown::equals).isPresent();
        return Optional.of(CheckNotes.lastRunOf(shown, isCheckedOut, others));
    }

    private List<RunInfo> runs(RunSelector meant, Optional<String> named, RunStore store) throws IOException {
        Optional<String> branch = wanted instanceof Wanted.OfBranch one
                ? Optional.of(one.name())
                : wanted instanceof Wanted.Newest one ? one.branch() : Optional.empty();
        if (branch.isPresent()) {
            HistoryBranches.of(store).check(branch.get());
        }
        List<RunInfo> runs = named.map(name -> meant.named(name, branch, git())).orElseGet(() -> newest(meant, store));
        if (runs.isEmpty()) {
            throw new NoSuchFileException(
                    named.orElse("the newest run"),
                    null,
                    named.isPresent()
                            ? "is not a run or a commit in the history"
                                    + branch.map(name -> " of " + name).orElse("")
                                    + RunSelector.hint(named.get(), store, git())
                            : "the history has no runs; add results with plumb record RESULT");
        }
        return runs;
    }

    private Git git() {
        return new Git(workspace.directory());
    }

    private List<RunInfo> newest(RunSelector meant, RunStore store) {
        List<RunInfo> runs;
        if (wanted instanceof Wanted.OfBranch one) {
            runs = meant.recordedLastOn(one.name());
        } else if (wanted instanceof Wanted.Newest one) {
            runs = newest(meant, one, store);
        } else {
            runs = recordedLast(meant, store);
        }
        return runs.isEmpty() ? meant.newest() : runs;
    }

    private List<RunInfo> recordedLast(RunSelector meant, RunStore store) {
        return BranchSelector.checkedOut(workspace)
                .flatMap(checkedOut -> BranchSelector.shown(workspace, store))
                .map(meant::recordedLastOn)
                .orElseGet(meant::recordedLast);
    }

    private List<RunInfo> newest(RunSelector meant, Wanted.Newest one, RunStore store) {
        List<RunInfo> runs =
                meant.newestOn(one.branch().orElseGet(() -> workspace.baseBranch(store)), one.environment());
        if (!runs.isEmpty()) {
            return runs;
        }
        return one.branch().map(meant::newestOn).orElseGet(() -> meant.newestIn(one.environment()));
    }
}
