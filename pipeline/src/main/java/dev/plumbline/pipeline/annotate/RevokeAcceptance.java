package dev.plumbline.pipeline.annotate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.check.EndAcceptances;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.snapshot.annotation.RecordedAnnotations;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.util.List;

/** Revokes an acceptance. */
public final class RevokeAcceptance {
    private final Workspace workspace;
    private final Author author;

    public RevokeAcceptance(Workspace workspace, Author author) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.author = requireNonNull(author, "author");
    }

    /**
     * The withdrawn acceptance.
     *
     * @param acceptance which
     * @param versions new versions of baselines that went back with it
     */
    public record Outcome(KnownAcceptance acceptance, List<VersionInfo> versions) {
        public Outcome {
            requireNonNull(acceptance, "acceptance");
            versions = List.copyOf(versions);
        }
    }

    /**
     * Takes an acceptance back: the change counts as a regression again.
     *
     * @param id the acceptance's id or the beginning of it
     * @throws NothingFound if no acceptance in force, or several, have an id that begins so
     */
    public Outcome revoke(String id) throws IOException {
        NothingFound.ifBlank(id, "acceptance", "list them with plumb accept --list");
        try (RunStore store = workspace.openExisting()) {
            RecordedAnnotations.record(workspace, store);
            List<KnownAcceptance> meant = store.baselines().acceptances().stream()
                    .filter(one -> one.acceptance().id().startsWith(id)
                            && one.revocation().isEmpty())
                    .toList();
            if (meant.size() != 1) {
                throw new NothingFound((meant.isEmpty() ? "no acceptance has" : meant.size() + " acceptances have")
                        + " an id that begins with " + id + "; list them with plumb accept --list");
            }
            store.baselines()
                    .revoke(
                            meant.get(0).acceptance().id(),
                            new KnownAcceptance.Revocation(
                                    workspace.clock().instant(), author.name(), author.reason()));
            List<VersionInfo> versions = new EndAcceptances(
                            store, workspace.clock().instant())
                    .write(RecordedAnnotations.of(workspace, store));
            return new Outcome(
                    store.baselines().acceptances().stream()
                            .filter(one -> one.acceptance()
                                    .id()
                                    .equals(meant.get(0).acceptance().id()))
                            .findFirst()
                            .orElseThrow(),
                    versions);
        }
    }
}
