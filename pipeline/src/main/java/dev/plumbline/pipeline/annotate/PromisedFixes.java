package dev.plumbline.pipeline.annotate;

import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.incident.Case;
import dev.plumbline.pipeline.repository.HistoryBranches;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The promised fixes that were kept or broken.
 *
 * @param broken the ids of those whose change is still there though the runs have the commit
 * @param kept the ids of those whose change is back
 */
record PromisedFixes(Set<String> broken, Set<String> kept) {
    PromisedFixes {
        broken = Set.copyOf(broken);
        kept = Set.copyOf(kept);
    }

    /** The promised fixes of the base branch. */
    static PromisedFixes among(List<Triage> latest, Workspace workspace, Policies policies, RunStore store)
            throws IOException {
        String base = workspace.baseBranch(store);
        if (latest.stream().noneMatch(triage -> triage.decision() == Triage.Decision.FIXED)
                || !HistoryBranches.of(store).has(base)) {
            return new PromisedFixes(Set.of(), Set.of());
        }
        FindIncidents.Found found = new FindIncidents(workspace, policies).on(base, store);
        return new PromisedFixes(
                ids(Stream.concat(
                        found.cases().stream().flatMap(one -> one.broken().stream()),
                        found.called().stream().flatMap(one -> one.statements().broken().stream()))),
                ids(found.cases().stream()
                        .filter(one -> one.state() == Case.State.FIXED
                                && one.incident().recovered())
                        .flatMap(one -> one.statement().stream())));
    }

    private static Set<String> ids(Stream<? extends Annotation> promises) {
        return promises.map(Annotation::id).collect(Collectors.toSet());
    }
}
