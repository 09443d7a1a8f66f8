package dev.plumbline.core.calibrate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.judge.NextRun;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.core.threshold.ThresholdRule;
import dev.plumbline.core.threshold.Thresholds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Searches for thresholds with which the false alarms of a suite meet their target, using the suite's own noise.
 *
 * <p>Healthy runs of the suite are replayed as {@link Replay} does. If more of them than the target have a reported
 * regression, the series with the most false alarms get a margin above these alarms, one after the other, until half of
 * the target is left; then the suite is replayed again. Where fewer have, it is replayed on with the same margins until
 * that is no luck: until the interval of their share lies below the target. What a margin hides is part of the answer:
 * how large a change of the series has to be to be found, and how many runs would show a smaller one. A margin that
 * hides critical changes is useless: such a series gets the weight {@link GateRule.Weight#CONFIRMED} instead. It is
 * judged and reported as before, and fails the gate once a second run shows the same. Before and after are measured on
 * other replays than those that the proposals come from, three times as many, and on the newest runs of the real
 * history; and two things of each: whether a regression is reported, and whether the gate fails.
 *
 * <p>The same series, settings and seed give the same answer.
 */
public final class Tuning {
    /** The search draws at most this multiple of the number of replays. */
    private static final int ROUNDS = 15;

    /** The factor on the number of replays that are measured before and after. */
    private static final int MEASURED_ROUNDS = 3;

    /** The certainty that a low number of false alarms is no luck. */
    private static final double SURE = 0.99;

    private static final long HELD_OUT = 0x5eed;

    private final Function<List<ThresholdRule>, Thresholds> inForce;
    private final Function<List<GateRule>, GatePolicy> gateInForce;
    private final Replay.Settings settings;
    private final double target;

    /**
     * @param inForce the thresholds in force with some tuned rules
     * @param gateInForce what fails the gate, with some tuned weights
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
     * The result of tuning.
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

        /** Whether fewer healthy runs than the target fail the gate, within the precision of the replays. */
        public boolean isMet() {
            return after.closed.count() == 0 || after.closed.share() < target;
        }

        /** The weights that are proposed. */
        public List<GateRule> weights() {
            return tooNoisy.stream().flatMap(one -> one.rule().stream()).toList();
        }

        /** The minimum detectable change of one series; empty when its history is too short. */
        public Optional<Sensitivity> of(SeriesKey key) {
            return sensitivities.stream().filter(one -> one.key().equals(key)).findFirst();
        }

        /** The number of series in which a number of runs of a revision detect a change of a size. */
        public int seeing(double size, int runs) {
            return (int) sensitivities.stream()
                    .filter(one -> one.runsFor(size).orElse(Integer.MAX_VALUE) <= runs)
                    .count();
        }
    }

    /**
     * The measured error rates of a suite.
     *
     * @param falseAlarms healthy replayed runs with any regression called
     * @param closed healthy replayed runs that fail the gate, those among them that do with the next run
     * @param runs how many runs of the real history were judged again
     * @param runsClosed how many of them fail the gate
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
     * @param rule the weight that is proposed; empty where it cannot fail the gate on one run as it is
     */
    public record TooNoisy(
            SeriesKey key, int alarms, int replays, double largest, double critical, Optional<GateRule> rule) {
        public TooNoisy {
            requireNonNull(key, "key");
            requireNonNull(rule, "rule");
        }
    }

    /** The phases of a search. */
    public enum Work {
        /** Looks for margins. */
        MARGINS,
        /** Measures what is in force. */
        REPLAYS_BEFORE,
        /** Measures what was found. */
        REPLAYS_AFTER,
        /** Judges the newest runs again with what is in force. */
        NEWEST_BEFORE,
        /** The same with what was found. */
        NEWEST_AFTER,
        /** Computes the minimum detectable changes. */
        DETECTABLE
    }

    /** Receives the progress of a search. */
    @FunctionalInterface
    public interface Progress {
        /**
         * Something moved on.
         *
         * @param work what is being done
         * @param done how much of it
         * @param total of how much at the most
         */
        void at(Work work, int done, int total);
    }

    /**
     * Looks for them.
     *
     * @param suite histories that are judged together, what was judged bad in them; those too short are left out
     */
    public Outcome tune(List<Series> suite, Progress progress) {
        return tune(suite, policies -> List.of(NextRun.after(suite, policies)), progress);
    }

    /**
     * The same where more is known of what the next run is held against.
     *
     * @param next those of all series with policies, whose detectable changes are reported
     */
    public Outcome tune(List<Series> suite, Function<Policies, List<NextRun>> next, Progress progress) {
        Thresholds plain = inForce.apply(List.of());
        GatePolicy gate = gateInForce.apply(List.of());
        List<Actor> actors = actors(suite, plain);
        Measured before = measured(suite, actors, plain, gate, false, progress);
        MarginSearch found = search(actors, plain, gate, before, progress);
        List<ThresholdRule> rules = found.rules();
        List<GateRule> weights =
                found.tooNoisy().stream().flatMap(one -> one.rule().stream()).toList();
        Thresholds tuned = inForce.apply(rules);
        Measured after = rules.isEmpty() && weights.isEmpty()
                ? before
                : measured(suite, actors, tuned, gateInForce.apply(weights), true, progress);
        List<Sensitivity> sensitivities = new ArrayList<>();
        for (NextRun one : next.apply(tuned)) {
            int reported = sensitivities.size();
            sensitivities.addAll(new SeriesReplay(settings)
                    .outlook(one, key -> true, done -> progress.at(Work.DETECTABLE, reported + done, suite.size())));
        }
        return new Outcome(
                actors.size(),
                suite.size() - actors.size(),
                target,
                settings.seed(),
                before,
                after,
                found.proposals(),
                found.tooNoisy(),
                sensitivities);
    }

    private List<Actor> actors(List<Series> suite, Thresholds thresholds) {
        return suite.stream()
                .map(series -> series.withPoints(series.points().stream()
                        .filter(point -> !point.judgedBad())
                        .toList()))
                .filter(series -> series.points().size()
                        >= thresholds.of(series.key(), series.unit()).minimumRuns())
                .filter(Actor::isTelling)
                .limit(settings.mostSeries())
                .map(series -> Actor.of(series, thresholds))
                .toList();
    }

    private MarginSearch search(
            List<Actor> actors, Thresholds plain, GatePolicy gate, Measured measured, Progress progress) {
        // margins are added where more is seen than is allowed, and then until half of that is left, so that chance
        // alone does not bring other replays above it: the judge itself spends most of its error rate
        MarginSearch found = new MarginSearch(actors, plain, gate, target / 2);
        List<ReplayedRun> runs = new ArrayList<>();
        boolean isNeeded = false;
        for (int round = 0; round < ROUNDS && !actors.isEmpty(); round++) {
            int before = round * settings.replays();
            runs.addAll(ReplayedRun.draw(
                    actors,
                    inForce.apply(found.rules()),
                    gate,
                    settings.history(),
                    settings.seed() + round,
                    settings.replays(),
                    done -> progress.at(Work.MARGINS, before + done, ROUNDS * settings.replays())));
            FalseAlarms alarms = FalseAlarms.of(runs);
            Proportion share = found.avoidable(alarms).share();
            // a round is a third of what was measured, and exceeds the target now and then where that is met
            isNeeded |= share.share() > target && measured.falseAlarms.share() > target;
            if (isNeeded && found.isTooOften(share)) {
                if (!found.propose(alarms)) {
                    break;
                }
                runs.clear(); // they were judged with other margins
            } else if (share.interval(SURE).high() < target) {
                break;
            }
        }
        return found;
    }

    private Measured measured(
            List<Series> suite,
            List<Actor> actors,
            Thresholds thresholds,
            GatePolicy gate,
            boolean isAfter,
            Progress progress) {
        int count = MEASURED_ROUNDS * settings.replays();
        List<ReplayedRun> replays = actors.isEmpty()
                ? List.of()
                : ReplayedRun.draw(
                        actors,
                        thresholds,
                        gate,
                        settings.history(),
                        settings.seed() ^ HELD_OUT,
                        count,
                        done -> progress.at(isAfter ? Work.REPLAYS_AFTER : Work.REPLAYS_BEFORE, done, count));
        NewestRuns.Outcome newest = NewestRuns.judge(
                suite,
                settings.mostSeries(),
                thresholds,
                gate,
                done -> progress.at(isAfter ? Work.NEWEST_AFTER : Work.NEWEST_BEFORE, done, NewestRuns.MOST));
        int closed = (int) replays.stream().filter(ReplayedRun::closes).count();
        return new Measured(
                FalseAlarms.of(replays).share(),
                new Proportion(closed, replays.size()),
                newest.judged(),
                newest.closed(),
                newest.called(),
                newest.lasting());
    }
}
