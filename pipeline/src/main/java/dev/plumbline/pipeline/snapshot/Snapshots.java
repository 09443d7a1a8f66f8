package dev.plumbline.pipeline.snapshot;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.CopiedNumbers;
import dev.plumbline.core.gate.FixedRule;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateReason;
import dev.plumbline.core.gate.UnitFactor;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.Judgement;
import dev.plumbline.core.judge.Milestone;
import dev.plumbline.core.judge.Note;
import dev.plumbline.core.judge.Snapshot;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.NearRevision;
import dev.plumbline.pipeline.repository.NewestByRecording;
import dev.plumbline.pipeline.repository.RunOrder;
import dev.plumbline.pipeline.snapshot.annotation.FixedAcceptances;
import dev.plumbline.pipeline.snapshot.annotation.RecordedAnnotations;
import dev.plumbline.pipeline.snapshot.branch.DroppedRuns;
import dev.plumbline.pipeline.snapshot.branch.RunsElsewhere;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.NoteWords;
import dev.plumbline.report.note.CheckNotes;
import dev.plumbline.report.note.OrderNotes;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Reads the input of a judgement of stored runs: the same runs give the same input. Nothing is written.
 *
 * <p>Runs that a check has judged before are seen as that check saw them: points that it, or a later one, called
 * parts of the same change are not held against them.
 */
public final class Snapshots {
    /** A benchmark is expected in a run when at least half of this number of earlier runs had it. */
    public static final int RECENT_COMMITS = 5;

    private final Workspace workspace;
    private final RunStore store;
    private final String baseBranch;
    private final Optional<BaselineSource.Found> established;
    private final Annotations annotations;
    private final Map<String, Optional<Fork>> forks = new HashMap<>();
    private final Map<String, Optional<Set<String>>> ancestorsOf = new HashMap<>();
    private final Map<List<String>, DroppedRuns> dropped = new HashMap<>();
    private Optional<RunOrder> order = Optional.empty();
    private DroppedRuns.Counts gone = DroppedRuns.Counts.NONE;

