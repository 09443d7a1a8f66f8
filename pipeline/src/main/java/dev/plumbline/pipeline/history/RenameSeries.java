package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.config.Suggestion;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.snapshot.NameSelector;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.AliasLine;
import dev.plumbline.report.answer.RenamingsReport;
import dev.plumbline.store.Alias;
import dev.plumbline.store.Aliases;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.KnownRenaming;
import dev.plumbline.store.Renaming;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Joins series whose names have changed, and takes them apart again. */
public final class RenameSeries {
    private final Workspace workspace;

    public RenameSeries(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * What was stated, and what it does now.
     *
     * @param stated the one that came to hold or was undone
     * @param series how many series have the new name; after an undoing, the old one
     */
    public record Outcome(RenamingsReport.Row stated, int series) {}

    /**
     * States that a benchmark, or a metric of every benchmark, has got another name.
     *
     * @param from a benchmark's name, for all its parameters, or its label with parameters, whole or as in tables
     * @param to the new name, with or without parameters: those of a label replace the ones that the old label shows;
     *     where the beginning of the old name was left out as in tables, behind that beginning
     * @throws NothingFound if the history has nothing of the first name
     */
    public Outcome rename(String from, String to, boolean isMetric, Author author) throws IOException {
        requireHistory(from, to, isMetric);
        try (RunStore store = workspace.openExisting()) {
            if (isMetric) {
                List<String> metrics = store.keys(SeriesQuery.all()).stream()
                        .map(SeriesKey::metric)
                        .distinct()
                        .toList();
                if (!metrics.contains(from)) {
                    throw new NothingFound("the history has no metric " + from + Suggestion.of(from, metrics));
                }
            }
            return state(store, isMetric ? ofMetric(from, to) : renaming(store, from, to), author);
        }
    }

    /** Where the history is elsewhere, as in a checkout beside a CI job that keeps it, results would not bring it. */
    private void requireHistory(String from, String to, boolean isMetric) throws NothingFound {
        workspace.requireHistory("record a renaming where the history is kept; in CI, in the job that keeps it"
                + AliasLine.of(from, to, isMetric)
                        .map("; or share it in plumbline.yaml: "::concat)
                        .orElse(""));
    }

    private static Renaming ofMetric(String from, String to) throws WrongRequest {
        try {
            return new Renaming.OfMetric(from, to);
        } catch (IllegalArgumentException e) {
            throw new WrongRequest(e.getMessage(), e);
        }
    }

    private static Renaming renaming(RunStore store, String old, String typed) throws IOException {
        NameSelector meant = NameSelector.of(store, old);
        String from = new BenchmarkPattern(old).withoutMetric();
        String to = new BenchmarkPattern(typed).withoutMetric();
        try {
            if (!meant.isName()) {
                return new Renaming.OfBenchmark(meant.benchmarks().get(0), meant.renamedBenchmark(store, from, to));
            }
            if (!NameSelector.hasParameters(to) || isNameOfHistory(store, to)) {
                return new Renaming.OfName(meant.name(), meant.renamed(store, from, to));
            }
            if (meant.benchmarks().size() > 1) {
                throw new WrongRequest(from + " is " + meant.benchmarks().size() + " benchmarks and " + to
                        + " is one; give the old name with its parameters, as plumb history shows it, or the new one"
                        + " without");
            }
            return new Renaming.OfBenchmark(meant.benchmarks().get(0), meant.renamedBenchmark(store, from, to));
        } catch (IllegalArgumentException e) {
            throw new WrongRequest(e.getMessage(), e);
        }
    }

    private static boolean isNameOfHistory(RunStore store, String name) {
        return store.keys(SeriesQuery.all()).stream()
                .anyMatch(key -> key.benchmark().name().equals(name));
    }

    /**
     * States that two benchmarks that the history knows are one.
     *
     * @param from the one that ends, as {@link NameSelector} finds it
     * @param into the one that goes on
     * @throws NothingFound if the history does not know one of them
     * @throws WrongRequest if one speaks of several benchmarks and the other of one, or their units cannot be compared
     */
    public Outcome merge(String from, String into, Author author) throws IOException {
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
            return state(store, renaming, author);
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

    private Outcome state(RunStore store, Renaming renaming, Author author) {
        long number = store.rename(
                renaming, author.name(), author.reason(), workspace.clock().instant());
        KnownRenaming known = store.renamings().stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow();
        return new Outcome(row(known), count(store, renaming, renaming.newLabel()));
    }

    private static int count(RunStore store, Renaming renaming, String label) {
        return Math.toIntExact(store.keys(SeriesQuery.all()).stream()
                .filter(key -> renaming instanceof Renaming.OfMetric
                        ? key.metric().equals(label)
                        : key.benchmark().name().equals(label)
                                || key.benchmark().label().equals(label))
                .count());
    }

    /**
     * Undoes a renaming.
     *
     * @param number as the list tells it; the newest one in force when it is not given
     */
    public Outcome undo(OptionalLong number, Author author) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            List<KnownRenaming> inForce = store.renamings();
            if (inForce.isEmpty()) {
                throw new NothingFound("the history has no active renaming; nothing to undo");
            }
            long meant = number.orElse(inForce.get(inForce.size() - 1).number());
            KnownRenaming undone = store.undoRenaming(
                    meant, author.name(), author.reason(), workspace.clock().instant());
            return new Outcome(
                    row(undone),
                    count(store, undone.renaming(), undone.renaming().oldLabel()));
        }
    }

    /** The names in force: those that were stated, the oldest first, then those of the configuration. */
    public RenamingsReport list() throws IOException {
        List<RenamingsReport.Row> rows = new ArrayList<>();
        try (RunStore store = workspace.openExisting()) {
            store.renamings().forEach(known -> rows.add(row(known)));
        }
        Aliases aliases = workspace.configuration().aliases();
        aliases.benchmarks().forEach(alias -> rows.add(row("benchmark", alias)));
        aliases.metrics().forEach(alias -> rows.add(row("metric", alias)));
        return new RenamingsReport(rows);
    }

    private static RenamingsReport.Row row(KnownRenaming known) {
        return new RenamingsReport.Row(
                OptionalLong.of(known.number()),
                known.renaming() instanceof Renaming.OfMetric ? "metric" : "benchmark",
                known.renaming().oldLabel(),
                known.renaming().newLabel(),
                known.by(),
                known.reason(),
                Optional.of(known.at()));
    }

    private static RenamingsReport.Row row(String what, Alias alias) {
        return new RenamingsReport.Row(OptionalLong.empty(), what, alias.from(), alias.to(), "", "", Optional.empty());
    }
}
