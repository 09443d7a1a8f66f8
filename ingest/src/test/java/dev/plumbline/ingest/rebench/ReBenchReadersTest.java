package dev.plumbline.ingest.rebench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReBenchReadersTest {
    private static final String HEAD = """
            #!rebench
            # Execution Start: 2024-02-03T04:05:06
            # Environment: {"userName": "ann", "hostName": "bench", "cpu": "Example", "memory": 1024,\
             "osType": "Linux", "clockSpeed": 2, "software": [{"name": "architecture", "version": "x86_64"},\
             {"name": "Kernel", "version": "6.1"}]}
            # Source: {"repoURL": "https://example.org/r", "branchOrTag": "HEAD -> topic, origin/topic",\
             "commitId": "c0ffee", "commitMsg": "first\\nsecond", "authorName": "Ann",\
             "authorEmail": "ann@example.org"}
            invocation\titeration\tvalue\tunit\tcriterion\tbenchmark\texecutor\tsuite\
            \textraArgs\tcores\tinputSize\tvarValue\tmachine
            """;

    private static String row(int invocation, String value, String unit, String criterion, String rest) {
        return invocation + "\t1\t" + value + "\t" + unit + "\t" + criterion + "\tsort\tjava\tsuite" + rest + "\n";
    }

    @Test
    void invocations_are_groups_and_the_columns_behind_the_benchmark_parameters() throws IOException {
        Gathered gathered = Gathered.of(
                "b.data",
                HEAD
                        + row(1, "10", "ms", "total", "\t-x\t4\t\t\tm1")
                        + row(1, "12", "ms", "total", "\t-x\t4\t\t\tm1")
                        + row(2, "11", "ms", "total", "\t-x\t4\t\t\tm1")
                        + row(1, "99", "kB", "MaxRSS", "\t-x\t4\t\t\tm1"));

        String sort = "sort {cores=4, executor=java, extraArgs=-x, machine=m1, suite=suite}";
        assertThat(gathered.rows())
                .containsExactly(sort + " | time | ms | lower | 11", sort + " | MaxRSS | kB | lower | 99");
        assertThat(gathered.groups(sort, "time")).containsExactly(List.of(10.0, 12.0), List.of(11.0));
    }

    @Test
    void the_comments_tell_time_machine_and_commit_but_no_person() throws IOException {
        Gathered gathered = Gathered.of("b.data", HEAD + row(1, "10", "ms", "total", "\t\t1"));

        var header = gathered.header();
        assertThat(header.measuredAt()).contains(Instant.parse("2024-02-03T04:05:06Z"));
        assertThat(header.revision().commit()).isEqualTo("c0ffee");
        assertThat(header.revision().branch()).isEqualTo("topic");
        assertThat(header.environment().facts())
                .containsEntry("cpu", "Example")
                .containsEntry("arch", "x86_64")
                .containsEntry("info.kernel", "6.1")
                .containsEntry("info.host", "bench");
        assertThat(header.context())
                .containsEntry("message", "first")
                .containsEntry("repository", "https://example.org/r");
        assertThat(header.toString()).doesNotContainIgnoringCase("ann");
    }

    @Test
    void another_execution_is_another_run() throws IOException {
        String second = HEAD.replace("04:05:06", "05:00:00");
        Gathered gathered = Gathered.of(
                "b.data", HEAD + row(1, "10", "ms", "total", "\t\t1") + second + row(1, "20", "ms", "total", "\t\t1"));

        assertThat(gathered.runs())
                .extracting(run -> run.header().measuredAt().orElseThrow())
                .containsExactly(Instant.parse("2024-02-03T04:05:06Z"), Instant.parse("2024-02-03T05:00:00Z"));
    }

    @Test
    void lines_that_are_no_measurements_and_numbers_that_are_none_are_reported_once() throws IOException {
        Gathered gathered = Gathered.of(
                "b.data",
                HEAD + "1\t1\t10\tms\ttotal\tsort\n" + row(1, "fast", "ms", "total", "\t\t1")
                        + row(1, "5", "ms", "gc", "\t\t1"));

        assertThat(gathered.measurements()).hasSize(1);
        assertThat(gathered.problems())
                .satisfiesExactly(
                        one -> assertThat(one)
                                .isEqualTo(
                                        "b.data:6: the line has 6 fields, a measurement of ReBench has 10 to 13; it is"
                                                + " skipped"),
                        two -> assertThat(two).startsWith("b.data:7: ").contains("no value is a finite number"));
    }

    @Test
    void a_comment_that_breaks_off_is_refused_with_its_line_and_column() {
        assertThatThrownBy(() -> Gathered.of("b.data", HEAD.replace("\"authorEmail\": \"ann@example.org\"}", "\"auth")))
                .hasMessageMatching("b\\.data:4:\\d+: ends in the middle of a value.*");
    }

    private static String payload(String data) {
        return """
                {"data": [%s], "criteria": [{"i": 0, "c": "total", "u": "ms"}, {"i": 1, "c": "MaxRSS", "u": "kB"}],
                 "env": {"hostName": "bench", "cpu": "Example"}, "source": {"commitId": "c0ffee", "branchOrTag": "main"},
                 "startTime": "2024-02-03T04:05:06", "experimentName": "nightly"}
                """.formatted(data);
    }

    private static String data(String points) {
        return "{\"runId\": {\"benchmark\": {\"name\": \"sort\", \"suite\": {\"name\": \"s\", \"executor\": {\"name\": \"java\"}}}, "
                + "\"cores\": 4, \"inputSize\": null}, \"d\": [" + points + "]}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"in\": 1, \"m\": [[10, null, 12], [99]]}, {\"in\": 2, \"m\": [[11], null]}",
                "{\"in\": 1, \"it\": 1, \"m\": [{\"c\": 0, \"v\": 10}, {\"c\": 0, \"v\": 12}, {\"c\": 1, \"v\": 99}]},"
                        + " {\"in\": 2, \"m\": [{\"c\": 0, \"v\": 11}]}"
            })
    void what_is_sent_has_lists_for_each_criterion_or_objects(String points) throws IOException {
        Gathered gathered = Gathered.of("payload.json", payload(data(points)));

        String sort = "sort {cores=4, executor=java, suite=s}";
        assertThat(gathered.groups(sort, "time")).containsExactly(List.of(10.0, 12.0), List.of(11.0));
        assertThat(gathered.groups(sort, "MaxRSS")).containsExactly(List.of(99.0));
        assertThat(gathered.header().revision().commit()).isEqualTo("c0ffee");
        assertThat(gathered.header().context()).containsEntry("experiment", "nightly");
    }

    @Test
    void a_criterion_that_is_not_in_the_list_is_reported() throws IOException {
        Gathered gathered = Gathered.of("payload.json", payload(data("{\"in\": 1, \"m\": [[10], [1], [2]]}")));

        assertThat(gathered.measurements()).hasSize(2);
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("payload.json:1:")
                .endsWith("criterion 2 is not in the list; it is skipped");
    }
}
