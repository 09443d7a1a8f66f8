package dev.plumbline.core.judge;

import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.judge.unit.UnitChanges;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.role.Role;
import dev.plumbline.core.role.Roles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the benchmarks that the recent runs of a history have in an environment and the runs in question lack. */
public final class Vanished {
    /** A metric with a point in its name is a part of something. */
    private static final Comparator<SeriesKey> MAIN_FIRST = Comparator.comparing(
                    (SeriesKey key) -> key.metric().indexOf('.') >= 0)
            .thenComparing(Comparator.naturalOrder());

    private final Snapshot snapshot;
    private final Roles roles;
    private final String environment;
    private final Snapshot.EnvironmentHistory history;
    private final List<Series> extended;
    private final Set<Name> here;
    private final Map<Name, Series> base = new HashMap<>();

    /** A series without environment and branch. */
    private record Name(Benchmark benchmark, String metric) {
        static Name of(SeriesKey key) {
            return new Name(key.benchmark(), key.metric());
        }
    }

    private Vanished(Snapshot snapshot, Roles roles, String environment) {
        this.snapshot = snapshot;
        this.roles = roles;
        this.environment = environment;
        history = snapshot.environments().get(environment);
        extended = snapshot.extended().stream()
                .filter(series -> series.key().environment().equals(environment))
                .toList();
        here = extended.stream().map(series -> Name.of(series.key())).collect(Collectors.toSet());
        history.base().ifPresent(all -> all.forEach(series -> base.put(Name.of(series.key()), series)));
    }

    /**
     * The missing benchmarks.
     *
     * @param missing sorted
     * @param onBase those of them that the branch lacks to which these runs are compared; they do not answer for these
     * @param secondary of how many benchmarks, each measured, each secondary metric was not measured
     */
    public record Found(List<Missing> missing, List<Note.AlreadyMissing> onBase, SortedMap<String, Integer> secondary) {
        public Found {
            missing = List.copyOf(missing);
            onBase = List.copyOf(onBase);
            secondary = Collections.unmodifiableSortedMap(new TreeMap<>(secondary));
        }

        private static Found of(
                List<Missing> missing, List<Note.AlreadyMissing> onBase, Map<String, Set<Benchmark>> secondary) {
            TreeMap<String, Integer> counts = new TreeMap<>();
            secondary.forEach((metric, benchmarks) -> counts.put(metric, benchmarks.size()));
            return new Found(missing.stream().sorted().toList(), onBase, counts);
        }

        /** The notes beside the missing benchmarks. */
        public List<Note> notes() {
            List<Note> notes = new ArrayList<>();
            secondary.forEach((metric, benchmarks) -> notes.add(new Note.NotMeasured(metric, benchmarks)));
            return notes;
        }
    }

    /** The missing benchmarks in all environments of a snapshot. */
    static Found of(Snapshot snapshot, Roles roles) {
        List<Missing> missing = new ArrayList<>();
        List<Note.AlreadyMissing> onBase = new ArrayList<>();
        Map<String, Set<Benchmark>> secondary = new HashMap<>();
        Places places = Places.of(snapshot);
        for (String environment : new TreeSet<>(snapshot.environments().keySet())) {
            Vanished vanished = new Vanished(snapshot, roles, environment);
            Map<SeriesKey, Role> expected = vanished.expected();
            expected.keySet().removeIf(key -> !vanished.here.contains(Name.of(key)) && places.isMoved(key));
            List<Missing> found = missing(expected, vanished.here, keys -> vanished.renamed(keys, expected), secondary);
            for (Missing one : vanished.inOtherUnits(measuredOtherwise(found, expected.keySet(), vanished.here))) {
                if (vanished.isWithdrawn(one)) {
                    continue;
                }
                Optional<Note.AlreadyMissing> already = vanished.onBase(one, expected.keySet());
                already.ifPresent(onBase::add);
                missing.add(already.map(Note.AlreadyMissing::missing)
                        .orElseGet(() -> one.since(vanished.firstWithout(one))));
            }
            missing.addAll(vanished.lastingUnits(missing));
        }
        return Found.of(missing, onBase, secondary);
    }

    /** The metrics that stopped for one in another unit longer ago, where these runs are of the base itself. */
    private List<Missing> lastingUnits(List<Missing> found) {
        if (history.base().isPresent()) {
            return List.of(); // what the base changed is none of a branch
        }
        Set<SeriesKey> known = found.stream().map(Missing::key).collect(Collectors.toSet());
        return unitChanges().of(extended, history.former().get()).stream()
                .filter(one -> !known.contains(one.key()))
                .map(one -> one.since().isEmpty() ? one.since(firstWithout(one)) : one)
                .toList();
    }

