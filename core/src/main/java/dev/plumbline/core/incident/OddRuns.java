package dev.plumbline.core.incident;

import dev.plumbline.core.history.SeriesChange;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.shape.feature.OddRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The runs in which much of a machine's suite was off at once, and the changes that are nothing but such runs. */
final class OddRuns {
    private final List<Track> tracks;

    /** Looked for when a level that went away is asked about: most incidents stay, and a forest costs. */
    private Optional<Set<String>> found = Optional.empty();

    /** @param tracks every series of one branch */
    OddRuns(List<Track> tracks) {
        this.tracks = tracks;
    }

    /** The ids of the odd runs, machine by machine. */
    private Set<String> odd() {
        if (found.isEmpty()) {
            Map<String, List<Track>> machines = new TreeMap<>();
            tracks.forEach(track -> machines.computeIfAbsent(track.key().environment(), none -> new ArrayList<>())
                    .add(track));
            Set<String> odd = new HashSet<>();
            machines.values().forEach(suite -> look(suite, odd));
            found = Optional.of(odd);
        }
        return found.get();
    }

    private static void look(List<Track> suite, Set<String> odd) {
        // the newest stretch of the longest series determines the order of the runs
        List<Point> longest = List.of();
        for (Track track : suite) {
            longest = track.points().size() > longest.size() ? track.points() : longest;
        }
        if (suite.size() < OddRun.FEWEST_SERIES || longest.size() < OddRun.FEWEST_RUNS) {
            return;
        }
        List<String> runs =
                longest.stream().map(point -> point.run().id()).distinct().toList();
        Map<String, Integer> columns = new HashMap<>();
        runs.forEach(run -> columns.put(run, columns.size()));
        double[][] values = new double[suite.size()][runs.size()];
        for (int i = 0; i < values.length; i++) {
            double[] row = values[i];
            Arrays.fill(row, Double.NaN);
            suite.get(i).points().forEach(point -> {
                Integer column = columns.get(point.run().id());
                if (column != null) {
                    row[column] = point.value();
                }
            });
        }
        List<Better> better =
                suite.stream().map(track -> track.series().better()).toList();
        OddRun.find(values, better).forEach(run -> odd.add(runs.get(run.run())));
    }

    /**
     * Evidence that all of these changes are odd runs: each leads to a level that went away, or back from one, and half
     * of the level's runs are odd. A step that stays makes the runs after it odd as well, and is none.
     *
     * @return a clue; nothing where one of the changes is another
     */
    Optional<Clue> of(List<Shift> shifts) {
        Set<Clue.OddRunsOnly.OddOne> named = new TreeSet<>(Clue.OddRunsOnly.OddOne.ORDER);
        for (Shift shift : shifts) {
            List<RunInfo> away = away(shift);
            List<RunInfo> found = away.isEmpty()
                    ? List.of()
                    : away.stream().filter(run -> odd().contains(run.id())).toList();
            if (found.isEmpty() || 2 * found.size() < away.size()) {
                return Optional.empty();
            }
            found.forEach(run -> named.add(new Clue.OddRunsOnly.OddOne(
                    run.header().revision().shortCommit(),
                    run.header().environment().key())));
        }
        return Optional.of(new Clue.OddRunsOnly(List.copyOf(named)));
    }

    /** The runs of the level that a change leads to or back from; none when it stayed. */
    private static List<RunInfo> away(Shift shift) {
        Track track = shift.track();
        int index = shift.change().index();
        if (shift.recovery().isPresent()) {
            return runs(track, index, shift.end());
        }
        int start = track.levelStart(index);
        Optional<SeriesChange> before = track.changes().stream()
                .filter(change -> change.index() == start)
                .findFirst();
        boolean isWayBack =
                before.isPresent() && track.isBack(before.get(), shift.change().after());
        return isWayBack ? runs(track, start, index) : List.of();
    }

    private static List<RunInfo> runs(Track track, int from, int to) {
        return track.points().subList(from, to).stream().map(Point::run).toList();
    }
}
