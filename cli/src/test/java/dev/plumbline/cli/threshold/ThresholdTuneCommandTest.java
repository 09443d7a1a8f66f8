package dev.plumbline.cli.threshold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.CapturedRun;
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

class ThresholdTuneCommandTest {
    @TempDir
    private Path folder;

    /** One quiet series, and one whose noise is seldom and large: with a wide error rate it is called often. */
    @BeforeEach
    void record_a_history() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String id : new String[] {"quiet", "wild"}) {
            Random random = new Random(5);
            lines.append("{\"id\":\"").append(id).append("\",\"unit\":\"ms\",\"values\":[null");
            for (int i = 0; i < 80; i++) {
                double spike = id.equals("wild") && i % 5 == 4 ? 8 * random.nextDouble() : 0;
                lines.append(String.format(Locale.ROOT, ",%.4f", 100 + 0.2 * random.nextGaussian() + spike));
            }
            lines.append("]}\n");
        }
        Files.writeString(folder.resolve("suite.jsonl"), lines);
        assertThat(plumb("record", "suite.jsonl").exitCode()).isZero();
    }

    private CapturedRun plumb(String... arguments) {
        CapturedRun run = CapturedRun.of(folder, arguments);
        assertThat(run.err()).doesNotContain("\tat ", "internal error");
        return run;
    }

    private JsonNode tune(String... more) throws IOException {
        String[] arguments = new String[4 + more.length];
        System.arraycopy(new String[] {"threshold", "tune", "--json", "--replays=50"}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        CapturedRun run = plumb(arguments);
        assertThat(run.exitCode()).as(run.err()).isLessThan(2);
        ThresholdCommandTest.assertFollowsSchema(run.out());
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void nothing_is_proposed_where_the_target_is_met_and_what_cannot_be_seen_is_told() {
        CapturedRun run = plumb("threshold", "tune", "--replays=50");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out())
                .contains("2 series replayed", "nothing to change", "nothing was written")
                .contains("No threshold detects 5 % with one run here", "wild");
        assertThat(folder.resolve("plumbline/tuned.yaml")).doesNotExist();
    }

    @Test
    void margins_are_proposed_until_the_false_alarms_meet_the_target() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "policy: {suite-error-rate: 30 %}\n");

        JsonNode answer = tune("--target=5%");

        assertThat(share(answer, "before")).isGreaterThan(0.05);
        assertThat(share(answer, "after")).isLessThan(0.05);
        assertThat(answer.path("met").asBoolean()).isTrue();
        JsonNode proposal = answer.path("proposals").get(0);
        assertThat(proposal.path("benchmark").asString()).isEqualTo("wild");
        assertThat(proposal.path("margin").asDouble())
                .isGreaterThanOrEqualTo(proposal.path("largest").asDouble());
        assertThat(answer.toString()).contains("minimum detectable change: ");
        assertThat(tune("--target=5%")).as("the same seed").isEqualTo(answer);
    }

    @Test
    void what_is_written_holds_below_the_rules_of_people_and_is_renewed_by_the_next_call() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "# ours\npolicy: {suite-error-rate: 30 %}\n");

        JsonNode answer = tune("--target=5%", "--write");

        assertThat(answer.path("written").asBoolean()).isTrue();
        Path tuned = folder.resolve("plumbline/tuned.yaml");
        assertThat(tuned)
                .content()
                .startsWith("# Written by plumb threshold tune on 20")
                .contains("benchmark: wild");
        assertThat(plumb("threshold", "show", "wild", "--json").out()).contains("\"plumbline/tuned.yaml:3:5\"");
        assertThat(plumb("threshold", "export").out()).contains("benchmark: wild");
        assertThat(folder.resolve("plumbline.yaml")).content().startsWith("# ours\n");
        assertThat(tune("--target=5%").path("proposals")).isEqualTo(answer.path("proposals"));

        Files.writeString(
                folder.resolve("plumbline.yaml"),
                "policy: {suite-error-rate: 30 %}\nthresholds: [{benchmark: wild, margin: 3 %}]\n");
        JsonNode overruled = tune("--target=5%");
        assertThat(overruled.path("proposals").get(0).path("overruledBy").asString())
                .isEqualTo("plumbline.yaml:2:14");
        assertThat(share(overruled, "after")).isGreaterThan(0.05);
        Files.writeString(folder.resolve("plumbline.yaml"), "{}\n");
        assertThat(tune("--write").path("written").asBoolean())
                .as("no rule is needed")
                .isTrue();
        assertThat(tuned).doesNotExist();
    }

    /** Spikes of a half, which only a margin beyond critical changes would end. */
    @Test
    void a_series_that_no_margin_helps_closes_the_gate_with_a_second_run() throws IOException {
        StringBuilder line = new StringBuilder("{\"id\":\"jumpy\",\"unit\":\"ms\",\"values\":[null");
        Random random = new Random(6);
        for (int i = 0; i < 80; i++) {
            double spike = i % 9 == 4 ? 40 + 20 * random.nextDouble() : 0;
            line.append(String.format(Locale.ROOT, ",%.4f", 100 + 0.2 * random.nextGaussian() + spike));
        }
        Files.writeString(folder.resolve("jumpy.jsonl"), line.append("]}\n"));
        Files.createDirectories(folder.resolve("other/.git"));
        Files.writeString(folder.resolve("other/plumbline.yaml"), "policy: {suite-error-rate: 30 %}\n");
        assertThat(plumb("record", "jumpy.jsonl", "--store", "other/h.db").exitCode())
                .isZero();
        CapturedRun run = CapturedRun.of(
                folder.resolve("other"), "threshold", "tune", "--store=h.db", "--replays=50", "--target=5%", "--write");

        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("healthy runs that fail the gate", "healthy runs that report a regression")
                .contains("a second run decides instead (1) jumpy time: weight confirmed; reported in ")
                .contains("still reported in more than 5 % of healthy runs, without failing the gate");
        assertThat(run.exitCode()).as("the gate's closings meet the target").isZero();
        assertThat(folder.resolve("other/plumbline/tuned.yaml")).content().contains("""
            gate:
              rules:
                - benchmark: jumpy
            """, "weight: confirmed");
        assertThat(CapturedRun.of(folder.resolve("other"), "threshold", "export")
                        .out())
                .contains("weight: confirmed");

        Files.writeString(
                folder.resolve("other/plumbline.yaml"),
                "policy: {suite-error-rate: 30 %}\ngate: {rules: [{benchmark: jumpy, weight: normal}]}\n");
        CapturedRun overruled = CapturedRun.of(
                folder.resolve("other"), "threshold", "tune", "--store=h.db", "--replays=50", "--target=5%");
        assertThat(overruled.exitCode()).isEqualTo(1);
        assertThat(overruled.out().replaceAll("\\s+", " "))
                .contains("but a rule in gate.rules or an option" + " takes precedence");
    }

    @Test
    void says_what_is_wrong() throws IOException {
        assertThat(plumb("threshold", "tune", "--target=0").err()).contains("the target lies between 0 and 1");
        Files.createDirectories(folder.resolve("plumbline"));
        Files.writeString(folder.resolve("plumbline/tuned.yaml"), "policy: {margin: 3 %}\n");
        assertThat(plumb("threshold", "show", "wild").err())
                .contains("plumbline/tuned.yaml:1:1: unknown key \"policy\"");
    }

    private static double share(JsonNode answer, String when) {
        return answer.path(when).path("falseAlarms").path("share").asDouble();
    }

    @Test
    void a_change_that_lasted_is_no_false_alarm_of_the_newest_runs() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String id : new String[] {"slower", "odd"}) {
            Random random = new Random(9);
            lines.append("{\"id\":\"").append(id).append("\",\"unit\":\"ms\",\"values\":[null");
            for (int i = 0; i < 80; i++) {
                boolean worse = id.equals("slower") ? i >= 72 : i == 65;
                lines.append(
                        String.format(Locale.ROOT, ",%.4f", (worse ? 130 : 100) * (1 + 0.002 * random.nextGaussian())));
            }
            lines.append("]}\n");
        }
        Files.writeString(folder.resolve("steps.jsonl"), lines);
        assertThat(plumb("record", "steps.jsonl", "--environment", "lab").exitCode())
                .isZero();

        JsonNode called = tune("--environment", "lab").path("before").path("called");

        assertThat(called.valueStream().filter(run -> run.path("lasting").asBoolean()))
                .hasSize(8);
        assertThat(called.valueStream().filter(run -> !run.path("lasting").asBoolean()))
                .hasSize(1);
        assertThat(plumb("threshold", "tune", "--environment", "lab", "--replays=20")
                        .out()
                        .replaceAll("\\s+", " "))
                .contains("8 of these runs reported only regressions that have lasted since");
    }
}
