package dev.plumbline.core.calibrate;

import dev.plumbline.core.stats.distribution.Proportion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * The false alarms of healthy runs of one suite.
 *
 * @param runs for each run the places of the series that had a regression called, and the sizes of it
 */
record FalseAlarms(List<Map<Integer, Double>> runs) {
    FalseAlarms {
        runs = List.copyOf(runs);
    }

    static FalseAlarms of(List<ReplayedRun> runs) {
        return new FalseAlarms(runs.stream().map(ReplayedRun::alarms).toList());
    }

    /** The share of runs that have any. */
    Proportion share() {
        return new Proportion((int) runs.stream().filter(run -> !run.isEmpty()).count(), runs.size());
    }

    /** The same runs as if these series had none. */
    FalseAlarms without(Set<Integer> places) {
        return new FalseAlarms(runs.stream()
                .map(alarms -> {
                    Map<Integer, Double> left = new HashMap<>(alarms);
                    left.keySet().removeAll(places);
                    return left;
                })
                .toList());
    }

    /** The series with the most runs, the first of equal ones; empty when no other than these has any. */
    OptionalInt mostFrequent(Set<Integer> except) {
        Map<Integer, Integer> counts = new TreeMap<>();
        runs.forEach(alarms -> alarms.keySet().stream()
                .filter(place -> !except.contains(place))
                .forEach(place -> counts.merge(place, 1, Integer::sum)));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(entry -> OptionalInt.of(entry.getKey()))
                .orElse(OptionalInt.empty());
    }

    /** In how many runs a series has one. */
    int of(int place) {
        return (int) runs.stream().filter(alarms -> alarms.containsKey(place)).count();
    }

    /** The largest change that was reported in a series; 0 without any. */
    double largest(int place) {
        return runs.stream()
                .mapToDouble(alarms -> alarms.getOrDefault(place, 0.0))
                .max()
                .orElse(0);
    }
}
