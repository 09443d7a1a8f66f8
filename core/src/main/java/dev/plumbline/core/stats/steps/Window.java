package dev.plumbline.core.stats.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/** The analysed window of a series, put back into the unit of its values. */
final class Window {
    private static final double CONFIDENCE = 0.95;

    private final int[] indices;
    private final int m;
    private final double[] x;
    private final Regime.Scale scale;
    private final StepScan.Settings settings;
    private final Analysis analysis;
    private final NoiseModel noise;

    Window(double[] values, int[] indices, int m, StepScan.Settings settings) {
        this.indices = indices;
        this.m = m;
        this.settings = settings;
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int i = 0; i < m; i++) {
            smallest = Math.min(smallest, values[i]);
            largest = Math.max(largest, Math.abs(values[i]));
        }
        scale = smallest > 0 ? new Regime.Logarithmic() : new Regime.Linear(unit(largest));
        x = new double[m];
        for (int i = 0; i < m; i++) {
            x[i] = scale.score(values[i]);
        }
        analysis = new Analysis(x, m, smallest > 0 ? StepScan.SMALLEST_NOISE : floor(x, m));
        analysis.run();
        noise = analysis.noise();
    }

    /** The largest power of two that is not above a magnitude; 1 for zero. */
    private static double unit(double largest) {
        return largest == 0 ? 1 : Math.scalb(1.0, Math.max(Double.MIN_EXPONENT, Math.getExponent(largest)));
    }

    /** The smallest noise that is believed on a linear scale: a share of the typical magnitude. */
    private static double floor(double[] x, int m) {
        double typical = Robust.medianOfAbsolutes(x, m);
        return StepScan.SMALLEST_NOISE * Math.max(typical, 1e-6);
    }

    int count() {
        return analysis.count();
    }

    int change(int i) {
        return analysis.change(i);
    }

    Step step(int i) {
        return step(analysis.start(i), analysis.change(i), analysis.end(i), Tier.CONFIRMED, analysis.checks(i, noise));
    }

    Optional<Step> suspect() {
        int c = analysis.suspect(noise);
        if (c < 0) {
            return Optional.empty();
        }
        int a = analysis.count() == 0 ? 0 : analysis.change(analysis.count() - 1);
        Step step = step(a, c, m, Tier.SUSPECT, analysis.suspectChecks(c, noise));
        return matters(step) ? Optional.of(step) : Optional.empty();
    }

    boolean matters(Step step) {
        return Math.max(Math.abs(step.low()), Math.abs(step.high())) >= settings.smallestChange();
    }

    private Step step(int a, int c, int b, Tier tier, List<Check> checks) {
        int left = Math.max(a, c - LevelTest.REACH);
        int right = Math.min(b, c + LevelTest.REACH);
        double before = Location.level(x, left, c, noise.scale());
        double after = Location.level(x, c, right, noise.scale());
        double error = noise.scale()
                * Math.sqrt(noise.meanFactor(c - left) / (c - left) + noise.meanFactor(right - c) / (right - c));
        TDistribution t = TDistribution.of(noise.degrees());
        double half = t.inverseSurvivalProbability((1 - CONFIDENCE) / 2) * error;
        double p = Math.min(1, 2 * t.survivalProbability(checks.get(0).value()) * m);
        double change = after - before;
        Location.Interval interval =
                tier == Tier.CONFIRMED ? Location.around(x, a, c, b, noise) : new Location.Interval(c, c, c);
        double low = relative(before, change - half);
        double high = relative(before, change + half);
        List<Check> ladder = new ArrayList<>(checks);
        double effect = Math.max(Math.abs(low), Math.abs(high));
        ladder.add(
                new Check(Check.Kind.EFFECT, effect, settings.smallestChange(), effect >= settings.smallestChange()));
        return new Step(
                indices[c],
                indices[Math.min(c, interval.first())],
                indices[Math.max(c, interval.last())],
                scale.value(before),
                scale.value(after),
                relative(before, change),
                low,
                high,
                p,
                tier,
                ladder);
    }

    /** The relative change that a difference of scores is. */
    private double relative(double before, double difference) {
        if (scale instanceof Regime.Logarithmic) {
            return Math.min(Double.MAX_VALUE, StrictMath.expm1(difference));
        }
        return difference == 0 ? 0 : difference / Math.abs(before);
    }

    Regime regime(int start) {
        int a = analysis.count() == 0 ? 0 : analysis.change(analysis.count() - 1);
        int from = Math.max(a, m - LevelTest.REACH);
        double centre = Robust.median(x, from, m);
        double low = -noise.clip(false) * noise.scale();
        double high = noise.clip(true) * noise.scale();
        double sum = 0;
        for (int i = from; i < m; i++) {
            sum += Robust.clip(x[i] - centre, low, high);
        }
        double mean = sum / (m - from);
        double newest = Robust.clip(x[m - 1] - centre, low, high);
        double expected = centre + noise.phi() * newest + (1 - noise.phi()) * mean;
        double relativeNoise =
                scale instanceof Regime.Logarithmic ? noise.scale() : noise.scale() / Math.abs(centre + mean);
        return new Regime(
                start,
                m - from,
                scale.value(centre + mean),
                relativeNoise,
                noise.phi(),
                noise.degrees(),
                scale,
                centre + mean,
                noise.scale(),
                expected);
    }
}
