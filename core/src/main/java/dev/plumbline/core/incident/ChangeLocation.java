package dev.plumbline.core.incident;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.stats.MannKendall;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The position on a timeline where a change began: a probability for each revision in a range.
 *
 * <p>Of one series: the likelihood of every place within a window around the detected one, with squared errors of
 * first-order autoregressive innovations, bounded where a value is far off, less so for the better, around the two
 * levels that a change there would have, and every revision equally likely before. A revision that the series skipped
 * is as likely as the next one that it measured. Of many series: the product of theirs, each mixed with 5 % of
 * "anywhere", so that one alert that does not belong cannot spoil the rest.
 */
public final class ChangeLocation {
    // Likelihood of a change's place: Hinkley (1970); bounded errors: Fearnhead and Rigaill (2019).

    /** The number of values before and after the detected place that may be the true one. */
    static final int WINDOW = 24;

    /** The number of values on each side that determine a level. */
    private static final int FLANK = 40;

    /** From here on a squared error, in variances, counts as that of an outlier. */
    private static final double CAP = 14;

    /** The lower limit of noise, as a share of the level: timers and hosts are no more precise. */
    private static final double LEAST_NOISE = 1e-4;

    /** One side is far louder when its noise is this multiple of that of both. */
    private static final double LOUD = 2;

    /**
     * The cost of an outlier for the better beside one for the worse, in squared deviations: odds of 20 to 1. A
     * disturbed machine makes a run slower; hardly anything makes slow code fast for one run.
     */
    private static final double RARE = 2 * Math.log(20);

    /** The number of values on one side that determine its own noise. */
    private static final int LEAST_SIDE = 5;

    /** The share of alerts of a group that do not belong to it. */
    private static final double STRAY = 0.05;

    private static final double CREDIBLE = 0.95;

    private final int first;
    private final double[] probabilities;
    private final double sameRevision;

    /** Asked again and again while changes are put in order. */
    private Stretch credible;

    private ChangeLocation(int first, double[] probabilities, double sameRevision) {
        this.first = first;
        this.probabilities = probabilities;
        this.sameRevision = sameRevision;
    }

    /**
     * The place where the change of one series began.
     *
     * @param scores its values, on a scale on which noise is additive
     * @param places of the values on the timeline, not descending
     * @param index of the first value on the new level, as detected
     * @param from where the old level begins
     * @param to behind the last value of the new level
     * @param better which way scores are better
     */
    static ChangeLocation of(double[] scores, int[] places, int index, int from, int to, Better better) {
        double[] before = Arrays.copyOfRange(scores, Math.max(from, index - FLANK), index);
        double[] after = Arrays.copyOfRange(scores, index, Math.min(to, index + FLANK));
        double left = Location.median(before);
        double right = Location.median(after);
        double[] residuals = new double[before.length + after.length];
        for (int i = 0; i < before.length; i++) {
            residuals[i] = before[i] - left;
        }
        for (int i = 0; i < after.length; i++) {
            residuals[before.length + i] = after[i] - right;
        }
        double scale = Math.max(LEAST_NOISE, noise(residuals, before.length));
        double correlation = autocorrelation(residuals, scale);
        int low = Math.max(from + 1, index - WINDOW);
        int high = Math.min(to - 1, index + WINDOW);
        int begin = Math.max(from, low - FLANK);
        int end = Math.min(to, high + FLANK);
        double unit = 1 / (scale * scale * (1 - correlation * correlation));
        double[] costs = new double[high - low + 1];
        for (int t = low; t <= high; t++) {
            costs[t - low] = cost(scores, begin, t, end, new Errors(correlation, scale, unit, better));
        }
        return spread(costs, low, places);
    }

    /** The place of a change that is equally likely anywhere in a stretch. */
    static ChangeLocation between(int first, int last) {
        double[] probabilities = new double[last - first + 1];
        Arrays.fill(probabilities, 1.0 / probabilities.length);
        return new ChangeLocation(first, probabilities, 0);
    }

