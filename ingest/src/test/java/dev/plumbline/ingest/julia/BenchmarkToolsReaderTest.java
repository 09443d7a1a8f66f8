package dev.plumbline.ingest.julia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.ingest.Gathered;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkToolsReaderTest {
    private static final String FILE =
            "[{\"Julia\": \"1.10.0\", \"BenchmarkTools\": {\"major\": 1}}, [[\"BenchmarkGroup\", {\"data\": {%s}}]]]";

    private static Gathered read(String data) throws IOException {
        return Gathered.of("results.json", FILE.formatted(data));
    }

    @Test
    void groups_make_the_name_and_a_trial_keeps_every_time_memory_and_allocations() throws IOException {
        Gathered gathered = read("""
                "sort": ["BenchmarkGroup", {"tags": [], "data": {"quick":
                  ["BenchmarkTools.Trial", {"times": [10, 30, 20], "gctimes": [0, 0, 0], "memory": 64, "allocs": 2}]}}]
                """);

        assertThat(gathered.rows())
                .containsExactly(
                        "sort/quick | time | ns | lower | 20",
                        "sort/quick | allocated | B | lower | 64",
                        "sort/quick | allocations |  | lower | 2");
        assertThat(gathered.groups("sort/quick", "time")).containsExactly(List.of(10.0, 30.0, 20.0));
        assertThat(gathered.header().environment().facts()).containsEntry("julia", "1.10.0");
    }

    @Test
    void an_estimate_has_the_one_time_that_it_states() throws IOException {
        Gathered gathered = read("\"a\": [\"TrialEstimate\", {\"time\": 12.5, \"memory\": 0, \"allocs\": 0}]");

        assertThat(gathered.rows())
                .containsExactly(
                        "a | time | ns | lower | 12.5",
                        "a | allocated | B | lower | 0",
                        "a | allocations |  | lower | 0");
    }

    @Test
    void a_trial_without_a_time_is_reported_once_and_its_memory_is_kept() throws IOException {
        Gathered none = read("\"a\": [\"Trial\", {\"times\": [], \"memory\": 64}]");
        Gathered nan = read("\"a\": [\"Trial\", {\"times\": [NaN], \"memory\": 64, \"allocs\": \"many\"}]");

        assertThat(none.rows()).containsExactly("a | allocated | B | lower | 64");
        assertThat(none.problems()).singleElement().asString().contains("\"a\", metric \"time\": has no times");
        assertThat(nan.rows()).containsExactly("a | allocated | B | lower | 64");
        assertThat(nan.problems())
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).contains("\"allocs\" is \"many\", no finite number"),
                        two -> assertThat(two).contains("no value is a finite number"));
    }

    @Test
    void what_is_no_group_and_no_trial_is_passed_over() throws IOException {
        Gathered gathered = read("\"p\": [\"Parameters\", {\"samples\": 3}], \"a\": [\"Trial\", {\"times\": [1]}]");

        assertThat(gathered.rows()).containsExactly("a | time | ns | lower | 1");
    }

    @Test
    void a_file_that_breaks_off_is_refused() {
        assertThatThrownBy(() -> Gathered.of(
                        "r.json",
                        FILE.formatted("\"a\": [\"Trial\", {\"times\": [1").replace("}}]]]", "")))
                .hasMessageContaining("ends in the middle of a value");
    }
}
