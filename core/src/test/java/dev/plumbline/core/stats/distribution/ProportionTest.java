package dev.plumbline.core.stats.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionTest {
    @Test
    void agrees_with_scipy() {
        // binomtest(3, 200).proportion_ci(0.95, 'wilson')
        check(3, 200, 0.00511423779325831, 0.04316572879269026);
        // binomtest(0, 10).proportion_ci(0.95, 'wilson')
        check(0, 10, 0, 0.27753279986288926);
        // binomtest(10, 10).proportion_ci(0.95, 'wilson')
        check(10, 10, 0.7224672001371109, 1);
    }

    private static void check(int hits, int count, double low, double high) {
        Interval interval = new Proportion(hits, count).interval(0.95);
        assertThat(interval.low()).isEqualTo(low, within(1e-12));
        assertThat(interval.high()).isEqualTo(high, within(1e-12));
    }

    @Test
    void says_nothing_when_nothing_was_tried() {
        assertThat(new Proportion(0, 0).share()).isNaN();
        assertThat(new Proportion(0, 0).interval(0.9)).isEqualTo(new Interval(0, 1, 0.9));
    }

    @Test
    void counts_together() {
        assertThat(new Proportion(1, 3).and(true).and(false).plus(new Proportion(2, 2)))
                .isEqualTo(new Proportion(4, 7));
    }

    @Test
    void refuses_more_hits_than_trials_and_a_confidence_of_one() {
        assertThatThrownBy(() -> new Proportion(2, 1)).hasMessageContaining("2 of 1");
        assertThatThrownBy(() -> new Proportion(-1, 1)).hasMessageContaining("-1 of 1");
        assertThatThrownBy(() -> new Proportion(1, 1).interval(1)).hasMessageContaining("confidence");
    }
}
