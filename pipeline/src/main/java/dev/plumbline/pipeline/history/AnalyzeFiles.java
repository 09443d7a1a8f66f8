package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.history.ChangeMethod;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.history.Swing;
import dev.plumbline.core.judge.NextRun;
import dev.plumbline.core.model.PackedPoints;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.ingest.mapping.Mappings;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.repository.RevisionRange;
import dev.plumbline.pipeline.snapshot.BenchmarkSelector;
import dev.plumbline.pipeline.snapshot.SeriesSelector;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Finds the change points of every series in result files; nothing is stored. */
public final class AnalyzeFiles {
    private final Optional<Format> format;
    private final Mappings mappings;
    private final ChangeMethod method;
    private final Policies policies;
    private final Progress progress;
    private final SeriesQuery query;
    private final RevisionRange revisions;

    /**
     * @param format the format to read the files as; found out when empty
     * @param mappings for files of no known format
     * @param method how the changes are searched for
     * @param policies of what can be detected
     * @param query which series
     * @param revisions which of their points
     */
    public AnalyzeFiles(
            Optional<Format> format,
            Mappings mappings,
            ChangeMethod method,
            Policies policies,
            Progress progress,
            SeriesQuery query,
            RevisionRange revisions) {
        this.format = requireNonNull(format, "format");
        this.method = requireNonNull(method, "method");
        this.policies = requireNonNull(policies, "policies");
        this.mappings = requireNonNull(mappings, "mappings");
        this.progress = requireNonNull(progress, "progress");
        this.query = requireNonNull(query, "query");
        this.revisions = requireNonNull(revisions, "revisions");
    }

    /**
     * The analysed series.
     *
     * @param series in the order of the files, each as it begins there
     * @param problems records that could not be used
     */
    public record Outcome(List<SeriesAnalysis> series, List<Problem> problems) {
        public Outcome {
            series = List.copyOf(series);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Analyses files and folders.
     *
     * @param standardInput the path of those that keeps what came from standard input, which messages call so
     * @param now used for unknown times
     * @throws UnreadableInput if a file that was named is not readable
     * @throws NothingFound if there are series, and none of those asked for
     * @throws IOException if a path does not exist or the file system fails
     */
    public Outcome analyze(List<Path> paths, Optional<Path> standardInput, Instant now) throws IOException {
        SeriesFiles.Outcome read = new SeriesFiles(format, mappings, progress).read(paths, standardInput, now);
        List<Judged> judged = judged(read.series());
        Map<List<String>, NextRun> suites = suites(judged);
        Map<SeriesKey, OptionalDouble> detectable = new HashMap<>();
        suites.values().forEach(suite -> detectable.putAll(suite.detectable()));
        List<SeriesAnalysis> analyses = judged.parallelStream()
                .flatMap(one -> one.series.within(query, revisions).stream()
                        .map(part -> analysis(part, one.firstLook(part, suites.get(one.suite())))))
                .map(analysis -> analysis.with(detectable.getOrDefault(analysis.key(), OptionalDouble.empty())))
                .toList();
        if (analyses.isEmpty() && !read.series().isEmpty()) {
            throw nothing(
                    read.series().stream().map(SeriesFiles.FileSeries::key).toList());
        }
        return new Outcome(analyses, read.problems());
    }

    private NothingFound nothing(List<SeriesKey> all) throws NothingFound {
        BenchmarkSelector.check(query, all);
        SeriesSelector.check(query, all);
        return new NothingFound(
                revisions.isEverything()
                        ? "no series in the files has a run from that time"
                        : "no series in the files has a run in that range; give --from and --to as the commits"
                                + " in the files");
    }

    /**
     * A series of the files as it is judged.
     *
     * @param history its points; without its seasonality, once that was searched for
     * @param hasNoSwing whether seasonality was searched for and not found
     */
    private record Judged(SeriesFiles.FileSeries series, Series history, boolean hasNoSwing) {
        Judged withoutSwing(double margin) {
            Optional<Swing> swing = Swing.of(history, margin);
            return new Judged(
                    series,
                    swing.map(found -> found.takenOut(history, margin)).orElse(history),
                    swing.isEmpty() && Swing.isLookedFor(history));
        }

        /** Series of one environment and branch are a suite, as in a check. */
        List<String> suite() {
            return List.of(series.key().environment(), series.key().branch());
        }

        /** The facts about a part of it, or about all of it, before that is analyzed. */
        SeriesAnalysis.FirstLook firstLook(SeriesFiles.FileSeries part, NextRun suite) {
            return new SeriesAnalysis.FirstLook(suite.knownSteps(part.key()), hasNoSwing && part == series);
        }
    }

    private List<Judged> judged(List<SeriesFiles.FileSeries> all) {
        PackedPoints.Builder points = new PackedPoints.Builder();
        List<Judged> judged = new ArrayList<>();
        for (SeriesFiles.FileSeries one : all) {
            judged.add(new Judged(one, one.series(points), false));
        }
        return judged.parallelStream()
                .map(one -> one.withoutSwing(
                        policies.of(one.series.key(), one.series.unit()).margin()))
                .toList();
    }

    /** The next run of each suite. */
    private Map<List<String>, NextRun> suites(List<Judged> all) {
        Map<List<String>, List<Series>> suites = new LinkedHashMap<>();
        for (Judged one : all) {
            suites.computeIfAbsent(one.suite(), suite -> new ArrayList<>()).add(one.history);
        }
        Map<List<String>, NextRun> next = new HashMap<>();
        suites.forEach((name, suite) -> next.put(name, NextRun.after(suite, policies)));
        return next;
    }

    private SeriesAnalysis analysis(SeriesFiles.FileSeries series, SeriesAnalysis.FirstLook first) {
        return SeriesAnalysis.of(
                series.key(),
                series.unit(),
                series.better(),
                series.values(),
                series.revisions(),
                series.days(),
                method,
                first);
    }
}
