package dev.plumbline.store.sql;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.PackedPoints;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.core.model.Unit;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.RevisionOrder;
import dev.plumbline.store.UnitConversion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Puts a series together from the points that a store has, in any order and in whatever units they came. */
final class SeriesBuilder {
    /**
     * The number of consecutive commits that change the unit or the direction of a series, and of a younger one more
     * than it has; fewer contradict it. A single commit establishes no unit: the first one may be the wrong one.
     */
    private static final int ESTABLISHED = 5;

    private final Reruns reruns;
    private final RevisionOrder.Recorded recorded;

    /** The points so far, while all have one metric and pool nothing, as in nearly every series. */
    private final PackedPoints.Builder plain = new PackedPoints.Builder();

    /** The metric of the plain points; null without any. */
    private Metric plainMetric;

    /** The points so far once one is different. */
    private final List<Stored> stored = new ArrayList<>();

    /** The last points that were in revision order as they came. */
    private PackedPoints inOrder = PackedPoints.of(List.of());

    /** @param recorded facts that determine the order of runs besides their dates */
    SeriesBuilder(Reruns reruns, RevisionOrder.Recorded recorded) {
        this.reruns = requireNonNull(reruns, "reruns");
        this.recorded = requireNonNull(recorded, "recorded");
    }

    /** One of the same history, without points. */
    SeriesBuilder another() {
        return new SeriesBuilder(reruns, recorded);
    }

    /**
     * A point as it is stored.
     *
     * @param point its value in the metric's unit
     * @param metric as the run gave it
     * @param measurements how many measurements the point pools
     */
    private record Stored(Point point, Metric metric, long measurements) {
        RunInfo run() {
            return point.run();
        }
    }

    /** Adds a point; points of runs that are alike in revision order are to come in the order of recording. */
    void add(Point point, Metric metric, long measurements) {
        add(
                point.run(),
                point.value(),
                point.groupCount(),
                point.groupDeviation(),
                point.judgedBad(),
                metric,
                measurements);
    }

    /** The same by the parts of the point. */
    void add(
            RunInfo run,
            double value,
            int groupCount,
            double groupDeviation,
            boolean judgedBad,
            Metric metric,
            long measurements) {
        if (stored.isEmpty() && measurements == 1 && (plainMetric == null || plainMetric == metric)) {
            plain.add(run, value, groupCount, groupDeviation, judgedBad);
            plainMetric = metric;
            return;
        }
        storePlain(plain.build());
        stored.add(new Stored(new Point(run, value, groupCount, groupDeviation, judgedBad), metric, measurements));
    }

    private void storePlain(List<Point> points) {
        for (Point point : points) {
            stored.add(new Stored(point, plainMetric, 1));
        }
    }

    /** Whether the points added so far are in units that cannot be converted, or differ in direction. */
    boolean isDisputed() {
        return !stored.isEmpty()
                && stored.stream().anyMatch(one -> !Established.agree(one.metric, stored.get(0).metric));
    }

    /** The series of all points added; empty when there are none. The builder may be used again afterwards. */
    Optional<Series> build(SeriesKey key, Optional<Instant> since, OptionalInt newest) {
        return build(key, since, newest, Optional.empty());
    }

    /**
     * The same with what other branches measure the series in: a branch with few runs keeps to that, so that a run
     * with a wrong unit at its beginning does not make the ones after it incomparable.
     */
    Optional<Series> build(SeriesKey key, Optional<Instant> since, OptionalInt newest, Optional<Metric> elsewhere) {
        PackedPoints points = plain.build();
        Metric metric = plainMetric;
        boolean asTheyCame =
                stored.isEmpty() && metric != null && since.isEmpty() && reruns == Reruns.POOL && isInOrder(points);
        if (!asTheyCame) {
            storePlain(points);
        }
        plainMetric = null;
        return asTheyCame
                ? Optional.of(new Series(key, metric.unit(), metric.better(), newest(points, newest), List.of()))
                : ordered(key, since, newest, elsewhere);
    }

    private boolean isInOrder(PackedPoints points) {
        if (inOrder.haveRunsOf(points)) {
            return true;
        }
        List<RunInfo> runs = points.stream().map(Point::run).toList();
        Comparator<RunInfo> order = RevisionOrder.of(runs, recorded);
        for (int i = 1; i < runs.size(); i++) {
            if (order.compare(runs.get(i - 1), runs.get(i)) > 0) {
                return false;
            }
        }
        inOrder = points;
        return true;
    }

