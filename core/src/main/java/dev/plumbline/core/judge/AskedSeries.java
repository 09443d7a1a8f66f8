package dev.plumbline.core.judge;

import java.util.function.IntPredicate;

/**
 * The series of a suite that are judged again where only some are asked about: those, and a sample of the others,
 * evenly spaced, that determines the common mode of a run. A suite of up to {@value #MOST_OTHERS} is judged whole.
 *
 * <p>How much of a change a run shows does not hang on the number of the others. What is called does, a little: the
 * error rate is shared by fewer.
 */
final class AskedSeries {
    private static final int MOST_OTHERS = 1000;

    private AskedSeries() {}

    /** @param isAsked whether the series at a place is one of those in question */
    static IntPredicate of(int series, IntPredicate isAsked) {
        int step = Math.max(1, (series + MOST_OTHERS - 1) / MOST_OTHERS);
        return place -> place % step == 0 || isAsked.test(place);
    }
}
