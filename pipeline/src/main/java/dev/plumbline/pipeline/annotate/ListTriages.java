package dev.plumbline.pipeline.annotate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.pipeline.snapshot.annotation.RecordedAnnotations;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.TriageReport;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Lists the triages of incidents and findings. */
public final class ListTriages {
    private final Workspace workspace;
    private final Policies policies;

    public ListTriages(Workspace workspace, Policies policies) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
    }

    /** The last triage of every incident and finding, and the acceptances. */
    public TriageReport list() throws IOException {
        try (RunStore store = workspace.openExisting()) {
            Annotations annotations = RecordedAnnotations.of(workspace, store);
            List<Triage> latest = List.copyOf(annotations.latest());
            PromisedFixes fixes = PromisedFixes.among(latest, workspace, policies, store);
            return new TriageReport(
                    latest,
                    RecordedAnnotations.acceptances(workspace, store),
                    workspace.clock().instant(),
                    latest.stream()
                            .filter(annotations::isAcceptedSince)
                            .map(Triage::id)
                            .collect(Collectors.toSet()),
                    fixes.broken(),
                    fixes.kept());
        }
    }
}
