package dev.plumbline.measure.count;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The common part of Valgrind's tools: each process of the command writes a log of its own. */
final class Valgrind {
    private static final String LOG = "log.";
    private static final Pattern COMPLAINT = Pattern.compile(
            "(?:==[0-9]+== )?(?:valgrind: |Error: can ?not |Valgrind: FATAL|.*(?:unhandled|unrecognised) instruction).*");

    private Valgrind() {}

    /** The command inside of a tool. */
    static List<String> around(List<String> command, String tool, Path folder, String... options) {
        List<String> words = new ArrayList<>();
        words.addAll(List.of("valgrind", "--tool=" + tool, "--trace-children=yes"));
        words.add("--log-file=" + literal(folder.resolve(LOG)) + "%p");
        words.addAll(List.of(options));
        words.addAll(command);
        return words;
    }

    /** A path as Valgrind takes it, where a per cent sign begins a variable. */
    static String literal(Path path) {
        return path.toString().replace("%", "%%");
    }

    /** The logs, one for each process. */
    static List<Path> logs(Path folder) throws IOException {
        return CountingProgram.files(folder, LOG);
    }

    static List<String> complaints(Path folder) throws IOException {
        List<String> complaints = new ArrayList<>();
        for (Path log : logs(folder)) {
            try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
                lines.filter(line -> COMPLAINT.matcher(line).matches())
                        .map(line -> line.replaceFirst("^==[0-9]+== ", ""))
                        .limit(3)
                        .forEach(complaints::add);
            }
        }
        return complaints;
    }
}
