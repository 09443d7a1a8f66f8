package dev.plumbline.pipeline.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.baseline.BaselineChange;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Establisher;
import dev.plumbline.core.baseline.Establishment;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.ingest.Format;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.record.Batches;
import dev.plumbline.pipeline.record.Overrides;
import dev.plumbline.pipeline.record.ReadAhead;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.record.RecordResults;
import dev.plumbline.pipeline.record.Recorder;
import dev.plumbline.pipeline.repository.Author;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.HistoryBranches;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.RunSelector;
import dev.plumbline.pipeline.snapshot.annotation.RecordedAnnotations;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.EstablishmentWords;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;

/** Creates the next version of named baselines from the history, from some of its runs, or from files. */
public final class EstablishBaselines {
    private final Workspace workspace;
    private final String name;
    private final BaselineSettings settings;
    private final Author author;
    private final Progress progress;

    /** Begins the lines that belong to a warning above them. */
    public static final String DETAIL = "  ";

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
     * The established baselines.
     *
     * @param version the version that holds now
     * @param isNew whether it was made just now; when nothing changed there is no new one
     * @param establishments one for each series that was looked at, in the order of their keys
     * @param warnings about the quality of the version; those that begin with {@link #DETAIL}
     *     belong to the one before them
     * @param trusted whether the version has a baseline that can be relied on
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

    /** The source of the runs for baselines. */
    public sealed interface Source {
        /**
         * The stable stretches of series.
         *
         * @param query which series; when it names no branch, those of the branch that others are judged against
         */
        record History(SeriesQuery query) implements Source {}

        /**
         * Exactly these runs.
         *
         * @param ids the runs' ids, or the beginnings of them
         */
        record Runs(List<String> ids) implements Source {
            public Runs {
                ids = List.copyOf(ids);
            }
        }

        /**
         * All runs of a revision.
         *
         * @param name a tag, a release, a branch or a commit, as git resolves it; or the beginning of a commit's id
         */
        record OfRevision(String name) implements Source {}

        /** Result files, which are not added to the history. */
        record ResultFiles(List<Path> files, Overrides overrides, Optional<Format> format) implements Source {
            public ResultFiles {
                files = List.copyOf(files);
            }
        }
    }

    /**
     * Establishes.
     *
     * @throws NothingFound if there is no such series, run or revision, or nothing to establish a baseline on
     */
    public Outcome establish(Source source) throws IOException {
        if (source instanceof Source.History history) {
            return fromHistory(history.query());
        }
        if (source instanceof Source.Runs runs) {
            return fromRuns(runs.ids());
        }
        if (source instanceof Source.OfRevision revision) {
            return fromRevision(revision.name());
        }
        Source.ResultFiles results = (Source.ResultFiles) source;
        return fromFiles(results.files(), results.overrides(), results.format());
    }

    private Outcome fromHistory(SeriesQuery query) throws IOException {
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

    private Outcome fromRuns(List<String> ids) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            Set<String> runs = new HashSet<>();
            for (String id : ids) {
                NothingFound.ifBlank(id, "run", "give the beginning of its id");
                List<RunInfo> found = store.runs(RunQuery.all().withId(id));
                if (found.size() != 1) {
                    throw new NothingFound(
                            (found.isEmpty() ? "no run has" : "ambiguous run: " + found.size() + " runs have")
                                    + " an id that begins with " + id);
                }
                runs.add(found.get(0).id());
            }
            return fromRuns(store, "run " + String.join(", ", ids), store, runs);
        }
    }

    private Outcome fromRevision(String revision) throws IOException {
        try (RunStore store = workspace.openExisting()) {
            String commit = new Git(workspace.directory()).commitOf(revision).orElse(revision);
            Set<String> runs = new HashSet<>();
            store.runs(RunQuery.all().ofCommit(commit)).stream()
                    .filter(run -> !run.header().revision().commit().endsWith(Revision.DIRTY))
                    .forEach(run -> runs.add(run.id()));
            if (runs.isEmpty()) {
                throw new NothingFound("no run in the history measured " + revision
                        + (commit.equals(revision)
                                ? RunSelector.hint(revision, store, new Git(workspace.directory()))
                                : ", which is commit " + commit));
            }
            String known = commit.equals(revision) ? "" : " (" + commit.substring(0, 10) + ")";
            return fromRuns(store, "revision " + revision + known, store, runs);
        }
    }

    private Outcome fromFiles(List<Path> files, Overrides overrides, Optional<Format> format) throws IOException {
        Recorder recorder = new Recorder(workspace, ReadingSettings.of(overrides, format), progress);
        try (ReadAhead reading = recorder.startReading(files);
                RunStore apart = workspace.inMemory();
                RunStore store = workspace.open()) {
            RecordResults.Outcome read = recorder.record(apart, reading);
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
        EstablishmentWarnings warnings = new EstablishmentWarnings(workspace, name, settings);
        List<String> thinner = new ArrayList<>();
        for (Establishment one : establishments) {
            if (one.outcome() != Establishment.Outcome.KEPT && one.baseline().isPresent()) {
                EstablishedBaseline made = one.baseline().get();
                Optional.ofNullable(baselines.put(one.key(), made))
                        .flatMap(old -> warnings.thinner(old, made))
                        .ifPresent(thinner::add);
                changed = true;
            }
        }
        if (!changed && before.isPresent()) {
            EstablishmentWarnings.Doubts doubts = warnings.untrusted(before.get());
            return new Outcome(before.get().info(), false, establishments, doubts.lines(), !doubts.ofAll());
        }
        if (!changed) {
            throw new NothingFound("no baseline: " + EstablishmentWords.of(establishments.get(0)) + " in "
                    + establishments.get(0).key().benchmark().label() + "; measure more runs");
        }
        BaselineVersion version =
                BaselineVersion.of(name, BaselineChange.ESTABLISHED, provenance, List.copyOf(baselines.values()));
        progress.at("writing version " + number, 0, 0);
        ForkJoinTask<EstablishmentWarnings.Doubts> untrusted =
                ForkJoinPool.commonPool().submit(() -> warnings.untrusted(version));
        store.baselines().add(version);
        List<String> lines = new ArrayList<>(warnings.ofThinner(thinner));
        EstablishmentWarnings.Doubts doubts = untrusted.join();
        lines.addAll(doubts.lines());
        return new Outcome(version.info(), true, establishments, lines, !doubts.ofAll());
    }
}
