package dev.plumbline.pipeline.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.BaselineQuality;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Establisher;
import dev.plumbline.core.baseline.Establishment;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.QualityCheck;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.Format;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.record.Batches;
import dev.plumbline.pipeline.record.Overrides;
import dev.plumbline.pipeline.record.ReadAhead;
import dev.plumbline.pipeline.record.RecordResults;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.HistoryBranches;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.RecordedAnnotations;
import dev.plumbline.pipeline.snapshot.RunSelector;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.EstablishmentWords;
import dev.plumbline.report.QualityWords;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;

/** Makes the next version of named baselines: from the history, from some runs of it, or from files. */
public final class EstablishBaselines {
    private static final int MOST_NAMED = 3;

    private final Workspace workspace;
    private final String name;
    private final BaselineSettings settings;
    private final Author author;
    private final Progress progress;

    /** Begins the lines that belong to a warning above them. */
    public static final String DETAIL = "  ";

    /** A baseline on less than this part of the runs before it is worth a warning. */
    private static final int MUCH_FEWER = 3;

    /** @param name under which the baselines are kept */
    public EstablishBaselines(
            Workspace workspace, String name, BaselineSettings settings, Author author, Progress progress) {
        this.workspace = requireNonNull(workspace, "workspace");
        VersionInfo.checkName(name);
        this.name = name;
        this.settings = requireNonNull(settings, "settings");
        this.author = requireNonNull(author, "author");
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * What was done.
     *
     * @param version the version that holds now
     * @param isNew whether it was made just now; when nothing changed there is no new one
     * @param establishments one for each series that was looked at, in the order of their keys
     * @param warnings what people should know before they trust the new version; those that begin with {@link #DETAIL}
     *     belong to the one before them
     * @param trusted whether the new version has a baseline that can be relied on; where nothing changed, nothing is
     *     said of the old one
     */
    public record Outcome(
            VersionInfo version,
            boolean isNew,
            List<Establishment> establishments,
            List<String> warnings,
            boolean trusted) {
        public Outcome {
            requireNonNull(version, "version");
            establishments = List.copyOf(establishments);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Establishes the baselines of series from their stable stretches.
     *
     * @param query which series; when it names no branch, those of the branch that others are judged against
     * @throws NothingFound if there is no such series
     */
    public Outcome fromHistory(SeriesQuery query) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            BenchmarkSelector.check(query, store);
            String branch = query.branch().orElseGet(() -> workspace.baseBranch(store));
            HistoryBranches.of(store).check(branch);
            SeriesQuery onBranch = query.onBranch(branch);
            Annotations annotations = RecordedAnnotations.of(workspace, store);
            Set<SeriesKey> judged =
                    Set.copyOf(workspace.configuration().roles().judged(store.keys(onBranch), key -> key));
            return establish(store, "history", establisher -> previous -> {
                Batches<Series, Establishment> batches = new Batches<>(
                        series -> establisher.fromHistory(
                                series, Optional.ofNullable(previous.get(series.key())), annotations.levelOf(series)),
                        count -> progress.at("establishing", count, 0));
                store.forEachSeries(onBranch, series -> {
                    if (judged.contains(series.key())) {
                        batches.add(series);
                    }
                });
                return batches.all();
            });
        }
    }

    /**
     * Establishes baselines on exactly these runs.
     *
     * @param ids the runs' ids, or the beginnings of them
     * @throws NothingFound if one of them means no run or several
     */
    public Outcome fromRuns(List<String> ids) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            Set<String> runs = new HashSet<>();
            for (String id : ids) {
                List<RunInfo> found = store.runs(RunQuery.all().withId(id));
                if (found.size() != 1) {
                    throw new NothingFound(
                            "ambiguous run: " + found.size() + " runs have an id that begins with " + id);
                }
                runs.add(found.get(0).id());
            }
            return fromRuns(store, "run " + String.join(", ", ids), store, runs);
        }
    }

