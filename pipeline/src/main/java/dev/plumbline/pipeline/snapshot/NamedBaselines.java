package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.config.Suggestion;
import dev.plumbline.store.RunStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The baselines that the history keeps under a name. */
public final class NamedBaselines {
    private NamedBaselines() {}

    /**
     * Every version of a name, the oldest first.
     *
     * @throws NothingFound if there is none
     */
    public static List<VersionInfo> versions(RunStore store, String name) throws NothingFound {
        List<VersionInfo> versions = store.baselines().versions(name);
        if (versions.isEmpty()) {
            throw unknown(store, name);
        }
        return versions;
    }

    /**
     * A version with its baselines.
     *
     * @param number which one; the newest when empty
     * @throws NothingFound if there is none
     */
    public static BaselineVersion version(RunStore store, String name, OptionalInt number) throws NothingFound {
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
