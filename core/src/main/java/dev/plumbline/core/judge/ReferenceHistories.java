package dev.plumbline.core.judge;

import dev.plumbline.core.annotation.AcceptedLevel;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.WatchedHistory;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.history.SeriesChange;
import dev.plumbline.core.history.Swing;
import dev.plumbline.core.judge.level.OpenBelowAccepted;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.sample.Location;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reference of each series: an established baseline if one was requested and exists, else its rolling history; from
 * the newest accepted level on, and for another branch only up to its fork.
 */
final class ReferenceHistories {
    /** The most values that describe the noise of an accepted level. */
    private static final int MOST_BEFORE = 200;

    private final Snapshot snapshot;
    private final Policies policies;
    private final Annotations annotations;
    private final String baseBranch;
    private final Map<SeriesKey, EstablishedBaseline> baselines = new HashMap<>();

    ReferenceHistories(Snapshot snapshot, Policies policies) {
        this.snapshot = snapshot;
        this.policies = policies;
        annotations = snapshot.annotations();
        baseBranch = snapshot.reference().baseBranch();
        snapshot.reference()
                .established()
                .map(BaselineVersion::baselines)
                .ifPresent(all -> all.forEach(baseline -> baselines.put(baseline.key(), baseline)));
    }

    /**
     * A history to judge against.
     *
     * @param before the points before an accepted level; none if the series is not at an accepted level
     * @param held the points that were kept out of it because the level would have become worse, all at once or little
     *     by little, and that are not accepted; none where it uses a baseline
     * @param notes on how it was found
     * @param below what is open below the accepted level that the series is on; empty where nothing is
     */
    record Referenced(
            Series history,
            List<Point> before,
            List<Point> held,
            List<Note> notes,
            Optional<OpenBelowAccepted> below) {}

    /** The seasonality over hours or weekdays in the whole history of a series, which is not a change. */
    Optional<Swing> swing(Series rolling) {
        double margin = policies.of(rolling.key(), rolling.unit()).margin();
        Optional<Swing> own = Swing.of(rolling, margin);
        return own.isPresent()
                ? own
                : established(rolling.key()).flatMap(baseline -> Swing.of(baseline.series(), margin));
    }

    /**
     * The reference of a series.
     *
     * @param whole the whole history of a series on its base branch
     * @param swing the seasonality removed from it, and from the established baseline
     * @param candidate the points that are judged, in the unit of the history
     */
    Referenced of(Series whole, Optional<Swing> swing, List<Point> candidate) {
        List<Note> notes = new ArrayList<>();
        Series rolling = swing.map(found -> found.takenOut(
                        whole, policies.of(whole.key(), whole.unit()).margin()))
                .orElse(whole);
        Series own = upToFork(rolling, notes);
        Optional<OpenBelowAccepted> below = OpenBelowAccepted.of(
                own,
                candidate.stream().mapToDouble(Point::value).toArray(),
                annotations,
                policies.of(own.key(), own.unit()).margin());
        below.filter(found -> found.moved() != 0)
                .ifPresent(found -> notes.add(new Note.AcceptedOnTop(whole.key(), found.moved())));
        Series since = below.map(OpenBelowAccepted::history).orElseGet(() -> annotations.sinceAccepted(own));
        Series history = history(rolling, since, swing, notes);
        boolean hasLost = notes.stream().anyMatch(Note.UnacceptedLoss.class::isInstance);
        return new Referenced(
                history, before(rolling, history), held(hasLost ? rolling : since, history), notes, below);
    }

    /** The points of a series after the last one of its history, without the detected ones. */
    private List<Point> held(Series all, Series history) {
        if (snapshot.reference().established().isPresent() || !history.unit().equals(all.unit())) {
            return List.of();
        }
        List<Point> points = all.points();
        if (isLast(points, history.points())) {
            return List.of(); // as nearly always, and for no more than a look
        }
        Set<String> known =
                history.points().stream().map(point -> point.run().id()).collect(Collectors.toSet());
        int first = points.size();
        while (first > 0 && !known.contains(points.get(first - 1).run().id())) {
            first--;
        }
        return points.subList(first, points.size()).stream()
                .filter(point -> !point.judgedBad())
                .toList();
    }

