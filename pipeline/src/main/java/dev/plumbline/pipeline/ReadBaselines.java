package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.config.Suggestion;
import dev.plumbline.store.RunStore;
import java.io.IOException;
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

    static BaselineVersion version(RunStore store, String name, OptionalInt number) throws IOException {
        Optional<BaselineVersion> found = number.isPresent()
                ? store.baselines().version(name, number.getAsInt())
                : store.baselines().newest(name);
        if (found.isEmpty() && store.baselines().newest(name).isPresent()) {
            throw new NothingFound("baselines \"" + name + "\" have no version " + number.getAsInt()
                    + "; plumb baseline versions " + name + " lists those there are");
        }
        if (found.isEmpty()) {
            throw unknown(store, name);
        }
        return found.get();
    }

    private static NothingFound unknown(RunStore store, String name) {
        return new NothingFound("there are no baselines \"" + name + "\""
                + Suggestion.of(
                        name,
                        store.baselines().newest().stream()
                                .map(VersionInfo::name)
                                .toList())
                + "; plumb baseline list shows what there is, plumb baseline establish makes some");
    }
}
