package dev.plumbline.core.detect;

import dev.plumbline.core.stats.Location;
import dev.plumbline.core.stats.Spread;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a history lets one expect of the next run: the current regime, and how surprising its past was.
 *
 * @param regime level and noise since the last step
 * @param runs how many values the current regime has
 * @param constant whether the current regime never moved at all, as counters do
 * @param surprises how far, in robust deviations and without sign, each value lay from its own regime's level; empty
 *     for regimes that never moved
 */
record Expectation(Regime regime, int runs, boolean constant, double[] surprises) {
    /** A regime needs so many values before its scatter says anything of surprises. */
    private static final int ENOUGH_FOR_SCATTER = 6;

    /**
     * Looks at a history.
     *
     * @param values all finite, at least one
     * @param steps what a scan of exactly these values found
     */
    static Expectation of(double[] values, Steps steps) {
        Regime regime = steps.regime().orElseThrow();
        List<Integer> starts = new ArrayList<>(List.of(0));
        steps.steps().stream().map(Step::index).forEach(starts::add);
        List<double[]> surprises = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1) : values.length;
            surprises.add(surprises(Arrays.copyOfRange(values, starts.get(i), end), regime.scale()));
        }
        boolean constant = true;
        for (int i = regime.start(); i < values.length; i++) {
            constant &= values[i] == values[regime.start()];
        }
        return new Expectation(
                regime,
                values.length - regime.start(),
                constant,
                surprises.stream().flatMapToDouble(Arrays::stream).toArray());
    }

    private static double[] surprises(double[] values, Regime.Scale scale) {
        if (values.length < ENOUGH_FOR_SCATTER) {
            return new double[0];
        }
        double[] scores = Arrays.stream(values).map(scale::score).toArray();
        double center = Location.median(scores);
        double deviation = Spread.winsorisedDeviation(scores);
        if (!(deviation > 0)) {
            return new double[0];
        }
        return Arrays.stream(scores)
                .map(score -> Math.abs(score - center) / deviation)
                .toArray();
    }

    /**
     * The standard error of the difference between the mean of some further runs and the level, as a score.
     *
     * @param count how many further runs
     */
    double standardError(int count) {
        double phi = regime.autocorrelation();
        double few = 1;
        double power = 1;
        for (int lag = 1; lag < Math.min(count, 60); lag++) {
            power *= phi;
            few += 2 * (1 - (double) lag / count) * power;
        }
        double many = (1 + phi) / (1 - phi);
        return regime.deviation() * Math.sqrt(few / count + many / runs);
    }
}
