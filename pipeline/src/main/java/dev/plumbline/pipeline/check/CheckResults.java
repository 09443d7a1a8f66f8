package dev.plumbline.pipeline.check;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.Note;
import dev.plumbline.core.judge.Snapshot;
import dev.plumbline.core.judge.UnjudgedLosses;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.check.confirm.ConfirmSuspects;
import dev.plumbline.pipeline.record.ReadAhead;
import dev.plumbline.pipeline.record.ReadingSettings;
import dev.plumbline.pipeline.record.RecordResults;
import dev.plumbline.pipeline.record.Recorder;
import dev.plumbline.pipeline.repository.FindAuthors;
import dev.plumbline.pipeline.snapshot.AsChecked;
import dev.plumbline.pipeline.snapshot.BaselineSource;
import dev.plumbline.pipeline.snapshot.ChangedFacts;
import dev.plumbline.pipeline.snapshot.ContextMetrics;
import dev.plumbline.pipeline.snapshot.FindIncidents;
import dev.plumbline.pipeline.snapshot.NearestEnvironments;
import dev.plumbline.pipeline.snapshot.RuleNames;
import dev.plumbline.pipeline.snapshot.Snapshots;
import dev.plumbline.pipeline.snapshot.annotation.AcceptanceFiles;
import dev.plumbline.pipeline.snapshot.annotation.RecordedAnnotations;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.GateStop;
import dev.plumbline.report.NoteWords;
import dev.plumbline.report.Report;
import dev.plumbline.report.Words;
import dev.plumbline.report.content.ContextMetric;
import dev.plumbline.report.evidence.ReferenceWords;
import dev.plumbline.report.evidence.WholeSuiteWords;
import dev.plumbline.report.html.DetailedReport;
import dev.plumbline.report.note.CheckNotes;
import dev.plumbline.report.note.ConfirmNotes;
import dev.plumbline.report.note.IdleNotes;
import dev.plumbline.store.Recorded;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The main use case: reads results, adds them to the history, judges every series they extend, and evaluates the gate.
 */
public final class CheckResults {
    private final Workspace workspace;
    private final Recorder recorder;
    private final Policies policies;
    private final GatePolicy gatePolicy;
    private final Optional<String> baseBranch;
    private final Optional<String> baseline;
    private final boolean isDryRun;
    private final Optional<ConfirmSuspects> confirming;

    /**
     * The options of a check.
     *
     * @param baseBranch the branch to judge against; when empty, the CI service's target branch, else the main branch
     * @param baseline established baselines to judge against: a name, a name and a version as {@code NAME@3}, or a
     *     folder, for which no history is needed; when empty or {@code none}, the rolling history is the reference
     * @param isDryRun whether the results are judged and not kept: the history stays as it is
     * @param confirming measures suspects again; the further runs are recorded, unless it is a dry run
     */
    public record Options(
            Optional<String> baseBranch,
            Optional<String> baseline,
            boolean isDryRun,
            Optional<ConfirmSuspects> confirming) {
        public Options {
            requireNonNull(baseBranch, "baseBranch");
            requireNonNull(baseline, "baseline");
            requireNonNull(confirming, "confirming");
        }

        /** Options that keep the judged runs and measure nothing again. */
        public static Options of(Optional<String> baseBranch, Optional<String> baseline) {
            return new Options(baseBranch, baseline, false, Optional.empty());
        }

        public Options dryRun() {
            return new Options(baseBranch, baseline, true, confirming);
        }
    }

    /** @param reading how the results are read */
    public CheckResults(
            Workspace workspace,
            ReadingSettings reading,
            Policies policies,
            GatePolicy gatePolicy,
            Options options,
            Progress progress) {
        this.workspace = requireNonNull(workspace, "workspace");
        recorder = new Recorder(workspace, reading, progress);
        this.policies = requireNonNull(policies, "policies");
        this.gatePolicy = requireNonNull(gatePolicy, "gatePolicy");
        baseBranch = options.baseBranch();
        baseline = options.baseline();
        isDryRun = options.isDryRun();
        confirming = options.confirming();
    }