    private UnitChanges unitChanges() {
        Set<String> seen = new HashSet<>(snapshot.checked());
        seen.addAll(snapshot.ids());
        return new UnitChanges(seen, roles, (key, last) -> snapshot.annotations()
                .coveringMissing(key, false, Optional.of(last))
                .isPresent());
    }

    /** Whether a metric was in the place of another one in another unit, which is back, without an acceptance. */
    private boolean isWithdrawn(Missing metric) {
        if (metric.isBenchmark() || history.base().isPresent()) {
            return false;
        }
        UnitChanges changes = unitChanges();
        return own(metric.key()).stream().anyMatch(held -> extended.stream()
                .filter(series -> series.key().benchmark().equals(metric.key().benchmark()))
                .anyMatch(back -> changes.isWithdrawn(held, back)));
    }

    /**
     * Where the series of runs of several environments are, and were.
     *
     * @param measured the environments in which these runs measured a series
     * @param commits by environment, the number of recent commits that had a series
     */
    private record Places(Map<Name, Set<String>> measured, Map<String, Map<Name, Integer>> commits) {
        static Places of(Snapshot snapshot) {
            Map<Name, Set<String>> measured = new HashMap<>();
            Map<String, Map<Name, Integer>> commits = new HashMap<>();
            if (snapshot.environments().size() > 1) {
                snapshot.extended()
                        .forEach(series -> measured.computeIfAbsent(Name.of(series.key()), none -> new HashSet<>())
                                .add(series.key().environment()));
                snapshot.environments().forEach((environment, history) -> {
                    Map<Name, Integer> had = new HashMap<>();
                    history.recent()
                            .forEach(run -> run.series().forEach(key -> had.merge(Name.of(key), 1, Integer::sum)));
                    commits.put(environment, had);
                });
            }
            return new Places(measured, commits);
        }

        /**
         * Whether the runs measured a series in an environment that had it in fewer commits: with an option of its own
         * for the JVM, for instance. It cannot be compared there until enough commits had it, and is not missing here.
         */
        boolean isMoved(SeriesKey key) {
            Name name = Name.of(key);
            return measured.getOrDefault(name, Set.of()).stream()
                    .anyMatch(other -> !other.equals(key.environment())
                            && commitsWith(name, other) < commitsWith(name, key.environment()));
        }

        private int commitsWith(Name name, String environment) {
            return commits.getOrDefault(environment, Map.of()).getOrDefault(name, 0);
        }
    }

    /**
     * The benchmarks that one set of results has and another one lacks.
     *
     * @param before every judged metric of the one
     * @param now everything of the other
     */
    public static Found between(List<LooksRenamed.Level> before, List<LooksRenamed.Level> now) {
        return between(before, now, (old, young) -> false);
    }

    /**
     * The same where it is known of two metrics, one of each set, whether less is better of the one and more of the
     * other.
     */
    public static Found between(
            List<LooksRenamed.Level> before, List<LooksRenamed.Level> now, BiPredicate<SeriesKey, SeriesKey> isTurned) {
        Map<SeriesKey, Role> expected = before.stream()
                .collect(Collectors.toMap(
                        LooksRenamed.Level::key, one -> one.isPrimary() ? Role.PRIMARY : Role.SECONDARY));
        Set<Benchmark> known = before.stream().map(one -> one.key().benchmark()).collect(Collectors.toSet());
        Set<Name> here = now.stream().map(one -> Name.of(one.key())).collect(Collectors.toSet());
        Map<String, Set<Benchmark>> secondary = new HashMap<>();
        List<Missing> missing = missing(
                expected,
                here,
                keys -> LooksRenamed.among(
                        before.stream().filter(one -> keys.contains(one.key())).toList(),
                        now.stream()
                                .filter(one -> !known.contains(one.key().benchmark()))
                                .toList(),
                        here.stream()
                                .map(Name::benchmark)
                                .filter(known::contains)
                                .toList()),
                secondary);
        List<Missing> inUnits = measuredOtherwise(missing, expected.keySet(), here).stream()
                .map(one -> inOtherUnit(one, missing, before, now, isTurned)
                        .map(one::inUnit)
                        .orElse(one))
                .toList();
        return Found.of(inUnits, List.of(), secondary);
    }

