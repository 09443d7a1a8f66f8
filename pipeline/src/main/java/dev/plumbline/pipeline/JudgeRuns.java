package dev.plumbline.pipeline;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.judge.Accumulation;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.Trial;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.threshold.Policies;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.RunQuery;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Judges stored runs of one branch against what the history had before them, each in its environment. */
final class JudgeRuns {
    /** A benchmark is expected in a run when at least half of so many runs before it had it. */
    static final int RECENT_RUNS = 5;

    private final RunStore store;
    private final Policies policies;
    private final String baseBranch;
    private final References references;

    /**
     * @param baseBranch the branch whose history is the reference
     * @param references what takes the place of that history
     */
    JudgeRuns(RunStore store, Policies policies, String baseBranch, References references) {
        this.store = store;
        this.policies = policies;
        this.baseBranch = baseBranch;
        this.references = references;
    }

    /**
     * What came out.
     *
     * @param findings one for each series that the runs extend; those whose unit cannot be converted come last
     * @param judged the points behind each finding, in the same order
     * @param missing series that recent runs had and these have not
     * @param trials what was judged, in the order of the findings; those whose unit cannot be converted have none
     */
    record Judgement(List<Finding> findings, List<List<Point>> judged, List<SeriesKey> missing, List<Trial> trials) {}

    /** @param runs of one branch and one revision, in any environments; at least one */
    Judgement judge(List<RunInfo> runs) {
        String branch = runs.get(0).header().revision().branch();
        Set<String> ids = new HashSet<>();
        runs.forEach(run -> ids.add(run.id()));
        Map<SeriesKey, Series> own = new LinkedHashMap<>();
        store.seriesOf(ids).forEach(series -> own.put(series.key(), series));

        Map<String, Optional<Map<Name, Series>>> bases = new TreeMap<>();
        runs.stream()
                .map(run -> run.header().environment().key())
                .distinct()
                .forEach(environment -> bases.put(
                        environment,
                        references.historyBranch(environment, branch, store).equals(branch)
                                ? Optional.empty()
                                : Optional.of(bases(environment))));
        List<Trial> trials = new ArrayList<>();
        List<Trial> zeros = new ArrayList<>();
        List<Optional<Accumulation.Question>> questions = new ArrayList<>();
        List<Finding> foreign = new ArrayList<>();
        Map<Name, List<String>> elsewhere = null;
        for (Series series : own.values()) {
            String environment = series.key().environment();
            Optional<Map<Name, Series>> reference = bases.getOrDefault(environment, Optional.empty());
            Split split = split(series, ids, runs);
            if (split.candidate.isEmpty()) {
                foreign.add(foreignUnit(
                        series,
                        "its unit cannot be converted to that of newer runs, " + ForeignUnit.shown(series.unit())));
                continue;
            }
            if (reference.isEmpty() && split.before.isEmpty() && series.foreign() > 0) {
                foreign.add(foreignUnit(
                        series,
                        "its unit, " + ForeignUnit.shown(series.unit()) + ", cannot be converted to that of its "
                                + (series.foreign() == 1 ? "earlier run" : series.foreign() + " earlier runs")));
                continue;
            }
            Series history = series.withPoints(split.before);
            List<Point> candidate = split.candidate;
            Optional<Accumulation.Question> question =
                    reference.isPresent() ? Optional.empty() : references.accumulation(history, candidate);
            if (reference.isPresent()) {
                Series base = reference.get().get(Name.of(series.key()));
                if (base != null && !base.unit().isComparableWith(series.unit())) {
                    foreign.add(foreignUnit(
                            series,
                            "its unit, " + ForeignUnit.shown(series.unit()) + ", cannot be converted to that of "
                                    + baseBranch + ", " + ForeignUnit.shown(base.unit())));
                    continue;
                }
                history = base == null ? series.withPoints(List.of()) : base;
            }
            Series rolling = history;
            history = references.historyOf(rolling);
            if (!history.unit().isComparableWith(series.unit())) {
                foreign.add(foreignUnit(
                        series,
                        "its unit, " + ForeignUnit.shown(series.unit())
                                + ", cannot be converted to that of its baseline, "
                                + ForeignUnit.shown(history.unit())));
                continue;
            }
            candidate = converted(candidate, series.unit(), history.unit());
            List<String> others = List.of();
            if (history.points().isEmpty()) {
                elsewhere = elsewhere == null ? environmentsByName() : elsewhere;
                others = Stream.concat(
                                elsewhere.getOrDefault(Name.of(series.key()), List.of()).stream(),
                                references.elsewhere(series.key()).stream())
                        .filter(key -> !key.equals(environment))
                        .distinct()
                        .toList();
            }
            Trial trial = new Trial(history, candidate, others, references.before(rolling, history));
            (isZeroForEver(trial) ? zeros : trials).add(trial);
            if (!isZeroForEver(trial)) {
                questions.add(question);
            }
        }
        if (trials.isEmpty()) {
            // of a suite that measured nothing else they are all there is to tell of
            trials.addAll(zeros);
            zeros.forEach(zero -> questions.add(Optional.empty()));
        }
        List<Finding> findings = new ArrayList<>(judge(trials, questions));
        List<List<Point>> judged =
                new ArrayList<>(trials.stream().map(Trial::candidate).toList());
        for (Finding finding : foreign) {
            findings.add(finding);
            judged.add(List.of());
        }
        List<SeriesKey> missing = new ArrayList<>();
        bases.forEach((environment, base) ->
                missing.addAll(missing(environment, base.isPresent() ? baseBranch : branch, ids, own.keySet())));
        return new Judgement(findings, judged, missing, trials);
    }

