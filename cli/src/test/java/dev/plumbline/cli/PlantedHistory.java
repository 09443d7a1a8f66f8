package dev.plumbline.cli;

import static dev.plumbline.cli.PlantedSuite.entry;
import static dev.plumbline.cli.PlantedSuite.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** Histories of planted suites, as a test of the commands makes them. */
final class PlantedHistory {
    /** The runs that are recorded before the first check. */
    static final int RUNS = 40;

    static final int SERIES = 8;

    /** The series that things happen to. */
    static final int MOVED = 3;

    private PlantedHistory() {}

    static Path folder(Path parent, String name) throws IOException {
        Path folder = Files.createDirectories(parent.resolve(name));
        Files.writeString(folder.resolve("plumbline.yaml"), "");
        return folder;
    }

    /** A folder whose history has the first runs of a suite, none of them checked. */
    static Path recorded(PlantedSuite suite, Path parent, String name) throws IOException {
        Path folder = folder(parent, name);
        CapturedRun recorded = CapturedRun.wide(folder, "record", suite.file(folder, 0, RUNS));
        assertThat(recorded.exitCode()).as(recorded.err()).isZero();
        return folder;
    }

    static JsonNode check(PlantedSuite suite, Path folder, int run) throws IOException {
        return json(CapturedRun.wide(folder, "check", suite.file(folder, run, run + 1), "--json"));
    }

    static JsonNode plumb(Path folder, String... arguments) {
        return json(CapturedRun.wide(folder, arguments));
    }

    static void plumbed(Path folder, String... arguments) {
        CapturedRun run = CapturedRun.wide(folder, arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    /** The answer of {@code plumb history} about the series that things happen to. */
    static JsonNode history(Path folder) {
        return entry(
                plumb(folder, "history", PlantedSuite.name(MOVED), "--json").get("series"), MOVED);
    }
}
