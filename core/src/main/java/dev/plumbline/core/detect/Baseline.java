package dev.plumbline.core.detect;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.stats.Interval;
import dev.plumbline.core.stats.StudentT;
import dev.plumbline.core.stats.steps.Regime;
import java.util.List;

/**
 * What a candidate was judged against.
 *
 * @param runs how many runs it stands on
 * @param level the reference level, in the series' unit
 * @param deviation the run-to-run standard deviation relative to the level; robust
 * @param deviationInterval the 95 % interval of that; unbounded where one run tells nothing of it
 * @param interval the 95 % interval of the level
 * @param first the oldest run it stands on
 * @param last the newest run it stands on
 */
public record Baseline(
        int runs,
        double level,
        double deviation,
        Interval deviationInterval,
        Interval interval,
        RunInfo first,
        RunInfo last) {
    /** Of the intervals. */
    private static final double CONFIDENCE = 0.95;

    /** Of runs that would measure a level without end. */
    private static final int ENDLESS = 1_000_000;

    public Baseline {
        requireNonNull(deviationInterval, "deviationInterval");
        requireNonNull(interval, "interval");
        requireNonNull(first, "first");
        requireNonNull(last, "last");
        if (runs < 1 || !(deviation >= 0)) {
            throw new IllegalArgumentException(runs + " runs with deviation " + deviation);
        }
    }

    /**
     * The baseline that an expectation stands for.
     *
     * @param base the runs that the expectation was made of, oldest first
     */
    static Baseline of(Expectation expected, List<Point> base) {
        Regime regime = expected.regime();
        double half = StudentT.upperQuantile((1 - CONFIDENCE) / 2, regime.degrees())
                * expected.standardError(ENDLESS, regime.autocorrelation());
        Interval level = expected.constant()
                ? new Interval(expected.level(), expected.level(), CONFIDENCE)
                : new Interval(
                        regime.scale().value(regime.centre() - half),
                        regime.scale().value(regime.centre() + half),
                        CONFIDENCE);
        return new Baseline(
                expected.runs(),
                expected.level(),
                expected.constant() ? 0 : Ladder.finite(regime.relativeNoise()),
                deviationInterval(expected),
                level,
                base.get(Math.max(0, base.size() - expected.runs())).run(),
                base.get(base.size() - 1).run());
    }

    private static Interval deviationInterval(Expectation expected) {
        if (expected.runs() < 2) {
            return Interval.unbounded(CONFIDENCE);
        }
        return expected.constant()
                ? new Interval(0, 0, CONFIDENCE)
                : expected.regime().noiseInterval(CONFIDENCE);
    }
}
