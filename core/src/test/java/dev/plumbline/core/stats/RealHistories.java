package dev.plumbline.core.stats;

import dev.plumbline.core.stats.sample.Arms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Measured histories of real projects, read in place where they are at hand: {@code PLUMBLINE_DATA} in the environment,
 * or {@code shared/data} beside the checkout.
 */
final class RealHistories {
    private static final Pattern VALUES = Pattern.compile("\"y\":\\[([^\\]]*)\\]");

    private RealHistories() {}

    static Optional<Path> folder() {
        String named = System.getenv("PLUMBLINE_DATA");
        return Stream.of(named == null ? "" : named, "../shared/data", "../../shared/data")
                .filter(name -> !name.isEmpty())
                .map(name -> Path.of(name, "series"))
                .filter(Files::isDirectory)
                .findFirst();
    }

    /** The positive series of each file; those with other values are left out. */
    static List<List<double[]>> bySource(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> file.toString().endsWith(".jsonl.gz"))
                    .sorted()
                    .toList();
        }
        List<List<double[]>> sources = new ArrayList<>();
        for (Path file : files) {
            List<double[]> series = new ArrayList<>();
            try (BufferedReader reader = new BufferedReader(
                    new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    positive(line).ifPresent(series::add);
                }
            }
            sources.add(series);
        }
        return sources;
    }

    private static Optional<double[]> positive(String line) {
        Matcher matcher = VALUES.matcher(line);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String[] parts = matcher.group(1).split(",", -1);
        double[] values = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            try {
                values[i] = Double.parseDouble(parts[i].strip());
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
            if (!(values[i] > 0 && values[i] < Double.POSITIVE_INFINITY)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /**
     * Rejections where nothing changed: stretches of consecutive runs, each dealt at random to two sides, so that the
     * sides differ by chance alone whatever the noise; stretches of equal values, which no test rejects, are left out.
     * The benchmarks of a source at the same stretch are one suite.
     *
     * @param forks a side
     */
    static ComparisonEvaluation.Tally[] dealt(List<List<double[]>> sources, int forks, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ComparisonEvaluation.Tally alone = new ComparisonEvaluation.Tally();
        ComparisonEvaluation.Tally within = new ComparisonEvaluation.Tally();
        for (List<double[]> source : sources) {
            int longest =
                    source.stream().mapToInt(series -> series.length).max().orElse(0);
            for (int from = 0; from + 2 * forks <= longest; from += 2 * forks) {
                List<Arms> suite = new ArrayList<>();
                for (double[] series : source) {
                    if (from + 2 * forks <= series.length) {
                        double[] dealt = new double[2 * forks];
                        System.arraycopy(series, from, dealt, 0, dealt.length);
                        if (Arrays.stream(dealt).distinct().count() == 1) {
                            continue;
                        }
                        for (int i = dealt.length - 1; i > 0; i--) {
                            int other = random.nextInt(i + 1);
                            double swap = dealt[i];
                            dealt[i] = dealt[other];
                            dealt[other] = swap;
                        }
                        Arms arms =
                                Arms.ofForks(Arrays.copyOf(dealt, forks), Arrays.copyOfRange(dealt, forks, 2 * forks));
                        suite.add(arms);
                    }
                }
                List<ModeratedT.Result> results = ModeratedT.withDefaults().test(suite);
                for (int i = 0; i < suite.size(); i++) {
                    alone.add(ModeratedT.withDefaults().test(suite.get(i)));
                    within.add(results.get(i));
                }
            }
        }
        return new ComparisonEvaluation.Tally[] {alone, within};
    }
}
