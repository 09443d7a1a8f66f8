package dev.plumbline.core.detect;

import static dev.plumbline.core.detect.Ladder.finite;
import static dev.plumbline.core.detect.Ladder.share;

import dev.plumbline.core.model.Unit;
import dev.plumbline.core.stats.StudentT;
import dev.plumbline.core.stats.steps.Step;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Weighs a departure against the noise of its series, the past of its suite, and the doubt whether its level is one.
 * For one use.
 */
final class Weighing {
    /** More deviations than these are not told by their number. */
    private static final double MOST_TOLD = 1000;

    private final Departure departure;
    private final Optional<FreshStep> freshStep;
    private final Unit unit;
    private final SeriesTail tail;
    private final Ladder ladder;
    private final Expectation expected;

    /** @param ladder of which the rungs of this weighing will be the only ones */
    Weighing(Departure departure, Optional<FreshStep> freshStep, Unit unit, SeriesTail tail, Ladder ladder) {
        this.departure = departure;
        this.freshStep = freshStep;
        this.unit = unit;
        this.tail = tail;
        this.ladder = ladder;
        expected = departure.expected();
    }

    Evidence evidence() {
        if (expected.constant()) {
            double probability = departure.isAllAt(expected.level()) ? 1 : expected.movedProbability(unit);
            return new Evidence(probability, Evidence.Ground.NOISE, ladder.rungs());
        }
        Jump jump = jump();
        // two looks at the same data, the jump and the step, each pay for both
        double step = freshStep.map(this::stepProbability).orElse(1.0);
        double looks =
                Math.min(1, Math.min(jump.probability() / Expectation.JUMP_SHARE, step / (1 - Expectation.JUMP_SHARE)));
        double doubt = expected.young().map(this::doubt).orElse(0.0);
        return new Evidence(
                Math.max(looks, doubt), doubt > looks ? Evidence.Ground.YOUNG_LEVEL : jump.ground(), ladder.rungs());
    }

    /** What the distance of the new runs says by itself. */
    private record Jump(double probability, Evidence.Ground ground) {}

    private Jump jump() {
        double shift = departure.shiftOfChange();
        double[] runs = departure.sameChange();
        double error = departure.standardError(tail, runs.length);
        double[] surprises = Arrays.stream(runs)
                .map(value -> expected.surprise(value, shift))
                .toArray();
        int degrees = expected.regime().degrees();
        double student =
                Double.isInfinite(shift) ? 0 : Math.min(1, 2 * StudentT.survival(Math.abs(shift) / error, degrees));
        double seen = tail.probabilityOfAll(surprises);
        tellJump(shift, error, student, surprises, seen);
        return new Jump(Math.max(student, seen), seen > student ? Evidence.Ground.PAST : Evidence.Ground.NOISE);
    }

    private void tellJump(double shift, double error, double student, double[] surprises, double seen) {
        int runs = surprises.length;
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("deviations", finite(shift / error));
        numbers.put("autocorrelation", tail.autocorrelation());
        numbers.put("student", student);
        numbers.put("suite", seen);
        ladder.passed(
                "prediction",
                () -> String.format(
                        Locale.ROOT,
                        "%s %s standard errors from the level%s: by Student's t so far in %s of"
                                + " healthy runs; and %s deviations of the earlier runs from their middle: by this"
                                + " suite's own past so far in %s; the larger of the two shares counts",
                        departure.hasWitnesses()
                                ? "with the runs before it that were judged regressed, " + runs
                                        + " in all, the new value lies"
                                : "the new value lies",
                        times(Math.abs(shift / error)),
                        error > expected.standardError(runs, tail.autocorrelation())
                                ? " (its forks disagree more than the earlier runs, which makes them wide)"
                                : "",
                        share(student),
                        deviations(surprises),
                        share(seen)),
                numbers);
    }

    /** Where nearly nothing scatters, the number tells nothing but that. */
    private static String times(double number) {
        return number < MOST_TOLD ? String.format(Locale.ROOT, "%.1f", number) : "more than 1000";
    }

    /** How far all of them lie: the nearest, and the farthest where that is another number. */
    private static String deviations(double[] surprises) {
        String least = times(Arrays.stream(surprises).min().orElseThrow());
        String most = times(Arrays.stream(surprises).max().orElseThrow());
        return least.equals(most) ? least : least + " to " + most;
    }

    /**
     * A step is no rarer than the suite's own past makes its values: two spikes in a row look like a step of two values
     * where one run in twenty is a spike.
     */
    private double stepProbability(FreshStep fresh) {
        Step step = fresh.step();
        double sign = step.after() - step.before();
        double[] surprises = Arrays.stream(fresh.since())
                .map(value -> expected.surprise(value, sign))
                .toArray();
        double seen = tail.probabilityOfAll(surprises);
        ladder.passed(
                "step",
                () -> String.format(
                        Locale.ROOT,
                        "a step that began %d runs ago: by the noise of this series so large in %s of healthy"
                                + " histories, by this suite's own past in %s",
                        surprises.length,
                        share(step.pValue()),
                        share(seen)),
                Map.of("runs", (double) surprises.length, "step", step.pValue(), "suite", seen));
        return Math.max(step.pValue(), seen);
    }

    /** A level whose step this suite would not believe in is no reason to call the way back from it a change. */
    private double doubt(YoungLevel young) {
        double step = young.stepProbability(tail);
        double before = young.probability(departure.scores(), departure.shift(), tail);
        ladder.passed(
                "young-level",
                () -> String.format(
                        Locale.ROOT,
                        "the current level began only %d runs ago, with a step as large as in %s of healthy histories;"
                                + " on the level before it the new value would be so far out in %s of healthy runs",
                        young.since().length,
                        share(step),
                        share(before)),
                Map.of("runs", (double) young.since().length, "step", step, "before", before));
        return Math.min(step, before);
    }
}
