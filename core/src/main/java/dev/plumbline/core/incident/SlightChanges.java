package dev.plumbline.core.incident;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.stats.distribution.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Changes smaller than the margin that two environments show of one benchmark at one revision: too small to alert
 * anybody, and real, since their noise has nothing in common. Where a larger one began with that revision, they go with
 * it.
 *
 * @param companions of groups of larger changes
 * @param groups of those that no larger one goes with
 */
record SlightChanges(Map<Grouping.Group, List<Companion>> companions, List<Grouping.Group> groups) {
    private static final double CONFIDENCE = 0.95;

    /** Finds them. */
    static SlightChanges of(List<Track> tracks, List<Grouping.Group> larger, Map<String, Integer> suites) {
        List<Shift> shifts = new ArrayList<>();
        if (suites.size() > 1) {
            tracks.forEach(track -> shifts.addAll(track.slight()));
        }
        Map<Grouping.Group, List<Companion>> companions = new HashMap<>();
        List<Grouping.Group> alone = new ArrayList<>();
        for (Grouping.Group group : Grouping.of(shifts, suites)) {
            group.leave(withoutTwin(group.shifts()));
            if (group.shifts().isEmpty()) {
                continue;
            }
            Grouping.Group partner = partner(group, larger);
            if (partner == null) {
                alone.add(group);
            } else {
                group.shifts().forEach(shift -> companions
                        .computeIfAbsent(partner, none -> new ArrayList<>())
                        .add(companion(shift)));
            }
        }
        return new SlightChanges(companions, alone);
    }

    /** The changes that no other environment shows about as large. */
    private static List<Shift> withoutTwin(List<Shift> shifts) {
        Map<Benchmark, List<Shift>> byBenchmark = shifts.stream()
                .collect(Collectors.groupingBy(shift -> shift.key().benchmark()));
        Set<Shift> twins = new HashSet<>();
        for (Shift one : shifts) {
            for (Shift other : byBenchmark.get(one.key().benchmark())) {
                if (!one.key().environment().equals(other.key().environment()) && Grouping.Group.isTwin(one, other)) {
                    twins.add(one);
                }
            }
        }
        return shifts.stream().filter(shift -> !twins.contains(shift)).toList();
    }

    /** The group of larger changes in the same direction that most probably began with the same revision. */
    private static Grouping.Group partner(Grouping.Group slight, List<Grouping.Group> larger) {
        Grouping.Group best = null;
        double most = 1;
        for (Grouping.Group group : larger) {
            boolean fits = !group.shifts().isEmpty()
                    && group.worse() == slight.worse()
                    && group.where().credible().touches(slight.where().credible());
            double together = fits ? slight.where().together(group.where()) : 0;
            if (together > most) {
                most = together;
                best = group;
            }
        }
        return best;
    }

    private static Companion companion(Shift shift) {
        double change = shift.change().relativeChange();
        return new Companion(
                shift.track(),
                shift.change().index(),
                change,
                shift.change().confidenceInterval().orElseGet(() -> Interval.unbounded(CONFIDENCE)),
                shift.change().pValue().orElse(1));
    }
}
