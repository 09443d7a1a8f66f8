package dev.plumbline.pipeline.annotate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.NearRevision;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.TriageReport;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Records triages of incidents and findings. */
public final class RecordTriage {
    private final Workspace workspace;
    private final Policies policies;

    public RecordTriage(Workspace workspace, Policies policies) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
    }

    /**
     * The recorded triage.
     *
     * @param report one line for each change that was named
     * @param doubt why the fix may never arrive
     */
    public record Outcome(TriageReport report, Optional<String> doubt) {}

    /**
     * Records.
     *
     * @param target an incident's id, a finding's, or the beginning of one; or the name of a benchmark that a check
     *     judged bad
     * @param until when it ends; for {@link Triage.Decision#MUTED} and for nothing else
     * @param fixedBy a commit, a tag or a branch; for {@link Triage.Decision#FIXED} and for nothing else
     * @throws NothingFound if the target names nothing
     * @throws WrongRequest if it ends before it begins
     */
    public Outcome record(
            String target, Triage.Decision decision, Optional<Instant> until, Optional<String> fixedBy, Author author)
            throws IOException {
        NothingFound.ifBlank(target, "incident and no regression", "list them with plumb incidents");
        Instant now = workspace.clock().instant();
        if (until.isPresent() && !until.get().isAfter(now)) {
            throw new WrongRequest(
                    "it would expire at " + until.get() + ", which is in the past",
                    new IllegalArgumentException("until " + until.get()));
        }
        String fix = fixedBy.map(
                        name -> new Git(workspace.directory()).commitOf(name).orElse(name))
                .orElse("");
        try (RunStore store = workspace.openExisting()) {
            List<Triage> stated = new ArrayList<>();
            for (TriageTargets.SelectedChange selected : new TriageTargets(workspace, policies, store)
                    .select(target, decision == Triage.Decision.REOPENED)) {
                Triage triage = new Triage(
                        selected.id(), decision, until, fix, author.name(), now, author.reason(), selected.subjects());
                store.triage().add(triage);
                if (decision == Triage.Decision.FALSE_ALARM) {
                    FalseAlarmMarks.clear(store, triage);
                } else {
                    FalseAlarmMarks.restore(store, triage);
                }
                stated.add(triage);
            }
            PromisedFixes fixes = PromisedFixes.among(stated, workspace, policies, store);
            return new Outcome(
                    new TriageReport(stated, List.of(), now, Set.of(), fixes.broken(), fixes.kept()),
                    fixedBy.flatMap(this::doubt));
        }
    }

    /**
     * The reason why a fix may never arrive: there is a repository here, and it does not know the name. The name may
     * still be right, as that of a commit which is not fetched yet.
     */
    private Optional<String> doubt(String fixedBy) {
        Git git = new Git(workspace.directory());
        return NearRevision.isUnknown(fixedBy, git)
                ? Optional.of(
                        "this repository has no commit, tag or branch " + fixedBy + NearRevision.hint(fixedBy, git)
                                + ": the change counts again only once a run of exactly that commit is recorded")
                : Optional.empty();
    }
}
