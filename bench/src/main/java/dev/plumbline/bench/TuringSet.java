package dev.plumbline.bench;

import dev.plumbline.core.stats.steps.Step;
import dev.plumbline.core.stats.steps.StepScan;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * F1 (margin 5) and covering on the Turing change point data set, as van den Burg and Williams (2020) define them.
 *
 * <p>Reads {@code labelled/tcpd} under the folder named by the argument, the system property or the environment
 * variable {@code PLUMBLINE_DATA}; the default detector is run on the raw values.
 */
public final class TuringSet {
    private static final int MARGIN = 5;

    private TuringSet() {}

    /**
     * One annotated series.
     *
     * @param name its name in the data set
     * @param values raw values; missing ones are NaN
     * @param annotations what each annotator marked
     */
    public record Annotated(String name, double[] values, List<List<Integer>> annotations) {}

    /** Prints one line a series and the means. */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        double f1 = 0;
        double covering = 0;
        List<Annotated> all = read(folder(arguments));
        for (Annotated series : all) {
            List<Integer> found = StepScan.analyze(series.values()).steps().stream()
                    .map(Step::index)
                    .toList();
            double f = f1(series.annotations(), found);
            double c = covering(series.annotations(), found, series.values().length);
            f1 += f;
            covering += c;
            out.printf(
                    Locale.ROOT,
                    "%-20s n %5d  F1 %.3f  covering %.3f  found %s  annotated %s%n",
                    series.name(),
                    series.values().length,
                    f,
                    c,
                    found,
                    series.annotations());
        }
        out.printf(
                Locale.ROOT, "%d series: F1 %.4f, covering %.4f%n", all.size(), f1 / all.size(), covering / all.size());
    }

    private static Path folder(String[] arguments) {
        String named = arguments.length > 0 ? arguments[0] : System.getProperty("PLUMBLINE_DATA");
        named = named == null ? System.getenv("PLUMBLINE_DATA") : named;
        return Path.of(named == null ? "../shared/data" : named).resolve("labelled/tcpd");
    }

    /** The univariate series of a folder that have annotations, by name. */
    public static List<Annotated> read(Path folder) {
        JsonMapper mapper = JsonMapper.builder().build();
        List<Annotated> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            JsonNode annotations = mapper.readTree(Files.readString(folder.resolve("annotations_dev.json")));
            for (Path file : files.sorted().toList()) {
                if (file.getFileName().toString().startsWith("annotations")) {
                    continue;
                }
                JsonNode data = mapper.readTree(Files.readString(file));
                String name = data.path("name").asString();
                if (!annotations.has(name) || data.path("n_dim").asInt() != 1) {
                    continue;
                }
                JsonNode raw = data.path("series").get(0).path("raw");
                double[] values = new double[raw.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = raw.get(i).isNumber() ? raw.get(i).asDouble() : Double.NaN;
                }
                List<List<Integer>> marks = new ArrayList<>();
                for (JsonNode annotator : annotations.get(name)) {
                    List<Integer> marked = new ArrayList<>();
                    annotator.forEach(index -> marked.add(index.asInt()));
                    marks.add(marked);
                }
                all.add(new Annotated(name, values, marks));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + folder, e);
        }
        return all;
    }

    /** The harmonic mean of precision against all annotators together and mean recall, index 0 counted as found. */
    static double f1(List<List<Integer>> annotations, Collection<Integer> found) {
        TreeSet<Integer> union = new TreeSet<>(List.of(0));
        annotations.forEach(union::addAll);
        TreeSet<Integer> predicted = new TreeSet<>(found);
        predicted.add(0);
        double precision = (double) hits(union, predicted) / predicted.size();
        double recall = 0;
        for (List<Integer> annotator : annotations) {
            TreeSet<Integer> truth = new TreeSet<>(annotator);
            truth.add(0);
            recall += (double) hits(truth, predicted) / truth.size() / annotations.size();
        }
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    private static int hits(TreeSet<Integer> truth, TreeSet<Integer> predicted) {
        TreeSet<Integer> left = new TreeSet<>(predicted);
        int hits = 0;
        for (int t : truth) {
            Integer nearest = null;
            for (int p : left.subSet(t - MARGIN, true, t + MARGIN, true)) {
                if (nearest == null || Math.abs(p - t) < Math.abs(nearest - t)) {
                    nearest = p;
                }
            }
            if (nearest != null) {
                left.remove(nearest);
                hits++;
            }
        }
        return hits;
    }

    /** The mean over annotators of how well the found segments cover the annotated ones (Jaccard, by length). */
    static double covering(List<List<Integer>> annotations, Collection<Integer> found, int length) {
        int[] predicted = bounds(found, length);
        double sum = 0;
        for (List<Integer> annotator : annotations) {
            int[] truth = bounds(annotator, length);
            for (int i = 1; i < truth.length; i++) {
                double best = 0;
                for (int j = 1; j < predicted.length; j++) {
                    double common = Math.min(truth[i], predicted[j]) - Math.max(truth[i - 1], predicted[j - 1]);
                    double union = Math.max(truth[i], predicted[j]) - Math.min(truth[i - 1], predicted[j - 1]);
                    best = Math.max(best, common / union);
                }
                sum += best * (truth[i] - truth[i - 1]) / length;
            }
        }
        return sum / annotations.size();
    }

    private static int[] bounds(Collection<Integer> changes, int length) {
        Map<Integer, Boolean> bounds = new TreeMap<>();
        bounds.put(0, true);
        bounds.put(length, true);
        changes.stream().filter(c -> c > 0 && c < length).forEach(c -> bounds.put(c, true));
        int[] result = new int[bounds.size()];
        int i = 0;
        for (int bound : bounds.keySet()) {
            result[i++] = bound;
        }
        return Arrays.copyOf(result, i);
    }
}
