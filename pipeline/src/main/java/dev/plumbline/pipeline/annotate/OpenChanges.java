package dev.plumbline.pipeline.annotate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;

/** The changes of a history that checks judged bad, by the names that people use. */
final class OpenChanges {
    private final RunStore store;
    private final ToDoubleBiFunction<SeriesKey, Unit> margins;

    /** @param margins the smallest relative change that matters, of each series */
    OpenChanges(RunStore store, ToDoubleBiFunction<SeriesKey, Unit> margins) {
        this.store = requireNonNull(store, "store");
        this.margins = requireNonNull(margins, "margins");
    }

    private List<OpenChange> of(Series series) {
        return OpenChange.of(series, margins.applyAsDouble(series.key(), series.unit()));
    }

    /**
     * With the id of a change that one; else the newest of each series of the benchmark with this whole name; else of
     * the benchmarks that {@link BenchmarkPattern} selects those that no good run came after.
     */
    List<OpenChange> called(String target) {
        List<OpenChange> found = withId(target);
        if (isOfChange(target)) {
            return found; // what else is open of the series has another id
        }
        found = found.isEmpty() ? newest(key -> isCalled(key, target)) : found;
        return found.isEmpty() ? standing(meaning(target)) : found;
    }

    /** With the id of a change that one; else those of a benchmark that no good run came after. */
    List<OpenChange> standing(String target) {
        List<OpenChange> found = withId(target);
        if (isOfChange(target)) {
            return found;
        }
        found = found.isEmpty() ? standing(key -> isCalled(key, target)) : found;
        return found.isEmpty() ? standing(meaning(target)) : found;
    }

    /** Whether it is the id of one change, and no benchmark has this name. */
    private boolean isOfChange(String target) {
        return ChangeId.of(target).flatMap(ChangeId::commit).isPresent()
                && store.keys(SeriesQuery.all()).stream().noneMatch(key -> isCalled(key, target));
    }

    private List<OpenChange> standing(Predicate<SeriesKey> isMeant) {
        return newest(isMeant).stream().filter(OpenChange::isStanding).toList();
    }

    /** The newest of each selected series, also where good runs came after it. */
    List<OpenChange> newest(Predicate<SeriesKey> isMeant) {
        List<OpenChange> found = new ArrayList<>();
        store.forEachSeries(SeriesQuery.all(), series -> {
            if (isMeant.test(series.key())) {
                last(of(series)).ifPresent(found::add);
            }
        });
        return found;
    }

    /** The series of the benchmarks with exactly this name, else of those that {@link BenchmarkPattern} selects. */
    Predicate<SeriesKey> meaning(String target) {
        BenchmarkPattern pattern = new BenchmarkPattern(target);
        return store.keys(SeriesQuery.all()).stream().anyMatch(key -> isCalled(key, target))
                ? key -> isCalled(key, target)
                : pattern::matches;
    }

    /** Whether this is the whole name of a benchmark. */
    static boolean isCalled(SeriesKey key, String name) {
        return key.benchmark().name().equals(name) || key.benchmark().label().equals(name);
    }

    private List<OpenChange> withId(String target) {
        return ChangeId.of(target).map(this::withId).orElse(List.of());
    }

    private List<OpenChange> withId(ChangeId id) {
        List<SeriesKey> meant =
                store.keys(SeriesQuery.all()).stream().filter(id::isOf).toList();
        if (meant.isEmpty() || !meant.stream().allMatch(meant.get(0)::isSameOnAnyBranch)) {
            return List.of();
        }
        // on any branch: a finding of one may have been judged against the series of another
        List<SeriesKey> everywhere = store.keys(SeriesQuery.all()).stream()
                .filter(meant.get(0)::isSameOnAnyBranch)
                .toList();
        if (id.commit().isPresent()) {
            return last(everywhere, stretch -> stretch.hasRunOf(id.commit().get()));
        }
        List<OpenChange> own = last(
                meant.stream().filter(key -> key.id().startsWith(id.series())).toList(), stretch -> true);
        return own.isEmpty() ? last(everywhere, stretch -> stretch.since().isEmpty()) : own;
    }

    /** All stretches of a series, the oldest first. */
    List<OpenChange> all(SeriesKey key) {
        return store.series(key).map(this::of).orElse(List.of());
    }

    /** The newest selected stretch of each series. */
    private List<OpenChange> last(List<SeriesKey> keys, Predicate<OpenChange> isMeant) {
        return keys.stream()
                .flatMap(key -> store.series(key).stream())
                .flatMap(series -> last(of(series).stream().filter(isMeant).toList()).stream())
                .toList();
    }

    private static Optional<OpenChange> last(List<OpenChange> stretches) {
        return stretches.isEmpty() ? Optional.empty() : Optional.of(stretches.get(stretches.size() - 1));
    }
}
