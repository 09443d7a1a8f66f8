package dev.plumbline.bench;

import dev.plumbline.core.baseline.BaselineQuality;
import dev.plumbline.core.baseline.BaselineSettings;
import dev.plumbline.core.baseline.EstablishedBaseline;
import dev.plumbline.core.baseline.Establisher;
import dev.plumbline.core.baseline.Establishment;
import dev.plumbline.core.baseline.Provenance;
import dev.plumbline.core.baseline.QualityCheck;
import dev.plumbline.core.baseline.WatchedHistory;
import dev.plumbline.core.finding.Finding;
import dev.plumbline.core.finding.Policy;
import dev.plumbline.core.finding.Verdict;
import dev.plumbline.core.judge.Judge;
import dev.plumbline.core.judge.trial.Trial;
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
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Figures of established baselines.
 *
 * <p>Arguments: {@code quality FOLDER} with {@code *.jsonl.gz} files of series, {@code speed}, {@code absorb FOLDER
 * MOST [FIRST]}: the largest number of series, evenly spread from the first one on; those whose level moved are named.
 */
public final class BaselineFigures {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int FURTHER_RUNS = 200;

    private BaselineFigures() {}

    /** Prints one of the tables. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        switch (arguments[0]) {
            case "quality" -> quality(Path.of(arguments[1]), out);
            case "speed" -> speed(out);
            case "absorb" ->
                absorb(
                        Path.of(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        arguments.length > 3 ? Integer.parseInt(arguments[3]) : 0,
                        out);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    // ---- series

    static Point point(int index, Instant time, double value, boolean bad) {
        Revision revision = new Revision("c" + index, "main", Optional.of(time), OptionalLong.of(index));
        RunHeader header =
                new RunHeader(revision, Environment.unknown(), Optional.empty(), time, Collections.emptySortedMap());
        return new Point(new RunInfo("r" + index, header), value, 1, 0, bad);
    }

    private static SeriesKey key(String name) {
        return new SeriesKey(Benchmark.of(name), "value", "unknown", "main");
    }

    /** A series of a file; the better direction is lower where the file has none. */
    record Loaded(String source, Series series, Instant newest) {}

    static List<Loaded> load(Path folder) throws IOException {
        JsonMapper mapper = JsonMapper.builder().build();
        List<Loaded> all = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> inside = Files.list(folder)) {
            files = inside.filter(file -> file.toString().endsWith(".jsonl.gz"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            try (BufferedReader reader = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    series(file.getFileName().toString(), mapper.readTree(line)).ifPresent(all::add);
                }
            }
        }
        return all;
    }

