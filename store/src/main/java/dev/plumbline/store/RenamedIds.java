package dev.plumbline.store;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.store.naming.KnownRenaming;
import dev.plumbline.store.naming.Renaming;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Ids and names from before a series was renamed: an id is derived from the name, and old ids remain in comments.
 */
public final class RenamedIds {
    private static final Pattern ID = Pattern.compile("([0-9a-f]{4,12})(-.*)?");

    private RenamedIds() {}

    /**
     * The id that a series, or the name that a benchmark has now.
     *
     * @param text the id of a series or of a finding as typed by a user, or anything else
     * @return the text as it is, where it is the id of a series now or selects a benchmark by its name, or never did,
     *     or selected several
     */
    public static String current(String text, RunStore store) {
        Matcher matcher = ID.matcher(text);
        List<KnownRenaming> renamings = text.isBlank() ? List.of() : store.renamings();
        if (renamings.isEmpty()) {
            return text;
        }
        return matcher.matches() ? id(text, matcher, renamings, store) : name(text, renamings, store);
    }

    /** The same for what a question selects. */
    public static SeriesQuery current(SeriesQuery query, RunStore store) {
        return query.benchmark()
                .map(pattern -> query.ofBenchmark(new BenchmarkPattern(current(pattern.text(), store))))
                .orElse(query);
    }

    private static String name(String text, List<KnownRenaming> renamings, RunStore store) {
        BenchmarkPattern pattern = new BenchmarkPattern(text);
        List<SeriesKey> keys = store.keys(SeriesQuery.all());
        if (keys.stream().anyMatch(pattern::matches)) {
            return text;
        }
        Set<String> found = new LinkedHashSet<>();
        keys.stream()
                .filter(key -> before(key, renamings).stream().anyMatch(pattern::matches))
                .forEach(key -> found.add(key.benchmark().label()));
        return found.size() == 1 ? found.iterator().next() : text;
    }

    private static String id(String text, Matcher matcher, List<KnownRenaming> renamings, RunStore store) {
        String series = matcher.group(1);
        String rest = Optional.ofNullable(matcher.group(2)).orElse("");
        List<SeriesKey> keys = store.keys(SeriesQuery.all());
        if (keys.stream().anyMatch(key -> isOf(key, series))) {
            return text;
        }
        Set<String> found = new LinkedHashSet<>();
        for (SeriesKey key : keys) {
            for (SeriesKey old : before(key, renamings)) {
                if (isOf(old, series)) {
                    found.add(old.findingId().startsWith(series) ? key.findingId() : key.id());
                }
            }
        }
        return found.size() == 1 ? found.iterator().next() + rest : text;
    }

    private static boolean isOf(SeriesKey key, String beginning) {
        return key.id().startsWith(beginning) || key.findingId().startsWith(beginning);
    }

    /** The names that a series had: renamings may follow on each other. */
    private static Set<SeriesKey> before(SeriesKey key, List<KnownRenaming> renamings) {
        Set<SeriesKey> all = new LinkedHashSet<>();
        Set<SeriesKey> newest = Set.of(key);
        for (int step = 0; step < renamings.size() && !newest.isEmpty(); step++) {
            Set<SeriesKey> older = new LinkedHashSet<>();
            newest.forEach(one -> renamings.forEach(known -> before(one, known.renaming())
                    .filter(old -> !old.equals(key) && !all.contains(old))
                    .forEach(older::add)));
            all.addAll(older);
            newest = older;
        }
        return all;
    }

    private static Stream<SeriesKey> before(SeriesKey key, Renaming renaming) {
        Benchmark benchmark = key.benchmark();
        if (renaming instanceof Renaming.OfName name && name.to().equals(benchmark.name())) {
            return Stream.of(named(key, new Benchmark(name.from(), benchmark.parameters())));
        }
        if (renaming instanceof Renaming.OfBenchmark one && one.to().equals(benchmark)) {
            return Stream.of(named(key, one.from()));
        }
        if (renaming instanceof Renaming.OfMetric metric && metric.to().equals(key.metric())) {
            return Stream.of(new SeriesKey(benchmark, metric.from(), key.environment(), key.branch()));
        }
        return Stream.empty();
    }

    private static SeriesKey named(SeriesKey key, Benchmark benchmark) {
        return new SeriesKey(benchmark, key.metric(), key.environment(), key.branch());
    }
}
