package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.calibrate.Replay;
import dev.plumbline.core.calibrate.SeriesReplay;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.ChangeMethod;
import dev.plumbline.core.history.RefutedRegressions;
import dev.plumbline.core.incident.IncidentAnnotations;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.steps.KnownLevels;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.report.AnalyzedSeries;
import dev.plumbline.report.DisturbedRun;
import dev.plumbline.report.MainMetricFirst;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;

/** Looks up series in the history and at what each of them shows. */
public final class ReadHistory {
    private final Workspace workspace;

    /** Looks at every series with its own margin. */
    public ReadHistory(Workspace workspace) {
        this.workspace = requireNonNull(workspace, "workspace");
    }

    /**
     * The series that the query finds, those first that need a person most.
     *
     * @param revisions which points of them
     * @throws NothingFound if there is no history, or an end of the range is unknown
     */
    public List<AnalyzedSeries> worstFirst(SeriesQuery query, RevisionRange revisions) throws IOException {
        return read(query, revisions, Comparator.comparing(AnalyzedSeries::analysis, AnalyzedSeries.WORST_FIRST));
    }

    /** The same in the order of their names. */
    public List<AnalyzedSeries> byName(SeriesQuery query, RevisionRange revisions) throws IOException {
        return read(query, revisions, Comparator.comparing(one -> one.series().key(), MainMetricFirst.ORDER));
    }

    /** The runs in which much of a suite was off at once, oldest first. */
    public static List<DisturbedRun> disturbed(List<AnalyzedSeries> all) {
        return RunTable.of(all.stream().map(AnalyzedSeries::series).toList(), true).stream()
                .flatMap(table -> table.disturbed().stream())
                .sorted(Comparator.comparing(DisturbedRun::time))
                .toList();
    }

    private List<AnalyzedSeries> read(SeriesQuery query, RevisionRange revisions, Comparator<AnalyzedSeries> order)
            throws IOException {
        workspace.requireHistory();
        RevisionRange range =
                revisions.isEverything() ? revisions : revisions.resolved(commits(), new Git(workspace.directory()));
        List<Series> found = new ListHistory(workspace).list(query);
        Map<SeriesKey, OptionalDouble> judged = judged(found, query);
        ToDoubleBiFunction<SeriesKey, Unit> margins = workspace.margins();
        try (RunStore store = workspace.openExisting()) {
            Annotations annotations = RecordedAnnotations.of(workspace, store);
            List<AnalyzedSeries> looked = found.parallelStream()
                    .map(series -> within(series, range))
                    .filter(series -> range.isEverything() || !series.points().isEmpty())
                    .map(series -> AnalyzedSeries.of(
                            series,
                            new ChangeMethod.BySteps(
                                    new StepScan.Settings(margins.applyAsDouble(series.key(), series.unit()))),
                            CalledRegression.known(series, annotations)))
                    .toList();
            return known(looked, judged, store).stream().sorted(order).toList();
        }
    }

    /** Every commit that was measured. */
    private Set<String> commits() throws IOException {
        try (RunStore store = workspace.openExisting()) {
            return store.runs(RunQuery.all()).stream()
                    .map(run -> run.header().revision().commit())
                    .collect(Collectors.toSet());
        }
    }

    /** The same with what the judge can find, what checks have called, also in vain, and what people said. */
    private List<AnalyzedSeries> known(
            List<AnalyzedSeries> looked, Map<SeriesKey, OptionalDouble> judged, RunStore store) throws IOException {
        Policies policies =
                workspace.configuration().thresholds(workspace.configuration().policy());
        Snapshots snapshots = Snapshots.configured(workspace, store);
        Annotations annotations = snapshots.annotations();
        IncidentAnnotations said = new IncidentAnnotations(annotations);
        Map<SeriesKey, Series> byKey = new HashMap<>();
        List<CalledRegression> called = new ArrayList<>();
        for (AnalyzedSeries one : looked) {
            byKey.put(one.series().key(), one.series());
            KnownLevels levels = CalledRegression.known(one.series(), annotations);
            CalledRegression.of(
                            one.series(),
                            one.analysis().confirmed(),
                            one.analysis().margin(),
                            levels)
                    .ifPresent(called::add);
        }
        Map<SeriesKey, CalledRegression> told = new HashMap<>();
        new StandingRegressions(store, snapshots, annotations, policies)
                .told(called, byKey::get)
                .forEach(one -> told.put(one.key(), one));
        List<AnalyzedSeries> known = new ArrayList<>();
        for (AnalyzedSeries one : looked) {
            SeriesKey key = one.series().key();
            known.add(new AnalyzedSeries(
                    one.series(),
                    one.analysis()
                            .with(
                                    judged.getOrDefault(key, OptionalDouble.empty()),
                                    Optional.ofNullable(told.get(key)),
                                    said.of(one.series(), one.analysis().margin()),
                                    RefutedRegressions.of(
                                            one.series(), one.analysis().shape(), annotations.falseAlarms(key)))));
        }
        return known;
    }

    /** What the judge says can be found in them, each in its suite: the number that thresholds are told with. */
    private Map<SeriesKey, OptionalDouble> judged(List<Series> found, SeriesQuery query) throws IOException {
        Map<SeriesQuery, List<Series>> suites = new LinkedHashMap<>();
        for (Series series : found) {
            suites.computeIfAbsent(
                            SeriesQuery.all()
                                    .inEnvironment(series.key().environment())
                                    .onBranch(series.key().branch()),
                            suite -> new ArrayList<>())
                    .add(series);
        }
        SeriesReplay replay = new SeriesReplay(
                workspace.configuration().thresholds(workspace.configuration().policy()), Replay.Settings.DEFAULT);
        Map<SeriesKey, OptionalDouble> judged = new HashMap<>();
        try (RunStore store = workspace.openExisting()) {
            Annotations annotations = RecordedAnnotations.of(workspace, store);
            suites.forEach((suite, own) -> {
                Set<SeriesKey> wanted = own.stream().map(Series::key).collect(Collectors.toSet());
                // what was found with no condition are whole suites, which need not be read again
                List<Series> whole = query.equals(SeriesQuery.all()) ? own : store.series(suite);
                judged.putAll(replay.detectable(
                        whole.parallelStream()
                                .map(series -> StoredSuite.asJudged(series, annotations, workspace.margins()))
                                .toList(),
                        wanted::contains));
            });
        }
        return judged;
    }

    private static Series within(Series series, RevisionRange revisions) {
        if (revisions.isEverything()) {
            return series;
        }
        List<String> commits = series.points().stream()
                .map(point -> point.run().header().revision().commit())
                .toList();
        List<Point> points = series.points();
        return series.withPoints(points.subList(revisions.first(commits), revisions.end(commits)));
    }
}
