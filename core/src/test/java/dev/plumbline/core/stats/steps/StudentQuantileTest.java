package dev.plumbline.core.stats.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StudentQuantileTest {
    @Test
    void gives_two_sided_critical_values_and_gives_them_again() {
        StudentQuantile quantile = new StudentQuantile(1e-4);
        // scipy.stats.t.isf(1e-4 / 2, 30)
        assertThat(quantile.at(30)).isCloseTo(4.482417175409747, within(1e-9));
        assertThat(quantile.at(30)).isCloseTo(4.482417175409747, within(1e-9));
        // scipy.stats.t.isf(2e-4 / 2, 4)
        assertThat(new StudentQuantile(2e-4).at(4)).isCloseTo(13.033671720896455, within(1e-8));
    }

    @Test
    void degrees_are_cut_to_1_and_200() {
        // scipy.stats.t.isf(6e-5 / 2, 200)
        assertThat(new StudentQuantile(6e-5).at(5000)).isCloseTo(4.1002485113873455, within(1e-9));
        // scipy.stats.t.isf(0.05 / 2, 1)
        assertThat(new StudentQuantile(0.05).at(-3)).isCloseTo(12.706204736432095, within(1e-8));
    }
}
