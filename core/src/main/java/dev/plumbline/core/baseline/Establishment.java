package dev.plumbline.core.baseline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.SeriesKey;
import java.util.List;
import java.util.Optional;

/**
 * The outcome for one series when baselines were established.
 *
 * @param key which series
 * @param outcome what was decided
 * @param baseline the baseline that holds now; empty when there is none
 * @param reason why
 * @param leftOut which runs were left out
 */
public record Establishment(
        SeriesKey key, Outcome outcome, Optional<EstablishedBaseline> baseline, Reason reason, List<LeftOut> leftOut) {
    /** The kinds of outcome. */
    public enum Outcome {
        /** The series had no baseline, or one in a unit that cannot be compared. */
        NEW,
        /** Newer runs at the level of the baseline that was there. */
        RENEWED,
        /** An improvement that has held moved the baseline. */
        IMPROVED,
        /** A person accepted the change, and the baseline moved. */
        ACCEPTED,
        /** The existing baseline stays: the runs since are worse and not accepted, or too few. */
        KEPT,
        /** There are no runs for a baseline. */
        NONE
    }

    /** The reason of an outcome. */
    public sealed interface Reason {
        /** No stable run is left; or, with {@code leftOut}, none besides those that were left out. */
        record NoStableRun(boolean leftOut) implements Reason {}

        /** None of the runs that were asked for measured the series. */
        record NotMeasured() implements Reason {}

        /** The first baseline of the series, made from this number of runs. */
        record First(int runs) implements Reason {}

        /** The previous baseline has an incomparable unit; the new one is made from this number of runs. */
        record UnitChanged(int runs) implements Reason {}

        /** There is no run that the baseline does not know, but perhaps some judged regressions. */
        record NothingNew(int judgedBad) implements Reason {}

        /** A person accepted a change, this large against the anchor. */
        record Accepted(double relativeChange) implements Reason {}

        /** The runs since are this much worse than the anchor, and not accepted. */
        record NotAccepted(double relativeChange) implements Reason {}

        /** An improvement has lasted {@code runs} runs; {@code needed} are required. */
        record HeldTooShort(double relativeChange, int runs, int needed) implements Reason {}

        /** An improvement has lasted long enough: {@code runs} runs. */
        record Held(double relativeChange, int runs) implements Reason {}

        /** There are too few runs since the previous baseline. */
        record TooFewSince(int runs) implements Reason {}

        /** This number of runs at the level of the previous baseline. */
        record SameLevel(int runs) implements Reason {}
    }

    public Establishment {
        requireNonNull(key, "key");
        requireNonNull(outcome, "outcome");
        requireNonNull(baseline, "baseline");
        requireNonNull(reason, "reason");
        leftOut = List.copyOf(leftOut);
        if (baseline.isEmpty() != (outcome == Outcome.NONE)) {
            throw new IllegalArgumentException(outcome + " for " + key + " with baseline " + baseline.isPresent());
        }
    }
}
