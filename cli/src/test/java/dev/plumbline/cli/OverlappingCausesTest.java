package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A repository with three causes whose effects overlap and go different ways: a step, a latency that drifts for a time,
 * and a memory that grows longer. Each is an incident of its own, with its commit first.
 *
 * <p>{@code -Dplumbline.seeds=FIRST-LAST} measures other seeds than those of the build.
 */
class OverlappingCausesTest {
    private static final int COMMITS = 320;
    private static final int DRIFT = 100;
    private static final int DRIFT_END = 240;
    private static final int GROWTH = 134;
    private static final int GROWTH_END = 290;
    private static final int STEP = 161;

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    private static final List<String> BENCHMARKS = List.of(
            "dev.example.codec.CodecBenchmark.encode",
            "dev.example.codec.CodecBenchmark.decode",
            "dev.example.codec.CodecBenchmark.transcode",
            "dev.example.lookup.LookupBenchmark.point",
            "dev.example.lookup.LookupBenchmark.range",
            "dev.example.session.SessionBenchmark.open",
            "dev.example.session.SessionBenchmark.renew",
            "dev.example.shape.ShapeBenchmark.area",
            "dev.example.shape.ShapeBenchmark.turn",
            "dev.example.mail.MailBenchmark.send",
            "dev.example.mail.MailBenchmark.parse");

    @TempDir
    private Path temporary;

    static LongStream seeds() {
        String[] asked = System.getProperty("plumbline.seeds", "1-3").split("-");
        return LongStream.rangeClosed(Long.parseLong(asked[0]), Long.parseLong(asked[1]));
    }

    private static Instant time(int commit) {
        return FIRST.plusSeconds(3600L * commit);
    }

    private static String script(long seed) {
        Random random = new Random(seed);
        StringBuilder script = new StringBuilder();
        for (int i = 0; i < COMMITS; i++) {
            String other = "src/main/java/dev/example/help/Help" + random.nextInt(40) + ".java";
            String file =
                    switch (i) {
                        case DRIFT -> "src/main/java/dev/example/lookup/Lookup.java";
                        case GROWTH -> "src/main/java/dev/example/session/SessionTable.java";
                        default -> other;
                    };
            // the step's commit touches nothing that is named after a benchmark, and says what it is about
            script.append(
                    ScriptedRepository.commit(i, time(i), i == STEP ? "codec: escape every byte" : "work " + i, file));
        }
        return script.toString();
    }

    private static double level(String benchmark, String metric, int commit) {
        double level = 100 + 10 * BENCHMARKS.indexOf(benchmark);
        if (metric.equals("time") && benchmark.contains(".codec.") && commit >= STEP) {
            return level * 1.12;
        }
        if (metric.equals("time") && benchmark.contains(".lookup.")) {
            return level * (1 + 0.25 * Math.max(0, Math.min(1, (commit - DRIFT) / (double) (DRIFT_END - DRIFT))));
        }
        if (metric.equals("rss") && benchmark.contains(".session.")) {
            return level * (1 + 0.4 * Math.max(0, Math.min(1, (commit - GROWTH) / (double) (GROWTH_END - GROWTH))));
        }
        return level;
    }

