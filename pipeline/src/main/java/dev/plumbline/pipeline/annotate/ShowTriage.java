package dev.plumbline.pipeline.annotate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Triage;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.annotation.RecordedAnnotations;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.answer.TriageReport;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows every triage of one incident or finding. */
public final class ShowTriage {
    private final Workspace workspace;

    public ShowTriage(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * Every triage of an incident, a finding or a benchmark, the oldest first.
     *
     * @param id its id or the beginning of it, or the name of the benchmark or a part of that
     * @throws NothingFound if nothing was
     */
    public TriageReport show(String id) throws IOException {
        NothingFound.ifBlank(id, "triage", "list all with plumb triage list");
        try (RunStore store = workspace.openExisting()) {
            List<Triage> all = store.triage().all();
            List<Triage> named = NamedTriages.named(all, id, RecordedAnnotations.of(workspace, store));
            List<Triage> stated = withoutRepeated(
                    named.isEmpty()
                            ? NamedTriages.ofBenchmarks(all, new OpenChanges(store, workspace.margins()).meaning(id))
                            : named);
            if (stated.isEmpty()) {
                String hint = BenchmarkSelector.hint(id, store, "plumb incidents");
                throw new NothingFound("no triage recorded for " + id + hint + (hint.endsWith("?") ? " " : "; ")
                        + "list all with plumb triage list");
            }
            return new TriageReport(stated, workspace.clock().instant());
        }
    }

    /** A check repeats a triage for a base branch that took the change in a squash; that is no second triage. */
    private static List<Triage> withoutRepeated(List<Triage> stated) {
        Map<List<Object>, Triage> once = new LinkedHashMap<>();
        stated.forEach(triage -> once.put(List.of(triage.id(), triage.decision(), triage.at(), triage.by()), triage));
        return List.copyOf(once.values());
    }
}
