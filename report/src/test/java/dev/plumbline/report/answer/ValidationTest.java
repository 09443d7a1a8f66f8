package dev.plumbline.report.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.stats.distribution.Proportion;
import dev.plumbline.report.terminal.TextStyle;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidationTest {
    @Test
    void a_share_holds_only_where_its_whole_interval_does() {
        Validation few = Validation.share("alarms", new Proportion(0, 40), 0.05);
        Validation many = Validation.share("alarms", new Proportion(0, 200), 0.05);
        Validation bad = Validation.share("alarms", new Proportion(5, 40), 0.05);
        Validation near = Validation.share("alarms", new Proportion(50, 1000), 0.05);
        Validation none = Validation.share("alarms", new Proportion(0, 0), 0.05);

        assertThat(few.outcome()).isEqualTo(Validation.Outcome.NOT_SHOWN);
        // 0 of n has the upper bound z² / (n + z²): 0.05 from 73 on
        assertThat(few.measured()).isEqualTo("0.0 % of 40 (0.0 % to 8.8 %): not shown, 73 would suffice");
        assertThat(many.outcome()).isEqualTo(Validation.Outcome.PASSED);
        assertThat(bad.outcome()).isEqualTo(Validation.Outcome.FAILED);
        assertThat(near.measured()).endsWith("not shown, it is too close to the limit");
        assertThat(none.outcome()).isEqualTo(Validation.Outcome.FAILED);
        assertThat(Validation.text(List.of(few, many), TextStyle.DEFAULT))
                .endsWith("\n1 of 2 hold, 1 is not shown with few trials\n");
    }
}
