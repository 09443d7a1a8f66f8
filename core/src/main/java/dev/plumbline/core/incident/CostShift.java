package dev.plumbline.core.incident;

import dev.plumbline.core.model.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Work that went from some benchmarks to their neighbours: what one lost its siblings won, and all together moved by
 * less than a quarter of that (the idea of FBDetect, SOSP 2024).
 */
final class CostShift {
    private static final double LARGEST_SHARE = 0.25;

    private CostShift() {}

    /** Benchmarks beside each other, of which costs may be added. */
    private record Family(String parent, String metric, String environment, String branch, String unit) {
        static Optional<Family> of(Track track) {
            SeriesKey key = track.key();
            String name = key.benchmark().name();
            int end = Math.max(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')), name.lastIndexOf("::"));
            return end <= 0
                    ? Optional.empty()
                    : Optional.of(new Family(
                            name.substring(0, end),
                            key.metric(),
                            key.environment(),
                            key.branch(),
                            track.series().unit().symbol()));
        }
    }

    /**
     * Finds them among groups of the two directions, and puts each into one group.
     *
     * @return words for each group that holds one
     */
    static Map<Grouping.Group, String> find(List<Grouping.Group> groups) {
        Map<Grouping.Group, String> found = new HashMap<>();
        for (Grouping.Group worse : groups) {
            if (worse.worse()) {
                partner(worse, groups).ifPresent(words -> found.put(worse, words));
            }
        }
        return found;
    }

    private static Optional<String> partner(Grouping.Group worse, List<Grouping.Group> groups) {
        List<Shift> shifts = new ArrayList<>(worse.shifts());
        List<Grouping.Group> meeting = new ArrayList<>();
        for (Grouping.Group other : groups) {
            if (!other.worse() && other.where().credible().touches(worse.where().credible())) {
                meeting.add(other);
                // a series that itself came back is no neighbour
                other.shifts().stream().filter(shift -> !worse.moves(shift)).forEach(shifts::add);
            }
        }
        Map<Family, double[]> totals = new HashMap<>();
        for (Shift shift : shifts) {
            double moved = shift.change().after() - shift.change().before();
            Family.of(shift.track()).ifPresent(family -> {
                double[] total = totals.computeIfAbsent(family, none -> new double[2]);
                total[0] += Math.max(0, moved);
                total[1] += Math.max(0, -moved);
            });
        }
        for (Shift shift : worse.shifts()) {
            Optional<double[]> total = Family.of(shift.track()).map(totals::get);
            if (shift.worse()
                    && total.isPresent()
                    && Math.abs(total.get()[0] - total.get()[1])
                            < LARGEST_SHARE
                                    * Math.abs(shift.change().after()
                                            - shift.change().before())) {
                meeting.forEach(other -> take(worse, other, shift));
                return Optional.of("what " + shift.key().benchmark().label()
                        + " lost its neighbours won: together they moved by less than a quarter of it");
            }
        }
        return Optional.empty();
    }

    /** The neighbours join; what else the other group holds stays there. */
    private static void take(Grouping.Group into, Grouping.Group from, Shift shift) {
        Optional<Family> family = Family.of(shift.track());
        List<Shift> neighbours = from.shifts().stream()
                .filter(other -> Family.of(other.track()).equals(family) && !into.moves(other))
                .toList();
        if (!neighbours.isEmpty()) {
            from.leave(neighbours);
            into.join(neighbours);
        }
    }
}
