package dev.plumbline.store.postgres;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Metric;
import dev.plumbline.core.model.Sample;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import dev.plumbline.store.Fixtures;
import dev.plumbline.store.Recorded;
import dev.plumbline.store.Recording;
import dev.plumbline.store.Reruns;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.SeriesQuery;
import dev.plumbline.store.naming.Aliases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Measures a history on a server: {@code PostgresFigures ADDRESS BENCHMARKS RUNS}. The project should be a new one.
 *
 * <p>docs/decisions/store.md has the figures.
 */
final class PostgresFigures {
    private static final int READINGS = 200;

    private PostgresFigures() {}

    public static void main(String[] arguments) {
        PostgresAddress address = PostgresAddress.parse(arguments[0], Optional.empty());
        int benchmarks = Integer.parseInt(arguments[1]);
        int runs = Integer.parseInt(arguments[2]);
        long start = System.nanoTime();
        try (RunStore store = PostgresRunStore.open(address, System.getenv(), Aliases.NONE, Reruns.POOL)) {
            System.out.printf("opened in %.3f s, the tables made where there were none%n", seconds(start));
            Recorded last = record(store, benchmarks, runs);
            readOne(store, runs);
            start = System.nanoTime();
            long points = store.seriesOf(List.of(last.run().id())).stream()
                    .mapToLong(one -> one.points().size())
                    .sum();
            System.out.printf("read what the last run extends, %d points, in %.3f s%n", points, seconds(start));
        }
        start = System.nanoTime();
        PostgresRunStore.open(address, System.getenv(), Aliases.NONE, Reruns.POOL)
                .close();
        System.out.printf("opened and closed in %.3f s%n", seconds(start));
    }

    private static Recorded record(RunStore store, int benchmarks, int runs) {
        Metric metric = new Metric("time", Unit.of("ns/op"), Better.LOWER);
        long start = System.nanoTime();
        List<Recorded> recorded;
        try (Recording recording = store.begin()) {
            for (int run = 1; run <= runs; run++) {
                SplittableRandom random = new SplittableRandom(run);
                for (int i = 0; i < benchmarks; i++) {
                    recording.accept(
                            Fixtures.header(run),
                            new Measurement(name(i), metric, Sample.Summary.of(random.nextDouble(100, 110))));
                }
            }
            recorded = recording.commit();
        }
        double measurements = (double) benchmarks * runs;
        System.out.printf(
                "recorded %.0f measurements in %.3f s, %.0f a second%n",
                measurements, seconds(start), measurements / seconds(start));
        return recorded.get(recorded.size() - 1);
    }

    private static Benchmark name(int number) {
        return Benchmark.of(
                "org.example.bench.Suite" + number / 20 + ".method" + number, Map.of("mode", "avgt", "threads", "1"));
    }

    private static void readOne(RunStore store, int runs) {
        List<SeriesKey> keys = new ArrayList<>(store.keys(SeriesQuery.all()));
        double[] millis = new double[READINGS];
        for (int i = 0; i < READINGS; i++) {
            long start = System.nanoTime();
            int points = store.series(keys.get(i * 7 % keys.size()))
                    .orElseThrow()
                    .points()
                    .size();
            millis[i] = seconds(start) * 1_000;
            if (points != runs) {
                throw new AssertionError(points + " points");
            }
        }
        Arrays.sort(millis);
        System.out.printf(
                "read one series of %d points in %.1f ms (median), %.1f ms (95 of 100)%n",
                runs, millis[READINGS / 2], millis[READINGS * 95 / 100]);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
