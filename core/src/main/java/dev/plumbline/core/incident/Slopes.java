package dev.plumbline.core.incident;

import dev.plumbline.core.shape.feature.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The incidents that came little by little: slopes of many series that began and ended with the same revisions are one,
 * if all made things worse or all better. What overlaps and has neither beginning nor end in common has causes of its
 * own.
 */
final class Slopes {
    /** A slope's ends are known to such a part of its length and a few runs. */
    private static final int PART = 8;

    private static final int FEW = 3;

    private Slopes() {}

    /** Every slope of the series in exactly one group, the largest of each first. */
    static List<Grouping.Group> of(List<Track> tracks) {
        List<Shift> slopes = tracks.stream()
                .flatMap(track -> track.slopes().stream())
                .sorted(Incident.LARGEST_FIRST.thenComparing(
                        shift -> shift.change().index()))
                .toList();
        List<Grouping.Group> groups = new ArrayList<>();
        for (Shift slope : slopes) {
            groups.stream()
                    .filter(group -> group.worse() == slope.worse() && !group.moves(slope))
                    .filter(group -> isOneCourse(group.shifts().get(0), slope))
                    .max(Comparator.comparingDouble(
                            group -> common(group.shifts().get(0), slope)))
                    .ifPresentOrElse(group -> group.join(List.of(slope)), () -> groups.add(new Grouping.Group(slope)));
        }
        return groups;
    }

    /** Whether they began and ended with the same revisions, within noise. */
    private static boolean isOneCourse(Shift one, Shift other) {
        ChangeLocation.Stretch first = stretch(one);
        ChangeLocation.Stretch second = stretch(other);
        int runs = Math.max(runs(one), runs(other));
        int length = Math.max(first.last() - first.first(), second.last() - second.first());
        // a few runs, in revisions that this series measures
        double known = (double) length / PART + FEW * (double) length / runs;
        return Math.abs(first.first() - second.first()) <= known && Math.abs(first.last() - second.last()) <= known;
    }

    private static int runs(Shift shift) {
        Segment slope = shift.slope().orElseThrow();
        return Math.max(1, slope.end() - slope.first());
    }

    /** The revisions that both cover, of those that one does. */
    private static double common(Shift one, Shift other) {
        ChangeLocation.Stretch first = stretch(one);
        ChangeLocation.Stretch second = stretch(other);
        double both = Math.min(first.last(), second.last()) - Math.max(first.first(), second.first());
        double all = Math.max(first.last(), second.last()) - Math.min(first.first(), second.first());
        return all == 0 ? 1 : Math.max(0, both) / all;
    }

    private static ChangeLocation.Stretch stretch(Shift shift) {
        Segment slope = shift.slope().orElseThrow();
        return new ChangeLocation.Stretch(
                shift.track().place(slope.first()), shift.track().place(slope.end() - 1));
    }

    /** Over how many runs the largest came. */
    static Clue clue(Grouping.Group group) {
        Segment slope = group.shifts().get(0).slope().orElseThrow();
        return new Clue.Gradual(slope.end() - slope.first());
    }
}