    /** The one primary metric that came where a benchmark lacks one, if it is in another unit or direction. */
    private static Optional<Missing.OtherUnit> inOtherUnit(
            Missing metric,
            List<Missing> missing,
            List<LooksRenamed.Level> before,
            List<LooksRenamed.Level> now,
            BiPredicate<SeriesKey, SeriesKey> isTurned) {
        if (metric.isBenchmark() || !isAlone(metric, missing)) {
            return Optional.empty();
        }
        Set<Name> known = before.stream().map(one -> Name.of(one.key())).collect(Collectors.toSet());
        List<LooksRenamed.Level> came = now.stream()
                .filter(one -> one.isPrimary()
                        && one.key().benchmark().equals(metric.key().benchmark())
                        && !known.contains(Name.of(one.key())))
                .toList();
        return came.size() != 1
                ? Optional.empty()
                : before.stream()
                        .filter(one -> one.key().equals(metric.key()))
                        .findFirst()
                        .flatMap(old -> UnitChanges.otherUnit(
                                old.unit(),
                                came.get(0).unit(),
                                came.get(0).key().metric(),
                                isTurned.test(old.key(), came.get(0).key())));
    }

    /** Whether a benchmark lacks no other metric. */
    private static boolean isAlone(Missing metric, List<Missing> missing) {
        return missing.stream()
                        .filter(one -> one.key().benchmark().equals(metric.key().benchmark()))
                        .count()
                == 1;
    }

    /** The missing benchmarks, with the mode of JMH in which they were measured instead. */
    private static List<Missing> measuredOtherwise(List<Missing> missing, Set<SeriesKey> expected, Set<Name> here) {
        Set<Benchmark> came = here.stream().map(Name::benchmark).collect(Collectors.toSet());
        expected.forEach(key -> came.remove(key.benchmark()));
        return missing.stream().map(one -> one.measured(JmhMode.of(one, came))).toList();
    }

    /** The same, each metric with the one that was measured in another unit in its place, where one was. */
    private List<Missing> inOtherUnits(List<Missing> missing) {
        Set<Benchmark> lacking = missing.stream()
                .filter(one -> !one.isBenchmark())
                .map(one -> one.key().benchmark())
                .collect(Collectors.toSet());
        if (lacking.isEmpty()) {
            return missing;
        }
        Map<SeriesKey, Roles.Decision> decisions =
                roles.among(extended.stream().map(Series::key).toList());
        return missing.stream()
                .map(one -> lacking.contains(one.key().benchmark())
                        ? inOtherUnit(one, missing, decisions).map(one::inUnit).orElse(one)
                        : one)
                .toList();
    }

    private Optional<Missing.OtherUnit> inOtherUnit(
            Missing metric, List<Missing> missing, Map<SeriesKey, Roles.Decision> decisions) {
        Benchmark benchmark = metric.key().benchmark();
        Optional<Series> old = Optional.ofNullable(base.get(Name.of(metric.key())))
                .or(() -> own(metric.key()))
                .filter(series -> !series.points().isEmpty());
        Set<String> commits = old.stream()
                .flatMap(series -> series.points().stream())
                .map(point -> commit(point.run()))
                .collect(Collectors.toSet());
        List<Series> came = extended.stream()
                .filter(series -> series.key().benchmark().equals(benchmark))
                .filter(series -> decisions.get(series.key()).role() == Role.PRIMARY)
                .filter(series -> !base.containsKey(Name.of(series.key())))
                .filter(series -> series.points().stream().noneMatch(point -> commits.contains(commit(point.run()))))
                .toList();
        return isAlone(metric, missing) && came.size() == 1
                ? old.flatMap(series -> UnitChanges.otherUnit(
                        series.unit(),
                        came.get(0).unit(),
                        came.get(0).key().metric(),
                        series.better() != came.get(0).better()))
                : Optional.empty();
    }

