package dev.plumbline.core.incident;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.sample.Location;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The evidence that a machine caused a group of changes. */
final class EnvironmentEvidence {
    /** The number of points before and after that show whether another environment moved. */
    private static final int LEAST_POINTS = 2;

    private static final int MOST_POINTS = 20;

    /** A machine with fewer series does not move as a whole. */
    private static final int LEAST_SERIES = 5;

    /** Few changes of another machine may have come in beside those of one. */
    private static final double NEARLY_ALL = 0.75;

    private final Map<String, List<Track>> byEnvironment = new TreeMap<>();

    private final Map<Benchmark, List<Track>> byBenchmark = new HashMap<>();

    EnvironmentEvidence(List<Track> tracks) {
        for (Track track : tracks) {
            byEnvironment
                    .computeIfAbsent(track.key().environment(), key -> new ArrayList<>())
                    .add(track);
            byBenchmark
                    .computeIfAbsent(track.key().benchmark(), key -> new ArrayList<>())
                    .add(track);
        }
    }

    /**
     * The evidence found.
     *
     * @param decides whether that decides
     * @param contradicted whether all that decides is that another environment does not show it
     * @param clues all of it
     */
    record Found(boolean decides, boolean contradicted, List<Clue> clues) {}

    Found of(Grouping.Group group) {
        List<Clue> deciding = new ArrayList<>();
        List<Clue> telling = new ArrayList<>();
        Set<String> environments = new TreeSet<>();
        group.shifts().forEach(shift -> environments.add(shift.key().environment()));
        if (group.where().sameRevision() > 0.5) {
            deciding.add(new Clue.SameRevision());
        }
        boolean contradicted = false;
        List<Shift> main = ofOneMachine(group.shifts(), environments);
        if (!main.isEmpty()) {
            ChangeLocation.Stretch credible = group.where().credible();
            facts(main, credible).forEach((fact, count) -> {
                if (2 * count >= main.size()) {
                    deciding.add(new Clue.FactChanged(fact, main.get(0).key().environment()));
                } else {
                    telling.add(new Clue.FactChangedInPart(fact, count, main.size()));
                }
            });
            Optional<Clue> elsewhere = elsewhere(main, credible);
            contradicted = deciding.isEmpty() && elsewhere.isPresent();
            elsewhere.ifPresent(deciding::add);
        }
        List<Clue> clues = new ArrayList<>(deciding);
        clues.addAll(telling);
        for (String environment : environments) {
            share(environment, group).ifPresent(clues::add);
        }
        return new Found(!deciding.isEmpty(), contradicted, clues);
    }

    /** The changes of the machine that nearly all are of; none when they are of several. */
    private static List<Shift> ofOneMachine(List<Shift> shifts, Set<String> environments) {
        for (String environment : environments) {
            List<Shift> here = shifts.stream()
                    .filter(shift -> shift.key().environment().equals(environment))
                    .toList();
            if (here.size() >= NEARLY_ALL * shifts.size()) {
                return here;
            }
        }
        return List.of();
    }

    /** Facts that were constant before the changes and are different since, with the number of series that show it. */
    private static Map<SteadyFacts.Change, Integer> facts(List<Shift> shifts, ChangeLocation.Stretch credible) {
        Map<SteadyFacts.Change, Integer> changed = new TreeMap<>(SteadyFacts.Change.ORDER);
        for (Shift shift : shifts) {
            changes(shift.track().points(), shift.change().index(), shift.track(), credible)
                    .forEach(change -> changed.merge(change, 1, Integer::sum));
        }
        return changed;
    }

    private static List<SteadyFacts.Change> changes(
            List<Point> points, int index, Track track, ChangeLocation.Stretch credible) {
        int last = Math.max(1, track.indexAt(credible.first()));
        int first = Math.min(points.size() - 1, Math.max(last, track.indexAt(credible.last())));
        if (last < SteadyFacts.RUNS && index < SteadyFacts.RUNS) {
            return List.of();
        }
        // from the last point that is certain to be before to the first that is certain to be behind
        return SteadyFacts.changes(
                runs(points.subList(Math.max(0, last - SteadyFacts.RUNS), last)),
                runs(points.subList(first, Math.min(points.size(), first + SteadyFacts.RUNS))));
    }

