package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.annotation.AcceptedPoint;
import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.CalledStretch;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.history.SeriesChange;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.Snapshot;
import dev.plumbline.core.judge.level.HistorySize;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.sample.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The history of a branch as the judgement of its newest runs sees it: each series begins with the history of the base
 * branch up to the fork. A look at the branch's runs alone would find them too few, where a check has judged them.
 */
final class JoinedBranch {
    /** The number of runs that determine a level. */
    private static final int NEWEST = 5;

    private final Snapshot snapshot;
    private final Judgement judgement;
    private final Policies policies;
    private final Map<Name, Series> bases = new HashMap<>();
    private final Set<PointKey> bad;
    private final Set<String> ids;
    private final Map<Name, Finding> open = new HashMap<>();

    /** A series without branch. */
    private record Name(Benchmark benchmark, String metric, String environment) {
        static Name of(SeriesKey key) {
            return new Name(key.benchmark(), key.metric(), key.environment());
        }
    }

    /**
     * The joined branch of a judgement.
     *
     * @param snapshot its input
     * @param policies by which it was made
     */
    JoinedBranch(Snapshot snapshot, Judgement judgement, Policies policies) {
        this.snapshot = snapshot;
        this.judgement = judgement;
        this.policies = policies;
        bad = new HashSet<>(judgement.facts().bad());
        ids = snapshot.runs().stream().map(RunInfo::id).collect(Collectors.toSet());
        judgement.findings().stream()
                .filter(finding -> finding.alreadyOpen()
                        .filter(one -> one.fixed().isEmpty())
                        .isPresent())
                .forEach(finding -> open.put(Name.of(finding.key()), finding));
        snapshot.environments().values().forEach(history -> history.base()
                .ifPresent(all -> all.forEach(series -> bases.put(Name.of(series.key()), series))));
    }

    /**
     * A series of the branch, under its own key, in the unit of what it begins with. The points that the judgement
     * reports as a regression are bad, whether a check recorded that or not. One that is held against its own past
     * remains as it is.
     *
     * @param own whole, of an environment of the judged runs
     */
    Series of(Series own) {
        Series base = bases.get(Name.of(own.key()));
        Snapshot.EnvironmentHistory environment =
                snapshot.environments().get(own.key().environment());
        boolean isComparable = base != null
                && environment != null
                && !base.points().isEmpty()
                && base.better() == own.better()
                && base.unit().isComparableWith(own.unit());
        if (!isComparable) {
            return marked(own);
        }
        List<Point> points = new ArrayList<>(upToFork(base));
        int fork = points.size();
        double factor = own.unit().factor() / base.unit().factor();
        marked(own).points().stream()
                .filter(point ->
                        ids.contains(point.run().id()) || environment.isBehind().test(point.run()))
                .map(point -> factor == 1 ? point : point.times(factor))
                .forEach(points::add);
        keepOpen(points, fork);
        return new Series(own.key(), base.unit(), own.better(), points, own.warnings(), own.foreign());
    }

    /**
     * Runs of the branch that show what is open on the other one are good: it is no fault of theirs. Where a further
     * loss came on top of it on the branch they are a part of the level below that, or it would be held against the
     * level before both.
     *
     * @param fork index of the first point of the branch
     */
    private static void keepOpen(List<Point> points, int fork) {
        int begin = CalledStretch.begin(points.subList(0, fork));
        int further = CalledStretch.begin(points);
        if (begin == 0 || begin == fork || further <= fork || further == points.size()) {
            return;
        }
        double open = median(points.subList(Math.max(begin, fork - NEWEST), fork));
        List<Point> good = points.subList(0, begin).stream()
                .filter(point -> !point.judgedBad())
                .toList();
        if (good.isEmpty()) {
            return;
        }
        double before = median(good.subList(Math.max(0, good.size() - 2 * NEWEST), good.size()));
        for (int i = fork; i < further; i++) {
            Point point = points.get(i);
            if (Math.abs(point.value() - open) < Math.abs(point.value() - before)) {
                points.set(i, point.asJudgedBad());
            }
        }
    }

    private static double median(List<Point> points) {
        return Location.median(points.stream().mapToDouble(Point::value).toArray());
    }

