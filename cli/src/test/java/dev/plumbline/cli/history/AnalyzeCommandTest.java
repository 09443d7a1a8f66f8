package dev.plumbline.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.CapturedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class AnalyzeCommandTest {
    @TempDir
    private Path folder;

    @Test
    void names_the_first_value_of_the_new_level() throws IOException {
        write("a.jsonl", line("slower", "\"better\":\"lower\"", level(60, 40, 100, 110)));

        JsonNode change = onlyChange(run("a.jsonl", "--json"));

        assertThat(change.get("index").asInt()).isEqualTo(40);
        assertThat(change.get("before").asDouble()).isBetween(99.0, 101.0);
        assertThat(change.get("after").asDouble()).isBetween(109.0, 111.0);
        assertThat(change.get("relativeChange").asDouble()).isBetween(0.09, 0.11);
        assertThat(change.get("confidenceInterval").get(0).asDouble())
                .isLessThan(change.get("relativeChange").asDouble());
        assertThat(change.get("confidenceInterval").get(1).asDouble())
                .isGreaterThan(change.get("relativeChange").asDouble());
        assertThat(change.get("pValue").asDouble()).isBetween(0.0, 0.01);
        assertThat(change.get("tier").asString()).isEqualTo("confirmed");
        assertThat(change.get("direction").asString()).isEqualTo("regression");
        assertThat(change.get("positionInterval").get(0).asInt()).isLessThanOrEqualTo(40);
        assertThat(change.get("positionInterval").get(1).asInt()).isGreaterThanOrEqualTo(40);
    }

    @Test
    void the_answer_goes_to_a_file_in_the_form_of_its_name() throws IOException {
        write("a.jsonl", line("slower", "\"better\":\"lower\"", level(60, 40, 100, 110)));

        assertThat(run("a.jsonl", "-o", "out/answer.txt").out()).isEmpty();
        assertThat(run("a.jsonl", "--output", "answer.jsonl", "--color=always").out())
                .isEmpty();

        assertThat(folder.resolve("out/answer.txt"))
                .content()
                .isEqualTo(run("a.jsonl", "--color=never").out());
        assertThat(folder.resolve("answer.jsonl"))
                .content()
                .isEqualTo(run("a.jsonl", "--json").out());
    }

    @Test
    void keeps_the_index_of_values_behind_ones_that_are_no_numbers() throws IOException {
        String values = level(60, 40, 100, 110);
        String[] parts = values.split(",");
        parts[0] = "null";
        parts[7] = "null";
        parts[20] = "\"NaN\"";
        parts[59] = "null";
        write("a.jsonl", line("gaps", "\"better\":\"lower\"", String.join(",", parts)));

        JsonNode series = lines(run("a.jsonl", "--json")).get(0);

        assertThat(series.get("changePoints").get(0).get("index").asInt()).isEqualTo(40);
        assertThat(series.get("values").asInt()).isEqualTo(60);
        assertThat(series.get("warnings").toString()).contains("4 of 60 positions have no value");
    }

    @Test
    void keeps_the_index_behind_durations_that_are_impossible() throws IOException {
        String[] parts = level(60, 40, 100, 110).split(",");
        parts[3] = "-5";
        write("a.jsonl", line("negative", "\"unit\":\"ms\"", String.join(",", parts)));

        assertThat(onlyChange(run("a.jsonl", "--json")).get("index").asInt()).isEqualTo(40);
    }

    @Test
    void more_is_a_regression_or_an_improvement_as_the_metric_says() throws IOException {
        write(
                "a.jsonl",
                line("time", "\"better\":\"lower\"", level(60, 30, 100, 110)),
                line("rate", "\"better\":\"higher\"", level(60, 30, 100, 110)),
                line("less", "\"better\":\"higher\"", level(60, 30, 110, 100)),
                line("calm", "\"better\":\"higher\"", level(60, 30, 100, 100)));

        List<JsonNode> series = lines(run("a.jsonl", "--json"));

        assertThat(series)
                .extracting(node -> node.get("id").asString())
                .containsExactly("time", "rate", "less", "calm");
        assertThat(series)
                .extracting(node -> node.get("verdict").asString())
                .containsExactly("REGRESSED", "IMPROVED", "REGRESSED", "UNCHANGED");
    }

    @Test
    void answers_one_line_for_every_line_even_for_equal_ids_and_for_no_values() throws IOException {
        write(
                "a.jsonl",
                line("same", "\"better\":\"lower\"", level(60, 20, 100, 110)),
                line("same", "\"better\":\"lower\"", level(60, 45, 100, 90)),
                line("empty", "\"better\":\"lower\"", ""),
                line("void", "\"better\":\"lower\"", "null,null"));

        List<JsonNode> series = lines(run("a.jsonl", "--json"));

        assertThat(series).hasSize(4);
        assertThat(series.get(0).get("changePoints").get(0).get("index").asInt())
                .isEqualTo(20);
        assertThat(series.get(1).get("changePoints").get(0).get("index").asInt())
                .isEqualTo(45);
        assertThat(series.get(2).get("verdict").asString()).isEqualTo("INCONCLUSIVE");
        assertThat(series.get(2).get("values").asInt()).isZero();
        assertThat(series.get(2).get("current").isNull()).isTrue();
        assertThat(series.get(3).get("values").asInt()).isEqualTo(2);
        assertThat(series.get(3).get("warnings").toString())
                .contains("2 of 2 positions have no value")
                .contains("fewer than ten values");
    }

    @Test
    void calls_a_single_odd_newest_value_suspect() throws IOException {
        write("a.jsonl", line("odd", "\"better\":\"lower\"", level(60, 59, 100, 130)));

        JsonNode series = lines(run("a.jsonl", "--json")).get(0);

        assertThat(series.get("changePoints").get(0).get("tier").asString()).isEqualTo("suspect");
        assertThat(series.get("changePoints").get(0).get("index").asInt()).isEqualTo(59);
        assertThat(series.get("verdict").asString()).isEqualTo("INCONCLUSIVE");
    }

    @Test
    void writes_no_number_that_json_does_not_know() throws IOException {
        write("a.jsonl", line("from zero", "\"better\":\"lower\"", levels(40, i -> i < 20 ? 0 : 5)));

        JsonNode series = lines(run("a.jsonl", "--json")).get(0);

        JsonNode change = series.get("changePoints").get(0);
        assertThat(change.get("index").asInt()).isEqualTo(20);
        assertThat(change.get("relativeChange").isNull()).isTrue();
        assertThat(change.get("relativeChangeIs").asString()).isEqualTo("infinite");
        assertThat(series.get("warnings").toString()).contains("change from zero");
    }

    @Test
    void does_not_tell_of_changes_below_the_margin() throws IOException {
        write("a.jsonl", line("small", "\"better\":\"lower\"", level(120, 60, 100, 103)));

        assertThat(lines(run("a.jsonl", "--json")).get(0).get("changePoints")).hasSize(1);
        assertThat(lines(run("a.jsonl", "--json", "--margin", "8%")).get(0).get("changePoints"))
                .isEmpty();
    }

    @Test
    void puts_measurements_of_other_formats_together_in_the_order_of_their_times() throws IOException {
        StringBuilder csv = new StringBuilder("benchmark,metric,unit,value,commit,time\n");
        for (int i = 59; i >= 0; i--) {
            csv.append(String.format(
                    Locale.ROOT,
                    "sort,time,ms,%.2f,c%d,2026-01-01T%02d:%02d:00Z%n",
                    (i < 40 ? 100 : 110) + noise(i),
                    i,
                    i / 60,
                    i % 60));
            csv.append(
                    String.format(Locale.ROOT, "sort,size,kB,%d,c%d,2026-01-01T%02d:%02d:00Z%n", 7, i, i / 60, i % 60));
            if (i != 10) { // has other runs than the series before it
                csv.append(String.format(
                        Locale.ROOT,
                        "sort,wait,ms,%.2f,c%d,2026-01-01T%02d:%02d:00Z%n",
                        (i < 30 ? 100 : 110) + noise(i),
                        i,
                        i / 60,
                        i % 60));
            }
        }
        Files.writeString(folder.resolve("a.csv"), csv);

        List<JsonNode> series = lines(run("a.csv", "--json"));

        assertThat(series).extracting(node -> node.get("metric").asString()).containsExactly("time", "size", "wait");
        assertThat(series.get(0).get("changePoints").get(0).get("index").asInt())
                .isEqualTo(40);
        assertThat(series.get(0).get("changePoints").get(0).get("revision").asString())
                .isEqualTo("c40");
        assertThat(series.get(1).get("changePoints")).isEmpty();
        assertThat(series.get(2).get("changePoints").get(0).get("index").asInt())
                .isEqualTo(29);
        assertThat(series.get(2).get("changePoints").get(0).get("revision").asString())
                .isEqualTo("c30");
    }

    @Test
    void gives_the_same_bytes_again() throws IOException {
        write(
                "a.jsonl",
                line("a", "\"better\":\"lower\"", level(300, 200, 100, 110)),
                line("b", "\"unit\":\"ms\"", level(30, 15, 5, 6)));

        assertThat(run("a.jsonl", "--json").out())
                .isEqualTo(run("a.jsonl", "--json").out());
        assertThat(run("a.jsonl").out()).isEqualTo(run("a.jsonl").out());
    }

    @Test
    void tells_people_what_changed_and_where() throws IOException {
        write("a.jsonl", line("Sort.quick", "\"unit\":\"ms\"", level(60, 40, 100, 110)));

        CapturedRun run = run("a.jsonl");

        assertThat(run.out())
                .contains("Sort.quick · time")
                .contains("60 values")
                .contains("regression at value 41 of");
        assertThat(run.out()).contains("→").contains("+10.").contains("1 series, 1 with confirmed changes");
        List<String> lines = run.out().lines().toList();
        int bars = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).contains("▁"))
                .findFirst()
                .orElseThrow();
        assertThat(lines.get(bars + 1)).isEqualTo(" ".repeat(2 + 40) + "▲");
        assertThat(run.out()).doesNotContain("\u001b");
    }

    @Test
    void colours_on_terminals_only() throws IOException {
        write("a.jsonl", line("Sort.quick", "\"unit\":\"ms\"", level(60, 40, 100, 110)));

        assertThat(CapturedRun.of(folder, true, "analyze", "a.jsonl").out()).contains("\u001b[31m");
        assertThat(CapturedRun.of(folder, true, "analyze", "a.jsonl", "--color", "never")
                        .out())
                .doesNotContain("\u001b");
    }

    @Test
    void makes_names_harmless_on_terminals() throws IOException {
        write("a.jsonl", line("\\u001b[2Jevil", "\"unit\":\"ms\"", level(20, 10, 100, 100)));

        assertThat(run("a.jsonl").out()).contains("␛[2Jevil").doesNotContain("\u001b");
        assertThat(run("a.jsonl", "--json").out()).doesNotContain("\u001b");
    }

    @Test
    void marks_the_right_column_of_a_series_longer_than_the_line() throws IOException {
        write("a.jsonl", line("long", "\"unit\":\"ms\"", level(780, 390, 100, 120)));

        List<String> lines = run("a.jsonl").out().lines().toList();

        assertThat(lines).contains(" ".repeat(2 + 39) + "▲");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"steps", "e-divisive", "windowed-e-divisive", "pelt", "optimal-partitioning", "online-cusum"})
    void finds_a_clear_step_by_every_method_and_says_what_the_method_does_not_tell(String method) throws IOException {
        write("a.jsonl", line("Sort.quick", "\"unit\":\"ms\"", level(60, 40, 100, 110)));

        JsonNode series = lines(run("a.jsonl", "--json", "--method", method)).get(0);

        JsonNode change = series.get("changePoints").get(0);
        assertThat(change.get("index").asInt()).isEqualTo(40);
        assertThat(change.get("tier").asString()).isEqualTo("confirmed");
        assertThat(change.get("direction").asString()).isEqualTo("regression");
        assertThat(series.get("verdict").asString()).isEqualTo("REGRESSED");
        assertThat(series.get("method").asString()).isEqualTo(method);
        assertThat(series.get("settings").isEmpty()).isFalse();
        List<String> notGiven = new ArrayList<>();
        series.get("notGiven").forEach(name -> notGiven.add(name.asString()));
        for (String member : List.of("confidenceInterval", "positionInterval", "pValue")) {
            assertThat(change.has(member)).as(member).isNotEqualTo(notGiven.contains(member));
        }
        assertThat(change.has("detectedAt")).isEqualTo(method.equals("online-cusum"));
        String text = run("a.jsonl", "--method", method).out().replaceAll("\\s+", " ");
        assertThat(text).contains("regression at value 41 of").containsPattern("\\+(9\\.[89]|10\\.[01]) %");
        assertThat(text.contains("by " + method)).isNotEqualTo(method.equals("steps"));
        assertThat(text.contains("reports no")).isEqualTo(!notGiven.isEmpty());
    }

    @Test
    void refuses_an_option_that_the_method_does_not_know_and_says_whose_it_is() throws IOException {
        write("a.jsonl", line("a", "\"unit\":\"ms\"", level(60, 40, 100, 110)));

        for (String[] wrong : List.of(
                new String[] {"pelt", "--seed", "3"},
                new String[] {"pelt", "--margin", "3%"},
                new String[] {"steps", "--penalty", "3"},
                new String[] {"steps", "--significance", "1%"},
                new String[] {"online-cusum", "--minimum-segment", "3"},
                new String[] {"e-divisive", "--window", "30"},
                new String[] {"e-divisive", "--false-alarms", "5%"},
                new String[] {"windowed-e-divisive", "--permutations", "99"})) {
            CapturedRun run = run("a.jsonl", "--method", wrong[0], wrong[1], wrong[2]);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains(wrong[1] + " has no effect with --method " + wrong[0] + "; it belongs to ");
        }
    }

    @Test
    void refuses_settings_out_of_range_and_unknown_methods() throws IOException {
        write("a.jsonl", line("a", "\"unit\":\"ms\"", level(60, 40, 100, 110)));

        assertThat(run("a.jsonl", "--method", "plet").err()).contains("known are steps, e-divisive");
        assertThat(run("a.jsonl", "--method", "e-divisive", "--permutations", "5")
                        .err())
                .contains("at least 19 are needed");
        assertThat(run("a.jsonl", "--method", "pelt", "--penalty", "-1").err()).contains("zero or more");
        assertThat(run("a.jsonl", "--method", "online-cusum", "--false-alarms", "20%")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void settings_reach_the_method() throws IOException {
        write(
                "a.jsonl",
                line("small", "\"unit\":\"ms\"", level(120, 60, 100, 100.6)),
                line("short", "\"unit\":\"ms\"", levels(40, i -> i == 20 || i == 21 ? 130 : 100 + noise(i))));

        assertThat(count("--method", "pelt", "--penalty", "3"))
                .isGreaterThan(count("--method", "pelt", "--penalty", "90"));
        assertThat(count("--method", "optimal-partitioning", "--minimum-segment", "1"))
                .isGreaterThan(count("--method", "optimal-partitioning", "--minimum-segment", "21"));
        assertThat(count("--method", "windowed-e-divisive"))
                .isGreaterThan(count("--method", "windowed-e-divisive", "--margin", "20%"));
        assertThat(run("a.jsonl", "--json", "--method", "e-divisive", "--seed", "9", "--permutations", "99")
                        .out())
                .contains("\"permutations\":99,\"significance\":0.05,\"minimumSegment\":2,\"seed\":9")
                .isEqualTo(run("a.jsonl", "--json", "--method", "e-divisive", "--seed", "9", "--permutations", "99")
                        .out());
    }

    private int count(String... options) {
        List<String> arguments = new ArrayList<>(List.of("a.jsonl", "--json"));
        arguments.addAll(List.of(options));
        return lines(run(arguments.toArray(String[]::new))).stream()
                .mapToInt(series -> series.get("changePoints").size())
                .sum();
    }

    @Test
    void says_which_file_is_missing() {
        CapturedRun run = run("nowhere.jsonl");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("nowhere.jsonl").contains("no such file");
    }

    @Test
    void stores_nothing() throws IOException {
        write("a.jsonl", line("a", "\"better\":\"lower\"", level(30, 15, 5, 6)));

        run("a.jsonl");

        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("a.jsonl");
        }
    }

    private CapturedRun run(String... arguments) {
        return CapturedRun.of(
                folder,
                java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("analyze"), java.util.Arrays.stream(arguments))
                        .toArray(String[]::new));
    }

    private static List<JsonNode> lines(CapturedRun run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        ObjectMapper mapper = new ObjectMapper();
        return run.out().lines().map(mapper::readTree).toList();
    }

    private static JsonNode onlyChange(CapturedRun run) {
        List<JsonNode> series = lines(run);
        assertThat(series).hasSize(1);
        assertThat(series.get(0).get("changePoints")).hasSize(1);
        return series.get(0).get("changePoints").get(0);
    }

    private void write(String name, String... lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private static String line(String id, String member, String values) {
        return "{\"id\":\"" + id + "\"," + member + ",\"values\":[" + values + "]}";
    }

    /** A level that changes at an index, with noise of half a per cent. */
    private static String level(int count, int change, double before, double after) {
        return levels(count, i -> (i < change ? before : after) * (1 + 0.005 * noise(i)));
    }

    private static String levels(int count, IntToDoubleFunction value) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(Locale.ROOT, "%.4f", value.applyAsDouble(i)))
                .collect(Collectors.joining(","));
    }

    private static double noise(int i) {
        return new Random(1_000L + i * 7919L).nextGaussian();
    }
}
