package dev.plumbline.report.evidence;

import dev.plumbline.core.finding.TailEvidence;
import java.math.BigDecimal;
import java.math.MathContext;

/** The words of evidence from percentiles of two sides. */
final class TailWords {
    static final ByKind<TailEvidence, EvidenceWords> TOLD = new ByKind<TailEvidence, EvidenceWords>()
            .with(TailEvidence.Processes.class, TailWords::processes)
            .with(TailEvidence.TooFewExecutions.class, TailWords::tooFewExecutions)
            .with(TailEvidence.Difference.class, TailWords::difference)
            .with(TailEvidence.SingleProcess.class, TailWords::singleProcess)
            .with(TailEvidence.Unresolved.class, TailWords::unresolved);

    private TailWords() {}

    private static EvidenceWords processes(TailEvidence.Processes one) {
        EvidenceWords reported = EvidenceWords.of(
                        "processes",
                        () -> "the " + percentile(one.percentile()) + " of " + one.base() + " processes before, "
                                + one.candidate() + " after"
                                + (one.fewestExecutions().isPresent()
                                        ? " of at least "
                                                + one.fewestExecutions().getAsLong() + " executions each"
                                        : ", number of executions unknown"))
                .with("baseForks", one.base())
                .with("candidateForks", one.candidate())
                .with("share", one.percentile());
        return one.fewestExecutions().isPresent()
                ? reported.with(
                        "fewestExecutions", (double) one.fewestExecutions().getAsLong())
                : reported;
    }

    /** {@code median}, {@code 99th percentile}, {@code 99.9th percentile}. */
    private static String percentile(double share) {
        return share == 0.5
                ? "median"
                : new BigDecimal(100 * share)
                                .round(new MathContext(6))
                                .stripTrailingZeros()
                                .toPlainString()
                        + "th percentile";
    }

    private static EvidenceWords tooFewExecutions(TailEvidence.TooFewExecutions one) {
        return EvidenceWords.of(
                        "enough-executions",
                        () -> "too few executions for the " + percentile(one.percentile())
                                + ": a process needs at least " + one.needed())
                .with("needed", (double) one.needed());
    }

    private static EvidenceWords difference(TailEvidence.Difference one) {
        return EvidenceWords.of(
                        "difference",
                        () -> ProcessWords.differenceWords(
                                one.change(),
                                one.pValue(),
                                one.adjusted(),
                                CommonWords.count(one.suiteSize(), "tail", "tails")))
                .with("pValue", one.pValue())
                .with("adjusted", one.adjusted())
                .with("suiteSize", one.suiteSize())
                .with("limit", one.limit());
    }

    private static EvidenceWords singleProcess(TailEvidence.SingleProcess one) {
        return EvidenceWords.of(
                        ProcessWords.FORKS_NEEDED,
                        () -> "a single process on one side, and tails vary from process to process; " + one.needed()
                                + " per side would decide")
                .with("needed", one.needed());
    }

    private static EvidenceWords unresolved(TailEvidence.Unresolved one) {
        return EvidenceWords.of(
                        "resolution",
                        () -> one.resolution() > 0
                                ? "indistinguishable: the recorder's resolution there is "
                                        + Percent.of(one.resolution())
                                : "the reported numbers do not vary at all: they are rounded, and so may be the"
                                        + " difference")
                .with("margin", one.margin())
                .with("resolution", one.resolution());
    }
}
