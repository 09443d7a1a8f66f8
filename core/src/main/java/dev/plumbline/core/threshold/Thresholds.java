package dev.plumbline.core.threshold;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.role.RoleRule;
import dev.plumbline.core.role.Roles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The thresholds of all series: rules in order; the last one that sets a property wins, each property by itself. */
public final class Thresholds implements Policies {
    /** The default margin of memory in use: 10 %. */
    public static final double MEMORY_MARGIN = 0.10;

    private final Policy general;
    private final List<ThresholdRule> rules;
    private final Roles roles;

    /**
     * Thresholds where every metric is primary.
     *
     * @param general the defaults without rules, and those of the suite as a whole
     * @param rules in rising order of precedence
     */
    public Thresholds(Policy general, List<ThresholdRule> rules) {
        this(general, rules, Roles.ALL_PRIMARY);
    }

    /**
     * @param general the defaults without rules, and those of the suite as a whole
     * @param rules in rising order of precedence
     * @param roles of the metrics
     */
    public Thresholds(Policy general, List<ThresholdRule> rules, Roles roles) {
        this.general = requireNonNull(general, "general");
        this.rules = List.copyOf(rules);
        this.roles = requireNonNull(roles, "roles");
    }

    /** The same, where something is asked of more metrics ({@link Roles#asked}). */
    public Thresholds asking(List<RoleRule> more) {
        List<RoleRule> asked = new ArrayList<>(roles.asked());
        asked.addAll(more);
        return new Thresholds(general, rules, new Roles(roles.rules(), asked));
    }

    /** The rule that memory in use has a wider margin. */
    public static ThresholdRule ofMemory() {
        return ThresholdRule.ofMargin(
                "the default of memory", ThresholdRule.Scope.of(MetricKind.MEMORY), MEMORY_MARGIN);
    }

    /** The rule that counts of executed work, which hardly vary, have smaller margins and need fewer runs. */
    public static ThresholdRule ofWork() {
        return new ThresholdRule(
                "the default of counted work",
                ThresholdRule.Scope.of(MetricKind.WORK),
                OptionalDouble.of(WorkCounts.MARGIN),
                Optional.of(new Severities(WorkCounts.MARGIN, 0.02, 0.05)),
                List.of(),
                OptionalInt.of(WorkCounts.FEWEST_RUNS));
    }

