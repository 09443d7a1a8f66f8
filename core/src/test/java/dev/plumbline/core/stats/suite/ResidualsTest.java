package dev.plumbline.core.stats.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ResidualsTest {
    private static final Residuals WIDER =
            new Residuals(new double[] {0.1, Double.NaN, 0.8, 0.3}, new float[] {1, 1, 4, 3});

    @Test
    void scaled_distances_are_divided_by_their_widths() {
        assertThat(WIDER.scaled()).containsExactly(new double[] {0.1, Double.NaN, 0.2, 0.1}, within(1e-9));
        assertThat(WIDER.distance(2)).isEqualTo(0.8);
        assertThat(WIDER.newest(2)).containsExactly(0.8, 0.3);
        assertThat(WIDER.newest(9)).hasSize(4);
    }

    @Test
    void nothing_shared_has_a_width_of_one() {
        Residuals plain = Residuals.of(0.1, 0.2);

        assertThat(plain.width(1, 2)).isEqualTo(1);
        assertThat(plain.width(0, 2)).isEqualTo(1);
        assertThat(plain.usualWidth(0.95, 2)).isEqualTo(1);
        assertThat(plain.newest(2)).containsExactly(0.1, 0.2);
    }

    @Test
    void the_width_of_several_values_is_the_root_of_the_mean_square() {
        assertThat(WIDER.width(2, 4)).isEqualTo(Math.sqrt(12.5), within(1e-6));
        assertThat(WIDER.width(4, 4)).isEqualTo(1);
    }

    @Test
    void the_usual_width_is_of_the_values_before() {
        assertThat(WIDER.usualWidth(0.95, 2)).isEqualTo(1);
        assertThat(WIDER.usualWidth(0.95, 3)).isEqualTo(4);
        assertThat(WIDER.usualWidth(0.5, 4)).isEqualTo(3);
        assertThat(WIDER.usualWidth(0.5, 0)).isEqualTo(1);
    }
}
