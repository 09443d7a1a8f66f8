package dev.plumbline.pipeline.config;

import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.baseline.VersionInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The settings of established baselines, and whether checks use them: the section {@code baseline}. */
public record BaselineSection(
        Setting<Optional<String>> use,
        Setting<String> name,
        Setting<Duration> window,
        Setting<Optional<Integer>> runs,
        Setting<Integer> minimumRuns,
        Setting<Double> widestInterval,
        Setting<Integer> holdRuns,
        Setting<Duration> maximumAge,
        Setting<Integer> maximumRevisions) {
    private static final int MOST = 1_000_000;

    static BaselineSection read(Section section) {
        BaselineSettings settings = BaselineSettings.DEFAULT;
        BaselineSection read = new BaselineSection(
                section.setting("use", Kind.optional(Kind.text(), "none"), Optional.empty()),
                section.setting("name", Kind.text(), VersionInfo.DEFAULT_NAME),
                section.setting(
                        "window",
                        Kind.duration(),
                        Duration.ofDays(settings.days().orElseThrow())),
                section.setting(
                        "runs", Kind.optional(Kind.wholeNumber(1, MOST), "all in the window"), Optional.empty()),
                section.setting("minimum-runs", Kind.wholeNumber(1, MOST), settings.minimumRuns()),
                section.setting("widest-interval", Kind.shareBetween(0, 1), settings.widestInterval()),
                section.setting("hold-runs", Kind.wholeNumber(1, MOST), settings.holdRuns()),
                section.setting("maximum-age", Kind.duration(), Duration.ofDays(settings.maximumAgeDays())),
                section.setting("maximum-revisions", Kind.wholeNumber(1, MOST), settings.maximumRevisions()));
        if (read.window.value().toDays() < 1) {
            section.mistakeAt("window", "baseline.window: at least 1 d");
        }
        if (read.maximumAge.value().toDays() < 1) {
            section.mistakeAt("maximum-age", "baseline.maximum-age: at least 1 d");
        }
        try {
            VersionInfo.checkName(read.name.value());
        } catch (IllegalArgumentException e) {
            section.mistakeAt("name", "baseline.name: " + e.getMessage());
        }
        section.done();
        return read;
    }

    /** @param margin the smallest relative change worth a person's time, of the policy */
    public BaselineSettings settings(double margin) {
        return new BaselineSettings(
                OptionalInt.of(Math.toIntExact(Math.min(MOST, window.value().toDays()))),
                runs.value().map(OptionalInt::of).orElse(OptionalInt.empty()),
                minimumRuns.value(),
                widestInterval.value(),
                margin,
                holdRuns.value(),
                Math.toIntExact(Math.min(MOST, maximumAge.value().toDays())),
                maximumRevisions.value());
    }

    List<Setting<?>> settings() {
        return List.of(use, name, window, runs, minimumRuns, widestInterval, holdRuns, maximumAge, maximumRevisions);
    }
}
