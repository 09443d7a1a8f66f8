package dev.plumbline.core.judge.trial;

import static dev.plumbline.core.judge.trial.Trials.DURATION;
import static dev.plumbline.core.judge.trial.Trials.noisy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.threshold.MetricKind;
import dev.plumbline.core.threshold.ThresholdRule;
import dev.plumbline.core.threshold.Thresholds;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What of a suite is judged together. */
class JudgedSuiteTest {
    private static final double[] NEWEST = {100, 108, 101, 120, 100, 99};

    private static final List<Trial> SUITE = IntStream.range(0, NEWEST.length)
            .mapToObj(i -> DURATION.called("s" + i).trial(noisy(i, 30, 100, 0.01), NEWEST[i]))
            .toList();

    @Test
    void there_is_a_finding_for_each_trial_in_their_order() {
        List<Finding> findings = new Judge(Policy.DEFAULT).judge(SUITE);

        assertThat(findings)
                .extracting(Finding::key)
                .isEqualTo(SUITE.stream().map(trial -> trial.history().key()).toList());
        assertThat(findings.get(3).verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(findings.get(0).verdict()).isNotInstanceOf(Verdict.Regressed.class);
        assertThat(new Judge(Policy.DEFAULT).judge(List.of())).isEmpty();
    }

    @Test
    void in_parallel_it_is_the_same() {
        assertThat(new Judge(Policy.DEFAULT).judge(SUITE.stream().parallel()))
                .isEqualTo(new Judge(Policy.DEFAULT).judge(SUITE.stream()))
                .isEqualTo(new Judge(Policy.DEFAULT).judge(SUITE));
    }

    @Test
    void each_series_is_judged_with_its_own_policy() {
        Thresholds wide = new Thresholds(
                Policy.DEFAULT,
                List.of(ThresholdRule.ofMargin(
                        "a rule", ThresholdRule.Scope.of(MetricKind.of("m", DURATION.unit())), 0.3)));

        assertThat(new Judge(wide).judge(SUITE).get(3).verdict()).isNotInstanceOf(Verdict.Regressed.class);
    }

    @Test
    void two_environments_spend_a_quarter_each_of_what_one_may() {
        List<Trial> both = Stream.concat(SUITE.stream(), SUITE.stream().map(trial -> in("other", trial)))
                .toList();

        double alone = probability(new Judge(Policy.DEFAULT).judge(SUITE).get(1));
        List<Finding> together = new Judge(Policy.DEFAULT).judge(both);

        assertThat(alone).isBetween(1e-12, 0.2);
        assertThat(probability(together.get(1))).isCloseTo(4 * alone, within(1e-9 * alone));
        assertThat(probability(together.get(SUITE.size() + 1))).isCloseTo(4 * alone, within(1e-9 * alone));
    }

    private static Trial in(String environment, Trial trial) {
        Series history = trial.history();
        SeriesKey key = history.key();
        return new Trial(
                new Series(
                        new SeriesKey(key.benchmark(), key.metric(), environment, key.branch()),
                        history.unit(),
                        history.better(),
                        history.points(),
                        history.warnings()),
                trial.candidate(),
                List.of());
    }

    private static double probability(Finding finding) {
        return finding.evidence(HistoryEvidence.Suite.class)
                .findFirst()
                .orElseThrow()
                .probability();
    }
}
