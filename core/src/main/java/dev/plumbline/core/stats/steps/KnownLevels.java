package dev.plumbline.core.stats.steps;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Where levels of a series are known to begin by other means than its values: a person accepted one, a check called
 * one. A scan that has few values of a level takes two steps for one; with this it does not join what is known to be
 * two.
 *
 * @param accepted indices of the first values of levels that were accepted, ascending
 * @param called index of the first value that checks call worse than the newest of those, if they do
 */
public record KnownLevels(List<Integer> accepted, OptionalInt called) {
    /** Nothing is known. */
    public static final KnownLevels NONE = new KnownLevels(List.of(), OptionalInt.empty());

    /** The place of a step in the values may be so far from that of a check. */
    private static final int NEAR = 3;

    public KnownLevels {
        accepted = List.copyOf(accepted);
        requireNonNull(called, "called");
    }

    /** The newest accepted level before what was called. */
    public OptionalInt newest() {
        return accepted.stream().mapToInt(Integer::intValue).max();
    }

    /** All places, ascending. */
    private List<Integer> all() {
        List<Integer> all = new ArrayList<>(accepted);
        called.ifPresent(all::add);
        all.sort(Comparator.naturalOrder());
        return all;
    }

    /** The places that none of the steps at these indices stands for; each step stands for one place at most. */
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
