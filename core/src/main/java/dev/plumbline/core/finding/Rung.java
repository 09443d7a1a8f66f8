package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

/**
 * One check of the decision trace of a verdict.
 *
 * @param outcome what came of it
 * @param evidence the numbers of the check
 */
public record Rung(Outcome outcome, Evidence evidence) {
    /** The outcomes of a check. */
    public enum Outcome {
        /** The next check follows. */
        PASSED,
        /** This check decided the verdict. */
        DECIDED,
        /** Shown to the reader; it decides nothing. */
        NOTED
    }

    public Rung {
        requireNonNull(outcome, "outcome");
        requireNonNull(evidence, "evidence");
    }

    public static Rung passed(Evidence evidence) {
        return new Rung(Outcome.PASSED, evidence);
    }

    public static Rung decided(Evidence evidence) {
        return new Rung(Outcome.DECIDED, evidence);
    }

    public static Rung noted(Evidence evidence) {
        return new Rung(Outcome.NOTED, evidence);
    }

    /** Whether it decided, and by evidence of this kind. */
    public boolean isDecidedBy(Class<? extends Evidence> kind) {
        return outcome == Outcome.DECIDED && kind.isInstance(evidence);
    }
}
