package dev.plumbline.core.judge;

import static dev.plumbline.core.judge.trial.Trials.DURATION;
import static dev.plumbline.core.judge.trial.Trials.judge;
import static dev.plumbline.core.judge.trial.Trials.noisy;
import static dev.plumbline.core.judge.trial.Trials.points;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.HistoryEvidence;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.finding.Warning;
import dev.plumbline.core.judge.trial.Trial;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two runs of one commit, neither of which has to be a change by itself. */
class DisagreementTest {
    private static final int HISTORY = 20;
    private static final int SEEDS = 3000;

    private static Trial trial(long seed, double noise, double... candidate) {
        return DURATION.trial(noisy(seed, HISTORY, 100, noise), candidate);
    }

    private static boolean isOpen(Trial trial, int suite) {
        return Disagreement.unexplained(trial.candidate(), judge(trial), suite).isPresent();
    }

    @Test
    void runs_farther_apart_than_noise_explains_are_left_open_with_both_values() {
        Trial trial = trial(3, 0.12, 76, 148);
        Finding pooled = judge(trial);

        Finding open = Disagreement.unexplained(trial.candidate(), pooled, 1).orElseThrow();

        assertThat(pooled.verdict()).isNotInstanceOf(Verdict.Regressed.class);
        assertThat(open.isDisputed()).isTrue();
        HistoryEvidence.Disagreement why =
                open.evidence(HistoryEvidence.Disagreement.class).findFirst().orElseThrow();
        assertThat(why.values()).containsExactly(76.0, 148.0);
        assertThat(why.showing()).isZero();
        assertThat(why.apart()).isBetween(0.94, 0.95);
        assertThat(Disagreement.apart(trial.candidate(), pooled, 1))
                .hasValueSatisfying(warning -> assertThat(warning).isInstanceOf(Warning.RunsApart.class));
    }

    @ParameterizedTest
    @CsvSource({
        "0.05, 1.30, true",
        "0.05, 1.10, false",
        "0.12, 1.40, false",
        "0.12, 1.95, true",
        "0.002, 1.08, false",
    })
    void the_noise_of_the_series_decides_how_far_is_far(double noise, double factor, boolean isOpen) {
        int open = 0;
        for (int seed = 0; seed < 100; seed++) {
            double middle = Math.sqrt(factor);
            Trial trial = trial(seed, noise, 100 / middle, 100 * middle);
            open += isOpen(trial, 1) ? 1 : 0;
        }

        if (isOpen) {
            assertThat(open).isGreaterThan(80);
        } else {
            assertThat(open).isLessThan(20);
        }
    }

    /** With a share of one in a hundred, 3,000 suites have 30 on average, and 750 have 7 or 8. */
    @ParameterizedTest
    @CsvSource({"0.03, 1", "0.12, 1", "0.12, 5", "0.2, 4"})
    void two_healthy_runs_of_a_suite_are_left_open_once_in_a_hundred_times(double noise, int suite) {
        Random random = new Random(95_001);
        int suites = SEEDS / suite;
        int open = 0;
        for (int seed = 0; seed < suites; seed++) {
            boolean isAny = false;
            for (int i = 0; i < suite; i++) {
                Trial trial = trial(
                        1000L * suite + (long) seed * suite + i,
                        noise,
                        100 * (1 + noise * random.nextGaussian()),
                        100 * (1 + noise * random.nextGaussian()));
                isAny |= isOpen(trial, suite);
            }
            open += isAny ? 1 : 0;
        }

        assertThat((double) open / suites).isLessThan(0.02);
    }

    @Test
    void what_a_regression_explains_stays_a_regression() {
        Trial trial = trial(5, 0.01, 130, 180);
        Finding pooled = judge(trial);

        assertThat(pooled.verdict()).isInstanceOf(Verdict.Regressed.class);
        assertThat(Disagreement.unexplained(trial.candidate(), pooled, 1)).isEmpty();
    }

    @Test
    void of_three_runs_and_of_a_series_without_enough_history_nothing_is_left_open() {
        Trial three = trial(7, 0.1, 70, 100, 150);
        Trial young = DURATION.trial(points(100, 101), 70, 150);

        assertThat(Disagreement.unexplained(three.candidate(), judge(three), 1)).isEmpty();
        assertThat(Disagreement.unexplained(young.candidate(), judge(young), 1)).isEmpty();
    }
}
