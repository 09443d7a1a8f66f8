package dev.plumbline.core.annotation;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.PointKey;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.core.stats.sample.Location;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The acceptances of a history, as they apply now.
 *
 * <p>An acceptance does two things. It covers its change; and the series' history begins at the point where it reached
 * the accepted level, its anchor. When an acceptance expires, the points that it covered and that still lie at the
 * accepted level are judged bad again.
 */
final class Acceptances {
    /**
     * The relative excess over the accepted size up to which a change is never another one, however quiet the
     * series is.
     */
    private static final double LEEWAY = 0.01;

    /** The most runs by which a check detects a change late. */
    private static final int LATE = 3;

    /** Fewer runs than this do not determine a level. */
    private static final int FEW = 2;

    /** One run alone may be an odd one. */
    private static final int LEAST_BACK = 2;

    /** The share of a change by which runs that are back may lie beside the level before it. */
    private static final double NEAR_BEFORE = 0.25;

    private final Instant now;
    private final Map<String, KnownAcceptance> known = new LinkedHashMap<>();
    private final Map<SeriesKey, List<AcceptedPoint>> anchors = new HashMap<>();

    /** The ids of those whose commit the branch of the judged runs does not have any more. */
    private final Set<String> dropped = new HashSet<>();

    Acceptances(List<KnownAcceptance> known, List<AcceptedPoint> anchors, Instant now) {
        this.now = now;
        known.forEach(one -> this.known.put(one.acceptance().id(), one));
        anchors.forEach(point -> this.anchors
                .computeIfAbsent(point.series(), key -> new ArrayList<>())
                .add(point));
    }

    private Acceptances(Map<String, KnownAcceptance> known, Instant now) {
        this.now = now;
        this.known.putAll(known);
    }

    /** The same where a branch has taken what another one has, and some levels of its own. */
    Acceptances joined(String branch, String base, List<AcceptedPoint> taken) {
        Acceptances joined = new Acceptances(known, now);
        joined.dropped.addAll(dropped);
        joined.anchors.putAll(anchors);
        anchors.forEach((key, points) -> {
            if (key.branch().equals(base)) {
                joined.anchors.put(
                        key.on(branch),
                        new ArrayList<>(points.stream()
                                .map(point -> new AcceptedPoint(point.acceptanceId(), key.on(branch), point.runId()))
                                .toList()));
            }
        });
        taken.forEach(point -> joined.anchors
                .computeIfAbsent(point.series(), key -> new ArrayList<>())
                .add(point));
        return joined;
    }

    /**
     * The same for runs of a branch that no longer has the commits of some runs, though its series reached their
     * levels: these do not count there.
     *
     * @param ancestors of the judged commit
     */
    Acceptances judging(String branch, Set<String> ancestors, Function<StatedCommit, Reach> reach) {
        Set<String> gone = anchors.entrySet().stream()
                .filter(entry -> entry.getKey().branch().equals(branch))
                .flatMap(entry -> entry.getValue().stream())
                .filter(this::holds)
                .map(AcceptedPoint::acceptanceId)
                .distinct()
                .map(id -> known.get(id).acceptance())
                .filter(acceptance -> !acceptance.since().isEmpty()
                        && !ancestors.contains(acceptance.since())
                        && ancestors.stream().noneMatch(acceptance::isSince)
                        && elsewhere(acceptance, reach).reach().way() == Reach.Way.DROPPED)
                .map(Acceptance::id)
                .collect(Collectors.toSet());
        if (gone.isEmpty()) {
            return this;
        }
        Acceptances judging = new Acceptances(known, now);
        judging.anchors.putAll(anchors);
        judging.dropped.addAll(gone);
        return judging;
    }

    boolean isAnyDropped() {
        return !dropped.isEmpty();
    }

    /** A series without runs on the level of a dropped acceptance whose commits the judged one does not have. */
    Series withoutDropped(Series series, Set<String> ancestors) {
        List<Point> points = series.points();
        Set<String> runs = anchors.getOrDefault(series.key(), List.of()).stream()
                .filter(point -> dropped.contains(point.acceptanceId()))
                .map(AcceptedPoint::runId)
                .collect(Collectors.toSet());
        int begin = indexOf(points, point -> runs.contains(point.run().id()));
        return begin < 0
                ? series
                : series.withPoints(IntStream.range(0, points.size())
                        .filter(i -> i < begin || isKept(points.get(i), ancestors))
                        .mapToObj(points::get)
                        .toList());
    }

