package dev.plumbline.core.judge.trial;

import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.history.Expectation;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Series;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The change of a series that runs of a revision detect with 99 % probability. */
public final class Detectable {
    /** The most runs of one revision. */
    public static final int MOST_RUNS = 20;

    /** The largest minimum detectable change that is computed: elevenfold. */
    private static final double LARGEST = 10;

    /** The power of the detectable change: fewer than the stated 1 % are missed, since half of it is aimed at. */
    private static final double POWER = 0.995;

    private Detectable() {}

    /**
     * The smallest detectable relative regression with this number of runs; empty if there is none.
     *
     * @param policy at the level that is expected
     * @param shift the evidence of the suite; empty for a series that never moved
     * @param suite how many series are judged together
     */
    static OptionalDouble change(
            Expectation expected,
            Policy policy,
            Series series,
            Optional<JudgedSuite.Shift> shift,
            int suite,
            int runs) {
        if (expected.constant()) {
            return suite * expected.movedProbability(series.unit()) <= policy.suiteErrorRate()
                    ? OptionalDouble.of(policy.margin())
                    : OptionalDouble.empty();
        }
        return shift.isEmpty() ? OptionalDouble.empty() : change(shift.get(), policy, series.better(), runs);
    }

    private static OptionalDouble change(JudgedSuite.Shift shift, Policy policy, Better better, int runs) {
        OptionalDouble change = shift.detectable(policy.suiteErrorRate(), runs, POWER);
        return change.isPresent() && isPossible(change.getAsDouble(), better)
                ? OptionalDouble.of(Math.max(policy.margin(), change.getAsDouble()))
                : OptionalDouble.empty();
    }

    private static boolean isPossible(double change, Better better) {
        return change <= LARGEST && (better == Better.LOWER || change <= 1);
    }

    /** The fewest runs of a revision that show a change of a size, {@code least} at least. */
    static OptionalInt runsFor(double size, JudgedSuite.Shift shift, Policy policy, Better better, int least) {
        int low = least;
        int high = MOST_RUNS + 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (shift.isDetectable(
                    policy.suiteErrorRate(),
                    middle,
                    POWER,
                    change -> isPossible(change, better) && Math.max(policy.margin(), change) <= size)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if (low <= MOST_RUNS) {
            return OptionalInt.of(low);
        }
        return OptionalInt.empty();
    }
}
