package dev.plumbline.report.evidence;

import dev.plumbline.core.finding.Evidence;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.PairEvidence;
import dev.plumbline.core.finding.Reason;
import java.util.List;

/** The reasons of inconclusive verdicts, in a sentence. */
public final class ReasonWords {
    /** The name of the evidence that noise, or a change near the margin, is. */
    private static final String HIDDEN = "equivalence";

    private static final String TOO_NOISY = "too noisy to rule out a ";

    private ReasonWords() {}

    /**
     * The facts that determine the words of a reason; equal for reasons of the same words, as many findings have them.
     */
    public static Object reported(Reason reason) {
        return reason instanceof HistoryEvidence.Hidden hidden
                ? List.of(hidden.certain(), hidden.worse(), hidden.margin(), hidden.tellable())
                : reason;
    }

    /** The name of the evidence that a reason is; empty where it is none. */
    public static String name(Reason reason) {
        return reason instanceof Evidence evidence ? EvidenceWords.of(evidence).name() : "";
    }

    /** Whether noise alone hides the change, and not that its size is near the margin. */
    public static boolean isNoise(Reason reason) {
        return reason instanceof HistoryEvidence.Hidden hidden && !hidden.certain()
                || reason instanceof Quotation quoted
                        && quoted.name().equals(HIDDEN)
                        && quoted.words().startsWith(TOO_NOISY);
    }

    /** Whether the reason itself has the number of further runs. */
    public static boolean saysRuns(Reason reason) {
        return reason instanceof HistoryEvidence.TooFewRuns
                || reason instanceof HistoryEvidence.ForksApart
                || reason instanceof Quotation quoted && quoted.name().equals(EvidenceWords.ENOUGH_HISTORY);
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
                            : "; rerunning this commit will not decide; record more commits or reduce noise");
        }
        if (reason instanceof PairEvidence.Refuted) {
            return "fresh pairs did not confirm the regression";
        }
        if (reason instanceof PairEvidence.Ended ended) {
            return PairWords.endedWords(ended);
        }
        return EvidenceWords.of((Evidence) reason).words();
    }

    /** The reason why a change that may lie inside the margin is not certain. */
    static String hidden(boolean certain, boolean worse, double margin) {
        return certain
                ? "it certainly got " + (worse ? "worse" : "better") + "; whether by more than the margin of "
                        + Percent.of(margin) + " is not known"
                : TOO_NOISY + Percent.brief(margin) + " change";
    }
}
