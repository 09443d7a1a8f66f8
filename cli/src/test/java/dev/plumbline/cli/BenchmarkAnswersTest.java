package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Benchmarks of several metrics: each is one answer, in headlines, tables, lists and documents for programs. */
class BenchmarkAnswersTest {
    private static final int RUNS = 24;

    /** Levels by metric: two primary ones, one that load tests have beside them, and a counter. */
    private static final Map<String, Double> METRICS =
            Map.of("time", 100.0, "gc.alloc.rate.norm", 2000.0, "p99.9", 900.0, "gc.count", 12.0);

    @TempDir
    private Path directory;

    @BeforeEach
    void recordHistory() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            for (String benchmark : List.of("parse", "sort", "write")) {
                rows.addAll(rows(benchmark, run, Map.of()));
            }
        }
        assertThat(CapturedRun.of(directory, "record", file("history.csv", rows))
                        .exitCode())
                .isZero();
    }

    @Test
    void a_benchmark_that_is_worse_in_one_metric_and_better_in_another_is_one_regression() throws IOException {
        String now = now(rows("parse", RUNS, Map.of("time", 1.5, "gc.alloc.rate.norm", 0.5)));

        CapturedRun check = CapturedRun.wide(directory, "check", "--dry-run", now);

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out())
                .startsWith("FAIL  1 regression in this change · 2 unchanged")
                .containsPattern("✗ critical +parse +time ")
                .containsPattern("✓ improved +gc.alloc.rate.norm ")
                .doesNotContain("1 improved")
                .as("nothing was recorded that could be accepted or explained")
                .doesNotContain("plumb accept", "plumb explain");
    }

    @Test
    void what_is_accepted_first_is_what_fails_the_gate_however_much_worse_a_secondary_metric_is() throws IOException {
        String now = now(rows("parse", RUNS, Map.of("time", 1.3, "p99.9", 1.9)));

        CapturedRun check = CapturedRun.wide(directory, "check", now, "-v");
        JsonNode findings =
                PlantedSuite.json(CapturedRun.of(directory, "report", "--json")).path("findings");

        String time = findings.valueStream()
                .filter(one -> one.path("metric").asString().equals("time")
                        && one.path("verdict").asString().equals("REGRESSED"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out().replaceAll("\\s+", " ")).contains("if a regression is intended: plumb accept " + time);
    }

    @Test
    void a_secondary_metric_that_is_worse_is_told_below_a_benchmark_that_is_not() throws IOException {
        String now = now(rows("parse", RUNS, Map.of("p99.9", 1.5)));

        CapturedRun check = CapturedRun.wide(directory, "check", "--dry-run", now, "--as", "text");
        JsonNode json = PlantedSuite.json(CapturedRun.of(directory, "check", "--dry-run", "--json", now));

        assertThat(check.exitCode()).isZero();
        assertThat(check.out())
                .startsWith("PASS  no regression · 3 unchanged · secondary metrics of 1 benchmark regressed\n")
                .containsPattern("= unchanged +parse +")
                .containsPattern("✗ critical +secondary +p99.9 ");
        assertThat(json.path("benchmarks").path("UNCHANGED").asInt()).isEqualTo(3);
        assertThat(json.path("counts").path("REGRESSED").asInt()).isEqualTo(1);
        assertThat(json.path("findings").path(0).path("role").asString()).isEqualTo("SECONDARY");
        assertThat(json.path("context").size()).isEqualTo(3);
        assertThat(json.path("context").path(0).path("metric").asString()).isEqualTo("gc.count");
    }

    @Test
    void a_benchmark_that_is_deleted_is_one_line_and_one_reason() throws IOException {
        String now = file("now.csv", join(rows("sort", RUNS, Map.of()), rows("write", RUNS, Map.of())));

        CapturedRun check = CapturedRun.wide(directory, "check", "--dry-run", now, "--as", "text");
        JsonNode json = PlantedSuite.json(CapturedRun.of(directory, "check", "--dry-run", "--json", now));

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out())
                .startsWith("FAIL  1 missing · 2 unchanged\n")
                .contains("Missing from this run (1)\n  parse\n")
                .doesNotContain("more reason", "Does not fail");
        assertThat(json.path("gate").path("reasons").size()).isEqualTo(1);
        assertThat(json.path("missing").size()).isEqualTo(1);
        assertThat(json.path("missing").path(0).path("what").asString()).isEqualTo("BENCHMARK");
        assertThat(json.path("benchmarks").path("MISSING").asInt()).isEqualTo(1);
    }

    @Test
    void a_run_of_nothing_but_context_says_so_and_how_to_have_it_judged() throws IOException {
        Files.writeString(directory.resolve("plumbline.yaml"), "metrics:\n  - metric: \"*\"\n    role: context\n");

        CapturedRun check = CapturedRun.wide(directory, "check", "--dry-run", now(rows("parse", RUNS, Map.of())));

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.out())
                .startsWith("FAIL  nothing was judged\n")
                .contains("all measured metrics are context: parse (time, gc.alloc.rate.norm, gc.count, p99.9), and 2")
                .contains("metrics: in plumbline.yaml")
                .doesNotContain("nothing was measured");
    }

    @Test
    void a_report_that_was_kept_counts_the_same() throws IOException {
        String now = now(rows("parse", RUNS, Map.of("time", 1.5, "p99.9", 1.5)));
        CapturedRun check = CapturedRun.wide(directory, "check", "-o", "report.md", now);

        CapturedRun report = CapturedRun.wide(directory, "report", "--kind", "ci", "--json");
        JsonNode worst = PlantedSuite.json(report).path("worst");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(worst.size()).isEqualTo(1);
        assertThat(worst.path(0).path("metric").asString()).isEqualTo("time");
        assertThat(worst.path(0).path("also").path(0).path("metric").asString()).isEqualTo("p99.9");
        assertThat(worst.path(0).path("also").path(0).path("role").asString()).isEqualTo("SECONDARY");
        assertThat(Files.readString(directory.resolve("report.md")))
                .startsWith("### ❌ **FAIL**: 1 regression in this change · 2 unchanged")
                .contains("| ↳ secondary | `p99.9` |");
    }

    @Test
    void documents_for_other_programs_have_one_entry_for_each_benchmark() throws IOException {
        List<String> rows =
                new ArrayList<>(rows("parse", RUNS, Map.of("time", 1.5, "gc.alloc.rate.norm", 1.5, "p99.9", 1.5)));
        rows.addAll(rows("sort", RUNS, Map.of("p99.9", 1.5)));
        rows.addAll(rows("write", RUNS, Map.of()));
        String now = file("now.csv", rows);

        String junit = CapturedRun.wide(directory, "check", "--dry-run", "--as", "junit", now)
                .out();
        String quality = CapturedRun.wide(directory, "check", "--dry-run", "--as", "codequality", now)
                .out();
        String sarif = CapturedRun.wide(directory, "check", "--dry-run", "--as", "sarif", now)
                .out();

        assertThat(junit)
                .contains("<testsuite name=\"plumbline\" tests=\"4\" failures=\"2\" errors=\"0\" skipped=\"0\">")
                .containsPattern(
                        "<testcase classname=\"benchmarks\" name=\"parse\" time=\"0\">\\s*<failure message=\"parse"
                                + " \\(?(time|gc.alloc.rate.norm)")
                .containsPattern("<testcase classname=\"benchmarks\" name=\"sort\" time=\"0\">\\s*<system-out>")
                .doesNotContain("name=\"p99.9\"", "gc.count ·");
        assertThat(JsonMapper.builder().build().readTree(quality).size()).isEqualTo(1);
        JsonNode results = JsonMapper.builder()
                .build()
                .readTree(sarif)
                .path("runs")
                .path(0)
                .path("results");
        assertThat(results.size()).isEqualTo(1);
        assertThat(results.path(0).path("message").path("text").asString())
                .contains("parse ", " too", "p99.9 (secondary) got 50.");
    }

    @Test
    void the_summary_of_a_period_counts_benchmarks_by_their_primary_metrics() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int run = RUNS; run < RUNS + 12; run++) {
            rows.addAll(rows("parse", run, Map.of("time", 1.5, "gc.alloc.rate.norm", 1.2, "gc.count", 2.0)));
            rows.addAll(rows("sort", run, Map.of("p99.9", 1.5, "gc.count", 3.0)));
            rows.addAll(rows("write", run, Map.of("time", 0.5, "gc.alloc.rate.norm", 0.8)));
        }
        assertThat(CapturedRun.of(directory, "record", file("later.csv", rows)).exitCode())
                .isZero();

        CapturedRun summary = CapturedRun.wide(directory, "report", "--kind", "executive", "--days", "60", "-v");
        JsonNode json =
                PlantedSuite.json(CapturedRun.of(directory, "report", "--kind", "executive", "--days", "60", "--json"));

        assertThat(summary.out())
                .contains("3 benchmarks: 1 worse than when the period began, 1 better, 1 level")
                .containsPattern("Worse than at their best \\(2\\)\n.*\nparse time .*\n  gc.alloc.rate.norm ")
                .containsPattern("Better than at the beginning \\(1\\)\n.*\nwrite time .*\n  gc.alloc.rate.norm ");
        assertThat(json.path("benchmarks").path("LEVEL").asInt()).isEqualTo(1);
        assertThat(json.path("series").size()).isEqualTo(12);
    }

    /** A file of a run in which two benchmarks are as they were. */
    private String now(List<String> rows) throws IOException {
        return file("now.csv", join(rows, join(rows("sort", RUNS, Map.of()), rows("write", RUNS, Map.of()))));
    }

    private String file(String name, List<String> rows) throws IOException {
        String header = PlantedSuite.HEADER + "\n";
        return Files.writeString(directory.resolve(name), header + String.join("\n", rows) + "\n")
                .toString();
    }

    private static List<String> join(List<String> some, List<String> others) {
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /** What one run measured of a benchmark, some metrics multiplied. */
    private static List<String> rows(String benchmark, int run, Map<String, Double> factors) {
        LocalDate day = LocalDate.of(2025, 12, 1).plusDays(run);
        List<String> rows = new ArrayList<>();
        METRICS.forEach((metric, level) -> {
            SplittableRandom random =
                    new SplittableRandom(31L * (benchmark + metric).hashCode() + 10_007L * run).split();
            double value = level * factors.getOrDefault(metric, 1.0) * Math.exp(0.002 * random.nextGaussian());
            rows.add(String.format(
                    Locale.ROOT,
                    "%s,%s,%s,lower,%s,%s,main,%sT06:00:00Z,%sT07:00:00Z,box",
                    benchmark,
                    metric,
                    metric.contains("alloc") ? "B" : metric.contains("count") ? "" : "ms",
                    value,
                    PlantedSuite.commit(run),
                    day,
                    day));
        });
        return rows;
    }
}
