package dev.plumbline.core.shape;

import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.shape.feature.Shape;
import dev.plumbline.core.stats.sample.Location;
import dev.plumbline.core.stats.sample.Spread;
import dev.plumbline.core.stats.sample.SpreadSort;
import dev.plumbline.core.stats.steps.StepScan;
import dev.plumbline.core.stats.steps.Steps;
import java.util.Arrays;
import java.util.Optional;

/**
 * A series as its shape is searched for.
 *
 * @param values oldest first, missing ones as NaN
 * @param scores the finite ones
 * @param days when each finite one was measured; empty where one is missing or they do not ascend
 * @param margin the smallest relative change that matters
 * @param floor the lower limit of the deviation of scores
 */
record Observations(double[] values, Scores scores, double[] days, double margin, double floor) {
    /** Values rounded to a tick have a deviation of a tick over √12 and no less. */
    private static final double TICKS = 3.5;

    static Observations of(double[] values, double[] days, double margin) {
        Scores scores = Scores.of(values);
        return new Observations(
                values, scores, usable(days, scores.places()), margin, scores.size() == 0 ? 0 : scores.floor());
    }

    private static double[] usable(double[] days, int[] places) {
        if (days.length == 0 || places.length < 2) {
            return SeriesShape.NO_DAYS;
        }
        double[] taken = new double[places.length];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = days[places[i]];
            if (!Double.isFinite(taken[i]) || i > 0 && taken[i] < taken[i - 1]) {
                return SeriesShape.NO_DAYS;
            }
        }
        return taken[taken.length - 1] > taken[0] ? taken : SeriesShape.NO_DAYS;
    }

    int size() {
        return scores.size();
    }

    boolean hasDays() {
        return days.length > 0;
    }

    boolean isConstant() {
        double first = size() == 0 ? 0 : scores.x()[0];
        return Arrays.stream(scores.x()).allMatch(score -> score == first);
    }

    /** The place of the finite value of that index among all. */
    int place(int index) {
        return scores.places()[index];
    }

    /** The index of the first finite value at that place or later. */
    int index(int place) {
        int index = Arrays.binarySearch(scores.places(), place);
        return index < 0 ? -index - 1 : index;
    }

    double value(double score) {
        return scores.value(score);
    }

    double relative(double difference, double from) {
        return scores.relative(difference, from);
    }

    /** The smallest deviation that noise is believed to have: no less than rounding to ticks makes. */
    double noiseFloor() {
        double[] sorted = SpreadSort.sorted(scores.x());
        return Math.max(floor, tick(sorted) / TICKS);
    }

    /** The smallest distance of two; 0 where there are not three times fewer distinct ones than all. */
    private static double tick(double[] sorted) {
        int distinct = Scores.distinct(sorted);
        if (distinct < 2 || distinct * 3 > sorted.length) {
            return 0;
        }
        double tick = Double.POSITIVE_INFINITY;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] > sorted[i - 1]) {
                tick = Math.min(tick, sorted[i] - sorted[i - 1]);
            }
        }
        return tick;
    }

    /** A deviation of scores as a share of a level in the unit of the values. */
    double relativeNoise(double deviation, double level) {
        return scores.logarithmic() || deviation == 0 ? deviation : deviation * scores.unit() / Math.abs(level);
    }

    /** The margin as a difference of scores. */
    double relevant(double level) {
        return scores.logarithmic() ? StrictMath.log1p(margin) : margin * Math.abs(level);
    }

    /** All of it as one stretch. */
    Segment whole() {
        double level = Location.median(finite());
        double noise = size() < 2 ? 0 : relativeNoise(Spread.winsorisedDeviation(scores.x()), level);
        return new Segment(0, values.length, level, level, noise);
    }

    /** The steps that the series has with other scores in place of its own. */
    Steps stepsOf(double[] x) {
        double[] changed = values.clone();
        for (int i = 0; i < x.length; i++) {
            changed[place(i)] = value(x[i]);
        }
        return StepScan.analyze(changed, new StepScan.Settings(margin));
    }

    /** Whether there are three times fewer distinct values than values. */
    Optional<Shape> quantised() {
        double[] sorted = SpreadSort.sorted(finite());
        double tick = tick(sorted);
        return tick > 0
                ? Optional.of(new Shape.Quantised(Scores.distinct(sorted), Math.min(tick, Double.MAX_VALUE)))
                : Optional.empty();
    }

    private double[] finite() {
        return Arrays.stream(scores.places())
                .mapToDouble(place -> values[place])
                .toArray();
    }
}