    /**
     * Whole benchmarks, and the primary metrics of others.
     *
     * @param renaming is asked once of all metrics of the benchmarks that vanished, if any did
     * @param secondary takes what is missing of other metrics
     */
    private static List<Missing> missing(
            Map<SeriesKey, Role> expected,
            Set<Name> here,
            Function<Set<SeriesKey>, Map<Benchmark, Missing.Renamed>> renaming,
            Map<String, Set<Benchmark>> secondary) {
        Set<Benchmark> measured = here.stream().map(Name::benchmark).collect(Collectors.toSet());
        Map<Benchmark, List<SeriesKey>> vanished = new TreeMap<>();
        List<Missing> missing = new ArrayList<>();
        new TreeMap<>(expected).forEach((key, role) -> {
            if (here.contains(Name.of(key))) {
                return;
            }
            if (!measured.contains(key.benchmark())) {
                vanished.computeIfAbsent(key.benchmark(), none -> new ArrayList<>())
                        .add(key);
            } else if (role == Role.PRIMARY) {
                missing.add(Missing.metric(key));
            } else {
                secondary.computeIfAbsent(key.metric(), none -> new HashSet<>()).add(key.benchmark());
            }
        });
        Map<Benchmark, Missing.Renamed> renamed = vanished.isEmpty()
                ? Map.of()
                : renaming.apply(
                        vanished.values().stream().flatMap(List::stream).collect(Collectors.toSet()));
        vanished.forEach((benchmark, keys) -> missing.add(new Missing(
                keys.stream()
                        .filter(key -> expected.get(key) == Role.PRIMARY)
                        .min(MAIN_FIRST)
                        .orElse(keys.get(0)),
                true,
                Optional.ofNullable(renamed.get(benchmark)))));
        return missing;
    }

    /** The series that at least half of the recent runs of the suite had, without context metrics, with their roles. */
    private Map<SeriesKey, Role> expected() {
        List<Snapshot.Contents> same = new ArrayList<>();
        List<Snapshot.Contents> others = new ArrayList<>();
        for (Snapshot.Contents run : history.recent()) {
            boolean isSame = run.series().stream().anyMatch(key -> here.contains(Name.of(key)));
            (isSame ? same : others).add(run);
        }
        Set<SeriesKey> expected = new HashSet<>(mostOf(same, same.size()));
        // a run of another suite, which shares nothing with this one, expects nothing of it, unless this one replaces
        // it
        for (List<Snapshot.Contents> suite : suites(others)) {
            if (isReplaced(suite)) {
                expected.addAll(mostOf(suite, same.size() + suite.size()));
            }
        }
        Set<SeriesKey> seen =
                history.recent().stream().flatMap(run -> run.series().stream()).collect(Collectors.toSet());
        Map<SeriesKey, Roles.Decision> decisions = roles.among(seen);
        return expected.stream()
                .filter(key -> decisions.get(key).role() != Role.CONTEXT)
                .collect(Collectors.toMap(
                        Function.identity(), key -> decisions.get(key).role()));
    }

    /**
     * A note that the newest commit of the base branch behind the runs lacks the same. A run of less than half of what
     * these runs measured is one of another part of the suite, and shows nothing of the rest.
     *
     * @param expected what the recent runs of the base measured
     */
    private Optional<Note.AlreadyMissing> onBase(Missing missing, Set<SeriesKey> expected) {
        Map<String, RunInfo> runs = new HashMap<>();
        base.values().forEach(series -> series.points()
                .forEach(point -> runs.put(point.run().id(), point.run())));
        List<Snapshot.Contents> same = history.recent().stream()
                .filter(run -> runs.containsKey(run.run()))
                .filter(run -> run.series().stream().anyMatch(key -> here.contains(Name.of(key))))
                .toList();
        List<String> commits = same.stream()
                .map(run -> runs.get(run.run()).header().revision().commit())
                .toList();
        int begin = same.size();
        while (begin > 0 && same.get(begin - 1).series().stream().noneMatch(key -> isOf(missing, key))) {
            begin--;
        }
        // a further run of the last commit that has it may have measured another part
        while (begin > 0 && begin < same.size() && commits.get(begin).equals(commits.get(begin - 1))) {
            begin++;
        }
        if (begin == 0 || begin == same.size()) {
            return Optional.empty();
        }
        Set<Name> both = expected.stream().map(Name::of).filter(here::contains).collect(Collectors.toSet());
        String newest = commits.get(commits.size() - 1);
        long measured = IntStream.range(begin, same.size())
                .filter(i -> commits.get(i).equals(newest))
                .boxed()
                .flatMap(i -> same.get(i).series().stream())
                .map(Name::of)
                .filter(both::contains)
                .distinct()
                .count();
        return 2 * measured < both.size()
                ? Optional.empty()
                : Optional.of(new Note.AlreadyMissing(
                        missing.since(commits.get(begin)), history.branch(), commits.get(begin)));
    }

