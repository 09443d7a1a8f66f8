package dev.plumbline.cli.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.plumbline.cli.CapturedRun;
import dev.plumbline.cli.option.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class ThresholdCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void record_a_history() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String id : new String[] {"decode", "encode"}) {
            Random random = new Random(id.hashCode());
            lines.append("{\"id\":\"").append(id).append("\",\"unit\":\"ms\",\"values\":[null");
            for (int i = 0; i < 40; i++) {
                lines.append(String.format(Locale.ROOT, ",%.4f", 100 + random.nextGaussian()));
            }
            lines.append("]}\n");
        }
        Files.writeString(folder.resolve("suite.jsonl"), lines);
        assertThat(CapturedRun.of(
                                folder, "record", folder.resolve("suite.jsonl").toString())
                        .exitCode())
                .isZero();
        Files.writeString(folder.resolve("plumbline.yaml"), """
            policy: {margin: 3 %}
            thresholds:
              - {benchmark: "de*", margin: 4 %, floor: 20 ms}
            """);
    }

    @Test
    void show_tells_which_rule_won_over_which_and_what_can_be_detected() {
        CapturedRun decode = CapturedRun.of(folder, "threshold", "show", "decode");
        CapturedRun option = CapturedRun.of(folder, "threshold", "show", "encode", "--margin", "7%");

        assertThat(decode.exitCode()).as(decode.err()).isZero();
        assertThat(decode.out())
                .contains("decode", "(kind latency)", ":3:5, benchmark de*", "20 ms")
                .contains("inimum detectable change: 25.2 % with 1 run")
                .doesNotContain("encode");
        assertThat(option.out()).contains("7 %", "--margin").doesNotContain("20 ms");
    }

    @Test
    void show_reads_the_environment_that_measures_what_is_named_though_the_newest_run_is_of_another()
            throws IOException {
        Path other = Files.writeString(
                folder.resolve("other.csv"), "benchmark,value,unit,commit_time\nbeside,1,ms,2026-01-30T00:00:00Z\n");
        assertThat(CapturedRun.of(folder, "record", other.toString(), "--environment", "elsewhere")
                        .exitCode())
                .isZero();

        CapturedRun decode = CapturedRun.of(folder, "threshold", "show", "de*de");
        CapturedRun wrong = CapturedRun.of(folder, "threshold", "show", "decode", "--environment", "elsewhere");

        assertThat(decode.exitCode()).as(decode.err()).isZero();
        assertThat(decode.out()).contains("inimum detectable change: 25.2 % with 1 run");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.WRONG);
    }

    @Test
    void show_tells_programs_the_same() {
        JsonNode answer = json("threshold", "show", "", "--json");

        assertThat(answer.get("schema").asString()).isEqualTo("plumbline-thresholds/1");
        assertThat(answer.get("series")).hasSize(2);
        JsonNode margin = answer.get("series").get(0).get("thresholds").get(0);
        assertThat(margin.get("value").asString()).isEqualTo("4 %");
        assertThat(margin.get("from").asString()).isEqualTo("plumbline.yaml:3:5");
        assertThat(margin.get("over").get(0).get("value").asString()).isEqualTo("3 %");
        assertThat(answer.get("series")
                        .get(1)
                        .get("sensitivity")
                        .get("detectable")
                        .asDouble())
                .isBetween(0.03, 0.3);
    }

    @Test
    void history_tells_the_same_number_of_what_one_run_can_find() {
        JsonNode shown = json("threshold", "show", "", "--json").get("series");
        JsonNode history = json("history", "--json").get("series");

        assertThat(history).hasSize(2);
        for (JsonNode series : history) {
            double reported = series.get("summary").get("detectable").asDouble();
            assertThat(shown)
                    .as(series.toString())
                    .anyMatch(one -> one.get("benchmark").equals(series.get("benchmark"))
                            && one.get("sensitivity").get("detectable").asDouble() == reported);
        }
    }

    @Test
    void validate_finds_large_changes_and_none_below_the_floor() {
        JsonNode answer = json("threshold", "validate", "--json", "--replays", "20");

        assertThat(found(answer, 0)).as("15 % of 100 ms stay below 20 ms").isZero();
        assertThat(found(answer, 1)).isGreaterThan(0.8);
        assertThat(CapturedRun.of(folder, "threshold", "validate", "encode", "--replays", "20")
                        .out())
                .containsPattern(": 20\\sreplayed healthy runs")
                .contains("mean delay", "15 %")
                .containsPattern("\nFalse-positive rate [0-9.]+ % \\([0-9.]+ to [0-9.]+ %\\)");
    }

    @Test
    void a_check_says_what_a_noisy_benchmark_can_detect_and_what_would_show_more() throws IOException {
        Random random = new Random(8);
        StringBuilder rows = new StringBuilder("benchmark,value,unit,commit,commit_time,environment\n");
        for (int i = 0; i < 41; i++) {
            rows.append(String.format(
                    Locale.ROOT,
                    "noisy,%.4f,ms,c%d,2026-01-%02dT%02d:00:00Z,lab%n",
                    100 * (1 + 0.04 * random.nextGaussian()),
                    i,
                    1 + i / 2,
                    12 * (i % 2)));
        }
        String file = Files.writeString(folder.resolve("noisy.csv"), rows).toString();

        String first = CapturedRun.of(folder, "check", file).out().replaceAll("\\s+", " ");
        String text = CapturedRun.of(folder, "check", file, "-v").out().replaceAll("\\s+", " ");
        JsonNode finding = json("check", file, "--json").path("findings").get(0);
        JsonNode reported = finding.path("ladder").get(finding.path("ladder").size() - 2);

        assertThat(finding.path("verdict").asString()).isEqualTo("INCONCLUSIVE");
        assertThat(first)
                .contains("1 within noise")
                .containsPattern("within noise: minimum detectable change [\\d.]+ %. Largest, within noise"
                        + ": noisy -[\\d.]+ %");
        assertThat(text)
                .as("no number of runs where rerunning does not decide")
                .contains("rerunning this commit will not decide")
                .containsPattern("noisy time \\(one run reliably detects [\\d.]+ %\\)");
        assertThat(reported.path("name").asString()).isEqualTo("sensitivity");
        assertThat(reported.path("words").asString())
                .startsWith("minimum detectable change: ")
                .contains("per commit");
        assertThat(number(reported, "detectable"))
                .isEqualTo(finding.path("detectableChange").asDouble())
                .isGreaterThan(0.05);
        assertThat(number(reported, "asked")).isEqualTo(0.05);
    }

    /** Answers follow the schema in the documentation. */
    static void assertFollowsSchema(String answer) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("..", "docs", "thresholds-schema.json")), InputFormat.JSON);
        assertThat(schema.validate(answer, InputFormat.JSON)).isEmpty();
    }

    @Test
    void answers_follow_the_schema() throws IOException {
        assertFollowsSchema(
                CapturedRun.of(folder, "threshold", "show", "", "--json").out());
        assertFollowsSchema(CapturedRun.of(folder, "threshold", "validate", "--replays=10", "--json")
                .out());
        assertFollowsSchema(CapturedRun.of(folder, "threshold", "tune", "--replays=10", "--json")
                .out());
        Files.writeString(folder.resolve("other.yaml"), "gate: {block-at: minor}\n");
        assertFollowsSchema(CapturedRun.of(folder, "threshold", "import", "other.yaml", "--json")
                .out());
    }

    @Test
    void says_what_is_wrong() throws IOException {
        assertThat(CapturedRun.of(folder, "threshold", "show", "nothing").err())
                .contains("no benchmark in the history is named nothing");
        assertThat(CapturedRun.of(folder, "threshold", "validate", "--replays", "0")
                        .err())
                .contains("replays lie between 1 and 100000, not at 0");
        Files.writeString(folder.resolve("plumbline.yaml"), "thresholds:\n  - {benchmark: a}\n");
        assertThat(CapturedRun.of(folder, "threshold", "show", "decode").err())
                .contains("plumbline.yaml:2:5: thresholds[1] sets nothing");
    }

    private static double number(JsonNode check, String name) {
        for (JsonNode number : check.path("numbers")) {
            if (number.path("name").asString().equals(name)) {
                return number.path("value").asDouble();
            }
        }
        throw new AssertionError("no " + name + " in " + check);
    }

    private static double found(JsonNode answer, int series) {
        return answer.get("series")
                .get(series)
                .get("sensitivity")
                .get("detections")
                .get(4)
                .get("within")
                .get(0)
                .get("found")
                .get("share")
                .asDouble();
    }

    private JsonNode json(String... arguments) {
        CapturedRun run = CapturedRun.of(folder, arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }
}
