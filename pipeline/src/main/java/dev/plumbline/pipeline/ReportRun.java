package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.detect.Gate;
import dev.plumbline.core.detect.GatePolicy;
import dev.plumbline.core.detect.Policies;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.report.Dossier;
import dev.plumbline.report.Report;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges a stored run once more and tells everything about it; nothing is recorded or marked. */
public final class ReportRun {
    private final Workspace workspace;
    private final Policies policies;
    private final GatePolicy gatePolicy;
    private final Optional<String> baseBranch;

    public ReportRun(Workspace workspace, Policies policies, GatePolicy gatePolicy, Optional<String> baseBranch) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
        this.gatePolicy = requireNonNull(gatePolicy, "gatePolicy");
        this.baseBranch = requireNonNull(baseBranch, "baseBranch");
    }

    /**
     * Reports.
     *
     * @param named the beginning of a run's id or of a commit's; when it is not given, the newest revision with its
     *     runs of all suites in all environments
     * @param detail whether everything that a page shows is wanted beside the conclusions
     * @throws NoSuchFileException if there is no such run
     * @throws IOException if the accepted changes in the repository cannot be read
     */
    public Dossier report(Optional<String> named, boolean detail) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            MeantRuns meant = new MeantRuns(store);
            List<RunInfo> runs = runs(meant, named, store);
            String base = baseBranch.orElseGet(() -> workspace.baseBranch(store));
            Acceptances acceptances = Acceptances.of(workspace, store);
            Triages triages = Triages.of(store, workspace.clock().instant());
            References references = References.of(
                    acceptances,
                    triages,
                    BaselineSource.wanted(
                            workspace,
                            store,
                            workspace.configuration().baseline().use().value()),
                    base,
                    policies,
                    store.checkedRuns());
            references.forkedBy(runs, workspace, store);
            references.accumulateFor(runs, workspace, store);
            JudgeRuns.Judgement judgement = new JudgeRuns(store, policies, base, references).judge(runs);
            AcceptedFindings accepted =
                    AcceptedFindings.seen(judgement, acceptances, triages, runs, new Git(workspace.directory()));
            List<String> notes = new ArrayList<>(references.notes());
            notes.addAll(accepted.notes());
            if (named.isEmpty()) {
                meant.otherSuites(runs, "plumb report").ifPresent(notes::add);
            }
            Report report = new Report(
                    Version.TEXT,
                    Report.Kind.CHECK,
                    runs,
                    references.words(runs, store),
                    accepted.findings(),
                    judgement.missing(),
                    new Gate(gatePolicy).decide(accepted.findings(), judgement.missing(), accepted.ids()),
                    List.of(),
                    notes,
                    policies.general());
            return detail ? Exhibits.dossier(report, judgement, policies, store) : Dossier.bare(report);
        }
    }

    private static List<RunInfo> runs(MeantRuns meant, Optional<String> named, RunStore store)
            throws NoSuchFileException {
        List<RunInfo> runs = named.map(meant::named).orElseGet(meant::newest);
        if (runs.isEmpty()) {
            throw new NoSuchFileException(
                    named.orElse("the newest run"),
                    null,
                    named.isPresent()
                            ? "is neither a run nor a commit in the history" + MeantRuns.hint(named.get(), store)
                            : "the history is empty");
        }
        return runs;
    }
}
