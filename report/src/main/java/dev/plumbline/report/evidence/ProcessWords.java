package dev.plumbline.report.evidence;

import dev.plumbline.core.finding.ProcessEvidence;
import dev.plumbline.core.stats.distribution.Interval;

/** The words of evidence from processes of two sides. */
final class ProcessWords {
    static final ByKind<ProcessEvidence, EvidenceWords> TOLD = new ByKind<ProcessEvidence, EvidenceWords>()
            .with(ProcessEvidence.Forks.class, ProcessWords::forks)
            .with(ProcessEvidence.Summaries.class, ProcessWords::summaries)
            .with(ProcessEvidence.Difference.class, ProcessWords::difference)
            .with(ProcessEvidence.BelowFloor.class, ProcessWords::belowFloor)
            .with(ProcessEvidence.Counted.class, ProcessWords::counted)
            .with(ProcessEvidence.SingleValues.class, ProcessWords::singleValues)
            .with(ProcessEvidence.SingleProcesses.class, ProcessWords::singleProcesses)
            .with(ProcessEvidence.Equivalence.class, ProcessWords::equivalence)
            .with(ProcessEvidence.ZeroBase.class, ProcessWords::zeroBase)
            .with(ProcessEvidence.Hidden.class, ProcessWords::hidden);

    /** The key of too few processes. */
    static final String FORKS_NEEDED = "forks-needed";

    private ProcessWords() {}

    private static EvidenceWords forks(ProcessEvidence.Forks one) {
        return EvidenceWords.of("forks", () -> forksWords(one))
                .with("baseForks", one.base())
                .with("candidateForks", one.candidate())
                .with("forkDeviation", one.deviation())
                .with("degreesOfFreedom", one.degreesOfFreedom())
                .with("cliffsDelta", one.cliffsDelta());
    }

    private static String forksWords(ProcessEvidence.Forks one) {
        double deviation = one.deviation().orElse(Double.NaN);
        return one.base() + " independent values before, " + one.candidate() + " after"
                + (Double.isFinite(deviation) ? "; fork-to-fork noise " + Percent.fine(deviation) : "");
    }

    private static EvidenceWords summaries(ProcessEvidence.Summaries one) {
        return EvidenceWords.of(
                        "summaries",
                        () -> one.summaries() + " of " + one.samples() + " samples are summaries: "
                                + one.withDeviationAndCount() + " with a deviation and a count, "
                                + one.withQuantiles()
                                + " with quantiles; each counts as one process, and differences between"
                                + " processes, outliers and unlisted percentiles are lost")
                .with("samples", one.samples())
                .with("summaries", one.summaries())
                .with("withDeviationAndCount", (double) one.withDeviationAndCount())
                .with("withQuantiles", (double) one.withQuantiles());
    }

    private static EvidenceWords difference(ProcessEvidence.Difference one) {
        return EvidenceWords.of(
                        "difference",
                        () -> differenceWords(
                                one.change(),
                                one.pValue().orElse(Double.NaN),
                                one.adjusted(),
                                CommonWords.count(one.suiteSize(), "comparison", "comparisons")))
                .with("pValue", one.pValue())
                .with("adjusted", one.adjusted())
                .with("suiteSize", one.suiteSize())
                .with("limit", one.limit());
    }

    /** @param pValue may be NaN */
    static String differenceWords(double change, double pValue, double adjusted, String among) {
        return "difference " + Percent.signed(change, 2) + ", " + PValue.words(pValue) + ", " + PValue.number(adjusted)
                + " after adjusting for " + among;
    }

    private static EvidenceWords belowFloor(ProcessEvidence.BelowFloor one) {
        return EvidenceWords.of("floor", () -> "the difference is certain but too small to be relevant")
                .with("change", one.change())
                .with("floor", one.floor());
    }

    private static EvidenceWords counted(ProcessEvidence.Counted one) {
        return counted(one.change(), one.noise(), one.margin());
    }

    /** The words of counts that agree on either side. */
    static EvidenceWords counted(double change, double noise, double margin) {
        return EvidenceWords.of(
                        "counted",
                        () -> "counts differ by " + Percent.signed(change, 2)
                                + "; counts of one program differ by at most " + Percent.of(noise) + "; margin "
                                + Percent.of(margin))
                .with("change", change)
                .with("noise", noise)
                .with("margin", margin);
    }

    private static EvidenceWords singleValues(ProcessEvidence.SingleValues one) {
        return EvidenceWords.of(
                        FORKS_NEEDED,
                        () -> "one value on each side and unknown noise; " + one.needed()
                                + " runs per side would decide")
                .with("needed", one.needed());
    }

    private static EvidenceWords singleProcesses(ProcessEvidence.SingleProcesses one) {
        return EvidenceWords.of(
                        FORKS_NEEDED,
                        () -> "it differs, but each side is a single process, and processes vary; " + one.needed()
                                + " per side would decide")
                .with("needed", one.needed());
    }

    private static EvidenceWords equivalence(ProcessEvidence.Equivalence one) {
        Interval interval = one.interval();
        return EvidenceWords.of(
                        "equivalence",
                        () -> "the 90 % interval, from " + Percent.signed(interval.low(), 2) + " to "
                                + Percent.signed(interval.high(), 2) + ", lies inside the margin of "
                                + Percent.of(one.margin()))
                .with("high", interval.high())
                .with("low", interval.low())
                .with("margin", one.margin());
    }

    private static EvidenceWords zeroBase(ProcessEvidence.ZeroBase one) {
        return EvidenceWords.of("equivalence", () -> "the base is zero, so any other value may be chance");
    }

    private static EvidenceWords hidden(ProcessEvidence.Hidden one) {
        return EvidenceWords.of(one.single() || isOfRuns(one) ? FORKS_NEEDED : "equivalence", () -> hiddenWords(one))
                .with("margin", one.margin());
    }

    /** Whether what differs beyond the noise of processes may be no more than the noise between two runs. */
    private static boolean isOfRuns(ProcessEvidence.Hidden one) {
        return one.certain() && one.oneRunEach();
    }

    private static String hiddenWords(ProcessEvidence.Hidden one) {
        if (isOfRuns(one)) {
            return "it is " + (one.worse() ? "worse" : "better")
                    + " within these two runs; run-to-run noise is unknown, and so is whether the change exceeds"
                    + " the margin of " + Percent.of(one.margin());
        }
        return ReasonWords.hidden(one.certain(), one.worse(), one.margin())
                + (one.needed().isPresent() ? "; " + one.needed().getAsInt() + " processes per side would decide" : "");
    }
}