    private static String results(List<String> commits, long seed) {
        StringBuilder table = new StringBuilder(
                "benchmark,metric,unit,better,value,commit,branch,commit_time,position,environment\n");
        Random random = new Random(seed * 7_919);
        for (int commit = 0; commit < COMMITS; commit += 2) {
            for (String benchmark : BENCHMARKS) {
                for (String metric : List.of("time", "rss")) {
                    table.append(String.format(
                            Locale.ROOT,
                            "%s,%s,%s,lower,%.4f,%s,main,%s,%d,ci%n",
                            benchmark,
                            metric,
                            metric.equals("time") ? "ms" : "MB",
                            level(benchmark, metric, commit) * Math.exp(0.01 * random.nextGaussian()),
                            commits.get(commit),
                            time(commit),
                            commit + 1));
                }
            }
        }
        return table.toString();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void each_cause_is_an_incident_of_its_own_with_its_commit_first(long seed) throws Exception {
        Path folder = Files.createDirectories(temporary.resolve("repository"));
        List<String> commits = ScriptedRepository.imported(folder, script(seed));
        Path table = Files.writeString(temporary.resolve("results.csv"), results(commits, seed));
        CapturedRun recorded = CapturedRun.wide(folder, "record", table.toString());
        assertThat(recorded.exitCode()).as(recorded.err()).isZero();

        CapturedRun reported = CapturedRun.wide(folder, "incidents", "--json");

        Map<String, List<String>> seriesByCommit = new TreeMap<>();
        Map<String, String> kinds = new TreeMap<>();
        for (JsonNode incident :
                JsonMapper.builder().build().readTree(reported.out()).get("incidents")) {
            String commit = incident.at("/suspects/0/commit").asString();
            TreeSet<String> series = new TreeSet<>();
            incident.get("changes")
                    .forEach(change -> series.add(change.get("benchmark").asString() + " "
                            + change.get("metric").asString()));
            seriesByCommit.put(commit, List.copyOf(series));
            kinds.put(commit, incident.get("kind").asString());
        }
        assertThat(seriesByCommit)
                .as(
                        "seed %d: %s",
                        seed, CapturedRun.wide(folder, "incidents", "--all").out())
                .isEqualTo(Map.of(
                        commits.get(STEP), series(".codec.", "time"),
                        commits.get(DRIFT), series(".lookup.", "time"),
                        commits.get(GROWTH), series(".session.", "rss")));
        assertThat(kinds)
                .isEqualTo(
                        Map.of(commits.get(STEP), "CODE", commits.get(DRIFT), "SLOPE", commits.get(GROWTH), "SLOPE"));
    }

    /** A short climb looks like a few steps, one of which is as good as at the place of another cause's. */
    @ParameterizedTest
    @MethodSource("seeds")
    void a_short_climb_around_a_step_is_an_incident_of_its_own(long seed) throws Exception {
        Random random = new Random(seed * 104_729);
        int length = 16 + random.nextInt(15);
        int begin = 80 - random.nextInt(length);
        StringBuilder table = new StringBuilder(
                "benchmark,metric,unit,better,value,commit,branch,commit_time,position,environment\n");
        for (int run = 0; run < COMMITS / 2; run++) {
            for (String benchmark : BENCHMARKS) {
                double level = benchmark.contains(".codec.") && run >= 80 ? 112 : 100;
                double climbed = Math.max(0, Math.min(1, (run - begin) / (double) length));
                table.append(String.format(
                        Locale.ROOT,
                        "%s,time,ms,lower,%.4f,%040x,main,%s,%d,ci%n",
                        benchmark,
                        level
                                * (benchmark.contains(".lookup.") ? 1 + 0.2 * climbed : 1)
                                * Math.exp(0.01 * random.nextGaussian()),
                        0xabc0000 + run,
                        time(run),
                        run + 1));
            }
        }
        Path folder = Files.createDirectories(temporary.resolve("plain"));
        Path file = Files.writeString(temporary.resolve("climb.csv"), table);
        CapturedRun recorded = CapturedRun.wide(folder, "record", file.toString());
        assertThat(recorded.exitCode()).as(recorded.err()).isZero();

        CapturedRun reported = CapturedRun.wide(folder, "incidents", "--json");

        List<String> together = new ArrayList<>();
        for (JsonNode incident :
                JsonMapper.builder().build().readTree(reported.out()).get("incidents")) {
            TreeSet<String> groups = new TreeSet<>();
            incident.get("changes")
                    .forEach(change ->
                            groups.add(change.get("benchmark").asString().split("\\.")[2]
                                    + incident.get("changes").size()));
            together.add(incident.get("kind").asString() + groups);
        }
        assertThat(together)
                .as("seed %d: %d runs from %d on", seed, length, begin)
                .containsExactlyInAnyOrder("CODE[codec3]", "SLOPE[lookup2]");
    }

    private static List<String> series(String part, String metric) {
        return BENCHMARKS.stream()
                .filter(name -> name.contains(part))
                .map(name -> name + " " + metric)
                .sorted()
                .toList();
    }
}
