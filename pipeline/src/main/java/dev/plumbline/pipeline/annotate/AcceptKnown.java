package dev.plumbline.pipeline.annotate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.name.BenchmarkName;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.NearRevision;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.annotation.AcceptanceFiles;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Accepts a change described by the user, for instance from a comment, without access to the history. */
public final class AcceptKnown {
    /** The most matching benchmarks that an error names. */
    private static final int MOST_NAMED = 5;

    private final Workspace workspace;
    private final Author author;

    public AcceptKnown(Workspace workspace, Author author) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.author = requireNonNull(author, "author");
    }

    /**
     * Accepts.
     *
     * @param metric which one; every one when empty
     * @param environment where; everywhere when empty
     * @param since the commit with which it began; empty text if unknown
     * @param change in relation to the level before; {@link Acceptance#MISSING} of what is measured no longer
     * @param until when it ends; empty when it does not
     * @throws NothingFound if it should be missing and the history here never had it; the message has near names
     * @throws WrongRequest if it ends before it begins, is no change, or the name is that of several benchmarks
     */
    public FileAcceptance accept(
            Benchmark benchmark,
            Optional<String> metric,
            Optional<String> environment,
            String since,
            double change,
            Optional<Instant> until)
            throws IOException {
        Acceptance acceptance = FileAcceptance.of(
                workspace,
                author,
                known(benchmark, change == Acceptance.MISSING),
                metric,
                environment,
                since,
                change,
                until);
        return new FileAcceptance(
                List.of(acceptance), AcceptanceFiles.write(workspace, acceptance), List.of(), doubt(since));
    }

    /** The reason why an acceptance may never apply: there is a repository here that does not know the commit. */
    private Optional<String> doubt(String since) {
        Git git = new Git(workspace.directory());
        return !since.isEmpty() && NearRevision.isUnknown(since, git)
                ? Optional.of(
                        "--since " + since + ": the repository has no such commit" + NearRevision.hint(since, git))
                : Optional.empty();
    }

    /**
     * The benchmark as the history has it, where there is one: by its whole label, or as tables show it. What was
     * measured elsewhere alone is taken as it was typed, but what no run measured cannot be missing.
     */
    private Benchmark known(Benchmark typed, boolean isMissing) throws IOException {
        if (!workspace.hasHistory()) {
            return typed;
        }
        try (RunStore store = workspace.openExisting()) {
            List<Benchmark> all = store.keys(SeriesQuery.all()).stream()
                    .map(SeriesKey::benchmark)
                    .distinct()
                    .toList();
            if (all.isEmpty() || all.contains(typed)) {
                return typed;
            }
            BenchmarkName name = new BenchmarkName(typed.label());
            List<Benchmark> found = all.stream().filter(name::isShort).toList();
            if (found.size() > 1) {
                throw new WrongRequest(
                        typed.label() + " is " + found.size() + " benchmarks: "
                                + found.stream()
                                        .limit(MOST_NAMED)
                                        .map(Benchmark::label)
                                        .collect(Collectors.joining(", "))
                                + (found.size() > MOST_NAMED ? " and " + (found.size() - MOST_NAMED) + " more" : "")
                                + "; name one of them",
                        null);
            }
            if (found.isEmpty() && isMissing) {
                BenchmarkSelector.nothing(new BenchmarkPattern(typed.label()), store);
            }
            return found.isEmpty() ? typed : found.get(0);
        }
    }
}
