package dev.plumbline.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Better;
import org.junit.jupiter.api.Test;

class FixedRuleTest {
    private static final double[] BEFORE = {500, 98, 102, 100, 98, 102};

    @Test
    void a_share_is_of_the_mean_of_the_newest_runs() {
        FixedRule rule = new FixedRule(FixedRule.Kind.SHARE, 0.05, 5);

        assertThat(rule.beyond(BEFORE, 105, Better.LOWER)).isEmpty();
        assertThat(rule.beyond(BEFORE, 106, Better.LOWER).orElseThrow()).isEqualTo(0.06, within(1e-12));
        assertThat(rule.beyond(BEFORE, 80, Better.LOWER)).isEmpty();
        assertThat(rule.beyond(BEFORE, 80, Better.HIGHER).orElseThrow()).isEqualTo(-0.2, within(1e-12));
    }

    @Test
    void deviations_are_those_of_the_same_runs() {
        FixedRule rule = new FixedRule(FixedRule.Kind.DEVIATIONS, 3, 5);

        // the standard deviation of the newest five is 2
        assertThat(rule.beyond(BEFORE, 105.9, Better.LOWER)).isEmpty();
        assertThat(rule.beyond(BEFORE, 106.1, Better.LOWER)).isPresent();
    }

    @Test
    void too_few_runs_and_a_mean_of_zero_have_no_limit() {
        FixedRule rule = new FixedRule(FixedRule.Kind.SHARE, 0.05, 20);

        assertThat(rule.beyond(new double[] {1, 1}, 9, Better.LOWER)).isEmpty();
        assertThat(rule.beyond(new double[] {0, 0, 0}, 9, Better.LOWER)).isEmpty();
        assertThat(rule.beyond(new double[] {1, 1, 1}, 9, Better.LOWER)).isPresent();
    }

    @Test
    void a_rule_is_made_of_numbers_that_make_sense() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FixedRule(FixedRule.Kind.SHARE, 0, 20));
        assertThatIllegalArgumentException().isThrownBy(() -> new FixedRule(FixedRule.Kind.SHARE, Double.NaN, 20));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FixedRule(FixedRule.Kind.SHARE, Double.POSITIVE_INFINITY, 20));
        assertThatIllegalArgumentException().isThrownBy(() -> new FixedRule(FixedRule.Kind.SHARE, 0.1, 2));
    }
}
