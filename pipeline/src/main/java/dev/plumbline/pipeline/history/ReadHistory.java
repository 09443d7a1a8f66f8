package dev.plumbline.pipeline.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.history.AnalysisWarning;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.ChangeMethod;
import dev.plumbline.core.history.EarlyLoss;
import dev.plumbline.core.history.RefutedRegressions;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.history.SeriesChange;
import dev.plumbline.core.history.Swing;
import dev.plumbline.core.incident.IncidentAnnotations;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.Roles;
import dev.plumbline.core.stats.steps.KnownLevels;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.repository.FindAuthors;
import dev.plumbline.pipeline.repository.FindOrigins;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.RevisionRange;
import dev.plumbline.pipeline.snapshot.BranchHistory;
import dev.plumbline.pipeline.snapshot.BranchSelector;
import dev.plumbline.pipeline.snapshot.NextRuns;
import dev.plumbline.pipeline.snapshot.Snapshots;
import dev.plumbline.pipeline.snapshot.StandingRegressions;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import dev.plumbline.report.content.AnalyzedSeries;
import dev.plumbline.report.content.MainMetricFirst;
import dev.plumbline.report.shape.SeriesHeadline;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Collectors;

/** Looks up series in the history, with the analysis of each. */
public final class ReadHistory {
    /** The number of commits with which series changed whose authors are looked up. */
    private static final int AUTHORS = 20;

    private final Workspace workspace;
    private final Detail detail;

