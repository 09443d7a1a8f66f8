package dev.plumbline.pipeline.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.pipeline.snapshot.BaselineSource;
import dev.plumbline.pipeline.snapshot.NamedBaselines;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.OptionalInt;

/** Looks up baselines by name. */
public final class ShowBaselines {
    private final Workspace workspace;

    public ShowBaselines(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * A version and which of its baselines are asked for.
     *
     * @param benchmark which one; all when empty
     */
    public record Shown(BaselineVersion version, Optional<BenchmarkPattern> benchmark) {}

    /**
     * Looks up.
     *
     * @param text a name of baselines, a version as {@code NAME@3}, a folder, or a benchmark; empty means the newest
     *     version of {@code name}
     * @param name of the baselines unless the text names others
     * @param number a version of {@code name}, which may lack what the newest one has; the text is a benchmark then
     * @throws IOException if there are none, or the folder cannot be read
     */
    public Shown show(Optional<String> text, String name, OptionalInt number) throws IOException {
        boolean isFolder = number.isEmpty() && text.isPresent() && Files.isDirectory(workspace.file(text.get()));
        try (RunStore store = isFolder ? workspace.inMemory() : workspace.openExisting()) {
            if (number.isPresent()) {
                return new Shown(NamedBaselines.version(store, name, number), text.map(BenchmarkPattern::new));
            }
            BaselineSource.SelectedBaselines selected = BaselineSource.select(workspace, store, text, name);
            return new Shown(selected.found().version(), selected.benchmark());
        }
    }
}
