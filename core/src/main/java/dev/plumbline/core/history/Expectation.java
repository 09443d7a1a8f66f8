package dev.plumbline.core.history;

import dev.plumbline.core.finding.Baseline;
import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Selection;
import dev.plumbline.core.stats.sample.Spread;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The prediction for the next run: the current regime, and its noise.
 *
 * @param regime level and noise since the last step
 * @param level the current level in the series' unit; for a regime that never moved exactly its value
 * @param runs how many values the current regime has
 * @param quiet how many of the newest values scatter much less than those before, where the noise fell; the regime
 *     begins there or later, and its noise is theirs
 * @param constant whether the current regime never moved at all, as counters do
 */
public record Expectation(Regime regime, double level, int runs, OptionalInt quiet, boolean constant) {
    /** The most values of a history that describe today's noise. */
    private static final int NEWEST = 400;

    /** With fewer values a scan looks for no step, and knows no noise below seven. */
    private static final int ENOUGH_FOR_SCAN = 10;

    /** The confidence of the intervals. */
    private static final double CONFIDENCE = 0.95;

    /** The number of runs that would measure a level without error. */
    private static final int ENDLESS = 1_000_000;

    /** The number of equal values after a step that make a constant level. */
    private static final int LEAST_CONSTANT = 3;

    /** A duration that never moved is a coarse timer rather than a counter; this number of equal runs settles it. */
    private static final int SETTLED = 20;

    /**
     * Looks at a history.
     *
     * @param values all finite, at least one
     * @param steps what a scan of exactly these values found
     */
    public static Expectation of(double[] values, Steps steps) {
        Regime scanned = steps.regime().orElseThrow();
        Regime all = values.length < ENOUGH_FOR_SCAN ? ofFew(values, scanned) : scanned;
        List<double[]> parts = regimes(values, steps);
        double[] residuals = residuals(values, parts, all);
        Optional<NoiseFall.Found> fall = NoiseFall.find(residuals, all.autocorrelation());
        Regime regime = fall.map(found -> since(values, residuals, all, found)).orElse(all);
        fall.ifPresent(found -> split(parts, found.newest()));
        boolean constant = true;
        for (int i = regime.start(); i < values.length; i++) {
            constant &= values[i] == values[regime.start()];
        }
        int runs = values.length - regime.start();
        // two equal values after a step are no counter that never moves
        constant &= runs >= LEAST_CONSTANT || runs == values.length;
        return new Expectation(
                regime,
                // a regime on logarithms gives its level back with the last digits rounded: no counter would be equal
                constant ? values[regime.start()] : regime.level(),
                runs,
                fall.map(found -> OptionalInt.of(found.newest())).orElse(OptionalInt.empty()),
                constant);
    }

    /**
     * The same noise around another level.
     *
     * @param centre the level as a score
     * @param values the number of values, at least one
     */
    public Expectation onLevel(double centre, int values) {
        double level = regime.scale().value(centre);
        Regime moved = new Regime(
                regime.start(),
                values,
                level,
                regime.scale() instanceof Regime.Linear linear
                        ? regime.deviation() * linear.unit() / Math.abs(level)
                        : regime.relativeNoise(),
                regime.autocorrelation(),
                regime.degrees(),
                regime.scale(),
                centre,
                regime.deviation(),
                centre);
        return new Expectation(moved, moved.level(), values, OptionalInt.empty(), false);
    }

    /** The same where the level lies elsewhere. */
    public Expectation at(double centre) {
        Expectation moved = onLevel(centre, runs);
        return new Expectation(moved.regime, moved.level, runs, quiet, false);
    }

    /** The newest values, each as a score from the middle of its own regime. */
    private static double[] residuals(double[] values, List<double[]> parts, Regime regime) {
        int newest = Math.min(values.length, NEWEST);
        double[] residuals = new double[newest];
        List<double[]> levels = new ArrayList<>(parts);
        // steps that do not matter end a regime and no part
        split(levels, values.length - regime.start());
        int to = newest;
        for (int i = levels.size() - 1; to > 0; i--) {
            double[] scores = scores(levels.get(i), regime.scale());
            double middle = Selection.median(scores.clone(), scores.length);
            for (int j = scores.length - 1; j >= 0 && to > 0; j--) {
                residuals[--to] = scores[j] - middle;
            }
        }
        return residuals;
    }

    /** Begins a part with the newest {@code length} values, if none begins there. */
    private static void split(List<double[]> parts, int length) {
        int left = length;
        int i = parts.size() - 1;
        while (left > parts.get(i).length) {
            left -= parts.get(i).length;
            i--;
        }
        double[] part = parts.get(i);
        if (left < part.length) {
            parts.set(i, Arrays.copyOf(part, part.length - left));
            parts.add(i + 1, Arrays.copyOfRange(part, part.length - left, part.length));
        }
    }

