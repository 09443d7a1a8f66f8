package dev.plumbline.core.api;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.calibrate.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The error rates of {@link Plumbline#judge} on histories like these, measured by replaying them.
 *
 * @param healthyRuns the number of judged runs without a change
 * @param falsePositiveRate the share of them with any reported regression
 * @param detections the detection rates of injected regressions, by size and number of runs
 * @param detectableChanges by series, the smallest relative change that one new run detects with 99 % probability;
 *     empty if no tested size reaches that
 */
public record ErrorRates(
        int healthyRuns,
        double falsePositiveRate,
        List<Detection> detections,
        Map<String, OptionalDouble> detectableChanges) {
    /** Copies the list and the map. */
    public ErrorRates {
        detections = List.copyOf(detections);
        detectableChanges = Map.copyOf(requireNonNull(detectableChanges, "detectableChanges"));
    }

    /**
     * The detection rate of injected regressions.
     *
     * @param size relative: 0.05 is 5 % worse
     * @param runs the number of judged runs of the slower code
     * @param injected the number of injected regressions
     * @param rate the share detected by the last of these runs
     */
    public record Detection(double size, int runs, int injected, double rate) {}

    static ErrorRates of(Calibration calibration) {
        List<Detection> detections = new ArrayList<>();
        calibration.detections().forEach(size -> size.within()
                .forEach(within -> detections.add(new Detection(
                        size.size(),
                        within.runs(),
                        within.found().count(),
                        within.found().share()))));
        Map<String, OptionalDouble> changes = new TreeMap<>();
        calibration
                .detectable()
                .forEach(one -> changes.put(one.key().benchmark().name(), one.change()));
        return new ErrorRates(calibration.healthyRuns(), calibration.called().share(), detections, changes);
    }
}
