package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Losses that add up, through whole checks of a real history. */
class CumulativeCheckTest {
    private static final int HEALTHY = 20;
    private static final int LOSSES = 10;
    private static final int EACH = 5;

    @TempDir
    private Path folder;

    private final Random random = new Random(11);

    /** Twenty runs up to the release, the last of them its own. */
    @BeforeEach
    void record_what_was_before_the_release() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < HEALTHY; i++) {
            rows.append(row("decode", i, 1)).append(row("encode", i, 1));
        }
        assertThat(plumb("record", file(rows)).exitCode()).isZero();
    }

    private String row(String benchmark, int run, double factor) {
        return String.format(
                Locale.ROOT,
                "%s,%.4f,ms,%s,%s,lab%n",
                benchmark,
                factor * 100 * (1 + 0.002 * random.nextGaussian()),
                commit(run),
                Instant.parse("2026-01-01T00:00:00Z").plusSeconds(43_200L * run));
    }

    private static String commit(int run) {
        return String.format(Locale.ROOT, "%08x", 0xabc0000L + run) + "0".repeat(32);
    }

    private String file(CharSequence rows) throws IOException {
        return Files.writeString(
                        folder.resolve("results.csv"), "benchmark,value,unit,commit,commit_time,environment\n" + rows)
                .toString();
    }

    private CapturedRun plumb(String... arguments) {
        CapturedRun run = CapturedRun.of(folder, arguments);
        assertThat(run.err()).doesNotContain("\tat ", "internal error");
        return run;
    }

    /** Ten losses of 1 %, each of which stays for some runs; the encoder stays as it is. */
    private String rows(int run) {
        double factor = Math.pow(1.01, 1 + (run - HEALTHY) / EACH);
        return row("decode", run, factor) + row("encode", run, 1);
    }

    /** Nobody looks while the losses come in; then the newest run is checked. */
    private CapturedRun checkAfterTenLosses(String... options) throws IOException {
        StringBuilder losses = new StringBuilder();
        int newest = HEALTHY + LOSSES * EACH - 1;
        for (int run = HEALTHY; run < newest; run++) {
            losses.append(rows(run));
        }
        assertThat(plumb("record", file(losses)).exitCode()).isZero();
        List<String> arguments = new ArrayList<>(List.of("check", file(rows(newest))));
        arguments.addAll(List.of(options));
        return plumb(arguments.toArray(String[]::new));
    }

    @Test
    void ten_losses_of_one_per_cent_since_the_release_are_a_regression_of_ten() throws Exception {
        Files.writeString(folder.resolve("plumbline.yaml"), "cumulative: " + commit(HEALTHY - 1) + "\n");

        CapturedRun check = checkAfterTenLosses("--json");

        JsonNode decode = finding(check, "decode");
        assertThat(check.exitCode()).as("the gate").isEqualTo(1);
        assertThat(decode.path("verdict").asString()).isEqualTo("REGRESSED");
        assertThat(decode.path("severity").asString()).isIn("MAJOR", "CRITICAL");
        assertThat(decode.path("effect").path("relativeChange").asDouble()).isBetween(0.08, 0.12);
        assertThat(finding(check, "encode").path("verdict").asString()).isNotEqualTo("REGRESSED");
        JsonNode reported = decode.path("ladder").get(decode.path("ladder").size() - 1);
        assertThat(reported.path("name").asString()).isEqualTo("cumulative");
        assertThat(reported.path("words").asString())
                .startsWith("since " + commit(HEALTHY - 1))
                .contains("small regressions have added up to +", " at commit ", " (2026-01-", ", then +");
        assertThat(reported.path("numbers").toString()).contains("{\"name\":\"losses\",\"value\":10");
        assertThat(decode.path("warnings").toString()).contains("small regressions have added up");
    }

    @Test
    void without_the_setting_nobody_objects_to_what_nobody_watched() throws Exception {
        CapturedRun check = checkAfterTenLosses();

        assertThat(check.exitCode()).as(check.out()).isZero();
    }

    @Test
    void a_watched_level_does_not_creep_so_that_the_losses_are_called_without_the_setting() throws Exception {
        CapturedRun last = null;
        for (int run = HEALTHY; run < HEALTHY + LOSSES * EACH; run++) {
            last = plumb("check", file(rows(run)), "--json");
        }

        assertThat(last.exitCode()).isEqualTo(1);
        assertThat(finding(last, "decode").path("effect").path("relativeChange").asDouble())
                .isBetween(0.07, 0.12);
        assertThat(finding(last, "encode").path("verdict").asString()).isNotEqualTo("REGRESSED");
    }

    @Test
    void what_has_added_up_can_be_accepted_and_is_then_the_level_to_hold() throws Exception {
        assertThat(checkAfterTenLosses("--cumulative", "2026-01-11").out()).contains("plumb accept");

        CapturedRun accepted = plumb("accept", "decode", "--reason", "stricter checks", "--by", "ann");
        assertThat(accepted.exitCode()).as(accepted.err()).isZero();
        int next = HEALTHY + LOSSES * EACH;
        CapturedRun after = null;
        for (int i = 0; i < 6; i++) {
            after = plumb(
                    "check",
                    file(row("decode", next + i, Math.pow(1.01, LOSSES)) + row("encode", next + i, 1)),
                    "--cumulative",
                    "2026-01-11");
            assertThat(after.exitCode()).as(after.out()).isZero();
        }
        assertThat(after.out()).doesNotContain("added up to +");
    }

    @Test
    void an_established_baseline_can_be_what_is_counted_from() throws Exception {
        assertThat(plumb("baseline", "establish", "--by", "ann", "--name", "release")
                        .exitCode())
                .isZero();

        CapturedRun check = checkAfterTenLosses("--cumulative", "baseline release", "--as", "text");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out().replaceAll("\\s+", " "))
                .contains("since baselines release, version 1 small" + " regressions");
    }

    @Test
    void says_when_nothing_can_be_added_up() throws Exception {
        CapturedRun unknown =
                plumb("check", file(row("decode", HEALTHY, 1) + row("encode", HEALTHY, 1)), "--cumulative", "v9.9");
        CapturedRun young = plumb(
                "check",
                file(row("decode", HEALTHY + 1, 1) + row("encode", HEALTHY + 1, 1)),
                "--cumulative",
                "2026-01-02");
        CapturedRun noDay = plumb("check", file(row("decode", HEALTHY + 2, 1)), "--cumulative", "2026-02-31");

        assertThat(unknown.out().replaceAll("\\s+", " "))
                .contains("small regressions since v9.9 cannot be added up", "neither git nor the history has it");
        assertThat(young.out().replaceAll("\\s+", " ")).contains("2 series have too few runs up to 2026-01-02");
        assertThat(noDay.exitCode()).isEqualTo(2);
        assertThat(noDay.err()).contains("there is no such day as 2026-02-31");
    }

    @Test
    void the_newest_tag_before_the_commit_is_the_release() throws Exception {
        git("init", "-q", "-b", "main", ".");
        git("config", "user.name", "someone");
        git("config", "user.email", "someone@example.org");
        List<String> commits = new ArrayList<>();
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 42; i++) {
            git("commit", "-q", "--allow-empty", "-m", "c" + i);
            commits.add(git("rev-parse", "HEAD").strip());
            if (i == 11) {
                git("tag", "v1.2");
            }
            double factor = i < 12 ? 1 : Math.pow(1.01, Math.floorDiv(i - 7, EACH));
            rows.append(row("sort", i, factor).replace(commit(i), commits.get(i)));
        }
        String[] lines = rows.toString().split("\\R");
        assertThat(plumb("record", file(String.join("\n", List.of(lines).subList(0, 41)) + "\n"))
                        .exitCode())
                .isZero();

        CapturedRun check = plumb("check", file(lines[41] + "\n"), "--cumulative", "release", "--json");

        assertThat(finding(check, "sort").path("warnings").toString()).contains("since v1.2 (");
        assertThat(check.exitCode()).isEqualTo(1);
    }

    private static JsonNode finding(CapturedRun check, String benchmark) {
        for (JsonNode finding : new ObjectMapper().readTree(check.out()).path("findings")) {
            if (finding.path("benchmark").asString().equals(benchmark)) {
                return finding;
            }
        }
        throw new AssertionError("no finding of " + benchmark + " in " + check.out() + check.err());
    }

    private String git(String... arguments) throws Exception {
        return TestGit.run(folder, arguments);
    }
}
