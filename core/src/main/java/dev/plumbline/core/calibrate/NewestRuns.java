package dev.plumbline.core.calibrate;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.trial.Trial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.threshold.Thresholds;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * The newest runs of a real history, judged again as checks would have: runs that one check reports are bad for the
 * next.
 */
final class NewestRuns {
    static final int MOST = 20;

    private final List<Series> suite;
    private final Thresholds thresholds;
    private final Map<SeriesKey, Set<String>> bad = new HashMap<>();
    private final Map<SeriesKey, Set<String>> lasting = new HashMap<>();
    private final Map<String, Integer> called = new LinkedHashMap<>();
    private final Set<String> passing = new HashSet<>();

    private NewestRuns(List<Series> suite, Thresholds thresholds) {
        this.suite = suite;
        this.thresholds = thresholds;
    }

    /**
     * The result of judging them.
     *
     * @param judged how many runs
     * @param closed how many of them fail the gate
     * @param called those of them with any regression called, and how many; oldest first
     * @param lasting those of them in which every regression called belongs to a change for the worse that has lasted
     */
    record Outcome(int judged, int closed, Map<String, Integer> called, Set<String> lasting) {}

    /**
     * Judges them.
     *
     * @param suite whose runs they are
     * @param mostSeries the number of series that are judged, the first ones
     * @param progress receives the number of finished runs
     */
    static Outcome judge(
            List<Series> suite, int mostSeries, Thresholds thresholds, GatePolicy policy, IntConsumer progress) {
        List<Series> judged = suite.stream().limit(mostSeries).toList();
        return new NewestRuns(judged, thresholds).judge(newest(suite), new Gate(policy), progress);
    }

    private Outcome judge(Map<String, String> newest, Gate gate, IntConsumer progress) {
        int judged = 0;
        int closed = 0;
        for (Map.Entry<String, String> run : newest.entrySet()) {
            List<Trial> trials = suite.stream()
                    .map(series -> trial(series, run.getKey()))
                    .flatMap(Optional::stream)
                    .toList();
            List<Finding> findings = new Judge(thresholds).judge(trials);
            closed += HealthyRun.closes(gate, findings) ? 1 : 0;
            for (Finding finding : findings) {
                if (finding.verdict() instanceof Verdict.Regressed) {
                    note(finding.key(), run.getKey(), run.getValue());
                }
            }
            progress.accept(++judged);
        }
        Set<String> lasted = new LinkedHashSet<>(called.keySet());
        lasted.removeAll(passing);
        return new Outcome(judged, closed, called, lasted);
    }

    private void note(SeriesKey key, String id, String name) {
        called.merge(name, 1, Integer::sum);
        if (!lasting.computeIfAbsent(key, this::lasting).contains(id)) {
            passing.add(name);
        }
        bad.computeIfAbsent(key, any -> new HashSet<>()).add(id);
    }

    private Optional<Trial> trial(Series series, String id) {
        Set<String> judgedBad = bad.getOrDefault(series.key(), Set.of());
        List<Point> points = series.points();
        for (int i = points.size() - 1; i > 0; i--) {
            if (points.get(i).run().id().equals(id)) {
                List<Point> before = points.subList(0, i).stream()
                        .map(point -> judgedBad.contains(point.run().id()) ? point.asJudgedBad() : point)
                        .toList();
                return Optional.of(new Trial(series.withPoints(before), List.of(points.get(i)), List.of()));
            }
        }
        return Optional.empty();
    }

    /** The runs of a series since it became worse by the margin and stayed so; none where it did not. */
    private Set<String> lasting(SeriesKey key) {
        Series series =
                suite.stream().filter(one -> one.key().equals(key)).findFirst().orElseThrow();
        double margin = thresholds.of(key, series.unit()).margin();
        List<Step> steps = SegmentedSeries.steps(series.values(), margin).steps();
        int first = series.points().size();
        for (int i = 0; i < steps.size(); i++) {
            double before = steps.get(i).before();
            boolean stays = steps.subList(i, steps.size()).stream()
                    .mapToDouble(step -> Effect.relativeChange(before, step.after()))
                    .allMatch(change -> series.better().isWorse(change) && Math.abs(change) >= margin);
            first = stays ? Math.min(first, steps.get(i).firstIndex()) : first;
        }
        return series.points().subList(first, series.points().size()).stream()
                .map(point -> point.run().id())
                .collect(Collectors.toSet());
    }

    /** The newest runs of any series, oldest first: their ids and display names. */
    private static Map<String, String> newest(List<Series> suite) {
        Map<String, String> names = new LinkedHashMap<>();
        suite.stream()
                .flatMap(series -> series.points().stream())
                .sorted(Comparator.comparing(point -> point.run().time()))
                .forEach(point -> {
                    String id = point.run().id();
                    names.remove(id); // the newest time of a run counts
                    names.put(id, id + " (" + point.run().header().revision().shortCommit() + ")");
                });
        Set<String> older = Set.copyOf(List.copyOf(names.keySet()).subList(0, Math.max(0, names.size() - MOST)));
        names.keySet().removeAll(older);
        return names;
    }
}
