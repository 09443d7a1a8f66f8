package dev.plumbline.core.shape;

import dev.plumbline.core.shape.feature.Seasonality;
import dev.plumbline.core.stats.distribution.FisherF;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Detects daily and weekly seasonality and removes it.
 *
 * <p>The decomposition is that of STL (Cleveland et al. 1990) with a season that stays the same, for times that need
 * not be regular: in turn the trend, a moving mean over one period, is removed and the mean of every phase is taken
 * with bisquare weights, so that a spike is no season. Strength is that of Hyndman and Athanasopoulos.
 *
 * <p>A season is found where it is clear, and kept from then on while it holds: else one that is near the limit would
 * come and go from run to run. What was clear is asked of the beginnings of the series, so that the same values have
 * the same answer, whoever saw how many of them.
 */
final class SeasonSearch {
    private static final int PERIODS = 3;

    /**
     * The least number of times that the series enters each phase from another one: a level that changed in the weeks
     * in which the runs moved from one hour to another is no season.
     */
    private static final int EACH_PHASE = 3;

    /** A stay in a phase that holds more than three times the usual number of values is a burst. */
    private static final int BURST = 3;

    private static final int ROUNDS = 3;
    private static final double STRENGTH = 0.3;
    private static final double LEVEL = 1e-6;

    /** The strength above which a season that earlier values showed clearly is kept. */
    private static final double KEPT_STRENGTH = 0.15;

    private static final double KEPT_LEVEL = 1e-3;

    /** The most prefixes of the series that are tested for it. */
    private static final int MOST_BEGINNINGS = 64;

    private static final double BISQUARE = 6;

    private final double[] days;
    private double[] x;

    /** @param days as many finite times as scores */
    SeasonSearch(double[] scores, double[] days) {
        this.days = days;
        x = scores;
    }

    /**
     * A season in scores.
     *
     * @param effects of each phase; 0 where nothing was measured
     */
    record Found(Seasonality.Period period, double strength, double pValue, double[] effects) {
        private boolean isClear() {
            return strength > STRENGTH && pValue < LEVEL;
        }

        double at(double day) {
            return effects[period.phase(day, effects.length)];
        }

        double amplitude() {
            return (Arrays.stream(effects).max().orElse(0)
                            - Arrays.stream(effects).min().orElse(0))
                    / 2;
        }

        /** The same as shares of the level. */
        Seasonality reported(double[] scores, Observations series) {
            double level = Location.median(scores);
            return new Seasonality(
                    period,
                    strength,
                    Math.abs(series.relative(amplitude(), level)),
                    pValue,
                    Arrays.stream(effects)
                            .map(effect -> series.relative(effect, level))
                            .boxed()
                            .toList());
        }
    }

    /** The seasons, the daily one first; the weekly one is searched for in what it leaves. */
    List<Found> find() {
        List<Found> found = new ArrayList<>();
        for (Seasonality.Period period : Seasonality.Period.values()) {
            find(period).filter(season -> season.isClear() || wasClear(period)).ifPresent(season -> {
                found.add(season);
                double[] without = new double[x.length];
                Arrays.setAll(without, i -> x[i] - season.at(days[i]));
                x = without;
            });
        }
        return found;
    }

    /** The scores without the seasons found. */
    double[] remainder() {
        return x;
    }

