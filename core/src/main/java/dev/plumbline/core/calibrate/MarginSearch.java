package dev.plumbline.core.calibrate;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.gate.GatePolicy;
import dev.plumbline.core.gate.GateRule;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.core.threshold.ThresholdRule;
import dev.plumbline.core.threshold.Thresholds;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** The margins that a search has found necessary so far, and weights where no margin is enough. */
final class MarginSearch {
    /** Margins are reported to a tenth of a per cent, and are the doubles that are written so. */
    private static final double GRAINS = 1000;

    private final List<Actor> actors;
    private final Thresholds plain;
    private final GatePolicy gate;
    private final double limit;
    private final Map<SeriesKey, Tuning.Proposal> proposals = new LinkedHashMap<>();
    private final Map<Integer, Tuning.TooNoisy> tooNoisy = new TreeMap<>();

    /**
     * @param plain the thresholds in force
     * @param gate what fails the gate
     * @param limit how many runs may have an alarm
     */
    MarginSearch(List<Actor> actors, Thresholds plain, GatePolicy gate, double limit) {
        this.actors = actors;
        this.plain = plain;
        this.gate = gate;
        this.limit = limit;
    }

    /** In the order in which they were found necessary. */
    List<Tuning.Proposal> proposals() {
        return List.copyOf(proposals.values());
    }

    List<ThresholdRule> rules() {
        return proposals.values().stream().map(Tuning.Proposal::rule).toList();
    }

    /** The series for which no margin is enough, in the order given. */
    List<Tuning.TooNoisy> tooNoisy() {
        return List.copyOf(tooNoisy.values());
    }

    /** The alarms that margins can prevent. */
    FalseAlarms avoidable(FalseAlarms alarms) {
        return alarms.without(tooNoisy.keySet());
    }

    boolean isTooOften(Proportion alarms) {
        return alarms.share() > limit;
    }

    /**
     * Adds margins, for the most frequent alarms first, until few enough runs have an alarm left that margins can
     * prevent; returns whether a margin was added.
     *
     * @param seen with the margins so far
     */
    boolean propose(FalseAlarms seen) {
        FalseAlarms left = avoidable(seen);
        Set<Integer> hopeless = new HashSet<>();
        boolean isAnyAdded = false;
        while (isTooOften(left.share())) {
            OptionalInt worst = left.mostFrequent(hopeless);
            if (worst.isEmpty()) {
                return isAnyAdded;
            }
            if (widen(worst.getAsInt(), seen)) {
                left = left.without(Set.of(worst.getAsInt()));
                isAnyAdded = true;
            } else {
                hopeless.add(worst.getAsInt());
            }
        }
        return isAnyAdded;
    }

    /** Whether anything that is not proposed already could be. */
    private boolean widen(int place, FalseAlarms seen) {
        Series series = actors.get(place).series();
        SeriesKey key = series.key();
        Policy policy = plain.of(key, series.unit());
        Tuning.Proposal earlier = proposals.get(key);
        double largest = seen.largest(place);
        double margin = above(largest);
        int alarms = seen.of(place);
        int runs = seen.runs().size();
        if (earlier != null && earlier.margin() >= margin) {
            return false;
        }
        double critical = policy.severities().critical();
        if (!(margin < critical)) {
            proposals.remove(key);
            tooNoisy.put(place, new Tuning.TooNoisy(key, alarms, runs, largest, critical, weight(key)));
        } else if (earlier == null) {
            proposals.put(key, new Tuning.Proposal(key, rule(key, margin), policy.margin(), alarms, runs, largest));
        } else {
            proposals.put(
                    key,
                    new Tuning.Proposal(
                            key,
                            rule(key, margin),
                            policy.margin(),
                            alarms + earlier.alarms(),
                            runs + earlier.replays(),
                            Math.max(largest, earlier.largest())));
        }
        return true;
    }

    /** The weight of a series that is too noisy to fail the gate on one run. */
    private Optional<GateRule> weight(SeriesKey key) {
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

    /** The next margin that can be reported. */
    private static double above(double largest) {
        return (Math.floor(largest * GRAINS) + 1) / GRAINS;
    }

    private static ThresholdRule rule(SeriesKey key, double margin) {
        return ThresholdRule.ofMargin(
                "tuned",
                new ThresholdRule.Scope(
                        Optional.of(new NamePattern(key.benchmark().label())),
                        Optional.of(new NamePattern(key.metric())),
                        Optional.of(new NamePattern(key.environment())),
                        Optional.of(new NamePattern(key.branch())),
                        Optional.empty()),
                margin);
    }
}