    /** Whether a history ends with the last run of some points. */
    private static boolean isLast(List<Point> points, List<Point> history) {
        return points.isEmpty()
                || !history.isEmpty()
                        && points.get(points.size() - 1)
                                .run()
                                .id()
                                .equals(history.get(history.size() - 1).run().id());
    }

    private Optional<EstablishedBaseline> established(SeriesKey key) {
        return Optional.ofNullable(
                baselines.get(new SeriesKey(key.benchmark(), key.metric(), key.environment(), baseBranch)));
    }

    /** @param since from the newest accepted level on */
    private Series history(Series rolling, Series since, Optional<Swing> swing, List<Note> notes) {
        Series history = watched(since, notes);
        SeriesKey key = rolling.key();
        if (snapshot.reference().established().isEmpty()) {
            return history;
        }
        Optional<EstablishedBaseline> found = established(key);
        if (found.isEmpty()) {
            if (!history.points().isEmpty()) {
                notes.add(new Note.NoBaseline(key));
            }
            return history;
        }
        EstablishedBaseline baseline = found.get();
        if (yields(baseline, rolling)) {
            notes.add(new Note.SupersededBaseline(key));
            return history;
        }
        if (isThin(baseline)) {
            notes.add(new Note.ThinBaseline(key));
        }
        Series stable = swing.map(known -> known.takenOut(baseline.series())).orElseGet(baseline::series);
        int shared = shared(stable.points(), isShared(key.environment()));
        int enough = Math.min(
                policies.of(key, rolling.unit()).minimumRuns(), stable.points().size());
        if (shared < enough && history.points().size() >= enough) {
            notes.add(new Note.BaselineAfterFork(key));
            return history;
        }
        return calledSince(
                shared < enough ? stable : stable.withPoints(stable.points().subList(0, shared)), history);
    }

    private List<Point> before(Series rolling, Series history) {
        if (annotations.levelOf(rolling).isEmpty()
                || history.points().isEmpty()
                || !history.unit().equals(rolling.unit())) {
            return List.of();
        }
        String first = history.points().get(0).run().id();
        List<Point> points = rolling.points();
        int end = points.size() - 1;
        while (end > 0 && !points.get(end).run().id().equals(first)) {
            end--;
        }
        return onOneLevel(rolling, Math.max(0, end - MOST_BEFORE), Math.max(0, end));
    }

    /**
     * The points of a series from one index to before another, taken to the newest of the levels that they are on: they
     * lend their noise, and what moved between levels is none. A level of a single point has no noise.
     */
    private List<Point> onOneLevel(Series series, int from, int to) {
        List<Point> points = series.points();
        List<Integer> bounds = new ArrayList<>(List.of(from));
        SegmentedSeries.of(series, policies.of(series.key(), series.unit()).margin(), annotations).changes().stream()
                .map(SeriesChange::index)
                .filter(index -> index > from && index < to)
                .forEach(bounds::add);
        bounds.add(to);
        if (bounds.size() == 2 || points.subList(from, to).stream().anyMatch(point -> point.value() <= 0)) {
            return points.subList(from, to);
        }
        List<List<Point>> levels = new ArrayList<>();
        for (int i = 1; i < bounds.size(); i++) {
            List<Point> level = points.subList(bounds.get(i - 1), bounds.get(i)).stream()
                    .filter(point -> !point.judgedBad())
                    .toList();
            if (level.size() > 1) {
                levels.add(level);
            }
        }
        return levels.stream()
                .flatMap(level ->
                        level.stream().map(point -> point.times(level(levels.get(levels.size() - 1)) / level(level))))
                .toList();
    }

    private static double level(List<Point> points) {
        return Location.median(points.stream().mapToDouble(Point::value).toArray());
    }

    private Optional<Predicate<RunInfo>> isShared(String environment) {
        return Optional.ofNullable(snapshot.environments().get(environment))
                .flatMap(Snapshot.EnvironmentHistory::isShared);
    }

    /** The number of points, the oldest ones, that a branch shares with its base. */
    static int shared(List<Point> points, Optional<Predicate<RunInfo>> isShared) {
        int end = points.size();
        while (isShared.isPresent()
                && end > 0
                && !isShared.get().test(points.get(end - 1).run())) {
            end--;
        }
        return end;
    }

