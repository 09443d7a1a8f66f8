package dev.plumbline.ingest.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.core.model.Sample;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappedReaderTest {
    private static final Mapping.RevisionSpots NO_REVISION = new Mapping.RevisionSpots(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    private Path folder;

    private record Taken(RunHeader header, Measurement measurement) {}

    private static final class Kept implements RunSink {
        private final List<Taken> taken = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            taken.add(new Taken(header, measurement));
        }

        @Override
        public void problem(Problem problem) {
            problems.add(problem.toString());
        }

        List<Double> values() {
            return taken.stream()
                    .map(one -> one.measurement().sample().location())
                    .toList();
        }
    }

    private static Mapping mapping(
            String records,
            String benchmark,
            Map<String, Spot> parameters,
            Mapping.RevisionSpots revision,
            Mapping.MappedMetric... metrics) {
        return new Mapping(
                "test",
                List.of("**"),
                records.isEmpty() ? Optional.empty() : Optional.of(Locator.parse(records)),
                Spot.parse(benchmark),
                parameters,
                revision,
                List.of(metrics),
                Decimals.POINT);
    }

    private static Optional<Spot> spot(String text) {
        return Optional.of(Spot.parse(text));
    }

    private static Mapping.MappedMetric raw(String name, String unit, String place) {
        return new Mapping.MappedMetric(
                spot(name),
                spot(unit),
                Optional.empty(),
                new Mapping.Measure.Raw(Spot.parse(place), Sample.Center.MEDIAN));
    }

    private Kept read(Mapping mapping, String name, String text) throws IOException {
        Kept kept = new Kept();
        Path file = Files.writeString(folder.resolve(name), text);
        Results.with(ImportContext.unknown(Instant.parse("2026-01-02T03:04:05Z")))
                .withMappings(new Mappings(List.of(mapping), folder, Optional.empty()))
                .read(file, Optional.empty(), kept);
        kept.problems.replaceAll(problem -> problem.replace(folder + "/", ""));
        return kept;
    }

    @Test
    void records_of_nested_json_become_measurements_with_everything_that_was_named() throws IOException {
        Kept kept = read(
                mapping(
                        ".suites[*].runs[*]",
                        "$.name",
                        new TreeMap<>(Map.of("n", Spot.parse("$.config.n"), "tool", Spot.parse("mine"))),
                        new Mapping.RevisionSpots(
                                spot("$$.meta.commit"),
                                spot("$$.meta[\"the branch\"]"),
                                spot("$$.meta.when"),
                                spot("$.at"),
                                spot("$$.meta.host"),
                                Optional.empty()),
                        raw("latency", "ms", "$.samples"),
                        raw("rate", "ops/s", "$.rate")),
                "a.json",
                """
                {"suites": [
                  {"runs": [{"name": "decode", "config": {"n": 10}, "samples": [1, 2.5, 3], "rate": 7, "at": 1767225600}]},
                  {"runs": [{"name": "encode", "config": {"n": 20}, "samples": [[1, 2], [3, 4]]}]}],
                 "meta": {"commit": "abc", "the branch": "dev", "when": "2026-01-01T10:00:00+01:00", "host": "lab"}}
                """);

        assertThat(kept.problems).isEmpty();
        assertThat(kept.taken).hasSize(3);
        Taken first = kept.taken.get(0);
        assertThat(first.measurement().benchmark())
                .isEqualTo(Benchmark.of("decode", Map.of("n", "10", "tool", "mine")));
        assertThat(((Sample.Values) first.measurement().sample()).group(0)).containsExactly(1, 2.5, 3);
        assertThat(first.measurement().metric().better()).isEqualTo(Better.LOWER);
        assertThat(first.header().revision().commit()).isEqualTo("abc");
        assertThat(first.header().revision().branch()).isEqualTo("dev");
        assertThat(first.header().revision().commitTime()).contains(Instant.parse("2026-01-01T09:00:00Z"));
        assertThat(first.header().measuredAt()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(first.header().environment().key()).isEqualTo("lab");
        assertThat(kept.taken.get(1).measurement().metric().name()).isEqualTo("rate");
        assertThat(kept.taken.get(1).measurement().metric().better()).isEqualTo(Better.HIGHER);
        assertThat(kept.taken.get(2).measurement().sample().groupCount()).isEqualTo(2);
    }

    @Test
    void summaries_are_kept_as_stated() throws IOException {
        TreeMap<Double, Spot> quantiles = new TreeMap<>(Map.of(0.0, Spot.parse("$.min"), 0.99, Spot.parse("$.p99")));
        Kept kept = read(
                mapping(
                        "",
                        "$key",
                        Map.of(),
                        NO_REVISION,
                        new Mapping.MappedMetric(
                                Optional.empty(),
                                spot("$.unit"),
                                spot("$.direction"),
                                new Mapping.Measure.Stated(
                                        Spot.parse("$.avg"), false, spot("$.sd"), spot("$.n"), quantiles))),
                "a.json",
                "[{\"unit\":\"widgets\",\"direction\":\"higher\",\"avg\":5,\"sd\":0.5,\"n\":20,\"min\":4,\"p99\":6}]");

        assertThat(kept.problems).isEmpty();
        Sample.Summary summary =
                (Sample.Summary) kept.taken.get(0).measurement().sample();
        assertThat(summary.location()).isEqualTo(5);
        assertThat(summary.count()).isEqualTo(20);
        assertThat(summary.standardDeviation()).hasValue(0.5);
        assertThat(summary.quantiles()).containsExactly(Map.entry(0.0, 4.0), Map.entry(0.99, 6.0));
        assertThat(kept.taken.get(0).measurement().metric().better()).isEqualTo(Better.HIGHER);
        assertThat(kept.taken.get(0).measurement().benchmark().name()).isEqualTo("1");
    }

    @Test
    void members_of_an_object_are_records_under_their_names() throws IOException {
        Kept kept = read(
                mapping(".results.*", "$key", Map.of(), NO_REVISION, raw("time", "s", "$.t")),
                "a.json",
                "{\"results\": {\"one\": {\"t\": 1}, \"two\": {\"t\": \"2.5\"}}}");

        assertThat(kept.problems).isEmpty();
        assertThat(kept.values()).containsExactly(1.0, 2.5);
        assertThat(kept.taken)
                .extracting(one -> one.measurement().benchmark().name())
                .containsExactly("one", "two");
    }

    @ParameterizedTest
    @CsvSource({
        "yyyyMMdd_HHmmss, 20211125_050945, 2021-11-25T05:09:45Z",
        "'EEE MMM d HH:mm:ss yyyy', 'Thu Nov 25 05:09:45 2021', 2021-11-25T05:09:45Z",
        "'d.M.yyyy', 25.11.2021, 2021-11-25T00:00:00Z",
        "'yyyy/MM/dd HH:mm xxx', '2021/11/25 05:09 +02:00', 2021-11-25T03:09:00Z"
    })
    void times_are_read_as_the_declaration_says_they_are_written(String pattern, String written, Instant expected)
            throws IOException {
        Kept kept = read(timed(pattern), "a.csv", "name;at;ms\nx;" + written + ";1\n");

        assertThat(kept.problems).isEmpty();
        assertThat(kept.taken.get(0).header().measuredAt()).contains(expected);
    }

    @Test
    void a_record_whose_time_is_not_understood_is_told_and_skipped() throws IOException {
        Kept kept = read(timed("yyyyMMdd"), "a.csv", "name;at;ms\nx;2021-11-25;1\nx;20211126;2\n");

        assertThat(kept.problems)
                .containsExactly("a.csv:2: \"2021-11-25\" is no time written as yyyyMMdd; the record is skipped");
        assertThat(kept.values()).containsExactly(2.0);
    }

    @Test
    void without_a_format_a_time_that_is_none_is_told_with_what_could_be_written() throws IOException {
        Mapping mapping = mapping(
                "",
                "$.name",
                Map.of(),
                new Mapping.RevisionSpots(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        spot("$.at"),
                        Optional.empty(),
                        Optional.empty()),
                raw("time", "ms", "$.ms"));

        assertThat(read(mapping, "a.csv", "name;at;ms\nx;yesterday;1\n").problems)
                .containsExactly(
                        "a.csv:2: \"yesterday\" is no time; write 2026-01-31T12:00:00Z or seconds since 1970, or"
                                + " give its format with time-format; the record is skipped",
                        "a.csv: contains no measurement");
    }

    private static Mapping timed(String pattern) {
        return mapping(
                "",
                "$.name",
                Map.of(),
                new Mapping.RevisionSpots(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        spot("$.at"),
                        Optional.empty(),
                        Optional.of(TimePattern.of(pattern))),
                raw("time", "ms", "$.ms"));
    }

    @Test
    void json_lines_and_tables_are_read_alike() throws IOException {
        Mapping mapping = mapping(
                "",
                "$.name",
                Map.of("size", Spot.parse("$.size")),
                new Mapping.RevisionSpots(
                        spot("$.commit"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                raw("time", "ms", "$.ms"));
        Kept lines = read(mapping, "a.jsonl", """
            {"name":"x","size":1,"commit":"a","ms":1.5}
            {"name":"x","commit":"b","ms":2}
            """);
        Kept table = read(mapping, "a.csv", "name;size;commit;ms;other\nx;1;a;1.5;-\n\"x\";;b;2;-\n");

        assertThat(lines.problems).isEmpty();
        assertThat(table.problems).isEmpty();
        assertThat(table.taken).isEqualTo(lines.taken);
        assertThat(lines.taken.get(0).measurement().benchmark().parameters()).containsExactly(Map.entry("size", "1"));
        assertThat(lines.taken.get(1).measurement().benchmark().parameters()).isEmpty();
    }

    @Test
    void a_record_that_cannot_be_used_is_told_with_its_place_and_reading_goes_on() throws IOException {
        Kept kept = read(
                mapping(
                        "",
                        "$.name",
                        Map.of("p", Spot.parse("$.parameter")),
                        NO_REVISION,
                        raw("time", "ms", "$.ms"),
                        raw("memory", "B", "$.bytes")),
                "a.csv",
                "name,ms,bytes\n,1,2\na,fast,3\nb,,\nc,-1,4\nd,5,6\n");

        assertThat(kept.values()).containsExactly(3.0, 4.0, 5.0, 6.0);
        assertThat(kept.problems)
                .containsExactly(
                        "a.csv:2: has no benchmark at $.name; the record is skipped",
                        "a.csv:3: benchmark \"a\", metric \"time\": \"fast\" is no finite number; this metric"
                                + " is skipped",
                        "a.csv:4: has no value of any metric; the record is skipped",
                        "a.csv:5: benchmark \"c\", metric \"time\": a duration of -1.0 ms is not possible; this"
                                + " metric is skipped",
                        "a.csv: mapping \"test\": nothing found at $.parameter in any of 5 rows; the columns are"
                                + " \"name, ms, bytes\"");
    }

    @Test
    void a_mapping_that_finds_no_record_says_so() throws IOException {
        Mapping mapping = mapping(".runs[*]", "$.name", Map.of(), NO_REVISION, raw("time", "ms", "$.ms"));

        assertThat(read(mapping, "a.json", "{\"run\": []}").problems)
                .contains("a.json: mapping \"test\" finds no record at $.runs[*]");
        assertThatThrownBy(() -> read(mapping, "b.json", "{\"runs\": [{\"name\""))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void a_comma_in_numbers_of_a_table_is_read_where_the_mapping_says_so_and_told_of_otherwise() throws IOException {
        Mapping point = mapping("", "$.name", Map.of(), NO_REVISION, raw("time", "ms", "$.ms"));
        Mapping comma = new Mapping(
                "test",
                List.of("**"),
                Optional.empty(),
                point.benchmark(),
                Map.of(),
                NO_REVISION,
                point.metrics(),
                Decimals.COMMA);
        String table = "name;ms\na;12,5\nb;1.234,25\nc;7\nd;1.2\n";

        Kept read = read(comma, "a.csv", table);

        assertThat(read.values()).containsExactly(12.5, 1234.25, 7.0);
        assertThat(read.problems).hasSize(1).allMatch(problem -> problem.contains("\"1.2\" is no finite number;"));
        assertThat(read(point, "a.csv", "name;ms\na;12,5\n").problems)
                .anyMatch(problem -> problem.contains("(decimals: comma would read it)"));
    }

    @Test
    void a_record_of_a_million_values_is_refused() {
        Mapping mapping = mapping("", "$.name", Map.of(), NO_REVISION, raw("time", "ms", "$.ms[*]"));

        assertThatThrownBy(() -> read(mapping, "a.json", "{\"ms\": [" + "1,".repeat(1_000_000) + "1]}"))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("a record has more than 1000000 values");
    }

    @Test
    void a_format_that_is_asked_for_wins_and_globs_choose_the_mapping() throws IOException {
        Mapping mapping = new Mapping(
                "results",
                List.of("out/**/*.json", "**/*.tab"),
                Optional.empty(),
                Spot.parse("a"),
                Map.of(),
                NO_REVISION,
                List.of(raw("time", "ms", "$.ms")),
                Decimals.POINT);
        Mappings mappings = new Mappings(List.of(mapping), folder, Optional.empty());

        assertThat(mappings.of(folder.resolve("out/deep/x.json"))).contains(mapping);
        assertThat(mappings.of(folder.resolve("x.json"))).isEmpty();
        assertThat(mappings.of(folder.resolve("x.tab"))).contains(mapping);
        assertThat(mappings.of(folder.resolve("deep/x.tab"))).contains(mapping);
        assertThat(mappings.forcing("results").orElseThrow().of(folder.resolve("x")))
                .contains(mapping);
        assertThat(mappings.forcing("other")).isEmpty();

        Kept kept = new Kept();
        Path file = Files.writeString(folder.resolve("x.tab"), "benchmark,value,unit\nq,3,ms\n");
        Results.with(ImportContext.unknown(Instant.EPOCH))
                .withMappings(mappings)
                .read(file, Optional.of(Format.PLUMBLINE_CSV), kept);
        assertThat(kept.taken.get(0).measurement().benchmark().name()).isEqualTo("q");
    }

    @ParameterizedTest
    @CsvSource({
        "$.a.b,$.a.b",
        "'$[\"a b\"][*]','$[\"a b\"][*]'",
        "$['x'][3],$.x[3]",
        "$.*,$[*]",
        "$$.a,$$.a",
        "$key,$key",
        "ms,ms",
        "$,$"
    })
    void places_are_read_and_written(String text, String written) {
        assertThat(Spot.parse(text)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$a", "$.", "$..a", "$[", "$[-1]", "$[a]", "$.a b", "$[\"a]", "$.a[?(@.b)]"})
    void what_is_no_way_down_is_refused(String text) {
        assertThatThrownBy(() -> Spot.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a path goes on with");
    }
}
