package dev.plumbline.pipeline.config;

import dev.plumbline.core.detect.Policy;
import dev.plumbline.core.detect.Severities;
import java.util.List;
import java.util.Optional;

/** What counts as a change: the section {@code policy}. */
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
        rises(severities, read.minor, "minor", read.major, "major");
        rises(severities, read.major, "major", read.critical, "critical");
        severities.done();
        section.done();
        return read;
    }

    private static void rises(Section section, Setting<Double> low, String lowKey, Setting<Double> high, String key) {
        if (low.value() >= high.value()) {
            boolean blameHigh = high.origin() instanceof Origin.File;
            section.mistakeAt(
                    blameHigh ? key : lowKey,
                    "severities rise: " + lowKey + " (" + low.shown() + ", " + low.origin() + ") has to be below " + key
                            + " (" + high.shown() + ", " + high.origin() + ")");
        }
    }

    /** What options say, where they say something. */
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

    List<Setting<?>> settings() {
        return List.of(margin, minor, major, critical, confidence, suiteErrorRate, minimumRuns);
    }
}
