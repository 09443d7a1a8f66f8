package dev.plumbline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {
    @Test
    void the_interval_of_a_share_is_wilsons() {
        // c = (p + z * z / 2 / n) / (1 + z * z / n); h = z * sqrt(p * (1 - p) / n + (z / 2 / n) ** 2) / (1 + z * z / n)
        // with z = scipy.stats.norm.isf(0.025), p = 0.07, n = 100: c - h, c + h
        Scores.Share share = new Scores.Share(7, 100);
        assertThat(share.low()).isCloseTo(0.03431926106727268, within(1e-12));
        assertThat(share.high()).isCloseTo(0.137495147390735, within(1e-12));
        assertThat(new Scores.Share(0, 0).high()).isZero();
    }

    @Test
    void every_found_change_counts_for_one_step_only() {
        assertThat(Scores.matches(new int[] {10, 14}, new int[] {12}, 5)).isEqualTo(1);
        assertThat(Scores.matches(new int[] {10, 30}, new int[] {9, 11, 36}, 5)).isEqualTo(1);
        assertThat(Scores.matches(new int[] {10, 30}, new int[] {10, 25}, 5)).isEqualTo(2);
    }

    @Test
    void a_perfect_detector_scores_one_and_a_silent_one_nothing() {
        Scores silent = new Scores(values -> new int[0], 1);
        assertThat(silent.falseAlarms(Noise.GAUSS, 5)).isEqualTo(new Scores.Share(0, 5));
        assertThat(silent.manySteps(Noise.GAUSS, 3).f1()).isZero();
        assertThat(silent.detection(Noise.GAUSS, 4, 5).found()).isEqualTo(new Scores.Share(0, 4));
        Scores omniscient = new Scores(values -> new int[] {values.length - 5}, 1);
        assertThat(omniscient.detection(Noise.GAUSS, 4, 5).exact()).isEqualTo(new Scores.Share(4, 4));
        Scores.Share relevant = omniscient.detection(Noise.GAUSS, 200, 5).relevant();
        assertThat(relevant.hits()).isEqualTo(relevant.count()).isBetween(100, 199);
    }

    @Test
    void the_same_seed_gives_the_same_history_and_another_seed_another() {
        for (Noise family : Noise.values()) {
            Histories.History history = Histories.oneStep(family, 5, 20);
            assertThat(Histories.oneStep(family, 5, 20).values()).isEqualTo(history.values());
            assertThat(Histories.oneStep(family, 6, 20).values()).isNotEqualTo(history.values());
            assertThat(history.values()).hasSize(history.changes()[0] + 20);
            assertThat(history.size()).isGreaterThanOrEqualTo(2 * history.variation() - 1e-12);
        }
    }

    @Test
    void many_steps_lie_at_least_twenty_values_apart() {
        for (int seed = 0; seed < 50; seed++) {
            int[] changes = Histories.manySteps(Noise.GAUSS, seed).changes();
            assertThat(changes.length).isBetween(5, 12);
            assertThat(changes[0]).isGreaterThanOrEqualTo(20);
            assertThat(changes[changes.length - 1]).isLessThanOrEqualTo(480);
            for (int i = 1; i < changes.length; i++) {
                assertThat(changes[i] - changes[i - 1]).isGreaterThanOrEqualTo(20);
            }
        }
    }

    @Test
    void turing_scores_follow_their_definitions() {
        List<List<Integer>> annotations = List.of(List.of(50), List.of(50, 80));
        // found {0, 52}: precision 2/2, recall mean(2/2, 2/3)
        assertThat(TuringSet.f1(annotations, List.of(52))).isCloseTo(2 * (5 / 6.0) / (1 + 5 / 6.0), within(1e-12));
        // nothing found: precision 1, recall mean(1/2, 1/3)
        assertThat(TuringSet.f1(annotations, List.of())).isCloseTo(2 * (5 / 12.0) / (1 + 5 / 12.0), within(1e-12));
        assertThat(TuringSet.covering(List.of(List.of(50)), List.of(50), 100)).isCloseTo(1, within(1e-12));
        // halves against the whole: each covered by 50 / 100
        assertThat(TuringSet.covering(List.of(List.of(50)), List.of(), 100)).isCloseTo(0.5, within(1e-12));
    }
}