    private static boolean isKept(Point point, Set<String> ancestors) {
        String commit = Revision.committed(point.run().header().revision().commit());
        return commit.isEmpty() || ancestors.contains(commit);
    }

    private boolean holds(AcceptedPoint point) {
        return holdsAnywhere(point) && !dropped.contains(point.acceptanceId());
    }

    private boolean holdsAnywhere(AcceptedPoint point) {
        KnownAcceptance acceptance = known.get(point.acceptanceId());
        return acceptance != null && acceptance.stateAt(now) == KnownAcceptance.State.HOLDS;
    }

    /** The acceptances of changes. */
    private List<Acceptance> holding() {
        return holding(false)
                .filter(acceptance -> !dropped.contains(acceptance.id()))
                .toList();
    }

    private Stream<Acceptance> holding(boolean ofMissing) {
        return known.values().stream()
                .filter(one -> one.stateAt(now) == KnownAcceptance.State.HOLDS)
                .map(KnownAcceptance::acceptance)
                .filter(acceptance -> acceptance.isOfMissing() == ofMissing);
    }

    /** The acceptance of the newest level that the series took, and where it did. */
    private Optional<AcceptedPoint> newestAnchor(SeriesKey key) {
        AcceptedPoint newest = null;
        for (AcceptedPoint point : anchors.getOrDefault(key, List.of())) {
            newest = holds(point) ? point : newest;
        }
        return Optional.ofNullable(newest);
    }

    /** A level whose runs are still judged bad was over when it was accepted: nothing begins with it. */
    Optional<AcceptedLevel> levelOf(Series series) {
        List<AcceptedPoint> own = anchors.getOrDefault(series.key(), List.of());
        if (own.isEmpty()) {
            return Optional.empty();
        }
        Set<String> bad = series.points().stream()
                .filter(Point::judgedBad)
                .map(point -> point.run().id())
                .collect(Collectors.toSet());
        return own.stream()
                .filter(point -> holds(point) && !bad.contains(point.runId()))
                .reduce((earlier, later) -> later)
                .map(point -> new AcceptedLevel(
                        point.runId(),
                        known.get(point.acceptanceId()).acceptance().at()));
    }

    Optional<Annotation> newestOf(SeriesKey key) {
        return newestAnchor(key)
                .map(point -> known.get(point.acceptanceId()).acceptance().annotation());
    }

    Set<String> anchorsOf(SeriesKey key) {
        Set<String> runs = new HashSet<>();
        for (AcceptedPoint point : anchors.getOrDefault(key, List.of())) {
            if (holds(point)) {
                runs.add(point.runId());
            }
        }
        return runs;
    }

    Series sinceAnchor(Series history) {
        Set<String> ids = anchorsOf(history.key());
        List<Point> points = history.points();
        for (int i = points.size() - 1; i >= 0 && !ids.isEmpty(); i--) {
            if (ids.contains(points.get(i).run().id()) && !points.get(i).judgedBad()) {
                int end = endOfLeft(points, i);
                if (end == points.size()) {
                    return history.withPoints(points.subList(i, end));
                }
                List<Point> rest = new ArrayList<>(points.subList(0, i));
                rest.addAll(points.subList(end, points.size()));
                points = rest;
            }
        }
        return history.withPoints(points);
    }

    /**
     * The end of an accepted level that the series left again: it is back at the one before, as after a revert. The
     * number of points where it is not. Few runs determine no level, and one run behind them shows that it is over; a
     * longer one is over where two runs or more are back, and within a quarter of the change of where they were.
     */
    private static int endOfLeft(List<Point> points, int begin) {
        for (int end = begin + 1; end < points.size() && end - begin <= LevelsAround.AFTER; end++) {
            if (!points.get(end).judgedBad() && isLeft(points, begin, end)) {
                return end;
            }
        }
        LevelsAround levels = LevelsAround.of(points, begin, points.size());
        int end = points.size();
        while (end > begin && (points.get(end - 1).judgedBad() || isBack(points.get(end - 1), levels))) {
            end--;
        }
        return end - begin > LevelsAround.AFTER && isLeft(points, begin, end) ? end : points.size();
    }

    private static boolean isLeft(List<Point> points, int begin, int end) {
        LevelsAround levels = LevelsAround.of(points, begin, end);
        // what a check detected since is a change on top of the level that the series is back at
        List<Point> behind = points.subList(end, points.size()).stream()
                .filter(point -> !point.judgedBad())
                .toList();
        if (behind.isEmpty() || !levels.areKnown() || !behind.stream().allMatch(point -> isBack(point, levels))) {
            return false;
        }
        double level = Location.median(behind.stream().mapToDouble(Point::value).toArray());
        return end - begin <= FEW
                || behind.size() >= LEAST_BACK
                        && Math.abs(level - levels.before())
                                <= NEAR_BEFORE * Math.abs(levels.after() - levels.before());
    }

