package dev.plumbline.core.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LooksTest {
    @Test
    void five_looks_spend_as_the_function_of_lan_and_demets_does() {
        // Python: [math.log((1 + (math.e - 1) * k / 5) / (1 + (math.e - 1) * (k - 1) / 5)) for k in range(1, 6)]
        double[] expected = {0.2953945, 0.2277426, 0.1853759, 0.1563267, 0.1351603};

        for (int look = 1; look <= 5; look++) {
            assertThat(new Looks(5).share(look)).isCloseTo(expected[look - 1], within(5e-7));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 17, 101})
    void all_looks_together_spend_the_whole_rate_and_the_first_the_most(int most) {
        Looks looks = new Looks(most);
        double sum = 0;
        double before = 1;
        for (int look = 1; look <= most; look++) {
            double share = looks.share(look);
            assertThat(share).isPositive().isLessThanOrEqualTo(before);
            before = share;
            sum += share;
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
    }

    @Test
    void there_is_no_look_before_the_first_and_none_after_the_last() {
        Looks looks = new Looks(3);

        assertThatIllegalArgumentException().isThrownBy(() -> looks.share(0));
        assertThatIllegalArgumentException().isThrownBy(() -> looks.share(4));
        assertThatIllegalArgumentException().isThrownBy(() -> new Looks(0));
    }
}
