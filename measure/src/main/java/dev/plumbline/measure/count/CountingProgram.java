package dev.plumbline.measure.count;

import dev.plumbline.core.model.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A program that runs a command and counts what it and all it starts do. */
interface CountingProgram {
    /** The display name. */
    String name();

    /**
     * The command with this program around it.
     *
     * @param folder an empty one, where it writes what it counted
     */
    List<String> around(List<String> command, Path folder);

    /**
     * Reads what it counted.
     *
     * @return at least one count, all finite
     * @throws IOException if it wrote nothing or not all; the message says which
     */
    Map<Metric, Double> read(Path folder) throws IOException;

    /** Processes of the command whose counts are lost; they were killed before they could be written. */
    default int lost(Path folder) throws IOException {
        return 0;
    }

    /** Its complaints, each a line; empty when there are none. */
    default List<String> complaints(Path folder) throws IOException {
        return List.of();
    }

    /** The files in the folder whose names begin so, in the order of their names. */
    static List<Path> files(Path folder, String beginning) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .sorted()
                    .toList();
        }
    }
}