    private static boolean isBack(Point point, LevelsAround levels) {
        return levels.areKnown() && !levels.isNearerToAfter(point.value());
    }

    List<Integer> places(Series history) {
        Set<String> ids = anchorsOf(history.key());
        List<Point> points = history.points();
        return IntStream.range(0, ids.isEmpty() ? 0 : points.size())
                .filter(i ->
                        ids.contains(points.get(i).run().id()) && !points.get(i).judgedBad())
                .boxed()
                .toList();
    }

    List<AcceptedChange> changes(Series history) {
        Map<String, Acceptance> byRun = new HashMap<>();
        for (AcceptedPoint point : anchors.getOrDefault(history.key(), List.of())) {
            if (holds(point)) {
                byRun.put(point.runId(), known.get(point.acceptanceId()).acceptance());
            }
        }
        List<AcceptedChange> changes = new ArrayList<>();
        for (int place : places(history)) {
            Acceptance acceptance = byRun.get(history.points().get(place).run().id());
            boolean isOfThis = acceptance.scope() == Acceptance.Scope.ENV && Double.isFinite(acceptance.change());
            changes.add(new AcceptedChange(
                    place,
                    isOfThis ? OptionalDouble.of(acceptance.change()) : OptionalDouble.empty(),
                    acceptance.since(),
                    acceptance.annotation()));
        }
        return changes;
    }

    List<Integer> onOpen(Series history) {
        List<Integer> found = new ArrayList<>();
        List<Point> points = history.points();
        for (int place : places(history)) {
            int begin = place;
            while (begin > 0 && points.get(begin - 1).judgedBad()) {
                begin--;
            }
            // of a loss that added up the newest runs are accepted alone: the acceptance is of the earlier ones too
            if (begin < place
                    && points.subList(Math.max(0, begin - LATE), place).stream()
                            .noneMatch(point -> isOfAccepted(history.key(), point))) {
                found.add(place);
            }
        }
        return found;
    }

    /** Whether a change was accepted that came with the commit of a point. */
    private boolean isOfAccepted(SeriesKey key, Point point) {
        String commit = point.run().header().revision().commit();
        return holding().stream().anyMatch(acceptance -> acceptance.speaksOf(key) && acceptance.isSince(commit));
    }

    boolean areNone() {
        return holding().isEmpty();
    }

    Optional<Acceptance> coveringMissing(
            SeriesKey key,
            boolean isBenchmark,
            Optional<RunInfo> last,
            CommitOrder order,
            Function<StatedCommit, Reach> reach) {
        return holding(true)
                .filter(acceptance -> acceptance.speaksOf(key)
                        && !(isBenchmark && acceptance.metric().isPresent())
                        && last.filter(run -> isBehind(run, acceptance, order)).isEmpty()
                        && elsewhere(acceptance, reach).reach().isReached())
                .findFirst();
    }

    /** Whether a run holds the commit without the benchmark, and measured it all the same: it was there again. */
    private static boolean isBehind(RunInfo run, Acceptance acceptance, CommitOrder order) {
        String commit = run.header().revision().commit();
        if (acceptance.since().isEmpty() || commit.isEmpty() || acceptance.isSince(commit)) {
            return false;
        }
        Timeline timeline = order.timeline(run.header().revision().branch());
        OptionalInt place = timeline.placeOf(commit);
        for (int i = 0; i < timeline.size() && place.isPresent(); i++) {
            if (acceptance.isSince(timeline.at(i).header().revision().commit())) {
                return i < place.getAsInt();
            }
        }
        return order.ancestors(commit)
                .map(all -> all.stream().anyMatch(acceptance::isSince))
                .orElse(false);
    }

