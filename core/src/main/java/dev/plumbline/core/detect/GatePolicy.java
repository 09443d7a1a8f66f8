package dev.plumbline.core.detect;

import static java.util.Objects.requireNonNull;

/**
 * What closes the gate.
 *
 * @param blockAt the least severity that closes it; {@link Severity#NONE} means every regression does
 * @param onSuspect what a suspected but unconfirmed regression does, however large it seems: its size is as uncertain
 *     as that it is one
 * @param onInconclusive what a benchmark does about which nothing can be said
 * @param onMissing what a benchmark does that earlier runs had and this one has not
 * @param onTooGood what a result does that is too good to be true
 * @param tooGood how much better is too good: the factor between old and new level, for example 5
 */
public record GatePolicy(
        Severity blockAt, Effect onSuspect, Effect onInconclusive, Effect onMissing, Effect onTooGood, double tooGood) {
    /** What one kind of result does to the gate. */
    public enum Effect {
        /** Nothing. */
        PASS,
        /** Leaves it undecided: exit code 3, unless something else closes it. */
        HOLD,
        /** Closes it. */
        CLOSE
    }

    /** Blocks at MAJOR, on missing benchmarks and on results five times better; inconclusive results pass. */
    public static final GatePolicy DEFAULT =
            new GatePolicy(Severity.MAJOR, Effect.PASS, Effect.PASS, Effect.CLOSE, Effect.CLOSE, 5);

    public GatePolicy {
        requireNonNull(blockAt, "blockAt");
        requireNonNull(onSuspect, "onSuspect");
        requireNonNull(onInconclusive, "onInconclusive");
        requireNonNull(onMissing, "onMissing");
        requireNonNull(onTooGood, "onTooGood");
        if (!(tooGood > 1)) {
            throw new IllegalArgumentException("too good is a factor above 1, not " + tooGood);
        }
    }
}
