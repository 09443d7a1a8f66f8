package dev.plumbline.ingest.input.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.model.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatedSummaryTest {
    private static Sample.Summary summary(StatedSummary stated) {
        return (Sample.Summary) stated.sample().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void what_stands_for_no_number_is_no_sample(double location) {
        assertThat(StatedSummary.location(location).count(3).sample()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "0, 0", "-1, 0", "NaN, 0", "1e300, 0", "Infinity, 0", "2.9, 2"})
    void a_count_that_cannot_be_one_is_unknown(double stated, long count) {
        assertThat(summary(StatedSummary.location(1).count(stated)).count()).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.5, Double.NaN, Double.POSITIVE_INFINITY})
    void a_deviation_that_cannot_be_one_is_left_out(double deviation) {
        assertThat(summary(StatedSummary.location(1).deviation(deviation)).standardDeviation())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 0.95", "NaN, 1, 0.95", "0, 1, 0", "0, 1, 1", "0, 1, NaN", "0, 1, 95"})
    void an_interval_that_cannot_be_one_is_left_out(double low, double high, double confidence) {
        assertThat(summary(StatedSummary.location(1).interval(low, high, confidence))
                        .interval())
                .isEmpty();
    }

    @Test
    void the_last_statement_counts() {
        assertThat(summary(StatedSummary.location(1).deviation(2).deviation(Double.NaN))
                        .standardDeviation())
                .isEmpty();
        assertThat(summary(StatedSummary.location(1).quantile(0.5, 2).quantile(0.5, 3))
                        .quantiles())
                .containsEntry(0.5, 3.0);
    }

    @Test
    void quantiles_outside_of_their_range_and_without_a_number_are_left_out() {
        assertThat(summary(StatedSummary.location(1)
                                .quantile(-0.1, 1)
                                .quantile(1.1, 1)
                                .quantile(Double.NaN, 1)
                                .quantile(0.5, Double.NaN)
                                .quantile(0, 1)
                                .quantile(1, 9))
                        .quantiles())
                .containsOnlyKeys(0.0, 1.0);
    }
}
