package dev.plumbline.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The files that the tests read. */
public final class Fixtures {
    /** What tools write beside their results. */
    private static final Set<String> NO_RESULTS = Set.of(
            "benchmark.json",
            "tukey.json",
            "short.txt",
            "samples_exceptions.csv",
            "samples_stats_history.csv",
            "summary.txt",
            "assertions.json",
            "trial-reports.txt",
            "regression-tests.txt");

    private static final Path ROOT = Path.of("src", "test", "resources");

    private Fixtures() {}

    /** Real results of tools, in one folder for each format, whose name is the format's id. */
    public static Path file(String name) {
        return ROOT.resolve(name);
    }

    /** The files of all formats that are read. */
    public static List<Path> all() {
        return Stream.of(Format.values()).flatMap(format -> of(format).stream()).toList();
    }

    /** The files of one format. */
    public static List<Path> of(Format format) {
        Path folder = ROOT.resolve(format.id());
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !NO_RESULTS.contains(file.getFileName().toString()))
                    .filter(file -> !file.endsWith(Path.of("change", "estimates.json")))
                    .filter(file -> !file.endsWith(Path.of("locust", "console.txt")))
                    .filter(file -> !file.endsWith(Path.of("gatling", "console.txt")))
                    .filter(file -> !file.endsWith(Path.of("vitest", "console.txt")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a person cut off the end of the last line of another project's table or text, which then is refused. */
    public static boolean isOpen(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        return !text.endsWith("\n") && !text.startsWith("<") && !text.startsWith("{") && !text.startsWith("[");
    }

    /** Results of other projects that may lie beside the checkout; without them the test is skipped. */
    public static List<Path> shared(String folder) {
        String reported = Optional.ofNullable(System.getProperty("plumbline.data"))
                .or(() -> Optional.ofNullable(System.getenv("PLUMBLINE_DATA")))
                .orElse("../../shared/data");
        List<Path> files = list(Path.of(reported).resolve(folder));
        Assumptions.assumeFalse(files.isEmpty(), "no files in " + folder + " (PLUMBLINE_DATA names their root)");
        return files;
    }
}
