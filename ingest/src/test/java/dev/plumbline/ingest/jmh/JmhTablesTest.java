package dev.plumbline.ingest.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JmhTablesTest {
    private static final String CSV_HEAD =
            "\"Benchmark\",\"Mode\",\"Threads\",\"Samples\",\"Score\",\"Score Error (99.9%)\",\"Unit\",\"Param: n\"\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"o.B.m\",\"avgt\",1,5,12.5,0.5,\"ns/op\",10 | o.B.m {mode=avgt, n=10} | time | ns/op | lower | 12.5",
                "\"o.B.m\",\"thrpt\",4,5,12.5,NaN,\"ops/ms\", | o.B.m {threads=4} | throughput | ops/ms | higher | 12.5",
                "\"o.B.m\",\"ss\",1,1,2,NaN,\"ms/op\", | o.B.m {mode=ss} | time | ms/op | lower | 2",
                "\"o.B.m:·gc.alloc.rate.norm\",\"avgt\",1,5,64,1,\"B/op\", | o.B.m {mode=avgt} | gc.alloc.rate.norm | B/op | lower | 64",
                "\"o.B.m:p0.99\",\"sample\",1,5,64,NaN,\"us/op\", | o.B.m {mode=sample} | p0.99 | us/op | lower | 64",
                "\"o.B.m:ipc\",\"avgt\",1,5,2,NaN,\"insns/clk\", | o.B.m {mode=avgt} | ipc | insns/clk | higher | 2",
                "\"o.B.m:hits\",\"thrpt\",1,5,2,NaN,\"#\", | o.B.m | hits | # | higher | 2"
            })
    void a_row_is_a_metric_of_its_benchmark(
            String row, String label, String metric, String unit, String better, String value) throws IOException {
        assertThat(Gathered.of("jmh.csv", CSV_HEAD + row + "\n").rows())
                .containsExactly(String.join(" | ", label, metric, unit, better, value));
    }

    @Test
    void score_error_and_samples_are_the_interval_of_999_in_a_thousand_and_the_count() throws IOException {
        var time = Gathered.of("jmh.csv", CSV_HEAD + "\"m\",\"avgt\",1,5,12.5,0.5,\"ns/op\",\n")
                .summary("m {mode=avgt}", "time");

        assertThat(time.interval()).contains(new Interval(12, 13, 0.999));
        assertThat(time.count()).isEqualTo(5);
    }

    @Test
    void a_score_that_is_none_a_short_row_and_a_negative_time_are_reported_and_text_profilers_are_not()
            throws IOException {
        Gathered gathered = Gathered.of("jmh.csv", CSV_HEAD + """
                "a","avgt",1,5,NaN,NaN,"ns/op",
                "b:·stack","avgt",1,1,NaN,NaN,"---",
                "c","avgt",1,5
                "d","avgt",1,5,-1.5,NaN,"ns/op",
                "e","avgt",1,5,1.5,NaN,"ns/op",
                """);

        assertThat(gathered.rows()).containsExactly("e {mode=avgt} | time | ns/op | lower | 1.5");
        assertThat(gathered.problems())
                .containsExactly(
                        "jmh.csv:2: benchmark \"a\": score is \"NaN\"; this metric is skipped",
                        "jmh.csv:4: the row has 4 fields, there are 8 columns; it is skipped",
                        "jmh.csv:5: benchmark \"d {mode=avgt}\", metric \"time\": a duration of -1.5 ns/op is not"
                                + " possible; this metric is skipped");
    }

    @Test
    void a_parameter_called_mode_or_threads_keeps_its_name() throws IOException {
        assertThat(Gathered.of(
                                "jmh.csv",
                                CSV_HEAD.replace("Param: n", "Param: mode")
                                        + "\"m\",\"avgt\",2,5,1,NaN,\"ns/op\",fast\n")
                        .rows())
                .containsExactly("m {jmh.mode=avgt, mode=fast, threads=2} | time | ns/op | lower | 1");
    }

    @Test
    void names_of_columns_that_passed_through_r_are_parameters_too() throws IOException {
        assertThat(Gathered.of(
                                "jmh.csv",
                                CSV_HEAD.replace("Param: n", "Param..n") + "\"m\",\"avgt\",1,5,1,NaN,\"ns/op\",7\n")
                        .rows())
                .containsExactly("m {mode=avgt, n=7} | time | ns/op | lower | 1");
    }

    private static final String TEXT = """
            # JMH version: 1.37
            # VM version: JDK 17.0.1, OpenJDK 64-Bit Server VM, 17.0.1+12
            # VM invoker: /opt/jdk/bin/java
            # VM options: -Xmx1g
            # Run complete. Total time: 00:00:01

            Benchmark          (n)  (kind)  Mode  Cnt   Score   Error   Units
            B.m                 10  a b c   avgt    5  12.500 ± 0.500   ns/op
            B.m                N/A     x    avgt    5   ≈ 0            ns/op
            B.small             10     x    avgt    5  ≈ 10⁻³           ns/op
            B.m:gc.count        10     x    avgt    5   3.000          counts
            """;

    @Test
    void columns_of_the_text_may_hold_blanks_and_na_is_no_parameter() throws IOException {
        Gathered gathered = Gathered.of("jmh.txt", TEXT);

        assertThat(gathered.rows())
                .containsExactly(
                        "B.m {kind=a b c, mode=avgt, n=10} | time | ns/op | lower | 12.5",
                        "B.m {kind=x, mode=avgt} | time | ns/op | lower | 0",
                        "B.m {kind=x, mode=avgt, n=10} | gc.count | counts | lower | 3");
        assertThat(gathered.problems())
                .containsExactly("jmh.txt:10: benchmark \"B.small\": score is \"≈ 10⁻³\"; this metric is skipped");
    }

    @Test
    void the_text_tells_the_jvm_its_flags_and_the_version_of_jmh() throws IOException {
        Gathered gathered = Gathered.of("jmh.txt", TEXT);

        assertThat(gathered.header().environment().facts())
                .containsEntry("jvm", "OpenJDK 64-Bit Server VM 17.0.1+12")
                .containsEntry("jvm.flags", "-Xmx1g")
                .containsEntry("info.jvm.path", "/opt/jdk/bin/java")
                .containsEntry("info.jdk", "17.0.1");
        assertThat(gathered.header().context()).containsEntry("tool", "JMH 1.37");
    }

    @Test
    void a_column_that_is_there_twice_is_refused_and_so_is_a_number_that_may_be_cut_off() {
        assertThatThrownBy(() -> Gathered.of(
                        "jmh.csv", CSV_HEAD.replace("Param: n", "Score") + "\"m\",\"avgt\",1,5,1,2,\"ns/op\",3\n"))
                .hasMessage("jmh.csv:1: has the column \"Score\" more than once; leave one of them");
        assertThatThrownBy(() -> Gathered.of("jmh.csv", CSV_HEAD + "\"m\",\"avgt\",1,5,1,2,\"ns/op\",3"))
                .hasMessageStartingWith("jmh.csv:2: the last line has no end");
    }
}