    Optional<Annotations.Covering> covering(
            ObservedChange change, Set<String> runs, Function<StatedCommit, Reach> reach) {
        Acceptance ofThis = null;
        Annotations.Covering ofSize = null;
        for (Acceptance acceptance : holding()) {
            if (!acceptance.speaksOf(change.series()) || isOpposite(acceptance, change)) {
                continue;
            }
            Set<String> taken = taken(acceptance, change.series());
            if (acceptance.isSince(change.since()) || taken.stream().anyMatch(runs::contains)) {
                ofThis = acceptance; // more of the same commit may be accepted later
            } else if (ofSize == null && isOfSize(acceptance, change)) {
                Annotations.FromElsewhere from = elsewhere(acceptance, reach);
                ofSize = from.reach().isReached() ? new Annotations.Covering(acceptance, Optional.of(from)) : null;
            }
        }
        return ofThis == null
                ? Optional.ofNullable(ofSize)
                : Optional.of(new Annotations.Covering(ofThis, Optional.empty()));
    }

    /** Whether it is of the size of a change, and the series has taken none of it yet. */
    private boolean isOfSize(Acceptance acceptance, ObservedChange change) {
        return taken(acceptance, change.series()).isEmpty()
                && acceptance.reaches(change.relativeChange(), tolerance(acceptance, change.noise()));
    }

    Optional<Annotations.FromElsewhere> unmerged(ObservedChange change, Function<StatedCommit, Reach> reach) {
        return holding(false)
                .filter(acceptance -> acceptance.speaksOf(change.series())
                        && !isOpposite(acceptance, change)
                        && (dropped.contains(acceptance.id())
                                ? acceptance.reaches(change.relativeChange(), tolerance(acceptance, change.noise()))
                                : isOfSize(acceptance, change)))
                .map(acceptance -> elsewhere(acceptance, reach))
                .filter(from -> !from.reach().isReached())
                .findFirst();
    }

    Optional<Annotations.FromElsewhere> picked(ObservedChange change, Function<StatedCommit, Reach> reach) {
        return holding().stream()
                .filter(acceptance -> acceptance.speaksOf(change.series())
                        && !isOpposite(acceptance, change)
                        && !taken(acceptance, change.series()).isEmpty()
                        && acceptance.reaches(change.relativeChange(), tolerance(acceptance, change.noise())))
                .map(acceptance -> elsewhere(acceptance, reach))
                .filter(from -> from.reach().way() == Reach.Way.SQUASHED)
                .findFirst();
    }

    /** The commit and branch of an acceptance, and the way it applies to the judged runs. */
    Annotations.FromElsewhere elsewhere(Acceptance acceptance, Function<StatedCommit, Reach> reach) {
        StatedCommit stated = new StatedCommit(acceptance.id(), acceptance.since(), branches(acceptance));
        return new Annotations.FromElsewhere(stated, reach.apply(stated));
    }

    /** The branches whose series took the level of an acceptance. */
    private List<String> branches(Acceptance acceptance) {
        return anchors.values().stream()
                .flatMap(List::stream)
                .filter(point -> point.acceptanceId().equals(acceptance.id()))
                .map(point -> point.series().branch())
                .distinct()
                .sorted()
                .toList();
    }

    /** The runs with which a series took the level of an acceptance. */
    private Set<String> taken(Acceptance acceptance, SeriesKey key) {
        return anchors.getOrDefault(key, List.of()).stream()
                .filter(point -> point.acceptanceId().equals(acceptance.id()))
                .map(AcceptedPoint::runId)
                .collect(Collectors.toSet());
    }

    List<Point> since(Acceptance acceptance, SeriesKey key, List<Point> points) {
        Set<String> taken = taken(acceptance, key);
        return points.subList(
                Math.max(0, indexOf(points, point -> taken.contains(point.run().id()))), points.size());
    }

    boolean isOf(Acceptance acceptance, SeriesKey key, RunInfo run) {
        return taken(acceptance, key).contains(run.id())
                || !run.header().addedAt().isAfter(acceptance.at());
    }

    boolean isLevelOf(Acceptance acceptance, Series history) {
        return !history.points().isEmpty()
                && taken(acceptance, history.key())
                        .contains(history.points().get(0).run().id());
    }

    /** Whether a better level was accepted: it is as good as any when that ends. */
    private static boolean isImprovement(Acceptance acceptance, Series series) {
        return acceptance.metric().isPresent() && !series.better().isWorse(acceptance.change());
    }

    /** Whether a metric got better where it was accepted that it is worse, or the other way round. */
    private static boolean isOpposite(Acceptance acceptance, ObservedChange change) {
        return acceptance.metric().isPresent() && acceptance.change() * change.relativeChange() < 0;
    }

    /** Both sizes were measured, and each scatters as the level that it came to does: two deviations of the two. */
    private static double tolerance(Acceptance acceptance, double noise) {
        double scatter = noise * Math.abs(1 + acceptance.change());
        return LEEWAY + (Double.isFinite(scatter) ? 2 * Math.sqrt(2) * scatter : 0);
    }

