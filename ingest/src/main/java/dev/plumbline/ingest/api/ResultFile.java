package dev.plumbline.ingest.api;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Environment;
import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.Revision;
import dev.plumbline.core.model.Run;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.ImportContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The contents of a result file, entirely in memory.
 *
 * <pre>{@code
 * ResultFile file = ResultFile.read(Path.of("jmh-result.json"), Instant.now());
 * file.runs().get(0).measurements();
 * }</pre>
 *
 * @param runs in the order of the file; measurements with equal revision, environment and time are one run
 * @param problems unusable records, with their positions in the file
 */
public record ResultFile(List<Run> runs, List<Problem> problems) {
    /** Copies the lists. */
    public ResultFile {
        runs = List.copyOf(runs);
        problems = List.copyOf(problems);
    }

    /**
     * Reads a file; its format is detected from its content.
     *
     * @param now the time of runs without one
     * @throws IOException if the file cannot be read, is not a result of a known tool, is truncated or damaged; the
     *     message has the file and the position
     */
    public static ResultFile read(Path file, Instant now) throws IOException {
        return read(file, Revision.unknown(), Environment.unknown(), now);
    }

    /**
     * Reads a file, with defaults for runs without a revision or facts.
     *
     * @param revision of runs without one
     * @param environment facts for runs that lack them
     * @throws IOException as above
     */
    public static ResultFile read(Path file, Revision revision, Environment environment, Instant now)
            throws IOException {
        Sink sink = new Sink();
        Results.with(ImportContext.of(revision, environment, now)).read(file, sink);
        return sink.file();
    }

    private static final class Sink implements RunSink {
        private final Map<RunHeader, List<Measurement>> runs = new LinkedHashMap<>();
        private final List<Problem> problems = new ArrayList<>();

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            runs.computeIfAbsent(header, run -> new ArrayList<>()).add(measurement);
        }

        @Override
        public void problem(Problem problem) {
            problems.add(requireNonNull(problem, "problem"));
        }

        ResultFile file() {
            List<Run> all = new ArrayList<>();
            runs.forEach((header, measurements) -> all.add(new Run(header, measurements)));
            return new ResultFile(all, problems);
        }
    }
}