    /**
     * Checks result files, all of them one set of results: one run, or several of a commit.
     *
     * @param detail whether everything that a page shows is wanted beside the conclusions
     * @throws UnreadableInput if one of them cannot be read; then nothing was recorded
     * @throws IOException if a file does not exist, the baselines or the reference for small losses are not there, or
     *     the repository's acceptances cannot be read, where nothing was recorded either; or if the file system fails
     */
    public DetailedReport check(List<Path> paths, boolean detail) throws IOException {
        try (ReadAhead reading = recorder.startReading(paths);
                RunStore store = open()) {
            // looked up first: a check that cannot be done records nothing
            Optional<BaselineSource.Found> established = BaselineSource.wanted(workspace, store, baseline);
            List<AcceptanceFiles.FromFile> accepted = AcceptanceFiles.read(workspace);
            Snapshots.checkReference(workspace, store);
            RecordResults.Outcome outcome = recorder.record(store, reading);
            if (!outcome.unreadable().equals(reading.leftOut())) {
                throw unreadable(outcome.unreadable());
            }
            if (!isDryRun) {
                outcome.keepFiles(workspace);
            }
            List<String> notes = new ArrayList<>();
            if (!isProposed()) {
                RecordedAnnotations.record(accepted, store);
            }
            List<VersionInfo> back = new EndAcceptances(store, workspace.clock().instant())
                    .write(RecordedAnnotations.of(accepted, workspace, store));
            if (!back.isEmpty()) {
                established = BaselineSource.wanted(workspace, store, baseline);
            }
            back.stream().map(CheckNotes::wentBack).forEach(notes::add);
            if (isDryRun) {
                notes.add(NoteWords.DRY_RUN);
            }
            tellOf(outcome, notes);
            notes.addAll(outcome.notes());
            List<RunInfo> runs = JudgedRuns.newest(store, outcome.runs(), notes);
            return report(store, runs, new Given(paths, established, outcome, accepted), notes, detail);
        }
    }

    /**
     * Whether the acceptances of the repository are a proposal: in a history that others share they last once they have
     * reached the main branch, and until then for this check alone.
     */
    private boolean isProposed() {
        return workspace.caller().isPresent()
                && !workspace.place().revision().branch().equals(workspace.mainBranch());
    }

    /** The first one, with the others to be reported after it. */
    private static UnreadableInput unreadable(List<Problem> problems) {
        List<UnreadableInput> all = problems.stream()
                .map(problem -> new UnreadableInput(problem.where(), problem.what()))
                .toList();
        all.stream().skip(1).forEach(all.get(0)::addSuppressed);
        return all.get(0);
    }

    /** Baselines in a folder need no history, and none is begun for them. */
    private RunStore open() throws IOException {
        if (isDryRun) {
            return workspace.openCopy();
        }
        boolean folder = baseline.isPresent() && Files.isDirectory(workspace.file(baseline.get()));
        return folder && !workspace.hasHistory() ? workspace.inMemory() : workspace.open();
    }

    /** The runs to check. */
    private record Given(
            List<Path> paths,
            Optional<BaselineSource.Found> established,
            RecordResults.Outcome outcome,
            List<AcceptanceFiles.FromFile> accepted) {
        /** The ids of those of these runs that the history did not have before. */
        List<String> added(List<RunInfo> runs) {
            return outcome.runs().stream()
                    .filter(Recorded::isNew)
                    .map(Recorded::run)
                    .filter(runs::contains)
                    .map(RunInfo::id)
                    .toList();
        }

        /** The problems to report, files that were left out first. */
        List<Problem> problems() {
            return Stream.concat(
                            outcome.unreadable().stream()
                                    .map(file -> new Problem(file.where(), file.what() + "; this file is skipped")),
                            outcome.problems().stream())
                    .toList();
        }
    }

