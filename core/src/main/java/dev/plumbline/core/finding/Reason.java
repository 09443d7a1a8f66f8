package dev.plumbline.core.finding;

import static java.util.Objects.requireNonNull;

/** The reason of an inconclusive verdict. Most reasons are the evidence itself that decided. */
public sealed interface Reason
        permits HistoryEvidence.OtherEnvironment,
                HistoryEvidence.TooFewRuns,
                HistoryEvidence.Suspect,
                HistoryEvidence.ForksApart,
                HistoryEvidence.Disagreement,
                HistoryEvidence.Doubt,
                HistoryEvidence.Hidden,
                ProcessEvidence.SingleValues,
                ProcessEvidence.SingleProcesses,
                ProcessEvidence.ZeroBase,
                ProcessEvidence.Hidden,
                PairEvidence.Refuted,
                PairEvidence.Untrusted,
                PairEvidence.Ended,
                TailEvidence.TooFewExecutions,
                TailEvidence.SingleProcess,
                TailEvidence.Unresolved,
                Evidence.ForeignUnit,
                Evidence.OtherDirection,
                Reason.NotConfirmed,
                Quoted {
    /**
     * A suspect that further runs of the same revision did not show again.
     *
     * @param first why it was one
     * @param runs how many further runs there were, at least 1
     */
    record NotConfirmed(Reason first, int runs) implements Reason {
        public NotConfirmed {
            requireNonNull(first, "first");
        }
    }
}
