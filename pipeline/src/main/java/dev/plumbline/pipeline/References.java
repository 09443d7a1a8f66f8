package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.AcceptedLevel;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.WatchedHistory;
import dev.plumbline.core.judge.Accumulation;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Percent;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.threshold.Policies;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each series is judged against: an established baseline if one was asked for and is there, else its rolling
 * history; from the newest accepted level on, and for another branch only up to where it forked.
 */
final class References {
    /** What lies farther back says nothing of the noise of a level that was accepted. */
    private static final int MOST_BEFORE = 200;

    private final Acceptances acceptances;
    private final Triages triages;
    private final Optional<BaselineSource.Found> established;
    private final Map<SeriesKey, EstablishedBaseline> baselines = new HashMap<>();
    private final String baseBranch;
    private final Policies policies;
    private final Set<String> checked;
    private final Map<String, Fork> forks = new HashMap<>();
    private final Map<SeriesKey, Double> worse = new TreeMap<>();
    private Optional<Milestone> milestone = Optional.empty();
    private Optional<String> unknownMilestone = Optional.empty();
    private int young;
    private int without;
    private int accepted;
    private int thin;
    private int afterFork;
    private int tooShort;

    /** Where a branch left its base. */
    private interface Fork {
        /** Whether the run's revision is part of both. */
        boolean isBefore(RunInfo run);
    }

    private References(
            Acceptances acceptances,
            Triages triages,
            Optional<BaselineSource.Found> established,
            String baseBranch,
            Policies policies,
            Set<String> checked) {
        this.acceptances = requireNonNull(acceptances, "acceptances");
        this.triages = requireNonNull(triages, "triages");
        this.established = established;
        this.baseBranch = requireNonNull(baseBranch, "baseBranch");
        this.policies = requireNonNull(policies, "policies");
        this.checked = Set.copyOf(checked);
        established.ifPresent(
                found -> found.version().baselines().forEach(baseline -> baselines.put(baseline.key(), baseline)));
    }

    /**
     * What to judge against.
     *
     * @param triages false alarms among which leave no level out
     * @param established the baselines that were asked for
     * @param baseBranch the branch whose history or baselines are the reference
     * @param policies a base that keeps fewer points than it asks for up to the fork is taken whole
     * @param checked the ids of the runs that checks have judged
     */
    static References of(
            Acceptances acceptances,
            Triages triages,
            Optional<BaselineSource.Found> established,
            String baseBranch,
            Policies policies,
            Set<String> checked) {
        return new References(acceptances, triages, established, baseBranch, policies, checked);
    }

    /**
     * The same for runs of another branch, which left its base at some revision.
     *
     * @param runs of one revision, in any environments; at least one
     */
    void forkedBy(List<RunInfo> runs, Workspace workspace, RunStore store) {
        RunInfo run = runs.get(0);
        if (run.header().revision().branch().equals(baseBranch)) {
            return;
        }
        String commit = run.header().revision().commit();
        String clean = Revision.committed(commit);
        Git git = new Git(workspace.directory());
        Optional<Set<String>> shared = clean.isEmpty()
                ? Optional.empty()
                : git.mergeBase(clean, baseBranch).flatMap(git::ancestors);
        for (RunInfo each : runs) {
            forks.computeIfAbsent(each.header().environment().key(), environment -> shared.<Fork>map(
                            commits -> candidate -> commits.contains(
                                    candidate.header().revision().commit()))
                    .orElseGet(() -> byTime(each, store)));
        }
    }

    /**
     * Whether losses are added up for these runs, and since when: as the configuration says.
     *
     * @param runs of one revision, in any environments; at least one
     * @throws IOException if the baselines that the configuration names are not there
     */
    void accumulateFor(List<RunInfo> runs, Workspace workspace, RunStore store) throws IOException {
        Optional<String> wanted = workspace.configuration().cumulative().value();
        if (wanted.isEmpty() || wanted.get().equals("none")) {
            return;
        }
        milestone = Milestone.of(wanted.get(), runs.get(0), workspace, store);
        unknownMilestone = milestone.isPresent() ? Optional.empty() : wanted;
    }

    /**
     * What is asked about losses that add up.
     *
     * @param rolling the whole history of a series that the candidate extends on its own branch
     * @param candidate in the unit of that history
     */
    Optional<Accumulation.Question> accumulation(Series rolling, List<Point> candidate) {
        if (milestone.isEmpty()) {
            return Optional.empty();
        }
        List<Point> points = acceptances.sinceAnchor(rolling).points().stream()
                .filter(point -> !point.judgedBad())
                .toList();
        Milestone since = milestone.get();
        Series before = rolling.withPoints(List.of());
        List<Point> after = points;
        if (since.baseline().isPresent()) {
            Optional<EstablishedBaseline> baseline = since.baseline().get().of(rolling.key());
            if (baseline.isPresent()
                    && baseline.get().unit().equals(rolling.unit())
                    && !yields(baseline.get(), rolling)) {
                Instant last = baseline.get().last().time();
                before = baseline.get().series();
                after = points.stream()
                        .filter(point -> time(point.run()).isAfter(last))
                        .toList();
            }
        } else {
            int end = points.size();
            while (end > 0 && !since.reached().test(points.get(end - 1).run())) {
                end--;
            }
            before = rolling.withPoints(points.subList(0, end));
            after = points.subList(end, points.size());
        }
        if (before.points().size() < policies.of(rolling.key(), rolling.unit()).minimumRuns()) {
            young++;
            return Optional.empty();
        }
        return after.isEmpty()
                ? Optional.empty()
                : Optional.of(new Accumulation.Question(before, after, candidate, since.words()));
    }

