package dev.plumbline.pipeline.history;

import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.history.AnalysisWarning;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.repository.NewestByRecording;
import dev.plumbline.pipeline.snapshot.BranchHistory;
import dev.plumbline.pipeline.snapshot.RunSelector;
import dev.plumbline.pipeline.snapshot.Snapshots;
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

/** The series that the newest runs of a branch lack, and the finding of a check of the newest one about them. */
final class UnmeasuredSeries {
    private final RunStore store;
    private final Snapshots snapshots;
    private final Policies policies;
    private final GatePolicy gate;

    UnmeasuredSeries(RunStore store, Snapshots snapshots, Policies policies, GatePolicy gate) {
        this.store = store;
        this.snapshots = snapshots;
        this.policies = policies;
        this.gate = gate;
    }

    /** The unmeasured series of a branch, by their keys; the newest run is judged only where there are any. */
    Map<SeriesKey, AnalysisWarning.Unmeasured> of(String branch, List<Series> series) throws IOException {
        Optional<NewestByRecording> recorded = BranchHistory.newestByRecording(branch, store, snapshots);
        List<RunInfo> stored = store.runs(RunQuery.all().onBranch(branch));
        List<RunInfo> runs = recorded.map(known -> known.of(stored)).orElse(stored);
        Map<String, Integer> places = new HashMap<>();
        runs.forEach(run -> places.put(run.id(), places.size()));
        Map<SeriesKey, Integer> lasts = new HashMap<>();
        for (Series one : series) {
            if (!one.points().isEmpty()) {
                Integer last = places.get(
                        one.points().get(one.points().size() - 1).run().id());
                if (last != null && last < runs.size() - 1) {
                    lasts.put(one.key(), last);
                }
            }
        }
        if (lasts.isEmpty()) {
            return Map.of();
        }
        Map<String, List<SeriesKey>> measured =
                store.keysOf(runs.stream().map(RunInfo::id).toList());
        Map<SeriesKey, AnalysisWarning.Unmeasured> found = new HashMap<>();
        List<Missing> missing = null;
        for (Map.Entry<SeriesKey, Integer> one : lasts.entrySet()) {
            Optional<AnalysisWarning.Unmeasured> gone = of(one.getKey(), one.getValue(), runs, measured);
            if (gone.isPresent()) {
                missing = missing == null
                        ? missing(recorded.map(NewestByRecording::runs)
                                .orElseGet(() -> new RunSelector(store).newestOn(branch)))
                        : missing;
                found.put(one.getKey(), known(gone.get(), one.getKey(), missing));
            }
        }
        return found;
    }

    private static AnalysisWarning.Unmeasured known(
            AnalysisWarning.Unmeasured gone, SeriesKey key, List<Missing> missing) {
        return gone.environment().isPresent()
                ? gone
                : new AnalysisWarning.Unmeasured(
                        gone.since(),
                        gone.runs(),
                        gone.environment(),
                        missing.stream()
                                .filter(one -> one.isBenchmark()
                                        ? one.key().benchmark().equals(key.benchmark())
                                                && one.key().environment().equals(key.environment())
                                        : one.key().isSameOnAnyBranch(key))
                                .findFirst()
                                .map(one -> new AnalysisWarning.Lacking(one.id(), one.renamed())));
    }

    /**
     * @param last the place of its newest run
     * @param runs of the branch, in their order
     */
    private static Optional<AnalysisWarning.Unmeasured> of(
            SeriesKey key, int last, List<RunInfo> runs, Map<String, List<SeriesKey>> measured) {
        Set<Object> suite = measured.getOrDefault(runs.get(last).id(), List.of()).stream()
                .map(SeriesKey::benchmark)
                .collect(Collectors.toSet());
        List<RunInfo> here = new ArrayList<>();
        Map<String, RunInfo> elsewhere = new HashMap<>();
        for (RunInfo run : runs.subList(last + 1, runs.size())) {
            List<SeriesKey> keys = measured.getOrDefault(run.id(), List.of());
            if (run.header().environment().key().equals(key.environment())) {
                if (keys.stream().map(SeriesKey::benchmark).anyMatch(suite::contains)) {
                    here.add(run);
                }
            } else if (keys.stream().anyMatch(other -> isSame(key, other))) {
                elsewhere.putIfAbsent(run.header().environment().key(), run);
            }
        }
        if (!here.isEmpty()) {
            return Optional.of(
                    new AnalysisWarning.Unmeasured(here.get(0), revisions(here), Optional.empty(), Optional.empty()));
        }
        // where several machines measure side by side, the one that is behind has not moved
        Set<String> before = runs.subList(0, last + 1).stream()
                .filter(run ->
                        measured.getOrDefault(run.id(), List.of()).stream().anyMatch(other -> isSame(key, other)))
                .map(run -> run.header().environment().key())
                .collect(Collectors.toSet());
        return elsewhere.entrySet().stream()
                .filter(one -> !before.contains(one.getKey())
                        && !one.getValue()
                                .header()
                                .revision()
                                .equals(runs.get(last).header().revision()))
                .findFirst()
                .map(one ->
                        new AnalysisWarning.Unmeasured(one.getValue(), 1, Optional.of(one.getKey()), Optional.empty()));
    }

    private static boolean isSame(SeriesKey key, SeriesKey other) {
        return key.benchmark().equals(other.benchmark()) && key.metric().equals(other.metric());
    }

    private static int revisions(List<RunInfo> runs) {
        return (int) runs.stream()
                .map(run -> run.header().revision().isKnown()
                        ? run.header().revision().commit()
                        : run.id())
                .distinct()
                .count();
    }

    /** The missing benchmarks that stop the gate of the newest run. */
    private List<Missing> missing(List<RunInfo> newest) throws IOException {
        Judgement judgement = snapshots.judge(newest, policies);
        Set<String> stopping = new Gate(gate)
                .decide(judgement.findings(), judgement.missing(), judgement.annotated()).trace().stream()
                        .filter(reason ->
                                reason.kind() == GateReason.Kind.MISSING && reason.effect() != GatePolicy.Effect.PASS)
                        .map(GateReason::series)
                        .collect(Collectors.toSet());
        return judgement.missing().stream()
                .filter(one -> stopping.contains(one.key().id()))
                .toList();
    }
}
