package dev.plumbline.pipeline.record;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Reading;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.WrongRequest;
import dev.plumbline.store.Rewriting;
import dev.plumbline.store.Rewritten;
import dev.plumbline.store.RunStore;
import dev.plumbline.store.sql.Preparation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the files of a run again with the current readers, and replaces the stored measurements. */
public final class ReadAgain {
    /** The most problems of one run; a file may have one for each of a million records. */
    private static final int MOST_PROBLEMS = 100;

    private final RunStore store;
    private final Results results;

    /** @param results reads the files, with the mappings that hold today */
    public ReadAgain(RunStore store, Results results) {
        this.store = requireNonNull(store, "store");
        this.results = requireNonNull(results, "results");
    }

    /**
     * A file that a run has measurements from.
     *
     * @param name for messages
     * @param format what it is read as; found out when empty
     * @param headers the number of runs found in it when it was recorded
     * @param places those of them that belong to the run
     */
    public record Original(Path file, String name, Optional<Format> format, int headers, List<Integer> places) {
        public Original {
            requireNonNull(file, "file");
            requireNonNull(name, "name");
            requireNonNull(format, "format");
            places = List.copyOf(places);
        }
    }

    /**
     * The outcome for the run.
     *
     * @param formats what each file was read as; empty for an archive, and for what a mapping is for
     * @param problems records that could not be used, the first hundred
     */
    public record Outcome(Rewritten rewritten, List<Optional<Format>> formats, List<Problem> problems) {
        public Outcome {
            formats = List.copyOf(formats);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads the files of a run.
     *
     * @param files all of them, in the order in which they were recorded
     * @param forReal false for a dry run
     * @throws WrongRequest if the number of runs in a file differs from when it was recorded, or nothing of this one is
     *     found; nothing is changed then
     * @throws UnreadableInput if a file cannot be read; nothing is changed then
     * @throws IOException if the file system fails
     */
    public Outcome read(String run, List<Original> files, boolean forReal) throws IOException {
        List<Optional<Format>> formats = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        try (Rewriting rewriting = store.rewrite(run)) {
            boolean isEmpty = true;
            for (Original file : files) {
                Sink sink = new Sink(rewriting, file, problems);
                Reading reading = results.read(file.file(), file.format(), sink);
                formats.add(reading.format());
                if (sink.places.size() != file.headers()) {
                    throw new WrongRequest(file.name() + ": " + runs(sink.places.size())
                            + " now found in it, and " + runs(file.headers()) + " found when it was recorded, so it"
                            + " is not known which one this is; record the file again with plumb record");
                }
                isEmpty &= sink.isEmpty;
            }
            if (isEmpty) {
                throw new WrongRequest("nothing of run " + run + " is found in its files now; it stays as it is");
            }
            return new Outcome(rewriting.finish(forReal), formats, problems);
        }
    }

    private static String runs(int count) {
        return count == 1 ? "1 run is" : count + " runs are";
    }

    /** Takes what belongs to the run, and counts the others. */
    private static final class Sink implements RunSink {
        private final Preparation preparation = new Preparation();
        private final Rewriting rewriting;
        private final Original file;
        private final Set<Integer> wanted;
        private final List<Problem> problems;
        private final Map<RunHeader, Integer> places = new HashMap<>();
        private Optional<RunHeader> last = Optional.empty();
        private boolean isWanted;
        private boolean isEmpty = true;

        Sink(Rewriting rewriting, Original file, List<Problem> problems) {
            this.rewriting = rewriting;
            this.file = file;
            this.problems = problems;
            wanted = new HashSet<>(file.places());
        }

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            if (last.isEmpty() || header != last.get()) { // most files give the same header again and again
                last = Optional.of(header);
                isWanted = wanted.contains(places.computeIfAbsent(header, other -> places.size()));
            }
            if (!isWanted) {
                return;
            }
            try {
                rewriting.accept(preparation.prepare(measurement));
                isEmpty = false;
            } catch (IllegalArgumentException e) {
                problem(new Problem(file.name(), e.getMessage() + "; this metric is skipped"));
            }
        }

        @Override
        public void problem(Problem problem) {
            if (problems.size() < MOST_PROBLEMS) {
                problems.add(problem);
            }
        }
    }
}
