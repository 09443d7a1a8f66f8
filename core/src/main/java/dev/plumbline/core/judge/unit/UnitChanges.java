package dev.plumbline.core.judge.unit;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.Roles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The changes of a unit or a direction that checks have held for and that are older than what the newest runs expect. A
 * run states its unit, and no number of runs makes another one right: a gate that held for the first of them goes on to
 * hold until the change is accepted. What no check has seen when it came, as in an imported history, is a part of
 * that history.
 */
public final class UnitChanges {
    /** The number of first commits in another unit for which a check holds by what earlier runs had. */
    private static final int HELD = 3;

    /** The same where the series keeps its name: it takes the new unit with one more. */
    private static final int HELD_UNDER_ONE_NAME = 4;

    /** The fewest commits that establish a unit: a single one may be the one that was wrong. */
    private static final int LEAST = 2;

    /** The commits in a row that establish another unit where an earlier one is there. */
    private static final int ESTABLISHING = 5;

    /** Metrics that take turns more often than this are two metrics of one benchmark, each with its own runs. */
    private static final int MOST_TURNS = 2;

    private final Set<String> seen;
    private final Roles roles;
    private final BiPredicate<SeriesKey, RunInfo> isAccepted;

    /**
     * @param seen the ids of the runs that checks have judged, and of those in question
     * @param roles of all metrics
     * @param isAccepted whether it is accepted that a metric of a benchmark was not measured after a run
     */
    public UnitChanges(Set<String> seen, Roles roles, BiPredicate<SeriesKey, RunInfo> isAccepted) {
        this.seen = Set.copyOf(seen);
        this.roles = requireNonNull(roles, "roles");
        this.isAccepted = requireNonNull(isAccepted, "isAccepted");
    }

    /**
     * The changes that stand, of one branch and environment.
     *
     * @param extended the series that the runs in question extend
     * @param former other series of the same benchmarks; empty ones are of no importance
     */
    public List<Missing> of(List<Series> extended, List<Series> former) {
        List<Missing> lasting = new ArrayList<>();
        Map<Benchmark, List<Series>> now = extended.stream()
                .collect(Collectors.groupingBy(series -> series.key().benchmark()));
        former.stream()
                .filter(series -> !series.points().isEmpty())
                .collect(Collectors.groupingBy(series -> series.key().benchmark()))
                .forEach((benchmark, before) -> underOtherName(before, now.getOrDefault(benchmark, List.of()))
                        .ifPresent(lasting::add));
        Map<?, Roles.Decision> decisions =
                roles.among(extended.stream().map(Series::key).toList());
        extended.stream()
                .filter(series -> decisions.get(series.key()).role() == Role.PRIMARY)
                .flatMap(series -> change(series).flatMap(change -> underOneName(series, change)).stream())
                .forEach(lasting::add);
        return lasting;
    }

    /** The first run in the unit of now, of a series that changed it under its name; empty for any other. */
    public static Optional<RunInfo> first(Series series) {
        return change(series).map(SeriesWarning.ForeignUnit::since);
    }

    /** The last change of the unit; what was in another one for a while is no change. */
    private static Optional<SeriesWarning.ForeignUnit> change(Series series) {
        return series.warnings().stream()
                .filter(SeriesWarning.ForeignUnit.class::isInstance)
                .map(SeriesWarning.ForeignUnit.class::cast)
                .filter(one -> !one.isForAWhile())
                .findFirst();
    }

    private Optional<Missing> underOneName(Series series, SeriesWarning.ForeignUnit change) {
        List<Point> since = series.points().stream()
                .dropWhile(point -> !point.run().id().equals(change.since().id()))
                .toList();
        if (series.foreign() < LEAST || !isHeld(since, HELD_UNDER_ONE_NAME)) {
            return Optional.empty();
        }
        boolean isTurned = series.warnings().stream().anyMatch(SeriesWarning.Turned.class::isInstance);
        return Optional.of(Missing.metric(series.key())
                .inUnit(new Missing.OtherUnit(series.key().metric(), change.before(), change.now(), isTurned))
                .since(change.since().header().revision().commit()));
    }

    /**
     * The last of the former primary metrics of a benchmark, where one in another unit took its place.
     *
     * @param former with points
     */
    private Optional<Missing> underOtherName(List<Series> former, List<Series> extended) {
        Map<?, Roles.Decision> decisions = roles.among(Stream.concat(former.stream(), extended.stream())
                .map(Series::key)
                .toList());
        List<Series> primary = former.stream()
                .filter(series -> decisions.get(series.key()).role() == Role.PRIMARY)
                .toList();
        Function<RunInfo, Instant> when = when(Stream.concat(former.stream(), extended.stream()));
        Optional<Series> last = primary.stream().max(Comparator.comparing(series -> end(series, when)));
        if (last.isEmpty() || commits(last.get().points()).size() < LEAST) {
            return Optional.empty();
        }
        Series old = last.get();
        List<String> commits = commits(old.points());
        boolean isAlone = primary.stream()
                        .filter(series -> end(series, when).equals(end(old, when)))
                        .count()
                == 1;
        List<Series> came = extended.stream()
                .filter(series -> decisions.get(series.key()).role() == Role.PRIMARY)
                .filter(series -> commits(series.points()).stream().noneMatch(commits::contains))
                .toList();
        if (!isAlone || came.size() != 1) {
            return Optional.empty();
        }
        Series young = came.get(0);
        List<Point> since = young.points().stream()
                .filter(point -> when.apply(point.run()).isAfter(end(old, when)))
                .toList();
        return isHeld(since, HELD)
                        && turns(old, young, when) <= MOST_TURNS
                        && !isBack(old, young, when)
                        && !isWithdrawn(old, young)
                ? otherUnit(old.unit(), young.unit(), young.key().metric(), old.better() != young.better())
                        .map(Missing.metric(old.key())::inUnit)
                : Optional.empty();
    }

