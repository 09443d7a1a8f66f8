package dev.plumbline.pipeline.config;

import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.model.name.NamePattern;
import dev.plumbline.core.threshold.Floor;
import dev.plumbline.core.threshold.MetricKind;
import dev.plumbline.core.threshold.ThresholdRule;
import dev.plumbline.core.threshold.WorkCounts;
import dev.plumbline.pipeline.config.yaml.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One rule of the list {@code thresholds}.
 *
 * @param rule the rule
 * @param position its position
 */
public record ThresholdSection(ThresholdRule rule, Position position) {
    private static final int MOST_RUNS = 100_000;
    private static final Kind<NamePattern> PATTERN = Kind.parsed(NamePattern::new, NamePattern::text);
    private static final Kind<Floor> FLOOR = Kind.parsed(Floor::parse, Floor::toString);
    private static final Kind<MetricKind> METRIC_KIND = metricKind();

    private static Kind<MetricKind> metricKind() {
        Map<String, MetricKind> words = new LinkedHashMap<>();
        for (MetricKind kind : MetricKind.values()) {
            words.put(kind.word(), kind);
        }
        return Kind.choice(words);
    }

    static List<ThresholdSection> read(Section root) {
        List<ThresholdSection> rules = new ArrayList<>();
        for (Section section : root.listed("thresholds")) {
            ThresholdSection read = readOne(section);
            tellContradictions(read.rule, section, rules);
            rules.add(read);
        }
        return rules;
    }

    private static ThresholdSection readOne(Section section) {
        ThresholdRule.Scope scope = new ThresholdRule.Scope(
                section.value("benchmark", PATTERN),
                section.value("metric", PATTERN),
                section.value("environment", PATTERN),
                section.value("branch", PATTERN),
                section.value("kind", METRIC_KIND));
        ThresholdRule rule = new ThresholdRule(
                section.position().toString(),
                scope,
                section.value("margin", Kind.share()).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                section.has("severities") ? severities(section.section("severities")) : Optional.empty(),
                section.values("floor", FLOOR),
                section.value("minimum-runs", Kind.wholeNumber(3, MOST_RUNS))
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()));
        section.done();
        return new ThresholdSection(rule, section.position());
    }

    /** All three or none: a severity between those of another rule could fall where they do not rise. */
    private static Optional<Severities> severities(Section section) {
        Optional<Double> minor = section.required("minor", Kind.shareBetween(0, 1));
        Optional<Double> major = section.required("major", Kind.shareBetween(0, 1));
        Optional<Double> critical = section.required("critical", Kind.shareBetween(0, 1));
        section.done();
        if (minor.isEmpty() || major.isEmpty() || critical.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Severities(minor.get(), major.get(), critical.get()));
        } catch (IllegalArgumentException e) {
            section.mistake(section.path() + ": severities must increase: minor < major < critical");
            return Optional.empty();
        }
    }

    private static void tellContradictions(ThresholdRule rule, Section section, List<ThresholdSection> earlier) {
        boolean sets = section.has("margin")
                || section.has("severities")
                || section.has("floor")
                || section.has("minimum-runs");
        if (!sets) {
            section.mistake(section.path() + " sets nothing; it needs margin, severities, floor or minimum-runs");
        }
        tellFloors(rule, section);
        for (ThresholdSection other : earlier) {
            if (other.rule.scope().equals(rule.scope())) {
                contradiction(rule, other.rule)
                        .ifPresent(key -> section.mistakeAt(
                                key,
                                section.path() + " sets " + key + " for " + rule.scope() + ", and so does the rule at "
                                        + other.position + "; remove one of them"));
            }
        }
    }

    private static void tellFloors(ThresholdRule rule, Section section) {
        List<String> bases = new ArrayList<>();
        for (Floor floor : rule.floors()) {
            String base = floor.unit().base();
            if (bases.contains(base)) {
                section.mistakeAt("floor", section.path() + ".floor: two floors for the same kind of unit");
            }
            bases.add(base);
            rule.scope()
                    .kind()
                    .filter(kind -> !fits(floor, kind))
                    .ifPresent(kind -> section.mistakeAt(
                            "floor",
                            section.path() + ".floor: " + floor + " is not an amount of the kind " + kind.word()));
        }
    }

    private static boolean fits(Floor floor, MetricKind kind) {
        String base = floor.unit().base();
        return switch (kind) {
            case LATENCY -> floor.unit().isDuration();
            case THROUGHPUT -> base.endsWith("/s");
            case MEMORY -> base.equals("B");
            case LOSS -> base.equals("1") || base.equals("%");
            case WORK ->
                base.equals("1")
                        || base.equals("B")
                        || base.equals(WorkCounts.EVENTS.base())
                        || base.equals(WorkCounts.SIMULATED_EVENTS.base());
            case COUNTER -> !floor.unit().isDuration() && !base.endsWith("/s");
        };
    }

    private static Optional<String> contradiction(ThresholdRule rule, ThresholdRule other) {
        if (rule.margin().isPresent() && other.margin().isPresent()) {
            return Optional.of("margin");
        }
        if (rule.severities().isPresent() && other.severities().isPresent()) {
            return Optional.of("severities");
        }
        if (rule.minimumRuns().isPresent() && other.minimumRuns().isPresent()) {
            return Optional.of("minimum-runs");
        }
        boolean sameFloor = rule.floors().stream().anyMatch(floor -> other.floors().stream()
                .anyMatch(theirs -> floor.unit().base().equals(theirs.unit().base())));
        return sameFloor ? Optional.of("floor") : Optional.empty();
    }
}
