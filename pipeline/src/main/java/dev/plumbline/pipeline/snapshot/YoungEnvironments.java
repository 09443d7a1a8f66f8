package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.baseline.NearestEnvironment;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.gate.GateRule.Weight;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.EnvironmentDifference;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Environments in which the base branch has too few runs to judge by, while it has a longer history in another one, as
 * after an update of the JVM. The gate's policy for what is incomparable applies until there are enough runs: without
 * it only the first run would be held. If the base branch is still measured in the other environment, that environment
 * judges its commits, and the new one only reports how short its history is.
 */
final class YoungEnvironments {
    /** Benchmarks that are looked up in another environment, to find how long its history is. */
    private static final int LOOKED_UP = 20;

    private final String baseBranch;
    private final RunStore store;

    YoungEnvironments(String baseBranch, RunStore store) {
        this.baseBranch = baseBranch;
        this.store = store;
    }

    /** The decision with a reason for each young environment of the runs. */
    GateDecision weighed(GateDecision gate, Judgement judgement, GatePolicy policy) {
        Map<String, List<Finding>> counting = judgement.findings().stream()
                .filter(finding -> gate.role(finding.key()) == Role.PRIMARY)
                .filter(finding -> policy.weightOf(finding.key()) != Weight.MUTED)
                .collect(Collectors.groupingBy(
                        finding -> finding.key().environment(), LinkedHashMap::new, Collectors.toUnmodifiableList()));
        GateDecision weighed = gate;
        for (Map.Entry<String, List<Finding>> one : counting.entrySet()) {
            Optional<RunInfo> run = judgement.runs().stream()
                    .filter(each -> each.header().environment().key().equals(one.getKey()))
                    .max(Comparator.comparing(RunInfo::time));
            Optional<GateReason> reason =
                    run.flatMap(newest -> reason(newest, one.getValue(), policy.onIncomparable()));
            weighed = reason.isPresent() ? weighed.with(reason.get()) : weighed;
        }
        return weighed;
    }

    private Optional<GateReason> reason(RunInfo run, List<Finding> findings, GatePolicy.Effect policy) {
        if (!findings.stream().allMatch(finding -> young(finding).isPresent() || isElsewhere(finding))) {
            return Optional.empty();
        }
        List<SeriesKey> young = findings.stream()
                .filter(finding -> young(finding).isPresent())
                .map(Finding::key)
                .filter(key -> key.branch().equals(baseBranch))
                .limit(LOOKED_UP)
                .toList();
        Optional<HistoryEvidence.TooFewRuns> here = findings.stream()
                .flatMap(finding -> young(finding).stream())
                .max(Comparator.comparingInt(HistoryEvidence.TooFewRuns::runs));
        if (young.isEmpty() || here.isEmpty() || here.get().runs() == 0) {
            return Optional.empty();
        }
        Environment own = run.header().environment();
        Recorded before = Recorded.before(run, store);
        Map<String, Integer> lengths = lengths(before, young);
        lengths.values().removeIf(runs -> runs < here.get().needed());
        Map<String, Environment> known = new TreeMap<>();
        BaselineSource.environments(store).forEach(one -> known.put(one.key(), one));
        known.keySet().retainAll(lengths.keySet());
        return NearestEnvironment.of(own, known.values())
                .map(nearest -> cause(here.get(), own.key(), nearest, lengths))
                .map(cause -> new GateReason(
                        isMeasuredOn(before, own.key(), lengths) ? GatePolicy.Effect.PASS : policy,
                        GateReason.Kind.NEW,
                        "",
                        "",
                        cause));
    }

    private Cause cause(
            HistoryEvidence.TooFewRuns here, String own, NearestEnvironment nearest, Map<String, Integer> lengths) {
        String elsewhere = nearest.environment().key();
        List<EnvironmentDifference> differences = nearest.differences();
        return new Cause.TooYoung(
                baseBranch, own, here.runs(), here.needed(), elsewhere, lengths.get(elsewhere), differences);
    }

    /**
     * The number of runs that the base branch has of any of these series in other environments, up to the one in
     * question.
     */
    private Map<String, Integer> lengths(Recorded before, List<SeriesKey> young) {
        Map<String, Integer> lengths = new TreeMap<>();
        for (SeriesKey key : store.keys(SeriesQuery.all().onBranch(baseBranch))) {
            boolean isAny = young.stream()
                    .anyMatch(one -> !one.environment().equals(key.environment())
                            && one.benchmark().equals(key.benchmark())
                            && one.metric().equals(key.metric()));
            if (isAny) {
                int runs = (int) store.series(key).stream()
                        .flatMap(series -> series.points().stream())
                        .filter(point -> before.has(point.run()))
                        .count();
                lengths.merge(key.environment(), runs, Math::max);
            }
        }
        return lengths;
    }

    /** Whether the base branch was measured in any of the others after its first run in the young one. */
    private boolean isMeasuredOn(Recorded before, String young, Map<String, Integer> others) {
        Optional<RunInfo> first = runs(young).min(Comparator.comparing(RunInfo::time));
        if (first.isEmpty()) {
            return false;
        }
        Recorded beforeFirst = Recorded.before(first.get(), store);
        return others.keySet().stream().flatMap(this::runs).anyMatch(run -> before.has(run) && !beforeFirst.has(run));
    }

    private Stream<RunInfo> runs(String environment) {
        return store.runs(RunQuery.all().inEnvironment(environment).onBranch(baseBranch)).stream();
    }

    private static Optional<HistoryEvidence.TooFewRuns> young(Finding finding) {
        return finding.verdict() instanceof Verdict.Inconclusive open
                        && open.reason() instanceof HistoryEvidence.TooFewRuns few
                ? Optional.of(few)
                : Optional.empty();
    }

    private static boolean isElsewhere(Finding finding) {
        return finding.verdict() instanceof Verdict.NotComparable different
                && different.reason() instanceof HistoryEvidence.OtherEnvironment;
    }

    /**
     * The runs that were there before one: those that are not dated after it and, if it was the newest when it was
     * judged, all that were recorded before. Dates of commits may be wrong, as after a rebase.
     *
     * @param after the ids of the runs that were recorded after it
     */
    private record Recorded(RunInfo run, boolean isJudgedAsNewest, Set<String> after) {
        static Recorded before(RunInfo run, RunStore store) {
            Set<String> after = store.recordedAfter(List.of(run.id()));
            return new Recorded(run, after.isEmpty() || store.checkedRuns().contains(run.id()), after);
        }

        boolean has(RunInfo other) {
            return !other.time().isAfter(run.time()) || isJudgedAsNewest && !after.contains(other.id());
        }
    }
}
