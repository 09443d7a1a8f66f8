package dev.plumbline.bench;

import dev.plumbline.core.shape.SeriesShape;
import dev.plumbline.core.shape.feature.Anomaly;
import dev.plumbline.core.shape.feature.Segment;
import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.StepScan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The agreement of steps and anomalies with series that people, or two machines, have labelled: one line for each set.
 *
 * <p>The argument, or else {@code PLUMBLINE_DATA}, names the folder above {@code labelled}. Nothing was tuned on any.
 */
public final class LabelledSets {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final double MARGIN = 0.02;
    private static final double SECONDS_A_DAY = 86_400;

    private LabelledSets() {}

    /** Prints the table. */
    public static void main(String[] arguments) throws IOException {
        String named = arguments.length > 0 ? arguments[0] : System.getenv("PLUMBLINE_DATA");
        Path folder = Path.of(named == null ? "../shared/data" : named).resolve("labelled");
        PrintStream out = System.out;
        turing(folder, out);
        numenta(folder, out);
        mozilla(folder, out);
        silver(folder, out);
        tigerBeetle(folder, out);
        mongo(folder, out);
        hunter(folder, out);
    }

    private static List<Integer> steps(double[] values) {
        return StepScan.analyze(values).steps().stream().map(Step::index).toList();
    }

    /** The places where the shape has another level than before, at once or at the ends of a slope. */
    private static List<Integer> turns(SeriesShape shape) {
        return shape.segments().stream().skip(1).map(Segment::first).toList();
    }

    private static void turing(Path folder, PrintStream out) {
        List<TuringSet.Annotated> all = TuringSet.read(folder.resolve("tcpd"));
        double[] sums = new double[4];
        for (TuringSet.Annotated series : all) {
            int length = series.values().length;
            List<Integer> steps = steps(series.values());
            List<Integer> turns = turns(SeriesShape.of(series.values(), SeriesShape.NO_DAYS, MARGIN));
            sums[0] += TuringSet.f1(series.annotations(), steps);
            sums[1] += TuringSet.covering(series.annotations(), steps, length);
            sums[2] += TuringSet.f1(series.annotations(), turns);
            sums[3] += TuringSet.covering(series.annotations(), turns, length);
        }
        out.printf(
                Locale.ROOT,
                "tcpd, %d series: steps F1 %.3f covering %.3f; segments of the shape F1 %.3f covering %.3f%n",
                all.size(),
                sums[0] / all.size(),
                sums[1] / all.size(),
                sums[2] / all.size(),
                sums[3] / all.size());
    }

    private static void numenta(Path folder, PrintStream out) throws IOException {
        Path base = folder.resolve("nab");
        JsonNode windows = MAPPER.readTree(Files.readString(base.resolve("combined_windows_dev.json")));
        DateTimeFormatter stamp = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss[.SSSSSS]", Locale.ROOT);
        int all = 0;
        int byAnomaly = 0;
        int byEither = 0;
        int marks = 0;
        int inside = 0;
        int values = 0;
        int covered = 0;
        for (String name : windows.propertyNames().stream().sorted().toList()) {
            List<Double> days = new ArrayList<>();
            List<Double> read = new ArrayList<>();
            for (String line :
                    Files.readAllLines(base.resolve(name)).stream().skip(1).toList()) {
                String[] cells = line.split(",");
                days.add(day(cells[0], stamp));
                read.add(Double.parseDouble(cells[1]));
            }
            SeriesShape shape = SeriesShape.of(array(read), array(days), MARGIN);
            values += read.size();
            List<double[]> spans = new ArrayList<>();
            for (JsonNode window : windows.get(name)) {
                spans.add(new double[] {
                    day(window.get(0).asString(), stamp), day(window.get(1).asString(), stamp)
                });
            }
            for (Anomaly anomaly : shape.anomalies()) {
                marks++;
                inside += spans.stream().anyMatch(span -> within(days, span, anomaly.first(), anomaly.end())) ? 1 : 0;
            }
            for (double[] span : spans) {
                all++;
                boolean anomaly =
                        shape.anomalies().stream().anyMatch(one -> within(days, span, one.first(), one.end()));
                boolean turn = turns(shape).stream().anyMatch(place -> within(days, span, place, place + 1));
                byAnomaly += anomaly ? 1 : 0;
                byEither += anomaly || turn ? 1 : 0;
                covered += (int) days.stream()
                        .filter(day -> day >= span[0] && day <= span[1])
                        .count();
            }
        }
        out.printf(
                Locale.ROOT,
                "nab, %d series, %d windows (%.1f %% of the values): %d found by an anomaly, %d by an anomaly or a change;"
                        + " %d of %d anomalies lie in a window, %.1f of 10,000 values are marked outside%n",
                windows.size(),
                all,
                100.0 * covered / values,
                byAnomaly,
                byEither,
                inside,
                marks,
                10_000.0 * (marks - inside) / values);
    }

    private static boolean within(List<Double> days, double[] span, int first, int end) {
        return days.get(end - 1) >= span[0] && days.get(first) <= span[1];
    }

    private static double day(String text, DateTimeFormatter stamp) {
        return LocalDateTime.parse(text, stamp).toEpochSecond(ZoneOffset.UTC) / SECONDS_A_DAY;
    }

