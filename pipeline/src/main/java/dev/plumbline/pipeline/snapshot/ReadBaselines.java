package dev.plumbline.pipeline.snapshot;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.config.Suggestion;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Looks up baselines in the history. */
public final class ReadBaselines {
    private final Workspace workspace;

    public ReadBaselines(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * The newest version of every name.
     *
     * @throws NothingFound if there is no history
     */
    public List<VersionInfo> list() throws NothingFound {
        try (RunStore store = workspace.openExisting()) {
            return store.baselines().newest();
        }
    }

    /**
     * Every version of a name, the oldest first.
     *
     * @throws NothingFound if there is none
     */
    public List<VersionInfo> versions(String name) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            List<VersionInfo> versions = store.baselines().versions(name);
            if (versions.isEmpty()) {
                throw unknown(store, name);
            }
            return versions;
        }
    }

    /**
     * A version with its baselines.
     *
     * @param number which one; the newest when empty
     * @throws NothingFound if there is none
     */
    public BaselineVersion version(String name, OptionalInt number) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            return version(store, name, number);
        }
    }

    /**
     * A version and which of its baselines are meant.
     *
     * @param benchmark of which; empty means all
     */
    public record Meant(BaselineVersion version, Optional<BenchmarkPattern> benchmark) {}

    /**
     * What a person means.
     *
     * @param text a name of baselines, a version as {@code NAME@3}, a folder, or a benchmark; empty means the newest
     *     version of {@code name}
     * @param name of the baselines that are meant unless the text says otherwise
     * @throws IOException if there are none, or the folder cannot be read
     */
    public Meant meant(Optional<String> text, String name) throws IOException {
        boolean isFolder =
                text.isPresent() && Files.isDirectory(workspace.directory().resolve(text.get()));
        try (RunStore store = isFolder ? workspace.inMemory() : workspace.openExisting()) {
            BaselineSource.Meant meant = BaselineSource.meant(workspace, store, text, name);
            return new Meant(meant.found().version(), meant.benchmark());
        }
    }

    public static BaselineVersion version(RunStore store, String name, OptionalInt number) throws IOException {
        Optional<BaselineVersion> found = number.isPresent()
                ? store.baselines().version(name, number.getAsInt())
                : store.baselines().newest(name);
        if (found.isEmpty() && store.baselines().newest(name).isPresent()) {
            throw new NothingFound("baselines \"" + name + "\" have no version " + number.getAsInt()
                    + "; plumb baseline versions " + name + " lists them");
        }
        if (found.isEmpty()) {
            throw unknown(store, name);
        }
        return found.get();
    }

    private static NothingFound unknown(RunStore store, String name) {
        return new NothingFound("no baselines named \"" + name + "\""
                + Suggestion.of(
                        name,
                        store.baselines().newest().stream()
                                .map(VersionInfo::name)
                                .toList())
                + "; list them with plumb baseline list, or create them with plumb baseline establish");
    }
}
