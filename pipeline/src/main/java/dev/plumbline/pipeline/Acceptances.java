package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.core.annotation.AcceptedLevel;
import dev.plumbline.core.annotation.KnownAcceptance;
import dev.plumbline.core.annotation.Statement;
import dev.plumbline.core.annotation.Triage;
import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.incident.Shift;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.core.stats.Location;
import dev.plumbline.core.stats.steps.KnownLevels;
import dev.plumbline.store.AcceptedPoint;
import dev.plumbline.store.PointKey;
import dev.plumbline.store.RunStore;
import java.io.IOException;
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
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What people accepted, as it holds now.
 *
 * <p>An acceptance does two things. It covers the finding that it speaks of; and the series' history begins at the
 * point with which it took the accepted level, its anchor. When an acceptance ends, the points that it covered and that
 * still lie at the accepted level are judged bad again.
 */
final class Acceptances {
    /** How many points before and after a change tell its levels. */
    private static final int BEFORE = 10;

    private static final int AFTER = 5;

    /** So much more than what was accepted is never another change, however quiet the series is. */
    private static final double LEEWAY = 0.01;

    /** A check is sure of a change no more than so many runs after it. */
    private static final int LATE = 3;

    private final RunStore store;
    private final Instant now;
    private final Map<String, KnownAcceptance> known;
    private final Map<SeriesKey, List<AcceptedPoint>> anchors = new HashMap<>();

    private Acceptances(RunStore store, Instant now, Map<String, KnownAcceptance> known) {
        this.store = requireNonNull(store, "store");
        this.now = requireNonNull(now, "now");
        this.known = known;
    }

    /** Those of the history, and those that the repository's files add. */
    static Acceptances of(Workspace workspace, RunStore store) throws IOException {
        for (AcceptanceFiles.FromFile one : AcceptanceFiles.read(workspace)) {
            store.baselines().accept(one.acceptance(), one.file());
        }
        Map<String, KnownAcceptance> known = new LinkedHashMap<>();
        store.baselines()
                .acceptances()
                .forEach(one -> known.put(one.acceptance().id(), one));
        Acceptances acceptances = new Acceptances(store, workspace.clock().instant(), known);
        store.baselines().anchors().forEach(point -> acceptances
                .anchors
                .computeIfAbsent(point.series(), key -> new ArrayList<>())
                .add(point));
        return acceptances;
    }

    private boolean holds(AcceptedPoint point) {
        KnownAcceptance acceptance = known.get(point.acceptanceId());
        return acceptance != null && acceptance.stateAt(now) == KnownAcceptance.State.HOLDS;
    }

    /** The newest level that was accepted and that the series took; empty when nothing is accepted now. */
    Optional<AcceptedLevel> levelOf(SeriesKey key) {
        AcceptedPoint newest = null;
        for (AcceptedPoint point : anchors.getOrDefault(key, List.of())) {
            newest = holds(point) ? point : newest;
        }
        return Optional.ofNullable(newest)
                .map(point -> new AcceptedLevel(
                        point.runId(),
                        known.get(point.acceptanceId()).acceptance().at()));
    }

    /** The acceptance of the newest level that the series took; empty when nothing is accepted now. */
    Optional<Statement> newestOf(SeriesKey key) {
        KnownAcceptance newest = null;
        for (AcceptedPoint point : anchors.getOrDefault(key, List.of())) {
            newest = holds(point) ? known.get(point.acceptanceId()) : newest;
        }
        return Optional.ofNullable(newest).map(KnownAcceptance::acceptance).map(Triage::accepted);
    }

    /** The levels of a series that are known to be apart, whatever its values would join. */
    KnownLevels levels(Series series) {
        Set<String> runs = anchorsOf(series.key());
        return runs.isEmpty() ? KnownLevels.NONE : CalledRegression.known(series, runs);
    }

    /** The runs with which a series took the levels that are accepted now. */
    private Set<String> anchorsOf(SeriesKey key) {
        Set<String> runs = new HashSet<>();
        for (AcceptedPoint point : anchors.getOrDefault(key, List.of())) {
            if (holds(point)) {
                runs.add(point.runId());
            }
        }
        return runs;
    }

    /** The history from the newest accepted level on. */
    Series sinceAnchor(Series history) {
        Set<String> ids = anchorsOf(history.key());
        List<Point> points = history.points();
        for (int i = points.size() - 1; i >= 0 && !ids.isEmpty(); i--) {
            if (ids.contains(points.get(i).run().id())) {
                return history.withPoints(points.subList(i, points.size()));
            }
        }
        return history;
    }

