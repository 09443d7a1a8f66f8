package dev.plumbline.report.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Unit;
import dev.plumbline.report.Examples;
import dev.plumbline.report.Harmless;
import dev.plumbline.report.content.Preview;
import dev.plumbline.report.terminal.TextStyle;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PreviewTextTest {
    private static final TextStyle WIDE = TextStyle.DEFAULT.withWidth(250);
    private static final Instant MEASURED = Instant.parse("2026-11-29T12:34:56Z");
    private static final Instant COMMITTED = Instant.parse("2026-11-28T07:00:00Z");

    private static Preview.Row row(Benchmark benchmark, String metric, Sample sample, Optional<Instant> committed) {
        return new Preview.Row(
                new RunHeader(
                        new Revision("0123456789abcdef", "topic", committed, OptionalLong.empty()),
                        Environment.unknown().named("lab"),
                        Optional.of(MEASURED),
                        MEASURED,
                        Collections.emptySortedMap()),
                new Measurement(benchmark, new Metric(metric, Unit.of("ms/op"), Better.LOWER), sample));
    }

    private static Preview.Row row(String benchmark, Sample sample) {
        return row(Benchmark.of(benchmark), "time", sample, Optional.empty());
    }

    private static List<Preview.Row> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> row("Bench%03d".formatted(i), Sample.Summary.of(1.5)))
                .toList();
    }

    private static String text(Preview.Row... rows) {
        return PreviewText.of(new Preview(List.of(rows), rows.length, 1, 1, 0, List.of()), WIDE);
    }

    @Test
    void nothing_readable_is_counted_without_a_table() {
        assertThat(PreviewText.of(new Preview(List.of(), 0, 0, 1, 1, List.of(new Problem("a.json", "is empty"))), WIDE))
                .isEqualTo("would be read: 0 measurements in 0 runs from 1 file, 1 of them not readable; 1 problem."
                        + " Nothing was stored.\n");
    }

    @Test
    void one_of_each_is_no_plural() {
        assertThat(text(row("Sort.quick", Sample.Summary.of(1.5))))
                .endsWith("\n\nwould be read: 1 measurement in 1 run from 1 file; 0 problems. Nothing was stored.\n");
    }

    @Test
    void many_are_counted_with_commas() {
        assertThat(PreviewText.of(
                        new Preview(
                                rows(40),
                                1_234_567,
                                1_200,
                                1_000,
                                3,
                                List.of(new Problem("a", "b"), new Problem("c", "d"))),
                        WIDE))
                .endsWith("would be read: 1,234,567 measurements in 1,200 runs from 1,000 files, 3 of them not"
                        + " readable; 2 problems. Nothing was stored.\n");
    }

    @Test
    void a_row_has_what_was_measured_and_of_which_run() {
        String text = text(row("Sort.quick", Sample.Summary.of(1.5)));

        assertThat(text.lines().findFirst().orElseThrow().split(" {2,}"))
                .containsExactly(
                        "benchmark",
                        "metric",
                        "better",
                        "value",
                        "kept",
                        "commit",
                        "branch",
                        "measured",
                        "environment");
        assertThat(text.lines().filter(line -> line.contains("Sort.quick")))
                .singleElement()
                .satisfies(line -> assertThat(line.split(" {2,}"))
                        .containsExactly(
                                "Sort.quick",
                                "time",
                                "lower",
                                "1.50 ms",
                                "summary",
                                "0123456789",
                                "topic",
                                "2026-11-29 12:34 UTC",
                                "lab"));
    }

    @Test
    void the_times_are_those_of_the_commits_only_where_every_row_has_one() {
        Preview.Row with = row(Benchmark.of("A.a"), "time", Sample.Summary.of(1), Optional.of(COMMITTED));
        Preview.Row without = row("B.b", Sample.Summary.of(1));

        assertThat(text(with, with))
                .contains(" committed ", "2026-11-28 07:00 UTC")
                .doesNotContain("2026-11-29", "measured ");
        assertThat(text(with, without))
                .contains(" measured ", "2026-11-29 12:34 UTC")
                .doesNotContain("2026-11-28", "committed");
    }

    private static Sample quantiles(long count, double... shares) {
        TreeMap<Double, Double> quantiles = new TreeMap<>();
        for (double share : shares) {
            quantiles.put(share, 1 + share);
        }
        return new Sample.Summary(1.5, count, OptionalDouble.empty(), Optional.empty(), quantiles);
    }

    private static Stream<Arguments> samples() {
        return Stream.of(
                arguments("one value", Sample.Values.of(Sample.Center.MEAN, 1.5), "1 value"),
                arguments("three values", Sample.Values.of(Sample.Center.MEAN, 1, 1.5, 2), "3 values"),
                arguments(
                        "two groups of different size",
                        Sample.Values.of(Sample.Center.MEAN, List.of(new double[] {1, 2}, new double[] {1.5})),
                        "3 values in 2 groups"),
                arguments("a bare number", Sample.Summary.of(1.5), "summary"),
                arguments("a summary of values", quantiles(1_000), "summary of 1,000"),
                arguments("a median", quantiles(0, 0.5), "summary, 1 quantile"),
                arguments("quantiles", quantiles(12, 0.5, 0.9, 0.99), "summary of 12, 3 quantiles"),
                arguments(
                        "a histogram",
                        Sample.Histogram.of(
                                List.of(new Sample.Histogram.Bins(new double[] {1.5, 2}, new long[] {3, 1}))),
                        "histogram"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void what_is_kept_of_a_measurement_is_named(String what, Sample sample, String kept) {
        assertThat(text(row("Sort.quick", sample)).lines().filter(line -> line.contains("Sort.quick")))
                .singleElement()
                .satisfies(line -> assertThat(line.split(" {2,}")).contains(kept));
    }

    @ParameterizedTest(name = "{0} rows, verbose: {1}")
    @CsvSource({"39, false, 39", "40, false, 40", "41, false, 40", "41, true, 41", "100, false, 40", "100, true, 100"})
    void of_many_rows_forty_are_shown_and_all_where_asked(int count, boolean verbose, int shown) {
        String text = PreviewText.of(new Preview(rows(count), count, 1, 1, 0, List.of()), WIDE.withVerbose(verbose));

        assertThat(text.lines().filter(line -> line.contains("lower"))).hasSize(shown);
        assertThat(text.contains("… and ")).isEqualTo(shown < count);
        assertThat(text.contains("\n… and " + (count - shown) + " more\n")).isEqualTo(shown < count);
    }

    @Test
    void measurements_of_which_no_row_was_kept_are_counted_among_the_others() {
        Preview large = new Preview(rows(50), 5_000_000_000L, 1, 1, 0, List.of());

        assertThat(PreviewText.of(large, WIDE.withVerbose(true))).contains("\n… and 4,999,999,950 more\n");
        assertThat(PreviewText.of(large, WIDE.withUnicode(false)))
                .contains("\n... and 4,999,999,960 more\n")
                .contains("would be read: 5,000,000,000 measurements");
    }

    @Test
    void what_all_names_share_stands_above_the_table_once() {
        String text = text(
                row(
                        Benchmark.of("org.example.suite.Sort.quick", Map.of("mode", "avgt", "n", "1")),
                        "time",
                        Sample.Summary.of(1),
                        Optional.empty()),
                row(
                        Benchmark.of("org.example.suite.Sort.merge", Map.of("mode", "avgt", "n", "2")),
                        "time",
                        Sample.Summary.of(1),
                        Optional.empty()));

        assertThat(text).startsWith("all benchmarks are in org.example.suite.").contains("have mode=avgt\n\n");
        assertThat(text.lines().filter(line -> line.contains("quick")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("{n=1}").doesNotContain("org.example", "mode"));
    }

    private static Stream<String> hostile() {
        return Examples.HOSTILE.stream().map(name -> name.substring(0, Math.min(1_000, name.length())));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void names_from_files_do_not_act_on_a_terminal_and_lines_fit(String name) {
        Preview.Row row = new Preview.Row(
                new RunHeader(
                        Revision.of(name, "b" + name),
                        Environment.unknown().named("e"),
                        Optional.of(MEASURED),
                        MEASURED,
                        Collections.emptySortedMap()),
                new Measurement(
                        Benchmark.of(name, Map.of("p", name)),
                        new Metric("m" + name.substring(0, Math.min(50, name.length())), Unit.of("ms"), Better.HIGHER),
                        Sample.Summary.of(-1.5)));
        for (TextStyle style : Harmless.STYLES) {
            Harmless.assertFits(PreviewText.of(new Preview(List.of(row), 2, 1, 1, 0, List.of()), style), style);
        }
    }
}
