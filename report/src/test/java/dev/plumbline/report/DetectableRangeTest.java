package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectableRangeTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "one size, 0.084 0.084 0.084, 8.4 %",
        "a median inside, 0.081 0.115 0.162, 8–16 % (median 11.5 %)",
        "above the rounded end, 0.083 0.104 0.1045, 8–10 % (median 10 %)",
        "below the rounded beginning, 0.086 0.087 0.12, 9–12 % (median 9 %)",
        "small ones have decimals, 0.0112 0.0134 0.0296, 1.1–3.0 % (median 1.3 %)"
    })
    void the_median_lies_in_the_range_as_it_is_printed(String what, String detectable, String words) {
        double[] sizes = Arrays.stream(detectable.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();

        assertThat(DoubtWords.surelyDetected(sizes))
                .isEqualTo("only changes above " + words + " are sure to be detected in one run");
    }
}
