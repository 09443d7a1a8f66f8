package dev.plumbline.pipeline.record;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.model.Measurement;
import dev.plumbline.core.model.Problem;
import dev.plumbline.core.model.RunHeader;
import dev.plumbline.core.model.RunSink;
import dev.plumbline.ingest.Format;
import dev.plumbline.ingest.Results;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.Progress;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.workspace.Workspace;
import dev.plumbline.report.content.Preview;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows what would be read from result files; nothing is stored. */
public final class PreviewResults {
    private static final int MOST_ROWS = 10_000;

    private final Workspace workspace;
    private final Overrides overrides;
    private final Optional<Format> format;
    private final Progress progress;
    private final Recorder recorder;

    public PreviewResults(Workspace workspace, ReadingSettings settings, Progress progress) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.overrides = settings.overrides().dated(new Git(workspace.directory()));
        this.format = settings.format();
        this.progress = requireNonNull(progress, "progress");
        recorder = new Recorder(workspace, settings, progress);
    }

    /**
     * Reads files and folders. A file that cannot be read becomes a problem like any other, and is counted unless it is
     * no result and lies in a folder.
     *
     * @throws IOException if a path does not exist or the file system fails
     */
    public Preview preview(List<Path> paths) throws IOException {
        Results results = workspace.results(recorder.importContext());
        List<InputFiles.InputFile> files = InputFiles.of(paths, workspace);
        RunDates dates = recorder.dates(files.size());
        Gathering gathering = new Gathering(dates);
        for (int i = 0; i < files.size(); i++) {
            progress.at("reading " + files.get(i).path().getFileName(), i, files.size());
            gathering.beginFile(files.get(i).path());
            try {
                results.read(files.get(i).path(), format, gathering);
            } catch (UnreadableInput e) {
                gathering.forgetFile(files.get(i).isNeeded(e));
                gathering.problem(new Problem(e.where(), e.what()));
            }
        }
        dates.problems().forEach(gathering::problem);
        dates.notes().forEach(note -> gathering.problem(new Problem("commits", note)));
        return new Preview(
                gathering.rows,
                gathering.measurements,
                gathering.runs(),
                files.size(),
                gathering.unreadable,
                gathering.problems);
    }

    private final class Gathering implements RunSink {
        private final List<Preview.Row> rows = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private final FileRuns runs = new FileRuns();
        private int rowsBefore;
        private long measurementsBefore;
        private Optional<RunHeader> last = Optional.empty();
        private RunHeader effective;
        private long measurements;
        private int unreadable;
        private final RunDates dates;
        private Path file = Path.of("");

        Gathering(RunDates dates) {
            this.dates = dates;
        }

        void beginFile(Path next) {
            file = next;
            runs.endFile();
            last = Optional.empty();
            rowsBefore = rows.size();
            measurementsBefore = measurements;
        }

        /** A file that breaks off gives nothing, as when it is recorded: what was read of it is no result. */
        void forgetFile(boolean needed) {
            runs.forgetFile();
            rows.subList(rowsBefore, rows.size()).clear();
            measurements = measurementsBefore;
            unreadable += needed ? 1 : 0;
        }

        int runs() {
            runs.endFile();
            return runs.count();
        }

        @Override
        public void accept(RunHeader header, Measurement measurement) {
            if (last.isEmpty() || header != last.get()) { // most files give the same header again and again
                last = Optional.of(header);
                effective =
                        workspace.inConfiguredEnvironment(dates.of(header, overrides.applyTo(header), overrides, file));
            }
            runs.measured(effective, measurement);
            measurements++;
            if (rows.size() < MOST_ROWS) {
                rows.add(new Preview.Row(effective, measurement));
            }
        }

        @Override
        public void problem(Problem problem) {
            problems.add(problem);
        }
    }
}