    /**
     * The first commit of the branch behind the last one that has it, as most series of the suite have their points;
     * empty text where it is not known. A run of less than half of what these runs measured is one of another part of
     * the suite. Where only the base has it, a commit of the branch without those of the base that measured it lacks
     * nothing.
     */
    private String firstWithout(Missing missing) {
        Set<String> having = own(missing.key()).map(Series::points).orElse(List.of()).stream()
                .map(point -> commit(point.run()))
                .collect(Collectors.toSet());
        if (having.isEmpty() && history.base().isEmpty()) {
            return "";
        }
        Map<String, Integer> measured = new HashMap<>();
        extended.forEach(series ->
                series.points().forEach(point -> measured.merge(point.run().id(), 1, Integer::sum)));
        Set<String> ids = snapshot.ids();
        Map<String, Integer> votes = new LinkedHashMap<>();
        for (Series series : extended) {
            List<Point> points = series.points();
            int last = points.size();
            while (last > 0 && !having.contains(commit(points.get(last - 1).run()))) {
                last--;
            }
            if (last > 0 || having.isEmpty()) {
                points.subList(last, points.size()).stream()
                        .map(Point::run)
                        .filter(run -> ids.contains(run.id()) || 2 * measured.get(run.id()) >= extended.size())
                        .filter(run -> !having.isEmpty() || ids.contains(run.id()) || knew(run, missing))
                        .findFirst()
                        .filter(run -> run.header().revision().isKnown())
                        .ifPresent(run -> votes.merge(commit(run), 1, Integer::sum));
            }
        }
        return votes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse("");
    }

    /** Whether a run of the branch has one of the base behind it that measured this. */
    private boolean knew(RunInfo run, Missing missing) {
        return Optional.ofNullable(base.get(Name.of(missing.key()))).map(Series::points).orElse(List.of()).stream()
                .anyMatch(point -> history.hadBehind().test(run, point.run()));
    }

    /** The commit of a run, or the run itself where its commit is unknown. */
    private static String commit(RunInfo run) {
        return run.header().revision().isKnown() ? run.header().revision().commit() : run.id();
    }

    private static boolean isOf(Missing missing, SeriesKey key) {
        return missing.isBenchmark()
                ? missing.key().benchmark().equals(key.benchmark())
                : Name.of(missing.key()).equals(Name.of(key));
    }

