package dev.plumbline.ingest.hyperfine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.Fixtures;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Gathered;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HyperfineJsonReaderTest {

    static List<Path> fixtures() {
        return Fixtures.of(Format.HYPERFINE_JSON);
    }

    private static List<Map<String, Double>> printed(Path file) throws IOException {
        List<Map<String, Double>> all = new ArrayList<>();
        try (Json json = Json.open(Source.of(file), new Gathered())) {
            json.next();
            json.object(key -> json.list(() -> {
                Map<String, Double> stats = new HashMap<>();
                json.object(name -> stats.put(name, json.number()));
                all.add(stats);
            }));
        }
        return all;
    }

    @Test
    void lists_and_objects_as_parameters_tell_benchmarks_apart() throws IOException {
        Gathered gathered = Gathered.of("h.json", """
                {"results": [{"command": "x", "parameters": {"l": [1, [2, null]]}, "times": [1]},
                 {"command": "x", "parameters": {"l": [3, {"a": "b"}]}, "times": [1]}]}
                """);

        assertThat(gathered.measurements())
                .extracting(measurement -> measurement.benchmark().label())
                .containsExactly("x {l=[1, [2, null]]}", "x {l=[3, {a: b}]}");
        assertThat(gathered.problems()).isEmpty();
    }

    @Test
    void user_time_that_is_no_number_is_told() throws IOException {
        assertThat(Gathered.of("h.json", "{\"results\": [{\"command\": \"x\", \"times\": [1], \"user\": \"0,5\"}]}")
                        .problems())
                .containsExactly("h.json:1:14: benchmark \"x\", metric \"user\": is no finite number; this metric is"
                        + " skipped");
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void the_printed_numbers_follow_from_the_times(Path file) throws IOException {
        List<Measurement> kept = Gathered.of(file).measurements().stream()
                .filter(m -> m.metric().name().equals("time"))
                .toList();
        List<Map<String, Double>> printed = printed(file);

        assertThat(kept).hasSameSizeAs(printed);
        for (int i = 0; i < kept.size(); i++) {
            double[] times = ((Sample.Values) kept.get(i).sample()).group(0);
            assertThat(kept.get(i).sample().location()).isCloseTo(printed.get(i).get("median"), within(1e-15));
            assertThat(Arrays.stream(times).average().orElseThrow())
                    .isCloseTo(printed.get(i).get("mean"), within(1e-15));
            assertThat(Arrays.stream(times).min().orElseThrow())
                    .isEqualTo(printed.get(i).get("min"));
        }
    }

    @Test
    void parameters_are_part_of_the_identity_and_user_and_system_time_are_kept() throws IOException {
        Gathered gathered = Gathered.of(Fixtures.file("hyperfine-json/parameter-scan.json"));

        assertThat(gathered.measurement("seq 200 {n=200}", "user").sample().location())
                .isEqualTo(7.986666666666666E-4);
        assertThat(gathered.measurement("seq 200 {n=200}", "system").sample().location())
                .isZero();
    }

    @Test
    void memory_is_kept_when_it_is_there() throws IOException {
        Gathered gathered = Gathered.of(
                "h.json",
                "{\"results\": [{\"command\": \"a\", \"times\": [1, 2, 4], \"memory_usage_byte\": [1024, 2048,"
                        + " 1024]}]}");

        assertThat(gathered.measurement("a", "memory").sample().location()).isEqualTo(1024);
        assertThat(gathered.measurement("a", "time").sample().location()).isEqualTo(2);
    }

    @Test
    void failing_commands_are_told() throws IOException {
        assertThat(Gathered.of(Fixtures.file("hyperfine-json/failing-commands.json"))
                        .problems())
                .hasSize(2)
                .first()
                .asString()
                .contains("4 of 4 runs of the command failed");
    }

    @Test
    void a_mean_that_is_no_number_is_told_as_that_and_one_that_is_not_there_as_that() throws IOException {
        Gathered gathered = Gathered.of(
                "x.json",
                "{\"results\": [{\"command\": \"a\", \"mean\": \"0,5\", \"exit_codes\": [0]},"
                        + " {\"command\": \"b\", \"exit_codes\": [0]}]}");

        assertThat(gathered.problems())
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem).contains("\"a\"", "a mean that is no number"))
                .anySatisfy(problem -> assertThat(problem).contains("\"b\"", "has neither times nor a mean"));
    }

    @Test
    void files_of_other_projects_are_read_without_a_problem() throws IOException {
        for (Path file : Fixtures.shared("native/hyperfine")) {
            Gathered gathered = Gathered.of(file);
            assertThat(gathered.format()).isEqualTo(Format.HYPERFINE_JSON);
            assertThat(gathered.problems()).as("%s", file).isEmpty();
        }
    }
}
