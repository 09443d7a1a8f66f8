package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.baseline.VersionInfo;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.judge.Trial;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.threshold.Policies;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.report.Dossier;
import dev.plumbline.report.Report;
import dev.plumbline.store.PointKey;
import dev.plumbline.store.Recorded;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The main job: reads results, adds them to the history, judges every series they extend, and decides about the gate.
 */
public final class CheckResults {
    private final Workspace workspace;
    private final RecordResults recorder;
    private final Policies policies;
    private final GatePolicy gatePolicy;
    private final Optional<String> baseBranch;
    private final Optional<String> baseline;
    private final boolean isDryRun;
    private final Optional<ConfirmSuspects> confirming;

    /**
     * @param baseBranch the branch to judge against; when empty, the CI service's target branch, else the main branch
     * @param baseline established baselines to judge against: a name, a name and a version as {@code NAME@3}, or a
     *     folder, for which no history is needed; when empty or {@code none}, the rolling history is the reference
     */
    public CheckResults(
            Workspace workspace,
            RecordResults recorder,
            Policies policies,
            GatePolicy gatePolicy,
            Optional<String> baseBranch,
            Optional<String> baseline) {
        this(workspace, recorder, policies, gatePolicy, baseBranch, baseline, false, Optional.empty());
    }

    private CheckResults(
            Workspace workspace,
            RecordResults recorder,
            Policies policies,
            GatePolicy gatePolicy,
            Optional<String> baseBranch,
            Optional<String> baseline,
            boolean isDryRun,
            Optional<ConfirmSuspects> confirming) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.recorder = requireNonNull(recorder, "recorder");
        this.policies = requireNonNull(policies, "policies");
        this.gatePolicy = requireNonNull(gatePolicy, "gatePolicy");
        this.baseBranch = requireNonNull(baseBranch, "baseBranch");
        this.baseline = requireNonNull(baseline, "baseline");
        this.isDryRun = isDryRun;
        this.confirming = requireNonNull(confirming, "confirming");
    }

    /** The same judgement of results that are not kept: the history stays as it is. */
    public CheckResults dryRun() {
        return new CheckResults(workspace, recorder, policies, gatePolicy, baseBranch, baseline, true, confirming);
    }

    /** The same, and suspects are measured again; the further runs are recorded, unless it is a dry run. */
    public CheckResults settling(ConfirmSuspects suspects) {
        return new CheckResults(
                workspace, recorder, policies, gatePolicy, baseBranch, baseline, isDryRun, Optional.of(suspects));
    }

    /**
     * Checks result files, all of them one set of results.
     *
     * @throws UnreadableInput if one of them cannot be read; then nothing was recorded
     * @throws IOException if a file does not exist or the file system fails
     */
    public Report check(List<Path> paths) throws IOException {
        return check(paths, false).report();
    }

    /**
     * The same, with everything that a page shows beside the conclusions.
     *
     * @throws UnreadableInput if one of them cannot be read; then nothing was recorded
     * @throws IOException if a file does not exist or the file system fails
     */
    public Dossier checkInDetail(List<Path> paths) throws IOException {
        return check(paths, true);
    }

    private Dossier check(List<Path> paths, boolean detail) throws IOException {
        try (ReadAhead reading = recorder.startReading(paths);
                RunStore store = open()) {
            // looked up first: a check against baselines that are not there records nothing
            Optional<BaselineSource.Found> established = BaselineSource.wanted(workspace, store, baseline);
            RecordResults.Outcome outcome = recorder.record(store, reading, true);
            if (!outcome.unreadable().isEmpty()) {
                throw new UnreadableInput(
                        outcome.unreadable().get(0).where(),
                        outcome.unreadable().get(0).what());
            }
            List<String> notes = new ArrayList<>();
            List<VersionInfo> back = Acceptances.of(workspace, store).lapse();
            if (!back.isEmpty()) {
                established = BaselineSource.wanted(workspace, store, baseline);
            }
            back.forEach(version -> notes.add("baselines " + version.name() + " went back, version " + version.number()
                    + " now: what they stood on is accepted no longer"));
            if (isDryRun) {
                notes.add("a dry run: nothing was recorded");
            }
            tellOf(outcome, notes);
            List<RunInfo> runs = newest(outcome.runs(), notes);
            return report(store, runs, new Given(paths, established, outcome), notes, detail);
        }
    }

    /** Baselines in a folder need no history, and none is begun for them. */
    private RunStore open() {
        if (isDryRun) {
            return workspace.openCopy();
        }
        boolean folder = baseline.map(
                        text -> Files.isDirectory(workspace.directory().resolve(text)))
                .orElse(false);
        return folder && !Files.exists(workspace.store()) ? workspace.inMemory() : workspace.open();
    }

    /** What was given to be checked. */
    private record Given(List<Path> paths, Optional<BaselineSource.Found> established, RecordResults.Outcome outcome) {}

    private Dossier report(RunStore store, List<RunInfo> recorded, Given given, List<String> notes, boolean detail)
            throws IOException {
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
                    given.outcome.problems(),
                    notes,
                    policies.general());
            return Dossier.bare(report);
        }
        String base = baseBranch.orElseGet(() -> workspace.baseBranch(store));
        Acceptances acceptances = Acceptances.of(workspace, store);
        acceptances.lapse();
        Triages triages = Triages.of(workspace, store);
        Optional<BaselineSource.Found> established = given.established;
        List<Problem> problems = new ArrayList<>(given.outcome.problems());
        Judging judging = new Judging(store, acceptances, triages, established, base, problems);
        ConfirmSuspects.Outcome settled = confirming.isPresent()
                ? confirming.get().settle(judging, recorded, given.paths, policies, gatePolicy)
                : new ConfirmSuspects.Outcome(judging.judge(recorded), recorded, List.of());
        List<RunInfo> runs = settled.runs();
        JudgeRuns.Judgement judgement = settled.judgement();
        References references = judging.references;
        AcceptedFindings accepted = AcceptedFindings.of(judgement, acceptances, triages, runs);
        mark(store, accepted.others());
        Optional<String> unjudged = established.isEmpty()
                ? UnjudgedSteps.note(judgement.trials(), policies, store.checkedRuns())
                : Optional.empty();
        store.markChecked(runs.stream().map(RunInfo::id).toList());
        if (established.isEmpty()) {
            onlyNewSeries(store, runs, judgement).ifPresent(notes::add);
        }
        notes.addAll(settled.notes());
        unjudged.ifPresent(notes::add);
        withoutCommit(store, runs).ifPresent(notes::add);
        notes.addAll(ChangedFacts.notes(runs, store));
        notes.addAll(together(judgement, runs));
        notes.addAll(references.notes());
        notes.addAll(NearestEnvironments.notes(judgement.findings(), runs, references, store));
        notes.addAll(accepted.notes());
        Optional<String> odd = OddJudgement.words(judgement, runs);
        notes.addAll(
                IdleSettings.notes(gatePolicy, policies, accepted.findings(), () -> store.keys(SeriesQuery.all())));
        // of what is in no history nothing can be accepted, and of what a disturbed machine did nothing should be
        if (!isDryRun && odd.isEmpty()) {
            howToAccept(accepted.others()).ifPresent(notes::add);
        }
        if (!judgement.missing().isEmpty() && gatePolicy.onMissing() != GatePolicy.Effect.PASS) {
            notes.add(
                    "if what is missing was removed on purpose: plumb check --on-missing pass; it is no longer expected"
                            + " when most of the newest " + JudgeRuns.RECENT_RUNS + " runs were without it");
        }
        Report report = new Report(
                Version.TEXT,
                Report.Kind.CHECK,
                runs,
                references.words(runs, store),
                accepted.findings(),
                judgement.missing(),
                gate.decide(accepted.findings(), judgement.missing(), accepted.ids()),
                problems,
                notes,
                policies.general(),
                odd);
        return detail ? Exhibits.dossier(report, judgement, policies, store) : Dossier.bare(report);
    }

    /** Judges runs, as often as somebody asks, and adds further ones. */
    private final class Judging implements ConfirmSuspects.Session {
        private final RunStore store;
        private final Acceptances acceptances;
        private final Triages triages;
        private final Optional<BaselineSource.Found> established;
        private final String base;
        private final List<Problem> problems;

        /** What the newest judgement at the whole error rate went by. */
        private References references;

        Judging(
                RunStore store,
                Acceptances acceptances,
                Triages triages,
                Optional<BaselineSource.Found> established,
                String base,
                List<Problem> problems) {
            this.store = store;
            this.acceptances = acceptances;
            this.triages = triages;
            this.established = established;
            this.base = base;
            this.problems = problems;
        }

        JudgeRuns.Judgement judge(List<RunInfo> runs) throws IOException {
            references = references(runs, policies);
            return new JudgeRuns(store, policies, base, references).judge(runs);
        }

        @Override
        public ConfirmSuspects.Seen judge(List<RunInfo> runs, Policies spent) throws IOException {
            JudgeRuns.Judgement judgement = spent.equals(policies)
                    ? judge(runs)
                    : new JudgeRuns(store, spent, base, references(runs, spent)).judge(runs);
            return new ConfirmSuspects.Seen(
                    judgement,
                    AcceptedFindings.seen(judgement, acceptances, triages, runs).ids());
        }

        private References references(List<RunInfo> runs, Policies by) throws IOException {
            References made = References.of(acceptances, triages, established, base, by, store.checkedRuns());
            made.forkedBy(runs, workspace, store);
            made.accumulateFor(runs, workspace, store);
            return made;
        }

        @Override
        public List<RunInfo> add(List<Path> files, List<RunInfo> runs) throws IOException {
            List<Run> read = recorder.read(files, problems);
            Set<String> environments =
                    runs.stream().map(run -> run.header().environment().key()).collect(Collectors.toSet());
            List<Run> fitting = read.stream()
                    .filter(run ->
                            environments.contains(run.header().environment().key()))
                    .filter(run -> isOfSameCommit(
                            run.header().revision(), runs.get(0).header().revision()))
                    .toList();
            if (fitting.isEmpty()) {
                throw new IOException(
                        read.isEmpty()
                                ? "brought no measurement"
                                : "measured " + where(read.get(0).header()) + ", not "
                                        + where(runs.get(0).header()));
            }
            List<RunInfo> added = store.record(fitting).stream()
                    .filter(Recorded::isNew)
                    .map(Recorded::run)
                    .toList();
            if (added.isEmpty()) {
                throw new IOException("brought what was recorded before: it measured nothing");
            }
            return added;
        }

        private static String where(RunHeader header) {
            return "commit " + header.revision().shortCommit() + " of "
                    + header.revision().branch() + " in " + header.environment().key();
        }
    }

    /** Earlier runs of the same commit are further samples of it: the levels told are not those of the file alone. */
    private static List<String> together(JudgeRuns.Judgement judgement, List<RunInfo> runs) {
        Set<String> own = runs.stream().map(RunInfo::id).collect(Collectors.toSet());
        Map<String, Set<String>> byCommit = new TreeMap<>();
        for (Trial trial : judgement.trials()) {
            List<Point> points = trial.candidate();
            if (!points.stream().allMatch(point -> own.contains(point.run().id()))) {
                points.forEach(point -> byCommit.computeIfAbsent(
                                point.run().header().revision().shortCommit(), commit -> new TreeSet<>())
                        .add(point.run().id()));
            }
        }
        return byCommit.entrySet().stream()
                .map(entry -> entry.getValue().size() + " runs of commit " + entry.getKey()
                        + " are judged together, those before this check too: levels and changes are those of all of"
                        + " them")
                .toList();
    }

    /** In a history of commits, results without one belong to none: what was said of a commit does not reach them. */
    private static Optional<String> withoutCommit(RunStore store, List<RunInfo> runs) {
        String branch = runs.get(0).header().revision().branch();
        boolean isUnknown = runs.get(0).header().revision().commit().isEmpty();
        return isUnknown
                        && store.runs(RunQuery.all().onBranch(branch)).stream()
                                .anyMatch(
                                        run -> !run.header().revision().commit().isEmpty())
                ? Optional.of("nothing tells the commit of these results, so they are the newest run of " + branch
                        + "; --commit and --branch say whose they are")
                : Optional.empty();
    }

    /** Results of which nothing was ever measured before, in a history of others, are often renamed by accident. */
    private static Optional<String> onlyNewSeries(RunStore store, List<RunInfo> runs, JudgeRuns.Judgement judgement) {
        boolean allNew = !judgement.trials().isEmpty()
                && judgement.trials().size() == judgement.findings().size()
                && judgement.trials().stream()
                        .allMatch(trial -> trial.history().points().isEmpty()
                                && trial.elsewhere().isEmpty());
        if (!allNew || store.runs(RunQuery.all().newest(runs.size() + 1)).size() <= runs.size()) {
            return Optional.empty();
        }
        Set<SeriesKey> own = new HashSet<>();
        judgement.findings().forEach(finding -> own.add(finding.key()));
        return store.keys(SeriesQuery.all()).stream()
                .filter(key -> !own.contains(key))
                .findFirst()
                .map(known -> "nothing of this was measured before under these names, such as "
                        + judgement.findings().get(0).key().benchmark().label() + "; the history knows others, such as "
                        + known.benchmark().label() + ". Where a file's name is the benchmark's, keep it the same from"
                        + " run to run; plumb series rename joins what was renamed");
    }

    /** Regressions are remembered, so that no later baseline stands on them. */
    private void mark(RunStore store, JudgeRuns.Judgement judgement) {
        List<PointKey> bad = new ArrayList<>();
        for (int i = 0; i < judgement.findings().size(); i++) {
            Finding finding = judgement.findings().get(i);
            if (finding.verdict() instanceof Verdict.Regressed) {
                for (Point point : judgement.judged().get(i)) {
                    bad.add(key(finding, point));
                }
                bad.addAll(earlier(store, finding, judgement.judged().get(i)));
            }
        }
        if (!bad.isEmpty()) {
            store.markBad(
                    bad, "judged a regression by plumb check", workspace.clock().instant());
        }
    }

    /** With the id of the worst one, as every other form of the report. */
    private static Optional<String> howToAccept(JudgeRuns.Judgement judgement) {
        return judgement.findings().stream()
                .filter(CheckResults::isOpen)
                .min(Report.WORST_FIRST)
                .map(finding -> "if a regression is intended: plumb accept " + finding.id() + " --reason WHY"
                        + (judgement.findings().stream()
                                                .filter(CheckResults::isOpen)
                                                .count()
                                        > 1
                                ? "; plumb explain tells the ids of the others"
                                : ""));
    }

    private static boolean isOpen(Finding finding) {
        return finding.verdict() instanceof Verdict.Regressed
                && finding.statement().isEmpty();
    }

    private static PointKey key(Finding finding, Point point) {
        return new PointKey(
                point.run().id(), finding.key().benchmark(), finding.key().metric());
    }

    /**
     * The points at the bad level before the judged ones: those from the revision on at which the change began. They
     * were too few to be called when they came, and would wear the level down that is judged against.
     */
    private static List<PointKey> earlier(RunStore store, Finding finding, List<Point> judged) {
        if (finding.since().isEmpty()
                || finding.since()
                        .equals(judged.get(0).run().header().revision().commit())) {
            return List.of();
        }
        List<Point> points = store.series(finding.key()).map(Series::points).orElse(List.of());
        int end = points.indexOf(judged.get(0));
        int start = end;
        while (start > 0
                && !points.get(start).run().header().revision().commit().equals(finding.since())) {
            start--;
        }
        return end < 0 || !points.get(start).run().header().revision().commit().equals(finding.since())
                ? List.of()
                : points.subList(start, end).stream()
                        .map(point -> key(finding, point))
                        .toList();
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

    /** The runs to judge: those of the newest revision in every environment, when a file brings a whole history. */
    private static List<RunInfo> newest(List<Recorded> recorded, List<String> notes) {
        if (recorded.isEmpty()) {
            return List.of();
        }
        Comparator<RunInfo> byTime = Comparator.comparing(CheckResults::time);
        RunInfo newest = recorded.stream().map(Recorded::run).max(byTime).orElseThrow();
        List<RunInfo> judged = recorded.stream()
                .map(Recorded::run)
                .filter(run -> isOfSameCommit(run, newest))
                .toList();
        if (judged.size() < recorded.size()) {
            notes.add("the results hold " + recorded.size() + " runs; the newest revision, "
                    + newest.header().revision().shortCommit() + ", is judged against the others");
        }
        return judged;
    }

    /** Two tools may tell different times of one commit, or one of them none. */
    private static boolean isOfSameCommit(RunInfo one, RunInfo other) {
        return isOfSameCommit(one.header().revision(), other.header().revision());
    }

    private static boolean isOfSameCommit(Revision revision, Revision others) {
        return revision.equals(others)
                || !revision.commit().isEmpty()
                        && revision.commit().equals(others.commit())
                        && revision.branch().equals(others.branch());
    }

    private static java.time.Instant time(RunInfo run) {
        return run.header().revision().commitTime().orElse(run.header().time());
    }
}
