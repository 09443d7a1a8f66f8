package dev.plumbline.pipeline.snapshot;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.SeriesWarning;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.repository.NearRevision;
import dev.plumbline.report.note.CheckNotes;
import dev.plumbline.store.BenchmarkPattern;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects stored runs by a name, or without a name: the last recorded ones, with all suites and environments of their
 * revision. Several suites may share a history, and the one that ran last is not the only one.
 */
public final class RunSelector {
    /** The number of newest runs among which other suites are searched for. */
    private static final int LOOKED_AT = 50;

    private final RunStore store;
    private final Map<String, Set<Measured>> measured = new HashMap<>();

    /** A benchmark and metric of a run, in any environment. */
    private record Measured(Benchmark benchmark, String metric) {}

    public RunSelector(RunStore store) {
        this.store = store;
    }

    /** The runs of the revision that was recorded last; empty when the history is. */
    public List<RunInfo> recordedLast() {
        return recordedLast(run -> true);
    }

    /** The same of a branch; empty when the history has no run of it. */
    public List<RunInfo> recordedLastOn(String branch) {
        return recordedLast(run -> run.header().revision().branch().equals(branch));
    }

    private List<RunInfo> recordedLast(Predicate<RunInfo> isMeant) {
        return withItsRevision(last(store.recordedLast(isMeant)).map(List::of).orElse(List.of()));
    }

    /** The judged run among runs that came together; where none was judged, the newest of the history. */
    private Optional<RunInfo> last(List<RunInfo> together) {
        if (together.size() < 2) {
            return together.stream().findFirst();
        }
        Set<String> checked = store.checkedRuns();
        Set<String> ids = together.stream().map(RunInfo::id).collect(Collectors.toSet());
        return together.stream()
                .filter(run -> checked.contains(run.id()))
                .reduce((earlier, later) -> later)
                .or(() -> store.runs(RunQuery.all()).stream()
                        .filter(run -> ids.contains(run.id()))
                        .reduce((earlier, later) -> later));
    }

    /** The newest revision's runs; empty when the history is. */
    public List<RunInfo> newest() {
        return withItsRevision(store.runs(RunQuery.all().newest(1)));
    }

    /** The same of a branch; empty when the history has no run of it. */
    public List<RunInfo> newestOn(String branch) {
        return withItsRevision(store.runs(RunQuery.all().onBranch(branch).newest(1)));
    }

    /** The newest revision's runs that a branch has in an environment, with those in others; empty without any. */
    public List<RunInfo> newestOn(String branch, String environment) {
        return withItsRevision(
                store.latestRun(environment, branch).map(List::of).orElse(List.of()));
    }

    /**
     * The newest revision's runs of a branch up to a time, with those in other environments; empty without any.
     *
     * @param environment in which alone; in any when empty
     */
    public List<RunInfo> newestOn(String branch, Optional<String> environment, Instant until) {
        RunQuery all = environment
                .map(one -> RunQuery.all().inEnvironment(one))
                .orElse(RunQuery.all())
                .onBranch(branch);
        List<RunInfo> runs = store.runs(all).stream()
                .filter(run -> !run.time().isAfter(until))
                .toList();
        return withItsRevision(runs.subList(Math.max(0, runs.size() - 1), runs.size()));
    }

    /** The newest revision's runs of an environment, with those in others; empty when the history has no run of it. */
    public List<RunInfo> newestIn(String environment) {
        return withItsRevision(
                store.runs(RunQuery.all().inEnvironment(environment).newest(1)));
    }

    /** The newest revision's runs that have such a benchmark. */
    public List<RunInfo> newestWith(BenchmarkPattern pattern) {
        Set<String> ids = having(SeriesQuery.all().ofBenchmark(pattern).newest(1));
        List<RunInfo> having = store.runs(RunQuery.all()).stream()
                .filter(run -> ids.contains(run.id()))
                .toList();
        return having.isEmpty() ? List.of() : withItsRevision(having.subList(having.size() - 1, having.size()));
    }

