package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.config.Suggestion;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Selects benchmarks of the history by name, and suggests similar names if there are none. */
public final class BenchmarkSelector {
    private BenchmarkSelector() {}

    /**
     * Looks for them, whatever their metric, environment and branch.
     *
     * @throws NothingFound if there is a history and it has no such benchmark; the message lists names that are near
     */
    public static void check(Workspace workspace, BenchmarkPattern pattern) throws IOException {
        if (workspace.hasHistory()) {
            try (RunStore store = workspace.open()) {
                check(SeriesQuery.all().ofBenchmark(pattern), store);
            }
        }
    }

    /** The same with an open history; a query that names no benchmark selects all. */
    public static void check(SeriesQuery query, RunStore store) throws NothingFound {
        if (query.benchmark().isEmpty()) {
            return;
        }
        BenchmarkPattern pattern = query.benchmark().get();
        if (store.keys(SeriesQuery.all().ofBenchmark(pattern)).isEmpty()) {
            nothing(pattern, store);
        }
    }

    /** Fails, because nothing that a person could mean fits; does nothing where the history is empty. */
    public static void nothing(BenchmarkPattern pattern, RunStore store) throws NothingFound {
        List<SeriesKey> all = store.keys(SeriesQuery.all());
        if (!all.isEmpty()) {
            Optional<String> metric = metric(pattern.text(), all, "plumb history ")
                    .map(words -> words + "; plumb incidents with the same options for the ids of its changes");
            throw new NothingFound(nothing(pattern, all, metric, "the history", "list them with plumb history"));
        }
    }

    /** The same with series that come from files. */
    public static void check(SeriesQuery query, List<SeriesKey> ofFiles) throws NothingFound {
        if (query.benchmark().isPresent()
                && !ofFiles.isEmpty()
                && ofFiles.stream().noneMatch(query.benchmark().get()::matches)) {
            String first = ofFiles.get(0).benchmark().label();
            BenchmarkPattern pattern = query.benchmark().get();
            throw new NothingFound(nothing(
                    pattern, ofFiles, metric(pattern.text(), ofFiles, ""), "the files", "the first one is " + first));
        }
    }

    /**
     * {@code ; did you mean Sort.quick?}; nothing when no name is near, or when the history knows the name.
     *
     * @param command that can be asked for a metric, where the text is the name of one
     */
    public static String hint(String text, RunStore store, String command) {
        if (!store.keys(SeriesQuery.all().ofBenchmark(new BenchmarkPattern(text)))
                .isEmpty()) {
            return "";
        }
        List<SeriesKey> all = store.keys(SeriesQuery.all());
        Optional<String> metric = metric(text, all, command + " ");
        if (metric.isPresent()) {
            return "; it is " + metric.get();
        }
        List<String> near = near(text, all);
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }

    private static List<String> near(String text, List<SeriesKey> all) {
        return Suggestion.near(
                text,
                all.stream().map(key -> key.benchmark().label()).distinct().toList());
    }

    /** {@code a metric of 3 benchmarks, such as Sort.quick: plumb history --metric time}; empty for other words. */
    private static Optional<String> metric(String text, List<SeriesKey> all, String command) {
        List<SeriesKey> with =
                all.stream().filter(key -> key.metric().equalsIgnoreCase(text)).toList();
        List<String> benchmarks =
                with.stream().map(key -> key.benchmark().label()).distinct().toList();
        return with.stream()
                .findFirst()
                .map(key -> "a metric of "
                        + (benchmarks.size() == 1 ? "" : benchmarks.size() + " benchmarks, such as ")
                        + benchmarks.get(0) + ": " + command + "--metric " + key.metric());
    }

    private static String nothing(
            BenchmarkPattern pattern, List<SeriesKey> all, Optional<String> metric, String where, String what) {
        String text = pattern.text();
        if (FindIncidents.isId(text)) {
            return text + " is not a benchmark; plumb incidents " + text + " shows an incident";
        }
        if (metric.isPresent()) {
            return text + " is not a benchmark but " + metric.get();
        }
        if (pattern.hasWildcards()) {
            String wider = "*" + text.replaceAll("^\\*+|\\*+$", "") + "*";
            return "no benchmark in " + where + " matches " + text
                    + (wider.equals(text) ? "; " + what : ": a pattern must match the whole name; try '" + wider + "'");
        }
        List<String> near = near(text, all);
        return "no benchmark in " + where + " is named " + text
                + (near.isEmpty() ? "; " : "; did you mean " + String.join(" or ", near) + "? ")
                + what;
    }
}
