package dev.plumbline.core.judge;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Missing;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.model.name.NameWords;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds renamed benchmarks: all benchmarks of one name became those of another when their parameters are equal, the
 * same primary metrics are measured in units that can be compared, the new ones came after the old ones were measured
 * last, and their levels are alike. Where these are not, but not far apart, the names have to be alike: it was renamed,
 * and got better or worse.
 *
 * <p>A hint for people, which decides nothing. It is given only where it is unambiguous: one old name for one new one,
 * and where several would do, the names most alike, if they are so by far.
 */
public final class LooksRenamed {
    /** Levels within this distance are alike, as a logarithm of their ratio, however quiet the old one was. */
    private static final double NEAR = 0.05;

    /** Levels further apart are never alike, however noisy. */
    private static final double FAR = 0.5;

    /** The largest distance of the levels of one benchmark under two names; as a logarithm of their ratio. */
    private static final double MOVED = Math.log(1.5);

    /** The largest distance of the levels in standard deviations of single runs. */
    private static final double DEVIATIONS = 4;

    /** The share of their length by which names must be more alike than the next ones to be preferred. */
    private static final double BY_FAR = 0.1;

    private static final int RUNS = 10;

    private LooksRenamed() {}

    /**
     * The facts about one metric of a benchmark.
     *
     * @param isPrimary whether it is the benchmark's result or one of them
     * @param value its level in the unit
     * @param deviation from run to run, relative to the level; 0 where it is not known
     * @param when of a benchmark that vanished when it was measured last; of one that came when it was measured first
     */
    public record Level(
            SeriesKey key, boolean isPrimary, Unit unit, Better better, double value, double deviation, Instant when) {
        public Level {
            requireNonNull(key, "key");
            requireNonNull(unit, "unit");
            requireNonNull(better, "better");
            requireNonNull(when, "when");
        }

        /**
         * The level of the newest values.
         *
         * @param values at least one, the newest last
         */
        public static Level of(
                SeriesKey key, boolean isPrimary, Unit unit, Better better, double[] values, Instant when) {
            double[] newest = Arrays.copyOfRange(values, Math.max(0, values.length - RUNS), values.length);
            double level = Location.median(newest);
            double deviation = level == 0 ? 0 : 1.4826 * Spread.medianAbsoluteDeviation(newest) / Math.abs(level);
            return new Level(key, isPrimary, unit, better, level, deviation, when);
        }

        private boolean isLike(Level other) {
            double one = value * unit.factor();
            double two = other.value * other.unit.factor();
            if (one == 0 || two == 0) {
                return one == two;
            }
            double distance = Math.abs(Math.log(two / one));
            return distance <= Math.min(FAR, Math.max(NEAR, DEVIATIONS * Math.max(deviation, other.deviation)));
        }

        private boolean isNotFarFrom(Level other) {
            return value > 0 && other.value > 0 && Math.abs(Math.log1p(changeTo(other))) <= MOVED;
        }

        private double changeTo(Level other) {
            return other.value * other.unit.factor() / (value * unit.factor()) - 1;
        }
    }

    /** The facts about the benchmarks of one name: their metrics by their parameters. */
    private static final class Named {
        final String name;
        final Map<SortedMap<String, String>, Map<String, Level>> byParameters = new HashMap<>();

        Named(String name) {
            this.name = name;
        }

        static Collection<Named> of(List<Level> levels) {
            Map<String, Named> all = new TreeMap<>();
            for (Level level : levels) {
                Benchmark benchmark = level.key().benchmark();
                all.computeIfAbsent(benchmark.name(), Named::new)
                        .byParameters
                        .computeIfAbsent(benchmark.parameters(), none -> new TreeMap<>())
                        .put(level.key().metric(), level);
            }
            return all.values();
        }

        Set<SortedMap<String, String>> parametersWith(Named other) {
            Set<SortedMap<String, String>> common = new HashSet<>(byParameters.keySet());
            common.retainAll(other.byParameters.keySet());
            return common;
        }

        /** At least half of the parameters are the same, and three of four levels are alike. */
        boolean looksLike(Named other) {
            return looksLike(other, false);
        }

        /** The same of levels that are not alike: no primary one is far away, and the names are alike. */
        boolean looksLikeMoved(Named other) {
            return NameWords.areAlike(name, other.name) && looksLike(other, true);
        }

        private boolean looksLike(Named other, boolean isMoved) {
            Set<SortedMap<String, String>> common = parametersWith(other);
            if (2 * common.size() < Math.max(byParameters.size(), other.byParameters.size())) {
                return false;
            }
            int compared = 0;
            int alike = 0;
            boolean isMeasured = false;
            for (SortedMap<String, String> parameters : common) {
                Map<String, Level> mine = byParameters.get(parameters);
                Map<String, Level> others = other.byParameters.get(parameters);
                if (!primary(mine).equals(primary(others))) {
                    return false;
                }
                for (Level one : mine.values()) {
                    Level two = others.get(one.key().metric());
                    if (two == null) {
                        continue; // secondary, and a matter of how it was measured
                    }
                    if (!one.unit().isComparableWith(two.unit()) || !one.when().isBefore(two.when())) {
                        return false;
                    }
                    if (isMoved && !one.isPrimary()) {
                        continue; // it may have moved with the benchmark, by whatever
                    }
                    compared++;
                    if (isMoved ? one.isNotFarFrom(two) : one.isLike(two)) {
                        alike++;
                        isMeasured |= one.value() != 0;
                    }
                }
            }
            return isMeasured && (isMoved ? alike == compared : 4 * alike >= 3 * compared);
        }

