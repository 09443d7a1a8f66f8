package dev.plumbline.core.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentileTest {
    /** Five executions have to lie beyond it. */
    @ParameterizedTest
    @CsvSource({
        "MEDIAN, 0.5, p50, 10",
        "NINETIETH, 0.9, p90, 50",
        "NINETY_NINTH, 0.99, p99, 500",
        "NINETY_NINE_POINT_NINTH, 0.999, p99.9, 5000"
    })
    void each_has_its_share_its_names_and_the_executions_that_it_takes(
            Percentile percentile, double share, String label, long executions) {
        assertThat(percentile.share()).isEqualTo(share);
        assertThat(percentile.label()).isEqualTo(label);
        assertThat(percentile.executionsNeeded()).isEqualTo(executions);
    }
}
