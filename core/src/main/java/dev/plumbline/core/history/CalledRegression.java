package dev.plumbline.core.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.AcceptedChange;
import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.ObservedChange;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.model.PackedPoints;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.steps.KnownLevels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A regression that checks have detected, that the newest run of its series still shows, and that the history does not
 * confirm yet, accepted or not. One run is enough for a check, which knows the suite; a look at the whole history asks
 * for more of them.
 *
 * @param key of the series
 * @param index of its first point
 * @param since the run of that
 * @param before the level before it
 * @param after the level of its points
 * @param begun the run with which the loss began on which it came; its own first one where it came on none
 * @param statements what people recorded about it
 */
public record CalledRegression(
        SeriesKey key, int index, RunInfo since, double before, double after, RunInfo begun, Annotated statements) {
    /** The number of points before it that determine the earlier level. */
    private static final int BEFORE = 10;

    /** An accepted level of more runs outweighs the few of what comes on it. */
    private static final int YOUNG = 30;

    /** The place of a step in a history may be a few runs from that of a check. */
    private static final int NEARBY = 5;

    /** The tolerance of a further loss, which lies between two levels and is nearer. */
    private static final int NEAR = 3;

    public CalledRegression {
        requireNonNull(key, "key");
        requireNonNull(since, "since");
        requireNonNull(begun, "begun");
        requireNonNull(statements, "statements");
    }

    /**
     * The regressions detected by checks that the history of a series does not confirm: all of them, or where the
     * history has a step for the worse there, further losses of the newest points.
     *
     * @param confirmed the steps that the history has, in order
     * @param margin the smallest relative change that matters
     * @param known the levels that people have accepted: a step to one of them confirms nothing of what came on it
     * @return the oldest first; nothing when the newest point was not called bad, or is no worse than those before
     */
    public static List<CalledRegression> of(
            Series series, List<SeriesChange> confirmed, double margin, KnownLevels known) {
        List<Point> points = series.points();
        List<Integer> levels = CalledLevels.of(points, series.better(), margin);
        if (levels.isEmpty() || levels.get(0) == 0) {
            return List.of();
        }
        List<CalledRegression> called = new ArrayList<>();
        int second = levels.size() > 1 ? levels.get(1) : points.size();
        List<SeriesChange> ofFirst = confirmed.stream()
                .filter(change -> nearest(levels, change.index()) == levels.get(0))
                .toList();
        first(series, levels.get(0), second, ofFirst, margin, known).ifPresent(called::add);
        for (int i = 1; i < levels.size(); i++) {
            int index = levels.get(i);
            int end = i + 1 < levels.size() ? levels.get(i + 1) : points.size();
            boolean isConfirmed = confirmed.stream()
                    .anyMatch(change -> nearest(levels, change.index()) == index
                            && Math.abs(change.index() - index) <= NEAR
                            && Math.abs(change.relativeChange()) >= margin
                            && series.better().isWorse(change.relativeChange()));
            if (!isConfirmed) {
                int from = Math.max(levels.get(i - 1), index - 2 * BEFORE);
                called.add(new CalledRegression(
                        series.key(),
                        index,
                        points.get(index).run(),
                        Location.median(values(series, from, index)),
                        Location.median(values(series, index, end)),
                        points.get(levels.get(i - 1)).run(),
                        Annotated.NONE));
            }
        }
        return called;
    }

    /**
     * The accepted changes of the newest points of a series that the history does not confirm yet: they count as
     * confirmed, and not as open. Points that are back at the level before show nothing of it any more.
     *
     * @param confirmed the steps that the history has, in order
     * @return the oldest first
     */
    public static List<CalledRegression> accepted(
            Series series, List<SeriesChange> confirmed, Annotations annotations) {
        return accepted(series, confirmed, annotations, true);
    }

    /** The same of changes for the better: what is too good to be true was accepted as true. */
    public static List<CalledRegression> acceptedAsBetter(
            Series series, List<SeriesChange> confirmed, Annotations annotations) {
        return accepted(series, confirmed, annotations, false);
    }

    private static List<CalledRegression> accepted(
            Series series, List<SeriesChange> confirmed, Annotations annotations, boolean worse) {
        List<Point> points = series.points();
        List<AcceptedChange> changes = annotations.acceptedChanges(series);
        List<CalledRegression> accepted = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            AcceptedChange change = changes.get(i);
            int start = change.place();
            boolean isConfirmed = confirmed.stream()
                    .anyMatch(step -> Math.abs(step.index() - start) <= NEARBY
                            && series.better().isWorse(step.relativeChange()) == worse);
            int from = Math.max(i == 0 ? 0 : changes.get(i - 1).place(), start - BEFORE);
            double[] before = points.subList(from, start).stream()
                    .filter(point -> !point.judgedBad())
                    .mapToDouble(Point::value)
                    .toArray();
            if (isConfirmed || points.size() - start > YOUNG || before.length == 0) {
                continue;
            }
            int end = i + 1 < changes.size() ? changes.get(i + 1).place() : points.size();
            double level = Location.median(before);
            // with few runs, the newest one shows the current level: it may be back
            double now = Location.median(values(series, end - start > NEAR ? end - NEAR : end - 1, end));
            CalledRegression one = new CalledRegression(
                    series.key(),
                    start,
                    since(points.get(start).run(), change.since()),
                    level,
                    change.relativeChange().isPresent()
                            ? level * (1 + change.relativeChange().getAsDouble())
                            : Location.median(values(series, start, end)),
                    since(points.get(start).run(), change.since()),
                    Annotated.NONE.then(change.stated()));
            if (series.better().isWorse(one.relativeChange()) == worse
                    && Math.abs(now - one.after()) < Math.abs(now - one.before())) {
                accepted.add(one);
            }
        }
        return accepted;
    }

    /** The first run on an accepted level, as one of the commit that was accepted: that may not have been measured. */
    private static RunInfo since(RunInfo first, String accepted) {
        return accepted.isEmpty() ? first : first.ofCommit(accepted);
    }

    /** The newest accepted level that is not the one which checks have detected; 0 where there is none. */
    private static int accepted(KnownLevels known) {
        return known.called().isPresent() ? known.newest().orElse(0) : 0;
    }

    /** The confirmed change for the worse that is the regression which checks date at an index. */
    private static Optional<SeriesChange> confirming(
            Series series, int start, List<SeriesChange> confirmed, double margin, int accepted) {
        return confirmed.stream()
                .filter(change -> change.index() >= start - NEARBY
                        && (accepted == 0 || start - change.index() < change.index() - accepted)
                        && Math.abs(change.relativeChange()) >= margin)
                .reduce((earlier, later) -> later)
                .filter(change -> series.better().isWorse(change.relativeChange()));
    }

    /**
     * The index where the history has the change that checks date at another: once a change point is confirmed there,
     * its place is the better estimate. The same index where the history has none.
     *
     * @param confirmed the steps that the history has, in order
     * @param place with which the newest points that checks detected begin, or a further loss among them
     */
    static int beginning(Series series, List<SeriesChange> confirmed, double margin, KnownLevels known, int place) {
        List<Integer> levels = CalledLevels.of(series.points(), series.better(), margin);
        if (levels.isEmpty()) {
            return place;
        }
        int level = nearest(levels, place);
        List<SeriesChange> ofLevel = confirmed.stream()
                .filter(change -> nearest(levels, change.index()) == level)
                .filter(change -> level == levels.get(0) || Math.abs(change.index() - level) <= NEAR)
                .toList();
        return ofLevel.stream().anyMatch(change -> change.index() == place)
                ? place
                : confirming(series, level, ofLevel, margin, accepted(known))
                        .map(SeriesChange::index)
                        .orElse(place);
    }

    private static int nearest(List<Integer> levels, int index) {
        return levels.stream()
                .min(Comparator.comparingInt(level -> Math.abs(level - index)))
                .orElseThrow();
    }

    /** @param end index behind its points: of a further loss, or the number of points */
    private static Optional<CalledRegression> first(
            Series series, int start, int end, List<SeriesChange> confirmed, double margin, KnownLevels known) {
        List<Point> points = series.points();
        int accepted = accepted(known);
        if (confirming(series, start, confirmed, margin, accepted).isPresent()) {
            return Optional.empty();
        }
        int level = confirmed.stream()
                .mapToInt(SeriesChange::index)
                .filter(index -> index < start)
                .max()
                .orElse(0);
        double[] before = points.subList(Math.max(accepted, level), start).stream()
                .filter(point -> !point.judgedBad())
                .mapToDouble(Point::value)
                .toArray();
        if (before.length == 0) {
            return Optional.empty();
        }
        CalledRegression called = new CalledRegression(
                series.key(),
                start,
                points.get(start).run(),
                Location.median(Arrays.copyOfRange(before, Math.max(0, before.length - BEFORE), before.length)),
                Location.median(values(series, start, end)),
                points.get(start).run(),
                Annotated.NONE);
        return series.better().isWorse(called.relativeChange()) ? Optional.of(called) : Optional.empty();
    }

    /**
     * The accepted levels of a series, the detected one that is worse than the newest of those, and the places of steps
     * that checks determine better than the values.
     */
    public static KnownLevels known(Series series, Annotations annotations, double margin) {
        return known(series, annotations.acceptedRuns(series.key()), off(series, annotations), margin);
    }

    /** The places of runs that were slow as a whole, but for those that show a change of this series besides. */
    private static List<Integer> off(Series series, Annotations annotations) {
        if (annotations.offRuns().isEmpty()) {
            return List.of(); // as nearly always, and for no more than a look
        }
        List<Point> points = series.points();
        return IntStream.range(0, points.size())
                .filter(i -> annotations.isOff(points.get(i)))
                .boxed()
                .toList();
    }

    /** @param runs the ids of the runs with which it took accepted levels */
    static KnownLevels known(Series series, Set<String> runs, double margin) {
        return known(series, runs, List.of(), margin);
    }

    private static KnownLevels known(Series series, Set<String> runs, List<Integer> off, double margin) {
        List<Point> points = series.points();
        List<Integer> accepted = accepted(series, runs);
        List<Integer> ended = ended(series, accepted, margin);
        List<Integer> levels = CalledLevels.of(points, series.better(), margin);
        if (levels.size() > 1) {
            int newest = levels.size() - 1;
            return new KnownLevels(
                    accepted,
                    OptionalInt.of(levels.get(newest)),
                    CalledPlaces.of(series, levels, accepted, ended, off),
                    levels.subList(0, newest),
                    off,
                    ended);
        }
        int start = levels.isEmpty() ? points.size() : levels.get(0);
        int settled = Stream.concat(accepted.stream(), ended.stream()).reduce(0, Math::max);
        boolean isYoung = settled > 0 && start < points.size() && settled < start && start - settled <= YOUNG;
        return new KnownLevels(
                accepted,
                isYoung ? OptionalInt.of(start) : OptionalInt.empty(),
                CalledPlaces.of(series, levels, accepted, ended, off),
                List.of(),
                off,
                ended);
    }

    /**
     * The places of changes that the newest points no longer show: of detected levels, and of accepted ones that people
     * took back. A single detected run may be an odd one.
     */
    private static List<Integer> ended(Series series, List<Integer> accepted, double margin) {
        List<Point> points = series.points();
        if (accepted.isEmpty() && !PackedPoints.haveJudgedBad(points)) {
            return List.of(); // as of nearly all
        }
        TreeSet<Integer> ended = new TreeSet<>();
        int from = 0;
        while (from < points.size()) {
            int end = from;
            while (end < points.size() && points.get(end).judgedBad()) {
                end++;
            }
            if (end < points.size() && (end - from > 1 || end > from && accepted.contains(end))) {
                ended.addAll(CalledLevels.of(points.subList(0, end), series.better(), margin));
                ended.add(end);
            }
            from = end + 1;
        }
        for (RecoveredRegression one : RecoveredRegression.ofAccepted(series, accepted)) {
            ended.add(one.end());
        }
        ended.removeAll(accepted);
        ended.remove(0);
        return List.copyOf(ended);
    }

    /** The indices of the first points of accepted levels. */
    static List<Integer> accepted(Series series, Set<String> runs) {
        List<Point> points = series.points();
        return IntStream.range(1, runs.isEmpty() ? 1 : points.size())
                .filter(i -> runs.contains(points.get(i).run().id())
                        && !points.get(i).judgedBad())
                .boxed()
                .toList();
    }

    private static double[] values(Series series, int from, int to) {
        return series.points().subList(from, to).stream()
                .mapToDouble(Point::value)
                .toArray();
    }

    /** The same with the numbers of the newest check. */
    public CalledRegression with(Effect effect) {
        return new CalledRegression(key, index, since, effect.before(), effect.after(), begun, statements);
    }

    /** The same of another size, from the same level before. */
    public CalledRegression sized(double size) {
        return new CalledRegression(key, index, since, before, before + size * Math.abs(before), begun, statements);
    }

    /** The same with what people recorded about it. */
    public CalledRegression with(Annotated other) {
        return new CalledRegression(key, index, since, before, after, begun, other);
    }

    /** For looking up annotations that others recorded. */
    public ObservedChange observed() {
        return new ObservedChange(
                key,
                since.header().revision().commit(),
                relativeChange(),
                0,
                isFurther() ? Set.of(begun.header().revision().commit()) : Set.of());
    }

    /** The annotation that applies now. */
    public Optional<Annotation> stated() {
        return statements.holding();
    }

    /** Whether it is on top of a loss that checks have detected before. */
    public boolean isFurther() {
        return !since.equals(begun);
    }

    /** Whether nothing that people recorded about it applies. */
    public boolean isOpen() {
        return stated().isEmpty();
    }

    /** Whether it has been accepted. */
    public boolean isAccepted() {
        return stated().filter(stated -> stated.kind() == Annotation.Kind.ACCEPTED)
                .isPresent();
    }

    /** Whether it was triaged as a false alarm. */
    public boolean isFalseAlarm() {
        return stated().filter(stated -> stated.kind() == Annotation.Kind.FALSE_ALARM)
                .isPresent();
    }

    /** The relative distance from the level before. */
    public double relativeChange() {
        return Effect.relativeChange(before, after);
    }

    /** The id for {@code plumb accept} and {@code plumb triage}: that of its finding. */
    public String findingId() {
        return Finding.id(key, since.header().revision().commit());
    }
}
