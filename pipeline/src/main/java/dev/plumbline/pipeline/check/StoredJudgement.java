package dev.plumbline.pipeline.check;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.Snapshot;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.repository.FindAuthors;
import dev.plumbline.pipeline.snapshot.BaselineSource;
import dev.plumbline.pipeline.snapshot.ChangedFacts;
import dev.plumbline.pipeline.snapshot.ContextMetrics;
import dev.plumbline.pipeline.snapshot.Snapshots;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import dev.plumbline.report.content.ContextMetric;
import dev.plumbline.report.evidence.ReferenceWords;
import dev.plumbline.report.evidence.WholeSuiteWords;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stored runs, judged again; nothing is recorded or marked.
 *
 * @param report the conclusions, as a check of these runs has them
 */
public record StoredJudgement(Judgement judgement, Report report) {
    /**
     * Judges.
     *
     * @param runs of one revision
     * @param baseBranch as in {@link CheckResults.Options}
     * @throws IOException if the accepted changes in the repository cannot be read
     */
    public static StoredJudgement of(
            List<RunInfo> runs,
            RunStore store,
            Workspace workspace,
            Policies policies,
            GatePolicy gatePolicy,
            Optional<String> baseBranch)
            throws IOException {
        Snapshots snapshots = Snapshots.of(
                workspace,
                store,
                baseBranch,
                workspace.configuration().baseline().use().value());
        Snapshot snapshot = snapshots.of(runs);
        Judgement judgement = snapshots.judge(snapshot, policies, gatePolicy.fixed());
        List<String> notes = new ArrayList<>(
                ChangedFacts.notes(runs, baseBranch.orElseGet(() -> workspace.baseBranch(store)), store));
        notes.addAll(snapshots.notes(snapshot, judgement, List.of()));
        OddJudgement.singleUnit(judgement).ifPresent(hint -> notes.add(0, hint));
        WholeSuiteWords.sinceEarlier(judgement.findings(), runs).ifPresent(note -> notes.add(0, note));
        List<ContextMetric> context = ContextMetrics.of(snapshot, policies.roles());
        Report report = new Report(
                        Version.TEXT,
                        Report.Kind.CHECK,
                        runs,
                        ReferenceWords.of(
                                snapshot,
                                snapshots
                                        .established()
                                        .map(BaselineSource.Found::isFolder)
                                        .orElse(false)),
                        judgement.findings(),
                        judgement.missing(),
                        snapshots.held(
                                new Gate(gatePolicy)
                                        .decide(
                                                judgement.findings(),
                                                judgement.missing(),
                                                judgement.annotated(),
                                                ContextMetrics.keys(context)),
                                judgement,
                                gatePolicy),
                        List.of(),
                        notes,
                        policies.general())
                .withOdd(OddJudgement.words(judgement, policies.roles()))
                .withContext(context)
                .withAuthors(FindAuthors.of(
                        workspace.directory(),
                        judgement.findings(),
                        judgement.missing(),
                        runs,
                        store,
                        baseBranch.orElseGet(() -> workspace.baseBranch(store))))
                .ordered(snapshots.established().isPresent()
                        || FindAuthors.isOrdered(judgement.findings(), runs, workspace::place));
        return new StoredJudgement(judgement, report);
    }
}