    private static List<RunInfo> runs(List<Point> points) {
        return points.stream().map(Point::run).toList();
    }

    /** Whether other environments measured the same revisions and did not move. */
    private Optional<Clue> elsewhere(List<Shift> shifts, ChangeLocation.Stretch credible) {
        int still = 0;
        int moved = 0;
        Set<String> where = new TreeSet<>();
        for (Shift shift : shifts) {
            for (Track other : others(shift.key())) {
                switch (compared(shift, other, credible)) {
                    case STILL -> {
                        still++;
                        where.add(other.key().environment());
                    }
                    case MOVED -> moved++;
                    case UNKNOWN -> {
                        // it is no evidence
                    }
                }
            }
        }
        return still > 0 && still >= 4 * moved
                ? Optional.of(new Clue.StillElsewhere(List.copyOf(where), still, still + moved))
                : Optional.empty();
    }

    private List<Track> others(SeriesKey key) {
        return byBenchmark.getOrDefault(key.benchmark(), List.of()).stream()
                .filter(track -> !track.key().environment().equals(key.environment())
                        && track.key().metric().equals(key.metric())
                        && track.key().branch().equals(key.branch()))
                .toList();
    }

    private enum Elsewhere {
        STILL,
        MOVED,
        UNKNOWN
    }

    private static Elsewhere compared(Shift shift, Track other, ChangeLocation.Stretch credible) {
        int last = other.indexAt(credible.first());
        int first = Math.max(last, other.indexAt(credible.last()));
        double[] before = scores(other, Math.max(other.levelStart(last), last - MOST_POINTS), last);
        double[] after = scores(other, first, Math.min(other.levelEnd(first), first + MOST_POINTS));
        if (before.length < LEAST_POINTS || after.length < LEAST_POINTS) {
            return Elsewhere.UNKNOWN;
        }
        double size = Math.log1p(Math.max(-0.99, Math.min(100, shift.change().relativeChange())));
        double difference = Location.median(after) - Location.median(before);
        double square =
                (square(before) * before.length + square(after) * after.length) / (before.length + after.length);
        double error = 2.5 * Math.sqrt(square / before.length + square / after.length);
        if (Math.abs(difference) + error < Math.abs(size) / 2) {
            return Elsewhere.STILL;
        }
        return Math.signum(difference) == Math.signum(size) && Math.abs(difference) > Math.abs(size) / 4 + error
                ? Elsewhere.MOVED
                : Elsewhere.UNKNOWN;
    }

    private static double[] scores(Track track, int from, int to) {
        double[] scores = new double[to - from];
        Arrays.setAll(scores, i -> track.score(from + i));
        return scores;
    }

    private static double square(double[] values) {
        double median = Location.median(values);
        double deviation = 1.4826
                * Location.median(Arrays.stream(values)
                        .map(value -> Math.abs(value - median))
                        .toArray());
        return Math.max(1e-8, deviation * deviation);
    }

    /** The share of a machine's series that moved together. */
    private Optional<Clue> share(String environment, Grouping.Group group) {
        List<Track> all = byEnvironment.getOrDefault(environment, List.of());
        ChangeLocation.Stretch credible = group.where().credible();
        long measured = all.stream()
                .filter(track -> track.indexAt(credible.first()) > 0
                        && track.indexAt(credible.last()) < track.points().size())
                .count();
        long moved = group.shifts().stream()
                .filter(shift -> shift.key().environment().equals(environment) && shift.worse() == group.worse())
                .count();
        return measured >= LEAST_SERIES && 2 * moved > measured
                ? Optional.of(new Clue.MovedTogether(environment, moved, measured))
                : Optional.empty();
    }
}
