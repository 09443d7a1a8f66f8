package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.detect.Finding;
import dev.plumbline.core.detect.Gate;
import dev.plumbline.core.detect.GatePolicy;
import dev.plumbline.core.detect.Policy;
import dev.plumbline.core.detect.Verdict;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.report.Report;
import dev.plumbline.store.PointKey;
import dev.plumbline.store.Recorded;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The main job: reads results, adds them to the history, judges every series they extend, and decides about the gate.
 */
public final class CheckResults {
    private final Workspace workspace;
    private final RecordResults recorder;
    private final Policy policy;
    private final GatePolicy gatePolicy;
    private final Optional<String> baseBranch;

    /** @param baseBranch the branch to judge against; when empty, the CI service's target branch, else {@code main} */
    public CheckResults(
            Workspace workspace,
            RecordResults recorder,
            Policy policy,
            GatePolicy gatePolicy,
            Optional<String> baseBranch) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.recorder = requireNonNull(recorder, "recorder");
        this.policy = requireNonNull(policy, "policy");
        this.gatePolicy = requireNonNull(gatePolicy, "gatePolicy");
        this.baseBranch = requireNonNull(baseBranch, "baseBranch");
    }

    /**
     * Checks result files, all of them one set of results.
     *
     * @throws UnreadableInput if one of them cannot be read; then nothing was recorded
     * @throws IOException if a file does not exist or the file system fails
     */
    public Report check(List<Path> paths) throws IOException {
        try (ReadAhead reading = recorder.startReading(paths);
                RunStore store = workspace.open()) {
            RecordResults.Outcome outcome = recorder.record(store, reading, true);
            if (!outcome.unreadable().isEmpty()) {
                throw new UnreadableInput(
                        outcome.unreadable().get(0).where(),
                        outcome.unreadable().get(0).what());
            }
            List<String> notes = new ArrayList<>();
            tellOf(outcome, notes);
            List<RunInfo> runs = newest(outcome.runs(), notes);
            return report(store, runs, outcome, notes);
        }
    }

    private Report report(RunStore store, List<RunInfo> runs, RecordResults.Outcome outcome, List<String> notes) {
        Gate gate = new Gate(gatePolicy);
        if (runs.isEmpty()) {
            return new Report(
                    Version.TEXT,
                    Report.Kind.CHECK,
                    runs,
                    "",
                    List.of(),
                    List.of(),
                    gate.decide(List.of(), List.of()),
                    outcome.problems(),
                    notes,
                    policy);
        }
        String base = baseBranch.orElseGet(workspace::baseBranch);
        JudgeRuns.Judgement judgement = new JudgeRuns(store, policy, base).judge(runs);
        mark(store, judgement);
        return new Report(
                Version.TEXT,
                Report.Kind.CHECK,
                runs,
                "the history of " + base + " in environment "
                        + runs.get(0).header().environment().key(),
                judgement.findings(),
                judgement.missing(),
                gate.decide(judgement.findings(), judgement.missing()),
                outcome.problems(),
                notes,
                policy);
    }

    /** Regressions are remembered, so that no later baseline stands on them. */
    private void mark(RunStore store, JudgeRuns.Judgement judgement) {
        List<PointKey> bad = new ArrayList<>();
        for (int i = 0; i < judgement.findings().size(); i++) {
            Finding finding = judgement.findings().get(i);
            if (finding.verdict() instanceof Verdict.Regressed) {
                for (Point point : judgement.judged().get(i)) {
                    bad.add(new PointKey(
                            point.run().id(),
                            finding.key().benchmark(),
                            finding.key().metric()));
                }
            }
        }
        if (!bad.isEmpty()) {
            store.markBad(
                    bad, "judged a regression by plumb check", workspace.clock().instant());
        }
    }

    private static void tellOf(RecordResults.Outcome outcome, List<String> notes) {
        for (Recorded recorded : outcome.runs()) {
            recorded.sameContentAs()
                    .ifPresent(earlier -> notes.add("exactly these numbers were recorded before, for commit "
                            + earlier.header().revision().shortCommit() + ": is this an old result file?"));
        }
        if (!outcome.runs().isEmpty() && outcome.runs().stream().noneMatch(Recorded::isNew)) {
            notes.add("these results were in the history already; nothing was added");
        }
    }

    /** The runs to judge: those of the newest revision, when a file brings a whole history. */
    private static List<RunInfo> newest(List<Recorded> recorded, List<String> notes) {
        if (recorded.isEmpty()) {
            return List.of();
        }
        Comparator<RunInfo> byTime = Comparator.comparing(CheckResults::time);
        RunInfo newest = recorded.stream().map(Recorded::run).max(byTime).orElseThrow();
        List<RunInfo> judged = recorded.stream()
                .map(Recorded::run)
                .filter(run -> run.header().revision().equals(newest.header().revision())
                        && run.header()
                                .environment()
                                .key()
                                .equals(newest.header().environment().key()))
                .toList();
        if (judged.size() < recorded.size()) {
            notes.add("the results hold " + recorded.size() + " runs; the newest revision, "
                    + newest.header().revision().shortCommit() + ", is judged against the others");
        }
        return judged;
    }

    private static java.time.Instant time(RunInfo run) {
        return run.header().revision().commitTime().orElse(run.header().time());
    }
}
