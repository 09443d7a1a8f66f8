package dev.plumbline.core.judge.trial;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrialTest {
    @Test
    void a_trial_has_something_to_judge() {
        assertThatThrownBy(() -> new Trial(Trials.DURATION.series(List.of()), List.of(), List.of()))
                .hasMessage("there is nothing to judge");
    }
}
