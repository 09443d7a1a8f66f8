package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.annotation.AcceptedPoint;
import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.history.CalledRegression;
import dev.plumbline.core.history.SeriesAnalysis;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.Snapshot;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.pipeline.repository.NewestByRecording;
import dev.plumbline.pipeline.snapshot.branch.DroppedRuns;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The history of a branch as a check of its newest runs sees it: after that of its base branch up to the fork, with the
 * last recorded run at the end if checks judge that as the newest. One that is held against its own past is as it is
 * stored otherwise.
 */
public final class BranchHistory {
    private final String branch;
    private final Snapshots snapshots;
    private final Optional<String> base;
    private final Map<String, JoinedBranch> joined;
    private final List<Judgement> judgements;
    private final Annotations annotations;
    private final Optional<NewestByRecording> newest;
    private final DroppedRuns gone;

    private BranchHistory(
            String branch,
            Snapshots snapshots,
            Optional<String> base,
            Map<String, JoinedBranch> joined,
            List<Judgement> judgements,
            Annotations annotations,
            Optional<NewestByRecording> newest,
            DroppedRuns gone) {
        this.branch = branch;
        this.snapshots = snapshots;
        this.base = base;
        this.joined = joined;
        this.judgements = judgements;
        this.annotations = annotations;
        this.newest = newest;
        this.gone = gone;
    }

    /** A history that begins with its own first run. */
    private static BranchHistory alone(
            String branch, Snapshots snapshots, Optional<NewestByRecording> newest, RunStore store) {
        DroppedRuns gone = snapshots.droppedOn(branch);
        Annotations annotations = newest.isEmpty() && gone.areNone()
                ? snapshots.annotations()
                : snapshots
                        .annotations()
                        .ordered(
                                branch,
                                Timeline.of(gone.first(ordered(
                                        newest, store.runs(RunQuery.all().onBranch(branch))))));
        // as a check of the newest run has them: what was taken away from the branch is no part of it
        Annotations known = new RunSelector(store)
                .recordedLastOn(branch).stream()
                        .findFirst()
                        .map(annotations::judging)
                        .filter(Annotations::isAnyDropped)
                        .orElse(annotations);
        return new BranchHistory(branch, snapshots, Optional.empty(), Map.of(), List.of(), known, newest, gone);
    }

    private static List<RunInfo> ordered(Optional<NewestByRecording> newest, List<RunInfo> runs) {
        return newest.map(known -> known.of(runs)).orElse(runs);
    }

    /**
     * The runs of a branch that checks judge as its newest although others have later dates; empty where dates and
     * checks agree. Git is asked only where what was recorded last has not the latest date too.
     */
    public static Optional<NewestByRecording> newestByRecording(String branch, RunStore store, Snapshots snapshots) {
        List<RunInfo> recorded = new RunSelector(store).recordedLastOn(branch);
        boolean isInside = recorded.stream()
                        .map(run -> run.header().environment().key())
                        .distinct()
                        .map(environment -> store.latestRun(environment, branch))
                        .flatMap(Optional::stream)
                        .anyMatch(latest -> recorded.stream().noneMatch(run -> isSame(run, latest)))
                || recorded.stream().anyMatch(run -> isDatedBeforeOthers(run, store));
        return isInside ? snapshots.newestByRecording(recorded) : Optional.empty();
    }

    /** Whether only dates order a run, and others have later ones. */
    private static boolean isDatedBeforeOthers(RunInfo run, RunStore store) {
        return run.header().revision().position().isEmpty()
                && store
                        .runs(RunQuery.all()
                                .inEnvironment(run.header().environment().key())
                                .onBranch(run.header().revision().branch()))
                        .stream()
                        .anyMatch(other -> other.time().isAfter(run.time()) && !isSame(run, other));
    }

    private static boolean isSame(RunInfo run, RunInfo other) {
        String commit = Revision.committed(run.header().revision().commit());
        return run.id().equals(other.id())
                || !commit.isEmpty()
                        && commit.equals(
                                Revision.committed(other.header().revision().commit()));
    }

