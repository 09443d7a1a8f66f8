package dev.plumbline.bench;

import dev.plumbline.core.history.SegmentedSeries;
import dev.plumbline.core.incident.Incident;
import dev.plumbline.core.incident.Incidents;
import dev.plumbline.core.incident.Track;
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
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Prints how many steps that two machines show at one commit are in the same incident, as changes or as companions, and
 * how steps on only one machine are classified.
 *
 * <p>Arguments: the folder of sandmark's {@code silver} files, one for each metric, a benchmark in a line; and the
 * margin, default 0.02.
 */
public final class SandmarkIncidents {
    /** The largest distance, in points, between a step and the mark that it counts for. */
    private static final int MARGIN = 3;

    private static final List<String> MACHINES = List.of("turing", "navajo");

    private SandmarkIncidents() {}

    /** A step as it was marked; an index is -1 where that machine does not show it. */
    private record Marked(Benchmark benchmark, String metric, int[] index) {}

    /** Reads the folder and prints a line for each metric and one for all. */
    public static void main(String[] arguments) throws IOException {
        double margin = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 0.02;
        List<Series> series = new ArrayList<>();
        List<Marked> marked = new ArrayList<>();
        Map<String, RunInfo> first = new LinkedHashMap<>();
        JsonMapper mapper = JsonMapper.builder().build();
        List<Path> files;
        try (Stream<Path> inside = Files.list(Path.of(arguments[0]))) {
            files = inside.filter(file -> file.toString().endsWith(".jsonl.gz"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    add(mapper.readTree(line), series, marked, first);
                }
            }
        }
        List<RunInfo> runs = new ArrayList<>(first.values());
        runs.sort(Comparator.comparing(run -> run.header().time()));
        Timeline timeline = Timeline.of(runs);
        List<Track> tracks = series.parallelStream()
                .map(one -> Track.of(SegmentedSeries.of(one, margin), timeline))
                .toList();
        List<Incident> incidents = Incidents.of(tracks, timeline, List.of());
        System.out.printf(Locale.ROOT, "%d series, %d incidents%n", series.size(), incidents.size());
        List<String> metrics =
                marked.stream().map(Marked::metric).distinct().sorted().toList();
        for (String metric : metrics) {
            print(
                    metric,
                    marked.stream().filter(one -> one.metric.equals(metric)).toList(),
                    incidents);
        }
        print("all", marked, incidents);
    }

    private static void add(JsonNode line, List<Series> series, List<Marked> marked, Map<String, RunInfo> first) {
        String name = line.get("series").asString();
        int space = name.lastIndexOf(' ');
        Benchmark benchmark = Benchmark.of(name.substring(0, space));
        String metric = name.substring(space + 1);
        for (int machine = 0; machine < 2; machine++) {
            List<Point> points = new ArrayList<>();
            JsonNode values = line.get(machine == 0 ? "y_a" : "y_b");
            for (int i = 0; i < values.size(); i++) {
                RunInfo run = run(
                        line.get("commit").get(i).asString(),
                        line.get("t").get(i).asLong(),
                        MACHINES.get(machine));
                first.merge(
                        run.header().revision().commit(),
                        run,
                        (one, other) ->
                                other.header().time().isBefore(one.header().time()) ? other : one);
                points.add(new Point(run, values.get(i).asDouble(), 1, 0, false));
            }
            series.add(new Series(
                    new SeriesKey(benchmark, metric, MACHINES.get(machine), "trunk"),
                    Unit.of(line.get("unit").asString()),
                    Better.LOWER,
                    points,
                    List.of()));
        }
        for (JsonNode event : line.get("events")) {
            int index = event.get("index").asInt();
            marked.add(
                    switch (event.get("kind").asString()) {
                        case "both" ->
                            new Marked(benchmark, metric, new int[] {
                                index, event.get("index_b").asInt()
                            });
                        case "a_only" -> new Marked(benchmark, metric, new int[] {index, -1});
                        default -> new Marked(benchmark, metric, new int[] {-1, index});
                    });
        }
    }

    private static RunInfo run(String commit, long second, String machine) {
        Instant time = Instant.ofEpochSecond(second);
        return new RunInfo(
                machine + commit,
                new RunHeader(
                        new Revision(commit, "trunk", Optional.of(time), OptionalLong.empty()),
                        Environment.unknown().named(machine),
                        Optional.of(time),
                        time,
                        new TreeMap<>()));
    }

    private static void print(String name, List<Marked> marked, List<Incident> incidents) {
        int both = 0;
        int found = 0;
        int together = 0;
        int single = 0;
        int seen = 0;
        int machine = 0;
        for (Marked one : marked) {
            List<Incident> turing = find(one, 0, incidents);
            List<Incident> navajo = find(one, 1, incidents);
            if (one.index[0] >= 0 && one.index[1] >= 0) {
                both++;
                found += turing.isEmpty() || navajo.isEmpty() ? 0 : 1;
                together += turing.stream().anyMatch(navajo::contains) ? 1 : 0;
            } else {
                single++;
                List<Incident> shown = one.index[0] >= 0 ? turing : navajo;
                seen += shown.isEmpty() ? 0 : 1;
                machine += shown.stream()
                                .anyMatch(left ->
                                        left.kind() == Incident.Kind.ENVIRONMENT || left.kind() == Incident.Kind.NOISE)
                        ? 1
                        : 0;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-16s marked on both %d: found on both %d, in one incident %d (%.1f %% of marked, %.1f %% of found);"
                        + " marked on one %d: found %d, called the machine's %d%n",
                name,
                both,
                found,
                together,
                100.0 * together / Math.max(1, both),
                100.0 * together / Math.max(1, found),
                single,
                seen,
                machine);
    }

    private static List<Incident> find(Marked marked, int machine, List<Incident> incidents) {
        List<Incident> found = new ArrayList<>();
        for (Incident incident : incidents) {
            boolean shows = incident.shifts().stream()
                            .anyMatch(shift ->
                                    isMarked(shift.key(), shift.change().index(), marked, machine))
                    || incident.companions().stream()
                            .anyMatch(companion -> isMarked(companion.key(), companion.index(), marked, machine));
            if (shows) {
                found.add(incident);
            }
        }
        return found;
    }

    private static boolean isMarked(SeriesKey key, int index, Marked marked, int machine) {
        return marked.index[machine] >= 0
                && key.benchmark().equals(marked.benchmark)
                && key.metric().equals(marked.metric)
                && key.environment().equals(MACHINES.get(machine))
                && Math.abs(index - marked.index[machine]) <= MARGIN;
    }
}
