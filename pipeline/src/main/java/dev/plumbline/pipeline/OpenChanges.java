package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The changes of a history that checks judged bad, by what a person calls them. */
final class OpenChanges {
    private static final Pattern FINDING = Pattern.compile("([0-9a-f]{4,12})(?:-(.*))?");

    private final RunStore store;

    OpenChanges(RunStore store) {
        this.store = requireNonNull(store, "store");
    }

    /** With the id of a change that one; else the newest of each series of the benchmark with this whole name. */
    List<OpenChange> called(String target) {
        List<OpenChange> found = withId(target);
        return found.isEmpty() ? newest(key -> isCalled(key, target)) : found;
    }

    /** With the id of a change that one; else those of a benchmark that no good run came after. */
    List<OpenChange> standing(String target) {
        List<OpenChange> found = withId(target);
        found = found.isEmpty() ? standing(key -> isCalled(key, target)) : found;
        return found.isEmpty() ? standing(meaning(target)) : found;
    }

    private List<OpenChange> standing(Predicate<SeriesKey> isMeant) {
        return newest(isMeant).stream().filter(OpenChange::isStanding).toList();
    }

    /** The newest of each series that is meant, those among them that good runs came after. */
    List<OpenChange> newest(Predicate<SeriesKey> isMeant) {
        List<OpenChange> found = new ArrayList<>();
        store.forEachSeries(SeriesQuery.all(), series -> {
            if (isMeant.test(series.key())) {
                last(OpenChange.of(series)).ifPresent(found::add);
            }
        });
        return found;
    }

    /** The series of the benchmarks whose whole name this is, else of those that {@link BenchmarkPattern} means. */
    Predicate<SeriesKey> meaning(String target) {
        BenchmarkPattern pattern = new BenchmarkPattern(target);
        return store.keys(SeriesQuery.all()).stream().anyMatch(key -> isCalled(key, target))
                ? key -> isCalled(key, target)
                : pattern::matches;
    }

    private static boolean isCalled(SeriesKey key, String name) {
        return key.benchmark().name().equals(name) || key.benchmark().label().equals(name);
    }

    private List<OpenChange> withId(String target) {
        Matcher id = FINDING.matcher(target);
        return id.matches() ? withId(id.group(1), Optional.ofNullable(id.group(2))) : List.of();
    }

    private List<OpenChange> withId(String seriesId, Optional<String> commit) {
        List<SeriesKey> keys = store.keys(SeriesQuery.all());
        List<SeriesKey> meant =
                keys.stream().filter(key -> key.id().startsWith(seriesId)).toList();
        if (meant.size() != 1) {
            return List.of();
        }
        SeriesKey key = meant.get(0);
        List<OpenChange> found = new ArrayList<>();
        // a finding on another branch has the id of the series that it was judged against
        keys.stream()
                .filter(other -> other.benchmark().equals(key.benchmark())
                        && other.metric().equals(key.metric())
                        && other.environment().equals(key.environment()))
                .filter(other -> other.equals(key) || commit.isPresent())
                .forEach(other -> store.series(other).ifPresent(series -> last(OpenChange.of(series).stream()
                                .filter(stretch -> commit.map(stretch::hasRunOf).orElse(true))
                                .toList())
                        .ifPresent(found::add)));
        return found;
    }

    private static Optional<OpenChange> last(List<OpenChange> stretches) {
        return stretches.isEmpty() ? Optional.empty() : Optional.of(stretches.get(stretches.size() - 1));
    }
}
