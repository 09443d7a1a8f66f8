package dev.plumbline.core.calibrate;

import dev.plumbline.core.finding.Policies;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.history.Expectation;
import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.judge.trial.SeriesTrial;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.Steps;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One series on the stage: its current level and all the noise it has shown.
 *
 * @param asked what it is judged with
 * @param policy the same at its current level, where a floor may be wider than the margin
 */
record Actor(Series series, Policy asked, Policy policy, Expectation expectation, double[] residuals, int block) {
    static Actor of(Series series, Policies policies) {
        Policy asked = policies.of(series.key(), series.unit());
        double[] values = series.values();
        Steps steps = SegmentedSeries.steps(values, asked.margin());
        return of(series, asked, steps, Expectation.of(values, steps));
    }

    /** The actor of what the next run is held against, which is long enough to be judged. */
    static Actor of(SeriesTrial next) {
        Series series = next.known();
        Policy asked = next.policy();
        return of(
                series,
                asked,
                SegmentedSeries.steps(series.values(), asked.margin()),
                next.expectation().orElseThrow());
    }

    private static Actor of(Series series, Policy asked, Steps steps, Expectation expectation) {
        double[] values = series.values();
        double[] residuals = residuals(Expectation.regimes(values, steps), expectation.regime());
        int block = Math.max(1, (int) Math.ceil(1.5 * Math.cbrt(residuals.length)));
        return new Actor(series, asked, asked.at(expectation.level()), expectation, residuals, block);
    }

    /** Whether a series measured anything but zero: of nothing no share can be put in or found. */
    static boolean isTelling(Series series) {
        return series.points().stream().anyMatch(point -> point.value() != 0);
    }

    /** Whether a change of a size counts here: one that reaches the margin and not the floor is never missed. */
    boolean isAsked(double size) {
        return size < asked.margin() || size >= policy.margin();
    }

    /** The shortest regime whose middle is used, unless there is no longer one. */
    private static final int LEAST_REGIME = 6;

    /** The scores of all regimes but the shortest, each from its own middle. */
    private static double[] residuals(List<double[]> regimes, Regime current) {
        int longest = regimes.stream().mapToInt(part -> part.length).max().orElseThrow();
        DoubleStream.Builder residuals = DoubleStream.builder();
        for (double[] part : regimes) {
            if (part.length >= Math.min(LEAST_REGIME, longest)) {
                double[] scores =
                        Arrays.stream(part).map(current.scale()::score).toArray();
                double middle = Location.median(scores);
                Arrays.stream(scores).map(score -> score - middle).forEach(residuals);
            }
        }
        return residuals.build().toArray();
    }

    /** A history as long as the series' own, at most {@code most} values, and {@code further} ones. */
    double[] healthy(Blocks blocks, int most, int further) {
        int length = Math.min(most, series.points().size()) + further;
        double[] scores = blocks.draw(residuals, length, block);
        double centre = expectation.constant()
                ? expectation.regime().scale().score(expectation.regime().level())
                : expectation.regime().centre();
        return Arrays.stream(scores)
                .map(score -> expectation.regime().scale().value(centre + score))
                .toArray();
    }

    void worsen(double[] values, int from, double size) {
        for (int i = from; i < values.length; i++) {
            double change = Math.abs(values[i]) * size;
            values[i] = series.better() == Better.LOWER ? values[i] + change : values[i] - change;
        }
    }

    /** The same actor judged with other thresholds. */
    Actor with(Policies policies) {
        Policy other = policies.of(series.key(), series.unit());
        return new Actor(series, other, other.at(expectation.level()), expectation, residuals, block);
    }

    /** A drawn history and the runs that come, none of them known yet. */
    ReplayCourse course(double[] values, int further) {
        return new ReplayCourse(this, values, values.length - further);
    }
}