    /**
     * The runs of the revision that was recorded last and has such a benchmark.
     *
     * @param branch the only branch; any if empty
     */
    public List<RunInfo> recordedLastWith(BenchmarkPattern pattern, Optional<String> branch) {
        List<RunInfo> last = recordedLast(branch);
        if (has(last, pattern)) {
            return last;
        }
        SeriesQuery all = SeriesQuery.all().ofBenchmark(pattern);
        Set<String> having = having(branch.map(all::onBranch).orElse(all));
        return having.isEmpty() ? List.of() : recordedLast(run -> having.contains(run.id()));
    }

    /** The last recorded runs of a branch, or of any when none is named; empty when the history has none. */
    public List<RunInfo> recordedLast(Optional<String> branch) {
        return branch.map(this::recordedLastOn).orElseGet(this::recordedLast);
    }

    /**
     * The revisions that may show the finding of an id: of each branch that has its commit the one that
     * was recorded last, and then that of the commit itself; none where it is no such id.
     */
    public List<List<RunInfo>> ofFinding(BenchmarkPattern pattern) {
        int dash = pattern.text().indexOf('-');
        if (dash < 0
                || store.keys(SeriesQuery.all()).stream()
                        .map(SeriesKey::benchmark)
                        .anyMatch(pattern::matches)) {
            return List.of();
        }
        String commit = pattern.text().substring(dash + 1);
        Set<String> having = having(SeriesQuery.all().ofBenchmark(pattern));
        List<RunInfo> own = store.runs(RunQuery.all()).stream()
                .filter(run -> having.contains(run.id())
                        && !run.header().revision().commit().isEmpty()
                        && Finding.shortened(run.header().revision().commit()).startsWith(commit))
                .toList();
        List<List<RunInfo>> all = new ArrayList<>();
        own.stream()
                .map(run -> run.header().revision().branch())
                .distinct()
                .forEach(branch -> all.add(recordedLast(run -> having.contains(run.id())
                        && run.header().revision().branch().equals(branch))));
        own.forEach(run -> all.add(withItsRevision(List.of(run))));
        return all.stream().distinct().toList();
    }

    /** The ids of all runs that have such a series. */
    Set<String> having(SeriesQuery query) {
        Set<String> ids = new HashSet<>();
        store.forEachSeries(query, series -> {
            series.points().forEach(point -> ids.add(point.run().id()));
            contradicting(series).ifPresent(run -> ids.add(run.id()));
        });
        return ids;
    }

    private boolean has(List<RunInfo> runs, BenchmarkPattern pattern) {
        return store.keysOf(runs.stream().map(RunInfo::id).toList()).values().stream()
                .flatMap(List::stream)
                .anyMatch(pattern::matches);
    }

    /** The first of the newest runs that measured something else under the name of the series. */
    private static Optional<RunInfo> contradicting(Series series) {
        return series.warnings().stream()
                .filter(SeriesWarning.Contradicted.class::isInstance)
                .map(warning -> ((SeriesWarning.Contradicted) warning).since())
                .findFirst();
    }

    /**
     * The runs of the commit with exactly this id; else the run whose id begins so, or the runs of the newest commit
     * whose id does; empty when there is neither.
     */
    public List<RunInfo> named(String prefix) {
        return named(prefix, Optional.empty());
    }

    /** The same among the runs of a branch. */
    public List<RunInfo> named(String prefix, Optional<String> branch) {
        RunQuery all = branch.map(RunQuery.all()::onBranch).orElse(RunQuery.all());
        List<RunInfo> ofCommit = store.runs(all.ofCommit(prefix).newest(1));
        List<RunInfo> byId = isWholeCommit(prefix, ofCommit)
                ? List.of()
                : store.runs(all.withId(prefix).newest(1));
        return byId.isEmpty() ? withItsRevision(ofCommit) : byId;
    }

    /** Whether runs are of a commit with exactly this id: revisions that are numbers may begin the id of any run. */
    public static boolean isWholeCommit(String name, List<RunInfo> runs) {
        return !runs.isEmpty()
                && runs.stream().allMatch(run -> Revision.committed(
                                run.header().revision().commit())
                        .equals(name));
    }

