package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A suite whose truth is known: daily runs of benchmarks {@code b0}, {@code b1} …, whose noise is 1 % and 2 % in turn,
 * and what was planted into them. A value depends on the seed, its series and its run alone, so that what is planted in
 * one series changes no value of another.
 */
public final class PlantedSuite {
    static final String HEADER = "benchmark,metric,unit,better,value,commit,branch,commit_time,time,environment";

    private final long seed;
    private final int series;
    private boolean isQuiet;
    private double times = 1;
    private final Map<Integer, List<Plant>> plants = new HashMap<>();
    private final Map<Integer, Double> weekends = new HashMap<>();

    private record Plant(int begin, int end, double factor) {}

    PlantedSuite(long seed, int series) {
        this.seed = seed;
        this.series = series;
    }

    /** Multiplies what one series measures from one run to before another. */
    PlantedSuite plant(int index, int begin, int end, double factor) {
        plants.computeIfAbsent(index, none -> new ArrayList<>()).add(new Plant(begin, end, factor));
        return this;
    }

    /** The same for a level that stays. */
    PlantedSuite plant(int index, int begin, double factor) {
        return plant(index, begin, Integer.MAX_VALUE, factor);
    }

    /** Multiplies what one series measures on Saturdays and Sundays. */
    PlantedSuite weekend(int index, double factor) {
        weekends.put(index, factor);
        return this;
    }

    /** The same with a noise of 1 % everywhere. */
    PlantedSuite quiet() {
        isQuiet = true;
        return this;
    }

    /** The same with as many times the noise. */
    PlantedSuite noisier(double factor) {
        times = factor;
        return this;
    }

    int series() {
        return series;
    }

    static String name(int index) {
        return "b" + index;
    }

    static String commit(int run) {
        return String.format(Locale.ROOT, "%08x00000000000000000000000000000000", 0xabc0000L + run);
    }

    double value(int index, int run) {
        return noise(index, run) * level(index, run);
    }

    /** The level that was planted. */
    double level(int index, int run) {
        // the first run is of a Monday
        double level = 100.0 * (index + 1) * (run % 7 >= 5 ? weekends.getOrDefault(index, 1.0) : 1);
        for (Plant plant : plants.getOrDefault(index, List.of())) {
            level *= run >= plant.begin && run < plant.end ? plant.factor : 1;
        }
        return level;
    }

    double noise(int index, int run) {
        SplittableRandom random = new SplittableRandom(1_000_003 * seed + 10_007L * index + run).split();
        return Math.exp(times * (isQuiet || index % 2 == 0 ? 0.01 : 0.02) * random.nextGaussian());
    }

    /** The rows of one run. */
    List<String> rows(int run) {
        return IntStream.range(0, series)
                .mapToObj(index -> row(name(index), value(index, run), run))
                .toList();
    }

    static String row(String benchmark, double value, int run) {
        return row(benchmark, value, run, 0);
    }

    /** One of several runs of a commit, each a minute behind the one before. */
    static String row(String benchmark, double value, int commit, int repetition) {
        LocalDate day = LocalDate.of(2025, 12, 1).plusDays(commit);
        return String.format(
                Locale.ROOT,
                "%s,time,ms,lower,%s,%s,main,%sT06:00:00Z,%sT07:%02d:00Z,box",
                benchmark,
                value,
                commit(commit),
                day,
                day,
                repetition);
    }

    /** Another run of a commit; its values are those of run {@code 1000 + repetition} at the level of the commit. */
    List<String> again(int commit, int repetition) {
        return IntStream.range(0, series)
                .mapToObj(index ->
                        row(name(index), noise(index, 1000 + repetition) * level(index, commit), commit, repetition))
                .toList();
    }

    /** A file of the runs from one to before another. */
    String file(Path folder, int begin, int end) throws IOException {
        List<String> rows = new ArrayList<>();
        for (int run = begin; run < end; run++) {
            rows.addAll(rows(run));
        }
        return file(folder, "runs-" + begin + "-" + end + ".csv", rows);
    }

    static String file(Path folder, String name, List<String> rows) throws IOException {
        return Files.writeString(folder.resolve(name), HEADER + "\n" + String.join("\n", rows) + "\n")
                .toString();
    }

    /** What a command answers in JSON, whether the gate is open or not. */
    public static JsonNode json(CapturedRun run) {
        assertThat(run.exitCode()).as(run.err()).isIn(0, 1, 3);
        assertThat(run.err()).doesNotContain("\tat ", "internal error");
        return JsonMapper.builder().build().readTree(run.out());
    }

    /** The element of a list that speaks of a benchmark. */
    static JsonNode entry(JsonNode list, int index) {
        for (JsonNode one : list) {
            if (one.path("benchmark").asString().equals(name(index))) {
                return one;
            }
        }
        throw new AssertionError("nothing of " + name(index) + " in " + list);
    }
}