        private static Set<String> primary(Map<String, Level> levels) {
            Set<String> names = new HashSet<>();
            levels.values().stream()
                    .filter(Level::isPrimary)
                    .forEach(level -> names.add(level.key().metric()));
            return names;
        }
    }

    private record Pair(Named old, Named young, double likeness, boolean isMoved) {}

    /**
     * The benchmarks that look renamed, with their apparent new names, including those that moved too.
     *
     * @param vanished every judged metric of the benchmarks that vanished, of one environment
     * @param came every judged metric of the benchmarks that came
     * @param still the benchmarks that were measured before and are now
     */
    public static Map<Benchmark, Missing.Renamed> among(
            List<Level> vanished, List<Level> came, Collection<Benchmark> still) {
        Map<Benchmark, Missing.Renamed> renamed = alike(vanished, came, still);
        renamed.putAll(among(without(renamed.keySet(), vanished), without(taken(renamed), came), still, true));
        return renamed;
    }

    /** The same, of levels that are alike. */
    static Map<Benchmark, Missing.Renamed> alike(List<Level> vanished, List<Level> came, Collection<Benchmark> still) {
        return among(vanished, came, still, false);
    }

    /** The new names in use. */
    static Set<Benchmark> taken(Map<Benchmark, Missing.Renamed> renamed) {
        return renamed.values().stream().map(Missing.Renamed::to).collect(Collectors.toSet());
    }

    /** The levels of other benchmarks. */
    static List<Level> without(Set<Benchmark> some, List<Level> levels) {
        return levels.stream()
                .filter(one -> !some.contains(one.key().benchmark()))
                .toList();
    }

    private static Map<Benchmark, Missing.Renamed> among(
            List<Level> vanished, List<Level> came, Collection<Benchmark> still, boolean isMoved) {
        List<Pair> pairs = new ArrayList<>();
        Collection<Named> youngs = Named.of(came);
        for (Named old : Named.of(vanished)) {
            for (Named young : youngs) {
                if (isMoved ? old.looksLikeMoved(young) : old.looksLike(young)) {
                    pairs.add(new Pair(old, young, likeness(old.name, young.name), isMoved));
                }
            }
        }
        Map<Benchmark, Missing.Renamed> renamed = new HashMap<>();
        boolean isMore = true;
        while (isMore) {
            Optional<Pair> certain = pairs.stream()
                    .filter(pair -> isBest(
                            pair,
                            pairs.stream().filter(one -> one.old == pair.old).toList()))
                    .filter(pair -> isBest(
                            pair,
                            pairs.stream()
                                    .filter(one -> one.young == pair.young)
                                    .toList()))
                    .findFirst();
            certain.ifPresent(pair -> {
                renamed.putAll(renamed(pair, came, still));
                pairs.removeIf(one -> one.old == pair.old || one.young == pair.young);
            });
            isMore = certain.isPresent();
        }
        return renamed;
    }

    private static boolean isBest(Pair pair, List<Pair> rivals) {
        return rivals.stream().allMatch(one -> one == pair || pair.likeness >= one.likeness + BY_FAR);
    }

    /** The share of the longer name that the two have in common at their beginning and end. */
    private static double likeness(String one, String two) {
        int shorter = Math.min(one.length(), two.length());
        int begin = 0;
        while (begin < shorter && one.charAt(begin) == two.charAt(begin)) {
            begin++;
        }
        int end = 0;
        while (end < shorter - begin && one.charAt(one.length() - 1 - end) == two.charAt(two.length() - 1 - end)) {
            end++;
        }
        return (double) (begin + end) / Math.max(one.length(), two.length());
    }

    private static Map<Benchmark, Missing.Renamed> renamed(Pair pair, List<Level> came, Collection<Benchmark> still) {
        String from = pair.old.name;
        String into = pair.young.name;
        Set<SortedMap<String, String>> common = pair.old.parametersWith(pair.young);
        boolean isByName = common.size() == pair.old.byParameters.size()
                && still.stream().map(Benchmark::name).noneMatch(name -> name.equals(from) || name.equals(into));
        // a name by itself would be that of the one without parameters
        boolean isAlone = still.contains(Benchmark.of(into))
                || came.stream().anyMatch(one -> one.key().benchmark().equals(Benchmark.of(into)));
        Map<Benchmark, Missing.Renamed> renamed = new HashMap<>();
        for (SortedMap<String, String> parameters : common) {
            Benchmark old = new Benchmark(from, parameters);
            Benchmark young = new Benchmark(into, parameters);
            if (isByName) {
                renamed.put(old, new Missing.Renamed(young, from, into, moved(pair, parameters)));
            } else if (!parameters.isEmpty()) {
                renamed.put(
                        old,
                        new Missing.Renamed(
                                young, old.label(), isAlone ? young.label() : into, moved(pair, parameters)));
            }
        }
        return renamed;
    }

    /** By how much the primary metric that got worst differs, or that which got better by least. */
    private static Optional<Missing.Moved> moved(Pair pair, SortedMap<String, String> parameters) {
        Map<String, Level> before = pair.old.byParameters.get(parameters);
        return pair.young.byParameters.get(parameters).values().stream()
                .filter(now -> pair.isMoved && now.isPrimary())
                .map(now -> new Missing.Moved(
                        now.key().metric(), before.get(now.key().metric()).changeTo(now), now.unit(), now.better()))
                .max(Comparator.comparingDouble(Missing.Moved::loss));
    }
}
