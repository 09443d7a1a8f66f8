package dev.plumbline.pipeline.snapshot;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.name.BenchmarkName;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The one benchmark of the history that a text names in any of the ways of {@link BenchmarkName}, for commands that
 * change names. A part of a name is not enough for them.
 *
 * @param benchmarks with all selected parameters; never empty, and all of one name
 * @param isName whether the name with all its parameters is selected; else one benchmark with its parameters
 * @param prefix what the whole name has before what was typed; empty where that is the whole name, or a pattern
 */
public record NameSelector(List<Benchmark> benchmarks, boolean isName, String prefix) {
    /** The number of names that are listed at most. */
    private static final int MOST_TOLD = 3;

    /** The beginning of a label's parameters. */
    private static final String PARAMETERS = " {";

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
        List<Benchmark> ofSeries = ofSeries(store, all, text);
        if (!ofSeries.isEmpty()) {
            String label = new BenchmarkPattern(text).withoutMetric();
            return label.length() < new BenchmarkName(text).text().length() ? of(store, label) : one(ofSeries, label);
        }
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
                name.text().indexOf(PARAMETERS) > 0 && found.stream().noneMatch(isName);
        if (namesParameters ? found.size() > 1 : names(found).size() > 1) {
            Collection<String> several = namesParameters ? labels(found) : names(found);
            throw several(name.text(), several);
        }
        return new NameSelector(
                found,
                !namesParameters,
                name.hasWildcards() ? "" : prefix(found.get(0).name(), name.text()));
    }

    /** The benchmarks of the series that the text names by an id or a heading, where it is no benchmark's name. */
    private static List<Benchmark> ofSeries(RunStore store, List<Benchmark> all, String text) {
        BenchmarkPattern pattern = new BenchmarkPattern(text);
        return all.stream().anyMatch(pattern::matches)
                ? List.of()
                : store.keys(SeriesQuery.all().ofBenchmark(pattern)).stream()
                        .map(SeriesKey::benchmark)
                        .distinct()
                        .sorted()
                        .toList();
    }

    private static NameSelector one(List<Benchmark> ofId, String id) throws WrongRequest {
        if (ofId.size() > 1) {
            throw several(id, labels(ofId));
        }
        return new NameSelector(ofId, false, "");
    }

    private static WrongRequest several(String text, Collection<String> several) {
        return new WrongRequest(
                text + " is " + several.size() + " benchmarks: "
                        + several.stream().limit(MOST_TOLD).collect(Collectors.joining(", "))
                        + (several.size() > MOST_TOLD ? " and " + (several.size() - MOST_TOLD) + " more" : "")
                        + "; name one of them",
                null);
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

    /** The part of a name before the typed end of it, perhaps with parameters. */
    private static String prefix(String name, String text) {
        int brace = text.length() > name.length() || text.endsWith("}") ? text.indexOf(PARAMETERS) : -1;
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
     * @throws WrongRequest if the new name has a {@code …} and the history has no such name, or several
     */
    public String renamed(RunStore store, String from, String to) throws WrongRequest {
        List<Benchmark> all = benchmarks(store);
        BenchmarkName name = new BenchmarkName(to);
        if (name.isCut()) {
            List<String> cut = names(all.stream().filter(name::matches).toList());
            if (cut.size() == 1) {
                return cut.get(0);
            }
            throw new WrongRequest(
                    "the new name " + to + " has a …, where a table left a part of a name out; give it in" + " full");
        }
        if (prefix.isEmpty() || names(all).contains(to)) {
            return to;
        }
        List<String> known = names(all.stream()
                .filter(name::isShort)
                .filter(one -> !one.name().equals(name()))
                .toList());
        if (known.size() == 1) {
            return known.get(0);
        }
        return known.isEmpty() && parts(to) <= parts(from) ? prefix + to : to;
    }

    /**
     * The one benchmark that a new name means for the one selected here, which keeps the parameters that neither label
     * shows: the benchmark that the history has by this label; else the new name with the parameters that it is typed
     * with in place of those that the old one was typed with; without parameters, the new name with the old ones.
     *
     * @param from as the old one was typed
     * @throws WrongRequest if the new name's parameters cannot be read
     */
    public Benchmark renamedBenchmark(RunStore store, String from, String to) throws WrongRequest {
        Benchmark old = benchmarks.get(0);
        Optional<Benchmark> known = withParameters(store, to);
        if (known.isPresent()) {
            return known.get();
        }
        if (!hasParameters(to) || names(benchmarks(store)).contains(to)) {
            return new Benchmark(renamed(store, from, to), old.parameters());
        }
        int brace = to.indexOf(PARAMETERS);
        // Compared as text first: values may have commas and equal signs in them.
        if (from.endsWith(to.substring(brace))) {
            return new Benchmark(renamed(store, from, to.substring(0, brace)), old.parameters());
        }
        Benchmark typed = Benchmark.ofLabel(to);
        if (typed.parameters().isEmpty()) {
            if (old.parameters().isEmpty()) {
                return Benchmark.of(renamed(store, from, to));
            }
            throw new WrongRequest("the parameters of the new name " + to
                    + " are not of the form {name=value, …}; give it without them to keep those of " + old.label());
        }
        TreeMap<String, String> parameters = new TreeMap<>(old.parameters());
        parameters.keySet().removeAll(new BenchmarkName(from).parametersOf(old));
        parameters.putAll(typed.parameters());
        return new Benchmark(renamed(store, from, typed.name()), parameters);
    }

    /** The one benchmark that the history has by a label with parameters, whole or as tables show it. */
    private static Optional<Benchmark> withParameters(RunStore store, String label) {
        List<Benchmark> all = benchmarks(store);
        BenchmarkName name = new BenchmarkName(label);
        List<Benchmark> found =
                first(all, List.of(one -> one.label().equals(label), one -> label.endsWith("}") && name.isShort(one)));
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** Whether the text ends like the parameters of a label. */
    public static boolean hasParameters(String text) {
        return text.indexOf(PARAMETERS) > 0 && text.endsWith("}");
    }

    private static long parts(String name) {
        int brace = name.indexOf(PARAMETERS);
        return (brace < 0 ? name : name.substring(0, brace))
                .chars()
                .filter(c -> c == '.')
                .count();
    }
}
