package dev.plumbline.core.history;

import dev.plumbline.core.judge.trial.Deviation;
import dev.plumbline.core.judge.trial.Trials;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.stats.steps.Regime;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.Steps;
import dev.plumbline.core.stats.steps.Tier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Expectations with chosen numbers: what follows from them is worked out by hand. */
public final class Expectations {
    /** A score is the value. */
    public static final Regime.Scale PLAIN = new Regime.Linear(1);

    public static final Regime.Scale LOGARITHMIC = new Regime.Logarithmic();

    private Expectations() {}

    /** A level with independent noise of eight degrees of freedom. */
    public static Regime regime(Regime.Scale scale, double level, double deviation, int runs) {
        double noise = scale instanceof Regime.Linear linear ? deviation * linear.unit() / Math.abs(level) : deviation;
        double centre = scale.score(level);
        return new Regime(0, runs, level, noise, 0, 8, scale, centre, deviation, centre);
    }

    /** Values around 100 that scatter by 2, 16 of them. */
    public static Expectation plain() {
        return expectation(regime(PLAIN, 100, 2, 16));
    }

    /** Values around 100 that scatter by 1 %, 16 of them. */
    public static Expectation logarithmic() {
        return expectation(regime(LOGARITHMIC, 100, 0.01, 16));
    }

    /** The regime is the whole history. */
    public static Expectation expectation(Regime regime) {
        return new Expectation(regime, regime.level(), regime.count(), OptionalInt.empty(), false);
    }

    public static Expectation constant(double value, int runs) {
        Regime regime = regime(PLAIN, value, 0, runs);
        return new Expectation(regime, value, runs, OptionalInt.empty(), true);
    }

    /** The same where the noise fell so many runs ago. */
    public static Expectation quietSince(Expectation expected, int runs) {
        return new Expectation(
                expected.regime(), expected.level(), expected.runs(), OptionalInt.of(runs), expected.constant());
    }

    public static Deviation departure(Expectation expected, double... candidate) {
        return Deviation.of(expected, Trials.points(candidate), Optional.empty());
    }

    /** Of a point with forks of such a deviation. */
    public static Point forked(double value, int forks, double deviation) {
        return new Point(Trials.run(0), value, forks, deviation, false);
    }

    public static Step step(int index, double before, double after, double pValue) {
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
    public static Steps steps(Regime regime, Step... steps) {
        return new Steps(
                regime.start() + regime.count(),
                Arrays.asList(steps),
                List.of(),
                Optional.empty(),
                Optional.of(regime),
                Set.of());
    }
}