    /**
     * The history of a branch; its newest runs in each environment are judged where they are compared with another
     * branch.
     *
     * @throws IOException if the repository's files cannot be read
     */
    public static BranchHistory of(String branch, RunStore store, Snapshots snapshots, Policies policies)
            throws IOException {
        Optional<NewestByRecording> newest = newestByRecording(branch, store, snapshots);
        if (branch.equals(snapshots.baseBranch())) {
            return alone(branch, snapshots, newest, store);
        }
        RunSelector selector = new RunSelector(store);
        Set<String> environments = store.runs(RunQuery.all().onBranch(branch)).stream()
                .map(run -> run.header().environment().key())
                .collect(Collectors.toSet());
        Map<List<RunInfo>, JoinedBranch> byRuns = new HashMap<>();
        List<Judgement> judgements = new ArrayList<>();
        Map<String, JoinedBranch> joined = new HashMap<>();
        List<AcceptedPoint> taken = new ArrayList<>();
        Optional<String> base = Optional.empty();
        for (String environment : environments) {
            if (!snapshots.reference(environment, branch).equals(branch)) {
                base = Optional.of(snapshots.baseBranch());
                List<RunInfo> runs = selector.newestOn(branch, environment);
                if (!byRuns.containsKey(runs)) {
                    Snapshot snapshot = snapshots.of(runs);
                    Judgement judgement = snapshots.judge(snapshot, policies);
                    JoinedBranch one = new JoinedBranch(snapshot, judgement, policies);
                    judgements.add(judgement);
                    taken.addAll(one.taken());
                    byRuns.put(runs, one);
                }
                joined.put(environment, byRuns.get(runs));
            }
        }
        return base.map(name -> new BranchHistory(
                        branch,
                        snapshots,
                        Optional.of(name),
                        joined,
                        judgements,
                        snapshots
                                .annotations()
                                .joined(branch, name, timeline(branch, name, byRuns.values(), newest, store), taken),
                        newest,
                        DroppedRuns.NONE))
                .orElseGet(() -> alone(branch, snapshots, newest, store));
    }

    String branch() {
        return branch;
    }

    Snapshots snapshots() {
        return snapshots;
    }

    /** The branch with whose history it begins; empty where it is as it is stored. */
    public Optional<String> base() {
        return base;
    }

    /** The annotations for {@linkplain #of its series}. */
    public Annotations annotations() {
        return annotations;
    }

    /** The judgements of its newest runs; none where it is as it is stored. */
    List<Judgement> judgements() {
        return judgements;
    }

    /**
     * A stored series of the branch, whole, with what it begins with, in the order in which checks judge it. Commits
     * that were taken away from the branch are left out.
     */
    public Series of(Series own) {
        JoinedBranch one = joined.get(own.key().environment());
        return one == null
                ? annotations.withoutDropped(
                        gone.without(newest.map(known -> known.of(own)).orElse(own), annotations))
                : one.of(own);
    }

    /** The analysis of a whole series of it; changes that began on the other branch have their size there. */
    public SeriesAnalysis sized(SeriesAnalysis analysis, Series whole) {
        JoinedBranch one = joined.get(whole.key().environment());
        return one == null ? analysis : one.sized(analysis, whole, snapshots.annotations());
    }

    /**
     * The regression that is already open on the other branch, that the newest run still shows, and that a whole series
     * does not confirm.
     */
    public Optional<CalledRegression> called(SeriesAnalysis analysis, Series whole) {
        return Optional.ofNullable(joined.get(whole.key().environment()))
                .flatMap(one -> one.called(whole, analysis.confirmed()));
    }

    /** Whether its series are those that are stored, in their order. */
    public boolean isAsStored() {
        return base.isEmpty() && newest.isEmpty() && gone.areNone() && !annotations.isAnyDropped();
    }

    /**
     * The runs that checks judge as its newest although others have later dates; empty where dates and checks agree.
     */
    public Optional<NewestByRecording> newest() {
        return newest;
    }

    /** Whether a run is of the branch itself, and not of what it begins with. */
    boolean isOwn(RunInfo run) {
        return base.isEmpty() || run.header().revision().branch().equals(branch);
    }

    /** The revisions of its series, those that it begins with first. */
    Timeline timeline() {
        return annotations.timeline(branch);
    }

    private static Timeline timeline(
            String branch,
            String base,
            Collection<JoinedBranch> joined,
            Optional<NewestByRecording> newest,
            RunStore store) {
        Set<String> ids = new HashSet<>();
        joined.forEach(one -> ids.addAll(one.runs()));
        List<RunInfo> runs = new ArrayList<>();
        store.runs(RunQuery.all().onBranch(base)).stream()
                .filter(run -> ids.contains(run.id()))
                .forEach(runs::add);
        runs.addAll(ordered(newest, store.runs(RunQuery.all().onBranch(branch))));
        return Timeline.of(runs);
    }
}
