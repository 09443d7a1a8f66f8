package dev.plumbline.cli.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.CapturedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class CalibrateCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write_a_suite() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int series = 0; series < 6; series++) {
            Random random = new Random(series);
            lines.append("{\"id\":\"s").append(series).append("\",\"unit\":\"ms\",\"values\":[null");
            for (int i = 0; i < 50; i++) {
                lines.append(String.format(Locale.ROOT, ",%.3f", 100 + random.nextGaussian()));
            }
            lines.append("]}\n");
        }
        Files.writeString(folder.resolve("suite.jsonl"), lines);
    }

    @Test
    void measures_files_and_stores_nothing() throws IOException {
        JsonNode answer = json(run("calibrate", "suite.jsonl", "--json"));

        assertThat(answer.get("schema").asString()).isEqualTo("plumbline-calibration/1");
        assertThat(answer.get("series").asInt()).isEqualTo(6);
        assertThat(answer.get("closed").get("count").asInt()).isEqualTo(10);
        assertThat(answer.get("detections")).hasSize(5);
        assertThat(answer.get("detections")
                        .get(4)
                        .get("within")
                        .get(4)
                        .get("found")
                        .get("share")
                        .asDouble())
                .isEqualTo(1);
        assertThat(answer.get("detectable")).hasSize(6);
        assertThat(answer.get("detectable").get(0).get("change").asDouble()).isBetween(0.03, 0.2);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("suite.jsonl");
        }
    }

    @Test
    void the_same_seed_gives_the_same_bytes() {
        String first = run("calibrate", "suite.jsonl", "--json", "--seed", "3").out();

        assertThat(run("calibrate", "suite.jsonl", "--json", "--seed", "3").out())
                .isEqualTo(first);
        assertThat(run("calibrate", "suite.jsonl", "--json", "--seed", "4").out())
                .isNotEqualTo(first);
    }

    @Test
    void measures_the_stored_history_as_the_files_that_made_it() {
        assertThat(run("record", folder.resolve("suite.jsonl").toString()).exitCode())
                .isZero();

        JsonNode stored = json(run("calibrate", "--json"));
        JsonNode files = json(run("calibrate", "suite.jsonl", "--json"));

        assertThat(stored.get("series").asInt()).isEqualTo(6);
        assertThat(stored.get("detections")).isEqualTo(files.get("detections"));
    }

    @Test
    void tells_which_environment_and_branch_were_chosen() {
        run("record", folder.resolve("suite.jsonl").toString(), "--environment", "quiet lab", "--branch", "topic");

        JsonNode stored = json(run("calibrate", "--json"));

        assertThat(stored.get("environment").asString()).isEqualTo("quiet lab");
        assertThat(stored.get("branch").asString()).isEqualTo("topic");
        assertThat(run("calibrate").out()).contains("6 series replayed, branch topic, environment quiet lab");
        JsonNode files = json(run("calibrate", "suite.jsonl", "--json"));
        assertThat(files.get("environment").isNull()).isTrue();
        assertThat(files.get("branch").isNull()).isTrue();
    }

    @Test
    void short_histories_are_told_how_many_runs_they_need() throws IOException {
        Files.writeString(folder.resolve("short.jsonl"), "{\"id\":\"s\",\"unit\":\"ms\",\"values\":[1,2,3]}\n");

        assertThat(run("calibrate", "short.jsonl").out().replaceAll("\\s+", " "))
                .contains("1 is too short: it needs 5 runs that were not judged regressions");
    }

    @Test
    void tells_people_what_to_expect() {
        String text = run("calibrate", "suite.jsonl").out();

        assertThat(text)
                .contains("6 series replayed")
                .contains("Of 10 healthy runs")
                .contains("failed the gate")
                .contains("mean delay")
                .contains("To detect 5 % in nine of ten series")
                .contains("--block-at");
    }

    @Test
    void no_more_series_are_replayed_than_asked_for() {
        JsonNode answer = json(run("calibrate", "suite.jsonl", "--json", "--series", "2"));

        assertThat(answer.get("series").asInt()).isEqualTo(2);
        assertThat(answer.get("leftOut").asInt()).isEqualTo(4);
    }

    @Test
    void says_what_is_wrong() {
        assertThat(run("calibrate").err())
                .contains("there is no history ", " yet; create one with plumb record" + " RESULT");
        assertThat(run("calibrate").exitCode()).isEqualTo(2);
        assertThat(CapturedRun.of(folder, "calibrate", "suite.jsonl", "--replays", "0")
                        .err())
                .contains("replays lie between 1 and 100000, not at 0");
    }

    private CapturedRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (arguments[0].equals("calibrate")) {
            all.addAll(List.of("--replays", "10"));
        }
        return CapturedRun.of(folder, all.toArray(String[]::new));
    }

    private static JsonNode json(CapturedRun run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }
}
