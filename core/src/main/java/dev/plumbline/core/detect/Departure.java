package dev.plumbline.core.detect;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.stats.Interval;
import dev.plumbline.core.stats.StudentT;
import dev.plumbline.core.stats.steps.Regime;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;

/**
 * How far new runs of one revision lie from what their history lets one expect, how exactly that is known, and what
 * more of them would show. Distances are scores: values on the scale of the history's regime.
 */
final class Departure {
    /** More runs than these are not thought of where they would make an interval fit into the margin. */
    private static final int MOST_FURTHER_RUNS = 100;

    private final Expectation expected;
    private final double[] values;
    private final double[] sameChange;
    private final double withinError;

    /**
     * @param candidate the new runs, at least one
     * @param witnesses values of the runs before them that were judged regressed, oldest first; may be empty
     */
    Departure(Expectation expected, List<Point> candidate, double[] witnesses) {
        this.expected = expected;
        values = candidate.stream().mapToDouble(Point::value).toArray();
        withinError = withinRunError(candidate);
        sameChange = isWhereTheyAre(witnesses)
                ? DoubleStream.concat(Arrays.stream(witnesses), Arrays.stream(values))
                        .toArray()
                : values;
    }

    /**
     * Whether the runs go on where those before them were judged regressed: nearer to them than to the level. Then they
     * are more runs of the same change, which those bear witness to, and no odd ones. What came back from there is
     * judged by itself.
     */
    private boolean isWhereTheyAre(double[] witnesses) {
        return witnesses.length > 0 && shift(values) / shift(witnesses) > 0.5;
    }

    private static double withinRunError(List<Point> points) {
        double squares = 0;
        for (Point point : points) {
            squares += point.groupDeviation() * point.groupDeviation() / point.groupCount();
        }
        return Math.sqrt(squares) / points.size();
    }

    Expectation expected() {
        return expected;
    }

    /** How many new runs there are. */
    int runs() {
        return values.length;
    }

    /** The values of all runs of this change: the new ones, after those that bear witness to it. */
    double[] sameChange() {
        return sameChange.clone();
    }

    boolean hasWitnesses() {
        return sameChange.length > values.length;
    }

    boolean isAllAt(double value) {
        return Arrays.stream(values).allMatch(each -> each == value);
    }

    boolean isAnyNegative() {
        return Arrays.stream(values).anyMatch(value -> value < 0);
    }

    double[] scores() {
        return Arrays.stream(values).map(expected.regime().scale()::score).toArray();
    }

    /** How far the middle of the new runs lies from the level. */
    double shift() {
        return shift(values);
    }

    /** The same for all runs of this change. */
    double shiftOfChange() {
        return shift(sameChange);
    }

    private double shift(double... some) {
        return meanScore(some) - expected.regime().centre();
    }

    private double meanScore(double[] some) {
        return Arrays.stream(some).map(expected.regime().scale()::score).sum() / some.length;
    }

    /** The least of the new runs' surprises. */
    double leastSurprise() {
        double shift = shift();
        return Arrays.stream(values)
                .map(value -> expected.surprise(value, shift))
                .min()
                .orElseThrow();
    }

    /** Of the distance of the new runs; wider where their own forks disagree more than the history's runs do. */
    double standardError(SeriesTail tail) {
        return standardError(tail, values.length);
    }

    /** The same for {@code count} runs whose forks disagree as those of the new ones do. */
    double standardError(SeriesTail tail, int count) {
        double error = expected.standardError(count, tail.autocorrelation());
        return expected.regime().scale() instanceof Regime.Logarithmic
                ? Math.max(error, withinError * Math.sqrt((double) values.length / count))
                : error;
    }

    double mean() {
        return Sample.Values.of(Sample.Center.MEAN, values).location();
    }

    Effect effect(SeriesTail tail, double confidence) {
        if (expected.constant()) {
            double change = Effect.relativeChange(expected.level(), mean());
            return new Effect(expected.level(), mean(), change, new Interval(change, change, confidence));
        }
        Regime regime = expected.regime();
        boolean geometric = values.length > 1 && regime.scale() instanceof Regime.Logarithmic;
        return new Effect(
                expected.level(),
                geometric ? regime.scale().value(meanScore(values)) : mean(),
                Expectation.relative(regime, shift()),
                interval(tail, confidence));
    }

    /** Of the relative change of a series that is not constant. */
    Interval interval(SeriesTail tail, double confidence) {
        Regime regime = expected.regime();
        double shift = shift();
        double half = StudentT.upperQuantile((1 - confidence) / 2, regime.degrees()) * standardError(tail);
        double one = Expectation.relative(regime, shift - half);
        double other = Expectation.relative(regime, shift + half);
        return new Interval(Math.min(one, other), Math.max(one, other), confidence);
    }

    /** The smallest change for the worse that so many runs show almost always; empty when none is. */
    OptionalDouble detectable(Policy policy, Series series, int suiteSize, SeriesTail tail, int count) {
        return expected.detectableChange(policy, series, suiteSize, tail, count, standardError(tail, count));
    }

    /**
     * The fewest runs of a revision that show a major change. Each number is tried, for one run more may show less: of
     * eight runs two need not be far out, and of eleven no more than two.
     */
    OptionalInt runsToDetect(Policy policy, Series series, int suiteSize, SeriesTail tail) {
        for (int count = values.length + 1; count <= Detectable.MOST_RUNS; count++) {
            OptionalDouble change = detectable(policy, series, suiteSize, tail, count);
            if (change.orElse(Double.POSITIVE_INFINITY) <= policy.severities().major()) {
                return OptionalInt.of(count);
            }
        }
        return OptionalInt.empty();
    }

    /** How many more runs, each as far off as the least of these, would make the change certain. */
    OptionalInt runsToCall(double errorRate, int suiteSize, SeriesTail tail) {
        double surprise = leastSurprise();
        double nearest =
                Arrays.stream(values).map(value -> Math.abs(shift(value))).min().orElseThrow();
        double asked = errorRate / suiteSize * Expectation.JUMP_SHARE;
        double quantile = StudentT.upperQuantile(asked / 2, expected.regime().degrees());
        for (int count = values.length + 1; count <= Detectable.MOST_RUNS; count++) {
            if (tail.surpriseAt(asked, count, count) <= surprise && quantile * standardError(tail, count) <= nearest) {
                return OptionalInt.of(count - values.length);
            }
        }
        return OptionalInt.empty();
    }

    /** How many more runs make the 90 % interval fit into the margin, if it lies where it lies now. */
    OptionalInt runsToFit(double margin, SeriesTail tail) {
        double whole = expected.marginShift(margin, Better.LOWER);
        double room = whole - Math.abs(shift());
        if (!(room > 0)) {
            room = whole / 2; // it lies outside: enough runs to tell on which side
        }
        double quantile = StudentT.upperQuantile(0.05, expected.regime().degrees());
        for (int count = values.length + 1; count <= values.length + MOST_FURTHER_RUNS; count++) {
            if (quantile * standardError(tail, count) < room) {
                return OptionalInt.of(count - values.length);
            }
        }
        return OptionalInt.empty();
    }
}