    private static List<SeriesKey> mostOf(List<Snapshot.Contents> runs, int of) {
        Map<SeriesKey, Integer> seen = new HashMap<>();
        runs.forEach(run -> run.series().forEach(key -> seen.merge(key, 1, Integer::sum)));
        return seen.entrySet().stream()
                .filter(entry -> 2 * entry.getValue() >= of)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Runs together that measured something in common. */
    private static List<List<Snapshot.Contents>> suites(List<Snapshot.Contents> runs) {
        List<List<Snapshot.Contents>> suites = new ArrayList<>();
        for (Snapshot.Contents run : runs) {
            Set<SeriesKey> keys = Set.copyOf(run.series());
            List<Snapshot.Contents> joined = new ArrayList<>(List.of(run));
            suites.removeIf(suite -> {
                boolean isShared =
                        suite.stream().flatMap(other -> other.series().stream()).anyMatch(keys::contains);
                if (isShared) {
                    joined.addAll(suite);
                }
                return isShared;
            });
            suites.add(joined);
        }
        return suites;
    }

    /**
     * Whether the runs in question replace another suite: their benchmarks have no history from the time when that one
     * was measured, and that one was not measured since, nor at this commit.
     */
    private boolean isReplaced(List<Snapshot.Contents> suite) {
        if (here.stream().anyMatch(base::containsKey)) {
            return false;
        }
        Set<SeriesKey> keys =
                suite.stream().flatMap(run -> run.series().stream()).collect(Collectors.toSet());
        Function<RunInfo, Instant> when = when(keys);
        Optional<Instant> first = extended.stream()
                .flatMap(series -> first(series, when).stream())
                .min(Instant::compareTo);
        return first.isPresent()
                && keys.stream().noneMatch(key -> last(key, when)
                        .filter(time -> !time.isBefore(first.get()))
                        .isPresent());
    }

    /**
     * When a run was, to be compared with others: by its place on the branch where that is known of all, for a clock
     * may be wrong.
     *
     * @param keys whose runs are compared with those of the series in question
     */
    private Function<RunInfo, Instant> when(Set<SeriesKey> keys) {
        boolean isPlaced = Stream.concat(extended.stream(), keys.stream().flatMap(key -> own(key).stream()))
                .flatMap(series -> series.points().stream())
                .allMatch(point -> point.run().header().revision().position().isPresent());
        return isPlaced
                ? run ->
                        Instant.ofEpochSecond(run.header().revision().position().getAsLong())
                : RunInfo::time;
    }

    private static Optional<Instant> first(Series series, Function<RunInfo, Instant> when) {
        return series.points().stream().map(Point::run).map(when).min(Instant::compareTo);
    }

    /** When the branch of the runs in question measured a series last. */
    private Optional<Instant> last(SeriesKey key, Function<RunInfo, Instant> when) {
        return own(key).flatMap(series ->
                series.points().stream().map(Point::run).map(when).max(Instant::compareTo));
    }

    private Optional<Series> own(SeriesKey key) {
        return snapshot.known().apply(new SeriesKey(key.benchmark(), key.metric(), environment, snapshot.branch()));
    }

    private Map<Benchmark, Missing.Renamed> renamed(Set<SeriesKey> vanished, Map<SeriesKey, Role> expected) {
        Set<Benchmark> measured = here.stream().map(Name::benchmark).collect(Collectors.toSet());
        Function<RunInfo, Instant> when = when(vanished);
        List<LooksRenamed.Level> before = vanished.stream()
                .flatMap(key -> before(key, expected.get(key), when).stream())
                .toList();
        Set<Benchmark> young = young(before, measured, when);
        List<Series> newest = extended.stream()
                .filter(series -> young.contains(series.key().benchmark()))
                .toList();
        Map<SeriesKey, Roles.Decision> decisions =
                roles.among(newest.stream().map(Series::key).toList());
        List<Series> judged = newest.stream()
                .filter(series -> decisions.get(series.key()).role() != Role.CONTEXT)
                .toList();
        Function<UnaryOperator<double[]>, List<LooksRenamed.Level>> now = values -> judged.stream()
                .flatMap(series -> first(series, when).stream()
                        .map(first -> LooksRenamed.Level.of(
                                series.key(),
                                decisions.get(series.key()).role() == Role.PRIMARY,
                                series.unit(),
                                series.better(),
                                values.apply(series.values()),
                                first)))
                .toList();
        Set<Benchmark> still = new HashSet<>(measured);
        still.removeAll(young);
        // as it was when it came: what became of it later is a matter of its own
        Map<Benchmark, Missing.Renamed> renamed =
                LooksRenamed.alike(before, now.apply(values -> Arrays.copyOf(values, 1)), still);
        renamed.putAll(LooksRenamed.among(
                LooksRenamed.without(renamed.keySet(), before),
                LooksRenamed.without(LooksRenamed.taken(renamed), now.apply(UnaryOperator.identity())),
                still));
        return renamed;
    }

    /** The benchmarks that the base branch does not know and that came after the first of those that vanished. */
    private Set<Benchmark> young(
            List<LooksRenamed.Level> vanished, Set<Benchmark> measured, Function<RunInfo, Instant> when) {
        Optional<Instant> end = vanished.stream().map(LooksRenamed.Level::when).min(Instant::compareTo);
        Set<Benchmark> young = new HashSet<>(measured);
        base.keySet().forEach(name -> young.remove(name.benchmark()));
        extended.stream()
                .filter(series -> end.isEmpty()
                        || first(series, when).filter(end.get()::isBefore).isEmpty())
                .forEach(series -> young.remove(series.key().benchmark()));
        return young;
    }

    private Optional<LooksRenamed.Level> before(SeriesKey key, Role role, Function<RunInfo, Instant> when) {
        Optional<Series> series = history.base().isPresent()
                ? Optional.ofNullable(base.get(Name.of(key)))
                : snapshot.known().apply(key);
        return series.filter(one -> !one.points().isEmpty()).map(one -> {
            List<Point> shared = history.isShared().stream()
                    .flatMap(isShared -> one.points().stream().filter(point -> isShared.test(point.run())))
                    .toList();
            return LooksRenamed.Level.of(
                    key,
                    role == Role.PRIMARY,
                    one.unit(),
                    one.better(),
                    (shared.isEmpty() ? one : one.withPoints(shared)).values(),
                    last(key, when).orElse(Instant.MIN));
        });
    }
}
