package dev.plumbline.ingest.pytest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.Fixtures;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Gathered;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Json;
import dev.plumbline.ingest.input.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PytestJsonReaderTest {

    static List<Path> fixtures() {
        return Fixtures.of(Format.PYTEST_JSON);
    }

    /** The numbers of the table that pytest-benchmark prints, for each benchmark. */
    private static List<Map<String, Double>> printed(Path file) throws IOException {
        List<Map<String, Double>> all = new ArrayList<>();
        try (Json json = Json.open(Source.of(file), new Gathered())) {
            json.next();
            json.object(key -> {
                if (key.equals("benchmarks")) {
                    json.list(() -> json.object(part -> {
                        if (part.equals("stats")) {
                            Map<String, Double> stats = new HashMap<>();
                            json.object(name -> stats.put(name, json.number()));
                            all.add(stats);
                        }
                    }));
                }
            });
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void the_printed_table_follows_from_what_is_kept(Path file) throws IOException {
        List<Measurement> kept = Gathered.of(file).measurements().stream()
                .filter(measurement -> measurement.metric().name().equals("time"))
                .toList();
        List<Map<String, Double>> printed = printed(file);

        assertThat(kept).hasSameSizeAs(printed);
        for (int i = 0; i < kept.size(); i++) {
            Map<String, Double> stats = printed.get(i);
            Sample sample = kept.get(i).sample();
            if (sample instanceof Sample.Values values) {
                double[] rounds = values.group(0);
                assertThat(values.location()).isCloseTo(stats.get("median"), within(1e-15));
                assertThat(Arrays.stream(rounds).average().orElseThrow()).isCloseTo(stats.get("mean"), within(1e-15));
                assertThat(Arrays.stream(rounds).min().orElseThrow()).isEqualTo(stats.get("min"));
                assertThat(Arrays.stream(rounds).max().orElseThrow()).isEqualTo(stats.get("max"));
                assertThat((double) rounds.length).isEqualTo(stats.get("rounds"));
            } else {
                Sample.Summary summary = (Sample.Summary) sample;
                assertThat(summary.location()).isEqualTo(stats.get("mean"));
                assertThat(summary.standardDeviation()).hasValue(stats.get("stddev"));
                assertThat((double) summary.count()).isEqualTo(stats.get("rounds"));
                assertThat(summary.quantiles())
                        .containsEntry(0.0, stats.get("min"))
                        .containsEntry(0.25, stats.get("q1"))
                        .containsEntry(0.5, stats.get("median"))
                        .containsEntry(0.75, stats.get("q3"))
                        .containsEntry(1.0, stats.get("max"));
            }
        }
    }

    @Test
    void parameters_are_taken_out_of_the_name() throws IOException {
        Measurement reverse = Gathered.of(Fixtures.file("pytest-benchmark/params-groups.json"))
                .measurement("test_samples.py::test_reverse {word=a,b/c [d]}", "time");

        assertThat(reverse.metric().better()).isEqualTo(Better.LOWER);
        assertThat(reverse.metric().unit().symbol()).isEqualTo("s");
    }

    @Test
    void lists_and_objects_tell_benchmarks_apart() throws IOException {
        Gathered gathered = Gathered.of(Fixtures.file("pytest-benchmark/object-params-extra-info.json"));

        assertThat(gathered.problems()).isEmpty();
        assertThat(gathered.measurements().stream()
                        .map(measurement -> measurement.benchmark().label())
                        .distinct())
                .containsExactly(
                        "test_shapes.py::test_sum {options={order: C}, shape=[2, 3]}",
                        "test_shapes.py::test_sum {options={order: C}, shape=[40, 50]}",
                        "test_shapes.py::test_sum {options={order: F}, shape=[2, 3]}",
                        "test_shapes.py::test_sum {options={order: F}, shape=[40, 50]}");
    }

    @Test
    void a_long_list_stands_under_the_id_that_pytest_gives_it() throws IOException {
        String numbers = String.join(", ", Collections.nCopies(60, "1"));
        Gathered gathered = Gathered.of("x.json", """
            {"machine_info": {}, "benchmarks": [{"fullname": "t[a-x0]", "param": "a-x0",
              "params": {"x": [NUMBERS], "n": "a"}, "stats": {"rounds": 1, "mean": 2}}]}
            """.replace("NUMBERS", numbers));

        assertThat(gathered.measurements().get(0).benchmark().label()).isEqualTo("t {n=a, param=a-x0, x=…}");
    }

    @Test
    void numbers_of_extra_info_are_metrics_where_their_name_tells_what_is_better() throws IOException {
        Gathered gathered = Gathered.of(Fixtures.file("pytest-benchmark/object-params-extra-info.json"));
        String first = "test_shapes.py::test_sum {options={order: C}, shape=[2, 3]}";

        assertThat(gathered.measurement(first, "bytes_per_cell").sample().location())
                .isEqualTo(8.5);
        assertThat(gathered.measurement(first, "cache.hits").metric().better()).isEqualTo(Better.HIGHER);
        assertThat(gathered.measurement(first, "cache.misses").metric().better())
                .isEqualTo(Better.LOWER);
        assertThat(gathered.measurements())
                .extracting(measurement -> measurement.metric().name())
                .doesNotContain("cells", "note");
    }

    @Test
    void machine_commit_and_time_are_the_file_s_own() throws IOException {
        ImportContext elsewhere = ImportContext.of(
                Revision.of("other", "other"), Environment.of(Map.of("gpu", "Example 9")), Gathered.NOW);
        RunHeader header = Gathered.of(Source.of(Fixtures.file("pytest-benchmark/params-groups.json")), elsewhere)
                .header();

        assertThat(header.environment().facts())
                .containsEntry("python", "CPython 3.13.5")
                .containsEntry("cores", "2")
                .containsEntry("info.host", "bench")
                .doesNotContainKey("gpu");
        assertThat(header.revision().commit()).isEqualTo("d0fd4af3a095267ed2c3c261df9364924ad6d109");
        assertThat(header.revision().commitTime()).contains(Instant.parse("2026-11-24T18:09:26Z"));
        assertThat(header.measuredAt()).isPresent();
        assertThat(header.context()).containsEntry("tool", "pytest-benchmark 5.1.0");
    }

    @Test
    void without_a_repository_the_surroundings_tell_the_commit() throws IOException {
        ImportContext here = ImportContext.of(Revision.of("abc", "work"), Environment.unknown(), Gathered.NOW);
        RunHeader header = Gathered.of(
                        Source.of(Fixtures.file("pytest-benchmark/no-repository-process-time.json")), here)
                .header();

        assertThat(header.revision()).isEqualTo(Revision.of("abc", "work"));
    }

    @Test
    void a_working_copy_with_changes_is_not_the_commit() throws IOException {
        ImportContext here = ImportContext.of(
                new Revision("abc", "work", Optional.of(Instant.EPOCH), OptionalLong.of(7)),
                Environment.unknown(),
                Gathered.NOW);

        assertThat(revision("{\"id\": \"abc\", \"dirty\": true}", here))
                .isEqualTo(new Revision("abc-dirty", "work", Optional.of(Instant.EPOCH), OptionalLong.of(7)));
        assertThat(revision("{\"dirty\": true, \"id\": \"def\", \"branch\": \"x\"}", here))
                .isEqualTo(Revision.of("def-dirty", "x"));
        assertThat(revision("{\"id\": \"def\", \"dirty\": false}", here).commit())
                .isEqualTo("def");
        assertThat(revision("{\"id\": \"unversioned\", \"dirty\": true}", here).commit())
                .isEqualTo("abc");
    }

    private static Revision revision(String commit, ImportContext around) throws IOException {
        String json = "{\"machine_info\": {}, \"commit_info\": " + commit
                + ", \"benchmarks\": [{\"fullname\": \"t\", \"stats\": {\"mean\": 2}}]}";
        return Gathered.of(Source.of("x.json", json.getBytes(StandardCharsets.UTF_8)), around)
                .header()
                .revision();
    }

    @Test
    void rounds_that_are_no_numbers_are_told() throws IOException {
        Gathered gathered = Gathered.of("x.json", """
            {"machine_info": {}, "benchmarks": [
             {"fullname": "t", "stats": {"rounds": 3, "mean": 1.5, "data": [1, "1,5", 2]}},
             {"fullname": "u", "stats": {"rounds": 1, "mean": 1.5, "data": ["1,5"]}}]}
            """);

        assertThat(gathered.measurement("t", "time").sample()).isEqualTo(Sample.Values.of(Sample.Center.MEDIAN, 1, 2));
        assertThat(gathered.measurement("u", "time").sample().location()).isEqualTo(1.5);
        assertThat(gathered.problems())
                .containsExactly(
                        "x.json:2:2: benchmark \"t\", metric \"time\": 1 of 3 values are no finite numbers and are left"
                                + " out",
                        "x.json:3:2: benchmark \"u\", metric \"time\": 1 of its rounds are not finite numbers;"
                                + " using the statistics instead");
    }

    @Test
    void rounds_that_are_not_all_there_do_not_replace_the_statistics() throws IOException {
        Gathered gathered = Gathered.of("x.json", """
            {"machine_info": {}, "benchmarks": [{"fullname": "t", "stats": {"rounds": 100, "mean": 2, "median": 1.5,
              "data": [1, 2, 3]}}]}
            """);

        assertThat(gathered.measurement("t", "time").sample().location()).isEqualTo(2);
    }

    @Test
    void files_of_other_projects_are_read_without_a_problem() throws IOException {
        for (Path file : Fixtures.shared("native/pytest-benchmark")) {
            Gathered gathered = Gathered.of(file);
            assertThat(gathered.format()).isEqualTo(Format.PYTEST_JSON);
            // one was shortened by hand, with a remark among the rounds
            if (Files.readString(file).contains("omitted to keep this file small")) {
                assertThat(gathered.problems())
                        .isNotEmpty()
                        .allMatch(problem ->
                                problem.endsWith("rounds are not finite numbers; using the statistics instead"));
            } else {
                assertThat(gathered.problems()).as("%s", file).isEmpty();
            }
            assertThat(gathered.measurements().stream()
                            .filter(measurement -> measurement.metric().name().equals("time")))
                    .hasSameSizeAs(printed(file));
        }
    }

    @Test
    void days_that_do_not_exist_are_problems_and_not_silently_the_time_of_reading() throws IOException {
        Gathered gathered = Gathered.of("r.json", """
                {"machine_info": {}, "commit_info": {"id": "abc1234", "time": "2026-02-30T10:00:00+00:00"},
                 "benchmarks": [{"fullname": "t.py::test_a", "name": "test_a", "stats": {"data": [0.1, 0.2]}}],
                 "datetime": "2026-13-01T10:00:00", "version": "4.0.0"}
                """);

        assertThat(gathered.measurements()).isNotEmpty();
        assertThat(gathered.problems())
                .containsExactly(
                        "r.json: \"2026-02-30T10:00:00+00:00\" is no time; the run is taken without it",
                        "r.json: \"2026-13-01T10:00:00\" is no time; the run is taken without it");
    }
}