    private Snapshots(
            Workspace workspace,
            RunStore store,
            String baseBranch,
            Optional<BaselineSource.Found> established,
            Annotations annotations) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.store = requireNonNull(store, "store");
        this.baseBranch = requireNonNull(baseBranch, "baseBranch");
        this.established = requireNonNull(established, "established");
        this.annotations = requireNonNull(annotations, "annotations");
    }

    /**
     * The snapshots of a history.
     *
     * @param baseBranch whose history is the reference; when empty, the CI service's target branch, else the main
     *     branch
     * @param baseline established baselines to judge against, as in {@link BaselineSource#wanted}
     * @throws IOException if the baselines are not there, or the repository's files cannot be read
     */
    public static Snapshots of(
            Workspace workspace, RunStore store, Optional<String> baseBranch, Optional<String> baseline)
            throws IOException {
        return of(
                workspace,
                store,
                baseBranch,
                BaselineSource.wanted(workspace, store, baseline),
                RecordedAnnotations.of(workspace, store));
    }

    public static Snapshots of(
            Workspace workspace,
            RunStore store,
            Optional<String> baseBranch,
            Optional<BaselineSource.Found> established,
            Annotations annotations) {
        return new Snapshots(
                workspace, store, baseBranch.orElseGet(() -> workspace.baseBranch(store)), established, annotations);
    }

    /**
     * Checks that the reference exists since which small losses are added up; a check only notes one that is unknown.
     *
     * @throws IOException if there cannot be: its baselines are not there, or it is a day or an age that does not exist
     */
    public static void checkReference(Workspace workspace, RunStore store) throws IOException {
        Optional<String> text = milestoneText(workspace);
        if (text.isPresent()) {
            FindMilestone.check(text.get(), workspace, store);
        }
    }

    /** As the configuration asks for. */
    public static Snapshots configured(Workspace workspace, RunStore store) throws IOException {
        return of(
                workspace,
                store,
                Optional.empty(),
                workspace.configuration().baseline().use().value());
    }

    public Annotations annotations() {
        return annotations;
    }

    /** The branch whose history is the reference. */
    String baseBranch() {
        return baseBranch;
    }

    public Optional<BaselineSource.Found> established() {
        return established;
    }

    public Judgement judge(List<RunInfo> runs, Policies policies) throws IOException {
        return judge(of(runs), policies);
    }

    /** The judgement of a snapshot, completed with facts from the history and from git. */
    public Judgement judge(Snapshot snapshot, Policies policies) {
        Judge judge = new Judge(policies);
        RunSelector selector = new RunSelector(store);
        Judgement judgement = new OpenOnBase(
                        store,
                        environment -> selector.newestOn(baseBranch, environment),
                        runs -> judge.judge(stored(runs)))
                .described(judge.judge(snapshot));
        if (established.isEmpty()) {
            judgement = baseElsewhere(snapshot.runs()).reported(judgement);
        }
        judgement = NearestEnvironments.reported(judgement, established, store);
        judgement = droppedBefore(snapshot.runs().get(0)).dated(judgement, snapshot.extended());
        return isForkUnknown(snapshot) ? judgement.withUnknownFork() : judgement;
    }

    /** The same, with what people accepted of what a fixed limit fails. */
    public Judgement judge(Snapshot snapshot, Policies policies, Optional<FixedRule> rule) {
        return FixedAcceptances.in(judge(snapshot, policies), rule, snapshot.annotations());
    }

    /** The snapshot of runs of another branch, which leaves what was read of the runs in question. */
    private Snapshot stored(List<RunInfo> runs) {
        Optional<RunOrder> known = order;
        DroppedRuns.Counts before = gone;
        try {
            return of(runs);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the runs of " + baseBranch, e);
        } finally {
            order = known;
            gone = before;
        }
    }

    /** @param runs of one branch and one revision, in any environments; at least one */
    public Snapshot of(List<RunInfo> runs) throws IOException {
        Set<String> ids = runs.stream().map(RunInfo::id).collect(toSet());
        order = Optional.of(orderOf(runs));
        return of(
                runs,
                new AsChecked(store).of(RunsElsewhere.joined(order(runs).series(), runs, store), ids),
                new Elsewhere(store)::of);
    }

    /** The runs of the branch of a run that it no longer has; none where it is held against another branch. */
    private DroppedRuns droppedBefore(RunInfo run) {
        Revision revision = run.header().revision();
        return established.isPresent()
                        || !reference(run.header().environment().key(), revision.branch())
                                .equals(revision.branch())
                ? DroppedRuns.NONE
                : dropped(revision.branch(), Revision.committed(revision.commit()));
    }

    /** The runs of a branch that it no longer has, as its newest recorded run sees it. */
    DroppedRuns droppedOn(String branch) {
        return new RunSelector(store)
                .recordedLastOn(branch).stream()
                        .findFirst()
                        .map(this::droppedBefore)
                        .orElse(DroppedRuns.NONE);
    }

    /** @param head from which the branch is seen */
    private DroppedRuns dropped(String branch, String head) {
        return dropped.computeIfAbsent(
                List.of(branch, head),
                key -> DroppedRuns.of(
                        branch,
                        head,
                        store.runs(RunQuery.all().onBranch(branch)),
                        workspace.configuration().policy().minimumRuns().value(),
                        new Git(workspace.directory())));
    }

    /** The order of the runs in the series that they extend; read once for as long as the same runs are requested. */
    private RunOrder order(List<RunInfo> runs) {
        if (order.filter(one -> one.runs().equals(runs)).isEmpty()) {
            order = Optional.of(orderOf(runs));
        }
        return order.get();
    }

    /** The runs that checks judge as newest although other runs have later dates. */
    Optional<NewestByRecording> newestByRecording(List<RunInfo> runs) {
        return readOrder(runs, storedSeries(runs)).newestByRecording();
    }

    private List<Series> storedSeries(List<RunInfo> runs) {
        return store.seriesOf(runs.stream().map(RunInfo::id).collect(toSet()));
    }

    /** The order of what the branch still has. */
    private RunOrder orderOf(List<RunInfo> runs) {
        List<Series> stored = storedSeries(runs);
        DroppedRuns dropping = droppedBefore(runs.get(0));
        Annotations judging = annotations.judging(runs.get(0));
        List<Series> kept =
                stored.stream().map(one -> dropping.without(one, judging)).toList();
        gone = dropping.counts(stored, kept);
        return readOrder(runs, kept);
    }

    private RunOrder readOrder(List<RunInfo> runs, List<Series> series) {
        String own = runs.get(0).header().revision().branch();
        Map<String, String> branches = new HashMap<>();
        return RunOrder.of(
                runs,
                series,
                one -> branches.computeIfAbsent(one.key().environment(), key -> reference(key, own))
                        .equals(own),
                workspace.configuration().policy().minimumRuns().value(),
                store,
                new Git(workspace.directory()));
    }

    /** The branch whose history runs of another one are held against in an environment. */
    String reference(String environment, String own) {
        boolean isBaseKnown = own.equals(baseBranch)
                || !store.runs(RunQuery.all()
                                .inEnvironment(environment)
                                .onBranch(baseBranch)
                                .newest(1))
                        .isEmpty();
        return isBaseKnown ? baseBranch : own;
    }

    /**
     * The snapshot of the run that comes after those and measures the same: it includes their detected regressions.
     *
     * @param whole series, some of which are extended by the runs, with all points
     */
    Snapshot after(List<RunInfo> runs, List<Series> whole) throws IOException {
        Set<String> ids = runs.stream().map(RunInfo::id).collect(toSet());
        RunHeader first = runs.get(0).header();
        List<Series> extended = whole.stream()
                .filter(series ->
                        series.key().environment().equals(first.environment().key())
                                && series.key().branch().equals(first.revision().branch())
                                && series.points().stream()
                                        .anyMatch(point ->
                                                ids.contains(point.run().id())))
                .toList();
        return of(runs, extended, key -> List.of());
    }

    private Snapshot of(List<RunInfo> runs, List<Series> extended, Function<SeriesKey, List<String>> elsewhere)
            throws IOException {
        Set<String> ids = runs.stream().map(RunInfo::id).collect(toSet());
        Map<String, Snapshot.EnvironmentHistory> environments = new LinkedHashMap<>();
        Optional<Fork> shared = fork(runs.get(0));
        for (RunInfo run : runs) {
            String environment = run.header().environment().key();
            if (!environments.containsKey(environment)) {
                environments.put(environment, history(run, ids, shared, extended));
            }
        }
        Optional<String> since = milestoneText(workspace);
        Annotations judging = annotations.judging(runs.get(0));
        DroppedRuns without = droppedBefore(runs.get(0));
        return new Snapshot(
                runs,
                extended.stream()
                        .map(one -> without.without(one, judging))
                        .map(annotations::withLapsed)
                        .map(judging::withoutDropped)
                        .toList(),
                environments,
                new Snapshot.Reference(
                        baseBranch,
                        established.map(BaselineSource.Found::version),
                        since.isPresent()
                                ? FindMilestone.of(since.get(), runs.get(0), workspace, store)
                                : Optional.empty()),
                judging,
                store.checkedRuns(),
                elsewhere,
                store.reruns() == Reruns.POOL,
                store::series);
    }

    /** Since when losses are added up, as configured. */
    private static Optional<String> milestoneText(Workspace workspace) {
        return workspace.configuration().cumulative().value().filter(text -> !text.equals("none"));
    }

    /** @param extended the series that the runs extend, in any environment */
    private Snapshot.EnvironmentHistory history(
            RunInfo run, Set<String> ids, Optional<Fork> fork, List<Series> extended) {
        Optional<Set<String>> shared = fork.map(Fork::shared);
        String environment = run.header().environment().key();
        String own = run.header().revision().branch();
        boolean isOnBase = own.equals(baseBranch);
        String branch = reference(environment, own);
        Optional<List<Series>> base = branch.equals(own)
                ? Optional.empty()
                : Optional.of(store
                        .series(SeriesQuery.all().inEnvironment(environment).onBranch(baseBranch))
                        .stream()
                        .map(onBase(environment, fork))
                        .map(annotations::withLapsed)
                        .toList());
        Optional<Predicate<RunInfo>> isShared = isOnBase
                ? Optional.empty()
                : Optional.of(shared.<Predicate<RunInfo>>map(commits -> candidate ->
                                commits.contains(candidate.header().revision().commit()))
                        .orElseGet(() -> byTime(run)));
        return new Snapshot.EnvironmentHistory(
                branch,
                base,
                isShared,
                base.isEmpty() || fork.isEmpty() ? none -> false : behindUnmeasured(fork.get(), environment),
                recent(run, branch, isShared, ids),
                base.isEmpty() ? candidate -> true : behind(run, shared),
                this::hadBehind,
                () -> former(run, extended));
    }

    /** The series of a run's branch that the runs in question do not extend, of the benchmarks that they have. */
    private List<Series> former(RunInfo run, List<Series> extended) {
        String environment = run.header().environment().key();
        Set<SeriesKey> keys = extended.stream().map(Series::key).collect(toSet());
        Set<Benchmark> measured = keys.stream()
                .filter(key -> key.environment().equals(environment))
                .map(SeriesKey::benchmark)
                .collect(toSet());
        DroppedRuns none = droppedBefore(run);
        Annotations judging = annotations.judging(run);
        return store
                .keys(SeriesQuery.all()
                        .inEnvironment(environment)
                        .onBranch(run.header().revision().branch()))
                .stream()
                .filter(key -> measured.contains(key.benchmark()) && !keys.contains(key))
                .flatMap(key -> store.series(key).stream())
                .map(series -> none.without(series, judging))
                .toList();
    }

    /** The series of the base branch without what it no longer has. */
    private UnaryOperator<Series> onBase(String environment, Optional<Fork> fork) {
        DroppedRuns none = droppedUpTo(fork);
        return none.areNone()
                ? UnaryOperator.identity()
                : runs(environment, baseBranch).stream()
                        .filter(run -> !none.contains(run))
                        .reduce((earlier, later) -> later)
                        .map(annotations::judging)
                        .<UnaryOperator<Series>>map(known -> series -> none.without(series, known))
                        .orElse(UnaryOperator.identity());
    }

    /** The runs that the base branch no longer has, as a branch that left it sees it. */
    private DroppedRuns droppedUpTo(Optional<Fork> fork) {
        return fork.map(known -> dropped(baseBranch, known.commit())).orElse(DroppedRuns.NONE);
    }

    /**
     * Whether runs of a branch have a commit that leads to that of its newest run and does not belong to the base
     * branch. Where git does not know, they have.
     */
    private Predicate<RunInfo> behind(RunInfo run, Optional<Set<String>> shared) {
        String commit = Revision.committed(run.header().revision().commit());
        Optional<Set<String>> ancestors = commit.isEmpty() || shared.isEmpty() ? Optional.empty() : ancestors(commit);
        return candidate -> {
            String one = Revision.committed(candidate.header().revision().commit());
            return ancestors.isEmpty()
                    || ancestors.get().contains(one) && !shared.orElseThrow().contains(one);
        };
    }

    /** The commits behind one, itself included; empty where git does not know. */
    private Optional<Set<String>> ancestors(String commit) {
        return ancestorsOf.computeIfAbsent(commit, new Git(workspace.directory())::ancestors);
    }

    /** Whether the commit of a run leads to that of another one, earlier. Where git does not know, it does. */
    private boolean hadBehind(RunInfo run, RunInfo earlier) {
        String commit = Revision.committed(run.header().revision().commit());
        return commit.isEmpty()
                || ancestors(commit)
                        .map(all -> all.contains(
                                Revision.committed(earlier.header().revision().commit())))
                        .orElse(true);
    }

    /**
     * Where a branch left the base branch.
     *
     * @param commit the newest one that both have
     * @param shared every commit that both have
     */
    private record Fork(String commit, Set<String> shared) {}

    /**
     * Whether runs are of the first measured commit of the base branch behind unmeasured ones that another branch has
     * as well.
     */
    private Predicate<RunInfo> behindUnmeasured(Fork fork, String environment) {
        DroppedRuns none = droppedUpTo(Optional.of(fork));
        List<String> measured = runs(environment, baseBranch).stream()
                .filter(run -> !none.contains(run))
                .map(run -> Revision.committed(run.header().revision().commit()))
                .filter(commit -> !commit.isEmpty())
                .toList();
        int behind = measured.size();
        while (behind > 0 && !fork.shared.contains(measured.get(behind - 1))) {
            behind--;
        }
        if (behind == 0 || behind == measured.size() || measured.get(behind - 1).equals(fork.commit)) {
            return run -> false;
        }
        String first = measured.get(behind);
        return run -> Revision.committed(run.header().revision().commit()).equals(first);
    }

    /** Where the branch of a run left the base branch; empty where it is that one or git does not know. */
    private Optional<Fork> fork(RunInfo run) {
        String commit = Revision.committed(run.header().revision().commit());
        return run.header().revision().branch().equals(baseBranch) || commit.isEmpty()
                ? Optional.empty()
                : forks.computeIfAbsent(commit, known -> {
                    Git git = new Git(workspace.directory());
                    return git.mergeBase(known, baseBranch)
                            .flatMap(base -> git.ancestors(base).map(all -> new Fork(base, all)));
                });
    }

    /** Without git the branch began with its first run in the history. */
    private Predicate<RunInfo> byTime(RunInfo run) {
        Instant first = store
                .runs(RunQuery.all()
                        .inEnvironment(run.header().environment().key())
                        .onBranch(run.header().revision().branch()))
                .stream()
                .map(RunInfo::time)
                .min(Instant::compareTo)
                .orElseGet(run::time);
        return candidate -> !candidate.time().isAfter(first);
    }

    /**
     * The contents of the newest commits behind the runs in question: those of the base branch before the branch began,
     * so that later additions to it are not expected; where there is none, those of their own branch. Runs of one
     * commit count once, and those of the judged one not at all: however often a commit is checked, what it lacks is
     * missing.
     */
    private List<Snapshot.Contents> recent(
            RunInfo run, String branch, Optional<Predicate<RunInfo>> isShared, Set<String> ids) {
        String environment = run.header().environment().key();
        String own = run.header().revision().branch();
        List<RunInfo> behind = branch.equals(own)
                ? List.of()
                : runs(environment, branch).stream()
                        .filter(isShared.orElse(any -> true))
                        .toList();
        if (behind.isEmpty()) {
            DroppedRuns none = droppedBefore(run);
            behind = before(
                    ids,
                    runs(environment, own).stream()
                            .filter(one -> !none.contains(one))
                            .toList());
        }
        return Snapshot.Contents.newest(behind, run, RECENT_COMMITS, store::keysOf);
    }

    private List<RunInfo> runs(String environment, String branch) {
        return store.runs(RunQuery.all().inEnvironment(environment).onBranch(branch));
    }

    /** The runs of a branch before the first of those in question; all where none of those is there. */
    private static List<RunInfo> before(Set<String> ids, List<RunInfo> runs) {
        int end = 0;
        while (end < runs.size() && !ids.contains(runs.get(end).id())) {
            end++;
        }
        return runs.subList(0, end);
    }

    /** The environments that have a benchmark and metric; the history is queried once, and only on demand. */
    private static final class Elsewhere {
        private record Name(Benchmark benchmark, String metric) {}

        private final RunStore store;
        private Map<Name, List<String>> environments = Map.of();

        Elsewhere(RunStore store) {
            this.store = store;
        }

        List<String> of(SeriesKey key) {
            if (environments.isEmpty()) {
                environments = new HashMap<>();
                for (SeriesKey one : store.keys(SeriesQuery.all())) {
                    List<String> known = environments.computeIfAbsent(
                            new Name(one.benchmark(), one.metric()), name -> new ArrayList<>());
                    if (!known.contains(one.environment())) {
                        known.add(one.environment());
                    }
                }
            }
            return environments.getOrDefault(new Name(key.benchmark(), key.metric()), List.of());
        }
    }

    /**
     * The notes on how the runs were judged.
     *
     * @param unjudged losses that have a note already; nothing else is reported of these series
     */
    public List<String> notes(Snapshot snapshot, Judgement judgement, List<Note.UnjudgedLoss> unjudged) {
        List<String> notes = new ArrayList<>(NoteWords.of(
                Stream.concat(judgement.notes().stream(), unjudged.stream()).toList(),
                judgement.findings(),
                baseBranch,
                snapshot.reference().milestone().map(Milestone::label).orElse("")));
        if (established.isEmpty()) {
            order(snapshot.runs()).note().ifPresent(notes::add);
            if (gone.leftOut() > 0) {
                notes.add(OrderNotes.leftOut(gone.leftOut()));
            }
            if (gone.kept() > 0) {
                notes.add(OrderNotes.keptForReference(gone.kept()));
            }
            if (gone.unsure() > 0) {
                notes.add(OrderNotes.perhapsDropped(gone.unsure()));
            }
            unknownFork(snapshot, judgement).ifPresent(notes::add);
            unknownCommits(snapshot)
                    .filter(none -> !order(snapshot.runs()).isShallowTold())
                    .ifPresent(notes::add);
        }
        if (snapshot.reference().milestone().isEmpty()) {
            milestoneText(workspace)
                    .ifPresent(text -> notes.add(CheckNotes.noMilestone(
                            text,
                            text.equals(FindMilestone.RELEASE),
                            NearRevision.hint(text, new Git(workspace.directory())))));
        }
        RunInfo run = snapshot.runs().get(0);
        if (!judgement.missing().isEmpty()
                && !snapshot.branch().equals(baseBranch)
                && !run.header().revision().commit().isEmpty()
                && fork(run).isEmpty()
                && !isForkUnknown(snapshot)) {
            notes.add(OrderNotes.expectedOfBranch(snapshot.branch(), baseBranch));
        }
        return notes;
    }

    /** The note that a shallow clone hides where the branch began; empty where it does not. */
    private Optional<String> unknownFork(Snapshot snapshot, Judgement judgement) {
        return isForkUnknown(snapshot)
                ? Optional.of(OrderNotes.unknownFork(
                        snapshot.branch(), baseBranch, !judgement.missing().isEmpty()))
                : Optional.empty();
    }

    /** A note on the part of the history that a shallow clone of a branch lacks. */
    private Optional<String> unknownCommits(Snapshot snapshot) {
        RunInfo first = snapshot.runs().get(0);
        Git git = new Git(workspace.directory());
        boolean isOnItsOwn = snapshot.environments().values().stream()
                .allMatch(history -> history.base().isEmpty());
        if (!isOnItsOwn || !first.header().revision().isKnown() || !git.isShallow()) {
            return Optional.empty();
        }
        Set<String> newest = newestCommits(snapshot);
        Set<String> known = git.ancestors(
                        Revision.committed(first.header().revision().commit()))
                .orElse(Set.of());
        long lacking = newest.stream().filter(commit -> !known.contains(commit)).count();
        return lacking == 0 ? Optional.empty() : Optional.of(OrderNotes.lackingCommits(lacking, newest.size()));
    }

    /** The commits before the judged one that were measured last in any of the series. */
    private static Set<String> newestCommits(Snapshot snapshot) {
        String own =
                Revision.committed(snapshot.runs().get(0).header().revision().commit());
        Set<String> newest = new LinkedHashSet<>();
        for (Series series : snapshot.extended()) {
            List<String> commits = series.points().stream()
                    .map(point ->
                            Revision.committed(point.run().header().revision().commit()))
                    .filter(commit -> !commit.isEmpty() && !commit.equals(own))
                    .distinct()
                    .toList();
            newest.addAll(commits.subList(Math.max(0, commits.size() - RECENT_COMMITS), commits.size()));
        }
        return newest;
    }

    /** Whether a shallow clone hides where the branch left the one that it is judged against. */
    private boolean isForkUnknown(Snapshot snapshot) {
        RunInfo first = snapshot.runs().get(0);
        boolean isOnAnother = snapshot.environments().values().stream()
                .anyMatch(history -> history.base().isPresent());
        return isOnAnother
                && first.header().revision().isKnown()
                && fork(first).isEmpty()
                && new Git(workspace.directory()).isShallow();
    }

    private BaseElsewhere baseElsewhere(List<RunInfo> runs) {
        return new BaseElsewhere(runs, baseBranch, store);
    }

    /** Whether runs of another branch were judged by that alone, though the base branch has the same elsewhere. */
    public boolean isOwnAlone(Judgement judgement) {
        return established.isEmpty() && baseElsewhere(judgement.runs()).isOfAny(judgement.findings());
    }

    /**
     * The decision about runs, held where their numbers are copied, where they are inside the history and too few runs
     * are before them, where the base branch has nothing that they can be compared with, and where they moved by the
     * factor between two units.
     */
    public GateDecision held(GateDecision decided, Judgement judgement, GatePolicy policy) {
        return held(decided, judgement, policy, copied(judgement, policy));
    }

    /** Whether nothing can be decided of runs, because they are inside the history and too few runs are before them. */
    public boolean isTooEarly(Judgement judgement) {
        return established.isEmpty()
                && order(judgement.runs()).holds(judgement.findings()).isPresent();
    }

    /** The same where it is known whether the numbers are copied: asking reads the store. */
    public GateDecision held(GateDecision found, Judgement judgement, GatePolicy policy, Optional<RunInfo> copied) {
        GateDecision decided = found.state() == GateDecision.State.OPEN
                ? UnitFactor.of(judgement)
                        .map(factor -> found.with(new GateReason(
                                GatePolicy.Effect.HOLD, GateReason.Kind.UNKNOWN, "", "", new Cause.OtherUnit(factor))))
                        .orElse(found)
                : found;
        GateDecision gate = copied.map(run -> decided.with(
                        new GateReason(policy.onCopied(), GateReason.Kind.COPIED, "", "", new Cause.Copied(run))))
                .or(() -> copiedAmong(judgement, policy)
                        .map(cause -> decided.with(
                                new GateReason(policy.onCopied(), GateReason.Kind.UNKNOWN, "", "", cause))))
                .orElse(decided);
        if (established.isPresent()) {
            return gate;
        }
        Optional<Cause> early = order(judgement.runs()).holds(judgement.findings());
        GateDecision inOrder = early.map(cause ->
                        gate.with(new GateReason(GatePolicy.Effect.HOLD, GateReason.Kind.UNKNOWN, "", "", cause)))
                .orElseGet(() -> new YoungEnvironments(baseBranch, store).weighed(gate, judgement, policy));
        return baseElsewhere(judgement.runs()).held(inOrder, judgement, policy);
    }

    /** The earlier run whose numbers all of these runs have, where that is no chance and the gate does not pass it. */
    public Optional<RunInfo> copied(Judgement judgement, GatePolicy policy) {
        if (policy.onCopied() == GatePolicy.Effect.PASS) {
            return Optional.empty(); // not asked for: it reads the store
        }
        List<Optional<RunInfo>> sources =
                judgement.runs().stream().map(run -> store.copiedFrom(run.id())).toList();
        return !sources.isEmpty()
                        && sources.stream().allMatch(Optional::isPresent)
                        && CopiedNumbers.areCertain(judgement.trials())
                ? sources.get(0)
                : Optional.empty();
    }

    /**
     * The cause where some of several runs of one commit are copies, which would outvote those that measured something.
     */
    private Optional<Cause> copiedAmong(Judgement judgement, GatePolicy policy) {
        if (policy.onCopied() == GatePolicy.Effect.PASS) {
            return Optional.empty();
        }
        // those that were recorded before this check too
        Set<RunInfo> together = judgement.trials().stream()
                .flatMap(trial -> trial.candidate().stream())
                .map(Point::run)
                .collect(toCollection(LinkedHashSet::new));
        if (together.size() < 2) {
            return Optional.empty();
        }
        Map<RunInfo, RunInfo> sources = new LinkedHashMap<>();
        for (RunInfo run : together) {
            store.copiedFrom(run.id()).ifPresent(source -> sources.put(run, source));
        }
        return !sources.isEmpty() && sources.size() < together.size() && CopiedNumbers.areCertain(judgement.trials())
                ? Optional.of(new Cause.CopiedAmong(
                        List.copyOf(sources.keySet()),
                        sources.values().iterator().next(),
                        together.size()))
                : Optional.empty();
    }

    /** The environments of the established baselines; empty without any. */
    List<Environment> environments() {
        return established.map(BaselineSource.Found::environments).orElse(List.of());
    }
}
