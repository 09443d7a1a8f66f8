package dev.plumbline.pipeline.measuring;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.compare.PairedComparison;
import dev.plumbline.core.compare.PairedTrial;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.finding.PairEvidence;
import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.gate.Cause;
import dev.plumbline.core.gate.Gate;
import dev.plumbline.core.gate.GateDecision;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.measure.BenchmarkPair;
import dev.plumbline.measure.Collected;
import dev.plumbline.measure.PairedRounds;
import dev.plumbline.measure.process.ProcessRunner;
import dev.plumbline.measure.subject.CommandSubject;
import dev.plumbline.measure.subject.Subject;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.Version;
import dev.plumbline.pipeline.check.ChangedExits;
import dev.plumbline.pipeline.check.IdleSettings;
import dev.plumbline.pipeline.check.confirm.FailureLine;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.snapshot.ContextMetrics;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.Report;
import dev.plumbline.report.answer.ChangedFirst;
import dev.plumbline.report.answer.ForkPlan;
import dev.plumbline.report.content.ContextMetric;
import dev.plumbline.report.note.IdleNotes;
import dev.plumbline.report.note.MeasuringNotes;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import dev.plumbline.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures two revisions in turn on this machine, and judges one against the other: disturbances of a shared machine
 * affect both.
 */
public final class MeasureChange {
    private final Workspace workspace;
    private final Plan plan;
    private final Policies policies;
    private final GatePolicy gatePolicy;
    private final ProcessRunner runner;
    private final Progress progress;
    private final Preparation.Listener listener;

    /**
     * The settings of a paired measurement.
     *
     * @param base the revision to judge against; when empty, where this one left the main branch
     * @param head the revision to judge
     * @param build a line for the shell that builds a checkout; empty when nothing is to be built
     * @param fewest pairs before anything is decided
     * @param most pairs of one benchmark
     * @param confirming fresh pairs that have to show a regression again
     * @param budget the time for all of it, builds counted; measuring gets half of it however long they take
     * @param limit after which one execution or build is killed
     * @param seed of the random order
     * @param record whether the history takes what was measured of the head
     * @param changedFirst whether benchmarks that the change can reach are measured to their end before the others
     * @param calibrate whether a second copy of the base is built and measured beside the two
     */
    public record Plan(
            Optional<String> base,
            String head,
            Optional<String> build,
            int fewest,
            int most,
            int confirming,
            Duration budget,
            Duration limit,
            long seed,
            boolean record,
            boolean changedFirst,
            boolean calibrate) {
        public Plan {
            requireNonNull(base, "base");
            requireNonNull(head, "head");
            requireNonNull(build, "build");
            requireNonNull(budget, "budget");
            requireNonNull(limit, "limit");
        }
    }

    public MeasureChange(
            Workspace workspace,
            Plan plan,
            Policies policies,
            GatePolicy gatePolicy,
            ProcessRunner runner,
            Progress progress,
            Preparation.Listener listener) {
        this.listener = requireNonNull(listener, "listener");
        this.workspace = requireNonNull(workspace, "workspace");
        this.plan = requireNonNull(plan, "plan");
        this.policies = requireNonNull(policies, "policies");
        this.gatePolicy = requireNonNull(gatePolicy, "gatePolicy");
        this.runner = requireNonNull(runner, "runner");
        this.progress = requireNonNull(progress, "progress");
    }

    /**
     * Measures and judges.
     *
     * @throws IOException if a revision does not exist, does not build, or nothing of it can be measured
     */
    public Report measure(Target target) throws IOException {
        Git git = new Git(workspace.directory());
        if (git.root().isEmpty()) {
            throw new IOException(workspace.directory() + ": not a git repository; plumb pr needs one");
        }
        Checkouts checkouts = new Checkouts(workspace, plan.build, plan.limit, runner, progress);
        Report report = sideBySide(target, git, checkouts);
        return checkouts.leftOut(git, plan.head).map(report::withNote).orElse(report);
    }