    private DetailedReport report(
            RunStore store, List<RunInfo> recorded, Given given, List<String> notes, boolean detail)
            throws IOException {
        // Again, with what these results measure for the first time.
        GatePolicy gatePolicy = RuleNames.resolved(this.gatePolicy, store);
        Gate gate = new Gate(gatePolicy);
        if (recorded.isEmpty()) {
            Report report = new Report(
                    Version.TEXT,
                    Report.Kind.CHECK,
                    recorded,
                    "",
                    List.of(),
                    List.of(),
                    gate.decide(List.of(), List.of()),
                    given.problems(),
                    notes,
                    policies.general());
            return DetailedReport.bare(report);
        }
        Optional<BaselineSource.Found> established = given.established;
        List<Problem> problems = new ArrayList<>(given.problems());
        Snapshots snapshots = Snapshots.of(
                workspace, store, baseBranch, established, RecordedAnnotations.of(given.accepted, workspace, store));
        Judging judging = new Judging(recorder, store, snapshots, problems, gatePolicy);
        ConfirmSuspects.Outcome settled = confirming.isPresent()
                ? confirming.get().settle(judging, recorded, given.paths, policies, gatePolicy)
                : new ConfirmSuspects.Outcome(judging.judge(recorded, policies), List.of());
        Judgement judgement = settled.judgement();
        // asked of every series, and of nothing but the judgement: meanwhile the history is written
        CompletableFuture<Optional<String>> odd =
                CompletableFuture.supplyAsync(() -> OddJudgement.words(judgement, policies.roles()));
        List<RunInfo> runs = judgement.runs();
        Snapshot snapshot = judging.snapshot(runs);
        List<Note.UnjudgedLoss> unjudged =
                established.isEmpty() ? UnjudgedLosses.of(judgement, policies, snapshot) : List.of();
        Optional<RunInfo> copied = snapshots.copied(judgement, gatePolicy);
        boolean isCopied = copied.isPresent();
        if (isCopied && !isDryRun) {
            notes.add(CheckNotes.COPIES_NOT_RECORDED);
        }
        if (!isCopied) {
            write(store, judgement.facts(), !snapshots.isTooEarly(judgement));
            rememberIncidents(store, judgement);
        }
        try {
            if (established.isEmpty()) {
                UnfamiliarResults.onlyNewSeries(store, judgement).ifPresent(notes::add);
            }
            notes.addAll(0, settled.notes()); // notes about requested things
            notes.addAll(0, NoteWords.unjudged(unjudged)); // the one that a person has to act on
            UnfamiliarResults.withoutCommit(store, runs).ifPresent(notes::add);
            String base = baseBranch.orElseGet(() -> workspace.baseBranch(store));
            notes.addAll(ChangedFacts.notes(runs, base, store));
            notes.addAll(NearestEnvironments.notes(
                    judgement.findings(), runs, base, established, snapshots.isOwnAlone(judgement), store));
            notes.addAll(snapshots.notes(snapshot, judgement, unjudged));
            OddJudgement.singleUnit(judgement).ifPresent(hint -> notes.add(0, hint));
            WholeSuiteWords.sinceEarlier(judgement.findings(), runs).ifPresent(note -> notes.add(0, note));
            List<Finding> confirmed = gate.confirmedAsGood(judgement.findings());
            confirmed.stream()
                    .findFirst()
                    .map(one -> CheckNotes.confirmedAsGood(
                            Words.label(one.key()) + " " + one.key().metric(), confirmed.size() - 1))
                    .ifPresent(note -> notes.add(0, note));
            // notes about options and settings come first, because a screen shows only the first notes
            FixedRuleNote.words(gatePolicy, policies, judgement).ifPresent(note -> notes.add(0, note));
            notes.addAll(
                    0,
                    IdleNotes.typedFirst(IdleSettings.notes(
                            gatePolicy, policies, judgement.findings(), () -> store.keys(SeriesQuery.all()))));
            notes.addAll(IdleSettings.acceptances(
                    given.accepted, judgement.findings(), () -> store.keys(SeriesQuery.all())));
            List<ContextMetric> context = ContextMetrics.of(snapshot, policies.roles());
            GateDecision decision = snapshots.held(
                    gate.decide(
                            judgement.findings(),
                            judgement.missing(),
                            judgement.annotated(),
                            ContextMetrics.keys(context)),
                    judgement,
                    gatePolicy,
                    copied);
            if (confirming.isPresent() && settled.notes().isEmpty() && decision.state() != GateDecision.State.OPEN) {
                notes.add(0, ConfirmNotes.nothingMeasured(Decidable.certain(decision)));
            }
            GateStop.young(decision).ifPresent(notes::add);
            // of what is in no history nothing can be accepted
            if (!isDryRun && !isCopied) {
                NoteWords.howToAccept(Decidable.open(judgement, decision)).ifPresent(notes::add);
                NoteWords.howToAcceptMissing(Decidable.stopping(judgement, decision), Snapshots.RECENT_COMMITS)
                        .ifPresent(notes::add);
            }
            problems.addAll(ChangedExits.of(snapshot));
            Report report = new Report(
                            Version.TEXT,
                            Report.Kind.CHECK,
                            runs,
                            ReferenceWords.of(
                                    snapshot,
                                    established
                                            .map(BaselineSource.Found::isFolder)
                                            .orElse(false)),
                            judgement.findings(),
                            judgement.missing(),
                            decision,
                            problems,
                            notes,
                            policies.general())
                    .withOdd(odd.join())
                    .withContext(context)
                    .withAuthors(FindAuthors.of(
                            workspace.directory(), judgement.findings(), judgement.missing(), runs, store, base))
                    .ordered(established.isPresent()
                            || FindAuthors.isOrdered(judgement.findings(), runs, workspace::place));
            DetailedReport whole = detail
                    ? SeriesDetails.detailed(report, judgement, policies, store)
                            .with(new FindIncidents(workspace, policies).open(base, store))
                    : DetailedReport.bare(report);
            return whole;
        } finally {
            if (isCopied) {
                // the report needs them, also where it fails; from here on they would count as a second measurement
                store.remove(given.added(runs), true);
            }
        }
    }

