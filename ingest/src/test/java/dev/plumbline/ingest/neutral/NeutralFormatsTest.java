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
import dev.plumbline.core.stats.distribution.Interval;
import dev.plumbline.ingest.Fixtures;
import dev.plumbline.ingest.Gathered;
import dev.plumbline.ingest.input.UnreadableInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NeutralFormatsTest {

    private static byte[] written(List<Run> runs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (NeutralJsonWriter writer = new NeutralJsonWriter(out)) {
            runs.forEach(writer::write);
        }
        return out.toByteArray();
    }

    /** Any double that is finite: every pattern of bits is as likely as any other. */
    private static double anyFinite(SplittableRandom random) {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? value : -0.0;
    }

    private static Sample anySample(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> {
                List<double[]> groups = new ArrayList<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    groups.add(random.doubles(1 + random.nextInt(5))
                            .map(any -> anyFinite(random))
                            .toArray());
                }
                yield Sample.Values.of(random.nextBoolean() ? Sample.Center.MEAN : Sample.Center.MEDIAN, groups);
            }
            case 1 -> {
                double[] values = random.doubles(5)
                        .map(any -> anyFinite(random))
                        .distinct()
                        .sorted()
                        .toArray();
                long[] counts = random.longs(values.length, 1, 1L << 50).toArray();
                yield Sample.Histogram.of(List.of(new Sample.Histogram.Bins(values, counts)));
            }
            default -> {
                TreeMap<Double, Double> quantiles = new TreeMap<>();
                quantiles.put(random.nextDouble(), anyFinite(random));
                yield new Sample.Summary(
                        anyFinite(random),
                        random.nextInt(100),
                        random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(Math.abs(anyFinite(random))),
                        random.nextBoolean()
                                ? Optional.empty()
                                : Optional.of(new Interval(Double.NEGATIVE_INFINITY, anyFinite(random), 0.99)),
                        quantiles);
            }
        };
    }

    private static Run anyRun(SplittableRandom random) {
        List<Measurement> measurements = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            measurements.add(new Measurement(
                    Benchmark.of("b\u0001<\"\\ü\uD83D\uDE00" + i, Map.of("p", "", "q ", String.valueOf(i))),
                    new Metric("m", Unit.of("weird unit/" + i), random.nextBoolean() ? Better.LOWER : Better.HIGHER),
                    anySample(random)));
        }
        return new Run(
                new RunHeader(
                        new Revision(
                                "c" + random.nextInt(),
                                "feature/x",
                                Optional.of(Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000))),
                                OptionalLong.of(random.nextInt(1000))),
                        Environment.of(Map.of("cpu", "x \n y", "name", "lab")),
                        Optional.of(Instant.ofEpochSecond(random.nextInt(), 1)),
                        Instant.ofEpochSecond(random.nextInt()),
                        new TreeMap<>(Map.of("tool", "any"))),
                measurements);
    }

    @Test
    void where_no_column_and_no_unit_tells_what_is_better_the_name_does() throws IOException {
        Gathered read = Gathered.of("x.csv", """
                benchmark,metric,value,unit
                net,accuracy,0.91,
                net,loss,0.3,
                net,depth,7,
                net,accuracy check,12,ms
                """);

        assertThat(read.measurements())
                .extracting(measurement -> measurement.metric().better())
                .containsExactly(Better.HIGHER, Better.LOWER, Better.LOWER, Better.LOWER);
        assertThat(read.problems())
                .singleElement()
                .asString()
                .contains("unknown direction of \"depth\"; assuming lower is better");
    }

    @Test
    void any_run_comes_back_equal_from_plumbline_json() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            Run run = anyRun(new SplittableRandom(seed));
            Gathered copy = Gathered.of("copy.json", written(List.of(run)));
            assertThat(copy.problems()).as("seed %d", seed).isEmpty();
            assertThat(copy.runs()).as("seed %d", seed).containsExactly(run);
            assertThat(copy.runs().get(0).id()).isEqualTo(run.id());
        }
    }

    @Test
    void what_is_written_of_what_was_read_is_what_was_written() throws IOException {
        byte[] once = written(List.of(anyRun(new SplittableRandom(7))));

        assertThat(written(Gathered.of("copy.json", once).runs())).isEqualTo(once);
    }

    @Test
    void a_file_written_by_hand_needs_little_and_its_keys_no_order() throws IOException {
        Gathered gathered = Gathered.of(Fixtures.file("plumbline-json/by-hand.json"));

        assertThat(gathered.problems()).isEmpty();
        assertThat(gathered.header().revision())
                .isEqualTo(new Revision(
                        "abc123", "work", Optional.of(Instant.parse("2024-02-03T04:05:06.789Z")), OptionalLong.of(42)));
        assertThat(gathered.measurement("sort", "time").metric().better()).isEqualTo(Better.LOWER);
        assertThat(gathered.measurement("sort {n=1000}", "swaps").sample())
                .isEqualTo(Sample.Values.of(Sample.Center.MEDIAN, 10, 11, 12));
        assertThat(gathered.measurement("serve", "latency").sample().groupLocations())
                .containsExactly(1.75, 1.25);
        assertThat(((Sample.Summary) gathered.measurement("serve", "rate").sample()).interval())
                .contains(new Interval(880, Double.POSITIVE_INFINITY, 0.9));
    }

    @Test
    void a_single_run_may_stand_at_the_root() throws IOException {
        Gathered gathered = Gathered.of(
                "x.json",
                "{\"measurements\": [{\"benchmark\": \"a\", \"value\": 1}], \"revision\": {\"commit\": \"c\"}}");

        assertThat(gathered.header().revision().commit()).isEqualTo("c");
    }

    @Test
    void a_newer_file_is_refused() {
        assertThatThrownBy(() -> Gathered.of("x.json", "{\"plumbline\": 2, \"runs\": []}"))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("was written by a newer Plumbline");
    }

    @Test
    void numbers_that_may_have_their_digits_in_groups_are_told() throws IOException {
        Gathered blanks = Gathered.of("x.csv", """
                benchmark,value,unit
                a,12 345,ms
                b,100 000,ms
                c,12 13,ms
                d,100 101 102,ms
                """);
        Gathered commas = Gathered.of("x.csv", """
                benchmark;value;unit
                a;2.345;ms
                b;1,5;ms
                c;1.234;ms
                d;1.5;ms
                """);

        assertThat(blanks.problems())
                .containsExactly(
                        "x.csv:2: benchmark \"a\", metric \"time\": \"12 345\" is read as several values, which blanks"
                                + " separate; if it is one number, write it without blanks",
                        "x.csv:3: benchmark \"b\", metric \"time\": \"100 000\" is read as several values, which blanks"
                                + " separate; if it is one number, write it without blanks");
        assertThat(commas.measurements())
                .extracting(measurement -> measurement.sample().location())
                .containsExactly(2.345, 1.5);
        assertThat(commas.problems())
                .containsExactly(
                        "x.csv:3: benchmark \"b\", metric \"time\": the value is \"1,5\", no finite number; this row is"
                                + " skipped (decimals are written with a point)",
                        "x.csv:4: benchmark \"c\", metric \"time\": the value is \"1.234\", in a table with decimal"
                                + " commas; this row is skipped (decimals are written with a point, and digits are not"
                                + " grouped)",
                        "x.csv:2: \"2.345\" was read with a decimal point, and values below have decimal commas; if the"
                                + " point groups digits, the number is another");
    }

    @Test
    void digits_that_a_number_loses_are_told_in_tables_and_texts_too() throws IOException {
        String reported = "the whole number 12345678901234567890 has more digits than can be kept; it is read as"
                + " 1.2345678901234567E19";

        assertThat(Gathered.of("x.csv", "benchmark,value,unit\na,12345678901234567890,B\nb,9007199254740992,B\n")
                        .problems())
                .containsExactly("x.csv:2: " + reported);
        assertThat(Gathered.of(
                                "x.json",
                                "{\"measurements\": [{\"benchmark\": \"a\", \"value\": \"12345678901234567890\","
                                        + " \"unit\": \"B\"}, {\"benchmark\": \"b\", \"value\": 1e19, \"unit\":"
                                        + " \"B\"}]}")
                        .problems())
                .containsExactly("x.json:1:47: " + reported);
    }

    @Test
    void what_cannot_be_in_plumbline_json_is_told() throws IOException {
        Gathered gathered = Gathered.of("x.json", """
                {"measurements": [
                {"benchmark": "a", "unit": "s", "center": "mode", "values": [1, 2]},
                {"benchmark": "b", "unit": "s", "histogram": [[[1, -3], [2, 4], [3, 0.5]]]},
                {"benchmark": "c", "unit": "s", "value": 3, "quantiles": [[0.1, 5], [0.9, 2]]}]}
                """);

        assertThat(gathered.problems())
                .containsExactly(
                        "x.json:2:1: benchmark \"a\", metric \"time\": \"center\" is \"median\", \"mean\" or"
                                + " \"pseudomedian\", not \"mode\"; using the median",
                        "x.json:3:48: -3.0 is not a count; it is left out of the histogram",
                        "x.json:3:65: 0.5 is not a count; it is left out of the histogram",
                        "x.json:4:1: benchmark \"c\", metric \"time\": its quantiles fall from 5.0 to 2.0; they are"
                                + " kept as"
                                + " they are");
        assertThat(Gathered.of("x.csv", "benchmark,value,unit,center\na,1,s,mode\n")
                        .problems())
                .containsExactly(
                        "x.csv:2: benchmark \"a\", metric \"time\": the center is median, mean or pseudomedian,"
                                + " not \"mode\"; using the median");
    }

    @Test
    void a_deviation_or_a_count_that_is_none_is_told_and_the_value_is_kept() throws IOException {
        Gathered json = Gathered.of(
                "x.json",
                "{\"measurements\": [{\"benchmark\": \"a\", \"unit\": \"s\", \"value\": 1, \"deviation\": \"0,5\","
                        + " \"count\":"
                        + " 2.5}]}");
        Gathered csv = Gathered.of("x.csv", "benchmark,value,unit,deviation,count\na,1,s,abc,2.5\n");

        assertThat(json.problems())
                .containsExactly(
                        "x.json:1:76: \"0,5\" is not a deviation; it is ignored",
                        "x.json:1:92: 2.5 is not a number of values; it is ignored");
        assertThat(csv.problems())
                .containsExactly(
                        "x.csv:2: \"abc\" is not a deviation; it is ignored",
                        "x.csv:2: \"2.5\" is not a number of values; it is ignored");
        assertThat(json.measurements()).isEqualTo(csv.measurements()).hasSize(1);
    }

    @Test
    void a_histogram_with_two_zeros_or_too_many_counts_ends_no_reading() throws IOException {
        Gathered gathered = Gathered.of("x.json", """
                {"measurements": [
                {"benchmark": "a", "unit": "s", "histogram": [[[-0.0, 2], [0.0, 3]]]},
                {"benchmark": "b", "unit": "s", "histogram": [[[1, 9e18], [2, 9e18]]]}]}
                """);

        assertThat(gathered.measurements())
                .extracting(Measurement::sample)
                .containsExactly(
                        Sample.Histogram.of(List.of(new Sample.Histogram.Bins(new double[] {0}, new long[] {5}))));
        assertThat(gathered.problems())
                .first()
                .asString()
                .startsWith("x.json:3:47: a histogram counts up to 9223372036854775807");
    }

    @Test
    void unknown_keys_are_told() throws IOException {
        assertThat(Gathered.of(
                                "x.json",
                                "{\"runs\": [{\"measurements\": [{\"benchmark\": \"a\", \"unit\": \"s\","
                                        + " \"value\": 1, \"valeu\": 2}]}]}")
                        .problems())
                .containsExactly("x.json:1:82: the key \"valeu\" is unknown here; it is ignored");
    }

    @Test
    void rows_of_one_sample_are_put_together_by_fork_wherever_they_stand() throws IOException {
        Gathered gathered = Gathered.of(Fixtures.file("plumbline-csv/forks.csv"));

        assertThat(gathered.runs()).hasSize(2);
        Run first = gathered.runs().get(0);
        assertThat(first.header().context()).containsEntry("note", "first, with a comma");
        assertThat(first.header().environment()).isEqualTo(Environment.of(Map.of("cpu", "Example 1")));
        assertThat(first.measurements().get(0).sample())
                .isEqualTo(
                        Sample.Values.of(Sample.Center.MEAN, List.of(new double[] {12.5, 12.25}, new double[] {13})));
        assertThat(first.measurements())
                .extracting(m -> m.metric().name())
                .containsExactly("time", "time", "throughput");
        assertThat(first.measurements().get(2).metric().better()).isEqualTo(Better.HIGHER);
    }

    @Test
    void semicolons_summaries_and_several_values_in_a_field_are_understood() throws IOException {
        Gathered gathered = Gathered.of(Fixtures.file("plumbline-csv/semicolons.csv"));

        assertThat(gathered.measurement("print", "time").sample())
                .isEqualTo(Sample.Values.of(Sample.Center.MEDIAN, 7, 8, 9));
        Sample.Summary parse = (Sample.Summary) gathered.measurements().get(0).sample();
        assertThat(parse.count()).isEqualTo(30);
        assertThat(parse.standardDeviation()).hasValue(2.5);
    }

    @Test
    void rows_in_any_order_make_the_same_samples_and_repetitions_are_told_however_many_wait() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int run = 0; run < 500; run++) {
            for (int benchmark = 0; benchmark < 150; benchmark++) {
                rows.add("b" + benchmark + "," + (run * 1000 + benchmark) / 8.0 + ",ns,c" + run);
            }
        }
        Collections.shuffle(rows, new Random(1));
        Gathered shuffled = Gathered.of("x.csv", "benchmark,value,unit,commit\n" + String.join("\n", rows) + "\n");
        Collections.sort(rows);
        rows.add(rows.get(0)); // waits no more: the first 65,536 have been handed on
        Gathered sorted = Gathered.of("x.csv", "benchmark,value,unit,commit\n" + String.join("\n", rows) + "\n");

        assertThat(shuffled.problems()).isEmpty();
        assertThat(values(shuffled)).hasSize(75_000).allSatisfy((place, value) -> assertThat(value)
                .isEqualTo((place.get(1) * 1000 + place.get(0)) / 8.0));
        assertThat(sorted.problems())
                .containsExactly("x.csv: benchmark \"b0\", metric \"time\": is measured more than once in one run;"
                        + " every measurement is kept");
        assertThat(sorted.measurements()).hasSize(75_001);
        assertThat(values(sorted)).isEqualTo(values(shuffled));
    }

    /** The value of each benchmark and run, by their numbers. */
    private static Map<List<Integer>, Double> values(Gathered gathered) {
        Map<List<Integer>, Double> values = new HashMap<>();
        for (Run run : gathered.runs()) {
            int commit = Integer.parseInt(run.header().revision().commit().substring(1));
            for (Measurement measurement : run.measurements()) {
                int benchmark = Integer.parseInt(measurement.benchmark().name().substring(1));
                values.put(List.of(benchmark, commit), measurement.sample().location());
            }
        }
        return values;
    }

    @Test
    void a_column_that_is_not_known_stops_the_reading_and_says_what_to_do() {
        assertThatThrownBy(() -> Gathered.of("x.csv", "benchmark,size,value\na,1,2\n"))
                .isInstanceOf(UnreadableInput.class)
                .hasMessage("x.csv:1: the column \"size\" is unknown; if it is a parameter, name it param:size,"
                        + " or context:… if it does not matter");
    }

    @Test
    void rows_that_are_too_short_or_too_long_are_problems_with_their_line() throws IOException {
        assertThat(Gathered.of("x.csv", "benchmark,unit,value\na,ms,1\nb,ms\nc,ms,1,5\n")
                        .problems())
                .containsExactly(
                        "x.csv:3: the row has 2 of 3 fields; it is skipped",
                        "x.csv:4: the row has 4 fields, there are 3 columns; it is skipped (a text with separators"
                                + " needs quotes)");
    }

    @Test
    void a_number_of_values_or_a_position_that_is_none_is_told_and_left_out() throws IOException {
        Gathered gathered = Gathered.of("x.csv", """
                benchmark,unit,value,count,deviation,position
                a,ms,1,9007199254740992,0.5,7
                b,ms,1,99999999999999999999,0.5,1e30
                c,ms,1,2.5,0.5,
                d,ms,1,many,0.5,
                """);

        assertThat(gathered.measurements())
                .extracting(one -> ((Sample.Summary) one.sample()).count())
                .containsExactly(9007199254740992L, 0L, 0L, 0L);
        assertThat(gathered.runs())
                .extracting(run -> run.header().revision().position())
                .containsExactly(OptionalLong.of(7), OptionalLong.empty());
        assertThat(gathered.problems())
                .containsExactly(
                        "x.csv:3: \"1e30\" is not a position; it is ignored",
                        "x.csv:3: \"99999999999999999999\" is not a number of values; it is ignored",
                        "x.csv:4: \"2.5\" is not a number of values; it is ignored",
                        "x.csv:5: \"many\" is not a number of values; it is ignored");
    }

    @Test
    void a_decimal_comma_is_told() throws IOException {
        assertThat(Gathered.of("x.csv", "benchmark;unit;value\na;ms;1,5\nb;ms;2\n")
                        .problems())
                .containsExactly("x.csv:2: benchmark \"a\", metric \"time\": the value is \"1,5\", no finite number;"
                        + " this row is skipped (decimals are written with a point)");
    }

    @Test
    void a_duration_below_zero_is_left_out_alone_and_told_with_its_line() throws IOException {
        Gathered gathered = Gathered.of("x.csv", "benchmark,unit,value\na,ms,1\na,ms,2\na,ms,-3\na,ms,4 -5 6\n");

        assertThat(gathered.problems())
                .containsExactly(
                        "x.csv:4: benchmark \"a\", metric \"time\": a duration of \"-3\" is not possible; this value is"
                                + " left out",
                        "x.csv:5: benchmark \"a\", metric \"time\": a duration of \"-5\" is not possible; this value is"
                                + " left out");
        assertThat(gathered.measurement("a", "time").sample())
                .isEqualTo(Sample.Values.of(Sample.Center.MEDIAN, 1, 2, 4, 6));
    }

    @Test
    void a_quote_that_never_ends_is_refused() {
        assertThatThrownBy(() -> Gathered.of("x.csv", "benchmark,value\n\"a,1\nb,2\n".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableInput.class)
                .hasMessageContaining("is not a table from here on");
    }
}
