package dev.plumbline.pipeline.repository;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.note.OrderNotes;
import dev.plumbline.store.RevisionOrder;
import dev.plumbline.store.RunStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The position of runs relative to later runs of their history.
 *
 * <p>A history is in the order of positions, or else of times, and neither is right for a shallow clone, a
 * rebased branch, a clock that was wrong, or results without a commit. Runs that git has among the ancestors come
 * first, whatever their times. If git cannot order the runs, and too few are before it to judge against, the run that
 * was recorded last is the newest; likewise if git has the commits of the later runs but the branch no longer contains
 * them, because it was rewritten. What git has before recorded runs, or what has enough runs before it, is judged
 * there.
 */
public final class RunOrder {
    /** The number of later commits that are asked about, the newest first: a process each. */
    private static final int ASKED = 3;

    private final List<RunInfo> runs;
    private final Set<String> ids;
    private final Predicate<RunInfo> isOwn;
    private final Set<String> laterRecorded;
    private final int needed;
    private final Git git;
    private final List<Series> series = new ArrayList<>();
    private final Set<SeriesKey> early = new HashSet<>();
    private final Map<SeriesKey, Set<String>> earlier = new HashMap<>();
    private final Map<Set<String>, Set<String>> earlierSets = new HashMap<>();
    private Optional<Set<String>> ancestors = Optional.empty();
    private boolean isAsked;
    private Optional<Boolean> isInside = Optional.empty();
    private boolean isRewritten;
    private Position reported = new Position(0, 0, 0, false);

    /**
     * The report of the series with the most to report.
     *
     * @param earlier how many of its points sort before the runs
     * @param later how many sort behind them and were there before
     * @param moved how many of these count as earlier all the same
     * @param byGit whether git confirms it
     */
    private record Position(int earlier, int later, int moved, boolean byGit) {
        boolean isFurther(Position other) {
            return moved != other.moved ? moved > other.moved : later > other.later;
        }
    }

    private RunOrder(List<RunInfo> runs, Set<String> laterRecorded, int needed, Git git) {
        this.runs = runs;
        this.ids = runs.stream().map(RunInfo::id).collect(Collectors.toUnmodifiableSet());
        this.isOwn = isOneOf(this.runs, ids);
        this.laterRecorded = laterRecorded;
        this.needed = needed;
        this.git = git;
    }

    /**
     * The order of runs in the series that they extend.
     *
     * @param runs of one branch and one revision
     * @param extended whole, in the order of the history
     * @param isOwn whether a series is judged against the branch of the runs; the order of others is not looked at
     * @param needed how many runs a history needs before anything is judged against it
     */
    public static RunOrder of(
            List<RunInfo> runs, List<Series> extended, Predicate<Series> isOwn, int needed, RunStore store, Git git) {
        requireNonNull(git, "git");
        boolean isAnyLater = extended.stream().anyMatch(one -> isOwn.test(one) && hasLater(one, runs));
        RunOrder order = new RunOrder(
                runs,
                isAnyLater ? store.recordedAfter(runs.stream().map(RunInfo::id).toList()) : Set.of(),
                needed,
                git);
        boolean isNewestRecorded = isAnyLater
                && (order.laterRecorded.isEmpty() || store.checkedRuns().containsAll(order.ids));
        for (Series one : extended) {
            order.series.add(isAnyLater && isOwn.test(one) ? order.seen(one, isNewestRecorded) : one);
        }
        return order;
    }

    private static boolean hasLater(Series series, List<RunInfo> runs) {
        if (series.points().isEmpty()) {
            return false;
        }
        RunInfo last = series.points().get(series.points().size() - 1).run();
        return runs.stream().noneMatch(run -> run.id().equals(last.id()) || isOfSameCommit(run, last))
                || runs.stream().anyMatch(run -> series.points().stream().anyMatch(point -> isDatedBefore(run, point)));
    }

    /**
     * Whether the date of a run is before that of another one, and only dates order them: the history has it behind the
     * other one all the same once a check has judged it there.
     */
    private static boolean isDatedBefore(RunInfo run, Point other) {
        return run.header().revision().position().isEmpty()
                && run.time().isBefore(other.run().time())
                && !isOfSameCommit(run, other.run());
    }

    private static boolean isOfSameCommit(RunInfo one, RunInfo other) {
        return !commitOf(one).isEmpty() && commitOf(one).equals(commitOf(other));
    }

    private static String commitOf(RunInfo run) {
        return Revision.committed(run.header().revision().commit());
    }

    public List<RunInfo> runs() {
        return runs;
    }

    /** The series in the order in which the runs are judged, in the order in which they were given. */
    public List<Series> series() {
        return series;
    }

    private boolean isOwn(Point point) {
        return isOwn.test(point.run());
    }

    /** Holds on to no series. */
    private static Predicate<RunInfo> isOneOf(List<RunInfo> runs, Set<String> ids) {
        return run -> ids.contains(run.id()) || isOfSameCommit(run, runs.get(0));
    }

