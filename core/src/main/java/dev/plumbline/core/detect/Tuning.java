package dev.plumbline.core.detect;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.NamePattern;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.Proportion;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.StepScan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Looks for thresholds with which a suite's false alarms meet their target, on the suite's own noise.
 *
 * <p>Healthy runs of the suite are replayed as {@link Replay} does. Where more of them than half the target have a
 * regression called, the series that call them, the most frequent first, are given the margin that their false
 * alarms stay below; then the suite is replayed again. Where fewer have, it is replayed on with the same margins until
 * that is no luck: until the interval of their share lies below the target. What a margin hides is part of the answer:
 * how large a change of the series has to be to be found, and how many runs would show a smaller one. A margin that
 * would hide critical changes is none that anybody wants: such a series gets the weight {@link
 * GateRule.Weight#CONFIRMED} in its place, with which it is judged and told as before, and closes the gate once a
 * second run shows the same. Before and after are measured on other replays than those that the proposals come
 * from, three times as many, and on the newest runs of the real history; and two things of each: whether a
 * regression is called, and whether the gate closes.
 *
 * <p>The same series, settings and seed give the same answer.
 */
public final class Tuning {
    /** The search draws so many times the number of replays at the most. */
    private static final int ROUNDS = 15;

    /** So many times the number of replays measure before and after. */
    private static final int MEASURED_ROUNDS = 3;

    /** That few enough false alarms were seen is no luck, so surely. */
    private static final double SURE = 0.99;

    /** Margins are told to a tenth of a per cent. */
    private static final double GRAIN = 0.001;

    /** So many of the newest runs of the real history are judged again. */
    private static final int NEWEST_RUNS = 20;

    private static final long HELD_OUT = 0x5eed;

    private final Function<List<ThresholdRule>, Thresholds> inForce;
    private final Function<List<GateRule>, GatePolicy> gateInForce;
    private final Replay.Settings settings;
    private final double target;

    /**
     * @param inForce the thresholds in force with some tuned rules
     * @param gateInForce what closes the gate, with some tuned weights
     * @param settings of which replays, most series, history and seed count
     * @param target how many healthy runs may have a regression called, above 0 and below 1
     */
    public Tuning(
            Function<List<ThresholdRule>, Thresholds> inForce,
            Function<List<GateRule>, GatePolicy> gateInForce,
            Replay.Settings settings,
            double target) {
        this.inForce = requireNonNull(inForce, "inForce");
        this.gateInForce = requireNonNull(gateInForce, "gateInForce");
        this.settings = requireNonNull(settings, "settings");
        this.target = checked(target);
    }

    /** @throws IllegalArgumentException if this is no target */
    public static double checked(double target) {
        if (target > 0 && target < 1) {
            return target;
        }
        throw new IllegalArgumentException("the target lies between 0 and 1 (0.05 is 5 %), not at " + target);
    }

    /**
     * What came out.
     *
     * @param series how many series were replayed
     * @param leftOut how many were not: their histories are too short, or the limit was reached
     * @param target how many healthy runs may have a regression called
     * @param seed of all chance
     * @param before with the rules that are in force without tuned ones
     * @param after with the proposals
     * @param proposals in the order in which they were found necessary
     * @param tooNoisy series whose false alarms only a margin beyond critical changes would end, and their weights
     * @param sensitivities what can be found in each series with the proposals, in the order given
     */
    public record Outcome(
            int series,
            int leftOut,
            double target,
            long seed,
            Measured before,
            Measured after,
            List<Proposal> proposals,
            List<TooNoisy> tooNoisy,
            List<Sensitivity> sensitivities) {
        public Outcome {
            requireNonNull(before, "before");
            requireNonNull(after, "after");
            proposals = List.copyOf(proposals);
            tooNoisy = List.copyOf(tooNoisy);
            sensitivities = List.copyOf(sensitivities);
        }

        /** Whether fewer healthy runs than the target close the gate, as far as the replays can tell. */
        public boolean isMet() {
            return after.closed.count() == 0 || after.closed.share() < target;
        }

        /** The weights that are proposed. */
        public List<GateRule> weights() {
            return tooNoisy.stream().flatMap(one -> one.rule().stream()).toList();
        }

        /** What can be found in one series; empty when its history is too short. */
        public Optional<Sensitivity> of(SeriesKey key) {
            return sensitivities.stream().filter(one -> one.key().equals(key)).findFirst();
        }

        /** How many series show a change of a size with so many runs of a revision. */
        public int seeing(double size, int runs) {
            return (int) sensitivities.stream()
                    .filter(one -> one.runsFor(size).orElse(Integer.MAX_VALUE) <= runs)
                    .count();
        }
    }

    /**
     * How a suite does.
     *
     * @param falseAlarms healthy replayed runs with any regression called
     * @param closed healthy replayed runs that close the gate, those among them that do with the next run
     * @param runs how many runs of the real history were judged again
     * @param runsClosed how many of them close the gate
     * @param called those of them with any regression called, and how many
     * @param lasting those of them in which every regression called belongs to a change for the worse that has lasted
     *     to the newest run: rather true ones than false alarms
     */
    public record Measured(
            Proportion falseAlarms,
            Proportion closed,
            int runs,
            int runsClosed,
            Map<String, Integer> called,
            Set<String> lasting) {
        public Measured {
            requireNonNull(falseAlarms, "falseAlarms");
            requireNonNull(closed, "closed");
            called = Collections.unmodifiableMap(new LinkedHashMap<>(called));
            lasting = Collections.unmodifiableSet(new LinkedHashSet<>(lasting));
        }
    }

    /**
     * A margin for one series.
     *
     * @param key which series
     * @param rule the rule that sets it
     * @param before the margin without it
     * @param alarms in how many of the replays the series had a regression called
     * @param replays how many replays there were
     * @param largest the largest change that was called
     */
    public record Proposal(SeriesKey key, ThresholdRule rule, double before, int alarms, int replays, double largest) {
        public Proposal {
            requireNonNull(key, "key");
            requireNonNull(rule, "rule");
        }

        public double margin() {
            return rule.margin().orElseThrow();
        }
    }

    /**
     * A series for which no margin is proposed.
     *
     * @param key which series
     * @param alarms in how many of the replays it had a regression called
     * @param replays how many replays there were
     * @param largest the largest change that was called
     * @param critical where its critical changes begin
     * @param rule the weight that is proposed; empty where it cannot close the gate on one run as it is
     */
    public record TooNoisy(
            SeriesKey key, int alarms, int replays, double largest, double critical, Optional<GateRule> rule) {
        public TooNoisy {
            requireNonNull(key, "key");
            requireNonNull(rule, "rule");
        }
    }

    /** Hears how far a search has come. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Something moved on.
         *
         * @param what what is being done
         * @param done how much of it
         * @param total of how much at the most
         */
        void at(String what, int done, int total);
    }

    /**
     * Looks for them.
     *
     * @param suite histories that are judged together, what was judged bad in them; those too short are left out
     */
    public Outcome tune(List<Series> suite, Progress progress) {
        Thresholds plain = inForce.apply(List.of());
        List<Actor> actors = actors(suite, plain);
        Map<SeriesKey, Proposal> proposals = new LinkedHashMap<>();
        Map<Integer, TooNoisy> tooNoisy = new TreeMap<>();
        GatePolicy gate = gateInForce.apply(List.of());
        List<Map<Integer, Double>> replays = new ArrayList<>();
        for (int round = 0; round < ROUNDS && !actors.isEmpty(); round++) {
            Thresholds tuned = inForce.apply(rules(proposals));
            int before = round * settings.replays();
            replays.addAll(replays(
                            actors,
                            tuned,
                            gate,
                            settings.seed() + round,
                            settings.replays(),
                            done -> progress.at("looking for margins", before + done, ROUNDS * settings.replays()))
                    .stream()
                    .map(Replayed::alarms)
                    .toList());
            List<Map<Integer, Double>> mendable = without(replays, tooNoisy.keySet());
            if (isTooOften(alarms(mendable))) {
                if (!propose(actors, plain, gate, replays, proposals, tooNoisy)) {
                    break;
                }
                replays.clear(); // they were judged with other margins
            } else if (isSurelyBelow(alarms(mendable))) {
                break;
            }
        }
        List<ThresholdRule> rules = rules(proposals);
        Thresholds tuned = inForce.apply(rules);
        List<GateRule> weights =
                tooNoisy.values().stream().flatMap(one -> one.rule().stream()).toList();
        Measured before = measured(suite, actors, plain, gate, "before", progress);
        return new Outcome(
                actors.size(),
                suite.size() - actors.size(),
                target,
                settings.seed(),
                before,
                proposals.isEmpty() && weights.isEmpty()
                        ? before
                        : measured(suite, actors, tuned, gateInForce.apply(weights), "after", progress),
                List.copyOf(proposals.values()),
                List.copyOf(tooNoisy.values()),
                new SeriesReplay(tuned, settings)
                        .outlook(
                                suite,
                                key -> true,
                                done -> progress.at("working out what can be detected", done, actors.size())));
    }

    /** The same replays, some series left out of them. */
    private static List<Map<Integer, Double>> without(List<Map<Integer, Double>> replays, Set<Integer> places) {
        return replays.stream()
                .map(alarms -> {
                    Map<Integer, Double> left = new TreeMap<>(alarms);
                    left.keySet().removeAll(places);
                    return left;
                })
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private List<Actor> actors(List<Series> suite, Thresholds thresholds) {
        return suite.stream()
                .map(series -> series.withPoints(series.points().stream()
                        .filter(point -> !point.judgedBad())
                        .toList()))
                .filter(series -> series.points().size()
                        >= thresholds.of(series.key(), series.unit()).minimumRuns())
                .limit(settings.mostSeries())
                .map(series -> Actor.of(series, thresholds))
                .toList();
    }

    private static List<ThresholdRule> rules(Map<SeriesKey, Proposal> proposals) {
        return proposals.values().stream().map(Proposal::rule).toList();
    }

    /**
     * A healthy run.
     *
     * @param alarms its false alarms: the place of the series, and the size
     * @param closes whether it closes the gate, or the next run does with it
     */
    private record Replayed(Map<Integer, Double> alarms, boolean closes) {}

    private List<Replayed> replays(
            List<Actor> actors,
            Thresholds thresholds,
            GatePolicy gatePolicy,
            long seed,
            int count,
            IntConsumer progress) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Actor> judged =
                actors.stream().map(actor -> actor.with(thresholds)).toList();
        Gate gate = new Gate(gatePolicy);
        List<Replayed> replays = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HealthyRun run =
                    HealthyRun.of(judged, new Blocks(random.split(), settings.history() + 2), settings.history(), gate);
            List<Finding> findings = run.findings();
            Map<Integer, Double> alarms = new TreeMap<>();
            for (int j = 0; j < findings.size(); j++) {
                if (findings.get(j).verdict() instanceof Verdict.Regressed regressed) {
                    alarms.put(j, Math.abs(regressed.change().relativeChange()));
                }
            }
            replays.add(new Replayed(alarms, run.closes()));
            progress.accept(i + 1);
        }
        return replays;
    }

    /**
     * Adds margins until few enough replays have an alarm left of those that margins can mend; whether that was
     * possible for any series.
     */
    private boolean propose(
            List<Actor> actors,
            Thresholds plain,
            GatePolicy gate,
            List<Map<Integer, Double>> replays,
            Map<SeriesKey, Proposal> proposals,
            Map<Integer, TooNoisy> tooNoisy) {
        List<Map<Integer, Double>> left = without(replays, tooNoisy.keySet());
        left.removeIf(Map::isEmpty);
        boolean added = false;
        Set<Integer> hopeless = new HashSet<>();
        while (isTooOften(new Proportion(left.size(), replays.size()))) {
            OptionalInt worst = worst(left, hopeless);
            if (worst.isEmpty()) {
                return added;
            }
            int place = worst.getAsInt();
            Series series = actors.get(place).series();
            double largest = replays.stream()
                    .mapToDouble(alarms -> alarms.getOrDefault(place, 0.0))
                    .max()
                    .orElse(0);
            double margin = (Math.floor(largest / GRAIN) + 1) * GRAIN;
            Proposal earlier = proposals.get(series.key());
            if (earlier != null && earlier.margin() >= margin) {
                hopeless.add(place);
                continue;
            }
            int alarms =
                    (int) replays.stream().filter(one -> one.containsKey(place)).count();
            double critical = plain.of(series.key(), series.unit()).severities().critical();
            if (!(margin < critical)) {
                proposals.remove(series.key());
                tooNoisy.put(
                        place,
                        new TooNoisy(
                                series.key(), alarms, replays.size(), largest, critical, weight(series.key(), gate)));
                left.forEach(one -> one.remove(place));
                left.removeIf(Map::isEmpty);
                added = true;
                continue;
            }
            proposals.put(
                    series.key(),
                    new Proposal(
                            series.key(),
                            rule(series.key(), margin),
                            plain.of(series.key(), series.unit()).margin(),
                            alarms + (earlier == null ? 0 : earlier.alarms),
                            replays.size() + (earlier == null ? 0 : earlier.replays),
                            Math.max(largest, earlier == null ? 0 : earlier.largest)));
            left.forEach(one -> one.remove(place));
            left.removeIf(Map::isEmpty);
            added = true;
        }
        return added;
    }

    /** Half of what is allowed, so that chance alone does not bring other replays above it. */
    private boolean isTooOften(Proportion alarms) {
        return alarms.share() > target / 2;
    }

    private boolean isSurelyBelow(Proportion alarms) {
        return alarms.interval(SURE).high() < target;
    }

    private static Proportion alarms(List<Map<Integer, Double>> replays) {
        int alarmed = (int) replays.stream().filter(one -> !one.isEmpty()).count();
        return new Proportion(alarmed, replays.size());
    }

    private static OptionalInt worst(List<Map<Integer, Double>> replays, Set<Integer> hopeless) {
        Map<Integer, Integer> counts = new TreeMap<>();
        replays.forEach(alarms -> alarms.keySet().stream()
                .filter(place -> !hopeless.contains(place))
                .forEach(place -> counts.merge(place, 1, Integer::sum)));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(entry -> OptionalInt.of(entry.getKey()))
                .orElse(OptionalInt.empty());
    }

    /** The weight of a series that is too noisy to close the gate on one run. */
    private static Optional<GateRule> weight(SeriesKey key, GatePolicy gate) {
        return switch (gate.weightOf(key)) {
            case CRITICAL, NORMAL ->
                Optional.of(new GateRule(
                        "tuned",
                        Optional.of(new NamePattern(key.benchmark().label())),
                        Optional.of(new NamePattern(key.metric())),
                        Optional.of(new NamePattern(key.environment())),
                        Optional.of(new NamePattern(key.branch())),
                        GateRule.Weight.CONFIRMED));
            case CONFIRMED, ADVISORY, MUTED -> Optional.empty();
        };
    }

    private static ThresholdRule rule(SeriesKey key, double margin) {
        double written = Math.rint(margin / GRAIN) / Math.rint(1 / GRAIN);
        return ThresholdRule.ofMargin(
                "tuned",
                new ThresholdRule.Scope(
                        Optional.of(new NamePattern(key.benchmark().label())),
                        Optional.of(new NamePattern(key.metric())),
                        Optional.of(new NamePattern(key.environment())),
                        Optional.of(new NamePattern(key.branch())),
                        Optional.empty()),
                written);
    }

    private Measured measured(
            List<Series> suite,
            List<Actor> actors,
            Thresholds thresholds,
            GatePolicy gate,
            String when,
            Progress progress) {
        int count = MEASURED_ROUNDS * settings.replays();
        List<Replayed> replays = actors.isEmpty()
                ? List.of()
                : replays(
                        actors,
                        thresholds,
                        gate,
                        settings.seed() ^ HELD_OUT,
                        count,
                        done -> progress.at("measuring " + when, done, count));
        return walk(
                suite,
                thresholds,
                gate,
                replays,
                done -> progress.at("judging the newest runs again, " + when, done, NEWEST_RUNS));
    }

    /** Judges the newest runs of the real history once more, one by one, as checks would have. */
    private Measured walk(
            List<Series> suite,
            Thresholds thresholds,
            GatePolicy gatePolicy,
            List<Replayed> replays,
            IntConsumer progress) {
        Gate gate = new Gate(gatePolicy);
        Set<String> ids = new LinkedHashSet<>();
        Map<String, String> commits = new HashMap<>();
        suite.stream()
                .flatMap(series -> series.points().stream())
                .sorted(Comparator.comparing(Tuning::time))
                .forEach(point -> {
                    ids.remove(point.run().id());
                    ids.add(point.run().id());
                    commits.put(
                            point.run().id(), point.run().header().revision().shortCommit());
                });
        List<String> newest = List.copyOf(ids).subList(Math.max(0, ids.size() - NEWEST_RUNS), ids.size());
        Map<SeriesKey, Set<String>> bad = new HashMap<>();
        Map<String, Integer> called = new LinkedHashMap<>();
        Set<String> passing = new HashSet<>();
        Map<SeriesKey, Set<String>> lasting = new HashMap<>();
        int judged = 0;
        int closed = 0;
        for (String id : newest) {
            List<Trial> trials = suite.stream()
                    .limit(settings.mostSeries())
                    .map(series -> trial(series, id, bad.getOrDefault(series.key(), Set.of())))
                    .flatMap(Optional::stream)
                    .toList();
            List<Finding> findings = new Judge(thresholds).judge(trials);
            closed += HealthyRun.closes(gate, findings) ? 1 : 0;
            for (Finding finding : findings) {
                if (finding.verdict() instanceof Verdict.Regressed) {
                    String name = id + " (" + commits.get(id) + ")";
                    called.merge(name, 1, Integer::sum);
                    if (!lasting.computeIfAbsent(finding.key(), key -> lasting(suite, key, thresholds))
                            .contains(id)) {
                        passing.add(name);
                    }
                    bad.computeIfAbsent(finding.key(), key -> new HashSet<>()).add(id);
                }
            }
            progress.accept(++judged);
        }
        Set<String> lasted = new LinkedHashSet<>(called.keySet());
        lasted.removeAll(passing);
        int closes = (int) replays.stream().filter(Replayed::closes).count();
        return new Measured(
                alarms(replays.stream().map(Replayed::alarms).toList()),
                new Proportion(closes, replays.size()),
                newest.size(),
                closed,
                called,
                lasted);
    }

    /** The runs of a series since it became worse by the margin and stayed so; none where it did not. */
    private static Set<String> lasting(List<Series> suite, SeriesKey key, Thresholds thresholds) {
        Series series =
                suite.stream().filter(one -> one.key().equals(key)).findFirst().orElseThrow();
        double margin = thresholds.of(key, series.unit()).margin();
        List<Step> steps =
                StepScan.analyze(series.values(), new StepScan.Settings(margin)).steps();
        int first = series.points().size();
        for (int i = 0; i < steps.size(); i++) {
            double before = steps.get(i).before();
            boolean stays = steps.subList(i, steps.size()).stream()
                    .mapToDouble(step -> Effect.relativeChange(before, step.after()))
                    .allMatch(change -> series.better().isWorse(change) && Math.abs(change) >= margin);
            first = stays ? Math.min(first, steps.get(i).firstIndex()) : first;
        }
        return series.points().subList(first, series.points().size()).stream()
                .map(point -> point.run().id())
                .collect(Collectors.toSet());
    }

    private static Instant time(Point point) {
        return point.run()
                .header()
                .revision()
                .commitTime()
                .orElse(point.run().header().time());
    }

    private static Optional<Trial> trial(Series series, String id, Set<String> bad) {
        List<Point> points = series.points();
        for (int i = points.size() - 1; i > 0; i--) {
            if (points.get(i).run().id().equals(id)) {
                List<Point> before = points.subList(0, i).stream()
                        .map(point -> bad.contains(point.run().id()) ? point.asJudgedBad() : point)
                        .toList();
                return Optional.of(new Trial(series.withPoints(before), List.of(points.get(i)), List.of()));
            }
        }
        return Optional.empty();
    }
}
