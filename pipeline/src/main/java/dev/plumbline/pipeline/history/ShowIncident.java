package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.IncidentsReport;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.util.List;

/** Shows one incident with all that is known of it. */
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
     * @throws NothingFound if no incident, or several, have such an id
     */
    public IncidentsReport show(String id, SeriesQuery query) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            String branch = query.branch().orElseGet(() -> workspace.baseBranch(store));
            return new IncidentsReport(
                    Version.TEXT,
                    branch,
                    List.of(new FindIncidents(workspace, policies)
                            .on(branch, store)
                            .named(id)),
                    List.of(),
                    workspace.clock().instant());
        }
    }
}