    /**
     * The rule for what JMH's GC profiler counts for an operation. An operation that allocates nothing still gets a
     * share of what the harness allocates meanwhile, and the share rises as the operation gets slower.
     */
    public static ThresholdRule ofAllocation() {
        ThresholdRule.Scope scope = new ThresholdRule.Scope(
                Optional.empty(),
                Optional.of(new NamePattern("gc.alloc.rate.norm")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new ThresholdRule(
                "the default of JMH's allocation",
                scope,
                OptionalDouble.empty(),
                Optional.empty(),
                List.of(new Floor(1, Unit.of("B"))),
                OptionalInt.empty());
    }

    /** The default rules. */
    public static List<ThresholdRule> defaults() {
        return List.of(ofMemory(), ofWork(), ofAllocation());
    }

    /** The properties that rules set. */
    public enum Property {
        MARGIN("margin"),
        SEVERITIES("severities"),
        FLOOR("floor"),
        MINIMUM_RUNS("minimum-runs");

        private final String key;

        Property(String key) {
            this.key = key;
        }

        /** As it is written in a configuration. */
        public String key() {
            return key;
        }
    }

    /**
     * The winning rule of a property, with its value.
     *
     * @param property of which it decided
     * @param value in words
     * @param winner the rule; empty when none sets it
     * @param beaten the other rules that match the series and set the threshold, strongest first
     */
    public record Decision(Property property, String value, Optional<RuleValue> winner, List<RuleValue> beaten) {
        public Decision {
            requireNonNull(property, "property");
            requireNonNull(value, "value");
            requireNonNull(winner, "winner");
            beaten = List.copyOf(beaten);
        }
    }

    /** A rule and the value that it sets for a property, in words. */
    public record RuleValue(ThresholdRule rule, String value) {}

    /**
     * The origin of a series' policy.
     *
     * @param kind of the series' metric
     * @param decisions one for each property, in their order
     */
    public record Resolution(SeriesKey key, Unit unit, MetricKind kind, Policy policy, List<Decision> decisions) {
        public Resolution {
            decisions = List.copyOf(decisions);
        }
    }

    @Override
    public Policy general() {
        return general;
    }

    @Override
    public Roles roles() {
        return roles;
    }

    /** All rules, in rising order of precedence. */
    public List<ThresholdRule> rules() {
        return rules;
    }

    @Override
    public Policy of(SeriesKey key, Unit unit) {
        return policy(covering(key, unit), key, unit);
    }

    private Policy policy(List<ThresholdRule> covering, SeriesKey key, Unit unit) {
        MetricKind kind = MetricKind.of(key.metric(), unit);
        Policy policy = general;
        for (ThresholdRule rule : covering) {
            policy = new Policy(
                    rule.margin().orElse(policy.margin()),
                    rule.severities().orElse(policy.severities()),
                    policy.confidence(),
                    policy.suiteErrorRate(),
                    rule.minimumRuns().orElse(policy.minimumRuns()),
                    floor(rule, unit, kind).orElse(policy.floor()));
        }
        return policy;
    }

    private static OptionalDouble floor(ThresholdRule rule, Unit unit, MetricKind kind) {
        return rule.floors().stream()
                .map(floor -> floor.in(unit, kind))
                .flatMapToDouble(OptionalDouble::stream)
                .findFirst();
    }

    private List<ThresholdRule> covering(SeriesKey key, Unit unit) {
        return rules.stream().filter(rule -> rule.scope().covers(key, unit)).toList();
    }

    /** The policy of one series, and which rule decided what. */
    public Resolution resolve(SeriesKey key, Unit unit) {
        List<ThresholdRule> covering = covering(key, unit);
        MetricKind kind = MetricKind.of(key.metric(), unit);
        Policy policy = policy(covering, key, unit);
        List<Decision> decisions = new ArrayList<>();
        for (Property property : Property.values()) {
            List<RuleValue> stated = new ArrayList<>();
            for (ThresholdRule rule : covering) {
                stated(property, rule, unit, kind).ifPresent(value -> stated.add(0, new RuleValue(rule, value)));
            }
            decisions.add(new Decision(
                    property,
                    stated.isEmpty() ? unsaid(property, policy) : stated.get(0).value(),
                    stated.stream().findFirst(),
                    stated.subList(Math.min(1, stated.size()), stated.size())));
        }
        return new Resolution(key, unit, kind, policy, decisions);
    }

    private static Optional<String> stated(Property property, ThresholdRule rule, Unit unit, MetricKind kind) {
        return switch (property) {
            case MARGIN -> optional(rule.margin()).map(ShareText::of);
            case SEVERITIES -> rule.severities().map(Thresholds::words);
            case FLOOR ->
                rule.floors().stream()
                        .filter(floor -> floor.in(unit, kind).isPresent())
                        .findFirst()
                        .map(Floor::toString);
            case MINIMUM_RUNS ->
                rule.minimumRuns().isPresent()
                        ? Optional.of(Integer.toString(rule.minimumRuns().getAsInt()))
                        : Optional.empty();
        };
    }

    private static String unsaid(Property property, Policy policy) {
        return switch (property) {
            case MARGIN -> ShareText.of(policy.margin());
            case SEVERITIES -> words(policy.severities());
            case FLOOR -> "none";
            case MINIMUM_RUNS -> Integer.toString(policy.minimumRuns());
        };
    }

    private static Optional<Double> optional(OptionalDouble number) {
        return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
    }

    private static String words(Severities severities) {
        return "minor " + ShareText.of(severities.minor()) + ", major " + ShareText.of(severities.major())
                + ", critical " + ShareText.of(severities.critical());
    }
}
