package dev.plumbline.ingest.neutral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.ingest.Gathered;
import dev.plumbline.ingest.input.ImportContext;
import dev.plumbline.ingest.input.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeutralJsonReaderTest {
    private static Gathered run(String rest, String measurements) throws IOException {
        return Gathered.of(
                "a.json", "{\"plumbline\": 1, \"runs\": [{" + rest + "\"measurements\": [\n" + measurements + "]}]}");
    }

    private static Gathered measured(String rest) throws IOException {
        return run("", "{\"benchmark\": \"a\", \"unit\": \"ms\", " + rest + "}");
    }

    @Test
    void a_run_that_was_written_without_its_revision_is_of_the_one_where_it_is_read() throws IOException {
        Run written = new Run(
                new RunHeader(
                        Revision.of("abc", "topic"),
                        Environment.of(Map.of("cpu", "one")),
                        Optional.empty(),
                        Gathered.NOW,
                        Collections.emptySortedMap()),
                List.of(new Measurement(
                        Benchmark.of("a"),
                        new Metric("time", Unit.of("ns"), Better.LOWER),
                        Sample.Values.of(Sample.Center.MEDIAN, 1, 2, 3))));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (NeutralJsonWriter json = new NeutralJsonWriter(bytes)) {
            json.writeOfWorkingCopy(written);
        }

        Gathered gathered = Gathered.of(
                Source.of("a.json", bytes.toByteArray()),
                ImportContext.of(Revision.of("c0ffee", "main"), Environment.unknown(), Gathered.NOW));

        assertThat(gathered.header()).isEqualTo(written.header().withRevision(Revision.of("c0ffee", "main")));
        assertThat(gathered.measurement("a", "time"))
                .isEqualTo(written.measurements().get(0));
        assertThat(gathered.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "\"x\"", "NaN", "1e300"})
    void a_position_that_is_none_is_reported_and_ignored(String position) throws IOException {
        Gathered gathered = run(
                "\"revision\": {\"commit\": \"c0ffee\", \"position\": " + position + "}, ",
                "{\"benchmark\": \"a\", \"unit\": \"ms\", \"value\": 1}");

        assertThat(gathered.header().revision().commit()).isEqualTo("c0ffee");
        assertThat(gathered.header().revision().position()).isEmpty();
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("a.json:1:")
                .endsWith(" is not a position; it is ignored");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"values\": [1, 3] | 1.0 3.0",
                "\"values\": [[1], [3]] | 1.0 / 3.0",
                "\"values\": [[1, 2], 3] | 1.0 2.0 / 3.0",
                "\"values\": [[], [1]] | 1.0",
                "\"values\": [\"1\", null, 3] | 1.0 3.0"
            })
    void values_are_flat_or_in_groups(String values, String groups) throws IOException {
        String read = String.join(
                " / ",
                measured(values).groups("a", "time").stream()
                        .map(group -> String.join(
                                " ", group.stream().map(String::valueOf).toList()))
                        .toList());

        assertThat(read).isEqualTo(groups);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"value\": NaN | the value is NaN, no finite number; this metric is skipped",
                "\"value\": \"fast\" | the value is \"fast\", no finite number; this metric is skipped",
                "\"metric\": \"time\" | the value is missing, no finite number; this metric is skipped",
                "\"value\": -1 | a duration of -1.0 ms is not possible; this metric is skipped",
                "\"values\": [-1, 2] | a duration of -1.0 ms is not possible; this metric is skipped",
                "\"histogram\": [[[-1, 2]]] | a duration of -1.0 ms is not possible; this metric is skipped"
            })
    void a_measurement_without_a_number_is_reported_with_its_place(String rest, String problem) throws IOException {
        Gathered gathered = measured(rest);

        assertThat(gathered.measurements()).isEmpty();
        assertThat(gathered.problems())
                .containsExactly(
                        "a.json:2:1: benchmark \"a\", metric \"time\": " + problem, "a.json: contains no measurement");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"histogram\": [[[1, 2.5], [2, 1]]] | 2.5 is not a count; it is left out of the histogram",
                "\"histogram\": [[[1, -1], [2, 1]]] | -1.0 is not a count; it is left out of the histogram",
                "\"histogram\": [[[1], [2, 1]]] | expected a list of two numbers; it is left out",
                "\"histogram\": [[[1, 2, 3], [2, 1]]] | expected a list of two numbers; it is left out",
                "\"histogram\": [[[NaN, 2], [2, 1]]] | expected a list of two numbers; it is left out"
            })
    void a_bin_that_is_none_is_reported_and_the_others_are_kept(String rest, String problem) throws IOException {
        Gathered gathered = measured(rest);

        assertThat(gathered.measurement("a", "time").sample()).isInstanceOf(Sample.Histogram.class);
        assertThat(gathered.measurement("a", "time").sample().location()).isEqualTo(2);
        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .startsWith("a.json:2:")
                .endsWith(problem);
    }

    @Test
    void bins_of_one_value_are_put_together_and_an_empty_count_is_none() throws IOException {
        Sample.Histogram histogram = (Sample.Histogram) measured("\"histogram\": [[[1, 2], [1, 3], [9, 0]]]")
                .measurement("a", "time")
                .sample();

        assertThat(histogram.groups()).singleElement().satisfies(bins -> {
            assertThat(bins.values()).containsExactly(1);
            assertThat(bins.counts()).containsExactly(5);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"interval\": {\"low\": 3, \"high\": 1} | the interval is left out",
                "\"interval\": {\"low\": 1, \"high\": 3, \"confidence\": 95} | the interval is left out",
                "\"quantiles\": [[2, 5]] | this metric is skipped",
                "\"quantiles\": [[0.5]] | expected a list of two numbers; it is left out",
                "\"quantiles\": [[0.1, 5], [0.9, 4]] | its quantiles fall from 5.0 to 4.0; they are kept as they are",
                "\"deviation\": \"x\" | \"x\" is not a deviation; it is ignored",
                "\"deviation\": -1 | this metric is skipped",
                "\"count\": 1.5 | 1.5 is not a number of values; it is ignored",
                "\"better\": \"up\" | \"better\" is \"lower\" or \"higher\", not \"up\"",
                "\"foo\": 1 | the key \"foo\" is unknown here; it is ignored"
            })
    void what_a_summary_cannot_have_is_reported(String rest, String problem) throws IOException {
        assertThat(measured("\"value\": 2, " + rest).problems())
                .first()
                .asString()
                .startsWith("a.json:2:")
                .endsWith(problem);
    }

    @Test
    void what_all_runs_share_stands_at_the_root_and_a_run_may_say_otherwise() throws IOException {
        Gathered gathered = Gathered.of("a.json", """
                {"environment": {"cpu": "shared"}, "context": {"a": "1", "b": "1"}, "revision": {"commit": "root"},
                 "runs": [{"measurements": [{"benchmark": "x", "unit": "ms", "value": 1}]},
                          {"environment": {"cpu": "own"}, "context": {"b": "2"}, "revision": {"commit": "own"},
                           "measurements": [{"benchmark": "x", "unit": "ms", "value": 2}]}]}
                """);

        assertThat(gathered.runs())
                .extracting(run -> run.header().revision().commit()
                        + run.header().environment().facts()
                        + run.header().context())
                .containsExactly("root{cpu=shared}{a=1, b=1}", "own{cpu=own}{a=1, b=2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "1.5", "99"})
    void a_newer_version_is_refused_and_says_what_helps(String version) {
        assertThatThrownBy(() -> Gathered.of("a.json", "{\"plumbline\": " + version + ", \"runs\": []}"))
                .hasMessageContaining("was written by a newer Plumbline (format " + version)
                .hasMessageEndingWith("update Plumbline");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30T00:00:00Z", "soon", "1e400"})
    void a_time_that_is_none_is_reported_and_ignored(String time) throws IOException {
        Gathered gathered =
                run("\"measuredAt\": \"" + time + "\", ", "{\"benchmark\": \"a\", \"unit\": \"ms\", \"value\": 1}");

        assertThat(gathered.header().measuredAt()).isEmpty();
        assertThat(gathered.problems())
                .containsExactly(
                        "a.json:1:42: \"" + time + "\" is not a time such as 2026-01-31T12:00:00Z; it is ignored");
    }

    @Test
    void a_repeated_key_is_reported_once_though_the_file_is_read_twice() throws IOException {
        Gathered gathered = run(
                "\"context\": {}, \"context\": {\"a\": \"1\"}, ",
                "{\"benchmark\": \"a\", \"unit\": \"ms\", \"value\": 1}");

        assertThat(gathered.problems())
                .singleElement()
                .asString()
                .contains("the key \"context\" is repeated in this object; this value is skipped");
        assertThat(gathered.header().context()).isEmpty();
    }

    @Test
    void a_run_without_measurements_is_none_and_the_others_are_read() throws IOException {
        assertThat(Gathered.of(
                                "a.json",
                                "{\"runs\": [{}, null, 7, {\"measurements\": [{\"benchmark\": \"a\", \"unit\": \"ms\", \"value\": 1}]}]}")
                        .rows())
                .containsExactly("a | time | ms | lower | 1");
    }

    @Test
    void parameters_that_are_lists_and_objects_are_written_as_they_are() throws IOException {
        assertThat(run(
                                "",
                                "{\"benchmark\": \"a\", \"parameters\": {\"l\": [1, 2], \"o\": {\"x\": 1}, \"n\": 10}, \"unit\": \"ms\", \"value\": 1}")
                        .rows())
                .isEqualTo(List.of("a {l=[1, 2], n=10, o={x: 1}} | time | ms | lower | 1"));
    }
}