    /**
     * The weights of errors.
     *
     * @param phi autocorrelation of the noise
     * @param scale its standard deviation
     * @param unit what a squared error of an innovation is multiplied with
     */
    private record Errors(double phi, double scale, double unit, Better better) {
        /** The cost of a value, given its distance from its level and that of the one before. */
        double cost(double distance, double before) {
            double squared = (distance - phi * before) * (distance - phi * before) * unit;
            double rare = better.isWorse(distance) ? 0 : RARE * Math.max(0, Math.min(1, squared / CAP - 1));
            return bounded(squared) + rare;
        }
    }

    /** The cost of a change at one place, with the levels that such a change would have. */
    private static double cost(double[] x, int begin, int t, int end, Errors errors) {
        double left = level(x, begin, t, errors.scale);
        double right = level(x, t, end, errors.scale);
        double cost = errors.cost(x[t] - right, x[t - 1] - left);
        for (int i = begin + 1; i < t; i++) {
            cost += errors.cost(x[i] - left, x[i - 1] - left);
        }
        for (int i = t + 1; i < end; i++) {
            cost += errors.cost(x[i] - right, x[i - 1] - right);
        }
        return cost;
    }

    /** The mean of what lies within three deviations of the median. */
    static double level(double[] x, int from, int to, double scale) {
        double median = Location.median(Arrays.copyOfRange(x, from, to));
        double sum = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            if (Math.abs(x[i] - median) <= 3 * scale) {
                sum += x[i];
                count++;
            }
        }
        return count == 0 ? median : sum / count;
    }

    /**
     * The noise of both sides together, or that of the louder one where this is far more. The noise of a quiet side
     * would make an outlier of every value of a loud one, on whichever side of the change it is put: then nothing shows
     * where the change lies, however large it is.
     */
    private static double noise(double[] residuals, int boundary) {
        double both = deviation(residuals);
        double louder = 0;
        if (boundary >= LEAST_SIDE) {
            louder = deviation(Arrays.copyOfRange(residuals, 0, boundary));
        }
        if (residuals.length - boundary >= LEAST_SIDE) {
            louder = Math.max(louder, deviation(Arrays.copyOfRange(residuals, boundary, residuals.length)));
        }
        return louder > LOUD * both ? louder : both;
    }

    private static double deviation(double[] residuals) {
        // levels that are quantised or drift slightly have many residuals of zero, whose median alone would be zero
        double median =
                1.4826 * Location.median(Arrays.stream(residuals).map(Math::abs).toArray());
        return residuals.length < 2 ? median : Math.max(median, Spread.winsorisedDeviation(residuals));
    }

    private static double autocorrelation(double[] residuals, double scale) {
        if (residuals.length < 2 * FLANK / 4) {
            return 0;
        }
        return MannKendall.autocorrelation(Arrays.stream(residuals)
                .map(residual -> Math.max(-3 * scale, Math.min(3 * scale, residual)))
                .toArray());
    }

    /**
     * The cost of an error; for an outlier it still grows, with the logarithm of its square, as under a Cauchy
     * distribution. A flat bound would make a value of the other level, a hundred deviations off, as good an outlier
     * as one a little beyond the noise: then one noisy run beside a large step moves the step's place.
     */
    private static double bounded(double squared) {
        return squared <= CAP ? squared : CAP + 2 * Math.log(squared / CAP);
    }

    private static ChangeLocation spread(double[] costs, int low, int[] places) {
        double least = Arrays.stream(costs).min().orElseThrow();
        int first = Math.min(places[low - 1] + 1, places[low]);
        int last = places[low + costs.length - 1];
        double[] likelihood = new double[last - first + 1];
        double same = 0;
        for (int i = 0; i < costs.length; i++) {
            int t = low + i;
            double value = Math.exp((least - costs[i]) / 2);
            if (places[t] == places[t - 1]) {
                same += value;
                likelihood[places[t] - first] += value;
            }
            for (int place = places[t - 1] + 1; place <= places[t]; place++) {
                likelihood[place - first] += value;
            }
        }
        double sum = Arrays.stream(likelihood).sum();
        return new ChangeLocation(
                first, Arrays.stream(likelihood).map(value -> value / sum).toArray(), same / sum);
    }

    /**
     * The joint place of a change that many series show. Series come one by one, and a suite may have thousands of
     * them: the evidence of each about a place is added to that of the others.
     */
    static final class Pool {
        private final List<ChangeLocation> all = new ArrayList<>();
        private int first;
        private double[] sums = {};
        private double same;

        void add(ChangeLocation one) {
            boolean isInside = !all.isEmpty() && one.first >= first && one.last() < first + sums.length;
            all.add(one);
            same += one.sameRevision;
            if (isInside) {
                addTo(one);
                return;
            }
            int last = Math.max(one.last(), first + sums.length - 1);
            first = all.size() == 1 ? one.first : Math.min(first, one.first);
            sums = new double[(all.size() == 1 ? one.last() : last) - first + 1];
            all.forEach(this::addTo);
        }

        private void addTo(ChangeLocation one) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += Math.log((1 - STRAY) * one.at(first + i) + STRAY / sums.length);
            }
        }

        /**
         * The joint place from all series; at least one.
         *
         * @param weight of each one's evidence: 1 for independent series, less where their noise is the same
         */
        ChangeLocation where(double weight) {
            if (all.size() == 1) {
                return all.get(0);
            }
            double largest = Arrays.stream(sums).max().orElseThrow();
            double[] values = Arrays.stream(sums)
                    .map(value -> Math.exp(weight * (value - largest)))
                    .toArray();
            double sum = Arrays.stream(values).sum();
            return new ChangeLocation(
                    first, Arrays.stream(values).map(value -> value / sum).toArray(), same / all.size());
        }
    }

    /** The first place that is possible. */
    public int first() {
        return first;
    }

    /** The last place that is possible. */
    public int last() {
        return first + probabilities.length - 1;
    }

    /** The probability that the change began with the revision at this place. */
    public double at(int place) {
        return place < first || place > last() ? 0 : probabilities[place - first];
    }

    /** The likeliest place; the earliest of equals. */
    public int likeliest() {
        return first
                + IntStream.range(0, probabilities.length)
                        .reduce(0, (best, i) -> probabilities[i] > probabilities[best] ? i : best);
    }

    /** The share of the probability between two runs of one revision. */
    public double sameRevision() {
        return sameRevision;
    }

    /**
     * A stretch of places.
     *
     * @param first its first place
     * @param last its last place
     */
    public record Stretch(int first, int last) {
        boolean touches(Stretch other) {
            return first <= other.last && other.first <= last;
        }

        boolean holds(int place) {
            return first <= place && place <= last;
        }
    }

    /** From the first to the last of the likeliest places that together have 95 %. */
    public Stretch credible() {
        Stretch known = credible;
        if (known == null) {
            known = likeliest(CREDIBLE);
            credible = known;
        }
        return known;
    }

    private Stretch likeliest(double share) {
        Integer[] order = IntStream.range(0, probabilities.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, (one, other) -> Double.compare(probabilities[other], probabilities[one]));
        int low = order[0];
        int high = order[0];
        double sum = 0;
        for (int i = 0; i < order.length && sum < share; i++) {
            sum += probabilities[order[i]];
            low = Math.min(low, order[i]);
            high = Math.max(high, order[i]);
        }
        return new Stretch(first + low, first + high);
    }

    /** The likelihood ratio of both beginning with one revision against this one beginning anywhere in its window. */
    double together(ChangeLocation group) {
        double sum = 0;
        for (int i = 0; i < probabilities.length; i++) {
            sum += probabilities[i] * group.at(first + i);
        }
        return sum * probabilities.length;
    }
}
