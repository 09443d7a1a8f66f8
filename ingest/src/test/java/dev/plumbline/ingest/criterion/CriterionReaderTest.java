package dev.plumbline.ingest.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriterionReaderTest {
    private static final String SAMPLE =
            "{\"sampling_mode\": \"Linear\", \"iters\": [1, 2, 4], \"times\": [10, 24, 40]}";
    private static final String ESTIMATES = """
            {"mean": {"confidence_interval": {"confidence_level": 0.95, "lower_bound": 10, "upper_bound": 12},
              "point_estimate": 11, "standard_error": 0.5},
             "median": {"point_estimate": 10.5}, "std_dev": {"point_estimate": 2}}
            """;

    @ParameterizedTest
    @CsvSource({
        "target/criterion/sort/new/sample.json, sort",
        "target/criterion/sort/quick/10/base/sample.json, sort/quick/10",
        "C:\\\\work\\\\target\\\\criterion\\\\sort\\\\quick\\\\new\\\\sample.json, sort/quick",
        "artifacts/sort/quick/new/sample.json, sort/quick",
        "sample.json, sample.json"
    })
    void the_folders_are_the_name(String path, String name) throws IOException {
        assertThat(Gathered.of(path.replace("\\\\", "\\"), SAMPLE).rows())
                .containsExactly(name + " | time | ns | lower | 10");
    }

    @Test
    void a_value_is_the_time_of_one_iteration() throws IOException {
        Gathered gathered = Gathered.of("criterion/a/new/sample.json", SAMPLE);

        assertThat(gathered.groups("a", "time")).containsExactly(List.of(10.0, 12.0, 10.0));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"iters\": [1, 2], \"times\": [10]}', 2 numbers of iterations for 1 times",
        "'{\"iters\": [1, null], \"times\": [10, 20]}', 1 numbers of iterations for 2 times",
        "'{\"iters\": [], \"times\": [10, 20]}', 0 numbers of iterations for 2 times"
    })
    void times_without_their_iterations_are_reported(String text, String what) throws IOException {
        Gathered gathered = Gathered.of("criterion/a/new/sample.json", text);

        assertThat(gathered.measurements()).isEmpty();
        assertThat(gathered.problems().get(0)).contains("benchmark \"a\", metric \"time\": " + what);
    }

    @Test
    void no_iterations_at_all_are_no_time() throws IOException {
        Gathered gathered = Gathered.of("criterion/a/new/sample.json", "{\"iters\": [0, 2], \"times\": [10, 20]}");

        assertThat(gathered.groups("a", "time")).containsExactly(List.of(10.0));
        assertThat(gathered.problems()).singleElement().asString().contains("1 of 2 values are no finite numbers");
    }

    @Test
    void estimates_are_the_mean_with_interval_median_and_deviation() throws IOException {
        Gathered gathered = Gathered.of("criterion/a/new/estimates.json", ESTIMATES);

        var time = gathered.summary("a", "time");
        assertThat(time.location()).isEqualTo(11);
        assertThat(time.interval()).contains(new Interval(10, 12, 0.95));
        assertThat(time.standardDeviation()).hasValue(2);
        assertThat(time.quantiles()).containsEntry(0.5, 10.5);
    }

    @Test
    void estimates_of_old_versions_have_other_keys_and_a_mean_that_is_none_is_reported() throws IOException {
        assertThat(Gathered.of(
                                "criterion/a/new/estimates.json",
                                ESTIMATES
                                        .replace("mean", "Mean")
                                        .replace("median", "Median")
                                        .replace("std_dev", "StdDev"))
                        .rows())
                .containsExactly("a | time | ns | lower | 11");
        assertThat(Gathered.of(
                                "criterion/a/new/estimates.json",
                                ESTIMATES.replace("\"point_estimate\": 11", "\"point_estimate\": NaN"))
                        .problems()
                        .get(0))
                .contains("the mean is no finite number");
    }

    @Test
    void printed_times_and_rates_may_have_ends_in_other_units() throws IOException {
        Gathered gathered = Gathered.of("bench.txt", """
                sort/quick/a name of its own line
                                        time:   [900.00 ns 1.5000 us 2.0000 us]
                                        thrpt:  [400.00 Kelem/s 1.0000 Melem/s 2.0000 Melem/s]
                                 change: [-1% +1% +2%] (p = 0.5 > 0.05)
                """);

        assertThat(gathered.rows())
                .containsExactly(
                        "sort/quick/a name of its own line | time | us | lower | 1.5",
                        "sort/quick/a name of its own line | throughput | Melem/s | higher | 1");
        assertThat(gathered.summary("sort/quick/a name of its own line", "time")
                        .interval()
                        .orElseThrow()
                        .low())
                .isCloseTo(0.9, within(1e-12));
    }

    @Test
    void raw_rows_make_a_sample_for_each_benchmark_and_bad_ones_are_reported() throws IOException {
        Gathered gathered = Gathered.of("raw.csv", """
                group,function,value,throughput_num,throughput_type,sample_measured_value,unit,iteration_count
                sort,quick,10,,,100,ns,10
                sort,quick,10,,,300,ns,20
                sort,quick,20,,,x,ns,20
                sort,quick,20,,,50,ns,0
                sort,quick,20,,,50,ns
                sort,,,,,50,ns,5
                """);

        assertThat(gathered.rows())
                .containsExactly("sort/quick/10 | time | ns | lower | 12.5", "sort | time | ns | lower | 10");
        assertThat(gathered.problems())
                .containsExactly(
                        "raw.csv:4: not a time and a number of iterations; the row is skipped",
                        "raw.csv:5: not a time and a number of iterations; the row is skipped",
                        "raw.csv:6: not a time and a number of iterations; the row is skipped");
    }

    @Test
    void a_raw_table_with_a_column_twice_is_refused() {
        assertThatThrownBy(() -> Gathered.of(
                        "raw.csv", "group,function,value,value,sample_measured_value,iteration_count\na,b,1,2,3,4\n"))
                .hasMessage("raw.csv:1: has the column \"value\" more than once; leave one of them");
    }

    @Test
    void a_change_alone_is_no_result() {
        assertThatThrownBy(() -> Gathered.of(
                        "criterion/a/change/estimates.json",
                        "{\"mean\": {\"point_estimate\": 0.1}, \"median\": {\"point_estimate\": 0.1}}"))
                .hasMessageContaining("contains only the change between two measurements");
    }
}
