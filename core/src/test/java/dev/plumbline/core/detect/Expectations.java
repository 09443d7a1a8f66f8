package dev.plumbline.core.detect;

import dev.plumbline.core.model.Point;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import dev.plumbline.core.stats.steps.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Expectations, and the past of a suite, with chosen numbers: what follows from them is worked out by hand. */
final class Expectations {
    /** A score is the value. */
    static final Regime.Scale PLAIN = new Regime.Linear(1);

    static final Regime.Scale LOGARITHMIC = new Regime.Logarithmic();

    /** One exceedance more than the suite has seen. */
    static final double UNSEEN = 1e-4;

    private Expectations() {}

    /** A level with independent noise of eight degrees of freedom. */
    static Regime regime(Regime.Scale scale, double level, double deviation, int runs) {
        double noise = scale instanceof Regime.Linear linear ? deviation * linear.unit() / Math.abs(level) : deviation;
        double centre = scale.score(level);
        return new Regime(0, runs, level, noise, 0, 8, scale, centre, deviation, centre);
    }

    /** Values around 100 that scatter by 2, 16 of them. */
    static Expectation plain() {
        return expectation(regime(PLAIN, 100, 2, 16));
    }

    /** Values around 100 that scatter by 1 %, 16 of them. */
    static Expectation logarithmic() {
        return expectation(regime(LOGARITHMIC, 100, 0.01, 16));
    }

    /** The regime is the whole history, and surprises are counted in its deviations. */
    static Expectation expectation(Regime regime) {
        return new Expectation(
                regime,
                regime.level(),
                regime.count(),
                OptionalInt.empty(),
                false,
                new double[0],
                regime.centre(),
                regime.deviation(),
                Neighbours.NONE,
                Optional.empty());
    }

    static Expectation constant(double value, int runs) {
        Regime regime = regime(PLAIN, value, 0, runs);
        return new Expectation(
                regime,
                value,
                runs,
                OptionalInt.empty(),
                true,
                new double[0],
                regime.centre(),
                0,
                Neighbours.NONE,
                Optional.empty());
    }

    static Expectation young(Expectation expected, YoungLevel level) {
        return changed(expected, expected.deviations(), expected.scatter(), Optional.of(level));
    }

    /** The same after a past in which values lay so many deviations above their level. */
    static Expectation withPast(Expectation expected, double... deviations) {
        return changed(expected, deviations, expected.scatter(), expected.young());
    }

    static Expectation withScatter(Expectation expected, double scatter) {
        return changed(expected, expected.deviations(), scatter, expected.young());
    }

    /** The same where the noise fell so many runs ago. */
    static Expectation quietSince(Expectation expected, int runs) {
        return changed(expected, OptionalInt.of(runs), expected.deviations(), expected.scatter(), expected.young());
    }

    private static Expectation changed(
            Expectation expected, double[] deviations, double scatter, Optional<YoungLevel> young) {
        return changed(expected, expected.quiet(), deviations, scatter, young);
    }

    private static Expectation changed(
            Expectation expected, OptionalInt quiet, double[] deviations, double scatter, Optional<YoungLevel> young) {
        return new Expectation(
                expected.regime(),
                expected.level(),
                expected.runs(),
                quiet,
                expected.constant(),
                deviations,
                expected.middle(),
                scatter,
                expected.neighbours(),
                young);
    }

    static Departure departure(Expectation expected, double... candidate) {
        return new Departure(expected, Trials.points(candidate), new double[0]);
    }

    /** Of a point with forks of such a deviation. */
    static Point forked(double value, int forks, double deviation) {
        return new Point(Trials.run(0), value, forks, deviation, false);
    }

    /** Every run surprises by 1, this share of them by 3, none by 6. */
    static SeriesTail tail(double rate) {
        return tail(rate, 0);
    }

    static SeriesTail tail(double rate, double autocorrelation) {
        return new SeriesTail(
                new double[] {1, 3, 6},
                new double[][] {{1}, {rate}, {0}},
                new double[][] {{1}, {1}, {1}},
                9_999,
                UNSEEN,
                autocorrelation);
    }

    /** So many series, of which the first has a past. */
    static SuiteTail suite(int series, double... surprises) {
        List<double[]> all = new ArrayList<>(Collections.nCopies(series, new double[0]));
        all.set(0, surprises);
        return SuiteTail.of(all, Collections.nCopies(series, Neighbours.NONE));
    }

    static Step step(int index, double before, double after, double pValue) {
        double change = after / before - 1;
        return new Step(
                index,
                index,
                index,
                before,
                after,
                change,
                change,
                change,
                pValue,
                OptionalDouble.empty(),
                Tier.CONFIRMED,
                List.of());
    }

    /** What a scan found: these steps, and the regime since the last one. */
    static Steps steps(Regime regime, Step... steps) {
        return new Steps(
                regime.start() + regime.count(),
                Arrays.asList(steps),
                List.of(),
                Optional.empty(),
                Optional.of(regime),
                Set.of());
    }
}