    /** Whether anything is asked about losses that add up. */
    boolean accumulates() {
        return milestone.isPresent();
    }

    /** Without git the branch began with its first run in the history. */
    private static Fork byTime(RunInfo run, RunStore store) {
        Instant first = store
                .runs(RunQuery.all()
                        .inEnvironment(run.header().environment().key())
                        .onBranch(run.header().revision().branch()))
                .stream()
                .map(References::time)
                .min(Instant::compareTo)
                .orElseGet(() -> time(run));
        return candidate -> !time(candidate).isAfter(first);
    }

    private static Instant time(RunInfo run) {
        return run.header().revision().commitTime().orElse(run.header().time());
    }

    /** The history to judge against, from the whole one of the series on its base branch. */
    Series historyOf(Series rolling) {
        Series history = watched(acceptances.sinceAnchor(beforeFork(rolling)));
        if (established.isEmpty()) {
            return history;
        }
        SeriesKey key = rolling.key();
        EstablishedBaseline baseline =
                baselines.get(new SeriesKey(key.benchmark(), key.metric(), key.environment(), baseBranch));
        if (baseline == null) {
            without += history.points().isEmpty() ? 0 : 1;
            return history;
        }
        if (yields(baseline, rolling)) {
            accepted++;
            return history;
        }
        thin += isThin(baseline) ? 1 : 0;
        Series stable = baseline.series();
        int shared = shared(stable.points(), forks.get(key.environment()));
        int enough = Math.min(
                policies.of(key, rolling.unit()).minimumRuns(), stable.points().size());
        if (shared < enough && history.points().size() >= enough) {
            afterFork++;
            return history;
        }
        return calledSince(
                shared < enough ? stable : stable.withPoints(stable.points().subList(0, shared)), history);
    }

    /**
     * The points before an accepted level, from the whole history of the series on its base branch; none where the
     * series took no level that somebody accepted.
     *
     * @param history what {@link #historyOf} made of it
     */
    List<Point> before(Series rolling, Series history) {
        if (acceptances.levelOf(rolling.key()).isEmpty()
                || history.points().isEmpty()
                || !history.unit().equals(rolling.unit())) {
            return List.of();
        }
        String first = history.points().get(0).run().id();
        List<Point> points = rolling.points();
        int end = points.size() - 1;
        while (end > 0 && !points.get(end).run().id().equals(first)) {
            end--;
        }
        return points.subList(Math.max(0, end - MOST_BEFORE), Math.max(0, end));
    }

    /** How many of the points, the oldest ones, a branch has in common with its base. */
    private static int shared(List<Point> points, Fork fork) {
        int end = points.size();
        while (fork != null && end > 0 && !fork.isBefore(points.get(end - 1).run())) {
            end--;
        }
        return end;
    }

    /** Stable runs, and those that were called regressions since: they bear witness to the next one. */
    private static Series calledSince(Series stable, Series history) {
        if (!stable.unit().equals(history.unit()) || stable.points().isEmpty()) {
            return stable;
        }
        Instant last = time(stable.points().get(stable.points().size() - 1).run());
        int first = history.points().size();
        while (first > 0
                && history.points().get(first - 1).judgedBad()
                && time(history.points().get(first - 1).run()).isAfter(last)) {
            first--;
        }
        return stable.withPoints(Stream.concat(
                        stable.points().stream(),
                        history.points().subList(first, history.points().size()).stream())
                .toList());
    }

    private Series watched(Series history) {
        WatchedHistory watched = WatchedHistory.of(
                history,
                checked,
                (points, step, deviation) -> triages.isFalseAlarm(history.key(), points, step, deviation),
                policies.of(history.key(), history.unit()).margin());
        if (watched.isWorse()) {
            worse.put(history.key(), watched.change());
        }
        return watched.series() == history ? history : calledSince(watched.series(), history);
    }

    /**
     * A level that was accepted after the baseline was established takes its place, and so it does where the baseline
     * moved to it and stands on so few of its runs that nothing would be judged until it is established anew.
     */
    private boolean yields(EstablishedBaseline baseline, Series rolling) {
        Optional<String> anchor = acceptances.levelOf(rolling.key()).map(AcceptedLevel::runId);
        if (anchor.filter(baseline.first().id()::equals).isPresent()) {
            return isThin(baseline);
        }
        return anchor.isPresent()
                && baseline.runs().stream().noneMatch(run -> run.id().equals(anchor.get()))
                && rolling.points().stream()
                        .anyMatch(point -> point.run().id().equals(anchor.get())
                                && !time(point.run()).isBefore(baseline.last().time()));
    }

