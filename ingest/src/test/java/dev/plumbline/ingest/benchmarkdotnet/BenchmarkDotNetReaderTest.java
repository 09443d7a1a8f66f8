package dev.plumbline.ingest.benchmarkdotnet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkDotNetReaderTest {
    private static final String REPORT = """
            {"Title": "%s", "HostEnvironmentInfo": {"BenchmarkDotNetVersion": "0.13.12", "OsVersion": "Ubuntu 22.04",
             "ProcessorName": {"Value": "Example CPU"}, "LogicalCoreCount": 8, "RuntimeVersion": ".NET 8.0.1",
             "Architecture": "X64", "Configuration": "RELEASE"},
             "Benchmarks": [%s]}
            """;

    private static Gathered read(String benchmarks) throws IOException {
        return Gathered.of("report.json", REPORT.formatted("Samples.Sorting-20240131-235959", benchmarks));
    }

    @Test
    void the_machine_the_version_and_the_time_of_the_title_are_the_run_s() throws IOException {
        Gathered gathered = read("{\"Type\": \"T\", \"Method\": \"M\", \"Statistics\": {\"OriginalValues\": [1]}}");

        assertThat(gathered.header().measuredAt()).contains(Instant.parse("2024-01-31T23:59:59Z"));
        assertThat(gathered.header().environment().facts())
                .containsEntry("cpu", "Example CPU")
                .containsEntry("cores", "8")
                .containsEntry("dotnet", ".NET 8.0.1")
                .containsEntry("arch", "X64")
                .containsEntry("os", "Ubuntu 22.04");
        assertThat(gathered.header().context())
                .containsEntry("tool", "BenchmarkDotNet 0.13.12")
                .containsEntry("configuration", "RELEASE");
    }

    @Test
    void a_day_in_the_title_that_does_not_exist_is_no_time() throws IOException {
        Gathered gathered = Gathered.of(
                "report.json",
                REPORT.formatted(
                        "T-20240230-101112", "{\"Method\": \"M\", \"Statistics\": {\"OriginalValues\": [1]}}"));

        assertThat(gathered.header().measuredAt()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DefaultJob | N=1 | N.T.M {N=1}",
                "Job-ABCDEF(Runtime=.NET 8.0) | N=1&S=a=b | N.T.M {N=1, S=a=b, job=Runtime=.NET 8.0}",
                "ShortRun(IterationCount=3) [N=1] | N=1 | N.T.M {N=1, job=ShortRun}",
                "Mono | '' | N.T.M {job=Mono}"
            })
    void parameters_and_a_job_that_is_not_the_default_one_are_the_identity(String job, String parameters, String label)
            throws IOException {
        Gathered gathered = read("""
                {"DisplayInfo": "T.M: %s", "Namespace": "N", "Type": "T", "Method": "M", "Parameters": "%s",
                 "Statistics": {"OriginalValues": [1, 2]}}
                """.formatted(job, parameters));

        assertThat(gathered.rows()).containsExactly(label + " | time | ns | lower | 1.5");
    }

    @Test
    void results_are_divided_by_their_operations_and_grouped_by_launch() throws IOException {
        Gathered gathered = read("""
                {"Type": "T", "Method": "M", "Measurements": [
                 {"IterationMode": "Workload", "IterationStage": "Warmup", "LaunchIndex": 1, "Operations": 1, "Nanoseconds": 900},
                 {"IterationMode": "Workload", "IterationStage": "Result", "LaunchIndex": 2, "Operations": 4, "Nanoseconds": 44},
                 {"IterationMode": "Workload", "IterationStage": "Result", "LaunchIndex": 1, "Operations": 2, "Nanoseconds": 20},
                 {"IterationMode": "Workload", "IterationStage": "Result", "LaunchIndex": 1, "Operations": 2, "Nanoseconds": 24},
                 {"IterationMode": "Workload", "IterationStage": "Result", "LaunchIndex": 1, "Operations": 0, "Nanoseconds": 24}]}
                """);

        assertThat(gathered.groups("T.M", "time")).containsExactly(List.of(10.0, 12.0), List.of(11.0));
    }

    @Test
    void statistics_alone_are_a_summary_with_an_interval_of_999_in_a_thousand() throws IOException {
        Gathered gathered = read("""
                {"Type": "T", "Method": "M", "Statistics": {"N": 15, "Min": 9, "Q1": 9.5, "Median": 10, "Q3": 10.5, "Max": 12,
                 "Mean": 10.25, "StandardDeviation": 0.5, "ConfidenceInterval": {"Lower": 10, "Upper": 10.5, "Level": 12}}}
                """);

        var time = gathered.summary("T.M", "time");
        assertThat(time.location()).isEqualTo(10.25);
        assertThat(time.count()).isEqualTo(15);
        assertThat(time.standardDeviation()).hasValue(0.5);
        assertThat(time.interval()).contains(new Interval(10, 10.5, 0.999));
        assertThat(time.quantiles()).containsOnlyKeys(0.0, 0.25, 0.5, 0.75, 1.0);
    }

    @Test
    void memory_and_metrics_have_the_direction_that_the_tool_states() throws IOException {
        Gathered gathered = read("""
                {"Type": "T", "Method": "M", "Statistics": {"OriginalValues": [1]}, "Memory": {"BytesAllocatedPerOperation": 64},
                 "Metrics": [{"Value": 64, "Descriptor": {"Id": "Allocated Memory", "DisplayName": "Allocated", "Unit": "B"}},
                  {"Value": 3, "Descriptor": {"DisplayName": "IPC", "Unit": "", "TheGreaterTheBetter": true}},
                  {"Value": 5, "Descriptor": {"Id": "Gen0Collects", "TheGreaterTheBetter": false}},
                  {"Value": NaN, "Descriptor": {"Id": "Broken"}}]}
                """);

        assertThat(gathered.rows())
                .containsExactly(
                        "T.M | time | ns | lower | 1",
                        "T.M | allocated | B | lower | 64",
                        "T.M | IPC |  | higher | 3",
                        "T.M | Gen0Collects |  | lower | 5");
        assertThat(gathered.problems()).singleElement().asString().contains("\"Value\" is NaN, no finite number");
    }

    @Test
    void a_benchmark_that_failed_is_reported_and_one_without_a_name_too() throws IOException {
        Gathered gathered = read(
                "{\"Type\": \"T\", \"Method\": \"M\", \"Statistics\": null},\n{\"Statistics\": {\"OriginalValues\": [1]}}");

        assertThat(gathered.measurements()).isEmpty();
        assertThat(gathered.problems())
                .satisfiesExactly(
                        one -> assertThat(one).contains("\"T.M\", metric \"time\": has no statistics, so it failed"),
                        two -> assertThat(two).contains("the benchmark is skipped"),
                        three -> assertThat(three).contains("contains no measurement"));
    }
}