    /** The regime as the values since the noise fell show it. */
    private static Regime since(double[] values, double[] residuals, Regime regime, NoiseFall.Found fall) {
        int length = fall.newest();
        int start = values.length - length;
        if (start > regime.start()) {
            return NoiseFall.quiet(
                    regime,
                    scores(Arrays.copyOfRange(values, start, values.length), regime.scale()),
                    start,
                    fall.caution());
        }
        double[] newer = Arrays.copyOfRange(residuals, residuals.length - length, residuals.length);
        Arrays.sort(newer);
        return NoiseFall.quieter(regime, Winsorised.deviation(newer, length), fall.caution(), length);
    }

    /** The values of each regime, oldest first. */
    public static List<double[]> regimes(double[] values, Steps steps) {
        List<double[]> regimes = new ArrayList<>();
        int start = 0;
        for (Step step : steps.steps()) {
            regimes.add(Arrays.copyOfRange(values, start, step.index()));
            start = step.index();
        }
        regimes.add(Arrays.copyOfRange(values, start, values.length));
        return regimes;
    }

    /** The mean and plain standard deviation of few values, with their degrees of freedom. */
    private static Regime ofFew(double[] values, Regime scanned) {
        if (values.length < 2) {
            return scanned;
        }
        Regime.Scale scale = scanned.scale();
        double[] scores = Arrays.stream(values).map(scale::score).toArray();
        double centre = Location.mean(scores);
        double level = scale.value(centre);
        double deviation = Math.max(scanned.deviation(), Spread.standardDeviation(scores));
        double noise = scale instanceof Regime.Linear linear ? deviation * linear.unit() / Math.abs(level) : deviation;
        return new Regime(
                scanned.start(),
                scanned.count(),
                level,
                Double.isNaN(noise) ? scanned.relativeNoise() : noise,
                scanned.autocorrelation(),
                values.length - 1,
                scale,
                centre,
                deviation,
                centre);
    }

    private static double[] scores(double[] values, Regime.Scale scale) {
        return Arrays.stream(values).map(scale::score).toArray();
    }

    /**
     * The standard error of the difference between the mean of some further runs and the level, as a score.
     *
     * @param count how many further runs
     * @param phi the assumed autocorrelation, below 1
     */
    public double standardError(int count, double phi) {
        return standardError(count, phi, runs);
    }

    /** The same for a level that is known as well as the mean of {@code level} values. */
    public double standardError(int count, double phi, double level) {
        double few = 1;
        double power = 1;
        for (int lag = 1; lag < count && power > 1e-7; lag++) {
            power *= phi;
            few += 2 * (1 - (double) lag / count) * power;
        }
        double many = (1 + phi) / (1 - phi);
        return regime.deviation() * Math.sqrt(few / count + many / level);
    }

    /**
     * The probability that a healthy series which never moved moves now: none for a counter, which is exact, while a
     * coarse timer may always have a second value.
     */
    public double movedProbability(Unit unit) {
        return !unit.isDuration() || runs >= SETTLED ? 0 : 1.0 / (runs + 1);
    }

    /** The shift that a change for the worse as large as the margin is. */
    public double marginShift(double margin, Better better) {
        if (regime.scale() instanceof Regime.Logarithmic) {
            return better == Better.LOWER ? Math.log1p(margin) : -Math.log1p(-margin);
        }
        return margin * Math.abs(regime.centre());
    }

    /** The relative change that a shift from the level is, the shift as a score. */
    public static double relative(Regime regime, double shift) {
        if (regime.scale() instanceof Regime.Logarithmic) {
            return Math.expm1(shift);
        }
        return Effect.relativeChange(regime.level(), regime.scale().value(regime.centre() + shift));
    }

    /**
     * The baseline of this expectation.
     *
     * @param base the runs that this was made of, oldest first
     */
    public Baseline baseline(List<Point> base) {
        double half = StudentT.upperQuantile((1 - CONFIDENCE) / 2, regime.degrees())
                * standardError(ENDLESS, regime.autocorrelation());
        Interval around = constant
                ? new Interval(level, level, CONFIDENCE)
                : new Interval(
                        regime.scale().value(regime.centre() - half),
                        regime.scale().value(regime.centre() + half),
                        CONFIDENCE);
        return new Baseline(
                runs,
                level,
                constant ? 0 : finite(regime.relativeNoise()),
                deviationInterval(),
                around,
                base.get(Math.max(0, base.size() - runs)).run(),
                base.get(base.size() - 1).run());
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.MAX_VALUE;
    }

    private Interval deviationInterval() {
        if (runs < 2) {
            return Interval.unbounded(CONFIDENCE);
        }
        return constant ? new Interval(0, 0, CONFIDENCE) : regime.noiseInterval(CONFIDENCE);
    }
}