    /** Whether fewer of the values showed the season clearly. */
    private boolean wasClear(Seasonality.Period period) {
        int step = Math.max(1, Integer.highestOneBit(2 * x.length / MOST_BEGINNINGS));
        for (int n = (x.length - 1) / step * step; n > 0; n -= step) {
            SeasonSearch beginning = new SeasonSearch(Arrays.copyOf(x, n), Arrays.copyOf(days, n));
            if (beginning.find(period).filter(Found::isClear).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** The season of a period, clear or as strong as a kept one. */
    private Optional<Found> find(Seasonality.Period period) {
        return withoutBursts(period).findEven(period);
    }

    /**
     * The same with fewer of the values that came in a burst, as the reruns of one commit do: of a phase entered once
     * for long they would be nearly all that is known, and a new level a season.
     */
    private SeasonSearch withoutBursts(Seasonality.Period period) {
        int n = x.length;
        int phases = phases(period, n);
        int[] begins = IntStream.range(0, n)
                .filter(i -> i == 0 || period.phase(days[i], phases) != period.phase(days[i - 1], phases))
                .toArray();
        double[] lengths = IntStream.range(0, begins.length)
                .mapToDouble(i -> (i + 1 < begins.length ? begins[i + 1] : n) - begins[i])
                .toArray();
        int most = n == 0 ? 0 : (int) (BURST * Location.median(lengths));
        if (Arrays.stream(lengths).noneMatch(length -> length > most)) {
            return this;
        }
        int[] kept = IntStream.range(0, begins.length)
                .flatMap(i -> IntStream.range(0, (int) Math.min(most, lengths[i]))
                        .map(j -> begins[i] + (int) (j * lengths[i] / Math.min(most, lengths[i]))))
                .toArray();
        return new SeasonSearch(
                Arrays.stream(kept).mapToDouble(i -> x[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> days[i]).toArray());
    }

    private static int phases(Seasonality.Period period, int count) {
        return period == Seasonality.Period.WEEKLY ? 7 : count >= 480 ? 24 : 8;
    }

    private Optional<Found> findEven(Seasonality.Period period) {
        int n = x.length;
        double span = days[n - 1] - days[0];
        if (!(span >= PERIODS * period.days()) || n < 2 * PERIODS * 2) {
            return Optional.empty();
        }
        int phases = phases(period, n);
        int[] phase = new int[n];
        int[] counts = new int[phases];
        int[] visits = new int[phases];
        for (int i = 0; i < n; i++) {
            phase[i] = period.phase(days[i], phases);
            counts[phase[i]]++;
            visits[phase[i]] += i == 0 || phase[i] != phase[i - 1] ? 1 : 0;
        }
        int used = 0;
        for (int visited : visits) {
            used += visited > 0 ? 1 : 0;
            if (visited > 0 && visited < EACH_PHASE) {
                return Optional.empty();
            }
        }
        if (used < 2 || n < used + PERIODS) {
            return Optional.empty();
        }
        double[] trend = movingMean(x, period.days());
        double[] effects = effects(trend, phase, phases, counts);
        if (screened(trend, phase, effects, used)) {
            return Optional.empty();
        }
        double[] without = new double[n];
        for (int round = 1; round < ROUNDS; round++) {
            for (int i = 0; i < n; i++) {
                without[i] = x[i] - effects[phase[i]];
            }
            trend = movingMean(without, period.days());
            effects = effects(trend, phase, phases, counts);
        }
        return judged(period, trend, phase, effects, used);
    }

    /** Whether a cheap test already rejects. */
    private boolean screened(double[] trend, int[] phase, double[] effects, int used) {
        return pValue(trend, phase, effects, used) > 1e-2;
    }

    private Optional<Found> judged(Seasonality.Period period, double[] trend, int[] phase, double[] effects, int used) {
        int n = x.length;
        double[] remainder = new double[n];
        double[] seasonal = new double[n];
        for (int i = 0; i < n; i++) {
            seasonal[i] = x[i] - trend[i];
            remainder[i] = seasonal[i] - effects[phase[i]];
        }
        double left = Spread.winsorisedDeviation(remainder);
        double all = Spread.winsorisedDeviation(seasonal);
        // phase means follow chance: what they would explain anyway is taken off
        double share = left * left * (n - 1.0) / (n - used);
        double strength = all > 0 ? Math.max(0, 1 - share / (all * all)) : 0;
        double pValue = pValue(trend, phase, effects, used);
        return strength > KEPT_STRENGTH && pValue < KEPT_LEVEL
                ? Optional.of(new Found(period, Math.min(1, strength), pValue, effects))
                : Optional.empty();
    }

    private double pValue(double[] trend, int[] phase, double[] effects, int used) {
        int n = x.length;
        double[] remainder = new double[n];
        for (int i = 0; i < n; i++) {
            remainder[i] = x[i] - trend[i] - effects[phase[i]];
        }
        double limit = 4 * Spread.winsorisedDeviation(remainder);
        double within = 0;
        double between = 0;
        for (int i = 0; i < n; i++) {
            double bounded = Math.max(-limit, Math.min(limit, remainder[i]));
            within += bounded * bounded;
            between += effects[phase[i]] * effects[phase[i]];
        }
        int degrees = n - used - 1;
        if (!(within > 0) || degrees < 1) {
            return between > 0 && degrees >= 1 ? 0 : 1;
        }
        return FisherF.survival(between / (used - 1) / (within / degrees), used - 1.0, degrees);
    }

    /** The mean over a period of time around each score, by two pointers. */
    private double[] movingMean(double[] scores, double period) {
        int n = scores.length;
        double[] means = new double[n];
        double sum = 0;
        int from = 0;
        int to = 0;
        double centre = scores[0];
        for (int i = 0; i < n; i++) {
            double first = Math.min(Math.max(days[i] - period / 2, days[0]), days[n - 1] - period);
            while (to < n && days[to] < first + period) {
                sum += scores[to++] - centre;
            }
            while (from < to && days[from] < first) {
                sum -= scores[from++] - centre;
            }
            means[i] = to > from ? centre + sum / (to - from) : scores[i];
        }
        return means;
    }

    private double[] effects(double[] trend, int[] phase, int phases, int[] counts) {
        double[][] of = new double[phases][];
        for (int p = 0; p < phases; p++) {
            of[p] = new double[counts[p]];
        }
        int[] filled = new int[phases];
        for (int i = 0; i < x.length; i++) {
            of[phase[i]][filled[phase[i]]++] = x[i] - trend[i];
        }
        double[] effects = new double[phases];
        double mean = 0;
        for (int p = 0; p < phases; p++) {
            if (counts[p] > 0) {
                effects[p] = bisquare(of[p]);
                mean += effects[p] * counts[p] / x.length;
            }
        }
        for (int p = 0; p < phases; p++) {
            effects[p] = counts[p] > 0 ? effects[p] - mean : 0;
        }
        return effects;
    }

    /** The mean with weights that fall to nothing at six median deviations. */
    private static double bisquare(double[] values) {
        double median = Location.median(values);
        double limit = BISQUARE * Spread.medianAbsoluteDeviation(values);
        double sum = 0;
        double weights = 0;
        for (double value : values) {
            double u = (value - median) / limit;
            if (Math.abs(u) < 1) {
                double weight = (1 - u * u) * (1 - u * u);
                sum += weight * (value - median);
                weights += weight;
            }
        }
        return weights > 0 ? median + sum / weights : median;
    }
}
