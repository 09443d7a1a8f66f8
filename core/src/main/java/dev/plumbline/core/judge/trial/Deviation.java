package dev.plumbline.core.judge.trial;

import dev.plumbline.core.finding.Effect;
import dev.plumbline.core.history.Expectation;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.core.stats.distribution.StudentT;
import dev.plumbline.core.stats.steps.Regime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The distance of new runs of one revision from their prediction, with its precision. Distances are scores: values on
 * the scale of the history's regime, without what a run shares with the rest of its suite.
 */
public final class Deviation {
    /** More runs than these are not considered where they would make an interval fit into the margin. */
    private static final int MOST_FURTHER_RUNS = 100;

    /** The effective sample size of the level, a median of twenty values. */
    private static final double LEVEL_RUNS = 20 / 1.57;

    /**
     * The most by which the interval is widened, in scales of the suite, or past outliers would let an interval of a
     * detected change contain zero. By the smaller of both scales it would be too narrow.
     */
    private static final double WIDER = 1.25;

    private final Expectation expected;
    private final List<Point> candidate;
    private final double[] values;
    private final double[] distances;
    private final double shared;
    private final double deviation;
    private final double correlation;
    private final double withinError;

    private Deviation(
            Expectation expected,
            List<Point> candidate,
            double[] distances,
            double shared,
            double deviation,
            double correlation) {
        this.expected = expected;
        this.candidate = candidate;
        values = candidate.stream().mapToDouble(Point::value).toArray();
        this.distances = distances;
        this.shared = shared;
        this.deviation = deviation;
        this.correlation = correlation;
        withinError = withinRunError(candidate);
    }

    /**
     * @param candidate the new runs, at least one
     * @param shift the evidence of the suite; empty where it was not asked, as of a series that never moved
     */
    public static Deviation of(Expectation expected, List<Point> candidate, Optional<JudgedSuite.Shift> shift) {
        if (shift.isEmpty() || shift.get().level().isEmpty()) {
            Regime regime = expected.regime();
            double[] distances = candidate.stream()
                    .mapToDouble(point -> regime.scale().score(point.value()) - regime.centre())
                    .toArray();
            return new Deviation(expected, candidate, distances, 0, regime.deviation(), regime.autocorrelation());
        }
        JudgedSuite.Shift known = shift.get();
        double shared = known.shared();
        Expectation moved = expected.at(known.level().getAsDouble());
        double deviation = expected.regime().deviation();
        return new Deviation(
                moved,
                candidate,
                known.newest(candidate.size()),
                shared,
                Math.min(deviation, (shared == 0 ? WIDER : 1) * known.scale().orElse(deviation)),
                known.evidence().correlation(known.member()));
    }

    private static double withinRunError(List<Point> points) {
        double squares = 0;
        for (Point point : points) {
            squares += point.groupDeviation() * point.groupDeviation() / point.groupCount();
        }
        return Math.sqrt(squares) / points.size();
    }

    /** The history at the level that the new runs are held against. */
    Expectation expected() {
        return expected;
    }

    /** The new runs. */
    List<Point> candidate() {
        return candidate;
    }

    /** The number of new runs. */
    int runs() {
        return values.length;
    }

    /** The common change of the new runs with the rest of their suite. */
    double shared() {
        return shared;
    }

    boolean isAllAt(double value) {
        return Arrays.stream(values).allMatch(each -> each == value);
    }

    boolean isAnyNegative() {
        return Arrays.stream(values).anyMatch(value -> value < 0);
    }

    /** The distance of the middle of the new runs from the level. */
    double shift() {
        return Arrays.stream(distances).sum() / distances.length;
    }

    /**
     * The standard error of the distance of the new runs; wider where their own forks disagree more than the history's
     * runs do.
     */
    double standardError(int count) {
        double error = expected.standardError(count, correlation, Math.min(expected.runs(), LEVEL_RUNS))
                * ratio(deviation, expected.regime().deviation());
        return expected.regime().scale() instanceof Regime.Logarithmic
                ? Math.max(error, withinError * Math.sqrt((double) values.length / count))
                : error;
    }

    private static double ratio(double own, double all) {
        return all > 0 ? own / all : 1;
    }

    double mean() {
        return Sample.Values.of(Sample.Center.MEAN, values).location();
    }

    /** The change that the new runs show by themselves. */
    Effect effect(double confidence) {
        if (expected.constant()) {
            double change = Effect.relativeChange(expected.level(), mean());
            return new Effect(expected.level(), mean(), change, new Interval(change, change, confidence));
        }
        return effect(shift(), values.length, confidence);
    }

    /**
     * The change that some runs show, of a series that is not constant.
     *
     * @param shift their mean distance from the level
     * @param count how many there are
     */
    Effect effect(double shift, int count, double confidence) {
        Regime regime = expected.regime();
        boolean isPlain = shared == 0
                && count == values.length
                && (values.length == 1 || !(regime.scale() instanceof Regime.Logarithmic));
        return new Effect(
                expected.level(),
                isPlain ? mean() : regime.scale().value(regime.centre() + shift),
                Expectation.relative(regime, shift),
                interval(shift, count, confidence));
    }

    /** The change with what the run shares with the rest of its suite. */
    Effect whole(double confidence) {
        Regime regime = expected.regime();
        return new Effect(
                expected.level(),
                mean(),
                Expectation.relative(regime, shift() + shared),
                interval(shift() + shared, values.length, confidence));
    }

    /** The interval of the relative change of a series that is not constant. */
    Interval interval(double confidence) {
        return interval(shift(), values.length, confidence);
    }

    private Interval interval(double shift, int count, double confidence) {
        Regime regime = expected.regime();
        double half = StudentT.upperQuantile((1 - confidence) / 2, regime.degrees()) * standardError(count);
        double one = Expectation.relative(regime, shift - half);
        double other = Expectation.relative(regime, shift + half);
        return new Interval(Math.min(one, other), Math.max(one, other), confidence);
    }

    /** The number of further runs that make the 90 % interval fit into the margin, if it stays where it is. */
    OptionalInt runsToFit(double margin) {
        double whole = expected.marginShift(margin, Better.LOWER);
        double room = whole - Math.abs(shift());
        if (!(room > 0)) {
            room = whole / 2; // it lies outside: enough runs to decide on which side
        }
        double quantile = StudentT.upperQuantile(0.05, expected.regime().degrees());
        for (int count = values.length + 1; count <= values.length + MOST_FURTHER_RUNS; count++) {
            if (quantile * standardError(count) < room) {
                return OptionalInt.of(count - values.length);
            }
        }
        return OptionalInt.empty();
    }
}
