package dev.plumbline.core.detect;

import java.util.List;

/**
 * What one series says of a change in it, before the rest of the suite is asked.
 *
 * @param probability of so large a departure in a healthy series; 1 when there is nothing to test
 * @param ground what makes it no rarer than that
 * @param rungs what it rests on
 */
record Evidence(double probability, Ground ground, List<Check> rungs) {
    /** What makes a change no rarer than it is. */
    enum Ground {
        /** The noise of the series. */
        NOISE,
        /** How far the runs of the suite were off before. */
        PAST,
        /** The current level, which may be a mistake. */
        YOUNG_LEVEL
    }

    /** Of a series with too little history. */
    static final Evidence NONE = new Evidence(1, Ground.NOISE, List.of());

    Evidence {
        rungs = List.copyOf(rungs);
    }
}