    /**
     * Writes down what later judgements have to know.
     *
     * @param isJudged whether anything can be decided of the runs; else they are as if they were recorded alone
     */
    private void write(RunStore store, Judgement.Facts facts, boolean isJudged) {
        Instant now = workspace.clock().instant();
        for (Judgement.Taken taken : facts.taken()) {
            AcceptedLevels.write(store, taken.acceptance(), taken.points(), now);
        }
        facts.followed().forEach(store.triage()::add);
        if (!facts.bad().isEmpty()) {
            store.markBad(facts.bad(), AsChecked.REASON, now);
        }
        store.markOff(facts.off(), now);
        if (isJudged) {
            store.markChecked(facts.checked());
        }
    }

    /** Adds incidents that a detected change on the check's own branch may belong to, so that they keep their names. */
    private void rememberIncidents(RunStore store, Judgement judgement) throws IOException {
        String branch = judgement.runs().get(0).header().revision().branch();
        List<SeriesKey> regressed = judgement.series().stream()
                .filter(Judgement.Judged::isBad)
                .map(one -> one.finding().key())
                .filter(key -> key.branch().equals(branch))
                .toList();
        new FindIncidents(workspace, policies).remember(regressed, store);
    }

    private static void tellOf(RecordResults.Outcome outcome, List<String> notes) {
        if (!outcome.runs().isEmpty() && outcome.runs().stream().noneMatch(Recorded::isNew)) {
            notes.add(CheckNotes.ALREADY_RECORDED);
        }
    }
}