    /** What measured nothing but zero says nothing: of counters of events that never happen there are many. */
    private static boolean isZeroForEver(Trial trial) {
        return !trial.history().points().isEmpty()
                && trial.candidate().stream().allMatch(point -> point.value() == 0)
                && trial.history().points().stream().allMatch(point -> point.value() == 0);
    }

    /** What is asked of each series by itself and of what has added up shares the suite's error rate. */
    private List<Finding> judge(List<Trial> trials, List<Optional<Accumulation.Question>> questions) {
        if (!references.accumulates()) {
            return new Judge(policies).judge(trials.parallelStream());
        }
        Policies half = policies.spending(0.5);
        return new Accumulation(half).judge(new Judge(half).judge(trials.parallelStream()), questions);
    }

    private static Finding foreignUnit(Series series, String reason) {
        return ForeignUnit.finding(series.key(), series.unit(), series.better(), reason, series.warnings());
    }

    /**
     * The points in the unit of the history that they are judged against; one that overflows there is the largest
     * double.
     */
    private static List<Point> converted(List<Point> points, Unit from, Unit to) {
        double factor = from.factor() / to.factor();
        if (factor == 1) {
            return points;
        }
        return points.stream()
                .map(point -> new Point(
                        point.run(),
                        Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, point.value() * factor)),
                        point.groupCount(),
                        point.groupDeviation(),
                        point.judgedBad()))
                .toList();
    }

    private Map<Name, Series> bases(String environment) {
        Map<Name, Series> bases = new HashMap<>();
        store.forEachSeries(
                SeriesQuery.all().inEnvironment(environment).onBranch(baseBranch),
                series -> bases.put(Name.of(series.key()), series));
        return bases;
    }

    private Map<Name, List<String>> environmentsByName() {
        Map<Name, List<String>> environments = new HashMap<>();
        for (SeriesKey key : store.keys(SeriesQuery.all())) {
            List<String> known = environments.computeIfAbsent(Name.of(key), name -> new ArrayList<>());
            if (!known.contains(key.environment())) {
                known.add(key.environment());
            }
        }
        return environments;
    }

    /** A series without environment and branch. */
    private record Name(Benchmark benchmark, String metric) {
        static Name of(SeriesKey key) {
            return new Name(key.benchmark(), key.metric());
        }
    }

    private record Split(List<Point> before, List<Point> candidate) {}

    /** The candidate is every point of the revision up to the newest judged run; history is what lies before. */
    private Split split(Series series, Set<String> ids, List<RunInfo> runs) {
        List<Point> points = series.points();
        int last = points.size() - 1;
        while (last >= 0 && !ids.contains(points.get(last).run().id())) {
            last--;
        }
        if (last < 0 && store.reruns() != Reruns.POOL) {
            last = points.size() - 1; // another run of the commit may stand for these
            while (last >= 0 && !belongs(points.get(last), runs.get(0), ids)) {
                last--;
            }
        }
        if (last < 0) {
            return new Split(points, List.of()); // what the runs measured is in a unit that newer runs gave up
        }
        int first = last;
        while (first > 0 && belongs(points.get(first - 1), points.get(last).run(), ids)) {
            first--;
        }
        return new Split(points.subList(0, first), points.subList(first, last + 1));
    }

    /** A further run of the same commit confirms; a dirty working copy is another state each time. */
    private static boolean belongs(Point point, RunInfo newest, Set<String> ids) {
        String commit = newest.header().revision().commit();
        return ids.contains(point.run().id())
                || !commit.isEmpty()
                        && !commit.endsWith(Revision.DIRTY)
                        && commit.equals(point.run().header().revision().commit());
    }

    private List<SeriesKey> missing(String environment, String branch, Set<String> ids, Set<SeriesKey> present) {
        Set<Name> here = new HashSet<>();
        present.stream().filter(key -> key.environment().equals(environment)).forEach(key -> here.add(Name.of(key)));
        List<RunInfo> recent = store
                .runs(RunQuery.all().inEnvironment(environment).onBranch(branch).newest(RECENT_RUNS + ids.size()))
                .stream()
                .filter(run -> !ids.contains(run.id()))
                .toList();
        Map<SeriesKey, Integer> seen = new HashMap<>();
        int comparable = 0;
        Map<String, List<SeriesKey>> measured =
                store.keysOf(recent.stream().map(RunInfo::id).toList());
        for (RunInfo run : recent) {
            List<SeriesKey> keys = measured.get(run.id());
            // a run of another suite, which shares nothing with this one, expects nothing of it
            if (keys.stream().anyMatch(key -> here.contains(Name.of(key)))) {
                comparable++;
                keys.forEach(key -> seen.merge(key, 1, Integer::sum));
            }
        }
        int runs = comparable;
        return seen.entrySet().stream()
                .filter(entry -> 2 * entry.getValue() >= runs && !here.contains(Name.of(entry.getKey())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