    /** Stable runs, and those reported as regressions since: they are evidence for the next one. */
    private static Series calledSince(Series stable, Series history) {
        if (!stable.unit().equals(history.unit()) || stable.points().isEmpty()) {
            return stable;
        }
        Instant last = stable.points().get(stable.points().size() - 1).run().time();
        int first = history.points().size();
        while (first > 0
                && history.points().get(first - 1).judgedBad()
                && history.points().get(first - 1).run().time().isAfter(last)) {
            first--;
        }
        return stable.withPoints(Stream.concat(
                        stable.points().stream(),
                        history.points().subList(first, history.points().size()).stream())
                .toList());
    }

    private Series watched(Series history, List<Note> notes) {
        WatchedHistory watched = WatchedHistory.of(
                history,
                snapshot.checked(),
                (points, step, deviation) -> annotations.isFalseAlarm(history.key(), points, step, deviation),
                policies.of(history.key(), history.unit()).margin());
        watched.since().ifPresent(since -> notes.add(new Note.UnacceptedLoss(history.key(), watched.change(), since)));
        return watched.series() == history ? history : calledSince(watched.series(), history);
    }

    /**
     * Whether a level that was accepted after the baseline was established replaces it, as it does where the baseline
     * moved to it and has too few of its runs to judge anything until it is established again.
     */
    private boolean yields(EstablishedBaseline baseline, Series rolling) {
        Optional<String> anchor = annotations.levelOf(rolling).map(AcceptedLevel::runId);
        if (anchor.filter(baseline.first().id()::equals).isPresent()) {
            return isThin(baseline);
        }
        return anchor.isPresent()
                && baseline.runs().stream().noneMatch(run -> run.id().equals(anchor.get()))
                && rolling.points().stream()
                        .anyMatch(point -> point.run().id().equals(anchor.get())
                                && !point.run().time().isBefore(baseline.last().time()));
    }

    private boolean isThin(EstablishedBaseline baseline) {
        return baseline.runs().size()
                < policies.of(baseline.key(), baseline.unit()).minimumRuns();
    }

    private Series upToFork(Series rolling, List<Note> notes) {
        Snapshot.UpToFork upToFork = snapshot.upToFork(rolling, policies.of(rolling.key(), rolling.unit()));
        if (upToFork.isShort()) {
            notes.add(new Note.ShortBeforeFork(rolling.key()));
        }
        return upToFork.series();
    }

    /** The environments other than its own in which the series has an established baseline. */
    List<String> elsewhere(SeriesKey key) {
        return baselines.keySet().stream()
                .filter(other -> other.benchmark().equals(key.benchmark())
                        && other.metric().equals(key.metric())
                        && !other.environment().equals(key.environment()))
                .map(SeriesKey::environment)
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The question about losses that add up; empty where it is off, or the history has too few runs of before.
     *
     * @param rolling the whole history of a series that the candidate extends on its own branch
     * @param candidate in the unit of that history
     * @param notes takes the notes
     */
    Optional<Accumulation.Question> accumulation(Series rolling, List<Point> candidate, List<Note> notes) {
        Optional<Milestone> milestone = snapshot.reference().milestone();
        if (milestone.isEmpty()) {
            return Optional.empty();
        }
        List<Point> points = annotations.sinceAccepted(rolling).points().stream()
                .filter(point -> !point.judgedBad())
                .toList();
        Series before = rolling.withPoints(List.of());
        List<Point> after = points;
        if (milestone.get().baseline().isPresent()) {
            Optional<EstablishedBaseline> baseline =
                    milestone.get().baseline().get().of(rolling.key());
            if (baseline.isPresent()
                    && baseline.get().unit().equals(rolling.unit())
                    && !yields(baseline.get(), rolling)) {
                Instant last = baseline.get().last().time();
                before = baseline.get().series();
                after = points.stream()
                        .filter(point -> point.run().time().isAfter(last))
                        .toList();
            }
        } else {
            int end = points.size();
            while (end > 0
                    && !milestone.get().isReached().test(points.get(end - 1).run())) {
                end--;
            }
            before = rolling.withPoints(points.subList(0, end));
            after = points.subList(end, points.size());
        }
        if (before.points().size() < policies.of(rolling.key(), rolling.unit()).minimumRuns()) {
            notes.add(new Note.ShortBeforeMilestone(rolling.key()));
            return Optional.empty();
        }
        return after.isEmpty()
                ? Optional.empty()
                : Optional.of(new Accumulation.Question(
                        before, after, candidate, milestone.get().label()));
    }
}