    private Series seen(Series one, boolean isNewestRecorded) {
        List<Point> points = one.points();
        int last = points.size() - 1;
        while (last >= 0 && !isOwn(points.get(last))) {
            last--;
        }
        if (last < 0) {
            return one;
        }
        List<Point> before = points.subList(0, last + 1).stream()
                .filter(point -> !isOwn(point))
                .toList();
        List<Point> passed = passed(points.get(last).run(), points, before);
        List<Point> behind = points.subList(last + 1, points.size());
        List<Point> known = behind.stream()
                .filter(point -> !laterRecorded.contains(point.run().id()))
                .toList();
        if (known.isEmpty() && !passed.isEmpty()) {
            ask(passed);
            move(one, before.size(), passed, passed.size());
            return one;
        }
        if (known.isEmpty()) {
            return one;
        }
        ask(known);
        Set<String> older = ancestors.orElse(Set.of());
        boolean isShort = before.size() < needed;
        boolean isNewest = isShort && isNewestRecorded && !isInside.orElse(false);
        List<Point> moved = isNewest || isRewritten && isNewestRecorded
                ? known
                : known.stream()
                        .filter(point -> older.contains(commitOf(point.run())))
                        .toList();
        if (before.size() + moved.size() < needed) {
            early.add(one.key());
        }
        Set<String> first = move(one, before.size(), moved, known.size());
        return moved.isEmpty() ? one : one.withPoints(NewestByRecording.ordered(points, Point::run, isOwn, first));
    }

    /**
     * Keeps what is reported of points that count as earlier.
     *
     * @param before how many others are before the runs
     * @param known how many have later dates
     * @return the ids of the runs of those points
     */
    private Set<String> move(Series one, int before, List<Point> moved, int known) {
        Set<String> older = ancestors.orElse(Set.of());
        boolean byGit = !moved.isEmpty() && moved.stream().allMatch(point -> older.contains(commitOf(point.run())));
        Position mine = new Position(before, known, moved.size(), byGit);
        reported = mine.isFurther(reported) ? mine : reported;
        Set<String> first = moved.stream().map(point -> point.run().id()).collect(Collectors.toUnmodifiableSet());
        if (!first.isEmpty()) {
            earlier.put(one.key(), earlierSets.computeIfAbsent(first, same -> same));
        }
        return first;
    }

    /** The points before a run that dates would put behind it. */
    private static List<Point> passed(RunInfo run, List<Point> points, List<Point> before) {
        if (before.stream().noneMatch(point -> isDatedBefore(run, point))) {
            return List.of();
        }
        Comparator<RunInfo> byDate =
                RevisionOrder.of(points.stream().map(Point::run).toList());
        return before.stream()
                .filter(point -> byDate.compare(run, point.run()) < 0)
                .toList();
    }

    /** The order of recording where it differs from the dates; empty where both are the same. */
    public Optional<NewestByRecording> newestByRecording() {
        return earlier.isEmpty()
                ? Optional.empty()
                : Optional.of(new NewestByRecording(runs, isOwn, earlier, reported.moved, reported.byGit));
    }

    /** Asks git once, about the newest runs of the first series that has any behind. */
    private void ask(List<Point> behind) {
        String commit = commitOf(runs.get(0));
        if (isAsked || commit.isEmpty()) {
            return;
        }
        isAsked = true;
        ancestors = git.ancestors(commit);
        if (ancestors.isEmpty()) {
            return;
        }
        Set<String> others = new LinkedHashSet<>();
        for (int i = behind.size() - 1; i >= 0 && others.size() < ASKED; i--) {
            String other = commitOf(behind.get(i).run());
            if (!other.isEmpty() && !ancestors.get().contains(other)) {
                others.add(other);
            }
        }
        isInside = Optional.of(others.stream().anyMatch(other -> git.isAncestor(commit, other)));
        isRewritten = !isInside.get()
                && !others.isEmpty()
                && others.stream().allMatch(other -> git.commitOf(other).isPresent());
    }

    /** The note on the order; empty where no recorded run sorts behind these. */
    public Optional<String> note() {
        if (reported.later == 0) {
            return Optional.empty();
        }
        Revision revision = runs.get(0).header().revision();
        if (reported.moved > 0 && reported.byGit) {
            return Optional.of(OrderNotes.newestByGit(revision, reported.moved));
        }
        if (reported.moved > 0 && isRewritten) {
            return Optional.of(OrderNotes.newestAsRewritten(revision, reported.moved));
        }
        if (reported.moved > 0) {
            return Optional.of(OrderNotes.newestAsRecorded(revision, reported.moved, git.isShallow()));
        }
        if (reported.earlier < needed) {
            return Optional.empty(); // a reason of the gate
        }
        return Optional.of(
                OrderNotes.inside(revision, reported.later, reported.earlier, isInside.orElse(false), git.isShallow()));
    }

    /** Whether {@link #note} has that the repository is a shallow clone. */
    public boolean isShallowTold() {
        return note().filter(OrderNotes::tellsShallow).isPresent();
    }

    /** The reason why runs inside the history with too few before them cannot be judged; empty where that is not so. */
    public Optional<Cause> holds(List<Finding> findings) {
        return findings.stream()
                        .anyMatch(finding ->
                                early.contains(finding.key()) && finding.isDecidedBy(HistoryEvidence.TooFewRuns.class))
                ? Optional.of(new Cause.BeforeHistory(
                        reported.earlier + reported.moved, reported.later - reported.moved, needed))
                : Optional.empty();
    }
}
