package dev.plumbline.pipeline.annotate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.name.BenchmarkName;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.pipeline.check.PublishReport;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.NearRevision;
import dev.plumbline.pipeline.snapshot.AcceptanceFiles;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Accepts changes where the history is not: the acceptance is a file of the repository, reviewed like code, and reaches
 * the history with the next check.
 */
public final class AcceptReported {
    /** Of several benchmarks so many are named. */
    private static final int MOST_NAMED = 5;

    private final Workspace workspace;
    private final Author author;

    public AcceptReported(Workspace workspace, Author author) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.author = requireNonNull(author, "author");
    }

    /**
     * What was done.
     *
     * @param acceptance what was written
     * @param file its path below the root of the repository
     * @param rest ids of findings that show the same change in other metrics of the benchmark
     */
    public record Outcome(Acceptance acceptance, String file, List<String> rest) {
        public Outcome {
            requireNonNull(acceptance, "acceptance");
            requireNonNull(file, "file");
            rest = List.copyOf(rest);
        }
    }

    /**
     * Why an acceptance may never apply: there is a repository here that does not know the commit.
     *
     * @param since a commit; empty if nobody gave one
     */
    public Optional<String> doubt(String since) {
        Git git = new Git(workspace.directory());
        return since.isEmpty() || git.root().isEmpty() || git.commitOf(since).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "--since " + since + ": the repository has no such commit" + NearRevision.hint(since, git));
    }

    /**
     * Accepts a finding of a report, or what is missing in it.
     *
     * @param file the report of a check in JSON, made anywhere
     * @param id the beginning of its id
     * @param until when it ends; empty when it does not
     * @throws NothingFound if the report has no such thing, or several
     * @throws WrongRequest if it ends before it begins
     */
    public Outcome accept(Path file, String id, Acceptance.Scope scope, Optional<Instant> until) throws IOException {
        Report report = PublishReport.read(workspace, file);
        List<Missing> missing =
                report.missing().stream().filter(one -> isCalled(one, id)).toList();
        Set<String> closing = report.gate().deciding().stream()
                .filter(reason -> reason.kind() == GateReason.Kind.REGRESSION)
                .map(GateReason::id)
                .collect(Collectors.toSet());
        List<Finding> worse = report.findings().stream()
                .filter(finding -> finding.verdict() instanceof Verdict.Regressed
                        || finding.isSuspect()
                        || closing.contains(finding.id()))
                .filter(finding -> finding.verdict().effect().isPresent())
                .toList();
        List<Finding> named =
                worse.stream().filter(finding -> finding.isCalled(id)).toList();
        if (named.isEmpty() && missing.size() == 1) {
            Acceptance acceptance = ofMissing(missing.get(0), scope, commit(report), author, workspace, until);
            return new Outcome(acceptance, AcceptanceFiles.write(workspace, acceptance), List.of());
        }
        if (named.size() != 1) {
            String ids = Stream.concat(
                            (named.isEmpty() ? worse : named).stream().map(Finding::id),
                            named.isEmpty() ? report.missing().stream().map(Missing::id) : Stream.empty())
                    .collect(Collectors.joining(", "));
            throw new NothingFound(file + ": "
                    + (named.isEmpty()
                            ? "no regression or missing benchmark has the id " + id + ""
                            : "several regressions have the id " + id)
                    + (ids.isEmpty() ? "; the report has none" : "; there are " + ids));
        }
        Finding finding = named.get(0);
        Effect effect = finding.verdict().effect().orElseThrow();
        Acceptance acceptance = acceptance(
                finding.key().benchmark(),
                scope == Acceptance.Scope.BENCHMARK
                        ? Optional.empty()
                        : Optional.of(finding.key().metric()),
                scope == Acceptance.Scope.ENV ? Optional.of(finding.key().environment()) : Optional.empty(),
                finding.verdict() instanceof Verdict.Regressed || finding.isSuspect()
                        ? finding.since()
                        : commit(report),
                effect.relativeChange(),
                until);
        return new Outcome(
                acceptance,
                AcceptanceFiles.write(workspace, acceptance),
                worse.stream()
                        .filter(other ->
                                other.key().benchmark().equals(finding.key().benchmark())
                                        && other.since().equals(finding.since())
                                        && other.statement().isEmpty()
                                        && !acceptance.speaksOf(other.key()))
                        .map(Finding::id)
                        .toList());
    }

    private static boolean isCalled(Missing one, String id) {
        return !id.isEmpty()
                && (one.id().startsWith(id)
                        || one.key().id().startsWith(id)
                        || (one.key().id() + "-missing").equals(id));
    }

    /** The commit of the judged runs; empty text where nothing tells it. */
    private static String commit(Report report) {
        return report.candidates().stream()
                .findFirst()
                .map(run -> run.header().revision().commit())
                .orElse("");
    }

    /**
     * The acceptance that something is measured no longer.
     *
     * @param since the commit that does not measure it
     * @throws WrongRequest if it ends before it begins
     */
    static Acceptance ofMissing(
            Missing one,
            Acceptance.Scope scope,
            String since,
            Author author,
            Workspace workspace,
            Optional<Instant> until)
            throws WrongRequest {
        return new AcceptReported(workspace, author)
                .acceptance(
                        one.key().benchmark(),
                        one.isBenchmark() || scope == Acceptance.Scope.BENCHMARK
                                ? Optional.empty()
                                : Optional.of(one.key().metric()),
                        scope == Acceptance.Scope.ENV ? Optional.of(one.key().environment()) : Optional.empty(),
                        since,
                        Acceptance.MISSING,
                        until);
    }

    /**
     * Accepts a change that a person knows, from a comment for instance.
     *
     * @param metric which one; every one when empty
     * @param environment where; everywhere when empty
     * @param since with which commit it came; empty text when nobody knows
     * @param change in relation to the level before; {@link Acceptance#MISSING} of what is measured no longer
     * @param until when it ends; empty when it does not
     * @throws NothingFound if it should be missing and the history here never had it; the message has near names
     * @throws WrongRequest if it ends before it begins, is no change, or the name is that of several benchmarks
     */
    public Outcome accept(
            Benchmark benchmark,
            Optional<String> metric,
            Optional<String> environment,
            String since,
            double change,
            Optional<Instant> until)
            throws IOException {
        Acceptance acceptance =
                acceptance(known(benchmark, change == Acceptance.MISSING), metric, environment, since, change, until);
        return new Outcome(acceptance, AcceptanceFiles.write(workspace, acceptance), List.of());
    }

    /**
     * The benchmark as the history has it, where there is one: by its whole label, or as tables show it. What was
     * measured elsewhere alone is taken as it was typed, but what no run measured cannot be missing.
     */
    private Benchmark known(Benchmark typed, boolean isMissing) throws IOException {
        if (!Files.exists(workspace.store())) {
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

    private Acceptance acceptance(
            Benchmark benchmark,
            Optional<String> metric,
            Optional<String> environment,
            String since,
            double change,
            Optional<Instant> until)
            throws WrongRequest {
        try {
            return Acceptance.of(
                    Optional.empty(),
                    benchmark,
                    metric,
                    environment,
                    since,
                    change,
                    author.reason(),
                    author.name(),
                    workspace.clock().instant(),
                    until);
        } catch (IllegalArgumentException e) {
            throw new WrongRequest(e.getMessage(), e);
        }
    }
}