    /**
     * Establishes baselines on all runs of a revision.
     *
     * @param revision a tag, a release, a branch or a commit, as git resolves it; or the beginning of a commit's id
     * @throws NothingFound if no run measured it
     */
    public Outcome fromRevision(String revision) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            String commit = new Git(workspace.directory()).commitOf(revision).orElse(revision);
            Set<String> runs = new HashSet<>();
            store.runs(RunQuery.all().ofCommit(commit)).stream()
                    .filter(run -> !run.header().revision().commit().endsWith(Revision.DIRTY))
                    .forEach(run -> runs.add(run.id()));
            if (runs.isEmpty()) {
                throw new NothingFound("no run in the history measured " + revision
                        + RunSelector.hint(revision, store, new Git(workspace.directory()))
                        + (commit.equals(revision) ? "" : ", which is commit " + commit));
            }
            String known = commit.equals(revision) ? "" : " (" + commit.substring(0, 10) + ")";
            return fromRuns(store, "revision " + revision + known, store, runs);
        }
    }

    /** Establishes baselines on result files, which are not added to the history. */
    public Outcome fromFiles(List<Path> files, Overrides overrides, Optional<Format> format) throws IOException {
        RecordResults recorder = new RecordResults(workspace, overrides, format, progress);
        try (ReadAhead reading = recorder.startReading(files);
                RunStore apart = workspace.inMemory();
                RunStore store = workspace.open()) {
            RecordResults.Outcome read = recorder.record(apart, reading, true);
            if (!read.unreadable().isEmpty()) {
                throw new NothingFound(read.unreadable().get(0).toString());
            }
            Set<String> runs = new HashSet<>();
            read.runs().forEach(run -> runs.add(run.run().id()));
            List<String> names = files.stream().map(Path::toString).toList();
            return fromRuns(store, "files " + String.join(", ", names), apart, runs);
        }
    }

    private Outcome fromRuns(RunStore store, String origin, RunStore source, Set<String> runs) throws IOException {
        return establish(
                store,
                origin,
                establisher -> previous -> judged(source.seriesOf(runs)).stream()
                        .map(series -> establisher.fromPoints(series, pointsOf(series, runs)))
                        .toList());
    }

    /** Context metrics have no baselines, for no check judges them. */
    private List<Series> judged(List<Series> series) {
        return workspace.configuration().roles().judged(series, Series::key);
    }

    private static List<Point> pointsOf(Series series, Set<String> runs) {
        return series.points().stream()
                .filter(point -> runs.contains(point.run().id()))
                .toList();
    }

    private Outcome establish(
            RunStore store,
            String origin,
            Function<Establisher, Function<Map<SeriesKey, EstablishedBaseline>, List<Establishment>>> work)
            throws IOException {
        Optional<BaselineVersion> before = store.baselines().newest(name);
        Map<SeriesKey, EstablishedBaseline> baselines = new TreeMap<>();
        before.ifPresent(version -> version.baselines().forEach(one -> baselines.put(one.key(), one)));
        int number = before.map(version -> version.info().number()).orElse(0) + 1;
        Provenance provenance = new Provenance(
                number,
                workspace.clock().instant(),
                author.name(),
                author.reason(),
                origin,
                Version.TEXT,
                settings.asText());
        List<Establishment> establishments = work.apply(new Establisher(settings, workspace.margins(), provenance))
                .apply(baselines);
        if (establishments.isEmpty()) {
            throw new NothingFound("no series to establish a baseline for; list series with plumb history");
        }
        boolean changed = false;
        List<String> thinner = new ArrayList<>();
        for (Establishment one : establishments) {
            if (one.outcome() != Establishment.Outcome.KEPT && one.baseline().isPresent()) {
                EstablishedBaseline made = one.baseline().get();
                Optional.ofNullable(baselines.put(one.key(), made))
                        .flatMap(old -> thinner(old, made))
                        .ifPresent(thinner::add);
                changed = true;
            }
        }
        if (!changed && before.isPresent()) {
            return new Outcome(before.get().info(), false, establishments, List.of(), true);
        }
        if (!changed) {
            throw new NothingFound("no baseline: " + EstablishmentWords.of(establishments.get(0)) + " in "
                    + establishments.get(0).key().benchmark().label() + "; measure more runs");
        }
        BaselineVersion version =
                BaselineVersion.of(name, BaselineChange.ESTABLISHED, provenance, List.copyOf(baselines.values()));
        progress.at("writing version " + number, 0, 0);
        ForkJoinTask<Doubts> untrusted = ForkJoinPool.commonPool().submit(() -> untrusted(version));
        store.baselines().add(version);
        List<String> warnings = new ArrayList<>(warnings(thinner));
        Doubts doubts = untrusted.join();
        warnings.addAll(doubts.lines);
        return new Outcome(version.info(), true, establishments, warnings, !doubts.ofAll);
    }

    /**
     * What speaks against relying on baselines.
     *
     * @param lines a fact each; none where all can be relied on
     * @param ofAll whether none can be
     */
    private record Doubts(List<String> lines, boolean ofAll) {}

    /** Tells which of the baselines are not such that one can rely on them. */
    private Doubts untrusted(BaselineVersion version) {
        ToDoubleBiFunction<SeriesKey, Unit> margins = workspace.margins();
        BaselineQuality.Since now =
                new BaselineQuality.Since(workspace.clock().instant(), OptionalInt.empty(), Optional.empty());
        Map<QualityCheck.Kind, Integer> counts = new EnumMap<>(QualityCheck.Kind.class);
        List<String> names = new ArrayList<>();
        List<String> example = List.of();
        List<BaselineQuality> invalid = version.baselines().parallelStream()
                .map(baseline -> BaselineQuality.of(
                        baseline, now, settings.withMargin(margins.applyAsDouble(baseline.key(), baseline.unit()))))
                .filter(quality -> !quality.isValid())
                .toList();
        for (BaselineQuality quality : invalid) {
            EstablishedBaseline baseline = quality.baseline();
            quality.failures().forEach(check -> counts.merge(check.kind(), 1, Integer::sum));
            QualityCheck first = quality.failures().get(0);
            names.add(baseline.key().benchmark().label() + " " + baseline.key().metric());
            example = example.isEmpty()
                    ? List.of(
                            DETAIL + "the first one: " + QualityWords.found(first),
                            DETAIL + "to fix it: " + QualityWords.remedy(first))
                    : example;
        }
        if (names.isEmpty()) {
            return new Doubts(List.of(), false);
        }
        StringJoiner kinds = new StringJoiner(", ");
        counts.forEach((kind, count) -> kinds.add(kind.name().toLowerCase(Locale.ROOT) + " " + count));
        int all = version.baselines().size();
        int failed = names.size();
        int others = failed - MOST_NAMED;
        List<String> lines = new ArrayList<>();
        lines.add((all == 1 ? "the baseline" : (failed == all ? "none" : failed) + " of the " + all + " baselines")
                + (all == 1 || failed < all ? " cannot" : " can") + " be trusted yet");
        lines.add(DETAIL + "failed: " + kinds);
        if (failed > 1 && failed < all) {
            names.stream().limit(MOST_NAMED).forEach(one -> lines.add(DETAIL + "- " + one));
            if (others > 0) {
                lines.add(DETAIL + "- and " + others + " more");
            }
        }
        lines.addAll(example);
        lines.add(DETAIL + "plumb baseline validate" + (name.equals("default") ? "" : " --name " + name)
                + " shows all details");
        return new Doubts(lines, failed == all);
    }

    /** Tells of a baseline that knows far less of the noise than the one it follows. */
    private static Optional<String> thinner(EstablishedBaseline old, EstablishedBaseline made) {
        int before = old.runs().size();
        int after = made.runs().size();
        return after * MUCH_FEWER < before
                ? Optional.of(made.key().benchmark().label() + " is based on " + after + (after == 1 ? " run" : " runs")
                        + " instead of " + before)
                : Optional.empty();
    }

    private List<String> warnings(List<String> thinner) {
        return thinner.isEmpty()
                ? List.of()
                : List.of(thinner.get(0) + (thinner.size() > 1 ? ", and so do " + (thinner.size() - 1) + " more" : "")
                        + ": too few to estimate the noise; plumb baseline rollback --name " + name
                        + " restores the earlier version");
    }

    /** A query for the series of a benchmark, or of all when no pattern is given. */
    public static SeriesQuery query(Optional<String> pattern) {
        return pattern.map(text -> SeriesQuery.all().ofBenchmark(new BenchmarkPattern(text)))
                .orElse(SeriesQuery.all());
    }
}
