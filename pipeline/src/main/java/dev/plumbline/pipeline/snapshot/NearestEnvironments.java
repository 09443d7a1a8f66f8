package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.baseline.NearestEnvironment;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.report.evidence.EnvironmentWords;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A hint for runs whose environment has no reference: the most similar environment, and what to do. */
public final class NearestEnvironments {
    private NearestEnvironments() {}

    /** The same judgement, where a finding that nothing can be compared with has what differs from its history. */
    static Judgement reported(Judgement judgement, Optional<BaselineSource.Found> baselines, RunStore store) {
        List<Finding> elsewhere = judgement.findings().stream()
                .filter(finding -> elsewhere(finding).isPresent())
                .toList();
        if (elsewhere.isEmpty()) {
            return judgement;
        }
        Map<String, Environment> known = new TreeMap<>();
        BaselineSource.environments(store).forEach(one -> known.put(one.key(), one));
        baselines.ifPresent(found -> found.environments().forEach(one -> known.putIfAbsent(one.key(), one)));
        Map<String, Environment> own = new TreeMap<>();
        judgement
                .runs()
                .forEach(run -> own.putIfAbsent(
                        run.header().environment().key(), run.header().environment()));
        Map<HistoryEvidence.OtherEnvironment, HistoryEvidence.OtherEnvironment> reported = new HashMap<>();
        Map<SeriesKey, Finding> findings = new HashMap<>();
        for (Finding finding : elsewhere) {
            HistoryEvidence.OtherEnvironment why = reported.computeIfAbsent(
                    elsewhere(finding).orElseThrow(),
                    one -> reported(one, Optional.ofNullable(own.get(one.here())), known));
            findings.put(finding.key(), finding.notComparable(why));
        }
        return judgement.with(findings);
    }

    /** The same reason, with what differs from the nearest environment of the history. */
    static HistoryEvidence.OtherEnvironment reported(
            HistoryEvidence.OtherEnvironment why, List<RunInfo> runs, RunStore store) {
        Map<String, Environment> known = new TreeMap<>();
        BaselineSource.environments(store).forEach(one -> known.put(one.key(), one));
        return reported(
                why,
                runs.stream()
                        .map(run -> run.header().environment())
                        .filter(one -> one.key().equals(why.here()))
                        .findFirst(),
                known);
    }

    private static Optional<HistoryEvidence.OtherEnvironment> elsewhere(Finding finding) {
        return finding.verdict() instanceof Verdict.NotComparable different
                        && different.reason() instanceof HistoryEvidence.OtherEnvironment why
                ? Optional.of(why)
                : Optional.empty();
    }

    private static HistoryEvidence.OtherEnvironment reported(
            HistoryEvidence.OtherEnvironment why, Optional<Environment> here, Map<String, Environment> known) {
        List<Environment> others = why.elsewhere().stream()
                .filter(known::containsKey)
                .map(known::get)
                .toList();
        Optional<NearestEnvironment> nearest = here.flatMap(own -> NearestEnvironment.of(own, others));
        return nearest.map(found -> {
                    List<String> elsewhere = new ArrayList<>(why.elsewhere());
                    elsewhere.remove(found.environment().key());
                    elsewhere.add(0, found.environment().key());
                    return new HistoryEvidence.OtherEnvironment(why.here(), elsewhere, found.differences());
                })
                .orElse(why);
    }

    /**
     * A hint for each environment in which a finding could not be judged because of it.
     *
     * @param baseBranch the branch that the runs were judged against where it has any that are comparable
     * @param isOwn whether all were judged by runs of their own branch alone, though the base branch has them elsewhere
     */
    public static List<String> notes(
            List<Finding> findings,
            List<RunInfo> runs,
            String baseBranch,
            Optional<BaselineSource.Found> baselines,
            boolean isOwn,
            RunStore store) {
        Map<String, Environment> environments = new TreeMap<>();
        runs.forEach(run -> environments.putIfAbsent(
                run.header().environment().key(), run.header().environment()));
        return environments.values().stream()
                .flatMap(here -> notes(findings, here, runs, baseBranch, baselines, isOwn, store).stream())
                .toList();
    }

    private static List<String> notes(
            List<Finding> findings,
            Environment here,
            List<RunInfo> runs,
            String baseBranch,
            Optional<BaselineSource.Found> baselines,
            boolean isOwn,
            RunStore store) {
        String key = here.key();
        boolean established = baselines
                .map(found -> found.version().baselines().stream()
                        .noneMatch(baseline -> baseline.key().environment().equals(key)))
                .orElse(false);
        boolean elsewhere = findings.stream()
                .anyMatch(finding -> finding.key().environment().equals(key)
                        && elsewhere(finding).isPresent());
        if (!established && !elsewhere && !isOwn) {
            return List.of();
        }
        List<Environment> others =
                new ArrayList<>(established ? baselines.get().environments() : BaselineSource.environments(store));
        others.removeIf(environment -> environment.key().equals(key));
        Optional<NearestEnvironment> nearest = NearestEnvironment.of(here, others);
        String branch = runs.get(0).header().revision().branch();
        Optional<EnvironmentWords.OwnHistory> own = established || branch.equals(baseBranch)
                ? Optional.empty()
                : Optional.of(new EnvironmentWords.OwnHistory(branch, hasNoOther(runs, here, branch, store)));
        return nearest.map(found -> EnvironmentWords.noReference(key, found, branch.equals(baseBranch), own)).stream()
                .toList();
    }

    private static boolean hasNoOther(List<RunInfo> runs, Environment here, String branch, RunStore store) {
        Set<String> ids = runs.stream().map(RunInfo::id).collect(Collectors.toSet());
        return store.runs(RunQuery.all().inEnvironment(here.key()).onBranch(branch)).stream()
                .allMatch(run -> ids.contains(run.id()));
    }
}
