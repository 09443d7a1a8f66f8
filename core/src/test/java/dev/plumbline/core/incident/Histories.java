package dev.plumbline.core.incident;

import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.model.Benchmark;
import dev.plumbline.core.model.Better;
import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Point;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.core.model.Series;
import dev.plumbline.core.model.SeriesKey;
import dev.plumbline.core.model.Timeline;
import dev.plumbline.core.model.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/** Seeded series of many benchmarks on one branch, and what is found in them. */
public final class Histories {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final double MARGIN = 0.02;

    private final List<Series> all = new ArrayList<>();
    private final Random random;

    Histories(long seed) {
        random = new Random(seed);
    }

    static String commit(int revision) {
        return String.format("%040x", 0xabc0000 + revision);
    }

    /** Facts that stay. */
    static IntFunction<Map<String, String>> still() {
        return revision -> Map.of();
    }

    private static RunInfo run(int revision, String environment, Map<String, String> facts) {
        TreeMap<String, String> known = new TreeMap<>();
        TreeMap<String, String> context = new TreeMap<>();
        facts.forEach((name, value) -> (name.startsWith(RunHeader.COMMIT) ? context : known).put(name, value));
        known.put(Environment.NAME, environment);
        Instant time = START.plusSeconds(3600L * revision);
        return new RunInfo(
                environment + revision,
                new RunHeader(
                        new Revision(commit(revision), "main", Optional.of(time), OptionalLong.of(revision + 1)),
                        new Environment(known),
                        Optional.of(time),
                        time,
                        context));
    }

    /** A series of times with relative noise around a level, measured at every so-manieth revision. */
    Histories with(
            String benchmark,
            String environment,
            int revisions,
            int every,
            double noise,
            IntToDoubleFunction level,
            IntFunction<Map<String, String>> facts) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < revisions; i += every) {
            double value = level.applyAsDouble(i) * Math.exp(noise * random.nextGaussian());
            points.add(new Point(run(i, environment, facts.apply(i)), value, 1, 0, false));
        }
        all.add(new Series(
                new SeriesKey(Benchmark.of(benchmark), "time", environment, "main"),
                Unit.of("ms"),
                Better.LOWER,
                points,
                List.of()));
        return this;
    }

    /** A series with one step. */
    Histories step(String benchmark, String environment, int revisions, double noise, int at, double size) {
        return with(benchmark, environment, revisions, 1, noise, i -> i < at ? 100 : 100 * (1 + size), still());
    }

    /** The first so many revisions of everything. */
    Histories first(int revisions) {
        Histories part = new Histories(0);
        all.forEach(series -> part.all.add(series.withPoints(series.points().stream()
                .filter(point -> point.run().header().revision().position().getAsLong() <= revisions)
                .toList())));
        return part;
    }

    Timeline timeline() {
        TreeMap<Long, RunInfo> runs = new TreeMap<>();
        all.forEach(series -> series.points()
                .forEach(point -> runs.putIfAbsent(
                        point.run().header().revision().position().getAsLong(), point.run())));
        return Timeline.of(runs.values());
    }

    List<Track> tracks() {
        Timeline timeline = timeline();
        return all.stream()
                .map(series -> Track.of(SegmentedSeries.of(series, MARGIN), timeline))
                .toList();
    }

    List<Incident> incidents(List<KnownIncident> known) {
        return Incidents.of(tracks(), timeline(), known);
    }

    /** What was not seen before, as it is to be known again. */
    List<KnownIncident> unseen(List<KnownIncident> known, Instant at) {
        Timeline timeline = timeline();
        return Incidents.unseen(
                all, series -> Track.of(SegmentedSeries.of(series, MARGIN), timeline), timeline, known, at);
    }

    List<Incident> incidents() {
        return incidents(List.of());
    }
}
