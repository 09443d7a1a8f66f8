package dev.plumbline.pipeline.baseline;

import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Removes some baselines, or all of a name, in a new version. */
public final class ResetBaselines {
    private final NextVersion next;

    public ResetBaselines(Workspace workspace, String name, Author author) {
        next = new NextVersion(workspace, name, author);
    }

    /**
     * Makes a new version without the baselines of some benchmarks: they are judged by their history until new ones are
     * established.
     *
     * @param benchmarks which; all when empty
     * @throws NothingFound if none of the baselines is of such a benchmark
     */
    public VersionInfo reset(Optional<BenchmarkPattern> benchmarks) throws IOException {
        if (benchmarks.isPresent()) {
            NothingFound.ifBlank(
                    benchmarks.get().text(), "benchmark", "without a name all baselines of the name are removed");
        }
        try (RunStore store = next.workspace().openExisting()) {
            BaselineVersion newest = next.newest(store);
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
                throw new NothingFound("version " + newest.info().number() + " of baselines \"" + next.name()
                        + "\" has no such benchmark; nothing was removed");
            }
            return next.add(
                    store,
                    newest.info(),
                    BaselineChange.RESET,
                    "version " + newest.info().number() + " without " + going + " of its baselines",
                    staying);
        }
    }
}
