package dev.plumbline.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.CapturedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JMH results of forks whose first iteration is still warm-up, and of forks that were disturbed. */
class WarmUpCheckTest {
    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(88);

    @BeforeEach
    void record() throws IOException {
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        for (int run = 0; run < 14; run++) {
            double[][] forks = new double[2][];
            for (int fork = 0; fork < 2; fork++) {
                forks[fork] = fork(180 + 100 * random.nextDouble(), 110, 110);
            }
            assertThat(check(run, forks).exitCode()).isZero();
        }
    }

    private double[] fork(double... values) {
        return Arrays.stream(values)
                .map(value -> value * (1 + 0.01 * random.nextGaussian()))
                .toArray();
    }

    private CapturedRun check(int run, double[]... forks) throws IOException {
        String raw = Arrays.stream(forks)
                .map(fork -> Arrays.stream(fork)
                        .mapToObj(value -> String.format(Locale.ROOT, "%.2f", value))
                        .collect(Collectors.joining(",", "[", "]")))
                .collect(Collectors.joining(",", "[", "]"));
        double score =
                Arrays.stream(forks).flatMapToDouble(Arrays::stream).average().orElseThrow();
        Path file = Files.writeString(
                folder.resolve("r" + run + ".json"),
                String.format(
                        Locale.ROOT,
                        "[{\"benchmark\":\"org.Csv.split\",\"mode\":\"avgt\",\"forks\":2,\"primaryMetric\":{\"score\":%.3f,"
                                + "\"scoreUnit\":\"ns/op\",\"rawData\":%s},\"secondaryMetrics\":{}}]",
                        score,
                        raw));
        return CapturedRun.wide(
                folder,
                "check",
                file.toString(),
                "--commit",
                String.format(Locale.ROOT, "%x%032d", 0xabc00000L + run, 0),
                "--branch",
                "main",
                "--time",
                String.format(Locale.ROOT, "2026-03-%02dT00:00:00Z", run + 1));
    }

    @Test
    void a_longer_warm_up_passes_and_is_reported() throws IOException {
        CapturedRun run = check(14, fork(390, 110, 110), fork(360, 111, 110));

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out().replaceAll("\\s+", " "))
                .startsWith("PASS")
                .containsPattern("the first iteration of every fork is still warm-up in org.Csv.split \\{mode=avgt\\}"
                        + " \\(\\+2\\d\\d[.0-9]* % against the later ones\\): it does not count. Give it more warm-up"
                        + " iterations \\(JMH: -wi or @Warmup\\)");
    }

    @Test
    void a_slower_program_fails_the_gate_whatever_its_warm_up() throws IOException {
        CapturedRun run = check(14, fork(190, 121, 121), fork(260, 121, 121));

        assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
        assertThat(run.out())
                .containsPattern("Csv.split \\{mode=avgt} +time +110\\.\\d → 121\\.\\d ns +\\+(9|10|11)\\.\\d %");
    }

    @Test
    void forks_that_disagree_more_than_ever_hold_the_gate() throws IOException {
        CapturedRun run = check(14, fork(220, 110, 110), fork(320, 190, 170));

        assertThat(run.exitCode()).as(run.out()).isEqualTo(3);
        assertThat(run.out().replaceAll("\\s+", " "))
                .startsWith("HOLD 1 possible regression")
                .containsPattern(
                        "Csv.split \\{mode=avgt}: the forks of this run are [0-9.]+ % apart, usually [01]\\.\\d+ %:"
                                + " measure again");
        assertThat(CapturedRun.wide(folder, "explain", "Csv.split").out().replaceAll("\\s+", " "))
                .containsPattern(
                        "Possible regression: not confirmed: the forks of this run lie farther apart than usual"
                                + " \\(by [0-9.]+ %, usually [01]\\.\\d+ %\\), which can explain the change; one more run decides");

        // the next run has it too, in both forks
        assertThat(check(15, fork(220, 132, 132), fork(220, 132, 132)).exitCode())
                .isEqualTo(1);
    }
}
