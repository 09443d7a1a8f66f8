package dev.plumbline.report.evidence;

import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.PairEvidence;
import dev.plumbline.core.finding.Reason;
import java.util.List;

/** Why nothing was concluded, in a sentence. */
public final class ReasonWords {
    private ReasonWords() {}

    /** What the words of a reason depend on; equal for reasons of the same words, as many findings have them. */
    public static Object told(Reason reason) {
        return reason instanceof HistoryEvidence.Hidden hidden
                ? List.of(hidden.certain(), hidden.worse(), hidden.margin(), hidden.tellable())
                : reason;
    }

    /** The sentence, without a full stop; of a reason that is evidence, mostly that of the evidence. */
    public static String of(Reason reason) {
        if (reason instanceof Reason.NotConfirmed suspect) {
            return of(suspect.first()) + "; checked again: "
                    + CommonWords.count(suspect.runs(), "more run", "more runs") + " did not confirm it";
        }
        if (reason instanceof HistoryEvidence.Hidden hidden) {
            return hidden(hidden.certain(), hidden.worse(), hidden.margin())
                    + (hidden.tellable()
                            ? ""
                            : ", and more runs of this commit do not help: its history is too short or too noisy");
        }
        if (reason instanceof PairEvidence.Refuted) {
            return "fresh pairs did not confirm the regression";
        }
        if (reason instanceof PairEvidence.Ended ended) {
            return PairWords.endedWords(ended);
        }
        return EvidenceWords.of((Evidence) reason).words();
    }

    /** Why nothing is sure of a change that may lie inside the margin. */
    static String hidden(boolean certain, boolean worse, double margin) {
        return certain
                ? "it certainly got " + (worse ? "worse" : "better") + "; whether by more than the margin of "
                        + Percent.of(margin) + " is not known"
                : "too noisy to rule out a " + Percent.brief(margin) + " change";
    }
}
