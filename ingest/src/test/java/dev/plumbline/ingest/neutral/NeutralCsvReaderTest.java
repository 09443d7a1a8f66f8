package dev.plumbline.ingest.neutral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.Gathered;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeutralCsvReaderTest {
    private static Gathered read(String text) throws IOException {
        return Gathered.of("a.csv", text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "benchmark,value,values | value | values",
                "benchmark,name,value | benchmark | name",
                "benchmark,Benchmark,value | benchmark | Benchmark",
                "benchmark,value,fork,group | fork | group",
                "benchmark,value,revision,commit | revision | commit",
                "benchmark,value,better,direction | better | direction",
                "benchmark,value,time,measured_at | time | measured_at",
                "benchmark,value,commit_time,revision_time | commit_time | revision_time",
                "benchmark,value,param:n,parameter:n | param:n | parameter:n",
                "benchmark,value,param:n,param: n | param:n | param: n",
                "benchmark,value,env:cpu,environment:cpu | env:cpu | environment:cpu",
                "benchmark,value,environment,env:name | environment | env:name"
            })
    void two_columns_of_one_meaning_are_refused(String columns, String first, String second) {
        String row =
                "a" + ",1".repeat((int) columns.chars().filter(c -> c == ',').count());

        assertThatThrownBy(() -> read(columns + "\n" + row + "\n"))
                .isInstanceOf(UnreadableInput.class)
                .hasMessage("a.csv:1: the columns \"" + first + "\" and \"" + second
                        + "\" have the same meaning; leave one of them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"param:n,param:N", "param:n,env:n", "param:n,context:n", "env:a,context:a"})
    void columns_of_different_meanings_may_have_like_names(String columns) throws IOException {
        assertThat(read("benchmark,value,unit," + columns + "\na,1,ms,2,3\n").measurements())
                .hasSize(1);
    }

    @Test
    void every_column_has_its_meaning() throws IOException {
        Gathered gathered = read("benchmark,param:n,metric,unit,better,value,revision,branch,commit_time,position,time,"
                + "environment,env:cpu,context:note\n"
                + "sort,10,speed,x/y,higher,5,c0ffee,topic,2024-01-01,42,2024-02-03T04:05:06Z,ci,Example,first\n");

        assertThat(gathered.rows()).containsExactly("sort {n=10} | speed | x/y | higher | 5");
        var header = gathered.header();
        assertThat(header.revision().commit()).isEqualTo("c0ffee");
        assertThat(header.revision().branch()).isEqualTo("topic");
        assertThat(header.revision().commitTime()).contains(Instant.parse("2024-01-01T00:00:00Z"));
        assertThat(header.revision().position()).hasValue(42);
        assertThat(header.measuredAt()).contains(Instant.parse("2024-02-03T04:05:06Z"));
        assertThat(header.environment().facts()).containsEntry("name", "ci").containsEntry("cpu", "Example");
        assertThat(header.context()).containsEntry("note", "first");
        assertThat(gathered.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ms, '', time, lower",
        "ops/s, '', throughput, higher",
        "MB, '', size, lower",
        "'', hits, hits, higher",
        "'', misses, misses, lower"
    })
    void without_a_metric_and_a_direction_unit_and_name_give_them(
            String unit, String metric, String name, String better) throws IOException {
        Gathered gathered = read("benchmark,metric,unit,value\na," + metric + "," + unit + ",1\n");

        assertThat(gathered.rows()).containsExactly(String.join(" | ", "a", name, unit, better, "1"));
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void what_is_better_is_asked_for_where_nothing_says_it() throws IOException {
        assertThat(read("benchmark,metric,value\na,foo,1\nb,foo,2\n").problems())
                .containsExactly("a.csv:2: unknown direction of \"foo\"; assuming lower is better (set it to lower or"
                        + " higher in a column \"better\")");
    }

    @ParameterizedTest
    @CsvSource({"median, 2", "MEAN, 5", "pseudomedian, 6.5"})
    void the_center_is_the_number_that_stands_for_the_values(String center, double location) throws IOException {
        assertThat(read("benchmark,unit,center,value\na,ms," + center + ",1\na,ms," + center + ",2\na,ms," + center
                                + ",12\n")
                        .measurement("a", "time")
                        .sample()
                        .location())
                .isEqualTo(location);
    }

    @Test
    void a_center_that_is_none_is_reported_and_the_median_taken() throws IOException {
        Gathered gathered = read("benchmark,unit,center,value\na,ms,middle,1\n");

        assertThat(((Sample.Values) gathered.measurement("a", "time").sample()).center())
                .isEqualTo(Sample.Center.MEDIAN);
        assertThat(gathered.problems())
                .containsExactly(
                        "a.csv:2: benchmark \"a\", metric \"time\": the center is median, mean or pseudomedian, not"
                                + " \"middle\"; using the median");
    }

    @Test
    void forks_are_groups_wherever_their_rows_stand_and_several_values_may_share_a_field() throws IOException {
        Gathered gathered = read("benchmark,unit,fork,value\na,ms,1,1 2\nb,ms,1,9\na,ms,2,3\na,ms,1,4\n");

        assertThat(gathered.groups("a", "time")).containsExactly(List.of(1.0, 2.0, 4.0), List.of(3.0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NaN | the value is \"NaN\", no finite number; this row is skipped",
                "inf | the value is \"inf\", no finite number; this row is skipped",
                "1e999 | the value is \"1e999\", no finite number; this row is skipped",
                "fast | the value is \"fast\", no finite number; this row is skipped",
                "'' | the value is \"\", no finite number; this row is skipped",
                "-1 | a duration of \"-1\" is not possible; this value is left out",
                "\"1,5\" | the value is \"1,5\", no finite number; this row is skipped (decimals are written with a point)"
            })
    void a_value_that_is_none_is_reported_with_its_line_and_the_next_is_read(String value, String problem)
            throws IOException {
        Gathered gathered = read("benchmark,unit,value\na,ms," + value + "\nb,ms,2\n");

        assertThat(gathered.rows()).containsExactly("b | time | ms | lower | 2");
        assertThat(gathered.problems()).containsExactly("a.csv:2: benchmark \"a\", metric \"time\": " + problem);
    }

    @Test
    void a_negative_value_that_is_no_duration_is_kept() throws IOException {
        assertThat(read("benchmark,metric,better,value\na,balance,higher,-5\n").rows())
                .containsExactly("a | balance |  | higher | -5");
    }

    @ParameterizedTest
    @CsvSource({"'2.5,5', 2.5, 5", "',5', -1, 5", "'2,', 2, 0"})
    void a_deviation_or_a_count_makes_a_row_a_summary(String fields, double deviation, long count) throws IOException {
        Sample.Summary summary = read("benchmark,unit,value,deviation,count\na,ms,10," + fields + "\n")
                .summary("a", "time");

        assertThat(summary.location()).isEqualTo(10);
        assertThat(summary.standardDeviation().orElse(-1)).isEqualTo(deviation);
        assertThat(summary.count()).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({"-1", "Infinity"})
    void a_deviation_that_cannot_be_one_is_reported(String deviation) throws IOException {
        Gathered gathered = read("benchmark,unit,value,deviation\na,ms,10," + deviation + "\nb,ms,1,\n");

        assertThat(gathered.rows()).containsExactly("b | time | ms | lower | 1");
        assertThat(gathered.problems()).singleElement().asString().startsWith("a.csv:2: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-02-30", "2026-13-01T00:00:00Z", "99999999", "2026-01-01T25:00:00Z"})
    void a_time_that_is_none_is_reported_once_for_its_run(String time) throws IOException {
        Gathered gathered = read("benchmark,unit,value,time\na,ms,1," + time + "\nb,ms,1," + time + "\n");

        assertThat(gathered.header().measuredAt()).isEmpty();
        assertThat(gathered.problems())
                .containsExactly("a.csv:2: \"" + time + "\" is not a time such as 2026-01-31T12:00:00Z; it is ignored");
    }

    @Test
    void rows_of_several_runs_in_any_order_are_told_apart_by_commit_time_and_environment() throws IOException {
        Gathered gathered = read("""
                benchmark,unit,value,commit,time,env:cpu
                a,ms,1,c1,2024-01-01,x
                a,ms,2,c2,2024-01-02,x
                a,ms,3,c1,2024-01-01,y
                a,ms,4,c1,2024-01-01,x
                """);

        assertThat(gathered.runs()).hasSize(3);
        assertThat(gathered.runs().get(0).measurements().get(0).sample())
                .isEqualTo(Sample.Values.of(Sample.Center.MEDIAN, 1, 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "benchmark\tvalue\tunit\na\t1\tms\n",
                "benchmark;value;unit\na;1;ms\n",
                "\uFEFFbenchmark,value,unit\r\na,1,ms\r\n"
            })
    void separators_marks_and_line_ends_of_every_kind_are_understood(String text) throws IOException {
        assertThat(read(text).rows()).containsExactly("a | time | ms | lower | 1");
    }

    @Test
    void quoted_names_may_hold_everything_and_stay_what_they_are() throws IOException {
        String name = "x,\"y\"\n\u05D0\u05D1 \u202Ez" + "w".repeat(1000);
        Gathered gathered = read("benchmark,unit,value\n\"" + name.replace("\"", "\"\"") + "\",ms,1\nb,ms,-1\n");

        assertThat(gathered.measurements().get(0).benchmark().name()).isEqualTo(name);
        // the line of a row behind a name of two lines
        assertThat(gathered.problems()).singleElement().asString().startsWith("a.csv:4: ");
    }

    @ParameterizedTest
    @CsvSource({"'',name of a benchmark is empty", "'   ', name of a benchmark is empty"})
    void a_row_without_a_name_is_reported(String name, String problem) throws IOException {
        Gathered gathered = read("benchmark,unit,value\n" + name + ",ms,1\nb,ms,2\n");

        assertThat(gathered.measurements()).hasSize(1);
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("a.csv:2: ")
                .contains(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "threads", "comment", "", "foo:bar"})
    void a_column_that_is_not_known_is_refused_with_what_it_may_be_called(String column) {
        assertThatThrownBy(() -> read("benchmark,value," + column + "\na,1,x\n"))
                .hasMessageStartingWith(
                        "a.csv:1: the column \"" + column + "\" is unknown; if it is a parameter, name it")
                .hasMessageEndingWith("or context:… if it does not matter");
    }

    @ParameterizedTest
    @CsvSource({
        "env.jvm, env:jvm",
        "ENV_jvm.flags, env:jvm.flags",
        "environment cpu, environment:cpu",
        "param.n, param:n",
        "context-note, context:note",
        "comit, commit",
        "Metrik, metric",
        "vaule, value",
        "branchs, branch",
        "enviroment, environment"
    })
    void a_column_that_is_misspelt_is_refused_with_the_name_that_is_near(String column, String meant) {
        assertThatThrownBy(() -> read("benchmark,value," + column + "\na,1,x\n"))
                .hasMessage("a.csv:1: the column \"" + column + "\" is unknown; did you mean \"" + meant + "\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "JDK", "cpu", "jvm.flags"})
    void a_fact_of_the_environment_is_refused_with_how_facts_are_named(String column) {
        assertThatThrownBy(() -> read("benchmark,value," + column + "\na,1,x\n"))
                .hasMessage("a.csv:1: the column \"" + column
                        + "\" is unknown; if it is a fact of the environment, name it env:" + column
                        + "; if it is a parameter, param:" + column + ", or context:… if it does not matter");
    }
}
