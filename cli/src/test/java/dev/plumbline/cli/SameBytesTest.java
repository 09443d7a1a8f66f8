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
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same inputs, settings and seed give the same bytes: again, in another process, and with more processors. */
class SameBytesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write_results() throws IOException {
        Files.writeString(folder.resolve("results.csv"), table(0, 40, 1));
        Files.writeString(folder.resolve("next.csv"), table(40, 41, 1.1));
        Files.writeString(folder.resolve("before.csv"), table(39, 40, 1));
        assertThat(CapturedRun.of(folder, "record", "results.csv").exitCode()).isZero();
    }

    @Test
    void a_check_answers_with_the_same_bytes() throws Exception {
        String first = check(1, "first.db");

        assertThat(first).contains("\"REGRESSED\"");
        assertThat(check(1, "again.db")).isEqualTo(first);
        assertThat(check(4, "four.db")).isEqualTo(first);
    }

    @Test
    void a_comparison_answers_with_the_same_bytes() throws Exception {
        String first = plumb(1, "compare", "before.csv", "next.csv", "--json");

        assertThat(first).contains("\"seed\": 1").contains("\"REGRESSED\"");
        assertThat(plumb(1, "compare", "before.csv", "next.csv", "--json")).isEqualTo(first);
        assertThat(plumb(4, "compare", "before.csv", "next.csv", "--json")).isEqualTo(first);
    }

    @Test
    void a_replay_answers_with_the_same_bytes() throws Exception {
        String first = plumb(1, "threshold", "validate", "b1", "--json", "--replays", "20", "--seed", "7");

        assertThat(first).contains("\"seed\": 7");
        assertThat(plumb(4, "threshold", "validate", "b1", "--json", "--replays", "20", "--seed", "7"))
                .isEqualTo(first);
    }

    /** Each check writes what it judged, so each has a history of its own. */
    private String check(int processors, String store) throws Exception {
        Files.copy(folder.resolve(".plumbline/history.db"), folder.resolve(store));
        return plumb(processors, "check", "next.csv", "--json", "--store", store);
    }

    private String plumb(int processors, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ActiveProcessorCount=" + processors,
                "-XX:TieredStopAtLevel=1", // as the launcher starts it
                "-cp",
                System.getProperty("java.class.path"),
                "dev.plumbline.cli.Plumb"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isLessThan(2);
        return out;
    }

    /** Five benchmarks, each run of three forks with five values. */
    private static String table(int begin, int end, double factor) {
        StringBuilder table = new StringBuilder(
                "benchmark,metric,unit,better,value,commit,branch,commit_time,position,environment\n");
        for (int commit = begin; commit < end; commit++) {
            Random random = new Random(commit);
            Instant time = Instant.parse("2025-12-01T00:00:00Z").plusSeconds(86_400L * commit);
            for (int benchmark = 0; benchmark < 5; benchmark++) {
                for (int value = 0; value < 15; value++) {
                    double level = benchmark == 1 ? 100 * factor : 100;
                    table.append(String.format(
                            Locale.ROOT,
                            "b%d,time,ms,lower,%.4f,%040x,main,%s,%d,lab%n",
                            benchmark,
                            level * (1 + 0.005 * random.nextGaussian()),
                            commit + 1,
                            time,
                            commit + 1));
                }
            }
        }
        return table.toString();
    }
}