    private static void mozilla(Path folder, PrintStream out) throws IOException {
        Path base = folder.resolve("mozilla-treeherder");
        JsonNode labels = MAPPER.readTree(Files.readString(base.resolve("labels_dev.json")))
                .get("series");
        int found = 0;
        int all = 0;
        int reported = 0;
        for (String name : labels.propertyNames()) {
            List<JsonNode> runs = new ArrayList<>();
            MAPPER.readTree(Files.readString(base.resolve(name + ".json")))
                    .get("test_runs")
                    .forEach(runs::add);
            runs.sort(Comparator.comparingLong(run -> run.get(2).asLong()));
            List<Integer> steps = steps(
                    runs.stream().mapToDouble(run -> run.get(3).asDouble()).toArray());
            reported += steps.size();
            for (JsonNode expected : labels.get(name).get("expected_index_in_sorted")) {
                all++;
                found += near(steps, expected.asInt(), 5) ? 1 : 0;
            }
        }
        out.printf(
                Locale.ROOT,
                "mozilla, %d series: %d of %d alerts found within 5 points, %d steps reported%n",
                labels.size(),
                found,
                all,
                reported);
    }

    private static boolean near(List<Integer> found, int place, int margin) {
        return found.stream().anyMatch(index -> Math.abs(index - place) <= margin);
    }

    private static void silver(Path folder, PrintStream out) throws IOException {
        int series = 0;
        int both = 0;
        int bothFound = 0;
        int oneSided = 0;
        int seen = 0;
        int attributed = 0;
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder.resolve("silver"))) {
            files = listed.sorted().toList();
        }
        for (Path file : files) {
            for (String line : lines(file)) {
                JsonNode row = MAPPER.readTree(line);
                List<Integer> first = steps(array(row.get("y_a")));
                List<Integer> second = steps(array(row.get("y_b")));
                series++;
                for (JsonNode event : row.get("events")) {
                    int place = event.get("index").asInt();
                    boolean inFirst = near(first, place, 3);
                    boolean inSecond = near(second, place, 3);
                    if (event.get("kind").asString().equals("both")) {
                        both++;
                        bothFound += inFirst && inSecond ? 1 : 0;
                    } else {
                        boolean side = event.get("kind").asString().equals("a_only");
                        oneSided++;
                        boolean here = side ? inFirst : inSecond;
                        boolean there = side ? inSecond : inFirst;
                        seen += here ? 1 : 0;
                        attributed += here && !there ? 1 : 0;
                    }
                }
            }
        }
        out.printf(
                Locale.ROOT,
                "silver, %d pairs of series: %d of %d concordant steps found within 3 revisions in both; of %d one-sided"
                        + " ones %d found, %d of these in that environment alone, so the environment's%n",
                series,
                bothFound,
                both,
                oneSided,
                seen,
                attributed);
    }

    private static List<String> lines(Path file) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    private static void tigerBeetle(Path folder, PrintStream out) throws IOException {
        JsonNode data = MAPPER.readTree(Files.readString(folder.resolve("otava/tigerbeetle.json")));
        double[] values = array(data.get("y"));
        SeriesShape shape = SeriesShape.of(values, SeriesShape.NO_DAYS, MARGIN);
        out.printf(
                Locale.ROOT,
                "otava, tigerbeetle: marked by people %s; steps %s; segments from %s, sloped %s; anomalies %s%n",
                data.get("human_marks"),
                steps(values),
                turns(shape),
                shape.segments().stream()
                        .filter(segment -> !segment.isLevel())
                        .map(Segment::first)
                        .toList(),
                shape.anomalies().stream().map(Anomaly::first).toList());
    }

    private static void mongo(Path folder, PrintStream out) throws IOException {
        for (String name : List.of("real_series", "mad_series")) {
            double[] values = array(MAPPER.readTree(Files.readString(folder.resolve("mongodb-spa/" + name + ".json"))));
            SeriesShape shape = SeriesShape.of(values, SeriesShape.NO_DAYS, MARGIN);
            out.printf(
                    Locale.ROOT,
                    "mongodb, %s, %d values, no labels: steps %s, %s, anomalies %s%n",
                    name,
                    values.length,
                    steps(values),
                    shape.main().word().text(),
                    shape.anomalies().stream().map(Anomaly::first).toList());
        }
    }

    private static void hunter(Path folder, PrintStream out) throws IOException {
        List<String> rows = Files.readAllLines(folder.resolve("hunter/sample.csv"));
        for (int column = 2; column <= 3; column++) {
            int at = column;
            double[] values = rows.stream()
                    .skip(1)
                    .mapToDouble(row -> Double.parseDouble(row.split(",")[at]))
                    .toArray();
            out.printf(
                    Locale.ROOT,
                    "hunter, metric%d, %d values, no labels: steps %s, %s%n",
                    column - 1,
                    values.length,
                    steps(values),
                    SeriesShape.of(values, SeriesShape.NO_DAYS, MARGIN)
                            .main()
                            .word()
                            .text());
        }
    }

    private static double[] array(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] array(JsonNode node) {
        double[] values = new double[node.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = node.get(i).isNumber() ? node.get(i).asDouble() : Double.NaN;
        }
        return values;
    }
}