    private Optional<Series> ordered(
            SeriesKey key, Optional<Instant> since, OptionalInt newest, Optional<Metric> elsewhere) {
        Comparator<RunInfo> order =
                RevisionOrder.of(stored.stream().map(Stored::run).toList(), recorded);
        List<Stored> wanted = new ArrayList<>(stored);
        stored.clear();
        wanted.sort((a, b) -> order.compare(a.run(), b.run()));
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Established established = Established.of(wanted, elsewhere);
        since.ifPresent(time -> wanted.removeIf(one -> one.run().header().time().isBefore(time)));
        List<Stored> ofCommits = reruns == Reruns.POOL ? wanted : oneOfEachCommit(wanted, established.metric);
        List<Stored> contradicting =
                ofCommits.stream().filter(established.contradicting::contains).toList();
        List<Stored> agreeing = contradicting.isEmpty()
                ? ofCommits
                : ofCommits.stream()
                        .filter(one -> !established.contradicting.contains(one))
                        .toList();
        return series(key, newest(agreeing, newest), contradicting, established.metric);
    }

    /**
     * The established metric of a series, whatever its newest runs have. The direction of five commits stays.
     *
     * @param metric the newest that agrees with it
     * @param contradicting the newest points, as far as they differ; none of them agrees
     */
    private record Established(Metric metric, Set<Stored> contradicting) {
        /** @param elsewhere what other branches measure the series in; without effect if no point agrees with it */
        static Established of(List<Stored> ordered, Optional<Metric> elsewhere) {
            Optional<Metric> known =
                    elsewhere.filter(metric -> ordered.stream().anyMatch(one -> agree(one.metric, metric)));
            Metric metric = known.orElse(ordered.get(0).metric);
            Metric other = metric;
            int agreeing = known.isPresent() ? ESTABLISHED : 0;
            int others = 0;
            int end = 0;
            for (int i = 0; i < ordered.size(); i++) {
                Metric stated = ordered.get(i).metric;
                int more = i > 0 && isOfSameCommit(ordered.get(i - 1), ordered.get(i)) ? 0 : 1;
                if (agree(stated, metric)) {
                    agreeing += more;
                    others = 0;
                } else {
                    others = others > 0 && agree(stated, other) ? others + more : 1;
                    other = stated;
                    boolean isFirst = agreeing == 1 && !stated.unit().isComparableWith(metric.unit());
                    // with the other direction every earlier improvement would have been a regression
                    boolean isSettled = agreeing >= ESTABLISHED && stated.unit().isComparableWith(metric.unit());
                    if (isFirst || others >= Math.min(ESTABLISHED, agreeing + 1) && !isSettled) {
                        agreeing = commits(ordered.subList(0, i + 1), stated);
                        others = 0;
                    }
                }
                if (others == 0) {
                    metric = stated;
                    end = i + 1;
                }
            }
            Set<Stored> contradicting = Collections.newSetFromMap(new IdentityHashMap<>());
            contradicting.addAll(ordered.subList(end, ordered.size()));
            return new Established(metric, contradicting);
        }

        /** The number of commits that agree with it, in a row or not. */
        private static int commits(List<Stored> ordered, Metric metric) {
            int commits = 0;
            Optional<Stored> before = Optional.empty();
            for (Stored one : ordered) {
                if (agree(one.metric, metric)) {
                    commits += before.filter(last -> isOfSameCommit(last, one)).isPresent() ? 0 : 1;
                    before = Optional.of(one);
                }
            }
            return commits;
        }

        private static boolean isOfSameCommit(Stored one, Stored other) {
            return isOfCommit(one) && commitOf(one).equals(commitOf(other));
        }

        private static boolean agree(Metric one, Metric other) {
            return one == other || one.better() == other.better() && one.unit().isComparableWith(other.unit());
        }
    }

    private static <T> List<T> newest(List<T> all, OptionalInt newest) {
        return all.subList(Math.max(0, all.size() - newest.orElse(all.size())), all.size());
    }

    private List<Stored> oneOfEachCommit(List<Stored> ordered, Metric current) {
        Map<String, Stored> standing = new HashMap<>();
        for (Stored one : ordered) {
            if (isOfCommit(one)) {
                standing.merge(
                        commitOf(one), one, (before, after) -> isBetter(before, after, current) ? before : after);
            }
        }
        return ordered.stream()
                .filter(one -> !isOfCommit(one) || standing.get(commitOf(one)) == one)
                .toList();
    }

    private static boolean isOfCommit(Stored one) {
        return !commitOf(one).isEmpty() && !commitOf(one).endsWith(Revision.DIRTY);
    }

    private static String commitOf(Stored one) {
        return one.run().header().revision().commit();
    }

    /** Whether the earlier point goes on standing for the commit. */
    private boolean isBetter(Stored before, Stored after, Metric current) {
        if (reruns == Reruns.LATEST || !after.metric.unit().isComparableWith(current.unit())) {
            return reruns != Reruns.LATEST && before.metric.unit().isComparableWith(current.unit());
        }
        if (!before.metric.unit().isComparableWith(current.unit())) {
            return false;
        }
        double earlier = before.point.value() * before.metric.unit().factor();
        double later = after.point.value() * after.metric.unit().factor();
        return current.better() == Better.LOWER ? earlier < later : earlier > later;
    }

