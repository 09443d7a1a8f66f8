package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import java.util.List;
import java.util.Optional;

/**
 * What became of one series when baselines were established.
 *
 * @param key which series
 * @param outcome what was decided
 * @param baseline the baseline that holds now; empty when there is none
 * @param words why, in a sentence
 * @param leftOut which runs were left out, in words
 */
public record Establishment(
        SeriesKey key, Outcome outcome, Optional<EstablishedBaseline> baseline, String words, List<String> leftOut) {
    /** The words for a baseline that is kept because there is no newer run. */
    public static final String NOTHING_NEW = "nothing is new";

    /** What was decided. */
    public enum Outcome {
        /** The series had no baseline, or one in a unit that cannot be compared. */
        NEW,
        /** Newer runs at the level of the baseline that was there. */
        RENEWED,
        /** An improvement that has held moved the baseline. */
        IMPROVED,
        /** A person accepted the change, and the baseline moved. */
        ACCEPTED,
        /** The baseline that was there holds on: the runs since are worse and nobody accepted that, or too few. */
        KEPT,
        /** There is nothing that a baseline could stand on. */
        NONE
    }

    public Establishment {
        requireNonNull(key, "key");
        requireNonNull(outcome, "outcome");
        requireNonNull(baseline, "baseline");
        requireNonNull(words, "words");
        leftOut = List.copyOf(leftOut);
        if (baseline.isEmpty() != (outcome == Outcome.NONE)) {
            throw new IllegalArgumentException(outcome + " for " + key + " with baseline " + baseline.isPresent());
        }
    }
}