    /** Looks at every series with its own margin. */
    public ReadHistory(Workspace workspace, Detail detail) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.detail = requireNonNull(detail, "detail");
    }

    /** The purpose that series are read for. */
    public enum Detail {
        /** A row of a list, which is sorted by what the noise of the series itself lets one run detect. */
        ROW,
        /** Also the minimum detectable change in its suite, which takes as long as a check of the next run. */
        WHOLE
    }

    /** The order of series. */
    public enum Order {
        /** The one that needs a person most. */
        WORST,
        NAME
    }

    /**
     * The series that are asked for.
     *
     * @param branches which, and on which branches
     * @param revisions which points of them
     * @param stops of the same branches: a newest run that was judged before is not judged again
     * @throws NothingFound if there is no history, or an end of the range is unknown
     */
    public List<AnalyzedSeries> read(
            BranchSelector branches, RevisionRange revisions, Order order, FindStops.Stops stops) throws IOException {
        return read(
                branches.queries(),
                revisions,
                stops.judged(),
                switch (order) {
                    case WORST -> SeriesHeadline.WORST_FIRST;
                    case NAME -> Comparator.comparing(one -> one.series().key(), MainMetricFirst.ORDER);
                });
    }

    private List<AnalyzedSeries> read(
            List<SeriesQuery> queries, RevisionRange revisions, List<Report> judged, Comparator<AnalyzedSeries> order)
            throws IOException {
        workspace.requireHistory();
        RevisionRange range =
                revisions.isEverything() ? revisions : revisions.resolved(commits(), new Git(workspace.directory()));
        ToDoubleBiFunction<SeriesKey, Unit> margins = workspace.margins();
        Policies policies =
                workspace.configuration().thresholds(workspace.configuration().policy());
        try (RunStore store = workspace.openExisting()) {
            Snapshots snapshots = Snapshots.configured(workspace, store);
            List<Series> found = new ArrayList<>();
            Map<String, BranchHistory> branches = new HashMap<>();
            List<Series> joined = new ArrayList<>();
            for (SeriesQuery query : queries) {
                List<Series> stored = store.series(query);
                found.addAll(stored);
                if (query.branch().isPresent() && !stored.isEmpty()) {
                    BranchHistory history = BranchHistory.of(query.branch().get(), store, snapshots, policies);
                    branches.put(query.branch().get(), history);
                    stored.forEach(series -> joined.add(joined(series, query, history, store)));
                } else {
                    joined.addAll(stored);
                }
            }
            Function<SeriesKey, Annotations> annotations = key -> Optional.ofNullable(branches.get(key.branch()))
                    .map(BranchHistory::annotations)
                    .orElseGet(snapshots::annotations);
            List<Series> suites = suites(found, queries, store);
            Function<AnalyzedSeries, OptionalDouble> detectable = detectable(snapshots, suites, keys(found), policies);
            Map<SeriesKey, Roles.Decision> roles =
                    policies.roles().among(suites.stream().map(Series::key).toList());
            List<AnalyzedSeries> looked = joined.parallelStream()
                    .flatMap(series -> looked(
                            series,
                            roles.get(series.key()).role(),
                            range,
                            margins.applyAsDouble(series.key(), series.unit()),
                            annotations.apply(series.key()))
                            .stream())
                    .map(one -> range.isEverything()
                            ? sized(
                                    one,
                                    Optional.ofNullable(
                                            branches.get(one.series().key().branch())))
                            : one)
                    .toList();
            UnmeasuredSeries unmeasured = new UnmeasuredSeries(
                    store,
                    snapshots,
                    policies,
                    workspace.configuration().gateInForce().policy(policies));
            List<AnalyzedSeries> known = new ArrayList<>();
            for (String branch : looked.stream()
                    .map(one -> one.series().key().branch())
                    .distinct()
                    .toList()) {
                Annotations ofBranch =
                        branches.containsKey(branch) ? branches.get(branch).annotations() : snapshots.annotations();
                StandingRegressions standing =
                        new StandingRegressions(store, snapshots, ofBranch, policies).knowing(judged);
                List<AnalyzedSeries> ofThis = looked.stream()
                        .filter(one -> one.series().key().branch().equals(branch))
                        .toList();
                Map<SeriesKey, AnalysisWarning.Unmeasured> gone = range.isEverything()
                        ? unmeasured.of(
                                branch,
                                ofThis.stream().map(AnalyzedSeries::series).toList())
                        : Map.of();
                known.addAll(known(
                        ofThis.stream()
                                .map(one -> Optional.ofNullable(
                                                gone.get(one.series().key()))
                                        .map(warning -> one.with(one.analysis().with(warning)))
                                        .orElse(one))
                                .toList(),
                        detectable,
                        range.isEverything() ? Optional.ofNullable(branches.get(branch)) : Optional.empty(),
                        branches.containsKey(branch) ? standing.knowing(branches.get(branch)) : standing,
                        ofBranch,
                        workspace.configuration().gateInForce().policy(policies)));
            }
            return authored(known, store).stream().sorted(order).toList();
        }
    }

    /**
     * The same with the authors of the commits with which series changed, the newest of these; none where a measured
     * commit brought others, as its author may have nothing to do with the change.
     */
    private List<AnalyzedSeries> authored(List<AnalyzedSeries> known, RunStore store) {
        Map<RunInfo, List<SeriesKey>> changed = new LinkedHashMap<>();
        known.stream()
                .flatMap(one -> changes(one).stream()
                        .map(run -> Map.entry(run, one.series().key())))
                .sorted(Comparator.comparing(entry -> entry.getKey().time(), Comparator.reverseOrder()))
                .filter(entry -> changed.containsKey(entry.getKey()) || changed.size() < AUTHORS)
                .forEach(entry -> changed.computeIfAbsent(entry.getKey(), none -> new ArrayList<>())
                        .add(entry.getValue()));
        FindOrigins origins = new FindOrigins(new Git(workspace.directory()), store);
        changed.forEach((run, keys) -> keys.forEach(key -> origins.add(commit(run), key, Set.of(branch(run)))));
        Set<String> others = changed.isEmpty() ? Set.of() : origins.found().keySet();
        List<RunInfo> alone = changed.keySet().stream()
                .filter(run -> !others.contains(commit(run)))
                .toList();
        Map<String, String> authors = FindAuthors.of(
                        workspace.directory(), alone.stream().map(ReadHistory::commit), alone)
                .names();
        return authors.isEmpty()
                ? known
                : known.stream()
                        .map(one -> one.with(one.analysis().by(authors)))
                        .toList();
    }

    private static String commit(RunInfo run) {
        return run.header().revision().commit();
    }

    private static String branch(RunInfo run) {
        return run.header().revision().branch();
    }

    /** The runs with which a series changed, or perhaps did. */
    private static Set<RunInfo> changes(AnalyzedSeries one) {
        Set<RunInfo> runs = new LinkedHashSet<>();
        changed(one.analysis())
                .forEach(index -> runs.add(one.series().points().get(index).run()));
        // what was accepted may not have been measured on this branch
        one.analysis().called().forEach(called -> runs.add(called.since()));
        return runs;
    }

    /** The places at which a series changed, or perhaps did. */
    private static Set<Integer> changed(SeriesAnalysis analysis) {
        Set<Integer> places = new TreeSet<>();
        analysis.changes().forEach(change -> places.add(change.index()));
        analysis.called().forEach(called -> places.add(called.index()));
        analysis.shape().excursions().forEach(one -> {
            places.add(one.first());
            places.add(one.end());
        });
        for (AnalysisWarning warning : analysis.warnings()) {
            if (warning instanceof AnalysisWarning.Improved improved) {
                places.add(improved.index());
            } else if (warning instanceof AnalysisWarning.Possible possible) {
                places.add(possible.index());
            } else if (warning instanceof AnalysisWarning.TooGood) {
                places.add(analysis.values().size() - 1);
            }
        }
        return places.stream().filter(place -> place < analysis.values().size()).collect(Collectors.toSet());
    }

    /** The selected part of a stored series, joined with its beginning on another branch. */
    private static Series joined(Series stored, SeriesQuery query, BranchHistory history, RunStore store) {
        if (history.isAsStored()) {
            return stored;
        }
        Series whole = history.of(
                query.since().isPresent() || query.newest().isPresent()
                        ? store.series(stored.key()).orElse(stored)
                        : stored);
        List<Point> points = whole.points().stream()
                .filter(point -> query.since()
                        .filter(since -> point.run().header().time().isBefore(since))
                        .isEmpty())
                .toList();
        return whole.withPoints(
                points.subList(Math.max(0, points.size() - query.newest().orElse(points.size())), points.size()));
    }

    /** The analysis of the points of a range; empty where a series has none there. */
    private static Optional<AnalyzedSeries> looked(
            Series series, Role role, RevisionRange range, double margin, Annotations annotations) {
        Series stored = within(series, range);
        Series shown = reported(stored, within(Swing.explainedIn(series, margin), range));
        return shown.points().isEmpty() && !range.isEverything()
                ? Optional.empty()
                : Optional.of(early(
                        AnalyzedSeries.of(
                                shown,
                                new ChangeMethod.BySteps(new StepScan.Settings(margin)),
                                CalledRegression.known(shown, annotations, margin),
                                role),
                        range.isEverything() ? SegmentedSeries.early(stored, margin, annotations) : Optional.empty()));
    }

    /** The same where what began on the branch it left is as large as there. */
    private static AnalyzedSeries sized(AnalyzedSeries one, Optional<BranchHistory> history) {
        return history.map(branch -> one.with(branch.sized(one.analysis(), one.series())))
                .orElse(one);
    }

    private static AnalyzedSeries early(AnalyzedSeries one, Optional<EarlyLoss> loss) {
        return loss.map(found -> one.with(one.analysis().with(found, SeriesAnalysis.days(one.series()))))
                .orElse(one);
    }

    /** The series with a note about regressions explained by its seasonality, if there are any. */
    private static Series reported(Series stored, Series explained) {
        int points = bad(stored) - bad(explained);
        if (points == 0) {
            return explained;
        }
        List<SeriesWarning> warnings = new ArrayList<>(explained.warnings());
        warnings.add(new SeriesWarning.ExplainedBySwing(points));
        return new Series(
                explained.key(),
                explained.unit(),
                explained.better(),
                explained.points(),
                warnings,
                explained.foreign());
    }

    private static int bad(Series series) {
        return (int) series.points().stream().filter(Point::judgedBad).count();
    }

    private static Predicate<SeriesKey> keys(List<Series> found) {
        return found.stream().map(Series::key).collect(Collectors.toSet())::contains;
    }

    /** Every series of the environments and branches that some are of. */
    private static List<Series> suites(List<Series> found, List<SeriesQuery> queries, RunStore store) {
        if (queries.stream().allMatch(SeriesQuery::isOfWholeSuites)) {
            return found;
        }
        List<Series> whole = new ArrayList<>();
        found.stream()
                .map(series -> SeriesQuery.all()
                        .inEnvironment(series.key().environment())
                        .onBranch(series.key().branch()))
                .distinct()
                .forEach(suite -> whole.addAll(store.series(suite)));
        return whole;
    }

    /** The minimum detectable change of the next run of series. */
    private Function<AnalyzedSeries, OptionalDouble> detectable(
            Snapshots snapshots, List<Series> suites, Predicate<SeriesKey> wanted, Policies policies)
            throws IOException {
        if (detail == Detail.ROW) {
            return one -> one.analysis().summary().detectable();
        }
        Map<SeriesKey, OptionalDouble> known =
                NextRuns.of(snapshots, suites, wanted).detectable(policies);
        return one -> known.getOrDefault(one.series().key(), OptionalDouble.empty());
    }

    /** Every commit that was measured, in the order of the history. */
    private List<String> commits() throws IOException {
        try (RunStore store = workspace.openExisting()) {
            return store.runs(RunQuery.all()).stream()
                    .map(run -> run.header().revision().commit())
                    .distinct()
                    .toList();
        }
    }

    /**
     * The same with the minimum detectable change of the next run, the detected regressions, also false ones, and the
     * annotations.
     */
    private static List<AnalyzedSeries> known(
            List<AnalyzedSeries> looked,
            Function<AnalyzedSeries, OptionalDouble> detectable,
            Optional<BranchHistory> branch,
            StandingRegressions standing,
            Annotations annotations,
            GatePolicy gate)
            throws IOException {
        IncidentAnnotations stated = new IncidentAnnotations(annotations);
        Map<SeriesKey, Series> byKey = new HashMap<>();
        List<CalledRegression> called = new ArrayList<>();
        for (AnalyzedSeries one : looked) {
            byKey.put(one.series().key(), one.series());
            double margin = one.analysis().margin();
            KnownLevels levels = CalledRegression.known(one.series(), annotations, margin);
            List<SeriesChange> confirmed = one.analysis().confirmed();
            called.addAll(CalledRegression.of(one.series(), confirmed, margin, levels));
            branch.flatMap(history -> history.called(one.analysis(), one.series()))
                    .filter(open ->
                            called.stream().noneMatch(other -> other.findingId().equals(open.findingId())))
                    .ifPresent(called::add);
            called.addAll(CalledRegression.accepted(one.series(), confirmed, annotations));
            called.addAll(CalledRegression.acceptedAsBetter(one.series(), confirmed, annotations));
        }
        Map<SeriesKey, List<CalledRegression>> reported = standing.reported(called, byKey::get).stream()
                .sorted(Comparator.comparingInt(CalledRegression::index))
                .collect(Collectors.groupingBy(CalledRegression::key));
        List<AnalyzedSeries> known = new ArrayList<>();
        for (AnalyzedSeries one : looked) {
            SeriesKey key = one.series().key();
            Optional<AnalysisWarning> tooGood = standing.tooGood(one.series(), gate)
                    .map(finding -> new AnalysisWarning.TooGood(
                            finding.unit(),
                            finding.verdict().effect().orElseThrow(),
                            Revision.of(finding.since(), finding.key().branch()).shortCommit(),
                            finding.id()));
            SeriesAnalysis analysis = one.analysis();
            Optional<AnalysisWarning> newest = tooGood.isPresent() ? tooGood : unconfirmed(one, standing);
            known.add(one.with(newest.map(analysis::with)
                    .orElse(analysis)
                    .with(
                            detectable.apply(one),
                            reported.getOrDefault(key, List.of()),
                            stated.of(one.series(), one.analysis().margin()),
                            RefutedRegressions.of(
                                    one.series(),
                                    one.analysis().shape(),
                                    annotations.falseAlarms(key),
                                    annotations.acceptedRuns(key)))));
        }
        return known;
    }

    /**
     * The finding of a check of the newest run that the history does not confirm, unless it is a possible loss of a
     * young series.
     */
    private static Optional<AnalysisWarning> unconfirmed(AnalyzedSeries one, StandingRegressions standing)
            throws IOException {
        int early = one.analysis().early().map(EarlyLoss::before).orElse(-1);
        return standing.unconfirmed(one.series(), one.analysis())
                .filter(warning -> !(warning instanceof AnalysisWarning.Possible possible) || possible.index() > early);
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
