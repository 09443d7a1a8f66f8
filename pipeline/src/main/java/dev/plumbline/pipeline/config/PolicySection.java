package dev.plumbline.pipeline.config;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Severities;
import dev.plumbline.core.threshold.ThresholdRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The thresholds of a change: the section {@code policy}. */
public record PolicySection(
        Setting<Double> margin,
        Setting<Double> minor,
        Setting<Double> major,
        Setting<Double> critical,
        Setting<Double> confidence,
        Setting<Double> suiteErrorRate,
        Setting<Integer> minimumRuns) {
    private static final int MOST_RUNS = 100_000;

    static PolicySection read(Section section) {
        Policy policy = Policy.DEFAULT;
        Section severities = section.section("severities");
        PolicySection read = new PolicySection(
                section.setting("margin", Kind.share(), policy.margin()),
                severities.setting(
                        "minor", Kind.shareBetween(0, 1), policy.severities().minor()),
                severities.setting(
                        "major", Kind.shareBetween(0, 1), policy.severities().major()),
                severities.setting(
                        "critical", Kind.shareBetween(0, 1), policy.severities().critical()),
                section.setting("confidence", Kind.shareBetween(0.5, 1), policy.confidence()),
                section.setting("suite-error-rate", Kind.shareBetween(0, 1), policy.suiteErrorRate()),
                section.setting("minimum-runs", Kind.wholeNumber(3, MOST_RUNS), policy.minimumRuns()));
        if (rises(severities, read.minor, "minor", read.major, "major")) {
            rises(severities, read.major, "major", read.critical, "critical");
        }
        severities.done();
        section.done();
        return read;
    }

    private static boolean rises(
            Section section, Setting<Double> low, String lowKey, Setting<Double> high, String key) {
        if (isMisread(section, low, lowKey) || isMisread(section, high, key)) {
            return false; // its default contradicts nothing in the file
        }
        if (low.value() >= high.value()) {
            boolean blameHigh = high.origin() instanceof Origin.File;
            section.mistakeAt(
                    blameHigh ? key : lowKey,
                    "severities must increase: " + lowKey + " (" + low.shown() + ", " + low.origin() + ") must be"
                            + " below " + key
                            + " (" + high.shown() + ", " + high.origin() + ")");
            return false;
        }
        return true;
    }

    private static boolean isMisread(Section section, Setting<Double> setting, String key) {
        return section.has(key) && !(setting.origin() instanceof Origin.File);
    }

    /** The same, overridden by options where they are given. */
    public PolicySection unless(Optional<Double> margin, Optional<Double> confidence, Optional<Integer> minimumRuns) {
        return new PolicySection(
                this.margin.unless(margin, "--margin"),
                minor,
                major,
                critical,
                this.confidence.unless(confidence, "--confidence"),
                suiteErrorRate,
                this.minimumRuns.unless(minimumRuns, "--min-runs"));
    }

    /** @throws IllegalArgumentException if an option is out of range */
    public Policy policy() {
        return new Policy(
                margin.value(),
                new Severities(minor.value(), major.value(), critical.value()),
                confidence.value(),
                suiteErrorRate.value(),
                minimumRuns.value());
    }

    /** The section as rules for every series: those of options, or those of the file and the defaults. */
    List<ThresholdRule> rules(boolean options) {
        List<ThresholdRule> rules = new ArrayList<>();
        if (margin.origin() instanceof Origin.Option == options) {
            rules.add(ThresholdRule.ofMargin(name(margin), ThresholdRule.Scope.ALL, margin.value()));
        }
        if (!options) {
            Setting<Double> stated = List.of(minor, major, critical).stream()
                    .filter(setting -> setting.origin() instanceof Origin.File)
                    .findFirst()
                    .orElse(minor);
            rules.add(new ThresholdRule(
                    name(stated),
                    ThresholdRule.Scope.ALL,
                    OptionalDouble.empty(),
                    Optional.of(new Severities(minor.value(), major.value(), critical.value())),
                    List.of(),
                    OptionalInt.empty()));
        }
        if (minimumRuns.origin() instanceof Origin.Option == options) {
            rules.add(new ThresholdRule(
                    name(minimumRuns),
                    ThresholdRule.Scope.ALL,
                    OptionalDouble.empty(),
                    Optional.empty(),
                    List.of(),
                    OptionalInt.of(minimumRuns.value())));
        }
        return rules;
    }

    private static String name(Setting<?> setting) {
        return setting.origin() instanceof Origin.File
                ? setting.origin() + " (policy)"
                : setting.origin().toString();
    }

    List<Setting<?>> settings() {
        return List.of(margin, minor, major, critical, confidence, suiteErrorRate, minimumRuns);
    }
}
