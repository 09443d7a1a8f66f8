package dev.plumbline.pipeline.snapshot;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.name.BenchmarkName;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The one name that a person means who names a benchmark of the history in any of the ways of {@link BenchmarkName},
 * for commands that change what a name means. A part of a name is not enough for them.
 *
 * @param benchmarks with all the parameters that are meant; never empty, and all of one name
 * @param isName whether the name is meant, with all its parameters; else one benchmark with its parameters
 * @param prefix what the whole name has before what was typed; empty where that is the whole name, or a pattern
 */
public record NameSelector(List<Benchmark> benchmarks, boolean isName, String prefix) {
    /** So many names are told at most. */
    private static final int MOST_TOLD = 3;

    public NameSelector {
        benchmarks = List.copyOf(benchmarks);
        requireNonNull(prefix, "prefix");
    }

    /**
     * Looks it up.
     *
     * @throws NothingFound if the history has no such name; the message lists names that are near
     * @throws WrongRequest if it has several
     */
    public static NameSelector of(RunStore store, String text) throws NothingFound, WrongRequest {
        List<Benchmark> all = benchmarks(store);
        BenchmarkName name = new BenchmarkName(text);
        Predicate<Benchmark> isName = one -> one.name().equalsIgnoreCase(name.text());
        List<Benchmark> found = first(
                all,
                List.of(
                        one -> one.name().equals(name.text()),
                        one -> one.label().equals(name.text()),
                        isName,
                        name::isWhole,
                        name.hasWildcards() ? name::matches : name::isShort));
        if (found.isEmpty()) {
            throw new NothingFound(nothing(store, name, all));
        }
        boolean namesParameters =
                name.text().indexOf(" {") > 0 && found.stream().noneMatch(isName);
        if (namesParameters ? found.size() > 1 : names(found).size() > 1) {
            Collection<String> several = namesParameters ? labels(found) : names(found);
            throw new WrongRequest(
                    name.text() + " is " + several.size() + " benchmarks: "
                            + several.stream().limit(MOST_TOLD).collect(Collectors.joining(", "))
                            + (several.size() > MOST_TOLD ? " and " + (several.size() - MOST_TOLD) + " more" : "")
                            + "; name one of them",
                    null);
        }
        return new NameSelector(
                found,
                !namesParameters,
                name.hasWildcards() ? "" : prefix(found.get(0).name(), name.text()));
    }

    private static List<Benchmark> first(List<Benchmark> all, List<Predicate<Benchmark>> meanings) {
        return meanings.stream()
                .map(meaning -> all.stream().filter(meaning).toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<Benchmark> benchmarks(RunStore store) {
        return store.keys(SeriesQuery.all()).stream()
                .map(SeriesKey::benchmark)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> names(List<Benchmark> some) {
        return some.stream().map(Benchmark::name).distinct().toList();
    }

    private static List<String> labels(List<Benchmark> some) {
        return some.stream().map(Benchmark::label).distinct().toList();
    }

    /** What a name has before the end of it that was typed, perhaps with parameters. */
    private static String prefix(String name, String text) {
        int brace = text.length() > name.length() || text.endsWith("}") ? text.indexOf(" {") : -1;
        int typed = brace > 0 ? brace : text.length();
        return name.substring(0, Math.max(0, name.length() - typed));
    }

    private static String nothing(RunStore store, BenchmarkName name, List<Benchmark> all) {
        List<String> partly = labels(all.stream().filter(name::matches).toList());
        String hint = partly.isEmpty()
                ? BenchmarkSelector.hint(name.text(), store, "plumb history")
                : "; did you mean " + partly.stream().limit(MOST_TOLD).collect(Collectors.joining(" or ")) + "?";
        return "the history has no benchmark " + name.text()
                + (hint.isEmpty() ? "; list them with plumb history" : hint);
    }

    /** The whole name. */
    public String name() {
        return benchmarks.get(0).name();
    }

    /**
     * The whole name that a new one is: the one that the history has by it; else, where the old one was typed without
     * its beginning and the new one has no more parts than it, the new one behind that beginning.
     *
     * @param from as the old one was typed
     */
    public String renamed(RunStore store, String from, String to) {
        List<Benchmark> all = benchmarks(store);
        if (prefix.isEmpty() || names(all).contains(to)) {
            return to;
        }
        List<String> known = names(all.stream()
                .filter(new BenchmarkName(to)::isShort)
                .filter(one -> !one.name().equals(name()))
                .toList());
        if (known.size() == 1) {
            return known.get(0);
        }
        return known.isEmpty() && parts(to) <= parts(from) ? prefix + to : to;
    }

    /** The one benchmark that the history has by a label with parameters, whole or as tables show it. */
    public static Optional<Benchmark> withParameters(RunStore store, String label) {
        List<Benchmark> all = benchmarks(store);
        BenchmarkName name = new BenchmarkName(label);
        List<Benchmark> found =
                first(all, List.of(one -> one.label().equals(label), one -> label.endsWith("}") && name.isShort(one)));
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static long parts(String name) {
        int brace = name.indexOf(" {");
        return (brace < 0 ? name : name.substring(0, brace))
                .chars()
                .filter(c -> c == '.')
                .count();
    }
}
