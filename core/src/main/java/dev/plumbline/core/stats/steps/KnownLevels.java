package dev.plumbline.core.stats.steps;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Positions where levels of a series are known to begin from other sources than its values: an accepted level, a
 * detected one. A scan that has few values of a level takes two steps for one; with this it does not join what is known
 * to be two.
 *
 * @param accepted indices of the first values of levels that were accepted, ascending
 * @param called index of the first value that checks judged worse than the newest of those, or than the newest level
 *     that they called before, if they do
 * @param places of steps that checks determine better than the values
 * @param below indices of the first values of levels that checks detected before the newest one, which came on top of
 *     them; ascending
 * @param off indices of values that are no evidence about the series' own level, because the machine was slow in these
 *     runs; a scan leaves them out
 * @param ended indices of the first values of detected levels that are over, and of those behind them, ascending
 */
public record KnownLevels(
        List<Integer> accepted,
        OptionalInt called,
        List<Place> places,
        List<Integer> below,
        List<Integer> off,
        List<Integer> ended) {
    /** No known levels. */
    public static final KnownLevels NONE = new KnownLevels(List.of(), OptionalInt.empty(), List.of());

    /** The most places between a step in the values and that of a check. */
    static final int NEAR = 3;

    public KnownLevels {
        accepted = List.copyOf(accepted);
        requireNonNull(called, "called");
        places = List.copyOf(places);
        below = List.copyOf(below);
        off = List.copyOf(off);
        ended = List.copyOf(ended);
    }

    /** The same where no value is off, and no detected level is over. */
    public KnownLevels(List<Integer> accepted, OptionalInt called, List<Place> places, List<Integer> below) {
        this(accepted, called, places, below, List.of(), List.of());
    }

    /** The same where checks detected one level at most. */
    public KnownLevels(List<Integer> accepted, OptionalInt called, List<Place> places) {
        this(accepted, called, places, List.of());
    }

    /** The same where checks determine the place of no step. */
    public KnownLevels(List<Integer> accepted, OptionalInt called) {
        this(accepted, called, List.of());
    }

    /**
     * The known beginning of levels, which replaces nearby steps that few values put elsewhere. Nothing begins there
     * without such a step.
     *
     * @param steps indices of steps in one direction that are not where the values changed, ascending
     * @param returns the same of steps in the other direction
     * @param begins indices at which levels begin in their place, ascending
     * @param isUp whether the first direction is upwards
     */
    public record Place(List<Integer> steps, List<Integer> returns, List<Integer> begins, boolean isUp) {
        public Place {
            steps = List.copyOf(steps);
            returns = List.copyOf(returns);
            begins = List.copyOf(begins);
        }

        boolean isInsteadOf(int step, boolean up) {
            return (up == isUp ? steps : returns).contains(step);
        }
    }

    /** The same without the values at these indices, ascending. */
    public KnownLevels without(List<Integer> values) {
        return values.equals(off) ? this : new KnownLevels(accepted, called, places, below, values, ended);
    }

    /** The same without the level that checks detect on top of the others. */
    KnownLevels withoutCalled() {
        return new KnownLevels(accepted, OptionalInt.empty(), places, below, off, ended);
    }

    /** Whether more is known than one level that checks detect: the values need show no step of their own. */
    boolean isManifold() {
        return !accepted.isEmpty() || !ended.isEmpty() || !below.isEmpty();
    }

    /** The newest accepted level before the detected one. */
    public OptionalInt newest() {
        return accepted.stream().mapToInt(Integer::intValue).max();
    }

    /** All places, ascending. */
    List<Integer> all() {
        List<Integer> all = new ArrayList<>(accepted);
        all.addAll(below);
        all.addAll(ended);
        called.ifPresent(all::add);
        return all.stream().distinct().sorted().toList();
    }

    /** The places that none of the steps at these indices represents; each step represents one place at most. */
    List<Integer> missing(int[] steps) {
        List<Integer> all = all();
        return all.stream()
                .filter(place -> IntStream.of(steps).noneMatch(step -> nearest(all, step) == place))
                .toList();
    }

    private static int nearest(List<Integer> all, int step) {
        return all.stream()
                .filter(place -> Math.abs(place - step) <= NEAR)
                .min(Comparator.comparingInt(place -> Math.abs(place - step)))
                .orElse(-1);
    }
}
