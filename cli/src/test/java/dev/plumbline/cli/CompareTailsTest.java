package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Tails in a comparison, from files to exit code. */
class CompareTailsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void two_results_of_which_one_waits_now_and_then() throws IOException {
        Files.writeString(folder.resolve("base.json"), sampled(1, 5, 0, 2000));
        Files.writeString(folder.resolve("waits.json"), sampled(2, 5, 0.03, 2000));
        Files.writeString(folder.resolve("short.json"), sampled(3, 5, 0, 100));
    }

    @Test
    void a_slower_tail_is_a_finding_of_its_own_and_closes_the_gate() {
        CapturedRun run = CapturedRun.of(folder, "compare", "base.json", "waits.json", "--json");

        assertThat(run.exitCode()).isEqualTo(1);
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(verdict(report, "time p99")).isEqualTo("REGRESSED");
        assertThat(verdict(report, "time p50")).isEqualTo("UNCHANGED");
        assertThat(report.get("gate").get("reasons").toString()).contains("time p99 regressed");
        CapturedRun text = CapturedRun.of(folder, "compare", "base.json", "waits.json");
        assertThat(text.out()).containsPattern("critical +org.demo.Cache.get \\{mode=sample} +time p99 ");
    }

    @Test
    void a_tail_that_cannot_be_told_holds_nothing_even_where_the_policy_holds_what_is_unclear() {
        CapturedRun run = CapturedRun.of(
                folder, "compare", "base.json", "short.json", "--json", "--margin", "20%", "--on-inconclusive", "hold");

        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(verdict(report, "time p99")).isEqualTo("none");
        assertThat(report.get("notes").toString())
                .contains("not compared: too few executions for the 99th percentile: a process needs at least 500");
        assertThat(report.get("gate").get("reasons").toString()).doesNotContain("p99");
    }

    @Test
    void a_percentile_has_one_row_the_compared_one_where_there_are_executions_enough() throws IOException {
        for (String name : new String[] {"base", "waits", "short"}) {
            String stated = "\"get:p0.90\":{\"score\":125.0,\"scoreError\":\"NaN\",\"scoreUnit\":\"us/op\"},"
                    + "\"get:p0.99\":{\"score\":150.0,\"scoreError\":\"NaN\",\"scoreUnit\":\"us/op\"}";
            Path file = folder.resolve(name + ".json");
            Files.writeString(
                    file,
                    Files.readString(file).replace("\"secondaryMetrics\":{}", "\"secondaryMetrics\":{" + stated + "}"));
        }

        JsonNode enough = report("base.json", "waits.json");
        JsonNode few = report("base.json", "short.json");

        assertThat(verdict(enough, "time p99")).isEqualTo("REGRESSED");
        assertThat(verdict(enough, "get:p0.99")).isEqualTo("none");
        assertThat(verdict(enough, "get:p0.90")).isEqualTo("none");
        assertThat(verdict(few, "time p99")).isEqualTo("none");
        assertThat(verdict(few, "get:p0.99")).isNotEqualTo("none");
        assertThat(verdict(few, "get:p0.90")).isEqualTo("none");
    }

    private JsonNode report(String base, String candidate) {
        return new ObjectMapper()
                .readTree(CapturedRun.of(folder, "compare", base, candidate, "--json")
                        .out());
    }

    private static String verdict(JsonNode report, String metric) {
        for (JsonNode finding : report.get("findings")) {
            if (finding.get("metric").asString().equals(metric)) {
                return finding.get("verdict").asString();
            }
        }
        return "none";
    }

    /** What JMH writes in its sample mode. */
    private static String sampled(long seed, int forks, double waiting, int executions) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder histogram = new StringBuilder();
        for (int fork = 0; fork < forks; fork++) {
            double own = 1 + 0.002 * random.nextGaussian();
            TreeMap<Double, Integer> counts = new TreeMap<>();
            for (int i = 0; i < executions; i++) {
                double time = own * (100 - 10 * Math.log(1 - random.nextDouble()));
                time += random.nextDouble() < waiting ? 60 : 0;
                counts.merge(Math.rint(10 * time) / 10, 1, Integer::sum);
            }
            histogram
                    .append(fork == 0 ? "" : ",")
                    .append(counts.entrySet().stream()
                            .map(entry -> String.format(Locale.ROOT, "[%.1f,%d]", entry.getKey(), entry.getValue()))
                            .collect(Collectors.joining(",", "[[", "]]")));
        }
        return "[{\"benchmark\":\"org.demo.Cache.get\",\"mode\":\"sample\",\"threads\":1,\"forks\":" + forks
                + ",\"primaryMetric\":{\"score\":110.0,\"scoreError\":1.0,\"scoreUnit\":\"us/op\","
                + "\"rawDataHistogram\":[" + histogram + "]},\"secondaryMetrics\":{}}]";
    }
}
