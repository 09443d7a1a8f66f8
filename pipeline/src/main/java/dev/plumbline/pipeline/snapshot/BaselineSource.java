package dev.plumbline.pipeline.snapshot;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The source of baselines: a name in the history, or a folder. */
public final class BaselineSource {
    private static final Pattern VERSIONED = Pattern.compile("(.+)@([1-9][0-9]{0,8})");

    private BaselineSource() {}

    /**
     * The selected baselines.
     *
     * @param environments those of the baselines, as far as they are known
     * @param isFolder whether they come from files
     */
    public record Found(BaselineVersion version, List<Environment> environments, boolean isFolder) {
        public Found {
            requireNonNull(version, "version");
            environments = List.copyOf(environments);
        }
    }

    /**
     * The baselines that a check was asked to use.
     *
     * @param text as in {@link #find}; {@code none} asks for none
     */
    public static Optional<Found> wanted(Workspace workspace, RunStore store, Optional<String> text)
            throws IOException {
        return text.isEmpty() || text.get().equals("none")
                ? Optional.empty()
                : Optional.of(find(workspace, store, text.get()));
    }

    /**
     * Finds baselines.
     *
     * @param text {@code NAME}, {@code NAME@VERSION} or a folder that {@code plumb baseline export} wrote
     * @throws IOException if there are none
     */
    static Found find(Workspace workspace, RunStore store, String text) throws IOException {
        NothingFound.ifBlank(text, "baselines", "list the names with plumb baseline list");
        Path folder = workspace.file(text);
        if (Files.isDirectory(folder)) {
            return BaselineFolder.read(folder);
        }
        Matcher versioned = VERSIONED.matcher(text);
        BaselineVersion version = versioned.matches()
                ? NamedBaselines.version(
                        store, versioned.group(1), OptionalInt.of(Integer.parseInt(versioned.group(2))))
                : NamedBaselines.version(store, text, OptionalInt.empty());
        return new Found(version, environments(store), false);
    }

    /**
     * Baselines, or some of them.
     *
     * @param benchmark which one; all when empty
     */
    public record SelectedBaselines(Found found, Optional<BenchmarkPattern> benchmark) {}

    /**
     * The baselines that a text names in one of the ways of {@link #find}, or by a benchmark.
     *
     * @param text a name of baselines, a version of them, a folder, or a benchmark that baselines of {@code name} have
     * @param name of the baselines unless the text names others
     * @throws IOException if there are none
     */
    public static SelectedBaselines select(Workspace workspace, RunStore store, Optional<String> text, String name)
            throws IOException {
        if (text.isEmpty() || isBaselines(workspace, store, text.get())) {
            return new SelectedBaselines(find(workspace, store, text.orElse(name)), Optional.empty());
        }
        Found found = find(workspace, store, name);
        BenchmarkPattern pattern = new BenchmarkPattern(text.get());
        if (found.version.baselines().stream().noneMatch(baseline -> pattern.matches(baseline.key()))) {
            if (!pattern.hasWildcards()
                    && store.keys(SeriesQuery.all().ofBenchmark(pattern)).isEmpty()) {
                String hint = BenchmarkSelector.hint(text.get(), store, "plumb baseline show");
                throw new NothingFound("no baselines and no benchmark in the history are named " + text.get()
                        + (hint.isEmpty() ? "; list them with plumb baseline list and plumb history" : hint));
            }
            BenchmarkSelector.check(SeriesQuery.all().ofBenchmark(pattern), store);
            throw new NothingFound("version " + found.version.info().number() + " of baselines \"" + name
                    + "\" has none of " + text.get()
                    + "; list its baselines with plumb baseline show, other names with plumb baseline list");
        }
        return new SelectedBaselines(found, Optional.of(pattern));
    }

    private static boolean isBaselines(Workspace workspace, RunStore store, String text) throws WrongRequest {
        Matcher versioned = VERSIONED.matcher(text);
        return Files.isDirectory(workspace.file(text))
                || store.baselines()
                        .newest(versioned.matches() ? versioned.group(1) : text)
                        .isPresent();
    }

    /**
     * The newest facts of every environment that the history knows, in the order of their keys. A run with an
     * explicitly given environment name may be from another machine: its facts count only if all runs were given the
     * name.
     */
    public static List<Environment> environments(RunStore store) {
        Map<String, Environment> newest = new TreeMap<>();
        for (RunInfo run : store.runs(RunQuery.all())) {
            Environment one = run.header().environment();
            newest.merge(one.key(), one, (known, other) -> isNamed(other) && !isNamed(known) ? known : other);
        }
        return new ArrayList<>(newest.values());
    }

    private static boolean isNamed(Environment environment) {
        return environment.facts().containsKey(Environment.NAME);
    }
}