    private Report sideBySide(Target target, Git git, Checkouts checkouts) throws IOException {
        long begun = System.nanoTime();
        String base = baseRevision(git);
        try (Scratch scratch = Scratch.create();
                Checkout before = checkouts.open(git, base, scratch.folder(), "base");
                Checkout after = checkouts.open(git, plan.head, scratch.folder(), "head")) {
            Side baseSide = new Side(before);
            Side headSide = new Side(after);
            String against = named(base, before);
            if (before.commit().equals(after.commit())) {
                return unmeasured(against, headSide, MeasuringNotes.SAME_COMMIT);
            }
            List<String> changed = plan.changedFirst
                    ? git.changedFiles(before.commit(), after.commit()).orElse(List.of())
                    : List.of();
            Optional<String> unbuilt = failureOf(() -> checkouts.build(before, base));
            checkouts.build(after, plan.head);
            if (unbuilt.isPresent()) {
                return againstHistory(target, headSide, unbuilt.get(), scratch);
            }
            List<Path> artifacts = target.artifacts().orElse(List.of());
            if (!artifacts.isEmpty() && areSame(artifacts, before, after)) {
                return unmeasured(
                        against,
                        headSide,
                        MeasuringNotes.sameBuild(artifacts.stream()
                                .map(Path::toString)
                                .distinct()
                                .toList()));
            }
            if (!plan.calibrate) {
                Sides sides = new Sides(against, baseSide, headSide, Optional.empty());
                return measured(target, left(plan.budget, since(begun)), sides, changed, scratch);
            }
            try (Checkout twin = checkouts.open(git, before.commit(), scratch.folder(), "twin")) {
                checkouts.build(twin, base);
                Sides sides = new Sides(against, baseSide, headSide, Optional.of(twin.site()));
                return measured(target, left(plan.budget, since(begun)), sides, changed, scratch);
            }
        } catch (InterruptedException e) {
            throw new IOException("stopped before anything was measured", e);
        }
    }

    private String baseRevision(Git git) throws IOException {
        if (plan.base.isPresent()) {
            return plan.base.get();
        }
        String branch = workspace.baseBranch();
        Optional<String> fork = git.commitOf(plan.head).flatMap(commit -> git.mergeBase(commit, branch));
        if (fork.isPresent()) {
            return fork.get();
        }
        throw new IOException("unknown branch " + branch + "; give the base with --base");
    }

    /** One revision, checked out, and what was measured of it. */
    private record Side(Path root, Site site, Collected collected) {
        Side(Checkout checkout) {
            this(checkout.worktree().folder(), checkout.site(), new Collected());
        }
    }

    /**
     * The two sides to measure.
     *
     * @param name of the base, as a person gave it
     * @param twin a second copy of the base
     */
    private record Sides(String name, Side base, Side head, Optional<Site> twin) {}

