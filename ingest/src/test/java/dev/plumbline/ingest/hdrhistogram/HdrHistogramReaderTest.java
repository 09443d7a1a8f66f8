package dev.plumbline.ingest.hdrhistogram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HdrHistogramReaderTest {
    private static final String TEXT = """
                   Value(ms)     Percentile TotalCount 1/(1-Percentile)

                   1.000 0.000000000000          1           1.00
                   2.500 0.500000000000          5           2.00
                   9.000 0.990000000000          9         100.00
                  10.000 1.000000000000         10
            #[Mean    =        3.250, StdDeviation   =        1.500]
            #[Max     =       10.000, Total count    =           10]
            #[Buckets =            1, SubBuckets     =         2048]
            """;

    @Test
    void printed_percentiles_have_the_printed_mean_deviation_and_count() throws IOException {
        Gathered gathered = Gathered.of("latency.hgrm", TEXT);

        assertThat(gathered.rows())
                .containsExactly(
                        "latency | time | ms | lower | 3.25",
                        "latency | p50 | ms | lower | 2.5",
                        "latency | p99 | ms | lower | 9");
        var time = gathered.summary("latency", "time");
        assertThat(time.count()).isEqualTo(10);
        assertThat(time.standardDeviation()).hasValue(1.5);
        assertThat(time.quantiles()).containsOnlyKeys(0.0, 0.5, 0.99, 1.0);
    }

    @Test
    void without_a_unit_the_metric_is_a_value_and_without_a_mean_the_median_stands_for_it() throws IOException {
        Gathered gathered = Gathered.of("latency.csv", """
                "Value","Percentile","TotalCount","1/(1-Percentile)"
                1.000,0.000000000000,1,1.00
                2.500,0.500000000000,5,2.00
                10.000,1.000000000000,10,Infinity
                """);

        assertThat(gathered.rows())
                .containsExactly("latency | value |  | lower | 2.5", "latency | p50 |  | lower | 2.5");
        assertThat(gathered.summary("latency", "value").count()).isEqualTo(10);
    }

    @Test
    void a_line_that_is_no_percentile_is_reported_with_its_number() throws IOException {
        Gathered gathered = Gathered.of(
                "latency.hgrm", TEXT.replace("9.000 0.990000000000          9         100.00", "9.000 1.990000 9 1"));

        assertThat(gathered.problems())
                .containsExactly("latency.hgrm:5: is not a value, its share and a count; it is skipped");
        assertThat(gathered.summary("latency", "time").quantiles()).doesNotContainKey(0.99);
    }

    @Test
    void a_log_whose_intervals_cannot_be_unpacked_is_reported_line_by_line() throws IOException {
        Gathered gathered = Gathered.of("latency.hlog", """
                #[Logged with jHiccup 2.0.10]
                #[StartTime: 1700000000.000 (seconds since epoch), Tue]
                "StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"
                0.100,1.000,2.000,HISTAAAA
                what is this
                """);

        assertThat(gathered.measurements()).isEmpty();
        assertThat(gathered.problems())
                .satisfiesExactly(
                        one -> assertThat(one)
                                .startsWith("latency.hlog:4: has a histogram that cannot be unpacked (")
                                .endsWith("this interval is skipped"),
                        two -> assertThat(two)
                                .isEqualTo("latency.hlog:5: is not an interval with its histogram; it is skipped"),
                        three -> assertThat(three).isEqualTo("latency.hlog: contains no measurement"));
    }
}
