package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.incident.Case;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.repository.HistoryBranches;
import dev.plumbline.pipeline.snapshot.BranchHistory;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.pipeline.snapshot.Snapshots;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.IncidentsReport;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Shows one incident with all details. */
public final class ShowIncident {
    private final Workspace workspace;
    private final Policies policies;

    public ShowIncident(Workspace workspace, Policies policies) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.policies = requireNonNull(policies, "policies");
    }

    /**
     * Shows one.
     *
     * @param id its id or the beginning of it
     * @param query selects the branch; without one, the base branch, else the checked-out one, else the first one with
     *     such an incident
     * @throws NothingFound if no incident, or several, have such an id
     */
    public IncidentsReport show(String id, SeriesQuery query) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            FindIncidents incidents = new FindIncidents(workspace, policies);
            String branch = query.branch().orElseGet(() -> workspace.baseBranch(store));
            FindIncidents.Found found = incidents.on(branch, store);
            if (query.branch().isEmpty() && FindIncidents.isBeginning(id) && !found.has(id)) {
                for (String other : others(branch, store)) {
                    FindIncidents.Found there = incidents.on(other, store);
                    if (there.has(id)) {
                        return shown(other, there.named(id));
                    }
                }
                // what began before a branch left its base, and is a change only with the branch's own runs
                Snapshots snapshots = Snapshots.configured(workspace, store);
                for (String other : others(branch, store)) {
                    FindIncidents.Found there =
                            incidents.inherited(BranchHistory.of(other, store, snapshots, policies), store);
                    if (there.has(id)) {
                        return shown(other, there.named(id));
                    }
                }
            }
            return shown(branch, found.named(id));
        }
    }

    private IncidentsReport shown(String branch, Case one) {
        return new IncidentsReport(
                Version.TEXT, branch, List.of(one), List.of(), workspace.clock().instant());
    }

    /** The branch that is checked out before all others. */
    private List<String> others(String branch, RunStore store) {
        List<String> all = HistoryBranches.of(store).all();
        return Stream.concat(BranchSelector.checkedOut(workspace).filter(all::contains).stream(), all.stream())
                .filter(other -> !other.equals(branch))
                .distinct()
                .toList();
    }
}