    /**
     * The acceptance of a change in the history: one of its revision, or of a level that the series has with it or a
     * few runs later, since a check may be certain only then.
     */
    Optional<Annotation> of(PastChange change) {
        List<Acceptance> speaking = holding().stream()
                .filter(acceptance -> acceptance.speaksOf(change.series().key()))
                .toList();
        return speaking.stream()
                .filter(acceptance -> acceptance.isSince(change.since()))
                .findFirst()
                .or(() -> speaking.stream()
                        .filter(acceptance -> isWithin(acceptance, change))
                        .findFirst())
                .map(Acceptance::annotation);
    }

    /** The acceptance of an earlier description of a change: one of any of the revisions it may have. */
    Optional<Annotation> of(Triage.Subject subject, Timeline timeline) {
        OptionalInt first = timeline.placeOf(subject.first());
        OptionalInt last = timeline.placeOf(subject.last());
        List<String> revisions = new ArrayList<>(List.of(subject.since()));
        if (first.isPresent() && last.isPresent()) {
            int end = Math.min(timeline.size(), last.getAsInt() + LATE + 1);
            for (int place = first.getAsInt(); place < end; place++) {
                revisions.add(timeline.at(place).header().revision().commit());
            }
        }
        return holding().stream()
                .filter(acceptance -> acceptance.speaksOf(subject.series())
                        && Math.signum(acceptance.change()) == Math.signum(subject.change())
                        && revisions.stream().anyMatch(acceptance::isSince))
                .max(Comparator.comparing(Acceptance::at))
                .map(Acceptance::annotation);
    }

    /** Whether a change for the worse lies from the revision that was accepted to where its series took the level. */
    private boolean isWithin(Acceptance acceptance, PastChange change) {
        if (Math.signum(acceptance.change()) != Math.signum(change.relativeChange())) {
            return false;
        }
        List<Point> points = change.series().points();
        int index = change.index();
        int last = -1;
        for (AcceptedPoint anchor : anchors.getOrDefault(change.series().key(), List.of())) {
            if (anchor.acceptanceId().equals(acceptance.id())) {
                last = Math.max(last, indexOf(points, point -> point.run().id().equals(anchor.runId())));
            }
        }
        int first = indexOf(
                points,
                point -> acceptance.isSince(point.run().header().revision().commit()));
        first = first < 0 ? last : first;
        // what checks have detected since came on top of it
        boolean isCalledSince = last >= 0 && index > last && points.get(index).judgedBad();
        // earlier regressions that were detected and not accepted are still open below it
        boolean isOpenBelow = last >= 0
                && index < first
                && points.get(index).judgedBad()
                && onOpen(change.series()).contains(last);
        return last >= 0 && !isCalledSince && !isOpenBelow && first - LATE <= index && index <= last + LATE;
    }

    private static int indexOf(List<Point> points, Predicate<Point> wanted) {
        for (int i = 0; i < points.size(); i++) {
            if (wanted.test(points.get(i))) {
                return i;
            }
        }
        return -1;
    }

    Collection<SeriesKey> lapsed() {
        return anchors.entrySet().stream()
                .filter(entry -> !holdsAnywhere(newest(entry.getValue())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static AcceptedPoint newest(List<AcceptedPoint> points) {
        return points.get(points.size() - 1);
    }

    Optional<Lapse> lapse(Series series) {
        List<AcceptedPoint> taken = anchors.getOrDefault(series.key(), List.of());
        if (taken.isEmpty()
                || holdsAnywhere(newest(taken))
                || !known.containsKey(newest(taken).acceptanceId())
                || isImprovement(known.get(newest(taken).acceptanceId()).acceptance(), series)) {
            return Optional.empty();
        }
        List<Point> points = new ArrayList<>(series.points());
        int start =
                indexOf(points, point -> point.run().id().equals(newest(taken).runId()));
        start = start < 0 ? points.size() : start;
        LevelsAround levels = LevelsAround.of(points, start, points.size());
        List<PointKey> bad = new ArrayList<>();
        for (int i = start; i < points.size(); i++) {
            if (!levels.areKnown() || levels.isNearerToAfter(points.get(i).value())) {
                bad.add(series.keyOf(points.get(i)));
                points.set(i, points.get(i).asJudgedBad());
            } else {
                break; // back at the level before
            }
        }
        return Optional.of(new Lapse(known.get(newest(taken).acceptanceId()), series.withPoints(points), bad));
    }
}
