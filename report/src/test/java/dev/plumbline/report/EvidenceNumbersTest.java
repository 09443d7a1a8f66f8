package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.report.evidence.EvidenceWords;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EvidenceNumbersTest {
    @Test
    void the_evidence_of_a_suite_is_a_ratio_and_not_its_logarithm() {
        // exp(7.06) = 1164.4; exp(-1.5) = 1 / 4.48; exp(20) = 485,165,195
        assertThat(ratio(7.06)).isEqualTo("likelihood ratio of a change to none: 1,160 to 1");
        assertThat(ratio(-1.5)).isEqualTo("likelihood ratio of a change to none: 1 to 4.50");
        assertThat(ratio(20)).isEqualTo("likelihood ratio of a change to none: over 1,000,000 to 1");
    }

    private static String ratio(double evidence) {
        EvidenceWords words = EvidenceWords.of(new HistoryEvidence.Suite(
                OptionalDouble.of(0.1),
                0.001,
                0.05,
                12,
                1,
                false,
                OptionalDouble.of(evidence),
                OptionalDouble.empty()));
        List<String> all = words.numbers().stream()
                .filter(number -> number.name().equals("evidence"))
                .map(number -> EvidenceNumbers.words(words, number, Examples.MILLISECONDS, Double.NaN))
                .toList();
        return all.get(0);
    }
}