    private static Optional<Loaded> series(String source, JsonNode json) {
        JsonNode values = json.path("y");
        JsonNode times = json.path("t");
        List<Point> points = new ArrayList<>();
        Instant newest = START;
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).isNumber() || !Double.isFinite(values.get(i).asDouble())) {
                continue;
            }
            Instant time = times.size() > i ? time(times.get(i)) : START.plusSeconds(43_200L * i);
            newest = time.isAfter(newest) || points.isEmpty() ? time : newest;
            points.add(point(i, time, values.get(i).asDouble(), false));
        }
        if (points.isEmpty()) {
            return Optional.empty();
        }
        Better better =
                json.path("direction").asString("").toLowerCase(Locale.ROOT).contains("higher")
                        ? Better.HIGHER
                        : Better.LOWER;
        String name = json.path("series").asString("series");
        Unit unit = Unit.of(json.path("unit").asString(""));
        String safe = name.isBlank() ? "series" : name;
        return Optional.of(new Loaded(
                source,
                new Series(key(safe.substring(0, Math.min(safe.length(), 4000))), unit, better, points, List.of()),
                newest));
    }

    private static Instant time(JsonNode node) {
        if (node.isNumber()) {
            double seconds = node.asDouble();
            return Instant.ofEpochMilli((long) (seconds > 1e11 ? seconds : seconds * 1000));
        }
        try {
            return Instant.parse(node.asString(""));
        } catch (java.time.format.DateTimeParseException e) {
            return START;
        }
    }

    private static Establisher establisher(BaselineSettings settings) {
        return new Establisher(
                settings, new Provenance(1, START, "bench", "", "history", "development", new TreeMap<>()));
    }

    // ---- quality

    private static void quality(Path folder, PrintStream out) throws IOException {
        Map<String, List<Loaded>> bySource = new TreeMap<>();
        load(folder).forEach(one -> bySource.computeIfAbsent(one.source, source -> new ArrayList<>())
                .add(one));
        out.println("source | series | valid | no run | runs | interval | steps | drift");
        int[] total = new int[8];
        for (Map.Entry<String, List<Loaded>> entry : bySource.entrySet()) {
            int[] counts = quality(entry.getValue());
            row(entry.getKey(), counts, out);
            for (int i = 0; i < total.length; i++) {
                total[i] += counts[i];
            }
        }
        row("all", total, out);
    }

    private static int[] quality(List<Loaded> all) {
        int[] counts = new int[8];
        for (Loaded one : all) {
            counts[0]++;
            Establishment made =
                    establisher(BaselineSettings.DEFAULT).fromHistory(one.series, Optional.empty(), Optional.empty());
            if (made.baseline().isEmpty()) {
                counts[2]++;
                continue;
            }
            BaselineQuality quality = BaselineQuality.of(
                    made.baseline().get(),
                    new BaselineQuality.Since(one.newest, OptionalInt.of(0), Optional.of(one.newest)),
                    BaselineSettings.DEFAULT);
            counts[1] += quality.isValid() ? 1 : 0;
            Map<QualityCheck.Kind, Integer> failed = new EnumMap<>(QualityCheck.Kind.class);
            quality.failures().forEach(check -> failed.merge(check.kind(), 1, Integer::sum));
            counts[3] += failed.getOrDefault(QualityCheck.Kind.RUNS, 0);
            counts[4] += failed.getOrDefault(QualityCheck.Kind.INTERVAL, 0);
            counts[5] += failed.getOrDefault(QualityCheck.Kind.STEPS, 0);
            counts[6] += failed.getOrDefault(QualityCheck.Kind.DRIFT, 0);
        }
        return counts;
    }

    private static void row(String name, int[] counts, PrintStream out) {
        StringBuilder line = new StringBuilder(name).append(" | ").append(counts[0]);
        for (int i = 1; i <= 6; i++) {
            line.append(String.format(
                    Locale.ROOT, " | %d (%.1f %%)", counts[i], 100.0 * counts[i] / Math.max(1, counts[0])));
        }
        out.println(line);
    }

    // ---- speed

    private static void speed(PrintStream out) {
        List<Series> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            Noise family = i % 3 == 0 ? Noise.GAUSS : i % 3 == 1 ? Noise.AUTOREGRESSIVE_05 : Noise.SPIKES;
            double[] values =
                    dev.plumbline.bench.Histories.quiet(family, i, 300).values();
            List<Point> points = new ArrayList<>();
            for (int j = 0; j < values.length; j++) {
                points.add(point(j, START.plusSeconds(43_200L * j), values[j], false));
            }
            all.add(new Series(key("b" + i), Unit.of("ms"), Better.LOWER, points, List.of()));
        }
        BaselineSettings whole = BaselineSettings.DEFAULT.withWindow(OptionalInt.empty(), OptionalInt.empty());
        for (BaselineSettings settings : List.of(BaselineSettings.DEFAULT, whole)) {
            for (int round = 0; round < 3; round++) {
                long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                long wall = System.nanoTime();
                int runs = 0;
                for (Series series : all) {
                    runs += establisher(settings)
                            .fromHistory(series, Optional.empty(), Optional.empty())
                            .baseline()
                            .map(baseline -> baseline.runs().size())
                            .orElse(0);
                }
                out.printf(
                        Locale.ROOT,
                        "10,000 series x 300, window %s, round %d: %.2f s processor, %.2f s wall, %d runs kept%n",
                        settings.days().isPresent() ? "30 days" : "all",
                        round + 1,
                        1e-9 * (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu),
                        1e-9 * (System.nanoTime() - wall),
                        runs);
            }
        }
    }

    // ---- absorption

    /** One series whose further runs are drawn from its own newest stretch, made worse from some point on. */
    private static final class Regressing {
        private final List<Point> points;
        private final Series series;
        private final double[] noise;
        private final double before;
        private final double factor;
        private final SplittableRandom random;
        private final Set<String> checked = new HashSet<>();
        private EstablishedBaseline baseline;
        private int called;

        Regressing(Series series, EstablishedBaseline baseline, double factor, long seed) {
            points = new ArrayList<>(series.points());
            this.series = series;
            this.baseline = baseline;
            this.factor = factor;
            random = new SplittableRandom(seed);
            noise = baseline.runs().stream().mapToDouble(run -> run.value()).toArray();
            before = baseline.statistics().median();
        }

        /** A further run: one of the stretch's own values, made worse. */
        Point next() {
            double value = noise[random.nextInt(noise.length)] * factor;
            int index = points.size() + 1_000_000;
            return point(
                    index,
                    points.get(points.size() - 1)
                            .run()
                            .header()
                            .revision()
                            .commitTime()
                            .orElseThrow()
                            .plusSeconds(3600),
                    value,
                    false);
        }

        Trial trial(Point next) {
            Series watched = WatchedHistory.of(
                            series.withPoints(points),
                            checked,
                            WatchedHistory.FalseAlarms.NONE,
                            Policy.DEFAULT.margin())
                    .series();
            return new Trial(watched, List.of(next), List.of());
        }

        /** Marks what a check marks: the judged point, and those since the change began. */
        void take(Point next, Finding finding) {
            checked.add(next.run().id());
            boolean bad = finding.verdict() instanceof Verdict.Regressed;
            points.add(bad ? bad(next) : next);
            if (bad) {
                called++;
                for (int i = points.size() - 2; i >= 0 && !finding.since().isEmpty(); i--) {
                    if (points.get(i).run().header().revision().commit().equals(finding.since())) {
                        for (int j = i; j < points.size(); j++) {
                            points.set(j, bad(points.get(j)));
                        }
                        break;
                    }
                }
            }
        }

        private static Point bad(Point point) {
            return new Point(point.run(), point.value(), point.groupCount(), point.groupDeviation(), true);
        }

        /** The position of the reference level of the next run, from 0 (before) to 1 (worse). */
        double moved(double level) {
            return moved(before, level);
        }

        /** The same for a level that began elsewhere. */
        double moved(double from, double level) {
            return (level - from) / (from * factor - from);
        }

        void establish() {
            Establishment made = establisher(BaselineSettings.DEFAULT)
                    .fromHistory(series.withPoints(points), Optional.of(baseline), Optional.empty());
            baseline = made.baseline().orElseThrow();
        }
    }

    private static void absorb(Path folder, int most, int from, PrintStream out) throws IOException {
        List<Loaded> loaded = load(folder).stream()
                .filter(one -> one.series.points().size() >= 60
                        && one.series.points().stream().allMatch(point -> point.value() > 0))
                .toList();
        int step = Math.max(1, loaded.size() / most);
        out.println("change | series | never called | rolling absorbed | established absorbed"
                + " | detectable | never called | rolling absorbed | established absorbed");
        for (double size : new double[] {0.03, 0.05, 0.10, 0.20, 0.50}) {
            int series = 0;
            int rolling = 0;
            int never = 0;
            int established = 0;
            int[] detectable = new int[4];
            for (int i = from; i < loaded.size(); i += step) {
                Series history = loaded.get(i).series;
                Establishment made =
                        establisher(BaselineSettings.DEFAULT).fromHistory(history, Optional.empty(), Optional.empty());
                if (made.baseline().isEmpty()
                        || made.baseline().get().statistics().runs() < 10) {
                    continue;
                }
                double factor = history.better() == Better.LOWER ? 1 + size : 1 - size;
                Regressing one = new Regressing(history, made.baseline().get(), factor, i);
                double level = Double.NaN;
                double first = Double.NaN;
                boolean isDetectable = false;
                for (int run = 0; run < FURTHER_RUNS; run++) {
                    Point next = one.next();
                    Finding finding = new Judge(Policy.DEFAULT)
                            .judge(List.of(one.trial(next)))
                            .get(0);
                    isDetectable |= run == 0 && finding.detectableChange().orElse(Double.MAX_VALUE) <= size;
                    one.take(next, finding);
                    level = finding.baseline().map(found -> found.level()).orElse(level);
                    first = run == 0 ? level : first;
                    if (run % 20 == 19) {
                        one.establish();
                    }
                }
                series++;
                boolean absorbed = one.moved(first, level) > 0.5;
                rolling += absorbed ? 1 : 0;
                if (absorbed) {
                    out.printf(
                            Locale.ROOT,
                            "  moved: series %d of %s, %s, called %d times, level %.6g, then %.6g%n",
                            i,
                            loaded.get(i).source,
                            history.key().benchmark().label(),
                            one.called,
                            first,
                            level);
                }
                never += one.called == 0 ? 1 : 0;
                double median = one.baseline.statistics().median();
                boolean moved = Math.abs(median / one.before - 1) >= Policy.DEFAULT.margin() && one.moved(median) > 0.5;
                established += moved ? 1 : 0;
                if (isDetectable) {
                    detectable[0]++;
                    detectable[1] += one.called == 0 ? 1 : 0;
                    detectable[2] += absorbed ? 1 : 0;
                    detectable[3] += moved ? 1 : 0;
                }
            }
            out.printf(
                    Locale.ROOT,
                    "%.2f | %d | %d | %d | %d | %d | %d | %d | %d%n",
                    size,
                    series,
                    never,
                    rolling,
                    established,
                    detectable[0],
                    detectable[1],
                    detectable[2],
                    detectable[3]);
        }
    }
}