    /**
     * The regression that is already open on the other branch and that the newest run still shows, where no change of
     * the series covers it.
     *
     * @param joined as {@link #of} gives it, whole
     * @param confirmed the changes that its history has
     */
    Optional<CalledRegression> called(Series joined, List<SeriesChange> confirmed) {
        Finding finding = open.get(Name.of(joined.key()));
        List<Point> points = joined.points();
        if (finding == null || finding.verdict().effect().isEmpty()) {
            return Optional.empty();
        }
        String commit = finding.alreadyOpen().orElseThrow().commit();
        double factor = finding.unit().factor() / joined.unit().factor();
        Effect effect = finding.verdict().effect().get();
        return IntStream.range(1, points.size())
                .filter(i -> points.get(i).run().header().revision().commit().equals(commit))
                .boxed()
                .findFirst()
                .filter(index -> confirmed.stream()
                        .noneMatch(change -> Math.abs(change.index() - index) <= HistorySize.NEAR
                                && joined.better().isWorse(change.relativeChange())))
                .map(index -> new CalledRegression(
                        joined.key(),
                        index,
                        points.get(index).run(),
                        factor * effect.before(),
                        factor * effect.after(),
                        points.get(index).run(),
                        Annotated.NONE));
    }

    /**
     * The changes of a series of the branch, where those that began on the other one are as large as there: the runs of
     * the branch are no reason for another size.
     *
     * @param joined as {@link #of} gives it, whole
     * @param annotations of the other branch
     */
    SeriesAnalysis sized(SeriesAnalysis analysis, Series joined, Annotations annotations) {
        Series base = bases.get(Name.of(joined.key()));
        if (base == null || analysis.changes().isEmpty()) {
            return analysis;
        }
        Set<String> known =
                base.points().stream().map(point -> point.run().id()).collect(Collectors.toSet());
        boolean isAny = analysis.changes().stream()
                .anyMatch(change ->
                        known.contains(joined.points().get(change.index()).run().id()));
        if (!isAny) {
            return analysis;
        }
        SegmentedSeries ofBase = SegmentedSeries.of(base, analysis.margin(), annotations);
        return analysis.sized(change -> {
            RunInfo run = joined.points().get(change.index()).run();
            return known.contains(run.id()) ? sized(change, run, ofBase) : change;
        });
    }

    private SeriesChange sized(SeriesChange change, RunInfo run, SegmentedSeries base) {
        String commit = run.header().revision().commit();
        double direction = Math.signum(change.relativeChange());
        return base.changes().stream()
                .filter(one -> Math.signum(one.relativeChange()) == direction
                        && base.series().points().get(one.index()).run().id().equals(run.id()))
                .findFirst()
                .map(change::as)
                .or(() -> Optional.ofNullable(open.get(Name.of(base.series().key())))
                        .flatMap(Finding::alreadyOpen)
                        .filter(one -> one.commit().equals(commit)
                                && one.change().isPresent()
                                && Math.signum(one.change().getAsDouble()) == direction)
                        .map(one -> change.sized(one.change().getAsDouble())))
                .orElse(change);
    }

    /** The ids of the runs with which the series begin. */
    Set<String> runs() {
        Set<String> runs = new HashSet<>();
        bases.values().forEach(base -> upToFork(base)
                .forEach(point -> runs.add(point.run().id())));
        return runs;
    }

    private List<Point> upToFork(Series base) {
        return snapshot.upToFork(base, policies.of(base.key(), base.unit()))
                .series()
                .points();
    }

    private Series marked(Series own) {
        if (bad.isEmpty()) {
            return own;
        }
        return own.withPoints(own.points().stream()
                .map(point -> bad.contains(own.keyOf(point)) ? point.asJudgedBad() : point)
                .toList());
    }

    /**
     * The points with which the series of the branch reached accepted levels: a check records that of the base branch
     * alone.
     */
    List<AcceptedPoint> taken() {
        String branch = snapshot.branch();
        Map<Name, Series> extended = new HashMap<>();
        snapshot.extended().forEach(series -> extended.put(Name.of(series.key()), series));
        List<AcceptedPoint> taken = new ArrayList<>();
        for (Judgement.Judged one : judgement.series()) {
            SeriesKey key = one.finding().key();
            if (one.acceptance().isPresent() && !key.branch().equals(branch)) {
                first(one, extended.get(Name.of(key)))
                        .ifPresent(run -> taken.add(
                                new AcceptedPoint(one.acceptance().get().id(), key.on(branch), run.id())));
            }
        }
        return taken;
    }

    /** The first run that shows a change. */
    private static Optional<RunInfo> first(Judgement.Judged judged, Series own) {
        List<Point> points = new ArrayList<>(own == null ? List.of() : own.points());
        points.addAll(judged.points());
        return points.stream()
                .map(Point::run)
                .filter(run ->
                        run.header().revision().commit().equals(judged.finding().since()))
                .findFirst()
                .or(() -> judged.points().stream().map(Point::run).findFirst());
    }
}
