package dev.plumbline.report.evidence;

import dev.plumbline.core.finding.PairEvidence;
import java.util.Locale;

/** The words of evidence from pairs that were measured in turn. */
final class PairWords {
    static final ByKind<PairEvidence, EvidenceWords> TOLD = new ByKind<PairEvidence, EvidenceWords>()
            .with(PairEvidence.Pairs.class, PairWords::pairs)
            .with(PairEvidence.Difference.class, PairWords::difference)
            .with(PairEvidence.Counted.class, PairWords::counted)
            .with(PairEvidence.Copies.class, PairWords::copies)
            .with(PairEvidence.Refuted.class, PairWords::refuted)
            .with(PairEvidence.Untrusted.class, PairWords::untrusted)
            .with(PairEvidence.Equivalence.class, PairWords::equivalence)
            .with(PairEvidence.Ended.class, PairWords::ended);

    private PairWords() {}

    private static EvidenceWords pairs(PairEvidence.Pairs one) {
        return EvidenceWords.of("pairs", () -> pairsWords(one))
                .with("pairs", one.count())
                .with("pairDeviation", one.deviation());
    }

    private static String pairsWords(PairEvidence.Pairs one) {
        return one.count() + (one.count() == 1 ? " pair" : " pairs") + " measured alternately"
                + (one.deviation().isPresent()
                        ? "; pair-to-pair noise " + Percent.fine(one.deviation().getAsDouble())
                        : "");
    }

    private static EvidenceWords difference(PairEvidence.Difference one) {
        return EvidenceWords.of(
                        "difference",
                        () -> String.format(
                                Locale.ROOT,
                                "difference %s, evidence %.3g to 1, %.3g needed in a suite of %d",
                                Percent.signed(one.change(), 2),
                                one.eValue(),
                                one.suiteSize() / one.limit(),
                                one.suiteSize()))
                .with("eValue", one.eValue())
                .with("adjusted", one.adjusted())
                .with("suiteSize", one.suiteSize())
                .with("limit", one.limit());
    }

    private static EvidenceWords counted(PairEvidence.Counted one) {
        return ProcessWords.counted(one.change(), one.noise(), one.margin());
    }

    private static EvidenceWords copies(PairEvidence.Copies one) {
        return EvidenceWords.of(
                        "copies",
                        () -> String.format(
                                Locale.ROOT,
                                "two copies of the base differ by %s, evidence %.3g to 1%s",
                                Percent.signed(one.difference(), 2),
                                one.eValue(),
                                one.apart() ? ": more than noise" : ""))
                .with("difference", one.difference())
                .with("eValue", one.eValue())
                .with("times", one.times());
    }

    private static EvidenceWords refuted(PairEvidence.Refuted one) {
        return EvidenceWords.of(
                "confirmation",
                () -> "fresh processes in reverse order did not confirm the regression of the first pairs");
    }

    private static EvidenceWords untrusted(PairEvidence.Untrusted one) {
        return EvidenceWords.of(
                "trust",
                () -> String.format(
                        Locale.ROOT,
                        "not trusted: two copies of the base differ by %s; only a change %.0f times as large"
                                + " would stand out",
                        Percent.signed(one.difference(), 1),
                        one.times()));
    }

    private static EvidenceWords equivalence(PairEvidence.Equivalence one) {
        return EvidenceWords.of("equivalence", () -> "any change lies inside the margin of " + Percent.of(one.margin()))
                .with("margin", one.margin());
    }

    private static EvidenceWords ended(PairEvidence.Ended one) {
        return EvidenceWords.of(
                        "equivalence",
                        () -> endedWords(one)
                                + (one.needed().isPresent()
                                        ? "; about " + one.needed().getAsInt() + " pairs would decide"
                                        : ""))
                .with("margin", one.margin());
    }

    static String endedWords(PairEvidence.Ended one) {
        return "measuring stopped after " + one.pairs() + (one.pairs() == 1 ? " pair" : " pairs")
                + ", before a decision";
    }
}
