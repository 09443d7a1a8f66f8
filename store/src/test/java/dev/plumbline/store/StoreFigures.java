package dev.plumbline.store;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.Series;
import dev.plumbline.store.sqlite.SqliteRunStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Measures what the store's notes claim; each step is meant for a JVM of its own.
 *
 * <pre>
 * StoreFigures backfill FILE BENCHMARKS RUNS [FORKS ITERATIONS]   records a history, one transaction
 * StoreFigures check FILE BENCHMARKS NUMBER                       adds run NUMBER and reads all series it extends
 * StoreFigures open FILE                                          opens and closes
 * </pre>
 */
final class StoreFigures {
    private StoreFigures() {}

    public static void main(String[] arguments) {
        long start = System.nanoTime();
        Path file = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "backfill" -> backfill(file, arguments);
            case "check" -> check(file, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            case "open" -> SqliteRunStore.open(file).close();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.printf("%s: %.3f s in main%n", arguments[0], seconds(start));
    }

    private static void backfill(Path file, String[] arguments) {
        int benchmarks = Integer.parseInt(arguments[2]);
        int runs = Integer.parseInt(arguments[3]);
        int forks = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 0;
        int iterations = arguments.length > 5 ? Integer.parseInt(arguments[5]) : 0;
        List<Benchmark> names = names(benchmarks);
        try (SqliteRunStore store = SqliteRunStore.open(file)) {
            long start = System.nanoTime();
            try (Recording recording = store.begin()) {
                for (int run = 1; run <= runs; run++) {
                    accept(recording, names, run, forks, iterations);
                }
                long accepted = System.nanoTime();
                recording.commit();
                System.out.printf(
                        "accepted in %.3f s, committed in %.3f s%n", (accepted - start) / 1e9, seconds(accepted));
            }
            double measurements = (double) benchmarks * runs;
            System.out.printf("%.0f measurements, %.0f a second%n", measurements, measurements / seconds(start));
        }
    }

    private static void check(Path file, int benchmarks, int number) {
        List<Benchmark> names = names(benchmarks);
        long start = System.nanoTime();
        try (SqliteRunStore store = SqliteRunStore.open(file)) {
            System.out.printf("opened in %.3f s%n", seconds(start));
            start = System.nanoTime();
            List<Recorded> recorded;
            try (Recording recording = store.begin()) {
                accept(recording, names, number, 5, 5);
                recorded = recording.commit();
            }
            System.out.printf("recorded in %.3f s%n", seconds(start));
            start = System.nanoTime();
            List<Series> series =
                    store.seriesOf(recorded.stream().map(one -> one.run().id()).toList());
            long points = series.stream().mapToLong(one -> one.points().size()).sum();
            System.out.printf("read %d series with %d points in %.3f s%n", series.size(), points, seconds(start));
            start = System.nanoTime();
        }
        System.out.printf("closed in %.3f s%n", seconds(start));
        Runtime runtime = Runtime.getRuntime();
        System.out.printf("heap in use %d MB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    private static List<Benchmark> names(int count) {
        List<Benchmark> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(Benchmark.of(
                    "org.example.bench.Suite" + i / 20 + ".method" + i, Map.of("mode", "avgt", "threads", "1")));
        }
        return names;
    }

    private static void accept(Recording recording, List<Benchmark> names, int run, int forks, int iterations) {
        var header = Fixtures.header(run);
        SplittableRandom random = new SplittableRandom(run);
        for (Benchmark name : names) {
            recording.accept(header, new Measurement(name, Fixtures.TIME, sample(random, forks, iterations)));
        }
    }

    private static Sample sample(SplittableRandom random, int forks, int iterations) {
        if (forks == 0) {
            return Sample.Summary.of(random.nextDouble(100, 110));
        }
        List<double[]> groups = new ArrayList<>();
        for (int fork = 0; fork < forks; fork++) {
            groups.add(random.doubles(iterations, 100, 110).toArray());
        }
        return Sample.Values.of(Sample.Center.MEAN, groups);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