    /** A change of a unit that cannot be converted, or of a direction; empty where it is none of both. */
    public static Optional<Missing.OtherUnit> otherUnit(Unit before, Unit now, String metric, boolean isTurned) {
        return isTurned || !before.isComparableWith(now)
                ? Optional.of(new Missing.OtherUnit(metric, before, now, isTurned))
                : Optional.empty();
    }

    /** Whether a check saw one of the first commits. */
    private boolean isHeld(List<Point> since, int first) {
        Set<String> held = commits(since).stream().limit(first).collect(Collectors.toSet());
        return since.stream()
                .anyMatch(point -> held.contains(commit(point))
                        && seen.contains(point.run().id()));
    }

    /**
     * Whether the unit of young was there before that of old, which had too few commits to take its place: then
     * nothing changed but what was wrong for a while.
     */
    private static boolean isBack(Series old, Series young, Function<RunInfo, Instant> when) {
        Instant begin = begin(old, when);
        int before = commits(young.points().stream()
                        .filter(point -> when.apply(point.run()).isBefore(begin))
                        .toList())
                .size();
        return before > 0 && commits(old.points()).size() < Math.min(ESTABLISHING, before + 1);
    }

    /**
     * Whether a metric took the place of another one in another unit, and the other one is back: checks held for the
     * change until it was accepted, and it never was, so that nothing is lost with it.
     *
     * @param held the metric that came, and went
     * @param back the one that was there before
     */
    public boolean isWithdrawn(Series held, Series back) {
        Function<RunInfo, Instant> when = when(Stream.of(held, back));
        List<String> commits = commits(held.points());
        if (commits(back.points()).stream().anyMatch(commits::contains)
                || otherUnit(back.unit(), held.unit(), held.key().metric(), held.better() != back.better())
                        .isEmpty()
                || turns(back, held, when) > MOST_TURNS) {
            return false;
        }
        Instant end = end(held, when);
        List<Point> behind = back.points().stream()
                .filter(point -> when.apply(point.run()).isBefore(end))
                .sorted(Comparator.comparing(point -> when.apply(point.run())))
                .toList();
        if (commits(behind).size() < LEAST
                || behind.size() == back.points().size()
                || begin(held, when).isBefore(when.apply(behind.get(0).run()))) {
            return false;
        }
        RunInfo last = behind.get(behind.size() - 1).run();
        List<Point> since = held.points().stream()
                .filter(point -> when.apply(point.run()).isAfter(when.apply(last)))
                .toList();
        return isHeld(since, HELD) && !isAccepted.test(back.key(), last);
    }

    /** The number of times that a run of the new series came behind one of the old series. */
    private static int turns(Series old, Series young, Function<RunInfo, Instant> when) {
        List<Point> all = Stream.concat(old.points().stream(), young.points().stream())
                .sorted(Comparator.comparing(point -> when.apply(point.run())))
                .toList();
        Set<String> ofOld = old.points().stream().map(point -> point.run().id()).collect(Collectors.toSet());
        int turns = 0;
        for (int i = 1; i < all.size(); i++) {
            turns += ofOld.contains(all.get(i - 1).run().id())
                            && !ofOld.contains(all.get(i).run().id())
                    ? 1
                    : 0;
        }
        return turns;
    }

    private static Instant begin(Series series, Function<RunInfo, Instant> when) {
        return series.points().stream()
                .map(point -> when.apply(point.run()))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    private static Instant end(Series series, Function<RunInfo, Instant> when) {
        return series.points().stream()
                .map(point -> when.apply(point.run()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    /** When a run was: by its place on the branch where that is known of all, for a clock may be wrong. */
    private static Function<RunInfo, Instant> when(Stream<Series> all) {
        boolean isPlaced = all.flatMap(series -> series.points().stream())
                .allMatch(point -> point.run().header().revision().position().isPresent());
        return isPlaced
                ? run ->
                        Instant.ofEpochSecond(run.header().revision().position().getAsLong())
                : RunInfo::time;
    }

    /** The commits of points, each once, in their order; a run without one is one of its own. */
    private static List<String> commits(List<Point> points) {
        return points.stream().map(UnitChanges::commit).distinct().toList();
    }

    private static String commit(Point point) {
        RunInfo run = point.run();
        return run.header().revision().isKnown() ? run.header().revision().commit() : run.id();
    }
}
