package dev.plumbline.core.judge;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Annotations;
import dev.plumbline.core.baseline.BaselineVersion;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.steps.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All inputs of a judgement of runs, as they were at one moment.
 *
 * @param runs the runs in question: of one branch and one revision, in any environments; at least one
 * @param extended every series that these runs extend, whole, their own points included
 * @param environments what the history has in each environment of the runs, by its key
 * @param reference what takes the place of that history
 * @param annotations what people recorded
 * @param checked the ids of the runs that checks have judged
 * @param elsewhere the environments in which the benchmark and metric of a series have a history; asked only of series
 *     without one
 * @param isPooled whether several runs of one commit are separate points, not reduced to one of them
 * @param known a series of the history by its key, whole; asked only of what vanished
 */
public record Snapshot(
        List<RunInfo> runs,
        List<Series> extended,
        Map<String, EnvironmentHistory> environments,
        Reference reference,
        Annotations annotations,
        Set<String> checked,
        Function<SeriesKey, List<String>> elsewhere,
        boolean isPooled,
        Function<SeriesKey, Optional<Series>> known) {
    public Snapshot {
        runs = List.copyOf(runs);
        extended = List.copyOf(extended);
        environments = Map.copyOf(environments);
        requireNonNull(reference, "reference");
        requireNonNull(annotations, "annotations");
        checked = Set.copyOf(checked);
        requireNonNull(elsewhere, "elsewhere");
        requireNonNull(known, "known");
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("there is no run to judge");
        }
        for (RunInfo run : runs) {
            if (!environments.containsKey(run.header().environment().key())) {
                throw new IllegalArgumentException("no history of environment "
                        + run.header().environment().key());
            }
        }
    }

    /** One that is known by its contents alone. */
    public Snapshot(
            List<RunInfo> runs,
            List<Series> extended,
            Map<String, EnvironmentHistory> environments,
            Reference reference,
            Annotations annotations,
            Set<String> checked,
            Function<SeriesKey, List<String>> elsewhere,
            boolean isPooled) {
        this(
                runs,
                extended,
                environments,
                reference,
                annotations,
                checked,
                elsewhere,
                isPooled,
                key -> Optional.empty());
    }

    /** The same with other contents of some series, and other annotations. */
    Snapshot with(List<Series> changed, Annotations others) {
        Map<SeriesKey, Series> byKey = changed.stream().collect(Collectors.toMap(Series::key, Function.identity()));
        return new Snapshot(
                runs,
                extended.stream()
                        .map(series -> byKey.getOrDefault(series.key(), series))
                        .toList(),
                environments,
                reference,
                others,
                checked,
                elsewhere,
                isPooled,
                known);
    }

    /**
     * The history of one environment.
     *
     * @param branch whose history is the reference there: the base branch if it was measured in the environment, else
     *     the runs' own
     * @param base the series of that branch where it is another than the runs' own; empty where it is not
     * @param isShared whether a run's revision belongs to both branches; every one does where there is no other branch
     * @param mayHaveBegunBefore whether a run is the first on the other branch after unmeasured commits that both
     *     branches have: a change in it may have begun with these commits
     * @param recent the newest runs that the runs in question have behind them on that branch
     * @param isBehind whether a run of the runs' own branch has a commit that is part of their history and not of the
     *     base branch: after a rebase or an amended commit, earlier runs of the branch have none
     * @param hadBehind whether a run of the runs' own branch, the first, has a run of the base branch, the second, in
     *     its history: what the base added later, the branch does not lack before it is merged
     * @param former what the runs' own branch has of the benchmarks that they measured, and they do not extend; asked
     *     only where they are judged against that branch
     */
    public record EnvironmentHistory(
            String branch,
            Optional<List<Series>> base,
            Optional<Predicate<RunInfo>> isShared,
            Predicate<RunInfo> mayHaveBegunBefore,
            List<Contents> recent,
            Predicate<RunInfo> isBehind,
            BiPredicate<RunInfo, RunInfo> hadBehind,
            Supplier<List<Series>> former) {
        public EnvironmentHistory {
            requireNonNull(branch, "branch");
            requireNonNull(base, "base");
            requireNonNull(isShared, "isShared");
            requireNonNull(mayHaveBegunBefore, "mayHaveBegunBefore");
            recent = List.copyOf(recent);
            requireNonNull(isBehind, "isBehind");
            requireNonNull(hadBehind, "hadBehind");
            requireNonNull(former, "former");
        }

        /** One in which all earlier runs of a branch belong to the newest one's history, with no series left behind. */
        public EnvironmentHistory(
                String branch,
                Optional<List<Series>> base,
                Optional<Predicate<RunInfo>> isShared,
                List<Contents> recent) {
            this(branch, base, isShared, run -> false, recent, run -> true, (run, ofBase) -> true, List::of);
        }

        /** Whether a regression that the base has since a run may be part of the branch, too. */
        Optional<Predicate<RunInfo>> mayBeOpen() {
            return isShared.map(shared -> shared.or(mayHaveBegunBefore));
        }
    }

    /**
     * The series of a run, or of several of one commit.
     *
     * @param run the id of it, or of the newest of them
     * @param series their keys
     */
    public record Contents(String run, List<SeriesKey> series) {
        /** The newest runs of a commit that are looked at, so that one that is measured all day costs no more. */
        private static final int MOST_RUNS = 10;

        public Contents {
            requireNonNull(run, "run");
            series = List.copyOf(series);
        }

        /**
         * The contents of the newest commits before a judged run, oldest first. Runs of a commit that have a series in
         * common are one, with all that any of them measured; others are parts of a suite, and stay apart. Earlier runs
         * of the judged commit do not count, unless there are no others: however often a commit is checked, what it
         * lacks is missing.
         *
         * @param runs in order, oldest first
         * @param commits the most that are looked at; a run without one, or with changes to one, is one of its own
         * @param keys the series of runs by the runs' ids
         */
        public static List<Contents> newest(
                List<RunInfo> runs,
                RunInfo judged,
                int commits,
                Function<Collection<String>, Map<String, List<SeriesKey>>> keys) {
            List<RunInfo> others = runs.stream()
                    .filter(run -> !commit(run).equals(commit(judged)))
                    .toList();
            Map<String, List<String>> newest = newest(others.isEmpty() ? runs : others, commits);
            Map<String, List<SeriesKey>> measured =
                    keys.apply(newest.values().stream().flatMap(List::stream).toList());
            List<Contents> contents = new ArrayList<>();
            newest.values().forEach(ids -> contents.addAll(0, parts(ids, measured)));
            return contents;
        }

        private static String commit(RunInfo run) {
            String commit = run.header().revision().commit();
            return commit.isEmpty() || commit.endsWith(Revision.DIRTY) ? run.id() : commit;
        }

        /** The ids of the runs of the newest commits, newest first. */
        private static Map<String, List<String>> newest(List<RunInfo> runs, int commits) {
            Map<String, List<String>> newest = new LinkedHashMap<>();
            for (int i = runs.size() - 1; i >= 0; i--) {
                String commit = commit(runs.get(i));
                if (newest.size() == commits && !newest.containsKey(commit)) {
                    break;
                }
                List<String> ids = newest.computeIfAbsent(commit, none -> new ArrayList<>());
                if (ids.size() < MOST_RUNS) {
                    ids.add(runs.get(i).id());
                }
            }
            return newest;
        }

        /** @param ids the runs of one commit, newest first */
        private static List<Contents> parts(List<String> ids, Map<String, List<SeriesKey>> measured) {
            if (ids.size() == 1) {
                return List.of(new Contents(
                        ids.get(0), measured.getOrDefault(ids.get(0), List.of()))); // runs share their lists
            }
            List<Contents> parts = new ArrayList<>();
            for (String id : ids) {
                String newest = id;
                Set<SeriesKey> keys = new LinkedHashSet<>(measured.getOrDefault(id, List.of()));
                for (Contents part : List.copyOf(parts)) {
                    if (part.series.stream().anyMatch(keys::contains)) {
                        parts.remove(part);
                        keys.addAll(part.series);
                        newest = part.run;
                    }
                }
                parts.add(0, new Contents(newest, List.copyOf(keys)));
            }
            return parts;
        }
    }

    /**
     * The reference of runs beside the history.
     *
     * @param baseBranch the branch whose history or baselines are the reference
     * @param established the baselines that were asked for; empty for the history
     * @param milestone since when losses are added up; empty where they are not
     */
    public record Reference(String baseBranch, Optional<BaselineVersion> established, Optional<Milestone> milestone) {
        public Reference {
            requireNonNull(baseBranch, "baseBranch");
            requireNonNull(established, "established");
            requireNonNull(milestone, "milestone");
        }
    }

    /**
     * The part of a base branch's series that the runs are compared with.
     *
     * @param isShort whether what it has up to where their branch left it is too little to judge by, so that the series
     *     goes on to the end of the level of that place, or is whole where nothing is shared
     */
    public record UpToFork(Series series, boolean isShort) {}

    /**
     * A series up to where the branch of the runs left the base branch; all of it where they are of the base branch,
     * and all of another branch's. Where that is too little, the points behind it that are on the same level: what the
     * base became later is no measure for a branch that never had it. Regressions that checks detected right after
     * unmeasured earlier commits are included, because they may have begun with these.
     */
    public UpToFork upToFork(Series series, Policy policy) {
        Optional<Predicate<RunInfo>> isShared = Optional.ofNullable(
                        environments.get(series.key().environment()))
                .flatMap(EnvironmentHistory::isShared);
        if (isShared.isEmpty() || !series.key().branch().equals(reference.baseBranch())) {
            return new UpToFork(series, false);
        }
        List<Point> points = series.points();
        int end = ReferenceHistories.shared(points, isShared);
        if (end >= Math.min(policy.minimumRuns(), points.size())) {
            Predicate<RunInfo> mayHaveBegunBefore =
                    environments.get(series.key().environment()).mayHaveBegunBefore();
            while (end < points.size()
                    && points.get(end).judgedBad()
                    && mayHaveBegunBefore.test(points.get(end).run())) {
                end++;
            }
            return new UpToFork(series.withPoints(points.subList(0, end)), false);
        }
        return new UpToFork(end == 0 ? series : levelAt(end, series, policy.margin()), true);
    }

    private Series levelAt(int end, Series series, double margin) {
        IntStream steps =
                SegmentedSeries.steps(series.values(), margin).steps().stream().mapToInt(Step::index);
        // two runs of an accepted level are no step yet
        IntStream accepted = annotations.acceptedPlaces(series).stream().mapToInt(Integer::intValue);
        return IntStream.concat(steps, accepted)
                .filter(place -> place >= end)
                .boxed()
                .min(Comparator.naturalOrder())
                .map(place -> series.withPoints(series.points().subList(0, place)))
                .orElse(series);
    }

    /** The branch of the runs in question. */
    public String branch() {
        return runs.get(0).header().revision().branch();
    }

    /** The ids of the runs in question. */
    Set<String> ids() {
        return runs.stream().map(RunInfo::id).collect(Collectors.toUnmodifiableSet());
    }
}