    /**
     * The acceptance that covers a finding: of its very change, or of a change of its size that the series has not
     * taken yet.
     */
    Optional<Acceptance> covering(Finding finding) {
        Optional<Double> change = changeForTheWorse(finding);
        if (change.isEmpty()) {
            return Optional.empty();
        }
        double noise = finding.baseline().map(baseline -> baseline.deviation()).orElse(0.0);
        for (KnownAcceptance one : known.values()) {
            Acceptance acceptance = one.acceptance();
            if (one.stateAt(now) != KnownAcceptance.State.HOLDS || !acceptance.speaksOf(finding.key())) {
                continue;
            }
            boolean taken = anchors.getOrDefault(finding.key(), List.of()).stream()
                    .anyMatch(point -> point.acceptanceId().equals(acceptance.id()));
            if (acceptance.isSince(finding.since())
                    || !taken && acceptance.reaches(change.get(), tolerance(acceptance, noise))) {
                return Optional.of(acceptance);
            }
        }
        return Optional.empty();
    }

    /** Both sizes were measured, and each scatters as the level that it came to does: two deviations of the two. */
    private static double tolerance(Acceptance acceptance, double noise) {
        double scatter = noise * Math.abs(1 + acceptance.change());
        return LEEWAY + (Double.isFinite(scatter) ? 2 * Math.sqrt(2) * scatter : 0);
    }

    /** Whether nobody has accepted anything that holds now. */
    boolean areNone() {
        return known.values().stream().noneMatch(one -> one.stateAt(now) == KnownAcceptance.State.HOLDS);
    }

    /**
     * What was accepted of a change in the history: the acceptance is of its revision, or the series took the accepted
     * level with it or behind it, a few runs apart, since a check may be sure only then.
     */
    Optional<Statement> of(Shift shift) {
        List<Point> points = shift.track().series().points();
        int index = shift.change().index();
        List<Acceptance> holding = known.values().stream()
                .filter(one -> one.stateAt(now) == KnownAcceptance.State.HOLDS)
                .map(KnownAcceptance::acceptance)
                .filter(acceptance -> acceptance.speaksOf(shift.key()))
                .toList();
        return holding.stream()
                .filter(acceptance -> acceptance.isSince(shift.since()))
                .findFirst()
                .or(() -> holding.stream()
                        .filter(acceptance -> isWithin(acceptance, shift, points, index))
                        .findFirst())
                .map(Triage::accepted);
    }

    /** What was accepted of a change as it was known once: the acceptance is of one of the revisions it may have. */
    Optional<Statement> of(Triage.Subject subject, Timeline timeline) {
        OptionalInt first = timeline.placeOf(subject.first());
        OptionalInt last = timeline.placeOf(subject.last());
        List<String> revisions = new ArrayList<>(List.of(subject.since()));
        if (first.isPresent() && last.isPresent()) {
            int end = Math.min(timeline.size(), last.getAsInt() + LATE + 1);
            for (int place = first.getAsInt(); place < end; place++) {
                revisions.add(timeline.at(place).header().revision().commit());
            }
        }
        return known.values().stream()
                .filter(one -> one.stateAt(now) == KnownAcceptance.State.HOLDS)
                .map(KnownAcceptance::acceptance)
                .filter(acceptance -> acceptance.speaksOf(subject.series())
                        && Math.signum(acceptance.change()) == Math.signum(subject.change())
                        && revisions.stream().anyMatch(acceptance::isSince))
                .max(Comparator.comparing(Acceptance::at))
                .map(Triage::accepted);
    }

    /** Whether a change for the worse lies from the revision that was accepted to where its series took the level. */
    private boolean isWithin(Acceptance acceptance, Shift shift, List<Point> points, int index) {
        if (Math.signum(acceptance.change()) != Math.signum(shift.change().relativeChange())) {
            return false;
        }
        int last = -1;
        for (AcceptedPoint anchor : anchors.getOrDefault(shift.key(), List.of())) {
            if (anchor.acceptanceId().equals(acceptance.id())) {
                last = Math.max(last, indexOf(points, point -> point.run().id().equals(anchor.runId())));
            }
        }
        int first = indexOf(
                points,
                point -> acceptance.isSince(point.run().header().revision().commit()));
        first = first < 0 ? last : first;
        // what checks have called since came on top of it
        boolean isCalledSince = last >= 0 && index > last && points.get(index).judgedBad();
        return last >= 0 && !isCalledSince && first - LATE <= index && index <= last + LATE;
    }

