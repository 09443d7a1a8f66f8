package dev.plumbline.core.history;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.stats.steps.KnownLevels;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import java.util.Arrays;

/**
 * The steps of previously scanned values, kept to avoid scanning again.
 *
 * @param values oldest first
 * @param margin the smallest relative change that mattered
 * @param steps in these values, of whose levels nothing was known
 */
public record KnownSteps(double[] values, double margin, Steps steps) {
    /** The steps of no values. */
    public static final KnownSteps NONE = of(new double[0], 0);

    public KnownSteps {
        requireNonNull(values, "values");
        if (steps.size() != values.length) {
            throw new IllegalArgumentException("steps of " + steps.size() + " values for " + values.length);
        }
    }

    /** Scans. */
    static KnownSteps of(double[] values, double margin) {
        return new KnownSteps(values, margin, SegmentedSeries.steps(values, margin));
    }

    /** The steps in other values: these steps where a scan would see the same values. */
    Steps in(double[] others, StepScan.Settings settings, KnownLevels levels) {
        return levels.equals(KnownLevels.NONE)
                        && settings.equals(new StepScan.Settings(margin))
                        && Arrays.equals(others, values)
                ? steps
                : StepScan.analyze(others, settings, levels);
    }
}
