package dev.plumbline.pipeline.annotate;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.pipeline.repository.HistoryBranches;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fixed triages whose regression persists. */
final class BrokenFixes {
    private BrokenFixes() {}

    /** Their ids. */
    static Set<String> among(List<Triage> latest, Workspace workspace, Policies policies, RunStore store)
            throws IOException {
        String base = workspace.baseBranch(store);
        if (latest.stream().noneMatch(triage -> triage.decision() == Triage.Decision.FIXED)
                || !HistoryBranches.of(store).has(base)) {
            return Set.of();
        }
        FindIncidents.Found found = new FindIncidents(workspace, policies).on(base, store);
        return Stream.concat(
                        found.cases().stream().flatMap(one -> one.broken().stream()),
                        found.called().stream().flatMap(one -> one.statements().broken().stream()))
                .map(Annotation::id)
                .collect(Collectors.toSet());
    }
}