    /** The series in its established unit; empty where nothing is left that is measured in it. */
    private Optional<Series> series(SeriesKey key, List<Stored> ordered, List<Stored> contradicting, Metric current) {
        PackedPoints.Builder points = plain;
        Warnings warnings = new Warnings(current);
        contradicting.forEach(warnings::seeContradicting);
        for (Stored one : ordered) {
            warnings.see(one);
            Unit unit = one.metric.unit();
            if (unit == current.unit() || unit.equals(current.unit())) {
                points.add(one.point);
            } else if (unit.isComparableWith(current.unit())) {
                double value = UnitConversion.convert(one.point.value(), unit, current.unit());
                if (Double.isFinite(value)) {
                    points.add(withValue(one.point, value));
                }
            }
        }
        PackedPoints all = points.build();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Series(key, current.unit(), current.better(), all, warnings.all(), warnings.foreignPoints));
    }

    private static Point withValue(Point point, double value) {
        return new Point(point.run(), value, point.groupCount(), point.groupDeviation(), point.judgedBad());
    }

    /**
     * The newest points in a row that are in another unit than the current one.
     *
     * @param after the point behind them, which is in the current unit; null until it is seen
     * @param isForAWhile whether points in the current unit are before them too
     */
    private record OtherUnit(Stored first, Stored last, Stored after, boolean isForAWhile) {
        /** The stretch with one more point, or a new one where others came between. */
        static OtherUnit seen(OtherUnit stretch, Stored before, Stored one, boolean isCurrentSeen) {
            return stretch != null && stretch.last == before
                    ? new OtherUnit(stretch.first, one, null, stretch.isForAWhile)
                    : new OtherUnit(one, one, null, isCurrentSeen);
        }

        static OtherUnit followed(OtherUnit stretch, Stored before, Stored one) {
            return stretch != null && stretch.last == before
                    ? new OtherUnit(stretch.first, stretch.last, one, stretch.isForAWhile)
                    : stretch;
        }

        Unit unit() {
            return last.metric.unit();
        }

        RunInfo since() {
            return (isForAWhile || after == null ? first : after).run();
        }
    }

    /** The warnings about points that are not like the newest one. */
    private static final class Warnings {
        private final Metric current;
        private Stored before;
        private boolean isCurrentSeen;
        private OtherUnit converted;
        private OtherUnit foreign;
        private Stored lastOpposite;
        private Stored afterOpposite;
        private Stored lastPooled;
        private Stored firstContradicting;
        private Stored lastContradicting;
        private int contradicting;
        private int foreignPoints;
        private int pooled;

        Warnings(Metric current) {
            this.current = current;
        }

        void see(Stored one) {
            if (before != null) {
                converted = OtherUnit.followed(converted, before, one);
                foreign = OtherUnit.followed(foreign, before, one);
                afterOpposite = before == lastOpposite ? one : afterOpposite;
            }
            if (one.metric != current) {
                seeOther(one);
            }
            if (one.measurements > 1) {
                lastPooled = one;
                pooled++;
            }
            isCurrentSeen |= one.metric.unit().isComparableWith(current.unit())
                    && one.metric.unit().factor() == current.unit().factor();
            before = one;
        }

        /** One of the newest points, which are left out. */
        void seeContradicting(Stored one) {
            firstContradicting = firstContradicting == null ? one : firstContradicting;
            lastContradicting = one;
            contradicting++;
        }

        private void seeOther(Stored one) {
            Unit unit = one.metric.unit();
            if (!unit.isComparableWith(current.unit())) {
                foreign = OtherUnit.seen(foreign, before, one, isCurrentSeen);
                foreignPoints++;
            } else if (unit.factor() != current.unit().factor()) {
                converted = OtherUnit.seen(converted, before, one, isCurrentSeen);
            }
            if (one.metric.better() != current.better()) {
                lastOpposite = one;
            }
        }

        List<SeriesWarning> all() {
            List<SeriesWarning> all = new ArrayList<>();
            if (foreign != null) {
                all.add(new SeriesWarning.ForeignUnit(
                        foreign.unit(), current.unit(), foreign.since(), foreignPoints, foreign.isForAWhile));
            }
            if (converted != null) {
                all.add(new SeriesWarning.Converted(
                        converted.unit(), current.unit(), converted.since(), converted.isForAWhile));
            }
            if (lastOpposite != null) {
                all.add(new SeriesWarning.Turned(current.better(), afterOpposite.run()));
            }
            if (lastContradicting != null) {
                all.add(new SeriesWarning.Contradicted(
                        lastContradicting.metric.unit(),
                        lastContradicting.metric.better(),
                        current.unit(),
                        current.better(),
                        firstContradicting.run(),
                        contradicting));
            }
            if (lastPooled != null) {
                all.add(new SeriesWarning.Pooled(pooled, lastPooled.measurements, lastPooled.run()));
            }
            return all;
        }
    }
}