    /** {@code main (9ef08a8f49)}; the commit alone where it has no other name. */
    private static String named(String base, Checkout checkout) {
        String commit = Checkouts.shown(checkout.commit());
        return checkout.commit().startsWith(base) ? commit : Checkouts.shown(base) + " (" + commit + ")";
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** The number of pairs, and whether it was enough. */
    static String reported(PairedRounds.Outcome outcome, boolean everythingKnown, int most, Duration taken) {
        if (outcome.pairs().isEmpty()) {
            return MeasuringNotes.NONE_IN_COMMON;
        }
        IntSummaryStatistics pairs =
                outcome.pairs().stream().mapToInt(Integer::intValue).summaryStatistics();
        return MeasuringNotes.pairs(
                outcome.pairs().size(),
                pairs.getMin(),
                pairs.getMax(),
                Math.max(1, Math.round(taken.toMillis() / 1000.0)),
                switch (outcome.end()) {
                    case STOPPED -> MeasuringNotes.End.STOPPED;
                    case TIME -> MeasuringNotes.End.TIME;
                    case DONE -> done(outcome, everythingKnown, pairs.getMax() >= most);
                });
    }

    private static MeasuringNotes.End done(PairedRounds.Outcome outcome, boolean everythingKnown, boolean most) {
        if (!outcome.failures().isEmpty()) {
            return MeasuringNotes.End.FAILED;
        }
        if (everythingKnown) {
            return MeasuringNotes.End.DECIDED;
        }
        return most ? MeasuringNotes.End.MAXIMUM : MeasuringNotes.End.ENOUGH;
    }

    /** The difference of the two copies of the base, over all judged series. */
    static String calibration(PairedComparison comparison, List<PairedTrial> trials) {
        List<Double> sizes = new ArrayList<>();
        List<String> apart = new ArrayList<>();
        double largest = 0;
        String where = "";
        for (PairedTrial trial : trials) {
            Optional<PairEvidence.Copies> copies = comparison.copies(trial);
            if (copies.isEmpty()) {
                continue;
            }
            String name = trial.key().benchmark().label() + " " + trial.key().metric();
            double size = Math.abs(copies.get().difference());
            sizes.add(size);
            if (size >= largest) {
                largest = size;
                where = name;
            }
            if (copies.get().apart()) {
                apart.add(name);
            }
        }
        if (sizes.isEmpty()) {
            return MeasuringNotes.NO_COPY;
        }
        double middle =
                Location.median(sizes.stream().mapToDouble(Double::doubleValue).toArray());
        return MeasuringNotes.copies(middle, sizes.size(), largest, where, apart);
    }

    private static boolean areSame(List<Path> artifacts, Checkout before, Checkout after) throws IOException {
        for (Path artifact : artifacts) {
            if (!Artifact.isSame(
                    before.site().directory().resolve(artifact),
                    after.site().directory().resolve(artifact))) {
                return false;
            }
        }
        return true;
    }

    /** The part of the budget that is left for measuring when some is spent: half of it at least. */
    static Duration left(Duration budget, Duration spent) {
        Duration half = budget.dividedBy(2);
        Duration left = budget.minus(spent);
        return left.compareTo(half) > 0 ? left : half;
    }

    /** Something done with one revision. */
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    /** The failure; empty when there was none. */
    private static Optional<String> failureOf(Step step) throws InterruptedException {
        try {
            step.run();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Report againstHistory(Target target, Side head, String why, Scratch scratch)
            throws IOException, InterruptedException {
        return new JudgeHead(workspace, policies, gatePolicy, progress)
                .judge(target, head.site, plan.budget, plan.seed, why, scratch.folder());
    }

    private Report measured(Target target, Duration budget, Sides sides, List<String> changed, Scratch scratch)
            throws IOException, InterruptedException {
        Side baseSide = sides.base;
        Side headSide = sides.head;
        long begun = System.nanoTime();
        Map<String, Subject> before = new LinkedHashMap<>();
        Optional<String> unlisted = failureOf(() -> before.putAll(byName(target.subjects(baseSide.site))));
        if (unlisted.isPresent()) {
            return againstHistory(target, headSide, unlisted.get(), scratch);
        }
        Map<String, Subject> after = byName(target.subjects(headSide.site));
        Map<String, Subject> twins = sides.twin.isPresent() ? byName(target.subjects(sides.twin.get())) : Map.of();
        Set<String> reached = plan.changedFirst ? reached(headSide, after.values(), changed, sides.name) : Set.of();
        List<BenchmarkPair> contests = new ArrayList<>();
        before.forEach((name, subject) -> {
            if (after.containsKey(name)) {
                contests.add(new BenchmarkPair(
                        name, subject, after.get(name), Optional.ofNullable(twins.get(name)), reached.contains(name)));
            }
        });
        String environment = headSide.site.header().environment().key();
        String branch = headSide.site.header().revision().branch();
        List<Missing> missing = new ArrayList<>();
        before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .forEach(name -> missing.add(Missing.benchmark(key(name, headSide))));
        List<String> notes = new ArrayList<>();
        after.keySet().stream()
                .filter(name -> !before.containsKey(name))
                .forEach(name -> notes.add(MeasuringNotes.notInBase(name)));
        planForks(contests, headSide, budget);
        PairedRounds.Outcome outcome = new PairedRounds(
                        new PairedRounds.Settings(
                                policies,
                                plan.fewest,
                                plan.most,
                                plan.confirming,
                                budget,
                                plan.seed,
                                environment,
                                branch),
                        (subject, pair, share) ->
                                progress.at("measuring " + subject + ", pair " + pair, Math.round(100 * share), 100))
                .measure(contests, baseSide.collected, headSide.collected);
        if (!contests.isEmpty() && outcome.baseless().stream().allMatch(baseless -> baseless)) {
            return againstHistory(target, headSide, outcome.failures().get(0), scratch);
        }
        // metrics that only explain a time are kept, but never fail the gate by themselves
        List<PairedTrial> judged = policies.roles().judged(outcome.trials(), PairedTrial::key).stream()
                .filter(trial -> !CommandSubject.EXPLAINING.contains(trial.key().metric()))
                .toList();
        List<Finding> findings = outcome.comparison().findings(judged);
        List<ContextMetric> context = outcome.trials().stream()
                .filter(trial -> !judged.contains(trial))
                .map(trial -> new ContextMetric(trial.key(), trial.metric().unit(), Location.median(trial.candidate())))
                .toList();
        boolean everythingKnown =
                findings.stream().noneMatch(finding -> finding.verdict() instanceof Verdict.Inconclusive);
        notes.add(reported(outcome, everythingKnown, plan.most, since(begun)));
        notes.addAll(leftOver(contests, outcome));
        if (sides.twin.isPresent()) {
            notes.add(calibration(outcome.comparison(), judged));
        }
        notes.addAll(0, IdleNotes.typedFirst(IdleSettings.notes(gatePolicy, policies, findings, this::knownSeries)));
        List<Problem> problems = new ArrayList<>(headSide.collected.problems());
        problems.addAll(ChangedExits.of(outcome.trials()));
        outcome.failures().forEach(failure -> problems.add(new Problem("measuring", FailureLine.of(failure))));
        List<Run> runs = headSide.collected.runs();
        if (plan.record && !runs.isEmpty()) {
            try (RunStore store = workspace.open()) {
                store.record(runs);
            }
        }
        for (int i = 0; i < contests.size(); i++) {
            if (outcome.pairs().get(i) == 0) {
                // it failed: not measured is not passed
                missing.add(Missing.benchmark(key(contests.get(i).name(), headSide)));
            }
        }
        return report(
                        sides.name,
                        runs,
                        findings,
                        missing,
                        new Gate(gatePolicy, Cause.Remedy.MEASURE_LONGER)
                                .decide(findings, missing, Set.of(), ContextMetrics.keys(context)),
                        problems,
                        notes)
                .withContext(context);
    }

    private void planForks(List<BenchmarkPair> contests, Side head, Duration budget) {
        try {
            ForkPlan forks = new PlanPairs(workspace, policies).plan(contests, head.site.header(), budget);
            if (!forks.rows().isEmpty()) {
                listener.planned(forks);
            }
        } catch (IOException | StoreException e) {
            listener.note(MeasuringNotes.unplanned(e.getMessage()));
        }
    }

    /** The names of those that the change can reach; where that is unknown, none comes first. */
    private Set<String> reached(Side head, Collection<Subject> subjects, List<String> changed, String base) {
        try {
            FindReached.Outcome found = new FindReached(head.root, changed).among(List.copyOf(subjects), base);
            listener.reached(found.answer());
            return found.isUseful() ? found.names() : Set.of();
        } catch (IOException e) {
            listener.note(MeasuringNotes.usualOrder(e.getMessage()));
            return Set.of();
        }
    }

    /** The benchmarks that had to wait for those that the change reaches, until there was no time for them. */
    private static List<String> leftOver(List<BenchmarkPair> contests, PairedRounds.Outcome outcome) {
        if (outcome.end() != PairedRounds.End.TIME || contests.stream().noneMatch(BenchmarkPair::first)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < contests.size(); i++) {
            if (!contests.get(i).first() && outcome.pairs().get(i) == 1) {
                names.add(contests.get(i).name());
            }
        }
        return names.isEmpty() ? List.of() : List.of(ChangedFirst.skipped(names));
    }

    /** The stored series, where there is a history and budgets need it. */
    private List<SeriesKey> knownSeries() {
        if (!workspace.hasHistory()) {
            return List.of();
        }
        try (RunStore store = workspace.open()) {
            return store.keys(SeriesQuery.all());
        }
    }

    /** The key of a benchmark without measurements, whose metrics are unknown. */
    private static SeriesKey key(String name, Side side) {
        RunHeader header = side.site.header();
        return new SeriesKey(
                Benchmark.of(name),
                CommandSubject.TIME,
                header.environment().key(),
                header.revision().branch());
    }

    private static Map<String, Subject> byName(List<Subject> subjects) {
        Map<String, Subject> byName = new LinkedHashMap<>();
        subjects.forEach(subject -> byName.putIfAbsent(subject.name(), subject));
        return byName;
    }

    private Report unmeasured(String base, Side head, String why) {
        return report(
                base,
                List.of(new Run(head.site.header(), List.of())),
                List.of(),
                List.of(),
                new GateDecision(GateDecision.State.OPEN, List.of()),
                List.of(),
                List.of(why));
    }

    private Report report(
            String base,
            List<Run> runs,
            List<Finding> findings,
            List<Missing> missing,
            GateDecision gate,
            List<Problem> problems,
            List<String> notes) {
        return new Report(
                Version.TEXT,
                Report.Kind.COMPARISON,
                runs.stream().map(run -> new RunInfo(run.id(), run.header())).toList(),
                base,
                findings,
                missing,
                gate,
                problems,
                notes,
                policies.general());
    }
}
