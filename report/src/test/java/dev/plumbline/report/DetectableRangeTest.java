package dev.plumbline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectableRangeTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "one size, 0.084 0.084 0.084, 8.4 %",
        "one benchmark, 0.084, 8.4 %",
        "the same when printed, 0.0841 0.0843, 8.4 %",
        "of two the quieter one first, 0.06 0.186, '6.0 % typical, 18.6 % for Sort.quick'",
        "the middle one first, 0.081 0.115 0.162, '11.5 % typical, 16.2 % for Sort.quick'",
        "far apart, 0.08 0.25 0.252 1.11, '25.0 % typical, 111.0 % for Sort.quick'",
        "small ones, 0.0112 0.0134 0.0296, '1.3 % typical, 3.0 % for Sort.quick'"
    })
    void what_one_run_can_miss_is_told_of_the_middle_benchmark_and_of_the_noisiest(
            String what, String detectable, String words) {
        double[] sizes = Arrays.stream(detectable.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();

        assertThat(DoubtWords.missed("Sort.quick", sizes)).isEqualTo("minimum detectable change " + words);
    }
}