    private static int indexOf(List<Point> points, Predicate<Point> wanted) {
        for (int i = 0; i < points.size(); i++) {
            if (wanted.test(points.get(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Suspects too: what was accepted needs no second run. */
    private static Optional<Double> changeForTheWorse(Finding finding) {
        boolean worse = finding.verdict() instanceof Verdict.Regressed || finding.isSuspect();
        return worse ? finding.verdict().effect().map(Effect::relativeChange) : Optional.empty();
    }

    /** Notes that the points are those of an accepted change: no longer judged bad, and where their series begin. */
    void take(Acceptance acceptance, SeriesKey key, Collection<PointKey> points) {
        if (points.isEmpty()) {
            return;
        }
        store.clearBad(points, "accepted, " + acceptance.id() + ": " + acceptance.reason(), now);
        PointKey first = points.iterator().next();
        store.baselines().anchor(acceptance.id(), List.of(first));
        anchors.computeIfAbsent(key, none -> new ArrayList<>())
                .add(new AcceptedPoint(acceptance.id(), key, first.runId()));
    }

    /**
     * Judges the points of acceptances that have ended bad again, where nothing newer was accepted since, and takes the
     * established baselines back that moved to them.
     *
     * @return the versions of baselines that were made
     */
    List<VersionInfo> lapse() {
        Map<String, Map<SeriesKey, Set<String>>> ended = new LinkedHashMap<>();
        for (Map.Entry<SeriesKey, List<AcceptedPoint>> entry : anchors.entrySet()) {
            List<AcceptedPoint> points = entry.getValue();
            AcceptedPoint newest = points.get(points.size() - 1);
            if (!holds(newest)) {
                store.series(entry.getKey())
                        .ifPresent(series -> ended.computeIfAbsent(newest.acceptanceId(), id -> new HashMap<>())
                                .put(series.key(), lapse(series, newest)));
            }
        }
        List<VersionInfo> versions = new ArrayList<>();
        ended.forEach((id, runs) -> Optional.ofNullable(known.get(id))
                .ifPresent(acceptance ->
                        versions.addAll(new EndedLevel(acceptance, runs).takeBack(store.baselines(), now))));
        return versions;
    }

    /** The runs whose points are judged bad again. */
    private Set<String> lapse(Series series, AcceptedPoint anchor) {
        List<Point> points = series.points();
        int start = 0;
        while (start < points.size() && !points.get(start).run().id().equals(anchor.runId())) {
            start++;
        }
        Levels levels = levels(points, start, points.size());
        List<PointKey> bad = new ArrayList<>();
        for (int i = start; i < points.size(); i++) {
            if (!levels.isKnown() || levels.isNearerToAfter(points.get(i).value())) {
                bad.add(new PointKey(
                        points.get(i).run().id(),
                        series.key().benchmark(),
                        series.key().metric()));
            } else if (levels.isKnown()) {
                break; // mended since
            }
        }
        store.markBad(bad, "the acceptance " + anchor.acceptanceId() + " has ended", now);
        return bad.stream().map(PointKey::runId).collect(Collectors.toSet());
    }

    /** The levels before and after a change; NaN when no point tells one. */
    record Levels(double before, double after) {
        boolean isKnown() {
            return !Double.isNaN(before) && !Double.isNaN(after) && before != after;
        }

        double change() {
            return Effect.relativeChange(before, after);
        }

        boolean isNearerToAfter(double value) {
            return Math.abs(value - after) <= Math.abs(value - before);
        }
    }

    /** The levels around the change at {@code start}; points judged bad do not tell the level before. */
    static Levels levels(List<Point> points, int start, int end) {
        List<Double> before = new ArrayList<>();
        for (int i = start - 1; i >= 0 && before.size() < BEFORE; i--) {
            if (!points.get(i).judgedBad()) {
                before.add(points.get(i).value());
            }
        }
        List<Double> after = new ArrayList<>();
        for (int i = start; i < end && after.size() < AFTER; i++) {
            after.add(points.get(i).value());
        }
        return new Levels(median(before), median(after));
    }

    private static double median(List<Double> values) {
        return values.isEmpty()
                ? Double.NaN
                : Location.median(
                        values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
