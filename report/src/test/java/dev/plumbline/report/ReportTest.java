package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.detect.Finding;
import dev.plumbline.core.detect.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void sorts_findings_worst_first() {
        assertThat(Examples.everything().findings().stream()
                        .map(finding -> finding.key().benchmark().name().substring("dev.example.tally.".length()) + " "
                                + Words.verdict(finding)))
                .containsExactly(
                        "WordCount.count critical",
                        "WordCount.count critical",
                        "Sort.merge major",
                        "Sort.quick minor",
                        "Cache.hit suspect",
                        "Cache.miss too noisy",
                        "New.bench0 too new",
                        "New.bench1 too new",
                        "New.bench2 too new",
                        "Moved.there no match",
                        "Parse.csv improved",
                        "Stable.run0 unchanged",
                        "Stable.run1 unchanged",
                        "Stable.run2 unchanged",
                        "Stable.run3 unchanged");
    }

    @Test
    void sorts_the_same_whatever_the_order_given() {
        Report report = Examples.large(300);
        List<Finding> shuffled = new ArrayList<>(report.findings());
        for (int seed = 0; seed < 10; seed++) {
            Collections.shuffle(shuffled, new Random(seed));
            Report other = Examples.report(shuffled, List.of(), List.of());
            assertThat(other.findings()).isEqualTo(report.findings());
        }
    }

    @Test
    void counts_every_verdict() {
        assertThat(Examples.everything().counts())
                .isEqualTo(Map.of(
                        Verdict.Kind.REGRESSED, 4,
                        Verdict.Kind.INCONCLUSIVE, 5,
                        Verdict.Kind.NOT_COMPARABLE, 1,
                        Verdict.Kind.IMPROVED, 1,
                        Verdict.Kind.UNCHANGED, 4));
        assertThat(Examples.empty().counts()).hasSize(5).containsEntry(Verdict.Kind.REGRESSED, 0);
    }
}
