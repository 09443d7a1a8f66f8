package dev.plumbline.pipeline.measuring;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.calibrate.ForkPlanner;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.judge.NextRun;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.sample.RunNoise;
import dev.plumbline.measure.subject.JmhSubject;
import dev.plumbline.pipeline.snapshot.StoredSuite;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The recorded forks of JMH benchmarks on a machine like this one. */
final class PastForks {
    /** The newest runs show what forks are like now; more of them would show how they were. */
    private static final int NEWEST = 12;

    /** JMH's own parameters beside those of a benchmark. */
    private static final Set<String> OWN = Set.of("mode", "jmh.mode", "threads");

    private final List<Series> suite;
    private final Policies policies;
    private final Map<SeriesKey, Double> noise;
    private final Map<String, Run> runs;

    private PastForks(List<Series> suite, Policies policies, Map<String, Run> runs) {
        this.suite = List.copyOf(suite);
        this.policies = requireNonNull(policies, "policies");
        this.runs = runs;
        noise = suite.isEmpty()
                ? Map.of()
                : NextRun.after(suite, policies).expected().stream()
                        .collect(Collectors.toMap(NextRun.Expected::key, one -> one.trial()
                                .expectation()
                                .orElseThrow()
                                .regime()
                                .relativeNoise()));
    }

    /**
     * Reads what is known.
     *
     * @param here the header of a run that is made now
     */
    static PastForks of(Workspace workspace, Policies policies, RunHeader here) throws IOException {
        if (!workspace.hasHistory()) {
            return new PastForks(List.of(), policies, Map.of());
        }
        Environment now = workspace.inConfiguredEnvironment(here).environment();
        Optional<String> environment;
        try (RunStore store = workspace.open()) {
            List<RunInfo> all = store.runs(RunQuery.all());
            environment = newest(all, now, workspace.mainBranch()).or(() -> newest(all, now, ""));
        }
        if (environment.isEmpty()) {
            return new PastForks(List.of(), policies, Map.of());
        }
        List<Series> suite =
                StoredSuite.of(workspace, environment, Optional.empty()).series();
        Set<String> ids = suite.stream()
                .flatMap(series -> newest(series).stream())
                .map(point -> point.run().id())
                .collect(Collectors.toSet());
        Map<String, Run> runs = new HashMap<>();
        try (RunStore store = workspace.open()) {
            ids.forEach(id -> runs.put(id, store.run(id)));
        }
        return new PastForks(suite, policies, runs);
    }

    /** The environment of the newest run that was made on a machine like this one; its JVM is not known yet. */
    private static Optional<String> newest(List<RunInfo> runs, Environment now, String branch) {
        for (int i = runs.size() - 1; i >= 0; i--) {
            RunHeader header = runs.get(i).header();
            if (isLike(header.environment(), now)
                    && (branch.isEmpty() || branch.equals(header.revision().branch()))) {
                return Optional.of(header.environment().key());
            }
        }
        return Optional.empty();
    }

    private static boolean isLike(Environment recorded, Environment now) {
        String name = now.facts().get(Environment.NAME);
        if (name != null || recorded.facts().containsKey(Environment.NAME)) {
            return recorded.key().equals(name);
        }
        return now.facts().entrySet().stream()
                .filter(fact -> !fact.getKey().startsWith(Environment.INFO))
                .allMatch(fact -> fact.getValue().equals(recorded.facts().get(fact.getKey())));
    }

    private static List<Point> newest(Series series) {
        List<Point> good =
                series.points().stream().filter(point -> !point.judgedBad()).toList();
        return good.subList(Math.max(0, good.size() - NEWEST), good.size());
    }

    ForkPlanner planner() {
        return new ForkPlanner(suite, policies);
    }

    /**
     * A series of a subject, the first that each of its runs reports.
     *
     * @param policy what it is judged with
     * @param runs how many it has
     * @param known empty if those are too few, or their forks cannot be distinguished
     */
    record Past(SeriesKey key, Policy policy, int runs, Optional<ForkPlanner.Known> known) {}

    /** The past of a subject: one series for each mode of JMH in which it was measured. */
    List<Past> of(JmhSubject subject) {
        List<Past> all = new ArrayList<>();
        for (Series series : suite) {
            if (isOf(series.key().benchmark(), subject.identity()) && leads(series)) {
                all.add(new Past(
                        series.key(),
                        policies.of(series.key(), series.unit()),
                        series.points().size(),
                        known(series)));
            }
        }
        return all;
    }

    private static boolean isOf(Benchmark benchmark, JmhSubject.Identity identity) {
        return benchmark.name().equals(identity.benchmark().name())
                && benchmark
                        .parameters()
                        .entrySet()
                        .containsAll(identity.parameters().entrySet())
                && benchmark.parameters().keySet().stream()
                        .allMatch(name ->
                                OWN.contains(name) || identity.parameters().containsKey(name));
    }

    /** Whether it is what the newest of its runs reports first of its benchmark. */
    private boolean leads(Series series) {
        List<Point> newest = newest(series);
        return !newest.isEmpty()
                && runs.get(newest.get(newest.size() - 1).run().id()).measurements().stream()
                        .filter(one -> one.benchmark().equals(series.key().benchmark()))
                        .findFirst()
                        .filter(first ->
                                first.metric().name().equals(series.key().metric()))
                        .isPresent();
    }

    private Optional<ForkPlanner.Known> known(Series series) {
        Double runToRun = noise.get(series.key());
        if (runToRun == null) {
            return Optional.empty();
        }
        List<List<double[]>> forks = newest(series).stream()
                .flatMap(point -> forks(runs.get(point.run().id()), series.key()).stream())
                .toList();
        return RunNoise.of(forks, runToRun)
                .map(found -> new ForkPlanner.Known(
                        series.key(),
                        found,
                        new ForkPlanner.Design(
                                harmonicMean(forks.stream().map(List::size).toList()),
                                harmonicMean(forks.stream()
                                        .flatMap(List::stream)
                                        .map(values -> values.length)
                                        .toList()))));
    }

    private static Optional<List<double[]>> forks(Run run, SeriesKey key) {
        return run.measurements().stream()
                .filter(one -> one.benchmark().equals(key.benchmark())
                        && one.metric().name().equals(key.metric()))
                .map(Measurement::sample)
                .flatMap(sample -> sample instanceof Sample.Values values
                        ? Optional.of(values).stream()
                        : Optional.<Sample.Values>empty().stream())
                .findFirst()
                .map(values -> {
                    List<double[]> groups = new ArrayList<>();
                    for (int i = 0; i < values.groupCount(); i++) {
                        groups.add(values.group(i));
                    }
                    return groups;
                });
    }

    /** The noise of means goes with one over their numbers. */
    private static double harmonicMean(List<Integer> counts) {
        return counts.size() / counts.stream().mapToDouble(count -> 1.0 / count).sum();
    }
}
