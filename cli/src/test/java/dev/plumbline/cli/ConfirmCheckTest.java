package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Checks that settle their suspects with a command, from end to end: a history, a shell, a script that measures. */
class ConfirmCheckTest {
    private static final int HISTORY = 20;
    private static final double NOISE = 0.03;
    private static final String COMMIT = "c0ffee".repeat(6) + "c0ff";

    /** Not what a shell would like to read. */
    private static final String HOSTILE = "sort $(touch pwned) 'x' \"y\" ; touch pwned";

    @TempDir
    private Path folder;

    private final Random random = new Random(5);

    /** Twenty runs of four benchmarks; one value far off, so that another such value is no certain regression. */
    @BeforeEach
    void records_a_history() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int run = 0; run < HISTORY; run++) {
            for (String name : List.of("a", "b", "c", HOSTILE)) {
                double spike = run == 7 && name.equals("a") ? 1.25 : 1;
                rows.append(row(name, spike * 100 * (1 + NOISE * random.nextGaussian()), commit(run), run));
            }
        }
        assertThat(plumb("record", file("history.csv", rows)).exitCode()).isZero();
    }

    private static String commit(int run) {
        return String.format(Locale.ROOT, "%08x", 0xabc0000L + run) + "0".repeat(32);
    }

    private static String row(String name, double value, String commit, int run) {
        return String.format(
                Locale.ROOT,
                "\"%s\",%.4f,ms,%s,%s,lab%n",
                name.replace("\"", "\"\""),
                value,
                commit,
                Instant.parse("2026-01-01T00:00:00Z").plusSeconds(43_200L * run));
    }

    private String file(String name, CharSequence rows) throws IOException {
        return Files.writeString(folder.resolve(name), "benchmark,value,unit,commit,commit_time,environment\n" + rows)
                .toString();
    }

    private CapturedRun plumb(String... arguments) {
        CapturedRun run = CapturedRun.of(folder, Map.of("PATH", System.getenv("PATH")), arguments);
        assertThat(run.err()).doesNotContain("\tat ", "internal error");
        return run;
    }

    /** A run in which the hostile benchmark takes an eighth longer: one run is not enough to be sure. */
    private String suspicious() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (String name : List.of("a", "b", "c")) {
            rows.append(row(name, 100.3, COMMIT, HISTORY));
        }
        return file("result.csv", rows.append(row(HOSTILE, 113, COMMIT, HISTORY)));
    }

    /** A script that writes what its second and following arguments took this time, into its first argument. */
    private void measures(double factor) throws IOException {
        StringBuilder script = new StringBuilder("""
            set -e
            out=$1; shift
            for name in "$@"; do echo "$name" >>asked; done
            n=$(wc -l <asked)
            [ "$1" = "$(cat name)" ] || exit 9
            echo 'benchmark,value,unit,commit,commit_time,environment' >"$out"
            case $n in
            """);
        for (int i = 1; i <= 9; i++) {
            double value = 100 * factor * (1 + NOISE * random.nextGaussian());
            Files.writeString(folder.resolve("again-" + i), row(HOSTILE, value, COMMIT, HISTORY));
            script.append(i).append(") cat again-").append(i).append(" >>\"$out\" ;;\n");
        }
        Files.writeString(folder.resolve("name"), HOSTILE);
        Files.writeString(folder.resolve("measure.sh"), script.append("esac\n"));
    }

    @Test
    void where_the_regressions_are_certain_the_first_screen_says_that_nothing_was_measured_again() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (String name : List.of("a", "b", "c", HOSTILE)) {
            rows.append(row(name, name.equals("b") ? 200 : 100.3, COMMIT, HISTORY));
        }

        CapturedRun run = plumb("check", file("result.csv", rows), "--confirm", "touch measured");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.out())
                .contains("note: --confirm measured nothing again: the regression is beyond noise already");
        assertThat(folder.resolve("measured")).doesNotExist();
    }

    private static JsonNode json(CapturedRun run) {
        return new ObjectMapper().readTree(run.out());
    }

    private static JsonNode hostile(CapturedRun run) {
        for (JsonNode finding : json(run).path("findings")) {
            if (finding.path("benchmark").asString().equals(HOSTILE)) {
                return finding;
            }
        }
        throw new AssertionError("it is not among the findings");
    }

    private int runs() {
        CapturedRun history = plumb("history", "--json", "*");
        assertThat(history.exitCode()).as(history.err()).isZero();
        int most = 0;
        for (JsonNode series : json(history).path("series")) {
            most = Math.max(most, series.path("count").asInt());
        }
        return most;
    }

    private CapturedRun check(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("check", suspicious(), "--json"));
        arguments.addAll(List.of(options));
        return plumb(arguments.toArray(String[]::new));
    }

    @Test
    void without_a_command_a_critical_suspect_asks_a_person() throws IOException {
        CapturedRun check = check();

        assertThat(check.exitCode()).as(check.out()).isEqualTo(3);
        assertThat(hostile(check).path("suspect").asBoolean()).isTrue();
        assertThat(json(check).path("gate").path("reasons").toString())
                .contains("% slower; one more run decides. Rerun this commit, or give --confirm 'COMMAND'");
        assertThat(check("--on-suspect", "pass", "--dry-run").exitCode()).isZero();
    }

    @Test
    void a_true_regression_is_called_and_closes_the_gate() throws IOException {
        measures(1.15);

        CapturedRun check = check("--confirm", "sh measure.sh {output} {benchmarks}");

        assertThat(check.exitCode()).as(check.out() + check.err()).isEqualTo(1);
        assertThat(hostile(check).path("verdict").asString()).isEqualTo("REGRESSED");
        assertThat(json(check).path("notes").toString()).contains("confirmed ");
        assertThat(folder.resolve("pwned")).doesNotExist();
        assertThat(Files.readString(folder.resolve("asked"))).startsWith(HOSTILE + "\n");
    }

    @Test
    void a_false_suspect_is_cleared_and_the_gate_is_open() throws IOException {
        measures(1);

        CapturedRun check = check("--confirm", "sh measure.sh {output} {benchmarks}");

        assertThat(check.exitCode()).as(check.out() + check.err()).isZero();
        assertThat(hostile(check).path("suspect").asBoolean()).isFalse();
        assertThat(hostile(check).path("verdict").asString()).isIn("UNCHANGED", "INCONCLUSIVE");
        assertThat(json(check).path("notes").toString()).contains("not confirmed ");
        assertThat(Files.readAllLines(folder.resolve("asked")).size()).isBetween(1, 4);
    }

    @Test
    void the_command_of_the_configuration_is_run_so_often_unless_an_option_says_otherwise() throws IOException {
        measures(1);
        Files.writeString(
                folder.resolve("plumbline.yaml"),
                "gate: {confirm: \"sh measure.sh {output} {benchmarks}\", confirm-runs: 1}\n");

        assertThat(check("--confirm", "none").exitCode()).isEqualTo(3);
        assertThat(folder.resolve("asked")).doesNotExist();
        CapturedRun check = check();
        assertThat(check.exitCode()).as(check.out() + check.err()).isZero();
        assertThat(Files.readAllLines(folder.resolve("asked"))).hasSize(1);
        assertThat(plumb("config").out()).contains("gate.confirm ", "sh measure.sh", "gate.confirm-timeout", "5 min");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 4 # {output}", "true", "sleep 30"})
    void what_fails_or_hangs_is_told_and_is_no_verdict(String command) throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "gate: {confirm-timeout: 1 s}\n");

        CapturedRun check = check("--confirm", command);

        assertThat(check.exitCode()).as(check.out() + check.err()).isEqualTo(3);
        assertThat(hostile(check).path("suspect").asBoolean()).isTrue();
        assertThat(json(check).path("notes").toString())
                .containsAnyOf("ended with exit code 4", "left no result", "was killed after ");
    }

    @Test
    void a_result_of_another_commit_is_none() throws IOException {
        Files.writeString(
                folder.resolve("other.csv"),
                "benchmark,value,unit,commit,commit_time,environment\n" + row(HOSTILE, 100, commit(3), 3));

        CapturedRun check = check("--confirm", "cat other.csv");

        assertThat(check.exitCode()).as(check.out() + check.err()).isEqualTo(3);
        assertThat(json(check).path("notes").toString()).contains("measured commit ");
    }

    @Test
    void further_runs_are_recorded_but_not_by_a_dry_run() throws IOException {
        measures(1);
        byte[] before = Files.readAllBytes(folder.resolve(".plumbline/history.db"));

        CapturedRun dry = check("--dry-run", "--confirm", "sh measure.sh {output} {benchmarks}");
        assertThat(dry.exitCode()).as(dry.out() + dry.err()).isZero();
        assertThat(Files.readAllLines(folder.resolve("asked"))).isNotEmpty();
        assertThat(Files.readAllBytes(folder.resolve(".plumbline/history.db"))).isEqualTo(before);
        assertThat(runs()).isEqualTo(HISTORY);

        Files.delete(folder.resolve("asked"));
        check("--confirm", "sh measure.sh {output} {benchmarks}");
        int measured = Files.readAllLines(folder.resolve("asked")).size();
        assertThat(runs()).isEqualTo(HISTORY + 1 + measured);
    }

    @Test
    void places_within_quotes_are_wrong_use() throws IOException {
        CapturedRun check = check("--confirm", "x \"{benchmarks}\"");

        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.err()).contains("without quotes");
        assertThat(runs()).isEqualTo(HISTORY);
        assertThat(check.out().getBytes(StandardCharsets.UTF_8)).isEmpty();
    }
}
