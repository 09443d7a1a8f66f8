package dev.plumbline.pipeline.history.renaming;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.snapshot.NameSelector;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import dev.plumbline.store.naming.Renaming;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Records that two benchmarks of the history are the same. */
public final class MergeSeries {
    private final Workspace workspace;

    public MergeSeries(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * Records that two benchmarks of the history are the same.
     *
     * @param from the one that ends, as {@link NameSelector} finds it
     * @param into the one that goes on
     * @throws NothingFound if the history does not know one of them
     * @throws WrongRequest if one names several benchmarks and the other one, or their units cannot be compared
     */
    public RenamingOutcome merge(String from, String into, Author author) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            NameSelector meant = NameSelector.of(store, from);
            NameSelector goesOn = NameSelector.of(store, into);
            List<Benchmark> old = meant.benchmarks();
            List<Benchmark> target = goesOn.benchmarks();
            Renaming renaming;
            try {
                if (old.size() == 1 && target.size() == 1) {
                    renaming = meant.isName()
                                    && old.get(0)
                                            .parameters()
                                            .equals(target.get(0).parameters())
                            ? new Renaming.OfName(meant.name(), goesOn.name())
                            : new Renaming.OfBenchmark(old.get(0), target.get(0));
                } else if (!goesOn.isName() || !meant.isName()) {
                    throw new IllegalArgumentException(from + " is " + old.size() + " benchmarks and " + into + " is "
                            + target.size() + "; give both with their parameters, as plumb history shows them");
                } else {
                    renaming = new Renaming.OfName(meant.name(), goesOn.name());
                }
            } catch (IllegalArgumentException e) {
                throw new WrongRequest(e.getMessage(), e);
            }
            checkUnits(store, old, target, renaming);
            return StatedRenaming.state(workspace, store, renaming, author);
        }
    }

    private static void checkUnits(RunStore store, List<Benchmark> old, List<Benchmark> target, Renaming renaming)
            throws WrongRequest {
        for (SeriesKey key : store.keys(SeriesQuery.all())) {
            if (!old.contains(key.benchmark())) {
                continue;
            }
            Benchmark becomes = renaming instanceof Renaming.OfBenchmark one
                    ? one.to()
                    : new Benchmark(target.get(0).name(), key.benchmark().parameters());
            Optional<Series> before = store.series(key);
            Optional<Series> after =
                    store.series(new SeriesKey(becomes, key.metric(), key.environment(), key.branch()));
            if (before.isPresent()
                    && after.isPresent()
                    && !before.get().unit().isComparableWith(after.get().unit())) {
                throw new WrongRequest(
                        "the " + key.metric() + " of " + key.benchmark().label() + " is in "
                                + shown(before.get()) + " and that of " + becomes.label() + " in "
                                + shown(after.get()) + ", which are not comparable; nothing was merged",
                        null);
            }
        }
    }

    private static String shown(Series series) {
        return series.unit().symbol().isEmpty() ? "no unit" : series.unit().symbol();
    }
}
