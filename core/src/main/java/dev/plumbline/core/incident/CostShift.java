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

    /** The class that a benchmark is in, and the package that holds it. */
    private static final int GENERATIONS = 2;

    private CostShift() {}

    /** Benchmarks beside each other, of which costs may be added. */
    private record Family(String parent, String metric, String environment, String branch, String unit) {
        /** The families of a series: those of one class or group, and behind them those of its package. */
        static List<Family> of(Track track) {
            SeriesKey key = track.key();
            List<Family> families = new ArrayList<>();
            String name = key.benchmark().name();
            for (int i = 0; i < GENERATIONS; i++) {
                int end = Math.max(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/')), name.lastIndexOf("::"));
                if (end <= 0) {
                    break;
                }
                name = name.substring(0, end);
                families.add(new Family(
                        name,
                        key.metric(),
                        key.environment(),
                        key.branch(),
                        track.series().unit().symbol()));
            }
            return families;
        }
    }

    /**
     * Finds them among groups of the two directions, and puts each into one group.
     *
     * @return a clue for each group that holds one
     */
    static Map<Grouping.Group, Clue> find(List<Grouping.Group> groups) {
        Map<Grouping.Group, Clue> found = new HashMap<>();
        for (Grouping.Group worse : groups) {
            if (worse.worse()) {
                partner(worse, groups).ifPresent(clue -> found.put(worse, clue));
            }
        }
        return found;
    }

    private static Optional<Clue> partner(Grouping.Group worse, List<Grouping.Group> groups) {
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
            for (Family family : Family.of(shift.track())) {
                double[] total = totals.computeIfAbsent(family, none -> new double[2]);
                total[0] += Math.max(0, moved(shift));
                total[1] += Math.max(0, -moved(shift));
            }
        }
        Optional<Clue> clue = Optional.empty();
        // one benchmark may have lost in several environments, and its neighbours won in each
        for (Shift shift : List.copyOf(worse.shifts())) {
            Optional<Family> family = shift.worse()
                    ? Family.of(shift.track()).stream()
                            .filter(one -> isBalanced(totals.get(one), shift))
                            .findFirst()
                    : Optional.empty();
            if (family.isPresent()) {
                meeting.forEach(other -> take(worse, other, family.get()));
                clue = clue.or(() -> Optional.of(new Clue.CostMoved(shift.key().benchmark())));
            }
        }
        return clue;
    }

    private static double moved(Shift shift) {
        return shift.change().after() - shift.change().before();
    }

    private static boolean isBalanced(double[] total, Shift shift) {
        return Math.abs(total[0] - total[1]) < LARGEST_SHARE * Math.abs(moved(shift));
    }

    /** The neighbours join; what else the other group holds stays there. */
    private static void take(Grouping.Group into, Grouping.Group from, Family family) {
        List<Shift> neighbours = from.shifts().stream()
                .filter(other -> Family.of(other.track()).contains(family) && !into.moves(other))
                .toList();
        if (!neighbours.isEmpty()) {
            from.leave(neighbours);
            into.join(neighbours);
        }
    }
}
