package dev.plumbline.pipeline.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.ReadBaselines;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Takes an earlier version of baselines back, or forgets some; both make a new version. */
public final class ChangeBaselines {
    private final Workspace workspace;
    private final String name;
    private final Author author;

    public ChangeBaselines(Workspace workspace, String name, Author author) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.name = requireNonNull(name, "name");
        this.author = requireNonNull(author, "author");
    }

    /**
     * Makes a new version with the baselines of an earlier one.
     *
     * @param number the earlier one; the one before the newest when empty
     * @throws NothingFound if there is no such version
     */
    public VersionInfo rollBack(OptionalInt number) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            VersionInfo newest =
                    ReadBaselines.version(store, name, OptionalInt.empty()).info();
            int wanted = number.orElse(newest.number() - 1);
            if (number.isEmpty() && wanted < 1) {
                throw new NothingFound(
                        "baselines \"" + name + "\" have only one version; there is nothing to" + " roll back to");
            }
            if (wanted == newest.number()) {
                throw new NothingFound("version " + wanted + " is the current version");
            }
            BaselineVersion earlier = ReadBaselines.version(store, name, OptionalInt.of(wanted));
            return add(store, newest, BaselineChange.ROLLED_BACK, "version " + wanted, earlier.baselines());
        }
    }

    /**
     * Makes a new version without the baselines of some benchmarks: they are judged by their history until new ones are
     * established.
     *
     * @param benchmarks which; all when empty
     * @throws NothingFound if none of the baselines is of such a benchmark
     */
    public VersionInfo reset(Optional<BenchmarkPattern> benchmarks) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            BaselineVersion newest = ReadBaselines.version(store, name, OptionalInt.empty());
            if (benchmarks.isPresent()) {
                BenchmarkSelector.check(SeriesQuery.all().ofBenchmark(benchmarks.get()), store);
            }
            List<EstablishedBaseline> staying = newest.baselines().stream()
                    .filter(baseline -> benchmarks
                            .map(pattern -> !pattern.matches(baseline.key()))
                            .orElse(false))
                    .toList();
            int going = newest.baselines().size() - staying.size();
            if (going == 0) {
                throw new NothingFound("version " + newest.info().number() + " of baselines \"" + name
                        + "\" has no such benchmark; nothing was removed");
            }
            return add(
                    store,
                    newest.info(),
                    BaselineChange.RESET,
                    "version " + newest.info().number() + " without " + going + " of its baselines",
                    staying);
        }
    }

    private VersionInfo add(
            RunStore store,
            VersionInfo newest,
            BaselineChange change,
            String origin,
            List<EstablishedBaseline> baselines) {
        Provenance provenance = new Provenance(
                newest.number() + 1,
                workspace.clock().instant(),
                author.name(),
                author.reason(),
                origin,
                Version.TEXT,
                Collections.emptySortedMap());
        BaselineVersion version = BaselineVersion.of(name, change, provenance, baselines);
        store.baselines().add(version);
        return version.info();
    }
}
