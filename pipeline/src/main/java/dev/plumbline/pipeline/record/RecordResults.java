package dev.plumbline.pipeline.record;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunInfo;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.repository.Place;
import dev.plumbline.pipeline.workspace.RecordedFile;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.note.CheckNotes;
import dev.plumbline.store.Recorded;
import dev.plumbline.store.RunStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Records result files in the history; nothing is judged. */
public final class RecordResults {
    private final Workspace workspace;
    private final Recorder recorder;

    public RecordResults(Workspace workspace, ReadingSettings settings, Progress progress) {
        this.workspace = requireNonNull(workspace, "workspace");
        recorder = new Recorder(workspace, settings, progress);
    }

    /**
     * The outcome for the files.
     *
     * @param runs every run that was recorded or was there already
     * @param problems records that could not be used
     * @param unreadable files that cannot be read; unless they were to be left out, nothing at all was recorded
     * @param files how many files were read
     * @param reported notes about their times and commits
     * @param recorded the files of the runs, if they are kept
     */
    public record Outcome(
            List<Recorded> runs,
            List<Problem> problems,
            List<Problem> unreadable,
            int files,
            List<String> reported,
            List<RecordedFile> recorded) {
        public Outcome {
            recorded = List.copyOf(recorded);
            reported = List.copyOf(reported);
            runs = List.copyOf(runs);
            problems = List.copyOf(problems);
            unreadable = List.copyOf(unreadable);
        }

        /** Notes on how they were recorded. */
        public List<String> notes() {
            return Stream.of(
                            oldNumbers().stream(),
                            Place.withoutBranch(runs.stream().map(Recorded::run).toList()).stream(),
                            reported.stream())
                    .flatMap(notes -> notes)
                    .toList();
        }

        /** A note that another commit already has these numbers, as of a file that was not written again. */
        private Optional<String> oldNumbers() {
            List<RunInfo> earlier = runs.stream()
                    .flatMap(recorded -> recorded.sameContentAs().stream())
                    .toList();
            return earlier.stream()
                    .findFirst()
                    .map(first ->
                            CheckNotes.oldNumbers(earlier.size(), first.header().revision()));
        }

        /** Passes the files to the keeper, if there is one. */
        public void keepFiles(Workspace workspace) {
            if (!recorded.isEmpty()) {
                workspace.keeper().ifPresent(keeper -> keeper.keep(recorded));
            }
        }

        /** The number of measurements that were new to the history. */
        public long newMeasurements() {
            return runs.stream()
                    .filter(Recorded::isNew)
                    .mapToLong(Recorded::measurements)
                    .sum();
        }
    }

    /**
     * Records files and folders: all of them, or nothing where one cannot be read. What is no result at all keeps
     * nothing out when it lies in a folder.
     *
     * @throws IOException if a file does not exist or the file system fails
     */
    public Outcome record(List<Path> paths) throws IOException {
        try (ReadAhead reading = recorder.startReading(paths);
                RunStore store = workspace.open()) {
            Outcome outcome = recorder.record(store, reading);
            outcome.keepFiles(workspace);
            return outcome;
        }
    }
}
