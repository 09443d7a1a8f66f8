package dev.plumbline.pipeline.annotate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Triage;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.snapshot.RecordedAnnotations;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.TriageReport;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows everything that was ever said of one incident or finding. */
public final class ShowTriage {
    private final Workspace workspace;

    public ShowTriage(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * Everything that was ever said of an incident or a finding, the oldest first.
     *
     * @param id its id or the beginning of it
     * @throws NothingFound if nothing was
     */
    public TriageReport show(String id) throws IOException {
        NothingFound.ifBlank(id, "triage", "list all with plumb triage list");
        try (RunStore store = workspace.openExisting()) {
            List<Triage> said = withoutRepeated(
                    NamedTriages.named(store.triage().all(), id, RecordedAnnotations.of(workspace, store)));
            if (said.isEmpty()) {
                throw new NothingFound("no triage recorded for " + id + "; list all with plumb triage list");
            }
            return new TriageReport(said, workspace.clock().instant());
        }
    }

    /** What a check adds to a statement, that the base branch took the change in a squash, is none of its own. */
    private static List<Triage> withoutRepeated(List<Triage> said) {
        Map<List<Object>, Triage> once = new LinkedHashMap<>();
        said.forEach(triage -> once.put(List.of(triage.id(), triage.decision(), triage.at(), triage.by()), triage));
        return List.copyOf(once.values());
    }
}
