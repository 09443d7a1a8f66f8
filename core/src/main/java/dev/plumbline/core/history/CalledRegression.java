package dev.plumbline.core.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotated;
import dev.plumbline.core.annotation.Annotation;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.annotation.ObservedChange;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.Location;
import dev.plumbline.core.stats.Spread;
import dev.plumbline.core.stats.StudentT;
import dev.plumbline.core.stats.steps.KnownLevels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A regression that checks have called, that the newest run of its series still shows, and that the history does not
 * confirm yet. One run is enough for a check, which knows the suite; a look at the whole history asks for more of them.
 *
 * @param key of which series
 * @param index of its first point
 * @param since the run of that
 * @param before the level before it
 * @param after the level of its points
 * @param begun the run with which checks say that the loss began: the same, or an earlier one on whose loss this one
 *     came
 * @param statements what people said of it
 */
public record CalledRegression(
        SeriesKey key, int index, RunInfo since, double before, double after, RunInfo begun, Annotated statements) {
    /** So many points before it tell the level that was. */
    private static final int BEFORE = 10;

    /** So many points of a loss tell whether a further one came on it. */
    private static final int LEAST = 6;

    /** How often chance may make the newest points of a loss look like a further one. */
    private static final double CHANCE = 0.001;

    /** An accepted level of more runs outweighs the few of what comes on it. */
    private static final int YOUNG = 30;

    /** The place of a step in a history may be a few runs from that of a check. */
    private static final int NEARBY = 5;

    public CalledRegression {
        requireNonNull(key, "key");
        requireNonNull(since, "since");
        requireNonNull(begun, "begun");
        requireNonNull(statements, "statements");
    }

    /**
     * What the history of a series does not confirm of what checks have called: all of it, or where the history has a
     * step for the worse there, a further loss of the newest points, which checks tell together with the first one.
     *
     * @param confirmed the steps that the history has, in order
     * @param margin the smallest relative change that matters
     * @param known the levels that people have accepted: a step to one of them confirms nothing of what came on it
     * @return nothing when the newest point was not called bad, or is no worse than those before
     */
    public static Optional<CalledRegression> of(
            Series series, List<Change> confirmed, double margin, KnownLevels known) {
        List<Point> points = series.points();
        int start = CalledStretch.onset(points, series.better());
        if (start == points.size() || start == 0) {
            return Optional.empty();
        }
        int accepted = known.called().isPresent() ? known.newest().orElse(0) : 0;
        Optional<Change> newest = confirmed.stream()
                .filter(change -> change.index() >= start - NEARBY
                        && (accepted == 0 || start - change.index() < change.index() - accepted)
                        && Math.abs(change.relativeChange()) >= margin)
                .reduce((earlier, later) -> later)
                .filter(change -> series.better().isWorse(change.relativeChange()));
        if (newest.isPresent()) {
            return further(
                    series,
                    Math.max(newest.get().index(), start),
                    points.get(start).run(),
                    margin);
        }
        int level = confirmed.stream()
                .mapToInt(Change::index)
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
                Location.median(values(series, start, points.size())),
                points.get(start).run(),
                Annotated.NONE);
        return series.better().isWorse(called.relativeChange()) ? Optional.of(called) : Optional.empty();
    }

    /**
     * The levels of a series that were accepted, the one that checks call worse than the newest of those, and the
     * places of steps that checks tell better than the values.
     */
    public static KnownLevels known(Series series, Annotations annotations) {
        return known(series, annotations.acceptedRuns(series.key()));
    }

    /** @param runs the ids of the runs with which it took accepted levels */
    static KnownLevels known(Series series, Set<String> runs) {
        List<Point> points = series.points();
        List<Integer> accepted = IntStream.range(1, points.size())
                .filter(i -> runs.contains(points.get(i).run().id())
                        && !points.get(i).judgedBad())
                .boxed()
                .toList();
        int start = CalledStretch.onset(points, series.better());
        boolean isYoung = !accepted.isEmpty()
                && start < points.size()
                && accepted.get(accepted.size() - 1) < start
                && start - accepted.get(accepted.size() - 1) <= YOUNG;
        return new KnownLevels(
                accepted, isYoung ? OptionalInt.of(start) : OptionalInt.empty(), CalledPlaces.of(series, accepted));
    }

    /**
     * A loss that the newest points have on top of the level that began at an index: as many as are worse than every
     * one before them there, where Student's t is largest, by the margin at least and by more than chance makes.
     */
    private static Optional<CalledRegression> further(Series series, int from, RunInfo begun, double margin) {
        double[] values = values(series, 0, series.points().size());
        int sign = series.better().isWorse(1) ? 1 : -1;
        double largest = 0;
        int index = values.length;
        double mildest = Double.POSITIVE_INFINITY;
        for (int at = values.length - 1; at >= from + LEAST; at--) {
            mildest = Math.min(mildest, sign * values[at]);
            double[] level = Arrays.copyOfRange(values, Math.max(from, at - 2 * BEFORE), at);
            double worst = Arrays.stream(level).map(value -> sign * value).max().orElseThrow();
            if (mildest > worst) {
                double after = Location.median(Arrays.copyOfRange(values, at, values.length));
                double error =
                        Spread.standardDeviation(level) * Math.sqrt(1.0 / level.length + 1.0 / (values.length - at));
                double t = sign * (after - Location.median(level)) / error;
                boolean isSure = StudentT.survival(t, level.length - 1.0) < CHANCE;
                index = isSure && t > largest ? at : index;
                largest = isSure ? Math.max(t, largest) : largest;
            }
        }
        if (index == values.length) {
            return Optional.empty();
        }
        double before = Location.median(Arrays.copyOfRange(values, Math.max(from, index - 2 * BEFORE), index));
        double after = Location.median(Arrays.copyOfRange(values, index, values.length));
        return Math.abs(Effect.relativeChange(before, after)) >= margin
                ? Optional.of(new CalledRegression(
                        series.key(), index, series.points().get(index).run(), before, after, begun, Annotated.NONE))
                : Optional.empty();
    }

    private static double[] values(Series series, int from, int to) {
        return series.points().subList(from, to).stream()
                .mapToDouble(Point::value)
                .toArray();
    }

    /** The same with the numbers that the newest check tells. */
    public CalledRegression with(Effect effect) {
        return new CalledRegression(key, index, since, effect.before(), effect.after(), begun, statements);
    }

    /** The same with what people said of it. */
    public CalledRegression with(Annotated other) {
        return new CalledRegression(key, index, since, before, after, begun, other);
    }

    /** As others who know it may have spoken of it. */
    public ObservedChange observed() {
        return new ObservedChange(key, since.header().revision().commit(), relativeChange(), 0);
    }

    /** What people said of it, if that holds now. */
    public Optional<Annotation> said() {
        return statements.holding();
    }

    /** Whether it came on a loss that checks have called before. */
    public boolean isFurther() {
        return !since.equals(begun);
    }

    /** Whether nobody has said anything of it that holds. */
    public boolean isOpen() {
        return said().isEmpty();
    }

    /** How far it is from the level before, relative to that. */
    public double relativeChange() {
        return Effect.relativeChange(before, after);
    }

    /** What {@code plumb accept} and {@code plumb triage} take for it: the id of its finding. */
    public String findingId() {
        return Finding.id(key, begun.header().revision().commit());
    }
}
