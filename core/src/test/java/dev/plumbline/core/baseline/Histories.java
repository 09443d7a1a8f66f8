package dev.plumbline.core.baseline;

import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;

/** Series for tests: two runs a day, each of another commit. */
public final class Histories {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final SeriesKey KEY = new SeriesKey(Benchmark.of("Sort", Map.of("n", "10")), "time", "lab", "main");

    private Histories() {}

    public static Provenance provenance(int version) {
        return new Provenance(version, START, "ann", "why", "history", "0.1", new TreeMap<>());
    }

    public static Instant time(int index) {
        return START.plusSeconds(43_200L * index);
    }

    public static Point point(int index, double value, boolean bad) {
        Revision revision = new Revision("commit" + index, "main", Optional.of(time(index)), OptionalLong.of(index));
        RunHeader header = new RunHeader(
                revision, Environment.unknown().named("lab"), Optional.empty(), START, Collections.emptySortedMap());
        return new Point(new RunInfo("run" + index, header), value, 1, 0, bad);
    }

    public static Series series(Better better, List<Point> points) {
        return new Series(KEY, Unit.of("ms"), better, points, List.of());
    }

    /** Values around levels, each level for so many runs, with a relative noise. */
    public static final class Maker {
        private final Random random;
        private final double noise;
        private final List<Point> points = new ArrayList<>();

        Maker(long seed, double noise) {
            random = new Random(seed);
            this.noise = noise;
        }

        Maker runs(int count, double level) {
            return runs(count, level, false);
        }

        Maker runs(int count, double level, boolean bad) {
            for (int i = 0; i < count; i++) {
                points.add(point(points.size(), level * (1 + noise * random.nextGaussian()), bad));
            }
            return this;
        }

        Maker value(double value) {
            points.add(point(points.size(), value, false));
            return this;
        }

        Series series() {
            return Histories.series(Better.LOWER, points);
        }
    }
}
