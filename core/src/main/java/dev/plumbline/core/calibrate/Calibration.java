package dev.plumbline.core.calibrate;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.finding.Severity;
import dev.plumbline.core.judge.trial.Detectable;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.stats.distribution.Proportion;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The error rates of the judge on a suite with the settings in force, measured by replaying the suite's own noise.
 *
 * @param series how many series were replayed
 * @param leftOut how many were not: their histories are too short, or the limit was reached
 * @param healthyRuns how many runs of a suite in which nothing changed were judged
 * @param closed healthy runs that failed the gate
 * @param called healthy runs in which any regression was reported, whether it failed the gate or not
 * @param tooGood healthy runs in which a result was so good that the gate asks whether anything was measured
 * @param suspected judgements of healthy series that asked for a confirming run
 * @param alarms the same healthy runs under each severity that could fail the gate, from any to critical
 * @param detections what was found of each injected size, smallest size first
 * @param detectable what can be found in each series, in the order given
 * @param confirming how many runs of one revision it takes to find changes of a size in most series
 * @param seed of all chance: the same suite, settings and seed give the same calibration
 */
public record Calibration(
        int series,
        int leftOut,
        int healthyRuns,
        Proportion closed,
        Proportion called,
        Proportion tooGood,
        Proportion suspected,
        List<Alarms> alarms,
        List<Detection> detections,
        List<Detectable> detectable,
        List<Confirming> confirming,
        long seed) {
    public Calibration {
        requireNonNull(closed, "closed");
        requireNonNull(called, "called");
        requireNonNull(tooGood, "tooGood");
        requireNonNull(suspected, "suspected");
        alarms = List.copyOf(alarms);
        detections = List.copyOf(detections);
        detectable = List.copyOf(detectable);
        confirming = List.copyOf(confirming);
    }

    /** The share of healthy runs in which a regression of at least this severity is reported. */
    public record Alarms(Severity blockAt, Proportion runs) {}

    /**
     * The detection rates of regressions of one size.
     *
     * @param size relative: 0.05 is 5 % worse
     * @param within shares found with at most 1, 2 … runs after the change, fewest runs first
     * @param meanDelay mean number of runs it took, of those found within the most runs; empty when none was
     */
    public record Detection(double size, List<Within> within, OptionalDouble meanDelay) {
        public Detection {
            within = List.copyOf(within);
        }
    }

    /** The share detected with at most {@code runs} runs after the change, the detecting run among them. */
    public record Within(int runs, Proportion found) {}

    /**
     * The minimum detectable change of one series.
     *
     * @param change the smallest change that a single new run finds with 99 % probability; empty when no size is known
     *     to be
     * @param noise the run-to-run standard deviation relative to the level
     */
    public record Detectable(SeriesKey key, OptionalDouble change, double noise) {}

    /**
     * The number of runs that detect changes of one size.
     *
     * @param size relative
     * @param reached series in which a single new run finds it with 99 % probability
     * @param runs runs of one revision with which nine series in ten do; empty when twenty are not enough
     */
    public record Confirming(double size, Proportion reached, OptionalInt runs) {}

    /**
     * The lowest severity at which healthy runs fail the gate no more often than {@code rate}; empty if there is none.
     */
    public java.util.Optional<Severity> severityFor(double rate) {
        return alarms.stream()
                .filter(alarm -> alarm.runs().count() > 0 && alarm.runs().share() <= rate)
                .map(Alarms::blockAt)
                .findFirst();
    }
}