    private boolean isThin(EstablishedBaseline baseline) {
        return baseline.runs().size()
                < policies.of(baseline.key(), baseline.unit()).minimumRuns();
    }

    private Series beforeFork(Series rolling) {
        Fork fork = forks.get(rolling.key().environment());
        if (fork == null || !rolling.key().branch().equals(baseBranch)) {
            return rolling;
        }
        List<Point> points = rolling.points();
        int end = shared(points, fork);
        if (end < Math.min(policies.of(rolling.key(), rolling.unit()).minimumRuns(), points.size())) {
            tooShort++;
            return rolling;
        }
        return rolling.withPoints(points.subList(0, end));
    }

    /**
     * The branch whose history runs of a branch are judged against: the base branch, if it was measured in their
     * environment at all, else their own.
     */
    String historyBranch(String environment, String branch, RunStore store) {
        return branch.equals(baseBranch)
                        || store.runs(RunQuery.all()
                                        .inEnvironment(environment)
                                        .onBranch(baseBranch)
                                        .newest(1))
                                .isEmpty()
                ? branch
                : baseBranch;
    }

    /** What runs of one branch are judged against, in words; each in its own environment. */
    String words(List<RunInfo> runs, RunStore store) {
        String branch = runs.get(0).header().revision().branch();
        Map<String, List<String>> environments = new TreeMap<>();
        runs.stream()
                .map(run -> run.header().environment().key())
                .distinct()
                .sorted()
                .forEach(environment -> environments
                        .computeIfAbsent(
                                established.isPresent() ? baseBranch : historyBranch(environment, branch, store),
                                reference -> new ArrayList<>())
                        .add(environment));
        String start = established
                .map(found -> "baselines " + found.version().info().name() + ", version "
                        + found.version().info().number() + (found.isFolder() ? " (from files)" : "") + ", of ")
                .orElse("the history of ");
        return environments.entrySet().stream()
                .map(entry -> start + entry.getKey() + " in environment " + String.join(" and ", entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    /** What a reader should know of how the references were found; asked after the last {@link #historyOf}. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (without > 0) {
            notes.add((without == 1 ? "1 series has" : without + " series have") + " no baseline here and "
                    + (without == 1 ? "is" : "are") + " judged by the history");
        }
        if (accepted > 0) {
            notes.add((accepted == 1 ? "1 series is" : accepted + " series are")
                    + " judged by the history since the newest acceptance, of which the baseline has too little");
        }
        if (thin > 0) {
            notes.add((thin == 1 ? "the baseline of 1 series stands" : "the baselines of " + thin + " series stand")
                    + " on too few runs to judge against; more help once they are established anew:"
                    + " plumb baseline establish");
        }
        largestLoss().ifPresent(notes::add);
        unknownMilestone.ifPresent(text -> notes.add("losses are not added up since " + text
                + ": neither git nor the history knows "
                + (text.equals(Milestone.RELEASE) ? "a tag before this commit" : "it")));
        if (young > 0) {
            notes.add((young == 1 ? "1 series has" : young + " series have") + " too few runs up to "
                    + milestone.map(Milestone::words).orElse("") + " for losses to be added up since then");
        }
        if (afterFork > 0) {
            notes.add((afterFork == 1 ? "the baseline of 1 series is" : "the baselines of " + afterFork + " series are")
                    + " from after this branch forked; judged by the history of " + baseBranch + " up to there");
        }
        if (tooShort > 0) {
            notes.add(baseBranch + " has too few runs up to where this branch forked; "
                    + (tooShort == 1 ? "1 series is" : tooShort + " series are") + " judged against all of it");
        }
        return notes;
    }

    /** What was left out of histories since nobody accepted it; the largest loss by its name. */
    private Optional<String> largestLoss() {
        boolean one = worse.size() == 1;
        return worse.entrySet().stream()
                .max(Comparator.comparingDouble(loss -> Math.abs(loss.getValue())))
                .map(largest -> (one ? "1 series has" : worse.size() + " series have")
                        + " changed for the worse with no single run sure to show it, and nobody accepted that: "
                        + largest.getKey().benchmark().label() + " "
                        + largest.getKey().metric() + " by " + Percent.change(largest.getValue())
                        + (one ? "; it is" : " and " + (worse.size() - 1) + " more; they are")
                        + " judged against the level before: see plumb history");
    }

    /** The environments that the established baselines speak of; empty without any. */
    List<Environment> environments() {
        return established.map(BaselineSource.Found::environments).orElse(List.of());
    }

    /** The environments other than its own in which the series has an established baseline. */
    List<String> elsewhere(SeriesKey key) {
        return baselines.keySet().stream()
                .filter(other -> other.benchmark().equals(key.benchmark())
                        && other.metric().equals(key.metric())
                        && !other.environment().equals(key.environment()))
                .map(SeriesKey::environment)
                .distinct()
                .sorted()
                .toList();
    }

    /** The version that was asked for. */
    Optional<BaselineVersion> version() {
        return established.map(BaselineSource.Found::version);
    }
}