    /** The same, with a tag, a branch or whatever else git understands in place of an id. */
    public List<RunInfo> named(String name, Optional<String> branch, Git git) {
        List<RunInfo> runs = named(name, branch);
        return runs.isEmpty()
                ? git.commitOf(name).map(commit -> named(commit, branch)).orElse(List.of())
                : runs;
    }

    /** {@code ; did you mean 5f6a7b8?}; nothing when no commit, run, branch or tag has nearly that name. */
    public static String hint(String name, RunStore store, Git git) {
        Set<String> ids = new LinkedHashSet<>();
        List<RunInfo> runs = new ArrayList<>(store.runs(RunQuery.all()));
        Collections.reverse(runs);
        for (RunInfo run : runs) {
            Stream.of(run.header().revision().commit(), run.id())
                    .filter(id -> !id.isEmpty())
                    .forEach(ids::add);
        }
        return NearRevision.hint(name, git, ids);
    }

    /** A run and those of its revision in other environments and of other suites, the newest of each. */
    private List<RunInfo> withItsRevision(List<RunInfo> one) {
        if (one.isEmpty()
                || one.get(0).header().revision().commit().isEmpty()
                || one.get(0).header().revision().commit().endsWith(Revision.DIRTY)) {
            return one;
        }
        Revision revision = one.get(0).header().revision();
        List<RunInfo> runs = new ArrayList<>(
                store.runs(RunQuery.all().ofCommit(revision.commit()).onBranch(revision.branch())));
        runs.removeIf(run -> !run.header().revision().equals(revision));
        Collections.reverse(runs);
        List<RunInfo> taken = new ArrayList<>();
        for (RunInfo run : runs) {
            String environment = run.header().environment().key();
            if (taken.stream()
                    .filter(other -> other.header().environment().key().equals(environment))
                    .allMatch(other -> Collections.disjoint(measuredBy(other), measuredBy(run)))) {
                taken.add(run);
            }
        }
        return List.copyOf(taken);
    }

    /** The note about suites that ran lately and are not among these runs; empty when there is none. */
    public Optional<String> otherSuites(List<RunInfo> shown, String command) {
        List<RunInfo> recent = new ArrayList<>(store.runs(RunQuery.all().newest(LOOKED_AT)));
        Collections.reverse(recent);
        lookAt(recent);
        Set<Measured> known = new HashSet<>();
        shown.forEach(run -> known.addAll(measuredBy(run)));
        List<String> others = new ArrayList<>();
        for (RunInfo run : recent) {
            Set<Measured> measures = measuredBy(run);
            if (!measures.isEmpty() && Collections.disjoint(known, measures)) {
                others.add(command + " --run "
                        + run.id().substring(0, Math.min(10, run.id().length())) + " (" + described(run) + ")");
            }
            known.addAll(measures);
        }
        return others.isEmpty() ? Optional.empty() : Optional.of(CheckNotes.otherSuites(others));
    }

    private String described(RunInfo run) {
        List<String> names = store.keysOf(run.id()).stream()
                .map(key -> key.benchmark().label())
                .distinct()
                .toList();
        return names.get(0) + (names.size() > 1 ? " and " + (names.size() - 1) + " more" : "");
    }

    private Set<Measured> measuredBy(RunInfo run) {
        return measured.computeIfAbsent(run.id(), id -> measuredBy(store.keysOf(id)));
    }

    private static Set<Measured> measuredBy(List<SeriesKey> keys) {
        Set<Measured> found = new HashSet<>();
        for (SeriesKey key : keys) {
            found.add(new Measured(key.benchmark(), key.metric()));
        }
        return found;
    }

    /** Finds out at once what each of the runs measures. */
    private void lookAt(List<RunInfo> runs) {
        IdentityHashMap<List<SeriesKey>, Set<Measured>> bySuite = new IdentityHashMap<>();
        store.keysOf(runs.stream().map(RunInfo::id).toList())
                .forEach((id, keys) -> measured.put(id, bySuite.computeIfAbsent(keys, RunSelector::measuredBy)));
    }
}
